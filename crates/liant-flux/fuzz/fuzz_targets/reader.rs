//! Any bytes as an XML flow; and after a sound header, so that the records are reached. The fast and the careful
//! reading, the whole file and its chunks must say the same.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use liant_flux::{Chunk, Profile, ReadOptions, Reader};
use liant_model::{Block, CodeLists, Facts};

const START: &[u8] = b"<flux><entete><fichier>PECG</fichier><periodicite>M</periodicite><departement>62</departement>\
<date-reference>2026-11-01</date-reference><date-fabrication>2026-11-09</date-fabrication><version>001,0</version></entete>";

/// What a reading says: the facts and problems of each record, then the refusal or the summary.
fn told(profile: &Profile, lists: &CodeLists, bytes: &[u8], always_careful: bool) -> Vec<String> {
    let options = ReadOptions { always_careful, ..ReadOptions::default() };
    let Ok(mut reader) = Reader::open(bytes, profile, lists, &options) else { return Vec::new() };
    let (mut facts, mut told) = (Facts::new(), Vec::new());
    loop {
        match reader.next_dossier() {
            Ok(Some(dossier)) => {
                for block in Block::ALL {
                    dossier.facts(block, &mut facts);
                    told.push(format!("{:?}", facts.as_bytes()));
                }
                told.push(format!("{:?} {:?}", dossier.problems(), dossier.own_key()));
            }
            Ok(None) => break,
            Err(refusal) => {
                told.push(refusal.to_string());
                return told;
            }
        }
    }
    told.push(format!("{:?}", reader.finish()));
    told
}

fn read(profile: &Profile, lists: &CodeLists, bytes: &[u8]) -> (u64, bool) {
    let Ok(mut reader) = Reader::open(bytes, profile, lists, &ReadOptions::default()) else { return (0, false) };
    let mut count = 0;
    while let Ok(Some(_)) = reader.next_dossier() {
        count += 1;
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
        assert_eq!(told(profile, &LISTS, &whole, false), told(profile, &LISTS, &whole, true));
    }
});
