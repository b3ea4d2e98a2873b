//! Wider searches that were made, for whoever looks over them.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_access::ProfessionalRole;
use liant_app::people::{self, WiderFilter, WiderUse};
use liant_model::{ActId, Date, Span};

use crate::components::{Chip, Column, Columns, Empty, Link, Notice};
use crate::failure::Failure;
use crate::pages::audit::start_of;
use crate::pages::person::words::address;
use crate::words::Words;
use crate::{Errand, Page, Site};

pub(super) const PATH: &str = "/wider-searches";
/// Searches shown at once.
const MOST: usize = 100;

/// What the address asks for: an account, and days.
#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(super) struct Asking {
    actor: String,
    from: String,
    to: String,
    state: String,
    done: String,
}

/// The searches that nobody has looked over.
const WAITING: &str = "waiting";

impl Asking {
    fn without(&self, name: &str) -> String {
        let kept = |(of, value): (&'static str, &String)| {
            (of, if of == name { String::new() } else { value.clone() })
        };
        let given = [("actor", &self.actor), ("from", &self.from), ("to", &self.to), ("state", &self.state)];
        address(PATH, &given.map(kept))
    }

    fn of_actor(&self, actor: &str) -> String {
        Self { actor: actor.to_owned(), ..self.clone() }.without("")
    }

    fn filter(&self) -> WiderFilter {
        WiderFilter {
            actor: Some(self.actor.trim().to_owned()).filter(|actor| !actor.is_empty()),
            since: day(&self.from).and_then(start_of),
            waiting: self.state == WAITING,
            until: day(&self.to).and_then(|day| start_of(day.saturating_add(Span::new().days(1)))),
        }
    }
}

fn day(text: &str) -> Option<Date> {
    text.trim().parse().ok()
}

#[derive(Template)]
#[template(path = "look_ups/searches.html")]
struct SearchesPage<'a> {
    page: &'a Page,
    w: Words,
    asking: Asking,
    chips: Vec<Chip>,
    columns: Columns,
    rows: Vec<Row>,
    is_full: bool,
    most: u64,
    empty: Empty,
}

struct Row {
    entry: String,
    machine: String,
    at: String,
    who: String,
    role: String,
    of_actor: Option<String>,
    reason: String,
    way: String,
    found: String,
    shown: Vec<String>,
    reviewed: Option<String>,
    review: Option<String>,
}

/// The list.
pub(super) async fn list(
    State(site): State<Site>,
    mut page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let w = page.w;
    page.notice = match asking.done.as_str() {
        "reviewed" => Some(Notice::done(w, w.say("searches-done"))),
        "stale" => Some(Notice::important(w, w.say("searches-stale"))),
        _ => None,
    };
    let (filter, lang) = (asking.filter(), w.lang());
    let found = site
        .act(errand, move |context, workplace| {
            people::wider_searches(context, workplace, &filter, MOST, lang)
        })
        .await?;
    let heads = ["searches-col-at", "searches-col-who", "searches-col-reason", "searches-col-found"];
    let chips = chips(w, &asking, &found);
    let empty = if chips.is_empty() {
        Empty::new(w.say("searches-empty-title"), w.say("searches-empty-text"))
    } else {
        Empty::new(w.say("searches-none-title"), w.say("searches-none-text"))
            .with_act(Link::new(PATH, w.say("filters-remove-all")))
    };
    page.show(&SearchesPage {
        page: &page,
        w,
        chips,
        columns: Columns::new(w, w.say("searches-caption"), heads.map(|key| Column::new(w.say(key))).into()),
        is_full: found.len() == MOST,
        most: MOST as u64,
        rows: found.iter().map(|one| row(w, &asking, one)).collect(),
        empty,
        asking,
    })
}

fn chips(w: Words, asking: &Asking, found: &[WiderUse]) -> Vec<Chip> {
    let name = found.iter().find(|one| one.actor == asking.actor).and_then(|one| one.name.clone());
    let day = |text: &String| day(text).map_or_else(|| text.clone(), |day| w.date(day));
    [
        ("actor", "searches-actor", name.unwrap_or_else(|| asking.actor.clone())),
        ("from", "audit-from", day(&asking.from)),
        ("to", "audit-to", day(&asking.to)),
        (
            "state",
            "searches-state",
            if asking.state == WAITING { w.say("searches-waiting").into() } else { String::new() },
        ),
    ]
    .into_iter()
    .filter(|(.., value)| !value.is_empty())
    .map(|(name, label, value)| Chip { label: w.say(label).into(), value, without: asking.without(name) })
    .collect()
}

fn row(w: Words, asking: &Asking, one: &WiderUse) -> Row {
    let code = one.seat.rsplit('/').next().unwrap_or_default();
    let role = ProfessionalRole::from_code(code).map(|role| w.typeset(&role.label(w.lang())));
    Row {
        entry: format!("/audit/entries/{}", one.act),
        machine: w.machine_moment(one.at),
        at: w.moment(one.at),
        who: one.name.clone().unwrap_or_else(|| one.actor.clone()),
        role: role.unwrap_or_else(|| one.seat.clone()),
        of_actor: asking.actor.is_empty().then(|| asking.of_actor(&one.actor)),
        reason: w.typeset(&one.reason),
        way: w.say(if one.by_number { "searches-by-number" } else { "searches-by-name" }).into(),
        found: w.say("searches-found").with("count", one.found).into(),
        shown: one.shown.iter().map(|person| format!("/audit/people/{person}")).collect(),
        reviewed: one
            .reviewed
            .as_ref()
            .map(|(by, at)| w.say("look-ups-reviewed").text("who", by).text("moment", w.moment(*at)).into()),
        review: one.is_hers_to_review.then(|| format!("{PATH}/{}/review", one.act)),
    }
}

/// Notes that a search was looked over.
pub(super) async fn review(
    State(site): State<Site>,
    Path(search): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let search: ActId = search.parse().map_err(|_| Failure::Absent)?;
    let done =
        site.act(errand, move |context, workplace| people::review_wider_search(context, workplace, search));
    let done = match done.await {
        Ok(()) => "reviewed",
        Err(Failure::App(error)) if error.is_conflict() => "stale",
        Err(error) => return Err(error),
    };
    Ok(Redirect::to(&format!("{PATH}?state={WAITING}&done={done}")).into_response())
}
