//! A working record in words, for its own party's page and for the person's.

use liant_app::casework::{ActionSays, GoalSays, Noted, RecordSays};
use liant_model::Date;

use super::super::words;
use crate::components::{Tag, Tone};
use crate::words::Words;

/// Things that were noted, each with its day.
pub(super) fn noted(w: Words, all: &[Noted]) -> Vec<(String, String)> {
    all.iter().map(|one| (words::capital(&w.typeset(&one.words)), w.date(one.on))).collect()
}

/// When something was set, and since when it stands where it does.
pub(super) fn days(w: Words, set: Date, since: Date) -> String {
    if set == since {
        w.say("working-set").text("day", w.date(set)).into()
    } else {
        w.say("working-set-since").text("day", w.date(set)).text("since", w.date(since)).into()
    }
}

/// Where something stands.
pub(super) fn state(w: Words, state: &str, (closed, given_up): (bool, bool)) -> Tag {
    let tone = match (closed, given_up) {
        (false, _) => Tone::Soon,
        (true, false) => Tone::Done,
        (true, true) => Tone::Fine,
    };
    Tag::new(tone, words::capital(&w.typeset(state)))
}

/// What was under way when its goal was closed.
pub(super) fn left(w: Words) -> Tag {
    Tag::new(Tone::Fine, w.say("working-left"))
}

/// Where something stands, why, and since when.
pub(super) fn standing(w: Words, (state, reason): (&str, Option<&str>), since: Date) -> String {
    let state = words::capital(&with_reason(w, state, reason));
    w.say("working-state-since").text("state", state).text("day", w.date(since)).into()
}

/// A record in lines, for whom it is about.
pub(in crate::pages) struct Says {
    /// By barrier: its name, and lines.
    pub(in crate::pages) themes: Vec<(String, Vec<String>)>,
    /// What is said of no barrier.
    pub(in crate::pages) lines: Vec<String>,
}

/// What a record says, in lines.
pub(in crate::pages) fn says(w: Words, says: &RecordSays) -> Says {
    let line = |key: &'static str, noted: &Noted| -> String {
        w.say(key).text("words", w.typeset(&noted.words)).text("day", w.date(noted.on)).into()
    };
    let themes = says.themes.iter().map(|theme| {
        let mut lines: Vec<String> =
            theme.states.iter().map(|noted| line("working-line-barrier", noted)).collect();
        for goal in &theme.goals {
            lines.push(of_goal(w, goal));
            lines.extend(goal.actions.iter().map(|action| of_action(w, action)));
        }
        lines.extend(theme.progress.iter().map(|noted| line("working-line-progress", noted)));
        (words::capital(&w.typeset(&theme.barrier)), lines)
    });
    let skills = says.skills.iter().map(|noted| line("working-line-skill", noted));
    let progress = says.progress.iter().map(|noted| line("working-line-progress", noted));
    Says { themes: themes.collect(), lines: skills.chain(progress).collect() }
}

fn with_reason(w: Words, state: &str, reason: Option<&str>) -> String {
    let state = w.typeset(state);
    match reason {
        Some(reason) => {
            w.say("working-state-reason").text("state", state).text("reason", w.typeset(reason)).into()
        }
        None => state,
    }
}

fn of_goal(w: Words, goal: &GoalSays) -> String {
    let state = with_reason(w, &goal.state, goal.reason.as_deref());
    let said = w.say("working-line-goal").text("words", w.typeset(&goal.words));
    said.text("day", w.date(goal.set_on)).text("state", state).text("since", w.date(goal.since)).into()
}

fn of_action(w: Words, action: &ActionSays) -> String {
    let state = if action.left {
        w.say("working-left").into()
    } else {
        with_reason(w, &action.state, action.reason.as_deref())
    };
    let said = w.say("working-line-action").text("words", w.typeset(&action.words));
    said.text("day", w.date(action.set_on)).text("state", state).text("since", w.date(action.since)).into()
}
