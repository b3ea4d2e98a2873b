//! What happens to invented people: rights, moves, registrations, follow-up, training and orientations, month by
//! month. A history is a list of spells with their first day; within a list the days strictly increase.

use crate::calendar::Day;
use crate::codes::{self, Coded};
use crate::land::Land;
use crate::pecgm::Ending;
use crate::rng::Rng;

/// The months a world lives through.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) first: Day,
    pub(crate) months: u32,
}

impl Window {
    /// The first day of month `index`.
    pub(crate) fn month(self, index: u32) -> Day {
        self.first.plus_months(index)
    }

    /// A day of month `index`, never after the 27th.
    fn day_in(self, index: u32, rng: &mut Rng) -> Day {
        self.month(index).plus(rng.between(0, 26))
    }

    /// The first days of all months.
    fn starts(self) -> impl Iterator<Item = (u32, Day)> {
        (0..self.months).map(move |index| (index, self.month(index)))
    }
}

/// A state of the RSA file (ETATDOSRSA), with its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Pending,
    Refused,
    Payable,
    RightSuspended(&'static str),
    PaymentSuspended(&'static str),
    Closed(&'static str),
}

impl Phase {
    /// Open, payable or not (states 2, 3 and 4).
    pub(crate) fn open(self) -> bool {
        matches!(self, Self::Payable | Self::RightSuspended(_) | Self::PaymentSuspended(_))
    }
}

/// The last entry that has begun on `day`.
pub(crate) fn on<T>(spells: &[T], day: Day, start: impl Fn(&T) -> Day) -> Option<&T> {
    spells.iter().rev().find(|spell| start(spell) <= day)
}

/// When a household asks for the RSA.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asks {
    /// Before the first month, on this day.
    Before(Day),
    /// In this month.
    In(u32),
    /// Never.
    Never,
}

/// The states of the RSA file. `steady` keeps it open throughout.
pub(crate) fn rights(rng: &mut Rng, window: Window, asks: Asks, steady: bool) -> Vec<(Day, Phase)> {
    let mut spans = Vec::new();
    match asks {
        Asks::Never => return spans,
        Asks::Before(day) => {
            spans.push((day, Phase::Pending));
            spans.push((day.plus(rng.between(10, 45)), Phase::Payable));
            let last = window.first.plus(-rng.between(1, 13));
            if !steady && rng.chance(1_200) && spans.last().is_some_and(|(from, _)| *from < last) {
                spans.push((last, leave_payable(rng)));
            }
        }
        Asks::In(_) => {}
    }
    for (index, _) in window.starts() {
        let next = match spans.last() {
            None => (asks == Asks::In(index)).then_some(Phase::Pending),
            Some((_, Phase::Pending)) => {
                Some(if steady || rng.chance(9_400) { Phase::Payable } else { Phase::Refused })
            }
            Some(_) if steady => None,
            Some((_, Phase::Refused)) => rng.chance(300).then_some(Phase::Pending),
            Some((_, Phase::Payable)) => rng.chance(430).then(|| leave_payable(rng)),
            Some((_, Phase::Closed("MUT"))) => None,
            Some((_, Phase::Closed(_))) => rng.chance(500).then_some(Phase::Pending),
            Some((_, Phase::RightSuspended(_) | Phase::PaymentSuspended(_))) => match rng.below(100) {
                0..35 => Some(Phase::Payable),
                35..47 => Some(Phase::Closed(rng.weighted(codes::CLOSURES))),
                _ => None,
            },
        };
        if let Some(phase) = next {
            spans.push((window.day_in(index, rng), phase));
        }
    }
    spans
}

fn leave_payable(rng: &mut Rng) -> Phase {
    match rng.below(43) {
        0..20 => Phase::Closed(rng.weighted(codes::CLOSURES)),
        20..35 => Phase::PaymentSuspended(rng.weighted(codes::PAYMENT_SUSPENSIONS)),
        _ => Phase::RightSuspended(rng.weighted(codes::RIGHT_SUSPENSIONS)),
    }
}

/// Whether the right was open on some day from `first` to `last`.
pub(crate) fn open_between(rights: &[(Day, Phase)], first: Day, last: Day) -> bool {
    rights.iter().enumerate().any(|(place, (from, phase))| {
        let ends_after = rights.get(place + 1).is_none_or(|(next, _)| *next > first);
        phase.open() && *from <= last && ends_after
    })
}

/// An address and the day the household came to it.
#[derive(Clone, Debug)]
pub(crate) struct Residence {
    pub(crate) from: Day,
    pub(crate) commune: usize,
    pub(crate) number: u32,
    pub(crate) street: &'static str,
    pub(crate) complement: &'static str,
}

/// An address in `commune`.
pub(crate) fn residence(rng: &mut Rng, from: Day, commune: usize) -> Residence {
    let (number, street) = Land::street(rng);
    let complement = if rng.chance(2_000) { "RÉSIDENCE LES TILLEULS" } else { "" };
    Residence { from, commune, number, street, complement }
}

/// The addresses of a household that lives in `commune` at first. `leaves_zone` makes it move to another zone of
/// France Travail in that month.
pub(crate) fn residences(
    rng: &mut Rng,
    window: Window,
    land: &Land,
    commune: usize,
    leaves_zone: Option<u32>,
) -> Vec<Residence> {
    let region = |commune: usize| &land.agencies[land.agency_of(commune)].region;
    let since = window.first.plus(-rng.between(30, 3_000));
    let mut list = vec![residence(rng, since, commune)];
    let mut here = commune;
    for (index, _) in window.starts() {
        let moves = rng.chance(120);
        if leaves_zone == Some(index) {
            here = (0..land.communes.len()).find(|place| region(*place) != region(here)).unwrap_or(here);
        } else if moves && leaves_zone.is_none() {
            here = rng.skewed(land.communes.len());
        } else {
            continue;
        }
        let day = window.day_in(index, rng);
        list.push(residence(rng, day, here));
    }
    list
}

/// A spell on the register of job seekers.
#[derive(Clone, Debug)]
pub(crate) struct Registration {
    pub(crate) start: Day,
    pub(crate) end: Option<(Ending, Day, Coded)>,
    pub(crate) agency: usize,
    /// Which of the person's identifiers it goes under: it changes with the zone.
    pub(crate) identifier: u32,
    /// Category and situation, from each day.
    pub(crate) statuses: Vec<(Day, Coded, Coded)>,
}

impl Registration {
    fn new(rng: &mut Rng, start: Day, agency: usize, identifier: u32) -> Self {
        let status = (start, rng.weighted(codes::CATEGORIES), rng.weighted(codes::SITUATIONS));
        Self { start, end: None, agency, identifier, statuses: vec![status] }
    }

    /// The last day of the spell, if it ended.
    pub(crate) fn last_day(&self) -> Option<Day> {
        self.end.map(|(_, day, _)| day)
    }
}

/// What registrations depend on.
pub(crate) struct Jobseeker<'a> {
    pub(crate) rights: &'a [(Day, Phase)],
    pub(crate) residences: &'a [Residence],
    pub(crate) duties: bool,
    pub(crate) born: Day,
    /// Registered from the first day on, and left alone but for moves.
    pub(crate) steady: bool,
}

/// The spells on the register. At most one event a month, but for a change of zone, which ceases one spell and
/// starts the next on the morrow.
pub(crate) fn registrations(
    rng: &mut Rng,
    window: Window,
    land: &Land,
    seeker: &Jobseeker<'_>,
) -> Vec<Registration> {
    let mut register = Register { land, seeker, spells: Vec::new(), identifier: 0 };
    if seeker.duties && register.open_on(window.first) && (rng.chance(7_200) || seeker.steady) {
        let start = window.first.plus(-rng.between(20, 1_500));
        register.enter(rng, start, register.agency_on(window.first.plus(-1)));
    }
    for (index, first) in window.starts() {
        match register.spells.last() {
            Some(spell) if spell.end.is_none() => register.month_on(rng, window, index),
            _ if rng.chance(register.rate_of_entry(first)) => {
                let day = window.day_in(index, rng);
                let agency = register.agency_on(day);
                if register.spells.last().is_some_and(|before| !register.same_zone(before.agency, agency)) {
                    register.identifier += 1;
                }
                register.enter(rng, day, agency);
            }
            _ => {}
        }
    }
    register.spells
}

/// A person's way on and off the register.
struct Register<'a> {
    land: &'a Land,
    seeker: &'a Jobseeker<'a>,
    spells: Vec<Registration>,
    identifier: u32,
}

impl Register<'_> {
    fn agency_on(&self, day: Day) -> usize {
        let home = on(self.seeker.residences, day, |home| home.from).or(self.seeker.residences.first());
        self.land.agency_of(home.map_or(0, |home| home.commune))
    }

    fn same_zone(&self, one: usize, other: usize) -> bool {
        self.land.agencies[one].region == self.land.agencies[other].region
    }

    fn open_on(&self, day: Day) -> bool {
        on(self.seeker.rights, day, |span| span.0).is_some_and(|span| span.1.open())
    }

    fn age_on(&self, day: Day) -> i32 {
        day.since(self.seeker.born) / 365
    }

    fn enter(&mut self, rng: &mut Rng, start: Day, agency: usize) {
        self.spells.push(Registration::new(rng, start, agency, self.identifier));
    }

    /// Out of ten thousand, how likely a person off the register enters it in the month that starts on `first`.
    fn rate_of_entry(&self, first: Day) -> u16 {
        let before = self.spells.last();
        let days_off = before.and_then(Registration::last_day).map(|day| first.since(day));
        let radiated = before.is_some_and(|spell| matches!(spell.end, Some((Ending::Radiation, ..))));
        match days_off {
            _ if !self.seeker.duties || !self.open_on(first.plus(-1)) || self.age_on(first) >= 64 => 0,
            None => 3_500,
            Some(days) if radiated && days < 35 => 0,
            Some(_) if radiated => 4_000,
            Some(_) => 1_000,
        }
    }

    /// A month on the register: the spell follows a move, or something else happens.
    fn month_on(&mut self, rng: &mut Rng, window: Window, index: u32) {
        let (first, last) = (window.month(index), window.month(index).month_end());
        let (agency, age) = (self.agency_on(last), self.age_on(first));
        let moved = on(self.seeker.residences, last, |home| home.from).map_or(first, |home| home.from);
        let (land, steady) = (self.land, self.seeker.steady);
        let Some(spell) = self.spells.last_mut() else { return };
        if agency == spell.agency {
            if !steady {
                let day = window.day_in(index, rng);
                event(rng, spell, day, age);
            }
        } else if land.agencies[agency].region == land.agencies[spell.agency].region {
            spell.agency = agency;
        } else if moved > spell.start {
            spell.end = Some((Ending::Cessation, moved, codes::CHANGE_OF_SITE));
            self.identifier += 1;
            self.enter(rng, moved.plus(1), agency);
        }
    }
}

/// What may happen in a month on the register, but for moves.
fn event(rng: &mut Rng, spell: &mut Registration, day: Day, age: i32) {
    let last = spell.statuses.last().map_or(spell.start, |status| status.0);
    if day <= last {
        return;
    }
    match rng.below(10_000) {
        0..2_000 if age >= 63 => spell.end = Some((Ending::Cessation, day, codes::RETIREMENT)),
        0..230 => spell.end = Some((Ending::Cessation, day, rng.weighted(codes::CESSATIONS))),
        230..280 => spell.end = Some((Ending::Radiation, day, rng.weighted(codes::RADIATIONS))),
        280..480 => spell.statuses.push((day, ("4", "Non immédiatement disponible"), codes::IN_TRAINING)),
        480..700 => {
            let status = (day, rng.weighted(codes::CATEGORIES), rng.weighted(codes::SITUATIONS));
            spell.statuses.push(status);
        }
        _ => {}
    }
}

/// Who follows the person at France Travail, and how.
#[derive(Clone, Debug)]
pub(crate) struct FollowUp {
    pub(crate) from: Day,
    pub(crate) adviser: usize,
    pub(crate) delegate: Option<usize>,
    pub(crate) axis: Coded,
    pub(crate) modality: Coded,
    /// The personal plan (PPAE): signed, then notified.
    pub(crate) signed: Day,
    pub(crate) notified: Option<Day>,
}

impl FollowUp {
    fn new(rng: &mut Rng, from: Day) -> Self {
        let signed = from.plus(rng.between(3, 25));
        Self {
            from,
            adviser: rng.place(24),
            delegate: rng.chance(2_200).then(|| rng.place(4)),
            axis: rng.weighted(codes::AXES),
            modality: rng.weighted(codes::MODALITIES),
            signed,
            notified: rng.chance(6_000).then(|| signed.plus(rng.between(0, 15))),
        }
    }
}

/// Follow-up and days of contact during the spells on the register.
pub(crate) fn follow_up(rng: &mut Rng, window: Window, spells: &[Registration]) -> (Vec<FollowUp>, Vec<Day>) {
    let (mut list, mut contacts) = (Vec::new(), Vec::new());
    for spell in spells {
        list.push(FollowUp::new(rng, spell.start));
        if spell.start < window.first {
            contacts.push(spell.start.plus(rng.between(1, 15)));
            let again = window.first.plus(-rng.between(1, 4));
            if contacts.last().is_some_and(|day| *day < again) {
                contacts.push(again);
            }
        }
        for (index, first) in window.starts() {
            let last = spell.last_day().unwrap_or_else(|| window.month(window.months));
            let day = window.day_in(index, rng);
            let within = spell.start < first && day < last;
            if within && contacts.last().is_none_or(|before| *before < day) && rng.chance(4_000) {
                contacts.push(day);
            }
            if within && rng.chance(450) && list.last().is_some_and(|before| before.from < day) {
                list.push(FollowUp::new(rng, day));
            }
        }
    }
    (list, contacts)
}

/// Level, sector and occupation, from a day on.
#[derive(Clone, Debug)]
pub(crate) struct Qualification {
    pub(crate) from: Day,
    pub(crate) level: Coded,
    pub(crate) sector: Coded,
    pub(crate) occupation: Coded,
}

/// Qualifications: most people keep theirs, a few gain one or look for other work.
pub(crate) fn qualifications(rng: &mut Rng, window: Window, born: Day) -> Vec<Qualification> {
    let mut list = vec![Qualification {
        from: born,
        level: rng.weighted(codes::LEVELS),
        sector: rng.pick(codes::SECTORS),
        occupation: codes::OCCUPATIONS[rng.skewed(codes::OCCUPATIONS.len())],
    }];
    for (index, _) in window.starts() {
        if rng.chance(100) {
            let from = window.day_in(index, rng);
            let mut next = list[list.len() - 1].clone();
            next.from = from;
            next.occupation = rng.pick(codes::OCCUPATIONS);
            if rng.chance(3_000) {
                next.sector = rng.pick(codes::SECTORS);
                next.level = rng.weighted(codes::LEVELS);
            }
            list.push(next);
        }
    }
    list
}

/// A decision of orientation by the Département.
#[derive(Clone, Debug)]
pub(crate) struct Orientation {
    pub(crate) decided: Day,
    /// Service and organisation of it.
    pub(crate) service: usize,
    pub(crate) organisation: usize,
    pub(crate) referent: Option<usize>,
}

/// Decisions for a person under rights and duties whom the Département knows since `known`.
pub(crate) fn orientations(
    rng: &mut Rng,
    window: Window,
    land: &Land,
    seeker: &Jobseeker<'_>,
    known: Option<Day>,
) -> Vec<Orientation> {
    let mut list: Vec<Orientation> = Vec::new();
    let (Some(known), true) = (known, seeker.duties) else { return list };
    let opened = seeker.rights.iter().find(|(_, phase)| phase.open()).map(|(from, _)| (*from).max(known));
    let Some(opened) = opened else { return list };
    if opened < window.first && rng.chance(8_500) {
        let days = window.first.since(opened);
        let decided = opened.plus(rng.between(0, (days - 1).min(120)));
        list.push(decide(rng, land, seeker, decided));
    }
    for (index, first) in window.starts() {
        let open = on(seeker.rights, first, |span| span.0).is_some_and(|span| span.1.open());
        let rate = if list.is_empty() { 5_000 } else { 150 };
        let chosen = rng.chance(rate);
        let day = window.day_in(index, rng);
        if open && chosen && day >= opened {
            list.push(decide(rng, land, seeker, day));
        }
    }
    list
}

fn decide(rng: &mut Rng, land: &Land, seeker: &Jobseeker<'_>, decided: Day) -> Orientation {
    let home = on(seeker.residences, decided, |home| home.from).or(seeker.residences.first());
    let service = land.communes[home.map_or(0, |home| home.commune)].service;
    let organisations = &land.services[service].organisations;
    let nature = rng.weighted(codes::NATURES);
    let offering: Vec<usize> =
        (0..organisations.len()).filter(|place| organisations[*place].nature == nature).collect();
    let organisation = rng.pick(&offering);
    let staff = organisations[organisation].referents.len();
    Orientation { decided, service, organisation, referent: rng.chance(8_500).then(|| rng.place(staff)) }
}
