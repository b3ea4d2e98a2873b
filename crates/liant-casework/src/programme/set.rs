use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use liant_convention::Problem;
use liant_model::Territory;

use crate::Holidays;

use crate::programme::{Code, Programme, check_together};

/// The files that ship with the program, with their names.
pub const SHIPPED: &[(&str, &str)] = &[
    ("accompagnement-global.toml", include_str!("../../../../programmes/accompagnement-global.toml")),
    ("bridge-to-work.toml", include_str!("../../../../programmes/bridge-to-work.toml")),
    ("contrat-engagement-jeune.toml", include_str!("../../../../programmes/contrat-engagement-jeune.toml")),
    ("rsa-accompagnement.toml", include_str!("../../../../programmes/rsa-accompagnement.toml")),
    ("social-exclusif.toml", include_str!("../../../../programmes/social-exclusif.toml")),
];

/// Programmes in all their versions.
#[derive(Clone, Debug, Default)]
pub struct Programmes(BTreeMap<Code, BTreeMap<u32, Arc<Programme>>>);

/// Why files make no set of programmes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetError {
    /// Files with errors.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Files(Vec<Problem>),
    /// Sound files that contradict each other.
    #[error("{}", .0.join("\n"))]
    Together(Vec<String>),
}

impl Programmes {
    /// A set, whose working days are those of a Département.
    ///
    /// # Errors
    /// [`SetError::Together`] when one names another that is not there, or two have the same version.
    pub fn new(
        programmes: Vec<Programme>,
        holidays: &Holidays,
        territory: Territory,
    ) -> Result<Self, SetError> {
        let problems = check_together(&programmes);
        if !problems.is_empty() {
            return Err(SetError::Together(problems));
        }
        let mut set = Self::default();
        for mut programme in programmes {
            programme.calendar.days = programme.calendar.days.with(holidays, territory);
            set.0.entry(programme.id.clone()).or_default().insert(programme.version, Arc::new(programme));
        }
        Ok(set)
    }

    /// Reads files: their names, and what they hold.
    ///
    /// # Errors
    /// [`SetError`] with all that is wrong.
    pub fn read<'t>(
        files: impl IntoIterator<Item = (&'t str, &'t str)>,
        holidays: &Holidays,
        territory: Territory,
    ) -> Result<Self, SetError> {
        let (mut sound, mut problems) = (Vec::new(), Vec::new());
        for (name, text) in files {
            match Programme::parse(name, text) {
                Ok(programme) => sound.push(programme),
                Err(found) => problems.extend(found),
            }
        }
        if problems.is_empty() {
            Self::new(sound, holidays, territory)
        } else {
            Err(SetError::Files(problems))
        }
    }

    /// The programmes that ship.
    ///
    /// # Errors
    /// Never for a tested build.
    pub fn shipped(holidays: &Holidays, territory: Territory) -> Result<Self, SetError> {
        Self::read(SHIPPED.iter().copied(), holidays, territory)
    }

    /// The version that someone may be proposed under on a day: the last that has begun, if it still takes people in.
    pub fn on(&self, id: &Code, day: Date) -> Option<&Programme> {
        let versions = self.0.get(id)?;
        let begun = versions.values().rev().find(|programme| programme.from <= day)?;
        begun.is_open(day).then_some(begun.as_ref())
    }

    /// A version.
    pub fn version(&self, id: &Code, version: u32) -> Option<&Programme> {
        self.0.get(id)?.get(&version).map(AsRef::as_ref)
    }

    /// Every programme in every version.
    pub fn iter(&self) -> impl Iterator<Item = &Programme> {
        self.0.values().flat_map(BTreeMap::values).map(AsRef::as_ref)
    }
}
