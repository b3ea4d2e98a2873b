//! A plain writer of XML: tags, text, dates and nothing else. It shares no code with the readers it tests.

use crate::calendar::Day;
use crate::text::latin1_spelling;

/// How characters become bytes, as the prolog declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Encoding {
    /// ISO-8859-1, the encoding of the France Travail flows.
    #[default]
    Latin1,
    /// windows-1252, met in CNAF flows.
    Windows1252,
    /// UTF-8.
    Utf8,
}

impl Encoding {
    /// The name the prolog declares.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Latin1 => "ISO-8859-1",
            Self::Windows1252 => "windows-1252",
            Self::Utf8 => "UTF-8",
        }
    }
}

/// Bytes of XML in the making.
#[derive(Debug)]
pub(crate) struct Xml {
    pub(crate) bytes: Vec<u8>,
    encoding: Encoding,
    compact_dates: bool,
    line_end: &'static [u8],
}

impl Xml {
    /// An empty buffer. Dates are `aaaa-mm-jj`, or `aaaammjj` when `compact_dates`; lines end with LF, or CR LF.
    pub(crate) fn new(encoding: Encoding, compact_dates: bool, carriage_return: bool) -> Self {
        let line_end: &[u8] = if carriage_return { b"\r\n" } else { b"\n" };
        Self { bytes: Vec::with_capacity(1 << 16), encoding, compact_dates, line_end }
    }

    /// The declaration `<?xml … ?>` and its end of line.
    pub(crate) fn prolog(&mut self) {
        self.markup("<?xml version=\"1.0\" encoding=\"");
        self.markup(self.encoding.label());
        self.markup("\"?>");
        self.end_line();
    }

    /// Text of the program itself (ASCII markup), as it is.
    pub(crate) fn markup(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Ends the line.
    pub(crate) fn end_line(&mut self) {
        self.bytes.extend_from_slice(self.line_end);
    }

    /// `<tag>`
    pub(crate) fn open(&mut self, tag: &str) {
        self.bytes.push(b'<');
        self.name(tag);
        self.bytes.push(b'>');
    }

    /// `</tag>`
    pub(crate) fn close(&mut self, tag: &str) {
        self.bytes.extend_from_slice(b"</");
        self.name(tag);
        self.bytes.push(b'>');
    }

    /// `<tag>value</tag>`, or nothing when the value is empty.
    pub(crate) fn leaf(&mut self, tag: &str, value: &str) {
        if !value.is_empty() {
            self.required(tag, value);
        }
    }

    /// `<tag>value</tag>`, or `<tag />` when the value is empty.
    pub(crate) fn required(&mut self, tag: &str, value: &str) {
        if value.is_empty() {
            self.bytes.push(b'<');
            self.name(tag);
            self.bytes.extend_from_slice(b" />");
            return;
        }
        self.open(tag);
        self.text(value);
        self.close(tag);
    }

    /// A date in an element.
    pub(crate) fn day(&mut self, tag: &str, day: Day) {
        self.open(tag);
        let digits = day.digits();
        if self.compact_dates {
            self.bytes.extend(digits.iter().filter(|byte| **byte != b'-'));
        } else {
            self.bytes.extend_from_slice(&digits);
        }
        self.close(tag);
    }

    /// A date in an element, or nothing.
    pub(crate) fn optional_day(&mut self, tag: &str, day: Option<Day>) {
        if let Some(day) = day {
            self.day(tag, day);
        }
    }

    /// A number in an element, with leading zeros up to `width`.
    pub(crate) fn number(&mut self, tag: &str, value: u64, width: usize) {
        self.required(tag, &format!("{value:0width$}"));
    }

    /// A tag's name. Only the convention's own spelling has letters beyond ASCII.
    fn name(&mut self, tag: &str) {
        if tag.is_ascii() {
            self.bytes.extend_from_slice(tag.as_bytes());
        } else {
            self.text(tag);
        }
    }

    /// Text, escaped and encoded.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(place) = rest.bytes().position(|byte| !byte.is_ascii() || byte == b'&' || byte == b'<')
        {
            let (plain, special) = rest.split_at(place);
            self.bytes.extend_from_slice(plain.as_bytes());
            let mut letters = special.chars();
            if let Some(letter) = letters.next() {
                self.special(letter);
            }
            rest = letters.as_str();
        }
        self.bytes.extend_from_slice(rest.as_bytes());
    }

    /// A character that is escaped, or beyond ASCII.
    fn special(&mut self, letter: char) {
        match (letter, u32::from(letter), self.encoding) {
            ('&', ..) => self.bytes.extend_from_slice(b"&amp;"),
            ('<', ..) => self.bytes.extend_from_slice(b"&lt;"),
            (_, 0..=0xFF, Encoding::Latin1 | Encoding::Windows1252) => self.bytes.push(letter as u8),
            (_, _, Encoding::Utf8) => {
                self.bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
            }
            ('Œ', _, Encoding::Windows1252) => self.bytes.push(0x8C),
            ('œ', _, Encoding::Windows1252) => self.bytes.push(0x9C),
            ('’', _, Encoding::Windows1252) => self.bytes.push(0x92),
            _ => self.bytes.extend_from_slice(latin1_spelling(letter).as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_and_escapes() {
        for (encoding, bytes) in [
            (Encoding::Latin1, b"<n>A&amp;&lt;\xC9OE</n>".as_slice()),
            (Encoding::Windows1252, b"<n>A&amp;&lt;\xC9\x8C</n>".as_slice()),
            (Encoding::Utf8, "<n>A&amp;&lt;ÉŒ</n>".as_bytes()),
        ] {
            let mut xml = Xml::new(encoding, false, false);
            xml.leaf("n", "A&<ÉŒ");
            assert_eq!(xml.bytes, bytes);
        }
    }

    #[test]
    fn dates_and_blanks() {
        let mut xml = Xml::new(Encoding::Latin1, true, true);
        xml.leaf("a", "");
        xml.required("b", "");
        xml.day("d", Day::new(2026, 2, 3));
        xml.number("n", 12, 8);
        xml.end_line();
        assert_eq!(xml.bytes, b"<b /><d>20260203</d><n>00000012</n>\r\n");
    }
}
