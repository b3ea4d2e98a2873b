//! What sealing and indexing promise.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking, as tests do")]

use liant_model::Instant;
use liant_vault::{Domain, KeyVersion, Keyring, OVERHEAD, VaultError};
use proptest::prelude::*;

const DOMAINS: [Domain; 6] =
    [Domain::Nir, Domain::Msa, Domain::File, Domain::Credential, Domain::Attempt, Domain::Statement];
const NOW: Instant = Instant::from_micros(1_767_225_600_000_000);
/// An invented NIR: month 99 does not exist.
const NIR: &[u8] = b"1809975123456";

fn ring() -> Keyring {
    Keyring::generate(NOW).unwrap()
}

proptest! {
    #[test]
    fn what_is_sealed_opens_as_it_was(
        value in prop::collection::vec(any::<u8>(), 0..200),
        aad in prop::collection::vec(any::<u8>(), 0..64),
        domain in prop::sample::select(DOMAINS.to_vec()),
    ) {
        let ring = ring();
        let sealed = ring.seal(domain, &aad, &value).unwrap();
        prop_assert_eq!(sealed.len(), value.len() + OVERHEAD);
        let opened = ring.open(domain, &aad, &sealed).unwrap();
        prop_assert_eq!(opened.as_slice(), value.as_slice());
    }

    #[test]
    fn foreign_bytes_never_open(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
        prop_assert!(ring().open(Domain::Nir, b"", &bytes).is_err());
    }

    #[test]
    fn an_index_depends_on_the_whole_value(left in ".{0,20}", right in ".{0,20}") {
        let ring = ring();
        let same = ring.blind_index(Domain::Nir, left.as_bytes()) == ring.blind_index(Domain::Nir, right.as_bytes());
        prop_assert_eq!(same, left == right);
    }
}

#[test]
fn a_sealed_nir_stays_within_58_bytes() {
    assert!(ring().seal(Domain::Nir, &[0; 32], NIR).unwrap().len() <= 58);
}

#[test]
fn sealing_twice_gives_two_texts_that_hide_the_value() {
    let ring = ring();
    let (one, two) = (ring.seal(Domain::Nir, b"a", NIR).unwrap(), ring.seal(Domain::Nir, b"a", NIR).unwrap());
    assert_ne!(one, two);
    assert!(!one.windows(NIR.len()).any(|window| window == NIR));
}

#[test]
fn another_domain_record_or_ring_is_refused() {
    let ring = ring();
    let sealed = ring.seal(Domain::Nir, b"territory 1, person 1", NIR).unwrap();
    let refused = |result: Result<_, VaultError>| matches!(result, Err(VaultError::Refused));
    assert!(refused(ring.open(Domain::Msa, b"territory 1, person 1", &sealed)));
    assert!(refused(ring.open(Domain::Nir, b"territory 1, person 2", &sealed)));
    assert!(refused(ring.open(Domain::Nir, b"", &sealed)));
    assert!(refused(Keyring::generate(NOW).unwrap().open(Domain::Nir, b"territory 1, person 1", &sealed)));
}

#[test]
fn the_border_between_domain_and_associated_data_is_bound() {
    let ring = ring();
    let sealed = ring.seal(Domain::Nir, &[2, 9], NIR).unwrap();
    assert!(ring.open(Domain::Msa, &[9], &sealed).is_err());
}

#[test]
fn every_flipped_bit_is_refused() {
    let mut ring = ring();
    ring.rotate_seal(NOW).unwrap();
    let sealed = ring.seal(Domain::Nir, b"aad", NIR).unwrap();
    for bit in 0..sealed.len() * 8 {
        let mut altered = sealed.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        assert!(ring.open(Domain::Nir, b"aad", &altered).is_err(), "bit {bit}");
    }
    for length in 0..sealed.len() {
        assert!(ring.open(Domain::Nir, b"aad", &sealed[..length]).is_err(), "cut at {length}");
    }
}

#[test]
fn rotation_keeps_old_values_readable_and_indexes_unchanged() {
    let mut ring = ring();
    let old = ring.seal(Domain::Nir, b"p", NIR).unwrap();
    let index = ring.blind_index(Domain::Nir, NIR);
    assert_eq!(ring.rotate_seal(NOW).unwrap(), KeyVersion::new(2).unwrap());
    assert_eq!(ring.seal_version().get(), 2);
    assert_eq!(ring.open(Domain::Nir, b"p", &old).unwrap().as_slice(), NIR);
    assert_eq!(ring.blind_index(Domain::Nir, NIR), index);
    assert!(!ring.is_current(&old).unwrap());

    let new = ring.seal(Domain::Nir, b"p", NIR).unwrap();
    assert!(ring.is_current(&new).unwrap());
    // A value claimed to be under another version than its own does not open.
    let mut relabelled = new.clone();
    relabelled[2] = 1;
    assert!(matches!(ring.open(Domain::Nir, b"p", &relabelled), Err(VaultError::Refused)));
}

#[test]
fn a_key_not_held_is_named() {
    let mut ring = ring();
    let (first, second) = (ring.seal(Domain::Nir, b"", NIR).unwrap(), ring.rotate_seal(NOW).unwrap());
    let mut later = first;
    later[2] = 7;
    let error = ring.open(Domain::Nir, b"", &later).unwrap_err();
    assert!(error.to_string().contains("key version 7"), "{error}");
    assert_eq!(second.get(), 2);
    let absent = ring.blind_index_at(KeyVersion::new(9).unwrap(), Domain::Nir, NIR);
    assert!(matches!(absent, Err(VaultError::UnknownIndexKey(_))));
}

#[test]
fn rotating_the_index_changes_indexes_and_keeps_the_old_reachable() {
    let mut ring = ring();
    let (old, sealed) = (ring.blind_index(Domain::Nir, NIR), ring.seal(Domain::Nir, b"", NIR).unwrap());
    let second = ring.rotate_index(NOW).unwrap();
    assert_eq!(ring.index_version(), second);
    assert_eq!(ring.index_versions().map(KeyVersion::get).collect::<Vec<_>>(), [1, 2]);
    assert_ne!(ring.blind_index(Domain::Nir, NIR), old);
    assert_eq!(ring.blind_index_at(KeyVersion::FIRST, Domain::Nir, NIR).unwrap(), old);
    assert_eq!(ring.blind_index_at(second, Domain::Nir, NIR).unwrap(), ring.blind_index(Domain::Nir, NIR));
    assert!(ring.is_current(&sealed).unwrap(), "sealed values do not depend on the index key");
}

#[test]
fn domains_have_unrelated_indexes() {
    let ring = ring();
    assert_ne!(ring.blind_index(Domain::Nir, NIR), ring.blind_index(Domain::Msa, NIR));
}

#[test]
fn debug_shows_no_secret() {
    let ring = ring();
    assert_eq!(
        format!("{ring:?}"),
        "Keyring { seal_version: KeyVersion(1), index_version: KeyVersion(1), .. }"
    );
    assert_eq!(format!("{:?}", ring.blind_index(Domain::Nir, NIR)), "BlindIndex(redacted)");
}
