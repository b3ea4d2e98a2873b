//! Where people are met (*lieux d'accueil*): a file of the installation. It is what letters and e-mail to people say of a place, so a name
//! may not tell whoever else opens them what a person is accompanied for.

use liant_model::Party;

use crate::programme::Code;

/// Words that a place may not have in its name, without accents: they tell what someone is accompanied for.
const TELLING: [&str; 19] = [
    "rsa", "fse", "caf", "ccas", "cias", "slai", "siae", "mds", "mdsi", "msd", "utas", "cms", "pmi", "ase",
    "savs", "apa", "mdph", "pcd", "cdad",
];
/// How words begin that it may not have either, whatever they end with.
const TELLING_STEMS: [&str; 16] = [
    "insertion",
    "solidarit",
    "socia",
    "departement",
    "emploi",
    "travail",
    "mission",
    "chom",
    "handicap",
    "accompagn",
    "referent",
    "precar",
    "allocat",
    "famil",
    "liant",
    "autonomi",
];

/// Why a text is no file of places.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlacesError {
    /// It does not read.
    #[error("{0}")]
    Toml(String),
    /// Two places of one name.
    #[error("two places are called {0}")]
    Twice(Code),
    /// Something of a place is empty, or longer than a line of a letter.
    #[error("place {place}: `{key}` is empty, or longer than a line of a letter")]
    Line {
        /// Which.
        place: Code,
        /// What of it.
        key: &'static str,
    },
    /// A name tells what people are accompanied for.
    #[error(
        "place {place}: `{word}` in its name tells whoever opens a letter what someone is accompanied for; name the street or the building"
    )]
    Telling {
        /// Which.
        place: Code,
        /// The word.
        word: String,
    },
}

/// A place where people are met, or that calls come from.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its code: what is recorded of an appointment.
    pub id: Code,
    /// Whose people meet there.
    pub party: Party,
    /// What letters call it.
    pub name: String,
    /// Its address, as on an envelope.
    pub lines: Vec<String>,
    /// The number to call to change an appointment.
    pub phone: String,
}

/// Every place of an installation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(Vec<Place>);

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    #[serde(default)]
    place: Vec<Place>,
}

/// The longest line of an address on an envelope (AFNOR NF Z10-011).
const LONGEST: usize = 38;

impl Places {
    /// Reads a file.
    ///
    /// # Errors
    /// [`PlacesError`] with the first fault.
    pub fn parse(text: &str) -> Result<Self, PlacesError> {
        let file: FileText = toml::from_str(text).map_err(|error| PlacesError::Toml(error.to_string()))?;
        for (nth, place) in file.place.iter().enumerate() {
            check(place)?;
            if file.place.iter().take(nth).any(|other| other.id == place.id) {
                return Err(PlacesError::Twice(place.id.clone()));
            }
        }
        Ok(Self(file.place))
    }

    /// The place of this code.
    pub fn get(&self, id: &Code) -> Option<&Place> {
        self.0.iter().find(|place| place.id == *id)
    }

    /// Where a party's people meet, in the order of the file.
    pub fn of<'p>(&'p self, party: &'p Party) -> impl Iterator<Item = &'p Place> {
        self.0.iter().filter(move |place| place.party == *party)
    }
}

fn check(place: &Place) -> Result<(), PlacesError> {
    let fits = |line: &String| !line.trim().is_empty() && line.chars().count() <= LONGEST;
    let wrong = |key| PlacesError::Line { place: place.id.clone(), key };
    if !fits(&place.name) {
        return Err(wrong("name"));
    }
    if place.lines.is_empty() || place.lines.len() > 5 || !place.lines.iter().all(fits) {
        return Err(wrong("lines"));
    }
    if !fits(&place.phone) {
        return Err(wrong("phone"));
    }
    // A number begins a street or a town, which tell nothing: there is a rue du Travail.
    let named =
        place.lines.iter().filter(|line| !line.trim_start().starts_with(|sign: char| sign.is_ascii_digit()));
    match std::iter::once(&place.name).chain(named).find_map(|line| telling(line)) {
        Some(word) => Err(PlacesError::Telling { place: place.id.clone(), word }),
        None => Ok(()),
    }
}

/// The first word of a line that tells.
fn telling(line: &str) -> Option<String> {
    let plain = |letter: char| match letter {
        'à' | 'â' | 'À' | 'Â' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
        'î' | 'ï' | 'Î' | 'Ï' => 'i',
        'ô' | 'ö' | 'Ô' | 'Ö' => 'o',
        'ù' | 'û' | 'ü' | 'Ù' | 'Û' | 'Ü' => 'u',
        'ç' | 'Ç' => 'c',
        other => other.to_ascii_lowercase(),
    };
    // R.S.A. is a word.
    let line: String = line.chars().filter(|letter| *letter != '.').map(plain).collect();
    let tells =
        |word: &&str| TELLING.contains(word) || TELLING_STEMS.iter().any(|stem| word.starts_with(stem));
    line.split(|letter: char| !letter.is_alphanumeric()).find(tells).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, line: &str) -> String {
        format!(
            "[[place]]\nid = \"quai\"\nparty = \"departement-62\"\nname = \"{name}\"\nlines = [\"{line}\", \"62000 ARRAS\"]\nphone = \"03 00 00 00 00\"\n"
        )
    }

    #[test]
    fn a_place_does_not_tell_what_people_are_accompanied_for() {
        for (name, line, told) in [
            ("Bâtiment du quai", "12 quai du Rivage", None),
            ("Espace Caffin", "1 rue Transaction", None),
            ("Espace Caffin", "2 avenue du Travail", None),
            ("Maison de la Solidarité", "12 quai du Rivage", Some("solidarite")),
            ("Agence France Travail", "12 quai du Rivage", Some("travail")),
            ("Accueil", "Service RSA", Some("rsa")),
            ("Accueil", "Service R.S.A.", Some("rsa")),
            ("Maison des Solidarités", "12 quai du Rivage", Some("solidarites")),
            ("Maison départementale", "12 quai du Rivage", Some("departementale")),
            ("HÔTEL DU DÉPARTEMENT", "12 quai du Rivage", Some("departement")),
            ("Centre de travailleurs sociaux", "12 quai du Rivage", Some("travailleurs")),
            ("Pôle d’accompagnement", "12 quai du Rivage", Some("accompagnement")),
            ("Rue des Missions locales", "12 quai du Rivage", Some("missions")),
        ] {
            let read = Places::parse(&file(name, line));
            let told = told.map(|word| PlacesError::Telling {
                place: Code::parse("quai").unwrap(),
                word: word.to_owned(),
            });
            assert_eq!(read.err(), told, "{name}, {line}");
        }
    }

    #[test]
    fn faults_are_found() {
        let good = file("Quai", "12 quai du Rivage");
        assert_eq!(Places::parse("").unwrap(), Places::default());
        assert!(matches!(Places::parse(&format!("{good}{good}")), Err(PlacesError::Twice(_))));
        assert!(matches!(Places::parse(&file("", "x")), Err(PlacesError::Line { key: "name", .. })));
        assert!(matches!(
            Places::parse(&file("Quai", &"x".repeat(39))),
            Err(PlacesError::Line { key: "lines", .. })
        ));
        assert!(matches!(Places::parse("[[place]]\nid = \"a\""), Err(PlacesError::Toml(_))));
        let places = Places::parse(&good).unwrap();
        assert_eq!(places.of(&"departement-62".parse().unwrap()).count(), 1);
        assert_eq!(places.of(&"caf-62".parse().unwrap()).count(), 0);
    }
}
