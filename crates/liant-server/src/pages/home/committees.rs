//! What of committees waits: a meeting that falls due, minutes or a review to sign, corrective actions that are late. Each leads to the paper
//! or to its committee, and none to people.

use liant_app::casework::{self, MeetingStanding, PaperTask};
use liant_app::{AppError, Context, Workplace};

use super::{Group, Line, SOON};
use crate::SignedIn;
use crate::components::{Countdown, Link, Tag, Tone};
use crate::pages::casework::minutes::{about_place, key_address};
use crate::pages::casework::{COMMITTEES, PAPERS};
use crate::words::Words;

/// What waits; none for whoever has no part in a committee.
pub(super) fn read(
    context: &Context<'_>,
    workplace: &Workplace,
    who: &SignedIn,
) -> Result<Option<Vec<PaperTask>>, AppError> {
    if !COMMITTEES.is_for(&who.actor.role) {
        return Ok(None);
    }
    let context = who.context(casework::purpose(&who.actor)?, context.clock)?;
    if !casework::has_papers(&context, workplace)? {
        return Ok(None);
    }
    match casework::papers_day(&context, workplace, who.lang) {
        // Who is stopped has nothing here, and is told so where she asks.
        Err(AppError::Blocked | AppError::Gate(_) | AppError::Absent(_)) => Ok(None),
        known => known.map(Some),
    }
}

pub(super) fn group(w: Words, tasks: &[PaperTask]) -> Group {
    Group {
        id: "committees",
        title: w.say("desk-committees").into(),
        source: None,
        sub: None,
        lines: tasks.iter().map(|task| line(w, task)).collect(),
        nothing: w.say("desk-committees-nothing").into(),
        act: Some(Link::new(PAPERS, w.say("papers-title"))),
    }
}

fn line(w: Words, task: &PaperTask) -> Line {
    match task {
        PaperTask::Meet { key, text, place, due, standing } => Line {
            text: w.say("desk-committee-meet").text("what", about_place(w, text, place.as_deref())).into(),
            address: Some(format!("{}/draft", key_address(key))),
            sub: due.planned.map(|day| w.say("papers-planned").text("day", w.date(day)).into()),
            due: due.latest.map(|day| Countdown::new(w, day, SOON)),
            tag: (*standing == MeetingStanding::Never).then(|| Tag::new(Tone::Soon, w.say("papers-never"))),
            ..Line::default()
        },
        PaperTask::Sign { paper, text, place, held_on } => Line {
            text: w.say("desk-committee-sign").text("what", about_place(w, text, place.as_deref())).into(),
            address: Some(format!("{PAPERS}/{paper}")),
            sub: held_on.parse().ok().map(|day| w.say("papers-met").text("day", w.date(day)).into()),
            tag: Some(Tag::new(Tone::Soon, w.say("papers-to-sign"))),
            ..Line::default()
        },
        PaperTask::Overdue { key: _, text, place, count, first } => Line {
            figure: Some(w.number(*count)),
            text: w
                .say("desk-committee-overdue")
                .with("count", *count)
                .text("what", about_place(w, text, place.as_deref()))
                .into(),
            address: Some(PAPERS.to_owned()),
            due: Some(Countdown::new(w, *first, SOON)),
            ..Line::default()
        },
        PaperTask::Review { programme, title, year, by, sign } => Line {
            text: w.say("desk-committee-review").text("year", year).into(),
            address: Some(match sign {
                Some(paper) => format!("{PAPERS}/{paper}"),
                None => format!("/committee/reviews/{programme}/{year}"),
            }),
            sub: Some(w.typeset(title)),
            due: Some(Countdown::new(w, *by, 31)),
            tag: sign.map(|_| Tag::new(Tone::Soon, w.say("papers-to-sign"))),
            ..Line::default()
        },
    }
}
