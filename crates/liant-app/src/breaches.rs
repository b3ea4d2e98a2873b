//! The file of breaches (*registre des violations*, GDPR art. 33 (5)): what was discovered, whom it concerns, who is to be told by
//! when, who was told.
//!
//! Whom a breach concerns is never typed in: it is computed from the log each time (`gather`), from what the acts of an account,
//! of a period, or one act showed. Notices are drafted from these figures and hold nobody's data.

mod export;
mod gather;

use std::collections::BTreeMap;

use liant_audit::Act;
pub use liant_casework::breach::{Addressee, Deadline, Kept, Nature};
use liant_casework::breach::{deadlines, kept};
use liant_convention::{Convention, Validity};
use liant_model::{AccountId, ActId, Field, Instant, Party, Role};
use liant_store::{BreachChange, BreachRow, BreachScope, BreachStepRow, Change, ChangeSet, StoreError};

pub use export::{ListHeads, export};
use gather::Gathered;
pub use gather::SeenAct;

use crate::context::{Audited, audit};
use crate::conventions::binding;
use crate::{AppError, Context, Workplace, access, trail};

/// What was done about a breach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// The first notice was sent (*notification initiale*).
    Initial,
    /// What was not known then was sent (*notification complémentaire*).
    Complement,
    /// Whom it was sent to has answered.
    Answered,
    /// The file is closed.
    Closed,
}

impl Deed {
    /// Every deed.
    pub const ALL: [Self; 4] = [Self::Initial, Self::Complement, Self::Answered, Self::Closed];

    /// Its code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Complement => "complement",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }

    /// The deed of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// As the store holds it: kind and stage.
    const fn parts(self) -> (&'static str, &'static str) {
        match self {
            Self::Initial => ("sent", "initial"),
            Self::Complement => ("sent", "complement"),
            Self::Answered => ("answered", ""),
            Self::Closed => ("closed", ""),
        }
    }

    fn of(step: &BreachStepRow) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.parts() == (step.step.as_str(), step.stage.as_str()))
    }
}

/// Something that was done.
#[derive(Clone, Debug)]
pub struct Done {
    /// What.
    pub deed: Deed,
    /// To whom: a party's short name, `authority`, or nobody.
    pub to: String,
    /// When it was done.
    pub at: Instant,
    /// Who recorded it.
    pub by: String,
}

/// A deadline, and where it stands.
#[derive(Clone, Debug)]
pub struct Owed {
    /// What is owed.
    pub deadline: Deadline,
    /// Where it stands.
    pub kept: Kept,
}

/// A breach in the list.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Which.
    pub breach: ActId,
    /// What was discovered.
    pub nature: Nature,
    /// When.
    pub discovered_at: Instant,
    /// Its deadlines, the first first.
    pub owed: Vec<Owed>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
}

impl Summary {
    /// The first deadline that nothing was sent for.
    pub fn pressing(&self) -> Option<&Owed> {
        let open = |owed: &&Owed| matches!(owed.kept, Kept::Runs(_) | Kept::Missed(_));
        self.owed.iter().find(open).filter(|_| self.closed_at.is_none())
    }
}

/// The whole file of a breach.
#[derive(Clone, Debug)]
pub struct BreachFile {
    /// What the list says of it.
    pub summary: Summary,
    /// The account meant, by name.
    pub actor: Option<String>,
    /// The act meant.
    pub act: Option<ActId>,
    /// The period meant.
    pub period: (Instant, Option<Instant>),
    /// The acts found, in order.
    pub acts: Vec<SeenAct>,
    /// How many people are concerned.
    pub people: u64,
    /// Of how many of them each datum was shown.
    pub fields: Vec<(Field, u64)>,
    /// Entries of the period whose content was erased from the log.
    pub erased: u64,
    /// What was done, in order.
    pub done: Vec<Done>,
    /// Whom each notice goes to: the roles that the conventions name.
    pub contacts: BTreeMap<String, Vec<Role>>,
    /// Conventions that are suspended now, and since when.
    pub suspended: Vec<(String, liant_model::Date)>,
}

/// A breach to be recorded.
#[derive(Clone, Debug)]
pub struct NewBreach {
    /// What was discovered.
    pub nature: Nature,
    /// When, or when the complaint was received.
    pub discovered_at: Instant,
    /// The account meant: its address, its number, or an actor of the command line.
    pub actor: Option<String>,
    /// The act meant.
    pub act: Option<ActId>,
    /// From when on.
    pub since: Instant,
    /// Until when.
    pub until: Option<Instant>,
}

fn nature(row: &BreachRow) -> Result<Nature, AppError> {
    Nature::from_code(&row.nature).ok_or_else(|| AppError::Internal("a breach has no such nature".to_owned()))
}

fn summary(
    context: &Context<'_>,
    workplace: &Workplace,
    row: &BreachRow,
    (steps, touches_people): (&[BreachStepRow], bool),
) -> Result<Summary, AppError> {
    let nature = nature(row)?;
    let files = binding(context, workplace, row.discovered_at)?;
    let party: &Party = &context.actor.party;
    let all = deadlines(&files, (nature, touches_people), row.discovered_at, party);
    let own = || steps.iter().filter(|step| step.breach == row.breach);
    let told = |to: &Addressee| {
        own().filter(|step| step.step == "sent" && step.addressee == to.code()).map(|step| step.at).min()
    };
    let owed = all.into_iter().map(|deadline| {
        let kept = kept(deadline.at, told(&deadline.to), context.now());
        Owed { deadline, kept }
    });
    Ok(Summary {
        breach: row.breach,
        nature,
        discovered_at: row.discovered_at,
        owed: owed.collect(),
        closed_at: own().find(|step| step.step == "closed").map(|step| step.at),
    })
}

/// The breaches in the file of the actor's party, the last discovered first. Reading it is on record.
///
/// # Errors
/// When no clause has the actor act for the rights of people.
pub fn list(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<Summary>, AppError> {
    let found = figures(context, workplace)?;
    trail::write_read(context, workplace, "breaches", None, found.len())?;
    Ok(found)
}

/// The same, for figures alone, of which nothing is put on record.
pub(crate) fn figures(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<Summary>, AppError> {
    trail::watch(context, workplace)?;
    let party = context.actor.party.as_str();
    let (rows, steps) = workplace
        .store
        .read(context.territory, |snapshot| Ok((snapshot.breaches(party)?, snapshot.breach_steps(None)?)))?;
    rows.iter()
        .map(|row| {
            // A breach is told of in any case; of a flaw or a complaint that is open it depends on what was seen.
            let is_closed = steps.iter().any(|step| step.breach == row.breach && step.step == "closed");
            let touches = nature(row)? == Nature::Breach
                || is_closed
                || !gather::gather(context, workplace, &row.scope)?.concerned.is_empty();
            summary(context, workplace, row, (&steps, touches))
        })
        .collect()
}

fn find(context: &Context<'_>, workplace: &Workplace, breach: ActId) -> Result<BreachRow, AppError> {
    trail::watch(context, workplace)?;
    let party = context.actor.party.as_str();
    let row = workplace.store.read(context.territory, |snapshot| snapshot.breach(party, breach))?;
    row.ok_or(AppError::Absent("breach"))
}

fn steps_of(
    context: &Context<'_>,
    workplace: &Workplace,
    breach: ActId,
) -> Result<Vec<BreachStepRow>, AppError> {
    Ok(workplace.store.read(context.territory, |snapshot| snapshot.breach_steps(Some(breach)))?)
}

/// The whole file of a breach, computed from the log as it is now. Reading it is on record.
///
/// # Errors
/// [`AppError::Absent`] when there is no such breach in the file of the actor's party.
pub fn show(context: &Context<'_>, workplace: &Workplace, breach: ActId) -> Result<BreachFile, AppError> {
    let row = find(context, workplace, breach)?;
    let steps = steps_of(context, workplace, breach)?;
    let Gathered { acts, concerned, erased } = gather::gather(context, workplace, &row.scope)?;
    let summary = summary(context, workplace, &row, (&steps, !concerned.is_empty()))?;
    let fields = Field::all().filter_map(|field| {
        let count = concerned.values().filter(|one| one.fields.contains(field)).count() as u64;
        (count > 0).then_some((field, count))
    });
    let fields = fields.collect();
    trail::write_read(context, workplace, "breach", None, acts.len())?;
    let actors: Vec<String> = steps
        .iter()
        .map(|step| step.recorded_by.clone())
        .chain(row.scope.actor.clone())
        .chain(acts.iter().map(|act| act.actor.clone()))
        .collect();
    let names = trail::names(workplace, context.territory, &actors)?;
    let named = |actor: String| names.get(&actor).cloned().unwrap_or(actor);
    let done = steps.iter().filter_map(|step| {
        let (deed, by) = (Deed::of(step)?, named(step.recorded_by.clone()));
        Some(Done { deed, to: step.addressee.clone(), at: step.at, by })
    });
    Ok(BreachFile {
        contacts: contacts(&binding(context, workplace, row.discovered_at)?, &context.actor.party),
        suspended: suspended(context, workplace)?,
        summary,
        actor: row.scope.actor.map(named),
        act: row.scope.act,
        period: (row.scope.since, row.scope.until),
        people: concerned.len() as u64,
        fields,
        erased,
        done: done.collect(),
        acts: acts.into_iter().map(|act| SeenAct { actor: named(act.actor), ..act }).collect(),
    })
}

/// The roles that answer for security and for the protection of data at each party.
fn contacts(files: &[Convention], our: &Party) -> BTreeMap<String, Vec<Role>> {
    use liant_convention::Contact::{Dpo, Security};
    let mut all: BTreeMap<String, Vec<Role>> = BTreeMap::new();
    let entries = files.iter().flat_map(|file| &file.contacts);
    for entry in entries.filter(|entry| matches!(entry.contact, Dpo | Security) && entry.role.party != *our) {
        let roles = all.entry(entry.role.party.as_str().to_owned()).or_default();
        if !roles.contains(&entry.role.role) {
            roles.push(entry.role.role.clone());
        }
    }
    all
}

fn suspended(
    context: &Context<'_>,
    workplace: &Workplace,
) -> Result<Vec<(String, liant_model::Date)>, AppError> {
    let held = crate::conventions::list(context, workplace)?;
    Ok(held
        .iter()
        .filter_map(|one| match one.validity {
            Validity::Suspended(since) => Some((one.file.id.to_string(), since)),
            _ => None,
        })
        .collect())
}

/// Opens the file of a breach. Its clocks run from the discovery, not from now.
///
/// # Errors
/// [`AppError::Value`] for an account that nobody has, for a discovery to come, for a period that ends before it begins.
pub fn open(context: &Context<'_>, workplace: &Workplace, new: &NewBreach) -> Result<ActId, AppError> {
    trail::watch(context, workplace)?;
    let wrong = |text: &str| Err(AppError::Value(text.to_owned()));
    if new.discovered_at > context.now() {
        return wrong("discovered: give a moment that has passed");
    }
    if new.until.is_some_and(|until| until <= new.since) {
        return wrong("period: it ends before it begins");
    }
    let actor = new.actor.as_deref().map(|typed| account(context, workplace, typed)).transpose()?;
    let breach = context.act_id()?;
    let row = BreachRow {
        breach,
        party: context.actor.party.as_str().to_owned(),
        nature: new.nature.code().to_owned(),
        discovered_at: new.discovered_at,
        scope: BreachScope { actor, act: new.act, since: new.since, until: new.until },
        opened_by: context.actor.name.clone(),
        opened_at: context.now(),
    };
    let subject = format!("breach file opened ({})", new.nature.code());
    write(context, workplace, (breach, subject), BreachChange::Open(row))?;
    Ok(breach)
}

/// The account that was typed, as the log holds it: by address or number; else an actor whom the log knows.
fn account(context: &Context<'_>, workplace: &Workplace, typed: &str) -> Result<String, AppError> {
    let typed = typed.trim();
    let found = workplace.store.directory(context.territory, |directory| {
        if let Ok(email) = liant_access::Email::parse(typed) {
            return directory.account_of(&email);
        }
        typed.parse::<AccountId>().map_or(Ok(None), |id| directory.account(id))
    })?;
    if let Some(found) = found {
        return Ok(found.id.to_string());
    }
    let everything = BreachScope {
        actor: Some(typed.to_owned()),
        act: None,
        since: Instant::from_micros(i64::MIN),
        until: None,
    };
    let known =
        workplace.store.read(context.territory, |snapshot| snapshot.disclosures_within(&everything))?;
    if known.is_empty() {
        return Err(AppError::Value("account: nobody here has this address or number".to_owned()));
    }
    Ok(typed.to_owned())
}

/// Records what was done about a breach.
///
/// # Errors
/// [`AppError::Value`] for a moment to come or before the discovery; [`AppError::State`] when the file is closed, or a complement or
/// an answer comes without a first notice; [`AppError::Absent`] when nothing is owed to whom it names; a conflict when somebody
/// else recorded something meanwhile.
pub fn record(
    context: &Context<'_>,
    workplace: &Workplace,
    breach: ActId,
    (deed, to, at): (Deed, &str, Instant),
) -> Result<(), AppError> {
    let row = find(context, workplace, breach)?;
    let steps = steps_of(context, workplace, breach)?;
    if at > context.now() || at < row.discovered_at {
        return Err(AppError::Value("moment: it lies between the discovery and now".to_owned()));
    }
    if steps.iter().any(|step| step.step == "closed") {
        return Err(AppError::State("the file of this breach is closed".to_owned()));
    }
    let to = if deed == Deed::Closed { "" } else { to };
    if deed != Deed::Closed {
        let owed = summary(context, workplace, &row, (&steps, true))?.owed;
        if !owed.iter().any(|one| one.deadline.to.code() == to) {
            return Err(AppError::Absent("addressee"));
        }
        let is_told = steps.iter().any(|step| step.step == "sent" && step.addressee == to);
        if deed != Deed::Initial && !is_told {
            return Err(AppError::State("nothing was sent there yet".to_owned()));
        }
    }
    let act = context.act_id()?;
    let (step, stage) = deed.parts();
    let row = BreachStepRow {
        act,
        breach,
        step: step.to_owned(),
        addressee: to.to_owned(),
        stage: stage.to_owned(),
        at,
        recorded_by: context.actor.name.clone(),
        recorded_at: context.now(),
    };
    let subject = format!("breach {breach}: {} {to}", deed.code()).trim_end().to_owned();
    write(context, workplace, (act, subject), BreachChange::Step { row, expected: steps.len() as u64 })
}

fn write(
    context: &Context<'_>,
    workplace: &Workplace,
    (act, subject): (ActId, String),
    change: BreachChange,
) -> Result<(), AppError> {
    workplace.store.ensure_territory(context.territory)?;
    let entry = audit(context, act, Act::Breach, Audited { subject, ..Audited::default() })?;
    let set = ChangeSet::new(context.territory, context.now(), entry).with(Change::Breach(change));
    workplace.store.apply(&set)?;
    access::sequence(context, workplace);
    Ok(())
}

impl From<liant_audit::InvalidPeople> for AppError {
    fn from(error: liant_audit::InvalidPeople) -> Self {
        Self::Store(StoreError::Damaged(error.to_string()))
    }
}
