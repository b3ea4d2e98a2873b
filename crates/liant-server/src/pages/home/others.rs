//! What waits for those who handle files, settle identities, keep watch over the log or manage an organisation.

use liant_app::accounts::desk::Managed;
use liant_app::breaches::{Kept, Summary};
use liant_app::calendar::{FollowedFlow, Standing};
use liant_app::desk::{Files, Watch};
use liant_app::review::{Likelihood, QueueFigures};

use super::{Group, Line, SOON, figure, tile};
use crate::components::{Countdown, Link, Tag, Tile, Tone};
use crate::pages::dpo;
use crate::pages::files::flow_cell;
use crate::pages::person::words::address;
use crate::words::Words;

pub(super) fn file_tiles(w: Words, files: &Files) -> Vec<Tile> {
    let late =
        |flow: &&FollowedFlow| flow.cells.iter().any(|cell| matches!(cell.standing, Standing::Late(_)));
    let late = files.follow_up.flows.iter().filter(|flow| !flow.is_ours).filter(late).count() as u64;
    let rejected: u64 = files.with_rejects.iter().map(|file| file.counts.rejected).sum();
    let of =
        |count: u64, address: &str, key, tone| tile(count, address, w.say(key).with("count", count), tone);
    vec![
        of(late, "/files", "desk-files-late", Tone::Late),
        of(files.waiting.len() as u64, "/files", "desk-files-waiting", Tone::Soon),
        of(rejected, "#rejects", "desk-files-rejected", Tone::Soon),
    ]
}

pub(super) fn file_groups(w: Words, files: &Files) -> Vec<Group> {
    vec![own_file(w, files), flows(w, files), rejects(w, files)]
}

/// The Département's own file of the month.
fn own_file(w: Words, files: &Files) -> Group {
    let line = files.owed.as_ref().map(|due| Line {
        text: match &files.built {
            Some(_) => w.say("desk-month-built"),
            None => w.say("desk-month-to-build"),
        }
        .into(),
        address: Some("/month".to_owned()),
        sub: Some(crate::pages::calendar::title(w, due)),
        due: Some(Countdown::new(w, due.day, SOON)),
        ..Line::default()
    });
    Group {
        id: "month",
        title: w.say("desk-month").text("month", w.month(w.today())).into(),
        source: None,
        sub: None,
        lines: line.into_iter().collect(),
        nothing: w.say("desk-month-done").into(),
        act: None,
    }
}

/// Where each flow stands, the month before and this one: what is missing or came late, then the rest.
fn flows(w: Words, files: &Files) -> Group {
    let waiting = files.waiting.iter().map(|upload| Line {
        text: w.say("desk-upload").text("flow", &upload.flow).text("name", &upload.file_name).into(),
        address: Some(format!("/files/uploads/{}", upload.id)),
        tag: Some(Tag::new(Tone::Soon, w.say("desk-upload-waits"))),
        ..Line::default()
    });
    let lang = usize::from(w.lang() == liant_model::Lang::En);
    let of_flow = files.follow_up.flows.iter().filter(|flow| !flow.is_ours).flat_map(|flow| {
        let cells = flow.cells.iter().filter(|cell| cell.standing != Standing::Nothing);
        cells.map(move |cell| {
            let shown = flow_cell(w, cell, flow.is_ours);
            let label = flow.label.get(lang).map_or("", String::as_str);
            Line {
                text: w.say("desk-flow").text("flow", &flow.profile).text("month", &shown.month).into(),
                address: shown.link,
                sub: Some(format!("{} · {}", w.typeset(label), shown.text)),
                tag: shown.state,
                ..Line::default()
            }
        })
    });
    Group {
        id: "flows",
        title: w.say("desk-flows").into(),
        source: None,
        sub: None,
        lines: waiting.chain(of_flow).collect(),
        nothing: w.say("desk-flows-nothing").into(),
        act: Some(Link::new("/files", w.say("desk-flows-all"))),
    }
}

/// What the last file of each flow set aside.
fn rejects(w: Words, files: &Files) -> Group {
    let lines = files.with_rejects.iter().map(|file| Line {
        figure: Some(w.number(file.counts.rejected)),
        text: w.say("desk-rejects-of").text("flow", &file.flow).with("count", file.counts.rejected).into(),
        address: Some(format!("/files/received/{}/rejects", file.batch)),
        sub: Some(w.say("desk-rejects-sub").text("day", w.day(file.at.date())).into()),
        ..Line::default()
    });
    Group {
        id: "rejects",
        title: w.say("desk-rejects").into(),
        source: None,
        sub: None,
        lines: lines.collect(),
        nothing: w.say("desk-rejects-nothing").into(),
        act: None,
    }
}

fn aged(days: u16) -> String {
    format!("/review?days={days}")
}

pub(super) fn question_tiles(w: Words, found: &QueueFigures) -> Vec<Tile> {
    let mut tiles: Vec<Tile> = found
        .aged
        .iter()
        .zip([Tone::Late, Tone::Soon])
        .map(|((days, count), tone)| {
            let count = *count as u64;
            let text = w.say("desk-questions-aged").with("days", i64::from(*days)).with("count", count);
            tile(count, aged(*days), text, tone)
        })
        .collect();
    let all = found.count as u64;
    tiles.push(tile(all, "/review", w.say("desk-questions").with("count", all), Tone::Fine));
    tiles
}

pub(super) fn question_group(w: Words, found: &QueueFigures) -> Group {
    let likely = found.likely.iter().filter(|(_, count)| *count > 0).map(|(likelihood, count)| Line {
        figure: Some(w.number(*count as u64)),
        text: match likelihood {
            Likelihood::High => w.say("desk-likely-high"),
            Likelihood::Middle => w.say("desk-likely-middle"),
            Likelihood::Low => w.say("desk-likely-low"),
        }
        .into(),
        address: Some(format!("/review?score={}", likelihood.code())),
        ..Line::default()
    });
    let all = (found.count > 0).then(|| Line {
        figure: Some(figure(w, found.count as u64, found.more)),
        text: w.say("desk-questions-open").with("count", found.count as u64).into(),
        address: Some("/review".to_owned()),
        sub: found.oldest.map(|at| {
            w.say("desk-questions-oldest").text("day", w.day(at.date())).text("ago", w.ago(at.date())).into()
        }),
        ..Line::default()
    });
    Group {
        id: "questions",
        title: w.say("desk-questions-title").into(),
        source: None,
        sub: Some(w.say("desk-questions-sub").into()),
        lines: likely.chain(all).collect(),
        nothing: w.say("desk-questions-nothing").into(),
        act: None,
    }
}

fn acts(watch: &Watch, act: &str) -> String {
    address("/audit", &[("act", act.to_owned()), ("from", watch.since.date().to_string())])
}

pub(super) fn watch_tiles(w: Words, watch: &Watch) -> Vec<Tile> {
    let overseen = watch.overseen.into_iter().flat_map(|overseen| {
        let searches = address("/wider-searches", &[("from", watch.since.date().to_string())]);
        [
            tile(
                overseen.stopped,
                "/stops",
                w.say("desk-stopped").with("count", overseen.stopped),
                Tone::Late,
            ),
            tile(
                overseen.waiting,
                "/look-ups",
                w.say("desk-look-ups").with("count", overseen.waiting),
                Tone::Soon,
            ),
            tile(
                overseen.unreviewed,
                "/wider-searches?state=waiting",
                w.say("desk-unreviewed").with("count", overseen.unreviewed),
                Tone::Soon,
            ),
            tile(
                overseen.searches,
                searches,
                w.say("desk-searches").with("count", overseen.searches),
                Tone::Fine,
            ),
        ]
    });
    let acts = [
        tile(
            watch.acts.refusals,
            acts(watch, "refusal"),
            w.say("desk-refusals").with("count", watch.acts.refusals),
            Tone::Soon,
        ),
        tile(
            watch.acts.exports,
            acts(watch, "export"),
            w.say("desk-exports").with("count", watch.acts.exports),
            Tone::Fine,
        ),
    ];
    overseen.chain(console_tiles(w, watch)).chain(acts).collect()
}

/// The DPO's console: requests to answer, breaches that are open, conventions that ask for something.
fn console_tiles(w: Words, watch: &Watch) -> [Tile; 4] {
    let open = watch.breaches.iter().filter(|one| one.closed_at.is_none()).count() as u64;
    let is_late = |one: &Summary| {
        one.closed_at.is_none() && one.owed.iter().any(|owed| matches!(owed.kept, Kept::Missed(_)))
    };
    let tone = if watch.breaches.iter().any(is_late) { Tone::Late } else { Tone::Soon };
    let pressing = watch.conventions.iter().filter(|held| dpo::presses(w, held)).count() as u64;
    let asked = watch.requests.len() as u64;
    let due = watch.requests.first().map_or(Tone::Fine, |day| Countdown::new(w, *day, SOON).tone());
    [
        tile(asked, dpo::REQUESTS, w.say("desk-requests").with("count", asked), due),
        tile(open, dpo::BREACHES, w.say("desk-breaches").with("count", open), tone),
        tile(pressing, dpo::CONVENTIONS, w.say("desk-conventions").with("count", pressing), Tone::Soon),
        tile(
            watch.access_due,
            dpo::REVIEW,
            w.say("desk-access-review").with("count", watch.access_due),
            Tone::Soon,
        ),
    ]
}

pub(super) fn watch_group(w: Words, watch: &Watch) -> Group {
    let after = watch.checkpoint.as_ref().map(|kept| watch.entries.saturating_sub(kept.size));
    let checkpoint = match (&watch.checkpoint, after) {
        (Some(kept), Some(after)) => Line {
            text: w.say("desk-checkpoint").text("day", w.day(kept.at.date())).into(),
            sub: Some(w.say("desk-checkpoint-after").with("count", after).into()),
            ..Line::default()
        },
        _ => Line {
            text: w.say("desk-checkpoint-none").into(),
            sub: Some(w.say("desk-checkpoint-help").into()),
            tag: Some(Tag::new(Tone::Soon, w.say("desk-tag-to-do"))),
            ..Line::default()
        },
    };
    let verify = Line {
        figure: None,
        text: w.say("desk-verify").into(),
        address: Some("/audit/verification".to_owned()),
        sub: Some(w.say("desk-entries").with("count", watch.entries).into()),
        ..Line::default()
    };
    Group {
        id: "log",
        title: w.say("desk-log").into(),
        source: None,
        sub: None,
        lines: vec![verify, checkpoint],
        nothing: String::new(),
        act: None,
    }
}

/// The organisations that she manages: who has not come in, what runs out.
pub(super) fn managed(w: Words, all: &[Managed]) -> Option<Group> {
    if all.is_empty() {
        return None;
    }
    let lines = all.iter().filter(|one| one.is_own || has_to_do(one)).flat_map(|one| of_organisation(w, one));
    Some(Group {
        id: "access",
        title: w.say("desk-access").into(),
        source: None,
        sub: None,
        lines: lines.collect(),
        nothing: w.say("desk-access-nothing").into(),
        act: Some(Link::new("/organisations", w.say("desk-access-all"))),
    })
}

fn has_to_do(one: &Managed) -> bool {
    one.without_factor + one.ending + one.invitations > 0
}

fn of_organisation(w: Words, one: &Managed) -> Vec<Line> {
    let place = format!("/organisations/{}", one.organisation.id);
    let name = || Some(one.organisation.name.clone());
    let line = |count: u64, key: &'static str, address: String| {
        (count > 0).then(|| Line {
            figure: Some(w.number(count)),
            text: w.say(key).with("count", count).into(),
            address: Some(address),
            sub: name(),
            ..Line::default()
        })
    };
    let invited = line(one.invitations, "desk-invitations", format!("{place}#invitations"))
        .map(|line| Line { due: one.first_expiry.map(|at| Countdown::new(w, at.date(), 2)), ..line });
    [
        invited,
        line(one.without_factor, "desk-without-factor", format!("{place}?only=without-factor")),
        line(one.ending, "desk-ending", format!("{place}?only=ending")),
    ]
    .into_iter()
    .flatten()
    .collect()
}
