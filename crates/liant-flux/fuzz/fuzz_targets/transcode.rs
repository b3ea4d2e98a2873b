//! Any bytes as a list of which nobody said the encoding: what is read is text, whatever the bytes and however they come.
#![no_main]

use std::io::Read;

use libfuzzer_sys::fuzz_target;
use liant_flux::{FromWindows1252, is_utf8};

struct Slow<'a>(&'a [u8], usize);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.1.min(buffer.len());
        self.0.read(&mut buffer[..count])
    }
}

fuzz_target!(|bytes: &[u8]| {
    let step = usize::from(bytes.first().copied().unwrap_or(1)).max(1);
    let utf8 = is_utf8(Slow(bytes, step)).unwrap();
    assert_eq!(utf8, std::str::from_utf8(bytes).is_ok());
    let mut text = String::new();
    FromWindows1252::new(Slow(bytes, step)).read_to_string(&mut text).unwrap();
    assert_eq!(text.chars().count(), bytes.len());
});
