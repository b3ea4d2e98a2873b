//! Who stands beside the person: of each kind there is one at a time.

use liant_model::{AccountId, Role};

use crate::path::decide::{Ask, no, no_about};
use crate::path::{Event, Open, Path, Reason, Refusal, What};
use crate::programme::{Code, RoleRule};

pub(super) fn name(ask: &Ask<'_>, role: &Role, who: AccountId) -> Result<Vec<Event>, Refusal> {
    let open = ask.open()?;
    ask.not_before(open.since(), "command.on")?;
    if matches!(open, Open::Relay(_)) {
        return Err(no(Reason::WrongStage, "role.named_by", ""));
    }
    Ok(named(ask, ask.path, role, who)?.into_iter().collect())
}

/// The event by which someone takes a place that is free; none when she holds it already, in this programme.
pub(super) fn named(
    ask: &Ask<'_>,
    path: &Path,
    role: &Role,
    who: AccountId,
) -> Result<Option<Event>, Refusal> {
    let (rule, place) = place(ask, role)?;
    ask.only(&rule.named_by, "role.named_by", &ask.programme.entry.source)?;
    match path.referents.get(place) {
        Some(held) if held.who != who || held.role != *role => {
            Err(no_about(Reason::PlaceTaken, "role.kind", &ask.programme.entry.source, place))
        }
        Some(held) if held.programme == ask.command.programme => Ok(None),
        _ => Ok(Some(taking(ask, role, place, who))),
    }
}

pub(super) fn hand_over(
    ask: &Ask<'_>,
    role: &Role,
    from: AccountId,
    to: AccountId,
) -> Result<Vec<Event>, Refusal> {
    let place = held(ask, role, from)?;
    let released = What::Released { place: place.clone(), vacant: false };
    Ok(vec![ask.event(released), taking(ask, role, place, to)])
}

pub(super) fn leave(ask: &Ask<'_>, role: &Role, who: AccountId) -> Result<Vec<Event>, Refusal> {
    let place = held(ask, role, who)?;
    Ok(vec![ask.event(What::Released { place: place.clone(), vacant: true })])
}

fn taking(ask: &Ask<'_>, role: &Role, place: &Code, who: AccountId) -> Event {
    ask.event(What::Named { role: role.clone(), place: place.clone(), who })
}

/// The place that someone holds in this programme, for whoever may give it to another.
fn held<'a>(ask: &Ask<'a>, role: &Role, who: AccountId) -> Result<&'a Code, Refusal> {
    ask.open()?;
    let (rule, place) = place(ask, role)?;
    ask.only(&rule.named_by, "role.named_by", &ask.programme.entry.source)?;
    let referent = ask.path.referents.get(place);
    let referent = referent
        .filter(|held| held.who == who && held.role == *role && held.programme == ask.command.programme);
    let empty = || no_about(Reason::PlaceEmpty, "role.kind", &ask.programme.entry.source, place);
    ask.not_before(referent.ok_or_else(empty)?.since, "command.on")?;
    Ok(place)
}

fn place<'a>(ask: &Ask<'a>, role: &Role) -> Result<(&'a RoleRule, &'a Code), Refusal> {
    let rule = ask.programme.role(role);
    let found = rule.and_then(|rule| rule.kind.as_ref().map(|place| (rule, place)));
    found.ok_or_else(|| no(Reason::NoPlace, "role.kind", &ask.programme.entry.source))
}
