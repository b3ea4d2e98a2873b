//! The verifier against every kind of tampering.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking, as tests do")]

use crate::common::{ORIGIN, checkpoint, export, grow, leaves};
use liant_audit::LogWriter;
use liant_audit::verify::{
    Checkpoint, Finding, LogReader, Report, StoredLeaf, TileNode, Verifier, leaf_hash, verify_export,
};

fn verify(leaves: &[StoredLeaf], checkpoints: &[Checkpoint]) -> Result<Report, Finding> {
    verify_export(export(leaves).as_slice(), checkpoints)
}

/// Gives each leaf the index of its place, as someone covering his tracks would.
fn renumber(mut leaves: Vec<StoredLeaf>) -> Vec<StoredLeaf> {
    leaves.iter_mut().enumerate().for_each(|(place, leaf)| leaf.index = place as u64);
    leaves
}

fn first_bad(leaves: &[StoredLeaf], checkpoints: &[Checkpoint]) -> Option<u64> {
    let finding = verify(leaves, checkpoints).unwrap_err();
    assert!(!finding.to_string().is_empty());
    finding.first_index()
}

#[test]
fn an_untouched_log_verifies() {
    let log = leaves(13);
    let signed = [checkpoint(&log[..0]), checkpoint(&log[..5]), checkpoint(&log[..11])];
    let report = verify(&log, &signed).unwrap();
    assert_eq!((report.size, report.covered, report.erased, report.checkpoints), (13, 11, 0, 3));
    assert_eq!(report.root, checkpoint(&log).root);
    assert_eq!(verify(&log[..0], &[]).unwrap().size, 0);
}

#[test]
fn an_export_reads_back_as_written() {
    let mut log = leaves(6);
    log[2].opening = None;
    let file = export(&log);
    let reader = LogReader::new(file.as_slice()).unwrap();
    assert_eq!(reader.origin, ORIGIN);
    assert_eq!(reader.collect::<Result<Vec<_>, _>>().unwrap(), log);
}

#[test]
fn a_log_whose_name_is_not_a_line_is_not_exported() {
    for name in ["", "a\nend 0", "a\r"] {
        assert!(LogWriter::new(Vec::new(), name).is_err(), "{name:?}");
    }
}

#[test]
fn every_flipped_bit_of_an_export_is_found() {
    let mut log = leaves(9);
    log[4].opening = None;
    let (file, signed) = (export(&log), [checkpoint(&log)]);
    assert!(verify_export(file.as_slice(), &signed).is_ok());
    for bit in 0..file.len() * 8 {
        let mut altered = file.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        assert!(verify_export(altered.as_slice(), &signed).is_err(), "byte {}, bit {}", bit / 8, bit % 8);
    }
}

#[test]
fn every_cut_of_an_export_is_found() {
    let log = leaves(5);
    let file = export(&log);
    for length in 0..file.len() {
        assert!(verify_export(&file[..length], &[]).is_err(), "cut at {length}");
    }
    assert!(verify_export([file.as_slice(), b"\n"].concat().as_slice(), &[]).is_err());
}

#[test]
fn every_flipped_bit_of_a_stored_leaf_is_found_at_its_place() {
    let log = leaves(5);
    for (place, leaf) in log.iter().enumerate() {
        let (salt, payload) = leaf.opening.as_ref().unwrap();
        for bit in 0..(salt.len() + payload.len() + 32) * 8 {
            let (byte, mask) = (bit / 8, 1 << (bit % 8));
            let (mut altered, mut salt, mut payload) = (leaf.clone(), *salt, payload.clone());
            match byte {
                0..16 => salt[byte] ^= mask,
                16..48 => altered.commitment[byte - 16] ^= mask,
                _ => payload[byte - 48] ^= mask,
            }
            altered.opening = Some((salt, payload));
            let mut verifier = Verifier::new(ORIGIN, &[]).unwrap();
            let found = log[..place].iter().chain([&altered]).find_map(|leaf| verifier.push(leaf).err());
            assert!(
                matches!(found, Some(Finding::Altered(index)) if index == place as u64),
                "{place}, bit {bit}"
            );
        }
    }
}

#[test]
fn every_deletion_is_found() {
    let (log, signed) = (leaves(12), [checkpoint(&leaves(0))]);
    let signed_all = [signed[0].clone(), checkpoint(&log)];
    for gone in 0..12 {
        let mut cut = log.clone();
        cut.remove(gone);
        let index = gone as u64;
        if gone < 11 {
            assert_eq!(
                first_bad(&cut, &signed),
                Some(index),
                "leaf {gone}, even without a checkpoint over it"
            );
        }
        assert_eq!(first_bad(&cut, &signed_all), Some(index), "leaf {gone}");
        assert!(verify(&renumber(cut), &signed_all).is_err(), "leaf {gone}, the rest renumbered");
    }
}

#[test]
fn every_swap_is_found() {
    let log = leaves(12);
    let signed = [checkpoint(&log)];
    for left in 0..12 {
        for right in left + 1..12 {
            let mut swapped = log.clone();
            swapped.swap(left, right);
            assert_eq!(first_bad(&swapped, &signed), Some(left as u64), "rows {left} and {right}");
            let renumbered = verify(&renumber(swapped), &signed);
            assert!(matches!(renumbered, Err(Finding::Root(_))), "contents {left} and {right}");
        }
    }
}

#[test]
fn every_duplicate_and_insertion_is_found() {
    let log = leaves(12);
    let signed = [checkpoint(&log)];
    for copied in 0..12 {
        for place in 0..=12 {
            let mut longer = log.clone();
            longer.insert(place, log[copied].clone());
            let found = verify(&longer, &signed);
            assert!(found.is_err(), "{copied} again at {place}");
            let renumbered = verify(&renumber(longer), &signed);
            // After the last checkpoint nothing is signed yet: the report says so.
            let after = matches!(&renumbered, Ok(report) if report.covered == 12 && report.size == 13);
            assert!(renumbered.is_err() || (after && place >= 11), "{copied} again at {place}, renumbered");
        }
    }
}

#[test]
fn every_truncation_and_rollback_is_found() {
    let log = leaves(12);
    let signed = [checkpoint(&log[..4]), checkpoint(&log)];
    for size in 0..12 {
        let found = verify(&log[..size], &signed);
        assert!(matches!(found, Err(Finding::Shorter { size: s, signed: 12 }) if s == size as u64), "{size}");
        // Rolled back to `size`, then grown again with other acts.
        let mut other = log[..size].to_vec();
        other.extend(leaves(12).into_iter().skip(size));
        let finding = verify(&other, &signed).unwrap_err();
        let since = if size < 4 { 0 } else { 4 };
        assert!(
            matches!(&finding, Finding::Root(range) if range.start == since && range.contains(&(size as u64)))
        );
    }
}

#[test]
fn content_made_again_with_its_commitment_is_found_between_two_checkpoints() {
    let log = leaves(12);
    let signed = [checkpoint(&log[..4]), checkpoint(&log[..8]), checkpoint(&log)];
    for place in 0..12 {
        let mut forged = log.clone();
        let (salt, payload) = forged[place].opening.as_mut().unwrap();
        payload[30] ^= 1;
        forged[place].commitment = leaf_hash(salt, payload);
        let finding = verify(&forged, &signed).unwrap_err();
        let suspects = (place as u64 / 4 * 4)..(place as u64 / 4 * 4 + 4);
        assert!(matches!(&finding, Finding::Root(range) if *range == suspects), "{finding}");
    }
}

#[test]
fn erased_content_still_verifies_and_is_counted() {
    let mut log = leaves(12);
    let signed = [checkpoint(&log)];
    for place in [0, 5, 11] {
        log[place].opening = None;
    }
    let report = verify(&log, &signed).unwrap();
    assert_eq!((report.erased, report.covered), (3, 12));
    log[5].commitment[0] ^= 1;
    assert!(
        matches!(verify(&log, &signed), Err(Finding::Root(_))),
        "an erased leaf is still held by its commitment"
    );
}

#[test]
fn leaves_after_the_last_checkpoint_are_counted_apart() {
    let log = leaves(12);
    let report = verify(&log, &[checkpoint(&log[..7])]).unwrap();
    assert_eq!((report.size, report.covered), (12, 7));
    assert_eq!(verify(&log, &[]).unwrap().covered, 0);
}

#[test]
fn checkpoints_that_contradict_each_other_or_the_log_are_found() {
    let log = leaves(6);
    let good = checkpoint(&log);
    let other_root = Checkpoint { root: [1; 32], ..good.clone() };
    let other_log = Checkpoint { origin: "liant.example/audit/59".to_owned(), ..good.clone() };
    let bad_empty = Checkpoint { size: 0, ..good.clone() };
    assert!(matches!(verify(&log, &[good.clone(), other_root]), Err(Finding::SplitView(6))));
    assert!(matches!(verify(&log, &[other_log]), Err(Finding::OtherLog { .. })));
    assert!(matches!(verify(&log, &[bad_empty]), Err(Finding::SplitView(0))));
    assert!(verify(&log, &[good.clone(), good]).is_ok(), "the same checkpoint kept by two partners");
}

#[test]
fn stored_tiles_narrow_a_forgery_to_256_leaves() {
    let bare = |index: u64, seed: u8| StoredLeaf {
        index,
        commitment: leaf_hash(&[seed], &index.to_be_bytes()),
        opening: None,
    };
    let mut log: Vec<_> = (0..1000).map(|index| bare(index, 0)).collect();
    let (signed, (_, tiles)) = (checkpoint(&log), grow(log.iter().map(|leaf| leaf.commitment)));
    let run = |log: &[StoredLeaf], tiles: Vec<TileNode>| {
        let mut verifier = Verifier::new(ORIGIN, std::slice::from_ref(&signed)).unwrap().with_tiles(tiles);
        log.iter().try_for_each(|leaf| verifier.push(leaf)).and_then(|()| verifier.finish())
    };
    assert_eq!(run(&log, tiles.clone()).unwrap().covered, 1000);

    let mut altered = tiles.clone();
    altered[1].hash[0] ^= 1;
    assert!(matches!(run(&log, altered), Err(Finding::Tile(range)) if range == (256..512)));

    log[700] = bare(700, 1);
    assert!(matches!(run(&log, tiles), Err(Finding::Tile(range)) if range == (512..768)));
    assert!(matches!(run(&log, Vec::new()), Err(Finding::Root(range)) if range == (0..1000)));
}

#[test]
fn wrong_lines_are_named() {
    let line = |text: &str| verify_export(text.as_bytes(), &[]).unwrap_err().to_string();
    let zero = "0".repeat(64);
    let cases = [
        (String::new(), "line 1"),
        ("liant-log/2 x\nend 0\n".to_owned(), "line 1"),
        ("liant-log/1 \nend 0\n".to_owned(), "line 1"),
        ("liant-log/1 x\n".to_owned(), "without its line \"end\""),
        ("liant-log/1 x\nend 1\n".to_owned(), "line 2"),
        ("liant-log/1 x\nend 0".to_owned(), "without an end of line"),
        (format!("liant-log/1 x\n0 {zero} - -\nend 01\n"), "line 3"),
        (format!("liant-log/1 x\n00 {zero} - -\nend 1\n"), "line 2"),
        (format!("liant-log/1 x\n+0 {zero} - -\nend 1\n"), "line 2"),
        (format!("liant-log/1 x\n0 {zero} - -\r\nend 1\n"), "line 2"),
        (format!("liant-log/1 x\n0 {zero} - 00\nend 1\n"), "line 2"),
        (format!("liant-log/1 x\n0 {zero} - - -\nend 1\n"), "line 2"),
        (format!("liant-log/1 x\n0 {}A - -\nend 1\n", &zero[1..]), "line 2"),
        (format!("liant-log/1 x\n0 {} - -\nend 1\n", &zero[1..]), "line 2"),
        ("liant-log/1 x\nend 0\nend 0\n".to_owned(), "after the end"),
    ];
    for (text, says) in cases {
        assert!(line(&text).contains(says), "{text:?}: {}", line(&text));
    }
    assert!(verify_export([b"liant-log/1 ".as_slice(), &[0xff, b'\n']].concat().as_slice(), &[]).is_err());
}

#[test]
fn the_verifier_stays_small_and_alone() {
    let files = [
        include_str!("../../src/verify/mod.rs"),
        include_str!("../../src/verify/log_file.rs"),
        include_str!("../../src/verify/note.rs"),
        include_str!("../../src/verify/text.rs"),
        include_str!("../../src/verify/tree.rs"),
    ];
    let code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    let lines: Vec<_> = files.iter().flat_map(|file| file.lines()).filter(code).collect();
    assert!(lines.len() <= 500, "{} lines of code", lines.len());
    for line in lines {
        let foreign = ["crate::", "liant_", "uuid", "unsafe"].iter().any(|word| line.contains(word));
        assert!(!foreign, "the verifier uses nothing else of this house: {line}");
    }
}
