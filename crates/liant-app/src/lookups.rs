//! Look-ups of oneself, a relative or a colleague: caught when a file is opened, opened for a declared reason, reviewed by
//! someone else.
//!
//! | use case | for |
//! |---|---|
//! | [`assess`] | a page, before it opens a file: whether a reason is asked for |
//! | [`declare`] | the form that the page then shows |
//! | [`declared`], [`review`] | whoever looks over it (`[[oversight]]`): the queue, and the answer |
//! | [`blocked`], [`lift`] | the same: who is stopped for asking for many people beyond her reach |
//! | [`particulars`], [`set_particulars`], [`note_own_record`] | what makes oneself known from a namesake |
//!
//! Every use case that opens one person's file asks `admit` first; what is refused there is on record.

mod bar;
mod quota;
mod watch;

use liant_access::close::{Closeness, LookUpState, Verdict};
use liant_audit::{Act, PeopleBlock};
use liant_convention::{Channel, OversightPermit, Reach};
use liant_model::{AccountId, Instant, Lang, LookUpId, PersonId};
use liant_store::{Change, ChangeSet, CurrentFact, LookUpChange, LookUpRow};

use crate::addresses::{choices, one_of};
use crate::context::{Audited, audit, random};
use crate::people::seat;
use crate::{AppError, Context, Workplace, access, trail};

pub use bar::CloseBar;
pub use liant_store::Particulars;
pub use quota::{Blocked, blocked, lift, stops};
pub(crate) use quota::{measure, not_blocked};
pub(crate) use watch::Watch;

/// The list of the reasons.
const REASONS: &str = "close-look-up-reason";

/// How close the actor may be to someone, and whether the file opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// How close.
    pub closeness: Closeness,
    /// Whether the file opens, and what is missing.
    pub verdict: Verdict,
}

impl Assessment {
    /// Why the file does not open; none when it does.
    pub const fn bar(self) -> Option<CloseBar> {
        match self.verdict {
            Verdict::Open => None,
            Verdict::Declare => Some(CloseBar::Declare(self.closeness)),
            Verdict::AwaitReview => Some(CloseBar::AwaitReview),
            Verdict::Closed => Some(CloseBar::Closed),
        }
    }
}

/// Reasons that may be declared: each code with its words.
pub fn reasons(workplace: &Workplace, lang: Lang) -> Vec<(String, String)> {
    choices(&workplace.lists, REASONS, lang, |_| true)
}

/// How close the actor may be to someone whom she may see; none when nothing says so.
///
/// # Errors
/// When there is no such person to see, or the gate refuses.
pub fn assess(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
) -> Result<Option<Assessment>, AppError> {
    let seen = access::in_sight(context, workplace, person)?;
    let Some(watch) = Watch::begin(context, workplace)? else { return Ok(None) };
    watch.assess(context, workplace, person, &seen.facts)
}

/// Refuses to open the file of someone close without a reason that holds. The refusal is on record. Ask it of whom a clause
/// shows the actor, and of nobody else: who is not hers to see must look absent.
pub(crate) fn admit(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    facts: &[CurrentFact],
) -> Result<(), AppError> {
    let Some(watch) = Watch::begin(context, workplace)? else { return Ok(()) };
    let Some(found) = watch.assess(context, workplace, person, facts)? else { return Ok(()) };
    let Some(bar) = found.bar() else { return Ok(()) };
    let what = Audited {
        subject: format!("file of someone close ({})", found.closeness.code()),
        people: PeopleBlock::new([person]),
        ..Audited::default()
    };
    let entry = audit(context, context.act_id()?, Act::Refusal, what)?;
    let mut set = ChangeSet::new(context.territory, context.now(), entry);
    if found.closeness == Closeness::Oneself {
        // From now on her household is known too.
        for identity in facts.iter().map(|fact| fact.identity).collect::<std::collections::BTreeSet<_>>() {
            set = set.with(Change::LookUp(LookUpChange::OwnRecord { account: watch.account(), identity }));
        }
    }
    workplace.store.apply(&set)?;
    access::sequence(context, workplace);
    Err(AppError::Close(bar))
}

/// Declares why the actor needs the file of someone close to her. Someone else will review it.
///
/// # Errors
/// When there is no such person to see; [`AppError::Absent`] when nothing says that she is close; the gate's refusal when no
/// clause has anyone look over it; an unknown reason; [`AppError::Close`] when one is declared already.
pub fn declare(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    reason: &str,
) -> Result<LookUpId, AppError> {
    one_of(reason, &reasons(workplace, Lang::En))?;
    let seen = access::in_sight(context, workplace, person)?;
    let watch = Watch::begin(context, workplace)?.ok_or(AppError::Absent("close person"))?;
    let found = watch.assess(context, workplace, person, &seen.facts)?;
    let found = found.ok_or(AppError::Absent("close person"))?;
    match found.verdict {
        Verdict::Declare => {}
        Verdict::Open => return Err(AppError::Absent("close person")),
        Verdict::AwaitReview | Verdict::Closed => {
            return Err(AppError::Close(found.bar().unwrap_or(CloseBar::Closed)));
        }
    }
    context.gate(workplace)?.overseen(&context.actor.party, context.territory, context.now())?;
    let identity = seen.facts.iter().map(|fact| fact.identity).min().ok_or(AppError::Absent("person"))?;
    let row = LookUpRow {
        look_up: LookUpId::new(context.now(), random()?),
        identity,
        person,
        account: watch.account(),
        party: context.actor.party.to_string(),
        role: context.actor.role.to_string(),
        closeness: found.closeness,
        reason: reason.to_owned(),
        declared_at: context.now(),
        state: LookUpState::Pending,
        version: 1,
        reviewed: None,
    };
    let look_up = row.look_up;
    let subject = format!("reason declared: {look_up}, {}, {reason}", found.closeness.code());
    record(context, workplace, (subject, Some(person)), LookUpChange::Declare(row))?;
    Ok(look_up)
}

/// What whoever looks over look-ups is told first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overseen {
    /// Declared reasons that nobody has reviewed.
    pub waiting: u64,
    /// Wider searches since the moment asked for.
    pub searches: u64,
    /// Wider searches of the party's people that nobody has looked over.
    pub unreviewed: u64,
    /// People of the party, and of those where nobody looks over look-ups, who are stopped.
    pub stopped: u64,
}

/// Figures alone, of which nothing is put on record; none when no clause has the actor look over look-ups.
pub(crate) fn overseen(
    context: &Context<'_>,
    workplace: &Workplace,
    since: Instant,
) -> Result<Option<Overseen>, AppError> {
    let query = seat::query(context, Reach::Territory, Channel::Screen);
    let gate = context.gate(workplace)?;
    if gate.oversee(&query).is_err() {
        return Ok(None);
    }
    let party = context.actor.party.as_str();
    let ([waiting, searches, unreviewed], stops) = workplace
        .store
        .read(context.territory, |snapshot| Ok((snapshot.overseen(party, since)?, snapshot.blockings()?)))?;
    let in_force = |row: &&liant_store::BlockingRow| row.lifted.is_none();
    let hers = stops.iter().filter(in_force).filter(|row| quota::is_hers_to_lift(context, gate, row));
    let stopped = hers.count() as u64;
    Ok(Some(Overseen { waiting, searches, unreviewed, stopped }))
}

/// A declared reason, as whoever looks over it sees it. It names no person: her file is opened as any other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Which.
    pub look_up: LookUpId,
    /// Whose file.
    pub person: PersonId,
    /// Who declared it.
    pub account: AccountId,
    /// Her name, as colleagues see it.
    pub name: Option<String>,
    /// Her role.
    pub role: String,
    /// How close she may be.
    pub closeness: Closeness,
    /// Why, in words.
    pub reason: String,
    /// When.
    pub at: Instant,
    /// Where it stands.
    pub state: LookUpState,
    /// For the answer: what it was decided upon.
    pub version: i64,
    /// Who reviewed it, by name or account, and when.
    pub reviewed: Option<(String, Instant)>,
}

/// Declared reasons in a state, of the actor's party: those that wait the longest first, else the latest.
///
/// # Errors
/// When no clause has the actor look over them.
pub fn declared(
    context: &Context<'_>,
    workplace: &Workplace,
    state: LookUpState,
    most: usize,
    lang: Lang,
) -> Result<Vec<Declared>, AppError> {
    oversee(context, workplace)?;
    let party = context.actor.party.as_str();
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.look_ups(party, state, most))?;
    let actors: Vec<String> = rows
        .iter()
        .flat_map(|row| {
            let reviewer = row.reviewed.as_ref().map(|(by, _)| by.clone());
            std::iter::once(row.account.to_string()).chain(reviewer)
        })
        .collect();
    let names = trail::names(workplace, context.territory, &actors)?;
    let words = reasons(workplace, lang);
    let what = Audited {
        subject: format!("declared reasons ({})", state.code()),
        counts: vec![("declared", rows.len() as u64)],
        people: PeopleBlock::new(rows.iter().map(|row| row.person)),
        ..Audited::default()
    };
    write(context, workplace, Act::Read, what, None)?;
    let shown = |row: LookUpRow| Declared {
        look_up: row.look_up,
        person: row.person,
        account: row.account,
        name: names.get(&row.account.to_string()).cloned(),
        role: row.role,
        closeness: row.closeness,
        reason: words
            .iter()
            .find(|(code, _)| *code == row.reason)
            .map_or(row.reason, |(_, words)| words.clone()),
        at: row.declared_at,
        state: row.state,
        version: row.version,
        reviewed: row.reviewed.map(|(by, at)| (names.get(&by).cloned().unwrap_or(by), at)),
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// Accepts a declared reason, or refuses it; also one that was answered before.
///
/// # Errors
/// When no clause has the actor look over it, or there is none such; [`AppError::OwnLookUp`] when it is her own;
/// a conflict when it is no longer as `version` saw it.
pub fn review(
    context: &Context<'_>,
    workplace: &Workplace,
    look_up: LookUpId,
    (accepted, version): (bool, i64),
) -> Result<(), AppError> {
    oversee(context, workplace)?;
    let row = workplace.store.read(context.territory, |snapshot| snapshot.look_up(look_up))?;
    let row = row.filter(|row| row.party == context.actor.party.as_str());
    let row = row.ok_or(AppError::Absent("declared reason"))?;
    if Some(row.account) == context.seat.account || row.account.to_string() == context.actor.name {
        return Err(AppError::OwnLookUp);
    }
    let change = LookUpChange::Review {
        look_up,
        expected_version: version,
        accepted,
        reviewed_by: context.actor.name.clone(),
    };
    let answer = if accepted { "accepted" } else { "refused" };
    record(context, workplace, (format!("reason {answer}: {look_up}"), Some(row.person)), change)
}

/// Records what the actor gives of herself, so that her own record and her relatives' are known from namesakes'.
///
/// # Errors
/// When she has no account, or the commune is no INSEE code.
pub fn set_particulars(
    context: &Context<'_>,
    workplace: &Workplace,
    particulars: Particulars,
) -> Result<(), AppError> {
    let account = context.seat.account.ok_or(AppError::Absent("account"))?;
    let is_code = |code: &String| code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if particulars.commune.as_ref().is_some_and(|code| !is_code(code)) {
        return Err(AppError::Value("commune: an INSEE code has five characters".to_owned()));
    }
    let change = LookUpChange::Particulars { account, particulars };
    record(context, workplace, (format!("particulars of {account}"), None), change)
}

/// What the actor gave of herself.
///
/// # Errors
/// When she has no account.
pub fn particulars(context: &Context<'_>, workplace: &Workplace) -> Result<Particulars, AppError> {
    let account = context.seat.account.ok_or(AppError::Absent("account"))?;
    Ok(workplace.store.read(context.territory, |snapshot| snapshot.particulars(account))?)
}

/// Notes that a person is the professional of an account: her file, and those of her household, are then guarded.
///
/// # Errors
/// When no clause has the actor look over look-ups, or there is no such person to see.
pub fn note_own_record(
    context: &Context<'_>,
    workplace: &Workplace,
    account: AccountId,
    person: PersonId,
) -> Result<(), AppError> {
    oversee(context, workplace)?;
    let seen = access::in_sight(context, workplace, person)?;
    let identity = seen.facts.iter().map(|fact| fact.identity).min().ok_or(AppError::Absent("person"))?;
    let change = LookUpChange::OwnRecord { account, identity };
    record(context, workplace, (format!("own record of {account}"), Some(person)), change)
}

/// Whether the actor looks over what others look up. A refusal is on record.
pub(crate) fn oversee(context: &Context<'_>, workplace: &Workplace) -> Result<OversightPermit, AppError> {
    let query = seat::query(context, Reach::Territory, Channel::Screen);
    let decided = context.gate(workplace)?.oversee(&query);
    decided.map_err(|refusal| access::refused(context, workplace, &query, refusal))
}

fn record(
    context: &Context<'_>,
    workplace: &Workplace,
    (subject, person): (String, Option<PersonId>),
    change: LookUpChange,
) -> Result<(), AppError> {
    let what = Audited { subject, people: PeopleBlock::new(person), ..Audited::default() };
    write(context, workplace, Act::LookUp, what, Some(change))
}

fn write(
    context: &Context<'_>,
    workplace: &Workplace,
    act: Act,
    what: Audited,
    change: Option<LookUpChange>,
) -> Result<(), AppError> {
    workplace.store.ensure_territory(context.territory)?;
    let entry = audit(context, context.act_id()?, act, what)?;
    let set = ChangeSet::new(context.territory, context.now(), entry);
    workplace.store.apply(&change.into_iter().map(Change::LookUp).fold(set, ChangeSet::with))?;
    access::sequence(context, workplace);
    Ok(())
}
