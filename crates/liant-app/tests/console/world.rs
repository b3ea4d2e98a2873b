//! A territory on each engine, behind two processes.

use std::fs;
use std::path::PathBuf;

use liant_app::people::{self, ListRequest, Seat};
use liant_app::{AppError, Context, ImportReport, ImportRequest, Workplace, directory, orientation};
use liant_convention::{Convention, SHIPPED};
use liant_flux::Profile;
use liant_model::{Actor, Date, FixedClock, Instant, Lang, PersonId, Purpose, Territory};
use liant_sample::{Decisions, FileOptions, World as Sample, WorldOptions};
use liant_store::Store;
use liant_vault::Keyring;
use tempfile::TempDir;
use testkit::TestStore;

/// 2026-11-16 09:04 in France.
pub(crate) const NOW: Instant = Instant::from_micros(1_794_816_240_000_000);
pub(crate) const TODAY: Date = Date::constant(2026, 11, 16);
/// Enough for some questions of identity.
const PEOPLE: u32 = 300;
pub(crate) const MINUTE: i64 = 60_000_000;

pub(crate) struct Place {
    test: TestStore,
    /// The process that serves people.
    pub(crate) served: Workplace,
    /// Another on the same store: a command line.
    pub(crate) other: Workplace,
    pub(crate) folder: TempDir,
}

pub(crate) fn territory() -> Territory {
    "62".parse().unwrap()
}

/// So many minutes after [`NOW`].
pub(crate) fn minutes(count: i64) -> Instant {
    Instant::from_micros(NOW.micros() + count * MINUTE)
}

pub(crate) fn every_engine() -> Vec<Place> {
    let place = |test: TestStore| {
        let files = || SHIPPED.iter().map(|(name, text)| Convention::parse(name, text).unwrap()).collect();
        let open = || {
            let keys = Keyring::generate(NOW).unwrap();
            Workplace::assemble(Store::open(&test.address).unwrap(), keys, files()).unwrap()
        };
        let folder = tempfile::tempdir().unwrap();
        let (served, other) = (open().with_spool(folder.path().join("spool")), open());
        let served = served.with_backups(folder.path().join("backups"));
        let place = Place { test, served, other, folder };
        place.fill();
        place
    };
    testkit::every_engine().into_iter().map(place).collect()
}

pub(crate) fn actor(party: &str, role: &str) -> Actor {
    Actor { name: role.to_owned(), party: party.parse().unwrap(), role: role.parse().unwrap(), os_user: None }
}

/// Does something as an actor of the Département, at a moment.
pub(crate) fn act_at<T>(
    at: Instant,
    (role, purpose): (&str, &str),
    act: impl FnOnce(&Context<'_>) -> T,
) -> T {
    let actor = actor("departement-62", role);
    let purpose = Purpose::parse(purpose).unwrap();
    act(&Context::new(&actor, purpose, territory(), &FixedClock(at)).unwrap())
}

pub(crate) fn act<T>(role: &str, purpose: &str, work: impl FnOnce(&Context<'_>) -> T) -> T {
    act_at(NOW, (role, purpose), work)
}

pub(crate) fn dpo<T>(work: impl FnOnce(&Context<'_>) -> T) -> T {
    act("dpo", "person-rights", work)
}

pub(crate) fn officer<T>(work: impl FnOnce(&Context<'_>) -> T) -> T {
    act("orientation_officer", "orientation", work)
}

/// The next month's file of France Travail.
pub(crate) fn next_month() -> Vec<u8> {
    later_month(1)
}

/// The file of France Travail so many months after the first.
pub(crate) fn later_month(nth: usize) -> Vec<u8> {
    let sample = Sample::new(WorldOptions::new(territory(), PEOPLE, 1, Date::constant(2026, 10, 1), 3));
    let mut bytes = Vec::new();
    sample.months().nth(nth).unwrap().write_pecgm(&mut bytes, FileOptions::default()).unwrap();
    bytes
}

impl Place {
    /// The engine of its store.
    pub(crate) fn engine(&self) -> &'static str {
        self.test.engine
    }

    /// What a statement finds in its store.
    pub(crate) fn rows(&self, sql: &str) -> Vec<String> {
        self.test.rows("62", sql)
    }

    /// The files of a month, of a small territory.
    fn fill(&self) {
        let sample = Sample::new(WorldOptions::new(territory(), PEOPLE, 1, Date::constant(2026, 10, 1), 1));
        let month = sample.months().next().unwrap();
        let (mut known, mut rights, mut registered) = (Vec::new(), Vec::new(), Vec::new());
        month.write_known_csv(&mut known).unwrap();
        month.write_rsabem(&mut rights, FileOptions::default()).unwrap();
        month.write_pecgm(&mut registered, FileOptions::default()).unwrap();
        for (flow, bytes) in [("PERSONNES", known), ("RSABEM", rights), ("PECGM", registered)] {
            self.import(flow, &bytes, || ()).unwrap();
        }
        let (path, mut decisions) = (self.folder.path().join("orientations.csv"), Vec::new());
        month.write_orientations_csv(&mut decisions, Decisions::InForce).unwrap();
        fs::write(&path, decisions).unwrap();
        officer(|context| orientation::import_list(context, &self.served, &path, Lang::En)).unwrap();
        directory::refresh(&self.served, territory(), NOW).unwrap();
    }

    /// Imports a file; `meanwhile` is called while it is read.
    pub(crate) fn import(
        &self,
        flow: &str,
        bytes: &[u8],
        mut meanwhile: impl FnMut(),
    ) -> Result<ImportReport, AppError> {
        let path: PathBuf = self.folder.path().join(flow);
        fs::write(&path, bytes).unwrap();
        let profile = Profile::shipped(flow).unwrap();
        let request = ImportRequest {
            path: &path,
            profile: &profile,
            dry_run: false,
            strict: false,
            most_leaving: None,
            lang: Lang::En,
        };
        act("technician", "file-handling", |context| {
            liant_app::import(context, &self.served, request, &mut |_, _| meanwhile())
        })
    }

    /// Everyone whom the officer's list shows, read page by page.
    pub(crate) fn everyone(&self, at: Instant) -> Vec<PersonId> {
        let mut request = ListRequest { seat: Seat::default(), ..ListRequest::default() };
        let mut all = Vec::new();
        loop {
            let page = act_at(at, ("orientation_officer", "orientation"), |context| {
                people::list(context, &self.served, &request, Lang::En).unwrap()
            });
            all.extend(page.people.iter().map(|line| line.person));
            request.after = page.next;
            if request.after.is_none() {
                return all;
            }
        }
    }
}
