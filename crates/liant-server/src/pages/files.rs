//! The files of the territory: those that wait, those received, and where each flow stands month by month.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use liant_app::calendar::{self, Cell, FollowUp, Standing};
use liant_app::uploads::{self, Doing, Stage};
use liant_app::{ReceivedFile, batches, names};
use liant_model::{Date, Lang};

use crate::components::{Empty, Link, SourceMark, Tag, Tone};
use crate::errand::Errand;
use crate::failure::Failure;
use crate::routes::Access;
use crate::words::Words;
use crate::{Page, Site};

/// Who handles files, and why.
pub(super) const TECHNICIANS: Access = Access::Only { roles: &["technician"], purpose: "file-handling" };

/// Months of the follow-up.
const MONTHS: u8 = 6;

#[derive(Template)]
#[template(path = "files.html")]
struct Files<'a> {
    page: &'a Page,
    w: Words,
    waiting: Vec<Waiting>,
    months: Vec<String>,
    flows: Vec<FlowRow>,
    received: Vec<Row>,
    empty: Empty,
}

struct Waiting {
    link: Link,
    flow: String,
    sent: String,
    state: Tag,
}

struct FlowRow {
    profile: String,
    label: String,
    source: SourceMark,
    cells: Vec<FlowCell>,
}

pub(super) struct FlowCell {
    pub(super) month: String,
    pub(super) state: Option<Tag>,
    pub(super) text: String,
    pub(super) link: Option<String>,
}

struct Row {
    flow: String,
    address: Option<String>,
    about: String,
    when: String,
    who: String,
    file_name: String,
    state: Tag,
    records: String,
    rejected: String,
    is_faulty: bool,
}

pub(super) async fn list(State(site): State<Site>, page: Page, errand: Errand) -> Result<Response, Failure> {
    let (waiting, received, follow_up, names) = site
        .act(errand, |context, workplace| {
            let waiting = uploads::waiting(context, workplace)?;
            let received = batches(context, workplace)?;
            let actors = received.iter().map(|file| file.actor.clone());
            let names = names(
                workplace,
                context.territory,
                actors.chain(waiting.iter().map(|one| one.actor.clone())),
            )?;
            Ok((waiting, received, calendar::follow_up(context, workplace, MONTHS)?, names))
        })
        .await?;
    let w = page.w;
    let screen = Files {
        page: &page,
        w,
        waiting: waiting.iter().map(|upload| waiting_row(w, upload, &names)).collect(),
        months: follow_up.months.iter().map(|month| w.month(month.first())).collect(),
        flows: flow_rows(w, &follow_up),
        received: received.iter().map(|file| row(w, file, &names)).collect(),
        empty: Empty::new(w.say("files-empty-title"), w.say("files-empty-text"))
            .with_act(Link::new("/files/new", w.say("files-add"))),
    };
    page.show(&screen)
}

/// Who acted: a name, or what the command line calls her.
pub(super) fn who(names: &BTreeMap<String, String>, actor: &str) -> String {
    names.get(actor).map_or_else(|| actor.to_owned(), Clone::clone)
}

fn waiting_row(w: Words, upload: &uploads::Upload, names: &BTreeMap<String, String>) -> Waiting {
    let (tone, key) = match (&upload.doing, &upload.stage) {
        (Doing::Checking(_), _) => (Tone::Fine, "files-checking"),
        (Doing::Importing(_), _) => (Tone::Fine, "files-importing"),
        (Doing::Interrupted, _) => (Tone::Late, "files-interrupted"),
        (Doing::Nothing, Stage::Checked(_)) => (Tone::Soon, "files-to-import"),
        (Doing::Nothing, _) => (Tone::Soon, "files-to-check"),
    };
    let sent = w
        .say("files-sent")
        .text("who", who(names, &upload.actor))
        .text("when", w.moment(upload.received_at))
        .text("size", w.size(upload.bytes));
    Waiting {
        link: Link::new(format!("/files/uploads/{}", upload.id), upload.file_name.clone()),
        flow: upload.flow.clone(),
        sent: sent.into(),
        state: Tag::new(tone, w.say(key)),
    }
}

fn flow_rows(w: Words, follow_up: &FollowUp) -> Vec<FlowRow> {
    let row = |flow: &calendar::FollowedFlow| {
        let [fr, en] = &flow.label;
        FlowRow {
            profile: flow.profile.clone(),
            label: if w.lang() == Lang::Fr { fr } else { en }.clone(),
            source: SourceMark::of(w, &flow.source),
            cells: flow.cells.iter().map(|cell| flow_cell(w, cell, flow.is_ours)).collect(),
        }
    };
    follow_up.flows.iter().map(row).collect()
}

/// Where a flow stands in a month, in words.
pub(super) fn flow_cell(w: Words, cell: &Cell, is_ours: bool) -> FlowCell {
    let on = |key: &'static str, day: Date| w.say(key).text("day", w.short_date(day)).to_string();
    let (tag, text) = match (cell.standing, is_ours) {
        (Standing::Done(day), false) => (Some((Tone::Done, "flow-received")), on("flow-on", day)),
        (Standing::Done(day), true) => (Some((Tone::Done, "flow-deposited")), on("flow-on", day)),
        (Standing::DoneLate(day), false) => (Some((Tone::Soon, "flow-received-late")), on("flow-on", day)),
        (Standing::DoneLate(day), true) => (Some((Tone::Soon, "flow-deposited-late")), on("flow-on", day)),
        (Standing::Late(expected), false) => {
            (Some((Tone::Late, "flow-missing")), on("flow-since", expected.from))
        }
        (Standing::Late(expected), true) => {
            (Some((Tone::Late, "flow-late")), on("flow-before", expected.until))
        }
        (Standing::Awaited(expected), false) => {
            (Some((Tone::Soon, "flow-awaited")), on("flow-since", expected.from))
        }
        (Standing::Awaited(expected), true) => {
            (Some((Tone::Soon, "flow-to-do")), on("flow-before", expected.until))
        }
        (Standing::ToCome(expected), false) => {
            (Some((Tone::Fine, "flow-to-come")), on("flow-from", expected.from))
        }
        (Standing::ToCome(expected), true) => {
            (Some((Tone::Fine, "flow-to-come")), on("flow-before", expected.until))
        }
        (Standing::Nothing, _) => (None, w.say("flow-nothing").into()),
    };
    let link = match (cell.batch, is_ours) {
        (Some(batch), _) => Some(format!("/files/received/{batch}")),
        (None, true) if tag.is_some() => Some("/month".to_owned()),
        _ => None,
    };
    let text = if cell.files > 1 {
        format!("{text} · {}", w.say("flow-files").with("count", cell.files))
    } else {
        text
    };
    FlowCell {
        month: w.month(cell.month.first()),
        state: tag.map(|(tone, key)| Tag::new(tone, w.say(key))),
        text,
        link,
    }
}

fn row(w: Words, file: &ReceivedFile, names: &BTreeMap<String, String>) -> Row {
    let (tone, key) = match file.state.as_str() {
        "published" if file.counts.rejected > 0 => (Tone::Soon, "files-with-rejects"),
        "published" => (Tone::Done, "files-imported"),
        "loading" => (Tone::Fine, "files-importing"),
        _ => (Tone::Late, "files-abandoned"),
    };
    let is_published = file.state == "published";
    let count = |count: u64| if is_published { w.number(count) } else { "—".to_owned() };
    Row {
        flow: file.flow.clone(),
        address: is_published.then(|| format!("/files/received/{}", file.batch)),
        about: file.reference_date.parse().map_or_else(|_| file.reference_date.clone(), |day| w.date(day)),
        when: w.moment(file.at),
        who: who(names, &file.actor),
        file_name: file.file_name.clone(),
        state: Tag::new(tone, w.say(key)),
        records: count(file.counts.records),
        rejected: count(file.counts.rejected),
        is_faulty: file.counts.rejected > 0,
    }
}
