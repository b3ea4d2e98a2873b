//! Any bytes as a list of people or of decisions.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use liant_flux::{Profile, ReadOptions, Reader};
use liant_model::CodeLists;

static LISTS: LazyLock<CodeLists> = LazyLock::new(|| CodeLists::shipped().unwrap());
static PROFILES: LazyLock<[Profile; 2]> =
    LazyLock::new(|| ["PERSONNES", "ORIENTATIONS"].map(|name| Profile::shipped(name).unwrap()));

fuzz_target!(|bytes: &[u8]| {
    for profile in &*PROFILES {
        for start in [&b""[..], b"id,nir,prenom,nature,date_decision\n"] {
            let whole = [start, bytes].concat();
            if let Ok(mut reader) = Reader::open(whole.as_slice(), profile, &LISTS, &ReadOptions::default()) {
                while let Ok(Some(_)) = reader.next_dossier() {}
                let _ = reader.finish();
            }
        }
    }
});
