//! A territory with its people, files and accounts, behind a site.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use liant_access::ProfessionalRole;
use liant_app::breaches::{self, Nature, NewBreach};
use liant_app::people::{Assignment, FollowRole, ListRequest, Seat};
use liant_app::rights::{self, NewRequest, Right};
use liant_app::{Context, ImportRequest, Settings, Workplace, addresses, directory, lookups, people, review};
use liant_flux::Profile;
use liant_model::{Actor, Date, FixedClock, Instant, Lang, PersonId, Purpose, Role, Territory};
use liant_sample::{FileOptions, World as Sample, WorldOptions};

use super::rows::On;
use crate::asking::Visit;
use crate::testing::{self, Colleague, NOW, colleague_at, home};
use crate::{Sessions, Site};

/// Another Département.
pub(super) fn elsewhere() -> Territory {
    Territory::parse("59").unwrap()
}

/// What stands in the braces of a path.
pub(super) type Values = Vec<(&'static str, String)>;

/// Someone in a role, signed in.
pub(super) struct Visitor {
    pub(super) role: ProfessionalRole,
    /// Whether the people of the tests are those of her territory.
    pub(super) is_home: bool,
    pub(super) cookie: String,
    /// Those whom she may see, when that is not everyone of the territory.
    pub(super) within: Option<BTreeSet<PersonId>>,
}

/// A place under test.
pub(super) struct World {
    pub(super) site: Site,
    pub(super) visitors: Vec<Visitor>,
    /// Everyone of the territory.
    pub(super) people: Vec<PersonId>,
    look_up: String,
    referent: String,
    review: String,
    parted: String,
    breach: String,
    pub(super) request: String,
    _folder: tempfile::TempDir,
}

pub(crate) fn settings(folder: &Path, store: &str) -> Settings {
    let conventions = folder.join("conventions");
    fs::create_dir(&conventions).unwrap();
    for (name, text) in liant_convention::SHIPPED {
        fs::write(conventions.join(name), text).unwrap();
    }
    let text = format!(
        "store = \"{store}\"\nkeys = \"liant.keys\"\nconventions = \"conventions\"\nterritory = \"62\"\nparty = \"departement-62\"\n"
    );
    fs::write(folder.join("liant.toml"), text).unwrap();
    testkit::key_file(&folder.join("liant.keys"));
    Settings::read(&folder.join("liant.toml")).unwrap()
}

/// Does something as an actor of the Département.
fn act<T>(role: &str, purpose: &str, act: impl FnOnce(&Context<'_>) -> T) -> T {
    let actor = Actor {
        name: role.to_owned(),
        party: "departement-62".parse().unwrap(),
        role: Role::parse(role).unwrap(),
        os_user: None,
    };
    act(&Context::new(&actor, Purpose::parse(purpose).unwrap(), home(), &FixedClock(NOW)).unwrap())
}

fn import(workplace: &Workplace, folder: &Path) {
    let sample = Sample::new(WorldOptions::new(home(), 500, 1, Date::constant(2026, 10, 1), 1));
    let month = sample.months().next().unwrap();
    let (mut known, mut rights, mut registered) = (Vec::new(), Vec::new(), Vec::new());
    month.write_known_csv(&mut known).unwrap();
    month.write_rsabem(&mut rights, FileOptions::default()).unwrap();
    month.write_pecgm(&mut registered, FileOptions::default()).unwrap();
    for (flow, bytes) in [("PERSONNES", known), ("RSABEM", rights), ("PECGM", registered)] {
        let path = folder.join(flow);
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
            liant_app::import(context, workplace, request, &mut |_, _| {}).unwrap()
        });
    }
    directory::refresh(workplace, home(), NOW).unwrap();
}

/// Everyone whom someone of this role sees from this seat.
fn seen(workplace: &Workplace, role: &str, seat: Seat) -> Vec<PersonId> {
    let mut request = ListRequest { seat, ..ListRequest::default() };
    let mut all = Vec::new();
    loop {
        let page = act(role, "orientation", |context| people::list(context, workplace, &request, Lang::En));
        let page = page.unwrap();
        all.extend(page.people.iter().map(|line| line.person));
        request.after = page.next;
        if request.after.is_none() {
            return all;
        }
    }
}

/// An open question, and the identity of a link that was made and undone.
fn questions(workplace: &Workplace) -> (String, String) {
    act("clerk", "identity-review", |context| {
        let queue =
            review::queue(context, workplace, review::QueueFilter::default(), (0, 50), Lang::Fr).unwrap();
        let (open, others) = queue.page.split_first().unwrap();
        let undone = others.iter().find_map(|asked| {
            review::accept(context, workplace, asked.review).unwrap();
            review::take_back(context, workplace, asked.review).unwrap()
        });
        (open.review.to_string(), undone.unwrap().to_string())
    })
}

/// A breach in the Département's file: all that was read until now.
fn breach(workplace: &Workplace) -> String {
    let new = NewBreach {
        nature: Nature::Breach,
        discovered_at: NOW,
        actor: None,
        act: None,
        since: Instant::from_micros(0),
        until: None,
    };
    act("dpo", "person-rights", |context| breaches::open(context, workplace, &new).unwrap().to_string())
}

/// A request that the Département received by letter.
fn request(workplace: &Workplace, person: PersonId) -> String {
    let new = NewRequest { right: Right::Access, about: None, statement: None };
    act("dpo", "person-rights", |context| {
        rights::record(context, workplace, person, &new, NOW).unwrap().to_string()
    })
}

impl World {
    /// A new one, in this store.
    pub(super) async fn new(store: &str) -> Self {
        Self::with_press(store, None).await
    }

    /// The same, where this program makes documents.
    pub(super) async fn with_press(store: &str, press: Option<PathBuf>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { press, ..settings(folder.path(), store) };
        let (place, path) = (settings, folder.path().to_owned());
        let made = tokio::task::spawn_blocking(move || {
            let workplace = Workplace::open(&place).unwrap();
            import(&workplace, &path);
            let (review, parted) = questions(&workplace);
            let people = seen(&workplace, "orientation_officer", Seat::default());
            let breach = breach(&workplace);
            let request = request(&workplace, people[0]);
            (Arc::new(workplace), review, parted, people, (breach, request))
        });
        let (workplace, review, parted, people, (breach, request)) = made.await.unwrap();
        let site = testing::site_on(&workplace, testing::accounts());
        let mut world = Self {
            site,
            visitors: Vec::new(),
            people,
            look_up: String::new(),
            referent: String::new(),
            review,
            parted,
            breach,
            request,
            _folder: folder,
        };
        for role in ProfessionalRole::ALL {
            for territory in [home(), elsewhere()] {
                let came = colleague_at(&world.site, (*role, territory), None, false).await;
                let within = world.reach(&workplace, *role, &came).await;
                if (*role, territory) == (ProfessionalRole::OrientationOfficer, home()) {
                    world.look_up = world.declared(&workplace, &came).await;
                }
                if (*role, territory) == (ProfessionalRole::SocialReferent, home()) {
                    world.referent = place_of(&workplace, &came).await;
                }
                let is_home = territory == home();
                world.visitors.push(Visitor { role: *role, is_home, cookie: came.cookie, within });
            }
        }
        world
    }

    /// Gives someone the people whom she is to see, where her role does not see everyone: some, not all.
    async fn reach(
        &self,
        workplace: &Arc<Workplace>,
        role: ProfessionalRole,
        who: &Colleague,
    ) -> Option<BTreeSet<PersonId>> {
        let token = who.cookie.split_once('=').unwrap().1.to_owned();
        let some: Vec<PersonId> = self.people.iter().step_by(9).copied().collect();
        let (workplace, now) = (Arc::clone(workplace), NOW);
        tokio::task::spawn_blocking(move || {
            let token = crate::SessionToken::parse(&token).unwrap();
            let signed_in = testing::accounts().visitor(&workplace, &token, now).unwrap().unwrap();
            if signed_in.seat.territory != home() {
                return None;
            }
            let seat = &signed_in.seat;
            let follows = match role {
                ProfessionalRole::SocialReferent => FollowRole::SocialReferent,
                ProfessionalRole::Adviser => FollowRole::Adviser,
                ProfessionalRole::CafWorker => FollowRole::CafWorker,
                ProfessionalRole::LocalServiceHead => {
                    let codes: Vec<String> =
                        (0..1000).step_by(3).map(|code| format!("62{code:03}")).collect();
                    act("technician", "file-handling", |context| {
                        people::set_communes(context, &workplace, seat.organisation, &codes).unwrap();
                    });
                    directory::refresh(&workplace, home(), now).unwrap();
                    let seat = Seat { organisation: Some(seat.organisation), ..Seat::default() };
                    return Some(seen(&workplace, "local_service_head", seat).into_iter().collect());
                }
                _ => return None,
            };
            let assignment = Assignment {
                people: some.clone(),
                role: follows,
                account: signed_in.account,
                organisation: seat.organisation,
                from: Date::constant(2026, 11, 1),
            };
            act("orientation_officer", "orientation", |context| {
                people::assign(context, &workplace, &Seat::default(), &assignment).unwrap();
            });
            directory::refresh(&workplace, home(), now).unwrap();
            let within: BTreeSet<PersonId> = some.into_iter().collect();
            if role == ProfessionalRole::SocialReferent {
                let clock = FixedClock(now);
                let context = signed_in.context(Purpose::parse("follow-up").unwrap(), &clock).unwrap();
                addresses::protect(&context, &workplace, *within.first().unwrap(), "shelter").unwrap();
            }
            Some(within)
        })
        .await
        .unwrap()
    }

    /// A reason that someone declared for the file of the last of the people, found to be her own.
    async fn declared(&self, workplace: &Arc<Workplace>, who: &Colleague) -> String {
        let token = who.cookie.split_once('=').unwrap().1.to_owned();
        let (workplace, person) = (Arc::clone(workplace), *self.people.last().unwrap());
        let declared = tokio::task::spawn_blocking(move || {
            let token = crate::SessionToken::parse(&token).unwrap();
            let her = testing::accounts().visitor(&workplace, &token, NOW).unwrap().unwrap();
            act("dpo", "person-rights", |context| {
                lookups::note_own_record(context, &workplace, her.account, person).unwrap();
            });
            let clock = FixedClock(NOW);
            let context = her.context(Purpose::parse("follow-up").unwrap(), &clock).unwrap();
            lookups::declare(&context, &workplace, person, "homonym").unwrap()
        });
        declared.await.unwrap().to_string()
    }

    pub(super) fn of(&self, role: ProfessionalRole) -> Visit {
        let found = self.visitors.iter().find(|one| one.is_home && one.role == role).unwrap();
        Visit::new(&self.site, &[&found.cookie])
    }

    /// What the site itself leads to, for who may see it.
    async fn link(&self, role: ProfessionalRole, page: &str, start: &str) -> String {
        let text = self.of(role).open(page).await.text;
        let at = |part: &str| part.split(['"', '/', '?', '#']).next().unwrap().to_owned();
        let found = text.split(&format!("href=\"{start}")).skip(1).map(at).find(|id| !id.is_empty());
        found.unwrap_or_else(|| panic!("{page} leads to no {start}"))
    }

    /// A file that waits, sent by the technician.
    async fn upload(&self) -> String {
        let mut visit = self.of(ProfessionalRole::Technician);
        visit.open("/files/new").await;
        let answer = visit.send_file("/files/new", "rsabem.xml", &small_file()).await;
        let path = answer.header("location").to_owned();
        path.rsplit('/').next().unwrap().to_owned()
    }

    /// Something of this kind that is of the home territory; for people, one whom the visitor may see.
    pub(super) async fn own(&self, on: On, visitor: &Visitor) -> Values {
        let person = visitor.within.as_ref().and_then(|within| within.first()).unwrap_or(&self.people[0]);
        let (name, value) = match on {
            On::Nothing | On::Own | On::Later | On::Organisation => return Vec::new(),
            On::Person | On::Protected => ("person", person.to_string()),
            On::Act => return act_on(person.to_string()),
            On::HandOver => {
                let place = ("programme", "accompagnement-global".to_owned());
                return vec![place, ("role", "social_referent".to_owned()), ("from", self.referent.clone())];
            }
            On::Convention => ("convention", "62-echange-rsa".to_owned()),
            On::Request => ("request", self.request.clone()),
            On::Breach => ("breach", self.breach.clone()),
            On::LookUp => ("look_up", self.look_up.clone()),
            On::Review => ("review", self.review.clone()),
            On::Parted => ("identity", self.parted.clone()),
            On::Batch => {
                ("batch", self.link(ProfessionalRole::Technician, "/files", "/files/received/").await)
            }
            On::Upload => ("upload", self.upload().await),
            On::Entry => ("act", self.link(ProfessionalRole::Dpo, "/audit", "/audit/entries/").await),
        };
        vec![(name, value)]
    }

    /// A person of the territory whom the visitor may not see.
    pub(super) fn other(&self, on: On, visitor: &Visitor) -> Option<Values> {
        let within = visitor.within.as_ref()?;
        let person = self.people.iter().find(|one| !within.contains(one)).unwrap();
        Some(if on == On::Act { act_on(person.to_string()) } else { vec![("person", person.to_string())] })
    }
}

/// An act that may be asked for, or is told to be refused, of anyone whose path is shown.
fn act_on(person: String) -> Values {
    let (programme, act) = ("accompagnement-global".to_owned(), "propose".to_owned());
    vec![("person", person), ("programme", programme), ("act", act)]
}

/// Someone's account and organisation, as an address has them.
async fn place_of(workplace: &Arc<Workplace>, who: &Colleague) -> String {
    let token = who.cookie.split_once('=').unwrap().1.to_owned();
    let workplace = Arc::clone(workplace);
    let read = tokio::task::spawn_blocking(move || {
        let token = crate::SessionToken::parse(&token).unwrap();
        let her = testing::accounts().visitor(&workplace, &token, NOW).unwrap().unwrap();
        format!("{}+{}", her.account, her.seat.organisation)
    });
    read.await.unwrap()
}

/// A small file of the CNAF.
fn small_file() -> Vec<u8> {
    let sample = Sample::new(WorldOptions::new(home(), 5, 2, Date::constant(2026, 11, 1), 1));
    let mut bytes = Vec::new();
    sample.months().next().unwrap().write_rsabem(&mut bytes, FileOptions::default()).unwrap();
    bytes
}
