//! Several records of one person on the known side: they answer for her together. All people are invented.

use liant_identity::{
    Band, Decision, Known, KnownBuilder, Link, Matcher, Matches, NirLevel, Options, Record, duplicates,
};
use proptest::prelude::*;

/// `nir, birth name, usage name, first name, date, commune, caf, ft region, ft id`; empty is absent.
type Row = [&'static str; 9];
/// A known record, and whose it is; none: a person of her own.
type KnownRow = (Row, Option<u32>);
/// What is tried, a dossier, the known records, and the record, decision and band of the one link expected.
type LinkCase = (&'static str, Row, Vec<KnownRow>, (u32, Decision, Band));
/// What is tried, the known records, and the pairs expected.
type PairsCase = (&'static str, Vec<KnownRow>, Vec<(u32, u32, Decision)>);

fn record<'a>(row: &[&'a str; 9]) -> Record<'a> {
    let field = |place: usize| Some(row[place]).filter(|text| !text.is_empty());
    Record {
        nir: field(0),
        birth_name: field(1),
        usage_name: field(2),
        first_name: field(3),
        birth_date: field(4),
        commune: field(5),
        caf: field(6),
        ft_region: field(7),
        ft_id: field(8),
    }
}

fn freeze(rows: &[KnownRow]) -> Known {
    let mut builder = KnownBuilder::with_capacity(rows.len());
    for (place, (row, person)) in rows.iter().enumerate() {
        let ordinal = match person {
            Some(person) => builder.push_of(&record(row), *person),
            None => builder.push(&record(row)),
        };
        assert_eq!(ordinal as usize, place);
    }
    builder.freeze(2)
}

fn run(left: &[Row], right: &[KnownRow]) -> Matches {
    let known = freeze(right);
    let mut matcher = Matcher::new(&known, Options { threads: 2, ..Options::default() }, left.len());
    for row in left {
        matcher.push(&record(row));
    }
    matcher.finish()
}

fn decisions(links: &[Link]) -> Vec<(u32, u32, Decision)> {
    links.iter().map(|link| (link.left, link.right, link.decision)).collect()
}

/// France Travail's dossier.
const HER: Row = [
    "2820262108030",
    "WOZNIAKOWSKA",
    "DELBECQUE",
    "Ludivine",
    "1982-02-14",
    "62041",
    "0621234567",
    "062",
    "1234567A",
];
/// Another woman of the same names and birth date.
const HOMONYM: Row = ["2820259350077", "WOZNIAKOWSKA", "", "Ludivine", "1982-02-14", "62765", "", "", ""];
/// Nobody's near.
const OTHER: Row = ["1750662041012", "DHAINAUT", "", "Régis", "1975-06-03", "62765", "", "", ""];

fn her(changes: &[(usize, &'static str)]) -> Row {
    let mut row = HER;
    for (place, text) in changes {
        row[*place] = text;
    }
    row
}

#[test]
fn records_of_one_person_answer_for_her_together() {
    use Decision::{Match, Review};
    let department = her(&[(2, ""), (5, "62765"), (6, ""), (8, "")]);
    let caf = her(&[(1, "DELBECQUE"), (2, ""), (8, "")]);
    let without_nir = her(&[(0, ""), (6, ""), (8, "")]);
    let mistyped = her(&[(0, "2820262417077")]);
    let relatives = her(&[(0, "1790359350123"), (8, "")]);
    let cases: Vec<LinkCase> = vec![
        (
            "sure on each of three records",
            HER,
            vec![(department, Some(4)), (OTHER, Some(2)), (caf, Some(4)), (HER, Some(4))],
            (3, Match, Band::Certain),
        ),
        (
            "two records that say the same",
            caf,
            vec![(caf, Some(0)), (caf, Some(0))],
            (0, Match, Band::Certain),
        ),
        (
            "no identifier, a rare name, two records",
            without_nir,
            vec![(without_nir, Some(9)), (without_nir, Some(9))],
            (0, Match, Band::Scored),
        ),
        (
            "her NIR on one record, mistyped on the other",
            HER,
            vec![(mistyped, Some(0)), (department, Some(0))],
            (1, Match, Band::Certain),
        ),
        (
            "her NIR on one record, a relative's on the other",
            department,
            vec![(department, Some(0)), (relatives, Some(0))],
            (0, Match, Band::Certain),
        ),
        (
            "another NIR on one record, none on the nearest",
            without_caf_and_ft(HER),
            vec![(without_nir, Some(0)), (her(&[(0, "2820262417077"), (1, "PETIT"), (2, "")]), Some(0))],
            (0, Review, Band::Barred),
        ),
        (
            "another NIR on one record, a provisional one on the nearest",
            without_caf_and_ft(HER),
            vec![
                (her(&[(0, "7820262108030"), (6, ""), (8, "")]), Some(0)),
                (her(&[(0, "2820262417077"), (1, "PETIT"), (2, "")]), Some(0)),
            ],
            (0, Review, Band::Barred),
        ),
        (
            "her NIR on one record but little else, all but it on the other",
            HER,
            vec![
                (mistyped, Some(0)),
                (her(&[(1, "MARTIN"), (2, ""), (5, ""), (6, "0629999999"), (8, "")]), Some(0)),
            ],
            (1, Match, Band::Certain),
        ),
        (
            "the same two records, two people",
            without_caf_and_ft(HER),
            vec![(without_nir, None), (her(&[(0, "2820262417077"), (1, "PETIT"), (2, "")]), None)],
            (0, Match, Band::Scored),
        ),
        (
            "only contradicting NIRs",
            HER,
            vec![(mistyped, Some(0)), (relatives, Some(0))],
            (0, Review, Band::Barred),
        ),
    ];
    for (what, left, right, expected) in cases {
        let links = run(&[left], &right).links;
        let got = links.first().map(|link| (link.right, link.decision, link.evidence.band));
        assert_eq!(got, Some(expected), "{what}: {links:?}");
        assert_eq!(links.len(), 1, "{what}: {links:?}");
    }
}

fn without_caf_and_ft(mut row: Row) -> Row {
    row[6] = "";
    row[8] = "";
    row
}

#[test]
fn a_hidden_contradiction_is_told() {
    let right = [(her(&[(0, "")]), Some(0)), (her(&[(0, "2820262417077"), (8, "")]), Some(0))];
    let links = run(&[HER], &right).links;
    assert_eq!(links[0].evidence.nir, NirLevel::Different, "{links:?}");
    assert_eq!(links[0].decision, Decision::Review);
}

#[test]
fn one_candidate_is_shown_for_each_person() {
    let bare = |row: Row| -> Row { [&[""], &row[1..5], &[""; 4]].concat().try_into().unwrap() };
    let right = [
        (HOMONYM, Some(1)),
        (HER, Some(0)),
        (her(&[(5, "62765")]), Some(0)),
        (bare(HOMONYM), Some(1)),
        (her(&[(8, "")]), Some(0)),
    ];
    let links = run(&[bare(HER)], &right).links;
    assert!(links.iter().all(|link| link.decision == Decision::Review), "{links:?}");
    let mut shown: Vec<_> = links.iter().map(|link| right[link.right as usize].1).collect();
    shown.sort_unstable();
    assert_eq!(shown, [Some(0), Some(1)], "{links:?}");
}

#[test]
fn one_person_to_one_dossier_whatever_her_records() {
    let known = ["", "FOURMENTIN", "", "Maël", "1990-10-10", "62041", "", "", ""];
    let moved = ["", "FOURMENTIN", "", "Maël", "1990-10-10", "59350", "", "", ""];
    // Each dossier is nearest to a record of its own, but there is one person.
    let apart = run(&[known, moved], &[(known, None), (moved, None)]);
    assert_eq!(decisions(&apart.links), [(0, 0, Decision::Match), (1, 1, Decision::Match)]);
    let together = run(&[known, moved], &[(known, Some(0)), (moved, Some(0))]);
    let linked = together.links.iter().filter(|link| link.decision == Decision::Match).count();
    assert!(linked <= 1, "{together:?}");
    // Duplicates of one person's dossier are the exception.
    let second = her(&[(8, "7654321B")]);
    let both = run(&[HER, second], &[(HER, Some(0)), (her(&[(8, "")]), Some(0))]);
    assert!(both.links.iter().all(|link| link.decision == Decision::Match), "{both:?}");
    assert_eq!(both.links.len(), 2);
}

#[test]
fn duplicates_are_between_people() {
    let again = her(&[(5, "59350"), (6, "")]);
    let found = |rows: &[KnownRow]| -> Vec<(u32, u32, Decision)> {
        decisions(&duplicates(&freeze(rows), &Options::default()))
    };
    let cases: Vec<PairsCase> = vec![
        ("two people", vec![(HER, None), (OTHER, None), (again, None)], vec![(2, 0, Decision::Match)]),
        ("one person", vec![(HER, Some(0)), (OTHER, None), (again, Some(0))], vec![]),
        (
            "two people of two records each: one pair, the nearest",
            vec![(HER, Some(0)), (again, Some(1)), (again, Some(0)), (OTHER, Some(2)), (HER, Some(1))],
            vec![(4, 0, Decision::Match)],
        ),
        (
            "two people whose NIRs contradict, though the nearest records have none",
            vec![
                (her(&[(0, "")]), Some(0)),
                (her(&[(1, "PETIT"), (2, ""), (6, ""), (8, "")]), Some(0)),
                (her(&[(0, "")]), Some(1)),
                (her(&[(0, "2820262417077"), (1, "LEROY"), (2, ""), (6, ""), (8, "")]), Some(1)),
            ],
            vec![(2, 0, Decision::Review)],
        ),
    ];
    for (what, rows, expected) in cases {
        assert_eq!(found(&rows), expected, "{what}");
    }
}

/// A name is as rare as the people who bear it are few, however many records they have.
#[test]
fn frequencies_count_people() {
    let rare = ["", "HENNEBELLE", "", "Maël", "1990-10-10", "62041", "", "", ""];
    let crowd: Vec<KnownRow> = (0..400)
        .map(|place| {
            let day = ["1960-01-02", "1961-03-04", "1962-05-06", "1963-07-08"][place % 4];
            (["", "PETIT", "", "Marie", day, "62765", "", "", ""], None)
        })
        .collect();
    let score = |records: usize, person: Option<u32>| {
        let mut right = crowd.clone();
        right.extend((0..records).map(|_| (rare, person)));
        run(&[rare], &right).links[0].score
    };
    assert!((score(1, None) - score(8, Some(3))).abs() < 0.01, "{} {}", score(1, None), score(8, Some(3)));
}

/// Small populations in which everything happens: few names, few dates, errors, relatives' NIRs.
fn people() -> impl Strategy<Value = Vec<Row>> {
    let pick = |of: &'static [&'static str]| prop::sample::select(of);
    let row = (
        pick(&["", "", "1750662041012", "1750662041021", "2820262108030", "2820262108031", "nul"]),
        pick(&["DHAINAUT", "DHAINNAUT", "PETIT", "LE GALL", "LEGALL", ""]),
        pick(&["", "", "PETIT", "DHAINAUT"]),
        pick(&["Régis", "Ludivine", "LUDIVNE", "Jean-Pierre", "JEAN", ""]),
        pick(&["1975-06-03", "1975-03-06", "1982-02-14", "1982-01-01", "1982", ""]),
        pick(&["62041", "62765", ""]),
        pick(&["", "", "0621234567"]),
        pick(&["", "", "1234567A", "7654321B"]),
    );
    prop::collection::vec(
        row.prop_map(|(nir, birth, usage, first, date, commune, caf, ft)| {
            [nir, birth, usage, first, date, commune, caf, "062", ft]
        }),
        0..12,
    )
}

proptest! {
    /// A known side in which every record stands twice under one person decides as the simple one.
    #[test]
    fn records_pushed_twice_change_nothing(left in people(), right in people(), apart in any::<bool>()) {
        let simple: Vec<KnownRow> = right.iter().map(|row| (*row, None)).collect();
        let count = right.len() as u32;
        // The two records of a person beside one another, or far apart.
        let person = |place: u32| if apart { place % count } else { place / 2 };
        let twice: Vec<KnownRow> =
            (0..2 * count).map(|place| (right[person(place) as usize], Some(person(place) + 5))).collect();
        let (once, doubled) = (run(&left, &simple), run(&left, &twice));
        let by_person = |links: &[Link], person: &dyn Fn(u32) -> u32| {
            let mut links: Vec<_> = links.iter().map(|link| (link.left, person(link.right), *link)).collect();
            links.sort_by_key(|(left, right, _)| (*left, *right));
            links
        };
        let once = by_person(&once.links, &|right| right);
        let doubled = by_person(&doubled.links, &person);
        prop_assert_eq!(once.len(), doubled.len(), "{:?}\n{:?}", &once, &doubled);
        for (a, b) in once.iter().zip(&doubled) {
            prop_assert_eq!((a.0, a.1, a.2.decision, a.2.evidence), (b.0, b.1, b.2.decision, b.2.evidence));
            prop_assert!((a.2.score - b.2.score).abs() < 0.05, "{:?} {:?}", a, b);
        }
    }

    /// Whatever is whose: one candidate for each person, no pair within one person, and her records in any company.
    #[test]
    fn people_are_shown_once(
        left in people(),
        right in people(),
        whose in prop::collection::vec(prop::option::of(0_u32..4), 12),
    ) {
        let right: Vec<KnownRow> = right.into_iter().zip(whose).collect();
        let same = |a: u32, b: u32| {
            a == b || right[a as usize].1.is_some() && right[a as usize].1 == right[b as usize].1
        };
        let matches = run(&left, &right);
        for links in matches.links.chunk_by(|a, b| a.left == b.left) {
            for (place, link) in links.iter().enumerate() {
                prop_assert!(links[..place].iter().all(|other| !same(other.right, link.right)), "{links:?}");
            }
        }
        let pairs = duplicates(&freeze(&right), &Options::default());
        for (place, link) in pairs.iter().enumerate() {
            prop_assert!(link.left > link.right && !same(link.left, link.right), "{link:?}");
            prop_assert!(pairs[..place].iter().all(|other| {
                !(same(other.left, link.left) && same(other.right, link.right)
                    || same(other.left, link.right) && same(other.right, link.left))
            }), "{pairs:?}");
        }
    }
}
