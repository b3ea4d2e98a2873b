//! Filters kept under a name: each account's own, and nothing about anybody.

#![expect(clippy::unwrap_used, reason = "a failure here is a failed test")]

use liant_app::AppError;
use liant_app::people::{self, Filters, LONGEST_NAME, MOST_KEPT, NotKept};

use crate::world::{Place, account, every_engine, known, officer};

fn filters(query: &str) -> Filters {
    Filters::parse(query.split('&').filter_map(|pair| pair.split_once('=')))
}

fn keep(test: &Place, who: u8, (name, query): (&str, &str)) -> Result<liant_model::ActId, NotKept> {
    officer(|context| people::keep(context, &test.workplace, account(who), (name, &filters(query)))).unwrap()
}

fn names(test: &Place, who: u8) -> Vec<String> {
    let kept = officer(|context| people::saved(context, &test.workplace, account(who))).unwrap();
    kept.into_iter().map(|one| one.name).collect()
}

#[test]
fn an_account_keeps_renames_and_removes_its_own() {
    for test in every_engine() {
        let engine = test.test.engine;
        test.load("known.csv", &known(&[["R1", "ABEL", "", "Zoé", "1990-12-01", "62041", ""]]));
        let first =
            keep(&test, 1, ("  À orienter,\u{a0} Artois ", "todo=orient&commune=62041&q=Abel")).unwrap();
        let second = keep(&test, 1, ("Calais", "commune=62193")).unwrap();
        assert_eq!(names(&test, 1), ["Calais", "À orienter, Artois"], "{engine}");
        assert!(names(&test, 2).is_empty(), "{engine}: another account's");
        // What was searched for is no filter.
        let rows = test.test.rows("62", "SELECT query FROM saved_filter").join(" ");
        assert!(rows.contains("todo=orient&commune=62041") && !rows.contains("Abel"), "{engine}: {rows}");
        for ((name, query), expected) in [
            (("Calais", "todo=orient"), NotKept::SameName),
            ((" ", "todo=orient"), NotKept::NoName),
            (("Rien", "q=Abel"), NotKept::NoFilter),
            (("a".repeat(LONGEST_NAME + 1).as_str(), "todo=orient"), NotKept::LongName),
        ] {
            assert_eq!(keep(&test, 1, (name, query)), Err(expected), "{engine}: {name}");
        }
        let rename = |who: u8, filter, name: &str| {
            officer(|context| people::rename(context, &test.workplace, account(who), (filter, name)))
        };
        assert_eq!(rename(1, first, "Calais").unwrap(), Err(NotKept::SameName), "{engine}");
        assert_eq!(rename(1, second, "Calais").unwrap(), Ok(()), "{engine}: its own name");
        assert_eq!(rename(1, first, "Artois").unwrap(), Ok(()), "{engine}");
        assert!(matches!(rename(2, first, "À moi"), Err(AppError::Absent(_))), "{engine}: not hers");
        let remove = |who: u8, filter| {
            officer(|context| people::remove(context, &test.workplace, account(who), filter))
        };
        assert!(matches!(remove(2, first), Err(AppError::Absent(_))), "{engine}");
        remove(1, first).unwrap();
        assert_eq!(names(&test, 1), ["Calais"], "{engine}");
        for number in 1..MOST_KEPT {
            keep(&test, 1, (&format!("n{number}"), "todo=orient")).unwrap();
        }
        assert_eq!(keep(&test, 1, ("un de plus", "todo=orient")), Err(NotKept::TooMany), "{engine}");
    }
}
