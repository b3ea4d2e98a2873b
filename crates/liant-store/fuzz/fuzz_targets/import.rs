//! Any bytes as an exported store; after its first line; and with the end that they would have, so that what is
//! written is also published. A file that is refused leaves no territory to see.
#![no_main]

use std::io::Cursor;

use liant_store::{Store, StoreAddress};
use libfuzzer_sys::fuzz_target;
use ring::digest;

const HEAD: &[u8] = b"LIANT STORE 1\n";

/// A file of these marks and rows that ends well: the closing mark, the number of rows, the checksum.
fn ended(rows: u8, body: &[u8]) -> Vec<u8> {
    let mut file = [HEAD, body, &[0], &u64::from(rows).to_be_bytes()].concat();
    let checksum = digest::digest(&digest::SHA256, &file);
    file.extend_from_slice(checksum.as_ref());
    file
}

fuzz_target!(|input: (u8, &[u8])| {
    let (rows, bytes) = input;
    for file in [bytes.to_vec(), [HEAD, bytes].concat(), ended(rows, bytes)] {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&StoreAddress::Sqlite(folder.path().join("store.db"))).unwrap();
        match store.import(Cursor::new(&file)) {
            Ok(_) => drop(store.export(std::io::sink())),
            Err(_) => assert_eq!(store.territories().unwrap(), []),
        }
    }
});
