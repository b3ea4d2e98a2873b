//! Births and the numbers of the national directory (NIR) that follow from them.

use crate::calendar::Day;
use crate::names::Sex;
use crate::rng::{Rng, Stream};
use liant_model::Territory;

/// A birth as the civil record has it.
#[derive(Clone, Debug)]
pub(crate) struct Birth {
    pub(crate) sex: Sex,
    pub(crate) day: Day,
    /// Commune or country of birth, five characters (99… abroad).
    pub(crate) place: [u8; 5],
    /// Order in the register of the month, 1 to 998.
    pub(crate) order: u16,
}

impl Birth {
    /// Whether the place of birth is outside France.
    pub(crate) fn abroad(&self) -> bool {
        self.place.starts_with(b"99")
    }

    /// The NIR, 13 characters. A waiting number (*numéro d'identification d'attente*) starts with 7 or 8.
    pub(crate) fn nir(&self, waiting: bool) -> String {
        let (year, month, _) = self.day.parts();
        let sex = self.sex.digit() - b'0' + if waiting { 6 } else { 0 };
        let place = std::str::from_utf8(&self.place).unwrap_or_default();
        format!("{sex}{:02}{month:02}{place}{:03}", year.rem_euclid(100), self.order)
    }
}

/// Youngest age of an adult.
const YOUNGEST: i32 = 19;
/// How many years of birth adults spread over.
const YEARS: u64 = 45;
const ORDERS: u64 = 998;
/// A prime that divides no product of the sizes used here: multiplying by it permutes them.
const SCATTER: u128 = 2_654_435_761;

/// Where people of a territory were born: four families of places.
#[derive(Debug)]
pub(crate) struct Births {
    seed: u64,
    families: [Vec<[u8; 5]>; 4],
    /// Where the permutation of each family starts.
    offsets: [u64; 4],
    /// For each person out of twenty: the family, its persons before, its persons in all.
    turns: [(usize, u64, u64); 20],
    last_year: i32,
}

/// The family of places of each person out of twenty: 0 here, 1 elsewhere in France, 2 abroad, 3 Corsica.
const FAMILIES: [usize; 20] = [0, 1, 0, 2, 0, 1, 0, 0, 1, 0, 2, 0, 1, 0, 1, 0, 2, 0, 1, 3];

impl Births {
    /// Births of people who are adults on `today` in `territory`.
    pub(crate) fn new(territory: Territory, seed: u64, today: Day) -> Self {
        let own = territory.as_str();
        let corsican = matches!(own, "2A" | "2B");
        let here = (1..=if own.len() == 2 { 890 } else { 30 }).map(|n| place(own, n)).collect();
        let mut elsewhere = Vec::new();
        for code in (1..=95).filter(|code| *code != 20).map(|code| format!("{code:02}")) {
            if code != own {
                elsewhere.extend((1..=500).map(|n| place(&code, n)));
            }
        }
        for code in ["971", "972", "973", "974"] {
            if code != own {
                elsewhere.extend((1..=20).map(|n| place(code, n)));
            }
        }
        let abroad = (100..=499).map(|n| place("99", n)).collect();
        let far = if corsican {
            (21..=30).map(|n| place("974", n)).collect()
        } else {
            (1..=320).flat_map(|n| [place("2A", n), place("2B", n)]).collect()
        };
        let count =
            |turns: &[usize], family: usize| turns.iter().filter(|other| **other == family).count() as u64;
        let turn = |place: usize| {
            let family = FAMILIES[place];
            (family, count(&FAMILIES[..place], family), count(&FAMILIES, family))
        };
        Self {
            seed,
            families: [here, elsewhere, abroad, far],
            offsets: [0, 1, 2, 3].map(|family| Rng::of(seed, Stream::Births, family).next()),
            turns: std::array::from_fn(turn),
            last_year: today.year() - YOUNGEST,
        }
    }

    /// The birth of person `number`. Two persons never share the digits of a NIR, whatever the count: within a
    /// family of places, numbers are permuted over sex × year × month × place × order.
    pub(crate) fn of(&self, number: u64) -> Birth {
        let (family, before, share) = self.turns[(number % 20) as usize];
        let index = number / 20 * share + before;
        let places = &self.families[family];
        let size = 2 * YEARS * 12 * places.len() as u64 * ORDERS;
        let offset = self.offsets[family] % size;
        let mut rest = ((u128::from(index) * SCATTER + u128::from(offset)) % u128::from(size)) as u64;
        let mut digit = |base: u64| {
            let value = rest % base;
            rest /= base;
            value
        };
        let order = digit(ORDERS) as u16 + 1;
        let place = places[digit(places.len() as u64) as usize];
        let month = digit(12) as u32 + 1;
        let year = self.last_year - digit(YEARS) as i32;
        let sex = if digit(2) == 0 { Sex::Woman } else { Sex::Man };
        let mut rng = Rng::of(self.seed, Stream::Births, number + 4);
        let day = if family == 2 && rng.chance(500) { 1 } else { 1 + rng.below(28) };
        Birth { sex, day: Day::new(year, month, day), place, order }
    }

    /// A place of birth of the territory itself.
    pub(crate) fn near(&self, rng: &mut Rng) -> [u8; 5] {
        rng.pick(&self.families[0])
    }
}

/// The code of a place: a département and a number, five characters in all.
fn place(code: &str, number: u32) -> [u8; 5] {
    let width = 5 - code.len();
    let text = format!("{code}{number:0width$}");
    let mut bytes = [b'0'; 5];
    bytes.iter_mut().zip(text.bytes()).for_each(|(slot, byte)| *slot = byte);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use liant_model::{Nir, NirKind};
    use std::collections::HashSet;

    #[test]
    fn numbers_are_valid_and_never_shared() {
        for territory in ["62", "2A", "971"] {
            let births = Births::new(Territory::parse(territory).unwrap(), 7, Day::new(2026, 1, 1));
            let mut seen = HashSet::new();
            let (mut abroad, mut corsica) = (0, 0);
            for number in 0..60_000 {
                let birth = births.of(number);
                let nir = Nir::parse(birth.nir(false).as_bytes()).unwrap();
                assert!(nir.key() >= 1 && nir.key() <= 97);
                assert!(seen.insert(nir), "{number}");
                assert_eq!(Nir::parse(birth.nir(true).as_bytes()).unwrap().kind(), NirKind::Provisional);
                abroad += u32::from(nir.born_abroad());
                corsica += u32::from(
                    nir.as_str()[5..].starts_with('2') && !nir.as_str().as_bytes()[6].is_ascii_digit(),
                );
                let age = 2026 - birth.day.year();
                assert!((19..64).contains(&age), "{age}");
            }
            assert!(abroad > 8_000 && abroad < 10_000);
            assert!(corsica > 0 || territory == "2A");
        }
    }
}
