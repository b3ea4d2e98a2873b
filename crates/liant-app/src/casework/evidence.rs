//! The list of those accompanied in a half-year (*liste semestrielle, preuve du Fonds social européen*): frozen, sealed, signed by both
//! parties, and kept until its term. Names come into it, and out of it again, under clauses for `fund-evidence` by the channel `export`, and
//! under no other: without one there is no list.

use std::collections::{BTreeMap, BTreeSet};

use liant_audit::Act;
use liant_casework::{Accompanied, Code, HalfYear, Programme, accompanied, kept_until};
use liant_convention::{Channel, Consent, Consents, Reach};
use liant_guard::{GuardedFacts, Plan, Standings, Subject};
use liant_model::{Date, Facts, Field, FieldSet, Instant, Lang, Party, PersonId, Purpose, Source, Uuid};
use liant_store::{
    CaseworkChange, Change, ChangeSet, EvidenceChange, EvidenceRow, EvidenceSignature, StoreError,
};
use liant_vault::Domain;

use super::held::Held;
use super::words;
use crate::context::{Audited, audit, random};
use crate::people::{Exported, Format, seat, take_in};
use crate::spreadsheet::{self, Cell, Table};
use crate::{AppError, Context, Workplace, access, lookups};

/// The purpose of the list, as the conventions name it.
pub(super) const PURPOSE: &str = "fund-evidence";
/// What it may say of each, as far as a clause lets it.
const FIELDS: [Field; 5] =
    [Field::FtIdentifier, Field::BirthName, Field::MarriedName, Field::FirstName, Field::BirthDate];

/// A list that is frozen. It names nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceList {
    /// Which.
    pub id: Uuid,
    /// Of which programme.
    pub programme: Code,
    /// Of which half-year.
    pub half: HalfYear,
    /// When it was frozen.
    pub made_at: Instant,
    /// How many people are on it.
    pub people: u64,
    /// SHA-256 of its content, in hexadecimal: what is signed.
    pub hash: String,
    /// The last day on which it is kept.
    pub kept_until: Date,
    /// Who signed it, in order.
    pub signatures: Vec<EvidenceSignature>,
    /// The parties that have not signed it; none: it is complete.
    pub awaited: Vec<Party>,
}

/// What is frozen.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    /// The form of the content. Another is refused, never misread.
    form: u8,
    programme: Code,
    half: String,
    made_at: Instant,
    /// People whom no clause lets the list name.
    left_out: u64,
    lines: Vec<Line>,
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    person: PersonId,
    /// Whether she had agreed to the transmission of her form, and to e-mail.
    agreed: (bool, bool),
    source: Source,
    facts: BTreeMap<String, String>,
    stays: Vec<Accompanied>,
}

const FORM: u8 = 1;

/// The lists of a programme that are kept, the latest half-year first.
///
/// # Errors
/// The gate's refusal; [`AppError::Absent`] when the programme has no such list, or the actor's party does not sign it.
pub fn evidence_lists(
    context: &Context<'_>,
    workplace: &Workplace,
    programme: &Code,
) -> Result<Vec<EvidenceList>, AppError> {
    let context = &admitted(context, workplace)?;
    let running = listing(context, workplace, programme)?;
    let mut all = Vec::new();
    for row in rows(context, workplace)? {
        if row.programme == programme.as_str() {
            all.push(list(&running, row)?);
        }
    }
    Ok(all)
}

/// Freezes the list of a half-year that is over, in place of the one that nobody has signed. Its record names everyone on it.
///
/// # Errors
/// As [`evidence_lists`]; [`AppError::Value`] of a half-year that is not over, and when no clause says how long the list is kept; a
/// conflict when somebody has signed the one that is there.
pub fn freeze_evidence(
    context: &Context<'_>,
    workplace: &Workplace,
    (programme, half): (&Code, HalfYear),
) -> Result<EvidenceList, AppError> {
    let context = &admitted(context, workplace)?;
    let running = listing(context, workplace, programme)?;
    if half.last() >= context.now().date() {
        return Err(AppError::Value("a list is frozen once its half-year is over".to_owned()));
    }
    let is_signed = |row: &EvidenceRow| {
        (row.programme.as_str(), row.half.as_str()) == (programme.as_str(), half.to_string().as_str())
            && !row.signatures.is_empty()
    };
    if rows(context, workplace)?.iter().any(is_signed) {
        return Err(StoreError::Conflict { what: "the list" }.into());
    }
    let mut people: BTreeMap<PersonId, (Consents, Vec<Accompanied>)> = BTreeMap::new();
    workplace.store.read(context.territory, |snapshot| {
        snapshot.casework_of_all(|person, rows| {
            let held = Held::read(rows)?.only(|event, _| (event.on <= half.last()).then(|| event.clone()));
            let stays = accompanied(programme, &held.path, half);
            if !stays.is_empty() {
                people.insert(person, (held.consents(), stays));
            }
            Ok(())
        })
    })?;
    let mut kept = None;
    let lines = named(context, workplace, (&people, half), &mut kept)?;
    let content = Content {
        form: FORM,
        programme: programme.clone(),
        half: half.to_string(),
        made_at: context.now(),
        left_out: (people.len() - lines.len()) as u64,
        lines,
    };
    let Some(kept_until) = kept else {
        let why =
            "no clause says how long the list is kept: its grant needs a `keep` that a [[retention]] defines";
        return Err(AppError::Value(why.to_owned()));
    };
    let bytes = serde_json::to_vec(&content).map_err(|error| AppError::Internal(error.to_string()))?;
    let id = liant_model::ActId::new(context.now(), random()?).0;
    let row = EvidenceRow {
        list: id,
        programme: programme.to_string(),
        half: half.to_string(),
        made_at: context.now(),
        made_by: context.actor.name.clone(),
        people: content.lines.len() as u64,
        hash: hash(&bytes),
        sealed: workplace.keys.seal(Domain::File, &bound_to(context, id), &bytes)?,
        kept_until,
        signatures: Vec::new(),
    };
    let counts = vec![("people", row.people), ("left out", content.left_out)];
    let subject = format!("list of {half} frozen: {programme}, {}", row.hash);
    apply(context, workplace, (subject, counts), EvidenceChange::Freeze(row.clone()))?;
    list(&running, row)
}

/// Signs a list for the actor's party: that content, and no other.
///
/// # Errors
/// As [`evidence_lists`]; [`AppError::Absent`] when there is no list of that content; a conflict when the party has signed it.
pub fn sign_evidence(
    context: &Context<'_>,
    workplace: &Workplace,
    (id, hash): (Uuid, &str),
) -> Result<EvidenceList, AppError> {
    let context = &admitted(context, workplace)?;
    let (running, row) = find(context, workplace, id)?;
    if row.hash != hash {
        return Err(AppError::Absent("list"));
    }
    opened(context, workplace, &row)?;
    let signature = EvidenceSignature {
        party: context.actor.party.clone(),
        role: context.actor.role.clone(),
        at: context.now(),
        signed_by: context.actor.name.clone(),
        organisation: context.seat.organisation,
    };
    let subject = format!("list of {} signed: {}, {hash}", row.half, row.programme);
    let change = EvidenceChange::Sign { list: id, hash: hash.to_owned(), signature: signature.clone() };
    apply(context, workplace, (subject, Vec::new()), change)?;
    let mut row = row;
    row.signatures.push(signature);
    list(&running, row)
}

/// The frozen copy as a file. Its record names everyone whose line comes out; a line that no clause lets out any more stays empty, and
/// one of whom her own rights close it is not there.
///
/// # Errors
/// As [`evidence_lists`]; [`AppError::Absent`] when there is no such list; when the copy is not what was frozen.
pub fn export_evidence(
    context: &Context<'_>,
    workplace: &Workplace,
    (id, format): (Uuid, Format),
    lang: Lang,
) -> Result<Exported, AppError> {
    let context = &admitted(context, workplace)?;
    let (running, row) = find(context, workplace, id)?;
    let content = opened(context, workplace, &row)?;
    let mut cells: BTreeMap<PersonId, Vec<Cell>> = BTreeMap::new();
    let mut closed: BTreeSet<PersonId> = BTreeSet::new();
    for consents in ALL {
        let of: Vec<&Line> = content.lines.iter().filter(|line| agreed(line) == consents).collect();
        let Some(plan) = plan(context, workplace, consents)?.filter(|_| !of.is_empty()) else { continue };
        let people: Vec<PersonId> = of.iter().map(|line| line.person).collect();
        let standings = standings(context, workplace, &people)?;
        let subjects: Vec<_> = people.iter().map(|person| standings.of(Subject::Person(*person))).collect();
        let hers =
            people.iter().zip(&subjects).filter(|(_, standing)| plan.is_narrowed_by(standing.limits()));
        closed.extend(hers.map(|(person, _)| *person));
        let what = format!("list of {}, {}", row.half, format.extension());
        let session = plan
            .begin_file(subjects, |record| access::write(context, workplace, record, Act::Export, &what))?;
        for line in of {
            let sealed = sealed(line);
            if let Ok(view) = session.open(&sealed) {
                let text = |field: Field| view.get(field).map_or(Cell::Empty, |text| cell(field, text));
                cells.insert(line.person, FIELDS.into_iter().map(text).collect());
            }
        }
    }
    let rows: Vec<Vec<Cell>> = content
        .lines
        .iter()
        .filter(|line| !closed.contains(&line.person))
        .flat_map(|line| {
            let named = cells.get(&line.person).cloned();
            let named = named.unwrap_or_else(|| vec![Cell::Empty; FIELDS.len()]);
            line.stays.iter().map(move |stay| [named.clone(), stay_cells(stay)].concat())
        })
        .collect();
    let table = Table {
        name: row.half.clone(),
        heads: heads(lang),
        rows,
        about_name: said(lang, ("Origine", "Origin")).to_owned(),
        about: about(&running, (&row, &content), lang),
    };
    let fault = |error: String| AppError::Internal(format!("the file cannot be made: {error}"));
    let bytes = match format {
        Format::Csv => spreadsheet::csv(&table).map_err(|error| fault(error.to_string()))?,
        Format::Xlsx => spreadsheet::xlsx(&table).map_err(|error| fault(error.to_string()))?,
    };
    Ok(Exported { bytes, people: cells.len() as u64 })
}

/// Destroys the lists whose term is over; gives how many.
pub(super) fn ended(context: &Context<'_>, workplace: &Workplace) -> Result<u64, AppError> {
    let mut count = 0;
    for row in rows(context, workplace)? {
        if row.kept_until < context.now().date() {
            let subject = format!("list of {} destroyed at its term: {}", row.half, row.programme);
            let change = Change::Casework(CaseworkChange::Evidence(EvidenceChange::Destroy(row.list)));
            let what = Audited { subject, counts: vec![("people", row.people)], ..Audited::default() };
            let entry = audit(context, context.act_id()?, Act::Destruction, what)?;
            workplace.store.apply(&ChangeSet::new(context.territory, context.now(), entry).with(change))?;
            count += 1;
        }
    }
    Ok(count)
}

/// What people may have agreed to.
const ALL: [Consents; 4] = [
    Consents::NONE,
    Consents::NONE.with(Consent::Form),
    Consents::NONE.with(Consent::Email),
    Consents::NONE.with(Consent::Form).with(Consent::Email),
];

fn agreed(line: &Line) -> Consents {
    let form = if line.agreed.0 { Consents::NONE.with(Consent::Form) } else { Consents::NONE };
    if line.agreed.1 { form.with(Consent::Email) } else { form }
}

/// The context of a request about lists, of someone whom a clause lets have one. A refusal is on record.
pub(super) fn admitted<'a>(context: &Context<'a>, workplace: &Workplace) -> Result<Context<'a>, AppError> {
    lookups::not_blocked(context, workplace)?;
    let purpose = Purpose::parse(PURPOSE).map_err(|error| AppError::Internal(error.to_string()))?;
    let context = context.under(purpose);
    let query = seat::query(&context, Reach::Territory, Channel::Export);
    Plan::compile_of(context.gate(workplace)?, &query, super::ALL_CONSENTS)
        .map_err(|refusal| access::refused(&context, workplace, &query, refusal))?;
    Ok(context)
}

/// The plan of a list, of people who agreed to `consents`; none when no clause is about them.
fn plan(context: &Context<'_>, workplace: &Workplace, consents: Consents) -> Result<Option<Plan>, AppError> {
    let query = seat::query(context, Reach::Territory, Channel::Export);
    let plan = Plan::compile_of(context.gate(workplace)?, &query, consents).ok();
    Ok(plan.map(|plan| plan.narrowed(FIELDS.into_iter().collect::<FieldSet>())))
}

/// The programme, when it has a list that the actor's party signs.
pub(super) fn listing(
    context: &Context<'_>,
    workplace: &Workplace,
    programme: &Code,
) -> Result<Programme, AppError> {
    let programmes = workplace.programmes(context.territory)?;
    let running = programmes.iter().filter(|one| one.id == *programme).last();
    let signs = |one: &&Programme| one.lists.iter().any(|rule| rule.signed_by.contains(&context.actor.party));
    running.filter(signs).cloned().ok_or(AppError::Absent("list"))
}

pub(super) fn rows(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<EvidenceRow>, AppError> {
    let mut rows = Vec::new();
    workplace.store.read(context.territory, |snapshot| {
        rows = snapshot.casework_evidence()?;
        Ok(())
    })?;
    Ok(rows)
}

fn find(
    context: &Context<'_>,
    workplace: &Workplace,
    id: Uuid,
) -> Result<(Programme, EvidenceRow), AppError> {
    let found = rows(context, workplace)?.into_iter().find(|row| row.list == id);
    let row = found.ok_or(AppError::Absent("list"))?;
    let running = listing(context, workplace, &super::code(&row.programme)?)?;
    Ok((running, row))
}

pub(super) fn list(programme: &Programme, row: EvidenceRow) -> Result<EvidenceList, AppError> {
    let has_signed = |party: &Party| row.signatures.iter().any(|one| one.party == *party);
    let signers = programme.lists.iter().flat_map(|rule| &rule.signed_by);
    Ok(EvidenceList {
        awaited: signers.filter(|party| !has_signed(party)).cloned().collect(),
        id: row.list,
        programme: programme.id.clone(),
        half: row.half.parse().map_err(|_| StoreError::Damaged("a list is of no half-year".to_owned()))?,
        made_at: row.made_at,
        people: row.people,
        hash: row.hash,
        kept_until: row.kept_until,
        signatures: row.signatures,
    })
}

/// The lines of those whom a clause lets the list name, with the day until which the clauses let it be kept.
fn named(
    context: &Context<'_>,
    workplace: &Workplace,
    (people, half): (&BTreeMap<PersonId, (Consents, Vec<Accompanied>)>, HalfYear),
    kept: &mut Option<Date>,
) -> Result<Vec<Line>, AppError> {
    let mut lines = Vec::new();
    for consents in ALL {
        let same: Vec<PersonId> =
            people.iter().filter(|(_, (agreed, _))| *agreed == consents).map(|(person, _)| *person).collect();
        let Some(plan) = plan(context, workplace, consents)? else { continue };
        for clause in plan.clauses() {
            let file = workplace
                .conventions()
                .iter()
                .find(|file| (&*file.id, file.version) == (clause.convention.as_str(), clause.version));
            let until = file.and_then(|file| kept_until(file, &clause.clause, context.now().date()));
            // Of several clauses, the first to end.
            *kept = kept.take().into_iter().chain(until).min();
        }
        // A half-year in which nobody was accompanied has its list too.
        if same.is_empty() {
            continue;
        }
        let standings = standings(context, workplace, &same)?;
        let held = workplace.store.read(context.territory, |snapshot| snapshot.shown_of(&same))?;
        let subjects: Vec<_> = same.iter().map(|person| standings.of(Subject::Person(*person))).collect();
        let what = format!("list of {half}, frozen");
        let session = plan
            .begin_file(subjects, |record| access::write(context, workplace, record, Act::Export, &what))?;
        for person in same {
            let facts = held.get(&person).into_iter().flat_map(|one| &one.facts);
            let views = facts.filter_map(|fact| Some((fact.facts.source(), session.open(&fact.facts).ok()?)));
            let naming = views.into_iter().find(|(_, view)| view.get(Field::BirthName).is_some());
            let (Some((source, view)), Some((_, stays))) = (naming, people.get(&person)) else { continue };
            let said = |field: Field| Some((field.code().to_owned(), view.get(field)?.to_owned()));
            lines.push(Line {
                person,
                agreed: (consents.has(Consent::Form), consents.has(Consent::Email)),
                source: source.clone(),
                facts: FIELDS.into_iter().filter_map(said).collect(),
                stays: stays.clone(),
            });
        }
    }
    lines.sort_by_key(|one| one.person);
    Ok(lines)
}

fn standings(
    context: &Context<'_>,
    workplace: &Workplace,
    people: &[PersonId],
) -> Result<Standings, AppError> {
    let mut standings = access::standings(context, workplace)?;
    let (held, protected) = workplace
        .store
        .read(context.territory, |snapshot| Ok((snapshot.shown_of(people)?, snapshot.protected()?)))?;
    for (person, one) in &held {
        take_in(&mut standings, *person, one, protected.contains(person));
    }
    Ok(standings)
}

/// A line as data of its register, under the gate again.
fn sealed(line: &Line) -> GuardedFacts {
    let mut facts = Facts::new();
    for field in FIELDS {
        if let Some(value) = line.facts.get(field.code()) {
            facts.push(field, value);
        }
    }
    GuardedFacts::seal(Subject::Person(line.person), line.source.clone(), facts)
}

/// The content of a list, which must be what was frozen.
fn opened(context: &Context<'_>, workplace: &Workplace, row: &EvidenceRow) -> Result<Content, AppError> {
    let bytes = workplace.keys.open(Domain::File, &bound_to(context, row.list), &row.sealed)?;
    let damaged = || StoreError::Damaged("a frozen list is not what was frozen".to_owned());
    if hash(&bytes) != row.hash {
        return Err(damaged().into());
    }
    let content: Content = serde_json::from_slice(&bytes).map_err(|_| damaged())?;
    if content.form == FORM { Ok(content) } else { Err(damaged().into()) }
}

/// SHA-256, in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    let hash = ring::digest::digest(&ring::digest::SHA256, bytes);
    hash.as_ref().iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

/// What a list is sealed to: it opens as no other.
fn bound_to(context: &Context<'_>, list: Uuid) -> Vec<u8> {
    [context.territory.as_str().as_bytes(), list.as_bytes()].concat()
}

fn apply(
    context: &Context<'_>,
    workplace: &Workplace,
    (subject, counts): (String, Vec<(&'static str, u64)>),
    change: EvidenceChange,
) -> Result<(), AppError> {
    let what = Audited { subject, counts, ..Audited::default() };
    let entry = audit(context, context.act_id()?, Act::Casework, what)?;
    let set = ChangeSet::new(context.territory, context.now(), entry);
    workplace.store.apply(&set.with(Change::Casework(CaseworkChange::Evidence(change))))?;
    access::sequence(context, workplace);
    Ok(())
}

fn cell(field: Field, text: &str) -> Cell {
    match text.parse::<Date>() {
        Ok(day) if field == Field::BirthDate => Cell::Day(day),
        _ => Cell::Text(text.to_owned()),
    }
}

fn stay_cells(stay: &Accompanied) -> Vec<Cell> {
    let (ended, exit) = match &stay.ended {
        Some((day, exit)) => (Cell::Day(*day), Cell::Text(exit.to_string())),
        None => (Cell::Empty, Cell::Empty),
    };
    vec![Cell::Day(stay.from), ended, exit]
}

fn said(lang: Lang, (fr, en): (&'static str, &'static str)) -> &'static str {
    match lang {
        Lang::Fr => fr,
        Lang::En => en,
    }
}

fn heads(lang: Lang) -> Vec<String> {
    let stay = [("Entrée", "Entry"), ("Sortie", "Exit"), ("Motif de sortie", "Outcome")];
    let fields = FIELDS.into_iter().map(|field| field.label(lang).to_owned());
    fields.chain(stay.map(|text| said(lang, text).to_owned())).collect()
}

/// What the file says of itself: of what it is, its seal, and who signed it.
fn about(
    programme: &Programme,
    (row, content): (&EvidenceRow, &Content),
    lang: Lang,
) -> Vec<(String, String)> {
    let mut about = vec![
        (said(lang, ("Programme", "Programme")).to_owned(), words::said(&programme.title, lang)),
        (said(lang, ("Semestre", "Half-year")).to_owned(), row.half.clone()),
        (said(lang, ("Figée le", "Frozen on")).to_owned(), row.made_at.date().to_string()),
        (said(lang, ("Sceau (SHA-256)", "Seal (SHA-256)")).to_owned(), row.hash.clone()),
        (said(lang, ("Conservée jusqu’au", "Kept until")).to_owned(), row.kept_until.to_string()),
        (
            said(lang, ("Personnes qu’aucune clause ne laisse nommer", "People whom no clause lets it name"))
                .to_owned(),
            content.left_out.to_string(),
        ),
        (
            said(lang, ("Financement", "Funding")).to_owned(),
            said(lang, ("Cofinancé par l’Union européenne (FSE+)", "Co-funded by the European Union (ESF+)"))
                .to_owned(),
        ),
    ];
    about.extend(row.signatures.iter().map(|one| {
        let who = format!("{} / {}, {}", one.party, one.role, one.at.date());
        (said(lang, ("Signée par", "Signed by")).to_owned(), who)
    }));
    about
}
