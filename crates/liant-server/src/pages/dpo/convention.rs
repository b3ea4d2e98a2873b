//! One convention: how it stands, what was recorded of it, and its text by section.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use liant_app::conventions::{self, Held, Recorded};
use liant_convention::{Convention, Recipient, Step};
use liant_model::{FieldSet, Purpose};

use super::conventions::{CONVENTIONS, next, term};
use super::words;
use crate::components::{Column, Columns, Countdown, Detail, Link, Notice, SummaryList, Tag};
use crate::failure::Failure;
use crate::pages::space;
use crate::words::Words;
use crate::{Errand, Page, Site};

/// What the address asks for.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    version: Option<u32>,
    done: String,
}

#[derive(Template)]
#[template(path = "dpo/convention.html")]
struct ConventionPage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    state: Tag,
    said: String,
    is_register: bool,
    is_steered: bool,
    acts: Vec<Link>,
    next: Vec<(String, Countdown)>,
    versions: Vec<(Link, bool)>,
    course: Vec<CourseRow>,
    course_columns: Columns,
    sections: Vec<(&'static str, String, SummaryList)>,
    grants: Vec<GrantRow>,
    grant_columns: Columns,
}

struct CourseRow {
    entry: String,
    day: String,
    what: String,
    ground: String,
    party: String,
    by: String,
}

struct GrantRow {
    to: Vec<String>,
    purposes: Vec<String>,
    about: String,
    summary: String,
    fields: Vec<&'static str>,
    channels: String,
    clause: String,
}

/// The page.
pub(super) async fn show(
    State(site): State<Site>,
    mut page: Page,
    Path(id): Path<String>,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let w = page.w;
    let (versions, recorded) =
        site.act(errand, move |context, workplace| conventions::show(context, workplace, &id)).await?;
    let wanted = versions.iter().find(|held| Some(held.file.version) == asking.version);
    let held = wanted.or_else(|| versions.first()).ok_or(Failure::Absent)?;
    page.notice = done(&asking.done).map(|key| Notice::done(w, w.say(key)));
    let page = page.under(CONVENTIONS, w.say("conv-title"));
    let heads = |keys: &[&'static str]| keys.iter().map(|key| Column::new(w.say(key))).collect();
    let course_heads =
        ["course-col-from", "course-col-step", "course-col-ground", "course-col-party", "course-col-by"];
    let grant_heads =
        ["grant-col-to", "grant-col-purpose", "grant-col-data", "grant-col-way", "grant-col-clause"];
    page.show(&ConventionPage {
        page: &page,
        w,
        title: words::text(w, &held.file.title),
        state: words::standing(w, held),
        said: words::standing_text(w, held),
        is_register: held.is_register(),
        is_steered: held.is_steered,
        acts: acts(w, held),
        next: next(w, held),
        versions: versions
            .iter()
            .map(|one| (version(w, one), one.file.version == held.file.version))
            .collect(),
        course: recorded.iter().map(|one| course(w, one)).collect(),
        course_columns: Columns::new(w, w.say("course-caption"), heads(&course_heads)),
        sections: sections(w, held),
        grants: held.file.grants.iter().map(|grant| grant_row(w, &held.file, grant)).collect(),
        grant_columns: Columns::new(w, w.say("grant-caption"), heads(&grant_heads)),
    })
}

fn done(code: &str) -> Option<&'static str> {
    Some(match code.parse().ok()? {
        Step::Suspended => "done-suspended",
        Step::Resumed => "done-resumed",
        Step::Notice => "done-notice",
        Step::Answered => "done-answered",
    })
}

fn version(w: Words, one: &Held) -> Link {
    let address = format!("{CONVENTIONS}/{}?version={}", one.file.id, one.file.version);
    Link::new(address, w.say("conv-version").with("version", i64::from(one.file.version)))
}

/// What the visitor may do about it today.
fn acts(w: Words, held: &Held) -> Vec<Link> {
    let link = |step: &Step| {
        let key = match step {
            Step::Suspended => "act-suspend",
            Step::Resumed => "act-resume",
            Step::Notice => "act-give-notice",
            Step::Answered => "act-answer-notice",
        };
        Link::new(format!("{CONVENTIONS}/{}/step?of={step}", held.file.id), w.say(key))
    };
    held.open_steps.iter().map(link).collect()
}

fn course(w: Words, one: &Recorded) -> CourseRow {
    CourseRow {
        entry: format!("/audit/entries/{}", one.act),
        day: w.date(one.from),
        what: w.say(words::step(one.step)).into(),
        ground: w.say(words::ground(one.ground)).into(),
        party: space::party(w, one.party.as_str()),
        by: w.say("course-by").text("who", &one.by).text("moment", w.moment(one.at)).into(),
    }
}

fn labels(w: Words, fields: FieldSet) -> Vec<&'static str> {
    fields.iter().map(|field| field.label(w.lang())).collect()
}

fn purpose(w: Words, file: &Convention, id: &Purpose) -> String {
    let known = file.purposes.iter().find(|purpose| purpose.id == *id);
    known.map_or_else(|| id.to_string(), |purpose| words::text(w, &purpose.text))
}

fn roles(w: Words, all: &[Recipient]) -> Vec<String> {
    all.iter().map(|one| words::role(w, one)).collect()
}

fn grant_row(w: Words, file: &Convention, grant: &liant_convention::Grant) -> GrantRow {
    let fields = labels(w, grant.fields);
    let sources: Vec<&str> = grant.sources.iter().map(liant_model::Source::as_str).collect();
    let channels: Vec<String> = grant.channels.iter().map(|one| w.say(words::channel(*one)).into()).collect();
    GrantRow {
        to: roles(w, &grant.to),
        purposes: grant.purposes.iter().map(|one| purpose(w, file, one)).collect(),
        about: w
            .say("grant-about")
            .text("people", w.say(words::people(grant.people)))
            .text("reach", w.say(words::reach(grant.reach)))
            .text("sources", sources.join(", "))
            .into(),
        summary: w.say("grant-fields").with("count", fields.len() as u64).into(),
        fields,
        channels: channels.join(", "),
        clause: w.cite(&grant.clause),
    }
}

/// The text by section, but for who may see what.
fn sections(w: Words, held: &Held) -> Vec<(&'static str, String, SummaryList)> {
    let file = &held.file;
    let section = |id: &'static str, key: &'static str, lines: Vec<Detail>| {
        (!lines.is_empty()).then(|| (id, String::from(w.say(key)), SummaryList::new(w, lines)))
    };
    [
        section("term", "section-term", term_lines(w, held)),
        section("parties", "section-parties", parties(w, file)),
        section("purposes", "section-purposes", purposes(w, file)),
        section("flows", "section-flows", flows(w, file)),
        section("uses", "section-uses", uses(w, file)),
        section("clocks", "section-clocks", clocks(w, file)),
        section("retention", "section-retention", retention(w, file)),
        section("contacts", "section-contacts", contacts(w, file)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn term_lines(w: Words, held: &Held) -> Vec<Detail> {
    let file = &held.file;
    let line = |key, value: String| Detail::new(w.say(key)).value(value);
    let mut lines = vec![line("conv-col-term", term(w, held))];
    if let Some(renewal) = &file.renewal {
        let said = w
            .say("section-renewal-text")
            .text("before", words::length(w, renewal.ask_before))
            .text("within", words::length(w, renewal.answer_within))
            .text("silence", w.say(words::silence(renewal.silence)))
            .text("clause", w.cite(&renewal.clause));
        lines.push(line("section-renewal", said.into()));
    }
    if let Some(ending) = &file.ending {
        let mut detail = Detail::new(w.say("section-ending"));
        if let Some(notice) = ending.notice {
            detail = detail.value(w.say("section-notice-text").text("length", words::length(w, notice)));
        }
        if let Some(cure) = ending.cure {
            detail = detail.value(w.say("section-cure-text").text("length", words::length(w, cure)));
        }
        let key = if ending.suspends_on_default { "section-suspends" } else { "section-suspends-not" };
        lines.push(detail.value(w.say(key)).value(w.cite(&ending.clause)));
    }
    if !held.is_register() {
        let who = roles(w, &file.steered_by());
        lines.push(who.into_iter().fold(Detail::new(w.say("section-steered")), Detail::value));
    }
    lines.extend(file.hosting.as_ref().map(|place| line("section-hosting", place.clone())));
    lines
}

fn parties(w: Words, file: &Convention) -> Vec<Detail> {
    let of = |party: &liant_convention::PartyEntry| {
        let roles: Vec<String> = party
            .roles
            .iter()
            .map(|role| words::role(w, &Recipient { party: party.org.clone(), role: role.clone() }))
            .collect();
        let detail =
            Detail::new(space::party(w, party.org.as_str())).value(w.say(words::capacity(party.capacity)));
        roles.into_iter().fold(detail, Detail::value)
    };
    file.parties.iter().map(of).collect()
}

fn purposes(w: Words, file: &Convention) -> Vec<Detail> {
    let of = |purpose: &liant_convention::PurposeEntry| {
        Detail::new(words::text(w, &purpose.text)).value(w.cite(&purpose.basis.join(", ")))
    };
    file.purposes.iter().map(of).collect()
}

fn flows(w: Words, file: &Convention) -> Vec<Detail> {
    let of = |flow: &liant_convention::Flow| {
        let ends = w.say("section-flow-ends").text("from", &flow.from).text("to", &flow.to);
        Detail::new(flow.profile.as_str())
            .value(ends)
            .value(w.say(words::rhythm(flow.rhythm)))
            .value(w.cite(&flow.clause))
    };
    file.flows.iter().map(of).collect()
}

fn uses(w: Words, file: &Convention) -> Vec<Detail> {
    let of = |used: &liant_convention::Use| {
        let kinds: Vec<String> = used.kinds.iter().map(|kind| w.say(words::used_for(*kind)).into()).collect();
        let sources: Vec<&str> = used.sources.iter().map(liant_model::Source::as_str).collect();
        Detail::new(w.cite(&used.clause))
            .value(format!("{} ({})", kinds.join(", "), sources.join(", ")))
            .value(w.say("grant-fields").with("count", used.fields.len() as u64))
    };
    file.uses.iter().map(of).collect()
}

fn clocks(w: Words, file: &Convention) -> Vec<Detail> {
    let of = |clock: &liant_convention::ClockEntry| {
        let starts: Vec<String> =
            clock.starts.iter().map(|start| w.say(words::starts(*start)).into()).collect();
        let detail = Detail::new(starts.join(" ; ")).value(words::length(w, clock.within));
        let detail = match &clock.owed_to {
            Some(to) => detail.value(w.say("section-owed-to").text("party", space::party(w, to.as_str()))),
            None => detail,
        };
        detail.value(w.cite(&clock.clause))
    };
    file.clocks.iter().map(of).collect()
}

fn retention(w: Words, file: &Convention) -> Vec<Detail> {
    let of = |kept: &liant_convention::Retention| {
        let said = w
            .say("section-kept")
            .text("length", words::length(w, kept.keep))
            .text("start", w.say(words::kept_from(kept.starts)));
        let detail = Detail::new(kept.id.as_str()).value(said);
        let detail = if kept.until_unneeded { detail.value(w.say("section-until-unneeded")) } else { detail };
        detail.value(w.cite(&kept.clause))
    };
    file.retention.iter().map(of).collect()
}

fn contacts(w: Words, file: &Convention) -> Vec<Detail> {
    use liant_convention::Contact::{Dpo, Governance, Operations, Security};
    let of = |contact| {
        let named = file.contacts.iter().filter(move |entry| entry.contact == contact);
        let roles: Vec<String> = named.map(|entry| words::role(w, &entry.role)).collect();
        let detail = Detail::new(w.say(words::contact(contact)));
        (!roles.is_empty()).then(|| roles.into_iter().fold(detail, Detail::value))
    };
    [Governance, Operations, Security, Dpo].into_iter().filter_map(of).collect()
}
