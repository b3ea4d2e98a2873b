//! Orientation decisions (*décisions d'orientation*) of the Département.

use std::collections::HashMap;
use std::path::Path;

use liant_audit::{Act, PeopleBlock};
use liant_convention::UseKind;
use liant_flux::{ReadOptions, Reader, Report};
use liant_guard::UsePlan;
use liant_model::{Block, Facts, Field, IdentityId, Lang, OrientationId, PersonId};
use liant_store::{Change, ChangeSet};

use crate::context::{Audited, audit, random};
use crate::import::{WatchedFile, refusal};
use crate::{AppError, Context, Workplace, access};

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
        let Some((person, identity)) = references.find(|field| dossier.value(field)) else {
            report.unknown.push(dossier.line());
            continue;
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
    let count = UsePlan::compile(&workplace.gate, UseKind::Update, context.territory, context.now())?;
    let mut changes = Vec::new();
    let mut people = Vec::new();
    for (person, Decision { identity, decided_on, facts }) in decisions {
        let current =
            workplace.store.read(context.territory, |snapshot| snapshot.orientations_of(*person))?;
        let latest = current.first();
        let same = latest.is_some_and(|latest| {
            let values = count.read(&latest.facts, |facts| facts.iter().collect::<Vec<_>>());
            values.is_some_and(|values| facts.iter().eq(values))
        });
        if same {
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
        people: PeopleBlock::new(people),
    };
    let entry = audit(context, context.act_id()?, Act::Orientation, what)?;
    let set =
        changes.into_iter().fold(ChangeSet::new(context.territory, context.now(), entry), ChangeSet::with);
    Ok(workplace.store.apply(&set)?)
}

/// Who is meant by the Département's own reference, or by a CAF number when one person alone has it.
struct References {
    own: HashMap<String, (PersonId, IdentityId)>,
    caf: HashMap<String, Option<(PersonId, IdentityId)>>,
}

impl References {
    fn read(context: &Context<'_>, workplace: &Workplace) -> Result<Self, AppError> {
        let recognise =
            UsePlan::compile(&workplace.gate, UseKind::Recognise, context.territory, context.now())?;
        let mut references = Self { own: HashMap::new(), caf: HashMap::new() };
        workplace.store.read(context.territory, |snapshot| {
            snapshot.block_of_all(Block::Identity, |fact| {
                recognise.read(&fact.facts, |facts| {
                    if let Some(own) = facts.get(Field::OwnReference) {
                        references.own.insert(own, (fact.person, fact.identity));
                    }
                    if let Some(caf) = facts.get(Field::CafIdentifier) {
                        let entry = references.caf.entry(caf).or_insert(Some((fact.person, fact.identity)));
                        // A couple shares one number: then it names nobody.
                        if entry.is_some_and(|(person, _)| person != fact.person) {
                            *entry = None;
                        }
                    }
                });
                Ok(())
            })
        })?;
        Ok(references)
    }

    fn find<'a>(&self, value: impl Fn(Field) -> Option<&'a str>) -> Option<(PersonId, IdentityId)> {
        let own = value(Field::OwnReference).and_then(|own| self.own.get(own));
        let by_caf = || value(Field::CafIdentifier).and_then(|caf| self.caf.get(caf).copied().flatten());
        own.copied().or_else(by_caf)
    }
}
