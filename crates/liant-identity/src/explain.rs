//! The grounds of a link in plain words, without any personal value.

use crate::evidence::{
    Band, CafLevel, CommuneLevel, DateLevel, Evidence, FirstNameLevel, FtLevel, NameLevel, NirLevel,
};
use liant_model::Lang;

/// What a level is to the reader.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// Speaks for one person.
    For,
    /// Speaks against.
    Against,
    /// Already said with another field.
    Silent,
}

/// One level in words: for or against, in French, in English.
type Words = Option<(Weight, &'static str, &'static str)>;

impl Evidence {
    /// Says what agrees, then what differs, then what was absent, for example: "même NIR ; même nom de naissance ; même
    /// prénom ; mais commune différente ; non comparés : numéro CAF".
    pub fn explain(&self, language: Lang) -> String {
        let words = [
            nir(self.nir),
            name(self.name),
            first_name(self.first_name),
            date(self.date),
            commune(self.commune),
            caf(self.caf),
            ft(self.ft),
        ];
        let said = |weight: Weight| {
            let parts: Vec<&str> = words
                .iter()
                .flatten()
                .filter(|(of, ..)| *of == weight)
                .map(|(_, french, english)| choose(language, french, english))
                .collect();
            parts.join(separator(language))
        };
        let mut sentence = said(Weight::For);
        let against = said(Weight::Against);
        if !against.is_empty() {
            if !sentence.is_empty() {
                sentence.push_str(separator(language));
                sentence.push_str(choose(language, "mais ", "but "));
            }
            sentence.push_str(&against);
        }
        let absent: Vec<&str> = words
            .iter()
            .zip(FIELD_NAMES)
            .filter(|(words, _)| words.is_none())
            .map(|(_, (french, english))| choose(language, french, english))
            .collect();
        if !absent.is_empty() {
            if !sentence.is_empty() {
                sentence.push_str(separator(language));
            }
            sentence.push_str(choose(language, "non comparés : ", "not compared: "));
            sentence.push_str(&absent.join(", "));
        }
        if self.band == Band::Barred {
            sentence.push_str(choose(
                language,
                " ; jamais rapprochés sans vérification humaine",
                "; never linked without a human check",
            ));
        }
        sentence
    }
}

const FIELD_NAMES: [(&str, &str); 7] = [
    ("NIR", "NIR"),
    ("nom", "name"),
    ("prénom", "first name"),
    ("date de naissance", "birth date"),
    ("commune", "commune"),
    ("numéro CAF", "CAF number"),
    ("identifiant France Travail", "France Travail identifier"),
];

fn choose<'a>(language: Lang, french: &'a str, english: &'a str) -> &'a str {
    match language {
        Lang::Fr => french,
        Lang::En => english,
    }
}

fn separator(language: Lang) -> &'static str {
    choose(language, " ; ", "; ")
}

fn nir(level: NirLevel) -> Words {
    Some(match level {
        NirLevel::Missing => return None,
        NirLevel::Equal => (Weight::For, "même NIR", "same NIR"),
        NirLevel::OneSlip => {
            (Weight::Against, "NIR à une faute de frappe près", "NIRs one keyboard slip apart")
        }
        NirLevel::Provisional => (
            Weight::Against,
            "NIR différents, dont un au moins est provisoire",
            "NIRs differ, at least one is provisional",
        ),
        NirLevel::Doubtful => {
            (Weight::Against, "NIR différents, dont un mal formé", "NIRs differ, one is malformed")
        }
        NirLevel::Misplaced => (
            Weight::Against,
            "NIR contradictoires, dont un ne s'accorde pas avec la date de naissance voisine",
            "NIRs contradict each other, one does not fit the birth date beside it",
        ),
        NirLevel::Different => (Weight::Against, "NIR contradictoires", "NIRs contradict each other"),
    })
}

fn name(level: NameLevel) -> Words {
    Some(match level {
        NameLevel::Missing => return None,
        NameLevel::Equal => (Weight::For, "même nom de naissance", "same birth name"),
        NameLevel::UsageName => (
            Weight::For,
            "nom de naissance de l'un égal au nom d'usage de l'autre",
            "birth name of one is the usage name of the other",
        ),
        NameLevel::SameUsageName => (
            Weight::For,
            "même nom d'usage, noms de naissance différents",
            "same usage name, birth names differ",
        ),
        NameLevel::Swapped => (Weight::For, "nom et prénom intervertis", "name and first name exchanged"),
        NameLevel::Part => (Weight::For, "un nom contenu dans l'autre", "one name contained in the other"),
        NameLevel::Close => (Weight::For, "nom à une faute près", "names one slip apart"),
        NameLevel::CloseUsageName => {
            (Weight::For, "nom proche du nom d'usage de l'autre", "name close to the other's usage name")
        }
        NameLevel::Alike => (Weight::Against, "noms seulement ressemblants", "names only alike"),
        NameLevel::Different => (Weight::Against, "noms différents", "names differ"),
    })
}

fn first_name(level: FirstNameLevel) -> Words {
    Some(match level {
        // Said with the name.
        FirstNameLevel::Missing => return None,
        FirstNameLevel::Swapped => (Weight::Silent, "", ""),
        FirstNameLevel::Equal => (Weight::For, "même prénom", "same first name"),
        FirstNameLevel::Part => {
            (Weight::For, "un prénom contenu dans l'autre", "one first name contained in the other")
        }
        FirstNameLevel::Close => (Weight::For, "prénom à une faute près", "first names one slip apart"),
        FirstNameLevel::Alike => {
            (Weight::Against, "prénoms seulement ressemblants", "first names only alike")
        }
        FirstNameLevel::Different => (Weight::Against, "prénoms différents", "first names differ"),
    })
}

fn date(level: DateLevel) -> Words {
    Some(match level {
        DateLevel::Missing => return None,
        DateLevel::Equal => (Weight::For, "même date de naissance", "same birth date"),
        DateLevel::DayMonthSwapped => {
            (Weight::For, "jour et mois de naissance intervertis", "day and month of birth exchanged")
        }
        DateLevel::SameYearOnly => (
            Weight::For,
            "même année de naissance, l'un ne sait pas plus",
            "same year of birth, one side knows no more",
        ),
        DateLevel::OneSlip => {
            (Weight::Against, "date de naissance à une faute près", "birth dates one slip apart")
        }
        DateLevel::OnePart => (
            Weight::Against,
            "jour, mois ou année de naissance différent",
            "day, month or year of birth differs",
        ),
        DateLevel::Different => (Weight::Against, "dates de naissance différentes", "birth dates differ"),
    })
}

fn commune(level: CommuneLevel) -> Words {
    Some(match level {
        CommuneLevel::Missing => return None,
        CommuneLevel::Equal => (Weight::For, "même commune", "same commune"),
        CommuneLevel::Different => (Weight::Against, "communes différentes", "communes differ"),
    })
}

fn caf(level: CafLevel) -> Words {
    Some(match level {
        CafLevel::Missing => return None,
        CafLevel::Equal => (Weight::For, "même numéro CAF", "same CAF number"),
        CafLevel::Different => (Weight::Against, "numéros CAF différents", "CAF numbers differ"),
    })
}

fn ft(level: FtLevel) -> Words {
    Some(match level {
        FtLevel::Missing => return None,
        FtLevel::Equal => (Weight::For, "même identifiant France Travail", "same France Travail identifier"),
        FtLevel::Different => {
            (Weight::Against, "identifiants France Travail différents", "France Travail identifiers differ")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_agrees_differs_and_is_absent() {
        let evidence = Evidence {
            nir: NirLevel::Equal,
            name: NameLevel::UsageName,
            first_name: FirstNameLevel::Equal,
            date: DateLevel::Equal,
            commune: CommuneLevel::Different,
            ..Evidence::default()
        };
        assert_eq!(
            evidence.explain(Lang::Fr),
            "même NIR ; nom de naissance de l'un égal au nom d'usage de l'autre ; même prénom ; même date de \
             naissance ; mais communes différentes ; non comparés : numéro CAF, identifiant France Travail"
        );
        assert_eq!(
            Evidence { nir: NirLevel::Different, name: NameLevel::Different, ..Evidence::default() }
                .ruled()
                .explain(Lang::En),
            "NIRs contradict each other; names differ; not compared: first name, birth date, commune, CAF number, \
             France Travail identifier; never linked without a human check"
        );
    }
}
