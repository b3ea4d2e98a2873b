//! Caseloads: what each professional has and will have, and who takes the next person with why.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use liant_app::casework::{self, Code, Fill, Programme, Suggested, Whose, WorkerLoad};
use liant_app::{AppError, Context, Workplace};
use liant_model::Role;

use super::{HAND_OVER, WORKERS, fields, lists, words};
use crate::components::{Empty, Meter, Tag, Tone};
use crate::failure::Failure;
use crate::pages::person::words::address;
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "casework/loads.html")]
struct LoadsPage<'a> {
    page: &'a Page,
    w: Words,
    views: Vec<(&'static str, String, bool)>,
    programmes: Vec<(String, String, bool)>,
    workers: Vec<Worker>,
    next: Vec<Next>,
    empty: Empty,
}

/// What one professional has.
struct Worker {
    id: String,
    name: String,
    role: String,
    has: String,
    gauge: Option<Meter>,
    fill: Option<Tag>,
    suspended: Option<String>,
    forecast: String,
    hand_over: Option<String>,
}

/// Who takes the next person in a role.
struct Next {
    role: String,
    people: Vec<(String, String)>,
}

/// What the address asks for.
#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(in crate::pages) struct Asking {
    programme: String,
}

/// A role that holds a place, its text, and whether the actor's role names its people.
type Place = (Role, String, bool);

struct Read {
    programmes: Vec<(String, String, bool)>,
    programme: Option<Code>,
    places: Vec<Place>,
    loads: Vec<WorkerLoad>,
    next: Vec<(String, Vec<Suggested>)>,
}

/// Suggestions that a page shows of a role.
const MOST: usize = 5;

fn read(
    context: &Context<'_>,
    workplace: &Workplace,
    (asking, whose): (&Asking, Whose),
    w: Words,
) -> Result<Read, AppError> {
    let all = workplace.programmes(context.territory)?;
    let today = context.now().date();
    let mine = &context.actor.role;
    // Those in which somebody holds a place, and the actor's role has part.
    let has_places = |one: &&Programme| {
        one.is_open(today) && one.role(mine).is_some() && one.roles.iter().any(|role| role.kind.is_some())
    };
    let open: Vec<&Programme> = all.iter().filter(has_places).collect();
    let asked = open.iter().find(|one| one.id.as_str() == asking.programme).or_else(|| open.first());
    let Some(programme) = asked else {
        let (programmes, loads) = (Vec::new(), Vec::new());
        return Ok(Read { programmes, programme: None, places: Vec::new(), loads, next: Vec::new() });
    };
    let places: Vec<Place> = programme
        .roles
        .iter()
        .filter(|role| role.kind.is_some())
        .map(|role| (role.id.clone(), words::said(w, &role.text), role.named_by.contains(mine)))
        .collect();
    let mut next = Vec::new();
    for (role, text, _) in places.iter().filter(|(.., names)| *names) {
        next.push((text.clone(), casework::suggested(context, workplace, &programme.id, role)?));
    }
    Ok(Read {
        programmes: open
            .iter()
            .map(|one| (one.id.to_string(), words::said(w, &one.title), one.id == programme.id))
            .collect(),
        loads: casework::loads(context, workplace, &programme.id, whose)?,
        programme: Some(programme.id.clone()),
        places,
        next,
    })
}

pub(in crate::pages) async fn show(
    State(site): State<Site>,
    page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let w = page.w;
    // What colleagues have is for whoever gives them people.
    let is_head = page.visitor().is_some_and(|visitor| super::HEADS.is_for(&visitor.actor.role));
    let whose = if is_head { Whose::Service } else { Whose::Mine };
    let read =
        site.act(errand, move |context, workplace| read(context, workplace, (&asking, whose), w)).await?;
    let workers = read.loads.iter().map(|load| worker(w, &read, load)).collect();
    let next = read.next.iter().map(|(role, people)| next(w, role, people)).collect();
    page.show(&LoadsPage {
        page: &page,
        w,
        views: lists::views(&page, WORKERS),
        programmes: read.programmes,
        workers,
        next,
        empty: Empty::new(w.say("casework-workers-none"), w.say("casework-workers-none-text")),
    })
}

fn worker(w: Words, read: &Read, load: &WorkerLoad) -> Worker {
    let place = read.places.iter().find(|(role, ..)| *role == load.role);
    let role = place.map_or_else(|| words::role(w, &load.role), |(_, text, _)| text.clone());
    let people = u64::from(load.load.people);
    let has = w.say("casework-has").with("count", people);
    let text = match (load.least, load.most) {
        (Some(least), Some(most)) => {
            w.say("casework-has-between").text("has", has).with("least", least).with("most", most)
        }
        (Some(least), None) => w.say("casework-has-least").text("has", has).with("least", least),
        (None, Some(most)) => w.say("casework-has-most").text("has", has).with("most", most),
        (None, None) => has,
    };
    let text = String::from(text);
    // Without bounds there is nothing to gauge.
    let gauge = load.most.or(load.least).map(|most| {
        Meter::new(load.name.as_str(), text.as_str(), people, u64::from(most).max(people).max(1))
    });
    let fill = load.fill.map(|fill| match fill {
        Fill::Below(by) => Tag::new(Tone::Fine, w.say("casework-fill-below").with("count", u64::from(by))),
        Fill::Within => Tag::new(Tone::Done, w.say("casework-fill-within")),
        Fill::Above(by) => Tag::new(Tone::Late, w.say("casework-fill-above").with("count", u64::from(by))),
    });
    let suspended = u64::from(load.load.suspended);
    let forecast = w.say("casework-forecast").with("four", u64::from(load.forecast.four));
    // Only who names people of that role may give their place to others.
    let names = place.is_some_and(|(.., names)| *names) && people + suspended > 0;
    let hand_over = read.programme.as_ref().zip(load.organisation).filter(|_| names);
    Worker {
        id: load.account.to_string(),
        name: load.name.clone(),
        role: words::capital(&role),
        gauge,
        has: text,
        fill,
        suspended: (suspended > 0).then(|| w.say("casework-suspended").with("count", suspended).into()),
        forecast: forecast.with("twelve", u64::from(load.forecast.twelve)).into(),
        hand_over: hand_over.map(|(programme, organisation)| {
            let pairs = [
                ("programme", programme.to_string()),
                ("role", load.role.to_string()),
                ("from", format!("{} {organisation}", load.account)),
            ];
            address(HAND_OVER, &pairs)
        }),
    }
}

fn next(w: Words, role: &str, people: &[Suggested]) -> Next {
    let line = |one: &Suggested| {
        let because: Vec<String> = one.because.iter().map(|because| fields::reason(w, *because)).collect();
        let name = format!("{}, {}", one.who.name, one.who.organisation_name);
        (name, words::capital(&because.join(", ")))
    };
    Next { role: words::capital(role), people: people.iter().take(MOST).map(line).collect() }
}
