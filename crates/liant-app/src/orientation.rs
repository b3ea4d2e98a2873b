//! Orientation decisions (*décisions d'orientation*) of the Département.

mod decide;

pub(crate) use decide::carrier;
pub use decide::{Decided, NotDecided, Proposal, decide, natures};

use std::collections::HashMap;
use std::path::Path;

use liant_audit::{Act, PeopleBlock};
use liant_convention::UseKind;
use liant_flux::{ReadOptions, Reader, Report};
use liant_guard::UsePlan;
use liant_model::{Block, Facts, Field, IdentityId, Lang, OrientationId, PersonId};
use liant_store::{Change, ChangeSet, OrientationRow};

use crate::context::{Audited, audit, random};
use crate::import::{WatchedFile, refusal};
use crate::sealing::Sealable;
use crate::{AppError, Context, Workplace, access, directory};

/// What recording a list of decisions did.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct OrientationReport {
    /// Lines read.
    pub records: u64,
    /// Decisions recorded.
    pub recorded: u64,
    /// Decisions that were in force already.
    pub unchanged: u64,
    /// Decisions older than the one in force, which stays.
    pub older: u64,
    /// Lines that break a rule.
    pub rejected: u64,
    /// Lines whose person is not known, by line number.
    pub unknown: Vec<u64>,
    /// The problems.
    pub problems: Vec<Report>,
}

/// A decision of the list.
struct Decision {
    /// The source identity it names.
    identity: IdentityId,
    decided_on: String,
    facts: Facts,
}

/// Decisions written in one act at most.
const MOST_IN_ONE_ACT: usize = 1_000;

/// Records the decisions of a list (profile `ORIENTATIONS`): each ends the one in force for its person.
///
/// # Errors
/// When the file is refused, or the gate.
pub fn import_list(
    context: &Context<'_>,
    workplace: &Workplace,
    path: &Path,
    lang: Lang,
) -> Result<OrientationReport, AppError> {
    let profile = workplace.profile("ORIENTATIONS")?;
    let permit = access::receive(context, workplace, profile.id())?;
    let clause = permit.clause.to_string();
    workplace.store.ensure_territory(context.territory)?;
    let references = References::read(context, workplace)?;
    let file = WatchedFile::open(path)?;
    let options = ReadOptions { today: Some(context.now().date()), ..ReadOptions::default() };
    let mut reader = Reader::open(file.reader(), profile, &workplace.lists, &options).map_err(refusal)?;
    let mut report = OrientationReport::default();
    let mut decisions: HashMap<PersonId, Decision> = HashMap::new();
    while let Some(dossier) = reader.next_dossier().map_err(refusal)? {
        if dossier.is_rejected() {
            report.rejected += 1;
            report.problems.extend(dossier.problems().iter().map(|problem| problem.report(lang)));
            continue;
        }
        let (person, identity) = match references.find(context, workplace, |field| dossier.value(field))? {
            Found::Person(person, identity) => (person, identity),
            Found::Nobody => {
                report.unknown.push(dossier.line());
                continue;
            }
            Found::Several(field) => {
                report.rejected += 1;
                report.problems.extend(dossier.ambiguous(field).map(|problem| problem.report(lang)));
                continue;
            }
        };
        let mut facts = Facts::new();
        dossier.facts(Block::Orientation, &mut facts);
        let decided_on = dossier.value(Field::OrientationDecided).unwrap_or_default().to_owned();
        let newer = decisions.get(&person).is_none_or(|before| before.decided_on <= decided_on);
        if newer {
            decisions.insert(person, Decision { identity, decided_on, facts });
        }
    }
    report.records = reader.finish().map_err(refusal)?.records;
    file.unchanged()?;
    let mut decisions: Vec<_> = decisions.into_iter().collect();
    decisions.sort_by_key(|(person, _)| *person);
    for part in decisions.chunks(MOST_IN_ONE_ACT) {
        record(context, workplace, part, &clause, &file.name(), &mut report)?;
    }
    access::sequence(context, workplace);
    Ok(report)
}

fn record(
    context: &Context<'_>,
    workplace: &Workplace,
    decisions: &[(PersonId, Decision)],
    clause: &str,
    file: &str,
    report: &mut OrientationReport,
) -> Result<(), AppError> {
    let mut changes = Vec::new();
    let mut people = Vec::new();
    for (person, Decision { identity, decided_on, facts }) in decisions {
        let current =
            workplace.store.read(context.territory, |snapshot| snapshot.orientations_of(*person))?;
        let latest = current.first();
        if is_in_force(context, workplace, &current, facts)? {
            report.unchanged += 1;
            continue;
        }
        if latest.is_some_and(|latest| latest.decided_on > *decided_on) {
            report.older += 1;
            continue;
        }
        people.push(*person);
        changes.push(Change::Orientation {
            orientation: OrientationId::new(context.now(), random()?),
            identity: *identity,
            decided_on: decided_on.clone(),
            facts: facts.clone(),
            replaces: current.iter().map(|current| current.orientation).collect(),
        });
    }
    if changes.is_empty() {
        return Ok(());
    }
    report.recorded += changes.len() as u64;
    let what = Audited {
        subject: format!("ORIENTATIONS ({file})"),
        clauses: vec![clause.to_owned()],
        counts: vec![("recorded", changes.len() as u64)],
        people: PeopleBlock::new(people.iter().copied()),
    };
    let entry = audit(context, context.act_id()?, Act::Orientation, what)?;
    let set =
        changes.into_iter().fold(ChangeSet::new(context.territory, context.now(), entry), ChangeSet::with);
    workplace.store.apply(&set)?;
    directory::after_act(context, workplace, &people);
    Ok(())
}

/// Whether the latest of these decisions says the same as `facts`.
fn is_in_force(
    context: &Context<'_>,
    workplace: &Workplace,
    current: &[OrientationRow],
    facts: &Facts,
) -> Result<bool, AppError> {
    let update =
        UsePlan::compile(context.gate(workplace)?, UseKind::Update, context.territory, context.now())?;
    Ok(current.first().is_some_and(|latest| {
        let values = update.read(&latest.facts, |facts| facts.iter().collect::<Vec<_>>());
        values.is_some_and(|values| facts.iter().eq(values))
    }))
}

/// Someone, and the source identity by which she was found.
type Someone = (PersonId, IdentityId);

/// Notes that someone has an identifier; `None` once two people have it.
fn note(people: &mut HashMap<String, Option<Someone>>, value: Option<String>, someone: Someone) {
    if let Some(value) = value {
        let entry = people.entry(value).or_insert(Some(someone));
        if entry.is_some_and(|(person, _)| person != someone.0) {
            *entry = None;
        }
    }
}

/// Whom a line of a list is about.
enum Found {
    Person(PersonId, IdentityId),
    Nobody,
    /// Several people have this identifier.
    Several(Field),
}

/// Who is meant: by the Département's own reference, else by the NIR, else by a CAF number when one person alone has it.
struct References {
    own: HashMap<String, Option<Someone>>,
    caf: HashMap<String, Option<Someone>>,
    /// What the software may do with the index of NIRs; nothing without a clause.
    index: Option<UsePlan>,
}

impl References {
    fn read(context: &Context<'_>, workplace: &Workplace) -> Result<Self, AppError> {
        let gate = context.gate(workplace)?;
        let plan = |kind| UsePlan::compile(gate, kind, context.territory, context.now());
        let recognise = plan(UseKind::Recognise)?;
        let index = plan(UseKind::Index).ok();
        let mut references = Self { own: HashMap::new(), caf: HashMap::new(), index };
        workplace.store.read(context.territory, |snapshot| {
            snapshot.block_of_all(Block::Identity, |fact| {
                recognise.read(&fact.facts, |facts| {
                    let someone = (fact.person, fact.identity);
                    note(&mut references.own, facts.get(Field::OwnReference), someone);
                    note(&mut references.caf, facts.get(Field::CafIdentifier), someone);
                });
                Ok(())
            })
        })?;
        Ok(references)
    }

    fn find<'a>(
        &self,
        context: &Context<'_>,
        workplace: &Workplace,
        value: impl Fn(Field) -> Option<&'a str>,
    ) -> Result<Found, AppError> {
        match value(Field::OwnReference).and_then(|own| self.own.get(own)) {
            Some(Some((person, identity))) => return Ok(Found::Person(*person, *identity)),
            Some(None) => return Ok(Found::Several(Field::OwnReference)),
            None => {}
        }
        if let Some(nir) = value(Field::Nir) {
            match self.by_nir(context, workplace, nir)?.as_slice() {
                [] => {}
                [(person, identity)] => return Ok(Found::Person(*person, *identity)),
                _ => return Ok(Found::Several(Field::Nir)),
            }
        }
        // A couple shares one CAF number: that is no fault, and names nobody.
        let by_caf = value(Field::CafIdentifier).and_then(|caf| self.caf.get(caf).copied().flatten());
        Ok(by_caf.map_or(Found::Nobody, |(person, identity)| Found::Person(person, identity)))
    }

    /// The people whom some source knows by this NIR, of the sources whose NIRs may be looked up.
    fn by_nir(
        &self,
        context: &Context<'_>,
        workplace: &Workplace,
        nir: &str,
    ) -> Result<Vec<Someone>, AppError> {
        let Some(plan) = &self.index else { return Ok(Vec::new()) };
        let [Some(index), _] = (Sealable { nir: Some(nir), msa: None }).indexes(&workplace.keys) else {
            return Ok(Vec::new());
        };
        let found =
            workplace.store.read(context.territory, |snapshot| snapshot.who_has_nir(index.as_bytes()))?;
        let allowed = found.iter().filter(|one| plan.fields(&one.source).contains(Field::Nir));
        let mut people: Vec<Someone> = allowed.map(|one| (one.person, one.identity)).collect();
        people.sort_unstable();
        people.dedup_by_key(|(person, _)| *person);
        Ok(people)
    }
}

#[cfg(test)]
mod tests {
    use liant_model::Uuid;

    use super::*;

    #[test]
    fn an_identifier_of_two_people_names_nobody_whoever_comes_last() {
        let someone = |number| (PersonId(Uuid::from_u128(number)), IdentityId(Uuid::from_u128(number)));
        let [one, other] = [1, 2].map(someone);
        let again = (one.0, IdentityId(Uuid::from_u128(3)));
        let mut people = HashMap::new();
        for (value, someone) in [("a", one), ("a", again), ("b", one), ("b", other), ("b", one)] {
            note(&mut people, Some(value.to_owned()), someone);
        }
        note(&mut people, None, other);
        assert_eq!(people, HashMap::from([("a".to_owned(), Some(one)), ("b".to_owned(), None)]));
    }
}
