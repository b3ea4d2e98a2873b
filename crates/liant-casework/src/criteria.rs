//! Which data of the dossier tell whether a person meets a criterion (*règle d'entrée*). A file of data; what it makes of a person
//! is yes or no.

use std::collections::BTreeMap;

use jiff::civil::Date;
use liant_convention::People;
use liant_model::{Field, FieldSet, Source};

use crate::path::Facts;
use crate::programme::{Code, Programme};

/// The file that ships with the program.
pub const SHIPPED: &str = include_str!("../data/criteria.toml");

/// Why a text is no map of criteria.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CriteriaError {
    /// It does not read.
    #[error("{0}")]
    Toml(String),
    /// A datum, a source or a category that there is none of.
    #[error("criterion {criterion}: {problem}")]
    Criterion {
        /// Which.
        criterion: String,
        /// What is wrong.
        problem: String,
    },
}

/// The criteria, each with what it looks at.
#[derive(Clone, Debug)]
pub struct CriterionMap {
    criteria: Vec<Criterion>,
    tests: Vec<Test>,
    lists: Vec<CodeList>,
}

/// A criterion: its tests by their places.
#[derive(Clone, Debug)]
struct Criterion {
    id: Code,
    declared: bool,
    people: Option<People>,
    all: Vec<usize>,
    any: Vec<usize>,
    none: Vec<usize>,
}

/// A test of one datum.
#[derive(Clone, Debug)]
struct Test {
    source: Option<Source>,
    field: Field,
    passes: Passes,
}

#[derive(Clone, Debug)]
enum Passes {
    Any,
    In(Vec<String>),
    List(String),
    AtLeast(u32),
}

#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeList {
    id: String,
    from: toml::value::Datetime,
    #[expect(dead_code, reason = "said for whoever reads the file")]
    source: String,
    codes: Vec<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    criterion: Vec<CriterionText>,
    #[serde(default)]
    list: Vec<CodeList>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CriterionText {
    id: Code,
    #[serde(default)]
    declared: bool,
    people: Option<String>,
    #[serde(default)]
    all: Vec<TestText>,
    #[serde(default)]
    any: Vec<TestText>,
    #[serde(default)]
    none: Vec<TestText>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct TestText {
    source: Option<String>,
    field: String,
    r#in: Option<Vec<String>>,
    in_list: Option<String>,
    at_least: Option<u32>,
}

impl CriterionMap {
    /// The map that ships.
    ///
    /// # Errors
    /// Never for a tested build.
    pub fn shipped() -> Result<Self, CriteriaError> {
        Self::parse(SHIPPED)
    }

    /// Reads a map.
    ///
    /// # Errors
    /// [`CriteriaError`] with the first fault.
    pub fn parse(text: &str) -> Result<Self, CriteriaError> {
        let file: FileText = toml::from_str(text).map_err(|error| CriteriaError::Toml(error.to_string()))?;
        let mut map = Self { criteria: Vec::new(), tests: Vec::new(), lists: file.list };
        for one in file.criterion {
            let fault = |problem: String| CriteriaError::Criterion { criterion: one.id.to_string(), problem };
            let people = one.people.as_deref().map(str::parse::<People>).transpose();
            let people = people.map_err(|_| fault("`people` is no category of people".to_owned()))?;
            let mut places = |tests: Vec<TestText>| -> Result<Vec<usize>, CriteriaError> {
                tests.into_iter().map(|test| map.add(test).map_err(fault)).collect()
            };
            let (all, any, none) = (places(one.all)?, places(one.any)?, places(one.none)?);
            map.criteria.push(Criterion {
                id: one.id.clone(),
                declared: one.declared,
                people,
                all,
                any,
                none,
            });
        }
        Ok(map)
    }

    fn add(&mut self, text: TestText) -> Result<usize, String> {
        let source = text.source.as_deref().map(Source::parse).transpose();
        let source = source.map_err(|_| "`source` is none".to_owned())?;
        let field = Field::from_code(&text.field).map_err(|error| error.to_string())?;
        let passes = match (text.r#in, text.in_list, text.at_least) {
            (None, None, None) => Passes::Any,
            (Some(values), None, None) => Passes::In(values),
            (None, Some(list), None) if self.lists.iter().any(|one| one.id == list) => Passes::List(list),
            (None, Some(list), None) => return Err(format!("there is no list `{list}`")),
            (None, None, Some(least)) => Passes::AtLeast(least),
            _ => return Err("a test has one of `in`, `in_list` and `at_least`".to_owned()),
        };
        self.tests.push(Test { source, field, passes });
        Ok(self.tests.len() - 1)
    }

    /// The data that it looks at.
    pub fn fields(&self) -> FieldSet {
        self.tests.iter().map(|test| test.field).collect()
    }

    /// The criteria of a programme that whoever proposes someone ticks.
    pub fn declared<'p>(&self, programme: &'p Programme) -> Vec<&'p crate::programme::Coded> {
        let ticked = |id: &Code| self.criteria.iter().any(|one| one.declared && one.id == *id);
        programme.criteria.iter().filter(|one| ticked(&one.id)).collect()
    }

    /// Begins to look at someone, on a day.
    pub fn look(&self, day: Date) -> Look<'_> {
        Look { map: self, day, met: vec![false; self.tests.len()] }
    }

    /// The codes of a list on a day: those of its latest version by then.
    fn list(&self, id: &str, day: Date) -> &[String] {
        let begun =
            self.lists.iter().filter(|list| list.id == id && begins(list).is_some_and(|from| from <= day));
        begun.max_by_key(|list| begins(list)).map_or(&[], |list| &list.codes)
    }
}

fn begins(list: &CodeList) -> Option<Date> {
    let date = list.from.date?;
    let (year, month, day) =
        (i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
    Date::new(year, month, day).ok()
}

/// A look at one person: which tests hold, and no value.
#[derive(Clone, Debug)]
pub struct Look<'m> {
    map: &'m CriterionMap,
    day: Date,
    met: Vec<bool>,
}

impl Look<'_> {
    /// Takes in what a source says of her.
    pub fn take(&mut self, source: &Source, value: &dyn Fn(Field) -> Option<String>) {
        for (test, met) in self.map.tests.iter().zip(&mut self.met) {
            if !*met && test.source.as_ref().is_none_or(|one| one == source) {
                *met =
                    value(test.field).is_some_and(|value| passes(self.map, self.day, &test.passes, &value));
            }
        }
    }

    /// The criteria that she meets, with those that were ticked; `is_in` says of which categories she is.
    pub fn facts(&self, declared: &[Code], is_in: &dyn Fn(People) -> bool) -> Facts {
        let held = |place: &usize| self.met.get(*place).copied().unwrap_or_default();
        let meets = |one: &&Criterion| {
            if one.declared {
                return declared.contains(&one.id);
            }
            one.people.is_none_or(is_in)
                && one.all.iter().all(held)
                && (one.any.is_empty() || one.any.iter().any(held))
                && !one.none.iter().any(held)
        };
        self.map.criteria.iter().filter(meets).map(|one| one.id.clone()).collect()
    }
}

fn passes(map: &CriterionMap, day: Date, passes: &Passes, value: &str) -> bool {
    match passes {
        Passes::Any => !value.is_empty(),
        Passes::In(values) => values.iter().any(|one| one == value),
        Passes::List(id) => map.list(id, day).iter().any(|code| value.starts_with(code.as_str())),
        Passes::AtLeast(least) => value.parse::<u32>().is_ok_and(|number| number >= *least),
    }
}

/// The criteria of programmes that a map does not tell: nobody would meet them.
pub fn untold<'p>(
    map: &CriterionMap,
    programmes: impl IntoIterator<Item = &'p Programme>,
) -> BTreeMap<&'p str, Vec<&'p str>> {
    let told = |id: &Code| map.criteria.iter().any(|one| one.id == *id);
    let mut untold: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for programme in programmes {
        let barred = |id: &Code| programme.entry.never_uses.contains(id);
        for one in programme.criteria.iter().filter(|one| !told(&one.id) && !barred(&one.id)) {
            untold.entry(programme.id.as_str()).or_default().push(one.id.as_str());
        }
    }
    untold
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Code {
        Code::parse(text).unwrap()
    }

    fn meets(said: &[(&str, &str, &str)], declared: &[&str], people: People, criterion: &str) -> bool {
        let map = CriterionMap::shipped().unwrap();
        let mut look = map.look(Date::constant(2026, 11, 22));
        for (source, field, value) in said {
            let field = Field::from_code(field).unwrap();
            look.take(&Source::parse(source).unwrap(), &|asked| {
                (asked == field).then(|| (*value).to_owned())
            });
        }
        let declared: Vec<Code> = declared.iter().map(|one| code(one)).collect();
        look.facts(&declared, &|asked| asked <= people).meets(&code(criterion))
    }

    #[test]
    fn data_tell_what_a_person_meets() {
        use People::{Everyone, RsaRecipientInCourse};
        let (ft, cd) = ("france-travail", "departement");
        let start = (ft, "registration.start", "2026-01-05");
        let ceased = (ft, "registration.cessation_date", "2026-10-01");
        let nature = |nature| (cd, "orientation.nature", nature);
        let job = |job| (ft, "training.occupation", job);
        for (said, people, criterion, met) in [
            (vec![start], Everyone, "job-seeker", true),
            (vec![start, ceased], Everyone, "job-seeker", false),
            (vec![], Everyone, "job-seeker", false),
            (vec![], RsaRecipientInCourse, "rsa", true),
            (vec![], Everyone, "rsa", false),
            (vec![nature("05")], Everyone, "oriented-ft", true),
            (vec![nature("01")], Everyone, "oriented-ft", false),
            (vec![], RsaRecipientInCourse, "awaits-orientation", true),
            (vec![nature("01")], RsaRecipientInCourse, "awaits-orientation", false),
            (vec![], Everyone, "awaits-orientation", false),
            (vec![job("K1302")], Everyone, "shortage-job", true),
            (vec![job("M1805")], Everyone, "shortage-job", false),
            (vec![("cnaf", "training.occupation", "K1302")], Everyone, "shortage-job", false),
        ] {
            assert_eq!(meets(&said, &[], people, criterion), met, "{criterion}: {said:?}");
        }
    }

    #[test]
    fn what_is_ticked_counts_where_no_register_tells() {
        assert!(meets(&[], &["volunteer"], People::Everyone, "volunteer"));
        assert!(!meets(&[], &[], People::Everyone, "volunteer"));
        // A register tells it: nobody ticks it.
        assert!(!meets(&[], &["job-seeker"], People::Everyone, "job-seeker"));
    }

    #[test]
    fn a_list_holds_from_its_day() {
        let map = CriterionMap::shipped().unwrap();
        assert!(map.list("shortage", Date::constant(2023, 12, 31)).is_empty());
        assert!(!map.list("shortage", Date::constant(2024, 1, 1)).is_empty());
    }

    #[test]
    fn faults_name_their_criterion() {
        for (text, part) in [
            ("[[criterion]]\nid = \"a\"\nall = [{ field = \"no.such\" }]", "criterion a"),
            ("[[criterion]]\nid = \"a\"\nall = [{ field = \"rights.state\", in_list = \"b\" }]", "no list"),
            ("[[criterion]]\nid = \"a\"\npeople = \"b\"", "category"),
            ("[[criterion]]\nid = \"A b\"", "short name"),
        ] {
            let error = CriterionMap::parse(text).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn the_french_programmes_that_ship_ask_for_nothing_untold() {
        let map = CriterionMap::shipped().unwrap();
        let programmes: Vec<Programme> = crate::programme::SHIPPED
            .iter()
            .filter(|(name, _)| {
                ["accompagnement-global", "social-exclusif", "rsa-accomp"]
                    .iter()
                    .any(|one| name.starts_with(one))
            })
            .map(|(name, text)| Programme::parse(name, text).unwrap())
            .collect();
        assert_eq!(untold(&map, &programmes), BTreeMap::new());
    }
}
