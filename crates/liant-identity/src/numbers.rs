//! Numbers for 64-bit keys: 0, 1, 2… in the order in which they come.

use zeroize::Zeroize;

/// An open-addressing table from well-spread keys to numbers: 8 bytes a key, and 4 bytes a slot.
pub(crate) struct Numbers {
    keys: Vec<u64>,
    slots: Vec<u32>,
}

/// A slot that holds no number.
const FREE: u32 = u32::MAX;

impl Numbers {
    /// A table that grows beyond `expected` keys only.
    pub(crate) fn with_capacity(expected: usize) -> Self {
        let slots = (expected + expected / 3 + 16).next_power_of_two();
        Self { keys: Vec::with_capacity(expected), slots: vec![FREE; slots] }
    }

    /// How many keys have a number.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The keys, in the order of their numbers.
    pub(crate) fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// The number of a key that has one.
    pub(crate) fn find(&self, key: u64) -> Option<u32> {
        self.slot(key).ok()
    }

    /// The number of a key, the next one when it has none.
    pub(crate) fn number(&mut self, key: u64) -> u32 {
        let place = match self.slot(key) {
            Ok(number) => return number,
            Err(place) => place,
        };
        let number = self.keys.len() as u32;
        self.keys.push(key);
        self.slots[place] = number;
        if self.keys.len() > self.slots.len() / 4 * 3 {
            self.grow();
        }
        number
    }

    /// The number of a key, or the free slot where it would go.
    fn slot(&self, key: u64) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut place = key as usize & mask;
        loop {
            let number = self.slots[place];
            if number == FREE {
                return Err(place);
            }
            if self.keys[number as usize] == key {
                return Ok(number);
            }
            place = (place + 1) & mask;
        }
    }

    fn grow(&mut self) {
        self.slots = vec![FREE; self.slots.len() * 2];
        let mask = self.slots.len() - 1;
        for (number, key) in self.keys.iter().enumerate() {
            let mut place = *key as usize & mask;
            while self.slots[place] != FREE {
                place = (place + 1) & mask;
            }
            self.slots[place] = number as u32;
        }
    }
}

impl Drop for Numbers {
    fn drop(&mut self) {
        // A key may be the hash of an identifier.
        self.keys.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::finish;

    #[test]
    fn keys_keep_their_numbers_while_the_table_grows() {
        let mut numbers = Numbers::with_capacity(0);
        for round in 0..2 {
            for key in 0..5_000_u32 {
                assert_eq!(numbers.number(finish(u64::from(key))), key, "round {round}");
            }
        }
        assert_eq!(numbers.len(), 5_000);
        assert_eq!(numbers.find(finish(4_999)), Some(4_999));
        assert_eq!(numbers.find(finish(5_000)), None);
    }
}
