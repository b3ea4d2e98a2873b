//! The queries of the directory. Each takes what a plan allows, and nothing else.

use std::collections::{BTreeMap, HashSet};

use liant_convention::Limit;
use liant_guard::{Filter, Listing, Sorting};
use liant_model::{BatchNo, PersonId};

use super::counted::{Edition, Question};
use super::predicate::{FEW_OF_PROFILES, Ground, Query, Way, wrapped};
use super::write::{ROWS_A_STATEMENT, for_people};
use crate::StoreError;
use crate::snapshot::Snapshot;
use crate::value::Value;

/// How many there are, as far as it is worth counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Count {
    /// How many, at most [`Count::MOST`].
    pub number: u64,
    /// Whether there are more.
    pub and_more: bool,
}

impl Count {
    /// The most that is counted.
    pub const MOST: u64 = 10_000;

    /// Nobody.
    pub const NONE: Self = Self { number: 0, and_more: false };
}

/// What a count found.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub(super) count: Count,
    /// How many people the profiles that pass hold, where that decides which way is the shortest; else more than any.
    pub(super) held: u64,
}

impl Found {
    const NOBODY: Self = Self { count: Count::NONE, held: u64::MAX };
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Those on it, in order.
    pub people: Vec<PersonId>,
    /// How many the whole list holds.
    pub count: Count,
}

/// How far the directory is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct DirectoryState {
    /// The last batch that it knows of.
    pub made_to: i64,
    /// The last batch that was published.
    pub published: i64,
    /// Whether it is being filled: some people are not in it yet.
    pub filling: bool,
    /// Whether someone's rows are still to be made again.
    pub is_due: bool,
}

impl DirectoryState {
    /// Whether it shows everything that is published and recorded.
    pub const fn is_fresh(&self) -> bool {
        self.made_to == self.published && !self.filling && !self.is_due
    }
}

/// What a snapshot knows of its directory.
#[derive(Clone, Copy)]
pub(crate) struct MadeDirectory {
    state: DirectoryState,
    /// None while it is filled, and before it is made.
    edition: Option<Edition>,
}

/// Of as many as this, all are gathered and put in order, rather than met on a walk in the order's index: among a million people
/// the one is then as dear as the other.
const FEW: u64 = 2_000;
/// The same, when a walk must look at the rows themselves.
const FEW_OF_ROWS: u64 = 5_000;

/// A page, and whether another follows.
const A_PAGE: usize = 101;

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// How far the directory is made.
    pub fn directory_state(&mut self) -> Result<DirectoryState, StoreError> {
        Ok(self.made_directory()?.state)
    }

    fn made_directory(&mut self) -> Result<MadeDirectory, StoreError> {
        if let Some(made) = self.directory {
            return Ok(made);
        }
        let (key, published) = (self.key(), self.published()?.0);
        let made = self.parts().0.first(
            "SELECT made_to, filling, CAST(CASE WHEN EXISTS (SELECT 1 FROM directory_due WHERE territory_id = ?1)
                 THEN 1 ELSE 0 END AS BIGINT), edition FROM directory_state WHERE territory_id = ?1",
            &[key],
            |row| {
                let (made_to, filling, is_due) = (row.integer(0)?, row.integer(1)? == 1, row.integer(2)? == 1);
                let state = DirectoryState { made_to, published, filling, is_due };
                Ok(MadeDirectory { state, edition: Some(Edition(row.integer(3)?)).filter(|_| !filling) })
            },
        )?;
        let unmade =
            DirectoryState { made_to: BatchNo(0).0, published, filling: published > 0, is_due: false };
        let made = made.unwrap_or(MadeDirectory { state: unmade, edition: None });
        self.directory = Some(made);
        Ok(made)
    }

    /// Whoever some source says was born on that day, by id: for the software to recognise someone among them.
    pub fn born_on(&mut self, day: &str) -> Result<Vec<PersonId>, StoreError> {
        let values = [self.key(), Value::Text(day)];
        self.parts().0.all(
            "SELECT DISTINCT directory.person_id FROM directory_profile profile CROSS JOIN directory
             WHERE profile.territory_id = ?1 AND directory.territory_id = profile.territory_id
                 AND directory.profile = profile.profile AND directory.birth_date = ?2 ORDER BY directory.person_id",
            &values,
            |row| row.id(0),
        )
    }

    /// The edition of the directory that answers; none while it is filled, when it holds nobody. What a plan allows of one
    /// territory says nothing of another.
    fn edition(&mut self, listing: &Listing) -> Result<Option<Edition>, StoreError> {
        if listing.territory() != self.territory() {
            return Err(StoreError::Absent("territory"));
        }
        Ok(self.made_directory()?.edition)
    }

    /// Whether the directory answers; from then on, the engine is led by indexes.
    pub(super) fn answers(&mut self, listing: &Listing) -> Result<bool, StoreError> {
        let edition = self.edition(listing)?;
        self.go_by_indexes()?;
        Ok(edition.is_some())
    }

    fn go_by_indexes(&mut self) -> Result<(), StoreError> {
        let connection = self.parts().0;
        if connection.is_postgres() {
            // Tables are joined by indexes; nothing is compiled for so short a work.
            connection.batch(
                "SET LOCAL jit = off; SET LOCAL enable_seqscan = off;
                 SET LOCAL enable_bitmapscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;
                 SET LOCAL enable_material = off;
                 SET LOCAL max_parallel_workers_per_gather = 0",
            )?;
        }
        Ok(())
    }

    /// People who may be listed and pass every filter, after `after`, at most `most`, and how many there are in all.
    ///
    /// [`StoreError::Absent`] when `after` is not among those who may be listed any more: begin anew.
    pub fn list(
        &mut self,
        listing: &Listing,
        filters: &[Filter],
        sorting: &Sorting,
        after: Option<PersonId>,
        most: usize,
    ) -> Result<Listed, StoreError> {
        let Found { count, held } =
            self.found_each(listing, filters, &[&[]])?.first().copied().unwrap_or(Found::NOBODY);
        if count.number == 0 && after.is_none() {
            return Ok(Listed { people: Vec::new(), count });
        }
        self.go_by_indexes()?;
        let after = match after {
            Some(after) => Some((self.place_of(listing, sorting, after)?, after)),
            None => None,
        };
        let sought = Sought { listing, filters, sorting, after: after.as_ref(), held, most };
        let left_out = self.left_out(listing)?;
        let (sql, values) = sought.statement(self.ground(&left_out), count);
        let people = self.parts().0.all(&sql, &values, |row| row.id(0))?;
        Ok(Listed { people, count })
    }

    pub(super) fn ground<'l>(&mut self, left_out: &'l [PersonId]) -> Ground<'l> {
        let lateral = self.parts().0.is_postgres();
        Ground { territory: self.key(), lateral, left_out }
    }

    /// Whom a listing leaves out: those of whose data her own rights close something that it lets out.
    pub(super) fn left_out(&mut self, listing: &Listing) -> Result<Vec<PersonId>, StoreError> {
        let mut limits: BTreeMap<PersonId, Vec<Limit>> = BTreeMap::new();
        for held in self.limited(listing.day())?.iter() {
            limits.entry(held.person).or_default().push(held.what.clone());
        }
        limits.retain(|_, limits| listing.leaves_out(limits));
        Ok(limits.into_keys().collect())
    }

    /// Where someone stands in an order.
    fn place_of(
        &mut self,
        listing: &Listing,
        sorting: &Sorting,
        person: PersonId,
    ) -> Result<String, StoreError> {
        let left_out = self.left_out(listing)?;
        let mut query = Query::of(listing, &[], self.ground(&left_out));
        let (column, _) = query.sorted(sorting);
        let place = query.place(Value::Id(person.0));
        let way = if query.is_led() { Way::Lead } else { Way::Rows("person_id") };
        let sql = query.select(way, &format!("d.{column}"), &format!("AND d.person_id = {place}"));
        self.parts().0.first(&sql, &query.values(), |row| row.text(0))?.ok_or(StoreError::Absent("page"))
    }

    /// How many people may be listed and pass every filter.
    pub fn count(&mut self, listing: &Listing, filters: &[Filter]) -> Result<Count, StoreError> {
        Ok(self.count_each(listing, filters, &[&[]])?.first().copied().unwrap_or(Count::NONE))
    }

    /// How many people may be listed, pass every filter, and pass those of each choice: one statement for all, and none when the
    /// directory alone was asked, has answered before, and has not changed since.
    pub fn count_each(
        &mut self,
        listing: &Listing,
        filters: &[Filter],
        choices: &[&[Filter]],
    ) -> Result<Vec<Count>, StoreError> {
        let found = self.found_each(listing, filters, choices)?;
        Ok(found.iter().map(|found| found.count).collect())
    }

    fn found_each(
        &mut self,
        listing: &Listing,
        filters: &[Filter],
        choices: &[&[Filter]],
    ) -> Result<Vec<Found>, StoreError> {
        let mut each = vec![Found::NOBODY; choices.len()];
        let Some(edition) = self.edition(listing)?.filter(|_| !choices.is_empty()) else { return Ok(each) };
        let left_out = self.left_out(listing)?;
        let (sql, values, looks_beyond) = counts_sql(listing, filters, choices, self.ground(&left_out));
        let question = (!looks_beyond).then(|| Question::new(&sql, &values));
        if let Some(known) = question.as_ref().and_then(|question| self.memory.counted.get(question, edition))
        {
            return Ok(known);
        }
        self.go_by_indexes()?;
        self.parts().0.for_each(&sql, &values, |row| {
            if let Some(found) = each.get_mut(row.integer(0)? as usize) {
                let number = row.integer(1)?.unsigned_abs();
                let count = Count { number: number.min(Count::MOST), and_more: number > Count::MOST };
                *found = Found { count, held: row.integer(2)?.unsigned_abs() };
            }
            Ok(())
        })?;
        if let Some(question) = question {
            self.memory.counted.keep(question, edition, &each);
        }
        Ok(each)
    }

    /// Those of these people who may be listed.
    pub fn listed(
        &mut self,
        listing: &Listing,
        people: &[PersonId],
    ) -> Result<HashSet<PersonId>, StoreError> {
        self.answers(listing)?;
        let mut found = HashSet::new();
        let left_out = self.left_out(listing)?;
        let query = Query::of(listing, &[], self.ground(&left_out));
        if query.is_led() && people.len() > ROWS_A_STATEMENT {
            let sql = query.select(Way::Lead, "d.person_id", "");
            let hers: HashSet<PersonId> =
                self.parts().0.all(&sql, &query.values(), |row| row.id(0))?.into_iter().collect();
            return Ok(people.iter().copied().filter(|person| hers.contains(person)).collect());
        }
        let way = if query.is_led() { Way::Lead } else { Way::Rows("person_id") };
        let sql = query.select(way, "d.person_id", "AND d.person_id IN ({people})");
        for_people((people, ROWS_A_STATEMENT), &sql, &query.values(), |sql, values| {
            found.extend(self.parts().0.all(sql, values, |row| row.id::<PersonId>(0))?);
            Ok(())
        })?;
        Ok(found)
    }

    /// A list as it is found among many, among few, and among those of few profiles: for tests, which have no many.
    pub fn list_each_way(
        &mut self,
        listing: &Listing,
        filters: &[Filter],
        sorting: &Sorting,
        most: usize,
    ) -> Result<[Vec<PersonId>; 3], StoreError> {
        self.answers(listing)?;
        let left_out = self.left_out(listing)?;
        let mut found = [Vec::new(), Vec::new(), Vec::new()];
        let many = Count { and_more: true, ..Count::NONE };
        let ways = [(many, u64::MAX), (Count::NONE, u64::MAX), (Count::NONE, 0)];
        for (found, (count, held)) in found.iter_mut().zip(ways) {
            let sought = Sought { listing, filters, sorting, after: None, held, most };
            let (sql, values) = sought.statement(self.ground(&left_out), count);
            *found = self.parts().0.all(&sql, &values, |row| row.id(0))?;
        }
        Ok(found)
    }

    /// How the engine goes about a list of many, one of few, and their count, in its own words: for tests and for whoever
    /// wonders why one is slow.
    pub fn explain_list(
        &mut self,
        listing: &Listing,
        filters: &[Filter],
        sorting: &Sorting,
    ) -> Result<[Vec<String>; 3], StoreError> {
        self.answers(listing)?;
        let after = ("M".to_owned(), PersonId(liant_model::Uuid::nil()));
        let sought = Sought { listing, filters, sorting, after: Some(&after), held: u64::MAX, most: 25 };
        let left_out = self.left_out(listing)?;
        let ground = self.ground(&left_out);
        let many = sought.statement(ground, Count { number: Count::MOST, and_more: true });
        let few = sought.statement(ground, Count::NONE);
        let (sql, values, _) = counts_sql(listing, filters, &[&[]], ground);
        let count = (sql, values);
        Ok([self.explain(&many)?, self.explain(&few)?, self.explain(&count)?])
    }

    pub(super) fn explain(
        &mut self,
        (sql, values): &(String, Vec<Value<'_>>),
    ) -> Result<Vec<String>, StoreError> {
        let (connection, _) = self.parts();
        let (how, place) = if connection.is_postgres() { ("EXPLAIN", 0) } else { ("EXPLAIN QUERY PLAN", 3) };
        connection.all(&format!("{how} {sql}"), values, |row| row.text(place))
    }
}

/// A page that is looked for.
#[derive(Clone, Copy)]
struct Sought<'v> {
    listing: &'v Listing,
    filters: &'v [Filter],
    sorting: &'v Sorting,
    /// Whom it comes after, and where she stands in the order.
    after: Option<&'v (String, PersonId)>,
    /// How many people the profiles that pass hold, where that decides.
    held: u64,
    most: usize,
}

impl<'v> Sought<'v> {
    /// The statement for a list that holds `count`. Of few, all are gathered and put in order. Of many, those of a page are met soon
    /// enough on a walk in the order, whoever else is met on the way.
    fn statement(self, ground: Ground<'v>, count: Count) -> (String, Vec<Value<'v>>) {
        let mut query = Query::of(self.listing, self.filters, ground);
        let (column, rising) = query.sorted(self.sorting);
        let few = if query.is_answered_on_a_walk(column) { FEW } else { FEW_OF_ROWS };
        let is_few = count.number <= few && !count.and_more;
        let way = if query.is_led() || is_few { query.shortest_of(self.held) } else { Way::Rows(column) };
        // Those who are gathered are put in order by hand: no index of the order may lead to them.
        let by =
            if way == Way::Rows(column) { format!("d.{column}") } else { wrapped(&format!("d.{column}")) };
        let (sign, order) = if rising { (">", "") } else { ("<", " DESC") };
        let mut tail = String::new();
        if let Some((place, person)) = self.after {
            let (place, person) = (query.place(Value::Text(place)), query.place(Value::Id(person.0)));
            tail = format!("AND ({by}, d.person_id) {sign} ({place}, {person}) ");
        }
        let limit = match self.most {
            // A page is asked for again and again: one plan is then made for all, which cannot be while the engine wonders
            // how many are wanted.
            0..=A_PAGE => self.most.to_string(),
            most => query.place(Value::Integer(most as i64)),
        };
        let tail = format!("{tail}ORDER BY {by}{order}, d.person_id{order} LIMIT {limit}");
        (query.select(way, "d.person_id", &tail), query.values())
    }
}

/// One row a choice: its place, its number, and how many people its profiles hold, where that decides the way. Of people whom a
/// smaller set leads to, one pass counts every choice; else each is counted by its shortest way, and not further than it is worth. The
/// last part says whether what is not of the directory has a say in it.
fn counts_sql<'v>(
    listing: &'v Listing,
    filters: &'v [Filter],
    choices: &'v [&'v [Filter]],
    ground: Ground<'v>,
) -> (String, Vec<Value<'v>>, bool) {
    let mut query = Query::of(listing, filters, ground);
    let mut parts = Vec::with_capacity(choices.len());
    for (place, choice) in choices.iter().enumerate() {
        parts.push(query.with(choice, |query| {
            let most = Count::MOST + 1;
            let met = |way| {
                let found = query.select(way, "1 AS one", &format!("LIMIT {most}"));
                format!("(SELECT COUNT(*) FROM ({found}) AS found)")
            };
            let held = query.held_by_profiles();
            let decides = !query.is_led() && query.depends_on_profiles();
            let number = if query.is_led() {
                format!("SUM(CASE WHEN {} THEN 1 ELSE 0 END)", query.condition(Way::Lead))
            } else if query.is_of_profiles() {
                format!("({held})")
            } else if decides {
                let (few, many) = (met(query.shortest_of(0)), met(query.shortest()));
                format!("CASE WHEN ({held}) <= {FEW_OF_PROFILES} THEN {few} ELSE {many} END")
            } else {
                met(query.shortest())
            };
            let held = if decides { format!("({held})") } else { i64::MAX.to_string() };
            (place, number, held)
        }));
    }
    let sql = if query.is_led() {
        let sums = parts.iter().map(|(place, sum, _)| format!("{sum} AS n{place}")).collect::<Vec<_>>();
        let rows = parts.iter().map(|(place, _, held)| {
            format!("SELECT CAST({place} AS BIGINT) AS place, CAST(COALESCE(n{place}, 0) AS BIGINT) AS number, CAST({held} AS BIGINT) AS held FROM counted")
        });
        format!(
            "WITH counted AS MATERIALIZED (SELECT {} FROM {}) {}",
            sums.join(", "),
            query.tables(Way::Lead),
            rows.collect::<Vec<_>>().join(" UNION ALL ")
        )
    } else {
        let rows = parts.iter().map(|(place, number, held)| {
            format!("SELECT CAST({place} AS BIGINT) AS place, CAST({number} AS BIGINT) AS number, CAST({held} AS BIGINT) AS held")
        });
        rows.collect::<Vec<_>>().join(" UNION ALL ")
    };
    let looks_beyond = query.looks_beyond();
    (sql, query.values(), looks_beyond)
}
