//! The numbers that registers give: each is a permutation of a counter, unique and without visible order.

/// 23 letters: those that close an identifier of France Travail.
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPRSTUVWXYZ";
/// A prime just below ten million.
const PRIME: u64 = 9_999_991;

fn scatter(counter: u64, step: u64, shift: u64) -> u64 {
    (counter % PRIME * step + shift) % PRIME
}

/// The regional identifier of France Travail (*identifiant PE*): seven digits and a letter, unique up to
/// 229 million.
pub(crate) fn identifier(counter: u64) -> String {
    let number = scatter(counter, 7_919, 13);
    let letter = LETTERS[((number + counter / PRIME) % 23) as usize] as char;
    format!("{number:07}{letter}")
}

/// The beneficiary's number at the CAF (*matricule*), 15 digits: seven, then zeros; beyond ten million, the zeros
/// count on.
pub(crate) fn matricule(counter: u64) -> String {
    format!("{:07}{:08}", scatter(counter, 104_729, 1_234_567), counter / PRIME)
}

/// The number of the RSA request (*NUMDEMRSA*), 11 digits.
pub(crate) fn request(counter: u64) -> String {
    format!("{:04}{:07}", 100 + counter / PRIME, scatter(counter, 15_485_863, 77))
}

/// A person's reference in the Département's own list.
pub(crate) fn reference(counter: u64) -> String {
    format!("P{:08}", counter / PRIME * PRIME + scatter(counter, 611_953, 4_242))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn unique_and_of_their_lengths() {
        for (give, length) in
            [(identifier as fn(u64) -> String, 8), (matricule, 15), (request, 11), (reference, 9)]
        {
            let mut seen = HashSet::new();
            for counter in (0..50_000).chain(PRIME..PRIME + 50_000) {
                let number = give(counter);
                assert_eq!(number.len(), length);
                assert!(seen.insert(number));
            }
        }
    }
}
