//! Her copy as a document: what the page to print shows, tagged for whoever hears it read, to keep or to hand on.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::Workplace;
use liant_app::press::PressTrouble;
use liant_documents::{Aside, Copy, Datum, Part, Reader, Readers, Said, Words as Heads};

use super::data::{self, Decided, OfSource, Shown, Whole};
use super::{Told, as_file};
use crate::failure::Failure;
use crate::me::Own;
use crate::words::Words;
use crate::{Page, Site};

/// The whole copy as a PDF. Where none is made the page to print stands in.
pub(super) async fn copy(State(site): State<Site>, page: Page, own: Own) -> Result<Response, Failure> {
    if !site.makes_documents() {
        return Ok(Redirect::to("/me/print").into_response());
    }
    let whole = data::whole(&site, page.w, own).await?;
    let document = print(&site, page.w, whole).await?;
    Ok(as_file(([(header::CONTENT_TYPE, "application/pdf")], document).into_response(), "liant.pdf"))
}

/// The document of a copy.
///
/// # Errors
/// When the press is not there, or refuses.
pub(in crate::pages) async fn print(site: &Site, w: Words, whole: Whole) -> Result<Vec<u8>, Failure> {
    let job = in_words(w, whole).job(w.lang(), w.today());
    let print = move |workplace: &Workplace| {
        let press = workplace.press.as_ref().ok_or(PressTrouble::NotThere)?;
        Ok(press.print(&job)?)
    };
    site.work(print).await
}

fn in_words(w: Words, whole: Whole) -> Copy {
    let say = |key: &'static str| String::from(w.say(key));
    let none = if whole.readings.is_empty() { vec![say("space-readers-empty-text")] } else { Vec::new() };
    let sources = whole.sources.into_iter().map(|source| of_source(w, source));
    Copy {
        title: say("space-print-title"),
        who: whole.who,
        made: whole.made,
        words: Heads {
            datum: say("space-head-datum"),
            held: say("space-head-held"),
            since: say("space-head-since"),
            when: say("space-head-when"),
            who: say("space-head-who"),
            what: say("space-head-what"),
        },
        parts: sources.chain(whole.decisions.into_iter().map(decided)).collect(),
        readers: Readers {
            title: say("space-readers-title"),
            none,
            list: whole.readings.into_iter().map(|told| reader(w, told)).collect(),
        },
        said: Said { title: say("space-print-said"), list: whole.said },
        aside: Aside { title: say("space-data-shared-title"), text: say("space-data-shared") },
    }
}

fn of_source(w: Words, of: OfSource) -> Part {
    let number = if of.has_number { vec![w.say("space-data-number").into()] } else { Vec::new() };
    Part {
        title: of.mark.name().to_owned(),
        source: Some(of.source),
        rules: vec![of.rule],
        data: of.data.into_iter().map(datum).collect(),
        remarks: number,
    }
}

fn decided(of: Decided) -> Part {
    Part {
        source: None,
        title: of.title,
        rules: vec![of.rule],
        data: of.data.into_iter().map(datum).collect(),
        remarks: Vec::new(),
    }
}

fn datum(shown: Shown) -> Datum {
    Datum {
        label: shown.label.to_owned(),
        value: shown.value,
        since: shown.since,
        before: shown.before,
        rule: shown.rule.into_iter().collect(),
    }
}

fn reader(w: Words, told: Told) -> Reader {
    Reader {
        at: told.at,
        who: told.who,
        function: told.function,
        way: told.way,
        why: told.why,
        labels: told.labels,
        rule: format!("{} {}", w.say("space-reader-clauses"), told.clauses.join(" ; ")),
    }
}
