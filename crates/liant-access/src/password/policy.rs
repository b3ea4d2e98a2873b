use std::collections::HashSet;
use std::fmt;

use liant_model::Lang;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use zeroize::Zeroizing;

use crate::explain::{Explain, either};

/// A password as someone typed it. `Debug` shows nothing, and its memory is wiped.
pub struct Password(Zeroizing<String>);

/// Longest password read, in bytes: a hash of megabytes is an attack.
const LONGEST: usize = 1_024;

impl Password {
    /// Takes what was typed, in the one form (NFKC) that every keyboard's accents come to.
    pub fn new(typed: &str) -> Self {
        // One allocation that is never moved: what grows leaves copies behind. A character has four bytes at most.
        let mut text = Zeroizing::new(String::with_capacity(4 * (LONGEST + 1)));
        text.extend(typed.nfkc().take(LONGEST + 1));
        Self(text)
    }

    /// Its bytes, to be hashed.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Whether it is longer than any password that we take.
    pub fn is_too_long(&self) -> bool {
        self.0.len() > LONGEST
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(•)")
    }
}

/// How strong a password must be: the entropy of the CNIL's recommendation 2022-100 (length × log₂ of the alphabet), less all
/// that a guesser knows: common words, the account's own words, repeats, rows of the keyboard, years. Each of these
/// counts as one character. There is no periodic change: it makes passwords worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PasswordPolicy {
    /// Bits of entropy asked for: 80 stand by themselves (CNIL, case 1: twelve characters of all kinds, fourteen of letters
    /// and digits, a phrase of seven words), 50 need throttling (case 2), which Liant always has.
    pub bits: u32,
    /// Characters asked for.
    pub length: usize,
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self { bits: 80, length: 12 }
    }
}

/// What is wrong with a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// Fewer characters than asked for.
    #[error("the password has fewer than {least} characters")]
    TooShort {
        /// How many are asked for.
        least: usize,
    },
    /// More characters than we read.
    #[error("the password is longer than {LONGEST} bytes")]
    TooLong,
    /// It is one of the commonest, dressed up or not.
    #[error("the password is one of the commonest")]
    Common,
    /// It rests on the account's own words.
    #[error("the password rests on words of the account itself")]
    OwnWords,
    /// It can be guessed.
    #[error("the password is worth {bits} bits of {needed}")]
    TooWeak {
        /// What it is worth.
        bits: u32,
        /// What is asked for.
        needed: u32,
    },
}

impl Explain for PasswordFault {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::TooShort { least } => either(
                lang,
                format!("Choisissez au moins {least} caractères."),
                format!("Choose at least {least} characters."),
            ),
            Self::TooLong => either(lang, "Ce mot de passe est trop long.", "This password is too long."),
            Self::Common => either(
                lang,
                "Ce mot de passe est l'un des plus courants : il serait essayé en premier. Prenez par exemple sept mots sans lien entre eux.",
                "This password is one of the commonest: it would be tried first. Take seven unrelated words, for example.",
            ),
            Self::OwnWords => either(
                lang,
                "Ce mot de passe repose sur votre nom, votre adresse ou votre organisation : retirez-les.",
                "This password rests on your name, your address or your organisation: leave them out.",
            ),
            Self::TooWeak { bits, needed } => either(
                lang,
                format!(
                    "Ce mot de passe se devine trop facilement ({bits} bits sur {needed}) : allongez-le. Les mots courants, les répétitions, les suites du clavier et les années comptent pour un seul caractère."
                ),
                format!(
                    "This password is too easily guessed ({bits} bits of {needed}): make it longer. Common words, repeats, rows of the keyboard and years count as one character each."
                ),
            ),
        }
    }
}

impl PasswordPolicy {
    /// The least that may be asked for: 50 bits, with throttling.
    pub const FLOOR_BITS: u32 = 50;

    /// Everything wrong with `password`, for an account with these words of its own (its address, its name, its organisation).
    pub fn faults(&self, password: &Password, own_words: &[&str]) -> Vec<PasswordFault> {
        if password.is_too_long() {
            return vec![PasswordFault::TooLong];
        }
        let mut faults = Vec::new();
        if password.0.chars().count() < self.length {
            faults.push(PasswordFault::TooShort { least: self.length });
        }
        let folded = fold(&password.0);
        let common = common();
        let mut own: Vec<Zeroizing<Vec<char>>> = Vec::new();
        for word in own_words.iter().flat_map(|words| words.split(|sign: char| !sign.is_alphanumeric())) {
            let word = fold(word);
            if word.len() >= SHORTEST_WORD {
                own.push(word);
            }
        }
        let stem = password.0.trim_matches(|sign: char| !sign.is_alphabetic());
        let stem: Zeroizing<String> = Zeroizing::new(fold(stem).iter().collect());
        if common.contains(stem.as_str()) {
            faults.push(PasswordFault::Common);
        }
        let is_word =
            |text: &[char]| common.contains(Zeroizing::new(text.iter().collect::<String>()).as_str());
        let is_own = |text: &[char]| own.iter().any(|word| word.as_slice() == text);
        let alphabet = alphabet(&password.0);
        let without_own = worth(&folded, alphabet, &is_word);
        let bits = worth(&folded, alphabet, &|text| is_word(text) || is_own(text));
        if bits < self.bits && without_own >= self.bits {
            faults.push(PasswordFault::OwnWords);
        } else if bits < self.bits {
            faults.push(PasswordFault::TooWeak { bits, needed: self.bits });
        }
        faults
    }
}

const SHORTEST_WORD: usize = 4;
const LONGEST_WORD: usize = 24;

fn common() -> HashSet<&'static str> {
    include_str!("../../data/common-passwords.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

/// Lower case, without accents, with letters for the digits and signs that stand for them.
fn fold(text: &str) -> Zeroizing<Vec<char>> {
    let mut folded = Zeroizing::new(Vec::with_capacity(text.len().saturating_mul(3)));
    folded.extend(text.nfkd().filter(|sign| !is_combining_mark(*sign)).flat_map(char::to_lowercase).map(
        |sign| match sign {
            '0' => 'o',
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            other => other,
        },
    ));
    folded
}

/// Signs the guesser must reckon with: 26 + 26 letters, 10 digits, 37 others (the CNIL's own figure).
fn alphabet(text: &str) -> u32 {
    let has = |is: fn(&char) -> bool| text.chars().any(|sign| is(&sign));
    [
        (has(char::is_ascii_lowercase), 26),
        (has(char::is_ascii_uppercase), 26),
        (has(char::is_ascii_digit), 10),
        (has(|sign| !sign.is_ascii_alphanumeric()), 37),
    ]
    .into_iter()
    .filter_map(|(is_used, signs)| is_used.then_some(signs))
    .sum()
}

/// Bits of a folded text: what is predictable counts as one character.
fn worth(folded: &[char], alphabet: u32, is_word: &dyn Fn(&[char]) -> bool) -> u32 {
    let (mut place, mut counted) = (0, 0_u32);
    while place < folded.len() {
        let rest = folded.get(place..).unwrap_or_default();
        let word = (SHORTEST_WORD..=LONGEST_WORD.min(rest.len()))
            .rev()
            .find(|length| rest.get(..*length).is_some_and(is_word));
        counted += 1;
        place += [word.unwrap_or(0), row(rest), year(rest), repeat(folded, place), 1]
            .into_iter()
            .max()
            .unwrap_or(1);
    }
    (f64::from(counted) * f64::from(alphabet.max(1)).log2()).round() as u32
}

/// Rows of the two keyboards, the digits and the alphabet, as they fold.
const ROWS: [&str; 9] = [
    "abcdefghijklmnopqrstuvwxyz",
    "12e4s6789o",
    "o12e4s6789",
    "12ea s6789o",
    "azertyuiop",
    "qwertyuiop",
    "qsdfghjklm",
    "asdfghjkl",
    "wxcvbn",
];

/// Length of the row that the text begins with, in either direction; 0 under three characters.
fn row(text: &[char]) -> usize {
    let longest = |row: &[char]| {
        (0..row.len())
            .map(|start| row.iter().skip(start).zip(text).take_while(|(a, b)| a == b).count())
            .max()
            .unwrap_or(0)
    };
    let found = ROWS
        .iter()
        .flat_map(|row| [row.chars().collect::<Vec<_>>(), row.chars().rev().collect()])
        .map(|row| longest(&row))
        .max()
        .unwrap_or(0);
    let same = text.iter().take_while(|sign| Some(*sign) == text.first()).count();
    let length = found.max(same);
    if length < 3 { 0 } else { length }
}

/// 4 when the text begins with a year of the last or this century, as it folds.
fn year(text: &[char]) -> usize {
    let is_digit = |sign: &char| sign.is_ascii_digit() || matches!(sign, 'o' | 'e' | 'a' | 's');
    match text {
        ['1', '9', third, fourth, ..] | ['2', 'o', third, fourth, ..]
            if is_digit(third) && is_digit(fourth) =>
        {
            4
        }
        _ => 0,
    }
}

/// Length of the longest text at `place` that stands earlier too; 0 under three characters.
fn repeat(folded: &[char], place: usize) -> usize {
    let rest = folded.get(place..).unwrap_or_default();
    let length = (0..place)
        .map(|start| folded.iter().skip(start).zip(rest).take_while(|(a, b)| a == b).count())
        .max()
        .unwrap_or(0);
    if length < 3 { 0 } else { length }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<PasswordFault> {
        let own = ["jeanne.lefort@slai.example", "Jeanne Lefort", "Service d'Artois"];
        PasswordPolicy::default().faults(&Password::new(text), &own)
    }

    #[test]
    fn the_examples_of_the_cnil_pass() {
        // Twelve characters of all kinds, fourteen of letters and digits, seven words.
        for good in [
            "k7#Vq!m2Zp&x",
            "k7BVqXm2ZpRx9w",
            "brume tuile gant sorbier nef ocre vilebrequin",
            "pluie🌧corail-nacre-dune-ubac",
        ] {
            assert_eq!(faults(good), [], "{good}");
        }
    }

    #[test]
    fn what_a_guesser_knows_is_refused() {
        for bad in [
            "Password1234!",
            "P@ssw0rd2026!",
            "MotDePasse2026!!",
            "Azertyuiop123",
            "azertyuiop1234567890",
            "AAAAAAAAAAAAAAAAAAAAAA",
            "abcdefghijklmnopqrstuvwxyz",
            "123456789012345678901234567890",
            "Soleil2026!Soleil2026!",
            "xK9#xK9#xK9#xK9#xK9#",
            "zyxwvutsrqponmlkjihg",
            "Bonjour-Bonjour-Bonjour",
            "FranceTravail2026!",
            "k7#Vq!m2Z",
        ] {
            assert!(!faults(bad).is_empty(), "{bad}");
        }
        assert!(faults("Password1!").contains(&PasswordFault::Common));
        assert!(faults("M0tdepasse!!2026").contains(&PasswordFault::Common));
        assert!(faults("k7#Vq!m2Z").contains(&PasswordFault::TooShort { least: 12 }));
        assert_eq!(faults(&"é7".repeat(600)), [PasswordFault::TooLong]);
        assert_eq!(faults("Lefort-Artois-Jeanne-vpz"), [PasswordFault::OwnWords]);
    }

    #[test]
    fn a_lower_bar_is_data() {
        let policy = PasswordPolicy { bits: 50, length: 8 };
        assert_eq!(policy.faults(&Password::new("k7#Vq!m2"), &[]), []);
        assert!(!policy.faults(&Password::new("k7#Vq!m"), &[]).is_empty());
    }

    #[test]
    fn one_password_from_every_keyboard() {
        assert_eq!(Password::new("e\u{301}te").as_bytes(), Password::new("éte").as_bytes());
        assert_eq!(format!("{:?}", Password::new("x")), "Password(•)");
    }

    #[test]
    fn the_list_is_folded_and_in_order() {
        let lines: Vec<&str> = include_str!("../../data/common-passwords.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        for line in lines {
            assert!(line.len() >= SHORTEST_WORD && line.len() <= LONGEST_WORD, "{line}");
            let folded: String = fold(line).iter().collect();
            assert_eq!(folded, line, "as it would be compared");
        }
    }
}
