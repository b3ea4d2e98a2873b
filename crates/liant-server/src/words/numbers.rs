//! Numbers as each language writes them.

use fluent_bundle::FluentValue;
use liant_model::Lang;

use super::Words;

/// Groups digits by three: with a narrow no-break space in French, with a comma in English.
fn group(lang: Lang, digits: &str) -> String {
    let separator = match lang {
        Lang::Fr => '\u{202f}',
        Lang::En => ',',
    };
    let mut text = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// A number with a fixed count of decimals.
fn decimal(lang: Lang, value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let zero = text.chars().all(|digit| matches!(digit, '0' | '.'));
    let sign = if value < 0.0 && !zero { "\u{2212}" } else { "" };
    let point = match (fraction.is_empty(), lang) {
        (true, _) => "",
        (false, Lang::Fr) => ",",
        (false, Lang::En) => ".",
    };
    format!("{sign}{}{point}{fraction}", group(lang, whole))
}

/// How Fluent writes the numbers inside messages.
pub(super) fn of_value(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let decimals = number.options.minimum_fraction_digits.unwrap_or(0);
    Some(decimal(lang, number.value, decimals))
}

impl Words {
    /// A count: `24 318`, `24,318`.
    pub fn number(self, count: u64) -> String {
        group(self.lang(), &count.to_string())
    }

    /// A number with decimals: `0,1`, `0.1`.
    pub fn decimal(self, value: f64, decimals: usize) -> String {
        decimal(self.lang(), value, decimals)
    }

    /// A share, of 1: `82 %`, `82%`.
    pub fn percent(self, share: f64) -> String {
        let figure = decimal(self.lang(), share * 100.0, 0);
        match self.lang() {
            Lang::Fr => format!("{figure}\u{202f}%"),
            Lang::En => format!("{figure}%"),
        }
    }

    /// A size, from bytes: `33,9 Mo`, `33.9 MB`.
    pub fn size(self, bytes: u64) -> String {
        let units = match self.lang() {
            Lang::Fr => ["octets", "ko", "Mo", "Go", "To"],
            Lang::En => ["bytes", "kB", "MB", "GB", "TB"],
        };
        let mut value = bytes as f64;
        let mut unit = 0;
        // 999.95 and above would be written 1 000,0.
        while value >= 999.95 && unit + 1 < units.len() {
            value /= 1000.0;
            unit += 1;
        }
        let decimals = usize::from(unit > 0 && value < 100.0);
        format!("{}\u{a0}{}", decimal(self.lang(), value, decimals), units[unit])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use liant_model::Date;

    fn words(lang: Lang) -> Words {
        Words::new(lang, Date::constant(2026, 11, 16))
    }

    #[test]
    fn counts_are_grouped() {
        for (count, fr, en) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1_000, "1\u{202f}000", "1,000"),
            (24_318, "24\u{202f}318", "24,318"),
            (7_000_000, "7\u{202f}000\u{202f}000", "7,000,000"),
        ] {
            assert_eq!(words(Lang::Fr).number(count), fr);
            assert_eq!(words(Lang::En).number(count), en);
        }
    }

    #[test]
    fn decimals_shares_and_sizes() {
        let (fr, en) = (words(Lang::Fr), words(Lang::En));
        assert_eq!(fr.decimal(-1234.56, 1), "\u{2212}1\u{202f}234,6");
        assert_eq!(en.decimal(-0.04, 1), "0.0");
        assert_eq!((fr.percent(0.82), en.percent(0.82)), ("82\u{202f}%".into(), "82%".into()));
        for (bytes, expected) in [
            (512, "512\u{a0}octets"),
            (999, "999\u{a0}octets"),
            (1_500, "1,5\u{a0}ko"),
            (33_900_000, "33,9\u{a0}Mo"),
            (999_960, "1,0\u{a0}Mo"),
            (250_000_000_000, "250\u{a0}Go"),
        ] {
            assert_eq!(fr.size(bytes), expected);
        }
    }
}
