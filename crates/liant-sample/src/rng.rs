//! A small seeded generator of pseudo-random numbers (SplitMix64): the same seed gives the same bytes on every
//! machine, and every item has a stream of its own, so that one choice more for a person changes nobody else.

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// A stream of pseudo-random numbers.
#[derive(Clone, Debug)]
pub(crate) struct Rng(u64);

impl Rng {
    /// The stream of `item` in the family `stream` under `seed`.
    pub(crate) fn of(seed: u64, stream: Stream, item: u64) -> Self {
        let family = mix(seed.wrapping_add(GOLDEN.wrapping_mul(stream as u64 + 1)));
        Self(mix(family.wrapping_add(GOLDEN.wrapping_mul(item.wrapping_add(1)))))
    }

    /// The stream that starts at `state`.
    pub(crate) fn new(state: u64) -> Self {
        Self(state)
    }

    /// The next 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// A number in `0..bound`; 0 when `bound` is 0.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        (((self.next() >> 32) * u64::from(bound)) >> 32) as u32
    }

    /// A number in `low..=high`.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        low + self.below((high - low).unsigned_abs() + 1).cast_signed()
    }

    /// True `rate` times out of ten thousand.
    pub(crate) fn chance(&mut self, rate: u16) -> bool {
        self.below(10_000) < u32::from(rate)
    }

    /// A place in `0..length` that favours the small ones, as frequent names are frequent.
    pub(crate) fn skewed(&mut self, length: usize) -> usize {
        self.below(length as u32).min(self.below(length as u32)) as usize
    }

    /// A place in `0..length`, all alike.
    pub(crate) fn place(&mut self, length: usize) -> usize {
        self.below(length as u32) as usize
    }

    /// One of `items`, which are never empty.
    pub(crate) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.place(items.len())]
    }

    /// One of the `items`, by weight.
    pub(crate) fn weighted<T: Copy>(&mut self, items: &[(T, u32)]) -> T {
        let total = items.iter().map(|(_, weight)| weight).sum();
        let mut left = self.below(total);
        for (item, weight) in items {
            if left < *weight {
                return *item;
            }
            left -= weight;
        }
        items[0].0
    }
}

/// The families of streams.
#[derive(Clone, Copy)]
pub(crate) enum Stream {
    Land,
    Household,
    History,
    FranceTravail,
    Cnaf,
    Departement,
    Record,
    Births,
}

fn mix(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_of_splitmix64() {
        // First outputs of the published algorithm for the seed 1234567.
        let mut rng = Rng::new(1_234_567);
        assert_eq!(rng.next(), 6_457_827_717_110_365_317);
        assert_eq!(rng.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn draws_stay_in_bounds_and_streams_differ() {
        let mut rng = Rng::of(1, Stream::Land, 0);
        for _ in 0..10_000 {
            assert!(rng.below(7) < 7);
            assert!((-3..=3).contains(&rng.between(-3, 3)));
            assert!(rng.skewed(5) < 5);
            assert_eq!(rng.weighted(&[('a', 0), ('b', 1)]), 'b');
        }
        assert_eq!(rng.below(0), 0);
        assert_ne!(Rng::of(1, Stream::Land, 0).next(), Rng::of(1, Stream::Land, 1).next());
        assert_ne!(Rng::of(1, Stream::Land, 0).next(), Rng::of(1, Stream::Cnaf, 0).next());
        assert_ne!(Rng::of(1, Stream::Land, 0).next(), Rng::of(2, Stream::Land, 0).next());
    }
}
