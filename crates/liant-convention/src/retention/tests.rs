use jiff::civil::date;
use liant_model::{BatchNo, Block};
use proptest::prelude::*;

use super::*;
use crate::SHIPPED;

fn gate(change: impl Fn(&str) -> String) -> Gate {
    let files = SHIPPED.iter().map(|(name, text)| Convention::parse(name, &change(text)).unwrap());
    Gate::new(files.collect()).unwrap()
}

fn shipped() -> Gate {
    gate(str::to_owned)
}

fn territory() -> Territory {
    "62".parse().unwrap()
}

fn term(starts: RetentionStart, keep: &str) -> Term {
    Term {
        clause: Arc::new(ClauseRef { convention: "c".into(), version: 1, clause: "art. 1".into() }),
        id: "t".into(),
        starts,
        keep: keep.parse().unwrap(),
        warn: None,
        convention_ends: Some(date(2025, 12, 31)),
    }
}

/// The times of the seed's conventions (exchange.md §6): 2 months, 1 year, 10 years, 90 days, and two years after the right.
#[test]
fn the_days_on_which_data_must_be_gone() {
    use RetentionStart::{Deposit, EndOfConvention, EndOfRight, LastUse, Receipt, Recorded};
    let times = Times {
        received: Some(date(2025, 1, 31)),
        right_ended: Some(date(2024, 2, 29)),
        recorded: Some(date(2025, 3, 1)),
    };
    for (starts, keep, expected) in [
        (EndOfConvention, "2 months", date(2026, 2, 28)),
        (EndOfConvention, "1 year", date(2026, 12, 31)),
        (EndOfConvention, "10 years", date(2035, 12, 31)),
        (EndOfRight, "2 years", date(2026, 2, 28)),
        (Deposit, "90 days", date(2025, 5, 1)),
        (Receipt, "1 month", date(2025, 2, 28)),
        (Receipt, "36 hours", date(2025, 2, 2)),
        (Receipt, "24 hours", date(2025, 2, 1)),
        (Recorded, "3 years", date(2028, 3, 1)),
        (LastUse, "13 months", date(2026, 4, 1)),
    ] {
        assert_eq!(term(starts, keep).ends(&times), Some(expected), "{starts} {keep}");
    }
}

#[test]
fn what_has_not_started_has_no_end() {
    let none = Times::default();
    for starts in RetentionStart::ALL {
        let ends = term(*starts, "1 year").ends(&none);
        assert_eq!(ends.is_some(), *starts == RetentionStart::EndOfConvention, "{starts}");
    }
}

#[test]
fn of_two_reasons_the_last_counts_and_one_without_an_end_keeps() {
    let (short, long) =
        (term(RetentionStart::Receipt, "1 month"), term(RetentionStart::EndOfRight, "2 years"));
    let received = Times { received: Some(date(2025, 1, 1)), ..Times::default() };
    assert_eq!(last(&[&short, &long], &received), None, "the right runs");
    let ended = Times { right_ended: Some(date(2025, 1, 1)), ..received };
    assert_eq!(last(&[&short, &long], &ended), Some((date(2027, 1, 1), &long)));
    assert_eq!(last(&[], &ended), None, "what no clause dates is not destroyed by one");
}

#[test]
fn the_shipped_files_date_what_they_let_in() {
    let terms = Terms::of(&shipped(), territory(), date(2026, 6, 1));
    let exchanged = terms.facts("62-echange-rsa", &Source::FRANCE_TRAVAIL);
    let (day, found) = last(&exchanged, &Times::default()).unwrap();
    assert_eq!(day, date(2028, 10, 31), "four years from 1 September 2024, and two months");
    assert_eq!(found.clause.to_string(), "62-echange-rsa v1, art. 7, destruction");
    let right = Times { right_ended: Some(date(2026, 3, 1)), ..Times::default() };
    for source in [Source::CNAF, Source::DEPARTEMENT] {
        let (day, _) = last(&terms.facts("62-departement", &source), &right).unwrap();
        assert_eq!(day, date(2028, 3, 1), "{source}");
        assert_eq!(last(&terms.own(&source), &right).unwrap().0, date(2028, 3, 1));
    }
    for convention in ["62-echange-rsa", "62-departement"] {
        assert_eq!(terms.files(convention).len(), 1, "{convention}");
    }
    assert_eq!(terms.access_log().len(), 1);
    assert_eq!(terms.accounts().len(), 1);
}

#[test]
fn a_suspension_changes_no_day() {
    let suspended =
        gate(|text| text.replace("# suspended = { since = 2026-06-01", "suspended = { since = 2026-06-01"));
    let days = |gate: &Gate| {
        let terms = Terms::of(gate, territory(), date(2026, 7, 1));
        last(&terms.facts("62-echange-rsa", &Source::FRANCE_TRAVAIL), &Times::default()).map(|(day, _)| day)
    };
    assert!(suspended.conventions().iter().any(|file| file.suspended.is_some()), "the test suspends");
    assert_eq!(days(&suspended), days(&shipped()));
}

#[test]
fn the_last_version_ends_the_convention_and_the_one_begun_words_the_time() {
    let (name, text) = SHIPPED[1];
    let second = text
        .replace("version   = 1", "version   = 2")
        .replace("{ from = 2024-09-01, years = 4 }", "{ from = 2027-01-01, until = 2029-12-31 }")
        .replace("keep           = \"2 months\"", "keep           = \"1 year\"");
    let files = [text, &second].map(|text| Convention::parse(name, text).unwrap());
    let gate = Gate::new(files.to_vec()).unwrap();
    let ends = |day| {
        let terms = Terms::of(&gate, territory(), day);
        last(&terms.facts("62-echange-rsa", &Source::FRANCE_TRAVAIL), &Times::default()).unwrap().0
    };
    assert_eq!(ends(date(2026, 6, 1)), date(2030, 2, 28), "two months, as the version begun says");
    assert_eq!(ends(date(2027, 6, 1)), date(2030, 12, 31), "a year, as the second says");
}

fn batch(number: i64, source: Source, under: &str, received: Date, blocks: &[Block]) -> HeldBatch {
    HeldBatch {
        number: BatchNo(number),
        source,
        received_under: format!("{under} v1, art. 3"),
        received,
        speaks_for: received,
        blocks: blocks.to_vec(),
    }
}

const BOTH: &[Block] = &[Block::Identity, Block::FollowUp];

fn three_months() -> Batches {
    let day = |month| date(2025, month, 1);
    Batches::new(vec![
        batch(1, Source::FRANCE_TRAVAIL, "old", day(1), BOTH),
        batch(2, Source::CNAF, "own", day(1), BOTH),
        batch(3, Source::FRANCE_TRAVAIL, "old", day(2), BOTH),
        batch(4, Source::FRANCE_TRAVAIL, "new", day(3), &[Block::Identity]),
    ])
}

fn her(spells: &[(i64, Option<i64>)], versions: &[(i64, Block)]) -> HeldIdentity {
    HeldIdentity {
        source: Source::FRANCE_TRAVAIL,
        spells: spells
            .iter()
            .map(|(from, to)| HeldSpell { from: BatchNo(*from), to: to.map(BatchNo) })
            .collect(),
        versions: versions
            .iter()
            .map(|(from, block)| HeldVersion { from: BatchNo(*from), block: *block, is_empty: false })
            .collect(),
    }
}

#[test]
fn a_version_was_last_received_with_the_last_file_that_said_it() {
    use Block::{FollowUp, Identity};
    let batches = three_months();
    for (spells, versions, which, expected) in [
        (&[(1, None)][..], &[(1, Identity)][..], (1, Identity), 4),
        (&[(1, None)], &[(1, FollowUp)], (1, FollowUp), 3),
        (&[(1, Some(3))], &[(1, Identity)], (1, Identity), 1),
        (&[(1, Some(3)), (4, None)], &[(1, Identity)], (1, Identity), 4),
        (&[(1, None)], &[(1, Identity), (3, Identity)], (1, Identity), 1),
        (&[(1, None)], &[(1, Identity), (4, Identity)], (1, Identity), 3),
    ] {
        let held = her(spells, versions);
        let version = HeldVersion { from: BatchNo(which.0), block: which.1, is_empty: false };
        assert_eq!(batches.last_said(&held, version).unwrap().number, BatchNo(expected), "{held:?}");
    }
}

fn person(source: Source, left: Option<i64>) -> HeldIdentity {
    HeldIdentity { source, ..her(&[(1, left)], &[]) }
}

#[test]
fn when_a_right_ended() {
    let batches = three_months();
    let given = Some(date(2024, 6, 30));
    let (cnaf, ft, own) = (Source::CNAF, Source::FRANCE_TRAVAIL, Source::DEPARTEMENT);
    for (held, expected, why) in [
        (vec![(cnaf.clone(), None, None)], None, "the CNAF pays"),
        (vec![(cnaf.clone(), None, given)], given, "the CNAF says that it ended"),
        (vec![(cnaf.clone(), None, given), (ft.clone(), None, None)], given, "its word is the last"),
        (vec![(cnaf.clone(), Some(3), given), (ft.clone(), None, None)], None, "France Travail holds her"),
        (vec![(cnaf.clone(), Some(3), given)], Some(date(2025, 2, 1)), "she left later than that"),
        (vec![(cnaf.clone(), Some(3), None), (ft, Some(4), None)], Some(date(2025, 3, 1)), "the last day"),
        (vec![(own.clone(), None, None)], None, "the Département's list holds her"),
        (vec![(own.clone(), Some(3), None)], Some(date(2025, 2, 1)), "she left the list"),
        (vec![(own, None, None), (cnaf, Some(3), None)], Some(date(2025, 2, 1)), "the list keeps no right"),
        (vec![], None, "nothing tells"),
    ] {
        let mut end = RightEnd::default();
        for (source, left, given) in held {
            end.take(&batches, &person(source, left), given);
        }
        assert_eq!(end.day(), expected, "{why}");
    }
}

/// One who is known to France Travail, whose convention is over, and perhaps to the CNAF.
#[test]
fn what_goes_tells_nothing_any_more() {
    use Fate::{Goes, KeepsOwn, Stays};
    let batches = three_months();
    let of = |source: &Source, starts, convention: &str| {
        (
            convention.into(),
            source.clone(),
            Term { convention_ends: Some(date(2025, 6, 1)), ..term(starts, "1 year") },
        )
    };
    let (ft, cnaf) = (Source::FRANCE_TRAVAIL, Source::CNAF);
    let terms = Terms {
        facts: vec![
            of(&ft, RetentionStart::EndOfConvention, "old"),
            of(&ft, RetentionStart::EndOfConvention, "new"),
            of(&cnaf, RetentionStart::EndOfRight, "own"),
        ],
        own: vec![(Source::DEPARTEMENT, term(RetentionStart::EndOfRight, "2 years"))],
        ..Terms::default()
    };
    let by_ft = her(&[(1, None)], &[(1, Block::Identity)]);
    let by_cnaf = HeldIdentity { source: cnaf, ..her(&[(2, Some(3))], &[(2, Block::Identity)]) };
    let fates = |held: &[(&HeldIdentity, u64)], may: bool, day| {
        let hers: Vec<_> =
            held.iter().map(|(held, own)| Hers { held, own: *own, path: 0, right_ended: None }).collect();
        let verdicts = decide((&hers, &HerPath::default()), (&terms, &batches), |_| may, day);
        verdicts.iter().map(|verdict| verdict.fate).collect::<Vec<_>>()
    };
    for (held, day, expected, why) in [
        (
            &[(&by_ft, 0), (&by_cnaf, 0)][..],
            date(2026, 5, 31),
            vec![Stays, Stays],
            "the convention's year runs",
        ),
        (
            &[(&by_ft, 0), (&by_cnaf, 0)],
            date(2026, 6, 1),
            vec![Goes, Goes],
            "only France Travail kept her right",
        ),
        (
            &[(&by_ft, 1), (&by_cnaf, 0)],
            date(2026, 6, 1),
            vec![KeepsOwn, Goes],
            "what was recorded is kept two years",
        ),
        (&[(&by_ft, 1)], date(2026, 6, 1), vec![KeepsOwn], "followed until the last file, 1 March 2025"),
        (&[(&by_ft, 1)], date(2027, 3, 1), vec![Goes], "and two years on"),
    ] {
        assert_eq!(fates(held, true, day), expected, "{why}");
        assert!(fates(held, false, day).iter().all(|fate| *fate == Stays), "without a clause nothing goes");
    }
}

proptest! {
    #[test]
    fn a_longer_time_never_ends_sooner(count in 1_u32..40, more in 0_u32..40, unit in 0_usize..4, day in 0_i64..20_000) {
        let start = date(1990, 1, 1).saturating_add(jiff::Span::new().days(day));
        let unit = ["hours", "days", "months", "years"][unit];
        let keep = |count: u32| format!("{count} {unit}").parse::<Length>().unwrap();
        prop_assert!(keep(count).after(start) <= keep(count + more).after(start));
        prop_assert!(keep(count).after(start) > start);
    }

    /// Nothing is due before its day, everything on it, and what is due stays due.
    #[test]
    fn what_is_due_stays_due(received in 0_i64..4_000, days in 1_u32..400, later in 0_i64..2_000) {
        let start = date(2020, 1, 1).saturating_add(jiff::Span::new().days(received));
        let batches = Batches::new(vec![batch(1, Source::FRANCE_TRAVAIL, "c", start, BOTH)]);
        let held = her(&[(1, None)], &[(1, Block::Identity)]);
        let time = term(RetentionStart::Receipt, &format!("{days} days"));
        let terms = Terms {
            facts: vec![("c".into(), Source::FRANCE_TRAVAIL, time.clone())],
            ..Terms::default()
        };
        let ends = time.ends(&Times { received: Some(start), ..Times::default() }).unwrap();
        let on = |day| batches.due(&held, None, &terms, day).len();
        prop_assert_eq!(on(ends.yesterday().unwrap()), 0);
        prop_assert_eq!(on(ends.saturating_add(jiff::Span::new().days(later))), 1);
    }
}

/// A path goes whole, by the last of the times of its registers, and never while something is under way.
#[test]
fn a_path_goes_whole_or_stays_whole() {
    use Fate::{Goes, KeepsOwn};
    let batches = three_months();
    let (ours, theirs) = (Source::DEPARTEMENT, Source::FRANCE_TRAVAIL);
    let of_convention =
        Term { convention_ends: Some(date(2027, 12, 31)), ..term(RetentionStart::EndOfConvention, "1 year") };
    let terms = Terms {
        facts: ["old", "new"]
            .map(|id| (id.into(), theirs.clone(), term(RetentionStart::EndOfConvention, "1 year")))
            .into(),
        own: vec![(ours.clone(), term(RetentionStart::EndOfRight, "2 years"))],
        paths: vec![
            (ours.clone(), term(RetentionStart::EndOfRight, "2 years")),
            (theirs.clone(), of_convention),
        ],
        ..Terms::default()
    };
    // Followed until the last file, 1 March 2025: two years from then, and a year from the end of the convention.
    let held = her(&[(1, Some(2))], &[(1, Block::Identity)]);
    let bare = HeldIdentity { versions: Vec::new(), ..held.clone() };
    for (registers, is_live, may, day, goes, why) in [
        (vec![&ours], false, true, date(2027, 2, 28), false, "the right ended less than two years ago"),
        (vec![&ours], false, true, date(2027, 3, 1), true, "nobody keeps it longer"),
        (vec![&ours, &theirs], false, true, date(2027, 3, 1), false, "the form is kept a year more"),
        (vec![&ours, &theirs], false, true, date(2028, 12, 30), false, "one day before"),
        (vec![&theirs], false, true, date(2028, 12, 31), true, "the form's own time reaches it"),
        (vec![&ours, &theirs], false, true, date(2028, 12, 31), true, "both are over"),
        (vec![&ours, &theirs], true, true, date(2040, 1, 1), false, "somebody stands beside her"),
        (vec![&ours, &theirs], false, false, date(2040, 1, 1), false, "no clause lets it go"),
    ] {
        let path = HerPath { registers: registers.into_iter().cloned().collect(), is_live };
        let hers = [&held, &bare].map(|held| Hers { held, own: 1, path: 1, right_ended: None });
        let verdicts = decide((&hers, &path), (&terms, &batches), |_| may, day);
        for verdict in &verdicts {
            assert_eq!(verdict.path.is_some(), goes, "{why}");
            assert!(!is_live || verdict.own.is_none(), "{why}: who stands beside her stays too");
            assert!(goes || verdict.fate != Goes, "{why}");
        }
        if may && !goes {
            assert_eq!(verdicts[0].fate, KeepsOwn, "{why}: what it hangs on stays");
        }
    }
}

#[test]
fn the_times_of_paths_are_those_of_the_clauses_on_them() {
    let files = SHIPPED.iter().chain(crate::ON_ACCOMPANIMENT);
    let gate = Gate::new(files.map(|(name, text)| Convention::parse(name, text).unwrap()).collect()).unwrap();
    let terms = Terms::of(&gate, territory(), date(2026, 11, 2));
    let ids = |register| terms.path(register).into_iter().map(|term| term.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&Source::FRANCE_TRAVAIL), ["form-data"]);
    assert_eq!(ids(&Source::DEPARTEMENT), ["own-file"]);
    assert!(ids(&Source::CNAF).is_empty());
}
