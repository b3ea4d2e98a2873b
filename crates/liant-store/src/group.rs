//! Group commit: records that only add are written together, one commit for all that wait.
//!
//! Each page that shows a person writes who read what before it shows it, and a commit waits for the disk. So the first to
//! come writes for everyone who has come meanwhile; the others wait for her commit. None goes on before its record lasts.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use liant_model::Territory;

use crate::change::{Change, ChangeSet, disclosure};
use crate::{Store, StoreError, audit_log};

/// Records of one commit at most: a commit stays short, and gives way to other writers.
const MOST: usize = 256;

/// Those who wait for their record to last.
#[derive(Default)]
pub(crate) struct Group {
    state: Mutex<State>,
    done: Condvar,
}

#[derive(Default)]
struct State {
    waiting: Vec<(u64, ChangeSet)>,
    /// Whether someone writes.
    is_led: bool,
    next: u64,
    results: HashMap<u64, Result<(), StoreError>>,
}

impl Group {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records an act: alone, or with those of others. `write` writes some, and says how each went.
    fn record(
        &self,
        act: ChangeSet,
        write: impl Fn(&[(u64, ChangeSet)]) -> Vec<Result<(), StoreError>>,
    ) -> Result<(), StoreError> {
        let mut state = self.state();
        let ticket = state.next;
        state.next += 1;
        state.waiting.push((ticket, act));
        loop {
            if let Some(result) = state.results.remove(&ticket) {
                return result;
            }
            if state.is_led {
                state = self.done.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            if !state.waiting.iter().any(|(waiting, _)| *waiting == ticket) {
                return Err(StoreError::Damaged("who wrote for others did not end".to_owned()));
            }
            state.is_led = true;
            let taken = state.waiting.len().min(MOST);
            let acts: Vec<_> = state.waiting.drain(..taken).collect();
            drop(state);
            let lead = Lead(self);
            let results = write(&acts);
            state = self.state();
            state.results.extend(acts.iter().map(|(ticket, _)| *ticket).zip(results));
            drop(state);
            drop(lead);
            state = self.state();
        }
    }
}

/// Held by who writes; when it goes, however it goes, another may.
struct Lead<'a>(&'a Group);

impl Drop for Lead<'_> {
    fn drop(&mut self) {
        self.0.state().is_led = false;
        self.0.done.notify_all();
    }
}

impl Store {
    /// Records an act that only adds what was disclosed and its entry of the log, which has its place there when this
    /// returns. Several that come at once share one commit.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] for an act that changes something; when the engine refuses.
    pub fn record(&self, act: ChangeSet) -> Result<(), StoreError> {
        if act.changes.iter().any(|change| !matches!(change, Change::Disclosure(_))) {
            return Err(StoreError::Conflict { what: "a record that changes something" });
        }
        self.group().record(act, |acts| self.write_records(acts))
    }

    /// Writes records, those of a territory in one transaction. When it fails, each is written by itself, so that one that
    /// is refused does not refuse the others.
    fn write_records(&self, acts: &[(u64, ChangeSet)]) -> Vec<Result<(), StoreError>> {
        let mut territories: Vec<Territory> = acts.iter().map(|(_, act)| act.territory).collect();
        territories.sort_unstable();
        territories.dedup();
        let mut failed = Vec::new();
        for territory in territories {
            let theirs: Vec<&ChangeSet> =
                acts.iter().map(|(_, act)| act).filter(|act| act.territory == territory).collect();
            if self.write_together(territory, &theirs).is_err() {
                failed.push(territory);
            }
        }
        acts.iter()
            .map(|(_, act)| {
                if failed.contains(&act.territory) {
                    self.write_together(act.territory, &[act])
                } else {
                    Ok(())
                }
            })
            .collect()
    }

    fn write_together(&self, territory: Territory, acts: &[&ChangeSet]) -> Result<(), StoreError> {
        self.write(territory, |connection| {
            for act in acts {
                for change in &act.changes {
                    if let Change::Disclosure(row) = change {
                        disclosure(connection, act, row)?;
                    }
                }
                audit_log::insert(connection, territory, &act.audit)?;
            }
            audit_log::sequence(connection, territory)?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use liant_model::{ActId, Instant};

    use super::*;
    use crate::AuditRecord;

    fn act(number: u8) -> ChangeSet {
        let at = Instant::from_micros(i64::from(number));
        let audit = AuditRecord {
            act: ActId::new(at, [number; 10]),
            at,
            commitment: [number; 32],
            salt: Vec::new(),
            payload: Vec::new(),
        };
        ChangeSet::new("62".parse().unwrap(), at, audit)
    }

    #[test]
    fn who_comes_while_another_writes_is_written_with_the_next() {
        let (group, commits) = (Group::default(), AtomicUsize::new(0));
        let (begun, come) = (Barrier::new(2), Barrier::new(9));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let first = group.record(act(0), |acts| {
                    begun.wait();
                    come.wait();
                    // They wait by now, or will: a commit more at most.
                    while group.state().waiting.len() < 8 {
                        std::thread::yield_now();
                    }
                    commits.fetch_add(1, Ordering::SeqCst);
                    acts.iter().map(|_| Ok(())).collect()
                });
                first.unwrap();
            });
            begun.wait();
            for number in 1..9 {
                let (group, commits, come) = (&group, &commits, &come);
                scope.spawn(move || {
                    come.wait();
                    let refused = |act: &ChangeSet| act.at.micros() == 5;
                    let result = group.record(act(number), |acts| {
                        commits.fetch_add(1, Ordering::SeqCst);
                        let word = |act| {
                            if refused(act) { Err(StoreError::Conflict { what: "five" }) } else { Ok(()) }
                        };
                        acts.iter().map(|(_, act)| word(act)).collect()
                    });
                    assert_eq!(result.is_err(), number == 5, "each has its own result");
                });
            }
        });
        assert_eq!(commits.into_inner(), 2, "eight shared a commit");
    }

    #[test]
    fn when_who_writes_for_others_fails_they_are_told() {
        let group = Group::default();
        let failed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _ = group.record(act(1), |_| panic!("a bug"));
        }));
        assert!(failed.is_err());
        assert!(group.record(act(2), |acts| acts.iter().map(|_| Ok(())).collect()).is_ok());
    }
}
