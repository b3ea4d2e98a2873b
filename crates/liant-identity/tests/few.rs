//! Few newcomers while everyone known passes by: the links are those of a match against everyone. All people are invented.

use liant_identity::{Decision, KnownBuilder, Link, Matcher, Matches, Newcomers, Options, Record};
use proptest::prelude::*;

/// `nir, birth name, usage name, first name, date, commune, caf, ft region, ft id`; empty is absent.
type Row = [&'static str; 9];
/// A known record, and whose it is; none: a person of her own.
type KnownRow = (Row, Option<u32>);

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

fn against_everyone(left: &[Row], known: &[KnownRow], options: Options) -> Matches {
    let mut builder = KnownBuilder::with_capacity(known.len());
    for (row, person) in known {
        match person {
            Some(person) => builder.push_of(&record(row), *person),
            None => builder.push(&record(row)),
        };
    }
    let known = builder.freeze(options.threads);
    let mut matcher = Matcher::new(&known, options, left.len());
    for row in left {
        matcher.push(&record(row));
    }
    matcher.finish()
}

/// The matches, in the ordinals of everyone, and how many records were kept.
fn while_passing(left: &[Row], known: &[KnownRow], expected: usize, options: Options) -> (Matches, usize) {
    let mut newcomers = Newcomers::with_capacity(left.len());
    for row in left {
        newcomers.push(&record(row));
    }
    let mut passing = newcomers.meet(expected);
    let mut kept = Vec::new();
    for (ordinal, (row, person)) in (0_u32..).zip(known) {
        let answer = match person {
            Some(person) => passing.push_of(&record(row), u64::from(*person) << 20),
            None => passing.push(&record(row)),
        };
        if let Some(answer) = answer {
            assert_eq!(answer as usize, kept.len());
            kept.push(ordinal);
        }
    }
    let mut matches = passing.finish(&options);
    for link in &mut matches.links {
        link.right = kept[link.right as usize];
    }
    (matches, kept.len())
}

fn outcome(matches: &Matches) -> (&[Link], u32, u64) {
    (&matches.links, matches.dossiers, matches.compared)
}

fn rows(most: usize) -> impl Strategy<Value = Vec<Row>> {
    let pick = |of: &'static [&'static str]| prop::sample::select(of);
    let row = (
        pick(&[
            "",
            "",
            "1750662041012",
            "1750662041021",
            "2820262108030",
            "2820262108031",
            "7820262108030",
            "nul",
        ]),
        pick(&["DHAINAUT", "DHAINNAUT", "PETIT", "LE GALL", "LEGALL", "DE LA TOUR", "HADDAD", "NOWAK", ""]),
        pick(&["", "", "PETIT", "DHAINAUT", "LE GALL"]),
        pick(&["Régis", "Ludivine", "LUDIVNE", "Jean-Pierre", "JEAN", "PETIT", "Inès", "Zofia", ""]),
        pick(&[
            "1975-06-03",
            "1975-03-06",
            "1982-02-14",
            "1982-01-01",
            "1982",
            "1990-10-10",
            "1961-12-31",
            "",
        ]),
        pick(&["62041", "62765", "62900", ""]),
        pick(&["", "", "0621234567", "0627654321"]),
        pick(&["", "", "1234567A", "7654321B"]),
    );
    let row = row.prop_map(|(nir, birth, usage, first, date, commune, caf, ft)| {
        [nir, birth, usage, first, date, commune, caf, "062", ft]
    });
    prop::collection::vec(row, 0..most)
}

/// Records of people: of one record, or of several that say much the same and yet differ.
fn known(most: usize) -> impl Strategy<Value = Vec<KnownRow>> {
    let owner = prop_oneof![2 => Just(None), 5 => (0..40_u32).prop_map(Some)];
    rows(most).prop_flat_map(move |rows| {
        let length = rows.len();
        let (owner, from) = (prop::collection::vec(owner.clone(), length), any::<prop::sample::Index>());
        let changed = prop::collection::vec((from, 0..9_usize, any::<bool>()), length);
        (Just(rows), owner, changed).prop_map(|(rows, owners, changed)| {
            let twin = |place: usize| {
                let (from, field, again) = changed[place];
                let mut row = rows[from.index(rows.len())];
                row[field] = rows[place][field];
                if again { row } else { rows[place] }
            };
            (0..rows.len()).map(|place| (twin(place), owners[place])).collect()
        })
    })
}

fn options() -> impl Strategy<Value = Options> {
    let shipped = Options::default();
    let varied = (
        prop::sample::select(&[1_usize, 3, 16, 64][..]),
        prop::sample::select(&[-60.0_f32, -1.5, 4.0][..]),
        prop::sample::select(&[2.0_f32, 7.5][..]),
        1..6_usize,
        1..3_usize,
        any::<bool>(),
    );
    varied.prop_map(move |(most_compared, review, automatic, most_shown, threads, learn)| Options {
        most_compared,
        review,
        automatic,
        most_shown,
        threads,
        learn,
        ..shipped
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn few_find_what_all_would(left in rows(12), known in known(40), options in options(), expected in 0..80_usize) {
        let (passed, kept) = while_passing(&left, &known, expected, options);
        let all = against_everyone(&left, &known, options);
        prop_assert_eq!(outcome(&passed), outcome(&all));
        prop_assert!(kept <= known.len());
    }

    /// So many that blocks are too large to be read, and that candidates do not all find room.
    #[test]
    fn few_find_what_all_would_in_a_crowd(left in rows(12), known in known(400), options in options()) {
        let (passed, _) = while_passing(&left, &known, 0, options);
        let all = against_everyone(&left, &known, options);
        prop_assert_eq!(outcome(&passed), outcome(&all));
    }
}

const HER: Row =
    ["2820262108030", "WOZNIAKOWSKA", "", "Ludivine", "1982-02-14", "62041", "0621234567", "062", "1234567A"];

/// `HER` or her neighbour, with each empty field kept empty.
fn her(changes: &[(usize, &'static str)]) -> Row {
    let mut row = HER;
    for (place, text) in changes {
        row[*place] = text;
    }
    row
}

#[test]
fn a_record_that_was_not_kept_still_contradicts() {
    // All that the two records of this person share is their owner: only the first has anything of the dossier.
    let without_nir = her(&[(0, ""), (6, ""), (8, "")]);
    let elsewhere = ["2790359350177", "HADDAD", "", "Inès", "1979-03-30", "59350", "", "", ""];
    for known in
        [[(without_nir, Some(7)), (elsewhere, Some(7))], [(elsewhere, Some(7)), (without_nir, Some(7))]]
    {
        let (passed, kept) = while_passing(&[HER], &known, 2, Options::default());
        assert_eq!(kept, 1);
        assert_eq!(passed.links.len(), 1);
        assert_eq!(passed.links[0].decision, Decision::Review, "{passed:?}");
        assert_eq!(outcome(&passed), outcome(&against_everyone(&[HER], &known, Options::default())));
    }
}

#[test]
fn strangers_are_not_kept() {
    let stranger =
        ["1790359350123", "HADDAD", "", "Inès", "1999-12-31", "59350", "0597654321", "", "7654321B"];
    let known = [(stranger, None), (HER, Some(1)), (stranger, Some(2)), (HER, None)];
    let (passed, kept) = while_passing(&[HER], &known, 4, Options::default());
    assert_eq!(kept, 2);
    assert_eq!(outcome(&passed), outcome(&against_everyone(&[HER], &known, Options::default())));
}

#[test]
fn far_too_many_records_of_one_person() {
    let mut known: Vec<KnownRow> = vec![(her(&[(8, "")]), Some(3)); 700];
    known[200].0 = her(&[(0, "2790359350177")]);
    known[500].0 = her(&[(0, ""), (1, "DELBECQUE")]);
    for (place, row) in known.iter_mut().enumerate() {
        row.1 = row.1.filter(|_| place % 5 != 4);
    }
    let left = [HER, her(&[(0, "")]), her(&[(0, ""), (8, ""), (6, "")])];
    let (passed, _) = while_passing(&left, &known, 700, Options::default());
    assert_eq!(outcome(&passed), outcome(&against_everyone(&left, &known, Options::default())));
}

#[test]
fn nobody_on_either_side() {
    for (left, known) in [(vec![], vec![(HER, None)]), (vec![HER], vec![]), (vec![], vec![])] {
        let (passed, kept) = while_passing(&left, &known, 0, Options::default());
        assert_eq!((passed.links.len(), passed.dossiers as usize, kept), (0, left.len(), 0));
    }
}
