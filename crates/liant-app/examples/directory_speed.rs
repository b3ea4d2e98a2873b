//! Measures the directory of an installation: `cargo run --release -p liant-app --example directory_speed -- FOLDER [PEOPLE [SEED]]`.
//! The folder holds `liant.toml`. With a number of people, its empty store first gets two months of an invented territory, and
//! a third once the directory is made. Prints a line of JSON a figure; `cargo xtask bench --only directory` reads them.

#![expect(clippy::print_stdout, reason = "a measuring tool prints")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant as Stopwatch;

use liant_app::people::{self, Assignment, FollowRole, ListRequest, Order, Seat, Test};
use liant_app::{Context, ImportRequest, Settings, SystemClock, Workplace, directory};
use liant_convention::Reach;
use liant_flux::Profile;
use liant_model::{
    AccountId, Actor, Clock, Date, IdentityId, Instant, Lang, OrganisationId, PersonId, Purpose, Span,
};
use liant_sample::{FileOptions, MonthView, World, WorldOptions};

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = PathBuf::from(arguments.first().ok_or("give the folder of an installation")?);
    let people: u32 = arguments.get(1).map_or(Ok(0), |text| text.parse())?;
    let seed: u64 = arguments.get(2).map_or(Ok(7), |text| text.parse())?;
    let place = Place::open(&folder)?;
    let refreshed = |what: &str| -> Result<(), Failure> {
        let begun = Stopwatch::now();
        let done = directory::refresh(&place.workplace, place.settings.territory()?, SystemClock.now())?;
        let known = if done.filled > 0 {
            format!("{} people", done.filled)
        } else {
            format!("{} people, {} of them changed", done.remade, done.changed)
        };
        tell(what, &format!("{known}, {} events", done.events), begun.elapsed().as_secs_f64());
        Ok(())
    };
    if people > 0 {
        let start = SystemClock.now().date().first_of_month().checked_sub(Span::new().try_months(3)?)?;
        let world = World::new(WorldOptions::new(place.settings.territory()?, people, seed, start, 3));
        for month in world.months().take(2) {
            place.month(&month)?;
        }
        let communes = place.serve()?;
        refreshed("fill")?;
        if let Some(month) = world.month(2) {
            place.month(&month)?;
        }
        refreshed("refresh after a month")?;
        place.measure(&communes)
    } else {
        refreshed("fill")?;
        place.measure(&[])
    }
}

fn tell(what: &str, answer: &str, seconds: f64) {
    println!("{}", serde_json::json!({ "what": what, "answer": answer, "seconds": seconds }));
}

/// Times a piece of work several times over; `work` gives how many people it answered with.
fn time(what: &str, times: usize, mut work: impl FnMut() -> Result<usize, Failure>) -> Result<(), Failure> {
    let mut taken = Vec::with_capacity(times);
    let mut answer = 0;
    for _ in 0..times {
        let begun = Stopwatch::now();
        answer = work()?;
        taken.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    taken.sort_by(f64::total_cmp);
    let at =
        |part: f64| taken.get(((taken.len() - 1) as f64 * part).round() as usize).copied().unwrap_or(0.0);
    let line = serde_json::json!({ "what": what, "answer": answer.to_string(), "p50_ms": at(0.5), "p95_ms": at(0.95) });
    println!("{line}");
    Ok(())
}

/// The installation that is measured.
struct Place {
    folder: PathBuf,
    settings: Settings,
    workplace: Workplace,
}

/// People whom the caseload and the organisation that are measured follow.
const FOLLOWED: [(u8, usize); 2] = [(1, 80), (2, 2_000)];
/// Local services that share the communes.
const SERVICES: u8 = 20;

fn number<T: From<liant_model::Uuid>>(number: u8) -> T {
    IdentityId::new(Instant::from_micros(0), [number; 10]).0.into()
}

impl Place {
    fn open(folder: &Path) -> Result<Self, Failure> {
        let settings = Settings::read(&folder.join("liant.toml"))?;
        let workplace = Workplace::open(&settings)?;
        Ok(Self { folder: folder.to_path_buf(), settings, workplace })
    }

    fn actor<T>(
        &self,
        (role, purpose): (&str, &str),
        work: impl FnOnce(&Context<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let actor = Actor {
            name: role.to_owned(),
            party: self.settings.party.clone(),
            role: role.parse()?,
            os_user: None,
        };
        work(&Context::new(&actor, Purpose::parse(purpose)?, self.settings.territory()?, &SystemClock)?)
    }

    fn officer<T>(&self, work: impl FnOnce(&Context<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        self.actor(("orientation_officer", "orientation"), work)
    }

    /// Imports the files of a month.
    fn month(&self, month: &MonthView<'_>) -> Result<(), Failure> {
        if month.index() == 0 {
            self.load("PERSONNES", |out| month.write_known_csv(out).map(drop))?;
        }
        self.load("RSABEM", |out| month.write_rsabem(out, FileOptions::default()).map(drop))?;
        self.load("PECGM", |out| month.write_pecgm(out, FileOptions::default()).map(drop))
    }

    fn load(
        &self,
        profile: &str,
        write: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
    ) -> Result<(), Failure> {
        let path = self.folder.join(profile);
        let mut out = BufWriter::new(File::create(&path)?);
        write(&mut out)?;
        out.flush()?;
        let profile = Profile::shipped(profile)?;
        let request = ImportRequest {
            path: &path,
            profile: &profile,
            dry_run: false,
            strict: false,
            most_leaving: None,
            lang: Lang::En,
        };
        self.actor(("technician", "file-handling"), |context| {
            Ok(liant_app::import(context, &self.workplace, request, &mut |_, _| {}).map(drop)?)
        })?;
        Ok(fs::remove_file(&path)?)
    }

    /// Gives the communes of the territory to services.
    fn serve(&self) -> Result<Vec<String>, Failure> {
        let communes: Vec<String> = (0..1_000).map(|code| format!("62{code:03}")).collect();
        for service in 0..SERVICES {
            let its: Vec<String> =
                communes.iter().skip(service.into()).step_by(SERVICES.into()).cloned().collect();
            self.officer(|context| {
                Ok(people::set_communes(
                    context,
                    &self.workplace,
                    number::<OrganisationId>(10 + service),
                    &its,
                )?)
            })?;
        }
        Ok(communes)
    }

    fn list(&self, request: &ListRequest) -> Result<people::Page, Failure> {
        self.officer(|context| Ok(people::list(context, &self.workplace, request, Lang::Fr)?))
    }

    /// Says who follows some.
    fn follow(&self, some: &[PersonId]) -> Result<(), Failure> {
        let mut some = some.iter().copied();
        for (who, how_many) in FOLLOWED {
            let hers: Vec<PersonId> = some.by_ref().take(how_many).collect();
            for people in hers.chunks(Assignment::MOST) {
                let assignment = Assignment {
                    people: people.to_vec(),
                    role: FollowRole::SocialReferent,
                    account: number::<AccountId>(who),
                    organisation: number::<OrganisationId>(who),
                    from: SystemClock.now().date(),
                };
                self.officer(|context| {
                    Ok(people::assign(context, &self.workplace, &Seat::default(), &assignment)?)
                })?;
            }
        }
        Ok(())
    }

    fn measure(&self, communes: &[String]) -> Result<(), Failure> {
        let met = self.walk()?;
        let common = met.communes.iter().max_by_key(|(_, number)| **number).map(|(code, _)| code.clone());
        let commune = common.unwrap_or_default();
        if !communes.is_empty() {
            self.follow(&met.people)?;
        }
        self.lists(&commune)?;
        self.searches(&met.names)?;
        self.homes()?;
        self.views()
    }

    /// Pages by name, one after the other.
    fn walk(&self) -> Result<Met, Failure> {
        let mut met = Met::default();
        let mut request = ListRequest::default();
        time("list by name, page after page", 200, || {
            let page = self.list(&request)?;
            met.take(&page);
            request.after = page.next;
            Ok(page.people.len())
        })?;
        Ok(met)
    }

    fn lists(&self, commune: &str) -> Result<(), Failure> {
        let code = |code: &str| Some(code.to_owned());
        let commune = || Test::Commune(commune.to_owned());
        let since = Date::constant(2020, 1, 1);
        let born = |year| Test::Born(Date::constant(year, 1, 1), Date::constant(year, 6, 30));
        let left = || Test::Happened(people::Happening::Left, liant_model::Source::CNAF, since);
        let rare = || {
            let category = Test::Category("3".to_owned());
            vec![Test::Nature(code("04")), category, Test::InCourse(false), Test::WithFranceTravail(true)]
        };
        for (what, tests) in [
            ("everyone", vec![]),
            ("to orient", vec![Test::ToOrient]),
            ("without referent", vec![Test::WithoutReferent]),
            ("nature 01", vec![Test::Nature(code("01"))]),
            ("commune", vec![commune()]),
            ("commune, to orient", vec![commune(), Test::ToOrient]),
            ("category 2", vec![Test::Category("2".to_owned())]),
            ("held by France Travail", vec![Test::WithFranceTravail(true)]),
            ("left France Travail", vec![Test::WithFranceTravail(false)]),
            ("not in course", vec![Test::InCourse(false)]),
            ("four rare at once", rare()),
            ("born in half a year", vec![born(1990)]),
            ("born, nature 04", vec![born(1990), Test::Nature(code("04"))]),
            ("in no service", vec![Test::Service(None)]),
            ("left the CNAF", vec![left()]),
            ("left the CNAF, nature 04", vec![left(), Test::Nature(code("04"))]),
        ] {
            for order in [Order::Name, Order::Waiting, Order::Registered] {
                let request = ListRequest { tests: tests.clone(), order, ..ListRequest::default() };
                time(&format!("list: {what}, {order:?}"), 10, || {
                    Ok(self.list(&request)?.count.number as usize)
                })?;
            }
        }
        for (what, seat) in seats() {
            for tests in [vec![], vec![Test::ToOrient], rare()] {
                let request = ListRequest { seat, tests, ..ListRequest::default() };
                time(&format!("list: {what}, {} tests", request.tests.len()), 10, || {
                    Ok(self.list(&request)?.count.number as usize)
                })?;
            }
        }
        Ok(())
    }

    fn searches(&self, names: &[String]) -> Result<(), Failure> {
        let search = |seat: Seat, typed: &str| {
            self.officer(|context| {
                Ok(people::search(context, &self.workplace, &seat, typed, Lang::Fr)?.people.len())
            })
        };
        let mut number = 0;
        time("search: names", 200, || {
            number += 17;
            let typed = names.get(number % names.len().max(1)).map_or("", String::as_str);
            search(Seat::default(), typed)
        })?;
        for typed in
            ["du", "m", "marie", "du ma", "martin marie", "le ma cl", "zz ma", "12/03/1981", "zzzz", "qu zo"]
        {
            time(&format!("search: {typed}"), 10, || search(Seat::default(), typed))?;
        }
        for (what, seat) in seats() {
            time(&format!("search: marie, {what}"), 10, || search(seat, "marie"))?;
        }
        Ok(())
    }

    fn homes(&self) -> Result<(), Failure> {
        for (what, seat) in std::iter::once(("territory", Seat::default())).chain(seats()) {
            time(&format!("home: {what}"), 20, || {
                let desk = self.officer(|context| Ok(people::desk(context, &self.workplace, &seat)?))?;
                Ok(desk.to_orient.map_or(0, |count| count.number as usize))
            })?;
        }
        let natures: Vec<Test> = (1..7).map(|code| Test::Nature(Some(format!("0{code}")))).collect();
        time("facets: natures", 20, || {
            self.officer(|context| {
                Ok(people::counts(context, &self.workplace, &Seat::default(), &[], &natures)?.len())
            })
        })
    }

    /// Pages a second by two readers at once, each access recorded.
    fn views(&self) -> Result<(), Failure> {
        const PAGES: usize = 1_000;
        let begun = Stopwatch::now();
        let reader = || -> Result<(), Failure> {
            let mut request = ListRequest::default();
            for _ in 0..PAGES {
                request.after = self.list(&request)?.next;
            }
            Ok(())
        };
        std::thread::scope(|scope| {
            let readers = [scope.spawn(reader), scope.spawn(reader)];
            readers.into_iter().try_for_each(|reader| reader.join().map_err(|_| "a reader died")?)
        })?;
        let seconds = begun.elapsed().as_secs_f64();
        let line = serde_json::json!({ "what": "pages a second, two readers", "per_second": 2.0 * PAGES as f64 / seconds });
        println!("{line}");
        Ok(())
    }
}

/// The narrower ones who look.
fn seats() -> impl Iterator<Item = (&'static str, Seat)> {
    let seat = |reach, who: u8, organisation: u8| Seat {
        account: Some(number(who)),
        organisation: Some(number(organisation)),
        reach: Some(reach),
    };
    [
        ("local service", seat(Reach::Service, 3, 10)),
        ("organisation", seat(Reach::Service, 3, 2)),
        ("caseload", seat(Reach::Caseload, 1, 1)),
    ]
    .into_iter()
}

/// What was met on the way.
#[derive(Default)]
struct Met {
    people: Vec<PersonId>,
    names: Vec<String>,
    communes: BTreeMap<String, usize>,
}

impl Met {
    fn take(&mut self, page: &people::Page) {
        self.people.extend(page.people.iter().map(|line| line.person));
        for value in page.people.iter().flat_map(|line| &line.origins).flat_map(|origin| &origin.values) {
            match value.field {
                "identity.birth_name" => self.names.push(value.value.clone()),
                "contact.commune" => *self.communes.entry(value.value.clone()).or_default() += 1,
                _ => {}
            }
        }
    }
}
