//! The programmes (*dispositifs*) that an installation works with: files of a folder, or those that ship.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use liant_casework::{CriterionMap, Holidays, Places, Programmes, SHIPPED_PROGRAMMES};
use liant_model::Territory;

use crate::{AppError, Workplace};

/// The file of a folder of programmes that says which data tell whether someone meets a criterion; that which ships when it has none.
const CRITERIA: &str = "criteria.toml";

/// The file of a folder of programmes that says where people are met; without it nobody is.
const PLACES: &str = "places.toml";

/// Files of programmes, and what they come to in each territory: working days are a Département's.
pub(crate) struct ProgrammeFiles {
    files: Vec<(String, String)>,
    read: Mutex<BTreeMap<Territory, Arc<Programmes>>>,
}

impl ProgrammeFiles {
    /// Those that ship.
    pub(crate) fn shipped() -> Self {
        let own = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        Self { files: SHIPPED_PROGRAMMES.iter().map(own).collect(), read: Mutex::default() }
    }

    /// Those of a folder, its criteria, and where people are met.
    ///
    /// # Errors
    /// [`AppError::File`] when one cannot be read.
    pub(crate) fn of(folder: &Path) -> Result<(Self, CriterionMap, Places), AppError> {
        let mut paths: Vec<_> = std::fs::read_dir(folder)
            .map_err(|error| AppError::file(folder, error))?
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
            .collect();
        paths.sort();
        let (mut files, mut criteria, mut places) = (Vec::new(), None, Places::default());
        for path in paths {
            let text = std::fs::read_to_string(&path).map_err(|error| AppError::file(&path, error))?;
            if path.file_name().is_some_and(|name| name == CRITERIA) {
                let map =
                    CriterionMap::parse(&text).map_err(|error| AppError::file(&path, error.to_string()))?;
                criteria = Some(map);
            } else if path.file_name().is_some_and(|name| name == PLACES) {
                places = Places::parse(&text).map_err(|error| AppError::file(&path, error.to_string()))?;
            } else {
                files.push((path.display().to_string(), text));
            }
        }
        let criteria = criteria.map_or_else(shipped_criteria, Ok)?;
        Ok((Self { files, read: Mutex::default() }, criteria, places))
    }
}

/// The criteria that ship.
pub(crate) fn shipped_criteria() -> Result<CriterionMap, AppError> {
    CriterionMap::shipped().map_err(|error| AppError::Internal(error.to_string()))
}

impl Workplace {
    /// Other programmes, as after a start with other files: names and texts.
    pub fn run_by(&mut self, files: Vec<(String, String)>) {
        self.programme_files = ProgrammeFiles { files, read: Mutex::default() };
    }

    /// The programmes of a territory, in all their versions.
    ///
    /// # Errors
    /// [`AppError::Definition`] with every fault of the files.
    pub fn programmes(&self, territory: Territory) -> Result<Arc<Programmes>, AppError> {
        let mut read = self.programme_files.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = read.get(&territory) {
            return Ok(Arc::clone(known));
        }
        let holidays = Holidays::shipped().map_err(|error| AppError::Internal(error.to_string()))?;
        let files = self.programme_files.files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let programmes = Programmes::read(files, &holidays, territory)
            .map_err(|error| AppError::Definition(error.to_string()))?;
        let programmes = Arc::new(programmes);
        read.insert(territory, Arc::clone(&programmes));
        Ok(programmes)
    }
}
