//! What falls due, as a job: it gives each alert once, however long it was away, and makes again what lists stand on, since
//! a delay is computed and never kept as truth: a programme's file may have changed, and people may have been found to be one.

use std::collections::{BTreeMap, BTreeSet};

use liant_audit::{Act, PeopleBlock};
use liant_casework::{Programmes, clocks, due_alerts, without_file};
use liant_convention::{Gate, UseKind};
use liant_guard::UsePlan;
use liant_model::{Clock, Field, IdentityId, Instant, PersonId, Source, Territory};
use liant_store::{
    CaseworkAlert, CaseworkAlertKey, CaseworkChange, CaseworkHeads, CaseworkMade, Change, ChangeSet,
    StoreError,
};

use super::held::Held;
use crate::context::{Audited, audit, software};
use crate::{AppError, Context, Workplace, access, rights};

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct DueReport {
    /// People whose paths were looked at: those of whom something is under way, or may be.
    pub people: u64,
    /// Alerts that were given.
    pub alerts: u64,
    /// People for whom what lists stand on was made again.
    pub remade: u64,
    /// People whose path was acted upon meanwhile: theirs is seen to by the next run.
    pub acted_upon: u64,
    /// Lists of those accompanied that were destroyed at their term.
    pub lists_ended: u64,
    /// Papers of committees that were destroyed at their term.
    pub papers_ended: u64,
    /// Programmes whose file is missing, each with the version that someone is under: her delays cannot be computed.
    pub without_file: Vec<(String, u32)>,
}

/// People who are looked at together, and whose alerts are written in one transaction.
const AT_ONCE: usize = 200;

/// Someone for whom something is to be written.
struct Found {
    person: PersonId,
    carrier: IdentityId,
    /// What it was found from.
    expected: BTreeMap<IdentityId, i64>,
    identities: Vec<IdentityId>,
    heads: Option<CaseworkHeads>,
    alerts: Vec<CaseworkAlert>,
}

/// [`due`] in the installation's own name: for the site, which runs it by itself.
///
/// # Errors
/// As [`due`].
pub fn due_by_itself(
    workplace: &Workplace,
    territory: Territory,
    clock: &dyn Clock,
) -> Result<DueReport, AppError> {
    let actor = software()?;
    let purpose = super::purpose(&actor)?;
    due(&Context::new(&actor, purpose, territory, clock)?, workplace)
}

/// Gives the alerts that have come, and makes again what lists stand on where it changed. It is the software's own work, under the clauses
/// for `clocks`; whoever is told finds them in her lists. Of two runs at once, or of a run and an act on the same path, one gives way:
/// nothing is given twice, and that person's turn comes with the next run.
///
/// # Errors
/// The gate's refusal, when no clause lets the software compute delays; when the store refuses.
pub fn due(context: &Context<'_>, workplace: &Workplace) -> Result<DueReport, AppError> {
    let now = context.now();
    may_compute(context.gate(workplace)?, context)?;
    let programmes = workplace.programmes(context.territory)?;
    let mut report = DueReport::default();
    let mut missing: BTreeSet<(String, u32)> = BTreeSet::new();
    let mut people = Vec::new();
    workplace.store.read(context.territory, |snapshot| {
        people = snapshot.casework_under_way()?;
        Ok(())
    })?;
    // Of whose data the use is closed nothing is computed: what has come is given once that is over.
    let left_out = rights::limits::out_of_work(context, workplace)?;
    people.retain(|person| !left_out.contains(person));
    for part in people.chunks(AT_ONCE) {
        let found = workplace.store.read(context.territory, |snapshot| {
            let mut paths = snapshot.casework_of_each(part)?;
            let mut made = snapshot.casework_heads_of_each(part)?;
            let given = snapshot.casework_alerts_of_each(part)?;
            let mut found = Vec::new();
            for person in part {
                let Some(rows) = paths.remove(person) else { continue };
                let held = Held::read(rows)?;
                report.people += 1;
                let lost = without_file(&programmes, &held.path);
                missing.extend(lost.into_iter().map(|(id, version)| (id.to_string(), version)));
                let made = made.remove(person).unwrap_or_default();
                let given = given.get(person).map_or(&[][..], Vec::as_slice);
                found.extend(look(&programmes, (*person, &held), made, (given, now)));
            }
            Ok(found)
        })?;
        write(context, workplace, &found, &mut report)?;
    }
    report.lists_ended = super::evidence::ended(context, workplace)?;
    report.papers_ended = super::minutes::ended(context, workplace)?;
    report.without_file = missing.into_iter().collect();
    access::sequence(context, workplace);
    Ok(report)
}

/// Refuses when no clause for `clocks` names paths.
fn may_compute(gate: &Gate, context: &Context<'_>) -> Result<(), AppError> {
    let plan = UsePlan::compile(gate, UseKind::Clocks, context.territory, context.now())?;
    let named = super::REGISTERS.iter().any(|source| plan.fields(source).contains(Field::AccompanimentPath));
    if named {
        return Ok(());
    }
    let refusal = liant_convention::Refusal::NoUse {
        kind: UseKind::Clocks,
        origin: Source::DEPARTEMENT,
        territory: context.territory,
    };
    Err(AppError::Gate(Box::new(refusal)))
}

/// What is to be written for someone; none when nothing is.
fn look(
    programmes: &Programmes,
    (person, held): (PersonId, &Held),
    made: CaseworkMade,
    (given, now): (&[CaseworkAlert], Instant),
) -> Option<Found> {
    let carrier = held.carrier()?;
    let running = clocks(programmes, &held.path);
    let mut alerts: Vec<CaseworkAlert> = Vec::new();
    for alert in due_alerts(&running, Instant::from_micros(i64::MIN), now) {
        let key = alert.key(person);
        let key = CaseworkAlertKey {
            programme: key.programme.to_string(),
            clock: key.clock.to_string(),
            start: key.start,
            on: key.on,
        };
        let told = alert.tell().iter().map(ToString::to_string);
        // Of one clock two lines may fall on one day: one alert, to the people of both.
        match alerts.iter_mut().find(|one| one.key == key) {
            Some(one) => one.told.extend(told),
            None => alerts.push(CaseworkAlert { key, due: alert.clock.due, told: told.collect() }),
        }
    }
    alerts.retain(|alert| !given.iter().any(|before| before.key == alert.key));
    let heads = held.heads(programmes);
    let expected = held.rows.last();
    let mut identities: Vec<IdentityId> = expected.keys().copied().collect();
    let is_same = heads == made.heads && made.identities.iter().all(|one| *one == carrier);
    if alerts.is_empty() && is_same {
        return None;
    }
    identities.extend(made.identities);
    Some(Found { person, carrier, expected, identities, heads: (!is_same).then_some(heads), alerts })
}

/// Writes what was found of some people; where someone's path was acted upon meanwhile, of each of the others.
fn write(
    context: &Context<'_>,
    workplace: &Workplace,
    found: &[Found],
    report: &mut DueReport,
) -> Result<(), AppError> {
    if found.is_empty() {
        return Ok(());
    }
    match write_at_once(context, workplace, found) {
        Ok(()) => {
            report.alerts += alerts(found);
            report.remade += remade(found);
            Ok(())
        }
        Err(AppError::Store(StoreError::Conflict { .. })) if found.len() > 1 => {
            found.chunks(1).try_for_each(|one| write(context, workplace, one, report))
        }
        Err(AppError::Store(StoreError::Conflict { .. })) => {
            report.acted_upon += 1;
            Ok(())
        }
        Err(error) => Err(error),
    }
}

fn alerts(found: &[Found]) -> u64 {
    found.iter().map(|one| one.alerts.len() as u64).sum()
}

fn remade(found: &[Found]) -> u64 {
    found.iter().filter(|one| one.heads.is_some()).count() as u64
}

fn write_at_once(context: &Context<'_>, workplace: &Workplace, found: &[Found]) -> Result<(), AppError> {
    let what = Audited {
        subject: "what falls due".to_owned(),
        counts: vec![("alerts", alerts(found)), ("remade", remade(found))],
        people: PeopleBlock::new(found.iter().map(|one| one.person)),
        ..Audited::default()
    };
    let entry = audit(context, context.act_id()?, Act::Casework, what)?;
    let mut set = ChangeSet::new(context.territory, context.now(), entry);
    for one in found {
        let (person, carrier) = (one.person, one.carrier);
        if let Some(heads) = one.heads.clone() {
            let (expected, identities) = (one.expected.clone(), one.identities.clone());
            let change = CaseworkChange::Heads { person, carrier, expected, identities, heads };
            set = set.with(Change::Casework(change));
        }
        if !one.alerts.is_empty() {
            let (expected, alerts) = (one.expected.clone(), one.alerts.clone());
            let change = CaseworkChange::Alerts { person, carrier, expected, alerts };
            set = set.with(Change::Casework(change));
        }
    }
    Ok(workplace.store.apply(&set)?)
}
