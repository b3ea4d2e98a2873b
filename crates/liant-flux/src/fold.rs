use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The text in upper case without accents, as the CGPEM writes names: `Lefèvre-Œuf` gives `LEFEVRE-OEUF`. A
/// character that has no plain capital stays as it is.
pub fn upper_unaccented(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'A'..='Z' | ' '..='@' => folded.push(c),
            'œ' | 'Œ' => folded.push_str("OE"),
            'æ' | 'Æ' => folded.push_str("AE"),
            'ß' | 'ẞ' => folded.push_str("SS"),
            'þ' | 'Þ' => folded.push_str("TH"),
            'ø' | 'Ø' => folded.push('O'),
            'ł' | 'Ł' => folded.push('L'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('D'),
            'ı' => folded.push('I'),
            _ => match punctuation(c) {
                Some(plain) => folded.push_str(plain),
                None => {
                    folded.extend(
                        std::iter::once(c)
                            .nfd()
                            .filter(|c| !is_combining_mark(*c))
                            .flat_map(char::to_uppercase),
                    );
                }
            },
        }
    }
    folded
}

/// The text with the characters that ISO-8859-1 lacks written in those it has (`Œ` as `OE`, typographic
/// apostrophes and dashes as plain ones); `None` when one has no such form.
pub fn latin1(text: &str) -> Option<String> {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' => folded.push(' '),
            c if c.is_control() => return None,
            '\0'..='\u{ff}' => folded.push(c),
            'œ' => folded.push_str("oe"),
            'Œ' => folded.push_str("OE"),
            'Ÿ' => folded.push('Y'),
            '€' => folded.push_str("EUR"),
            _ => folded.push_str(&nearest(c)?),
        }
    }
    Some(folded)
}

/// What ISO-8859-1 has instead of `c`: a letter with a mark it lacks is written without its marks.
fn nearest(c: char) -> Option<String> {
    if let Some(plain) = punctuation(c) {
        return Some(plain.to_owned());
    }
    let base: String =
        std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)).flat_map(special).collect();
    (!base.is_empty() && base.chars().all(|c| c <= '\u{ff}')).then_some(base)
}

fn special(c: char) -> impl Iterator<Item = char> {
    let text = match c {
        'ł' => "l",
        'Ł' => "L",
        'đ' => "d",
        'Đ' => "D",
        'ı' => "i",
        'ẞ' => "SS",
        _ => "",
    };
    text.chars().chain(text.is_empty().then_some(c))
}

fn punctuation(c: char) -> Option<&'static str> {
    Some(match c {
        '’' | '‘' | 'ʼ' | '´' | '′' => "'",
        '“' | '”' | '„' | '«' | '»' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '−' => "-",
        '…' => "...",
        '\u{a0}' | '\u{202f}' | '\u{2009}' => " ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_to_plain_capitals() {
        for (text, folded) in [
            ("Lefèvre", "LEFEVRE"),
            ("lefe\u{300}vre", "LEFEVRE"),
            ("D’Hondt–Œuf", "D'HONDT-OEUF"),
            ("Straße", "STRASSE"),
            ("Łukasz Yılmaz", "LUKASZ YILMAZ"),
            ("ÑANDÚ ÇA", "NANDU CA"),
            ("Jean-Noël 2", "JEAN-NOEL 2"),
            ("Ωmega", "ΩMEGA"),
        ] {
            assert_eq!(upper_unaccented(text), folded, "{text}");
        }
    }

    #[test]
    fn text_folds_to_latin1() {
        for (text, folded) in [
            ("12 rue de l’Église", Some("12 rue de l'Église")),
            ("Nœux – Arras…", Some("Noeux - Arras...")),
            ("Dvořák", Some("Dvorák")),
            ("Łódź", Some("Lódz")),
            ("a\nb", Some("a b")),
            ("Ω", None),
            ("\u{0}", None),
            ("\u{93}", None),
        ] {
            assert_eq!(latin1(text).as_deref(), folded, "{text}");
        }
    }
}
