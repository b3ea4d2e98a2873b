//! A story: one person, told order by order, with the programmes that ship.

use jiff::civil::Date;
use liant_casework::*;
use liant_convention::Length;
use liant_model::{AccountId, Instant, Role, Territory, Uuid};

pub(crate) const GLOBAL: &str = "accompagnement-global";
pub(crate) const SOCIAL: &str = "social-exclusif";
pub(crate) const RSA: &str = "rsa-accompagnement";
pub(crate) const YOUTH: &str = "contrat-engagement-jeune";
pub(crate) const BRIDGE: &str = "bridge-to-work";

pub(crate) fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

pub(crate) fn role(text: &str) -> Role {
    Role::parse(text).unwrap()
}

pub(crate) fn length(text: &str) -> Length {
    text.parse().unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn someone(number: u128) -> AccountId {
    AccountId(Uuid::from_u128(number))
}

/// Noon of a day, universal time: the same day in every zone of these files.
pub(crate) fn noon(day: Date) -> Instant {
    let noon = day.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap();
    Instant::from_micros(noon.timestamp().as_microsecond())
}

pub(crate) fn place() -> (Holidays, Territory) {
    (Holidays::shipped().unwrap(), Territory::parse("62").unwrap())
}

pub(crate) fn shipped() -> Programmes {
    let (holidays, territory) = place();
    Programmes::shipped(&holidays, territory).unwrap()
}

/// The shipped files, with one of them changed.
pub(crate) fn changed(file: &str, from: &str, to: &str) -> Programmes {
    let (holidays, territory) = place();
    let files: Vec<(String, String)> = SHIPPED_PROGRAMMES
        .iter()
        .map(|(name, text)| {
            if *name != format!("{file}.toml") {
                return ((*name).to_owned(), (*text).to_owned());
            }
            assert!(text.contains(from), "{file} has no {from}");
            ((*name).to_owned(), text.replacen(from, to, 1))
        })
        .collect();
    let files = files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    Programmes::read(files, &holidays, territory).unwrap()
}

#[derive(Clone)]
pub(crate) struct Story {
    pub(crate) programmes: Programmes,
    pub(crate) path: Path,
    pub(crate) history: Vec<Event>,
    pub(crate) programme: Code,
    /// When the next order is recorded; its own day unless said.
    pub(crate) now: Option<Instant>,
}

impl Story {
    pub(crate) fn of(programme: &str) -> Self {
        Self::with(shipped(), programme)
    }

    pub(crate) fn with(programmes: Programmes, programme: &str) -> Self {
        let path = Path::default();
        Self { programmes, path, history: Vec::new(), programme: code(programme), now: None }
    }

    /// Gives an order; what it makes happen becomes history.
    pub(crate) fn try_order(&mut self, by: &str, on: &str, order: Order) -> Result<Vec<Event>, Refusal> {
        let command = Command {
            programme: self.programme.clone(),
            by: role(by),
            on: day(on),
            expected: self.path.version,
            order,
        };
        let now = self.now.unwrap_or_else(|| noon(day(on)));
        let events = decide(&self.programmes, &self.path, &command, now)?;
        for event in &events {
            self.path = fold(std::mem::take(&mut self.path), event);
        }
        self.history.extend(events.clone());
        Ok(events)
    }

    pub(crate) fn order(&mut self, by: &str, on: &str, order: Order) -> Vec<Event> {
        let told = format!("{by}, {on}: {order:?}");
        self.try_order(by, on, order).unwrap_or_else(|refusal| panic!("{told}: {refusal:?}"))
    }

    /// The reason for which an order is refused, and what it is about. Nothing happens.
    pub(crate) fn refused(&mut self, by: &str, on: &str, order: Order) -> (Reason, Refusal) {
        let before = self.path.clone();
        let told = format!("{by}, {on}: {order:?}");
        let refusal = self.try_order(by, on, order).expect_err(&told);
        assert_eq!(self.path, before);
        (refusal.reason, refusal)
    }

    pub(crate) fn act(&mut self, by: &str, on: &str, act: &str) {
        self.order(by, on, done(act));
    }

    pub(crate) fn stay(&self) -> &Stay {
        self.path.stay(&self.programme).unwrap()
    }

    pub(crate) fn term(&self) -> String {
        self.stay().term.unwrap().day.to_string()
    }
}

pub(crate) fn facts(met: &[&str]) -> Facts {
    met.iter().map(|text| code(text)).collect()
}

pub(crate) fn done(act: &str) -> Order {
    Order::Record { act: code(act), outcome: Outcome::Kept, means: Some(Means::InPerson), appointment: None }
}

pub(crate) fn missed(act: &str) -> Order {
    Order::Record { act: code(act), outcome: Outcome::Missed, means: None, appointment: None }
}

pub(crate) fn propose(to: &str, met: &[&str]) -> Order {
    Order::Propose(proposing(to, met))
}

pub(crate) fn proposing(to: &str, met: &[&str]) -> Proposing {
    Proposing { to: role(to), facts: facts(met), zone: None, confirmed_by: Vec::new(), form: None }
}

pub(crate) fn enter(length_of: Option<&str>, met: &[&str], referents: &[(&str, u128)]) -> Order {
    Order::Enter(Entering {
        length: length_of.map(length),
        facts: facts(met),
        referents: referents.iter().map(|(name, who)| (role(name), someone(*who))).collect(),
        agreed_by: Vec::new(),
    })
}

pub(crate) fn extend(by: &str) -> Order {
    Order::Extend { length: length(by) }
}

pub(crate) fn end(exit: &str) -> Order {
    Order::End { exit: code(exit), next: None }
}

pub(crate) fn consent() -> Order {
    Order::GiveConsent { consent: code("transmission") }
}

/// Of the public of global accompaniment, without the RSA.
pub(crate) const SEEKER: &[&str] = &["job-seeker", "volunteer", "social-barrier"];

/// Someone proposed for global accompaniment on a day, by tacit agreement.
pub(crate) fn proposed(on: &str) -> Story {
    let mut story = Story::of(GLOBAL);
    story.order("adviser", on, consent());
    story.order("adviser", on, propose("local_service_head", SEEKER));
    story
}

/// What the entry into global accompaniment needs.
pub(crate) fn ready(story: &mut Story, on: &str) {
    story.act("adviser", on, "integration-interview");
    story.order("local_service_head", on, Order::Name { role: role("social_referent"), who: someone(2) });
}

/// Someone in global accompaniment since a day.
pub(crate) fn entered(on: &str, length_of: &str) -> Story {
    let mut story = proposed(on);
    ready(&mut story, on);
    story.order("adviser", on, enter(Some(length_of), SEEKER, &[("adviser", 1)]));
    story
}

/// What an extension of global accompaniment needs.
pub(crate) fn reviewed(story: &mut Story, on: &str) {
    for act in ["review", "interview", "goals"] {
        story.act("adviser", on, act);
    }
    story.act("social_referent", on, "pair-agreement");
}
