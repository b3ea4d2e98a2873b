//! The Département's monthly file: what it would hold, built, fetched, and marked as deposited.
//!
//! Liant does not send the file: a named technician deposits it on the partner's portal, then says so here. The built file
//! lies in the workplace's spool, for the account of the program alone, until it is marked as deposited or built again.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use liant_audit::{Act, PeopleBlock};
use liant_casework::Month;
use liant_convention::{Channel, Direction, UseKind};
use liant_guard::{Subject, UsePlan, View};
use liant_model::{Block, Date, Field, Instant, Lang, PersonId};
use liant_store::{BreachScope, Change, ChangeSet, DepositRow, DisclosureRow};
use ring::digest;

use crate::cgpem::{self, CgpemReport};
use crate::context::{Audited, audit};
use crate::private::PrivateFile;
use crate::uploads::private_folder;
use crate::{AppError, Context, Workplace, access, rights};

/// The flow that the Département owes.
pub const FLOW: &str = "CGPEM";

/// Longest that the building of a file takes, in microseconds.
const MOST_BUILDING: i64 = 3_600_000_000;

/// What the file of this moment would hold, in numbers: nobody's data is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// Recipients in course (*bénéficiaires en cours*).
    pub recipients: u64,
    /// Of them, those without an orientation decision: they are held back, since its nature is required.
    pub to_orient: u64,
    /// Of the others, those whose decision names no referent: France Travail erases the correspondent that it holds.
    pub without_referent: u64,
    /// Whether a convention in force lets it leave today.
    pub may_leave: bool,
}

/// A file that was built and not deposited yet.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Built {
    /// The date it speaks for.
    pub reference_date: String,
    /// Its name.
    pub file_name: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256, in hexadecimal.
    pub hash: String,
    /// When it was built.
    pub at: Instant,
    /// Who built it.
    pub by: String,
    /// Recipients in course.
    pub recipients: u64,
    /// Records written.
    pub written: u64,
    /// Recipients without a decision.
    pub to_orient: u64,
    /// Recipients whose record breaks a rule, by rule.
    pub refused: Vec<Counted>,
    /// Warnings, by rule.
    pub warnings: Vec<Counted>,
    /// Clauses under which the data leave.
    pub clauses: Vec<String>,
    /// How many people had had data erased when it was built: once there are more, it may hold one of them.
    #[serde(default)]
    pub erasures: u64,
    /// Whether someone in it may not be sent any more: it is not fetched, and must be built again.
    #[serde(skip)]
    pub is_out_of_date: bool,
    /// Whether it may be marked as deposited: one that is out of date, when somebody had it in hand before.
    #[serde(skip)]
    pub may_be_marked: bool,
}

/// A rule, in words, and how many records it concerns.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Counted {
    /// Its code.
    pub rule: String,
    /// What is wrong, in the language of whoever built the file.
    pub message: String,
    /// What to do.
    pub help: String,
    /// How many records.
    pub count: u64,
}

/// A file that was handed over.
#[derive(Clone, Debug)]
pub struct Deposited {
    /// The date it speaks for.
    pub reference_date: String,
    /// Its name.
    pub file_name: String,
    /// Records in it.
    pub written: u64,
    /// When it was built, and by whom.
    pub built: (Instant, String),
    /// The day it was handed over.
    pub on: Date,
    /// When that was recorded, and by whom.
    pub recorded: (Instant, String),
}

/// Someone who is held back from the file, as far as the actor may see her.
#[derive(Clone, Debug)]
pub struct HeldBack {
    /// The person.
    pub person: PersonId,
    /// Her values, the field's code and the value.
    pub values: Vec<(Field, String)>,
}

/// What the file would hold, counted.
///
/// # Errors
/// When no clause lets the software count; [`AppError::Absent`] for whoever does not send the flow.
pub fn forecast(context: &Context<'_>, workplace: &Workplace) -> Result<Forecast, AppError> {
    hers(context, workplace)?;
    let recipients = cgpem::in_course(context, workplace)?;
    let counting =
        UsePlan::compile(context.gate(workplace)?, UseKind::Count, context.territory, context.now())?;
    let (mut oriented, mut named) = (BTreeSet::new(), BTreeSet::new());
    workplace.store.read(context.territory, |snapshot| {
        snapshot.orientations(|row| {
            if recipients.contains_key(&row.person) {
                oriented.insert(row.person);
                let has_name = |facts: liant_guard::Reading<'_>| facts.get(Field::ReferentName).is_some();
                if counting.read(&row.facts, has_name).unwrap_or(false) {
                    named.insert(row.person);
                }
            }
            Ok(())
        })
    })?;
    let (recipients, oriented, named) = (recipients.len() as u64, oriented.len() as u64, named.len() as u64);
    let may_leave = cgpem::may_leave(context, workplace)?;
    Ok(Forecast {
        recipients,
        to_orient: recipients - oriented,
        without_referent: oriented - named,
        may_leave,
    })
}

/// The first `most` of those who are held back, as far as the conventions let the actor see them: one access record.
///
/// # Errors
/// The gate's refusal.
pub fn held_back(
    context: &Context<'_>,
    workplace: &Workplace,
    most: usize,
) -> Result<Vec<HeldBack>, AppError> {
    let plan = access::plan(context, workplace, Channel::Screen)?;
    let mut waiting = cgpem::in_course(context, workplace)?;
    let facts = workplace.store.read(context.territory, |snapshot| {
        snapshot.orientations(|row| {
            waiting.remove(&row.person);
            Ok(())
        })?;
        let chosen: BTreeSet<PersonId> = waiting.keys().take(most).copied().collect();
        let mut facts = Vec::new();
        snapshot.block_of_all(Block::Identity, |fact| {
            if chosen.contains(&fact.person) {
                facts.push(fact);
            }
            Ok(())
        })?;
        Ok(facts)
    })?;
    let mut session = plan.begin();
    for fact in &facts {
        if let Some(standing) = waiting.get(&fact.person) {
            session.add(&fact.facts, standing);
        }
    }
    let views = session
        .release(|record| access::write(context, workplace, record, Act::Read, "held back from CGPEM"))?;
    Ok(gathered(&views))
}

/// Views as people: the first source that says something of a field.
fn gathered(views: &[View]) -> Vec<HeldBack> {
    let mut people: Vec<HeldBack> = Vec::new();
    for view in views {
        let Subject::Person(person) = view.subject() else { continue };
        let place = people.iter().position(|one| one.person == person).unwrap_or_else(|| {
            people.push(HeldBack { person, values: Vec::new() });
            people.len() - 1
        });
        let Some(held) = people.get_mut(place) else { continue };
        for (field, value, _) in view.iter() {
            if held.values.iter().all(|(known, _)| *known != field) {
                held.values.push((field, value.to_owned()));
            }
        }
    }
    people
}

/// Builds the file of this month: one access record of all whose data it holds, as from the command line. The file
/// built before, if any, is replaced.
///
/// # Errors
/// The gate's refusal; when the file cannot be written.
pub fn build(context: &Context<'_>, workplace: &Workplace, lang: Lang) -> Result<Built, AppError> {
    let month = Month::of(context.now().date());
    let folder = folder(context, workplace);
    private_folder(&folder).map_err(|error| AppError::file(&folder, error))?;
    let file_name = format!("cgpem-{month}.xml");
    let path = folder.join(&file_name);
    let erasures = cgpem::erasures(context, workplace)?;
    let report = cgpem::export(context, workplace, &path, Some(month.first()), lang)?;
    let bytes = fs::read(&path).map_err(|error| AppError::file(&path, error))?;
    let built = Built {
        reference_date: report.reference_date.clone(),
        file_name,
        bytes: bytes.len() as u64,
        hash: hex(digest::digest(&digest::SHA256, &bytes).as_ref()),
        at: context.now(),
        by: context.actor.name.clone(),
        recipients: report.recipients,
        written: report.written,
        to_orient: report.to_orient.len() as u64,
        refused: refused(&report),
        warnings: report
            .warnings
            .iter()
            .map(|(warning, count)| Counted {
                rule: warning.rule.clone(),
                message: warning.message.clone(),
                help: warning.help.clone(),
                count: *count,
            })
            .collect(),
        clauses: report.clauses,
        erasures,
        is_out_of_date: false,
        may_be_marked: true,
    };
    let kept = folder.join("built.json");
    let fault = |error: std::io::Error| AppError::file(&kept, error);
    let text = serde_json::to_vec(&built).map_err(|error| AppError::Internal(error.to_string()))?;
    let (private, mut file) = PrivateFile::begin(&kept).map_err(fault)?;
    file.write_all(&text).map_err(fault)?;
    private.finish().map_err(fault)?;
    Ok(built)
}

fn refused(report: &CgpemReport) -> Vec<Counted> {
    let mut rules: Vec<Counted> = Vec::new();
    for problem in report.refused.iter().flat_map(|record| &record.problems) {
        match rules.iter_mut().find(|rule| rule.rule == problem.rule) {
            Some(rule) => rule.count += 1,
            None => rules.push(Counted {
                rule: problem.rule.clone(),
                message: problem.message.clone(),
                help: problem.help.clone(),
                count: 1,
            }),
        }
    }
    rules
}

/// The file that was built and is not deposited yet, if any; none is there for whoever does not send the flow.
///
/// # Errors
/// When the store cannot be read.
pub fn built(context: &Context<'_>, workplace: &Workplace) -> Result<Option<Built>, AppError> {
    let is_hers = access::handles(context, workplace, (FLOW, Direction::Send))?;
    let Some(mut built) = lying(context, workplace).filter(|_| is_hers) else { return Ok(None) };
    judge(context, workplace, &mut built)?;
    Ok(Some(built))
}

/// Says of a built file whether it may still be fetched, and marked as deposited.
fn judge(context: &Context<'_>, workplace: &Workplace, built: &mut Built) -> Result<(), AppError> {
    built.is_out_of_date = is_out_of_date(context, workplace, built)?;
    // What is out of date is not fetched: whoever had it in hand had it before.
    built.may_be_marked = !built.is_out_of_date || was_fetched(context, workplace, built)?;
    Ok(())
}

/// The built file, as it is now.
fn current(context: &Context<'_>, workplace: &Workplace) -> Result<Built, AppError> {
    let mut built = lying(context, workplace).ok_or(AppError::Absent("file"))?;
    judge(context, workplace, &mut built)?;
    Ok(built)
}

/// Whether a built file has someone in it who had the use of her data restricted since, or objected (GDPR art. 18, 21); or may have
/// someone in it whose data were erased since (art. 17), of whom nothing is left to look for.
fn is_out_of_date(context: &Context<'_>, workplace: &Workplace, built: &Built) -> Result<bool, AppError> {
    if cgpem::erasures(context, workplace)? != built.erasures {
        return Ok(true);
    }
    let out = rights::limits::out_of_file(context, workplace, FLOW)?;
    if out.is_empty() {
        return Ok(false);
    }
    // Of which no record tells who is in it, she may be.
    let Some(made) = made(context, workplace, built)? else { return Ok(true) };
    Ok(PeopleBlock::from_bytes(&made.people)?.iter().any(|person| out.contains(&person)))
}

/// Whether somebody had the file in hand since it was built.
fn was_fetched(context: &Context<'_>, workplace: &Workplace, built: &Built) -> Result<bool, AppError> {
    let scope = BreachScope { actor: None, act: None, since: built.at, until: None };
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.disclosures_within(&scope))?;
    let what = fetched(built);
    Ok(rows.iter().any(|row| row.what == what))
}

/// What a fetch of the built file is called in the log.
fn fetched(built: &Built) -> String {
    format!("fetched {FLOW} {} ({})", built.reference_date, built.file_name)
}

/// Where the bytes lie of the file that was built, if any was.
pub(crate) fn built_file(context: &Context<'_>, workplace: &Workplace) -> Option<PathBuf> {
    let built = lying(context, workplace)?;
    Some(folder(context, workplace).join(built.file_name))
}

fn lying(context: &Context<'_>, workplace: &Workplace) -> Option<Built> {
    let text = fs::read(folder(context, workplace).join("built.json")).ok()?;
    serde_json::from_slice(&text).ok()
}

/// That the flow is the actor's to look at.
fn hers(context: &Context<'_>, workplace: &Workplace) -> Result<(), AppError> {
    if access::handles(context, workplace, (FLOW, Direction::Send))? {
        Ok(())
    } else {
        Err(AppError::Absent("file"))
    }
}

/// The bytes of the file that was built, for whoever deposits it. The fetch is on record with everyone in the file, as its making
/// was: another may fetch it than built it.
///
/// # Errors
/// [`AppError::Absent`] when there is none; the gate's refusal.
pub fn fetch(context: &Context<'_>, workplace: &Workplace) -> Result<(Built, Vec<u8>), AppError> {
    access::send(context, workplace, FLOW)?;
    let built = current(context, workplace)?;
    if built.is_out_of_date {
        return Err(AppError::OutOfDate);
    }
    let path = folder(context, workplace).join(&built.file_name);
    let bytes = fs::read(&path).map_err(|_| AppError::Absent("file"))?;
    let subject = fetched(&built);
    let made = made(context, workplace, &built)?;
    let people = made.as_ref().map(|row| PeopleBlock::from_bytes(&row.people)).transpose()?;
    let what = Audited {
        subject: subject.clone(),
        clauses: built.clauses.clone(),
        counts: vec![("records", built.written)],
        people: people.unwrap_or_default(),
    };
    let act = context.act_id()?;
    let entry = audit(context, act, Act::Export, what)?;
    let mut set = ChangeSet::new(context.territory, context.now(), entry);
    if let Some(made) = made {
        let actor = context.actor.name.clone();
        let (kind, organisation) = (Some(Act::Export.code().to_owned()), context.seat.organisation);
        let row = DisclosureRow { act, at: context.now(), actor, what: subject, kind, organisation, ..made };
        set = set.with(Change::Disclosure(row));
    }
    workplace.store.apply(&set)?;
    access::sequence(context, workplace);
    Ok((built, bytes))
}

/// The record of what the built file released.
fn made(
    context: &Context<'_>,
    workplace: &Workplace,
    built: &Built,
) -> Result<Option<DisclosureRow>, AppError> {
    let what = format!("{FLOW} {} ({})", built.reference_date, built.file_name);
    let scope = BreachScope {
        actor: None,
        act: None,
        since: Instant::from_micros(built.at.micros() - MOST_BUILDING),
        until: Some(Instant::from_micros(built.at.micros() + 1)),
    };
    let mut rows = workplace.store.read(context.territory, |snapshot| snapshot.disclosures_within(&scope))?;
    rows.retain(|row| row.what == what);
    Ok(rows.pop())
}

/// Marks the built file as handed over on a day, and removes it. What went before someone in it could not be sent any more is marked
/// too: the record tells what was handed over.
///
/// # Errors
/// [`AppError::Absent`] when none is built; [`AppError::Value`] for a day before the file was built, or to come;
/// [`AppError::OutOfDate`] for one that nobody had in hand while it could be sent.
pub fn mark(context: &Context<'_>, workplace: &Workplace, on: Date) -> Result<(), AppError> {
    access::send(context, workplace, FLOW)?;
    let built = current(context, workplace)?;
    if !built.may_be_marked {
        return Err(AppError::OutOfDate);
    }
    if on > context.now().date() || on < built.at.date() {
        let text = "the day of the deposit lies between the day the file was built and today";
        return Err(AppError::Value(text.to_owned()));
    }
    let deposit = context.act_id()?;
    let what = Audited {
        subject: format!("{FLOW} {} ({}), deposited on {on}", built.reference_date, built.file_name),
        clauses: built.clauses.clone(),
        counts: vec![("records", built.written)],
        ..Audited::default()
    };
    let entry = audit(context, deposit, Act::Send, what)?;
    let row = DepositRow {
        deposit,
        flow: FLOW.to_owned(),
        reference_date: built.reference_date.clone(),
        file_name: built.file_name.clone(),
        file_hash: hash_bytes(&built.hash),
        file_bytes: built.bytes,
        counts: serde_json::json!({ "recipients": built.recipients, "written": built.written, "to_orient": built.to_orient })
            .to_string(),
        built_at: built.at,
        built_by: built.by.clone(),
        deposited_on: on.to_string(),
        recorded_at: context.now(),
        recorded_by: context.actor.name.clone(),
    };
    let set = ChangeSet::new(context.territory, context.now(), entry).with(Change::Deposit(row));
    workplace.store.apply(&set)?;
    access::sequence(context, workplace);
    // It has served; what cannot be removed now is replaced by the next file that is built.
    let _ = fs::remove_dir_all(folder(context, workplace));
    Ok(())
}

/// The dates that the files handed over speak for: that a month's file has gone is no secret to whoever sees the calendar.
///
/// # Errors
/// When the store cannot be read.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the bare method is not general over lifetimes"
)]
pub fn handed_over(context: &Context<'_>, workplace: &Workplace) -> Result<BTreeSet<String>, AppError> {
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.deposits())?;
    Ok(rows.into_iter().map(|row| row.reference_date).collect())
}

/// The files handed over, the last recorded first.
///
/// # Errors
/// When the store cannot be read; [`AppError::Absent`] for whoever does not send the flow.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the bare method is not general over lifetimes"
)]
pub fn history(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<Deposited>, AppError> {
    hers(context, workplace)?;
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.deposits())?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let counts: serde_json::Value = serde_json::from_str(&row.counts).unwrap_or_default();
            Some(Deposited {
                reference_date: row.reference_date,
                file_name: row.file_name,
                written: counts.get("written").and_then(serde_json::Value::as_u64).unwrap_or(0),
                built: (row.built_at, row.built_by),
                on: row.deposited_on.parse().ok()?,
                recorded: (row.recorded_at, row.recorded_by),
            })
        })
        .collect())
}

fn folder(context: &Context<'_>, workplace: &Workplace) -> PathBuf {
    workplace.spool.join("out").join(context.territory.as_str()).join(FLOW)
}

fn hash_bytes(hex: &str) -> Vec<u8> {
    let digits = hex.as_bytes().chunks(2).filter_map(|two| std::str::from_utf8(two).ok());
    digits.filter_map(|two| u8::from_str_radix(two, 16).ok()).collect()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a text does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
