//! Lists of what is under way: forms received and sent, the people beside whom one stands, what falls due, the people one follows.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use liant_app::casework::{self, AgendaRequest, CaseLine, CaseworkStage, Listed, Slice, Whose};
use liant_app::people::{self, Line, ListRequest, Order, PageSize};
use liant_app::{AppError, Context, Workplace};
use liant_model::{Date, Field, Span};

use super::words::{self, SOON};
use super::{AGENDA, CASELOAD, FORMS, LETTERS, PEOPLE, SENT, WORKERS};
use crate::components::{Column, Columns, Countdown, Empty, Link, Tag, Why};
use crate::failure::Failure;
use crate::pages::people::{LAST_PAGE, seat_of, whole_name};
use crate::pages::person::words::address;
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "casework/list.html")]
struct ListPage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    lede: String,
    views: Vec<(&'static str, String, bool)>,
    narrowing: Option<Narrowing>,
    columns: Columns,
    rows: Vec<Row>,
    previous: Option<String>,
    next: Option<String>,
    empty: Empty,
    why: Option<Why>,
}

/// The form of an agenda.
struct Narrowing {
    whose: Vec<(&'static str, String, bool)>,
    days: Vec<(i64, String, bool)>,
}

struct Row {
    address: String,
    name: String,
    born: Option<String>,
    programme: Option<(String, Tag)>,
    since: Option<String>,
    due: Option<(String, Countdown)>,
}

/// What the address asks for.
#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(in crate::pages) struct Asking {
    page: String,
    whose: String,
    days: String,
}

/// Lines of a page.
const SIZE: usize = 25;
/// How far ahead an agenda looks: a week unless asked, a month, three months.
const AHEAD: [i64; 3] = [7, 31, 92];

impl Asking {
    fn number(&self) -> u64 {
        self.page.parse::<u64>().unwrap_or(1).clamp(1, LAST_PAGE)
    }

    fn slice(&self) -> Slice {
        let before = usize::try_from(self.number() - 1).unwrap_or(usize::MAX);
        Slice { skip: before.saturating_mul(SIZE), size: SIZE }
    }

    fn days(&self) -> i64 {
        self.days.parse().ok().filter(|days| AHEAD.contains(days)).unwrap_or(AHEAD[0])
    }

    fn whose(&self) -> Whose {
        if self.whose == "service" { Whose::Service } else { Whose::Mine }
    }

    /// The pages before and after this one.
    fn turns(&self, path: &str, has_next: bool) -> Turns {
        let number = self.number();
        let pairs = [("whose", self.whose.clone()), ("days", self.days.clone())];
        let at = |number: u64| {
            let mut pairs = pairs.to_vec();
            pairs.push(("page", number.to_string()));
            address(path, &pairs)
        };
        ((number > 1).then(|| at(number - 1)), has_next.then(|| at(number + 1)))
    }
}

/// Forms that wait in the actor's organisation.
pub(in crate::pages) async fn received(
    State(site): State<Site>,
    page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let (w, slice) = (page.w, asking.slice());
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        casework::inbox(context, workplace, slice, w.lang())
    };
    let listed = site.act(errand, act).await?;
    let empty = Empty::new(w.say("casework-received-none"), w.say("casework-received-none-text"));
    let head = (w.say("casework-received").into(), w.say("casework-received-lede").into());
    show(&page, FORMS, head, (listed, &asking), (empty, None))
}

/// Forms that the actor's organisation sent.
pub(in crate::pages) async fn sent(
    State(site): State<Site>,
    page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let (w, slice) = (page.w, asking.slice());
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        casework::sent(context, workplace, slice, w.lang())
    };
    let listed = site.act(errand, act).await?;
    let empty = Empty::new(w.say("casework-sent-none"), w.say("casework-sent-none-text"));
    let head = (w.say("casework-sent").into(), w.say("casework-sent-lede").into());
    show(&page, SENT, head, (listed, &asking), (empty, None))
}

/// The people beside whom the actor stands.
pub(in crate::pages) async fn mine(
    State(site): State<Site>,
    page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let (w, slice) = (page.w, asking.slice());
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        casework::caseload(context, workplace, slice, w.lang())
    };
    let listed = site.act(errand, act).await?;
    let empty = Empty::new(w.say("casework-caseload-none"), w.say("casework-caseload-none-text"));
    let head = (w.say("casework-caseload").into(), w.say("casework-caseload-lede").into());
    show(&page, CASELOAD, head, (listed, &asking), (empty, None))
}

/// What falls due, or did.
pub(in crate::pages) async fn agenda(
    State(site): State<Site>,
    page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let (w, slice, whose, days) = (page.w, asking.slice(), asking.whose(), asking.days());
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        let until = context.now().date().saturating_add(Span::new().days(days));
        let request = AgendaRequest { whose, until, page: slice };
        casework::agenda(context, workplace, &request, w.lang())
    };
    let listed = site.act(errand, act).await?;
    let choices = [
        ("mine", Whose::Mine, w.say("casework-mine")),
        ("service", Whose::Service, w.say("casework-service")),
    ];
    let narrowing = Narrowing {
        whose: choices.map(|(code, of, name)| (code, name.into(), of == whose)).into(),
        days: AHEAD
            .map(|ahead| (ahead, w.say("casework-within").with("days", ahead).into(), ahead == days))
            .into(),
    };
    let empty = Empty::new(w.say("casework-agenda-none"), w.say("casework-agenda-none-text"));
    let head = (w.say("casework-agenda").into(), w.say("casework-agenda-lede").into());
    show(&page, AGENDA, head, (listed, &asking), (empty, Some(narrowing)))
}

/// The people whom the actor follows: those whom she may propose.
pub(in crate::pages) async fn followed(
    State(site): State<Site>,
    page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let (w, seat, skip) = (page.w, seat_of(&page), asking.slice().skip);
    let act = move |context: &Context<'_>, workplace: &Workplace| -> Result<_, AppError> {
        let (order, size) = (Order::Name, PageSize::Short);
        let request = ListRequest { seat, tests: Vec::new(), order, after: None, skip, size };
        people::list(context, workplace, &request, w.lang())
    };
    let found = site.act(errand, act).await?;
    let rows = found.people.iter().map(|line| of_person(w, line)).collect();
    let why = why(w, found.people.iter());
    let empty = Empty::new(w.say("casework-people-none"), w.say("casework-people-none-text"));
    let head = (w.say("casework-people").into(), w.say("casework-people-lede").into());
    let turns = asking.turns(PEOPLE, found.next.is_some());
    screen(&page, PEOPLE, head, (rows, turns, why), (empty, None))
}

/// The title of a list, and what it holds.
type Head = (String, String);

fn show(
    page: &Page,
    path: &'static str,
    head: Head,
    (listed, asking): (Listed, &Asking),
    end: (Empty, Option<Narrowing>),
) -> Result<Response, Failure> {
    let rows = listed.lines.iter().map(|line| row(page.w, line)).collect();
    let why = why(page.w, listed.lines.iter().map(|line| &line.name));
    screen(page, path, head, (rows, asking.turns(path, listed.next.is_some()), why), end)
}

/// The pages before and after a list.
type Turns = (Option<String>, Option<String>);

/// Why the names of a list are shown: the clauses that let them out; nothing to say of nobody.
fn why<'l>(w: Words, lines: impl Iterator<Item = &'l Line>) -> Option<Why> {
    let values = lines.flat_map(|line| &line.origins).flat_map(|origin| &origin.values);
    let clauses: BTreeSet<&str> = values.map(|value| &*value.clause).collect();
    let links: Vec<Link> = clauses.into_iter().map(|clause| Link::new("", w.cite(clause))).collect();
    (!links.is_empty()).then(|| Why::new(w, w.say("casework-list-why")).by(links).shown_to_person())
}

fn screen(
    page: &Page,
    path: &'static str,
    (title, lede): Head,
    (rows, (previous, next), why): (Vec<Row>, Turns, Option<Why>),
    (empty, narrowing): (Empty, Option<Narrowing>),
) -> Result<Response, Failure> {
    let w = page.w;
    page.show(&ListPage {
        page,
        w,
        columns: Columns::new(w, title.as_str(), columns(w, path)),
        title,
        lede,
        views: views(page, path),
        narrowing,
        rows,
        previous,
        next,
        empty,
        why,
    })
}

fn columns(w: Words, path: &str) -> Vec<Column> {
    if path == PEOPLE {
        return vec![Column::new(w.say("casework-col-person"))];
    }
    vec![
        Column::new(w.say("casework-col-person")),
        Column::new(w.say("casework-col-programme")),
        Column::new(w.say("casework-col-since")),
        Column::new(w.say("casework-col-due")),
    ]
}

/// The lists beside this one, as far as they are for the visitor.
pub(super) fn views(page: &Page, here: &'static str) -> Vec<(&'static str, String, bool)> {
    let w = page.w;
    let forms = [(FORMS, "casework-received"), (SENT, "casework-sent")];
    let loads = [
        (CASELOAD, "casework-caseload"),
        (AGENDA, "casework-agenda"),
        (LETTERS, "letters-title"),
        (PEOPLE, "casework-people"),
        (WORKERS, "casework-workers"),
    ];
    let all = if forms.iter().any(|(path, _)| *path == here) { &forms[..] } else { &loads[..] };
    let open = all.iter().filter(|(path, _)| page.open_path(path).is_some());
    open.map(|(path, key)| (*path, w.say(key).into(), *path == here)).collect()
}

/// The names of someone, and her birth date.
fn named(w: Words, line: &Line) -> (String, Option<String>) {
    let born = line.said(Field::BirthDate).and_then(|(_, day)| day.parse::<Date>().ok());
    let born = born.map(|day| w.say("person-born-day").text("day", w.date(day)).into());
    (whole_name(w, line), born)
}

fn of_person(w: Words, line: &Line) -> Row {
    let (name, born) = named(w, line);
    Row { address: super::address(line.person), name, born, programme: None, since: None, due: None }
}

fn row(w: Words, line: &CaseLine) -> Row {
    let (name, born) = named(w, &line.name);
    let since = match (line.now.stage, line.now.term) {
        (CaseworkStage::Stay | CaseworkStage::Suspended, Some(term)) => {
            w.say("casework-until-term").text("day", w.short_date(term))
        }
        (CaseworkStage::Stay | CaseworkStage::Suspended, None) => {
            w.say("casework-entered").text("day", w.short_date(line.now.since))
        }
        _ => w.say("casework-sent-on").text("day", w.short_date(line.now.since)),
    };
    let due = line
        .first
        .as_ref()
        .map(|due| (words::capital(&w.typeset(&due.text)), Countdown::new(w, due.due, SOON)));
    Row {
        address: format!("{}#{}", super::address(line.person), line.programme),
        name,
        born,
        programme: Some((w.typeset(&line.title), words::stage(w, &line.now))),
        since: Some(since.into()),
        due,
    }
}
