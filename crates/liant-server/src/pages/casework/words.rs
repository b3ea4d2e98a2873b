//! How accompaniments are written on every screen.

use liant_access::ProfessionalRole;
use liant_app::casework::{CaseworkStage, Due, Kind, Means, Now, Told};
use liant_convention::Text;
use liant_model::{DateTime, Lang, Role};

use crate::components::{Countdown, Tag, Tone};
use crate::words::Words;

/// Days before a delay is over from which it presses.
pub(super) const SOON: u16 = 7;

/// A sentence, or the name of something, begins with a capital.
pub(super) fn capital(text: &str) -> String {
    crate::pages::upload::capital(text)
}

/// A text of a programme's file.
pub(super) fn said(w: Words, text: &Text) -> String {
    w.typeset(match w.lang() {
        Lang::Fr => &text.fr,
        Lang::En => &text.en,
    })
}

/// What may be done, in a few words.
pub(super) fn kind(w: Words, kind: Kind) -> String {
    capital(&w.typeset(kind.text(w.lang())))
}

/// A role, by the name that accounts give it.
pub(super) fn role(w: Words, role: &Role) -> String {
    let known = ProfessionalRole::from_code(role.as_str());
    known.map_or_else(|| role.to_string(), |role| w.typeset(&role.label(w.lang())))
}

/// Several of them.
pub(super) fn roles(w: Words, all: &[Role]) -> String {
    all.iter().map(|one| role(w, one)).collect::<Vec<_>>().join(", ")
}

/// A day and hour, as clocks show them there.
pub(crate) fn day_and_hour(w: Words, at: DateTime) -> String {
    let hour = match w.lang() {
        Lang::Fr => at.strftime("%-H\u{a0}h\u{a0}%M").to_string(),
        Lang::En => at.strftime("%H:%M").to_string(),
    };
    w.say("meet-at").text("day", w.full_day(at.date())).text("hour", w.typeset(&hour)).into()
}

/// How people meet.
pub(crate) fn means(w: Words, means: Means) -> String {
    w.say(match means {
        Means::InPerson => "casework-in-person",
        Means::Phone => "casework-phone",
        Means::Video => "casework-video",
    })
    .into()
}

/// Where what is under way stands.
pub(super) fn stage(w: Words, now: &Now) -> Tag {
    match now.stage {
        CaseworkStage::Relay => Tag::new(Tone::Soon, w.say("casework-stage-relay")),
        CaseworkStage::Asked => Tag::new(Tone::Soon, w.say("casework-stage-asked")),
        CaseworkStage::Sent if now.accepted.is_some() => {
            Tag::new(Tone::Soon, w.say("casework-stage-accepted"))
        }
        CaseworkStage::Sent => Tag::new(Tone::Soon, w.say("casework-stage-sent")),
        CaseworkStage::Stay => Tag::new(Tone::Done, w.say("casework-stage-stay")),
        CaseworkStage::Suspended => Tag::new(Tone::Fine, w.say("casework-stage-suspended")),
    }
}

/// How what is under way came to be, in a sentence or two.
pub(super) fn under_way(w: Words, now: &Now) -> Vec<String> {
    let since = |key| w.say(key).text("day", w.date(now.since)).to_string();
    let mut lines = match now.stage {
        CaseworkStage::Relay => vec![since("casework-since-relay")],
        CaseworkStage::Asked => vec![since("casework-since-asked")],
        CaseworkStage::Sent => match now.accepted {
            Some(day) => {
                let answered = w.say("casework-accepted-on").text("day", w.date(day)).to_string();
                vec![since("casework-since-asked-for"), answered]
            }
            None => vec![since("casework-since-sent")],
        },
        CaseworkStage::Stay | CaseworkStage::Suspended => vec![since("casework-since-stay")],
    };
    match now.entered_in_time {
        Some(true) => lines.push(w.say("casework-in-time").into()),
        Some(false) => lines.push(w.say("casework-not-in-time").into()),
        None => {}
    }
    if let Some(term) = now.term {
        lines.push(w.say("casework-term").text("day", w.date(term)).into());
    }
    if now.absences > 0 {
        lines.push(w.say("casework-absences").with("count", u64::from(now.absences)).into());
    }
    lines
}

/// A delay that runs.
pub(super) struct Clock {
    pub(super) text: String,
    pub(super) by: String,
    pub(super) source: String,
    pub(super) due: Countdown,
}

impl Clock {
    pub(super) fn new(w: Words, due: &Due) -> Self {
        Self {
            text: capital(&w.typeset(&due.text)),
            by: w.say("casework-owed-by").text("who", roles(w, &due.owed_by)).into(),
            source: w.cite(&due.source),
            due: Countdown::new(w, due.due, SOON),
        }
    }
}

/// Why something is refused: the reason, then the rule and where it comes from.
pub(super) struct Refused {
    pub(super) why: String,
    pub(super) rule: String,
}

impl Refused {
    pub(super) fn new(w: Words, told: &Told) -> Self {
        let rule = rule(w, told.rule);
        let rule = if told.source.is_empty() {
            w.say("casework-rule").text("rule", rule)
        } else {
            w.say("casework-rule-source").text("rule", rule).text("source", w.cite(&told.source))
        };
        Self { why: format!("{}.", capital(&w.typeset(&told.why))), rule: rule.into() }
    }
}

/// A rule of a programme's file, in words.
fn rule(w: Words, rule: &str) -> String {
    let (table, _) = rule.split_once('.').unwrap_or((rule, ""));
    let words = match (rule, table) {
        ("command.expected", _) => w.say("casework-rule-expected"),
        ("entry.consent", _) => w.say("casework-rule-consent"),
        ("entry.needs" | "ending.needs" | "route.needs" | "duration.extension_needs", _) => {
            w.say("casework-rule-needs")
        }
        (_, "command") => w.say("casework-rule-day"),
        (_, "entry") => w.say("casework-rule-entry"),
        (_, "route") => w.say("casework-rule-route"),
        (_, "duration") => w.say("casework-rule-duration"),
        (_, "ending") => w.say("casework-rule-ending"),
        (_, "act") => w.say("casework-rule-act"),
        (_, "role") => w.say("casework-rule-role"),
        (_, "experiment") => w.say("casework-rule-experiment"),
        (_, "contract") => w.say("casework-rule-contract"),
        (_, "orientation") => w.say("casework-rule-orientation"),
        (_, "appointment" | "reminders" | "calendar") => w.say("casework-rule-appointment"),
        (_, "suspends") => w.say("casework-rule-suspends"),
        _ => w.say("casework-rule-other"),
    };
    words.into()
}
