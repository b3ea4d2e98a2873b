//! The lists of the people accompanied in each half-year, which both parties sign for the European Social Fund (*listes FSE*): how each stands.
//! The page names nobody who is on one.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use liant_app::casework::{self, EvidenceDesk, EvidenceHalf, EvidenceHalves, EvidenceSignature, HalfYear};
use liant_app::{AppError, Context, Workplace};
use liant_model::Party;

use super::{EVIDENCE, words};
use crate::components::{Column, Columns, Link, Notice, Tag, Tone, Why};
use crate::failure::Failure;
use crate::pages::space;
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "casework/evidence.html")]
struct EvidencePage<'a> {
    page: &'a Page,
    w: Words,
    lists: Vec<Shelf>,
    why: Why,
}

/// The lists of a programme.
struct Shelf {
    title: String,
    text: String,
    columns: Columns,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    days: String,
    state: Tag,
    about: Vec<String>,
    signatures: Vec<Signed>,
    acts: Vec<Link>,
}

/// A party, with its signature or without.
struct Signed {
    party: String,
    by: Option<String>,
}

/// What was just done.
#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(in crate::pages) struct Asking {
    done: String,
}

pub(super) fn desk(context: &Context<'_>, workplace: &Workplace, w: Words) -> Result<EvidenceDesk, AppError> {
    casework::evidence_desk(context, workplace, w.lang())
}

pub(in crate::pages) async fn list(
    State(site): State<Site>,
    mut page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let w = page.w;
    let party = errand.actor.party.clone();
    let desk = site.act(errand, move |context, workplace| desk(context, workplace, w)).await?;
    page.notice = match asking.done.as_str() {
        "frozen" => Some(Notice::done(w, w.say("evidence-done-frozen"))),
        "signed" => Some(Notice::done(w, w.say("evidence-done-signed"))),
        "gone" => Some(Notice::important(w, w.say("evidence-gone"))),
        _ => None,
    };
    page.show(&EvidencePage {
        page: &page,
        w,
        lists: desk.lists.iter().map(|one| shelf(w, (&desk, one), &party)).collect(),
        why: why(w, &desk),
    })
}

/// The clauses under which a list names people.
pub(super) fn why(w: Words, desk: &EvidenceDesk) -> Why {
    let clauses = desk.clauses.iter().map(|clause| Link::new("", w.cite(clause))).collect();
    Why::new(w, w.say("evidence-why")).by(clauses)
}

fn shelf(w: Words, (desk, one): (&EvidenceDesk, &EvidenceHalves), party: &Party) -> Shelf {
    let text = words::capital(&w.typeset(&one.text));
    let heads = ["evidence-col-half", "evidence-col-state", "evidence-col-signed", "evidence-col-acts"];
    let mut columns: Vec<Column> = heads.iter().map(|key| Column::new(w.say(key))).collect();
    columns = columns
        .into_iter()
        .enumerate()
        .map(|(place, one)| if place == 3 { one.hidden() } else { one })
        .collect();
    Shelf {
        title: w.typeset(&one.title),
        text: w
            .say("evidence-signers")
            .text(
                "who",
                one.signers
                    .iter()
                    .map(|party| space::party(w, party.as_str()))
                    .collect::<Vec<_>>()
                    .join(", "),
            )
            .text("source", w.cite(&one.source))
            .into(),
        columns: Columns::new(w, text, columns),
        rows: one.halves.iter().map(|half| row(w, (desk, one, half), party)).collect(),
    }
}

/// A half-year in words.
pub(super) fn half(w: Words, half: HalfYear) -> String {
    let first = half.first();
    let key = if first.month() == 1 { "evidence-half-1" } else { "evidence-half-2" };
    w.say(key).text("year", first.year()).into()
}

fn row(w: Words, (desk, of, one): (&EvidenceDesk, &EvidenceHalves, &EvidenceHalf), party: &Party) -> Row {
    let name = words::capital(&half(w, one.half));
    let freeze = format!("{EVIDENCE}/{}/{}/freeze", of.programme, one.half);
    let mut acts = Vec::new();
    let act = |address: String, key: &'static str| Link::new(address, w.say(key));
    let mut about = Vec::new();
    let state = match &one.list {
        None if one.is_over => {
            acts.push(act(freeze, "evidence-freeze"));
            Tag::new(Tone::Soon, w.say("evidence-to-freeze"))
        }
        None => Tag::new(Tone::Fine, w.say("evidence-runs")),
        Some(list) => {
            about.push(
                w.say("evidence-frozen-on")
                    .text("day", w.date(list.made_at.date()))
                    .with("count", list.people)
                    .into(),
            );
            about.push(w.say("evidence-kept").text("day", w.date(list.kept_until)).into());
            if list.awaited.contains(party) {
                acts.push(act(format!("{EVIDENCE}/lists/{}/sign", list.id), "evidence-sign"));
            }
            acts.push(act(format!("{EVIDENCE}/lists/{}/copy", list.id), "evidence-copy"));
            if list.signatures.is_empty() {
                acts.push(act(freeze, "evidence-freeze-again"));
            }
            if list.awaited.is_empty() {
                Tag::new(Tone::Done, w.say("evidence-complete"))
            } else {
                Tag::new(Tone::Soon, w.say("evidence-to-sign"))
            }
        }
    };
    let signatures = one.list.iter().flat_map(|list| {
        of.signers.iter().map(|signer| Signed {
            party: space::party(w, signer.as_str()),
            by: list.signatures.iter().find(|one| one.party == *signer).map(|one| signed(w, desk, one)),
        })
    });
    Row {
        days: w
            .say("evidence-days")
            .text("from", w.short_date(one.half.first()))
            .text("to", w.short_date(one.half.last()))
            .into(),
        name,
        state,
        about,
        signatures: signatures.collect(),
        acts,
    }
}

/// When a party signed, by whom, in what role.
pub(super) fn signed(w: Words, desk: &EvidenceDesk, one: &EvidenceSignature) -> String {
    let day = w.date(one.at.date());
    let role = words::role(w, &one.role);
    match desk.names.get(&one.signed_by) {
        Some(name) => {
            w.say("evidence-signed-by").text("day", day).text("who", name).text("role", role).into()
        }
        None => w.say("evidence-signed-as").text("day", day).text("role", role).into(),
    }
}
