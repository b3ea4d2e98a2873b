//! The first page. Who has not signed in reads what this is; who has finds what waits for her: figures that lead to the lists
//! behind them, and the days ahead.

mod casework;
mod committees;
mod others;
mod people;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use liant_app::accounts::desk::{self as managing, Managed};
use liant_app::calendar::DueDate;
use liant_app::casework::PaperTask;
use liant_app::people::{Desk, Seat};
use liant_app::review::{self, QueueFigures};
use liant_app::{AppError, Context, Workplace, desk};

use crate::components::{Countdown, Empty, Link, SourceMark, Tag, Tile, Tiles, Tone};
use crate::errand::Errand;
use crate::failure::Failure;
use crate::pages::calendar;
use crate::routes::Access;
use crate::words::Words;
use crate::{Page, SignedIn, Site};

/// Whose desk is laid for which purpose. Those whom no clause gives the purpose see no figure about people.
pub(super) const DESK: Access = Access::Desk {
    purposes: &[
        ("technician", "file-handling"),
        ("clerk", "identity-review"),
        ("dpo", "person-rights"),
        ("local_service_head", FOLLOW_UP),
        ("orientation_officer", FOLLOW_UP),
        ("social_referent", FOLLOW_UP),
        ("adviser", FOLLOW_UP),
        ("caf_worker", FOLLOW_UP),
        ("platform_agent", FOLLOW_UP),
        ("agency_director", FOLLOW_UP),
        ("territorial_direction", FOLLOW_UP),
        ("mds", FOLLOW_UP),
        ("steering", FOLLOW_UP),
        ("evidence_officer", FOLLOW_UP),
    ],
};

const FOLLOW_UP: &str = "follow-up";
/// Days from which a question is old, the oldest first.
const AGES: [u16; 2] = [30, 7];
/// Days ahead that are shown.
const AHEAD: u16 = 31;
/// Days before a date from which it presses.
const SOON: u16 = 7;

#[derive(Template)]
#[template(path = "home/public.html")]
struct Public<'a> {
    page: &'a Page,
}

#[derive(Template)]
#[template(path = "home/desk.html")]
struct Screen<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    lede: String,
    behind: Option<String>,
    tiles: Option<Tiles>,
    groups: Vec<Group>,
    empty: Option<Empty>,
    dates: Vec<Line>,
    calendar: Option<Link>,
    why: Vec<String>,
}

/// Things to do of one kind.
struct Group {
    id: &'static str,
    title: String,
    source: Option<SourceMark>,
    sub: Option<String>,
    lines: Vec<Line>,
    /// What is said when there is no line.
    nothing: String,
    act: Option<Link>,
}

/// One thing to do: how many, what, where, until when.
#[derive(Default)]
struct Line {
    figure: Option<String>,
    text: String,
    address: Option<String>,
    sub: Option<String>,
    tag: Option<Tag>,
    due: Option<Countdown>,
}

/// What a visitor's desk is laid with.
#[derive(Default)]
struct Known {
    people: Option<Desk>,
    files: Option<desk::Files>,
    questions: Option<QueueFigures>,
    watch: Option<desk::Watch>,
    dates: Vec<DueDate>,
    managed: Vec<Managed>,
    casework: Option<casework::UnderWay>,
    committees: Option<Vec<PaperTask>>,
}

pub(super) async fn show(
    State(site): State<Site>,
    page: Page,
    errand: Result<Errand, Failure>,
) -> Result<Response, Failure> {
    let Some(who) = page.visitor().cloned() else { return page.show(&Public { page: &page }) };
    let known = known(&site, &who, errand?).await?;
    page.show(&screen(&page, &who, &known))
}

async fn known(site: &Site, who: &SignedIn, errand: Errand) -> Result<Known, Failure> {
    let her = who.clone();
    let mut known = site.act(errand, move |context, workplace| lay(context, workplace, &her)).await?;
    if who.seat.is_admin {
        let her = who.clone();
        // An admin who was one a moment ago sees the rest of her desk.
        known.managed = site.office(move |office| managing::desk(office, &her)).await?.unwrap_or_default();
    }
    Ok(known)
}

fn lay(context: &Context<'_>, workplace: &Workplace, who: &SignedIn) -> Result<Known, AppError> {
    let mut known = Known::default();
    if calendar::EVERYONE.is_for(&who.actor.role) {
        known.dates = desk::dates_ahead(context, workplace, AHEAD)?;
    }
    known.casework = casework::count(context, workplace, who)?;
    known.committees = committees::read(context, workplace, who)?;
    // What no clause gives her is not asked for: the gate would put a refusal on record at each visit.
    if !who.purposes(workplace).contains(&context.purpose) {
        return Ok(known);
    }
    match context.purpose.as_str() {
        "file-handling" => known.files = Some(desk::files(context, workplace)?),
        "identity-review" => known.questions = Some(review::figures(context, workplace, &AGES)?),
        "person-rights" => known.watch = Some(desk::watch(context, workplace)?),
        _ => {
            let seat =
                Seat { account: Some(who.account), organisation: Some(who.seat.organisation), reach: None };
            known.people = match liant_app::people::desk(context, workplace, &seat) {
                Ok(desk) => Some(desk),
                Err(AppError::Absent(_)) => None,
                Err(error) => return Err(error),
            };
        }
    }
    Ok(known)
}

fn screen<'a>(page: &'a Page, who: &SignedIn, known: &Known) -> Screen<'a> {
    let w = page.w;
    let (mut tiles, mut groups) = (Vec::new(), Vec::new());
    if let Some(desk) = &known.people {
        tiles.extend(people::tiles(page, who, desk));
        groups.extend(people::groups(page, desk));
    }
    if let Some(under_way) = &known.casework {
        tiles.extend(casework::tiles(w, under_way));
        groups.insert(0, casework::group(w, under_way));
    }
    if let Some(tasks) = &known.committees {
        groups.push(committees::group(w, tasks));
    }
    if let Some(files) = &known.files {
        tiles.extend(others::file_tiles(w, files));
        groups.extend(others::file_groups(w, files));
    }
    if let Some(found) = &known.questions {
        tiles.extend(others::question_tiles(w, found));
        groups.push(others::question_group(w, found));
    }
    if let Some(watch) = &known.watch {
        tiles.extend(others::watch_tiles(w, watch));
        groups.push(others::watch_group(w, watch));
    }
    groups.extend(others::managed(w, &known.managed));
    let empty =
        groups.is_empty().then(|| Empty::new(w.say("desk-nothing-title"), w.say("desk-nothing-text")));
    Screen {
        page,
        w,
        title: capital(&w.day(w.today())),
        lede: lede(w, known),
        behind: known
            .people
            .as_ref()
            .filter(|desk| !desk.state.is_fresh())
            .map(|desk| if desk.state.filling { w.say("desk-filling") } else { w.say("desk-behind") }.into()),
        tiles: (!tiles.is_empty()).then(|| Tiles::new(w, tiles)),
        groups,
        empty,
        dates: known.dates.iter().map(|due| date_line(w, due)).collect(),
        calendar: page.open_path("/calendar").map(|path| Link::new(path, w.say("desk-calendar"))),
        why: people::why(w, who, known.people.as_ref()),
    }
}

/// One sentence: what the day begins with.
fn lede(w: Words, known: &Known) -> String {
    let last = known.people.as_ref().and_then(|desk| desk.news.iter().rev().max_by_key(|news| news.at));
    if let Some(news) = last {
        let source = SourceMark::of(w, &news.source);
        let day = w.ago(news.since());
        return w.say("desk-lede-file").text("source", source.name()).text("ago", day).into();
    }
    let late = known.dates.iter().filter(|due| w.delay(due.day).0 < 0).count();
    if late > 0 {
        return w.say("desk-lede-late").with("count", late as u64).into();
    }
    let pressing = known.dates.iter().filter(|due| w.delay(due.day).0 <= i32::from(SOON)).count();
    match (known.dates.is_empty(), pressing) {
        (true, _) => w.say("desk-lede").into(),
        (false, count) => w.say("desk-lede-dates").with("count", count as u64).into(),
    }
}

fn date_line(w: Words, due: &DueDate) -> Line {
    Line {
        text: calendar::title(w, due),
        sub: Some(w.day(due.day)),
        due: Some(Countdown::new(w, due.day, SOON)),
        ..Line::default()
    }
}

/// A figure that was counted up to a limit.
fn figure(w: Words, number: u64, and_more: bool) -> String {
    let text = w.number(number);
    if and_more { w.say("desk-and-more").text("number", text).into() } else { text }
}

/// A sentence begins with a capital.
fn capital(text: &str) -> String {
    crate::pages::upload::capital(text)
}

fn tile(count: u64, address: impl Into<String>, text: impl Into<String>, tone: Tone) -> Tile {
    let tone = if count == 0 { Tone::Fine } else { tone };
    Tile { count, link: Link::new(address, text), tone }
}
