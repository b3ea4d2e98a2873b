//! What people are told of their appointments by letter: the list of what is to be printed and posted, and each letter as it is printed.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Form, Path as Place, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::casework::{self, LetterLine, NoticeKey, NoticeKind, Paper};
use liant_app::{AppError, Context, Workplace};
use liant_model::Lang;

use super::typed::Typed;
use super::{LETTERS, lists, words};
use crate::components::{Column, Columns, Empty, Link, Notice, Tag, Tone, Why};
use crate::failure::Failure;
use crate::pages::people::whole_name;
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "casework/letters.html")]
struct LettersPage<'a> {
    page: &'a Page,
    w: Words,
    views: Vec<(&'static str, String, bool)>,
    columns: Columns,
    rows: Vec<Row>,
    empty: Empty,
    why: Option<Why>,
}

struct Row {
    id: String,
    address: String,
    path: String,
    name: String,
    at: String,
    what: String,
    state: Tag,
}

/// Letters alone on their sheets: nothing of the site is printed with them.
#[derive(Template)]
#[template(path = "casework/letter.html")]
struct SheetsPage<'a> {
    page: &'a Page,
    w: Words,
    sheets: Vec<Sheet>,
    back: &'static str,
}

struct Sheet {
    paper: Paper,
    day: String,
    warning: Option<String>,
}

/// What the address asks for.
#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(in crate::pages) struct Asking {
    posted: String,
}

/// The name of a letter in an address: which appointment, how often it was moved, what it tells.
fn id(key: &NoticeKey) -> String {
    format!("{}.{}.{}.{}", key.appointment, key.moved, key.kind.as_str(), key.days)
}

fn key(id: &str) -> Option<NoticeKey> {
    let mut parts = id.split('.');
    let key = NoticeKey {
        appointment: parts.next()?.parse().ok()?,
        moved: parts.next()?.parse().ok()?,
        kind: NoticeKind::from_code(parts.next()?)?,
        days: parts.next()?.parse().ok()?,
    };
    parts.next().is_none().then_some(key)
}

/// The list.
pub(in crate::pages) async fn list(
    State(site): State<Site>,
    mut page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let w = page.w;
    let act =
        move |context: &Context<'_>, workplace: &Workplace| casework::letters(context, workplace, w.lang());
    let lines = site.act(errand, act).await?;
    if let Ok(count) = asking.posted.parse::<u64>() {
        page.notice = Some(Notice::done(w, w.say("letters-posted").with("count", count)));
    }
    let values = lines.iter().flat_map(|line| &line.name.origins).flat_map(|origin| &origin.values);
    let clauses: BTreeSet<&str> = values.map(|value| &*value.clause).collect();
    let links: Vec<Link> = clauses.into_iter().map(|clause| Link::new("", w.cite(clause))).collect();
    let why =
        (!links.is_empty()).then(|| Why::new(w, w.say("casework-list-why")).by(links).shown_to_person());
    page.show(&LettersPage {
        page: &page,
        w,
        views: lists::views(&page, LETTERS),
        columns: Columns::new(
            w,
            w.say("letters-title"),
            vec![
                Column::new(w.say("letters-tick")).hidden(),
                Column::new(w.say("casework-col-person")),
                Column::new(w.say("letters-col-at")),
                Column::new(w.say("letters-col-what")),
                Column::new(w.say("letters-col-print")).hidden(),
            ],
        ),
        rows: lines.iter().map(|line| row(w, line)).collect(),
        empty: Empty::new(w.say("letters-none"), w.say("letters-none-text")),
        why,
    })
}

fn row(w: Words, line: &LetterLine) -> Row {
    let id = id(&line.key);
    let state = match (line.is_late, line.is_printed) {
        (true, _) => Tag::new(Tone::Late, w.say("letters-late")),
        (false, true) => Tag::new(Tone::Soon, w.say("letters-printed")),
        (false, false) => Tag::new(Tone::Fine, w.say("letters-to-print")),
    };
    let what = match line.kind {
        NoticeKind::Said => "letters-said",
        NoticeKind::Cancelled => "letters-cancelled",
        NoticeKind::ReminderByEmail | NoticeKind::ReminderByLetter => "letters-reminder",
    };
    Row {
        address: format!("{LETTERS}/{id}"),
        id,
        path: super::address(line.person),
        name: whole_name(w, &line.name),
        at: words::day_and_hour(w, line.at),
        what: w.say(what).into(),
        state,
    }
}

/// One letter, or all of the list, to be printed.
pub(in crate::pages) async fn print(
    State(site): State<Site>,
    page: Page,
    Place(letter): Place<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let w = page.w;
    let one = key(&letter);
    if one.is_none() && letter != "all" {
        return Err(Failure::Absent);
    }
    let act = move |context: &Context<'_>, workplace: &Workplace| -> Result<Vec<Paper>, AppError> {
        // French is the language of letters.
        let lang = Lang::Fr;
        let keys = match one {
            Some(key) => vec![key],
            None => casework::letters(context, workplace, lang)?.iter().map(|line| line.key).collect(),
        };
        let is_alone = one.is_some();
        let printed = keys.iter().map(|key| casework::paper(context, workplace, key, lang));
        // One that holds no more keeps the others from nothing.
        printed.filter(|paper| is_alone || !matches!(paper, Err(AppError::Absent(_)))).collect()
    };
    let papers = site.act(errand, act).await?;
    let sheets = papers.into_iter().map(|paper| Sheet {
        day: Words::new(Lang::Fr, w.today()).date(paper.day),
        warning: match (paper.is_protected, paper.has_address) {
            (true, _) => Some(w.say("letters-protected").into()),
            (false, false) => Some(w.say("letters-no-address").into()),
            (false, true) => None,
        },
        paper,
    });
    page.show(&SheetsPage { page: &page, w, sheets: sheets.collect(), back: LETTERS })
}

/// Notes that letters were posted.
pub(in crate::pages) async fn posted(
    State(site): State<Site>,
    errand: Errand,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let typed = Typed(pairs);
    let keys: Option<Vec<NoticeKey>> = typed.all("letter").map(key).collect();
    let keys = keys.ok_or(Failure::Absent)?;
    let act = move |context: &Context<'_>, workplace: &Workplace| casework::posted(context, workplace, &keys);
    let count = site.act(errand, act).await?;
    Ok(Redirect::to(&format!("{LETTERS}?posted={count}")).into_response())
}

#[cfg(test)]
mod tests {
    use liant_model::{AppointmentId, Uuid};

    use super::*;

    #[test]
    fn a_letter_has_a_name_and_nothing_else_is_one() {
        for kind in NoticeKind::ALL {
            let appointment = AppointmentId(Uuid::from_u128(7));
            let one = NoticeKey { appointment, moved: 2, kind, days: 8 };
            assert_eq!(key(&id(&one)), Some(one));
        }
        let good = "00000000-0000-0000-0000-000000000007.0.said.0";
        assert!(key(good).is_some());
        for bad in [
            "",
            "all",
            "7.0.said.0",
            &format!("{good}.1"),
            &good.replace("said", "else"),
            &good.replace(".0.", ".-1."),
        ] {
            assert_eq!(key(bad), None, "{bad}");
        }
    }
}
