//! A workplace on each engine, and people of it.

#![expect(clippy::unwrap_used, reason = "test support: a failure here is a failed test")]

use std::fmt::Write as _;
use std::fs;

use liant_app::people::{Assignment, FollowRole, Happening, ListRequest, Page, SearchResult, Seat, Test};
use liant_app::{AppError, Context, ImportReport, ImportRequest, Workplace, directory, orientation, people};
use liant_convention::{Convention, SHIPPED};
use liant_flux::Profile;
use liant_model::{
    AccountId, Actor, Date, FixedClock, IdentityId, Instant, Lang, OrganisationId, PersonId, Purpose, Source,
    Territory,
};
use liant_store::Store;
use liant_vault::Keyring;
use tempfile::TempDir;
use testkit::TestStore;

/// 20 June 2025.
pub(crate) const NOW: Instant = Instant::from_micros(1_750_413_600_000_000);
pub(crate) const MARCH: Date = Date::constant(2025, 3, 1);

pub(crate) fn territory() -> Territory {
    "62".parse().unwrap()
}

pub(crate) fn account(number: u8) -> AccountId {
    AccountId(IdentityId::new(NOW, [number; 10]).0)
}

pub(crate) fn organisation(number: u8) -> OrganisationId {
    OrganisationId(IdentityId::new(NOW, [number; 10]).0)
}

/// A workplace on one engine, and a folder for its files.
pub(crate) struct Place {
    pub(crate) test: TestStore,
    pub(crate) workplace: Workplace,
    folder: TempDir,
}

pub(crate) fn every_engine() -> Vec<Place> {
    every_engine_with(str::to_owned)
}

/// Workplaces whose conventions are changed so.
pub(crate) fn every_engine_with(change: impl Fn(&str) -> String) -> Vec<Place> {
    let place = |test: TestStore| {
        let conventions = SHIPPED.iter().map(|(name, text)| Convention::parse(name, &change(text)).unwrap());
        let store = Store::open(&test.address).unwrap();
        let keys = Keyring::generate(NOW).unwrap();
        let workplace = Workplace::assemble(store, keys, conventions.collect()).unwrap();
        Place { test, workplace, folder: tempfile::tempdir().unwrap() }
    };
    testkit::every_engine().into_iter().map(place).collect()
}

/// Does something as an actor of the Département.
pub(crate) fn act<T>(role: &str, purpose: &str, act: impl FnOnce(&Context<'_>) -> T) -> T {
    let actor = Actor {
        name: role.to_owned(),
        party: "departement-62".parse().unwrap(),
        role: role.parse().unwrap(),
        os_user: None,
    };
    act(&Context::new(&actor, Purpose::parse(purpose).unwrap(), territory(), &FixedClock(NOW)).unwrap())
}

pub(crate) fn officer<T>(work: impl FnOnce(&Context<'_>) -> T) -> T {
    act("orientation_officer", "orientation", work)
}

impl Place {
    pub(crate) fn try_load(&self, name: &str, bytes: &[u8]) -> Result<ImportReport, AppError> {
        let path = self.folder.path().join(name);
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
            liant_app::import(context, &self.workplace, request, &mut |_, _| {})
        })
    }

    pub(crate) fn load(&self, name: &str, bytes: &[u8]) -> ImportReport {
        self.try_load(name, bytes).unwrap()
    }

    pub(crate) fn orient(&self, name: &str, bytes: &[u8]) {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        officer(|context| orientation::import_list(context, &self.workplace, &path, Lang::En)).unwrap();
    }

    pub(crate) fn refresh(&self) -> directory::Refreshed {
        directory::refresh(&self.workplace, territory(), NOW).unwrap()
    }

    pub(crate) fn assign(
        &self,
        seat: Seat,
        whom: &[PersonId],
        (who, from): (u8, u8),
    ) -> Result<people::Assigned, AppError> {
        let assignment = Assignment {
            people: whom.to_vec(),
            role: FollowRole::SocialReferent,
            account: account(who),
            organisation: organisation(who),
            from: Date::constant(2025, 6, 20),
        };
        assert!(from > 0);
        officer(|context| people::assign(context, &self.workplace, &seat, &assignment))
    }

    pub(crate) fn list(&self, role: &str, seat: Seat, tests: &[Test]) -> Result<Page, AppError> {
        let request = ListRequest { seat, tests: tests.to_vec(), ..ListRequest::default() };
        act(role, "orientation", |context| people::list(context, &self.workplace, &request, Lang::En))
    }

    /// What the stocks of France Travail brought since [`MARCH`], as someone sees it from her seat.
    pub(crate) fn happened(&self, seat: &Seat) -> Vec<(Happening, u64)> {
        let test = |kind| Test::Happened(kind, Source::FRANCE_TRAVAIL, MARCH);
        let asked = Happening::ALL.map(test);
        let counts = officer(|context| people::counts(context, &self.workplace, seat, &[], &asked)).unwrap();
        let told = Happening::ALL.into_iter().zip(counts);
        told.filter_map(|(kind, count)| Some((kind, count?.number)).filter(|(_, number)| *number > 0))
            .collect()
    }

    /// Everyone of a list, page after page.
    pub(crate) fn all(&self, request: &ListRequest) -> Vec<PersonId> {
        let mut request = request.clone();
        let mut all = Vec::new();
        loop {
            let page = officer(|context| people::list(context, &self.workplace, &request, Lang::En)).unwrap();
            all.extend(page.people.iter().map(|line| line.person));
            request.after = page.next;
            if request.after.is_none() {
                return all;
            }
        }
    }

    pub(crate) fn search(&self, role: &str, seat: Seat, typed: &str) -> SearchResult {
        act(role, "orientation", |context| people::search(context, &self.workplace, &seat, typed, Lang::En))
            .unwrap()
    }

    /// Everything that the directory holds.
    pub(crate) fn contents(&self) -> Vec<String> {
        let tables = [
            "SELECT * FROM directory ORDER BY person_id, form",
            "SELECT word, field, person_id, sources FROM directory_word ORDER BY person_id, field, word",
            "SELECT person_id FROM directory_due",
            "SELECT * FROM directory_profile WHERE number <> 0 ORDER BY profile",
        ];
        tables.iter().flat_map(|sql| self.test.rows("62", sql)).collect()
    }
}

/// A list of the Département's people: reference, birth name, name in use, first name, birth date, commune, CAF number.
pub(crate) fn known(rows: &[[&str; 7]]) -> Vec<u8> {
    let mut csv = "id_interne,nir,nom_naissance,nom_usage,prenom,date_naissance,commune,matricule_caf,code_pe,identifiant_pe\n"
        .to_owned();
    for [reference, birth, usage, first, born, commune, caf] in rows {
        let _ = writeln!(csv, "{reference},,{birth},{usage},{first},{born},{commune},{caf},,");
    }
    csv.into_bytes()
}

/// A monthly file of France Travail: number, birth name, first name, birth date, commune, ceased on (or nothing).
pub(crate) fn pecgm((reference, made): (&str, &str), people: &[[&str; 6]]) -> Vec<u8> {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<flux><entete><fichier>PECG</fichier><periodicite>M</periodicite>\
         <departement>62</departement><date-reference>{reference}</date-reference>\
         <date-fabrication>{made}</date-fabrication><version>001,0</version></entete>\n"
    );
    for [number, name, first, born, commune, ceased] in people {
        let cessation = match *ceased {
            "" => String::new(),
            date => format!(
                "<date-cessation-ide>{date}</date-cessation-ide><motif-cessation-ide>46</motif-cessation-ide>"
            ),
        };
        let _ = writeln!(
            xml,
            "<dossier><individu><nom-naissance>{name}</nom-naissance><prenom>{first}</prenom>\
             <date-naissance>{born}</date-naissance><certification-identite>N</certification-identite>\
             <commune-residence>{commune}</commune-residence></individu><allocataire><code-pe>062</code-pe>\
             <identifiant-pe>{number}</identifiant-pe></allocataire><inscription><date-debut-ide>2024-08-24</date-debut-ide>\
             <code-categorie>1</code-categorie><code-situation>SOB</code-situation>{cessation}</inscription></dossier>",
        );
    }
    let count = people.len();
    let _ = writeln!(
        xml,
        "<fin><departement>62</departement><date-reference>{reference}</date-reference><nb-dossier>{count}</nb-dossier></fin></flux>",
    );
    xml.into_bytes()
}
