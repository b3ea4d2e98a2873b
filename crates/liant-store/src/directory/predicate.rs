//! A plan's permissions as SQL: whose rows, which of them, and in which order.

use liant_guard::{Audience, Filter, Listing, Order, Scope, Sorting, Test};
use liant_model::{Field, Source};

use super::{CATEGORIES, SourceMask, code_of};
use crate::value::Value;

/// A query of the directory under way. The directory is `d`; `?1` is the territory.
pub(super) struct Query<'v> {
    /// Smaller sets that lead to the rows, each with a `person_id`.
    leads: Vec<String>,
    conditions: Vec<String>,
    values: Vec<Value<'v>>,
    /// Whether a test leaves few people: it is then the one to go by, and what else is asked is written so that no index of it
    /// tempts an engine that knows no figures.
    is_narrow: bool,
}

impl<'v> Query<'v> {
    /// Everyone who may be listed: one row each.
    pub(super) fn of(listing: &'v Listing, filters: &'v [Filter], territory: Value<'v>) -> Self {
        let is_narrow =
            filters.iter().any(|filter| matches!(filter.test(), Test::Commune(_) | Test::Born(..)));
        let mut query =
            Self { leads: Vec::new(), conditions: Vec::new(), values: vec![territory], is_narrow };
        query.conditions.push("d.territory_id = ?1".to_owned());
        let names = mask(listing.names(), "d.standing");
        query.conditions.push(format!("d.sources & {names} <> 0"));
        query.conditions.push(format!("d.before & {names} = 0"));
        query.within(listing.scope());
        for filter in filters {
            query.filtered(filter);
        }
        query
    }

    /// A place for a value.
    pub(super) fn place(&mut self, value: Value<'v>) -> String {
        self.values.push(value);
        format!("?{}", self.values.len())
    }

    /// Whether a smaller set leads to the rows.
    pub(super) fn is_led(&self) -> bool {
        !self.leads.is_empty()
    }

    /// Whether a test leaves few people.
    pub(super) const fn is_narrow(&self) -> bool {
        self.is_narrow
    }

    /// A text column; of few people, as something that no index has.
    fn column(&self, name: &str) -> String {
        if self.is_narrow { format!("d.{name} || ''") } else { format!("d.{name}") }
    }

    pub(super) fn add(&mut self, condition: String) {
        self.conditions.push(condition);
    }

    fn within(&mut self, scope: Scope) {
        let follows = |column: &str, place: &str| {
            format!(
                "(SELECT DISTINCT link.person_id FROM follow CROSS JOIN link
                 WHERE link.territory_id = follow.territory_id AND link.identity_id = follow.identity_id
                     AND link.ended_at IS NULL AND follow.territory_id = ?1 AND follow.{column} = {place} AND follow.ended_at IS NULL)"
            )
        };
        match scope {
            Scope::Territory => {}
            Scope::Service(service) => {
                let place = self.place(Value::Id(service.0));
                let of_few = format!("NOT (d.service <> {place})");
                self.add(if self.is_narrow { of_few } else { format!("d.service = {place}") });
            }
            Scope::Caseload(account) => {
                let place = self.place(Value::Id(account.0));
                self.leads.push(follows("account_id", &place));
            }
            Scope::Followed(organisation) => {
                let place = self.place(Value::Id(organisation.0));
                self.leads.push(follows("organisation_id", &place));
            }
        }
    }

    /// Those who pass a filter.
    fn filtered(&mut self, filter: &'v Filter) {
        for (source, audience) in filter.audiences() {
            self.add(about(source.as_ref(), audience));
        }
        let condition = match filter.test() {
            Test::Commune(commune) => format!("d.commune = {}", self.place(Value::Text(commune))),
            Test::Service(Some(service)) => format!("d.service = {}", self.place(Value::Id(service.0))),
            Test::Service(None) => "d.service IS NULL".to_owned(),
            Test::Born(first, last) => {
                let (first, last) = (self.place(Value::Day(*first)), self.place(Value::Day(*last)));
                format!("d.birth_date >= {first} AND d.birth_date <= {last}")
            }
            Test::WithFranceTravail(held) => format!("d.ft_stock = {}", if *held { 2 } else { 1 }),
            Test::Category(category) => {
                let column = self.column("category");
                format!("{column} = {} AND {column} <> ''", self.place(Value::Text(category)))
            }
            Test::InCourse(true) => "d.standing = 2".to_owned(),
            Test::InCourse(false) => "d.standing < 2".to_owned(),
            Test::Nature(Some(nature)) => {
                let column = self.column("nature");
                format!("{column} = {}", self.place(Value::Text(nature)))
            }
            Test::Nature(None) => format!("{} = ''", self.column("nature")),
            Test::ToOrient => format!("d.standing = 2 AND {} = ''", self.column("nature")),
            Test::WithoutReferent if self.is_narrow => "d.standing >= 2 AND d.referent IS NULL".to_owned(),
            Test::WithoutReferent => "d.standing = 2 AND d.referent IS NULL".to_owned(),
            Test::Referent(account) => {
                format!("d.referent IS NOT NULL AND d.referent = {}", self.place(Value::Id(account.0)))
            }
            Test::Happened(kind, source, since) => {
                let kind = self.place(Value::Text(kind.as_str()));
                let source = self.place(Value::Text(source.as_str()));
                let since = self.place(Value::Day(*since));
                self.leads.push(format!(
                    "(SELECT DISTINCT link.person_id FROM event CROSS JOIN link
                     WHERE link.territory_id = event.territory_id AND link.identity_id = event.identity_id
                         AND link.ended_at IS NULL AND event.territory_id = ?1 AND event.kind = {kind} AND event.source = {source}
                         AND event.seen_on >= {since})"
                ));
                return;
            }
        };
        self.add(condition);
    }

    /// Those whom an order may be used of; gives the column it goes by.
    pub(super) fn sorted(&mut self, sorting: &Sorting) -> (String, bool) {
        if let Some((source, audience)) = sorting.audience() {
            self.add(about(Some(source), audience));
        }
        match sorting.order() {
            Order::Name => ("d.sort_key".to_owned(), true),
            Order::Waiting => (self.column("waiting_since"), true),
            Order::Registered => {
                let column = self.column("registered_on");
                self.add(format!("{column} <> ''"));
                (column, false)
            }
        }
    }

    /// The statement: these columns of the rows, and what comes after the conditions.
    pub(super) fn finish(self, columns: &str, tail: &str) -> (String, Vec<Value<'v>>) {
        let mut sql = format!("SELECT {columns} FROM ");
        let mut conditions = self.conditions;
        for (number, lead) in self.leads.iter().enumerate() {
            // SQLite takes a cross join in the order it is written: the smaller set leads.
            sql.extend([lead, " AS lead", &number.to_string(), " CROSS JOIN "]);
            conditions.push(format!("d.person_id = lead{number}.person_id"));
        }
        sql.extend(["directory AS d WHERE ", &conditions.join(" AND "), " ", tail]);
        (sql, self.values)
    }

    /// The same, led by the index of words.
    pub(super) fn finish_by_words(self, columns: &str, tail: &str) -> (String, Vec<Value<'v>>) {
        let mut conditions = self.conditions;
        let mut sql = format!("SELECT {columns} FROM directory_word AS w CROSS JOIN ");
        for (number, lead) in self.leads.iter().enumerate() {
            sql.extend([lead, " AS lead", &number.to_string(), " CROSS JOIN "]);
            conditions.push(format!("w.person_id = lead{number}.person_id"));
        }
        conditions.push("d.person_id = w.person_id AND w.territory_id = ?1".to_owned());
        sql.extend(["directory AS d WHERE ", &conditions.join(" AND "), " ", tail]);
        (sql, self.values)
    }
}

/// The mask of the sources that may be used of someone of the standing in `column`.
pub(super) fn mask(audience: &Audience, column: &str) -> String {
    let [anybody, recipient, in_course] = CATEGORIES.map(|people| SourceMask::of_all(audience.of(people)).0);
    if anybody == recipient && recipient == in_course {
        return anybody.to_string();
    }
    format!("(CASE {column} WHEN 0 THEN {anybody} WHEN 1 THEN {recipient} ELSE {in_course} END)")
}

/// That someone is among those of an audience.
fn about(source: Option<&Source>, audience: &Audience) -> String {
    match source {
        Some(source) => match audience.least(source) {
            Some(least) => format!("d.standing >= {}", code_of(least)),
            None => "1 = 0".to_owned(),
        },
        None => format!("d.sources & {} <> 0", mask(audience, "d.standing")),
    }
}

/// That a row of the index of words may find someone: its sources may name her and, for a number, show it.
pub(super) fn may_find(listing: &Listing) -> String {
    let names = mask(listing.names(), "d.standing");
    let mut ways = vec![format!("(w.field = 0 AND w.sources & {names} <> 0)")];
    let numbers =
        liant_guard::NUMBERS.into_iter().filter_map(|field: Field| Some((field, listing.numbers(field)?)));
    for (field, audience) in numbers {
        let sources = mask(audience, "d.standing");
        ways.push(format!("(w.field = {} AND w.sources & {sources} <> 0)", field.number()));
    }
    format!("({})", ways.join(" OR "))
}
