//! Files of cells whose encoding nobody declares: UTF-8, or else windows-1252, as spreadsheets of this country write them.

use std::io::{self, Read};

use encoding_rs::{Decoder, WINDOWS_1252};

/// Whether everything that `input` gives is UTF-8. Reads it to its end, in constant memory.
///
/// # Errors
/// When it cannot be read.
pub fn is_utf8(mut input: impl Read) -> io::Result<bool> {
    let mut buffer = vec![0; 1 << 16];
    let mut held = 0;
    loop {
        let read = match input.read(buffer.get_mut(held..).unwrap_or_default()) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let whole = buffer.get(..held + read).unwrap_or_default();
        match std::str::from_utf8(whole) {
            // What is held is the beginning of a character that never ended.
            _ if read == 0 => return Ok(held == 0),
            Ok(_) => held = 0,
            Err(error) if error.error_len().is_some() => return Ok(false),
            Err(error) => {
                let (from, to) = (error.valid_up_to(), held + read);
                buffer.copy_within(from..to, 0);
                held = to - from;
            }
        }
    }
}

/// What `inner` gives in windows-1252, in UTF-8: every byte is a character, so nothing can be wrong.
pub struct FromWindows1252<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    /// What of `text` is not yet given.
    given: usize,
    ended: bool,
}

/// Bytes taken at once.
const WINDOW: usize = 1 << 16;

impl<R: Read> FromWindows1252<R> {
    /// Reads on from where `inner` is.
    pub fn new(inner: R) -> Self {
        let decoder = WINDOWS_1252.new_decoder_without_bom_handling();
        Self { inner, decoder, raw: vec![0; WINDOW], text: Vec::new(), given: 0, ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let read = self.inner.read(&mut self.raw)?;
        self.ended = read == 0;
        // A byte is three bytes of UTF-8 at most.
        self.text.resize(3 * read + 16, 0);
        let raw = self.raw.get(..read).unwrap_or_default();
        let (_, _, written, _) = self.decoder.decode_to_utf8(raw, &mut self.text, self.ended);
        self.text.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl<R: Read> Read for FromWindows1252<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given >= self.text.len() && !self.ended {
            self.refill()?;
        }
        let rest = self.text.get(self.given..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(rest) {
            *to = *from;
        }
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Gives at most `step` bytes at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(buffer.len());
            self.0.read(&mut buffer[..count])
        }
    }

    fn transcoded(bytes: &[u8], step: usize) -> String {
        let mut text = String::new();
        FromWindows1252::new(Slow(bytes, step)).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn letters_of_a_spreadsheet_are_read() {
        assert_eq!(transcoded(b"ZO\xcb;N\xc9E;L\x92HO\x8cUF;\x80", 3), "ZOË;NÉE;L’HOŒUF;€");
        for (bytes, utf8) in
            [(&b"ZO\xcb"[..], false), ("ZOË".as_bytes(), true), (b"", true), (&"ZOË".as_bytes()[..3], false)]
        {
            for step in [1, 2, 100] {
                assert_eq!(is_utf8(Slow(bytes, step)).unwrap(), utf8, "{bytes:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn how_bytes_arrive_changes_nothing(bytes: Vec<u8>, step in 1..9_usize) {
            let (whole, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
            prop_assert_eq!(transcoded(&bytes, step), whole);
            prop_assert_eq!(is_utf8(Slow(&bytes, step)).unwrap(), std::str::from_utf8(&bytes).is_ok());
        }

        #[test]
        fn a_character_may_lie_across_two_windows(before in 65_530..65_540_usize, c in any::<char>()) {
            let text = "a".repeat(before) + &c.to_string();
            prop_assert!(is_utf8(text.as_bytes()).unwrap());
            prop_assert_eq!(is_utf8(&text.as_bytes()[..text.len() - 1]).unwrap(), c.is_ascii());
        }
    }
}
