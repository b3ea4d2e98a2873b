//! The rows of the list: who, where she stands, what can be done.

use std::collections::BTreeMap;

use liant_app::Workplace;
use liant_app::people::Line;
use liant_model::{AccountId, Date, Field, Lang};

use super::super::person::words::{mark, name};
use crate::components::{Link, SourceMark, Tag, Tone};
use crate::words::Words;

/// Someone of the list, in words.
pub(super) struct Known {
    pub(super) line: Line,
    right: Option<String>,
    nature: Option<String>,
    category: Option<String>,
}

impl Known {
    /// With the labels of her codes.
    pub(super) fn of(workplace: &Workplace, line: Line, lang: Lang) -> Self {
        let words = |field: Field| line.said(field).map(|(_, value)| workplace.in_words(field, value, lang));
        Self {
            right: words(Field::RsaState),
            nature: words(Field::OrientationNature),
            category: words(Field::RegistrationCategory),
            line,
        }
    }
}

/// A row.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) address: String,
    pub(super) name: String,
    pub(super) born: Option<String>,
    pub(super) number: Option<String>,
    pub(super) marks: Vec<SourceMark>,
    pub(super) town: Option<String>,
    pub(super) right: Option<(String, Option<String>)>,
    pub(super) orientation: Option<(String, Option<String>)>,
    pub(super) referent: Option<String>,
    pub(super) registration: Option<Registration>,
    pub(super) act: Link,
}

/// Where she stands with France Travail.
pub(super) enum Registration {
    /// Registered: her category, since when.
    Current(Option<String>, Option<String>),
    /// Registered no longer.
    Ended(Tag),
}

/// What rows are made with.
pub(super) struct Making<'a> {
    pub(super) w: Words,
    pub(super) referents: &'a BTreeMap<AccountId, String>,
    /// Whether the visitor orients.
    pub(super) orients: bool,
}

impl Making<'_> {
    /// The row of someone.
    pub(super) fn row(&self, known: &Known) -> Row {
        let (w, line) = (self.w, &known.line);
        let said = |field: Field| line.said(field).map(|(_, value)| value);
        let day = |field: Field| said(field).and_then(|day| day.parse::<Date>().ok());
        let address = format!("/people/{}", line.person);
        let act = if self.orients && known.nature.is_none() && known.right.is_some() {
            Link::new(format!("{address}/orientation"), w.say("person-orient"))
        } else {
            Link::new(address.clone(), w.say("people-open"))
        };
        let since = |field| day(field).map(|day| w.say("people-since").text("day", w.short_date(day)).into());
        Row {
            id: line.person.to_string(),
            name: whole_name(w, line),
            born: day(Field::BirthDate).map(|day| w.say("person-born-day").text("day", w.date(day)).into()),
            number: number(w, line),
            marks: line.origins.iter().map(|origin| mark(w, &origin.source)).collect(),
            town: town(w, line),
            right: known.right.clone().map(|right| (right, since(Field::BenefitSince))),
            orientation: known.nature.clone().map(|nature| (nature, since(Field::OrientationDecided))),
            referent: self.referent(line),
            registration: self.registration(known),
            address,
            act,
        }
    }

    /// Who follows her; else whom the decision names.
    fn referent(&self, line: &Line) -> Option<String> {
        if let Some(name) = line.referent.and_then(|account| self.referents.get(&account)) {
            return Some(name.clone());
        }
        let said = |field: Field| line.said(field).map(|(_, value)| value);
        let person: Vec<&str> =
            [Field::ReferentFirstName, Field::ReferentName].into_iter().filter_map(said).collect();
        if person.is_empty() {
            said(Field::OrientationOrganisation).map(str::to_owned)
        } else {
            Some(person.join(" "))
        }
    }

    fn registration(&self, known: &Known) -> Option<Registration> {
        let w = self.w;
        let day = |field: Field| known.line.said(field).and_then(|(_, day)| day.parse::<Date>().ok());
        let ended = |tone, key, day| {
            Some(Registration::Ended(Tag::new(tone, w.say(key).text("day", w.short_date(day)))))
        };
        if let Some(day) = day(Field::RadiationDate) {
            return ended(Tone::Late, "people-radiated", day);
        }
        if let Some(day) = day(Field::CessationDate) {
            return ended(Tone::Fine, "people-ceased", day);
        }
        let since = day(Field::RegistrationStart);
        let since = since.map(|day| w.say("people-since").text("day", w.short_date(day)).to_string());
        let is_known = since.is_some() || known.category.is_some();
        is_known.then(|| Registration::Current(known.category.clone(), since))
    }
}

/// What she is called. Names of one source are not mixed with those of another.
pub(in crate::pages) fn whole_name(w: Words, line: &Line) -> String {
    let of = |origin: &'_ liant_app::person::Origin, field: Field| {
        let found = origin.values.iter().find(|value| value.field == field.code());
        found.map(|value| value.value.clone())
    };
    let named = line.origins.iter().find(|origin| of(origin, Field::BirthName).is_some());
    let said = |field| named.and_then(|origin| of(origin, field));
    let (first, married, birth) = (said(Field::FirstName), said(Field::MarriedName), said(Field::BirthName));
    name(w, first.as_deref(), married.as_deref(), birth.as_deref())
}

/// Where she lives: the town's name, else the commune's code.
pub(in crate::pages) fn town(w: Words, line: &Line) -> Option<String> {
    let said = |field: Field| line.said(field).map(|(_, value)| value);
    said(Field::TownName).map(str::to_owned).or_else(|| {
        let code = said(Field::ResidenceCommune)?;
        Some(w.say("people-town-code").text("code", code).into())
    })
}

/// The number that she is called by: the CAF's, else France Travail's, else ours.
fn number(w: Words, line: &Line) -> Option<String> {
    let numbers = [
        ("people-number-caf", Field::CafIdentifier),
        ("people-number-ft", Field::FtIdentifier),
        ("people-number-own", Field::OwnReference),
    ];
    let found = numbers.into_iter().find_map(|(key, field)| Some((key, line.said(field)?.1)));
    found.map(|(key, number)| match key {
        "people-number-caf" => w.say("people-number-caf").text("number", number).into(),
        "people-number-ft" => w.say("people-number-ft").text("number", number).into(),
        _ => w.say("people-number-own").text("number", number).into(),
    })
}
