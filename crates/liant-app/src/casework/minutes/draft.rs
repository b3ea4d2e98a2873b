//! Minutes that are written: what the form needs, and the draft that it seals.

use liant_casework::{
    BeforeMinutes, CommitteesRule, Followed, Minutes, MinutesFault, Month, Programme, check_minutes,
};
use liant_convention::{Length, Unit};
use liant_model::{Date, Uuid};
use liant_store::{PaperChange, PaperKind, PaperRow};

use super::content::{FORM, FrozenMonth, MinutesContent, frozen, months, sealed};
use super::{
    CommitteeKey, Saying, SealedAs, SealedLine, Shelves, Standing, apply, kept_until, line, named, place_code,
};
use crate::context::random;
use crate::{AppError, Context, Workplace};

/// The most months that minutes show.
const MOST_MONTHS: i32 = 12;

/// What the form of minutes is made with.
#[derive(Clone, Debug)]
pub struct MinutesForm {
    /// The committee.
    pub key: CommitteeKey,
    /// The programme.
    pub programme: Programme,
    /// The name of the local service.
    pub place_name: Option<String>,
    /// The last meeting.
    pub last: Option<Date>,
    /// Actions that wait for an answer.
    pub open: Vec<Followed>,
    /// The figures that the minutes of a meeting of today would show.
    pub months: Vec<FrozenMonth>,
    /// The draft that is there: which, its seal, what it says, and how many have signed it.
    pub draft: Option<(Uuid, String, Minutes, usize)>,
}

impl MinutesForm {
    /// The codes that minutes are written in.
    pub fn rules(&self) -> Option<&CommitteesRule> {
        self.programme.committees.as_ref()
    }
}

/// What the form of a committee's minutes is made with, for those who lead it.
///
/// # Errors
/// [`AppError::Absent`] when the actor does not lead such a committee; the gate's refusal when the software may count nobody.
pub fn minutes_form(
    context: &Context<'_>,
    workplace: &Workplace,
    key: &CommitteeKey,
) -> Result<MinutesForm, AppError> {
    let shelves = Shelves::read(context, workplace)?;
    let standing = shelves.led(context, key)?;
    let today = context.now().date();
    let draft = standing.draft.and_then(|row| {
        let found = shelves.papers.iter().find(|(one, _)| one.paper == row.paper);
        match found {
            Some((row, Saying::Minutes(content))) => {
                Some((row.paper, row.hash.clone(), content.said.clone(), row.signatures.len()))
            }
            _ => None,
        }
    });
    let about = draft.as_ref().map_or(today, |(.., said, _)| said.held_on);
    Ok(MinutesForm {
        key: key.clone(),
        programme: standing.programme.clone(),
        place_name: standing.place_name.clone(),
        last: standing.last().map(|said| said.held_on),
        open: standing.open(),
        months: since_last(context, workplace, &standing, about)?,
        draft,
    })
}

/// Seals what a meeting concluded, in place of the draft that was read. Whoever had signed that one signs again. A day that is not taken, a
/// code that the programme does not have, an open action without an answer are faults, and nothing is written.
///
/// # Errors
/// As [`minutes_form`]; [`AppError::Value`] when no clause says how long it is kept; a conflict when another draft was sealed meanwhile.
pub fn draft_minutes(
    context: &Context<'_>,
    workplace: &Workplace,
    key: &CommitteeKey,
    (said, replaces): (Minutes, Option<(Uuid, String)>),
) -> Result<Result<SealedLine, Vec<MinutesFault>>, AppError> {
    let shelves = Shelves::read(context, workplace)?;
    let standing = shelves.led(context, key)?;
    let open = standing.open();
    let last = standing.last().map(|said| said.held_on);
    let before = BeforeMinutes { last, open: &open, today: context.now().date() };
    let rules = (standing.rules, standing.committee);
    let faults = check_minutes(standing.programme, rules, &said, &before);
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let kept_until = kept_until(context, workplace, (standing.programme, said.held_on))?;
    let id = liant_model::ActId::new(context.now(), random()?).0;
    let content = MinutesContent {
        form: FORM,
        id,
        programme: key.programme.clone(),
        version: standing.programme.version,
        committee: key.committee.clone(),
        place: key.place,
        place_name: standing.place_name.clone(),
        made_at: context.now(),
        months: since_last(context, workplace, &standing, said.held_on)?,
        earlier: open,
        said,
    };
    let (body, hash) = sealed(&content)?;
    let row = PaperRow {
        paper: id,
        kind: PaperKind::Minutes,
        programme: key.programme.to_string(),
        committee: key.committee.to_string(),
        place: place_code(key.place),
        about: content.said.held_on.to_string(),
        made_at: content.made_at,
        made_by: context.actor.name.clone(),
        hash,
        body,
        signers: u32::try_from(standing.committee.led_by.len()).unwrap_or(u32::MAX),
        complete_at: None,
        kept_until,
        signatures: Vec::new(),
    };
    seal(context, workplace, &row, (standing.replaced(), replaces))?;
    line(standing.rules, &row).map(Ok)
}

/// Keeps a draft in place of the one that is there, which must be the one that was read.
pub(super) fn seal(
    context: &Context<'_>,
    workplace: &Workplace,
    row: &PaperRow,
    (there, read): (Option<SealedAs>, Option<SealedAs>),
) -> Result<(), AppError> {
    if there != read {
        return Err(liant_store::StoreError::Conflict { what: "the paper of a committee" }.into());
    }
    let subject = format!("sealed: {}", named(row));
    apply(context, workplace, subject, PaperChange::Draft { row: row.clone(), replaces: read })
}

/// The figures of the months since the last meeting, or of as many as may pass between two: those that were over on the day of the meeting.
fn since_last(
    context: &Context<'_>,
    workplace: &Workplace,
    standing: &Standing<'_>,
    held_on: Date,
) -> Result<Vec<FrozenMonth>, AppError> {
    let last = Month::of(held_on.min(context.now().date())).plus(-1);
    let usual = last.plus(1 - in_months(standing.committee.every).min(MOST_MONTHS));
    let since = standing.last().map_or(usual, |said| Month::of(said.held_on));
    let first = since.max(last.plus(1 - MOST_MONTHS)).min(last);
    let shown = months(context, workplace, standing.programme, (first, last))?;
    Ok(shown.iter().map(|one| frozen(one, standing.key.place)).collect())
}

/// About how many months a length is, one at least.
fn in_months(length: Length) -> i32 {
    let count = i32::from(u16::try_from(length.count).unwrap_or(u16::MAX));
    match length.unit {
        Unit::Years => count.saturating_mul(12),
        Unit::Months => count,
        Unit::Days | Unit::Hours => (count / 30).max(1),
    }
}
