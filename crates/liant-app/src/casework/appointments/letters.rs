//! What goes by letter: a list of what is to be printed and posted, each letter, and that it was posted.

use std::collections::{BTreeMap, BTreeSet};

use liant_audit::{Act, PeopleBlock};
use liant_casework::{NoticeKind, Programmes};
use liant_convention::{Channel, Reach};
use liant_guard::Plan;
use liant_model::{Date, DateTime, Field, FieldSet, Lang, PersonId};
use liant_store::{Change, ChangeSet, LetterPosted, NoticeKey, NoticeRow, NoticeWay, StoreError};

use super::said::Told as Words;
use super::{agrees, still_holds};
use crate::casework::held::Held;
use crate::casework::several::Several;
use crate::casework::{register_of, sight};
use crate::context::{Audited, audit};
use crate::people::{Line, seat};
use crate::{AppError, Context, Workplace, access, trail};

/// What is looked at together, and the lines of a list, the actor's own before her colleagues'; a part more may be there. The next come
/// once these are posted.
const AT_ONCE: usize = 500;

/// A letter to print and to post.
#[derive(Clone, Debug)]
pub struct LetterLine {
    /// Which.
    pub key: NoticeKey,
    /// To whom.
    pub person: PersonId,
    /// Her names.
    pub name: Line,
    /// The day and hour of the appointment there.
    pub at: DateTime,
    /// Whether it was printed before.
    pub is_printed: bool,
    /// Whether it may come too late by post.
    pub is_late: bool,
    /// What it tells.
    pub kind: NoticeKind,
}

/// A letter, as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Who sends it, line by line.
    pub sender: Vec<String>,
    /// To whom, as the window of an envelope shows it; her name alone when no address of hers is let out.
    pub addressee: Vec<String>,
    /// Whether her address is protected, and is none of the reader's business: the letter is handed to her.
    pub is_protected: bool,
    /// Whether it has an address.
    pub has_address: bool,
    /// The day.
    pub day: Date,
    /// Its line above.
    pub subject: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// Who signs.
    pub signed: String,
}

/// What is due by letter, of the appointments of the actor's organisation whose paths she sees: of whom is not written to by e-mail. The
/// names are written as one access record.
///
/// # Errors
/// The gate's refusal; [`AppError::Absent`] for who sits nowhere.
pub fn letters(
    context: &Context<'_>,
    workplace: &Workplace,
    lang: Lang,
) -> Result<Vec<LetterLine>, AppError> {
    crate::casework::sees_paths(context, workplace)?;
    let organisation = context.seat.organisation.ok_or(AppError::Absent("list"))?;
    let (own, now) = (context.seat.account, context.now());
    let (mut lines, mut skip) = (Vec::new(), 0);
    // Of those who are told by e-mail, or are not hers to see, there may be many before the first of hers.
    while lines.len() < AT_ONCE {
        let part = workplace.store.read(context.territory, |snapshot| {
            snapshot.notices_due((organisation, own), now, (skip, AT_ONCE))
        })?;
        let is_last = part.len() < AT_ONCE;
        skip += part.len();
        lines.extend(some_letters(context, workplace, part, lang)?);
        if is_last {
            break;
        }
    }
    lines.sort_by_key(|line| (line.at, line.key));
    Ok(lines)
}

/// What of these rows goes by letter and is the actor's to see.
fn some_letters(
    context: &Context<'_>,
    workplace: &Workplace,
    rows: Vec<NoticeRow>,
    lang: Lang,
) -> Result<Vec<LetterLine>, AppError> {
    let programmes = workplace.programmes(context.territory)?;
    let people: BTreeSet<PersonId> = rows.iter().map(|row| row.person).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let several = Several::look(context, workplace, &people, &programmes)?;
    let mut found = Vec::new();
    for row in rows {
        let Some(shown) = several.shown(row.person) else { continue };
        let Some(one) = still_holds(&programmes, shown, &row.notice.key) else { continue };
        if goes_by_letter(context, workplace, &row)? {
            let is_late = is_late(&programmes, &row, one.meeting.at.date(), context.now().date());
            found.push((row, one.meeting.at, is_late));
        }
    }
    let of: Vec<PersonId> = found.iter().map(|(row, ..)| row.person).collect();
    let names: BTreeMap<PersonId, Line> = several.open(context, workplace, &of, ("letters", lang))?;
    let lines = found.into_iter().filter_map(|(row, at, is_late)| {
        Some(LetterLine {
            key: row.notice.key,
            person: row.person,
            name: names.get(&row.person)?.clone(),
            at,
            is_printed: row.tries > 0,
            is_late,
            kind: row.notice.key.kind,
        })
    });
    Ok(lines.collect())
}

fn is_late(programmes: &Programmes, row: &NoticeRow, on: Date, today: Date) -> bool {
    let programme = programmes.iter().filter(|one| one.id.as_str() == row.notice.programme).last();
    let takes = programme.and_then(|one| one.reminders.as_ref()?.post);
    takes.is_some_and(|takes| takes.before(on) < today)
}

/// Whether something is told by letter: e-mail is not to be had, or she is not to be reached by it.
fn goes_by_letter(context: &Context<'_>, workplace: &Workplace, row: &NoticeRow) -> Result<bool, AppError> {
    if row.by_letter || workplace.post.is_none() {
        return Ok(true);
    }
    let (held, others) = workplace.store.read(context.territory, |snapshot| {
        Ok((Held::read(snapshot.casework_of(row.person)?)?, snapshot.notices_of(row.person)?))
    })?;
    if !agrees(context, workplace, (row.person, &held))? {
        return Ok(true);
    }
    // Who agrees and was told by letter, for want of an address or of a clause, is reminded by letter.
    let was = |other: &NoticeRow| {
        let by_letter = other.by_letter || other.done.is_some_and(|(_, way)| way == NoticeWay::Letter);
        other.notice.key.appointment == row.notice.key.appointment && by_letter
    };
    Ok(row.notice.key.kind == NoticeKind::ReminderByLetter && others.iter().any(was))
}

/// Finds what is due by letter, and what the actor sees of it.
fn found<'a>(
    context: &Context<'a>,
    workplace: &Workplace,
    key: &NoticeKey,
) -> Result<(NoticeRow, sight::Seen<'a>), AppError> {
    let absent = || AppError::Absent("letter");
    crate::casework::sees_paths(context, workplace)?;
    let organisation = context.seat.organisation.ok_or_else(absent)?;
    let row = workplace
        .store
        .read(context.territory, |snapshot| snapshot.notice_due(key, (organisation, context.now())))?
        .ok_or_else(absent)?;
    let seen = sight::seen(context, workplace, row.person).map_err(|error| match error {
        AppError::Absent(_) => absent(),
        error => error,
    })?;
    let programmes = workplace.programmes(context.territory)?;
    let holds = still_holds(&programmes, &seen.shown, key).is_some();
    if holds && goes_by_letter(context, workplace, &row)? { Ok((row, seen)) } else { Err(absent()) }
}

/// What a letter has of a person.
const SHOWN: [Field; 7] = [
    Field::BirthName,
    Field::MarriedName,
    Field::FirstName,
    Field::AddressLine,
    Field::AddressComplement,
    Field::Postcode,
    Field::TownName,
];

/// A letter, to be printed: her name and address as a clause lets them out on paper, once that is on record.
///
/// # Errors
/// The gate's refusal; [`AppError::Absent`] when there is no such letter to print.
pub fn paper(
    context: &Context<'_>,
    workplace: &Workplace,
    key: &NoticeKey,
    lang: Lang,
) -> Result<Paper, AppError> {
    let (row, seen) = found(context, workplace, key)?;
    let programmes = workplace.programmes(context.territory)?;
    let absent = || AppError::Absent("letter");
    let one = still_holds(&programmes, &seen.shown, key).ok_or_else(absent)?;
    let place = workplace.places.get(&one.meeting.place).ok_or_else(absent)?;
    let writing = context.under(super::purpose()?);
    let query = seat::query(&writing, Reach::Designated, Channel::Hand);
    let plan = Plan::compile_near_of(writing.gate(workplace)?, &query, seen.held.consents())
        .map_err(|refusal| access::refused(&writing, workplace, &query, refusal))?;
    let wanted = SHOWN.into_iter().fold(FieldSet::EMPTY, FieldSet::with);
    let (name, address) = addressee(&writing, workplace, (&plan.narrowed(wanted), &seen))?;
    workplace.store.notice_printed(context.territory, key)?;
    let with = one.meeting.with.to_string();
    let names = trail::names(workplace, context.territory, std::slice::from_ref(&with))?;
    let signed = names.get(&with).cloned().unwrap_or_default();
    let told_before = workplace.store.read(context.territory, |snapshot| snapshot.notices_of(row.person))?;
    let changed = told_before.iter().any(|other| {
        let other = (other.notice.key, other.done);
        other.0.appointment == one.id && other.0.moved < one.moved && other.1.is_some()
    });
    let words =
        Words { kind: key.kind, changed, meeting: &one.meeting, place, with: &signed, by_email: false };
    let has_address = !address.is_empty();
    Ok(Paper {
        sender: std::iter::once(&place.name).chain(&place.lines).cloned().collect(),
        addressee: std::iter::once(name).chain(address).filter(|line| !line.is_empty()).collect(),
        is_protected: !has_address && seen.standing.is_address_protected(),
        has_address,
        day: context.now().date(),
        subject: words.subject(lang),
        paragraphs: words.paragraphs(lang),
        signed,
    })
}

/// Her name, and the lines of her address; those of the actor's own register, else of the first that gives an address.
fn addressee(
    context: &Context<'_>,
    workplace: &Workplace,
    (plan, seen): (&Plan, &sight::Seen<'_>),
) -> Result<(String, Vec<String>), AppError> {
    let mut session = plan.begin();
    for fact in &seen.facts {
        session.add(&fact.facts, &seen.standing);
    }
    let views = session.release(|record| {
        // What is not there was let out to nobody.
        if record.people.is_empty() {
            return Ok(());
        }
        access::write(context, workplace, record, Act::Read, "appointment letter")
    })?;
    let own = register_of(&context.actor.party);
    // Each block of facts is a view: those of one register together.
    let mut by_source: BTreeMap<(bool, String), BTreeMap<Field, String>> = BTreeMap::new();
    for view in &views {
        let of = by_source.entry((*view.source() != own, view.source().to_string())).or_default();
        of.extend(view.iter().map(|(field, value, _)| (field, value.to_owned())));
    }
    let said = |of: &BTreeMap<Field, String>, field| of.get(&field).cloned().unwrap_or_default();
    let name = by_source.values().find_map(|of| {
        let used = Some(said(of, Field::MarriedName)).filter(|name| !name.is_empty());
        let name = used.unwrap_or_else(|| said(of, Field::BirthName));
        let whole = format!("{} {name}", said(of, Field::FirstName)).trim().to_owned();
        (!whole.is_empty()).then_some(whole)
    });
    let address = by_source.values().find_map(|of| {
        let town = format!("{} {}", said(of, Field::Postcode), said(of, Field::TownName)).trim().to_owned();
        let street = said(of, Field::AddressLine);
        let lines = [said(of, Field::AddressComplement), street.clone(), town.clone()];
        let lines = lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>();
        (!street.is_empty() && !town.is_empty()).then_some(lines)
    });
    Ok((name.unwrap_or_default(), address.unwrap_or_default()))
}

/// Notes that letters were posted, those that waited for it. Gives how many.
///
/// # Errors
/// The gate's refusal.
pub fn posted(context: &Context<'_>, workplace: &Workplace, keys: &[NoticeKey]) -> Result<u64, AppError> {
    // Whom no clause lets see any path is told so whatever she ticked.
    crate::casework::sees_paths(context, workplace)?;
    let mut count = 0;
    for key in keys {
        // What somebody else posted meanwhile, or what holds no more, keeps the others from nothing.
        let row = match found(context, workplace, key) {
            Ok((row, _)) => row,
            Err(AppError::Absent(_)) => continue,
            Err(error) => return Err(error),
        };
        let what = Audited {
            subject: format!("appointment letter posted: {}", key.kind.as_str()),
            people: PeopleBlock::new([row.person]),
            ..Audited::default()
        };
        let entry = audit(context, context.act_id()?, Act::Casework, what)?;
        let act = ChangeSet::new(context.territory, context.now(), entry)
            .with(Change::LetterPosted(LetterPosted(*key)));
        match workplace.store.apply(&act) {
            Ok(()) => count += 1,
            Err(StoreError::Conflict { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    access::sequence(context, workplace);
    Ok(count)
}
