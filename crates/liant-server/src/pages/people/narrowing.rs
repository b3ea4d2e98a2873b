//! What the list can be narrowed to, what it is narrowed to, and each filter in words.

use liant_app::people::{
    Choice, Event, Filters, Follower, Happening, LocalService, Offered, Referent, Since, Todo,
};
use liant_model::{AccountId, Source};

use super::asking::Asking;
use crate::components::Chip;
use crate::words::Words;

/// What filters may hold, by its code and in words.
#[derive(Clone, Debug, Default)]
pub(super) struct Codes {
    pub(super) natures: Vec<(String, String)>,
    pub(super) categories: Vec<(String, String)>,
    pub(super) services: Vec<LocalService>,
    pub(super) referents: Vec<Follower>,
    /// A referent who follows nobody any more, and is asked for.
    pub(super) other: Vec<(AccountId, String)>,
}

/// A list to pull down.
pub(super) struct Pick {
    pub(super) name: &'static str,
    pub(super) label: String,
    /// Code, words, and whether it is chosen.
    pub(super) answers: Vec<(String, String, bool)>,
}

/// A line to type in.
pub(super) struct Line {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) value: String,
    pub(super) most: u8,
}

/// The form that narrows the list.
pub(super) struct Narrowing {
    /// Always in sight.
    pub(super) first: Vec<Pick>,
    /// The others.
    pub(super) more: Vec<Pick>,
    pub(super) lines: Vec<Line>,
    /// Whether one of the others is in force.
    pub(super) is_open: bool,
}

/// Puts filters in words.
#[derive(Clone, Copy)]
pub(super) struct Namer<'a> {
    pub(super) w: Words,
    pub(super) codes: &'a Codes,
}

impl Namer<'_> {
    fn none(self) -> String {
        self.w.say("people-none").into()
    }

    fn todo(self, todo: Todo) -> String {
        match todo {
            Todo::Orient => self.w.say("people-todo-orient"),
            Todo::Referent => self.w.say("people-todo-referent"),
        }
        .into()
    }

    fn right(self, in_course: bool) -> String {
        if in_course { self.w.say("people-right-in-course") } else { self.w.say("people-right-other") }.into()
    }

    fn ft(self, held: bool) -> String {
        if held { self.w.say("people-ft-with") } else { self.w.say("people-ft-left") }.into()
    }

    fn event(self, event: &Event) -> String {
        let is_caf = event.source == Source::CNAF;
        match event.kind {
            Happening::Entered if is_caf => self.w.say("people-event-caf-entered"),
            Happening::Back if is_caf => self.w.say("people-event-caf-back"),
            Happening::Left if is_caf => self.w.say("people-event-caf-left"),
            Happening::Entered => self.w.say("people-event-ft-entered"),
            Happening::Back => self.w.say("people-event-ft-back"),
            Happening::Left => self.w.say("people-event-ft-left"),
            Happening::Registered => self.w.say("people-event-registered"),
            Happening::Ceased => self.w.say("people-event-ceased"),
            Happening::Radiated => self.w.say("people-event-radiated"),
        }
        .into()
    }

    fn since(self, since: Since) -> String {
        match since {
            Since::Month => self.w.say("people-since-month"),
            Since::Week => self.w.say("people-since-week"),
            Since::LastMonth => self.w.say("people-since-last-month"),
            Since::Day(day) => self.w.say("people-since-day").text("day", self.w.date(day)),
        }
        .into()
    }

    fn nature(self, nature: &Choice<String>) -> String {
        match nature {
            Choice::None => self.w.say("people-nature-none").into(),
            Choice::One(code) => Self::word(&self.codes.natures, code),
        }
    }

    fn word(among: &[(String, String)], code: &str) -> String {
        among
            .iter()
            .find(|(known, _)| known == code)
            .map_or_else(|| code.to_owned(), |(_, words)| words.clone())
    }

    fn referent(self, referent: Referent) -> String {
        match referent {
            Referent::Me => self.w.say("people-referent-me").into(),
            Referent::Account(account) => {
                let now = self.codes.referents.iter().find(|one| one.account == account);
                let before = self.codes.other.iter().find(|(known, _)| *known == account);
                now.map(|one| one.name.clone())
                    .or_else(|| before.map(|(_, name)| name.clone()))
                    .unwrap_or_else(|| self.w.say("people-referent-unknown").into())
            }
        }
    }

    fn service(self, service: Choice<liant_model::OrganisationId>) -> String {
        match service {
            Choice::None => self.none(),
            Choice::One(id) => {
                let found = self.codes.services.iter().find(|one| one.organisation == id);
                found.map_or_else(|| self.w.say("people-service-unknown").into(), |one| one.name.clone())
            }
        }
    }

    /// Each filter in force: its name, what it is, and the filters without it.
    pub(super) fn said(self, filters: &Filters) -> Vec<(String, String, Filters)> {
        let w = self.w;
        let mut said: Vec<(String, String, Filters)> = Vec::new();
        let mut add = |label: String, value: Option<String>, change: fn(&mut Filters)| {
            if let Some(value) = value {
                let mut without = filters.clone();
                change(&mut without);
                said.push((label, value, without));
            }
        };
        let say = |key| String::from(w.say(key));
        add(say("people-todo"), filters.todo.map(|todo| self.todo(todo)), |f| {
            f.todo = None;
            f.waiting = None;
        });
        let waiting =
            filters.waiting.map(|day| w.say("people-waiting-since").text("day", w.date(day)).into());
        add(say("people-waiting"), waiting, |f| f.waiting = None);
        add(say("people-right"), filters.in_course.map(|yes| self.right(yes)), |f| f.in_course = None);
        add(say("people-nature"), filters.nature.as_ref().map(|one| self.nature(one)), |f| f.nature = None);
        add(say("people-referent"), filters.referent.map(|one| self.referent(one)), |f| f.referent = None);
        add(say("people-ft"), filters.with_ft.map(|held| self.ft(held)), |f| f.with_ft = None);
        let category = filters.category.as_ref().map(|code| Self::word(&self.codes.categories, code));
        add(say("people-category"), category, |f| f.category = None);
        let event = filters.event.as_ref().map(|event| {
            let (event, since) = (self.event(event), self.since(filters.since));
            w.say("people-event-since").text("event", event).text("since", since).into()
        });
        add(say("people-event"), event, |f| {
            f.event = None;
            f.since = Since::default();
        });
        add(say("people-commune"), filters.commune.clone(), |f| f.commune = None);
        add(say("people-service"), filters.service.map(|one| self.service(one)), |f| f.service = None);
        add(say("people-born"), filters.born.map(|year| year.to_string()), |f| f.born = None);
        said
    }

    /// The filters in force, each with the list without it; what is searched for is one of them.
    pub(super) fn chips(self, asking: &Asking) -> Vec<Chip> {
        let search = (!asking.search.is_empty()).then(|| Chip {
            label: self.w.say("people-search").into(),
            value: asking.search.clone(),
            without: Asking { search: String::new(), ..asking.clone() }.address(),
        });
        let filters = self.said(&asking.filters).into_iter().map(|(label, value, without)| Chip {
            label,
            value,
            without: asking.with(|filters| *filters = without),
        });
        search.into_iter().chain(filters).collect()
    }

    /// The form, as far as the plan lets it.
    pub(super) fn form(self, filters: &Filters, offered: &Offered) -> Narrowing {
        let (w, codes) = (self.w, self.codes);
        let pick = |name: &'static str, label: &'static str, answers: Vec<(String, String)>| {
            let pairs = filters.pairs();
            let now = pairs.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str());
            let answers =
                answers.into_iter().map(|(code, words)| (code.clone(), words, code == now)).collect();
            Pick { name, label: w.say(label).into(), answers }
        };
        let own = |code: &str, words: String| (code.to_owned(), words);
        let todo = [("todo=orient", "orient", Todo::Orient), ("todo=referent", "referent", Todo::Referent)];
        let todo = todo.into_iter().filter(|(name, ..)| offered.has(name));
        let todo = todo.map(|(_, code, todo)| own(code, self.todo(todo))).collect();
        let rights = vec![own("in-course", self.right(true)), own("other", self.right(false))];
        let natures: Vec<_> =
            codes.natures.iter().cloned().chain([own("none", self.nature(&Choice::None))]).collect();
        let mut referents = vec![own("me", self.referent(Referent::Me))];
        referents.extend(codes.referents.iter().map(|one| (one.account.to_string(), one.name.clone())));
        referents.extend(codes.other.iter().map(|(account, name)| (account.to_string(), name.clone())));
        referents.dedup();
        let ft = vec![own("with", self.ft(true)), own("left", self.ft(false))];
        let events = Event::all().filter(|event| offered.events.contains(&event.code()));
        let events: Vec<_> = events.map(|event| own(event.code(), self.event(&event))).collect();
        let mut since: Vec<_> = Since::OFFERED.into_iter().map(|one| (one.code(), self.since(one))).collect();
        if let Since::Day(_) = filters.since {
            since.push((filters.since.code(), self.since(filters.since)));
        }
        let mut since = pick("since", "people-since-label", since);
        if !since.answers.iter().any(|(.., chosen)| *chosen)
            && let Some(usual) = since.answers.first_mut()
        {
            usual.2 = true;
        }
        let mut services: Vec<_> =
            codes.services.iter().map(|one| (one.organisation.to_string(), one.name.clone())).collect();
        services.push(own("none", self.none()));
        let may = |name: &str, pick: Pick| {
            let is_offered = match name {
                "todo" => offered.has("todo=orient") || offered.has("todo=referent"),
                "event" | "since" => !offered.events.is_empty(),
                other => offered.has(other),
            };
            is_offered.then_some(pick)
        };
        let first = [
            may("todo", pick("todo", "people-todo", todo)),
            may("event", pick("event", "people-event", events)),
            may("since", since),
        ];
        let more = [
            may("right", pick("right", "people-right", rights)),
            may("nature", pick("nature", "people-nature", natures)),
            may("referent", pick("referent", "people-referent", referents)),
            may("ft", pick("ft", "people-ft", ft)),
            may("category", pick("category", "people-category", codes.categories.clone())),
            may("service", pick("service", "people-service", services)),
        ];
        let line = |name: &'static str, label: &'static str, value: Option<String>, most: u8| {
            offered.has(name).then(|| Line {
                name,
                label: w.say(label).into(),
                value: value.unwrap_or_default(),
                most,
            })
        };
        let lines = [
            line("commune", "people-commune-code", filters.commune.clone(), 5),
            line("born", "people-born", filters.born.map(|year| year.to_string()), 4),
        ];
        let mut rest = filters.clone();
        (rest.todo, rest.event, rest.since) = (None, None, Since::default());
        Narrowing {
            first: first.into_iter().flatten().collect(),
            more: more.into_iter().flatten().collect(),
            lines: lines.into_iter().flatten().collect(),
            is_open: !rest.is_empty(),
        }
    }
}
