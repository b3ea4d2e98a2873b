//! The contract (*CER*), and the right that a programme rests on.

use liant_convention::Length;
use liant_model::AccountId;

use crate::clock::{at_most_days, shift};
use crate::path::decide::{Ask, no, no_about};
use crate::path::{Event, Reason, Refusal, What};
use crate::programme::{Code, ContractForm};

pub(super) fn sign(
    ask: &Ask<'_>,
    form: &Code,
    length: Length,
    who: Option<AccountId>,
) -> Result<Vec<Event>, Refusal> {
    let stay = ask.stay()?;
    let rule = ask.programme.contract.as_ref();
    let rule = rule.ok_or_else(|| no(Reason::NoContractRule, "contract", ""))?;
    ask.only(&rule.by, "contract.by", &rule.source)?;
    ask.right_lasts(stay)?;
    let unknown = || no_about(Reason::UnknownForm, "contract.form", &rule.source, form);
    let form = rule.forms.iter().find(|one| one.id == *form).ok_or_else(unknown)?;
    suits(ask, form).ok_or_else(unknown)?;
    if at_most_days(length) > at_most_days(rule.most) {
        return Err(no(Reason::LengthNotAllowed, "contract.most", &rule.source));
    }
    match &stay.contract {
        None => ask.needs(&rule.needs, &stay.log, None, ("contract.needs", &rule.source))?,
        Some(last) => {
            ask.not_before(last.signed, "command.on")?;
            let needs = ("contract.renewal_needs", rule.source.as_str());
            ask.needs(&rule.renewal_needs, &stay.log, Some(last.signed), needs)?;
        }
    }
    let last = |from| shift(from, length, 1).and_then(|end| end.yesterday().ok());
    let mut until = last(ask.on()).unwrap_or(ask.on());
    if let Some((_, tail_end)) = stay.right_ended {
        until = until.min(tail_end);
    }
    let mut events = vec![ask.event(What::Signed { form: form.id.clone(), until })];
    events.extend(signatory(ask, form, who)?);
    Ok(events)
}

/// Whether a form of contract is for someone of this orientation.
fn suits(ask: &Ask<'_>, form: &ContractForm) -> Option<()> {
    if form.natures.is_empty() {
        return Some(());
    }
    let held = ask.path.orientation.as_ref()?;
    (form.natures.contains(&held.nature) && held.decided.on <= ask.on()).then_some(())
}

/// The signatory of a form that makes her the referent takes the place, whoever held it.
fn signatory(ask: &Ask<'_>, form: &ContractForm, who: Option<AccountId>) -> Result<Vec<Event>, Refusal> {
    let Some(role) = &form.names else { return Ok(Vec::new()) };
    let source = ask.programme.contract.as_ref().map_or("", |rule| &rule.source);
    ask.only(std::slice::from_ref(role), "contract.form.names", source)?;
    let place = ask.programme.role(role).and_then(|rule| rule.kind.clone());
    let missing = || no(Reason::ReferentMissing, "contract.form.names", source);
    let (place, who) = place.zip(who).ok_or_else(missing)?;
    let mut events = Vec::new();
    match ask.path.referents.get(&place) {
        Some(held) if held.who == who && held.role == *role => return Ok(events),
        Some(held) => {
            let free = What::Released { place: place.clone(), vacant: false };
            events.push(ask.event_in(&held.programme, ask.on(), free));
        }
        None => {}
    }
    events.push(ask.event(What::Named { role: role.clone(), place, who }));
    Ok(events)
}

pub(super) fn end_right(ask: &Ask<'_>) -> Result<Vec<Event>, Refusal> {
    let (stay, ending) = (ask.any_stay()?, &ask.programme.ending);
    ask.only(&ending.right_by, "ending.right_by", &ending.source)?;
    let tail = ending.tail.ok_or_else(|| no(Reason::NoTail, "ending.tail", &ending.source))?;
    if stay.right_ended.is_some() {
        return Err(no(Reason::RightOver, "ending.tail", &ending.source));
    }
    let tail_end = shift(ask.on(), tail, 1).unwrap_or(ask.on());
    Ok(vec![ask.event(What::RightEnded { tail_end })])
}

pub(super) fn resume_right(ask: &Ask<'_>) -> Result<Vec<Event>, Refusal> {
    let (stay, ending) = (ask.any_stay()?, &ask.programme.ending);
    ask.only(&ending.right_by, "ending.right_by", &ending.source)?;
    let (ended, _) = stay.right_ended.ok_or_else(|| no(Reason::NoTail, "ending.tail", &ending.source))?;
    ask.not_before(ended, "command.on")?;
    Ok(vec![ask.event(What::RightResumed {})])
}
