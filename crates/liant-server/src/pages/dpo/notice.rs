//! The notice of a breach, drafted from the facts: counts and categories, nobody's data. To be read, completed and printed.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use liant_app::breaches::{self, Addressee, BreachFile, Deed};

use super::breach::id;
use super::breaches::{BREACHES, addressee, nature};
use super::words;
use crate::failure::Failure;
use crate::pages::space;
use crate::words::Words;
use crate::{Errand, Page, Site};

/// Whom the address asks for.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    to: String,
}

#[derive(Template)]
#[template(path = "dpo/notice.html")]
struct NoticePage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    stage: String,
    to: String,
    roles: Vec<String>,
    from: String,
    by: String,
    facts: Vec<(String, Vec<String>)>,
    staged: String,
}

/// The draft.
pub(super) async fn show(
    State(site): State<Site>,
    page: Page,
    Path(breach): Path<String>,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let breach = id(&breach)?;
    let from = space::party(page.w, errand.actor.party.as_str());
    let file = site.act(errand, move |context, workplace| breaches::show(context, workplace, breach)).await?;
    let w = page.w;
    let owed = file.summary.owed.iter().find(|owed| owed.deadline.to.code() == asking.to);
    let owed = owed.or_else(|| file.summary.owed.first());
    // A complaint that nobody is to be told of has no notice.
    let owed = owed.ok_or(Failure::Absent)?;
    let code = owed.deadline.to.code();
    let is_first = !file.done.iter().any(|done| done.deed == Deed::Initial && done.to == code);
    let page = page
        .under(BREACHES, w.say("breach-title"))
        .under(format!("{BREACHES}/{breach}"), w.say(nature(file.summary.nature)));
    let to_authority = owed.deadline.to == Addressee::Authority;
    page.show(&NoticePage {
        page: &page,
        w,
        title: if to_authority { w.say("draft-title-authority") } else { w.say("draft-title-partner") }
            .into(),
        stage: if is_first { w.say("deed-initial") } else { w.say("deed-complement") }.into(),
        to: addressee(w, code),
        roles: file.contacts.get(code).into_iter().flatten().map(|role| words::function(w, role)).collect(),
        from,
        by: w
            .say("draft-by")
            .text("moment", w.moment(owed.deadline.at))
            .text("clause", w.cite(&owed.deadline.clause))
            .into(),
        facts: facts(w, &file, to_authority),
        staged: if is_first { w.say("draft-staged-first") } else { w.say("draft-staged-next") }.into(),
    })
}

/// What is told, by heading (GDPR art. 33 (3)).
fn facts(w: Words, file: &BreachFile, to_authority: bool) -> Vec<(String, Vec<String>)> {
    let said = |key| String::from(w.say(key));
    let mut families: Vec<_> = file.fields.iter().map(|(field, _)| field.category()).collect();
    families.sort_unstable();
    families.dedup();
    let data: Vec<String> = families.iter().map(|family| w.say(words::category(*family)).into()).collect();
    let (first, last) = (file.acts.first(), file.acts.last());
    let period = first.zip(last).map(|(first, last)| {
        w.say("draft-acts")
            .with("count", file.acts.len() as u64)
            .text("from", w.moment(first.at))
            .text("to", w.moment(last.at))
            .into()
    });
    let mut nature_lines = vec![said(nature(file.summary.nature))];
    nature_lines.push(w.say("draft-discovered").text("moment", w.moment(file.summary.discovered_at)).into());
    nature_lines.extend(period);
    let measures: Vec<String> = file
        .suspended
        .iter()
        .map(|(convention, since)| {
            w.say("breach-suspended").text("convention", convention).text("day", w.date(*since)).into()
        })
        .collect();
    let mut facts = vec![
        (said("draft-nature"), nature_lines),
        (said("draft-people"), vec![w.say("draft-people-text").with("count", file.people).into()]),
        (said("draft-data"), vec![if data.is_empty() { said("draft-no-data") } else { data.join(", ") }]),
        (said("draft-consequences"), vec![said(consequences(file))]),
        (said("draft-measures"), if measures.is_empty() { vec![said("draft-no-measure")] } else { measures }),
        (said("draft-contact"), vec![said("draft-contact-text")]),
    ];
    if !to_authority {
        facts.push((said("draft-asked"), vec![said("draft-asked-text")]));
    }
    facts
}

/// What may come of it, by what was shown.
fn consequences(file: &BreachFile) -> &'static str {
    use liant_model::Category::{Contact, Health, Identifiers, Identity};
    let shows = |family| file.fields.iter().any(|(field, _)| field.category() == family);
    if shows(Health) {
        return "draft-consequences-health";
    }
    match (shows(Identity) || shows(Identifiers), shows(Contact)) {
        (_, true) => "draft-consequences-contact",
        (true, false) => "draft-consequences-identity",
        (false, false) => "draft-consequences-other",
    }
}
