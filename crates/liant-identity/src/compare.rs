//! Comparing two dossiers.

use crate::evidence::{
    CafLevel, CommuneLevel, DateLevel, Evidence, FirstNameLevel, FtLevel, NameLevel, NirLevel,
};
use crate::names::{NameEntry, NameId, NamesView};
use crate::person::{BirthDate, Person};
use crate::similarity::{edits, jaro_winkler};

/// How two names resemble each other, from nearest to farthest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Same,
    Part,
    Close,
    Alike,
    Unlike,
}

/// How often names occur, to tell a slip of spelling (which makes a rare name) from another name.
pub(crate) trait Usual {
    /// Whether the name is borne by many people as a first name.
    fn usual_first_name(&self, joined: NameId) -> bool;
    /// Whether the name is borne by many people as a name.
    fn usual_surname(&self, joined: NameId) -> bool;
}

/// Compares two people whose names are numbered in `names`.
pub(crate) fn compare(left: &Person, right: &Person, names: NamesView<'_>, usual: &impl Usual) -> Evidence {
    let (name, first_name) = compare_names(left, right, names, usual);
    Evidence {
        nir: compare_nirs(left, right),
        name,
        first_name,
        date: compare_dates(left.date, right.date),
        commune: if left.commune == 0 || right.commune == 0 {
            CommuneLevel::Missing
        } else if left.commune == right.commune {
            CommuneLevel::Equal
        } else {
            CommuneLevel::Different
        },
        caf: if left.caf == 0 || right.caf == 0 {
            CafLevel::Missing
        } else if left.caf == right.caf {
            CafLevel::Equal
        } else {
            CafLevel::Different
        },
        ft: compare_ft(left, right),
        ..Evidence::default()
    }
    .ruled()
}

pub(crate) fn compare_nirs(left: &Person, right: &Person) -> NirLevel {
    if left.nir.absent() || right.nir.absent() {
        NirLevel::Missing
    } else if left.nir.characters() == right.nir.characters() {
        NirLevel::Equal
    } else if left.nir.is_provisional() != right.nir.is_provisional() {
        NirLevel::Provisional
    } else if left.nir.one_slip_from(right.nir) {
        NirLevel::OneSlip
    } else if left.nir.is_doubtful() || right.nir.is_doubtful() {
        NirLevel::Doubtful
    } else if left.nir.is_provisional() {
        NirLevel::Provisional
    } else if left.nir_belies_date() || right.nir_belies_date() {
        NirLevel::Misplaced
    } else {
        NirLevel::Different
    }
}

fn compare_ft(left: &Person, right: &Person) -> FtLevel {
    if left.ft_id == 0 || right.ft_id == 0 {
        FtLevel::Missing
    } else if left.ft_id == right.ft_id
        && (left.ft_region == right.ft_region || left.ft_region == 0 || right.ft_region == 0)
    {
        FtLevel::Equal
    } else {
        FtLevel::Different
    }
}

fn compare_dates(left: BirthDate, right: BirthDate) -> DateLevel {
    if left == right {
        return if left.absent() { DateLevel::Missing } else { DateLevel::Equal };
    }
    let (Some(a), Some(b)) = (left.parts(), right.parts()) else { return DateLevel::Missing };
    let same = u8::from(a.0 == b.0) + u8::from(a.1 == b.1) + u8::from(a.2 == b.2);
    let default_day = |date: (u16, u8, u8)| (date.1, date.2) == (1, 1);
    if a.0 == b.0 && a.1 == b.2 && a.2 == b.1 && left.whole() && right.whole() {
        DateLevel::DayMonthSwapped
    } else if a.0 == b.0
        && (a.1 == 0
            || b.1 == 0
            || (a.1 == b.1 && (a.2 == 0 || b.2 == 0))
            || default_day(a)
            || default_day(b))
    {
        DateLevel::SameYearOnly
    } else if same == 2 {
        if a.0.abs_diff(b.0) == 1 || edits(&digits(a), &digits(b), 1) == 1 {
            DateLevel::OneSlip
        } else {
            DateLevel::OnePart
        }
    } else {
        DateLevel::Different
    }
}

fn digits((year, month, day): (u16, u8, u8)) -> [u8; 8] {
    let (high, low) = ((year / 100) as u8, (year % 100) as u8);
    [high / 10, high % 10, low / 10, low % 10, month / 10, month % 10, day / 10, day % 10]
}

fn compare_names(
    left: &Person,
    right: &Person,
    names: NamesView<'_>,
    usual: &impl Usual,
) -> (NameLevel, FirstNameLevel) {
    if left.birth_name == right.birth_name
        && left.first_name == right.first_name
        && left.birth_name != 0
        && left.first_name != 0
    {
        return (NameLevel::Equal, FirstNameLevel::Equal);
    }
    let surname_usual = |id| usual.usual_surname(id);
    let first_usual = |id| usual.usual_first_name(id);
    let first = match liken(left.first_name, right.first_name, names, &first_usual, true) {
        None => FirstNameLevel::Missing,
        Some(Likeness::Same) => FirstNameLevel::Equal,
        Some(Likeness::Part) => FirstNameLevel::Part,
        Some(Likeness::Close) => FirstNameLevel::Close,
        Some(Likeness::Alike) => FirstNameLevel::Alike,
        Some(Likeness::Unlike) => FirstNameLevel::Different,
    };
    let surname = compare_surnames(left, right, names, &surname_usual);
    let unlike_names = matches!(surname, NameLevel::Different | NameLevel::Alike | NameLevel::SameUsageName);
    let unlike_firsts = matches!(first, FirstNameLevel::Different | FirstNameLevel::Alike);
    if unlike_names && unlike_firsts && swapped(left, right, names) {
        return (NameLevel::Swapped, FirstNameLevel::Swapped);
    }
    (surname, first)
}

/// Whether name and first name stand in each other's place: one of them to the letter, the other nearly.
fn swapped(left: &Person, right: &Person, names: NamesView<'_>) -> bool {
    let never = |_: NameId| false;
    let crossed = |surname: NameId, first: NameId, other: &Person| {
        let name_there = liken(surname, other.first_name, names, &never, false);
        let first_there = liken(first, other.birth_name, names, &never, true);
        match (name_there, first_there) {
            (Some(name), Some(first)) => {
                (name == Likeness::Same && first <= Likeness::Close)
                    || (first == Likeness::Same && name <= Likeness::Close)
            }
            _ => false,
        }
    };
    crossed(left.birth_name, left.first_name, right)
        || crossed(left.usage_name, left.first_name, right)
        || crossed(right.usage_name, right.first_name, left)
}

fn compare_surnames(
    left: &Person,
    right: &Person,
    names: NamesView<'_>,
    usual: &impl Fn(NameId) -> bool,
) -> NameLevel {
    let births = liken(left.birth_name, right.birth_name, names, usual, false);
    if births == Some(Likeness::Same) {
        return NameLevel::Equal;
    }
    let crossed = [
        liken(left.usage_name, right.birth_name, names, usual, false),
        liken(left.birth_name, right.usage_name, names, usual, false),
    ];
    let nearest = crossed.into_iter().flatten().min();
    if nearest == Some(Likeness::Same) {
        return NameLevel::UsageName;
    }
    let usages = liken(left.usage_name, right.usage_name, names, usual, false);
    match births {
        Some(Likeness::Close) => return NameLevel::Close,
        Some(Likeness::Part) => return NameLevel::Part,
        _ => {}
    }
    match (nearest, usages) {
        (Some(Likeness::Close | Likeness::Part), _) => NameLevel::CloseUsageName,
        (_, Some(Likeness::Same)) => NameLevel::SameUsageName,
        _ if births == Some(Likeness::Alike) => NameLevel::Alike,
        (None, None) if births.is_none() => NameLevel::Missing,
        _ => NameLevel::Different,
    }
}

/// How two names resemble each other; `None` when one is absent. `usual` says which names many people bear: two
/// usual names one letter apart (JULIE, JULIEN) are two names, not a slip.
fn liken(
    a: NameId,
    b: NameId,
    names: NamesView<'_>,
    usual: &impl Fn(NameId) -> bool,
    first_name: bool,
) -> Option<Likeness> {
    if a == 0 || b == 0 {
        return None;
    }
    if a == b {
        return Some(Likeness::Same);
    }
    let (entry_a, entry_b) = (names.entry(a), names.entry(b));
    if entry_a.joined == entry_b.joined {
        return Some(Likeness::Same);
    }
    if !entry_a.several && !entry_b.several && letters_unlike(&entry_a, &entry_b) {
        return Some(Likeness::Unlike);
    }
    let (joined_a, joined_b) = (names.letters(entry_a.joined), names.letters(entry_b.joined));
    let both_usual = || usual(entry_a.joined) && usual(entry_b.joined);
    let (short, long) =
        if joined_a.len() <= joined_b.len() { (joined_a, joined_b) } else { (joined_b, joined_a) };
    if (entry_a.several || entry_b.several) && tokens_contained(names.letters(a), names.letters(b)) {
        return Some(Likeness::Part);
    }
    if long.starts_with(short) && (short.len() >= 20 || (first_name && short.len() >= 3 && !both_usual())) {
        return Some(Likeness::Part);
    }
    let distance = edits(short.as_bytes(), long.as_bytes(), 2);
    if distance == 1 && short.len() >= 4 && !both_usual() {
        return Some(Likeness::Close);
    }
    let alike = distance <= 1
        || (distance == 2 && short.len() >= 6)
        || jaro_winkler(short.as_bytes(), long.as_bytes()) >= 0.88;
    Some(if alike { Likeness::Alike } else { Likeness::Unlike })
}

/// Whether the letters that occur already exclude any likeness, before the names are read: neither holds all the letters
/// of the other, and more letters are in one only than two edits, or a Jaro-Winkler similarity of 0.88, allow.
fn letters_unlike(a: &NameEntry, b: &NameEntry) -> bool {
    let common = a.letters & b.letters;
    let apart = (a.letters ^ b.letters).count_ones();
    if common == a.letters || common == b.letters || apart <= 4 {
        return false;
    }
    // With a prefix bonus of 0.4, 0.88 needs a Jaro similarity of 0.8, hence c/a + c/b ≥ 1.4 for c letters in common,
    // and at most a + b - 2c letters apart.
    let (a, b) = (f32::from(a.length), f32::from(b.length));
    apart as f32 > a + b - 2.8 * a * b / (a + b)
}

/// Whether all the tokens of the shorter name, particles aside, are among those of the longer.
fn tokens_contained(a: &str, b: &str) -> bool {
    let solid = |name: &'_ str| name.split(' ').filter(|token| !crate::fold::is_particle(token)).count();
    let (few, many) = if solid(a) <= solid(b) { (a, b) } else { (b, a) };
    let mut letters = 0;
    let contained = few.split(' ').filter(|token| !crate::fold::is_particle(token)).all(|token| {
        letters += token.len();
        many.split(' ').any(|other| other == token)
    });
    contained && letters >= 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::Names;
    use crate::person::Record;
    use proptest::prelude::*;

    struct NoName;

    impl Usual for NoName {
        fn usual_first_name(&self, _: NameId) -> bool {
            false
        }
        fn usual_surname(&self, _: NameId) -> bool {
            false
        }
    }

    fn person(names: &mut Names, birth: &str, usage: &str, first: &str) -> Person {
        let mut person = Person::read(&Record::default());
        person.birth_name = names.intern(None, birth);
        person.usage_name = names.intern(None, usage);
        person.first_name = names.intern(None, first);
        person
    }

    #[test]
    fn names_table() {
        use FirstNameLevel as F;
        use NameLevel as N;
        for (a, b, expected) in [
            (("Lefèvre", "", "Hélène"), ("LEFEVRE", "", "HELENE"), (N::Equal, F::Equal)),
            (("VAN HOUTTE", "", "LEA"), ("VANHOUTTE", "", "LÉA"), (N::Equal, F::Equal)),
            (("MARTIN", "DURAND", "ANNE"), ("DURAND", "DURAND", "ANNE"), (N::UsageName, F::Equal)),
            (("MARTIN", "", "ANNE"), ("DURAND", "MARTIN", "ANNE"), (N::UsageName, F::Equal)),
            (("MARTIN", "DURAND", "ANNE"), ("PETIT", "DURAND", "ANNE"), (N::SameUsageName, F::Equal)),
            (("MARTIN", "", "ANNE"), ("ANNE", "", "MARTIN"), (N::Swapped, F::Swapped)),
            (("MARTIN", "DURAND", "ANNE"), ("ANNE", "", "DURAND"), (N::Swapped, F::Swapped)),
            (("MARTIN", "", "SOPHIE"), ("SOPHIE", "", "MARTN"), (N::Swapped, F::Swapped)),
            (("DUPONT-MOREL", "", "ZOE"), ("DUPONT", "", "ZOE"), (N::Part, F::Equal)),
            (("DE OLIVEIRA", "", "ZOE"), ("OLIVEIRA", "", "ZOE"), (N::Part, F::Equal)),
            (("DELATTRE", "", "ZOE"), ("DELATRE", "", "ZOE"), (N::Close, F::Equal)),
            (("MARTIN", "DELATTRE", "ZOE"), ("DELATRE", "", "ZOE"), (N::CloseUsageName, F::Equal)),
            (("KOWALSKI", "", "JEAN-PIERRE"), ("KOWALSKI", "", "JEAN"), (N::Equal, F::Part)),
            (("KOWALSKI", "", "JEAN PIERRE"), ("KOWALSKI", "", "PIERRE JEAN"), (N::Equal, F::Part)),
            (("KOWALSKI", "", "ALEXANDRE"), ("KOWALSKI", "", "ALEX"), (N::Equal, F::Part)),
            (("KOWALSKI", "", "LEA"), ("KOWALSKI", "", "LEO"), (N::Equal, F::Alike)),
            (("KOWALSKI", "", "MICKAEL"), ("KOWALSKI", "", "MICHAEL"), (N::Equal, F::Close)),
            (("KOWALSKI", "", "PAUL"), ("HADDAD", "", "INES"), (N::Different, F::Different)),
            (("", "", "PAUL"), ("HADDAD", "", ""), (N::Missing, F::Missing)),
            (("", "HADDAD", "PAUL"), ("HADDAD", "", "PAUL"), (N::UsageName, F::Equal)),
        ] {
            let mut names = Names::starting_at(1);
            let left = person(&mut names, a.0, a.1, a.2);
            let right = person(&mut names, b.0, b.1, b.2);
            let view = NamesView { base: &names, more: None };
            assert_eq!(compare_names(&left, &right, view, &NoName), expected, "{a:?} {b:?}");
            assert_eq!(compare_names(&right, &left, view, &NoName), expected, "{b:?} {a:?}");
        }
    }

    #[test]
    fn dates_table() {
        use DateLevel as D;
        for (a, b, expected) in [
            ("1980-02-01", "1980-02-01", D::Equal),
            ("1980-02-03", "1980-03-02", D::DayMonthSwapped),
            ("1980-25-12", "1980-12-25", D::DayMonthSwapped),
            ("1980-02-03", "1980-01-01", D::SameYearOnly),
            ("1980-02-03", "1980", D::SameYearOnly),
            ("1980-02-03", "1980-02", D::SameYearOnly),
            ("1980-02-03", "1981-02-03", D::OneSlip),
            ("1979-02-03", "1980-02-03", D::OneSlip),
            ("1980-02-03", "1990-02-03", D::OneSlip),
            ("1980-02-13", "1980-02-31", D::OneSlip),
            ("1980-02-03", "1980-02-14", D::OnePart),
            ("1980-02-03", "1980-05-14", D::Different),
            ("1980-02-03", "", D::Missing),
            ("", "", D::Missing),
        ] {
            let (left, right) = (BirthDate::read(a), BirthDate::read(b));
            assert_eq!(compare_dates(left, right), expected, "{a} {b}");
            assert_eq!(compare_dates(right, left), expected, "{b} {a}");
        }
    }

    proptest! {
        /// The short cut by letters never hides a likeness that the letters themselves show.
        #[test]
        fn the_letter_filter_is_safe(a in "[A-F]{1,9}", b in "[A-F]{1,9}", c in "[A-Z]{2,12}", d in "[A-Z]{2,12}") {
            for (a, b) in [(&a, &b), (&c, &d), (&a, &c)] {
                let mut names = Names::starting_at(1);
                let ids = [a, b].map(|raw| names.intern(None, raw));
                let view = NamesView { base: &names, more: None };
                if letters_unlike(&view.entry(ids[0]), &view.entry(ids[1])) {
                    prop_assert!(edits(a.as_bytes(), b.as_bytes(), 2) > 2);
                    prop_assert!(jaro_winkler(a.as_bytes(), b.as_bytes()) < 0.88);
                    prop_assert!(!a.starts_with(b.as_str()) && !b.starts_with(a.as_str()));
                }
            }
        }
    }
}
