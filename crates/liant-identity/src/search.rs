//! Searching by name, birth date and number: what someone is found by, and what was asked for, in one written form.
//!
//! Someone is found by **phrases**. Each begins with one of her words and goes on with all the others, so that one range
//! of an ordered index answers a word, and the row itself tells whether the other words are there. Names are folded
//! ([`fold_name`]); a name of several words is also there in one (`VAN HOUTTE`, `VANHOUTTE`). A first name as long as the
//! longest that a flow carries may have been cut: its last word then ends in [`CUT`], and is found by what begins with it.

use crate::fold::{fold_name, join_into};

/// Ends a word that a flow may have cut; greater than any letter or digit of a folded name.
pub const CUT: char = '~';

/// Characters of the longest first name that France Travail's flows carry (annexe 3, `prenom`).
const LONGEST_FIRST_NAME: usize = 13;

/// Words of a phrase: a hostile name must not cost more than a long one.
const MOST_WORDS: usize = 12;

/// Bytes of the longest word of a phrase.
const LONGEST_WORD: usize = 60;

/// What one record is found by, folded. As text it is tab-separated.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Searchable {
    birth_name: String,
    usage_name: String,
    first_names: String,
    birth_date: String,
    /// Numbers of the record, each with the number of its field.
    numbers: Vec<(u8, String)>,
}

/// One way of finding a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Phrase {
    /// 0 for names and birth date, else the field of the number that it begins with.
    pub field: u8,
    /// Its words.
    pub text: String,
}

impl Searchable {
    /// The names of a record, as its source writes them, and her birth date (`aaaa-mm-jj`).
    pub fn new(birth_name: &str, usage_name: &str, first_names: &str, birth_date: &str) -> Self {
        let mut first = fold_name(first_names);
        if first_names.trim().chars().count() == LONGEST_FIRST_NAME && !first.is_empty() {
            first.push(CUT);
        }
        Self {
            birth_name: fold_name(birth_name),
            usage_name: fold_name(usage_name),
            first_names: first,
            birth_date: birth_date.to_owned(),
            numbers: Vec::new(),
        }
    }

    /// Adds a number of the record and its field. A number is also found without the zeros that it begins with.
    pub fn add_number(&mut self, field: u8, number: &str) {
        let folded = fold_name(number).replace(' ', "");
        if !folded.is_empty() {
            self.numbers.push((field, folded));
        }
    }

    /// Her birth date, `aaaa-mm-jj`, empty when it is not known.
    pub fn birth_date(&self) -> &str {
        &self.birth_date
    }

    /// What puts records in the order of name, first name and birth date, byte by byte.
    pub fn sort_key(&self) -> String {
        let name = if self.birth_name.is_empty() { &self.usage_name } else { &self.birth_name };
        let first = self.first_names.trim_end_matches(CUT);
        format!("{name}\t{first}\t{}", self.birth_date)
    }

    /// As one text, for [`Searchable::from_text`].
    pub fn to_text(&self) -> String {
        let mut text =
            [&*self.birth_name, &*self.usage_name, &*self.first_names, &*self.birth_date].join("\t");
        for (field, number) in &self.numbers {
            text.extend(["\t", &field.to_string(), " ", number]);
        }
        text
    }

    /// Reads what [`Searchable::to_text`] wrote.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split('\t').map(str::to_owned);
        let [birth_name, usage_name, first_names, birth_date] =
            [parts.next()?, parts.next()?, parts.next()?, parts.next()?];
        let number = |part: String| {
            let (field, number) = part.split_once(' ')?;
            Some((field.parse().ok()?, number.to_owned()))
        };
        let numbers = parts.map(number).collect::<Option<_>>()?;
        Some(Self { birth_name, usage_name, first_names, birth_date, numbers })
    }

    /// The words of the names, each once, in their order, joined forms after the words they join.
    fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        let mut add = |word: &str| {
            let word = cut_to(word, LONGEST_WORD);
            if !word.is_empty() && words.len() < MOST_WORDS && !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        };
        for name in [&self.birth_name, &self.first_names, &self.usage_name] {
            name.split(' ').for_each(&mut add);
            if name.contains(' ') {
                let mut joined = String::new();
                join_into(name, &mut joined);
                add(&joined);
            }
        }
        words
    }

    /// Every way of finding the record, in order, each once.
    pub fn phrases(&self) -> Vec<Phrase> {
        let mut words = self.words();
        let number_end = words.join(" ");
        if !self.birth_date.is_empty() {
            words.push(self.birth_date.clone());
        }
        let mut phrases = Vec::with_capacity(words.len() + self.numbers.len());
        for place in 0..words.len() {
            let (before, from) = words.split_at(place);
            phrases.push(Phrase { field: 0, text: [from, before].concat().join(" ") });
        }
        for (field, number) in &self.numbers {
            let bare = number.trim_start_matches('0');
            let bare = (bare != number && bare.len() > 3).then_some(bare);
            for number in std::iter::once(number.as_str()).chain(bare) {
                phrases.push(Phrase { field: *field, text: format!("{number} {number_end}") });
            }
        }
        phrases.sort_unstable();
        phrases.dedup();
        phrases
    }
}

fn cut_to(word: &str, most: usize) -> &str {
    let end = (0..=most.min(word.len())).rev().find(|end| word.is_char_boundary(*end)).unwrap_or(0);
    word.get(..end).unwrap_or_default()
}

/// What someone typed into a search box: words that must all be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchWords {
    words: Vec<String>,
}

impl SearchWords {
    /// Folds what was typed. Dates in French or ISO form become `aaaa-mm-jj`. None when nothing is left to search by.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut words: Vec<String> = Vec::new();
        for piece in typed.split_whitespace() {
            match iso_date(piece) {
                Some(date) => words.push(date),
                None => words
                    .extend(fold_name(piece).split(' ').map(|word| cut_to(word, LONGEST_WORD).to_owned())),
            }
        }
        words.retain(|word| !word.is_empty());
        words.dedup();
        words.truncate(MOST_WORDS);
        // The longest is found in the smallest part of the index; a date or a number first of all.
        words.sort_by_key(|word| {
            let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
            (std::cmp::Reverse(has_digit), std::cmp::Reverse(word.len()))
        });
        (!words.is_empty()).then_some(Self { words })
    }

    /// The word to look up in the index.
    pub fn first(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// The others.
    pub fn others(&self) -> &[String] {
        self.words.get(1..).unwrap_or_default()
    }

    /// The ways in which a cut word of the index can be the first one: `BERNADE~` is one of BERNADETTE.
    pub fn cut_forms(&self) -> Vec<String> {
        let first = self.first();
        let ends =
            first.char_indices().map(|(end, _)| end).filter(|end| (1..LONGEST_FIRST_NAME).contains(end));
        ends.filter_map(|end| Some(format!("{}{CUT}", first.get(..end)?))).collect()
    }

    /// Whether every word begins a word of the phrase, or goes on where a word of it was cut. Two words are not found in
    /// one, unless it is the joined form of both.
    pub fn are_in(&self, phrase: &str) -> bool {
        self.words.iter().all(|word| {
            phrase.split(' ').any(|token| match token.strip_suffix(CUT) {
                Some(cut) => cut.starts_with(word.as_str()) || word.starts_with(cut),
                None => token.starts_with(word.as_str()),
            })
        })
    }
}

/// A date as people type it: `12/03/1981`, `12-03-1981`, `12.03.1981`, `1981-03-12`.
fn iso_date(piece: &str) -> Option<String> {
    let parts: Vec<&str> = piece.split(['/', '-', '.']).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    if !parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    Some(format!("{year}-{month:0>2}-{day:0>2}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn finds(typed: &str, record: &Searchable) -> bool {
        let Some(words) = SearchWords::parse(typed) else { return false };
        let starts: Vec<String> =
            std::iter::once(words.first().to_owned()).chain(words.cut_forms()).collect();
        record.phrases().iter().any(|phrase| {
            starts.iter().any(|start| phrase.text.starts_with(start)) && words.are_in(&phrase.text)
        })
    }

    #[test]
    fn what_is_typed_finds_who_is_meant() {
        let houtte = |first| Searchable::new("VAN HOUTTE", "", first, "1981-03-12");
        let mut numbered = Searchable::new("LEFÈVRE", "D’ALMEIDA", "Zoé", "1990-12-01");
        numbered.add_number(18, "0012345");
        numbered.add_number(20, "0007932X");
        for (record, typed, found) in [
            (houtte("MARIE-CLAIRE"), "van houtte", true),
            (houtte("MARIE-CLAIRE"), "VANHOUTTE", true),
            (houtte("MARIE-CLAIRE"), "hout", true),
            (houtte("MARIE-CLAIRE"), "outte", false),
            (houtte("MARIE-CLAIRE"), "claire marie", true),
            (houtte("MARIE-CLAIRE"), "Marie-Cl", true),
            (houtte("MARIE-CLAIRE"), "marieclaire houtte", true),
            (houtte("MARIE-CLAIRE"), "houtte marie 12/03/1981", true),
            (houtte("MARIE-CLAIRE"), "12/3/1981", true),
            (houtte("MARIE-CLAIRE"), "1981-03-12 h", true),
            (houtte("MARIE-CLAIRE"), "houtte 13/03/1981", false),
            (houtte("MARIE-CLAIRE"), "houtte marie jeanne", false),
            // Thirteen characters: the flow has cut BERNADETTE.
            (houtte("MARIE-BERNADE"), "marie-bernadette houtte", true),
            (houtte("MARIE-BERNADE"), "bernadette", true),
            (houtte("MARIE-BERNADE"), "bernarda", false),
            (houtte("MARIE-BERNAD"), "bernadette", false),
            (numbered.clone(), "lefevre", true),
            (numbered.clone(), "Almeida zoe", true),
            (numbered.clone(), "d'almeida", true),
            (numbered.clone(), "dalmeida lefèvre", true),
            (numbered.clone(), "0012345", true),
            (numbered.clone(), "12345", true),
            (numbered.clone(), "0007932x", true),
            (numbered.clone(), "12345 lefevre", true),
            (numbered.clone(), "12345 durand", false),
            (numbered, "", false),
        ] {
            assert_eq!(finds(typed, &record), found, "{typed}");
        }
    }

    #[test]
    fn people_stand_in_the_order_of_their_names() {
        let key = |name, first| Searchable::new(name, "", first, "1981-03-12").sort_key();
        let sorted = [key("DUPON", "Z"), key("Dupont", "A"), key("DUPONT", "B"), key("DUPONT MARTIN", "A")];
        assert!(sorted.is_sorted(), "{sorted:?}");
        assert_eq!(Searchable::new("", "ÉBÈNE", "Ö", "").sort_key(), "EBENE\tO\t");
    }

    #[test]
    fn a_hostile_name_costs_no_more_than_a_long_one() {
        let long = "A ".repeat(10_000);
        let wide = "É".repeat(10_000);
        let phrases = Searchable::new(&long, &wide, &wide, "1981-03-12").phrases();
        assert!(phrases.len() <= MOST_WORDS + 1 && phrases.iter().all(|phrase| phrase.text.len() < 1_000));
    }

    proptest! {
        #[test]
        fn the_text_reads_back(name in "\\PC{0,20}", first in "\\PC{0,20}", number in "[0-9A-Z]{0,9}") {
            let mut record = Searchable::new(&name, "", &first, "1981-03-12");
            record.add_number(18, &number);
            prop_assert_eq!(Searchable::from_text(&record.to_text()), Some(record));
        }

        #[test]
        fn whoever_has_a_name_is_found_by_it(name in "[A-Za-zÀ-ÿ' -]{1,20}", first in "[A-Za-zé-]{1,12}") {
            let record = Searchable::new(&name, "", &first, "");
            if !fold_name(&name).is_empty() {
                prop_assert!(finds(&name, &record));
                let both = format!("{first} {name}");
                prop_assert!(finds(&both, &record));
            }
        }
    }
}
