//! A person's file as a screen shows it: her records, their conflicts, why they are hers, her decisions, her path.

use std::collections::BTreeMap;

use liant_convention::{Channel, ClauseRef, People};
use liant_guard::{Standing, Subject, View};
use liant_model::{
    BatchNo, Block, Date, Field, FieldType, IdentityId, Instant, Lang, OrientationId, PersonId, Source,
};
use liant_store::{PastFact, PastOrientation, PersonLink, Snapshot, Spell, StoreError};

use super::findings::{alerts, conflicts};
use super::path::{self, Event};
use crate::review::explain;
use crate::{AppError, Context, Workplace, access, positions, recipients, values};

/// One value of a record that a clause lets the actor see.
#[derive(Clone, Debug)]
pub struct Said {
    /// The datum.
    pub field: Field,
    /// As the source writes it.
    pub raw: String,
    /// In words.
    pub words: String,
}

/// Why a record is found to be hers.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// `new`, `certain`, `scored` or `human`.
    pub decision: String,
    /// Odds that she is the same, as a base-2 logarithm.
    pub score: Option<f64>,
    /// What agrees and what does not, in words.
    pub reason: String,
    /// Since when.
    pub since: Instant,
}

/// What one source says of her.
#[derive(Clone, Debug)]
pub struct Record {
    /// The source identity.
    pub identity: IdentityId,
    /// The source.
    pub source: Source,
    /// The date of the last file that changed anything of what is shown.
    pub said_on: Option<Date>,
    /// Since when she is not in its stock any more.
    pub left_on: Option<Date>,
    /// Whether its stock holds her.
    pub in_stock: bool,
    /// Why this record is hers.
    pub evidence: Evidence,
    /// What it says.
    pub values: Vec<Said>,
}

impl Record {
    /// A value of the record.
    pub fn get(&self, field: Field) -> Option<&Said> {
        self.values.iter().find(|said| said.field == field)
    }
}

/// A decision of orientation.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its id.
    pub orientation: OrientationId,
    /// From when it orients her.
    pub from: Date,
    /// Until when, once another followed.
    pub to: Option<Date>,
    /// Whether it is in force.
    pub in_force: bool,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// What it says.
    pub values: Vec<Said>,
}

impl Decision {
    /// A value of the decision.
    pub fn get(&self, field: Field) -> Option<&Said> {
        self.values.iter().find(|said| said.field == field)
    }
}

/// Sources that contradict each other.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// About what.
    pub field: Field,
    /// What each says: the place of the record in the file, and the value in words.
    pub values: Vec<(usize, String)>,
}

/// What must be known of her before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alert {
    /// She receives the RSA, is in course, and nobody decided where to orient her.
    ToOrient,
    /// The decision names no referent: France Travail erases the one it holds.
    NoReferent,
    /// Her registration ended as a sanction, on that day.
    StruckOff(Date),
    /// Her registration ceased on that day.
    Ceased(Date),
    /// Payment, or the right itself, is suspended since that day.
    Suspended(Date),
    /// Her right ended on that day.
    RightEnded(Date),
    /// Two decisions are in force: two people were found to be one.
    TwoDecisions,
}

/// What a clause lets the actor see of her.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The title of the convention or register entry.
    pub title: String,
    /// The clause of it.
    pub clause: String,
    /// From which sources.
    pub sources: Vec<Source>,
    /// How many data.
    pub count: usize,
}

/// A person's file.
#[derive(Clone, Debug)]
pub struct PersonFile {
    /// The person.
    pub person: PersonId,
    /// Her records, ours first.
    pub records: Vec<Record>,
    /// Where they contradict each other.
    pub conflicts: Vec<Conflict>,
    /// Her decisions, the latest first.
    pub decisions: Vec<Decision>,
    /// What happened to her, from all sources.
    pub path: Vec<Event>,
    /// What must be known first.
    pub alerts: Vec<Alert>,
    /// Why she may be seen.
    pub grounds: Vec<Ground>,
    /// Values that no clause lets out.
    pub hidden: usize,
    /// Whether she receives the RSA, is under rights and duties, in course.
    pub in_course: bool,
}

/// What was read of her, still sealed.
struct Read {
    records: Vec<(PersonLink, Source, Vec<Spell>, Vec<PastFact>)>,
    decisions: Vec<PastOrientation>,
    days: BTreeMap<BatchNo, Date>,
}

/// A version of a block, opened.
pub(super) struct Version {
    pub(super) block: Block,
    pub(super) batch: BatchNo,
    pub(super) view: View,
}

/// Opens a person's file. Someone who is not there and someone whom the actor may not see look the same.
///
/// # Errors
/// When the gate refuses, or there is no such person to see.
pub fn open(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    lang: Lang,
) -> Result<PersonFile, AppError> {
    let plan = access::plan_near(context, workplace, Channel::Screen)?;
    let mut positions = positions::positions(context, workplace)?;
    let (facts, read) = workplace.store.read(context.territory, |snapshot| {
        let facts = recipients::gather(snapshot, &mut positions, person)?;
        Ok((facts, read(snapshot, person)?))
    })?;
    let standing = positions.standings.of(Subject::Person(person));
    access::admit(context, workplace, (&plan, &standing), person, &facts)?;
    let is_about = |source: &Source| !plan.fields(source, &standing).is_empty();
    let mut session = plan.begin();
    for (_, source, _, facts) in read.records.iter().filter(|(_, source, ..)| is_about(source)) {
        debug_assert!(facts.iter().all(|fact| fact.facts.source() == source), "facts of another source");
        for fact in facts {
            session.add(&fact.facts, &standing);
        }
    }
    let decisions: Vec<&PastOrientation> =
        read.decisions.iter().filter(|_| is_about(&Source::DEPARTEMENT)).collect();
    for past in &decisions {
        session.add(&past.decision.facts, &standing);
    }
    let mut views = session
        .release(|record| access::write(context, workplace, record, liant_audit::Act::Read, "person"))?
        .into_iter();
    let misfit = || AppError::Internal("the views of a person do not fit her facts".to_owned());
    let words = Words { workplace, lang };
    let (mut records, mut path, mut all) = (Vec::new(), Vec::new(), Vec::new());
    for (link, source, spells, facts) in read.records.iter().filter(|(_, source, ..)| is_about(source)) {
        let mut versions = Vec::new();
        for fact in facts {
            let view = views.next().ok_or_else(misfit)?;
            versions.push(Version { block: fact.block, batch: fact.batch, view });
        }
        if versions.iter().all(|version| version.view.iter().next().is_none()) {
            continue;
        }
        path.extend(path::of_record(&words, source, spells, &versions, &read.days));
        records.push(record(&words, (link, source, spells), &versions, &read.days));
        all.extend(last_versions(versions));
    }
    let of_decisions: Vec<View> = views.by_ref().take(decisions.len()).collect();
    if of_decisions.len() != decisions.len() {
        return Err(misfit());
    }
    if records.is_empty() {
        return Err(AppError::Absent("person"));
    }
    records.sort_by_key(|record| (!record.in_stock, source_rank(&record.source)));
    let decided = decided(&words, &decisions, &of_decisions);
    path.extend(path::of_decisions(&decided));
    path.sort_by_key(|event| std::cmp::Reverse(event.day));
    all.extend(of_decisions);
    let in_course = standing.is_in(People::RsaRecipientInCourse);
    Ok(PersonFile {
        person,
        conflicts: conflicts(&records),
        alerts: alerts(&records, &decided, sees_decisions(&plan, &standing), in_course),
        grounds: grounds(&words, &all),
        hidden: all.iter().map(View::hidden).sum(),
        records,
        decisions: decided,
        path,
        in_course,
    })
}

fn sees_decisions(plan: &liant_guard::Plan, standing: &Standing) -> bool {
    plan.allows(&Source::DEPARTEMENT, Field::OrientationNature, standing)
}

fn read(snapshot: &mut Snapshot<'_>, person: PersonId) -> Result<Read, StoreError> {
    let mut records = Vec::new();
    for link in snapshot.links_of_person(person)? {
        if let Some((source, spells)) = snapshot.spells(link.identity)? {
            let facts = snapshot.past_facts(person, link.identity, &source)?;
            records.push((link, source, spells, facts));
        }
    }
    let days = snapshot
        .batches()?
        .into_iter()
        .filter_map(|row| Some((row.batch, row.reference_date.parse::<Date>().ok()?)))
        .collect();
    Ok(Read { records, decisions: snapshot.past_orientations(person)?, days })
}

/// What it takes to put a view into words.
pub(super) struct Words<'a> {
    workplace: &'a Workplace,
    lang: Lang,
}

impl Words<'_> {
    /// The values of a view, labels folded into their codes.
    pub(super) fn said(&self, view: &View) -> Vec<Said> {
        view.iter()
            .filter(|(field, ..)| !matches!(field.field_type(), FieldType::Label(_)))
            .map(|(field, raw, _)| Said { field, raw: raw.to_owned(), words: self.of(view, field, raw) })
            .collect()
    }

    /// The title of the convention that a clause belongs to.
    fn title_of(&self, clause: &ClauseRef) -> String {
        let mut all = self.workplace.conventions().iter();
        let found = all.find(|one| *one.id == *clause.convention && one.version == clause.version);
        found.map_or_else(
            || clause.convention.clone(),
            |convention| match self.lang {
                Lang::Fr => convention.title.fr.clone(),
                Lang::En => convention.title.en.clone(),
            },
        )
    }

    /// A value of a view, in words.
    pub(super) fn of(&self, view: &View, field: Field, raw: &str) -> String {
        let given = values::label_of(field).and_then(|label| view.get(label));
        values::in_words(&self.workplace.lists, self.lang, field, raw, given)
    }
}

fn source_rank(source: &Source) -> u8 {
    match source {
        source if *source == Source::DEPARTEMENT => 0,
        source if *source == Source::CNAF => 1,
        source if *source == Source::FRANCE_TRAVAIL => 2,
        _ => 3,
    }
}

/// Of each block the version that holds: the last.
fn last_versions(versions: Vec<Version>) -> Vec<View> {
    let mut last: BTreeMap<u8, View> = BTreeMap::new();
    for version in versions {
        last.insert(version.block as u8, version.view);
    }
    last.into_values().collect()
}

fn record(
    words: &Words<'_>,
    (link, source, spells): (&PersonLink, &Source, &[Spell]),
    versions: &[Version],
    days: &BTreeMap<BatchNo, Date>,
) -> Record {
    let mut last: BTreeMap<u8, &Version> = BTreeMap::new();
    for version in versions {
        last.insert(version.block as u8, version);
    }
    let mut values: Vec<Said> = last.values().flat_map(|version| words.said(&version.view)).collect();
    values.sort_by_key(|said| said.field);
    let ended = spells.last().and_then(|spell| spell.to);
    Record {
        identity: link.identity,
        source: source.clone(),
        said_on: last.values().filter_map(|version| days.get(&version.batch)).max().copied(),
        left_on: ended.and_then(|batch| days.get(&batch)).copied(),
        in_stock: ended.is_none(),
        evidence: Evidence {
            decision: link.decision.clone(),
            score: link.score,
            reason: link.evidence.as_deref().map(|bytes| explain(bytes, words.lang)).unwrap_or_default(),
            since: link.made_at,
        },
        values,
    }
}

/// Decisions with the periods that they make: each ends where the next begins, so none overlap.
fn decided(words: &Words<'_>, decisions: &[&PastOrientation], views: &[View]) -> Vec<Decision> {
    let mut found: Vec<Decision> = Vec::new();
    for (past, view) in decisions.iter().zip(views) {
        let values = words.said(view);
        let Ok(from) = past.decision.decided_on.parse::<Date>() else { continue };
        if values.is_empty() {
            continue;
        }
        // Latest first: the one before in the list is the one that followed.
        let to = found.last().map(|next| next.from);
        found.push(Decision {
            orientation: past.decision.orientation,
            from,
            to,
            in_force: past.ended_at.is_none(),
            recorded_at: past.recorded_at,
            values,
        });
    }
    found
}

fn grounds(words: &Words<'_>, views: &[View]) -> Vec<Ground> {
    let mut found: Vec<Ground> = Vec::new();
    for view in views {
        for (_, _, clause) in view.iter() {
            let title = words.title_of(clause);
            let place =
                found.iter().position(|ground| ground.clause == clause.clause && ground.title == title);
            let place = place.unwrap_or_else(|| {
                let clause = clause.clause.clone();
                found.push(Ground { title, clause, sources: Vec::new(), count: 0 });
                found.len() - 1
            });
            let Some(ground) = found.get_mut(place) else { continue };
            ground.count += 1;
            if !ground.sources.contains(view.source()) {
                ground.sources.push(view.source().clone());
            }
        }
    }
    found
}
