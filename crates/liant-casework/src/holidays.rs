use jiff::Span;
use jiff::civil::Date;
use liant_convention::Text;
use liant_model::{Lang, Territory};

const SHIPPED: &str = include_str!("../data/holidays.toml");

/// The public holidays (*jours fériés*) of France, by Département.
#[derive(Clone, Debug)]
pub struct Holidays {
    rules: Vec<Rule>,
}

/// A public holiday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    name: Text,
}

impl Holiday {
    /// Its name.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.name.fr,
            Lang::En => &self.name.en,
        }
    }
}

/// Why a file of holidays cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HolidayError {
    /// It does not read.
    #[error("the holidays do not read: {0}")]
    Form(String),
    /// A holiday has no day, or two.
    #[error("`{0}`: give either `on = \"05-01\"` or `easter = 39`")]
    Day(String),
    /// A holiday is one in no Département.
    #[error("`{0}`: `only` names a Département that is none")]
    Where(String),
}

#[derive(Clone, Debug)]
struct Rule {
    day: Day,
    only: Vec<Territory>,
    name: Text,
}

#[derive(Clone, Copy, Debug)]
enum Day {
    On { month: i8, day: i8 },
    Easter(i64),
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    holiday: Vec<Line>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    on: Option<String>,
    easter: Option<i64>,
    #[serde(default)]
    only: Vec<String>,
    name: Name,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    fr: String,
    en: String,
}

impl Holidays {
    /// The holidays that ship with the program.
    ///
    /// # Errors
    /// Never, as a test tells.
    pub fn shipped() -> Result<Self, HolidayError> {
        Self::parse(SHIPPED)
    }

    /// Reads a file of holidays.
    ///
    /// # Errors
    /// [`HolidayError`] naming the holiday at fault.
    pub fn parse(text: &str) -> Result<Self, HolidayError> {
        let file: File = toml::from_str(text).map_err(|error| HolidayError::Form(error.to_string()))?;
        Ok(Self { rules: file.holiday.into_iter().map(rule).collect::<Result<_, _>>()? })
    }

    /// The holidays of a year in a Département, in order.
    pub fn of_year(&self, year: i16, territory: Territory) -> Vec<Holiday> {
        let mut found: Vec<Holiday> = self
            .rules
            .iter()
            .filter(|rule| rule.only.is_empty() || rule.only.contains(&territory))
            .filter_map(|rule| Some(Holiday { date: rule.day.in_year(year)?, name: rule.name.clone() }))
            .collect();
        found.sort_by_key(|holiday| holiday.date);
        found
    }

    /// The holiday that a day is in a Département, if any.
    pub fn on(&self, date: Date, territory: Territory) -> Option<Holiday> {
        self.of_year(date.year(), territory).into_iter().find(|holiday| holiday.date == date)
    }
}

fn rule(line: Line) -> Result<Rule, HolidayError> {
    let name = line.name.fr.clone();
    let day = match (&line.on, line.easter) {
        (Some(on), None) => month_day(on).ok_or_else(|| HolidayError::Day(name.clone()))?,
        (None, Some(days)) => Day::Easter(days),
        _ => return Err(HolidayError::Day(name)),
    };
    let only = line.only.iter().map(|code| Territory::parse(code)).collect::<Result<_, _>>();
    Ok(Rule {
        day,
        only: only.map_err(|_| HolidayError::Where(name))?,
        name: Text { fr: line.name.fr, en: line.name.en },
    })
}

fn month_day(text: &str) -> Option<Day> {
    let (month, day) = text.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    // A leap year has every day that there is.
    Date::new(2024, month, day).ok().map(|_| Day::On { month, day })
}

impl Day {
    fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::On { month, day } => Date::new(year, month, day).ok(),
            Self::Easter(days) => easter(year)?.checked_add(Span::new().try_days(days).ok()?).ok(),
        }
    }
}

/// Easter Sunday of the Gregorian calendar, by Gauss's rule as Butcher gave it (1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (century, of_century) = (y / 100, y % 100);
    let golden = y % 19;
    let correction = (century + 8) / 25;
    let epact = (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let day = epact + weekday - 7 * late + 114;
    Date::new(year, i8::try_from(day / 31).ok()?, i8::try_from(day % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::Weekday;
    use proptest::prelude::*;

    use super::*;

    fn territory(code: &str) -> Territory {
        Territory::parse(code).unwrap()
    }

    fn days(year: i16, code: &str) -> Vec<String> {
        let shipped = Holidays::shipped().unwrap();
        shipped.of_year(year, territory(code)).iter().map(|holiday| holiday.date.to_string()).collect()
    }

    #[test]
    fn easter_as_the_almanacs_give_it() {
        for (year, month, day) in [
            (1961, 4, 2),
            (2000, 4, 23),
            (2008, 3, 23),
            (2024, 3, 31),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
        ] {
            assert_eq!(easter(year), Some(Date::constant(year, month, day)));
        }
    }

    proptest! {
        /// The other way to reckon it: the Sunday after the full moon of the church (Meeus' tables differ from Butcher's).
        #[test]
        fn easter_is_a_sunday_of_spring(year in 1900_i16..2300) {
            let day = easter(year).unwrap();
            prop_assert_eq!(day.weekday(), Weekday::Sunday);
            prop_assert!(day >= Date::constant(year, 3, 22) && day <= Date::constant(year, 4, 25));
        }
    }

    #[test]
    fn eleven_days_in_france_and_two_more_in_alsace_and_moselle() {
        let france = days(2026, "62");
        assert_eq!(
            france,
            [
                "2026-01-01",
                "2026-04-06",
                "2026-05-01",
                "2026-05-08",
                "2026-05-14",
                "2026-05-25",
                "2026-07-14",
                "2026-08-15",
                "2026-11-01",
                "2026-11-11",
                "2026-12-25",
            ]
        );
        for code in ["57", "67", "68"] {
            let more: Vec<String> =
                days(2026, code).into_iter().filter(|day| !france.contains(day)).collect();
            assert_eq!(more, ["2026-04-03", "2026-12-26"], "{code}");
        }
        assert!(days(2026, "974").contains(&"2026-12-20".to_owned()) && days(2026, "974").len() == 12);
    }

    #[test]
    fn a_holiday_has_one_day_and_a_place() {
        let line = |rest: &str| format!("[[holiday]]\n{rest}\nname = {{ fr = \"F\", en = \"H\" }}\n");
        for text in ["", "on = \"05-01\"\neaster = 1", "on = \"02-30\"", "on = \"5\""] {
            assert_eq!(Holidays::parse(&line(text)).unwrap_err(), HolidayError::Day("F".into()), "{text}");
        }
        let nowhere = Holidays::parse(&line("on = \"05-01\"\nonly = [\"999\"]")).unwrap_err();
        assert_eq!(nowhere, HolidayError::Where("F".into()));
        assert!(matches!(Holidays::parse(&line("day = 1")), Err(HolidayError::Form(_))));
    }

    #[test]
    fn a_holiday_says_its_name() {
        let holiday = Holidays::shipped().unwrap().on(Date::constant(2026, 11, 11), territory("62")).unwrap();
        assert_eq!((holiday.name(Lang::Fr), holiday.name(Lang::En)), ("Armistice de 1918", "Armistice Day"));
    }
}
