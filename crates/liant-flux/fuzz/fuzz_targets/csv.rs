//! Any bytes as a list of people or of decisions.
#![no_main]

use libfuzzer_sys::fuzz_target;
use liant_flux::{Profile, ReadOptions, Reader};
use liant_model::CodeLists;

fuzz_target!(|bytes: &[u8]| {
    let lists = CodeLists::shipped().unwrap();
    for name in ["PERSONNES", "ORIENTATIONS"] {
        let profile = Profile::shipped(name).unwrap();
        for start in [&b""[..], b"id,nir,prenom,nature,date_decision\n"] {
            let whole = [start, bytes].concat();
            if let Ok(mut reader) = Reader::open(whole.as_slice(), &profile, &lists, &ReadOptions::default()) {
                while let Ok(Some(_)) = reader.next_dossier() {}
                let _ = reader.finish();
            }
        }
    }
});
