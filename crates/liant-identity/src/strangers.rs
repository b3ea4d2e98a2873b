//! Known people to be compared with dossiers at random, as strangers are.

use crate::known::People;
use crate::person::Person;
use zeroize::Zeroize;

/// People taken evenly from all who come, however many: every one, then every second, every fourth…
pub(crate) struct Strangers {
    people: People,
    step: usize,
    come: usize,
}

/// Fewest people held once that many have come; there are never twice as many.
const FEWEST: usize = 1 << 14;

impl Default for Strangers {
    fn default() -> Self {
        Self { people: People::default(), step: 1, come: 0 }
    }
}

impl Strangers {
    /// Shows the next person, by the first of her records.
    pub(crate) fn meet(&mut self, person: &Person) {
        if self.come.is_multiple_of(self.step) {
            if self.people.0.len() == FEWEST * 2 {
                for place in 1..FEWEST {
                    self.people.0[place] = self.people.0[place * 2];
                }
                self.people.0[FEWEST..].zeroize();
                self.people.0.truncate(FEWEST);
                self.step *= 2;
            }
            if self.people.0.capacity() == 0 {
                self.people.0.reserve_exact(FEWEST * 2);
            }
            self.people.0.push(*person);
        }
        self.come += 1;
    }

    /// Those who were taken, in the order in which they came.
    pub(crate) fn people(&self) -> &[Person] {
        &self.people.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_all_taken_and_many_evenly() {
        for come in [0, 1, FEWEST * 2, FEWEST * 2 + 1, FEWEST * 9] {
            let mut strangers = Strangers::default();
            for caf in 0..come {
                strangers.meet(&Person { caf: caf as u64, ..Person::default() });
            }
            let taken: Vec<u64> = strangers.people().iter().map(|person| person.caf).collect();
            let step = taken.get(1).copied().unwrap_or(1);
            assert!(taken.iter().enumerate().all(|(place, caf)| *caf == place as u64 * step), "{come}");
            assert!(taken.len() == come || (FEWEST..=FEWEST * 2).contains(&taken.len()), "{come}");
        }
    }
}
