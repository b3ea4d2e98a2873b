//! Who of the known people is meant by an identity that the State vouches for (*identité pivot*): as FranceConnect gives it, after
//! the national directory of natural persons.
//!
//! It carries no number, so that names and dates alone must tell; and whoever is taken for another sees her life. So nobody is
//! recognised by them alone: a NIR that is held must say the same of sex, month and place of birth, nothing may
//! contradict, and nobody else who was born that day may come near.

use liant_model::{Nir, NirKind};

use crate::evidence::{FirstNameLevel, NameLevel};
use crate::fold::fold_name;
use crate::known::KnownBuilder;
use crate::matching::{Matcher, Options};
use crate::person::Record;

/// An identity that the State vouches for.
#[derive(Clone, Copy)]
pub struct Pivot<'a> {
    /// Name at birth.
    pub birth_name: &'a str,
    /// First names, all of them, in their order.
    pub first_names: &'a str,
    /// Date of birth, `1980-02-01`.
    pub birth_date: &'a str,
    /// Whether she is a woman.
    pub is_woman: bool,
    /// Where she was born: INSEE code of the commune, or of the country when it is not France.
    pub birth_place: &'a str,
}

impl std::fmt::Debug for Pivot<'_> {
    /// Shows no personal value.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Pivot(•)")
    }
}

/// Whom a pivot identity means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant {
    /// Nobody known.
    Nobody,
    /// Somebody perhaps: a human must look.
    Doubtful,
    /// This person, of the numbers that the caller gave.
    One(u32),
}

/// What a NIR says of a pivot identity.
#[derive(PartialEq, Eq)]
enum Said {
    Nothing,
    Same,
    Other,
}

impl Pivot<'_> {
    /// Finds whom it means among `known`: every record of each person who was born on that day, under a number of the caller's own.
    pub fn among(&self, known: &[(u32, Record<'_>)]) -> Meant {
        let mut alike: Vec<u32> =
            known.iter().filter(|(_, record)| self.is_alike(record)).map(|(person, _)| *person).collect();
        alike.sort_unstable();
        alike.dedup();
        let near = self.near(known);
        match alike.as_slice() {
            [] if near.is_empty() => Meant::Nobody,
            [one] if near.iter().all(|person| person == one) && self.is_confirmed(*one, known) => {
                Meant::One(*one)
            }
            _ => Meant::Doubtful,
        }
    }

    /// Whether a record has her names and her date, to the letter: of first names a register often holds the first alone.
    fn is_alike(&self, record: &Record<'_>) -> bool {
        let (first, all) = (fold_name(record.first_name.unwrap_or_default()), fold_name(self.first_names));
        let begins = all.strip_prefix(first.as_str());
        !first.is_empty()
            && begins.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            && fold_name(record.birth_name.unwrap_or_default()) == fold_name(self.birth_name)
            && record.birth_date == Some(self.birth_date)
    }

    /// Whoever of them has names that come near hers.
    fn near(&self, known: &[(u32, Record<'_>)]) -> Vec<u32> {
        let mut builder = KnownBuilder::with_capacity(known.len());
        for (person, record) in known {
            builder.push_of(record, *person);
        }
        let everyone = builder.freeze(1);
        let options = Options {
            automatic: f32::INFINITY,
            automatic_certain: f32::INFINITY,
            review: f32::MIN,
            shown: f32::MIN,
            most_shown: known.len(),
            most_compared: known.len(),
            threads: 1,
            learn: false,
        };
        let mut matcher = Matcher::new(&everyone, options, 1);
        matcher.push(&Record {
            birth_name: Some(self.birth_name),
            first_name: Some(self.first_names),
            birth_date: Some(self.birth_date),
            ..Record::default()
        });
        let links = matcher.finish().links;
        let met = links.iter().filter(|link| {
            let name = !matches!(link.evidence.name, NameLevel::Alike | NameLevel::Different);
            let first = !matches!(link.evidence.first_name, FirstNameLevel::Alike | FirstNameLevel::Different);
            name && first
        });
        met.filter_map(|link| known.get(link.right as usize)).map(|(person, _)| *person).collect()
    }

    /// Whether a NIR of hers says the same, and none says otherwise.
    fn is_confirmed(&self, person: u32, known: &[(u32, Record<'_>)]) -> bool {
        let hers = known.iter().filter(|(number, _)| *number == person);
        let said: Vec<Said> = hers.map(|(_, record)| self.said_by(record.nir.unwrap_or_default())).collect();
        said.contains(&Said::Same) && !said.contains(&Said::Other)
    }

    fn said_by(&self, nir: &str) -> Said {
        let Ok(nir) = Nir::parse(nir.as_bytes()) else { return Said::Nothing };
        if nir.kind() == NirKind::Provisional {
            return Said::Nothing;
        }
        let year = self.birth_date.get(2..4).and_then(|year| year.parse().ok());
        let month: Option<u8> = self.birth_date.get(5..7).and_then(|month| month.parse().ok());
        let text = nir.as_str();
        let is_same = text.starts_with(if self.is_woman { '2' } else { '1' })
            && year == Some(nir.year())
            && nir.month().is_none_or(|said| Some(said) == month)
            && text.get(5..10) == Some(self.birth_place);
        if is_same { Said::Same } else { Said::Other }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Invented: commune 62 041, and orders that nobody has.
    const HERS: &str = "2800262041999";
    const TWIN: &str = "2800262041998";

    fn pivot() -> Pivot<'static> {
        Pivot {
            birth_name: "Lefèvre-Noël",
            first_names: "Léa Marie",
            birth_date: "1980-02-01",
            is_woman: true,
            birth_place: "62041",
        }
    }

    fn record<'a>(name: &'a str, first: &'a str, nir: Option<&'a str>) -> Record<'a> {
        Record {
            birth_name: Some(name),
            first_name: Some(first),
            birth_date: Some("1980-02-01"),
            nir,
            ..Record::default()
        }
    }

    #[test]
    fn names_date_and_a_nir_that_says_the_same_mean_someone() {
        for first in ["LEA", "LEA MARIE", "Léa-Marie"] {
            let known = [
                (7, record("LEFEVRE NOEL", first, Some(HERS))),
                (7, record("LEFEVRE NOEL", "LEA", None)),
                (3, record("DUPONT", "PAULE", None)),
            ];
            assert_eq!(pivot().among(&known), Meant::One(7), "{first}");
        }
        assert_eq!(pivot().among(&[(3, record("DUPONT", "PAULE", None))]), Meant::Nobody);
        assert_eq!(pivot().among(&[]), Meant::Nobody);
    }

    #[test]
    fn doubt_means_nobody() {
        let hers = || (7, record("LEFEVRE NOEL", "LEA", Some(HERS)));
        for (case, known) in [
            ("no number", vec![(7, record("LEFEVRE NOEL", "LEA", None))]),
            ("a man's number", vec![(7, record("LEFEVRE NOEL", "LEA", Some("1800262041999")))]),
            ("another year", vec![(7, record("LEFEVRE NOEL", "LEA", Some("2810262041999")))]),
            ("another month", vec![(7, record("LEFEVRE NOEL", "LEA", Some("2800362041999")))]),
            ("another place", vec![(7, record("LEFEVRE NOEL", "LEA", Some("2800262042999")))]),
            ("a number that is provisional", vec![(7, record("LEFEVRE NOEL", "LEA", Some("8800262041999")))]),
            ("two numbers, one of another", vec![
                hers(),
                (7, record("LEFEVRE NOEL", "LEA", Some("1800262041997"))),
            ]),
            ("a namesake", vec![hers(), (8, record("LEFEVRE NOEL", "LEA", None))]),
            ("known twice", vec![hers(), (8, record("LEFEVRE NOEL", "LEA MARIE", Some(HERS)))]),
            ("a twin of nearly the same name", vec![hers(), (8, record("LEFEVRE NOEL", "LEO", Some(TWIN)))]),
            ("a twin alone, by the second name", vec![(8, record("LEFEVRE NOEL", "MARIE", Some(TWIN)))]),
            ("a slip in the name", vec![(7, record("LEFEVRE NOEI", "LEA", Some(HERS)))]),
            ("the name in use", vec![(7, Record {
                usage_name: Some("LEFEVRE NOEL"),
                ..record("DUPONT", "LEA", Some(HERS))
            })]),
        ] {
            assert_eq!(pivot().among(&known), Meant::Doubtful, "{case}");
        }
    }

    #[test]
    fn whoever_was_born_elsewhere_has_the_country_in_her_number() {
        let abroad = Pivot { birth_place: "99350", ..pivot() };
        let known = [(1, record("LEFEVRE NOEL", "LEA", Some("2800299350999")))];
        assert_eq!(abroad.among(&known), Meant::One(1));
        assert_eq!(pivot().among(&known), Meant::Doubtful);
    }
}
