//! A whole invented territory: its households, its people, and what happened to them.

use crate::birth::{Birth, Births};
use crate::calendar::Day;
use crate::history::{
    self, Asks, FollowUp, Jobseeker, Orientation, Phase, Qualification, Registration, Residence, Window,
};
use crate::identity::Identity;
use crate::kin::{self, Kin};
use crate::land::Land;
use crate::month::MonthView;
use crate::names::{self, Sex};
use crate::numbers;
use crate::rng::{Rng, Stream};
use crate::sources::Errors;
use liant_model::{Date, Territory};
use std::collections::HashSet;

/// What world to invent.
#[derive(Clone, Copy, Debug)]
pub struct WorldOptions {
    /// The Département. Its towns, services and agencies are invented.
    pub territory: Territory,
    /// How many adults.
    pub people: u32,
    /// Same options and same seed, same bytes, on every machine.
    pub seed: u64,
    /// A day of the first month.
    pub start_month: Date,
    /// How many months of history, at least one.
    pub months: u32,
    /// How often each source is wrong.
    pub errors: Errors,
}

impl WorldOptions {
    /// `people` adults of `territory` over `months` months from that of `start_month`, with the usual errors.
    pub fn new(territory: Territory, people: u32, seed: u64, start_month: Date, months: u32) -> Self {
        Self { territory, people, seed, start_month, months, errors: Errors::default() }
    }
}

/// The internal number of an invented person: no file shows it, but for the truth file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonNo(pub u32);

/// A child of a household.
#[derive(Clone, Debug)]
pub(crate) struct Child {
    pub(crate) identity: Identity,
}

/// A household.
#[derive(Clone, Debug)]
pub(crate) struct Household {
    pub(crate) matricule: String,
    pub(crate) request_number: String,
    pub(crate) msa: bool,
    pub(crate) homeless: bool,
    pub(crate) benefit: &'static str,
    /// One or two adults; the first is the claimant (*demandeur*).
    pub(crate) adults: Vec<u32>,
    pub(crate) children: Vec<Child>,
    pub(crate) situations: Vec<(Day, &'static str)>,
    pub(crate) residences: Vec<Residence>,
    pub(crate) rights: Vec<(Day, Phase)>,
}

/// How the Département knows a person.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) since: Day,
    /// Its references: two when the Département holds the person twice.
    pub(crate) references: Vec<String>,
}

/// An adult.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) no: PersonNo,
    pub(crate) household: usize,
    pub(crate) kin: Option<(Kin, PersonNo)>,
    pub(crate) identity: Identity,
    /// The name in use, and since when.
    pub(crate) married: Option<(Day, String)>,
    pub(crate) duties: bool,
    pub(crate) registrations: Vec<Registration>,
    pub(crate) follow_ups: Vec<FollowUp>,
    pub(crate) contacts: Vec<Day>,
    pub(crate) qualifications: Vec<Qualification>,
    pub(crate) orientations: Vec<Orientation>,
    pub(crate) known: Option<Known>,
}

impl Person {
    /// The last spell on the register that had begun on `day`.
    pub(crate) fn spell_on(&self, day: Day) -> Option<&Registration> {
        history::on(&self.registrations, day, |spell| spell.start)
    }

    /// The name in use on `day`, empty when it is the birth name.
    pub(crate) fn married_name_on(&self, day: Day) -> &str {
        self.married.as_ref().filter(|(since, _)| *since <= day).map_or("", |(_, name)| name)
    }
}

/// An invented territory and its people.
#[derive(Debug)]
pub struct World {
    pub(crate) seed: u64,
    pub(crate) errors: Errors,
    pub(crate) window: Window,
    pub(crate) land: Land,
    pub(crate) households: Vec<Household>,
    pub(crate) people: Vec<Person>,
}

impl World {
    /// Invents the world.
    pub fn new(options: WorldOptions) -> Self {
        let window =
            Window { first: Day::of(options.start_month).month_start(), months: options.months.max(1) };
        let births = Births::new(options.territory, options.seed, window.first);
        let land = Land::new(options.territory, options.seed);
        let mut maker = Maker {
            world: Self {
                seed: options.seed,
                errors: options.errors,
                window,
                land,
                households: Vec::new(),
                people: Vec::new(),
            },
            births,
            taken: HashSet::new(),
            children: 0,
            wanted: options.people,
        };
        while (maker.world.people.len() as u32) < options.people {
            maker.household();
        }
        maker.world
    }

    /// How many adults there are.
    pub fn people(&self) -> u32 {
        self.people.len() as u32
    }

    /// The Département.
    pub fn territory(&self) -> Territory {
        self.land.territory
    }

    /// The communes (INSEE codes) of each local service of the Département.
    pub fn services(&self) -> Vec<Vec<String>> {
        let mut services = vec![Vec::new(); self.land.services.len()];
        for commune in &self.land.communes {
            if let Some(codes) = services.get_mut(commune.service) {
                codes.push(commune.code.clone());
            }
        }
        services
    }

    /// The view of month `index`, counted from 0, when the world lives through it.
    pub fn month(&self, index: u32) -> Option<MonthView<'_>> {
        (index < self.window.months).then(|| MonthView::new(self, index))
    }

    /// The months in order.
    pub fn months(&self) -> impl Iterator<Item = MonthView<'_>> {
        (0..self.window.months).map(|index| MonthView::new(self, index))
    }

    /// What the Département calls the person in its own list: no reference when it does not know her, two when it
    /// holds her twice.
    pub fn references(&self, person: PersonNo) -> &[String] {
        let known = self.people.get(person.0 as usize).and_then(|person| person.known.as_ref());
        known.map_or(&[], |known| &known.references)
    }
}

/// Makes a world, household by household.
struct Maker {
    world: World,
    births: Births,
    /// NIRs given, so that relatives placed on a chosen day take a free one.
    taken: HashSet<String>,
    children: u64,
    wanted: u32,
}

/// What is staged for the first households, so that every world has something to tell.
#[derive(Clone, Copy, Default)]
struct Script {
    kin: Option<Kin>,
    couple: bool,
    wedding: Option<u32>,
    leaves_zone: Option<u32>,
    steady: bool,
}

impl Script {
    fn of(household: usize, months: u32) -> Self {
        let early = |month: u32| Some(month.min(months - 1));
        let steady = Self { steady: true, ..Self::default() };
        match household {
            2 | 4 | 6 => steady,
            3 => Self { kin: Some(Kin::Homonym), ..steady },
            5 => Self { kin: Some(Kin::Twin), ..steady },
            7 => Self { kin: Some(Kin::Namesake), ..steady },
            8 => Self { couple: true, wedding: early(2), ..steady },
            9 => Self { leaves_zone: early(3), ..steady },
            _ => Self::default(),
        }
    }
}

impl Maker {
    fn household(&mut self) {
        let place = self.world.households.len();
        let window = self.world.window;
        let mut rng = Rng::of(self.world.seed, Stream::Household, place as u64);
        let mut story = Rng::of(self.world.seed, Stream::History, place as u64);
        let script = Script::of(place, window.months);

        let (holder, kin) = self.holder(&mut rng, script.kin);
        let couple = (script.couple || rng.chance(3_300)) && self.world.people.len() as u32 + 1 < self.wanted;
        let mut adults = vec![holder];
        if couple {
            let partner = self.partner(&mut rng, &adults[0]);
            adults.push(partner);
        }
        let children = self.children(&mut rng, &adults);
        let asks = self.asks(&mut rng, script);
        let commune =
            if script.leaves_zone.is_some() { 0 } else { rng.skewed(self.world.land.communes.len()) };
        let residences =
            history::residences(&mut story, window, &self.world.land, commune, script.leaves_zone);
        let rights = history::rights(&mut story, window, asks, script.steady);
        let wedding =
            script.wedding.or_else(|| (couple && rng.chance(250)).then(|| rng.below(window.months)));
        let situations = situations(&mut rng, window, couple, wedding);
        let household = Household {
            matricule: numbers::matricule(place as u64),
            request_number: numbers::request(place as u64),
            msa: !script.steady && rng.chance(400),
            homeless: rng.chance(200),
            benefit: rng.weighted(crate::codes::BENEFITS),
            adults: Vec::new(),
            children,
            situations,
            residences,
            rights,
        };
        self.world.households.push(household);
        let married: Vec<_> =
            (0..adults.len()).map(|role| self.married(&mut rng, place, &adults, role)).collect();
        for (role, (identity, married)) in adults.into_iter().zip(married).enumerate() {
            let kin = if role == 0 { kin } else { None };
            self.adult(&mut rng, &mut story, identity, married, kin, script.steady);
        }
    }

    /// The first adult: sometimes a relative, or a homonym, of somebody before.
    fn holder(&mut self, rng: &mut Rng, scripted: Option<Kin>) -> (Identity, Option<(Kin, PersonNo)>) {
        let number = self.world.people.len();
        let kin = scripted.or_else(|| kin::draw(rng));
        let birth = self.births.of(number as u64);
        let elder = match kin {
            Some(_) if number > 0 => {
                let back = if scripted.is_some() { 1 } else { 1 + rng.place(number.min(400)) };
                self.world.people.get(number - back)
            }
            _ => None,
        };
        let mut identity = match (kin, elder) {
            (Some(kin), Some(elder)) => {
                let related =
                    kin::identity(rng, kin, &elder.identity, birth, &self.births, self.world.window.first);
                (related, Some((kin, elder.no)))
            }
            _ => (Identity::new(rng, birth), None),
        };
        self.claim(&mut identity.0.birth);
        if identity.0.birth.abroad() && rng.chance(900) {
            let from = self.world.window.first;
            identity.0.waiting_until = Some(from.plus(rng.between(15, 500)));
        }
        identity
    }

    fn partner(&mut self, rng: &mut Rng, holder: &Identity) -> Identity {
        let mut birth = self.births.of(self.world.people.len() as u64 + 1);
        birth.sex = if rng.chance(9_500) { holder.birth.sex.other() } else { holder.birth.sex };
        let adult = self.world.window.first.plus(-19 * 366);
        birth.day = holder.birth.day.plus(rng.between(-2_200, 2_200)).min(adult);
        self.claim(&mut birth);
        Identity::new(rng, birth)
    }

    /// Makes the NIR of a birth free by moving its order in the register.
    fn claim(&mut self, birth: &mut Birth) {
        while !self.taken.insert(birth.nir(false)) {
            birth.order = birth.order % 998 + 1;
        }
    }

    fn children(&mut self, rng: &mut Rng, adults: &[Identity]) -> Vec<Child> {
        let parent = &adults[0];
        let first = self.world.window.first;
        let count = rng.weighted(&[(0, 50), (1, 22), (2, 17), (3, 8), (4, 3)]);
        let oldest = (first.since(parent.birth.day) - 18 * 365).clamp(0, 19 * 365);
        let mut list = Vec::new();
        for _ in 0..if oldest < 90 { 0 } else { count } {
            self.children += 1;
            let day = first.plus(-rng.between(30, oldest));
            let sex = if rng.chance(5_100) { Sex::Man } else { Sex::Woman };
            let mut birth =
                Birth { sex, day, place: self.births.near(rng), order: 1 + (self.children % 998) as u16 };
            self.claim(&mut birth);
            let namer = adults.last().filter(|_| rng.chance(6_000)).unwrap_or(parent);
            let (name, origin) = (namer.birth_name.clone(), namer.origin);
            list.push(Child { identity: Identity::in_family(rng, birth, name, origin) });
        }
        list
    }

    fn asks(&self, rng: &mut Rng, script: Script) -> Asks {
        let window = self.world.window;
        match rng.below(100) {
            _ if script.steady => Asks::Before(window.first.plus(-rng.between(80, 1_800))),
            0..68 => Asks::Before(window.first.plus(-rng.between(60, 2_900))),
            68..85 => Asks::In(rng.below(window.months)),
            _ => Asks::Never,
        }
    }

    /// The name in use of one of the adults: taken at a past or coming wedding, or kept from a past one.
    fn married(
        &self,
        rng: &mut Rng,
        household: usize,
        adults: &[Identity],
        role: usize,
    ) -> Option<(Day, String)> {
        let own = &adults[role];
        let spouse = if adults.len() == 2 { adults.get(1 - role) } else { None };
        let situations = &self.world.households.get(household)?.situations;
        let wedding = situations.iter().find(|(_, code)| *code == "MAR").map(|(day, _)| *day);
        let woman = own.birth.sex == Sex::Woman;
        let rate = if woman { 8_500 } else { 200 };
        match (spouse, wedding) {
            (Some(spouse), Some(day)) if rng.chance(rate) || (woman && day >= self.world.window.first) => {
                let name = if rng.chance(800) {
                    format!("{}-{}", own.birth_name, spouse.birth_name)
                } else {
                    spouse.birth_name.clone()
                };
                (name != own.birth_name).then_some((day, name))
            }
            (None, _)
                if woman && self.world.window.first.since(own.birth.day) > 28 * 365 && rng.chance(2_800) =>
            {
                let origin = names::origin(rng, false);
                Some((own.birth.day.plus(24 * 365), names::surname(rng, origin)))
            }
            _ => None,
        }
    }

    fn adult(
        &mut self,
        rng: &mut Rng,
        story: &mut Rng,
        identity: Identity,
        married: Option<(Day, String)>,
        kin: Option<(Kin, PersonNo)>,
        steady: bool,
    ) {
        let world = &mut self.world;
        let no = PersonNo(world.people.len() as u32);
        let place = world.households.len() - 1;
        let household = &mut world.households[place];
        household.adults.push(no.0);
        let seeker = Jobseeker {
            rights: &household.rights,
            residences: &household.residences,
            duties: steady || rng.chance(8_800),
            born: identity.birth.day,
            steady,
        };
        let registrations = history::registrations(story, world.window, &world.land, &seeker);
        let (follow_ups, contacts) = history::follow_up(story, world.window, &registrations);
        let qualifications = history::qualifications(story, world.window, identity.birth.day);
        let known = known(rng, world.window, &household.rights, no, steady);
        let since = known.as_ref().map(|known| known.since);
        let orientations = history::orientations(story, world.window, &world.land, &seeker, since);
        let duties = seeker.duties;
        world.people.push(Person {
            no,
            household: place,
            kin,
            identity,
            married,
            duties,
            registrations,
            follow_ups,
            contacts,
            qualifications,
            orientations,
            known,
        });
    }
}

/// Whether and since when the Département knows a person: soon after the right opens, or for another reason.
fn known(
    rng: &mut Rng,
    window: Window,
    rights: &[(Day, Phase)],
    no: PersonNo,
    steady: bool,
) -> Option<Known> {
    let opened = rights.iter().find(|(_, phase)| phase.open()).map(|(from, _)| *from);
    let (delay, past) = (rng.between(2, 25), rng.between(30, 1_500));
    let (missed, other, twice) = (rng.chance(600), rng.chance(6_000), rng.chance(80));
    let since = match opened {
        Some(_) if missed && !steady => return None,
        Some(day) => day.plus(delay),
        None if other => window.first.plus(-past),
        None => return None,
    };
    let copies = if twice && !steady { 2 } else { 1 };
    let references = (0..copies).map(|copy| numbers::reference(u64::from(no.0) * 2 + copy)).collect();
    Some(Known { since, references })
}

/// Family situations: for couples, a wedding in month `wedding` when they are not married yet.
fn situations(rng: &mut Rng, window: Window, couple: bool, wedding: Option<u32>) -> Vec<(Day, &'static str)> {
    let since = window.first.plus(-rng.between(40, 3_600));
    let codes: &[(&str, u32)] = match (couple, wedding) {
        (true, Some(_)) => &[("VIM", 80), ("PAC", 20)],
        (true, None) => &[("MAR", 48), ("VIM", 38), ("PAC", 14)],
        _ => &[("CEL", 60), ("DIV", 20), ("SEF", 12), ("VEU", 4), ("SEL", 4)],
    };
    let mut list = vec![(since, rng.weighted(codes))];
    if let Some(month) = wedding.filter(|_| couple) {
        list.push((window.month(month).plus(rng.between(3, 24)), "MAR"));
    }
    list
}
