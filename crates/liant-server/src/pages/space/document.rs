//! Her copy as a document: what the page to print shows, tagged for whoever hears it read, to keep or to hand on. Where no document
//! can be made the page to print stands in.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use liant_app::press::PressTrouble;
use liant_app::{AppError, Workplace};
use liant_documents::{Aside, Copy, Datum, Part, Path, Reader, Readers, Said, Step, Words as Heads};
use liant_model::Lang;

use super::data::{self, Decided, OfSource, Shown, Signed, Walked, Whole, Worked};
use super::{Told, as_file, link};
use crate::components::{Link, Notice};
use crate::failure::Failure;
use crate::me::Own;
use crate::words::Words;
use crate::{Page, Site};

/// The whole copy as a PDF.
pub(super) async fn copy(State(site): State<Site>, page: Page, own: Own) -> Result<Response, Failure> {
    let whole = data::whole(&site, page.w, own).await?;
    let back = link(page.w, "/me/rights", "space-back");
    document(&site, page, whole, (back, "liant.pdf")).await
}

/// A copy as a PDF of this name, or as the page to print, with a link back.
///
/// # Errors
/// When the site has too much to do.
pub(in crate::pages) async fn document(
    site: &Site,
    mut page: Page,
    whole: Whole,
    (back, name): (Link, &str),
) -> Result<Response, Failure> {
    if !site.makes_documents() {
        return data::to_print(&page, whole, back);
    }
    match pressed(site, page.w, &whole).await {
        Ok(document) => {
            Ok(as_file(([(header::CONTENT_TYPE, "application/pdf")], document).into_response(), name))
        }
        Err(Failure::App(AppError::Press(trouble))) => {
            tracing::warn!(why = trouble.words(Lang::En), "a copy was not made as a document");
            page.notice = Some(Notice::important(page.w, page.w.say("space-copy-unmade")));
            data::to_print(&page, whole, back)
        }
        Err(failure) => Err(failure),
    }
}

async fn pressed(site: &Site, w: Words, whole: &Whole) -> Result<Vec<u8>, Failure> {
    let job = in_words(w, whole).job(w.lang(), w.today());
    let press = move |workplace: &Workplace| {
        let press = workplace.press.as_ref().ok_or(PressTrouble::NotThere)?;
        Ok(press.print(&job)?)
    };
    site.work(press).await
}

fn in_words(w: Words, whole: &Whole) -> Copy {
    let say = |key: &'static str| String::from(w.say(key));
    let none = if whole.readings.is_empty() { vec![say("space-readers-empty-text")] } else { Vec::new() };
    let sources = whole.sources.iter().map(|source| of_source(w, source));
    Copy {
        title: say("space-print-title"),
        who: whole.who.clone(),
        made: whole.made.clone(),
        words: Heads {
            datum: say("space-head-datum"),
            held: say("space-head-held"),
            since: say("space-head-since"),
            when: say("space-head-when"),
            who: say("space-head-who"),
            what: say("space-head-what"),
        },
        parts: sources
            .chain(whole.decisions.iter().map(decided))
            .chain(whole.forms.iter().map(|form| signed(w, form)))
            .chain(whole.records.iter().map(worked))
            .collect(),
        path: walked(w, &whole.path),
        readers: Readers {
            title: say("space-readers-title"),
            none,
            list: whole.readings.iter().map(|told| reader(w, told)).collect(),
        },
        said: Said { title: say("space-print-said"), list: whole.said.clone() },
        aside: Aside { title: say("space-data-shared-title"), text: say("space-data-shared") },
    }
}

fn of_source(w: Words, of: &OfSource) -> Part {
    let number = if of.has_number { vec![w.say("space-data-number").into()] } else { Vec::new() };
    Part {
        title: of.mark.name().to_owned(),
        source: Some(of.source.clone()),
        rules: of.left.iter().chain([&of.rule]).cloned().collect(),
        data: of.data.iter().map(datum).collect(),
        remarks: number,
    }
}

fn decided(of: &Decided) -> Part {
    Part {
        source: None,
        title: of.title.clone(),
        rules: vec![of.rule.clone()],
        data: of.data.iter().map(datum).collect(),
        remarks: Vec::new(),
    }
}

/// A form that she signed, a line each.
fn signed(w: Words, of: &Signed) -> Part {
    let datum = |(label, value): &(String, String)| Datum {
        label: label.clone(),
        value: value.clone(),
        since: String::new(),
        before: Vec::new(),
        rule: Vec::new(),
    };
    Part {
        source: None,
        title: of.title.clone(),
        rules: vec![of.rule.clone()],
        data: of.lines.iter().map(datum).collect(),
        remarks: vec![format!("{} {}", w.say("liaison-seal"), of.seal)],
    }
}

/// What a party keeps of its own work with her, a barrier a line; before it is said of each barrier what was noted.
fn worked(of: &Worked) -> Part {
    let datum = |(label, value): (String, String)| Datum {
        label,
        value,
        since: String::new(),
        before: Vec::new(),
        rule: Vec::new(),
    };
    let lines = of.says.themes.iter().map(|(theme, lines)| (theme.clone(), lines.join(". ")));
    Part {
        source: None,
        title: of.title.clone(),
        rules: vec![of.rule.clone()],
        data: lines.map(datum).collect(),
        remarks: of.says.lines.clone(),
    }
}

/// Her accompaniments, a step a line.
fn walked(w: Words, path: &[Walked]) -> Path {
    let step =
        |step: &Walked| Step { day: step.day.clone(), words: step.words.clone(), rule: step.rule.clone() };
    Path { title: w.say("space-path-title").into(), list: path.iter().map(step).collect() }
}

fn datum(shown: &Shown) -> Datum {
    Datum {
        label: shown.label.to_owned(),
        value: shown.value.clone(),
        since: shown.since.clone(),
        before: shown.before.clone(),
        rule: shown.rule.iter().cloned().collect(),
    }
}

fn reader(w: Words, told: &Told) -> Reader {
    Reader {
        at: told.at.clone(),
        who: told.who.clone(),
        function: told.function.clone(),
        way: told.way.clone(),
        why: told.why.clone(),
        labels: told.labels.clone(),
        rule: format!("{} {}", w.say("space-reader-clauses"), told.clauses.join(" ; ")),
    }
}
