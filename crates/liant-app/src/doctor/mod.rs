//! Looks an installation over (*diagnostic*): what holds, what deserves a look, what must be mended. Changes nothing but what every
//! command does when it opens a store: an older schema is brought up to date.

mod place;
mod running;

use std::path::Path;

use liant_model::{Clock, Lang};

use crate::{AppError, Settings};

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It holds.
    Ok,
    /// Nothing was checked: something to know.
    Note,
    /// It works, and deserves a look.
    Warn,
    /// It must be mended.
    Fail,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What, as a word that stays the same.
    pub id: &'static str,
    /// How it ended.
    pub level: Level,
    fr: String,
    en: String,
}

impl Check {
    pub(crate) fn new(id: &'static str, level: Level, fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self { id, level, fr: fr.into(), en: en.into() }
    }

    /// What failed, in the words of its error.
    fn failed(id: &'static str, error: &AppError) -> Self {
        Self::new(id, Level::Fail, error.message(Lang::Fr), error.message(Lang::En))
    }

    /// What was found, and what to do. Holds nobody's data.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

/// Looks over the installation whose settings are here. What rests on something that failed is left out.
pub fn examine(config: &Path, clock: &dyn Clock) -> Vec<Check> {
    let settings = match settings(config) {
        Ok(settings) => settings,
        Err(error) => return vec![Check::failed("settings", &error)],
    };
    let shown = config.display();
    let mut checks =
        vec![Check::new("settings", Level::Ok, format!("{shown} se lit."), format!("{shown} reads."))];
    place::examine(&settings, clock, &mut checks);
    running::examine(&settings, clock, &mut checks);
    checks
}

/// The worst of some checks.
pub fn worst(checks: &[Check]) -> Level {
    checks.iter().map(|check| check.level).max().unwrap_or(Level::Ok)
}

fn settings(config: &Path) -> Result<Settings, AppError> {
    if !config.exists() {
        return Err(AppError::NoSettings(config.to_path_buf()));
    }
    let settings = Settings::read(config)?;
    settings.territory()?;
    Ok(settings)
}
