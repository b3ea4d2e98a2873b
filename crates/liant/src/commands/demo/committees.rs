//! What the committees of the invented territory wrote: the minutes of a meeting, with an action that is late, and the review of a year.

use std::collections::BTreeMap;

use anyhow::Context as _;
use liant_app::Context;
use liant_app::accounts::SignedIn;
use liant_app::casework::{self, Code, CommitteeKey, Corrective, Minutes, SealedLine};
use liant_model::{Date, Party, Span};

use super::tale::code;
use crate::workshop::Workshop;

const PROGRAMME: &str = "accompagnement-global";

/// Those who lead the committees.
pub(super) struct Leaders<'a> {
    /// Of the local service.
    pub(super) head: &'a SignedIn,
    /// Of the agency.
    pub(super) director: &'a SignedIn,
    /// Of the Département.
    pub(super) steering: &'a SignedIn,
    /// Of France Travail.
    pub(super) territorial: &'a SignedIn,
}

/// The minutes of a quarter, signed by both, and the review of last year, signed by both.
pub(super) fn make(operator: &Workshop, leaders: &Leaders<'_>) -> anyhow::Result<()> {
    let key = CommitteeKey {
        programme: code(PROGRAMME)?,
        committee: code("operational")?,
        place: Some(leaders.head.seat.organisation),
    };
    let today = operator.clock().now().date();
    let head = of(operator, leaders.head)?;
    let drafted = casework::draft_minutes(&head, &operator.workplace, &key, (said(today)?, None))?;
    let line = drafted.map_err(|faults| anyhow::anyhow!("minutes of the demo: {faults:?}"))?;
    sign(operator, &line, [leaders.head, leaders.director])?;

    let year = today.year() - 1;
    let write = |who: &SignedIn,
                 lines: &[(&str, u32)],
                 before: Option<&SealedLine>|
     -> anyhow::Result<SealedLine> {
        let amounts = lines.iter().map(|(line, euros)| Ok((code(line)?, *euros)));
        let amounts: BTreeMap<Code, u32> = amounts.collect::<anyhow::Result<_>>()?;
        let replaces = before.map(|line| (line.id, line.hash.clone()));
        let of_year = (&code(PROGRAMME)?, year);
        let done =
            casework::draft_review(&of(operator, who)?, &operator.workplace, of_year, (amounts, replaces))?;
        done.map_err(|faults| anyhow::anyhow!("the review of the demo: {faults:?}"))
    };
    let ours = [
        ("posts", 310_000),
        ("mandated-structures", 145_000),
        ("running-costs", 18_500),
        ("aids", 42_000),
        ("esf", 120_000),
    ];
    let theirs = [("posts", 405_000), ("running-costs", 22_000), ("aids", 15_000), ("esf", 95_000)];
    let half = write(leaders.steering, &ours, None)?;
    let whole = write(leaders.territorial, &theirs, Some(&half))?;
    sign(operator, &whole, [leaders.steering, leaders.territorial])
}

fn of<'a>(operator: &'a Workshop, who: &'a SignedIn) -> anyhow::Result<Context<'a>> {
    Ok(who.context(casework::purpose(&who.actor)?, operator.clock())?)
}

fn sign(operator: &Workshop, line: &SealedLine, both: [&SignedIn; 2]) -> anyhow::Result<()> {
    for who in both {
        casework::sign_paper(&of(operator, who)?, &operator.workplace, (line.id, &line.hash))?;
    }
    Ok(())
}

/// A meeting of last quarter: what it decided is due since a fortnight, and the next one is to come in a few days.
fn said(today: Date) -> anyhow::Result<Minutes> {
    let day = |days: i64| today.checked_add(Span::new().try_days(days)?).context("a day of the demo");
    Ok(Minutes {
        held_on: day(-80)?,
        present: ["agency-director", "local-service-head", "pair"]
            .map(code)
            .into_iter()
            .collect::<anyhow::Result<_>>()?,
        gaps: ["entries-late", "posts-vacant"].map(code).into_iter().collect::<anyhow::Result<_>>()?,
        actions: vec![
            Corrective {
                action: code("earlier-interviews")?,
                gap: code("entries-late")?,
                party: Party::parse("france-travail")?,
                due: day(-14)?,
            },
            Corrective {
                action: code("fill-post")?,
                gap: code("posts-vacant")?,
                party: Party::parse("departement-62")?,
                due: day(30)?,
            },
        ],
        answers: Vec::new(),
        practices: [code("joint-interviews")?].into(),
        alerts: [code("resources-missing")?].into(),
        next_on: day(5)?,
    })
}
