//! Protected addresses (*adresses protégées*): of whom nobody learns where she lives whose clause does not need it.
//!
//! The guard hides what locates her; here it is recorded and told. An end needs a clause that gives the address of those
//! protected: to end a protection is to reveal.

use liant_audit::{Act, PeopleBlock};
use liant_model::{CodeLists, FieldSet, Instant, Lang, PersonId, ProtectionId};
use liant_store::{Change, ChangeSet, ProtectionRow, ReachChange};

use crate::access::InSight;
use crate::context::{Audited, audit, random};
use crate::{AppError, Context, Workplace, access, lookups, trail};

/// The list of the reasons.
const REASONS: &str = "address-protection-reason";

/// A protected address, as far as the actor may know of it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Protection {
    /// Since when.
    pub since: Instant,
    /// What only those know who need the address: why, in words; who set it, by name or account.
    pub grounds: Option<(String, String)>,
}

/// Reasons that may be given: each code with its words.
pub fn reasons(workplace: &Workplace, lang: Lang) -> Vec<(String, String)> {
    choices(&workplace.lists, REASONS, lang, |_| true)
}

/// The codes of a list that `admits` lets through, each with its words.
pub(crate) fn choices(
    lists: &CodeLists,
    list: &str,
    lang: Lang,
    admits: impl Fn(&str) -> bool,
) -> Vec<(String, String)> {
    let codes = lists.get(list).map(|list| list.codes.as_slice()).unwrap_or_default();
    let words = |entry: &liant_model::CodeEntry| match lang {
        Lang::Fr => entry.fr.clone(),
        Lang::En => entry.en.clone(),
    };
    codes.iter().filter(|entry| admits(&entry.code)).map(|entry| (entry.code.clone(), words(entry))).collect()
}

/// Refuses a code that is none of those that may stand there.
pub(crate) fn one_of(code: &str, choices: &[(String, String)]) -> Result<(), AppError> {
    if choices.iter().any(|(known, _)| known == code) {
        return Ok(());
    }
    let there = choices.iter().map(|(known, _)| known.clone()).collect();
    // Whatever else was sent in its place is not repeated: it may be about someone.
    let is_code = code.len() <= 32 && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    Err(AppError::NoSuchWord { word: if is_code { code.to_owned() } else { "…".to_owned() }, there })
}

/// Whether the plan lets out the address of someone protected who stands there.
fn needs_address(seen: &InSight) -> bool {
    let sources = seen.facts.iter().map(|fact| fact.facts.source());
    seen.standing.is_address_protected()
        && sources.into_iter().any(|source| {
            !seen.plan.fields(source, &seen.standing).intersection(FieldSet::ADDRESS).is_empty()
        })
}

fn active(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
) -> Result<Option<ProtectionRow>, AppError> {
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.protections_of(person))?;
    Ok(rows.into_iter().find(|row| row.ended.is_none()))
}

/// Whether the address of a person is protected, for who may see her: the page then says so instead of showing it.
///
/// # Errors
/// When there is no such person to see, or the gate refuses.
pub fn state(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    lang: Lang,
) -> Result<Option<Protection>, AppError> {
    let seen = access::in_sight(context, workplace, person)?;
    let Some(row) = active(context, workplace, person)? else { return Ok(None) };
    let grounds = if needs_address(&seen) {
        let names = trail::names(workplace, context.territory, std::slice::from_ref(&row.set_by))?;
        let words = reasons(workplace, lang).into_iter().find(|(code, _)| *code == row.reason);
        let by = names.get(&row.set_by).unwrap_or(&row.set_by).clone();
        Some((words.map_or(row.reason, |(_, words)| words), by))
    } else {
        None
    };
    Ok(Some(Protection { since: row.set_at, grounds }))
}

/// Protects the address of a person, for a coded reason. Once protected, she stays so: asking again changes nothing.
///
/// # Errors
/// When there is no such person to see, the gate refuses, or the reason is none of [`reasons`]; [`AppError::Close`] when she is
/// close to the actor and no reason holds.
pub fn protect(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    reason: &str,
) -> Result<(), AppError> {
    one_of(reason, &reasons(workplace, Lang::En))?;
    let seen = access::in_sight(context, workplace, person)?;
    lookups::admit(context, workplace, person, &seen.facts)?;
    if active(context, workplace, person)?.is_some() {
        return Ok(());
    }
    let links = workplace.store.read(context.territory, |snapshot| snapshot.links_of_person(person))?;
    let identities = links.iter().map(|link| link.identity).collect();
    let change = ReachChange::Protect {
        protection: ProtectionId::new(context.now(), random()?),
        identities,
        reason: reason.to_owned(),
        set_by: context.actor.name.clone(),
    };
    record(context, workplace, person, "address protected", vec![change])
}

/// Ends the protection of an address.
///
/// # Errors
/// [`AppError::Absent`] when she is not protected, or no clause gives the actor the address of those who are;
/// [`AppError::Close`] when she is close to the actor and no reason holds.
pub fn unprotect(context: &Context<'_>, workplace: &Workplace, person: PersonId) -> Result<(), AppError> {
    let seen = access::in_sight(context, workplace, person)?;
    lookups::admit(context, workplace, person, &seen.facts)?;
    if !needs_address(&seen) {
        return Err(AppError::Absent("protected address"));
    }
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.protections_of(person))?;
    let active = rows.iter().filter(|row| row.ended.is_none());
    let changes = active.map(|row| ReachChange::EndProtection {
        protection: row.protection,
        ended_by: context.actor.name.clone(),
    });
    record(context, workplace, person, "protection of an address ended", changes.collect())
}

fn record(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    subject: &str,
    changes: Vec<ReachChange>,
) -> Result<(), AppError> {
    let what =
        Audited { subject: subject.to_owned(), people: PeopleBlock::new([person]), ..Audited::default() };
    let entry = audit(context, context.act_id()?, Act::Address, what)?;
    let set = ChangeSet::new(context.territory, context.now(), entry);
    workplace.store.apply(&changes.into_iter().map(Change::Reach).fold(set, ChangeSet::with))?;
    access::sequence(context, workplace);
    Ok(())
}
