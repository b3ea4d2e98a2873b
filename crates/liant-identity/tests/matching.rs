//! Matching by the public face: the rules of the bands, homonyms, twins, couples, one person to one dossier, and a
//! brute-force oracle. All people are invented.

use liant_identity::{
    Band, Decision, Evidence, Known, KnownBuilder, Link, Matcher, Matches, NameLevel, NirLevel, Options,
    Record, duplicates,
};
use proptest::prelude::*;

/// `nir, birth name, usage name, first name, date, commune, caf, ft region, ft id`; empty is absent.
type Row = [&'static str; 9];

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

fn freeze(rows: &[Row]) -> Known {
    let mut builder = KnownBuilder::with_capacity(rows.len());
    for row in rows {
        builder.push(&record(row));
    }
    builder.freeze(2)
}

fn run(left: &[Row], right: &[Row]) -> Matches {
    let known = freeze(right);
    let mut matcher = Matcher::new(&known, Options { threads: 2, ..Options::default() }, left.len());
    for row in left {
        matcher.push(&record(row));
    }
    matcher.finish()
}

fn decisions(matches: &Matches) -> Vec<(u32, u32, Decision)> {
    matches.links.iter().map(|link| (link.left, link.right, link.decision)).collect()
}

/// The known person every pair case starts from.
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

fn her(changes: &[(usize, &'static str)]) -> Row {
    let mut row = HER;
    for (place, text) in changes {
        row[*place] = text;
    }
    row
}

#[test]
fn bands_table() {
    type Case = (&'static str, Row, Option<(Decision, Band)>);
    use Decision::{Match, Review};
    let cases: &[Case] = &[
        ("all equal", HER, Some((Match, Band::Certain))),
        ("spaces and key in the NIR", her(&[(0, "2 82 02 62 108 030 88")]), Some((Match, Band::Certain))),
        ("folded spelling", her(&[(1, "woźniakowska"), (3, "LUDIVINE")]), Some((Match, Band::Certain))),
        ("married name only", her(&[(1, "DELBECQUE"), (2, "")]), Some((Match, Band::Certain))),
        (
            "NIR and first name, all else changed hands",
            her(&[(1, "MARTIN"), (2, ""), (5, ""), (6, ""), (8, "")]),
            Some((Match, Band::Certain)),
        ),
        ("no NIR, France Travail's identifier", her(&[(0, ""), (6, "")]), Some((Match, Band::Certain))),
        ("no identifier but CAF number", her(&[(0, ""), (7, ""), (8, "")]), Some((Match, Band::Certain))),
        (
            "no identifier at all, rare name",
            her(&[(0, ""), (6, ""), (7, ""), (8, "")]),
            Some((Match, Band::Scored)),
        ),
        ("day and month swapped", her(&[(0, ""), (4, "1982-14-02"), (8, "")]), Some((Match, Band::Certain))),
        ("slip in the NIR, all else equal", her(&[(0, "2820262108300")]), Some((Match, Band::Scored))),
        (
            "slip in the NIR, other first name: twins",
            her(&[(0, "2820262108031"), (3, "Aurélie"), (6, ""), (8, "")]),
            None,
        ),
        ("contradicting NIRs, all else equal", her(&[(0, "2820262417077")]), Some((Review, Band::Barred))),
        (
            "contradicting NIRs, same identifiers elsewhere",
            her(&[(0, "1790359350123")]),
            Some((Review, Band::Barred)),
        ),
        (
            "a relative with her NIR",
            her(&[(3, "Corentin"), (1, "DELBECQUE"), (4, "1979-06-30"), (8, "")]),
            None,
        ),
        (
            "spouse: CAF number, commune and name",
            ["", "DELBECQUE", "", "Corentin", "1979-06-30", "62041", "0621234567", "", ""],
            None,
        ),
        ("contact details alone", ["", "", "", "", "", "62041", "0621234567", "", ""], None),
        (
            "same identifier, other region",
            ["", "PETIT", "", "Paul", "1990-01-05", "", "", "059", "1234567A"],
            None,
        ),
        ("nobody", ["", "HADDAD", "", "Inès", "1999-12-31", "62900", "", "", ""], None),
        ("empty", [""; 9], None),
    ];
    for (what, left, expected) in cases {
        let matches = run(&[*left], &[HER]);
        let got = matches.links.first().map(|link| (link.decision, link.evidence.band));
        if expected.is_none() {
            assert!(got.is_none_or(|(decision, _)| decision == Review), "{what}: {:?}", matches.links);
        } else {
            assert_eq!(got, *expected, "{what}: {:?}", matches.links);
        }
    }
}

#[test]
fn contradicting_nirs_never_link_by_themselves() {
    for first_nir in ["2820262417077", "1820262108030", "2830262108030", "2820162108031"] {
        for place in 1..9 {
            let left = her(&[(0, first_nir), (place, "")]);
            for link in run(&[left], &[HER]).links {
                let slip = link.evidence.nir == NirLevel::OneSlip;
                assert!(slip || link.decision == Decision::Review, "{first_nir} without {place}: {link:?}");
            }
        }
    }
}

#[test]
fn homonyms_stay_two_people() {
    let one = ["1750662041012", "DHAINAUT", "", "Régis", "1975-06-03", "62041", "", "", ""];
    let other = ["1750659350345", "DHAINAUT", "", "Régis", "1975-06-03", "62765", "", "", ""];
    assert_eq!(
        decisions(&run(&[one, other], &[other, one])),
        [(0, 1, Decision::Match), (1, 0, Decision::Match)],
        "each has her own NIR"
    );
    let mut without = one;
    without[0] = "";
    without[5] = "";
    let matches = run(&[without], &[one, other]);
    assert!(matches.links.iter().all(|link| link.decision == Decision::Review), "nothing tells them apart");
    assert_eq!(matches.links.len(), 2, "both are shown");
}

#[test]
fn twins_stay_two_people() {
    let lea = ["2950362041112", "BELBACHIR", "", "Léa", "1995-03-09", "62041", "", "", ""];
    let zoe = ["2950362041113", "BELBACHIR", "", "Zoé", "1995-03-09", "62041", "", "", ""];
    for nirs in [true, false] {
        let bare = |row: Row| if nirs { row } else { [&[""], &row[1..]].concat().try_into().unwrap() };
        let matches = run(&[bare(lea), bare(zoe)], &[bare(zoe), bare(lea)]);
        let wrong =
            matches.links.iter().any(|link| link.left == link.right && link.decision == Decision::Match);
        assert!(!wrong, "{matches:?}");
        assert_eq!(matches.links.iter().filter(|link| link.decision == Decision::Match).count(), 2);
        let alone = run(&[bare(lea)], &[bare(zoe)]);
        assert!(alone.links.iter().all(|link| link.decision == Decision::Review), "{alone:?}");
    }
}

#[test]
fn one_known_person_to_one_dossier() {
    let known = ["", "FOURMENTIN", "", "Maël", "1990-10-10", "62041", "", "", ""];
    let moved = ["", "FOURMENTIN", "", "Maël", "1990-10-10", "59350", "", "", ""];
    let stays = known;
    let matches = run(&[moved, stays], &[known]);
    let linked: Vec<u32> =
        matches.links.iter().filter(|link| link.decision == Decision::Match).map(|l| l.left).collect();
    assert!(linked.len() <= 1, "{matches:?}");
    assert_eq!(linked.first().copied().unwrap_or(1), 1, "{matches:?}");
}

#[test]
fn two_dossiers_of_one_person_both_link() {
    let second = her(&[(8, "7654321B")]);
    assert_eq!(decisions(&run(&[HER, second], &[HER])), [(0, 0, Decision::Match), (1, 0, Decision::Match)]);
}

#[test]
fn a_person_recorded_twice_does_not_block_her_own_match() {
    let again = her(&[(5, "59350"), (6, "")]);
    let matches = run(&[HER], &[again, HER]);
    assert_eq!(decisions(&matches), [(0, 1, Decision::Match)]);
    let other = ["2750662041012", "DHAINAUT", "", "Régine", "1975-06-03", "62041", "", "", ""];
    let pairs = duplicates(&freeze(&[again, other, HER]), &Options::default());
    assert_eq!(
        pairs.iter().map(|link| (link.left, link.right, link.decision)).collect::<Vec<_>>(),
        [(2, 0, Decision::Match)]
    );
}

#[test]
fn couples_share_a_caf_number_and_stay_two() {
    let he = ["1800562041055", "LHEUREUX", "", "Fabrice", "1980-05-01", "62041", "0627654321", "", ""];
    let she =
        ["2810662041066", "MAJCHRZAK", "LHEUREUX", "Magali", "1981-06-02", "62041", "0627654321", "", ""];
    let bare = |row: Row| -> Row { [&[""], &row[1..]].concat().try_into().unwrap() };
    assert_eq!(
        decisions(&run(&[bare(he), bare(she)], &[bare(she), bare(he)])),
        [(0, 1, Decision::Match), (1, 0, Decision::Match)]
    );
    let alone = run(&[bare(she)], &[bare(he)]);
    assert!(alone.links.iter().all(|link| link.decision == Decision::Review), "{alone:?}");
    // Her number written on his record: a common mistake.
    let mut mistaken = he;
    mistaken[0] = she[0];
    let alone = run(&[she], &[mistaken]);
    assert!(alone.links.iter().all(|link| link.decision == Decision::Review), "{alone:?}");
}

#[test]
fn nothing_to_match() {
    assert!(run(&[], &[]).links.is_empty());
    assert!(run(&[HER], &[]).links.is_empty());
    assert!(run(&[], &[HER]).links.is_empty());
    assert!(duplicates(&freeze(&[]), &Options::default()).is_empty());
}

#[test]
fn comparisons_are_bounded_for_each_dossier() {
    let same: Vec<Row> = vec![["", "PETIT", "", "Marie", "1980-01-01", "62041", "", "", ""]; 20];
    let known = freeze(&same);
    let mut matcher = Matcher::new(&known, Options::default(), 20);
    for row in &same {
        matcher.push(&record(row));
    }
    let matches = matcher.finish();
    assert!(matches.compared <= 20 * Options::default().most_compared as u64);
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
    #[test]
    fn links_keep_their_promises(left in people(), right in people()) {
        let matches = run(&left, &right);
        prop_assert!(matches.links.is_sorted_by_key(|link| link.left));
        prop_assert!(matches.compared <= (left.len() * Options::default().most_compared) as u64);
        for links in matches.links.chunk_by(|a, b| a.left == b.left) {
            let matched = links.iter().filter(|link| link.decision == Decision::Match).count();
            prop_assert!(matched == 0 || links.len() == 1, "one match or several candidates: {links:?}");
            prop_assert!(links.is_sorted_by(|a, b| a.score >= b.score));
            for link in links {
                check_rules(link)?;
            }
        }
        prop_assert_eq!(run(&left, &right).links, matches.links, "the same files give the same links");
    }

    /// The oracle looks at every pair, with rules written anew: what it holds certain and alone must be matched.
    #[test]
    fn agrees_with_brute_force_on_plain_cases(left in people(), right in people()) {
        let matches = run(&left, &right);
        for (a, row) in left.iter().enumerate() {
            let full = |row: &Row| [0, 1, 3, 4].iter().all(|place| !row[*place].is_empty()) && row[0] != "nul";
            if !full(row) {
                continue;
            }
            let same = |other: &Row| full(other) && [0, 1, 3, 4].iter().all(|place| other[*place] == row[*place]);
            let touches = |other: &Row| [0, 1, 3, 4, 6, 8].iter().filter(|place| !other[**place].is_empty()
                && other[**place] == row[**place]).count() > 1;
            let twins: Vec<usize> = right.iter().enumerate().filter(|(_, other)| same(other)).map(|(b, _)| b).collect();
            let rivals = left.iter().enumerate().filter(|(c, other)| *c != a && touches(other)).count()
                + right.iter().filter(|other| touches(other) && !same(other)).count();
            let nir_date = &row[0][1..5] == [&row[4][2..4], row[4].get(5..7).unwrap_or("")].concat().as_str();
            if twins.len() == 1 && rivals == 0 && nir_date && row[4].len() == 10 {
                let found = matches.links.iter().any(|link| link.left as usize == a
                    && link.right as usize == twins[0] && link.decision == Decision::Match);
                prop_assert!(found, "{row:?} not matched: {:?}", matches.links);
            }
        }
    }

    #[test]
    fn evidence_is_symmetric(left in people(), right in people()) {
        let (there, back) = (run(&left, &right), run(&right, &left));
        for link in &there.links {
            for other in back.links.iter().filter(|other| other.left == link.right && other.right == link.left) {
                prop_assert_eq!(other.evidence, link.evidence);
            }
        }
    }
}

fn check_rules(link: &Link) -> Result<(), TestCaseError> {
    let Evidence { nir, name, .. } = link.evidence;
    if link.decision == Decision::Match {
        prop_assert!(!matches!(nir, NirLevel::Different | NirLevel::Misplaced), "{link:?}");
        prop_assert!(link.evidence.band != Band::Barred);
        prop_assert!(
            name != NameLevel::Different || link.evidence.band == Band::Certain || link.score > 6.0,
            "{link:?}"
        );
    }
    prop_assert!((0.0..=1.0).contains(&link.probability()));
    Ok(())
}
