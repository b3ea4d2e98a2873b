//! An invented territory: communes, local services of the Département, France Travail agencies and their zones,
//! and the organisations people are oriented to. Telephone numbers are of the ranges kept for fiction.

use crate::birth::Birth;
use crate::names::{self, Origin, Sex};
use crate::rng::{Rng, Stream};
use crate::text::{cut, upper_latin1, upper_plain};
use liant_model::Territory;

/// A commune.
#[derive(Clone, Debug)]
pub(crate) struct Commune {
    /// INSEE code, five characters.
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) postcode: String,
    /// The local service it belongs to.
    pub(crate) service: usize,
}

/// A postal address and a name, within the lengths of PECGM.
#[derive(Clone, Debug)]
pub(crate) struct Office {
    pub(crate) name: String,
    pub(crate) street: String,
    pub(crate) complement: String,
    pub(crate) postcode: String,
    pub(crate) cedex: String,
    pub(crate) town: String,
}

/// A France Travail agency.
#[derive(Clone, Debug)]
pub(crate) struct Agency {
    pub(crate) office: Office,
    /// The regional code (*code PE*) of its zone.
    pub(crate) region: String,
    /// Advisers, as `NOM PRENOM` within 27 characters.
    pub(crate) advisers: Vec<String>,
}

/// Who follows a person in an organisation.
#[derive(Clone, Debug)]
pub(crate) struct Referent {
    pub(crate) last_name: String,
    pub(crate) first_name: String,
    pub(crate) telephone: String,
    pub(crate) email: String,
}

/// An organisation people are oriented to.
#[derive(Clone, Debug)]
pub(crate) struct Organisation {
    /// Nature of orientation, 01 to 06.
    pub(crate) nature: &'static str,
    /// Name and address, within 90 characters.
    pub(crate) name: String,
    pub(crate) service: String,
    pub(crate) referents: Vec<Referent>,
}

/// A local service of the Département (*service local d'allocation et d'insertion*).
#[derive(Clone, Debug)]
pub(crate) struct Service {
    pub(crate) agency: usize,
    pub(crate) organisations: Vec<Organisation>,
}

/// The whole territory.
#[derive(Clone, Debug)]
pub(crate) struct Land {
    pub(crate) territory: Territory,
    pub(crate) communes: Vec<Commune>,
    pub(crate) agencies: Vec<Agency>,
    pub(crate) delegates: Vec<Office>,
    pub(crate) services: Vec<Service>,
    /// CAF number (three characters), then that of the MSA.
    pub(crate) funds: [String; 2],
    /// The Département as the CNAF writes it, three characters.
    pub(crate) partner: String,
}

const TOWNS: &[&str] = &[
    "Valbruyère",
    "Montorme",
    "Saint-Aubret",
    "Clairlys",
    "Hautebise",
    "Bellencourt-les-Prés",
    "Noyelmont",
    "Grandsaule",
    "Rivecourt",
    "Saint-Orme-en-Artagne",
    "Courtelune",
    "Vermeillac",
    "Le Hamel-aux-Genêts",
    "Brumelieu",
    "Sainte-Élone",
    "Marcheville-sur-Dèze",
    "Longsart",
    "Pierrebelle",
    "Œuf-sur-Ornelle",
    "Aubrivière",
    "Fontenelle-Basse",
    "L'Épinoy-Vert",
    "Tourvillers",
    "Champlourd",
    "Rochebrune-le-Vieux",
    "Mareuil-Saint-Lys",
    "Dampvillers",
    "Oresmont",
    "Bois-Gautier",
    "Villeneuve-la-Digue",
    "Quincy-la-Tour",
    "Arleuvres",
    "Saint-Firmin-des-Dunes",
    "Beaumesle",
    "Hallencroix",
    "Ternelieu",
    "Wizenove",
    "Neufossart",
    "Lestrevin",
    "Gonvières",
];
const STREETS: &[&str] = &[
    "RUE DE LA RÉPUBLIQUE",
    "AVENUE DES TILLEULS",
    "RUE DU CANAL",
    "BOULEVARD DE LA PAIX",
    "RUE DES MÉSANGES",
    "PLACE DE L'ÉGLISE",
    "RUE DE LA GARE",
    "CHEMIN DES ÉCOLIERS",
    "RUE DU MOULIN",
    "ALLÉE DES CHARMES",
];
const SERVICES: usize = 5;
const AGENCIES: usize = 6;

impl Land {
    /// The territory of this seed.
    pub(crate) fn new(territory: Territory, seed: u64) -> Self {
        let mut rng = Rng::of(seed, Stream::Land, 0);
        let communes = communes(territory);
        let agencies: Vec<Agency> =
            (0..AGENCIES).map(|place| agency(&mut rng, territory, place, &communes)).collect();
        let delegates =
            ["MISSION LOCALE & EMPLOI", "CAP EMPLOI", "TREMPLIN VERS L'EMPLOI", "PLIE DES DEUX VALLÉES"]
                .into_iter()
                .map(|name| office(&mut rng, name.to_owned(), &communes[name.len() % communes.len()]))
                .collect();
        let services = (0..SERVICES).map(|place| service(&mut rng, place, &communes, &agencies)).collect();
        let own = territory.as_str();
        Self {
            territory,
            communes,
            agencies,
            delegates,
            services,
            funds: [format!("{own:0<3}").replace('A', "1").replace('B', "2"), "591".to_owned()],
            partner: format!("{own:0>3}"),
        }
    }

    /// The agency that serves a commune.
    pub(crate) fn agency_of(&self, commune: usize) -> usize {
        self.services[self.communes[commune].service].agency
    }

    /// The town of birth as the CNAF writes it: an invented one, or a plain word for those born abroad.
    pub(crate) fn birth_town(&self, birth: &Birth) -> String {
        if birth.abroad() {
            return "HORS DE FRANCE".to_owned();
        }
        let number = birth.place.iter().fold(0, |number, byte| number * 31 + usize::from(*byte));
        cut(&upper_plain(&self.communes[number % self.communes.len()].name), 26).to_owned()
    }

    /// A street and number.
    pub(crate) fn street(rng: &mut Rng) -> (u32, &'static str) {
        (1 + rng.below(120), rng.pick(STREETS))
    }
}

/// The regional code of a zone of France Travail: three digits made from the Département's.
fn region(territory: Territory, zone: u32) -> String {
    let number = match territory.as_str() {
        "2A" => 201,
        "2B" => 202,
        code => code.parse::<u32>().unwrap_or(1),
    };
    format!("{:03}", (number + 100 * zone) % 1000)
}

fn communes(territory: Territory) -> Vec<Commune> {
    let own = territory.as_str();
    let postal = match own {
        "2A" | "2B" => "20",
        code => code,
    };
    let commune = |(place, name): (usize, &&str)| {
        let (width, post) = (5 - own.len(), 5 - postal.len());
        let number = if width == 3 { 7 + 19 * place } else { 1 + place };
        Commune {
            code: format!("{own}{number:0width$}"),
            name: (*name).to_owned(),
            postcode: format!("{postal}{:0post$}", if post == 3 { 100 + 10 * place } else { 10 + place }),
            service: place % SERVICES,
        }
    };
    TOWNS.iter().enumerate().map(commune).collect()
}

fn office(rng: &mut Rng, name: String, commune: &Commune) -> Office {
    let (number, street) = Land::street(rng);
    Office {
        name,
        street: format!("{number} {street}"),
        complement: if rng.chance(2_500) { "BÂTIMENT B".to_owned() } else { String::new() },
        postcode: commune.postcode.clone(),
        cedex: if rng.chance(2_000) { "09".to_owned() } else { String::new() },
        town: cut(&upper_latin1(&commune.name), 26).to_owned(),
    }
}

fn agency(rng: &mut Rng, territory: Territory, place: usize, communes: &[Commune]) -> Agency {
    let commune = &communes[place];
    let name = cut(&format!("FT {}", upper_latin1(&commune.name)), 27).to_owned();
    let advisers = (0..24)
        .map(|_| {
            let referent = referent(rng, "francetravail");
            cut(&format!("{} {}", referent.last_name, referent.first_name), 27).to_owned()
        })
        .collect();
    // The last two agencies belong to another zone: moving there changes the identifiers.
    Agency { office: office(rng, name, commune), region: region(territory, u32::from(place >= 4)), advisers }
}

fn service(rng: &mut Rng, place: usize, communes: &[Commune], agencies: &[Agency]) -> Service {
    // The fifth service lies in the second zone.
    let agency = place;
    let commune = &communes[place];
    let town = upper_plain(&commune.name);
    let address = |name: &str, rng: &mut Rng| {
        let (number, street) = Land::street(rng);
        let street = upper_plain(street);
        cut(&format!("{name} {number} {street} {} {town}", commune.postcode), 90).to_owned()
    };
    let mut organisations = Vec::new();
    for (nature, name, service, domain, staff) in [
        ("01", "DEPARTEMENT SLAI", "SERVICE LOCAL ALLOCATION INSERTION", "departement", 12),
        ("01", "CCAS", "ACTION SOCIALE", "ccas", 5),
        ("02", "MISSION LOCALE", "ACCOMPAGNEMENT", "mission-locale", 4),
        ("03", "TREMPLIN VERS L'EMPLOI", "", "tremplin", 4),
        ("04", "CREER ICI", "CREATION D'ENTREPRISE", "creer-ici", 2),
    ] {
        let name = address(name, rng);
        let referents = (0..staff).map(|_| referent(rng, domain)).collect();
        organisations.push(Organisation { nature, name, service: service.to_owned(), referents });
    }
    for nature in ["05", "06"] {
        let office = &agencies[agency].office;
        let name =
            upper_plain(&format!("FRANCE TRAVAIL {} {} {}", office.street, office.postcode, office.town));
        organisations.push(Organisation {
            nature,
            name: cut(&name, 90).to_owned(),
            service: String::new(),
            referents: (0..8).map(|_| referent(rng, "francetravail")).collect(),
        });
    }
    Service { agency, organisations }
}

fn referent(rng: &mut Rng, domain: &str) -> Referent {
    let sex = if rng.chance(7_000) { Sex::Woman } else { Sex::Man };
    let origin = if rng.chance(1_500) { Origin::Maghreb } else { Origin::French };
    let last_name = upper_plain(&names::surname(rng, origin));
    let first_name = upper_plain(&names::first_name(rng, origin, sex, 1980));
    let handle: String =
        format!("{first_name}.{last_name}")
            .chars()
            .map(|letter| {
                if letter.is_ascii_alphanumeric() || letter == '.' {
                    letter.to_ascii_lowercase()
                } else {
                    '-'
                }
            })
            .collect();
    Referent {
        telephone: format!("035301{:04}", rng.below(10_000)),
        email: format!("{}@{domain}.example", cut(&handle, 40)),
        last_name: cut(&last_name, 30).to_owned(),
        first_name: cut(&first_name, 25).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_within_the_lengths_of_the_convention() {
        for code in ["62", "2B", "974"] {
            let land = Land::new(Territory::parse(code).unwrap(), 3);
            let offices = land.agencies.iter().map(|agency| &agency.office).chain(&land.delegates);
            for office in offices {
                for (text, length) in
                    [(&office.name, 27), (&office.street, 32), (&office.town, 26), (&office.postcode, 5)]
                {
                    assert!(text.chars().count() <= length && !text.is_empty(), "{text}");
                }
            }
            for commune in &land.communes {
                assert_eq!((commune.code.len(), commune.postcode.len()), (5, 5));
                assert!(commune.code.starts_with(code));
            }
            for organisation in land.services.iter().flat_map(|service| &service.organisations) {
                assert!(organisation.name.is_ascii() && organisation.name.len() <= 90);
                for referent in &organisation.referents {
                    assert!(referent.telephone.len() == 10 && referent.email.len() <= 60);
                }
            }
            let regions: std::collections::BTreeSet<_> =
                land.agencies.iter().map(|agency| &agency.region).collect();
            assert_eq!(regions.len(), 2);
            assert!(regions.iter().all(|region| region.len() == 3));
        }
    }
}
