//! The working record of the visitor's own party about someone: read, printed, and written one entry a form. No page shows another party's.

mod entry;
mod paper;
mod said;

use askama::Template;
use axum::extract::{Path as Place, Query, State};
use axum::response::Response;
use liant_app::casework::{self, ActionSays, GoalSays, RecordTrack, RecordView, ThemeSays};
use liant_model::PersonId;

pub(super) use entry::{sent, show as form};
pub(super) use paper::show as paper;
pub(in crate::pages) use paper::{made, printed as printed_paper};
pub(in crate::pages) use said::{Says, says};

use self::entry::Entry;
use super::words::{self, Refused};
use crate::components::{Link, Notice, Tag, Why};
use crate::failure::Failure;
use crate::pages::people::whole_name;
use crate::pages::person::id;
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "casework/record.html")]
struct RecordPage<'a> {
    page: &'a Page,
    w: Words,
    who: String,
    back: String,
    tracks: Vec<Track>,
    why: Why,
}

/// One programme.
struct Track {
    id: String,
    title: String,
    acts: Vec<Link>,
    not: Option<Refused>,
    themes: Vec<Theme>,
    skills: Vec<(String, String)>,
    progress: Vec<(String, String)>,
    papers: Vec<Link>,
    is_empty: bool,
}

/// One barrier.
struct Theme {
    id: String,
    title: String,
    state: Option<String>,
    before: Vec<String>,
    progress: Vec<(String, String)>,
    goals: Vec<Goal>,
}

/// One goal.
struct Goal {
    id: String,
    words: String,
    days: String,
    state: Tag,
    reason: Option<String>,
    actions: Vec<Action>,
    acts: Vec<Link>,
}

/// One action.
struct Action {
    words: String,
    days: String,
    state: Tag,
    reason: Option<String>,
    act: Option<Link>,
}

/// What the address asks for.
#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(in crate::pages) struct Asking {
    done: String,
}

/// The address of the record about someone.
pub(super) fn address(person: PersonId) -> String {
    format!("{}/record", super::address(person))
}

pub(in crate::pages) async fn show(
    State(site): State<Site>,
    page: Page,
    Place(person): Place<String>,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let (person, w) = (id(&person)?, page.w);
    let act =
        site.act(errand, move |context, workplace| casework::record(context, workplace, person, w.lang()));
    let view = act.await?;
    let mut page = under(page, &view);
    page.notice = Entry::from_code(&asking.done).map(|_| Notice::done(w, w.say("casework-recorded")));
    page.show(&RecordPage {
        page: &page,
        w,
        who: whole_name(w, &view.name),
        back: super::address(person),
        tracks: view.tracks.iter().map(|track| of_track(w, person, track)).collect(),
        why: why(w, &view),
    })
}

/// The way to the record: by her page, for whom it is; else by the people beside whom one stands.
fn under(page: Page, view: &RecordView) -> Page {
    let w = page.w;
    let page = if page.open_path("/people").is_some() {
        let name = whole_name(w, &view.name);
        page.under("/people", w.say("people-title")).under(format!("/people/{}", view.person), name)
    } else {
        page.under(super::CASELOAD, w.say("casework-caseload"))
    };
    page.under(super::address(view.person), w.say("casework-crumb"))
}

fn why(w: Words, view: &RecordView) -> Why {
    let clauses = view.clauses.iter().map(|clause| Link::new("", w.cite(clause))).collect();
    Why::new(w, w.say("working-why")).by(clauses).shown_to_person()
}

/// The address of the form of an entry.
fn to(person: PersonId, track: &RecordTrack, (entry, about): (Entry, &str)) -> String {
    let base = format!("{}/{}/{}", address(person), track.programme, entry.code());
    match entry.is_about() {
        Some(name) if !about.is_empty() => format!("{base}?{name}={about}"),
        _ => base,
    }
}

fn of_track(w: Words, person: PersonId, track: &RecordTrack) -> Track {
    let choices = track.choices.as_ref().ok();
    let link = |entry: Entry| Link::new(to(person, track, (entry, "")), w.say(entry.title()));
    let some = |is_some: bool, entry: Entry| (choices.is_some() && is_some).then(|| link(entry));
    let has = |has: fn(&casework::RecordChoices) -> bool| choices.is_some_and(has);
    let acts = [
        some(has(|open| !open.goals.is_empty()), Entry::Goal),
        some(has(|open| !open.themes.is_empty()), Entry::Barrier),
        some(has(|open| !open.skills.is_empty()), Entry::Skill),
        some(has(|open| !open.levels.is_empty()), Entry::Progress),
    ];
    let says = &track.says;
    Track {
        id: track.programme.to_string(),
        title: w.typeset(&track.title),
        acts: acts.into_iter().flatten().collect(),
        not: track.choices.as_ref().err().map(|told| Refused::new(w, told)),
        themes: says.themes.iter().map(|theme| of_theme(w, person, (track, theme))).collect(),
        skills: said::noted(w, &says.skills),
        progress: said::noted(w, &says.progress),
        papers: track.papers.iter().map(|one| paper::link(w, (person, track), one)).collect(),
        is_empty: says.themes.is_empty() && says.skills.is_empty() && says.progress.is_empty(),
    }
}

fn of_theme(w: Words, person: PersonId, (track, theme): (&RecordTrack, &ThemeSays)) -> Theme {
    let mut states = theme.states.iter();
    let since = |noted: &casework::Noted| {
        let state = words::capital(&w.typeset(&noted.words));
        w.say("working-state-since").text("state", state).text("day", w.date(noted.on)).into()
    };
    let state = states.next().map(since);
    Theme {
        id: format!("{}-{}", track.programme, theme.theme),
        title: words::capital(&w.typeset(&theme.barrier)),
        state,
        before: states.map(since).collect(),
        progress: said::noted(w, &theme.progress),
        goals: theme.goals.iter().map(|goal| of_goal(w, person, (track, goal))).collect(),
    }
}

fn of_goal(w: Words, person: PersonId, (track, goal): (&RecordTrack, &GoalSays)) -> Goal {
    let may_write = track.choices.is_ok() && !goal.closed;
    let about = goal.id.to_string();
    let link = |entry: Entry| Link::new(to(person, track, (entry, &about)), w.say(entry.title()));
    let acts = [Entry::Action, Entry::GoalState].into_iter().filter(|_| may_write).map(link);
    Goal {
        id: format!("goal-{about}"),
        words: words::capital(&w.typeset(&goal.words)),
        days: said::days(w, goal.set_on, goal.since),
        state: said::state(w, &goal.state, (goal.closed, goal.reason.is_some())),
        reason: goal.reason.as_ref().map(|reason| words::capital(&w.typeset(reason))),
        actions: goal.actions.iter().map(|action| of_action(w, person, (track, action), may_write)).collect(),
        acts: acts.collect(),
    }
}

fn of_action(
    w: Words,
    person: PersonId,
    (track, action): (&RecordTrack, &ActionSays),
    may_write: bool,
) -> Action {
    let about = action.id.to_string();
    let act = (may_write && !action.closed).then(|| {
        Link::new(to(person, track, (Entry::ActionState, &about)), w.say(Entry::ActionState.title()))
    });
    Action {
        words: words::capital(&w.typeset(&action.words)),
        days: said::days(w, action.set_on, action.since),
        state: if action.left {
            said::left(w)
        } else {
            said::state(w, &action.state, (action.closed, action.reason.is_some()))
        },
        reason: action.reason.as_ref().map(|reason| words::capital(&w.typeset(reason))),
        act,
    }
}
