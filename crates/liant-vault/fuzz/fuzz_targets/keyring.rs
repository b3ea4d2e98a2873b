//! Any text as a key file, in clear or wrapped; and in place of one line of a sound one.
#![no_main]

use std::sync::LazyLock;

use liant_model::Instant;
use liant_vault::{FileKms, Keyring, Protection};
use libfuzzer_sys::fuzz_target;

static SOUND: LazyLock<String> = LazyLock::new(|| {
    let ring = Keyring::generate(Instant::from_micros(0)).unwrap();
    ring.to_text(Protection::Clear).unwrap().to_string()
});
static KMS: LazyLock<FileKms> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    FileKms::create(&folder.path().join("master.key")).unwrap()
});

fuzz_target!(|input: (u16, &str)| {
    let (place, text) = input;
    let mut lines: Vec<&str> = SOUND.lines().collect();
    let place = usize::from(place) % lines.len();
    lines[place] = text;
    for text in [text, &lines.join("\n")] {
        let _ = Keyring::from_text(text, Protection::Wrapped(&*KMS));
        if let Ok(ring) = Keyring::from_text(text, Protection::Clear) {
            let again = ring.to_text(Protection::Clear).unwrap();
            assert!(Keyring::from_text(&again, Protection::Clear).is_ok());
        }
    }
});
