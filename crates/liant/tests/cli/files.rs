//! The files that partners send, of people who do not exist.

use liant_model::{Date, Territory};
use liant_sample::{Defect, Expected, FileOptions, SampleKind, SampleOptions, World, WorldOptions, sample};

/// The flows that are imported. The sampled weekly file of a month is made before its monthly one.
pub(crate) const KINDS: [SampleKind; 3] = [SampleKind::Pecdh, SampleKind::Pecgm, SampleKind::Rsabem];
/// A month that is past on every machine.
pub(crate) const MARCH: Date = Date::constant(2025, 3, 1);
/// The month after.
pub(crate) const APRIL: Date = Date::constant(2025, 4, 1);

/// Each defect of which a sound reader makes this, in each flow that can be imported and have it.
pub(crate) fn defects(expected: Expected) -> Vec<(SampleKind, Defect)> {
    let wanted = |kind: SampleKind, defect: Defect| {
        // One RSA file may come as several records of RSABEM: there, a number that comes again is no fault.
        let no_fault = kind == SampleKind::Rsabem && defect == Defect::DuplicatedKey;
        defect.expected() == expected && kind.can_have(defect) && !no_fault
    };
    let all = KINDS.into_iter().flat_map(|kind| Defect::ALL.iter().map(move |defect| (kind, *defect)));
    all.filter(|(kind, defect)| wanted(*kind, *defect)).collect()
}

pub(crate) fn territory() -> Territory {
    Territory::parse("62").unwrap()
}

/// A territory that lives through March and April.
pub(crate) fn world(people: u32) -> World {
    World::new(WorldOptions::new(territory(), people, 11, MARCH, 2))
}

/// A file of a world's month.
pub(crate) fn bytes(write: impl FnOnce(&mut Vec<u8>, FileOptions) -> std::io::Result<u64>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut bytes, FileOptions::default()).unwrap();
    bytes
}

/// A file of `records` strangers, sound.
pub(crate) fn sound(kind: SampleKind, records: u64, seed: u64, reference: Date) -> Vec<u8> {
    sampled(kind, records, seed, &SampleOptions::new(territory(), reference))
}

/// The same, with a defect.
pub(crate) fn defective(
    kind: SampleKind,
    records: u64,
    seed: u64,
    reference: Date,
    defect: Defect,
) -> Vec<u8> {
    sampled(kind, records, seed, &SampleOptions::new(territory(), reference).with(defect))
}

fn sampled(kind: SampleKind, records: u64, seed: u64, options: &SampleOptions) -> Vec<u8> {
    let mut bytes = Vec::new();
    sample(kind, records, seed, &mut bytes, options).unwrap();
    bytes
}

/// Replaces each of the places where `from` stands, at least one.
pub(crate) fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let (mut rest, mut found) = (bytes, false);
    while let Some(place) = rest.windows(from.len()).position(|window| window == from) {
        out.extend_from_slice(&rest[..place]);
        out.extend_from_slice(to);
        rest = &rest[place + from.len()..];
        found = true;
    }
    assert!(found, "`{}` does not stand in the file", String::from_utf8_lossy(from));
    out.extend_from_slice(rest);
    out
}
