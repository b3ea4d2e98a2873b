//! What a file says of its own life that does not hold: terms, days, retentions, conditions, contacts.

use crate::convention::{Convention, Kind};
use crate::lint::known_party;
use crate::problem::Problems;
use crate::terms::{Channel, Contact, Holding, ReadingOf, RetentionStart, Rhythm};

pub(crate) fn lint(convention: &Convention, problems: &mut Problems<'_>) {
    lint_head(convention, problems);
    lint_days(convention, problems);
    lint_retention(convention, problems);
    lint_conditions(convention, problems);
    lint_readings(convention, problems);
    for list in &convention.lists {
        if let Some(party) = &list.owed_by {
            known_party(convention, party, list.span, problems);
        }
    }
    for grant in &convention.grants {
        let passes = convention.flows.iter().any(|flow| grant.passes_in(flow));
        if grant.channels.contains(&Channel::Flow) && !passes {
            problems.warning(
                "no-flow",
                grant.span,
                "it gives by flow, and no [[flow]] carries what it gives to its recipients",
                "add the [[flow]], with its rhythm, or take `flow` out of `channels`",
            );
        }
    }
}

fn lint_head(convention: &Convention, problems: &mut Problems<'_>) {
    let span = convention.span;
    let may_suspend =
        convention.ending.as_ref().map(|ending| ending.suspended_by.as_slice()).unwrap_or_default();
    for party in may_suspend {
        known_party(convention, party, span, problems);
    }
    if let Some(by) = convention.suspended.as_ref().and_then(|suspension| suspension.by.as_ref())
        && !may_suspend.contains(by)
    {
        problems.error(
            "may-not-suspend",
            span,
            format!("`{by}` suspended the convention, and no clause lets it"),
            "name it in `suspended_by` of `end`, or say who did",
        );
    }
    if convention.under.as_deref() == Some(&*convention.id) {
        problems.error("under-itself", span, "a convention cannot carry out itself", "remove `under`");
    }
    let gives = !convention.grants.is_empty()
        || !convention.flows.is_empty()
        || !convention.uses.is_empty()
        || !convention.wider_searches.is_empty();
    if !convention.named_data && gives {
        problems.error(
            "named-data",
            span,
            "no personal data pass under it, and a clause gives some",
            "remove `named_data = false`, or the clause",
        );
    }
    let has_dpo = convention.contacts.iter().any(|entry| entry.contact == Contact::Dpo);
    if convention.kind == Kind::Convention && gives && !has_dpo {
        problems.warning(
            "no-dpo",
            span,
            "personal data pass, and nobody is named to answer for their protection",
            "add `dpo` to [contacts] (GDPR art. 13 (1) (b))",
        );
    }
}

fn lint_days(convention: &Convention, problems: &mut Problems<'_>) {
    let read = convention.readings.iter().any(|reading| reading.of == ReadingOf::WorkingFriday);
    for flow in &convention.flows {
        if flow.available.is_none() && flow.due.is_none() {
            continue;
        }
        if !read {
            problems.warning(
                "ambiguous-day",
                flow.span,
                format!("{} hangs on a working Friday: when one is a public holiday, is it left out of the count, or is the day moved?", flow.profile),
                "add a [[reading]] of `working_friday` that the parties agreed on; Liant leaves holidays out of the count",
            );
        }
        if flow.rhythm != Rhythm::Monthly {
            problems.warning(
                "day-without-month",
                flow.span,
                format!("{} passes {}, and hangs on a day of the month", flow.profile, flow.rhythm),
                "put the rhythm or the day right",
            );
        }
    }
}

fn lint_retention(convention: &Convention, problems: &mut Problems<'_>) {
    for retention in &convention.retention {
        if retention.starts == RetentionStart::EndOfConvention && convention.in_force.until.is_none() {
            problems.error(
                "no-end",
                retention.span,
                format!("`{}` waits for the end of what has no end", retention.id),
                "start it on another event, or give `in_force` a last day",
            );
        }
        let kept = convention.grants.iter().any(|grant| grant.keep == retention.id)
            || convention.wider_searches.iter().any(|search| search.keep == retention.id);
        if !kept && retention.of == Holding::Facts {
            problems.warning(
                "idle-retention",
                retention.span,
                format!("no clause keeps anything by `{}`", retention.id),
                "cite it in `keep`, or remove it",
            );
        }
    }
}

fn lint_conditions(convention: &Convention, problems: &mut Problems<'_>) {
    for condition in &convention.conditions {
        if !convention.grants.iter().any(|grant| grant.requires.contains(&condition.id)) {
            problems.warning(
                "idle-condition",
                condition.span,
                format!("no clause requires `{}`", condition.id),
                "require it, or remove it",
            );
        }
        if let crate::Condition::Between(parties) = &condition.met {
            for party in parties {
                known_party(convention, party, condition.span, problems);
            }
        }
    }
}

fn lint_readings(convention: &Convention, problems: &mut Problems<'_>) {
    for reading in &convention.readings {
        let known = |id: &str| match reading.of {
            ReadingOf::WorkingFriday => false,
            ReadingOf::Clock => convention.clocks.iter().any(|clock| clock.id == id),
            ReadingOf::Retention => convention.retention.iter().any(|one| one.id == id),
        };
        for id in reading.about.iter().filter(|id| !id.contains('/') && !known(id)) {
            problems.error(
                "unknown-about",
                reading.span,
                format!("`{id}` is nothing that this reading can settle"),
                "name clocks or retentions of this file, or `convention/id` of another",
            );
        }
    }
}
