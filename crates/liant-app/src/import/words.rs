//! Values of people on their way from one thread to another, in one piece of memory that is wiped.

use zeroize::Zeroizing;

/// Texts one after the other; an absent one is an empty one. Wiped when dropped, and each time it has to move.
#[derive(Default)]
pub(crate) struct Words {
    text: Zeroizing<String>,
    /// Lengths in bytes: 255 says that the next byte adds to it.
    lengths: Vec<u8>,
}

impl Words {
    /// Room for so many bytes of text and so many words: within it nothing moves.
    pub(crate) fn with_capacity(bytes: usize, words: usize) -> Self {
        Self { text: Zeroizing::new(String::with_capacity(bytes)), lengths: Vec::with_capacity(words) }
    }

    /// Bytes of text.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Forgets the words and keeps the memory, which the next ones overwrite.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.lengths.clear();
    }

    /// Adds a word.
    pub(crate) fn push(&mut self, word: Option<&str>) {
        let word = word.unwrap_or_default();
        let needed = self.text.len() + word.len();
        if needed > self.text.capacity() {
            let mut larger = Zeroizing::new(String::with_capacity(needed.next_power_of_two()));
            larger.push_str(&self.text);
            self.text = larger;
        }
        self.text.push_str(word);
        let mut left = word.len();
        while let Some(rest) = left.checked_sub(usize::from(u8::MAX)) {
            self.lengths.push(u8::MAX);
            left = rest;
        }
        self.lengths.push(left as u8);
    }

    /// The words from the first.
    pub(crate) fn read(&self) -> WordsReader<'_> {
        WordsReader { text: &self.text, lengths: &self.lengths }
    }
}

/// Gives words in their order.
#[derive(Clone, Copy)]
pub(crate) struct WordsReader<'a> {
    text: &'a str,
    lengths: &'a [u8],
}

impl<'a> WordsReader<'a> {
    /// The next word; none when it is absent, and after the last.
    pub(crate) fn next(&mut self) -> Option<&'a str> {
        let mut length = 0;
        while let Some((part, rest)) = self.lengths.split_first() {
            self.lengths = rest;
            length += usize::from(*part);
            if *part < u8::MAX {
                break;
            }
        }
        let (word, rest) = self.text.split_at_checked(length)?;
        self.text = rest;
        Some(word).filter(|word| !word.is_empty())
    }

    /// The next words.
    pub(crate) fn next_of<const COUNT: usize>(&mut self) -> [Option<&'a str>; COUNT] {
        std::array::from_fn(|_| self.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_whatever_their_length() {
        let long = "é".repeat(400);
        let words: Vec<Option<&str>> = [0, 1, 2, 253, 254, 255, 256, 509, 510, 511, 765]
            .into_iter()
            .flat_map(|length| {
                [(length > 0).then(|| &"a".repeat(1000).leak()[..length]), Some(long.as_str())]
            })
            .collect();
        let mut kept = Words::with_capacity(16, 1);
        for round in 0..2 {
            for word in &words {
                kept.push(*word);
            }
            let mut reader = kept.read();
            for (number, word) in words.iter().enumerate() {
                assert_eq!(reader.next(), *word, "word {number}, round {round}");
            }
            assert_eq!(reader.next_of(), [None, None]);
            assert_eq!(kept.bytes(), words.iter().flatten().map(|word| word.len()).sum::<usize>());
            kept.clear();
        }
    }

    #[test]
    fn within_its_room_it_does_not_move() {
        let mut words = Words::with_capacity(100, 10);
        let place = words.text.as_ptr();
        (0..10).for_each(|_| words.push(Some("0123456789")));
        assert_eq!(words.text.as_ptr(), place);
    }
}
