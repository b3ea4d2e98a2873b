//! What happens while an import is at work: to the file, to readers, to other writers.

#![expect(clippy::unwrap_used, reason = "test support: a failure here is a failed test")]

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use liant_app::{AppError, Blame, Context, ImportReport, ImportRequest, Workplace, batches, orientation};
use liant_convention::{Convention, SHIPPED};
use liant_flux::Profile;
use liant_model::{
    Actor, BatchNo, Block, Date, FixedClock, IdentityId, Instant, Lang, Purpose, ReviewId, Territory,
};
use liant_sample::{Decisions, FileOptions, SampleKind, SampleOptions, World, WorldOptions, sample};
use liant_store::{ReviewState, Store, StoreError};
use liant_vault::Keyring;
use tempfile::TempDir;
use testkit::TestStore;

/// 20 April 2025.
const NOW: Instant = Instant::from_micros(1_745_143_200_000_000);
const MARCH: Date = Date::constant(2025, 3, 1);
const APRIL: Date = Date::constant(2025, 4, 1);
/// Records of a file that takes several chunks.
const RECORDS: u64 = 3_000;

/// A workplace on one engine, and a folder for its files.
struct Place {
    test: TestStore,
    workplace: Workplace,
    folder: TempDir,
}

fn territory() -> Territory {
    "62".parse().unwrap()
}

fn every_engine() -> impl Iterator<Item = Place> {
    testkit::every_engine().into_iter().map(|test| {
        let conventions = SHIPPED.iter().map(|(name, text)| Convention::parse(name, text).unwrap()).collect();
        let store = Store::open(&test.address).unwrap();
        let workplace = Workplace::assemble(store, Keyring::generate(NOW).unwrap(), conventions).unwrap();
        Place { test, workplace, folder: tempfile::tempdir().unwrap() }
    })
}

/// What readers see: the pointer, the files published, how many people, and the version of each block.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    published: i64,
    files: usize,
    counts: (Vec<(String, i64)>, i64),
    versions: Vec<(IdentityId, Block, BatchNo)>,
    open: Vec<ReviewId>,
}

/// Does something as an actor of the Département.
fn act<T>(role: &str, purpose: &str, act: impl FnOnce(&Context<'_>) -> T) -> T {
    let actor = Actor {
        name: role.to_owned(),
        party: "departement-62".parse().unwrap(),
        role: role.parse().unwrap(),
        os_user: None,
    };
    let context =
        Context::new(&actor, Purpose::parse(purpose).unwrap(), territory(), &FixedClock(NOW)).unwrap();
    act(&context)
}

/// Something that happens to a file.
type Move<'a> = (&'static str, &'a dyn Fn(&Path));

impl Place {
    /// Imports a file; `meanwhile` is called when some of it is written.
    fn import(&self, path: &Path, mut meanwhile: impl FnMut()) -> Result<ImportReport, AppError> {
        let start = fs::read(path).unwrap();
        let profiles: Vec<_> = Profile::shipped_names().map(|name| Profile::shipped(name).unwrap()).collect();
        let profile = liant_flux::detect(&start[..start.len().min(4096)], &profiles).unwrap();
        let request = ImportRequest {
            path,
            profile,
            dry_run: false,
            strict: false,
            most_leaving: None,
            lang: Lang::En,
        };
        act("technician", "file-handling", |context| {
            liant_app::import(context, &self.workplace, request, &mut |_, _| meanwhile())
        })
    }

    fn sound(&self, name: &str, records: u64, seed: u64, month: Date) -> PathBuf {
        self.file(name, |out| {
            sample(SampleKind::Pecgm, records, seed, out, &SampleOptions::new(territory(), month)).unwrap();
        })
    }

    fn file(&self, name: &str, write: impl FnOnce(&mut File)) -> PathBuf {
        let path = self.folder.path().join(name);
        write(&mut File::create(&path).unwrap());
        path
    }

    fn seen(&self) -> Seen {
        let files = act("technician", "file-handling", |context| batches(context, &self.workplace)).unwrap();
        let read = self.workplace.store.read(territory(), |snapshot| {
            let mut versions = Vec::new();
            for block in [Block::Identity, Block::Registration, Block::FollowUp] {
                snapshot.block_of_all(block, |fact| {
                    versions.push((fact.identity, fact.block, fact.from_batch));
                    Ok(())
                })?;
            }
            Ok(Seen {
                published: snapshot.published()?.0,
                files: files.iter().filter(|file| file.state == "published").count(),
                counts: snapshot.counts()?,
                versions,
                open: snapshot.reviews(ReviewState::Open)?.iter().map(|question| question.review).collect(),
            })
        });
        read.unwrap()
    }
}

#[test]
fn a_file_that_moves_while_it_is_read_is_refused() {
    let more = |path: &Path, bytes: &[u8]| {
        OpenOptions::new().append(true).open(path).unwrap().write_all(bytes).unwrap();
    };
    for place in every_engine() {
        place.import(&place.sound("before.xml", 30, 1, MARCH), || {}).unwrap();
        let before = place.seen();
        let other = place.sound("other.xml", RECORDS, 3, APRIL);
        // Some white space more, a record more, the end cut off, another file in its place.
        let moves: [Move<'_>; 4] = [
            ("grows by nothing", &|path| more(path, b"\n")),
            ("grows", &|path| more(path, b"<dossier></dossier>\n")),
            ("shrinks", &|path| {
                OpenOptions::new().write(true).open(path).unwrap().set_len(2_000_000).unwrap();
            }),
            ("is replaced", &|path| fs::rename(&other, path).unwrap()),
        ];
        for (what, change) in moves {
            let path = place.sound("file.xml", RECORDS, 2, APRIL);
            let mut calls = 0;
            let done = place.import(&path, || {
                calls += 1;
                if calls == 1 {
                    change(&path);
                }
            });
            let case = format!("{}: a file that {what}", place.test.engine);
            assert!(calls > 0, "{case}: nothing was written meanwhile");
            let error = done.unwrap_err();
            assert!(matches!(error, AppError::Moving(_) | AppError::Refused(_)), "{case}: {error}");
            assert_eq!(error.blame(), Blame::Data, "{case}");
            assert_eq!(place.seen(), before, "{case}");
        }
    }
}

#[test]
fn readers_see_nothing_of_an_import_until_it_is_whole() {
    for place in every_engine() {
        let engine = place.test.engine;
        // A first file into an empty store, then one of which some are new, some changed, and some have left.
        let first = place.sound("first.xml", RECORDS, 2, MARCH);
        let second = place.file("second.xml", |out| {
            let mut bytes = Vec::new();
            sample(SampleKind::Pecgm, 2_000, 2, &mut bytes, &SampleOptions::new(territory(), APRIL)).unwrap();
            out.write_all(&bytes).unwrap();
        });
        for path in [first, second] {
            let before = place.seen();
            let mut calls = 0;
            let done = place.import(&path, || {
                calls += 1;
                assert_eq!(
                    place.seen(),
                    before,
                    "{engine}: a reader sees rows of an import that is under way"
                );
            });
            let done = done.unwrap();
            assert!(calls > 0, "{engine}: no reader came meanwhile");
            let after = place.seen();
            assert_eq!(after.published, done.batch.unwrap());
            assert_eq!(after.files, before.files + 1);
            assert_ne!(after.versions, before.versions, "{engine}");
        }
    }
}

#[test]
fn another_import_waits_for_its_turn_and_other_writers_do_not() {
    let world = World::new(WorldOptions::new(territory(), 100, 5, MARCH, 1));
    let march = world.month(0).unwrap();
    for place in every_engine() {
        let engine = place.test.engine;
        let known = place.file("personnes.csv", |out| {
            march.write_known_csv(out).unwrap();
        });
        place.import(&known, || {}).unwrap();
        let list = place.file("orientations.csv", |out| {
            march.write_orientations_csv(out, Decisions::InForce).unwrap();
        });
        let weekly = place.file("pecdh.xml", |out| {
            march.write_pecdh(out, FileOptions::default(), march.last_day()).unwrap();
        });
        let big = place.sound("big.xml", RECORDS, 2, MARCH);
        let mut recorded = None;
        let done = place.import(&big, || {
            let error = place.import(&weekly, || {}).unwrap_err();
            assert!(matches!(error, AppError::Store(StoreError::ImportRunning(_))), "{engine}: {error}");
            assert_eq!(error.blame(), Blame::Call);
            recorded.get_or_insert_with(|| {
                act("orientation_officer", "orientation", |context| {
                    orientation::import_list(context, &place.workplace, &list, Lang::En).unwrap().recorded
                })
            });
        });
        assert_eq!(done.unwrap().records, RECORDS);
        assert!(recorded > Some(10), "{engine}: {recorded:?}");
        // Its turn has come.
        place.import(&weekly, || {}).unwrap();
    }
}
