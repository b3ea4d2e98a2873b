//! What was read of people lately, still sealed, for as long as it is still so.
//!
//! What a list shows of someone changes when a batch is published, and by acts that name her, each of which raises her number in
//! `held_change` in its own transaction, whichever process makes it. So what was read at the pointer and the number that a reader sees
//! need not be read again. Nothing of it outlives the process, nor the second [turn](Lately::turn) in which nobody asked for it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use liant_model::{BatchNo, PersonId, Territory};

use super::HeldPerson;

/// What was read of people, by territory. Who is asked for goes over to the young; who is not, goes with the old.
#[derive(Default)]
pub(crate) struct Lately(Mutex<Generations>);

#[derive(Default)]
struct Generations {
    young: Kept,
    old: Kept,
}

type Kept = HashMap<(Territory, PersonId), (HeldAt, Arc<HeldPerson>)>;

/// The state of the store in which someone was read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct HeldAt {
    /// The pointer of published batches.
    pub(super) published: BatchNo,
    /// How many acts had changed what is held of her.
    pub(super) changes: i64,
}

/// People of a generation: beyond, it is old.
const MOST: usize = 20_000;

impl Lately {
    /// Of these people, those who were read in the same state.
    pub(super) fn of(
        &self,
        territory: Territory,
        people: &BTreeMap<PersonId, HeldAt>,
    ) -> BTreeMap<PersonId, Arc<HeldPerson>> {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = people.iter().filter_map(|(person, at)| {
            let held = generations.find((territory, *person), *at)?;
            Some((*person, held))
        });
        found.collect()
    }

    /// Keeps what was read of people in these states.
    pub(super) fn keep(
        &self,
        territory: Territory,
        people: &BTreeMap<PersonId, HeldAt>,
        read: &BTreeMap<PersonId, Arc<HeldPerson>>,
    ) {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (person, held) in read {
            if let Some(at) = people.get(person) {
                generations.keep((territory, *person), (*at, Arc::clone(held)));
            }
        }
    }

    /// Lets go of those for whom nobody has asked since the turn before.
    pub(crate) fn turn(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).turn();
    }
}

impl Generations {
    fn find(&mut self, whom: (Territory, PersonId), at: HeldAt) -> Option<Arc<HeldPerson>> {
        if let Some((read_at, held)) = self.young.get(&whom) {
            return (*read_at == at).then(|| Arc::clone(held));
        }
        let (read_at, held) = self.old.remove(&whom)?;
        if read_at != at {
            return None;
        }
        self.keep(whom, (read_at, Arc::clone(&held)));
        Some(held)
    }

    fn keep(&mut self, whom: (Territory, PersonId), read: (HeldAt, Arc<HeldPerson>)) {
        if self.young.len() >= MOST && !self.young.contains_key(&whom) {
            self.turn();
        }
        self.young.insert(whom, read);
    }

    fn turn(&mut self) {
        self.old = std::mem::take(&mut self.young);
    }
}
