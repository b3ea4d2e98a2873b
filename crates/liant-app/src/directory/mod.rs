//! Keeps the directory (*fichier des personnes*) made: what lists, counts and searches stand on.
//!
//! Call [`follow`] after a batch is published, and [`refresh`] at start and now and then: it does what is left to do and nothing else. The use
//! cases that move a link, orient someone or say who follows her call [`remake`] themselves. Both are the software's own
//! work: facts are read under `[[use]]` clauses for `index` (rows and words), `count` (standings) and `update` (events).

mod compose;
mod events;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{self, SyncSender};
use std::time::{Duration, Instant as Moment};

use liant_convention::{Gate, RecipientRule, UseKind};
use liant_guard::{Limits, Standings, UsePlan};
use liant_model::{Clock, Instant, PersonId, Territory};
use liant_store::directory::{DirectoryMaker, DuePerson, HeldPerson, MadePerson};

pub use liant_store::directory::DirectoryState;

use crate::{AppError, Context, Workplace, background};

/// What a refresh did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Refreshed {
    /// Whether another process was at it: then this one did nothing.
    pub elsewhere: bool,
    /// People whose rows were made from nothing.
    pub filled: u64,
    /// People whose rows were made again.
    pub remade: u64,
    /// Of them, those of whom they are other than before: the rest was not written.
    pub changed: u64,
    /// Batches whose changes were noted.
    pub batches: u64,
    /// Events that they brought.
    pub events: u64,
}

/// Of the form of the rows: another one makes the directory anew.
const FORM: u32 = 2;
/// People who are read at once while it is filled.
const FILLED_AT_ONCE: usize = 2_000;
/// Times as many whose rows wait to be written.
const MADE_AHEAD: usize = 2;
/// People whose rows are made again in one transaction.
const REMADE_AT_ONCE: usize = 250;

/// People whose rows changed after whom the tables are tidied.
const TIDY_AFTER: u64 = 1_000;

/// What rows are made with: one gate, from the first row to the last.
struct Making<'a> {
    workplace: &'a Workplace,
    territory: Territory,
    now: Instant,
    gate: Arc<Gate>,
    index: UsePlan,
}

impl<'a> Making<'a> {
    fn begin(workplace: &'a Workplace, territory: Territory, now: Instant) -> Result<Self, AppError> {
        let gate = workplace.gate(territory)?;
        let index = UsePlan::compile(&gate, UseKind::Index, territory, now)?;
        Ok(Self { workplace, territory, now, gate, index })
    }

    /// What tells a directory made of these fields from one made of others.
    fn basis(&self) -> Result<String, AppError> {
        let count = UsePlan::compile(&self.gate, UseKind::Count, self.territory, self.now)?;
        let fields = [&self.index, &count].map(|plan| {
            let fields = plan.record().fields;
            let of_source = fields.iter().map(|one| format!("{}:{:x}", one.source, one.fields.bits()));
            of_source.collect::<Vec<_>>().join(",")
        });
        Ok(format!("{FORM};{}", fields.join(";")))
    }

    fn compose(&self, held: &BTreeMap<PersonId, HeldPerson>) -> Result<Vec<MadePerson>, AppError> {
        let rule = RecipientRule::shipped().map_err(|error| AppError::Internal(error.to_string()))?;
        let mut standings =
            Standings::begin(&self.gate, rule, (self.territory, self.now), Limits::not_asked())?;
        for (person, held) in held {
            compose::take_in(&mut standings, *person, held);
        }
        let standing = |person| standings.of(liant_guard::Subject::Person(person)).narrowest();
        Ok(held
            .iter()
            .map(|(person, held)| compose::made(&self.index, *person, standing(*person), held))
            .collect())
    }

    /// Reads people and makes their rows on one thread, while another writes those before.
    fn fill(&self, maker: &mut DirectoryMaker, after: Option<PersonId>) -> Result<u64, AppError> {
        let mut filled = 0;
        ahead(
            |sender| self.make_all(after, sender),
            |(made, last): (Vec<MadePerson>, _)| {
                filled += made.len() as u64;
                Ok(maker.fill(&made, last)?)
            },
        )?;
        maker.end_filling()?;
        Ok(filled)
    }

    /// Makes the rows again of everyone who is due, in the same way. Gives whether anyone was.
    fn remake_due(&self, maker: &mut DirectoryMaker, refreshed: &mut Refreshed) -> Result<bool, AppError> {
        let before = refreshed.remade;
        ahead(
            |sender| self.make_due(sender),
            |(due, made): (Vec<DuePerson>, Vec<MadePerson>)| {
                refreshed.remade += due.len() as u64;
                refreshed.changed += maker.remake(&due, &made)? as u64;
                Ok(())
            },
        )?;
        Ok(refreshed.remade > before)
    }

    /// Makes the rows of everyone who is due, and hands them over, for as long as someone takes them.
    fn make_due(&self, sender: &SyncSender<(Vec<DuePerson>, Vec<MadePerson>)>) -> Result<(), AppError> {
        let mut after = None;
        loop {
            let due = self
                .workplace
                .store
                .read(self.territory, |snapshot| snapshot.directory_due(after, REMADE_AT_ONCE))?;
            let Some(last) = due.last() else { return Ok(()) };
            after = Some(last.person);
            let made = self.made(&due)?;
            if sender.send((due, made)).is_err() {
                return Ok(());
            }
        }
    }

    /// Makes the rows of everyone after `after`, and hands them over, for as long as someone takes them.
    fn make_all(
        &self,
        mut after: Option<PersonId>,
        sender: &SyncSender<(Vec<MadePerson>, PersonId)>,
    ) -> Result<(), AppError> {
        loop {
            let (people, held) = self.workplace.store.read(self.territory, |snapshot| {
                let people = snapshot.people_after(after, FILLED_AT_ONCE)?;
                let held = match (people.first(), people.last()) {
                    (Some(first), Some(last)) => snapshot.held_between(*first, *last)?,
                    _ => BTreeMap::new(),
                };
                Ok((people, held))
            })?;
            let Some(last) = people.last() else { return Ok(()) };
            if sender.send((self.compose(&held)?, *last)).is_err() {
                return Ok(());
            }
            after = Some(*last);
        }
    }

    fn note(&self, maker: &mut DirectoryMaker, refreshed: &mut Refreshed) -> Result<(), AppError> {
        for batch in maker.batches_to_note()? {
            let changes =
                self.workplace.store.read(self.territory, |snapshot| snapshot.batch_changes(batch))?;
            let events = events::of(self.workplace, (self.territory, self.now), &changes)?;
            maker.note(&changes, &events)?;
            refreshed.batches += 1;
            refreshed.events += events.len() as u64;
        }
        Ok(())
    }

    /// The rows of these people, as they are to be now.
    fn made(&self, due: &[DuePerson]) -> Result<Vec<MadePerson>, AppError> {
        let people: Vec<PersonId> = due.iter().map(|due| due.person).collect();
        let held = self.workplace.store.read(self.territory, |snapshot| snapshot.held_whole(&people))?;
        self.compose(&held)
    }
}

/// Makes parts on one thread, while this one writes those before. Whichever fails stops the other.
fn ahead<T: Send>(
    make: impl FnOnce(&SyncSender<T>) -> Result<(), AppError> + Send,
    write: impl FnMut(T) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let (sender, receiver) = mpsc::sync_channel(MADE_AHEAD);
    std::thread::scope(|scope| {
        let maker = scope.spawn(move || {
            background::give_way();
            make(&sender)
        });
        receiver.into_iter().try_for_each(write)?;
        maker.join().map_err(|_| AppError::Internal("a thread died".to_owned()))?
    })
}

/// Brings the directory of a territory up to date. One that died goes on where it was; while another process is at it, this
/// one does nothing.
///
/// # Errors
/// When no clause in force lets the software index anything, or the store refuses.
pub fn refresh(workplace: &Workplace, territory: Territory, now: Instant) -> Result<Refreshed, AppError> {
    let making = Making::begin(workplace, territory, now)?;
    let basis = making.basis()?;
    let Some(mut maker) = workplace.store.directory_maker(territory)? else {
        return Ok(Refreshed { elsewhere: true, ..Refreshed::default() });
    };
    let mut refreshed = Refreshed::default();
    let held = state(workplace, territory)?;
    if held.filling || held.made_to != held.published {
        workplace.store.look_at_tables()?;
    }
    if let Some(after) = maker.begin(&basis)? {
        refreshed.filled = making.fill(&mut maker, after)?;
    }
    making.note(&mut maker, &mut refreshed)?;
    // Who becomes due meanwhile is made in another round.
    while making.remake_due(&mut maker, &mut refreshed)? {}
    if refreshed.changed >= TIDY_AFTER {
        maker.tidy()?;
    }
    Ok(refreshed)
}

/// How far the directory of a territory is made.
///
/// # Errors
/// When the store cannot be read.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the bare method is not general over lifetimes"
)]
pub fn state(workplace: &Workplace, territory: Territory) -> Result<DirectoryState, AppError> {
    Ok(workplace.store.read(territory, |snapshot| snapshot.directory_state())?)
}

/// Between two looks at a directory that another process is at.
const NEXT_LOOK: Duration = Duration::from_millis(200);

/// Refreshes the directory until it shows everything, as after an import: whoever was at it may have looked before the
/// batch was published. Waits for another process for so long at most; gives how far it came.
///
/// # Errors
/// As [`refresh`]. What is published stays so, and the next refresh does what is left.
pub fn follow(
    workplace: &Workplace,
    territory: Territory,
    clock: &dyn Clock,
    patience: Duration,
) -> Result<DirectoryState, AppError> {
    let began = Moment::now();
    loop {
        let done = refresh(workplace, territory, clock.now())?;
        let state = state(workplace, territory)?;
        if state.is_fresh() || began.elapsed() >= patience {
            return Ok(state);
        }
        if done.elsewhere {
            std::thread::sleep(NEXT_LOOK);
        }
    }
}

/// Makes the rows of these people again, after an act on them. While another process is at the directory they wait for it.
///
/// # Errors
/// As [`refresh`]. The act is done and its people are due: a caller may leave the rest to the next refresh.
pub fn remake(
    workplace: &Workplace,
    territory: Territory,
    now: Instant,
    people: &[PersonId],
) -> Result<(), AppError> {
    let making = Making::begin(workplace, territory, now)?;
    let Some(mut maker) = workplace.store.directory_maker(territory)? else { return Ok(()) };
    // What is made on another basis, or not at all yet, is made whole by a refresh.
    if !maker.is_made_on(&making.basis()?)? {
        return Ok(());
    }
    for part in people.chunks(REMADE_AT_ONCE) {
        let due = workplace.store.read(territory, |snapshot| snapshot.due_among(part))?;
        maker.remake(&due, &making.made(&due)?)?;
    }
    Ok(())
}

/// [`remake`] after an act that is done: what it could not do is due, and left to the next refresh.
pub(crate) fn after_act(context: &Context<'_>, workplace: &Workplace, people: &[PersonId]) {
    let _ = remake(workplace, context.territory, context.now(), people);
}

/// Empties the directory, and makes it from nothing.
///
/// # Errors
/// As [`refresh`].
pub fn rebuild(workplace: &Workplace, territory: Territory, now: Instant) -> Result<Refreshed, AppError> {
    if let Some(mut maker) = workplace.store.directory_maker(territory)? {
        // No directory stands on this: the refresh finds another basis and begins anew.
        maker.begin("none")?;
    }
    refresh(workplace, territory, now)
}
