//! The entries of the log, the latest first.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use liant_app::trail::{self, EntryFilter, LogEntry};
use liant_model::{Date, Instant, PersonId, Span};

use super::{ACTS, PATH, act_name, purpose_name};
use crate::components::{Chip, Column, Columns, Empty, Link};
use crate::failure::Failure;
use crate::pages::person::words::address;
use crate::words::Words;
use crate::{Errand, Page, Site};

/// What the address asks for.
#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(in crate::pages) struct Asking {
    person: String,
    actor: String,
    purpose: String,
    act: String,
    from: String,
    to: String,
    before: String,
}

impl Asking {
    fn pairs(&self) -> [(&'static str, &String); 6] {
        [
            ("person", &self.person),
            ("actor", &self.actor),
            ("purpose", &self.purpose),
            ("act", &self.act),
            ("from", &self.from),
            ("to", &self.to),
        ]
    }

    fn without(&self, name: &str) -> String {
        let kept = |(of, value): (&'static str, &String)| {
            (of, if of == name { String::new() } else { value.clone() })
        };
        address(PATH, &self.pairs().map(kept))
    }

    fn filter(&self) -> EntryFilter {
        let some = |value: &String| Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        EntryFilter {
            person: self.person.trim().parse().ok(),
            actor: some(&self.actor),
            purpose: some(&self.purpose),
            act: some(&self.act),
            since: day(&self.from).and_then(start_of),
            until: day(&self.to).and_then(|day| start_of(day.saturating_add(Span::new().days(1)))),
            before: self.before.parse().ok(),
        }
    }
}

fn day(text: &str) -> Option<Date> {
    text.trim().parse().ok()
}

/// The beginning of a day in France.
pub(in crate::pages) fn start_of(day: Date) -> Option<Instant> {
    let zone = jiff::tz::TimeZone::get("Europe/Paris").unwrap_or(jiff::tz::TimeZone::UTC);
    day.to_zoned(zone).ok().map(|start| Instant::from_micros(start.timestamp().as_microsecond()))
}

#[derive(Template)]
#[template(path = "audit/log.html")]
struct LogPage<'a> {
    page: &'a Page,
    w: Words,
    asking: Asking,
    purposes: Vec<(String, String, bool)>,
    acts: Vec<(&'static str, String, bool)>,
    chips: Vec<Chip>,
    wrong_person: bool,
    who_read: Option<String>,
    columns: Columns,
    rows: Vec<Row>,
    next: Option<String>,
    newest: Option<String>,
    empty: Empty,
}

struct Row {
    address: String,
    index: String,
    machine: String,
    at: String,
    actor: String,
    seat: String,
    act: String,
    subject: String,
    purpose: String,
    people: String,
}

/// The list.
pub(in crate::pages) async fn list(
    State(site): State<Site>,
    page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let w = page.w;
    let (filter, lang) = (asking.filter(), w.lang());
    let person = filter.person;
    // An id that is none finds nothing, rather than everything.
    let wrong_person = person.is_none() && !asking.person.trim().is_empty();
    let wanted = filter.clone();
    let found =
        site.act(errand, move |context, workplace| trail::entries(context, workplace, &wanted, lang)).await?;
    let entries: &[LogEntry] = if wrong_person { &[] } else { &found.entries };
    let heads = ["audit-col-at", "audit-col-actor", "audit-col-act", "audit-col-purpose", "audit-col-people"];
    let chips = chips(w, &asking, person, &found.purposes);
    let empty = if chips.is_empty() {
        Empty::new(w.say("audit-empty-title"), w.say("audit-empty-text"))
    } else {
        Empty::new(w.say("audit-none-title"), w.say("audit-none-text"))
            .with_act(Link::new(PATH, w.say("filters-remove-all")))
    };
    let base = asking.without("");
    let joint = if base.contains('?') { '&' } else { '?' };
    page.show(&LogPage {
        page: &page,
        w,
        purposes: found
            .purposes
            .iter()
            .map(|(code, text)| (code.clone(), text.clone(), *code == asking.purpose))
            .collect(),
        acts: ACTS.map(|(code, key)| (code, w.say(key).into(), code == asking.act)).into(),
        chips,
        wrong_person,
        who_read: person.map(|person| format!("{PATH}/people/{person}")),
        columns: Columns::new(w, w.say("audit-caption"), heads.map(|key| Column::new(w.say(key))).into()),
        rows: entries.iter().map(|entry| row(w, entry, &found.purposes)).collect(),
        next: found.next.filter(|_| !wrong_person).map(|next| format!("{base}{joint}before={next}")),
        newest: filter.before.map(|_| base),
        empty,
        asking,
    })
}

fn chips(w: Words, asking: &Asking, person: Option<PersonId>, purposes: &[(String, String)]) -> Vec<Chip> {
    let day = |text: &String| day(text).map_or_else(|| text.clone(), |day| w.date(day));
    let values = [
        ("person", "audit-person", person.map_or_else(|| asking.person.clone(), |person| person.to_string())),
        ("actor", "audit-actor", asking.actor.clone()),
        ("purpose", "audit-purpose", purpose_name(w, purposes, &asking.purpose)),
        ("act", "audit-act", act_name(w, &asking.act)),
        ("from", "audit-from", day(&asking.from)),
        ("to", "audit-to", day(&asking.to)),
    ];
    values
        .into_iter()
        .filter(|(.., value)| !value.is_empty())
        .map(|(name, label, value)| Chip { label: w.say(label).into(), value, without: asking.without(name) })
        .collect()
}

/// Acts whose subject is the name of a file. The others are told by their entry, in the words of the log.
const NAMES_A_FILE: [&str; 4] = ["import", "export", "send", "orientation"];

fn row(w: Words, entry: &LogEntry, purposes: &[(String, String)]) -> Row {
    let content = entry.content.as_ref();
    let erased = || String::from(w.say("audit-erased"));
    Row {
        address: format!("{PATH}/entries/{}", entry.act),
        index: w.number(entry.index),
        machine: w.machine_moment(entry.at),
        at: w.moment(entry.at),
        actor: content.map_or_else(erased, |said| said.name.clone().unwrap_or_else(|| said.actor.clone())),
        seat: content.map(|said| said.seat.clone()).unwrap_or_default(),
        act: content.map_or_else(erased, |said| act_name(w, said.act)),
        subject: content
            .filter(|said| NAMES_A_FILE.contains(&said.act))
            .map(|said| said.subject.clone())
            .unwrap_or_default(),
        purpose: content.map(|said| purpose_name(w, purposes, &said.purpose)).unwrap_or_default(),
        people: content.map(|said| w.number(said.people)).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_of_whole_days_in_france() {
        let asking = Asking { from: "2026-11-16".into(), to: "2026-11-16".into(), ..Asking::default() };
        let filter = asking.filter();
        let midnight = Instant::from_micros(1_794_783_600_000_000); // 2026-11-15 23:00 UTC
        assert_eq!(filter.since, Some(midnight));
        assert_eq!(filter.until.map(Instant::micros), Some(midnight.micros() + 86_400_000_000));
    }

    #[test]
    fn taking_a_filter_away_keeps_the_others_and_goes_back_to_the_newest() {
        let asking =
            Asking { actor: "c d".into(), act: "read".into(), before: "40".into(), ..Asking::default() };
        assert_eq!(asking.without("act"), "/audit?actor=c%20d");
    }
}
