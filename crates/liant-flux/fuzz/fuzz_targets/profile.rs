//! Any text as a flow profile, and a sound file read with whatever it makes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use liant_flux::{Profile, ReadOptions, Reader};
use liant_model::CodeLists;

fuzz_target!(|text: &str| {
    for text in [text.to_owned(), format!("{}\n{text}", include_str!("../../profiles/pecdh.toml"))] {
        if let Ok(profile) = Profile::parse("fuzz", &text) {
            let lists = CodeLists::shipped().unwrap();
            let file: &[u8] = b"<flux><entete/><dossier><nir>x</nir></dossier><fin/></flux>";
            let _ = Reader::open(file, &profile, &lists, &ReadOptions::default()).map(Reader::finish);
        }
    }
});
