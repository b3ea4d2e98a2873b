//! What committees write and sign: how each stands, its minutes and corrective actions, and the yearly reviews. Nobody who is accompanied is
//! named, and no figure leads to a list.

mod form;
mod paper;
mod review;
mod said;

pub(in crate::pages) use form::{sent, show as form};
pub(in crate::pages) use paper::{csv, json, show as paper, sign, sign_form, xlsx};
pub(in crate::pages) use review::{sent as review_sent, show as review};
pub(in crate::pages) use said::{about_place, key_address};

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use liant_app::casework::{
    self, CommitteeShelf, MeetingStanding, PapersDesk, Programme, ReviewShelf, SealedLine,
};
use liant_model::Date;

use super::{PAPERS, words};
use crate::components::{Column, Columns, Countdown, Link, Notice, Tag, Tone};
use crate::failure::Failure;
use crate::pages::dpo::length;
use crate::pages::space;
use crate::words::Words;
use crate::{Errand, Page, Site};
use said::Codes;

/// Days before a date from which it presses.
const SOON: u16 = 7;

#[derive(Template)]
#[template(path = "casework/papers.html")]
struct PapersPage<'a> {
    page: &'a Page,
    w: Words,
    committees: Vec<Shelf>,
    reviews: Vec<Reviews>,
}

/// A committee.
struct Shelf {
    id: String,
    title: String,
    sub: String,
    state: Tag,
    lines: Vec<String>,
    /// What is to be done now.
    acts: Vec<Link>,
    alerted: Vec<String>,
    actions: Option<Actions>,
    papers: Option<Papers>,
}

/// Corrective actions.
struct Actions {
    columns: Columns,
    rows: Vec<ActionRow>,
}

struct ActionRow {
    action: String,
    gap: String,
    party: String,
    due: Countdown,
    day: String,
    state: Tag,
}

/// Papers, the latest first.
struct Papers {
    columns: Columns,
    rows: Vec<PaperRow>,
}

struct PaperRow {
    name: String,
    state: Tag,
    due: Option<Countdown>,
    signatures: Vec<(String, String)>,
    about: Vec<String>,
    acts: Vec<Link>,
}

/// The reviews of a programme.
struct Reviews {
    title: String,
    sub: String,
    papers: Papers,
}

/// What was just done.
#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(in crate::pages) struct Asking {
    done: String,
}

pub(in crate::pages) async fn list(
    State(site): State<Site>,
    mut page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let w = page.w;
    let desk = site
        .act(errand, move |context, workplace| casework::papers_desk(context, workplace, w.lang()))
        .await?;
    page.notice = match asking.done.as_str() {
        "gone" => Some(Notice::important(w, w.say("papers-gone"))),
        _ => None,
    };
    page.show(&PapersPage {
        page: &page,
        w,
        committees: desk.committees.iter().map(|one| shelf(w, &desk, one)).collect(),
        reviews: desk.reviews.iter().map(|one| reviews(w, &desk, one)).collect(),
    })
}

fn running<'d>(desk: &'d PapersDesk, programme: &casework::Code) -> Option<&'d Programme> {
    desk.programmes.iter().find(|one| one.id == *programme)
}

fn shelf(w: Words, desk: &PapersDesk, one: &CommitteeShelf) -> Shelf {
    let mut lines = Vec::new();
    let day = |key: &'static str, day: Date| w.say(key).text("day", w.date(day)).to_string();
    lines.extend(one.meeting.last.map(|last| day("papers-met", last)));
    lines.extend(one.meeting.planned.map(|planned| day("papers-planned", planned)));
    lines.extend(one.meeting.latest.map(|latest| day("papers-latest", latest)));
    let state = match one.standing {
        MeetingStanding::Never => Tag::new(Tone::Soon, w.say("papers-never")),
        MeetingStanding::Held => Tag::new(Tone::Done, w.say("papers-held")),
        MeetingStanding::Soon => Tag::new(Tone::Soon, w.say("papers-soon")),
        MeetingStanding::Late => Tag::new(Tone::Late, w.say("papers-late")),
    };
    let mut acts = Vec::new();
    if one.leads {
        let address = format!("{}/draft", key_address(&one.key));
        let text = if one.draft.is_some() { "papers-write-again" } else { "papers-write" };
        acts.extend(one.draft.iter().map(|line| Link::new(address_of(line), w.say("papers-read-draft"))));
        acts.push(Link::new(address, w.say(text)));
    }
    let every = w.say("papers-every").text("length", length(w, one.every.0));
    let codes = Codes::of(w, running(desk, &one.key.programme));
    Shelf {
        id: anchor(&one.key),
        title: match &one.place_name {
            Some(place) => format!("{} – {place}", words::capital(&w.typeset(&one.text))),
            None => words::capital(&w.typeset(&one.text)),
        },
        sub: every.text("title", w.typeset(&one.title)).text("source", w.cite(&one.every.1)).into(),
        state,
        lines,
        acts,
        alerted: one
            .alerted
            .iter()
            .map(|(place, held, alerts)| {
                let what: Vec<String> = alerts.iter().map(|code| codes.alert(code)).collect();
                let said = w.say("papers-alert-of").text("place", place.clone().unwrap_or_default());
                said.text("day", w.date(*held)).text("what", what.join(", ")).into()
            })
            .collect(),
        actions: (!one.open.is_empty()).then(|| actions(w, &codes, one)),
        papers: (!one.papers.is_empty()).then(|| Papers {
            columns: heads(w, w.say("papers-signed-all").into(), "papers-col-meeting"),
            rows: one.papers.iter().map(|line| minutes_row(w, desk, line)).collect(),
        }),
    }
}

/// Where on the page a committee is.
fn anchor(key: &casework::CommitteeKey) -> String {
    match key.place {
        Some(place) => format!("{}-{place}", key.committee),
        None => key.committee.to_string(),
    }
}

fn actions(w: Words, codes: &Codes<'_>, one: &CommitteeShelf) -> Actions {
    let heads =
        ["papers-col-action", "papers-col-gap", "papers-col-party", "papers-col-due", "papers-col-state"];
    let rows = one.open.iter().map(|action| ActionRow {
        action: words::capital(&codes.action(&action.action)),
        gap: codes.gap(&action.gap),
        party: space::party(w, action.party.as_str()),
        due: Countdown::new(w, action.due, SOON),
        day: w.date(action.due),
        state: if action.is_overdue(w.today()) {
            Tag::new(Tone::Late, w.say("papers-action-late"))
        } else {
            Tag::new(Tone::Fine, codes.state(&action.state))
        },
    });
    let columns = heads.iter().map(|head| Column::new(w.say(head))).collect();
    Actions { columns: Columns::new(w, w.say("papers-open"), columns), rows: rows.collect() }
}

fn heads(w: Words, caption: String, first: &'static str) -> Columns {
    let columns = [first, "evidence-col-state", "evidence-col-signed", "evidence-col-acts"];
    let columns = columns.into_iter().enumerate().map(|(place, head)| {
        let column = Column::new(w.say(head));
        if place == 3 { column.hidden() } else { column }
    });
    Columns::new(w, caption, columns.collect())
}

/// The address of a paper.
fn address_of(line: &SealedLine) -> String {
    format!("{PAPERS}/{}", line.id)
}

/// Who signed, when and in what role; who has not.
fn signatures(w: Words, desk: &PapersDesk, line: &SealedLine) -> Vec<(String, String)> {
    let signed = line.signatures.iter().map(|one| {
        let name = desk.names.get(&one.signed_by).map(String::as_str);
        (space::party(w, one.party.as_str()), said::signed(w, one, name))
    });
    let awaited = line
        .awaited
        .iter()
        .map(|one| (space::party(w, one.party.as_str()), w.say("evidence-awaited").to_string()));
    signed.chain(awaited).collect()
}

fn minutes_row(w: Words, desk: &PapersDesk, line: &SealedLine) -> PaperRow {
    let day = line.about.parse::<Date>();
    PaperRow {
        name: day.map_or_else(|_| line.about.clone(), |day| words::capital(&w.date(day))),
        state: Tag::new(Tone::Done, w.say("papers-complete")),
        due: None,
        signatures: signatures(w, desk, line),
        about: vec![w.say("papers-kept").text("day", w.date(line.kept_until)).into()],
        acts: vec![Link::new(address_of(line), w.say("papers-read"))],
    }
}

fn reviews(w: Words, desk: &PapersDesk, one: &ReviewShelf) -> Reviews {
    let rows = one.years.iter().map(|year| {
        let mut acts = Vec::new();
        let mut about = vec![w.say("papers-review-due").text("day", w.date(year.due.by)).to_string()];
        let write = format!("/committee/reviews/{}/{}", one.programme, year.due.year);
        let (state, is_owed) = match &year.paper {
            None if !year.is_over => (Tag::new(Tone::Fine, w.say("papers-year-runs")), false),
            None => (Tag::new(Tone::Soon, w.say("papers-to-write")), true),
            Some(line) if line.is_complete => (Tag::new(Tone::Done, w.say("papers-complete")), false),
            Some(_) if !year.missing.is_empty() => {
                (Tag::new(Tone::Soon, w.say("papers-amounts-missing")), true)
            }
            Some(_) => (Tag::new(Tone::Soon, w.say("papers-to-sign")), true),
        };
        if let Some(line) = &year.paper {
            acts.push(Link::new(address_of(line), w.say("papers-read")));
            about.push(w.say("papers-kept").text("day", w.date(line.kept_until)).into());
        }
        if one.signs && is_owed {
            acts.push(Link::new(write, w.say("papers-amounts")));
        }
        PaperRow {
            name: w.say("papers-year").text("year", year.due.year).into(),
            state,
            due: is_owed.then(|| Countdown::new(w, year.due.by, 31)),
            signatures: year.paper.iter().flat_map(|line| signatures(w, desk, line)).collect(),
            about,
            acts,
        }
    });
    Reviews {
        title: words::capital(&w.typeset(&one.text)),
        sub: w
            .say("papers-review-sub")
            .text("title", w.typeset(&one.title))
            .text("source", w.cite(&one.source))
            .into(),
        papers: Papers {
            columns: heads(w, w.say("papers-reviews").into(), "papers-col-year"),
            rows: rows.collect(),
        },
    }
}
