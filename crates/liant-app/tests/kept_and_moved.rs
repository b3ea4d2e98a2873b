//! What an import keeps that its file does not carry, and what it does when a human moves a link under it.

#![expect(clippy::unwrap_used, reason = "test support: a failure here is a failed test")]

use std::fs;
use std::path::PathBuf;

use liant_app::{AppError, Context, ImportReport, ImportRequest, Workplace, review};
use liant_convention::{Convention, SHIPPED};
use liant_flux::Profile;
use liant_model::{
    Actor, Block, Date, Facts, Field, FixedClock, IdentityId, Instant, Lang, Purpose, Source, Territory,
};
use liant_sample::{SampleKind, SampleOptions, World, WorldOptions, sample};
use liant_store::{ReviewState, Store, StoreError};
use liant_vault::{Domain, Keyring};
use tempfile::TempDir;
use testkit::TestStore;

/// 20 June 2025.
const NOW: Instant = Instant::from_micros(1_750_413_600_000_000);
const MARCH: Date = Date::constant(2025, 3, 1);

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

impl Place {
    /// Imports a file; `meanwhile` is called when some of it is read.
    fn import(
        &self,
        name: &str,
        bytes: &[u8],
        mut meanwhile: impl FnMut(),
    ) -> Result<ImportReport, AppError> {
        let path: PathBuf = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let profiles: Vec<_> = Profile::shipped_names().map(|name| Profile::shipped(name).unwrap()).collect();
        let profile = liant_flux::detect(&bytes[..bytes.len().min(4096)], &profiles).unwrap();
        let request = ImportRequest {
            path: &path,
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

    fn load(&self, name: &str, bytes: &[u8]) -> ImportReport {
        self.import(name, bytes, || {}).unwrap()
    }

    /// The one source identity of France Travail.
    fn her(&self) -> IdentityId {
        let mut found = Vec::new();
        let read = self.workplace.store.read(territory(), |snapshot| {
            snapshot.present(&Source::FRANCE_TRAVAIL, |identity, _, _| {
                found.push(identity);
                Ok(())
            })
        });
        read.unwrap();
        assert_eq!(found.len(), 1);
        found.remove(0)
    }

    /// Her NIR and her MSA identifier, opened with the keys, and her other facts as they are shown to the officer.
    fn sealed_and_shown(&self) -> (Option<String>, Option<String>, Vec<(String, String)>) {
        let identity = self.her();
        let fact =
            self.workplace.store.read(territory(), |snapshot| snapshot.fact(identity, Block::Identity));
        let fact = fact.unwrap().unwrap();
        // A sealed value opens on its own row alone: the territory on four bytes, then the source identity.
        let mut row = territory().as_str().as_bytes().to_vec();
        row.resize(4, 0);
        row.extend(identity.0.as_bytes());
        let opened = self.workplace.keys.open(Domain::Nir, &row, &fact.sealed.unwrap()).unwrap();
        let text = |field| Facts::text_in(&opened, field).map(str::to_owned);
        let shown = act("orientation_officer", "orientation", |context| {
            liant_app::person::show(context, &self.workplace, fact.person, Lang::En).unwrap()
        });
        let values = shown.into_iter().flat_map(|origin| origin.values);
        let values = values.map(|value| (value.field.to_owned(), value.value)).collect();
        (text(Field::Nir), text(Field::MsaIdentifier), values)
    }

    /// The pointer readers follow, the files published, and how many people France Travail knows.
    fn published(&self) -> (i64, usize, u64) {
        let seen = act("technician", "file-handling", |context| liant_app::batches(context, &self.workplace));
        let files = seen.unwrap();
        let files = files.iter().filter(|file| file.state == "published").count();
        let mut people = 0;
        let read = self.workplace.store.read(territory(), |snapshot| {
            snapshot.present(&Source::FRANCE_TRAVAIL, |_, _, _| {
                people += 1;
                Ok(())
            })?;
            Ok(snapshot.published()?.0)
        });
        (read.unwrap(), files, people)
    }
}

const NIR: &str = "2690308093087";

/// A file of France Travail of one record: monthly with both identifiers of the funds, weekly without.
fn stock(file: (&str, &str), (reference, made): (&str, &str), name: &str) -> Vec<u8> {
    let (fichier, periodicity) = file;
    let funds = match fichier {
        "PECG" => format!(
            "<identifiant-caf>133929600000000</identifiant-caf><identifiant-msa>{NIR}</identifiant-msa>"
        ),
        _ => String::new(),
    };
    let category = if fichier == "PECG" {
        "<code-categorie>1</code-categorie><code-situation>SOB</code-situation>"
    } else {
        ""
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<flux><entete><fichier>{fichier}</fichier>\
         <periodicite>{periodicity}</periodicite><departement>62</departement>\
         <date-reference>{reference}</date-reference><date-fabrication>{made}</date-fabrication>\
         <version>001,0</version></entete>\n<dossier><individu><nir>{NIR}</nir>\
         <nom-naissance>{name}</nom-naissance><prenom>ANOUK</prenom><date-naissance>1969-03-04</date-naissance>\
         <certification-identite>O</certification-identite><commune-residence>62602</commune-residence>\
         </individu><allocataire>{funds}<code-pe>062</code-pe><identifiant-pe>0007932X</identifiant-pe>\
         </allocataire><inscription><date-debut-ide>2024-08-24</date-debut-ide>{category}</inscription>\
         </dossier>\n<fin><departement>62</departement><date-reference>{reference}</date-reference>\
         <nb-dossier>1</nb-dossier></fin></flux>\n"
    )
    .into_bytes()
}

#[test]
fn a_weekly_file_that_changes_a_name_keeps_what_it_does_not_carry() {
    const MONTHLY: (&str, &str) = ("PECG", "M");
    const WEEKLY: (&str, &str) = ("PECD", "H");
    for place in every_engine() {
        let engine = place.test.engine;
        let done = place.load("march.xml", &stock(MONTHLY, ("2025-03-01", "2025-03-31"), "BRUYEREL"));
        assert_eq!((done.new, done.rejected), (1, 0), "{engine}: {done:?}");
        let (nir, msa, before) = place.sealed_and_shown();
        assert_eq!((nir.as_deref(), msa.as_deref()), (Some(NIR), Some(NIR)), "{engine}");
        let value = |values: &[(String, String)], field: Field| {
            values.iter().find(|(code, _)| code == field.code()).map(|(_, value)| value.clone())
        };
        assert_eq!(value(&before, Field::CafIdentifier).as_deref(), Some("133929600000000"), "{engine}");

        let done = place.load("april.xml", &stock(WEEKLY, ("2025-04-04", "2025-04-04"), "TESSANDIER"));
        assert_eq!((done.changed, done.new, done.left), (1, 0, 0), "{engine}: {done:?}");
        let (nir, msa, after) = place.sealed_and_shown();
        assert_eq!(nir.as_deref(), Some(NIR), "{engine}");
        assert_eq!(msa.as_deref(), Some(NIR), "{engine}: the weekly file took the MSA identifier away");
        assert_eq!(value(&after, Field::BirthName).as_deref(), Some("TESSANDIER"), "{engine}");
        let others = |values: Vec<(String, String)>| -> Vec<_> {
            values.into_iter().filter(|(code, _)| code != Field::BirthName.code()).collect()
        };
        assert_eq!(others(after), others(before), "{engine}: everything but the name is as it was");

        // The monthly file that says the same finds nothing to write; one that says less takes it away.
        let next = stock(MONTHLY, ("2025-04-01", "2025-04-30"), "TESSANDIER");
        let done = place.load("next.xml", &next);
        assert_eq!((done.unchanged, done.changed, done.rows_written), (1, 0, 0), "{engine}: {done:?}");
        let without = stock(MONTHLY, ("2025-05-01", "2025-05-31"), "TESSANDIER");
        let without = String::from_utf8(without).unwrap();
        let without = without.replace(&format!("<identifiant-msa>{NIR}</identifiant-msa>"), "");
        let done = place.load("without.xml", without.as_bytes());
        assert_eq!((done.unchanged, done.changed), (0, 1), "{engine}: {done:?}");
        let (nir, msa, _) = place.sealed_and_shown();
        assert_eq!((nir.as_deref(), msa), (Some(NIR), None), "{engine}");
    }
}

#[test]
fn an_import_under_which_a_link_moved_publishes_nothing() {
    const RECORDS: u64 = 7_000;
    let world = World::new(WorldOptions::new(territory(), 500, 11, MARCH, 1));
    let march = world.month(0).unwrap();
    let (mut known, mut rights, mut big) = (Vec::new(), Vec::new(), Vec::new());
    march.write_known_csv(&mut known).unwrap();
    march.write_rsabem(&mut rights, liant_sample::FileOptions::default()).unwrap();
    sample(SampleKind::Pecgm, RECORDS, 2, &mut big, &SampleOptions::new(territory(), MARCH)).unwrap();
    for place in every_engine() {
        let engine = place.test.engine;
        place.load("personnes.csv", &known);
        place.load("rsabem.xml", &rights);
        let open = place.workplace.store.read(territory(), |snapshot| snapshot.reviews(ReviewState::Open));
        let question = open.unwrap().remove(0);
        let before = place.published();
        assert_eq!(before.2, 0, "{engine}");

        // A human answers, and takes the answer back, again and again: some of it after people were recognised.
        let mut moves = 0;
        let done = place.import("big.xml", &big, || {
            act("clerk", "identity-review", |context| {
                if moves % 2 == 0 {
                    review::accept(context, &place.workplace, question.review).unwrap();
                } else {
                    review::undo(context, &place.workplace, question.identity).unwrap();
                }
            });
            moves += 1;
        });
        assert!(moves > 4, "{engine}: {moves} moves");
        let error = done.unwrap_err();
        assert!(matches!(error, AppError::Store(StoreError::Conflict { .. })), "{engine}: {error}");
        assert_eq!(place.published(), before, "{engine}");

        // Run again, it recognises people as they are now.
        let done = place.load("big.xml", &big);
        assert_eq!((done.records, done.rejected, done.left), (RECORDS, 0, 0), "{engine}: {done:?}");
        assert_eq!(place.published(), (done.batch.unwrap(), before.1 + 1, RECORDS), "{engine}");
    }
}
