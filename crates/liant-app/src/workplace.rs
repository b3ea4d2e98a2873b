use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use liant_casework::{CriterionMap, Places};
use liant_convention::{Convention, Gate, Milestone};
use liant_flux::Profile;
use liant_model::{CodeLists, Field, FieldSet, Lang, Source, Territory};
use liant_store::{ConventionStepRow, SealedSample, Store, StoreAddress};
use liant_vault::{KeyFile, Keyring, Protection};

use crate::backup::BackupSettings;
use crate::mail::Post;
use crate::press::Press;
use crate::programmes::{self, ProgrammeFiles};
use crate::witnesses::CheckpointSettings;
use crate::{AppError, Settings, sealing, values};

/// Everything that a use case works with: the store, the keys, the conventions, the flows and their code lists.
pub struct Workplace {
    /// The store.
    pub store: Store,
    /// The keys.
    pub keys: Keyring,
    /// The file the keys come from, when they come from one.
    keys_file: PathBuf,
    /// Where files on their way lie.
    pub(crate) spool: PathBuf,
    /// Where the keys of backups lie, and how long they do.
    pub(crate) backups: BackupSettings,
    /// Most of a stock, in per cent, that may be absent from a file.
    pub(crate) most_leaving: u8,
    /// Most people whom one file made from the people's list may hold.
    pub(crate) most_exported: u32,
    /// Whether people are told the names of those who read their data.
    pub(crate) names_readers: bool,
    /// Program that is run when someone is stopped, with its arguments.
    pub alert: Vec<String>,
    /// The mail server, where the settings name one.
    pub post: Option<Post>,
    /// Who is given checkpoints of the log, where the settings name someone.
    pub witnesses: Option<CheckpointSettings>,
    /// The press, where it is installed.
    pub press: Option<Press>,
    /// Where the templates of forms lie that do not ship with the product.
    pub(crate) forms: Option<PathBuf>,
    /// The conventions as their files say them, compiled. What decides is [`Workplace::gate`].
    files: Arc<Gate>,
    /// The gate of each territory whose conventions have a course, with the steps that it follows.
    followed: Mutex<BTreeMap<Territory, Followed>>,
    /// The programmes' files.
    pub(crate) programme_files: ProgrammeFiles,
    /// Which data tell whether someone meets a criterion of a programme.
    pub(crate) criteria: CriterionMap,
    /// Where people are met.
    pub places: Places,
    /// The code lists.
    pub lists: CodeLists,
    /// The flow profiles.
    pub profiles: Vec<Profile>,
}

/// The gate of a territory, with the steps that it follows.
type Followed = (Vec<Milestone>, Arc<Gate>);

impl Workplace {
    /// Opens what the settings name.
    ///
    /// # Errors
    /// When the store, the keys or a convention cannot be opened; [`AppError::KeysDoNotFit`] when the keys are those of
    /// another store.
    pub fn open(settings: &Settings) -> Result<Self, AppError> {
        let address: StoreAddress = settings.store_address().parse()?;
        let keys_file = settings.path(&settings.keys);
        let keys = KeyFile::at(&keys_file).load(Protection::Clear)?;
        let conventions = read_conventions(&settings.path(&settings.conventions))?;
        let spool = settings.path(&settings.spool);
        let backups =
            BackupSettings { folder: settings.path(&settings.backup.folder), ..settings.backup.clone() };
        let assembled = Self::assemble(Store::open(&address)?, keys, conventions)?;
        let Settings { most_leaving, most_exported, names_readers, .. } = *settings;
        let alert = settings.alert.clone();
        let (programme_files, criteria, places) = match &settings.programmes {
            Some(folder) => ProgrammeFiles::of(&settings.path(folder))?,
            None => (ProgrammeFiles::shipped(), programmes::shipped_criteria()?, Places::default()),
        };
        let workplace = Self {
            press: settings.press(),
            post: settings.post()?,
            witnesses: settings.witnesses(),
            forms: Some(settings.path(&settings.conventions).join("forms")),
            keys_file,
            spool,
            backups,
            most_leaving,
            most_exported,
            names_readers,
            alert,
            programme_files,
            criteria,
            places,
            ..assembled
        };
        workplace.keys_fit_the_store()?;
        // A faulty file of a programme is told at the start, and not to whoever first asks for it.
        settings.territory().ok().map_or(Ok(()), |territory| workplace.programmes(territory).map(drop))?;
        Ok(workplace)
    }

    /// Opens a few sealed values of each territory: keys of another store open none.
    fn keys_fit_the_store(&self) -> Result<(), AppError> {
        for territory in self.store.territories()? {
            #[expect(
                clippy::redundant_closure_for_method_calls,
                reason = "the bare method is not general over lifetimes"
            )]
            let samples = self.store.read(territory, |snapshot| snapshot.sealed_samples())?;
            self.keys_open(&samples, || self.store.address().to_string())?;
        }
        Ok(())
    }

    /// Whether the keys open each of these values of a store; `store` says which store, for the error.
    pub(crate) fn keys_open(
        &self,
        samples: &[SealedSample],
        store: impl Fn() -> String,
    ) -> Result<(), AppError> {
        let opens = |sample: &SealedSample| {
            sealing::unseal(&self.keys, sample.territory, sample.identity, &sample.sealed).is_ok()
        };
        if samples.iter().all(opens) {
            Ok(())
        } else {
            Err(AppError::KeysDoNotFit { keys: self.keys_file.clone(), store: store() })
        }
    }

    /// A workplace of these parts, with the flows and code lists that ship.
    ///
    /// # Errors
    /// When two conventions are one, or a shipped file does not read.
    pub fn assemble(store: Store, keys: Keyring, conventions: Vec<Convention>) -> Result<Self, AppError> {
        let internal = |error: &dyn std::fmt::Display| AppError::Internal(error.to_string());
        let gate = Gate::new(conventions).map_err(|error| AppError::Definition(error.to_string()))?;
        let lists = CodeLists::shipped().map_err(|error| internal(&error))?;
        let profiles = Profile::shipped_names()
            .map(Profile::shipped)
            .collect::<Result<_, _>>()
            .map_err(|error| internal(&error))?;
        Ok(Self {
            store,
            keys,
            keys_file: PathBuf::from("liant.keys"),
            spool: PathBuf::from("spool"),
            backups: BackupSettings::default(),
            most_leaving: Settings::usual_most_leaving(),
            most_exported: Settings::usual_most_exported(),
            names_readers: false,
            alert: Vec::new(),
            post: None,
            witnesses: None,
            press: None,
            forms: None,
            files: Arc::new(gate),
            followed: Mutex::default(),
            programme_files: ProgrammeFiles::shipped(),
            criteria: programmes::shipped_criteria()?,
            places: Places::default(),
            lists,
            profiles,
        })
    }

    /// The conventions and register entries as their files say them.
    pub fn conventions(&self) -> &[Convention] {
        self.files.conventions()
    }

    /// Other conventions, as after a start with other files.
    pub fn govern_by(&mut self, gate: Gate) {
        self.files = Arc::new(gate);
        self.followed = Mutex::default();
    }

    /// The gate of a territory as it stands now: the conventions' files, and the steps that the store holds of their course,
    /// whoever recorded them and in which process. It is asked for anew at each act; within one, [`Context::gate`] keeps it.
    ///
    /// [`Context::gate`]: crate::Context::gate
    ///
    /// # Errors
    /// When the store cannot be read: without it nothing is known to be in force.
    pub fn gate(&self, territory: Territory) -> Result<Arc<Gate>, AppError> {
        #[expect(
            clippy::redundant_closure_for_method_calls,
            reason = "the bare method is not general over lifetimes"
        )]
        let steps = self.store.read(territory, |snapshot| snapshot.convention_steps())?;
        Ok(self.gate_after(territory, &steps))
    }

    /// The gate of a territory, and whether this human is stopped there.
    pub(crate) fn footing(&self, territory: Territory, human: &str) -> Result<(Arc<Gate>, bool), AppError> {
        let (steps, is_stopped) = self
            .store
            .glance(territory, |snapshot| Ok((snapshot.convention_steps()?, snapshot.is_blocked(human)?)))?;
        Ok((self.gate_after(territory, &steps), is_stopped))
    }

    fn gate_after(&self, territory: Territory, steps: &[ConventionStepRow]) -> Arc<Gate> {
        if steps.is_empty() {
            return Arc::clone(&self.files);
        }
        let milestones: Vec<Milestone> = steps.iter().map(crate::conventions::milestone).collect();
        let mut followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        match followed.get(&territory) {
            Some((known, gate)) if *known == milestones => Arc::clone(gate),
            _ => {
                let gate = Arc::new(self.files.following(territory, &milestones));
                followed.insert(territory, (milestones, Arc::clone(&gate)));
                gate
            }
        }
    }

    /// With files of this many people at most.
    #[must_use]
    pub fn with_most_exported(mut self, most: u32) -> Self {
        self.most_exported = most;
        self
    }

    /// With its files on their way in this folder.
    #[must_use]
    pub fn with_spool(mut self, folder: PathBuf) -> Self {
        self.spool = folder;
        self
    }

    /// With the keys of its backups in this folder.
    #[must_use]
    pub fn with_backups(mut self, folder: PathBuf) -> Self {
        self.backups.folder = folder;
        self
    }

    /// The profile of this name.
    ///
    /// # Errors
    /// [`AppError::NoSuchProfile`] with the names there are.
    pub fn profile(&self, name: &str) -> Result<&Profile, AppError> {
        let there = || self.profiles.iter().map(|profile| profile.id().to_owned()).collect();
        self.profiles
            .iter()
            .find(|profile| profile.id().eq_ignore_ascii_case(name))
            .ok_or_else(|| AppError::NoSuchProfile { name: name.to_owned(), there: there() })
    }

    /// A value in words: the label of its code, or the value itself.
    pub fn in_words(&self, field: Field, value: &str, lang: Lang) -> String {
        values::in_words(&self.lists, lang, field, value, None)
    }

    /// The fields that every flow of a source carries: what its weekly file can say of a change.
    pub(crate) fn common_fields(&self, source: &Source) -> FieldSet {
        self.profiles
            .iter()
            .filter(|profile| {
                profile.source() == source && !profile.blocks().contains(&liant_model::Block::Orientation)
            })
            .fold(FieldSet::all(), |common, profile| common.intersection(profile.fields().collect()))
    }
}

fn list(problems: &[liant_convention::Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Reads every convention of a folder.
///
/// # Errors
/// [`AppError::File`] with every mistake of the first file that has one.
pub fn read_conventions(folder: &Path) -> Result<Vec<Convention>, AppError> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .map_err(|error| AppError::file(folder, error))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).map_err(|error| AppError::file(path, error))?;
            Convention::parse(&path.display().to_string(), &text)
                .map_err(|problems| AppError::file(path, list(&problems)))
        })
        .collect()
}
