//! The record of the actor's own party, read: what clauses show her of it, once that is on record.

use std::collections::{BTreeMap, HashMap};

use liant_audit::Act;
use liant_casework::{
    Code, Command, Keeping, Open, Order, Programmes, RecordOrder, RecordRule, Refusal, WorkingRecord, decide,
};
use liant_convention::Channel;
use liant_guard::{GuardedFacts, NAMES, Plan, Standing, Subject, View};
use liant_model::{AccountId, Field, FieldSet, Lang, PersonId, Role, Source, Uuid};
use liant_store::CurrentFact;

use super::super::held::Held;
use super::super::sight::Window;
use super::super::{Told, register_of, words};
use super::{FIELDS, RecordTrack, RecordView, all, facts, only, paper, rules, sealable, told};
use crate::people::{self, Line};
use crate::{AppError, Context, Workplace, access, positions, recipients};

/// What is held of somebody whose record the actor may read or begin.
pub(super) struct Looked {
    pub(super) held: Held,
    pub(super) source: Source,
    plan: Plan,
    standing: Standing,
    facts: Vec<CurrentFact>,
}

impl Looked {
    /// Whether a clause lets the actor have a datum of the record.
    pub(super) fn may(&self, field: Field) -> bool {
        self.plan.allows(&self.source, field, &self.standing)
    }

    fn fields(&self) -> FieldSet {
        FIELDS.into_iter().filter(|field| self.may(*field)).collect()
    }

    /// The record of the actor's party in a programme.
    pub(super) fn record(&self, context: &Context<'_>, programme: &Code) -> WorkingRecord {
        let key = (programme.clone(), context.actor.party.clone());
        all(&self.held).remove(&key).map(|(record, _)| record).unwrap_or_default()
    }
}

/// Whether a clause lets the actor have anything of her own party's record about someone.
pub(in super::super) fn may_be_had(context: &Context<'_>, person: PersonId, windows: &[Window<'_>]) -> bool {
    let source = register_of(&context.actor.party);
    let own = windows.iter().filter(|window| window.context.purpose == context.purpose);
    own.into_iter().any(|window| {
        let standing = window.standing(person);
        FIELDS.into_iter().any(|field| window.plan.allows(&source, field, &standing))
    })
}

/// Finds someone of whose record a clause lets the actor have anything; shows nothing of it.
pub(super) fn look(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
) -> Result<Looked, AppError> {
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.casework_of(person))?;
    let held = Held::read(rows)?;
    let consents = held.consents();
    let plan = access::plan_near_of(context, workplace, Channel::Screen, consents)?;
    let mut positions = positions::positions_of(context, workplace, consents)?;
    let facts = workplace
        .store
        .read(context.territory, |snapshot| recipients::gather(snapshot, &mut positions, person))?;
    let standing = positions.standings.of(Subject::Person(person));
    let looked = Looked { held, source: register_of(&context.actor.party), plan, standing, facts };
    let is_shown = FIELDS.into_iter().any(|field| looked.may(field));
    let by = (&looked.plan, &looked.standing);
    access::admit_by_any(context, workplace, (&[by], is_shown), person, &looked.facts)?;
    let is_nobody = looked.facts.is_empty() && looked.held.rows.0.is_empty();
    if is_shown && !is_nobody { Ok(looked) } else { Err(AppError::Absent("person")) }
}

/// The record of the actor's party about someone. Written as one access record, by its data.
///
/// # Errors
/// The gate's refusal; [`AppError::Absent`] when there is no such person of whose record a clause lets the actor have anything.
pub fn record(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    lang: Lang,
) -> Result<RecordView, AppError> {
    let looked = look(context, workplace, person)?;
    let programmes = workplace.programmes(context.territory)?;
    let own: BTreeMap<Code, WorkingRecord> = all(&looked.held)
        .into_iter()
        .filter(|((programme, party), _)| {
            *party == context.actor.party && is_hers_now(context, (&programmes, &looked.held), programme)
        })
        .map(|((programme, _), (record, _))| (programme, record))
        .collect();
    let (clauses, name, shown) =
        shown(context, workplace, (person, &looked, &programmes, &own), ("working record", NAMES, lang))?;
    let asking = Asking { context, programmes: &programmes, looked: &looked, shown };
    let mut tracks = Vec::new();
    let mut ids: Vec<&Code> = programmes.iter().map(|one| &one.id).collect();
    ids.dedup();
    for id in ids {
        tracks.extend(asking.track(id, own.get(id), lang));
    }
    Ok(RecordView { person, name, clauses, tracks })
}

/// Whether a role makes diagnoses, and so writes while people are proposed.
pub(super) fn assesses(programmes: &Programmes, role: &Role) -> bool {
    let mut rules = programmes.iter().filter_map(|one| one.record.as_ref());
    rules.any(|rule| rule.assessed_by.contains(role))
}

/// Whether the actor may have the record of a programme as it stands: who makes diagnoses has it of hers, while the person is proposed.
fn is_hers_now(context: &Context<'_>, (programmes, held): (&Programmes, &Held), programme: &Code) -> bool {
    let role = &context.actor.role;
    if !assesses(programmes, role) {
        return true;
    }
    let open = held.path.open(programme).filter(|open| matches!(open, Open::Proposal(_)));
    let version = open.and_then(|open| programmes.version(programme, open.version()));
    version.and_then(|one| one.record.as_ref()).is_some_and(|rule| rule.assessed_by.contains(role))
}

/// Writes that the actor was shown the record, and `also` where a clause lets that out; gives the clauses, what came of `also`, and which data
/// of the record she may have.
pub(super) fn shown(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, looked, programmes, own): (PersonId, &Looked, &Programmes, &BTreeMap<Code, WorkingRecord>),
    (what, also, lang): (&str, FieldSet, Lang),
) -> Result<(Vec<String>, Line, FieldSet), AppError> {
    let fields = looked.fields();
    let mut counted = BTreeMap::from([(Field::WorkingGoals, 0)]);
    for (programme, record) in own {
        facts(&rules(programmes, programme), record, &mut counted);
    }
    let plan = looked.plan.narrowed(fields.union(also));
    let mut session = plan.begin();
    let sealed = GuardedFacts::seal(Subject::Person(person), looked.source.clone(), sealable(&counted));
    session.add(&sealed, &looked.standing);
    for fact in &looked.facts {
        session.add(&fact.facts, &looked.standing);
    }
    let views = session.release(|record| access::write(context, workplace, record, Act::Read, what))?;
    let of_record = |view: &View| -> Vec<String> {
        let shown = view.iter().filter(|(field, ..)| FIELDS.contains(field));
        shown.map(|(.., clause)| clause.to_string()).collect()
    };
    let mut clauses: Vec<String> = views.iter().flat_map(of_record).collect();
    clauses.sort_unstable();
    clauses.dedup();
    let nameless = Line { person, origins: Vec::new(), referent: None };
    let name = people::lines(views, &[person], HashMap::new(), lang).pop().unwrap_or(nameless);
    Ok((clauses, name, fields))
}

/// Who asks what she may write.
pub(super) struct Asking<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) programmes: &'a Programmes,
    pub(super) looked: &'a Looked,
    pub(super) shown: FieldSet,
}

impl Asking<'_> {
    /// The rule of a programme on records, and whether the actor may write by it today; none where it has none.
    pub(super) fn answer(&self, id: &Code) -> Option<(&RecordRule, Result<(), Refusal>)> {
        let open = self.looked.held.path.open(id);
        let running = open.and_then(|open| self.programmes.version(id, open.version()));
        let rule = running.or_else(|| words::any_version(self.programmes, id))?.record.as_ref()?;
        Some((rule, self.asks(id, rule)))
    }

    /// The record in a programme, where there is one or one may be begun.
    fn track(&self, id: &Code, own: Option<&WorkingRecord>, lang: Lang) -> Option<RecordTrack> {
        let (rule, answer) = self.answer(id)?;
        let latest = words::any_version(self.programmes, id)?;
        let open = self.looked.held.path.open(id);
        let running = open.and_then(|open| self.programmes.version(id, open.version()));
        let papers =
            paper::papers(self.context, (&self.looked.held, self.programmes), (id, answer.is_ok()), lang);
        if own.is_none() && answer.is_err() && papers.is_empty() {
            return None;
        }
        let none = WorkingRecord::default();
        let record = own.unwrap_or(&none);
        let rules = rules(self.programmes, id);
        let of = (record, &self.context.actor.role);
        let choices = told::choices(rule, of, self.shown, lang);
        Some(RecordTrack {
            programme: id.clone(),
            title: words::said(&latest.title, lang),
            version: record.version,
            papers,
            says: told::says(&rules, &only(&rules, record, self.shown), lang),
            choices: answer
                .map(|()| choices)
                .map_err(|refusal| Told::of(Some(running.unwrap_or(latest)), &refusal, lang)),
        })
    }

    /// Whether the actor may write anything today.
    fn asks(&self, id: &Code, rule: &RecordRule) -> Result<(), Refusal> {
        let Some(level) = rule.levels.first().map(|one| one.id.clone()) else { return Ok(()) };
        let path = &self.looked.held.path;
        let keeping = Keeping {
            party: self.context.actor.party.clone(),
            who: self.context.seat.account.unwrap_or(AccountId(Uuid::nil())),
            order: RecordOrder::NoteProgress { theme: None, level },
        };
        let command = Command {
            programme: id.clone(),
            by: self.context.actor.role.clone(),
            on: self.context.now().date(),
            expected: path.version,
            order: Order::KeepRecord(keeping),
        };
        decide(self.programmes, path, &command, self.context.now()).map(drop)
    }
}
