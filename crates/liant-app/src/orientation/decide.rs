//! One decision of orientation, taken on a screen: by the same rules as a list of decisions.

use liant_audit::{Act, PeopleBlock};
use liant_convention::Channel;
use liant_flux::{ReadOptions, Reader, Severity};
use liant_guard::Subject;
use liant_model::{Block, Date, Facts, Field, IdentityId, Lang, OrientationId, PersonId, Source};
use liant_store::{Change, ChangeSet, OrientationRow, Snapshot, StoreError};

use crate::context::{Audited, audit, random};
use crate::import::refusal;
use crate::{AppError, Context, Workplace, access, directory, positions, recipients};

/// What is decided, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Proposal {
    /// The values, by field of [`Proposal::FIELDS`].
    pub values: Vec<(Field, String)>,
    /// The decisions in force that the actor saw: the new one replaces them, and no others.
    pub replaces: Vec<OrientationId>,
}

impl Proposal {
    /// The fields of a decision, with the column of the list that carries each.
    pub const FIELDS: [(Field, &'static str); 8] = [
        (Field::OrientationNature, "nature"),
        (Field::OrientationDecided, "date_decision"),
        (Field::OrientationOrganisation, "organisme"),
        (Field::OrientationService, "service"),
        (Field::ReferentName, "nom"),
        (Field::ReferentFirstName, "prenom"),
        (Field::ReferentPhone, "telephone"),
        (Field::ReferentEmail, "email"),
    ];

    /// What was typed for a field.
    pub fn get(&self, field: Field) -> &str {
        self.values.iter().find(|(of, _)| *of == field).map_or("", |(_, value)| value.trim())
    }
}

/// Why a decision is not recorded: nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDecided {
    /// Values break rules of the list of decisions: each with its field, when it has one, and what to do.
    Rules(Vec<(Option<Field>, String)>),
    /// It is dated before the one in force, of that day: their periods would overlap.
    Overlaps(Date),
    /// It is the one in force.
    InForce,
}

/// The rules that values break: each with its field, when it has one, and what to do.
type Broken = Vec<(Option<Field>, String)>;

/// What came of a proposal.
pub type Decided = Result<OrientationId, NotDecided>;

/// Records a decision, which ends those in force.
///
/// # Errors
/// When there is no such person to see or the gate refuses; [`StoreError::Conflict`] when somebody recorded another
/// decision since the actor looked. What is wrong with the proposal itself is [`NotDecided`].
pub fn decide(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    proposal: &Proposal,
    lang: Lang,
) -> Result<Decided, AppError> {
    let permit = access::receive(context, workplace, "ORIENTATIONS")?;
    let (identity, current) = seen(context, workplace, person)?;
    if !same(&current, &proposal.replaces) {
        return Err(StoreError::Conflict { what: "the orientation" }.into());
    }
    let facts = match facts(context, workplace, person, proposal, lang)? {
        Ok(facts) => facts,
        Err(rules) => return Ok(Err(NotDecided::Rules(rules))),
    };
    let decided_on = facts.get(Field::OrientationDecided).unwrap_or_default();
    let latest = current.iter().map(|row| row.decided_on.as_str()).max();
    if let Some(latest) = latest.filter(|latest| *latest > decided_on.as_str()) {
        let day = latest.parse().map_err(|_| AppError::Internal("a decision has no day".to_owned()))?;
        return Ok(Err(NotDecided::Overlaps(day)));
    }
    if super::is_in_force(context, workplace, &current, &facts)? {
        return Ok(Err(NotDecided::InForce));
    }
    let orientation = OrientationId::new(context.now(), random()?);
    let what = Audited {
        subject: format!("orientation {orientation}"),
        clauses: vec![permit.clause.to_string()],
        counts: vec![("recorded", 1)],
        people: PeopleBlock::new([person]),
    };
    let entry = audit(context, context.act_id()?, Act::Orientation, what)?;
    let set = ChangeSet::new(context.territory, context.now(), entry).with(Change::Orientation {
        orientation,
        identity,
        decided_on,
        facts,
        replaces: proposal.replaces.clone(),
    });
    workplace.store.apply(&set)?;
    directory::after_act(context, workplace, &[person]);
    access::sequence(context, workplace);
    Ok(Ok(orientation))
}

/// The source identity that a decision about her hangs on, and the decisions in force, when the actor may see them.
fn seen(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
) -> Result<(IdentityId, Vec<OrientationRow>), AppError> {
    let plan = access::plan_near(context, workplace, Channel::Screen)?;
    let mut positions = positions::positions(context, workplace)?;
    let (facts, identity, current) = workplace.store.read(context.territory, |snapshot| {
        let facts = recipients::gather(snapshot, &mut positions, person)?;
        Ok((facts, carrier(snapshot, person)?, snapshot.orientations_of(person)?))
    })?;
    let standing = positions.standings.of(Subject::Person(person));
    access::admit(context, workplace, (&plan, &standing), person, &facts)?;
    let allowed = plan.allows(&Source::DEPARTEMENT, Field::OrientationNature, &standing);
    let identity = identity.filter(|_| allowed).ok_or(AppError::Absent("person"))?;
    Ok((identity, current))
}

/// The Département's own record of her, else the CNAF's, else any.
pub(crate) fn carrier(
    snapshot: &mut Snapshot<'_>,
    person: PersonId,
) -> Result<Option<IdentityId>, StoreError> {
    let mut records = Vec::new();
    for link in snapshot.links_of_person(person)? {
        if let Some((source, current)) = snapshot.identity(link.identity)? {
            let rank = if source == Source::DEPARTEMENT { 0 } else { 1 + u8::from(source != Source::CNAF) };
            records.push((current.left, rank, link.identity));
        }
    }
    Ok(records.into_iter().min().map(|(.., identity)| identity))
}

fn same(current: &[OrientationRow], replaces: &[OrientationId]) -> bool {
    current.len() == replaces.len() && current.iter().all(|row| replaces.contains(&row.orientation))
}

/// The facts of a proposal, by the rules of a list of decisions: the proposal is read as its one line.
fn facts(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    proposal: &Proposal,
    lang: Lang,
) -> Result<Result<Facts, Broken>, AppError> {
    let line = line(person, proposal).map_err(|error| AppError::Internal(error.to_string()))?;
    let profile = workplace.profile("ORIENTATIONS")?;
    let options = ReadOptions { today: Some(context.now().date()), ..ReadOptions::default() };
    let mut reader = Reader::open(line.as_slice(), profile, &workplace.lists, &options).map_err(refusal)?;
    let Some(dossier) = reader.next_dossier().map_err(refusal)? else {
        return Err(AppError::Internal("a line of decision does not read".to_owned()));
    };
    if dossier.is_rejected() {
        let reports = dossier.problems().iter().map(|problem| problem.report(lang));
        let rules = reports.filter(|report| report.severity == Severity::Error).map(|report| {
            let column = Proposal::FIELDS.iter().find(|(_, column)| report.element == *column);
            (column.map(|(field, _)| *field), report.message)
        });
        return Ok(Err(rules.collect()));
    }
    let mut facts = Facts::new();
    dossier.facts(Block::Orientation, &mut facts);
    Ok(Ok(facts))
}

fn line(person: PersonId, proposal: &Proposal) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    let columns = Proposal::FIELDS.map(|(_, column)| column);
    writer.write_record(std::iter::once("own_reference").chain(columns))?;
    let values = Proposal::FIELDS.map(|(field, _)| proposal.get(field).to_owned());
    writer.write_record(std::iter::once(person.to_string()).chain(values))?;
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The natures of orientation, 01 to 06: each code with its words.
pub fn natures(workplace: &Workplace, lang: Lang) -> Vec<(String, String)> {
    let list = workplace.lists.get("orientation-nature");
    let words = |entry: &liant_model::CodeEntry| match lang {
        Lang::En if !entry.en.is_empty() => entry.en.clone(),
        _ => entry.fr.clone(),
    };
    list.map(|list| list.codes.iter().map(|entry| (entry.code.clone(), words(entry))).collect())
        .unwrap_or_default()
}
