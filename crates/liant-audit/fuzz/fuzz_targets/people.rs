//! Any bytes as the people of an act. One list has one form.
#![no_main]

use liant_audit::PeopleBlock;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(block) = PeopleBlock::from_bytes(bytes) {
        assert_eq!(block.iter().count() as u64, block.len());
        assert!(block.iter().all(|person| block.len() > 64 || block.contains(person)));
        assert_eq!(PeopleBlock::new(&block).as_bytes(), bytes);
    }
});
