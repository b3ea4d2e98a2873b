//! A plan's permissions as SQL: whose rows, which of them, in which order, and which way the engine goes to them.
//!
//! Neither engine is left to guess. The tables are joined in the order they are written (SQLite takes a cross join so; PostgreSQL
//! goes from a row to the next by a lateral subquery, [`Ground`]), and of the columns of the directory only those that lead are written bare: the others are wrapped
//! ([`wrapped`]), and no index of theirs tempts an engine that knows no figures.

use liant_guard::{Audience, Filter, Listing, Order, Scope, Sorting, Test};
use liant_model::{Date, Field, PersonId, Source};

use super::{CATEGORIES, HAPPENINGS, SourceMask, code_of};
use crate::reach::{Hanging, PROTECTED, body};
use crate::value::Value;

/// How the engine goes to the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// By those whom the scope names, few.
    Lead,
    /// By the rows, in the order of an index of this column.
    Rows(&'static str),
    /// By the profiles that pass, and of each the rows with the value asked of this column, if any.
    Profiles(Option<&'static str>),
}

/// People of so few profiles are met by their profiles: dearer than a walk among those something happened to, but never a walk among
/// everyone.
pub(super) const FEW_OF_PROFILES: u64 = 50_000;

/// Where a query is asked: of which territory, and of which engine.
#[derive(Clone, Copy)]
pub(super) struct Ground<'v> {
    pub(super) territory: Value<'v>,
    /// Whether the engine must be led from a row to that of another table, or it may begin with the other (PostgreSQL).
    pub(super) lateral: bool,
    /// Whom the listing leaves out, since her own rights close something of it. They are few.
    pub(super) left_out: &'v [PersonId],
}

/// A query of the directory under way. The directory is `d`, profiles are `p`; `?1` is the territory.
pub(super) struct Query<'v> {
    /// The smaller set that leads to the rows, with a `person_id`.
    lead: Option<String>,
    /// What is asked of the profile.
    profile: Vec<String>,
    /// What is asked of columns of the row.
    rows: Vec<(&'static str, String)>,
    values: Vec<Value<'v>>,
    lateral: bool,
    /// Whether tables that are not the directory's have a say: who is designated, followed, protected.
    looks_beyond: bool,
}

impl<'v> Query<'v> {
    /// Everyone who may be listed: one row each.
    pub(super) fn of(listing: &'v Listing, filters: &'v [Filter], ground: Ground<'v>) -> Self {
        let Ground { territory, lateral, left_out } = ground;
        let mut query = Self {
            lead: None,
            profile: Vec::new(),
            rows: Vec::new(),
            values: vec![territory],
            lateral,
            looks_beyond: false,
        };
        let names = mask(listing.names(), "p.standing");
        query.profile.push(format!("p.sources & {names} <> 0"));
        // Not `= 0`: PostgreSQL would take it that nobody passes.
        query.profile.push(format!("p.before & {names} < 1"));
        if !left_out.is_empty() {
            let places: Vec<String> = left_out.iter().map(|one| query.place(Value::Id(one.0))).collect();
            query.rows.push(("person_id", format!("NOT IN ({})", places.join(", "))));
        }
        query.within(listing.scope(), listing.day());
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
    pub(super) const fn is_led(&self) -> bool {
        self.lead.is_some()
    }

    /// Whether nothing but profiles decides: their numbers are then the answer.
    pub(super) const fn is_of_profiles(&self) -> bool {
        self.lead.is_none() && self.rows.is_empty()
    }

    /// Whether it reads, or has read for one of its choices, what is not of the directory.
    pub(super) const fn looks_beyond(&self) -> bool {
        self.looks_beyond
    }

    fn within(&mut self, scope: Scope, day: Date) {
        let hanging = Hanging::of(scope, day, self.values.len() + 1);
        if let Some(hanging) = &hanging {
            self.values.extend(&hanging.values);
            self.looks_beyond = true;
        }
        match (scope, hanging) {
            (Scope::Service(service), _) => {
                let place = self.place(Value::Id(service.0));
                self.rows.push(("service", format!("= {place}")));
            }
            (Scope::Body(organisation), Some(hanging)) => {
                let services = body(&self.place(Value::Id(organisation.0)));
                self.lead = Some(format!(
                    "(SELECT inside.person_id FROM directory AS inside
                      WHERE inside.territory_id = ?1 AND inside.service IN {services}
                      UNION SELECT followed.person_id FROM {} AS followed)",
                    hanging.people()
                ));
            }
            (_, Some(hanging)) => self.lead = Some(hanging.people()),
            (_, None) => {}
        }
    }

    /// Those who pass a filter.
    fn filtered(&mut self, filter: &'v Filter) {
        for (source, audience) in filter.audiences() {
            self.profile.push(about(source.as_ref(), audience));
        }
        if filter.spares_protected() {
            self.rows.push(("person_id", format!("NOT IN {PROTECTED}")));
            self.looks_beyond = true;
        }
        match filter.test() {
            Test::Commune(commune) => self.equal("commune", Value::Text(commune)),
            Test::Service(Some(service)) => self.equal("service", Value::Id(service.0)),
            Test::Service(None) => self.rows.push(("service", "IS NULL".to_owned())),
            Test::Referent(account) => self.equal("referent", Value::Id(account.0)),
            Test::Born(first, last) => {
                let (first, last) = (self.place(Value::Day(*first)), self.place(Value::Day(*last)));
                self.rows.push(("birth_date", format!(">= {first}")));
                self.rows.push(("birth_date", format!("<= {last}")));
            }
            Test::Happened(kind, source, since) => {
                let known = HAPPENINGS.iter().find(|(of, what, _)| of == source && what == kind);
                match known {
                    Some((_, _, column)) => {
                        let since = self.place(Value::Day(*since));
                        self.rows.push((column, format!(">= {since}")));
                    }
                    None => self.profile.push("1 = 0".to_owned()),
                }
            }
            Test::WithFranceTravail(held) => {
                self.profile.push(format!("p.ft_stock = {}", if *held { 2 } else { 1 }));
            }
            Test::Category(category) => {
                let place = self.place(Value::Text(category));
                self.profile.push(format!("p.category = {place} AND p.category <> ''"));
            }
            Test::InCourse(true) => self.profile.push("p.standing = 2".to_owned()),
            Test::InCourse(false) => self.profile.push("p.standing < 2".to_owned()),
            Test::Nature(nature) => {
                let place = self.place(Value::Text(nature.as_deref().unwrap_or_default()));
                self.profile.push(format!("p.nature = {place}"));
            }
            Test::ToOrient => self.profile.push("p.standing = 2 AND p.nature = ''".to_owned()),
            Test::ToOrientSince(day) => {
                let day = self.place(Value::Day(*day));
                self.profile.push("p.standing = 2 AND p.nature = ''".to_owned());
                self.rows.push(("waiting_since", "> ''".to_owned()));
                self.rows.push(("waiting_since", format!("<= {day}")));
            }
            Test::WithoutReferent => self.profile.push("p.standing = 2 AND p.alone = 1".to_owned()),
        }
    }

    fn equal(&mut self, column: &'static str, value: Value<'v>) {
        let place = self.place(value);
        self.rows.push((column, format!("= {place}")));
    }

    /// Asks these filters too, does `work`, and forgets them. Their values stay.
    pub(super) fn with<T>(&mut self, filters: &'v [Filter], work: impl FnOnce(&mut Self) -> T) -> T {
        let (profile, rows) = (self.profile.len(), self.rows.len());
        for filter in filters {
            self.filtered(filter);
        }
        let done = work(self);
        self.profile.truncate(profile);
        self.rows.truncate(rows);
        done
    }

    /// Those whom an order may be used of; gives the column it goes by, and whether it rises.
    pub(super) fn sorted(&mut self, sorting: &Sorting) -> (&'static str, bool) {
        if let Some((source, audience)) = sorting.audience() {
            self.profile.push(about(Some(source), audience));
        }
        match sorting.order() {
            Order::Name => ("sort_key", true),
            Order::Waiting => ("waiting_since", true),
            Order::Registered => {
                self.rows.push(("registered_on", "<> ''".to_owned()));
                ("registered_on", false)
            }
        }
    }

    /// The way to all who pass: by what leaves the fewest.
    pub(super) fn shortest(&self) -> Way {
        if self.lead.is_some() {
            return Way::Lead;
        }
        let asks = |column: &str| self.rows.iter().any(|(asked, _)| *asked == column);
        if asks("referent") {
            return Way::Rows("referent");
        }
        if asks("commune") {
            return Way::Profiles(Some("commune"));
        }
        match self.happened() {
            Some(column) => Way::Rows(column),
            None => Way::Profiles(asks("service").then_some("service")),
        }
    }

    /// The same, when the profiles that pass hold this many people in all: what happened since a day may have happened to
    /// everyone, on the morning after a first file, and the profiles then leave fewer.
    pub(super) fn shortest_of(&self, held: u64) -> Way {
        if held <= FEW_OF_PROFILES && self.depends_on_profiles() {
            return Way::Profiles(None);
        }
        self.shortest()
    }

    /// Whether what the profiles hold decides which way is the shortest.
    pub(super) fn depends_on_profiles(&self) -> bool {
        matches!(self.shortest(), Way::Rows(column) if self.happened() == Some(column))
    }

    /// The column of what happened to them, or of since when they wait, when it is asked.
    fn happened(&self) -> Option<&'static str> {
        let asked = |column: &str| self.rows.iter().any(|(asked, _)| *asked == column);
        let mut days = HAPPENINGS.iter().map(|(_, _, column)| *column).chain(["waiting_since"]);
        days.find(|column| asked(column))
    }

    /// How many people the profiles that pass hold, whatever is asked of their rows.
    pub(super) fn held_by_profiles(&self) -> String {
        let condition = self.profile.join(" AND ");
        format!(
            "SELECT COALESCE(SUM(p.number), 0) FROM directory_profile AS p WHERE p.territory_id = ?1 AND {condition}"
        )
    }

    /// Whether the index of an order answers everything that is asked: it has the columns of profiles and places,
    /// the birth date and the person too.
    pub(super) fn is_answered_on_a_walk(&self, order: &str) -> bool {
        let held = ["service", "commune", "birth_date", "person_id"];
        self.rows.iter().all(|(asked, _)| *asked == order || held.contains(asked))
    }

    /// What is asked, as one condition on `d` and `p`.
    pub(super) fn condition(&self, way: Way) -> String {
        let leads = |column: &str| match way {
            Way::Lead => false,
            Way::Rows(leading) => column == leading,
            Way::Profiles(leading) => Some(column) == leading || column == "birth_date",
        };
        let rows = self.rows.iter().map(|(column, test)| {
            let bare = format!("d.{column}");
            if leads(column) { format!("{bare} {test}") } else { format!("{} {test}", wrapped(&bare)) }
        });
        self.profile.iter().cloned().chain(rows).collect::<Vec<_>>().join(" AND ")
    }

    /// The tables, joined in the order of a way, and the conditions that join them.
    pub(super) fn tables(&self, way: Way) -> String {
        let (row, row_of_lead) = self.reached("directory", "d", "person_id", "lead.person_id");
        let (profile, profile_of_row) = self.reached("directory_profile", "p", "profile", "d.profile");
        let (tables, joined) = match (way, &self.lead) {
            (Way::Profiles(_), _) => (
                "directory_profile AS p CROSS JOIN directory AS d".to_owned(),
                format!(
                    "d.territory_id = ?1 AND p.territory_id = ?1 AND d.profile = {}",
                    wrapped("p.profile")
                ),
            ),
            (Way::Lead, Some(lead)) => (
                format!("{lead} AS lead CROSS JOIN {row} CROSS JOIN {profile}"),
                format!("{row_of_lead} AND {profile_of_row}"),
            ),
            _ => (
                format!("directory AS d CROSS JOIN {profile}"),
                format!("d.territory_id = ?1 AND {profile_of_row}"),
            ),
        };
        format!("{tables} WHERE {joined}")
    }

    /// A table that is reached from the one before it, row by row, and the condition that joins the two.
    fn reached(&self, table: &str, name: &str, column: &str, from: &str) -> (String, String) {
        if self.lateral {
            let of_it = format!(
                "LATERAL (SELECT * FROM {table} AS reached
                     WHERE reached.territory_id = ?1 AND reached.{column} = {from} OFFSET 0) AS {name}"
            );
            (of_it, "TRUE".to_owned())
        } else {
            let joined = format!("{name}.territory_id = ?1 AND {name}.{column} = {}", wrapped(from));
            (format!("{table} AS {name}"), joined)
        }
    }

    /// The statement: these columns of those who pass, and what comes after the conditions.
    pub(super) fn select(&self, way: Way, columns: &str, tail: &str) -> String {
        format!("SELECT {columns} FROM {} AND {} {tail}", self.tables(way), self.condition(way))
    }

    /// The same, led by the index of words.
    pub(super) fn select_by_words(&self, columns: &str, words: &str, tail: &str) -> String {
        // A set that is looked into: neither a way to the words nor a table to go through for each of them.
        let led = match &self.lead {
            Some(lead) => {
                format!(" AND (w.person_id IN (SELECT lead.person_id FROM {lead} AS lead)) IS TRUE")
            }
            None => String::new(),
        };
        let (row, row_of_word) = self.reached("directory", "d", "person_id", "w.person_id");
        let (profile, profile_of_row) = self.reached("directory_profile", "p", "profile", "d.profile");
        format!(
            "SELECT {columns} FROM directory_word AS w CROSS JOIN {row} CROSS JOIN {profile}
             WHERE w.territory_id = ?1{led} AND {row_of_word} AND {profile_of_row} AND {words} AND {} {tail}",
            self.condition(Way::Lead),
        )
    }

    /// The values, in their places.
    pub(super) fn values(self) -> Vec<Value<'v>> {
        self.values
    }
}

/// A column as something that no index has. A `CASE`, since PostgreSQL takes `COALESCE` for something that may leak what row-level
/// security hides, and would then not look a profile up by it either.
pub(super) fn wrapped(column: &str) -> String {
    format!("(CASE WHEN {column} IS NULL THEN NULL ELSE {column} END)")
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
            Some(least) => format!("p.standing >= {}", code_of(least)),
            None => "1 = 0".to_owned(),
        },
        None => format!("p.sources & {} <> 0", mask(audience, "p.standing")),
    }
}

/// That a row of the index of words may find someone: its sources may name her and, for a number, show it.
pub(super) fn may_find(listing: &Listing) -> String {
    let names = mask(listing.names(), "p.standing");
    let mut ways = vec![format!("(w.field = 0 AND w.sources & {names} <> 0)")];
    let numbers =
        liant_guard::NUMBERS.into_iter().filter_map(|field: Field| Some((field, listing.numbers(field)?)));
    for (field, audience) in numbers {
        let sources = mask(audience, "p.standing");
        ways.push(format!("(w.field = {} AND w.sources & {sources} <> 0)", field.number()));
    }
    format!("({})", ways.join(" OR "))
}
