//! Any bytes as an XML flow; and after a sound header, so that the records are reached.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use liant_flux::{Chunk, Profile, ReadOptions, Reader};
use liant_model::{Block, CodeLists, Facts};

const START: &[u8] = b"<flux><entete><fichier>PECG</fichier><periodicite>M</periodicite><departement>62</departement>\
<date-reference>2026-11-01</date-reference><date-fabrication>2026-11-09</date-fabrication><version>001,0</version></entete>";

fn read(profile: &Profile, lists: &CodeLists, bytes: &[u8]) -> (u64, bool) {
    let Ok(mut reader) = Reader::open(bytes, profile, lists, &ReadOptions::default()) else { return (0, false) };
    let (mut facts, mut count) = (Facts::new(), 0);
    while let Ok(Some(dossier)) = reader.next_dossier() {
        count += 1;
        for block in Block::ALL {
            dossier.facts(block, &mut facts);
        }
    }
    (count, reader.finish().is_ok())
}

fn by_chunks(profile: &Profile, lists: &CodeLists, bytes: &[u8]) -> (u64, bool) {
    let Ok(mut reader) = Reader::open(bytes, profile, lists, &ReadOptions::default()) else { return (0, false) };
    let (mut parser, mut chunk, mut count) = (reader.chunk_parser(), Chunk::new(), 0);
    loop {
        match reader.next_chunk(&mut chunk, 200) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => return (count, false),
        }
        if parser.parse(&chunk, |_| count += 1).is_err() {
            return (count, false);
        }
    }
    reader.absorb(parser);
    (count, reader.finish().is_ok())
}

static LISTS: LazyLock<CodeLists> = LazyLock::new(|| CodeLists::shipped().unwrap());
static PROFILES: LazyLock<[Profile; 2]> = LazyLock::new(|| ["PECGM", "RSABEM"].map(|name| Profile::shipped(name).unwrap()));

fuzz_target!(|bytes: &[u8]| {
    for profile in &*PROFILES {
        read(profile, &LISTS, bytes);
        let whole = [START, bytes].concat();
        assert_eq!(read(profile, &LISTS, &whole), by_chunks(profile, &LISTS, &whole));
    }
});
