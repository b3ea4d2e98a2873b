//! An installation with a Département, a service of it, a CCAS that it mandates, and an agency; and its people.

use std::sync::atomic::{AtomicI64, Ordering};

use liant_access::membership::{Post, Term};
use liant_access::password::{HashCost, Password};
use liant_access::{AccountRules, Email, OrganisationKind as Kind, ProfessionalRole as Role, Token, totp};
use liant_app::Workplace;
use liant_app::accounts::organisations::{self, NewOrganisation};
use liant_app::accounts::people::{self, NewColleague};
use liant_app::accounts::{
    AccountError, Authority, Office, Opened, Origin, Refusal, SignedIn, Step, factors, sign_in,
};
use liant_audit::Entry;
use liant_convention::{Convention, SHIPPED};
use liant_model::{AccountId, Actor, Clock, Date, Instant, Lang, MembershipId, OrganisationId, Territory};
use liant_store::Store;
use liant_vault::Keyring;
use testkit::TestStore;

/// 2 November 2026, in the morning.
pub(crate) const NOW: i64 = 1_793_606_400_000_000;
pub(crate) const MINUTE: i64 = 60_000_000;
pub(crate) const PASSWORD: &str = "brume tuile gant sorbier nef ocre";

/// A clock that the test moves.
pub(crate) struct TestClock(AtomicI64);

impl TestClock {
    pub(crate) fn pass(&self, micros: i64) {
        self.0.fetch_add(micros, Ordering::Relaxed);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::Relaxed))
    }
}

pub(crate) struct World {
    pub(crate) workplace: Workplace,
    pub(crate) rules: AccountRules,
    pub(crate) clock: TestClock,
    pub(crate) departement: OrganisationId,
    pub(crate) service: OrganisationId,
    pub(crate) ccas: OrganisationId,
    pub(crate) agency: OrganisationId,
    pub(crate) test: TestStore,
}

pub(crate) fn home() -> Territory {
    "62".parse().unwrap()
}

pub(crate) fn email(local: &str) -> Email {
    Email::parse(&format!("{local}@office.example")).unwrap()
}

pub(crate) fn operator() -> Actor {
    Actor {
        name: "technician".into(),
        party: "departement-62".parse().unwrap(),
        role: "technician".parse().unwrap(),
        os_user: None,
    }
}

pub(crate) const ALWAYS: Term = Term { from: Date::constant(2026, 1, 1), to: None };

pub(crate) fn post(role: Role) -> Post {
    Post { role, is_admin: false, term: ALWAYS }
}

pub(crate) fn at(address: &str) -> Origin<'_> {
    Origin { address, known_browser: None, browser: "Firefox, Linux" }
}

/// The refusal, and nothing else.
pub(crate) fn refusal<T>(result: Result<T, AccountError>) -> Refusal {
    match result {
        Err(AccountError::Refused(refusal)) => refusal,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("not refused"),
    }
}

pub(crate) fn every_engine() -> impl Iterator<Item = World> {
    testkit::every_engine().into_iter().map(World::new)
}

impl World {
    fn new(test: TestStore) -> Self {
        let conventions = SHIPPED.iter().map(|(name, text)| Convention::parse(name, text).unwrap()).collect();
        let store = Store::open(&test.address).unwrap();
        let clock = TestClock(AtomicI64::new(NOW));
        let workplace =
            Workplace::assemble(store, Keyring::generate(clock.now()).unwrap(), conventions).unwrap();
        let rules = AccountRules { hash: HashCost { memory_kib: 64, passes: 1 }, ..AccountRules::default() };
        let none = OrganisationId::new(clock.now(), [0; 10]);
        let mut world = Self {
            workplace,
            rules,
            clock,
            departement: none,
            service: none,
            ccas: none,
            agency: none,
            test,
        };
        world.departement = world.organisation(Kind::Departement, "Département", "departement-62", None);
        world.service =
            world.organisation(Kind::LocalService, "SLAI", "departement-62", Some(world.departement));
        world.ccas = world.organisation(Kind::Ccas, "CCAS", "ccas-nord", None);
        world.agency = world.organisation(Kind::FranceTravailAgency, "Agence", "france-travail", None);
        world
    }

    pub(crate) fn office(&self) -> Office<'_> {
        Office::new(&self.workplace, &self.rules, home(), &self.clock).unwrap()
    }

    fn organisation(
        &self,
        kind: Kind,
        name: &str,
        party: &str,
        parent: Option<OrganisationId>,
    ) -> OrganisationId {
        let party = Some(party.parse().unwrap());
        let new = NewOrganisation { territory: home(), kind, name, party, parent };
        organisations::add(&self.office(), Authority::Operator(&operator()), &new).unwrap()
    }

    pub(crate) fn mandate(&self, to: Option<Date>) -> liant_model::DelegationId {
        let term = Term { to, ..ALWAYS };
        let operator = operator();
        let by = Authority::Operator(&operator);
        organisations::mandate(&self.office(), by, self.departement, self.ccas, term).unwrap()
    }

    pub(crate) fn person(
        &self,
        local: &str,
        organisation: OrganisationId,
        role: Role,
        is_admin: bool,
    ) -> (AccountId, MembershipId) {
        let new = NewColleague {
            email: &email(local),
            name: "Quelqu'un",
            lang: Lang::Fr,
            password: &Password::new(PASSWORD),
            organisation,
            role,
            is_admin,
            term: Some(ALWAYS),
        };
        people::add(&self.office(), &operator(), &new).unwrap()
    }

    pub(crate) fn password(&self, local: &str, password: &str, address: &str) -> Result<Step, AccountError> {
        sign_in::password(&self.office(), email(local).as_str(), &Password::new(password), &at(address))
    }

    /// The code that an application shows now for a secret in base 32.
    pub(crate) fn code(&self, secret: &str) -> String {
        secret_of(secret).code(totp::step_of(self.clock.now()))
    }

    /// Sets up the second factor and comes in: her session and her secret.
    pub(crate) fn enrol(&self, local: &str) -> (Opened, String) {
        let Step::Enrol { pending } = self.password(local, PASSWORD, "10.0.0.1").unwrap() else {
            panic!("nothing to set up")
        };
        let secret = factors::begin_in_sign_in(&self.office(), &pending).unwrap().secret.to_string();
        let origin = at("10.0.0.1");
        let (step, codes, _) =
            factors::confirm_in_sign_in(&self.office(), &pending, &self.code(&secret), &origin).unwrap();
        assert_eq!(codes.len(), 10);
        (opened(step), secret)
    }

    /// Comes in with a second factor that was set up.
    pub(crate) fn come_in(&self, local: &str, secret: &str) -> Step {
        // The code of a step that was not used.
        self.clock.pass(MINUTE);
        let Step::SecondFactor { pending } = self.password(local, PASSWORD, "10.0.0.1").unwrap() else {
            panic!("no code asked")
        };
        sign_in::second_factor(&self.office(), &pending, &self.code(secret), &at("10.0.0.1")).unwrap()
    }

    pub(crate) fn resume(&self, token: &Token) -> Option<SignedIn> {
        liant_app::accounts::sessions::resume(&self.office(), token).unwrap()
    }

    /// The subjects of the audit, with their actors.
    pub(crate) fn audited(&self) -> Vec<(String, String)> {
        let mut entries = Vec::new();
        self.workplace
            .store
            .audit_log(home(), |leaf| {
                let (_, payload) = leaf.content.unwrap();
                let entry = Entry::decode(&payload).unwrap();
                entries.push((entry.actor.name, entry.subject));
                Ok(())
            })
            .unwrap();
        entries
    }
}

pub(crate) fn opened(step: Step) -> Opened {
    match step {
        Step::Open(opened) => *opened,
        other => panic!("not in yet: {other:?}"),
    }
}

/// RFC 4648 base 32, read back as an application does.
fn secret_of(base32: &str) -> totp::Secret {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for sign in base32.bytes() {
        let value = if sign.is_ascii_digit() { sign - b'2' + 26 } else { sign - b'A' };
        held = (held << 5) | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    totp::Secret::from_slice(&bytes).unwrap()
}
