//! A person: who she is, where she stands, what happened, why it may be seen.

mod identity;
pub(super) mod no_email;
mod path;
pub(super) mod space;
pub(super) mod words;

pub(super) use identity::{identity, undo};
pub(super) use path::correspondent;

use askama::Template;
use axum::extract::{Path as Place, Query, State};
use axum::response::Response;
use liant_app::addresses::{self, Protection};
use liant_app::person::{self, Alert, Conflict, Decision, Ground, PersonFile, Record};
use liant_app::space::contact::{self, ContactRow};
use liant_model::{Field, FieldType, PersonId};

use crate::components::{Detail, Link, Notice, Path, SourceMark, SummaryList, Tag, Tone, Why};
use crate::failure::Failure;
use crate::routes::Access;
use crate::words::Words;
use crate::{Errand, Page, Site};

/// Who follows people.
pub(super) const FOLLOWERS: Access = Access::Only {
    roles: &["orientation_officer", "local_service_head", "adviser", "social_referent", "caf_worker"],
    purpose: "follow-up",
};

/// Who opens someone's page: the platform too, which follows nobody.
pub(super) const READERS: Access = Access::Only {
    roles: &[
        "orientation_officer",
        "local_service_head",
        "adviser",
        "social_referent",
        "caf_worker",
        "platform_agent",
    ],
    purpose: "follow-up",
};

#[derive(Template)]
#[template(path = "person/show.html")]
struct PersonPage<'a> {
    page: &'a Page,
    w: Words,
    who: String,
    born: Option<String>,
    standing: Vec<Tag>,
    summary: SummaryList,
    protection: Guarded,
    contact: String,
    /// Where it is recorded that she wants no more e-mail.
    no_email: Option<String>,
    space: Option<String>,
    accompaniment: Option<String>,
    alerts: Vec<(Tag, String, Option<Link>)>,
    orient: Option<String>,
    decide: bool,
    conflicts: Vec<Conflicting>,
    path: Path,
    events: u64,
    kinds: Vec<(String, String, bool)>,
    records: Vec<Source>,
    household: Option<Vec<(&'static str, String, SourceMark)>>,
    evidence: Option<String>,
    why: Why,
}

/// Whether her address is protected, for whom it stands there; what can be done about it.
struct Guarded {
    protected: Option<(String, Option<String>)>,
    act: Option<Link>,
}

impl Guarded {
    fn new(w: Words, protection: Option<&Protection>, here: &str) -> Self {
        let link = |key| Some(Link::new(format!("{here}/address"), w.say(key)));
        let Some(protection) = protection else {
            return Self { protected: None, act: link("address-protect") };
        };
        let since = w.say("address-since").text("day", w.date(protection.since.date()));
        let grounds = protection.grounds.as_ref().map(|(reason, by)| {
            w.say("address-grounds").text("reason", w.typeset(reason)).text("who", by).into()
        });
        // Only who needs the address may end its protection.
        let act = grounds.as_ref().and_then(|_| link("address-end-submit"));
        Self { protected: Some((since.into(), grounds)), act }
    }
}

/// What one source says, under headings.
struct Source {
    mark: SourceMark,
    state: String,
    details: SummaryList,
    linked: String,
    reason: String,
}

struct Conflicting {
    label: &'static str,
    values: Vec<(String, SourceMark)>,
}

/// What the address asks for.
#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(super) struct Asking {
    kind: String,
    done: String,
}

pub(super) fn id(text: &str) -> Result<PersonId, Failure> {
    text.parse().map_err(|_| Failure::Absent)
}

/// The page of a person.
pub(super) async fn show(
    State(site): State<Site>,
    mut page: Page,
    Place(person): Place<String>,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let person = id(&person)?;
    let lang = page.w.lang();
    let (file, protection, said) = site
        .act(errand, move |context, workplace| {
            let file = person::open(context, workplace, person, lang)?;
            let protection = addresses::state(context, workplace, person, lang)?;
            Ok((file, protection, contact::of_person(context, workplace, person)?))
        })
        .await?;
    let w = page.w;
    page.notice = match asking.done.as_str() {
        "oriented" => Some(Notice::done(w, w.say("orientation-done"))),
        "protected" => Some(Notice::done(w, w.say("address-done"))),
        "no-email" => Some(Notice::done(w, w.say("contact-stop-done"))),
        "unprotected" => Some(Notice::done(w, w.say("address-done-end"))),
        _ => None,
    };
    if page.open_path("/people").is_some() {
        page = page.under("/people", w.say("people-title"));
    }
    let contact = contact_words(w, said.as_ref());
    let no_email = said.as_ref().is_none_or(|row| row.given).then(|| format!("/people/{person}/contact"));
    page.show(&PersonPage { contact, no_email, ..screen(&page, (&file, protection.as_ref()), &asking) })
}

fn screen<'a>(
    page: &'a Page,
    (file, protection): (&PersonFile, Option<&Protection>),
    asking: &Asking,
) -> PersonPage<'a> {
    let w = page.w;
    let here = format!("/people/{}", file.person);
    let in_force = file.decisions.iter().find(|decision| decision.in_force);
    let happenings = path::happenings(w, file, &asking.kind);
    let decide = may(page, super::orientation::OFFICERS);
    PersonPage {
        page,
        w,
        who: name_of(w, &file.records),
        born: first(&file.records, Field::BirthDate).map(|said| words::value(w, Field::BirthDate, said)),
        standing: standing(w, file),
        protection: Guarded::new(w, protection, &here),
        contact: String::new(),
        no_email: None,
        space: may(page, space::OPENERS).then(|| format!("{here}/space")),
        accompaniment: page.reads_paths().then(|| super::casework::address(file.person)),
        summary: summary(w, file, in_force),
        alerts: file.alerts.iter().map(|alert| alerted(w, *alert, &here, decide)).collect(),
        orient: decide.then(|| format!("{here}/orientation")),
        decide: in_force.is_none(),
        conflicts: file.conflicts.iter().map(|conflict| conflicting(w, file, conflict)).collect(),
        events: happenings.len() as u64,
        path: Path::new(w, happenings),
        kinds: path::kinds(w, &here, &asking.kind),
        records: file.records.iter().map(|record| source(w, record)).collect(),
        household: household(w, &file.records),
        evidence: may(page, super::review::REVIEWERS).then(|| format!("{here}/identity")),
        why: why(w, file),
    }
}

/// What she said of being reached by e-mail and telephone.
fn contact_words(w: Words, said: Option<&ContactRow>) -> String {
    match said {
        Some(row) if row.given => w.say("space-contact-given").text("day", w.date(row.at.date())).into(),
        Some(row) => w.say("space-contact-withdrawn").text("day", w.date(row.at.date())).into(),
        None => w.say("space-contact-never").into(),
    }
}

/// Whether the visitor may go there.
fn may(page: &Page, access: Access) -> bool {
    page.visitor().is_some_and(|visitor| access.is_for(&visitor.actor.role))
}

/// The first value of a field: of the sources that hold her now, ours first.
fn first(records: &[Record], field: Field) -> Option<&str> {
    records.iter().find_map(|record| record.get(field)).map(|said| said.words.as_str())
}

pub(super) fn name_of(w: Words, records: &[Record]) -> String {
    let named = records.iter().find(|record| record.get(Field::BirthName).is_some());
    let said = |field| named.and_then(|record| record.get(field)).map(|said| said.words.as_str());
    let married = said(Field::MarriedName).or_else(|| first(records, Field::MarriedName));
    words::name(w, said(Field::FirstName), married, said(Field::BirthName))
}

fn standing(w: Words, file: &PersonFile) -> Vec<Tag> {
    let mut tags = Vec::new();
    if file.in_course {
        tags.push(Tag::new(Tone::Done, w.say("person-in-course")));
    }
    let registered = file.records.iter().any(|record| {
        record.in_stock
            && record.get(Field::RegistrationStart).is_some()
            && record.get(Field::CessationDate).is_none()
    });
    if registered {
        tags.push(Tag::new(Tone::Fine, w.say("person-registered")));
    }
    tags
}

/// The data at the head of the page: each with its source.
const AT_THE_HEAD: [Field; 6] = [
    Field::RsaState,
    Field::RegistrationCategory,
    Field::RegistrationSituation,
    Field::Modality,
    Field::FollowUpAdviser,
    Field::TownName,
];

fn summary(w: Words, file: &PersonFile, in_force: Option<&Decision>) -> SummaryList {
    let mut details = Vec::new();
    let orientation = Detail::new(w.say("person-orientation"));
    details.push(match in_force {
        Some(decision) => {
            let nature = decision.get(Field::OrientationNature).map_or("", |said| said.words.as_str());
            let mark = SourceMark::of(w, &liant_model::Source::DEPARTEMENT).on(decision.from);
            orientation.said(nature, mark)
        }
        None => orientation,
    });
    if let Some(decision) = in_force {
        let who: Vec<&str> = [
            Field::ReferentFirstName,
            Field::ReferentName,
            Field::OrientationOrganisation,
            Field::OrientationService,
        ]
        .iter()
        .filter_map(|field| decision.get(*field))
        .map(|said| said.words.as_str())
        .collect();
        let referent = Detail::new(w.say("person-referent"));
        details.push(if who.is_empty() { referent } else { referent.value(who.join(", ")) });
    }
    for field in AT_THE_HEAD {
        let mut detail = Detail::new(field.label(w.lang()));
        let mut said = false;
        for record in file.records.iter().filter(|record| record.in_stock) {
            if let Some(value) = record.get(field) {
                detail = detail.said(words::value(w, field, &value.words), mark_of(w, record));
                said = true;
            }
        }
        if said {
            details.push(detail);
        }
    }
    SummaryList::new(w, details)
}

fn mark_of(w: Words, record: &Record) -> SourceMark {
    let mark = SourceMark::of(w, &record.source);
    match record.said_on {
        Some(day) => mark.on(day),
        None => mark,
    }
}

fn alerted(w: Words, alert: Alert, here: &str, decide: bool) -> (Tag, String, Option<Link>) {
    let act = |key| decide.then(|| Link::new(format!("{here}/orientation"), w.say(key)));
    let (tone, tag, text, link) = match alert {
        Alert::ToOrient => {
            (Tone::Soon, "alert-to-orient", w.say("alert-to-orient-text"), act("person-orient"))
        }
        Alert::NoReferent => {
            (Tone::Soon, "alert-no-referent", w.say("alert-no-referent-text"), act("person-reorient"))
        }
        Alert::TwoDecisions => {
            (Tone::Soon, "alert-two-decisions", w.say("alert-two-decisions-text"), act("person-reorient"))
        }
        Alert::StruckOff(day) => {
            (Tone::Late, "alert-struck-off", w.say("alert-since").text("day", w.date(day)), None)
        }
        Alert::Ceased(day) => {
            (Tone::Fine, "alert-ceased", w.say("alert-since").text("day", w.date(day)), None)
        }
        Alert::Suspended(day) => {
            (Tone::Late, "alert-suspended", w.say("alert-since").text("day", w.date(day)), None)
        }
        Alert::RightEnded(day) => {
            (Tone::Late, "alert-right-ended", w.say("alert-since").text("day", w.date(day)), None)
        }
    };
    (Tag::new(tone, w.say(tag)), text.into(), link)
}

fn conflicting(w: Words, file: &PersonFile, conflict: &Conflict) -> Conflicting {
    let value = |(place, said): &(usize, String)| {
        let mark = file.records.get(*place).map(|record| mark_of(w, record));
        Some((words::value(w, conflict.field, said), mark?))
    };
    Conflicting {
        label: conflict.field.label(w.lang()),
        values: conflict.values.iter().filter_map(value).collect(),
    }
}

/// What is shown of a source: not what the household has for itself.
fn source(w: Words, record: &Record) -> Source {
    let details =
        record.values.iter().filter(|said| !said.field.code().starts_with("household.")).map(|said| {
            Detail::new(said.field.label(w.lang())).value(words::value(w, said.field, &said.words))
        });
    let (linked, reason) = identity::linked(w, &record.evidence);
    Source {
        mark: SourceMark::of(w, &record.source),
        state: state(w, record),
        details: SummaryList::new(w, details.collect()),
        linked,
        reason,
    }
}

/// Where the record stands in the stock of its source.
pub(super) fn state(w: Words, record: &Record) -> String {
    match (record.left_on, record.said_on) {
        (Some(day), _) => w.say("record-left").text("day", w.date(day)).into(),
        (None, Some(day)) => w.say("record-said").text("day", w.date(day)).into(),
        (None, None) => w.say("record-present").into(),
    }
}

fn household(w: Words, records: &[Record]) -> Option<Vec<(&'static str, String, SourceMark)>> {
    let record =
        records.iter().find(|record| record.in_stock && record.get(Field::HouseholdRole).is_some())?;
    let lines = record
        .values
        .iter()
        .filter(|said| said.field.code().starts_with("household."))
        .filter(|said| {
            said.field.field_type() != FieldType::Flag || said.raw == "1" || said.field == Field::FileHolder
        })
        .map(|said| {
            (said.field.label(w.lang()), words::value(w, said.field, &said.words), mark_of(w, record))
        })
        .collect();
    Some(lines)
}

pub(super) fn why(w: Words, file: &PersonFile) -> Why {
    let clauses = file.grounds.iter().map(|ground| Link::new("", clause(w, ground))).collect();
    let reason = if file.in_course { w.say("why-in-course") } else { w.say("why-known") };
    Why::new(w, reason).by(clauses).without(file.hidden as u64).shown_to_person()
}

fn clause(w: Words, ground: &Ground) -> String {
    w.say("why-clause")
        .text("title", &ground.title)
        .text("clause", w.cite(&ground.clause))
        .with("count", ground.count as u64)
        .into()
}
