//! A Département with two local services, an agency of France Travail, their people, and three job seekers. Nobody in it exists.

use std::fmt::Write as _;

use liant_access::membership::Term;
use liant_access::password::{HashCost, Password};
use liant_access::{AccountRules, Email, OrganisationKind as Kind, ProfessionalRole as Role};
use liant_app::accounts::organisations::{self, NewOrganisation};
use liant_app::accounts::people::{self as colleagues, NewColleague};
use liant_app::accounts::{Authority, Office};
use liant_app::casework::{
    self, Acted, Asked, Code, Colleague, Doing, Entry, Kind as Act, Means, Outcome, PathView, Proposed,
    Recorded,
};
use liant_app::people::{self, Assignment, FollowRole, ListRequest, Seat};
use liant_app::{AppError, Context, ImportRequest, Workplace, directory, orientation};
use liant_convention::{Convention, ON_ACCOMPANIMENT, SHIPPED};
use liant_model::{
    AccountId, Actor, Date, Field, FixedClock, Instant, Lang, OrganisationId, PersonId, Purpose, Territory,
};
use liant_store::Store;
use liant_vault::Keyring;
use testkit::TestStore;

/// 2 November 2026, in the morning.
pub(crate) const NOW: Instant = Instant::from_micros(1_793_606_400_000_000);
pub(crate) const TODAY: Date = Date::constant(2026, 11, 2);
pub(crate) const GLOBAL: &str = "accompagnement-global";

pub(crate) const fn after(days: i64) -> Instant {
    Instant::from_micros(NOW.micros() + days * 86_400_000_000)
}

pub(crate) fn day(days: i64) -> Date {
    after(days).date()
}

pub(crate) fn territory() -> Territory {
    "62".parse().unwrap()
}

pub(crate) fn code(text: &str) -> Code {
    casework::code(text).unwrap()
}

/// One who acts: account, role, party, and where she sits.
#[derive(Clone, Copy)]
pub(crate) struct Someone {
    pub(crate) account: AccountId,
    pub(crate) organisation: OrganisationId,
    pub(crate) role: Role,
    party: &'static str,
}

impl Someone {
    pub(crate) fn colleague(self) -> Colleague {
        Colleague { account: self.account, organisation: self.organisation }
    }

    /// The same, sitting where another does.
    pub(crate) fn sitting_with(self, other: Self) -> Self {
        Self { organisation: other.organisation, ..self }
    }
}

pub(crate) struct World {
    pub(crate) test: TestStore,
    pub(crate) workplace: Workplace,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) officer: Someone,
    /// One of the steering committee.
    pub(crate) stella: Someone,
    /// A referent of a structure that the Département mandates.
    pub(crate) mia: Someone,
    /// Head of a service of another party, of which no clause speaks.
    pub(crate) other_head: Someone,
    pub(crate) dpo: Someone,
    /// Heads of the two local services.
    pub(crate) head: Someone,
    pub(crate) head_south: Someone,
    /// Social referents of the north.
    pub(crate) claire: Someone,
    pub(crate) eve: Someone,
    /// Advisers of the agency.
    pub(crate) yann: Someone,
    pub(crate) zoe: Someone,
    /// Director of the agency.
    pub(crate) dora: Someone,
    /// Job seekers: [`ANNE`] and [`EMMA`] of the north, [`LEA`] of the south.
    pub(crate) people: Vec<PersonId>,
}

pub(crate) const ANNE: usize = 0;
pub(crate) const EMMA: usize = 1;
pub(crate) const LEA: usize = 2;

/// Name, first name, birth date, commune, number of France Travail.
const PEOPLE: [[&str; 5]; 3] = [
    ["ABELARD", "ANNE", "1980-01-01", "62041", "1000001A"],
    ["BOUVIER", "EMMA", "1990-04-04", "62041", "1000002B"],
    ["CARLIER", "LEA", "1985-07-07", "62193", "1000003C"],
];

/// Where the Département's people meet, and France Travail's.
const PLACES: &str = r#"
[[place]]
id = "quai"
party = "departement-62"
name = "Bâtiment du quai"
lines = ["12 quai du Rivage", "62000 ARRAS"]
phone = "03 00 00 00 00"
[[place]]
id = "gare"
party = "france-travail"
name = "Agence de la gare"
lines = ["1 place de la Gare", "62000 ARRAS"]
phone = "39 00"
"#;

fn operator() -> Actor {
    Actor {
        name: "technician".into(),
        party: "departement-62".parse().unwrap(),
        role: "technician".parse().unwrap(),
        os_user: None,
    }
}

pub(crate) fn every_engine() -> impl Iterator<Item = World> {
    every_engine_with(|_, text| text.to_owned())
}

/// The same, with files of conventions that are changed: by name and text.
pub(crate) fn every_engine_with(change: fn(&str, &str) -> String) -> impl Iterator<Item = World> {
    testkit::every_engine().into_iter().map(move |test| World::new(test, change))
}

impl World {
    fn new(test: TestStore, change: fn(&str, &str) -> String) -> Self {
        let files = SHIPPED.iter().chain(ON_ACCOMPANIMENT);
        let conventions = files.map(|(name, text)| Convention::parse(name, &change(name, text)).unwrap());
        let folder = tempfile::tempdir().unwrap();
        let workplace = Workplace::assemble(
            Store::open(&test.address).unwrap(),
            Keyring::generate(NOW).unwrap(),
            conventions.collect(),
        )
        .unwrap()
        .with_backups(folder.path().join("backups"));
        let mut workplace = workplace;
        workplace.places = casework::Places::parse(PLACES).unwrap();
        let rules = AccountRules { hash: HashCost { memory_kib: 64, passes: 1 }, ..AccountRules::default() };
        let office = Office::new(&workplace, &rules, territory(), &FixedClock(NOW)).unwrap();
        let organisation = |kind, name, party: &str, parent| {
            let new = NewOrganisation {
                territory: territory(),
                kind,
                name,
                party: Some(party.parse().unwrap()),
                parent,
            };
            organisations::add(&office, Authority::Operator(&operator()), &new).unwrap()
        };
        let (ours, theirs) = ("departement-62", "france-travail");
        let departement = organisation(Kind::Departement, "Département", ours, None);
        let north = organisation(Kind::LocalService, "Nord", ours, Some(departement));
        let south = organisation(Kind::LocalService, "Sud", ours, Some(departement));
        let agency = organisation(Kind::FranceTravailAgency, "Agence", theirs, None);
        let structure = organisation(Kind::Association, "Structure", "structure-mandatee-62", None);
        let since = Term { from: Date::constant(2026, 1, 1), to: Some(Date::constant(2028, 1, 1)) };
        organisations::mandate(&office, Authority::Operator(&operator()), departement, structure, since)
            .unwrap();
        let other = organisation(Kind::Departement, "Autre", "departement-59", None);
        let other_service = organisation(Kind::LocalService, "Autre service", "departement-59", Some(other));
        let person = |local: &str, name, organisation, role, party| {
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
            Someone { account, organisation, role, party }
        };
        let mut world = Self {
            officer: person("officer", "Odile O", departement, Role::OrientationOfficer, ours),
            stella: person("stella", "Stella S", departement, Role::Steering, ours),
            mia: person("mia", "Mia M", structure, Role::SocialReferent, "structure-mandatee-62"),
            other_head: person("other", "Olga O", other_service, Role::LocalServiceHead, "departement-59"),
            dpo: person("dpo", "Denis D", departement, Role::Dpo, ours),
            head: person("head.n", "Hugo H", north, Role::LocalServiceHead, ours),
            head_south: person("head.s", "Sam S", south, Role::LocalServiceHead, ours),
            claire: person("claire", "Claire C", north, Role::SocialReferent, ours),
            eve: person("eve", "Ève E", north, Role::SocialReferent, ours),
            yann: person("yann", "Yann Y", agency, Role::Adviser, theirs),
            zoe: person("zoe", "Zoé Z", agency, Role::Adviser, theirs),
            dora: person("dora", "Dora D", agency, Role::AgencyDirector, theirs),
            test,
            workplace,
            folder,
            people: Vec::new(),
        };
        world.load(NOW, ("2026-10-01", "2026-10-30"), &PEOPLE);
        for (service, commune) in [(north, "62041"), (south, "62193")] {
            world.act_as(NOW, &operator(), "file-handling", |context| {
                people::set_communes(context, &world.workplace, service, &[commune.to_owned()]).unwrap();
            });
        }
        directory::refresh(&world.workplace, territory(), NOW).unwrap();
        world.people = world.named();
        // They are on Yann's list, as France Travail has it.
        let assignment = Assignment {
            people: world.people.clone(),
            role: FollowRole::Adviser,
            account: world.yann.account,
            organisation: agency,
            from: TODAY,
        };
        world.as_one(NOW, world.officer, "orientation", |context| {
            people::assign(context, &world.workplace, &Seat::default(), &assignment).unwrap();
        });
        world
    }

    /// Someone of another organisation, which is made.
    pub(crate) fn hire(
        &self,
        (kind, name, party): (Kind, &str, &'static str),
        (local, role): (&str, Role),
    ) -> Someone {
        let rules = AccountRules { hash: HashCost { memory_kib: 64, passes: 1 }, ..AccountRules::default() };
        let office = Office::new(&self.workplace, &rules, territory(), &FixedClock(NOW)).unwrap();
        let parsed = Some(party.parse().unwrap());
        let new = NewOrganisation { territory: territory(), kind, name, party: parsed, parent: None };
        let organisation = organisations::add(&office, Authority::Operator(&operator()), &new).unwrap();
        let new = NewColleague {
            email: &Email::parse(&format!("{local}@office.example")).unwrap(),
            name: local,
            lang: Lang::Fr,
            password: &Password::new("brume tuile gant sorbier nef ocre"),
            organisation,
            role,
            is_admin: false,
            term: Some(Term { from: Date::constant(2026, 1, 1), to: None }),
        };
        let (account, _) = colleagues::add(&office, &operator(), &new).unwrap();
        Someone { account, organisation, role, party }
    }

    /// One file more.
    pub(crate) fn import(&self, now: Instant, flow: &str, text: &str) {
        let path = self.folder.path().join(format!("{flow}-{}", text.len()));
        std::fs::write(&path, text).unwrap();
        let request = ImportRequest {
            path: &path,
            profile: self.workplace.profile(flow).unwrap(),
            dry_run: false,
            strict: false,
            most_leaving: None,
            lang: Lang::En,
        };
        self.act_as(now, &operator(), "file-handling", |context| {
            liant_app::import(context, &self.workplace, request, &mut |_, _| {}).unwrap();
        });
    }

    /// The files of a month: the Département's list, and that of France Travail.
    pub(crate) fn load(&self, now: Instant, (reference, made): (&str, &str), people: &[[&str; 5]]) {
        let mut csv =
            "id_interne,nir,nom_naissance,nom_usage,prenom,date_naissance,commune,matricule_caf,code_pe,identifiant_pe,voie,code_postal,ville,courriel\n"
                .to_owned();
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<flux><entete><fichier>PECG</fichier><periodicite>M</periodicite>\
             <departement>62</departement><date-reference>{reference}</date-reference>\
             <date-fabrication>{made}</date-fabrication><version>001,0</version></entete>\n"
        );
        for [name, first, born, commune, number] in people {
            let email = format!("{}@maison.example", first.to_lowercase());
            writeln!(
                csv,
                "R{number},,{name},,{first},{born},{commune},,062,{number},7 RUE DES LILAS,62000,ARRAS,{email}"
            )
            .unwrap();
            writeln!(
                xml,
                "<dossier><individu><nom-naissance>{name}</nom-naissance><prenom>{first}</prenom>\
                 <date-naissance>{born}</date-naissance><certification-identite>N</certification-identite>\
                 <commune-residence>{commune}</commune-residence></individu><allocataire><code-pe>062</code-pe>\
                 <identifiant-pe>{number}</identifiant-pe></allocataire><inscription>\
                 <date-debut-ide>2025-08-24</date-debut-ide><code-categorie>1</code-categorie>\
                 <code-situation>SOB</code-situation></inscription></dossier>"
            )
            .unwrap();
        }
        let count = people.len();
        writeln!(
            xml,
            "<fin><departement>62</departement><date-reference>{reference}</date-reference>\
             <nb-dossier>{count}</nb-dossier></fin></flux>"
        )
        .unwrap();
        for (flow, text) in [("PERSONNES", csv), ("PECGM", xml)] {
            self.import(now, flow, &text);
        }
        directory::refresh(&self.workplace, territory(), now).unwrap();
    }

    /// The people, in the order of [`PEOPLE`].
    fn named(&self) -> Vec<PersonId> {
        let listed = self.as_one(NOW, self.officer, "orientation", |context| {
            people::list(context, &self.workplace, &ListRequest::default(), Lang::En).unwrap()
        });
        assert_eq!(listed.people.len(), PEOPLE.len(), "the two files are of the same people");
        let named = |[name, ..]: &[&str; 5]| {
            let found = listed
                .people
                .iter()
                .find(|line| line.said(Field::BirthName).is_some_and(|(_, said)| said == *name));
            found.unwrap().person
        };
        PEOPLE.iter().map(named).collect()
    }

    #[expect(clippy::unused_self, reason = "it reads as an act in this world")]
    fn act_as<T>(
        &self,
        now: Instant,
        actor: &Actor,
        purpose: &str,
        work: impl FnOnce(&Context<'_>) -> T,
    ) -> T {
        let clock = FixedClock(now);
        work(&Context::new(actor, Purpose::parse(purpose).unwrap(), territory(), &clock).unwrap())
    }

    #[expect(clippy::unused_self, reason = "it reads as an act in this world")]
    pub(crate) fn as_one<T>(
        &self,
        now: Instant,
        who: Someone,
        purpose: &str,
        work: impl FnOnce(&Context<'_>) -> T,
    ) -> T {
        let actor = actor(who);
        let clock = FixedClock(now);
        let context = Context::new(&actor, Purpose::parse(purpose).unwrap(), territory(), &clock).unwrap();
        work(&context.seated(who.account, who.organisation))
    }

    /// Does something in casework, so many days on.
    pub(crate) fn at<T>(&self, days: i64, who: Someone, work: impl FnOnce(&Context<'_>) -> T) -> T {
        let purpose = casework::purpose(&actor(who)).unwrap();
        self.as_one(after(days), who, purpose.as_str(), work)
    }

    /// Does something as the data protection officer, at a moment.
    pub(crate) fn run_later<T>(&self, now: Instant, work: impl FnOnce(&Context<'_>) -> T) -> T {
        self.as_one(now, self.dpo, "person-rights", work)
    }

    pub(crate) fn path(&self, days: i64, who: Someone, whom: usize) -> Result<PathView, AppError> {
        self.at(days, who, |context| casework::path(context, &self.workplace, self.people[whom], Lang::En))
    }

    /// Acts on the path as it is, as someone, so many days on.
    pub(crate) fn try_act(
        &self,
        days: i64,
        who: Someone,
        whom: usize,
        asked: Vec<Asked>,
    ) -> Result<Acted, AppError> {
        self.try_act_late((days, days), who, whom, asked)
    }

    /// The same, of what happened on an earlier day.
    fn try_act_late(
        &self,
        (days, on): (i64, i64),
        who: Someone,
        whom: usize,
        asked: Vec<Asked>,
    ) -> Result<Acted, AppError> {
        let expected = self.path(days, who, whom)?.version;
        self.at(days, who, |context| {
            let doing = Doing { programme: code(GLOBAL), on: day(on), expected, asked };
            casework::act(context, &self.workplace, self.people[whom], &doing)
        })
    }

    pub(crate) fn act(&self, days: i64, who: Someone, whom: usize, asked: Vec<Asked>) -> Recorded {
        self.act_late((days, days), who, whom, asked)
    }

    pub(crate) fn act_late(
        &self,
        days: (i64, i64),
        who: Someone,
        whom: usize,
        asked: Vec<Asked>,
    ) -> Recorded {
        self.try_act_late(days, who, whom, asked).unwrap().unwrap_or_else(|refusal| panic!("{refusal}"))
    }

    /// Orients someone to a social referent, so that her proposal takes an answer.
    pub(crate) fn orient_socially(&self, whom: usize) {
        let values = vec![
            (Field::OrientationNature, "01".to_owned()),
            (Field::OrientationDecided, "2026-10-01".to_owned()),
            (Field::OrientationOrganisation, "Nord".to_owned()),
            (Field::ReferentName, "ZELIG".to_owned()),
        ];
        let proposal = orientation::Proposal { values, replaces: Vec::new() };
        self.as_one(NOW, self.officer, "orientation", |context| {
            let done = orientation::decide(context, &self.workplace, self.people[whom], &proposal, Lang::En);
            done.unwrap().unwrap();
        });
    }

    /// From consent to entry: Yann and Claire are the pair.
    pub(crate) fn enter(&self, whom: usize) {
        self.act(0, self.yann, whom, propose());
        let name = Asked::Name("social_referent".parse().unwrap(), self.claire.colleague());
        self.act(1, self.head, whom, vec![name]);
        self.act(7, self.yann, whom, vec![met("integration-interview")]);
        self.act(7, self.yann, whom, vec![entry(self.yann)]);
    }

    pub(crate) fn count(&self, table: &str) -> usize {
        self.test.rows("62", &format!("SELECT 1 FROM {table}")).len()
    }
}

fn actor(who: Someone) -> Actor {
    Actor {
        name: who.account.to_string(),
        party: who.party.parse().unwrap(),
        role: who.role.role(),
        os_user: None,
    }
}

pub(crate) fn proposed() -> Proposed {
    Proposed {
        to: "local_service_head".parse().unwrap(),
        organisation: None,
        account: None,
        declared: vec![code("volunteer"), code("social-barrier")],
        zone: None,
        confirmed_by: Vec::new(),
        form: None,
    }
}

/// Consent, and the form at once.
pub(crate) fn propose() -> Vec<Asked> {
    vec![Asked::GiveConsent(code("transmission")), Asked::Propose(proposed())]
}

pub(crate) fn met(act: &str) -> Asked {
    Asked::Record { act: code(act), outcome: Outcome::Kept, means: Some(Means::InPerson), appointment: None }
}

pub(crate) fn done(act: &str) -> Asked {
    Asked::Record { act: code(act), outcome: Outcome::Kept, means: None, appointment: None }
}

pub(crate) fn entry(adviser: Someone) -> Asked {
    Asked::Enter(Entry {
        length: Some("6 months".parse().unwrap()),
        declared: vec![code("volunteer"), code("social-barrier")],
        referents: vec![("adviser".parse().unwrap(), adviser.colleague())],
        agreed_by: Vec::new(),
    })
}

/// Whether a path offers something that may be done; none when it is no choice at all.
pub(crate) fn may(path: &PathView, kind: Act) -> Option<bool> {
    let track = path.tracks.iter().find(|track| track.programme.as_str() == GLOBAL)?;
    let found: Vec<bool> =
        track.choices.iter().filter(|one| one.kind == kind).map(|one| one.refusal.is_none()).collect();
    (!found.is_empty()).then(|| found.contains(&true))
}
