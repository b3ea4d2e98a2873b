//! A Département with two local services, their people, and those whom they follow. Nobody in it exists.

#![expect(clippy::unwrap_used, reason = "test support: a failure here is a failed test")]

use std::fmt::Write as _;

use liant_access::membership::Term;
use liant_access::password::{HashCost, Password};
use liant_access::{AccountRules, Email, OrganisationKind as Kind, ProfessionalRole as Role};
use liant_app::accounts::organisations::{self, NewOrganisation};
use liant_app::accounts::people::{self as colleagues, NewColleague};
use liant_app::accounts::{Authority, Office};
use liant_app::people::{self, Assignment, FollowRole, ListRequest, Seat};
use liant_app::{AppError, Context, ImportRequest, Workplace, directory};
use liant_audit::Entry;
use liant_convention::{Convention, SHIPPED};
use liant_model::{
    AccountId, Actor, Date, FixedClock, Instant, Lang, OrganisationId, PersonId, Purpose, Territory,
};
use liant_store::Store;
use liant_vault::Keyring;
use testkit::TestStore;

/// 2 November 2026, in the morning.
pub(crate) const NOW: Instant = Instant::from_micros(1_793_606_400_000_000);
pub(crate) const TODAY: Date = Date::constant(2026, 11, 2);

pub(crate) const fn later(days: i64, hours: i64) -> Instant {
    Instant::from_micros(NOW.micros() + (days * 24 + hours) * 3_600_000_000)
}

pub(crate) fn territory() -> Territory {
    "62".parse().unwrap()
}

/// One who acts: account, role and purpose, and where she sits.
#[derive(Clone, Copy)]
pub(crate) struct Someone {
    pub(crate) account: AccountId,
    pub(crate) organisation: OrganisationId,
    pub(crate) role: Role,
    pub(crate) purpose: &'static str,
}

pub(crate) struct World {
    pub(crate) test: TestStore,
    pub(crate) workplace: Workplace,
    pub(crate) departement: OrganisationId,
    pub(crate) north: OrganisationId,
    pub(crate) south: OrganisationId,
    pub(crate) officer: Someone,
    pub(crate) dpo: Someone,
    pub(crate) head: Someone,
    /// Claire Martin, social referent of the north; Eve Zola works beside her.
    pub(crate) claire: Someone,
    /// People by their place in the Département's list.
    pub(crate) people: Vec<PersonId>,
}

/// The Département's list: name, first name, birth date, commune, CAF number.
const PEOPLE: [[&str; 5]; 6] = [
    ["ABEL", "ANNE", "1980-01-01", "62041", ""],
    ["BABEL", "LEA", "1981-02-02", "62193", "1000001"],
    ["MARTIN", "CLAIRE", "1985-03-03", "62041", "2000002"],
    ["MARTIN", "EMMA", "1990-04-04", "62041", "3000003"],
    ["DUPONT", "PAUL", "2001-05-05", "62193", "2000002"],
    ["ZOLA", "EVE", "1970-06-06", "62193", ""],
];
pub(crate) const ANNE: usize = 0;
pub(crate) const LEA: usize = 1;
pub(crate) const CLAIRE: usize = 2;
pub(crate) const EMMA: usize = 3;
pub(crate) const PAUL: usize = 4;
pub(crate) const EVE: usize = 5;

fn operator() -> Actor {
    Actor {
        name: "technician".into(),
        party: "departement-62".parse().unwrap(),
        role: "technician".parse().unwrap(),
        os_user: None,
    }
}

pub(crate) fn every_engine() -> impl Iterator<Item = World> {
    testkit::every_engine().into_iter().map(World::new)
}

impl World {
    fn new(test: TestStore) -> Self {
        let conventions = SHIPPED.iter().map(|(name, text)| Convention::parse(name, text).unwrap());
        let workplace = Workplace::assemble(
            Store::open(&test.address).unwrap(),
            Keyring::generate(NOW).unwrap(),
            conventions.collect(),
        )
        .unwrap();
        let rules = AccountRules { hash: HashCost { memory_kib: 64, passes: 1 }, ..AccountRules::default() };
        let office = Office::new(&workplace, &rules, territory(), &FixedClock(NOW)).unwrap();
        let organisation = |kind, name, parent| {
            let party = Some("departement-62".parse().unwrap());
            let new = NewOrganisation { territory: territory(), kind, name, party, parent };
            organisations::add(&office, Authority::Operator(&operator()), &new).unwrap()
        };
        let departement = organisation(Kind::Departement, "Département", None);
        let north = organisation(Kind::LocalService, "Nord", Some(departement));
        let south = organisation(Kind::LocalService, "Sud", Some(departement));
        let person = |local: &str, name, organisation, role, purpose| {
            let new = NewColleague {
                email: &Email::parse(&format!("{local}@office.example")).unwrap(),
                name,
                lang: Lang::Fr,
                password: &Password::new("brume tuile gant sorbier nef ocre"),
                organisation,
                role,
                is_admin: false,
                term: Some(Term { from: Date::constant(2026, 1, 1), to: None }),
            };
            let (account, _) = colleagues::add(&office, &operator(), &new).unwrap();
            Someone { account, organisation, role, purpose }
        };
        let officer = person("officer", "Odile O", departement, Role::OrientationOfficer, "orientation");
        let dpo = person("dpo", "Denis D", departement, Role::Dpo, "person-rights");
        let head = person("head", "Hugo H", north, Role::LocalServiceHead, "orientation");
        let claire = person("c.m", "Claire Martin", north, Role::SocialReferent, "follow-up");
        person("e.z", "Ève Zola", north, Role::SocialReferent, "follow-up");
        let mut world = Self {
            test,
            workplace,
            departement,
            north,
            south,
            officer,
            dpo,
            head,
            claire,
            people: Vec::new(),
        };
        world.load();
        world
    }

    /// The Département's list comes in: of each the number, then as in [`PEOPLE`].
    pub(crate) fn receive(&self, now: Instant, list: &[[&str; 6]]) {
        let mut csv =
            "id_interne,nir,nom_naissance,nom_usage,prenom,date_naissance,commune,matricule_caf,code_pe,identifiant_pe\n"
                .to_owned();
        for (number, [nir, name, first, born, commune, caf]) in list.iter().enumerate() {
            writeln!(csv, "R{number},{nir},{name},,{first},{born},{commune},{caf},,").unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.csv");
        std::fs::write(&path, csv).unwrap();
        let actor = operator();
        let clock = FixedClock(now);
        let purpose = Purpose::parse("file-handling").unwrap();
        let context = Context::new(&actor, purpose, territory(), &clock).unwrap();
        let request = ImportRequest {
            path: &path,
            profile: self.workplace.profile("PERSONNES").unwrap(),
            dry_run: false,
            strict: false,
            most_leaving: None,
            lang: Lang::En,
        };
        liant_app::import(&context, &self.workplace, request, &mut |_, _| {}).unwrap();
    }

    fn load(&mut self) {
        self.receive(
            NOW,
            &PEOPLE.map(|[name, first, born, commune, caf]| ["", name, first, born, commune, caf]),
        );
        directory::refresh(&self.workplace, territory(), NOW).unwrap();
        let (actor, clock) = (operator(), FixedClock(NOW));
        let purpose = Purpose::parse("file-handling").unwrap();
        let context = Context::new(&actor, purpose, territory(), &clock).unwrap();
        for (service, commune) in [(self.north, "62041"), (self.south, "62193")] {
            people::set_communes(&context, &self.workplace, service, &[commune.to_owned()]).unwrap();
        }
        let listed = self.list(self.officer, &ListRequest::default()).unwrap();
        let named = |[name, first, ..]: &[&str; 5]| {
            let says = |line: &&people::Line, code, said| {
                line.origins
                    .iter()
                    .flat_map(|origin| &origin.values)
                    .any(|value| value.field == code && value.value == said)
            };
            let found = listed.people.iter().find(|line| {
                says(line, "identity.birth_name", *name) && says(line, "identity.first_name", *first)
            });
            found.unwrap().person
        };
        self.people = PEOPLE.iter().map(named).collect();
    }

    pub(crate) fn act<T>(&self, who: Someone, work: impl FnOnce(&Context<'_>) -> T) -> T {
        self.act_at(NOW, who, work)
    }

    #[expect(clippy::unused_self, reason = "it reads as an act in this world")]
    pub(crate) fn act_at<T>(&self, now: Instant, who: Someone, work: impl FnOnce(&Context<'_>) -> T) -> T {
        let actor = Actor {
            name: who.account.to_string(),
            party: "departement-62".parse().unwrap(),
            role: who.role.role(),
            os_user: None,
        };
        let clock = FixedClock(now);
        let purpose = Purpose::parse(who.purpose).unwrap();
        let context = Context::new(&actor, purpose, territory(), &clock).unwrap();
        work(&context.seated(who.account, who.organisation))
    }

    pub(crate) fn list(&self, who: Someone, request: &ListRequest) -> Result<people::Page, AppError> {
        self.act(who, |context| people::list(context, &self.workplace, request, Lang::En))
    }

    /// Gives Claire these people to follow.
    pub(crate) fn follow(&self, whom: &[usize]) {
        let assignment = Assignment {
            people: whom.iter().map(|number| self.people[*number]).collect(),
            role: FollowRole::SocialReferent,
            account: self.claire.account,
            organisation: self.north,
            from: TODAY,
        };
        self.act(self.officer, |context| {
            people::assign(context, &self.workplace, &Seat::default(), &assignment).unwrap()
        });
    }

    /// What a page shows of someone: codes and values.
    pub(crate) fn show(
        &self,
        who: Someone,
        person: PersonId,
    ) -> Result<Vec<(&'static str, String)>, AppError> {
        self.show_at(NOW, who, person)
    }

    pub(crate) fn show_at(
        &self,
        now: Instant,
        who: Someone,
        person: PersonId,
    ) -> Result<Vec<(&'static str, String)>, AppError> {
        self.act_at(now, who, |context| {
            let shown = liant_app::person::show(context, &self.workplace, person, Lang::En);
            let file = liant_app::person::open(context, &self.workplace, person, Lang::En);
            assert_eq!(
                shown.as_ref().map(drop).map_err(ToString::to_string),
                file.as_ref().map(drop).map_err(ToString::to_string),
                "both pages say the same of someone"
            );
            let values = shown?.into_iter().flat_map(|origin| origin.values);
            Ok(values.map(|value| (value.field, value.value)).collect())
        })
    }

    /// The subjects of the audit, with their acts.
    pub(crate) fn audited(&self) -> Vec<(String, String)> {
        let mut entries = Vec::new();
        self.workplace
            .store
            .audit_log(territory(), |leaf| {
                let (_, payload) = leaf.content.unwrap();
                let entry = Entry::decode(&payload).unwrap();
                entries.push((entry.act.code().to_owned(), entry.subject));
                Ok(())
            })
            .unwrap();
        entries
    }

    /// Whether nothing of these people's names stands in what is kept of look-ups.
    pub(crate) fn keeps_no_name(&self) {
        for (act, subject) in self.audited() {
            for name in ["ABEL", "MARTIN", "DUPONT", "ZOLA", "1985-03-03"] {
                assert!(!subject.to_uppercase().contains(name), "{act}: {subject}");
            }
        }
        for table in ["wider_search", "look_up", "own_record", "search_quota"] {
            for row in self.test.rows("62", &format!("SELECT * FROM {table}")) {
                assert!(!row.contains("ABEL") && !row.contains("ZOLA") && !row.contains("MARTIN"), "{table}");
            }
        }
    }
}
