//! One person's accompaniments: where she stands in each programme, what falls due, who stands beside her, what happened, and what may be
//! done next.

use askama::Template;
use axum::extract::{Path as Place, Query, State};
use axum::response::Response;
use liant_app::casework::{
    self, AppointmentState, AppointmentView, Choice, FormLine, Happened, Kind, Means, NoticeRow, NoticeWay,
    PathView, Step, TrackView,
};
use liant_app::{Context, Workplace, orientation};
use liant_model::PersonId;

use super::form_model;
use super::words::{self, Clock, Refused};
use crate::components::{Happening, Kind as Dot, Link, Notice, Path, SourceMark, Tag, Tone, Why};
use crate::failure::Failure;
use crate::pages::people::whole_name;
use crate::pages::person::id;
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "casework/path.html")]
struct PathPage<'a> {
    page: &'a Page,
    w: Words,
    who: String,
    tracks: Vec<Track>,
    beside: Vec<Beside>,
    consents: Vec<String>,
    orientation: Option<String>,
    meets: Vec<Meet>,
    forms: Vec<Link>,
    record: Option<Link>,
    events: u64,
    path: Path,
    why: Why,
}

/// One programme.
struct Track {
    id: String,
    title: String,
    stage: Option<Tag>,
    lines: Vec<String>,
    clocks: Vec<Clock>,
    acts: Vec<(Link, Option<String>)>,
    not: Vec<Not>,
    past: Vec<(String, String)>,
}

/// What may not be done today, and why.
struct Not {
    what: String,
    about: Option<String>,
    refused: Refused,
}

/// An appointment.
struct Meet {
    at: String,
    what: String,
    state: Option<Tag>,
    told: Vec<String>,
    acts: Vec<Link>,
}

/// Someone beside the person.
struct Beside {
    name: String,
    role: String,
    since: String,
}

/// What the address asks for.
#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(in crate::pages) struct Asking {
    done: String,
}

/// What orientations are called, by their codes.
pub(super) type Natures = Vec<(String, String)>;

pub(super) fn read(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    w: Words,
) -> Result<(PathView, Natures), liant_app::AppError> {
    let view = casework::path(context, workplace, person, w.lang())?;
    Ok((view, orientation::natures(workplace, w.lang())))
}

pub(in crate::pages) async fn show(
    State(site): State<Site>,
    page: Page,
    Place(person): Place<String>,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let (person, w) = (id(&person)?, page.w);
    let (view, natures) =
        site.act(errand, move |context, workplace| read(context, workplace, person, w)).await?;
    let mut page = under(page, &view);
    page.notice = Kind::from_code(&asking.done).map(|_| Notice::done(w, w.say("casework-recorded")));
    page.show(&screen(&page, &view, &natures))
}

/// The way to someone's accompaniments: by her page, for whom it is; else by the people beside whom one stands.
pub(super) fn under(page: Page, view: &PathView) -> Page {
    let w = page.w;
    if page.open_path("/people").is_some() {
        let name = whole_name(w, &view.name);
        return page.under("/people", w.say("people-title")).under(format!("/people/{}", view.person), name);
    }
    page.under(super::CASELOAD, w.say("casework-caseload"))
}

fn screen<'a>(page: &'a Page, view: &PathView, natures: &Natures) -> PathPage<'a> {
    let w = page.w;
    let acts = super::ACTORS;
    let may_act = page.visitor().is_some_and(|visitor| acts.is_for(&visitor.actor.role));
    // Where something is under way comes first.
    let mut tracks: Vec<&TrackView> = view.tracks.iter().collect();
    tracks.sort_by_key(|track| (track.now.is_none(), track.past.is_empty()));
    let orientation = view.orientation.map(|(nature, day)| {
        let nature = nature_of(natures, &nature.to_string());
        w.say("casework-oriented").text("nature", nature).text("day", w.date(day)).into()
    });
    PathPage {
        page,
        w,
        who: whole_name(w, &view.name),
        tracks: tracks
            .iter()
            .enumerate()
            .map(|(place, track)| of_track(w, view, track, (may_act.then_some(place == 0), natures)))
            .collect(),
        beside: view
            .beside
            .iter()
            .map(|one| Beside {
                name: one.name.clone(),
                role: words::capital(&w.typeset(&one.role_text)),
                since: w.say("casework-since").text("day", w.date(one.since)).into(),
            })
            .collect(),
        consents: view
            .consents
            .iter()
            .map(|(code, day)| match code.as_str() {
                "transmission" => w.say("casework-consent-form").text("day", w.date(*day)).into(),
                "email" => w.say("casework-consent-email").text("day", w.date(*day)).into(),
                other => format!("{other}, {}", w.date(*day)),
            })
            .collect(),
        orientation,
        meets: view.appointments.iter().map(|one| meet(w, view, one, may_act)).collect(),
        forms: view.forms.iter().filter(|_| may_act).map(|one| form_link(w, view, one)).collect(),
        record: (may_act && view.has_record)
            .then(|| Link::new(super::record::address(view.person), w.say("working-link"))),
        events: view.history.len() as u64,
        path: Path::new(w, view.history.iter().map(|step| happening(w, view, step, natures)).collect()),
        why: why(w, view),
    }
}

fn form_link(w: Words, view: &PathView, form: &FormLine) -> Link {
    let text =
        w.say("liaison-line").text("day", w.date(form.sent_on)).text("model", form_model(w, form.model));
    Link::new(format!("{}/forms/{}", super::address(view.person), form.id), text)
}

fn meet(w: Words, view: &PathView, one: &AppointmentView, may_act: bool) -> Meet {
    let place = match (&one.place, one.means) {
        (Some((name, ..)), Means::InPerson) => name.clone(),
        _ => words::means(w, one.means),
    };
    let state = match one.state {
        AppointmentState::Standing if one.is_past => Some(Tag::new(Tone::Soon, w.say("meet-unsaid"))),
        AppointmentState::Standing => None,
        AppointmentState::Kept => Some(Tag::new(Tone::Done, w.say("casework-kept"))),
        AppointmentState::Missed(_) => Some(Tag::new(Tone::Late, w.say("casework-missed"))),
        AppointmentState::Excused => Some(Tag::new(Tone::Fine, w.say("casework-excused"))),
        AppointmentState::Cancelled => Some(Tag::new(Tone::Fine, w.say("meet-cancelled"))),
        AppointmentState::Lapsed => Some(Tag::new(Tone::Fine, w.say("meet-lapsed"))),
    };
    let track = view.tracks.iter().find(|track| track.programme == one.programme);
    let open = track.into_iter().flat_map(|track| &track.choices);
    let open =
        open.filter(|choice| may_act && choice.refusal.is_none() && choice.appointment == Some(one.id));
    let acts = open.map(|choice| {
        let base = format!("{}/{}", super::address(view.person), one.programme);
        let address = format!("{base}/{}?appointment={}", choice.kind.as_str(), one.id);
        Link::new(address, words::kind(w, choice.kind))
    });
    let what = w.say("meet-what").text("what", words::capital(&w.typeset(&one.text)));
    Meet {
        at: words::day_and_hour(w, one.at),
        what: what.text("place", w.typeset(&place)).text("who", &one.with).into(),
        state,
        told: one.told.iter().filter_map(|row| told(w, row)).collect(),
        acts: acts.collect(),
    }
}

/// What she was told, and how.
fn told(w: Words, row: &NoticeRow) -> Option<String> {
    let (at, way) = row.done?;
    let day = w.date(at.date());
    Some(match way {
        NoticeWay::Email => w.say("meet-told-email").text("day", day).into(),
        NoticeWay::Letter => w.say("meet-told-letter").text("day", day).into(),
        NoticeWay::Unsure => return None,
    })
}

/// Why she is shown this.
pub(super) fn why(w: Words, view: &PathView) -> Why {
    let clauses = view.clauses.iter().map(|clause| Link::new("", w.cite(clause))).collect();
    Why::new(w, w.say("casework-why")).by(clauses).shown_to_person()
}

/// What an orientation is called.
pub(super) fn nature_of(natures: &Natures, code: &str) -> String {
    let known = natures.iter().find(|(known, _)| known == code);
    known.map_or_else(|| code.to_owned(), |(code, label)| format!("{code} · {label}"))
}

/// What a choice is about, in words.
pub(super) fn about(w: Words, choice: &Choice, natures: &Natures) -> Option<String> {
    let about = choice.about.as_ref()?;
    Some(if choice.kind == Kind::Orient { nature_of(natures, about) } else { w.typeset(about) })
}

fn of_track(
    w: Words,
    view: &PathView,
    track: &TrackView,
    (acting, natures): (Option<bool>, &Natures),
) -> Track {
    let past = track.past.iter().map(|stay| {
        let days = w.say("casework-stay").text("from", w.date(stay.from)).text("to", w.date(stay.ended));
        (days.into(), words::capital(&w.typeset(&stay.exit_text)))
    });
    Track {
        id: track.programme.to_string(),
        title: w.typeset(&track.title),
        stage: track.now.as_ref().map(|now| words::stage(w, now)),
        lines: track.now.as_ref().map(|now| words::under_way(w, now)).unwrap_or_default(),
        clocks: track.now.iter().flat_map(|now| &now.clocks).map(|due| Clock::new(w, due)).collect(),
        acts: acting.map(|is_first| acts(w, view, track, (is_first, natures))).unwrap_or_default(),
        not: acting.map(|_| not(w, track, natures)).unwrap_or_default(),
        past: past.collect(),
    }
}

/// Whether each role of a kind has a form of its own.
pub(super) const fn is_by_role(kind: Kind) -> bool {
    matches!(kind, Kind::Propose | Kind::Forward | Kind::Name | Kind::HandOver | Kind::Leave)
}

/// Whether each appointment has a form of its own.
pub(super) const fn is_by_appointment(kind: Kind) -> bool {
    matches!(kind, Kind::Move | Kind::Cancel | Kind::Settle)
}

/// Whether something is said of an hour to come, and so today.
pub(super) const fn is_said_today(kind: Kind) -> bool {
    matches!(kind, Kind::Fix | Kind::Move | Kind::Cancel)
}

/// What may be done: one line a form. What undoes comes last; what the person says of the transmission of her form is said once.
fn acts(
    w: Words,
    view: &PathView,
    track: &TrackView,
    (is_first, natures): (bool, &Natures),
) -> Vec<(Link, Option<String>)> {
    let base = format!("{}/{}", super::address(view.person), track.programme);
    let mut lines: Vec<(Kind, Link, Option<String>)> = Vec::new();
    let open = track.choices.iter().filter(|choice| choice.refusal.is_none() || choice.asks_consent);
    let open = open.filter(|choice| !is_by_appointment(choice.kind));
    for choice in open.filter(|choice| is_first || choice.kind != Kind::WithdrawConsent) {
        let (kind, about) = (choice.kind, about(w, choice, natures));
        if let (Some(role), true) = (&choice.role, is_by_role(kind)) {
            let title = w.say("casework-act-title").text("act", words::kind(w, kind));
            let title = title.text("role", about.unwrap_or_default());
            lines.push((kind, Link::new(format!("{base}/{}?role={role}", kind.as_str()), title), None));
            continue;
        }
        if let Some((.., sub)) = lines.iter_mut().find(|(known, ..)| *known == kind) {
            *sub = join(sub.take(), about);
        } else {
            let link = Link::new(format!("{base}/{}", kind.as_str()), words::kind(w, kind));
            lines.push((kind, link, about));
        }
    }
    lines.sort_by_key(|(kind, ..)| weight(*kind));
    lines.into_iter().map(|(_, link, about)| (link, about.as_deref().map(words::capital))).collect()
}

/// What leads on comes first, what undoes last.
const fn weight(kind: Kind) -> u8 {
    match kind {
        Kind::Accept | Kind::Refuse | Kind::Forward => 0,
        Kind::Enter | Kind::Name => 1,
        Kind::Fix | Kind::Record | Kind::Sign | Kind::Extend => 2,
        Kind::Leave | Kind::End | Kind::EndRight | Kind::Drop => 4,
        Kind::Withdraw | Kind::WithdrawConsent => 5,
        _ => 3,
    }
}

/// What may not be done today: what has the same reason is said once.
fn not(w: Words, track: &TrackView, natures: &Natures) -> Vec<Not> {
    let mut all: Vec<(Kind, &str, Not)> = Vec::new();
    for choice in &track.choices {
        let Some(told) = choice.refusal.as_ref().filter(|_| !choice.asks_consent) else { continue };
        let about = about(w, choice, natures);
        let is_same = |(kind, text, _): &&mut (Kind, &str, Not)| *kind == choice.kind && *text == told.text;
        if let Some((.., not)) = all.iter_mut().find(is_same) {
            not.about = join(not.about.take(), about);
        } else {
            let not = Not { what: words::kind(w, choice.kind), about, refused: Refused::new(w, told) };
            all.push((choice.kind, &told.text, not));
        }
    }
    let capital = |not: Not| Not { about: not.about.as_deref().map(words::capital), ..not };
    all.into_iter().map(|(.., not)| capital(not)).collect()
}

fn join(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) => Some(format!("{one}, {other}")),
        (one, other) => one.or(other),
    }
}

fn happening(w: Words, view: &PathView, step: &Step, natures: &Natures) -> Happening {
    let kind = match step.what {
        Happened::Acted { .. } => Dot::Contact,
        Happened::ConsentGiven { .. }
        | Happened::ConsentWithdrawn { .. }
        | Happened::Named { .. }
        | Happened::Released { .. }
        | Happened::RightEnded { .. }
        | Happened::RightResumed {} => Dot::Fact,
        _ => Dot::Decision,
    };
    let title = view.tracks.iter().find(|track| track.programme == step.programme);
    let title = title.map_or_else(|| step.programme.to_string(), |track| w.typeset(&track.title));
    let who = w.say("casework-by").text("who", &step.who).text("role", words::role(w, &step.by));
    Happening {
        day: step.on,
        kind,
        title: words::capital(&w.typeset(&dated(w, step, natures))),
        text: Some(format!("{title} · {who}")),
        source: SourceMark::of(w, &step.register),
    }
}

/// What happened, with its dates and codes in words.
fn dated(w: Words, step: &Step, natures: &Natures) -> String {
    match &step.what {
        Happened::Entered { days, .. } => {
            w.say("casework-step-entered").with("days", u64::from(*days)).into()
        }
        Happened::Extended { term: day, .. } | Happened::FollowedIntoWork { until: day } => {
            step.text.replace(&day.to_string(), &w.date(*day))
        }
        Happened::Oriented { nature, .. } => {
            let code = nature.to_string();
            step.text.replace(&code, &nature_of(natures, &code))
        }
        Happened::AppointmentFixed { meeting, .. } => {
            w.say("meet-step-fixed").text("at", words::day_and_hour(w, meeting.at)).into()
        }
        Happened::AppointmentMoved { meeting, .. } => {
            w.say("meet-step-moved").text("at", words::day_and_hour(w, meeting.at)).into()
        }
        _ => step.text.clone(),
    }
}
