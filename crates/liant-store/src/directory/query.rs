//! The queries of the directory. Each takes what a plan allows, and nothing else.

use std::collections::HashSet;

use liant_guard::{Filter, Listing, Sorting, Test};
use liant_identity::{CUT, SearchWords};
use liant_model::{BatchNo, PersonId};

use super::predicate::{Query, may_find};
use crate::StoreError;
use crate::connection::Connection;
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

/// Letters of the shortest first word that is looked for among people who must also have others.
const SHORTEST_OF_SEVERAL: usize = 2;

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// How far the directory is made.
    pub fn directory_state(&mut self) -> Result<DirectoryState, StoreError> {
        let (key, published) = (self.key(), self.published().0);
        let (connection, _) = self.parts();
        let state = connection.first(
            "SELECT made_to, filling FROM directory_state WHERE territory_id = ?1",
            &[key],
            |row| Ok((row.integer(0)?, row.integer(1)? == 1)),
        )?;
        let due = connection.first(
            "SELECT mark FROM directory_due WHERE territory_id = ?1 LIMIT 1",
            &[key],
            |row| row.integer(0),
        )?;
        let (made_to, filling) = state.unwrap_or((BatchNo(0).0, published > 0));
        Ok(DirectoryState { made_to, published, filling, is_due: due.is_some() })
    }

    fn must_be_here(&self, listing: &Listing) -> Result<(), StoreError> {
        // What a plan allows of one territory says nothing of another.
        if listing.territory() == self.territory() { Ok(()) } else { Err(StoreError::Absent("territory")) }
    }

    /// People who may be listed and pass every filter, after `after`, at most `most`.
    ///
    /// [`StoreError::Absent`] when `after` is not among those who may be listed any more: begin anew.
    pub fn list(
        &mut self,
        listing: &Listing,
        filters: &[Filter],
        sorting: &Sorting,
        after: Option<PersonId>,
        most: usize,
    ) -> Result<Vec<PersonId>, StoreError> {
        self.must_be_here(listing)?;
        let after = match after {
            Some(after) => Some((self.place_of(listing, sorting, after)?, after)),
            None => None,
        };
        let (sql, values) = list_sql(listing, filters, sorting, after.as_ref(), (self.key(), most));
        self.parts().0.all(&sql, &values, |row| row.id(0))
    }

    /// How the engine goes about a list, and about its count, in its own words: for tests and for whoever wonders why one is slow.
    pub fn explain_list(
        &mut self,
        listing: &Listing,
        filters: &[Filter],
        sorting: &Sorting,
    ) -> Result<[Vec<String>; 2], StoreError> {
        self.must_be_here(listing)?;
        let after = ("M".to_owned(), PersonId(liant_model::Uuid::nil()));
        let list = list_sql(listing, filters, sorting, Some(&after), (self.key(), 25));
        let count = count_sql(listing, filters, self.key());
        Ok([self.explain(&list)?, self.explain(&count)?])
    }

    /// How the engine goes about a search.
    pub fn explain_search(
        &mut self,
        listing: &Listing,
        words: &SearchWords,
    ) -> Result<Vec<String>, StoreError> {
        self.must_be_here(listing)?;
        let patterns: Vec<_> = words.others().iter().map(|word| patterns_of(word)).collect();
        let end = format!("{}\u{10FFFF}", words.first());
        let search = search_sql(listing, (words.first(), &end), &patterns, self.key());
        self.explain(&search)
    }

    fn explain(&mut self, (sql, values): &(String, Vec<Value<'_>>)) -> Result<Vec<String>, StoreError> {
        let (connection, _) = self.parts();
        let (how, place) = match connection {
            Connection::Sqlite(_) => ("EXPLAIN QUERY PLAN", 3),
            Connection::Postgres(_) => {
                // A table of a few rows is read whole, whatever its indexes: here it counts whether they could be used.
                connection.batch("SET LOCAL enable_seqscan = off")?;
                ("EXPLAIN", 0)
            }
        };
        connection.all(&format!("{how} {sql}"), values, |row| row.text(place))
    }

    /// Where someone stands in an order.
    fn place_of(
        &mut self,
        listing: &Listing,
        sorting: &Sorting,
        person: PersonId,
    ) -> Result<String, StoreError> {
        let mut query = Query::of(listing, &[], self.key());
        let (column, _) = query.sorted(sorting);
        let place = query.place(Value::Id(person.0));
        query.add(format!("d.person_id = {place}"));
        let (sql, values) = query.finish(&column, "");
        self.parts().0.first(&sql, &values, |row| row.text(0))?.ok_or(StoreError::Absent("page"))
    }

    /// How many people may be listed and pass every filter.
    pub fn count(&mut self, listing: &Listing, filters: &[Filter]) -> Result<Count, StoreError> {
        self.must_be_here(listing)?;
        let (sql, values) = count_sql(listing, filters, self.key());
        let found = self.parts().0.first(&sql, &values, |row| row.integer(0))?.unwrap_or(0) as u64;
        Ok(Count { number: found.min(Count::MOST), and_more: found > Count::MOST })
    }

    /// Those of these people who may be listed.
    pub fn listed(
        &mut self,
        listing: &Listing,
        people: &[PersonId],
    ) -> Result<HashSet<PersonId>, StoreError> {
        self.must_be_here(listing)?;
        let key = self.key();
        let mut found = HashSet::new();
        for person in people {
            let mut query = Query::of(listing, &[], key);
            let place = query.place(Value::Id(person.0));
            query.add(format!("d.person_id = {place}"));
            let (sql, values) = query.finish("d.person_id", "");
            found.extend(self.parts().0.first(&sql, &values, |row| row.id::<PersonId>(0))?);
        }
        Ok(found)
    }

    /// People who may be listed and have every word, at most `most`, by the word that was looked for.
    pub fn search(
        &mut self,
        listing: &Listing,
        words: &SearchWords,
        most: usize,
    ) -> Result<Vec<PersonId>, StoreError> {
        self.must_be_here(listing)?;
        if !words.others().is_empty() && words.first().chars().count() < SHORTEST_OF_SEVERAL {
            return Ok(Vec::new());
        }
        let key = self.key();
        let mut found: Vec<PersonId> = Vec::new();
        for start in std::iter::once(words.first().to_owned()).chain(words.cut_forms()) {
            let end = format!("{start}\u{10FFFF}");
            let patterns: Vec<_> = words.others().iter().map(|word| patterns_of(word)).collect();
            let (sql, values) = search_sql(listing, (&start, &end), &patterns, key);
            // Someone has several phrases, and a few that the engine lets through are not hers to be found by.
            let rows = self.parts().0.all(&sql, &values, |row| {
                Ok((row.id::<PersonId>(0)?, words.are_in(row.borrowed_text(1)?)))
            })?;
            for (person, fits) in rows {
                if fits && !found.contains(&person) && found.len() < most {
                    found.push(person);
                }
            }
            if found.len() >= most {
                break;
            }
        }
        Ok(found)
    }

    /// How many open questions of identity there are both of whose sides may be listed.
    pub fn count_questions(&mut self, listing: &Listing) -> Result<Count, StoreError> {
        self.must_be_here(listing)?;
        let (key, head) = (self.key(), self.head());
        let mut sides = Vec::new();
        self.parts().0.for_each(
            "SELECT a.person_id, b.person_id FROM review
             JOIN link AS a ON a.territory_id = review.territory_id AND a.identity_id = review.identity_id
                 AND a.ended_at IS NULL
             JOIN link AS b ON b.territory_id = review.territory_id AND b.identity_id = review.candidate_id
                 AND b.ended_at IS NULL
             WHERE review.territory_id = ?1 AND review.state = 'open' AND review.batch_no <= ?2
             ORDER BY review.batch_no, review.review_id LIMIT 1001",
            &[key, head],
            |row| {
                sides.push((row.id::<PersonId>(0)?, row.id::<PersonId>(1)?));
                Ok(())
            },
        )?;
        let and_more = sides.len() > 1_000;
        let people: Vec<PersonId> = sides.iter().flat_map(|(a, b)| [*a, *b]).collect();
        let listed = self.listed(listing, &people)?;
        let both = |(a, b): &&(PersonId, PersonId)| listed.contains(a) && listed.contains(b);
        Ok(Count { number: sides.iter().take(1_000).filter(both).count() as u64, and_more })
    }
}

/// A word as a pattern, and as one that may go on where a word of the index was cut: that is looked at afterwards.
fn patterns_of(word: &str) -> (String, String) {
    let start: String = word.chars().take(2).collect();
    (format!("% {word}%"), format!("% {start}%{CUT}%"))
}

/// Rows that a search reads at most of one word: far more than it shows, since someone has several.
const ROWS_OF_A_SEARCH: usize = 400;

fn list_sql<'v>(
    listing: &'v Listing,
    filters: &'v [Filter],
    sorting: &'v Sorting,
    after: Option<&'v (String, PersonId)>,
    (key, most): (Value<'v>, usize),
) -> (String, Vec<Value<'v>>) {
    let mut query = Query::of(listing, filters, key);
    let (column, rising) = query.sorted(sorting);
    let (sign, way) = if rising { (">", "") } else { ("<", " DESC") };
    if let Some((place, person)) = after {
        let (place, person) = (query.place(Value::Text(place)), query.place(Value::Id(person.0)));
        query.add(format!("({column}, d.person_id) {sign} ({place}, {person})"));
    }
    let limit = query.place(Value::Integer(most as i64));
    query.finish("d.person_id", &format!("ORDER BY {column}{way}, d.person_id{way} LIMIT {limit}"))
}

fn count_sql<'v>(listing: &'v Listing, filters: &'v [Filter], key: Value<'v>) -> (String, Vec<Value<'v>>) {
    let query = Query::of(listing, filters, key);
    // Rows that come in an order come by the index that has it: else SQLite, which knows no figures, reads everyone. Where a
    // smaller set leads to the rows, they are few.
    let order = match filters {
        _ if query.is_led() => "",
        _ if query.is_narrow() => "ORDER BY d.sort_key, d.person_id",
        _ if filters.iter().any(|filter| *filter.test() == Test::ToOrient) => {
            "ORDER BY d.waiting_since, d.person_id"
        }
        _ => "ORDER BY d.sort_key, d.person_id",
    };
    let (sql, values) = query.finish("1 AS one", &format!("{order} LIMIT {}", Count::MOST + 1));
    (format!("SELECT CAST(COUNT(*) AS BIGINT) FROM ({sql}) AS counted"), values)
}

fn search_sql<'v>(
    listing: &'v Listing,
    (start, end): (&'v str, &'v str),
    patterns: &'v [(String, String)],
    key: Value<'v>,
) -> (String, Vec<Value<'v>>) {
    let mut query = Query::of(listing, &[], key);
    let (start, end) = (query.place(Value::Text(start)), query.place(Value::Text(end)));
    query.add(format!("w.word >= {start} AND w.word < {end}"));
    for (whole, cut) in patterns {
        let (whole, cut) = (query.place(Value::Text(whole)), query.place(Value::Text(cut)));
        query.add(format!("(' ' || w.word LIKE {whole} OR ' ' || w.word LIKE {cut})"));
    }
    query.add(may_find(listing));
    query.finish_by_words(
        "w.person_id, w.word",
        &format!("ORDER BY w.word, w.person_id LIMIT {ROWS_OF_A_SEARCH}"),
    )
}
