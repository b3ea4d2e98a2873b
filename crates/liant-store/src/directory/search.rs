//! Finding people by what was typed.

use liant_guard::{Filter, Listing};
use liant_identity::{CUT, SearchWords};
use liant_model::PersonId;

use super::predicate::{Ground, Query, may_find};
use crate::StoreError;
use crate::snapshot::Snapshot;
use crate::value::Value;

/// Letters of the shortest first word that is looked for among people who must also have others.
const SHORTEST_OF_SEVERAL: usize = 2;

/// Rows that a search reads at most of one word: far more than it shows, since someone has several.
const ROWS_OF_A_SEARCH: usize = 400;

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// People who may be listed, pass every filter and have every word, at most `most`, by the word that was looked for.
    pub fn search(
        &mut self,
        listing: &Listing,
        filters: &[Filter],
        words: &SearchWords,
        most: usize,
    ) -> Result<Vec<PersonId>, StoreError> {
        if !self.answers(listing)? {
            return Ok(Vec::new());
        }
        if !words.others().is_empty() && words.first().chars().count() < SHORTEST_OF_SEVERAL {
            return Ok(Vec::new());
        }
        let left_out = self.left_out(listing)?;
        let ground = self.ground(&left_out);
        let mut found: Vec<PersonId> = Vec::new();
        for start in std::iter::once(words.first().to_owned()).chain(words.cut_forms()) {
            let end = format!("{start}\u{10FFFF}");
            let patterns: Vec<_> = words.others().iter().map(|word| patterns_of(word)).collect();
            let (sql, values) = search_sql((listing, filters), (&start, &end), &patterns, ground);
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

    /// How the engine goes about a search.
    pub fn explain_search(
        &mut self,
        listing: &Listing,
        words: &SearchWords,
    ) -> Result<Vec<String>, StoreError> {
        self.answers(listing)?;
        let patterns: Vec<_> = words.others().iter().map(|word| patterns_of(word)).collect();
        let end = format!("{}\u{10FFFF}", words.first());
        let left_out = self.left_out(listing)?;
        let ground = self.ground(&left_out);
        let search = search_sql((listing, &[]), (words.first(), &end), &patterns, ground);
        self.explain(&search)
    }
}

/// A word as a pattern, and as one that may go on where a word of the index was cut: that is looked at afterwards.
fn patterns_of(word: &str) -> (String, String) {
    let start: String = word.chars().take(2).collect();
    (format!("% {word}%"), format!("% {start}%{CUT}%"))
}

fn search_sql<'v>(
    (listing, filters): (&'v Listing, &'v [Filter]),
    (start, end): (&'v str, &'v str),
    patterns: &'v [(String, String)],
    ground: Ground<'v>,
) -> (String, Vec<Value<'v>>) {
    let mut query = Query::of(listing, filters, ground);
    let (start, end) = (query.place(Value::Text(start)), query.place(Value::Text(end)));
    let mut words = vec![format!("w.word >= {start} AND w.word < {end}")];
    for (whole, cut) in patterns {
        let (whole, cut) = (query.place(Value::Text(whole)), query.place(Value::Text(cut)));
        words.push(format!("(' ' || w.word LIKE {whole} OR ' ' || w.word LIKE {cut})"));
    }
    words.push(may_find(listing));
    let tail = format!("ORDER BY w.word, w.person_id LIMIT {ROWS_OF_A_SEARCH}");
    (query.select_by_words("w.person_id, w.word", &words.join(" AND "), &tail), query.values())
}
