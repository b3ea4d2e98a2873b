//! What happened to someone, in words.

use liant_app::person::{Changed, Event, Happened, PersonFile, Said};
use liant_model::Field;

use super::words::{address, value};
use crate::components::{Happening, Kind, SourceMark};
use crate::words::Words;

/// The kinds of thing, with their words in an address.
const KINDS: [(&str, &str); 3] =
    [("fact", "path-facts"), ("decision", "path-decisions"), ("contact", "path-contacts")];

fn code(kind: Kind) -> &'static str {
    match kind {
        Kind::Fact => "fact",
        Kind::Decision => "decision",
        Kind::Contact => "contact",
    }
}

/// The links that narrow the path to a kind: address, name, whether it is in force.
pub(super) fn kinds(w: Words, here: &str, asked: &str) -> Vec<(String, String, bool)> {
    let all = (here.to_owned(), w.say("path-all").into(), !KINDS.iter().any(|(code, _)| *code == asked));
    let of = KINDS
        .map(|(code, key)| (address(here, &[("kind", code.to_owned())]), w.say(key).into(), code == asked));
    std::iter::once(all).chain(of).collect()
}

/// The path, narrowed to a kind when one is asked for.
pub(super) fn happenings(w: Words, file: &PersonFile, asked: &str) -> Vec<Happening> {
    let narrowed = KINDS.iter().any(|(code, _)| *code == asked);
    file.path
        .iter()
        .map(|event| happening(w, event))
        .filter(|happening| !narrowed || code(happening.kind) == asked)
        .collect()
}

fn happening(w: Words, event: &Event) -> Happening {
    let mark = SourceMark::of(w, &event.source);
    let source = match event.told_on {
        Some(day) => mark.on(day),
        None => mark,
    };
    let (kind, title, text) = match &event.what {
        Happened::Entered => (Kind::Fact, w.say("path-entered").into(), None),
        Happened::Left => (Kind::Fact, w.say("path-left").into(), None),
        Happened::Dated { field, reason } => (kind_of(*field), dated(w, *field), reason.clone()),
        Happened::Changed(changes) => (Kind::Fact, changed_title(w, changes), Some(changed_text(w, changes))),
        Happened::Oriented { values, .. } => (Kind::Decision, oriented(w, values), correspondent(values)),
    };
    Happening { day: event.day, kind, title, text, source }
}

fn kind_of(field: Field) -> Kind {
    match field {
        Field::LastContact => Kind::Contact,
        Field::PlanSigned | Field::PlanNotified | Field::RadiationDate => Kind::Decision,
        _ => Kind::Fact,
    }
}

fn dated(w: Words, field: Field) -> String {
    match field {
        Field::RegistrationStart => w.say("path-registered"),
        Field::CessationDate => w.say("path-ceased"),
        Field::RadiationDate => w.say("path-struck-off"),
        Field::PlanSigned => w.say("path-plan-signed"),
        Field::PlanNotified => w.say("path-plan-notified"),
        Field::LastContact => w.say("path-contact"),
        Field::RsaRequested => w.say("path-rsa-requested"),
        Field::BenefitSince => w.say("path-right-began"),
        Field::RightSuspendedOn => w.say("path-right-suspended"),
        Field::PaymentSuspendedOn => w.say("path-payment-suspended"),
        Field::RightEnded => w.say("path-right-ended"),
        Field::FamilySituationSince => w.say("path-family"),
        other => return other.label(w.lang()).to_owned(),
    }
    .into()
}

fn changed_title(w: Words, changes: &[Changed]) -> String {
    match changes {
        [one] => w.say("path-changed-one").text("what", one.field.label(w.lang())).into(),
        several => w.say("path-changed").with("count", several.len() as u64).into(),
    }
}

/// Changes told in full at most: the record below holds the others.
const MOST_TOLD: usize = 5;

fn changed_text(w: Words, changes: &[Changed]) -> String {
    let nothing = || String::from(w.say("path-nothing"));
    let said =
        |field, words: &Option<String>| words.as_deref().map_or_else(nothing, |words| value(w, field, words));
    let one = |change: &Changed| {
        let arrow = format!("{} → {}", said(change.field, &change.before), said(change.field, &change.after));
        if changes.len() == 1 { arrow } else { format!("{} : {arrow}", change.field.label(w.lang())) }
    };
    let mut told: Vec<String> = changes.iter().take(MOST_TOLD).map(one).collect();
    if changes.len() > MOST_TOLD {
        told.push(w.say("path-and-more").with("count", (changes.len() - MOST_TOLD) as u64).into());
    }
    told.join(" · ")
}

fn said(values: &[Said], field: Field) -> Option<&str> {
    values.iter().find(|said| said.field == field).map(|said| said.words.as_str())
}

fn oriented(w: Words, values: &[Said]) -> String {
    said(values, Field::OrientationNature).map_or_else(|| w.say("path-oriented").into(), str::to_owned)
}

/// Whom she was oriented to.
pub(in crate::pages) fn correspondent(values: &[Said]) -> Option<String> {
    let referent: Vec<&str> = [Field::ReferentFirstName, Field::ReferentName]
        .iter()
        .filter_map(|field| said(values, *field))
        .collect();
    let parts: Vec<String> = [Field::OrientationOrganisation, Field::OrientationService]
        .iter()
        .filter_map(|field| said(values, *field).map(str::to_owned))
        .chain((!referent.is_empty()).then(|| referent.join(" ")))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
