//! Names and numbers of people are looked for in the engine's own files, byte by byte.

use std::collections::BTreeSet;

use crate::world::{JUNE, Place, YEARS_LATER, days_after, every_engine};

/// Whatever the first month said of people and the second does not: words of six signs and more, of letters and digits.
pub(crate) fn canaries(place: &Place) -> BTreeSet<Vec<u8>> {
    let words = |bytes: &[u8]| -> BTreeSet<Vec<u8>> {
        let parts = bytes.split(|byte| !byte.is_ascii_uppercase() && !byte.is_ascii_digit());
        parts.filter(|word| word.len() >= 6).map(<[u8]>::to_vec).collect()
    };
    let later = String::from_utf8_lossy(&place.said[1]).into_owned();
    let mut first = words(&place.said[0]);
    first.retain(|word| !later.contains(std::str::from_utf8(word).unwrap()));
    for last in 'A'..='T' {
        first.insert(format!("QUOLIBETAI{last}").into_bytes());
        first.insert(format!("ZYGOMALA{last}").into_bytes());
    }
    first
}

pub(crate) fn found<'c>(canaries: &'c BTreeSet<Vec<u8>>, bytes: &[u8]) -> Vec<&'c [u8]> {
    // Numbers and names lie as they are, or folded; one pass for each word is quick enough for some hundreds.
    canaries.iter().map(Vec::as_slice).filter(|word| has(bytes, word)).collect()
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    let Some(first) = word.first() else { return false };
    let mut rest = bytes;
    while let Some(place) = rest.iter().position(|byte| byte == first) {
        rest = &rest[place..];
        if rest.starts_with(word) {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

/// Whether a word is held, or all of it but its first or last sign: PostgreSQL compresses what is long, and a byte of that may stand
/// for the sign that lacks (`HORS DE FRANCE` was once met as `FRANCK`).
pub(crate) fn is_nearly_held(word: &[u8], rows: &[u8]) -> bool {
    has(rows, &word[1..]) || has(rows, &word[..word.len() - 1])
}

/// What lies about a word, where it is first found.
pub(crate) fn around(word: &[u8], bytes: &[u8]) -> String {
    let place = bytes.windows(word.len()).position(|part| part == word).unwrap();
    let (from, to) = (place.saturating_sub(64), (place + word.len() + 64).min(bytes.len()));
    bytes[from..to].escape_ascii().to_string()
}

#[test]
fn nothing_of_who_was_destroyed_is_left_in_the_files_of_the_engine() {
    for mut place in every_engine() {
        place.fill(60);
        let engine = place.test.engine;
        // What the planner learned of who was there is no less hers.
        place.test.learn();
        let mut canaries = canaries(&place);
        let before = place.test.files();
        assert!(before.is_some() || engine == "postgres", "SQLite's files are at hand");
        if let Some(bytes) = &before {
            let seen = found(&canaries, bytes).len();
            assert!(
                seen > 150,
                "{engine}: only {seen} of {} canaries are there to be destroyed",
                canaries.len()
            );
        }
        let certificate = place.run_at(YEARS_LATER).unwrap().unwrap();
        // Some have the same number in both months: they are known still, and so is what was said of them before. Whoever is
        // left is held by a stock; of anyone else not a row is.
        let gone = place.test.rows(
            "62",
            "SELECT 1 FROM fact WHERE NOT EXISTS (SELECT 1 FROM member AS one
                 JOIN member AS other ON other.person_id = one.person_id
                 JOIN identity ON identity.identity_id = other.identity_id AND identity.to_batch IS NULL
                 WHERE one.identity_id = fact.identity_id)",
        );
        assert!(gone.is_empty(), "{engine}: {} rows of who left", gone.len());
        let (all, rows) = (canaries.len(), place.test.content("62"));
        let known: BTreeSet<Vec<u8>> =
            canaries.iter().filter(|word| is_nearly_held(word, &rows)).cloned().collect();
        canaries.retain(|word| !known.contains(word));
        assert!(canaries.len() > all * 3 / 4, "{engine}: {} of {all} are known still", known.len());
        if let Some(bytes) = place.test.files() {
            let left = found(&canaries, &bytes);
            let words: Vec<_> = left.iter().map(|word| around(word, &bytes)).collect();
            assert!(left.is_empty(), "{engine}: {} of {} are left: {words:#?}", left.len(), canaries.len());
        }
        let report = place.log_holds();
        assert!(report.erased > 0, "{engine}: what entries said of them is erased too");
        let certified = certificate.words(liant_model::Lang::En);
        assert!(found(&canaries, certified.as_bytes()).is_empty(), "{engine}: a certificate names nobody");
    }
}

#[test]
fn who_stays_is_as_before() {
    for mut place in every_engine() {
        place.fill(40);
        let engine = place.test.engine;
        let stays = |place: &Place| {
            crate::world::act_at(days_after(JUNE, 60), crate::world::OFFICER, |context| {
                let request = liant_app::people::ListRequest::default();
                let listed =
                    liant_app::people::list(context, &place.workplace, &request, liant_model::Lang::En)
                        .unwrap();
                format!("{:?}", listed.people)
            })
        };
        // A year on nobody's time is over: nothing goes, and nothing is written again.
        let before = (stays(&place), place.count("fact"), place.count("member"));
        assert_eq!(place.run_at(days_after(JUNE, 365)).unwrap(), None, "{engine}");
        assert_eq!(place.count("destruction"), 0, "{engine}: a run that found nothing leaves nothing");
        assert_eq!((stays(&place), place.count("fact"), place.count("member")), before, "{engine}");
    }
}
