//! The filters of the people's list, as an address writes them: what is shared, kept and linked to.

use liant_guard::{Happening, Order, Plan, Test};
use liant_model::{AccountId, Date, OrganisationId, Source, Span};

/// Whom a list is narrowed to. Holds nothing that names anybody: what is searched for is no filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// What waits to be done.
    pub todo: Option<Todo>,
    /// Of those to orient: whose right began on this day or before.
    pub waiting: Option<Date>,
    /// Whether she is an RSA recipient in course.
    pub in_course: Option<bool>,
    /// The nature of her orientation, or that there is none.
    pub nature: Option<Choice<String>>,
    /// Her social referent.
    pub referent: Option<Referent>,
    /// Whether France Travail's stock holds her; false: no longer.
    pub with_ft: Option<bool>,
    /// Her category of registration.
    pub category: Option<String>,
    /// What happened to her.
    pub event: Option<Event>,
    /// Since when it did.
    pub since: Since,
    /// Her commune (INSEE code).
    pub commune: Option<String>,
    /// The local service of her commune, or that there is none.
    pub service: Option<Choice<OrganisationId>>,
    /// The year of her birth.
    pub born: Option<i16>,
}

/// One of something, or none of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice<T> {
    /// This one.
    One(T),
    /// None.
    None,
}

/// What waits to be done for someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Todo {
    /// Orient her.
    Orient,
    /// Give her a social referent.
    Referent,
}

/// Whose social referent is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Referent {
    /// Whoever asks.
    Me,
    /// This account.
    Account(AccountId),
}

/// What a source's files say happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub kind: Happening,
    /// In whose files.
    pub source: Source,
}

/// Since when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Since {
    /// The first of this month.
    #[default]
    Month,
    /// Seven days ago.
    Week,
    /// The first of the last month.
    LastMonth,
    /// This day.
    Day(Date),
}

impl Since {
    /// The periods that a list offers.
    pub const OFFERED: [Self; 3] = [Self::Month, Self::Week, Self::LastMonth];

    /// As an address writes it.
    pub fn code(self) -> String {
        match self {
            Self::Month => "month".to_owned(),
            Self::Week => "week".to_owned(),
            Self::LastMonth => "last-month".to_owned(),
            Self::Day(day) => day.to_string(),
        }
    }

    fn parse(text: &str) -> Self {
        let offered = Self::OFFERED.into_iter().find(|one| one.code() == text);
        offered.or_else(|| text.parse().ok().map(Self::Day)).unwrap_or_default()
    }

    /// The first day.
    pub fn day(self, today: Date) -> Date {
        match self {
            Self::Month => today.first_of_month(),
            Self::Week => today.saturating_sub(Span::new().days(7)),
            Self::LastMonth => today.first_of_month().saturating_sub(Span::new().months(1)),
            Self::Day(day) => day,
        }
    }
}

impl Event {
    const NAMES: [(&'static str, Happening, Source); 9] = [
        ("ft-entered", Happening::Entered, Source::FRANCE_TRAVAIL),
        ("ft-back", Happening::Back, Source::FRANCE_TRAVAIL),
        ("ft-left", Happening::Left, Source::FRANCE_TRAVAIL),
        ("registered", Happening::Registered, Source::FRANCE_TRAVAIL),
        ("ceased", Happening::Ceased, Source::FRANCE_TRAVAIL),
        ("radiated", Happening::Radiated, Source::FRANCE_TRAVAIL),
        ("caf-entered", Happening::Entered, Source::CNAF),
        ("caf-back", Happening::Back, Source::CNAF),
        ("caf-left", Happening::Left, Source::CNAF),
    ];

    /// Every event that a list can ask for.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::NAMES.into_iter().map(|(_, kind, source)| Self { kind, source })
    }

    /// As an address writes it; empty for an event that no list asks for.
    pub fn code(&self) -> &'static str {
        let found =
            Self::NAMES.into_iter().find(|(_, kind, source)| *kind == self.kind && *source == self.source);
        found.map_or("", |(name, ..)| name)
    }

    fn parse(text: &str) -> Option<Self> {
        let (_, kind, source) = Self::NAMES.into_iter().find(|(name, ..)| *name == text)?;
        Some(Self { kind, source })
    }
}

/// A code that a filter may hold: short, of letters and digits.
fn code(text: &str) -> Option<String> {
    let fits = (1..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    fits.then(|| text.to_ascii_uppercase())
}

/// Whether a code is one of a commune (INSEE): two signs of the Département, three digits.
fn is_commune(code: &str) -> bool {
    code.len() == 5 && code.bytes().skip(2).all(|byte| byte.is_ascii_digit())
}

fn choice<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Choice<T>> {
    if text == "none" { Some(Choice::None) } else { read(text).map(Choice::One) }
}

impl Filters {
    /// The filters among these pairs of an address. A value that is none is left out, as are other pairs.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filters = Self::default();
        for (name, text) in pairs {
            match name {
                "todo" => {
                    filters.todo = match text {
                        "orient" => Some(Todo::Orient),
                        "referent" => Some(Todo::Referent),
                        _ => None,
                    };
                }
                "waiting" => filters.waiting = text.parse().ok(),
                "right" => {
                    filters.in_course = match text {
                        "in-course" => Some(true),
                        "other" => Some(false),
                        _ => None,
                    };
                }
                "nature" => filters.nature = choice(text, code),
                "referent" => {
                    filters.referent = match text {
                        "me" => Some(Referent::Me),
                        other => other.parse().ok().map(Referent::Account),
                    };
                }
                "ft" => {
                    filters.with_ft = match text {
                        "with" => Some(true),
                        "left" => Some(false),
                        _ => None,
                    };
                }
                "category" => filters.category = code(text),
                "event" => filters.event = Event::parse(text),
                "since" => filters.since = Since::parse(text),
                "commune" => filters.commune = code(text).filter(|code| is_commune(code)),
                "service" => filters.service = choice(text, |text| text.parse().ok()),
                "born" => filters.born = text.parse().ok().filter(|year| (1900..=2100).contains(year)),
                _ => {}
            }
        }
        if filters.todo != Some(Todo::Orient) {
            filters.waiting = None;
        }
        if filters.event.is_none() {
            filters.since = Since::default();
        }
        filters
    }

    /// The pairs of an address that say the same.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut add = |name, value: Option<String>| pairs.extend(value.map(|value| (name, value)));
        let todo = self.todo.map(|todo| match todo {
            Todo::Orient => "orient",
            Todo::Referent => "referent",
        });
        add("todo", todo.map(str::to_owned));
        add("waiting", self.waiting.map(|day| day.to_string()));
        add("right", self.in_course.map(|yes| if yes { "in-course" } else { "other" }.to_owned()));
        let none = || "none".to_owned();
        add(
            "nature",
            self.nature.as_ref().map(|nature| match nature {
                Choice::One(code) => code.clone(),
                Choice::None => none(),
            }),
        );
        add(
            "referent",
            self.referent.map(|referent| match referent {
                Referent::Me => "me".to_owned(),
                Referent::Account(account) => account.to_string(),
            }),
        );
        add("ft", self.with_ft.map(|held| if held { "with" } else { "left" }.to_owned()));
        add("category", self.category.clone());
        add("event", self.event.as_ref().map(|event| event.code().to_owned()));
        add(
            "since",
            self.event.as_ref().filter(|_| self.since != Since::default()).map(|_| self.since.code()),
        );
        add("commune", self.commune.clone());
        add(
            "service",
            self.service.map(|service| match service {
                Choice::One(organisation) => organisation.to_string(),
                Choice::None => none(),
            }),
        );
        add("born", self.born.map(|year| year.to_string()));
        pairs
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What they ask, for whoever is asking on this day. A person of nobody's account has no referent of her own: the
    /// filter then asks for an account that is none.
    pub fn tests(&self, me: Option<AccountId>, today: Date) -> Vec<Test> {
        let mut tests: Vec<Test> = Vec::new();
        tests.extend(self.todo.map(|todo| match todo {
            Todo::Orient => self.waiting.map_or(Test::ToOrient, Test::ToOrientSince),
            Todo::Referent => Test::WithoutReferent,
        }));
        tests.extend(self.in_course.map(Test::InCourse));
        tests.extend(self.nature.as_ref().map(|nature| match nature {
            Choice::One(code) => Test::Nature(Some(code.clone())),
            Choice::None => Test::Nature(None),
        }));
        tests.extend(self.referent.map(|referent| match referent {
            Referent::Me => Test::Referent(me.unwrap_or(AccountId(liant_model::Uuid::nil()))),
            Referent::Account(account) => Test::Referent(account),
        }));
        tests.extend(self.with_ft.map(Test::WithFranceTravail));
        tests.extend(self.category.clone().map(Test::Category));
        tests.extend(
            self.event
                .as_ref()
                .map(|event| Test::Happened(event.kind, event.source.clone(), self.since.day(today))),
        );
        tests.extend(self.commune.clone().map(Test::Commune));
        tests.extend(self.service.map(|service| match service {
            Choice::One(organisation) => Test::Service(Some(organisation)),
            Choice::None => Test::Service(None),
        }));
        let year = |year: i16| Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?));
        tests.extend(self.born.and_then(year).map(|(first, last)| Test::Born(first, last)));
        tests
    }
}

/// What a plan lets a list be narrowed and ordered by: what is not here is not offered.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Offered {
    /// Names of filters, as an address writes them; of `todo`, each answer: `todo=orient`.
    pub filters: Vec<&'static str>,
    /// Codes of events.
    pub events: Vec<&'static str>,
    /// Orders, the usual one first.
    pub orders: Vec<Order>,
}

impl Offered {
    pub(super) fn of(plan: &Plan, today: Date) -> Self {
        let may = |test: Test| plan.filter(test).is_some();
        let nobody = AccountId(liant_model::Uuid::nil());
        let filters = [
            ("todo=orient", Test::ToOrient),
            ("todo=referent", Test::WithoutReferent),
            ("right", Test::InCourse(true)),
            ("nature", Test::Nature(None)),
            ("referent", Test::Referent(nobody)),
            ("ft", Test::WithFranceTravail(true)),
            ("category", Test::Category(String::new())),
            ("commune", Test::Commune(String::new())),
            ("service", Test::Service(None)),
            ("born", Test::Born(today, today)),
        ];
        let orders = [Order::Name, Order::Waiting, Order::Registered].into_iter();
        Self {
            filters: filters
                .into_iter()
                .filter(|(_, test)| may(test.clone()))
                .map(|(name, _)| name)
                .collect(),
            events: Event::all()
                .filter(|event| may(Test::Happened(event.kind, event.source.clone(), today)))
                .map(|event| event.code())
                .collect(),
            orders: orders.filter(|order| plan.sorting(*order).is_some()).collect(),
        }
    }

    /// Whether this filter is offered.
    pub fn has(&self, name: &str) -> bool {
        self.filters.contains(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 16);

    fn parse(query: &str) -> Filters {
        Filters::parse(query.split('&').filter_map(|pair| pair.split_once('=')))
    }

    fn written(filters: &Filters) -> String {
        let pairs = filters.pairs();
        pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }

    #[test]
    fn an_address_says_what_it_is_read_as() {
        for query in [
            "",
            "todo=orient",
            "todo=referent&right=in-course&ft=left&category=2&commune=62041&service=none&born=1990",
            "right=other&nature=none&referent=me&event=ceased",
            "nature=03&referent=01a20071-6528-706a-96ec-f53947eb7f98&event=caf-entered&since=2026-10-05",
            "event=ft-left&since=last-month&service=01a20071-6528-706a-96ec-f53947eb7f98",
        ] {
            assert_eq!(written(&parse(query)), query);
        }
    }

    #[test]
    fn what_is_no_filter_is_left_out() {
        for query in [
            "q=Lefebvre",
            "todo=dance",
            "nature=zz;DROP",
            "commune=Arras",
            "born=90",
            "event=died",
            "since=week",
            "service=x",
            "category=",
            "right=",
        ] {
            assert!(parse(query).is_empty(), "{query}");
        }
    }

    #[test]
    fn periods_begin_where_they_say() {
        for (query, first) in [
            ("event=ceased", Date::constant(2026, 11, 1)),
            ("event=ceased&since=week", Date::constant(2026, 11, 9)),
            ("event=ceased&since=last-month", Date::constant(2026, 10, 1)),
            ("event=ceased&since=2026-03-04", Date::constant(2026, 3, 4)),
        ] {
            let expected = Test::Happened(Happening::Ceased, Source::FRANCE_TRAVAIL, first);
            assert_eq!(parse(query).tests(None, TODAY), [expected], "{query}");
        }
    }

    #[test]
    fn each_filter_asks_one_thing() {
        let me = AccountId(liant_model::Uuid::max());
        let query = "todo=orient&right=in-course&nature=03&referent=me&ft=with&category=1&event=radiated&commune=62041\
                     &service=none&born=1990";
        let tests = parse(query).tests(Some(me), TODAY);
        assert_eq!(tests.len(), 10);
        assert!(tests.contains(&Test::Referent(me)));
        assert!(tests.contains(&Test::Born(Date::constant(1990, 1, 1), Date::constant(1990, 12, 31))));
    }
}
