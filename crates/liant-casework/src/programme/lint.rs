//! What is wrong in a programme that reads: names of nothing, contradictions, rules that cannot work.

use std::collections::BTreeSet;

use liant_convention::reading::Problems;
use liant_convention::{Span, Unit};

use crate::clock::at_most_days;
use crate::programme::{
    Agreement, AlertDay, ClockRule, Code, Days, Duration, Moment, Programme, RemindersRule, Route,
    lint_committees, lint_record, names,
};

pub(super) fn lint(programme: &Programme, problems: &mut Problems<'_>) {
    twice(programme, problems);
    names::lint(programme, problems);
    fairness(programme, problems);
    routes(programme, problems);
    acts(programme, problems);
    if let Some(duration) = &programme.duration {
        lint_duration(duration, problems);
    } else if programme.contract.is_none() {
        let fix = "add [duration], or a [contract] that is renewed";
        problems.warning("no-term", programme.span, "an accompaniment has no term and no contract", fix);
    }
    if let Some(rule) = &programme.reminders {
        lint_reminders(rule, problems);
    }
    if let Some(rule) = &programme.record {
        lint_record::lint(rule, problems);
    }
    if let Some(rule) = &programme.committees {
        lint_committees::lint(rule, problems);
    }
    for clock in &programme.clocks {
        lint_clock(clock, problems);
    }
    for caseload in &programme.caseloads {
        if caseload.least.zip(caseload.most).is_some_and(|(least, most)| least > most) {
            problems.error("least-above-most", caseload.span, "at least is above at most", "put them right");
        }
    }
    if programme.exits.is_empty() {
        problems.error(
            "no-way-out",
            programme.span,
            "nobody can leave: there is no [[exit]]",
            "add the outcomes",
        );
    }
}

/// Two things of one name.
fn twice(programme: &Programme, problems: &mut Problems<'_>) {
    let coded =
        |list: &[crate::programme::Coded]| list.iter().map(|one| (one.id.to_string(), one.span)).collect();
    let lists: [(&str, Vec<(String, Span)>); 10] = [
        ("[[criterion]]", coded(&programme.criteria)),
        ("[[refusal]]", coded(&programme.refusals)),
        ("[[form]]", coded(&programme.forms)),
        ("[[role]]", programme.roles.iter().map(|one| (one.id.to_string(), one.span)).collect()),
        ("[[route]]", programme.routes.iter().map(|one| (one.id.to_string(), one.span)).collect()),
        ("[[experiment]]", programme.experiments.iter().map(|one| (one.id.to_string(), one.span)).collect()),
        ("[[exit]]", programme.exits.iter().map(|one| (one.id.to_string(), one.span)).collect()),
        ("[[act]]", programme.acts.iter().map(|one| (one.id.to_string(), one.span)).collect()),
        ("[[clock]]", programme.clocks.iter().map(|one| (one.id.to_string(), one.span)).collect()),
        ("[[indicator]]", programme.indicators.iter().map(|one| (one.id.to_string(), one.span)).collect()),
    ];
    for (table, names) in lists {
        let mut seen = BTreeSet::new();
        for (name, span) in names {
            if !seen.insert(name.clone()) {
                let fix = "rename one, or remove it";
                problems.error("declared-twice", span, format!("two {table} are called `{name}`"), fix);
            }
        }
    }
}

/// What no rule may look at is looked at by none (*équité*).
fn fairness(programme: &Programme, problems: &mut Problems<'_>) {
    let mut looks = vec![("[entry]", &programme.entry.condition, programme.span)];
    looks.extend(programme.routes.iter().map(|route| ("[[route]]", &route.when, route.span)));
    looks.extend(programme.experiments.iter().map(|one| ("[[experiment]]", &one.condition, one.span)));
    for (table, condition, span) in looks {
        for code in condition.all.iter().chain(&condition.any).chain(&condition.none) {
            if programme.entry.never_uses.contains(code) {
                problems.error(
                    "unfair-entry",
                    span,
                    format!("{table} looks at `{code}`, which `never_uses` forbids"),
                    "take it out: the entry looks at nothing but the programme's own criteria",
                );
            }
        }
    }
}

fn routes(programme: &Programme, problems: &mut Problems<'_>) {
    if programme.routes.is_empty() {
        problems.error(
            "no-way-in",
            programme.span,
            "nobody can enter: there is no [[route]]",
            "add the ways in",
        );
    }
    for (place, route) in programme.routes.iter().enumerate() {
        let before = programme.routes.iter().take(place);
        if let Some(wider) = before.clone().find(|wider| covers(wider, route)) {
            problems.warning(
                "idle-route",
                route.span,
                format!(
                    "`{}` is never taken: `{}`, which comes before, takes everyone it is for",
                    route.id, wider.id
                ),
                "put the narrower one first",
            );
        }
        if route.agreement == Agreement::Relay
            && !programme.routes.iter().any(|next| next.from.contains(&route.to))
        {
            let what = format!("`{}` hands on to `{}`, who has no route of her own", route.id, route.to);
            problems.error("dead-end", route.span, what, "add a [[route]] from that role");
        }
        if route.agreement == Agreement::Bilateral && programme.refusals.is_empty() {
            let fix = "add the [[refusal]] codes: a refusal gives its reason";
            problems.error(
                "no-refusal",
                route.span,
                format!("`{}` may be refused, for no reason", route.id),
                fix,
            );
        }
    }
}

/// Whether a route, coming first, takes all that another is for.
fn covers(wider: &Route, route: &Route) -> bool {
    let within = |few: &[Code], many: &[Code]| few.iter().all(|code| many.contains(code));
    route.from.iter().all(|role| wider.from.contains(role))
        && wider.to == route.to
        && (wider.experiment.is_none() || wider.experiment == route.experiment)
        && (wider.within.is_none() || wider.within == route.within)
        && within(&wider.when.all, &route.when.all)
        && (wider.when.any.is_empty()
            || (!route.when.any.is_empty() && within(&route.when.any, &wider.when.any)))
        && within(&wider.when.none, &route.when.none)
}

/// No act waits for itself.
fn acts(programme: &Programme, problems: &mut Problems<'_>) {
    for act in &programme.acts {
        let (mut seen, mut next) = (BTreeSet::new(), act.after.clone());
        while let Some(code) = next.pop() {
            if seen.insert(code.clone()) {
                next.extend(programme.act(&code).map(|act| act.after.clone()).unwrap_or_default());
            }
        }
        if seen.contains(&act.id) {
            let what = format!("`{}` comes after itself", act.id);
            problems.error("circle", act.span, what, "take one of the `after` out");
        }
    }
}

fn lint_duration(duration: &Duration, problems: &mut Problems<'_>) {
    let span = duration.span;
    if duration.initial.is_empty() {
        problems.error("missing-key", span, "[duration] has no `initial`", "add `initial = [\"6 months\"]`");
    }
    for (key, lengths) in [("initial", &duration.initial), ("extension", &duration.extension)] {
        for length in
            lengths.iter().filter(|length| at_most_days(**length) > at_most_days(duration.total_most))
        {
            let what = format!("`{key}` has {length}, more than the {} of `total_most`", duration.total_most);
            problems.error("longer-than-cap", span, what, "put one of them right");
        }
    }
    if duration.stay_most.is_some_and(|most| at_most_days(most) > at_most_days(duration.total_most)) {
        problems.error(
            "longer-than-cap",
            span,
            "`stay_most` is longer than `total_most`",
            "put one of them right",
        );
    }
    if duration.extension.is_empty() && !duration.extension_needs.is_empty() {
        let fix = "add `extension`, or take `extension_needs` out";
        problems.warning(
            "idle-needs",
            span,
            "`extension_needs` is said of extensions that there are not",
            fix,
        );
    }
}

/// A letter that is posted later than it takes comes after what it tells of.
fn lint_reminders(rule: &RemindersRule, problems: &mut Problems<'_>) {
    let takes = rule.post.map_or(0, at_most_days);
    for late in rule.letter.iter().filter(|before| at_most_days(**before) <= takes) {
        let what = format!("a letter is to be posted {late} before, and takes {takes} days");
        problems.warning("late-letter", rule.span, what, "post it earlier");
    }
    if !rule.email.is_empty() && rule.letter.is_empty() {
        let fix = "add `letter`: consent to electronic contact is not to be paid for";
        problems.warning("only-by-email", rule.span, "who does not agree to e-mail is not reminded", fix);
    }
}

fn lint_clock(clock: &ClockRule, problems: &mut Problems<'_>) {
    let span = clock.span;
    if clock.alerts.is_empty() {
        let what = format!("nobody is told of `{}`", clock.id);
        problems.error("silent-clock", span, what, "add `alert`: nothing falls due in silence");
    }
    if !clock.alerts.iter().any(|alert| matches!(alert.on, AlertDay::Before(_) | AlertDay::After(_))) {
        let what = format!("nobody is told of `{}` before it is due", clock.id);
        let fix = "add an alert, `7 days before`";
        if clock.within.is_some() {
            problems.warning("late-alert", span, what, fix);
        }
    }
    // A working day is never shorter than a calendar day, so only calendar clocks can be outrun for certain.
    let length = clock.within.map_or(0, at_most_days);
    let too_far = |on: &AlertDay| match on {
        AlertDay::After(day) => clock.counts == Days::Calendar && i64::from(*day) > length,
        AlertDay::Before(before) => {
            clock.within.is_some() && clock.counts == Days::Calendar && at_most_days(*before) > length
        }
        AlertDay::Due | AlertDay::Late(_) => false,
    };
    if clock.alerts.iter().any(|alert| too_far(&alert.on)) {
        let what = format!("`{}` tells people on a day that it does not reach", clock.id);
        problems.warning(
            "alert-out-of-clock",
            span,
            what,
            "bring the alert within the delay; it is left out",
        );
    }
    let starts_anew = clock.from.iter().any(|moment| {
        matches!(
            moment,
            Moment::Act(_) | Moment::Term | Moment::ContractEnd | Moment::TailEnd | Moment::Vacant
        )
    });
    let months = clock.within.is_some_and(|within| within.unit != Unit::Days);
    if clock.counts == Days::Working && months {
        let what = format!(
            "`{}` counts working days and is {} long",
            clock.id,
            clock.within.map_or(String::new(), |one| one.to_string())
        );
        problems.error("working-months", span, what, "give its length in days");
    }
    if clock.until.is_empty() && clock.until_least.is_none() && !starts_anew {
        let what = format!("nothing that can be done stops `{}`", clock.id);
        problems.warning("endless-clock", span, what, "add `until`, unless only leaving the stage stops it");
    }
}

/// What is wrong between programmes: each is sound by itself.
pub fn check_together(programmes: &[Programme]) -> Vec<String> {
    let mut found = Vec::new();
    for programme in programmes {
        for stops in &programme.suspends {
            match programmes.iter().find(|other| other.id == stops.programme) {
                None => found.push(format!(
                    "{} suspends `{}`, which is no programme here",
                    programme.id, stops.programme
                )),
                Some(other) if other.exit(&stops.otherwise).is_none() => found.push(format!(
                    "{} would end `{}` by `{}`, which is no exit of it",
                    programme.id, stops.programme, stops.otherwise
                )),
                Some(_) => {}
            }
        }
        for route in &programme.routes {
            let missing =
                route.within.as_ref().filter(|code| programmes.iter().all(|other| other.id != **code));
            found.extend(missing.map(|code| {
                format!(
                    "{}: the route `{}` starts within `{code}`, which is no programme here",
                    programme.id, route.id
                )
            }));
        }
        let same =
            programmes.iter().filter(|other| other.id == programme.id && other.version == programme.version);
        if same.count() > 1 {
            found.push(format!("{} is there twice in version {}", programme.id, programme.version));
        }
    }
    found.extend(lint_record::together(programmes));
    found.sort();
    found.dedup();
    found
}
