use std::borrow::Cow;

/// A character set in which each byte below 0x80 is ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// ISO-8859-1 to the letter: bytes 0x80–0x9F are U+0080–U+009F, not windows-1252.
    Latin1,
    /// UTF-8.
    Utf8,
    /// A single-byte set of the WHATWG list: windows-1252, ISO-8859-15…
    SingleByte(&'static encoding_rs::Encoding),
}

impl Encoding {
    /// The encoding of this name, as XML prologs spell it; `None` for a name that is unknown or whose bytes are not
    /// a superset of ASCII.
    pub fn named(name: &str) -> Option<Self> {
        let lower = name.trim().to_ascii_lowercase();
        match lower.as_str() {
            "iso-8859-1" | "iso8859-1" | "iso_8859-1" | "latin1" | "latin-1" | "us-ascii" | "ascii" => {
                Some(Self::Latin1)
            }
            "utf-8" | "utf8" => Some(Self::Utf8),
            _ => {
                let found = encoding_rs::Encoding::for_label(lower.as_bytes())?;
                (found.is_ascii_compatible() && found.is_single_byte()).then_some(Self::SingleByte(found))
            }
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Latin1 => "ISO-8859-1",
            Self::Utf8 => "UTF-8",
            Self::SingleByte(encoding) => encoding.name(),
        }
    }

    /// Bytes of the file that stand before the byte `at` of the decoded text.
    pub(crate) fn bytes_before(self, text: &str, at: usize) -> usize {
        let before = text.get(..at).unwrap_or(text);
        match self {
            Self::Utf8 => before.len(),
            Self::Latin1 | Self::SingleByte(_) => before.chars().count(),
        }
    }
}

/// A decoded text whose memory is kept from one use to the next.
#[derive(Default)]
pub(crate) struct Text {
    buffer: String,
    length: usize,
}

impl Text {
    /// Decodes `bytes`; the error is the offset of the first byte that does not decode.
    pub(crate) fn decode(&mut self, encoding: Encoding, bytes: &[u8]) -> Result<(), usize> {
        match encoding {
            Encoding::Latin1 => {
                let room = bytes.len() * 2;
                if self.buffer.len() < room {
                    let missing = room - self.buffer.len();
                    self.buffer.extend(std::iter::repeat_n('\0', missing));
                }
                self.length = encoding_rs::mem::convert_latin1_to_str(bytes, self.buffer.as_mut_str());
                Ok(())
            }
            Encoding::Utf8 => {
                let text = std::str::from_utf8(bytes).map_err(|error| error.valid_up_to())?;
                self.set(text);
                Ok(())
            }
            Encoding::SingleByte(encoding) => {
                let text =
                    encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or(0_usize)?;
                self.set(&text);
                Ok(())
            }
        }
    }

    fn set(&mut self, text: &str) {
        self.buffer.clear();
        self.buffer.push_str(text);
        self.length = text.len();
    }

    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        self.buffer.get(..self.length).unwrap_or_default()
    }
}

/// What the bytes of a record contain that deserves a word.
#[derive(Clone, Copy)]
pub(crate) struct Classes {
    /// A control character that XML forbids.
    pub(crate) control: bool,
    /// A byte 0x80–0x9F.
    pub(crate) c1: bool,
}

/// Looks at every byte once.
pub(crate) fn classes(bytes: &[u8]) -> Classes {
    if none_low(bytes) {
        return Classes { control: false, c1: false };
    }
    let class = |byte: u8| {
        u8::from(byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) | u8::from(byte & 0xE0 == 0x80) << 1
    };
    let found = bytes.iter().fold(0_u8, |found, byte| found | class(*byte));
    Classes { control: found & 1 != 0, c1: found & 2 != 0 }
}

/// Whether no byte is below 0x20 or in 0x80–0x9F: those whose bits 5 and 6 are both clear. Eight bytes at a time.
fn none_low(bytes: &[u8]) -> bool {
    const BITS: u64 = 0x4040_4040_4040_4040;
    let (words, rest) = bytes.as_chunks::<8>();
    let kept = words.iter().fold(BITS, |kept, word| {
        let word = u64::from_le_bytes(*word);
        kept & (word | word << 1)
    });
    kept == BITS && rest.iter().all(|byte| byte & 0x60 != 0)
}

/// The text with the characters U+0080–U+009F read as windows-1252, for matching: `C\u{9C}UR` gives `CœUR`.
pub fn fold_c1(text: &str) -> Cow<'_, str> {
    let c1 = |c: char| ('\u{80}'..='\u{9f}').contains(&c);
    if !text.contains(c1) {
        return Cow::Borrowed(text);
    }
    let folded = text.chars().map(|c| {
        if c1(c) {
            let byte = [c as u32 as u8];
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next().unwrap_or(c)
        } else {
            c
        }
    });
    Cow::Owned(folded.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin1_is_not_windows_1252() {
        let mut text = Text::default();
        text.decode(Encoding::Latin1, b"C\x9CUR \xE9").unwrap();
        assert_eq!(text.as_str(), "C\u{9c}UR é");
        assert_eq!(fold_c1(text.as_str()), "CœUR é");
        text.decode(Encoding::named("windows-1252").unwrap(), b"C\x9CUR").unwrap();
        assert_eq!(text.as_str(), "CœUR");
        text.decode(Encoding::named("ISO-8859-15").unwrap(), b"\xBD").unwrap();
        assert_eq!(text.as_str(), "œ");
        assert_eq!(text.decode(Encoding::Utf8, b"ab\xFF"), Err(2));
    }

    #[test]
    fn encodings_that_are_not_ascii_are_refused() {
        for name in ["UTF-16", "utf-16le", "shift_jis", "iso-2022-jp", "ebcdic", ""] {
            assert_eq!(Encoding::named(name), None, "{name}");
        }
    }

    #[test]
    fn classes_see_each_byte() {
        for byte in 0..=255_u8 {
            let found = classes(&[b'a', byte, b'b']);
            let long = [&[b'a'; 13][..], &[byte], &[b'b'; 9]].concat();
            assert_eq!((classes(&long).control, classes(&long).c1), (found.control, found.c1), "{byte}");
            assert_eq!(found.control, byte < 32 && ![9, 10, 13].contains(&byte), "{byte}");
            assert_eq!(found.c1, (0x80..=0x9F).contains(&byte), "{byte}");
        }
    }
}
