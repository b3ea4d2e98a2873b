//! What is held about someone, through the gate: each value by source, since when, by which file, under which clause.

use std::collections::BTreeMap;

use liant_audit::Act;
use liant_convention::{Channel, Query, Reach};
use liant_guard::{GuardedFacts, Plan, Standing, Subject, View};
use liant_model::{
    BatchNo, Block, Date, Facts, Field, FieldType, IdentityId, Instant, Lang, PersonId, Source,
};
use liant_store::{BatchRow, PastFact, PastOrientation, Snapshot, Spell, StoreError};
use serde::Serialize;

use super::Herself;
use super::forms::HeldForm;
use super::records::HeldRecord;
use crate::casework::{Coming, HerForm, HerRecord, Hers};
use crate::{AppError, Context, Workplace, access, positions, recipients, values};

/// Everything that is held about someone and is hers to see.
#[derive(Clone, Debug, Serialize)]
pub struct Held {
    /// By source, ours first.
    pub records: Vec<Record>,
    /// The Département's decisions of orientation, the latest first.
    pub decisions: Vec<Decision>,
    /// Her accompaniments (*parcours d'accompagnement*): what happened, the latest first.
    pub path: Vec<PathStep>,
    /// The liaison forms (*fiches de liaison*) that she signed, the latest first.
    pub forms: Vec<HeldForm>,
    /// What each party keeps of its own work with her (*dossiers de travail*), under who wrote it.
    pub working_records: Vec<HeldRecord>,
    /// Her appointments to come, the next first. A copy has them among what happened.
    #[serde(skip)]
    pub appointments: Vec<Coming>,
}

/// Something that happened on her path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathStep {
    /// The day.
    pub on: Date,
    /// When it was recorded.
    #[serde(serialize_with = "moment")]
    pub recorded_at: Instant,
    /// The register that it is in.
    #[serde(serialize_with = "source_code")]
    pub source: Source,
    /// In what role it was recorded.
    pub by: String,
    /// In which programme.
    pub programme: String,
    /// What, in words.
    pub words: String,
    /// The clause that shows it.
    pub shown_under: String,
}

/// What one source says.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// The source.
    #[serde(serialize_with = "source_code")]
    pub source: Source,
    /// Whether its last file still speaks of her.
    pub is_current: bool,
    /// Since when it speaks of her no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_on: Option<Date>,
    /// Whether a social security number is held: it is never shown, not even to her.
    pub social_security_number_held: bool,
    /// What it says.
    pub data: Vec<Datum>,
}

/// One datum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Datum {
    /// Which.
    #[serde(serialize_with = "field_code")]
    pub field: Field,
    /// Its label.
    pub label: &'static str,
    /// As the source writes it.
    pub value: String,
    /// In words.
    pub words: String,
    /// What brought it; nothing of a decision, which was recorded here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brought: Option<Brought>,
    /// The clause that shows it.
    pub shown_under: String,
    /// What it was before, the latest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Before>,
}

/// A file that brought a datum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Brought {
    /// The day that the file speaks of: since then.
    pub since: Date,
    /// Its flow.
    pub flow: String,
    /// Its name.
    pub file: String,
    /// When it was received.
    #[serde(serialize_with = "moment")]
    pub received_at: Instant,
    /// The clause that it was received under.
    pub received_under: String,
}

/// What a datum was before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Before {
    /// Since when.
    pub since: Option<Date>,
    /// In words.
    pub words: String,
}

/// A decision of orientation.
#[derive(Clone, Debug, Serialize)]
pub struct Decision {
    /// From when it orients her.
    pub from: String,
    /// Whether it is in force.
    pub in_force: bool,
    /// When it was recorded.
    #[serde(serialize_with = "moment")]
    pub recorded_at: Instant,
    /// What it says.
    pub data: Vec<Datum>,
}

/// What is held about her, for a page of hers.
///
/// # Errors
/// When the gate refuses, or the store.
pub fn held(
    context: &Context<'_>,
    workplace: &Workplace,
    her: &Herself,
    lang: Lang,
) -> Result<Held, AppError> {
    read(context, workplace, (her.person, true), Channel::Screen, lang)
}

/// What her own clauses let her see of herself: the bound of a copy that somebody else makes for her, who may be shown more than her of
/// a file that several people share (GDPR art. 15 (4)).
struct Bound {
    plan: Plan,
    standing: Standing,
}

impl Bound {
    /// The bound of whoever asks for somebody else; none where no clause lets people see themselves.
    fn of(
        context: &Context<'_>,
        workplace: &Workplace,
        standing: Standing,
    ) -> Result<Option<Self>, AppError> {
        let Some(party) = super::controller(workplace, context.territory) else { return Ok(None) };
        let (actor, purpose) = (super::actor(String::new(), party)?, super::purpose()?);
        let hers = Query {
            actor: &actor,
            purpose: &purpose,
            channel: Channel::Export,
            territory: context.territory,
            reach: Reach::Designated,
            now: context.now(),
        };
        let plan = Plan::compile_near(context.gate(workplace)?, &hers).ok();
        Ok(plan.map(|plan| Self { plan, standing }))
    }
}

/// The same, for a copy that she takes away.
pub(crate) fn held_for_copy(
    context: &Context<'_>,
    workplace: &Workplace,
    her: &Herself,
    lang: Lang,
) -> Result<Held, AppError> {
    read(context, workplace, (her.person, true), Channel::Export, lang)
}

/// What is held about someone, for whoever answers her request (*droit d'accès*): as far as the actor's own clauses go, and no
/// further than the person's, where a clause lets people see themselves.
///
/// # Errors
/// When the gate refuses, or there is no such person to see.
pub fn of_person(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    lang: Lang,
) -> Result<Held, AppError> {
    let held = read(context, workplace, (person, false), Channel::Export, lang)?;
    let nothing = held.records.iter().all(|record| record.data.is_empty());
    if nothing && held.decisions.is_empty() && held.path.is_empty() && held.working_records.is_empty() {
        return Err(AppError::Absent("person"));
    }
    Ok(held)
}

/// What was read of her, still sealed.
struct Sealed {
    records: Vec<SealedRecord>,
    decisions: Vec<PastOrientation>,
    batches: BTreeMap<BatchNo, BatchRow>,
}

struct SealedRecord {
    source: Source,
    spells: Vec<Spell>,
    facts: Vec<PastFact>,
    has_number: bool,
}

fn read(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, is_herself): (PersonId, bool),
    channel: Channel,
    lang: Lang,
) -> Result<Held, AppError> {
    let plan = access::plan_near(context, workplace, channel)?;
    let mut positions = positions::positions(context, workplace)?;
    let (facts, sealed, hers) = workplace.store.read(context.territory, |snapshot| {
        let facts = recipients::gather(snapshot, &mut positions, person)?;
        let numbered: Vec<IdentityId> =
            facts.iter().filter(|fact| fact.sealed.is_some()).map(|fact| fact.identity).collect();
        Ok((facts, take(snapshot, person, &numbered)?, Hers::read(snapshot, person)?))
    })?;
    let subject = Subject::Person(person);
    if is_herself {
        positions.standings.place(subject, Reach::Oneself);
    }
    let standing = positions.standings.of(subject);
    let mut bound = None;
    if !is_herself {
        access::admit(context, workplace, (&plan, &standing), person, &facts)?;
        positions.standings.place(subject, Reach::Oneself);
        bound = Bound::of(context, workplace, positions.standings.of(subject))?;
    }
    let is_about = |source: &Source, plan: &Plan| !plan.fields(source, &standing).is_empty();
    let records: Vec<&SealedRecord> =
        sealed.records.iter().filter(|record| is_about(&record.source, &plan)).collect();
    let decisions: Vec<&PastOrientation> =
        sealed.decisions.iter().filter(|_| is_about(&Source::DEPARTEMENT, &plan)).collect();
    let mut session = plan.begin();
    for fact in records.iter().flat_map(|record| &record.facts) {
        session.add(&fact.facts, &standing);
    }
    for past in &decisions {
        session.add(&past.decision.facts, &standing);
    }
    let words = Words { workplace, lang, batches: &sealed.batches, bound };
    let is_shown = |source: &Source| {
        plan.allows(source, Field::AccompanimentPath, &standing)
            && words.tells(source, Field::AccompanimentPath)
    };
    let registers: Vec<Source> = hers.registers().into_iter().filter(is_shown).collect();
    for register in &registers {
        let mut events = Facts::new();
        events.push(Field::AccompanimentPath, &hers.count(register).to_string());
        session.add(&GuardedFacts::seal(subject, register.clone(), events), &standing);
    }
    let mut signed = hers.forms(context, workplace)?;
    signed.retain(|form| registers.contains(&form.register));
    for form in &signed {
        session.add(&form.sealed(person), &standing);
    }
    let programmes = workplace.programmes(context.territory)?;
    let papers = hers.papers(&programmes);
    let kept = HerRecord::with_papers(hers.records(), &papers);
    for record in &kept {
        let facts = GuardedFacts::seal(subject, record.register.clone(), record.facts(&programmes));
        session.add(&facts, &standing);
    }
    let (act, what) = match channel {
        Channel::Export => (Act::Export, "copy of what is held"),
        _ => (Act::Read, "what is held"),
    };
    let mut views =
        session.release(|record| access::write(context, workplace, record, act, what))?.into_iter();
    let mut shown = Vec::new();
    for record in records {
        let versions: Vec<(Block, BatchNo, View)> = record
            .facts
            .iter()
            .zip(views.by_ref())
            .map(|(fact, view)| (fact.block, fact.batch, view))
            .collect();
        shown.push(words.record(record, &versions));
    }
    shown.retain(|record| !record.data.is_empty());
    shown.sort_by_key(|record| (!record.is_current, record.source != Source::DEPARTEMENT));
    let decisions: Vec<Decision> =
        decisions.iter().zip(views.by_ref()).map(|(past, view)| words.decision(past, &view)).collect();
    let under: Vec<(Source, String)> = views
        .by_ref()
        .take(registers.len())
        .filter_map(|view| {
            let clause = view.iter().next().map(|(.., clause)| clause.to_string())?;
            Some((view.source().clone(), clause))
        })
        .collect();
    let mut appointments = hers.to_come(context, workplace, &programmes)?;
    appointments.retain(|one| under.iter().any(|(source, _)| Some(source) == one.register.as_ref()));
    let told = |(form, view): (&HerForm, View)| {
        let tells = |field| words.tells(&form.register, field);
        HeldForm::of(form, (view, &tells), (&programmes, lang))
    };
    let forms: Vec<HeldForm> = signed.iter().zip(views.by_ref()).filter_map(told).collect();
    let told = |(record, view): (&HerRecord, View)| {
        let tells = |field| words.tells(&record.register, field);
        HeldRecord::of(workplace, (record, &papers), (&view, &tells), (&programmes, lang))
    };
    let working_records = kept.iter().zip(views).filter_map(told).collect();
    let steps = hers.told(&programmes, lang).into_iter();
    let path = steps.filter_map(|step| {
        let (source, clause) = under.iter().find(|(source, _)| *source == step.register)?;
        Some(PathStep {
            on: step.on,
            recorded_at: step.at,
            source: source.clone(),
            by: step.by,
            programme: step.programme,
            words: step.words,
            shown_under: clause.clone(),
        })
    });
    Ok(Held {
        records: shown,
        decisions: decisions.into_iter().filter(|decision| !decision.data.is_empty()).collect(),
        path: path.collect(),
        forms,
        working_records,
        appointments,
    })
}

fn take(
    snapshot: &mut Snapshot<'_>,
    person: PersonId,
    numbered: &[IdentityId],
) -> Result<Sealed, StoreError> {
    let mut records = Vec::new();
    for link in snapshot.links_of_person(person)? {
        if let Some((source, spells)) = snapshot.spells(link.identity)? {
            let facts = snapshot.past_facts(person, link.identity, &source)?;
            let has_number = numbered.contains(&link.identity);
            records.push(SealedRecord { source, spells, facts, has_number });
        }
    }
    let batches = snapshot.batches()?.into_iter().map(|row| (row.batch, row)).collect();
    Ok(Sealed { records, decisions: snapshot.past_orientations(person)?, batches })
}

/// What it takes to put views into words.
struct Words<'a> {
    workplace: &'a Workplace,
    lang: Lang,
    batches: &'a BTreeMap<BatchNo, BatchRow>,
    bound: Option<Bound>,
}

impl Words<'_> {
    /// Whether a field of a register is for her.
    fn tells(&self, source: &Source, field: Field) -> bool {
        is_told(field) && self.bound.as_ref().is_none_or(|own| own.plan.allows(source, field, &own.standing))
    }

    /// What a record says now, each value with the file that first said it so, and what was said before.
    fn record(&self, sealed: &SealedRecord, versions: &[(Block, BatchNo, View)]) -> Record {
        let mut data = Vec::new();
        for block in Block::ALL {
            let of_block: Vec<&(Block, BatchNo, View)> =
                versions.iter().filter(|(of, ..)| *of == block).collect();
            let Some((_, _, last)) = of_block.last() else { continue };
            for (field, value, clause) in last.iter().filter(|(field, ..)| self.tells(&sealed.source, *field))
            {
                let told = self.told(field, &of_block);
                let mut told = told.into_iter().rev();
                let since = told.next().map(|(batch, _)| batch);
                data.push(Datum {
                    field,
                    label: field.label(self.lang),
                    value: value.to_owned(),
                    words: self.words(last, field, value),
                    brought: since.and_then(|batch| self.brought(batch)),
                    shown_under: clause.to_string(),
                    before: told
                        .map(|(batch, words)| Before { since: self.day(batch), words })
                        .filter(|before| !before.words.is_empty())
                        .collect(),
                });
            }
        }
        data.sort_by_key(|datum| datum.field);
        let ended = sealed.spells.last().and_then(|spell| spell.to);
        Record {
            source: sealed.source.clone(),
            is_current: ended.is_none(),
            left_on: ended.and_then(|batch| self.day(batch)),
            social_security_number_held: sealed.has_number,
            data,
        }
    }

    /// What was told of a datum, oldest first: each change with the batch that brought it; nothing where it ceased to be told.
    fn told(&self, field: Field, versions: &[&(Block, BatchNo, View)]) -> Vec<(BatchNo, String)> {
        let mut told: Vec<(BatchNo, String)> = Vec::new();
        for (_, batch, view) in versions {
            let now = view.get(field).map(|value| self.words(view, field, value)).unwrap_or_default();
            if told.last().is_none_or(|(_, before)| *before != now) {
                told.push((*batch, now));
            }
        }
        told
    }

    fn decision(&self, past: &PastOrientation, view: &View) -> Decision {
        let told = view.iter().filter(|(field, ..)| self.tells(&Source::DEPARTEMENT, *field));
        let data = told.map(|(field, value, clause)| Datum {
            field,
            label: field.label(self.lang),
            value: value.to_owned(),
            words: self.words(view, field, value),
            brought: None,
            shown_under: clause.to_string(),
            before: Vec::new(),
        });
        Decision {
            from: past.decision.decided_on.clone(),
            in_force: past.ended_at.is_none(),
            recorded_at: past.recorded_at,
            data: data.collect(),
        }
    }

    fn words(&self, view: &View, field: Field, value: &str) -> String {
        let given = values::label_of(field).and_then(|label| view.get(label));
        values::in_words(&self.workplace.lists, self.lang, field, value, given)
    }

    fn day(&self, batch: BatchNo) -> Option<Date> {
        self.batches.get(&batch)?.reference_date.parse().ok()
    }

    fn brought(&self, batch: BatchNo) -> Option<Brought> {
        let row = self.batches.get(&batch)?;
        Some(Brought {
            since: self.day(batch)?,
            flow: row.flow.clone(),
            file: row.file_name.clone(),
            received_at: row.published_at?,
            received_under: row.received_under.clone(),
        })
    }
}

/// Whether a datum is told by itself: a label is told with its code.
fn is_told(field: Field) -> bool {
    !matches!(field.field_type(), FieldType::Label(_))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn field_code<S: serde::Serializer>(field: &Field, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(field.code())
}

pub(super) fn source_code<S: serde::Serializer>(source: &Source, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(source.as_str())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
pub(super) fn moment<S: serde::Serializer>(at: &Instant, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}
