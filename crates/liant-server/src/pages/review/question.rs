//! One newcomer and whom she may be; the answers.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::review::{self, Agreement, Candidate, Dossier, Side};
use liant_model::{Date, Field, Instant, ReviewId};

use super::{Asking, PATH, done, likelihood};
use crate::components::{Notice, SourceMark, Tag};
use crate::failure::Failure;
use crate::pages::person::words::{address, mark, side_name, value};
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "review/question.html")]
struct QuestionPage<'a> {
    page: &'a Page,
    w: Words,
    who: String,
    source: SourceMark,
    file: Option<String>,
    asked: Date,
    open: usize,
    candidates: Vec<Shown>,
    next: Option<String>,
    next_id: String,
}

/// A candidate as the page shows her.
struct Shown {
    review: ReviewId,
    name: String,
    source: SourceMark,
    newcomer: SourceMark,
    likelihood: Tag,
    reason: String,
    lines: Vec<Line>,
    follows: Vec<String>,
    gathering: Vec<(String, SourceMark)>,
    person: String,
    seen: String,
    /// How it was answered, and whether both were found to be one.
    answered: Option<(String, bool)>,
}

struct Line {
    label: &'static str,
    left: Option<String>,
    right: Option<String>,
    verdict: &'static str,
    differs: bool,
}

fn verdict(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Same => "compared-same",
        Agreement::Alike => "review-alike",
        Agreement::Different => "compared-different",
        Agreement::OneSide => "compared-unknown",
    }
}

/// The page of a question.
pub(in crate::pages) async fn show(
    State(site): State<Site>,
    page: Page,
    Path(review): Path<String>,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let review = id(&review)?;
    let lang = page.w.lang();
    let dossier =
        site.act(errand, move |context, workplace| review::dossier(context, workplace, review, lang)).await?;
    let w = page.w;
    let mut page = page.under(PATH, w.say("review-title"));
    page.notice = match asking.done.as_str() {
        "stale" => Some(Notice::important(w, w.say("review-stale"))),
        _ => done(w, &asking),
    };
    page.show(&screen(&page, &dossier))
}

fn screen<'a>(page: &'a Page, dossier: &Dossier) -> QuestionPage<'a> {
    let w = page.w;
    let file = dossier.file.as_ref().map(|(flow, day)| {
        let day = day.parse::<Date>().map_or_else(|_| day.clone(), |day| w.date(day));
        w.say("review-raised-by").text("flow", flow).text("day", day).into()
    });
    QuestionPage {
        page,
        w,
        who: side_name(w, &dossier.newcomer),
        source: mark(w, &dossier.newcomer.source),
        file,
        asked: dossier.at.date(),
        open: dossier.candidates.iter().filter(|one| one.answered.is_none()).count(),
        candidates: dossier.candidates.iter().map(|one| shown(w, dossier, one)).collect(),
        next: dossier.next.map(|next| format!("{PATH}/{next}")),
        next_id: dossier.next.map(|next| next.to_string()).unwrap_or_default(),
    }
}

fn shown(w: Words, dossier: &Dossier, candidate: &Candidate) -> Shown {
    let line = |line: &review::Line| Line {
        label: line.field.label(w.lang()),
        left: line.newcomer.as_deref().map(|words| value(w, line.field, words)),
        right: line.candidate.as_deref().map(|words| value(w, line.field, words)),
        verdict: verdict(line.agreement),
        differs: line.agreement == Agreement::Different,
    };
    let answered = candidate.answered.as_ref().map(|answered| {
        let key = if answered.accepted { "review-was-accepted" } else { "review-was-refused" };
        let said = w.say(key).text("by", &answered.by).text("at", w.moment(answered.at));
        (said.into(), answered.accepted)
    });
    let gathering = [&dossier.newcomer, &candidate.record]
        .into_iter()
        .chain(&dossier.gathered)
        .chain(&candidate.gathered)
        .fold(Vec::<&Side>::new(), |mut all, side| {
            if !all.iter().any(|known| known.identity == side.identity) {
                all.push(side);
            }
            all
        });
    Shown {
        review: candidate.review,
        name: side_name(w, &candidate.record),
        source: mark(w, &candidate.record.source),
        newcomer: mark(w, &dossier.newcomer.source),
        likelihood: likelihood(w, candidate.score),
        reason: sentence(&candidate.reason),
        lines: candidate.lines.iter().map(line).collect(),
        follows: follows(w, dossier, candidate),
        gathering: gathering.into_iter().map(|side| (side_of(w, side), mark(w, &side.source))).collect(),
        person: format!("/people/{}/identity", candidate.record.person),
        seen: candidate.seen.clone(),
        answered,
    }
}

/// With a capital and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

fn side_of(w: Words, side: &Side) -> String {
    let name = side_name(w, side);
    match side.get(Field::BirthDate).and_then(|day| day.parse::<Date>().ok()) {
        Some(day) => w.say("person-born-on").text("name", name).text("day", w.date(day)).into(),
        None => name,
    }
}

/// What would follow from accepting.
fn follows(w: Words, dossier: &Dossier, candidate: &Candidate) -> Vec<String> {
    if candidate.together {
        return vec![w.say("review-together").into()];
    }
    let mut said = Vec::new();
    if !dossier.gathered.is_empty() {
        said.push(w.say("review-come-along").with("count", dossier.gathered.len() as u64).into());
    }
    if candidate.both_oriented {
        said.push(w.say("review-both-oriented").into());
    }
    said
}

/// What an answer sends.
#[derive(serde::Deserialize, Default, Debug)]
#[serde(default)]
pub(in crate::pages) struct Answer {
    seen: String,
    next: String,
}

fn id(text: &str) -> Result<ReviewId, Failure> {
    text.parse().map_err(|_| Failure::Absent)
}

/// Where to go once an answer is given: to the next newcomer, else to the queue.
fn onward(review: ReviewId, answer: &Answer, done: &str) -> Response {
    let path = match answer.next.parse::<ReviewId>() {
        Ok(next) => format!("{PATH}/{next}"),
        Err(_) => PATH.to_owned(),
    };
    let pairs = [("done", done.to_owned()), ("of", review.to_string())];
    Redirect::to(&address(&path, &pairs)).into_response()
}

/// Somebody else was faster: the question again, with how it stands now.
fn stale(review: ReviewId, error: Failure) -> Result<Response, Failure> {
    if !matches!(&error, Failure::App(error) if error.is_conflict()) {
        return Err(error);
    }
    Ok(Redirect::to(&address(&format!("{PATH}/{review}"), &[("done", "stale".to_owned())])).into_response())
}

/// Both are one person.
pub(in crate::pages) async fn accept(
    State(site): State<Site>,
    Path(review): Path<String>,
    errand: Errand,
    Form(answer): Form<Answer>,
) -> Result<Response, Failure> {
    let review = id(&review)?;
    let seen = answer.seen.clone();
    let act = site.act(errand, move |context, workplace| {
        review::accept_as_seen(context, workplace, review, Some(&seen))
    });
    match act.await {
        Ok(_) => Ok(onward(review, &answer, "accepted")),
        Err(error) => stale(review, error),
    }
}

/// They are two.
pub(in crate::pages) async fn refuse(
    State(site): State<Site>,
    Path(review): Path<String>,
    errand: Errand,
    Form(answer): Form<Answer>,
) -> Result<Response, Failure> {
    let review = id(&review)?;
    let act = site.act(errand, move |context, workplace| review::refuse(context, workplace, review));
    match act.await {
        Ok(()) => Ok(onward(review, &answer, "refused")),
        Err(error) => stale(review, error),
    }
}

/// An answer is taken back.
pub(in crate::pages) async fn take_back(
    State(site): State<Site>,
    Path(review): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let review = id(&review)?;
    let act = site.act(errand, move |context, workplace| review::take_back(context, workplace, review));
    match act.await {
        Ok(Some(identity)) => Ok(Redirect::to(&format!("/identities/{identity}/undone")).into_response()),
        Ok(None) => {
            let path = format!("{PATH}/{review}");
            Ok(Redirect::to(&address(&path, &[("done", "reopened".to_owned())])).into_response())
        }
        Err(error) => stale(review, error),
    }
}

/// The moment of something, for machines and people.
pub(super) fn moment(w: Words, at: Instant) -> (String, String) {
    (w.machine_moment(at), w.moment(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_is_a_sentence() {
        assert_eq!(sentence("même NIR ; mais noms différents"), "Même NIR ; mais noms différents.");
        assert_eq!(sentence("économie"), "Économie.");
        assert_eq!(sentence(""), "");
    }
}
