//! Any bytes as the export of a log, and after a sound first line; and a sound export in which one byte is changed,
//! which the verifier must find.
#![no_main]

use liant_audit::verify::{Checkpoint, SALT_LENGTH, verify_export};
use liant_audit::{Leaf, LogWriter};
use libfuzzer_sys::fuzz_target;

const ORIGIN: &str = "liant.example/audit/62";
const START: &[u8] = b"liant-log/1 liant.example/audit/62\n";

/// The export of a log whose leaves hold these bytes, some to a leaf, every other one erased.
fn export(bytes: &[u8]) -> Vec<u8> {
    let mut writer = LogWriter::new(Vec::new(), ORIGIN).unwrap();
    for (index, payload) in bytes.chunks(24).enumerate() {
        let mut leaf = Leaf { salt: [7; SALT_LENGTH], payload: payload.to_vec() }.at(index as u64);
        leaf.opening = leaf.opening.filter(|_| index % 2 == 0);
        writer.write(&leaf).unwrap();
    }
    writer.finish().unwrap()
}

fuzz_target!(|input: (u16, u8, &[u8])| {
    let (place, change, bytes) = input;
    let _ = verify_export(bytes, &[]);
    let _ = verify_export([START, bytes].concat().as_slice(), &[]);

    let mut file = export(bytes);
    let report = verify_export(file.as_slice(), &[]).unwrap();
    let kept = Checkpoint { origin: ORIGIN.to_owned(), size: report.size, root: report.root, time: 0 };
    let place = usize::from(place) % file.len();
    file[place] ^= change;
    assert_eq!(verify_export(file.as_slice(), &[kept]).is_ok(), change == 0, "byte {place}");
});
