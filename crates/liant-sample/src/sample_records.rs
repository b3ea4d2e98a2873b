//! The records of a sample: who record *n* is, and what is wrong with it on purpose.

use crate::calendar::Day;
use crate::cgpem::{Decision, write_decision};
use crate::codes::{self, Coded};
use crate::defect::Defect;
use crate::land::Land;
use crate::names::Sex;
use crate::numbers;
use crate::pecgm::{Dossier, Ending, Manner, Spelling, write_dossier};
use crate::rng::Rng;
use crate::rsabem::{Address, Foyer, FoyerPerson, write_foyer};
use crate::sample::{Sampler, Stranger};
use crate::text::{cut, upper_plain};
use crate::xml::Xml;

/// The defects that strike one record.
#[derive(Clone, Copy)]
pub(crate) struct Spoil<'a>(pub(crate) &'a [Defect]);

impl Spoil<'_> {
    fn has(self, defect: Defect) -> bool {
        self.0.contains(&defect)
    }

    /// The counter that makes the record's key: that of the record before it for a duplicate.
    fn key(self, number: u64) -> u64 {
        number - u64::from(number > 0 && self.has(Defect::DuplicatedKey))
    }

    fn person(self, mut person: Stranger) -> Stranger {
        if self.has(Defect::BadNir) {
            "1820Z51108030".clone_into(&mut person.nir);
        }
        if self.has(Defect::MissingName) {
            person.birth_name.clear();
        }
        if self.has(Defect::LongName) {
            "DE LA TRES LONGUE LIGNEE DES COMTES DE NULLE PART".clone_into(&mut person.birth_name);
        }
        person
    }

    fn birth(self, person: &Stranger) -> Result<Day, &'static str> {
        if self.has(Defect::ImpossibleDate) { Err("1980-02-30") } else { Ok(person.identity.birth.day) }
    }

    fn code(self, code: Coded, unknown: Coded) -> Coded {
        if self.has(Defect::UnknownCodes) { unknown } else { code }
    }
}

/// Out of ten thousand, how many records of PECGM have no NIR.
const NIR_MISSING: u16 = 300;

/// Record `number` of PECGM or PECDH.
pub(crate) fn write_pecgm(
    xml: &mut Xml,
    sampler: &Sampler<'_>,
    number: u64,
    manner: Manner,
    spoil: Spoil<'_>,
) {
    let person = spoil.person(sampler.person(number));
    // One stream for both flows, so that a weekly file agrees with a monthly one.
    let mut rng = sampler.rng(number);
    let rng = &mut rng;
    let today = sampler.today;
    let commune = sampler.commune(rng);
    let agency = rng.pick(&[0_usize, 0, 1, 1, 2, 3, 4, 5]);
    let agency = &sampler.land.agencies[agency];
    let key = numbers::identifier(spoil.key(number));
    let (matricule, msa) = (numbers::matricule(number), rng.chance(400));
    let start = today.plus(-rng.between(31, 2_400));
    let follow = start.plus(rng.between(3, 25));
    let notified = rng.chance(6_000).then(|| follow.plus(rng.between(0, 5)));
    let known_caf = rng.chance(8_800) && !msa;
    let missing = rng.chance(NIR_MISSING) && !spoil.has(Defect::BadNir);
    let nir = if missing { "" } else { &person.nir };
    let dossier = Dossier {
        nir,
        birth_name: &person.birth_name,
        married_name: &person.married_name,
        first_name: &person.first_name,
        birth: spoil.birth(&person),
        certified: !missing && matches!(person.nir.as_bytes(), [b'1' | b'2', ..]),
        commune: std::str::from_utf8(&commune).unwrap_or_default(),
        caf: if known_caf { &matricule } else { "" },
        msa: if msa { nir } else { "" },
        region: &agency.region,
        number: if spoil.has(Defect::RegionWithoutIdentifier) { "" } else { &key },
        start,
        category: spoil.code(rng.weighted(codes::CATEGORIES), ("9", "Catégorie inconnue")),
        situation: rng.weighted(codes::SITUATIONS),
        end: ending(rng, sampler, spoil),
        structure: &agency.office,
        delegate: rng.chance(2_200).then(|| &sampler.land.delegates[rng.place(4)]),
        level: spoil.code(rng.weighted(codes::LEVELS), ("XX9", "niveau inconnu")),
        sector: rng.pick(codes::SECTORS),
        occupation: codes::OCCUPATIONS[rng.skewed(codes::OCCUPATIONS.len())],
        adviser: &agency.advisers[rng.place(24)],
        signed: Some(follow),
        notified,
        axis: spoil.code(rng.weighted(codes::AXES), ("42", "Axe inconnu")),
        modality: spoil.code(rng.weighted(codes::MODALITIES), ("ZZZ", "Modalité inconnue")),
        last_contact: rng.chance(9_000).then(|| today.plus(-rng.between(0, 200)).max(start)),
    };
    write_dossier(xml, &dossier, manner);
}

/// How the registration ended this month, for one in fifteen.
fn ending(rng: &mut Rng, sampler: &Sampler<'_>, spoil: Spoil<'_>) -> Option<(Ending, Day, Coded)> {
    let days = sampler.today.since(sampler.first);
    let day = sampler.first.plus(rng.between(0, days));
    match rng.below(100) {
        _ if spoil.has(Defect::UnknownCodes) => Some((Ending::Cessation, day, ("99", "motif inconnu"))),
        0..6 => Some((Ending::Cessation, day, rng.weighted(codes::CESSATIONS))),
        6 => Some((Ending::Radiation, day, rng.weighted(codes::RADIATIONS))),
        _ => None,
    }
}

/// Record `number` of CGPEM.
pub(crate) fn write_cgpem(
    xml: &mut Xml,
    sampler: &Sampler<'_>,
    number: u64,
    spelling: Spelling,
    spoil: Spoil<'_>,
) {
    let person = spoil.person(sampler.person(number));
    let mut rng = sampler.rng(number);
    let service = &sampler.land.services[rng.place(sampler.land.services.len())];
    let organisation = &service.organisations[rng.skewed(service.organisations.len())];
    let referent = &organisation.referents[rng.place(organisation.referents.len())];
    let named = rng.chance(8_500) || spoil.has(Defect::ReferentWithoutName);
    let key = numbers::identifier(spoil.key(number));
    let region = &sampler.land.agencies[0].region;
    // Some people are named by their NIR alone, some by the identifiers of France Travail alone, most by both.
    let (by_nir, by_key) = match rng.below(10) {
        _ if spoil.has(Defect::NoIdentifier) => (false, false),
        _ if !spoil.0.is_empty() => (true, true),
        0 => (true, false),
        1 => (false, true),
        _ => (true, true),
    };
    let [birth_name, married_name, first_name] =
        [&person.birth_name, &person.married_name, &person.first_name].map(|name| upper_plain(name));
    let age = rng.between(0, 700);
    let decision = Decision {
        nir: if by_nir { &person.nir } else { "" },
        birth_name: &birth_name,
        married_name: &married_name,
        first_name: &first_name,
        birth: spoil.birth(&person),
        region: if by_key { region } else { "" },
        number: if by_key && !spoil.has(Defect::RegionWithoutIdentifier) { &key } else { "" },
        nature: if spoil.has(Defect::UnknownNature) { "09" } else { organisation.nature },
        decided: if spoil.has(Defect::FutureDecision) {
            sampler.today.plus(400)
        } else {
            sampler.today.plus(-age)
        },
        organisation: Some(organisation),
        referent: named.then_some(referent),
        nameless: spoil.has(Defect::ReferentWithoutName),
    };
    write_decision(xml, &decision, spelling);
}

/// How far the numbers of partners, then of children, lie from those of claimants.
const APART: u64 = crate::sample::MOST_RECORDS;

/// Household `number` of RSABEM: person `number` is the claimant.
pub(crate) fn write_rsabem(
    xml: &mut Xml,
    sampler: &Sampler<'_>,
    number: u64,
    elsewhere: bool,
    spoil: Spoil<'_>,
) {
    let mut rng = sampler.rng(number);
    let key = spoil.key(number);
    let (matricule, request) = (numbers::matricule(key), numbers::request(key));
    let requested = sampler.today.plus(-rng.between(60, 2_900));
    let state = rng.weighted(&[("2", 80), ("3", 4), ("4", 8), ("5", 5), ("6", 2), ("0", 1)]);
    let state = if spoil.has(Defect::UnknownCodes) { "Z" } else { state };
    let since = sampler.first.plus(if state == "6" { -rng.between(1, 59) } else { rng.between(0, 27) });
    let since = since.min(sampler.today).max(requested.plus(1));
    let couple = rng.chance(3_300);
    let members = Members::new(sampler, number, couple, &mut rng, spoil);
    let people = members.people(sampler, requested, &mut rng, spoil);
    let commune = sampler.commune(&mut rng);
    let code = std::str::from_utf8(&commune).unwrap_or_default();
    let town = &sampler.land.communes[rng.place(sampler.land.communes.len())];
    let (number, street) = Land::street(&mut rng);
    let (street, town_name) = (upper_plain(street), upper_plain(&town.name));
    let foyer = Foyer {
        fund: "CAF",
        fund_number: &sampler.land.funds[0],
        matricule: &matricule,
        partner: if elsewhere { "999" } else { &sampler.land.partner },
        requested,
        request_number: &request,
        people,
        family: (if couple { "VIM" } else { "CEL" }, requested),
        address: Address {
            since: requested,
            complement: if rng.chance(2_000) { "RÉSIDENCE LES TILLEULS" } else { "" },
            number,
            street: &street,
            commune: code,
            postcode: &town.postcode,
            town: cut(&town_name, 32),
        },
        state,
        refusal: None,
        right_suspended: (state == "3").then_some(("01", since)),
        payment_suspended: (state == "4").then(|| (rng.weighted(codes::PAYMENT_SUSPENSIONS), since)),
        closed: (state == "5").then(|| (rng.weighted(codes::CLOSURES), since)),
        closed_before: (state == "6").then(|| (rng.weighted(codes::CLOSURES), since)),
        homeless: rng.chance(200),
        benefit: matches!(state, "2" | "3" | "4")
            .then(|| (rng.weighted(codes::BENEFITS), requested.month_start())),
    };
    write_foyer(xml, &foyer);
}

/// Who lives in a household: the claimant, a partner, a child.
struct Members {
    rows: [Option<Row>; 3],
    birth: Result<Day, &'static str>,
    child_born: Day,
}

impl Members {
    fn new(sampler: &Sampler<'_>, number: u64, couple: bool, rng: &mut Rng, spoil: Spoil<'_>) -> Self {
        let claimant = spoil.person(sampler.person(number));
        let partner = couple.then(|| sampler.person(APART + number));
        let child = rng.chance(4_000).then(|| {
            let child = sampler.person(2 * APART + number);
            Stranger { birth_name: claimant.birth_name.clone(), married_name: String::new(), ..child }
        });
        Self {
            birth: spoil.birth(&claimant),
            rows: [Some(claimant), partner, child]
                .map(|person| person.map(|person| Row::new(&person, &sampler.land))),
            child_born: sampler.today.plus(-rng.between(30, 6_000)),
        }
    }

    fn people(
        &self,
        sampler: &Sampler<'_>,
        requested: Day,
        rng: &mut Rng,
        spoil: Spoil<'_>,
    ) -> Vec<FoyerPerson<'_>> {
        let quarter = sampler.first.plus(-100).month_start();
        let mut people = Vec::with_capacity(3);
        for (place, row) in self.rows.iter().enumerate() {
            let Some(row) = row else { continue };
            let child = place == 2;
            people.push(FoyerPerson {
                birth: match place {
                    0 => self.birth,
                    2 => Ok(self.child_born),
                    _ => Ok(row.born),
                },
                nir: if child || (rng.chance(400) && spoil.0.is_empty()) { "" } else { &row.nir },
                role: ["DEM", "CJT", "ENF"][place],
                title: if child { "" } else { row.title },
                holder: place == 0,
                attached: if child { self.child_born } else { requested },
                duties: (!child).then(|| rng.chance(8_800)),
                resources: (!child).then(|| (quarter, rng.below(2) * rng.below(90_000))),
                activity: (!child).then_some(("SAN", requested)),
                ..row.person()
            });
        }
        people
    }
}

/// A member of a household as the CNAF writes names.
struct Row {
    name: String,
    birth_name: String,
    first_names: [String; 3],
    birth_town: String,
    nir: String,
    born: Day,
    title: &'static str,
    sex: &'static str,
}

impl Row {
    fn new(person: &Stranger, land: &Land) -> Self {
        let name = |place: usize, length: usize| {
            let name = person.identity.first_names.get(place).map(|name| upper_plain(name));
            name.map(|name| cut(&name, length).to_owned()).unwrap_or_default()
        };
        let man = person.identity.birth.sex == Sex::Man;
        let birth_name = upper_plain(&person.birth_name);
        Self {
            name: if person.married_name.is_empty() {
                birth_name.clone()
            } else {
                upper_plain(&person.married_name)
            },
            birth_name,
            first_names: [name(0, 32), name(1, 15), name(2, 15)],
            birth_town: land.birth_town(&person.identity.birth),
            nir: person.nir.clone(),
            born: person.identity.birth.day,
            title: if man { "MR" } else { "MME" },
            sex: if man { "1" } else { "2" },
        }
    }

    /// What does not depend on the place in the household.
    fn person(&self) -> FoyerPerson<'_> {
        FoyerPerson {
            title: self.title,
            name: &self.name,
            birth_name: &self.birth_name,
            first_names: self.first_names.each_ref().map(String::as_str),
            birth_town: &self.birth_town,
            birth: Ok(self.born),
            rank: "1",
            nir: &self.nir,
            certified: matches!(self.nir.as_bytes(), [b'1' | b'2', ..]),
            sex: self.sex,
            role: "",
            holder: false,
            attached: self.born,
            number: "",
            duties: None,
            resources: None,
            activity: None,
        }
    }
}
