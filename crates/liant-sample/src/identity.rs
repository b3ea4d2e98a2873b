//! Who an invented person is, before any source writes it down.

use crate::birth::Birth;
use crate::calendar::Day;
use crate::names::{self, Origin, Sex};
use crate::rng::Rng;

/// A civil identity.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) birth: Birth,
    pub(crate) birth_name: String,
    /// First names in the order of the civil record, one to three.
    pub(crate) first_names: Vec<String>,
    pub(crate) origin: Origin,
    /// Until when the person has only a waiting number, if she had one.
    pub(crate) waiting_until: Option<Day>,
}

impl Identity {
    /// The identity of a person born so, of a family of her own.
    pub(crate) fn new(rng: &mut Rng, birth: Birth) -> Self {
        let origin = names::origin(rng, birth.abroad());
        let birth_name = names::surname(rng, origin);
        Self::in_family(rng, birth, birth_name, origin)
    }

    /// The identity of a person born so, in the family of this name.
    pub(crate) fn in_family(rng: &mut Rng, birth: Birth, birth_name: String, origin: Origin) -> Self {
        let count = 1 + usize::from(rng.chance(5_500)) + usize::from(rng.chance(2_500));
        let mut first_names: Vec<String> = Vec::with_capacity(count);
        for _ in 0..count {
            let name = names::first_name(rng, origin, birth.sex, birth.day.year());
            if !first_names.contains(&name) {
                first_names.push(name);
            }
        }
        Self { birth, birth_name, first_names, origin, waiting_until: None }
    }

    /// The usual first name.
    pub(crate) fn first_name(&self) -> &str {
        self.first_names.first().map_or("", String::as_str)
    }

    /// The number the person has on `day`: a waiting one at first, for a few people born abroad.
    pub(crate) fn nir_on(&self, day: Day) -> String {
        self.birth.nir(self.waiting_until.is_some_and(|until| day < until))
    }

    /// A first name the person did not have yet, for a brother or sister.
    pub(crate) fn sibling_first_name(&self, rng: &mut Rng, sex: Sex) -> String {
        loop {
            let name = names::first_name(rng, self.origin, sex, self.birth.day.year());
            if name != self.first_name() {
                return name;
            }
        }
    }
}
