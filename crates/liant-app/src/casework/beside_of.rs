//! What lists hold, without opening them: how many lines, for tiles that lead to them; and whom someone stands beside, who gives place to another.

use liant_casework::{Code, Programmes};
use liant_model::{AccountId, Date, Lang, OrganisationId, PersonId, Role};
use liant_store::{CaseworkList, CaseworkScope};

use super::lists::{each_once, everything};
use super::several::Several;
use super::view;
use super::{Slice, Whose};
use crate::people::Line;
use crate::{AppError, Context, Workplace};

/// A list of what is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Forms that wait in the actor's organisation: [`inbox`](super::inbox).
    Received,
    /// Forms that it sent: [`sent`](super::sent).
    Sent,
    /// The people beside whom the actor stands: [`caseload`](super::caseload).
    Mine,
}

/// Someone beside whom a professional stands in a programme.
#[derive(Clone, Debug)]
pub struct HeldBy {
    /// The person.
    pub person: PersonId,
    /// Her names, as each source gives them.
    pub name: Line,
    /// The version of the path: what an act expects.
    pub version: u64,
    /// Since when it is under way as it is.
    pub since: Date,
}

/// People who are looked at together.
const AT_ONCE: usize = 1_000;

/// How many lines a list has in all: of those that the actor may see. Nobody's data is shown.
///
/// # Errors
/// As [`inbox`](super::inbox).
pub fn how_many(context: &Context<'_>, workplace: &Workplace, listing: Listing) -> Result<u64, AppError> {
    super::sees_paths(context, workplace)?;
    let organisation = context.seat.organisation.ok_or(AppError::Absent("list"))?;
    let role = context.actor.role.to_string();
    let list = match listing {
        Listing::Received => CaseworkList::Inbox(organisation, &role),
        Listing::Sent => CaseworkList::Sent(organisation),
        Listing::Mine => CaseworkList::Scope(Whose::Mine.scope(context)?, None),
    };
    let rows = everything(context, workplace, list)?;
    let programmes = workplace.programmes(context.territory)?;
    let mut count = 0;
    for part in rows.chunks(AT_ONCE) {
        let several = Several::outline(context, workplace, &each_once(part, |row| row.person), &programmes)?;
        for row in part {
            let programme = super::code(&row.head.programme)?;
            let shown = several.shown(row.person).and_then(|shown| shown.path.open(&programme));
            count += u64::from(shown.is_some());
        }
    }
    Ok(count)
}

/// Those beside whom a colleague stands in a role of a programme, as far as the actor may see them: whatever is due, and what is suspended
/// too. [`Slice::MOST`] of them, and whether there are more. Their names are written as access records.
///
/// # Errors
/// As [`inbox`](super::inbox); [`AppError::Absent`] unless the programme has whoever is of the actor's role name people of that role.
pub fn beside_of(
    context: &Context<'_>,
    workplace: &Workplace,
    (programme, role): (&Code, &Role),
    (account, organisation): (AccountId, OrganisationId),
    lang: Lang,
) -> Result<(Vec<HeldBy>, bool), AppError> {
    super::sees_paths(context, workplace)?;
    let programmes = workplace.programmes(context.territory)?;
    names(&programmes, (programme, role), context)?;
    let scope = CaseworkScope::Caseload(account, organisation);
    let mut rows = everything(context, workplace, CaseworkList::Scope(scope, None))?;
    rows.retain(|row| row.head.programme == programme.as_str());
    let mut held = Vec::new();
    for part in rows.chunks(AT_ONCE) {
        let several = Several::look(context, workplace, &each_once(part, |row| row.person), &programmes)?;
        let mut met = Vec::new();
        for person in part.iter().map(|row| row.person) {
            let Some(shown) = several.shown(person) else { continue };
            let stands = shown
                .path
                .referents
                .values()
                .any(|one| one.who == account && one.role == *role && one.programme == *programme);
            let now = view::now(&programmes, shown, programme, (context.now().date(), lang));
            met.extend(now.filter(|_| stands).map(|now| (person, shown.path.version, now.since)));
        }
        let room = Slice::MOST - held.len();
        let more = met.len() > room;
        met.truncate(room);
        let people: Vec<PersonId> = met.iter().map(|(person, ..)| *person).collect();
        let names = several.open(context, workplace, &people, ("hand-over", lang))?;
        held.extend(met.into_iter().filter_map(|(person, version, since)| {
            Some(HeldBy { person, name: names.get(&person)?.clone(), version, since })
        }));
        if more {
            return Ok((held, true));
        }
    }
    Ok((held, false))
}

/// Whether the actor's role names people of a role, by the programme as it is today or was last.
fn names(programmes: &Programmes, (id, role): (&Code, &Role), context: &Context<'_>) -> Result<(), AppError> {
    let latest = || programmes.iter().filter(|one| one.id == *id).last();
    let running = programmes.on(id, context.now().date()).or_else(latest);
    let rule = running.and_then(|programme| programme.role(role));
    let names = rule.is_some_and(|rule| rule.kind.is_some() && rule.named_by.contains(&context.actor.role));
    if names { Ok(()) } else { Err(AppError::Absent("list")) }
}
