//! Distances between two short texts, on bytes. Folded names are ASCII but for foreign scripts, where the
//! distances stay sound, only coarser.

/// Longest text compared; the rest is ignored. Flow names have 25 characters at most.
const LONGEST: usize = 48;

/// Number of insertions, deletions, substitutions and swaps of neighbours between two texts (optimal string
/// alignment), or `limit + 1` when there are more than `limit`.
pub(crate) fn edits(a: &[u8], b: &[u8], limit: usize) -> usize {
    let (a, b) = strip_common(clip(a), clip(b));
    if a.len().abs_diff(b.len()) > limit {
        return limit + 1;
    }
    if a.is_empty() || b.is_empty() {
        return a.len().max(b.len());
    }
    let mut before = [0_usize; LONGEST + 1];
    let mut previous = [0_usize; LONGEST + 1];
    let mut current = [0_usize; LONGEST + 1];
    for (column, cell) in previous.iter_mut().enumerate().take(b.len() + 1) {
        *cell = column;
    }
    for i in 1..=a.len() {
        current[0] = i;
        let mut least = i;
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut cell = (previous[j] + 1).min(current[j - 1] + 1).min(previous[j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cell = cell.min(before[j - 2] + 1);
            }
            current[j] = cell;
            least = least.min(cell);
        }
        if least > limit {
            return limit + 1;
        }
        before = previous;
        previous = current;
    }
    previous[b.len()].min(limit + 1)
}

fn clip(text: &[u8]) -> &[u8] {
    &text[..text.len().min(LONGEST)]
}

fn strip_common<'a>(mut a: &'a [u8], mut b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    while let (Some((x, rest_a)), Some((y, rest_b))) = (a.split_first(), b.split_first())
        && x == y
    {
        (a, b) = (rest_a, rest_b);
    }
    while let (Some((x, rest_a)), Some((y, rest_b))) = (a.split_last(), b.split_last())
        && x == y
    {
        (a, b) = (rest_a, rest_b);
    }
    (a, b)
}

/// Jaro-Winkler similarity, 0 to 1 (prefix of at most 4, scale 0.1).
pub(crate) fn jaro_winkler(a: &[u8], b: &[u8]) -> f32 {
    let (a, b) = (clip(a), clip(b));
    if a.is_empty() || b.is_empty() {
        return f32::from(u8::from(a.len() == b.len()));
    }
    let reach = (a.len().max(b.len()) / 2).saturating_sub(1);
    let (mut taken_a, mut taken_b) = (0_u64, 0_u64);
    let mut common = 0_usize;
    for (i, x) in a.iter().enumerate() {
        let (from, to) = (i.saturating_sub(reach), (i + reach + 1).min(b.len()));
        for (j, y) in b.iter().enumerate().take(to).skip(from) {
            if x == y && taken_b & (1 << j) == 0 {
                taken_a |= 1 << i;
                taken_b |= 1 << j;
                common += 1;
                break;
            }
        }
    }
    if common == 0 {
        return 0.0;
    }
    let in_b = b.iter().enumerate().filter(|(j, _)| taken_b & (1 << j) != 0).map(|(_, y)| y);
    let in_a = a.iter().enumerate().filter(|(i, _)| taken_a & (1 << i) != 0).map(|(_, x)| x);
    let out_of_place = in_a.zip(in_b).filter(|(x, y)| x != y).count() / 2;
    let common_share = common as f32;
    let jaro = (common_share / a.len() as f32
        + common_share / b.len() as f32
        + (common_share - out_of_place as f32) / common_share)
        / 3.0;
    let prefix = a.iter().zip(b).take(4).take_while(|(x, y)| x == y).count() as f32;
    jaro + prefix * 0.1 * (1.0 - jaro)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The textbook table, whole, as oracle.
    fn edits_in_full(a: &[u8], b: &[u8]) -> usize {
        let mut table = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let cost = usize::from(a[i - 1] != b[j - 1]);
                    let mut cell =
                        (table[i - 1][j] + 1).min(table[i][j - 1] + 1).min(table[i - 1][j - 1] + cost);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        cell = cell.min(table[i - 2][j - 2] + 1);
                    }
                    cell
                };
            }
        }
        table[a.len()][b.len()]
    }

    #[test]
    fn known_distances() {
        for (a, b, expected) in [
            ("MARTIN", "MARTIN", 0),
            ("MARTIN", "MATRIN", 1),
            ("MARTIN", "MARTINE", 1),
            ("ABC", "XYZ", 3),
            ("", "AB", 2),
        ] {
            assert_eq!(edits(a.as_bytes(), b.as_bytes(), 3), expected, "{a} {b}");
        }
    }

    #[test]
    fn known_similarities() {
        for (a, b, expected) in [
            ("MARTHA", "MARHTA", 0.9611),
            ("DWAYNE", "DUANE", 0.84),
            ("DIXON", "DICKSONX", 0.8133),
            ("A", "B", 0.0),
        ] {
            assert!((jaro_winkler(a.as_bytes(), b.as_bytes()) - expected).abs() < 1e-3, "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn bounded_edits_agree_with_the_whole_table(a in "[A-D]{0,9}", b in "[A-D]{0,9}", limit in 0_usize..4) {
            let full = edits_in_full(a.as_bytes(), b.as_bytes());
            prop_assert_eq!(edits(a.as_bytes(), b.as_bytes(), limit), full.min(limit + 1));
        }

        #[test]
        fn both_are_symmetric(a in "[A-E]{0,12}", b in "[A-E]{0,12}") {
            let (a, b) = (a.as_bytes(), b.as_bytes());
            prop_assert_eq!(edits(a, b, 3), edits(b, a, 3));
            prop_assert!((0.0..=1.0).contains(&jaro_winkler(a, b)));
        }
    }
}
