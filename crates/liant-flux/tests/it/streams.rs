//! Files read in other ways than from first to last on one thread, and two files compared.

use crate::support;
use std::io::{self, Read};

use crate::support::{Seen, dossier, latin1, lists, options, pecgm, profile, read, sound};
use liant_flux::{Change, Chunk, Diagnostic, Lang, ReadOptions, Reader, Refusal, diff};
use liant_model::{Field, FieldSet};
use proptest::prelude::*;

/// Gives at most `step` bytes at a time.
struct Slow<'a> {
    bytes: &'a [u8],
    step: usize,
}

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.step.min(buffer.len()).min(self.bytes.len());
        let (now, later) = self.bytes.split_at(count);
        buffer[..count].copy_from_slice(now);
        self.bytes = later;
        Ok(count)
    }
}

fn mixed(records: usize) -> Vec<u8> {
    let compact = sound().replace("1981-02-28", "19810228");
    let accented = sound().replace("prenom", "prénom");
    let bad = sound().replace("1981-02-28", "1981-02-30");
    let odd = dossier(
        support::PERSON,
        "<suivi><structure-principale><nom><![CDATA[</dossier>]]></nom></structure-principale></suivi>",
    );
    let kinds = [sound(), compact, accented, bad, odd];
    let records: Vec<&str> = (0..records).map(|number| kinds[number % kinds.len()].as_str()).collect();
    latin1(&pecgm(&records))
}

#[test]
fn how_bytes_arrive_changes_nothing() {
    let file = mixed(1500);
    assert!(file.len() > 300_000, "the file must not fit the first window");
    let whole = read("PECGM", file.as_slice()).unwrap();
    for step in [1, 7, 4096] {
        let slow = read("PECGM", Slow { bytes: &file, step }).unwrap();
        assert_eq!(slow, whole, "{step}");
    }
}

/// Reads by chunks with two parsers, in turn.
fn by_chunks(file: &[u8], bytes: usize) -> Result<Seen, Refusal> {
    let profile = profile("PECGM");
    let mut reader = Reader::open(file, &profile, &lists(), &options())?;
    let mut parsers = [reader.chunk_parser(), reader.chunk_parser()];
    let (mut chunk, mut turn, mut records) = (Chunk::new(), 0, Vec::new());
    while reader.next_chunk(&mut chunk, bytes)? {
        parsers[turn % 2].parse(&chunk, |dossier| {
            records.push(support::Record {
                number: dossier.number(),
                offset: dossier.offset(),
                line: dossier.line(),
                key: dossier.own_key().map(str::to_owned),
                values: profile
                    .fields()
                    .filter_map(|field| Some((field, dossier.value(field)?.to_owned())))
                    .collect(),
                problems: dossier.problems().iter().map(|problem| problem.rule.clone()).collect(),
            });
        })?;
        turn += 1;
    }
    for parser in parsers {
        reader.absorb(parser);
    }
    Ok(Seen { records, summary: reader.finish()? })
}

#[test]
fn chunks_say_what_the_reader_says() {
    let file = mixed(203);
    let whole = read("PECGM", file.as_slice()).unwrap();
    for bytes in [1, 1000, 20_000, 10_000_000] {
        assert_eq!(by_chunks(&file, bytes).unwrap(), whole, "{bytes}");
    }
}

#[test]
fn a_refusal_comes_after_the_records_before_it() {
    let file = mixed(20);
    let cut = &file[..file.len() - 500];
    let profile = profile("PECGM");
    let mut reader = Reader::open(cut, &profile, &lists(), &options()).unwrap();
    let mut chunk = Chunk::new();
    assert!(reader.next_chunk(&mut chunk, usize::MAX).unwrap());
    assert!(chunk.records() > 10);
    let Err(Refusal::Rule(diagnostic)) = reader.next_chunk(&mut chunk, usize::MAX) else { panic!() };
    assert_eq!(diagnostic.rule, "PECGM-TRUNCATED");
}

#[test]
fn an_input_that_fails_is_no_truncated_file() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("unplugged"))
        }
    }
    let file = mixed(2);
    let input = file[..200].chain(Failing);
    assert!(matches!(read("PECGM", input), Err(Refusal::Io(_))));
}

#[test]
fn two_months_are_compared() {
    let person = |id: &str, rest: &str| dossier(support::PERSON, rest).replace("0007932B", id);
    let nir = |id: &str, nir: &str| {
        person(id, "").replace("<nom-naissance>", &format!("<nir>{nir}</nir><nom-naissance>"))
    };
    let stays = person("0000001A", "");
    let contact = |day: &str| {
        person("0000002B", &format!("<ppae><date-dernier-ent>2026-10-{day}</date-dernier-ent></ppae>"))
    };
    let leaves = person("0000003C", "");
    let joins = person("0000004D", "");
    let twice = person("0000005E", "");
    let sealed = |value: &str| nir("0000006F", value);
    let old = latin1(&pecgm(&[&stays, &contact("01"), &leaves, &twice, &twice, &sealed("2810262194289")]));
    let new = latin1(&pecgm(&[&joins, &sealed("2810262194290"), &twice, &contact("02"), &stays]));
    let mut changes = Vec::new();
    let summary = diff(
        || Ok(old.as_slice()),
        || Ok(new.as_slice()),
        &profile("PECGM"),
        &lists(),
        &options(),
        &|_| Some(FieldSet::all()),
        &mut |change, _| changes.push(change),
    )
    .unwrap();
    assert_eq!((summary.entered, summary.left, summary.changed, summary.unchanged), (1, 2, 2, 2));
    let told: Vec<String> = changes
        .iter()
        .map(|change| match change {
            Change::Entered { key, .. } => format!("+{}", key.as_deref().unwrap()),
            Change::Left { key, .. } => format!("-{}", key.as_deref().unwrap()),
            Change::Changed { key, fields, .. } => {
                let fields: Vec<_> =
                    fields.iter().map(|f| format!("{} {:?} {:?}", f.field, f.before, f.after)).collect();
                format!("~{} {}", key.as_deref().unwrap(), fields.join(","))
            }
        })
        .collect();
    assert_eq!(
        told,
        [
            "+062/0000004D",
            "~062/0000002B follow_up.last_contact Some(\"2026-10-01\") Some(\"2026-10-02\")",
            "-062/0000003C",
            "-062/0000005E",
            "~062/0000006F identifiers.nir None None",
        ]
    );
    // A record that does not count is in no file; of the others, what does not count has not changed.
    let counted = FieldSet::all().difference(FieldSet::EMPTY.with(Field::Nir));
    let mut told = Vec::new();
    let summary = diff(
        || Ok(old.as_slice()),
        || Ok(new.as_slice()),
        &profile("PECGM"),
        &lists(),
        &options(),
        &|dossier| (dossier.value(Field::LastContact) != Some("2026-10-01")).then_some(counted),
        &mut |change, seen| told.push((format!("{change:?}"), seen == counted)),
    )
    .unwrap();
    assert_eq!((summary.entered, summary.left, summary.changed, summary.unchanged), (2, 2, 0, 3));
    let expected = ["Entered(1)", "Entered(4)", "Left(3)", "Left(4)"];
    assert_eq!(told, expected.map(|change| (change.to_owned(), true)));
}

#[test]
fn diagnostics_read_like_a_compiler_s() {
    let bad = dossier(
        &format!("<nir>281026219428</nir>{}", support::PERSON.replace("1981-02-28", "1981-02-30")),
        "<inscription><code-categorie>9</code-categorie></inscription>",
    );
    let file = latin1(&pecgm(&[&sound(), &bad]));
    let profile = profile("PECGM");
    let mut reader = Reader::open(file.as_slice(), &profile, &lists(), &options()).unwrap();
    reader.next_dossier().unwrap();
    let dossier = reader.next_dossier().unwrap().unwrap();
    let mut text = String::new();
    for lang in [Lang::Fr, Lang::En] {
        for problem in dossier.problems() {
            text.push_str(&problem.render("PECGM.xml", lang));
        }
    }
    let json = serde_json::to_string_pretty(&dossier.problems()[0].report(Lang::Fr)).unwrap();
    let summary = reader.finish().unwrap();
    for warning in &summary.warnings {
        text.push_str(&warning.examples[0].render("PECGM.xml", Lang::Fr));
    }
    let refusal = read("PECGM", &file[..file.len() / 2]).unwrap_err();
    text.push_str(&refusal.diagnostic().unwrap().render("PECGM.xml", Lang::Fr));
    insta::assert_snapshot!("diagnostics", text);
    insta::assert_snapshot!("diagnostic_json", json);
    assert!(!format!("{refusal} {refusal:?}").contains("BARBIEUX"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn foreign_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), tail in any::<bool>()) {
        let file = mixed(3);
        let input = if tail { [&file[..file.len() / 3], &bytes].concat() } else { bytes };
        for name in ["PECGM", "RSABEM", "PERSONNES", "ORIENTATIONS"] {
            let _ = read(name, input.as_slice());
        }
    }

    #[test]
    fn chunks_and_reader_agree_on_mutated_files(at in any::<prop::sample::Index>(), byte in any::<u8>(), remove in any::<bool>()) {
        let mut file = mixed(12);
        let at = at.index(file.len());
        if remove { file.remove(at); } else { file[at] = byte; }
        let told = |result: Result<Seen, Refusal>| result.map_err(|refusal| match refusal {
            Refusal::Rule(diagnostic) => format!("{diagnostic:?}"),
            Refusal::Io(error) => error.to_string(),
        });
        prop_assert_eq!(told(by_chunks(&file, 2000)), told(read("PECGM", file.as_slice())));
    }
}

/// Reads a file whose keys may come once only; the rules broken by each record.
#[expect(clippy::unwrap_used, reason = "a test may panic")]
fn keys_once(flow: &str, file: &[u8]) -> Vec<(u64, Vec<String>)> {
    let asked = ReadOptions { keys_once: true, ..options() };
    let mut reader = Reader::open(file, &profile(flow), &lists(), &asked).unwrap();
    let mut found = Vec::new();
    while let Some(dossier) = reader.next_dossier().unwrap() {
        let rules: Vec<String> = dossier.problems().iter().map(|problem| problem.rule.clone()).collect();
        if rules == ["PECGM-KEY-TWICE"] {
            let place = dossier.problems()[0].place.clone();
            assert_eq!(dossier.problems(), [Diagnostic::key_twice(&profile(flow), place)]);
            let place = &dossier.problems()[0].place;
            assert_eq!(
                (place.record, place.line, place.offset),
                (Some(dossier.number()), dossier.line(), dossier.offset())
            );
        }
        found.push((dossier.number(), rules));
    }
    let rejected = found.iter().filter(|(_, rules)| !rules.is_empty()).count() as u64;
    assert_eq!(reader.finish().unwrap().rejected, rejected);
    found
}

#[test]
fn the_second_record_of_a_key_is_set_aside_when_asked() {
    let bad = sound().replace("1981-02-28", "1981-02-30");
    let other = sound().replace("0007932B", "0007933C");
    assert_ne!(other, sound());
    let file = latin1(&pecgm(&[&sound(), &other, &sound(), &bad, &sound()]));
    let rules = |found: Vec<(u64, Vec<String>)>| {
        found.into_iter().map(|(_, rules)| rules.join(" ")).collect::<Vec<_>>()
    };
    let found = rules(keys_once("PECGM", &file));
    assert_eq!(found[0], "");
    assert_eq!(found[2], "PECGM-KEY-TWICE");
    assert!(!found[3].is_empty() && !found[3].contains("KEY-TWICE"), "its own fault is told: {found:?}");
    assert_eq!(found[4], "PECGM-KEY-TWICE");

    // A record at fault holds its key all the same: an import keeps its person in the stock.
    let found = rules(keys_once("PECGM", &latin1(&pecgm(&[&bad, &sound()]))));
    assert_eq!(found[1], "PECGM-KEY-TWICE");

    let unasked = read("PECGM", file.as_slice()).unwrap();
    assert!(unasked.records[2].problems.is_empty());
}

#[test]
fn decisions_are_nobodys_stock_and_may_come_twice() {
    assert!(!profile("ORIENTATIONS").is_stock() && profile("PECGM").is_stock());
}
