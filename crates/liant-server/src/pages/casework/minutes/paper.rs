//! A paper to read, to print, to take out and to sign.

use askama::Template;
use axum::extract::{Form, Path as Place, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::casework::{self, Followed, MinutesContent, PaperFormat, ReviewContent, SealedPaper};
use liant_app::people::Format;
use liant_app::{AppError, StoreError};
use liant_model::Uuid;

use super::super::committee::{Figures, as_file};
use super::super::{PAPERS, words};
use super::said::{self, Codes, figures};
use crate::components::{Notice, Tag, Tone};
use crate::failure::Failure;
use crate::pages::form_page::FormPage;
use crate::pages::space;
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "casework/paper.html")]
struct PaperPage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    lede: String,
    state: Tag,
    files: String,
    sign: Option<String>,
    again: Option<String>,
    missing: Vec<String>,
    parts: Vec<Part>,
    amounts: Option<Amounts>,
    figures: Vec<Figures>,
    small: String,
    seal: Vec<(String, String)>,
}

/// Something that the paper says, as a list.
struct Part {
    title: String,
    lines: Vec<(String, Option<String>)>,
    nothing: String,
}

/// The amounts of a review, a row a line, a column a party. They are not added up: funding that was received is no cost.
struct Amounts {
    parties: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
}

/// What was just done.
#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(in crate::pages) struct Asking {
    done: String,
}

fn id(text: &str) -> Result<Uuid, Failure> {
    text.parse().map_err(|_| Failure::Absent)
}

fn under(page: Page) -> Page {
    let title = page.w.say("papers-title").to_string();
    page.under(PAPERS, title)
}

async fn read(site: &Site, errand: Errand, paper: &str) -> Result<SealedPaper, Failure> {
    let id = id(paper)?;
    site.act(errand, move |context, workplace| casework::committee_paper(context, workplace, id)).await
}

/// What a paper is called.
fn title(w: Words, view: &SealedPaper) -> String {
    let codes = Codes::of(w, Some(&view.programme));
    match (&view.minutes, &view.review) {
        (Some(content), _) => {
            let what =
                said::about_place(w, &codes.committee(&content.committee), content.place_name.as_deref());
            w.say("papers-minutes-of").text("what", what).text("day", w.date(content.said.held_on)).into()
        }
        (_, Some(content)) => w.say("papers-review-of").text("year", content.year).into(),
        _ => String::new(),
    }
}

pub(in crate::pages) async fn show(
    State(site): State<Site>,
    page: Page,
    Place(paper): Place<String>,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let view = read(&site, errand, &paper).await?;
    let mut page = under(page);
    let w = page.w;
    page.notice = match asking.done.as_str() {
        "sealed" => Some(Notice::done(w, w.say("papers-done-sealed"))),
        "signed" => Some(Notice::done(w, w.say("papers-done-signed"))),
        "twice" => Some(Notice::important(w, w.say("papers-wrong-twice"))),
        _ => None,
    };
    page.show(&made(&page, &view))
}

fn made<'a>(page: &'a Page, view: &SealedPaper) -> PaperPage<'a> {
    let w = page.w;
    let line = &view.line;
    let address = format!("{PAPERS}/{}", line.id);
    let codes = Codes::of(w, Some(&view.programme));
    let (parts, months, place) = match (&view.minutes, &view.review) {
        (Some(content), _) => (minutes(w, codes, content), &*content.months, content.place_name.as_deref()),
        (_, Some(content)) => (review(w, (codes, view), content), &*content.months, None),
        _ => (Vec::new(), &[][..], None),
    };
    let fewest = months.iter().map(|one| u64::from(one.fewest)).max();
    let again = view.minutes.as_ref().map(|content| {
        let key = casework::CommitteeKey {
            programme: content.programme.clone(),
            committee: content.committee.clone(),
            place: content.place,
        };
        format!("{}/draft", said::key_address(&key))
    });
    let again = again.or_else(|| {
        view.review.as_ref().map(|one| format!("/committee/reviews/{}/{}", one.programme, one.year))
    });
    PaperPage {
        page,
        w,
        title: title(w, view),
        lede: w.typeset(&words::said(w, &view.programme.title)),
        state: if line.is_complete {
            Tag::new(Tone::Done, w.say("papers-complete"))
        } else {
            Tag::new(Tone::Soon, w.say("papers-draft"))
        },
        sign: view.may_sign.then(|| format!("{address}/sign")),
        again: again.filter(|_| view.may_replace),
        files: address,
        missing: view
            .missing
            .iter()
            .filter(|_| !line.is_complete)
            .map(|party| w.say("papers-missing-of").text("party", space::party(w, party.as_str())).into())
            .collect(),
        parts,
        amounts: view.review.as_ref().map(|content| amounts(w, view, content)),
        figures: figures(w, (&view.programme, place), months),
        small: fewest
            .map_or_else(String::new, |fewest| w.say("committee-small").with("fewest", fewest).into()),
        seal: seal(w, view),
    }
}

/// Seal, signatures, how long it is kept.
fn seal(w: Words, view: &SealedPaper) -> Vec<(String, String)> {
    let line = &view.line;
    let mut facts = vec![(w.say("papers-sealed-on").into(), w.date(line.made_at.date()))];
    for one in &line.signatures {
        let party = space::party(w, one.party.as_str());
        let name = view.names.get(&one.signed_by).map(String::as_str);
        facts.push((w.say("evidence-signed").text("party", party).into(), said::signed(w, one, name)));
    }
    for one in &line.awaited {
        facts.push((space::party(w, one.party.as_str()), w.say("evidence-awaited").into()));
    }
    facts.push((w.say("papers-kept-until").into(), w.date(line.kept_until)));
    facts.push((w.say("evidence-seal").into(), line.hash.clone()));
    facts
}

fn listed(
    w: Words,
    title: &'static str,
    nothing: &'static str,
    lines: Vec<(String, Option<String>)>,
) -> Part {
    Part { title: w.say(title).into(), lines, nothing: w.say(nothing).into() }
}

fn plain(texts: impl Iterator<Item = String>) -> Vec<(String, Option<String>)> {
    texts.map(|text| (words::capital(&text), None)).collect()
}

fn minutes(w: Words, codes: Codes<'_>, content: &MinutesContent) -> Vec<Part> {
    let said = &content.said;
    let actions = said.actions.iter().map(|one| {
        let about = w
            .say("papers-action-about")
            .text("gap", codes.gap(&one.gap))
            .text("party", space::party(w, one.party.as_str()))
            .text("day", w.date(one.due));
        (words::capital(&codes.action(&one.action)), Some(about.into()))
    });
    let answers = said.answers.iter().filter_map(|answer| {
        let before = content.earlier.iter().find(|one| one.key == answer.of)?;
        let now = Followed { state: answer.state.clone(), reason: answer.reason.clone(), ..before.clone() };
        Some(followed(w, codes, &now))
    });
    vec![
        listed(
            w,
            "papers-present",
            "papers-none",
            plain(said.present.iter().map(|code| codes.function(code))),
        ),
        listed(w, "papers-answers", "papers-no-answers", answers.collect()),
        listed(w, "papers-gaps", "papers-no-gaps", plain(said.gaps.iter().map(|code| codes.gap(code)))),
        listed(w, "papers-actions", "papers-no-actions", actions.collect()),
        listed(
            w,
            "papers-practices",
            "papers-none",
            plain(said.practices.iter().map(|code| codes.practice(code))),
        ),
        listed(w, "papers-alerts", "papers-none", plain(said.alerts.iter().map(|code| codes.alert(code)))),
        listed(w, "papers-next", "papers-none", plain(std::iter::once(w.date(said.next_on)))),
    ]
}

/// An action and where it stands.
fn followed(w: Words, codes: Codes<'_>, one: &Followed) -> (String, Option<String>) {
    let state = match &one.reason {
        Some(reason) => format!("{} ({})", codes.state(&one.state), codes.reason(reason)),
        None => codes.state(&one.state),
    };
    let about = w
        .say("papers-followed-about")
        .text("state", state)
        .text("gap", codes.gap(&one.gap))
        .text("party", space::party(w, one.party.as_str()))
        .text("day", w.date(one.due))
        .text("decided", w.date(one.decided_on));
    (words::capital(&codes.action(&one.action)), Some(about.into()))
}

fn review(w: Words, (codes, view): (Codes<'_>, &SealedPaper), content: &ReviewContent) -> Vec<Part> {
    let meetings = content.meetings.iter().map(|one| {
        let what = said::about_place(w, &codes.committee(&one.committee), one.place.as_deref());
        let mut about: Vec<String> = one.gaps.iter().map(|code| codes.gap(code)).collect();
        about.extend(one.practices.iter().map(|code| codes.practice(code)));
        about.extend(
            one.alerts.iter().map(|code| w.say("papers-alert").text("what", codes.alert(code)).into()),
        );
        let about = (!about.is_empty())
            .then(|| words::capital(&about.join(w.say("papers-and").to_string().as_str())));
        (w.say("papers-meeting-of").text("what", what).text("day", w.date(one.held_on)).into(), about)
    });
    let actions = content.actions.iter().map(|one| {
        let (action, about) = followed(w, codes, &one.action);
        (one.place.as_ref().map_or_else(|| action.clone(), |place| format!("{action} – {place}")), about)
    });
    let places = content.places.iter().map(|one| {
        let name = one.name.clone().unwrap_or_else(|| w.say("committee-nowhere").into());
        let count = |count: Option<u32>| {
            count.map_or_else(|| w.say("committee-hidden").to_string(), |count| w.number(u64::from(count)))
        };
        let about =
            w.say("papers-place-about").text("entries", count(one.entries)).text("exits", count(one.exits));
        (name, Some(about.into()))
    });
    let indicators = view.programme.indicators.iter().map(|one| {
        let value = content.indicators.get(&one.id);
        let value = value
            .map_or_else(|| w.say("committee-hidden").to_string(), |(value, _)| w.number(u64::from(*value)));
        (words::capital(&words::said(w, &one.text)), Some(value))
    });
    vec![
        listed(w, "papers-indicators", "papers-none", indicators.collect()),
        listed(w, "papers-places", "papers-none", places.collect()),
        listed(w, "papers-meetings", "papers-no-meetings", meetings.collect()),
        listed(w, "papers-actions-year", "papers-no-actions", actions.collect()),
    ]
}

fn euros(w: Words, amount: u64) -> String {
    w.say("papers-euros").text("amount", w.number(amount)).into()
}

fn amounts(w: Words, view: &SealedPaper, content: &ReviewContent) -> Amounts {
    let lines = view.rules().and_then(|rules| rules.review.as_ref()).map_or(&[][..], |review| &review.lines);
    let parties: Vec<_> = content.amounts.keys().collect();
    let of = |party: &liant_model::Party, code: &casework::Code| {
        content.amounts.get(party).and_then(|amounts| amounts.get(code)).copied()
    };
    let rows = lines.iter().map(|line| {
        let cell = |party: &&liant_model::Party| {
            of(party, &line.id).map_or_else(|| "–".to_owned(), |amount| euros(w, u64::from(amount)))
        };
        (words::capital(&words::said(w, &line.text)), parties.iter().map(cell).collect())
    });
    Amounts {
        parties: parties.iter().map(|party| space::party(w, party.as_str())).collect(),
        rows: rows.collect(),
    }
}

pub(in crate::pages) async fn csv(
    site: State<Site>,
    page: Page,
    paper: Place<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    file(site, page, (paper, errand), PaperFormat::Table(Format::Csv)).await
}

pub(in crate::pages) async fn xlsx(
    site: State<Site>,
    page: Page,
    paper: Place<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    file(site, page, (paper, errand), PaperFormat::Table(Format::Xlsx)).await
}

pub(in crate::pages) async fn json(
    site: State<Site>,
    page: Page,
    paper: Place<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    file(site, page, (paper, errand), PaperFormat::Json).await
}

async fn file(
    State(site): State<Site>,
    page: Page,
    (Place(paper), errand): (Place<String>, Errand),
    format: PaperFormat,
) -> Result<Response, Failure> {
    let (w, id) = (page.w, id(&paper)?);
    let made = site.act(errand, move |context, workplace| {
        let line = casework::committee_paper(context, workplace, id)?.line;
        let bytes = casework::paper_file(context, workplace, (id, format), w.lang())?;
        Ok((line, bytes))
    });
    let (line, bytes) = made.await?;
    let kind = if line.committee.is_some() { "papers-file-minutes" } else { "papers-file-review" };
    let name = format!("{}-{}", w.say(kind), line.about);
    Ok(match format {
        PaperFormat::Table(format) => as_file(&name, format, bytes),
        PaperFormat::Json => {
            let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}.json\""))
                .map_err(|_| Failure::internal("a name of a file"))?;
            let kind = HeaderValue::from_static("application/json");
            ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], bytes)
                .into_response()
        }
    })
}

pub(in crate::pages) async fn sign_form(
    State(site): State<Site>,
    page: Page,
    Place(paper): Place<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let party = errand.actor.party.clone();
    let view = read(&site, errand, &paper).await?;
    if !view.may_sign {
        return Err(Failure::Absent);
    }
    let page = under(page);
    let w = page.w;
    let party = space::party(w, party.as_str());
    let address = format!("{PAPERS}/{}", view.line.id);
    FormPage::new(
        &page,
        w.say("papers-sign-title").text("what", title(w, &view)),
        format!("{address}/sign"),
        w.say("evidence-sign-for").text("party", &party),
    )
    .text(w.say("papers-sign-text").text("party", &party))
    .text(w.say("papers-sign-seal").text("seal", &view.line.hash))
    .hidden("hash", view.line.hash.clone())
    .grave()
    .link(address, w.say("papers-read-again"))
    .show()
}

/// What the form of a signature sends: the content that was read.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(in crate::pages) struct Signing {
    hash: String,
}

pub(in crate::pages) async fn sign(
    State(site): State<Site>,
    Place(paper): Place<String>,
    errand: Errand,
    Form(typed): Form<Signing>,
) -> Result<Response, Failure> {
    let id = id(&paper)?;
    let there = read(&site, errand.clone(), &paper).await;
    let hash = typed.hash;
    let done = match there {
        Ok(_) => {
            site.act(errand, move |context, workplace| casework::sign_paper(context, workplace, (id, &hash)))
                .await
        }
        // Written again since she read it: what she would sign is no longer there.
        Err(Failure::App(AppError::Absent(_))) if !hash.is_empty() => {
            return Ok(Redirect::to(&format!("{PAPERS}?done=gone")).into_response());
        }
        Err(failure) => return Err(failure),
    };
    let to = match done {
        Ok(_) => format!("{PAPERS}/{id}?done=signed"),
        Err(Failure::App(AppError::Store(StoreError::Conflict { .. }))) => {
            format!("{PAPERS}/{id}?done=twice")
        }
        Err(Failure::App(AppError::Value(_))) => return Err(Failure::Invalid),
        Err(failure) => return Err(failure),
    };
    Ok(Redirect::to(&to).into_response())
}
