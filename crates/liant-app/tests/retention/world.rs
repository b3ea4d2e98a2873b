//! An invented territory: everyone of a first month is gone from the files of a second, which hold others.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::rc::Rc;

use liant_app::people::ListRequest;
use liant_app::retention::{self, Certificate, Plan};
use liant_app::{
    AppError, Context, ImportRequest, Workplace, addresses, directory, orientation, people, person,
};
use liant_convention::{Convention, SHIPPED};
use liant_flux::Profile;
use liant_model::{Actor, Date, Field, FixedClock, Instant, Lang, PersonId, Purpose, Territory};
use liant_sample::{FileOptions, World, WorldOptions};
use liant_store::Store;
use liant_vault::{KeyFile, Protection};
use testkit::TestStore;

/// 20 June 2025.
pub(crate) const JUNE: Instant = Instant::from_micros(1_750_413_600_000_000);
/// 15 January 2032: every time of the shipped files is over for who left in 2025.
pub(crate) const YEARS_LATER: Instant = Instant::from_micros(1_957_773_600_000_000);

pub(crate) const fn days_after(at: Instant, days: i64) -> Instant {
    Instant::from_micros(at.micros() + days * 86_400_000_000)
}

pub(crate) fn territory() -> Territory {
    "62".parse().unwrap()
}

pub(crate) struct Place {
    pub(crate) test: TestStore,
    pub(crate) workplace: Workplace,
    folder: Rc<tempfile::TempDir>,
    /// What the first month's files said, and those of the second.
    pub(crate) said: [Vec<u8>; 2],
}

pub(crate) fn conventions(change: impl Fn(&str) -> String) -> Vec<Convention> {
    SHIPPED.iter().map(|(name, text)| Convention::parse(name, &change(text)).unwrap()).collect()
}

pub(crate) fn every_engine() -> impl Iterator<Item = Place> {
    testkit::every_engine().into_iter().map(|test| {
        let folder = Rc::new(tempfile::tempdir().unwrap());
        testkit::key_file(&folder.path().join("liant.keys"));
        Place::of(test, folder)
    })
}

pub(crate) fn act_at<T>(
    now: Instant,
    (role, purpose): (&str, &str),
    act: impl FnOnce(&Context<'_>) -> T,
) -> T {
    let actor = Actor {
        name: role.to_owned(),
        party: "departement-62".parse().unwrap(),
        role: role.parse().unwrap(),
        os_user: None,
    };
    let clock = FixedClock(now);
    act(&Context::new(&actor, Purpose::parse(purpose).unwrap(), territory(), &clock).unwrap())
}

pub(crate) const DPO: (&str, &str) = ("dpo", "person-rights");
pub(crate) const OFFICER: (&str, &str) = ("orientation_officer", "orientation");

impl Place {
    fn of(test: TestStore, folder: Rc<tempfile::TempDir>) -> Self {
        let store = Store::open(&test.address).unwrap();
        let keys = KeyFile::at(folder.path().join("liant.keys")).load(Protection::Clear).unwrap();
        let workplace = Workplace::assemble(store, keys, conventions(str::to_owned)).unwrap();
        let workplace = workplace.with_spool(folder.path().join("spool"));
        let workplace = workplace.with_backups(folder.path().join("backups"));
        Self { test, workplace, folder, said: [Vec::new(), Vec::new()] }
    }

    /// An empty store of the same engine, with the same keys and the same folder of backups.
    pub(crate) fn anew(&self) -> Self {
        let engine = self.test.engine;
        let test = testkit::every_engine().into_iter().find(|test| test.engine == engine).unwrap();
        Self::of(test, Rc::clone(&self.folder))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The months of two territories that have nobody in common: `people` in the first, a few in the second.
    pub(crate) fn fill(&mut self, people: u32) {
        self.month(0, JUNE, (people, 1, Date::constant(2025, 3, 1)));
        self.look_about(days_after(JUNE, 1));
        self.month(1, days_after(JUNE, 40), (30, 77, Date::constant(2025, 6, 1)));
    }

    pub(crate) fn month(&mut self, number: usize, now: Instant, (people, seed, start): (u32, u64, Date)) {
        let world = World::new(WorldOptions::new(territory(), people, seed, start, 1));
        let month = world.month(0).unwrap();
        let mut files: [(&str, Vec<u8>); 3] = [("PERSONNES", vec![]), ("RSABEM", vec![]), ("PECGM", vec![])];
        month.write_known_csv(&mut files[0].1).unwrap();
        month.write_rsabem(&mut files[1].1, FileOptions::default()).unwrap();
        month.write_pecgm(&mut files[2].1, FileOptions::default()).unwrap();
        for (flow, bytes) in files {
            let path = self.folder.path().join(format!("{flow}-{number}"));
            std::fs::write(&path, &bytes).unwrap();
            self.said[number].extend(bytes);
            let request = ImportRequest {
                path: &path,
                profile: &Profile::shipped(flow).unwrap(),
                dry_run: false,
                strict: false,
                most_leaving: None,
                lang: Lang::En,
            };
            act_at(now, ("technician", "file-handling"), |context| {
                liant_app::import(context, &self.workplace, request, &mut |_, _| {}).unwrap()
            });
        }
        directory::refresh(&self.workplace, territory(), now).unwrap();
    }

    /// Those whom the officer sees on the first page of her list.
    pub(crate) fn listed(&self, now: Instant) -> Vec<PersonId> {
        let page = act_at(now, OFFICER, |context| {
            people::list(context, &self.workplace, &ListRequest::default(), Lang::En).unwrap()
        });
        page.people.iter().map(|line| line.person).collect()
    }

    /// Pages, searches and decisions: whatever they leave behind lies in the store.
    pub(crate) fn look_about(&self, now: Instant) {
        for (person, last) in self.listed(now).into_iter().zip('A'..='T') {
            let decided = act_at(now, OFFICER, |context| {
                person::open(context, &self.workplace, person, Lang::Fr).unwrap();
                addresses::protect(context, &self.workplace, person, "violence").unwrap();
                let values = vec![
                    (Field::OrientationNature, "01".to_owned()),
                    (Field::OrientationDecided, "2025-06-01".to_owned()),
                    (Field::OrientationOrganisation, format!("QUOLIBETAI{last}")),
                    (Field::ReferentName, format!("ZYGOMALA{last}")),
                ];
                let proposal = orientation::Proposal { values, replaces: Vec::new() };
                orientation::decide(context, &self.workplace, person, &proposal, Lang::Fr)
            });
            // Whoever is not in course is not oriented.
            drop(decided);
        }
    }

    pub(crate) fn plan_at(&self, now: Instant) -> Plan {
        act_at(now, DPO, |context| retention::plan(context, &self.workplace, None).unwrap())
    }

    pub(crate) fn run_at(&self, now: Instant) -> Result<Option<Certificate>, AppError> {
        act_at(now, DPO, |context| retention::run(context, &self.workplace, |_| {}))
    }

    pub(crate) fn count(&self, table: &str) -> usize {
        self.test.rows("62", &format!("SELECT 1 FROM {table}")).len()
    }

    pub(crate) fn people(&self) -> BTreeSet<PersonId> {
        let people = self.workplace.store.read(territory(), |snapshot| snapshot.people_after(None, 100_000));
        people.unwrap().into_iter().collect()
    }

    pub(crate) fn log_holds(&self) -> liant_audit::verify::Report {
        liant_app::trail::verify(&self.workplace, territory(), &[]).unwrap().unwrap()
    }
}
