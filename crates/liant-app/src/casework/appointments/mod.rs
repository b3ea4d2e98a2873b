//! Appointments (*rendez-vous*): what a person is told of them, by what way, and hers to come.
//!
//! By what way she is told is decided when it is sent, and not before: by e-mail whom she has allowed to and a clause lets out her address
//! for it, in the name of whom she meets, who must work in that role still; else by letter, which somebody prints and posts. So what
//! ends any of that ends e-mail at once.

mod letters;
mod post;
mod said;

use liant_casework::{Appointment, AppointmentState, Code, Means, NoticeKind, Programmes, notices, standing};
use liant_convention::{Consent, UseKind};
use liant_guard::UsePlan;
use liant_model::{AccountId, AppointmentId, Field, Instant, Lang, OrganisationId, PersonId, Purpose, Role};
use liant_store::{CurrentFact, NewCaseworkEvent, NewNotice, NoticeKey, NoticeRow, Snapshot, StoreError};

pub use letters::{LetterLine, Paper, letters, paper, posted};
pub(crate) use post::{Told as Sent, tell};

use super::held::{self, Held};
use super::{Event, Happened, register_of, words};
use crate::{AppError, Context, Workplace, trail};

/// What the conventions call it.
const PURPOSE: &str = "appointments";

/// An appointment, for who may see the path that it is on, and for the person.
#[derive(Clone, Debug)]
pub struct AppointmentView {
    /// Which.
    pub id: AppointmentId,
    /// In which programme.
    pub programme: Code,
    /// What is done there, in words.
    pub text: String,
    /// The day and hour there.
    pub at: liant_model::DateTime,
    /// Whether that is past.
    pub is_past: bool,
    /// How they meet.
    pub means: Means,
    /// The name of the place, and the number to call.
    pub place: Option<(String, Vec<String>, String)>,
    /// With whom.
    pub with: String,
    /// Where it stands.
    pub state: AppointmentState,
    /// What she was told of it, and is to be.
    pub told: Vec<NoticeRow>,
}

fn purpose() -> Result<Purpose, AppError> {
    Purpose::parse(PURPOSE).map_err(|error| AppError::Internal(error.to_string()))
}

/// What someone is to be told by a path, each under whom she meets.
pub(super) fn to_tell(
    programmes: &Programmes,
    path: &liant_casework::Path,
    recorded: &[(&Event, &NewCaseworkEvent)],
) -> Vec<NewNotice> {
    let all = notices(programmes, path).into_iter().filter_map(|(programme, one, notice)| {
        let (role, organisation) = under(recorded, one)?;
        Some(NewNotice {
            key: key(one, notice.kind, notice.days),
            programme: programme.id.to_string(),
            account: one.meeting.with,
            organisation,
            role,
            from: notice.from,
            until: notice.until,
        })
    });
    all.collect()
}

fn key(one: &Appointment, kind: NoticeKind, days: u32) -> NoticeKey {
    NoticeKey { appointment: one.id, moved: one.moved, kind, days }
}

/// In what role and for which organisation whom she meets does.
fn under(recorded: &[(&Event, &NewCaseworkEvent)], one: &Appointment) -> Option<(Role, OrganisationId)> {
    let last = recorded.iter().rev().find(|(event, _)| match &event.what {
        Happened::AppointmentFixed { appointment, .. } | Happened::AppointmentMoved { appointment, .. } => {
            *appointment == one.id
        }
        _ => false,
    });
    last.and_then(|(event, row)| Some((event.by.clone(), row.about?)))
}

/// Whether a path still has something to be told.
fn still_holds<'p>(
    programmes: &'p Programmes,
    held: &'p Held,
    wanted: &NoticeKey,
) -> Option<&'p Appointment> {
    let found = notices(programmes, &held.path).into_iter();
    let mut found =
        found.filter(|(_, one, notice)| key(one, notice.kind, notice.days) == *wanted).map(|(_, one, _)| one);
    found.next()
}

/// Whether someone agrees to be written to by e-mail. What she says in her own space goes before what was recorded of it; but who took her
/// consent back later, by whatever way, has taken it back. Without a word of hers, what the actor's own register says counts, and no other's.
fn agrees(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, held): (PersonId, &Held),
) -> Result<bool, AppError> {
    let (said, facts) = workplace.store.read(context.territory, |snapshot| {
        Ok((snapshot.contact_of(person)?.into_iter().next(), facts_of(snapshot, person)?))
    })?;
    if let Some(said) = said {
        let taken_back = held.events.iter().any(|event| {
            let is_email = |consent: &Code| held::consent(consent) == Some(Consent::Email);
            matches!(&event.what, Happened::ConsentWithdrawn { consent } if is_email(consent))
                && event.at > said.at
        });
        return Ok(said.given && !taken_back);
    }
    if held.consents().has(Consent::Email) {
        return Ok(true);
    }
    let gate = context.gate(workplace)?;
    let Ok(count) = UsePlan::compile(gate, UseKind::Count, context.territory, context.now()) else {
        return Ok(false);
    };
    let own = register_of(&context.actor.party);
    let ticked = facts.iter().filter(|fact| *fact.facts.source() == own).filter_map(|fact| {
        // What comes out of the closure is yes or no.
        count.read(&fact.facts, |reading| {
            reading.get(Field::ConsentToEmail).map(|tick| tick == "1" || tick == "true")
        })?
    });
    let ticked: Vec<bool> = ticked.collect();
    Ok(!ticked.is_empty() && ticked.iter().all(|tick| *tick))
}

fn facts_of(snapshot: &mut Snapshot<'_>, person: PersonId) -> Result<Vec<CurrentFact>, StoreError> {
    let mut facts = Vec::new();
    for link in snapshot.links_of_person(person)? {
        facts.extend(snapshot.facts(link.identity)?);
    }
    Ok(facts)
}

/// The appointments of a path that is shown, those to come first, then the latest.
pub(super) fn shown(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, held, programmes): (PersonId, &Held, &Programmes),
    lang: Lang,
) -> Result<Vec<AppointmentView>, AppError> {
    let all =
        held.path.tracks.iter().flat_map(|(id, track)| track.appointments.iter().map(move |one| (id, one)));
    let all: Vec<(&Code, &Appointment)> = all.collect();
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let told = workplace.store.read(context.territory, |snapshot| snapshot.notices_of(person))?;
    let actors: Vec<String> = all.iter().map(|(_, one)| one.meeting.with.to_string()).collect();
    let names = trail::names(workplace, context.territory, &actors)?;
    let mut views: Vec<AppointmentView> = Vec::new();
    for (id, one) in all {
        let programme = programmes.iter().filter(|known| known.id == *id).last();
        let act = programme.and_then(|known| known.act(&one.meeting.act));
        let with = one.meeting.with.to_string();
        let place = workplace.places.get(&one.meeting.place);
        let now = context.now();
        views.push(AppointmentView {
            id: one.id,
            programme: id.clone(),
            text: act.map_or_else(|| one.meeting.act.to_string(), |act| words::said(&act.text, lang)),
            at: one.meeting.at,
            is_past: programme.is_none_or(|known| one.meeting.moment(&known.calendar.zone) <= now),
            means: one.meeting.means,
            place: place.map(|place| (place.name.clone(), place.lines.clone(), place.phone.clone())),
            with: names.get(&with).cloned().unwrap_or_default(),
            state: one.state,
            told: told.iter().filter(|row| row.notice.key.appointment == one.id).cloned().collect(),
        });
    }
    views.sort_by_key(|view| (view.is_past, view.at));
    let past = views.iter().position(|view| view.is_past).unwrap_or(views.len());
    if let Some(past) = views.get_mut(past..) {
        past.reverse();
    }
    Ok(views)
}

/// A person's own appointments to come, for her space.
pub(crate) fn to_come(
    workplace: &Workplace,
    (programmes, held, now): (&Programmes, &Held, Instant),
    names: &dyn Fn(AccountId) -> String,
) -> Vec<Coming> {
    let all = standing(programmes, &held.path).into_iter();
    let mut all: Vec<Coming> = all
        .filter(|(programme, one)| one.meeting.moment(&programme.calendar.zone) > now)
        .map(|(_, one)| {
            let place = workplace.places.get(&one.meeting.place);
            Coming {
                at: one.meeting.at,
                means: one.meeting.means,
                place: place.map(|place| {
                    let lines = std::iter::once(&place.name).chain(&place.lines).cloned();
                    lines.collect::<Vec<_>>().join(", ")
                }),
                phone: place.map(|place| place.phone.clone()),
                with: names(one.meeting.with),
                register: held.register_of_appointment(one.id),
            }
        })
        .collect();
    all.sort_by_key(|one| one.at);
    all
}

/// An appointment to come, for the person herself.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Coming {
    /// The day and hour there.
    pub at: liant_model::DateTime,
    /// How they meet.
    pub means: Means,
    /// Where.
    pub place: Option<String>,
    /// The number to call to change it.
    pub phone: Option<String>,
    /// With whom.
    pub with: String,
    /// The register that it is in.
    #[serde(skip)]
    pub(crate) register: Option<liant_model::Source>,
}
