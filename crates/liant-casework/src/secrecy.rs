//! Statistical secrecy (*secret statistique*): which counts of a table may be shown, so that none that is hidden can be computed.
//!
//! A table has a row for each place and a column for each of some categories that exclude one another, and their total over all
//! places. What is proved, by trying every small table, is more than that no subtraction tells a hidden count: even whoever knows this
//! rule, and every figure that it shows, is left with two values at least for each hidden count. That a count is nought is no secret.
//!
//! * A row with a count below `fewest`, which is not nought, is hidden whole: one of its counts would tell another.
//! * Of one such row alone, the next one in the table that has anybody is hidden as well. Which one does not depend on any count.
//! * The total is shown unless the counts that it would leave for the hidden rows together could be shared out in one way only. What
//!   decides is that remainder and the number of rows, which whoever reads the table knows too: nothing more is told by it.

/// A table as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Veiled {
    /// The counts of each row, by category; none where they are hidden.
    pub rows: Vec<Option<Vec<u32>>>,
    /// Their total; none where it is hidden.
    pub total: Option<Vec<u32>>,
}

/// The fewest that are counted with. Of two it is three: below, a hidden count could only be one.
fn least(fewest: u32) -> u32 {
    if fewest < 2 { 0 } else { fewest.max(3) }
}

fn is_small(row: &[u32], fewest: u32) -> bool {
    row.iter().any(|count| (1..fewest).contains(count))
}

/// A table as it may be shown, of counts that are each of `fewest` people at least, or of nobody. With `fewest` below two everything is
/// shown.
pub fn veil(rows: &[Vec<u32>], fewest: u32) -> Veiled {
    let fewest = least(fewest);
    let is_few = |row: &Vec<u32>| is_small(row, fewest);
    let small: Vec<usize> = (0..rows.len()).filter(|place| rows.get(*place).is_some_and(is_few)).collect();
    let hidden = match small.as_slice() {
        [alone] => [*alone].into_iter().chain(next(rows, *alone)).collect(),
        _ => small.clone(),
    };
    let of = |places: &mut dyn Iterator<Item = usize>| {
        let mut sums: Vec<u32> = vec![0; rows.iter().map(Vec::len).max().unwrap_or(0)];
        for row in places.filter_map(|place| rows.get(place)) {
            sums.iter_mut().zip(row).for_each(|(sum, count)| *sum = sum.saturating_add(*count));
        }
        sums
    };
    let rest = of(&mut hidden.iter().copied());
    let is_shown = hidden.is_empty() || tells_nothing(&rest, (hidden.len(), small.len()), fewest);
    Veiled {
        rows: rows
            .iter()
            .enumerate()
            .map(|(place, row)| (!hidden.contains(&place)).then(|| row.clone()))
            .collect(),
        // The total is of somebody too: of few, it is shown no more than a row.
        total: is_shown
            .then(|| of(&mut (0..rows.len())))
            .filter(|total| total.iter().all(|count| *count == 0 || *count >= fewest)),
    }
}

/// How many there are in a whole table, all categories together, where that may be told beside the table: nobody, or `fewest` at least. Of
/// several categories each hidden count may then still be one of several.
pub fn tellable(count: u32, fewest: u32) -> bool {
    count == 0 || count >= least(fewest)
}

/// The next row after one that has anybody, around the end of the table.
fn next(rows: &[Vec<u32>], after: usize) -> Option<usize> {
    let others = (after + 1..rows.len()).chain(0..after);
    others.into_iter().find(|place| rows.get(*place).is_some_and(|row| row.iter().any(|count| *count > 0)))
}

/// Whether what is left for the hidden rows together can be shared out among them in several ways.
fn tells_nothing(rest: &[u32], (hidden, small): (usize, usize), fewest: u32) -> bool {
    let Ok(many) = u32::try_from(hidden) else { return false };
    if many < 2 {
        return false;
    }
    let mut in_use = rest.iter().filter(|count| **count > 0);
    match (in_use.next(), in_use.next()) {
        (Some(only), None) => {
            // Each has one at least, and each that is small has `fewest` less one at most: at either end there is one way alone.
            let most = (fewest - 1).saturating_mul(many);
            *only > many && *only != most && (*only < most || small == 1)
        }
        // Of several categories, what one row has more of another may have.
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// Every table of `rows` rows and `columns` columns with counts up to `most`.
    fn tables((rows, columns): (usize, usize), most: u32) -> impl Iterator<Item = Vec<Vec<u32>>> {
        let base = u64::from(most) + 1;
        let cells = u32::try_from(rows * columns).unwrap();
        (0..base.pow(cells)).map(move |mut number| {
            let mut cell = || {
                let digit = u32::try_from(number % base).unwrap();
                number /= base;
                digit
            };
            (0..rows).map(|_| (0..columns).map(|_| cell()).collect()).collect()
        })
    }

    #[test]
    fn whoever_knows_the_rule_and_the_table_computes_no_hidden_count() {
        for (size, fewest, most) in [
            ((2, 1), 3, 12),
            ((3, 1), 3, 11),
            ((4, 1), 3, 8),
            ((3, 1), 4, 14),
            ((3, 1), 5, 14),
            ((2, 2), 3, 8),
            ((3, 2), 3, 4),
            ((2, 2), 5, 11),
            ((2, 3), 3, 4),
        ] {
            let mut alike: BTreeMap<Veiled, Vec<Vec<Vec<u32>>>> = BTreeMap::new();
            for table in tables(size, most) {
                alike.entry(veil(&table, fewest)).or_default().push(table);
            }
            let (mut judged, mut with_total) = (0, 0);
            for (shown, tables) in &alike {
                // Where a count stands at the end of what is tried, others may lie beyond.
                let at_the_end = tables.iter().flatten().flatten().any(|count| *count == most);
                with_total += usize::from(shown.total.is_some() && shown.rows.contains(&None));
                for (row, column) in (0..size.0).flat_map(|row| (0..size.1).map(move |column| (row, column)))
                {
                    if shown.rows[row].is_some() || at_the_end {
                        continue;
                    }
                    judged += 1;
                    let mut values: Vec<u32> = tables.iter().map(|table| table[row][column]).collect();
                    values.sort_unstable();
                    values.dedup();
                    assert!(
                        values.len() > 1 || values == [0],
                        "{size:?}, {fewest}: {shown:?} is of {tables:?} alone"
                    );
                }
            }
            assert!(judged > 0 && with_total > 0, "{size:?}, {fewest}: the test judges something");
        }
    }

    #[test]
    fn how_many_there_are_in_all_tells_no_count_that_a_table_of_several_categories_hides() {
        for (size, fewest, most) in [
            ((1, 2), 3, 20),
            ((2, 2), 3, 8),
            ((3, 2), 3, 4),
            ((1, 3), 3, 12),
            ((2, 2), 4, 10),
            ((2, 3), 3, 4),
        ] {
            type Seen = (Veiled, Option<u32>);
            let mut alike: BTreeMap<Seen, Vec<Vec<Vec<u32>>>> = BTreeMap::new();
            for table in tables(size, most) {
                let all: u32 = table.iter().flatten().sum();
                let told = tellable(all, fewest).then_some(all);
                alike.entry((veil(&table, fewest), told)).or_default().push(table);
            }
            let mut judged = 0;
            for ((shown, told), tables) in &alike {
                let at_the_end = tables.iter().flatten().flatten().any(|count| *count == most);
                for (row, column) in (0..size.0).flat_map(|row| (0..size.1).map(move |column| (row, column)))
                {
                    if shown.rows[row].is_some() || at_the_end || told.is_none() {
                        continue;
                    }
                    judged += 1;
                    let mut values: Vec<u32> = tables.iter().map(|table| table[row][column]).collect();
                    values.sort_unstable();
                    values.dedup();
                    assert!(
                        values.len() > 1 || values == [0],
                        "{size:?}, {fewest}: {shown:?} with {told:?} is of {tables:?} alone"
                    );
                }
            }
            assert!(judged > 0, "{size:?}, {fewest}: the test judges something");
        }
    }

    proptest! {
        #[test]
        fn nothing_small_is_shown_and_the_rest_is_as_it_is(
            rows in prop::collection::vec(prop::collection::vec(0_u32..40, 3), 0..12), fewest in 2_u32..9
        ) {
            let shown = veil(&rows, fewest);
            prop_assert_eq!(shown.rows.len(), rows.len());
            for (shown, row) in shown.rows.iter().zip(&rows) {
                if let Some(shown) = shown {
                    prop_assert_eq!(shown, row);
                    prop_assert!(shown.iter().all(|count| *count == 0 || *count >= fewest));
                } else {
                    prop_assert!(row.iter().any(|count| *count > 0), "that there is nobody is shown");
                }
            }
            if let Some(total) = &shown.total {
                let sum = |column: usize| rows.iter().map(|row| row[column]).sum::<u32>();
                for (column, count) in total.iter().enumerate() {
                    prop_assert_eq!(*count, sum(column));
                    prop_assert!(*count == 0 || *count >= fewest, "a total of few");
                }
                prop_assert!(shown.rows.iter().filter(|row| row.is_none()).count() != 1, "the rest would be its own");
            }
            prop_assert_eq!(&veil(&rows, fewest), &shown, "asked twice it is the same");
        }
    }

    #[test]
    fn a_programme_may_hide_nothing() {
        let rows = [vec![1], vec![2]];
        assert_eq!(veil(&rows, 1).total, Some(vec![3]));
        assert_eq!(veil(&rows, 2).rows, [None, None], "two is three");
        assert_eq!(veil(&[], 5), Veiled { rows: vec![], total: Some(vec![]) });
    }
}
