//! Who of the known people is meant by an identity that the State vouches for (*identité pivot*): as FranceConnect gives it, after
//! the national directory of natural persons.
//!
//! It carries no number, so that names and dates alone must tell; and whoever is taken for another sees her life. So nobody is
//! recognised by them alone: a NIR that is held must say the same of sex, month and place of birth, nothing that is held of her may
//! contradict, and nobody else who was born that day may come near.

use liant_model::{Nir, NirKind};

use crate::compare::compare;
use crate::evidence::{Evidence, FirstNameLevel, NameLevel};
use crate::fold::fold_name;
use crate::known::{KnownBuilder, read};
use crate::names::{Names, NamesView};
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

impl Pivot<'_> {
    /// Finds whom it means beyond doubt among `known`: every record of each person who was born on that day, under a number of the
    /// caller's own. None when it means nobody, and when it may mean somebody: nothing tells the one from the other.
    pub fn among(&self, known: &[(u32, Record<'_>)]) -> Option<u32> {
        let mut alike = known.iter().filter(|(_, record)| self.is_alike(record)).map(|(person, _)| *person);
        let person = alike.next()?;
        let is_hers = |(record, met): (&(u32, Record<'_>), &Met)| {
            if record.0 == person { met.fits(self, &record.1) } else { !met.is_near() }
        };
        let is_beyond_doubt = alike.all(|other| other == person)
            && known.iter().zip(&self.meet(known)).all(is_hers)
            && self.is_confirmed(person, known);
        is_beyond_doubt.then_some(person)
    }

    /// Whether a record says by itself who she is: her names and her date to the letter, and a NIR that says the same.
    pub fn is_proved_by(&self, record: &Record<'_>) -> bool {
        self.is_alike(record) && certified(record).is_some_and(|nir| self.is_told_by(&nir))
    }

    /// Whether a record has her names and her date, to the letter: of first names a register often holds the first alone.
    fn is_alike(&self, record: &Record<'_>) -> bool {
        let (first, name) = (fold_name(record.first_name.unwrap_or_default()), fold_name(self.birth_name));
        !first.is_empty()
            && !name.is_empty()
            && self.beginnings().any(|beginning| beginning == first)
            && fold_name(record.birth_name.unwrap_or_default()) == name
            && record.birth_date == Some(self.birth_date)
    }

    /// Her first name, the first two, and so on: whole ones, since `Marie-Anne` is not called `Marie`.
    fn beginnings(&self) -> impl Iterator<Item = String> {
        let names = self.first_names.split([' ', ',']).filter(|name| !name.is_empty()).map(fold_name);
        names.scan(String::new(), |so_far, name| {
            if !so_far.is_empty() {
                so_far.push(' ');
            }
            so_far.push_str(&name);
            Some(so_far.clone())
        })
    }

    /// How each record compares with her, by all her first names and by the first of them.
    fn meet(&self, known: &[(u32, Record<'_>)]) -> Vec<Met> {
        let mut builder = KnownBuilder::with_capacity(known.len());
        for (_, record) in known {
            builder.push(record);
        }
        let everyone = builder.freeze(1);
        let mut more = Names::starting_at(everyone.names.end());
        let first = self.first_names.split([' ', ',']).find(|name| !name.is_empty());
        let hers = [self.first_names, first.unwrap_or_default()].map(|first_name| {
            let record = Record {
                birth_name: Some(self.birth_name),
                first_name: Some(first_name),
                ..Record::default()
            };
            read(&record, Some(&everyone.names), &mut more)
        });
        let names = NamesView { base: &everyone.names, more: Some(&more) };
        let met = |person| Met(hers.map(|hers| compare(&hers, person, names, &everyone.frequencies)));
        everyone.people.0.iter().map(met).collect()
    }

    /// Whether a NIR of hers says the same as she does, and none is another.
    fn is_confirmed(&self, person: u32, known: &[(u32, Record<'_>)]) -> bool {
        let hers = known.iter().filter(|(number, _)| *number == person);
        let mut numbers = hers.filter_map(|(_, record)| certified(record));
        let Some(number) = numbers.next() else { return false };
        self.is_told_by(&number) && numbers.all(|other| other == number)
    }

    /// Whether a NIR says her sex, and the month and the place of her birth.
    fn is_told_by(&self, nir: &Nir) -> bool {
        let year = self.birth_date.get(2..4).and_then(|year| year.parse().ok());
        let month: Option<u8> = self.birth_date.get(5..7).and_then(|month| month.parse().ok());
        let text = nir.as_str();
        text.starts_with(if self.is_woman { '2' } else { '1' })
            && year == Some(nir.year())
            && nir.month().is_none_or(|told| Some(told) == month)
            && text.get(5..10) == Some(self.birth_place)
    }
}

/// The NIR of a record, when it is one for life.
fn certified(record: &Record<'_>) -> Option<Nir> {
    let nir = Nir::parse(record.nir?.as_bytes()).ok()?;
    (nir.kind() == NirKind::Certified).then_some(nir)
}

/// How a record compares with a pivot identity, by all her first names and by the first of them.
struct Met([Evidence; 2]);

impl Met {
    /// Whether its names come near hers: a slip, a part, a name in use.
    fn is_near(&self) -> bool {
        self.has_first_name() && self.has_name()
    }

    /// Whether a record of the person who is taken for her leaves no doubt: another date, another first name do; another name
    /// does, unless her number stands beside it.
    fn fits(&self, pivot: &Pivot<'_>, record: &Record<'_>) -> bool {
        record.birth_date.is_none_or(|date| date == pivot.birth_date)
            && self.has_first_name()
            && (self.has_name() || certified(record).is_some_and(|nir| pivot.is_told_by(&nir)))
    }

    fn has_name(&self) -> bool {
        self.0.iter().any(|met| !matches!(met.name, NameLevel::Alike | NameLevel::Different))
    }

    fn has_first_name(&self) -> bool {
        let differs =
            |met: &Evidence| matches!(met.first_name, FirstNameLevel::Alike | FirstNameLevel::Different);
        !self.0.iter().all(differs)
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

    fn hers() -> (u32, Record<'static>) {
        (7, record("LEFEVRE NOEL", "LEA", Some(HERS)))
    }

    #[test]
    fn names_date_and_a_nir_that_says_the_same_mean_someone() {
        for first in ["LEA", "LEA MARIE", "Léa-Marie"] {
            let known = [
                (7, record("LEFEVRE NOEL", first, Some(HERS))),
                (7, record("LEFEVRE NOEL", "LEA", None)),
                (3, record("DUPONT", "PAULE", None)),
            ];
            assert_eq!(pivot().among(&known), Some(7), "{first}");
            assert!(pivot().is_proved_by(&known[0].1), "{first}");
            assert!(!pivot().is_proved_by(&known[1].1), "{first}: no number");
        }
    }

    #[test]
    fn half_of_a_first_name_is_another_one() {
        for (pivots, record_s, is_meant) in [
            ("Marie-Anne", "MARIE", false),
            ("Marie-Anne Louise", "MARIE", false),
            ("Marie-Anne Louise", "MARIE ANNE", true),
            ("Marie-Anne Louise", "Marie-Anne Louise", true),
            ("Marie Anne", "MARIE", true),
        ] {
            let pivot = Pivot { first_names: pivots, ..pivot() };
            let known = [(7, record("LEFEVRE NOEL", record_s, Some(HERS)))];
            assert_eq!(pivot.among(&known), is_meant.then_some(7), "{pivots}: {record_s}");
        }
    }

    #[test]
    fn what_else_is_held_of_her_may_say_less() {
        for (case, other) in [
            ("no number", record("LEFEVRE NOEL", "LEA", None)),
            ("a provisional number", record("LEFEVRE NOEL", "LEA", Some("8800262041999"))),
            ("a slip in the name", record("LEFEVRE NOEI", "LEA", None)),
            ("half a name", record("LEFEVRE", "LEA", None)),
            ("her second first name", record("LEFEVRE NOEL", "MARIE", None)),
            ("a married name in its place, with her number", record("DUPONT", "LEA", Some(HERS))),
            ("no date", Record { birth_date: None, ..record("LEFEVRE NOEL", "LEA", None) }),
        ] {
            assert_eq!(pivot().among(&[hers(), (7, other)]), Some(7), "{case}");
        }
    }

    #[test]
    fn another_is_no_namesake() {
        for (case, other) in [
            ("a sister born that day", record("LEFEVRE NOEL", "CHRISTINE", Some(TWIN))),
            ("another name", record("DUPONT", "LEA", None)),
        ] {
            assert_eq!(pivot().among(&[hers(), (8, other)]), Some(7), "{case}");
        }
    }

    #[test]
    fn whoever_is_not_known_is_nobody() {
        assert_eq!(pivot().among(&[]), None);
        assert_eq!(pivot().among(&[(3, record("DUPONT", "PAULE", Some(HERS)))]), None);
        let nameless = Pivot { birth_name: "", ..pivot() };
        assert_eq!(nameless.among(&[(3, record("", "LEA", Some(HERS)))]), None);
    }

    #[test]
    fn doubt_means_nobody() {
        let with = |other| vec![hers(), other];
        for (case, known) in [
            ("no number", vec![(7, record("LEFEVRE NOEL", "LEA", None))]),
            ("a man's number", vec![(7, record("LEFEVRE NOEL", "LEA", Some("1800262041999")))]),
            ("another year", vec![(7, record("LEFEVRE NOEL", "LEA", Some("2810262041999")))]),
            ("another month", vec![(7, record("LEFEVRE NOEL", "LEA", Some("2800362041999")))]),
            ("another place", vec![(7, record("LEFEVRE NOEL", "LEA", Some("2800262042999")))]),
            ("a number that is provisional", vec![(7, record("LEFEVRE NOEL", "LEA", Some("8800262041999")))]),
            ("a number that is none", vec![(7, record("LEFEVRE NOEL", "LEA", Some("2800262041000")))]),
            ("two numbers, one of a man", with((7, record("LEFEVRE NOEL", "LEA", Some("1800262041997"))))),
            ("two numbers, one of a twin", with((7, record("LEFEVRE NOEL", "LEA", Some(TWIN))))),
            ("a record of another first name", with((7, record("LEFEVRE NOEL", "CHRISTINE", None)))),
            ("a record of another name", with((7, record("DUPONT", "LEA", None)))),
            (
                "a record of another date",
                with((7, Record { birth_date: Some("1980-02-11"), ..record("LEFEVRE NOEL", "LEA", None) })),
            ),
            ("a namesake", with((8, record("LEFEVRE NOEL", "LEA", None)))),
            ("a namesake without a name at birth", {
                let named = Record { birth_name: None, usage_name: Some("LEFEVRE NOEL"), ..hers().1 };
                with((8, Record { nir: None, ..named }))
            }),
            ("known twice", with((8, record("LEFEVRE NOEL", "LEA MARIE", Some(HERS))))),
            ("a twin of nearly the same name", with((8, record("LEFEVRE NOEL", "LEAH", Some(TWIN))))),
            ("a twin called by the second name", with((8, record("LEFEVRE NOEL", "MARIE", Some(TWIN))))),
            ("a twin alone, by the second name", vec![(8, record("LEFEVRE NOEL", "MARIE", Some(TWIN)))]),
            ("a slip in the name", vec![(7, record("LEFEVRE NOEI", "LEA", Some(HERS)))]),
            (
                "the name in use",
                vec![(7, Record { usage_name: Some("LEFEVRE NOEL"), ..record("DUPONT", "LEA", Some(HERS)) })],
            ),
        ] {
            assert_eq!(pivot().among(&known), None, "{case}");
        }
    }

    #[test]
    fn each_part_of_what_the_state_says_counts() {
        let known = [hers()];
        for (case, other) in [
            ("name", Pivot { birth_name: "Dupont", ..pivot() }),
            ("first names", Pivot { first_names: "Marie Léa", ..pivot() }),
            ("first names, the second alone", Pivot { first_names: "Marie", ..pivot() }),
            ("a longer first name", Pivot { first_names: "Léana", ..pivot() }),
            ("date", Pivot { birth_date: "1980-02-11", ..pivot() }),
            ("half a date", Pivot { birth_date: "1980-02", ..pivot() }),
            ("sex", Pivot { is_woman: false, ..pivot() }),
            ("place", Pivot { birth_place: "62193", ..pivot() }),
            ("no place", Pivot { birth_place: "", ..pivot() }),
        ] {
            assert_eq!(other.among(&known), None, "{case}");
        }
        assert_eq!(pivot().among(&known), Some(7));
    }

    #[test]
    fn a_number_tells_the_country_of_whoever_was_born_elsewhere_and_the_island() {
        for (place, nir) in [
            ("99350", "2800299350999"),
            ("97105", "2800297105999"),
            ("2A004", "280022A004999"),
            // The month is not known, or its numbers were used up.
            ("62041", "2803162041999"),
        ] {
            let known = [(1, record("LEFEVRE NOEL", "LEA", Some(nir)))];
            assert_eq!(Pivot { birth_place: place, ..pivot() }.among(&known), Some(1), "{place}");
            assert_eq!(Pivot { birth_place: "99100", ..pivot() }.among(&known), None, "{place}");
        }
    }
}
