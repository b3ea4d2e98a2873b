//! The dates that conventions set, where each flow stands month by month, and the feed for people's own calendars.

mod ics;

use std::collections::BTreeMap;

use liant_access::Token;
use liant_audit::Act;
use liant_casework::{Expected, Holidays, agenda, flow_day, follow};
use liant_convention::{Convention, Flow, Gate, Rhythm, Validity};
use liant_model::{Date, Instant, Lang, Party, Source, Span, Territory};
use liant_store::{BatchRow, Change, ChangeSet};

pub use liant_casework::{DueDate, Holiday, Month, Standing, What};

use crate::context::{Audited, audit, random};
use crate::{AppError, Context, Workplace, access};

/// Dates and holidays between two days.
#[derive(Clone, Debug)]
pub struct Agenda {
    /// What falls on which day, in order.
    pub dates: Vec<DueDate>,
    /// The public holidays of the territory.
    pub holidays: Vec<Holiday>,
}

/// Where the flows stand, month by month.
#[derive(Clone, Debug)]
pub struct FollowUp {
    /// The months, the latest first.
    pub months: Vec<Month>,
    /// The flows that pass every month or every week.
    pub flows: Vec<FollowedFlow>,
}

/// One flow of the follow-up.
#[derive(Clone, Debug)]
pub struct FollowedFlow {
    /// Its code.
    pub profile: String,
    /// What it is, in both languages.
    pub label: [String; 2],
    /// The register that it comes from.
    pub source: Source,
    /// Whether our own Département sends it.
    pub is_ours: bool,
    /// One cell for each month.
    pub cells: Vec<Cell>,
}

/// A flow in a month.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The month.
    pub month: Month,
    /// Where it stands.
    pub standing: Standing,
    /// The last import of the month, when one was received.
    pub batch: Option<i64>,
    /// How many files passed.
    pub files: u64,
}

fn holidays() -> Result<Holidays, AppError> {
    Holidays::shipped().map_err(|error| AppError::Internal(error.to_string()))
}

fn conventions(gate: &Gate, territory: Territory) -> Vec<Convention> {
    gate.conventions().iter().filter(|one| one.territory == territory).cloned().collect()
}

/// What falls between two days, both included.
///
/// # Errors
/// When the file of holidays does not read.
pub fn dates(workplace: &Workplace, territory: Territory, between: (Date, Date)) -> Result<Agenda, AppError> {
    let holidays = holidays()?;
    let gate = workplace.gate(territory)?;
    let mut dates = agenda(&conventions(&gate, territory), between, &holidays);
    // A flow is not due on a day on which it may not pass.
    dates.retain(|due| {
        let is_flow = matches!(due.what, What::Available { .. } | What::Due { .. });
        !is_flow || gate.standing(&due.convention, due.version, due.day) == Some(Validity::InForce)
    });
    let years = between.0.year()..=between.1.year();
    let off = years.flat_map(|year| holidays.of_year(year, territory));
    let off = off.filter(|holiday| holiday.date >= between.0 && holiday.date <= between.1).collect();
    Ok(Agenda { dates, holidays: off })
}

/// Where the flows of a party stand in the last `count` months, this one included.
///
/// # Errors
/// When the store cannot be read.
pub fn follow_up(context: &Context<'_>, workplace: &Workplace, count: u8) -> Result<FollowUp, AppError> {
    let holidays = holidays()?;
    let today = context.now().date();
    let this = Month::of(today);
    let months: Vec<Month> = (0..i32::from(count)).map(|back| this.plus(-back)).collect();
    let (batches, deposits) = workplace
        .store
        .read(context.territory, |snapshot| Ok((snapshot.batches()?, snapshot.deposits()?)))?;
    let passed = Passed::of(&batches, &deposits);
    let began = passed.first();
    let mut flows: BTreeMap<String, FollowedFlow> = BTreeMap::new();
    let gate = workplace.gate(context.territory)?;
    for convention in conventions(&gate, context.territory) {
        for flow in convention.flows.iter().filter(|flow| is_followed(flow, &context.actor.party)) {
            let profile = workplace.profile(&flow.profile)?;
            let cell = |month: &Month| {
                let stands = stands_in(&gate, &convention, *month);
                let expected = if stands && began.is_some_and(|began| *month >= began) {
                    expected(flow, *month, &holidays, convention.territory)
                } else {
                    None
                };
                let (day, batch, files) = passed.in_month(&flow.profile, *month);
                // The page of an import is of whoever takes the flow in.
                let batch = batch.filter(|_| flow.to == context.actor.party);
                Cell { month: *month, standing: follow(expected, day, today), batch, files }
            };
            let label = [Lang::Fr, Lang::En].map(|lang| profile.label(lang).to_owned());
            let followed = FollowedFlow {
                profile: flow.profile.clone(),
                label,
                source: profile.source().clone(),
                is_ours: flow.from == context.actor.party,
                cells: months.iter().map(cell).collect(),
            };
            // Of two versions of a convention the later holds.
            flows.insert(flow.profile.clone(), followed);
        }
    }
    Ok(FollowUp { months, flows: flows.into_values().collect() })
}

/// Whether a flow passes by itself, from or to a party.
fn is_followed(flow: &Flow, party: &Party) -> bool {
    let regular = matches!(flow.rhythm, Rhythm::Daily | Rhythm::Weekly | Rhythm::Monthly);
    regular && (flow.from == *party || flow.to == *party)
}

/// Whether a convention is in force on any day of a month.
fn stands_in(gate: &Gate, convention: &Convention, month: Month) -> bool {
    let days = month.first().series(Span::new().days(1)).take_while(|day| *day <= month.last());
    days.into_iter()
        .any(|day| gate.standing(&convention.id, convention.version, day) == Some(Validity::InForce))
}

/// What a month expects of a flow. Where no clause sets a day: by the end of the month that follows.
fn expected(flow: &Flow, month: Month, holidays: &Holidays, territory: Territory) -> Option<Expected> {
    let reckoned = |day| flow_day(day, month, holidays, territory);
    if let Some(due) = &flow.due {
        return reckoned(due.day).map(|day| Expected::by(month.first(), day.date));
    }
    match flow.available.and_then(reckoned) {
        Some(day) => Some(Expected::from(day.date)),
        None if flow.rhythm == Rhythm::Monthly => Some(Expected::by(month.last(), month.plus(1).last())),
        None => Some(Expected::by(month.first(), month.last())),
    }
}

/// What has passed, by flow and month of reference.
struct Passed(BTreeMap<(String, Month), (Date, Option<i64>, u64)>);

impl Passed {
    fn of(batches: &[BatchRow], deposits: &[liant_store::DepositRow]) -> Self {
        let mut all = Self(BTreeMap::new());
        for batch in batches.iter().filter(|batch| batch.state == "published") {
            let day = batch.published_at.unwrap_or(batch.started_at).date();
            all.add(&batch.flow, &batch.reference_date, day, Some(batch.batch.0));
        }
        for deposit in deposits {
            if let Ok(day) = deposit.deposited_on.parse() {
                all.add(&deposit.flow, &deposit.reference_date, day, None);
            }
        }
        all
    }

    /// The first that passed in a month says whether it was in time, the last is the one that holds.
    fn add(&mut self, flow: &str, reference: &str, day: Date, batch: Option<i64>) {
        let Ok(reference) = reference.parse::<Date>() else { return };
        let entry = self.0.entry((flow.to_owned(), Month::of(reference))).or_insert((day, batch, 0));
        entry.0 = entry.0.min(day);
        entry.1 = entry.1.max(batch);
        entry.2 += 1;
    }

    /// The first month of which anything is held: before, nothing was expected here.
    fn first(&self) -> Option<Month> {
        self.0.keys().map(|(_, month)| *month).min()
    }

    fn in_month(&self, flow: &str, month: Month) -> (Option<Date>, Option<i64>, u64) {
        let found = self.0.get(&(flow.to_owned(), month));
        found.map_or((None, None, 0), |(day, batch, files)| (Some(*day), *batch, *files))
    }
}

/// When the actor's calendar feed was given its address, if it has one.
///
/// # Errors
/// When the store cannot be read.
pub fn feed_since(context: &Context<'_>, workplace: &Workplace) -> Result<Option<Instant>, AppError> {
    Ok(workplace.store.calendar_feed_since(context.territory, &context.actor.name)?)
}

/// Gives the actor's calendar feed a new secret address; the one before leads nowhere any more. The secret is given once and
/// kept as a hash.
///
/// # Errors
/// When the store cannot be written.
pub fn new_feed(context: &Context<'_>, workplace: &Workplace) -> Result<Token, AppError> {
    let token = Token::new(random()?);
    let what = Audited { subject: "the address of a calendar feed".to_owned(), ..Audited::default() };
    let entry = audit(context, context.act_id()?, Act::Account, what)?;
    workplace.store.ensure_territory(context.territory)?;
    let change = Change::CalendarFeed {
        account: context.actor.name.clone(),
        token_hash: token.hash().as_bytes().to_vec(),
    };
    workplace.store.apply(&ChangeSet::new(context.territory, context.now(), entry).with(change))?;
    access::sequence(context, workplace);
    Ok(token)
}

/// The feed at a secret address, as iCalendar (RFC 5545): the dates from three months ago to a year ahead. Holds nothing about
/// anyone.
///
/// # Errors
/// [`AppError::Absent`] when no feed has this address.
pub fn feed(
    workplace: &Workplace,
    territory: Territory,
    secret: &str,
    (now, lang): (Instant, Lang),
) -> Result<String, AppError> {
    let absent = || AppError::Absent("calendar");
    let token = Token::parse(secret).map_err(|_| absent())?;
    workplace.store.calendar_feed(territory, token.hash().as_bytes())?.ok_or_else(absent)?;
    let this = Month::of(now.date());
    let dates = dates(workplace, territory, (this.plus(-3).first(), this.plus(12).last()))?;
    Ok(ics::text(&dates.dates, territory, now, lang))
}
