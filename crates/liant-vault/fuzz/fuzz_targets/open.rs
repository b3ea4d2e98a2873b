//! Any bytes as a sealed value and as a wrapped key, with a known version before them too; and a sealed value in
//! which one byte is changed. Nothing that the ring did not seal opens.
#![no_main]

use std::sync::LazyLock;

use liant_model::Instant;
use liant_vault::{Domain, FileKms, Keyring, Kms};
use libfuzzer_sys::fuzz_target;

static RING: LazyLock<Keyring> = LazyLock::new(|| Keyring::generate(Instant::from_micros(0)).unwrap());
static KMS: LazyLock<FileKms> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    FileKms::create(&folder.path().join("master.key")).unwrap()
});

fuzz_target!(|input: (u16, u8, &[u8])| {
    let (place, change, bytes) = input;
    for sealed in [bytes, &[&[1, 0, 1], bytes].concat()] {
        let _ = RING.is_current(sealed);
        assert!(RING.open(Domain::Nir, b"62", sealed).is_err());
        assert!(KMS.unwrap("seal 1", sealed).is_err());
    }
    let mut sealed = RING.seal(Domain::Nir, b"62", bytes).unwrap();
    let place = usize::from(place) % sealed.len();
    sealed[place] ^= change;
    match RING.open(Domain::Nir, b"62", &sealed) {
        Ok(value) => assert!(change == 0 && value.as_slice() == bytes),
        Err(_) => assert!(change != 0),
    }
    assert!(RING.open(Domain::Msa, b"62", &sealed).is_err());
    assert!(RING.open(Domain::Nir, b"63", &sealed).is_err());
});
