use std::fmt;

/// A personal value whose `Debug` shows nothing: for fields of structs that may end in a log.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Sensitive<T>(
    /// The value. Reading it is a deliberate act.
    pub T,
);

impl<T> fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("•")
    }
}

/// Shows the shape of a personal value and none of its content: digits become `9`, upper-case letters `A`, lower-case
/// letters `a`, all else stays; long values are cut at 24 characters. `1981-13-02` gives `9999-99-99`.
pub fn mask(value: &str) -> String {
    const SHOWN: usize = 24;
    let mut masked: String = value
        .chars()
        .take(SHOWN)
        .map(|c| match c {
            c if c.is_numeric() => '9',
            c if c.is_uppercase() => 'A',
            c if c.is_alphabetic() => 'a',
            c if c.is_control() => '�',
            c => c,
        })
        .collect();
    if value.chars().nth(SHOWN).is_some() {
        masked.push('…');
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_only_the_shape() {
        for (value, shown) in [
            ("1981-13-02", "9999-99-99"),
            ("ÉLODIE d'Arc", "AAAAAA a'Aaa"),
            ("", ""),
            ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AAAAAAAAAAAAAAAAAAAAAAAA…"),
            ("a\u{0}b", "a�a"),
        ] {
            assert_eq!(mask(value), shown);
        }
        assert_eq!(format!("{:?}", Sensitive("Jeanne")), "•");
    }
}
