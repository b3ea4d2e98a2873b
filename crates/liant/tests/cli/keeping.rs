//! What a file must not undo: the spell of someone whose record is at fault, and what a newer file or decision said.

use liant_sample::{Decisions, Defect, SampleKind};
use serde_json::Value;

use crate::files::{MARCH, bytes, defective, replaced, sound, world};
use crate::installation::every_engine;

/// The same monthly file of France Travail, sent for another month of 2025.
fn sent_for(month: &str, pecgm: &[u8]) -> Vec<u8> {
    let (reference, made) = (format!("2025-{month}-01"), format!("2025-{month}-28"));
    let moved =
        replaced(pecgm, b"<date-reference>2025-03-01", format!("<date-reference>{reference}").as_bytes());
    replaced(&moved, b"<date-fabrication>2025-03-31", format!("<date-fabrication>{made}").as_bytes())
}

#[test]
fn a_record_at_fault_does_not_end_the_spell_of_someone_known() {
    const RECORDS: u64 = 20;
    let first = sound(SampleKind::Pecgm, RECORDS, 1, MARCH);
    let faulty = sent_for("04", &defective(SampleKind::Pecgm, RECORDS, 1, MARCH, Defect::BadNir));
    let third = sent_for("05", &first);
    for installation in every_engine() {
        let engine = installation.engine();
        installation.import(installation.write("march.xml", &first));
        let (facts, spells) =
            (installation.rows().of("fact").to_vec(), installation.rows().of("identity").to_vec());
        let (_, present, persons) = installation.seen();

        let said = installation
            .run("technician", &["flux", "import", installation.write("april.xml", &faulty), "--json"]);
        assert_eq!(said.code, Some(1), "{engine}: {said:?}");
        let done = said.json();
        assert_eq!((&done["rejected"], &done["unchanged"]), (&1.into(), &(RECORDS - 1).into()), "{done}");
        for count in ["left", "entered", "new", "changed"] {
            assert_eq!(done[count], 0, "{engine}: {count}: {done}");
        }
        let rows = installation.rows();
        assert!(rows.of("fact") == facts && rows.of("identity") == spells, "{engine}: {rows:?}");
        let (_, present_now, persons_now) = installation.seen();
        assert_eq!((present_now, persons_now), (present, persons), "{engine}");

        // She never left: the sound file of the month after finds her as she was, and lets nobody in again.
        let done = installation.import(installation.write("may.xml", &third));
        assert_eq!((&done["unchanged"], &done["rows_written"]), (&RECORDS.into(), &0.into()), "{done}");
        assert_eq!((&done["entered"], &done["left"]), (&0.into(), &0.into()), "{engine}: {done}");
    }
}

#[test]
fn a_weekly_file_made_before_the_last_monthly_one_is_refused() {
    let world = world(150);
    let march = world.month(0).unwrap();
    let fridays = march.fridays();
    let monthly = bytes(|out, options| march.write_pecgm(out, options));
    let early = bytes(|out, options| march.write_pecdh(out, options, fridays[0]));
    let late = bytes(|out, options| march.write_pecdh(out, options, fridays[1]));
    let last = bytes(|out, options| march.write_pecdh(out, options, march.last_day()));
    for installation in every_engine() {
        let engine = installation.engine();
        // Before the monthly file it is welcome.
        installation.import(installation.write("early.xml", &early));
        installation.import(installation.write("pecgm.xml", &monthly));
        let (before, seen) = (installation.rows().matter(), installation.seen());
        let file = installation.write("late.xml", &late);
        for more in [&["--dry-run"][..], &[]] {
            let said = installation.run("technician", &[&["flux", "import", file], more].concat());
            assert_eq!(said.code, Some(1), "{engine}: {said:?}");
            assert!(said.err.contains("PECGM made on 2025-03-31 is already in"), "{engine}: {said:?}");
            assert!(installation.rows().matter() == before, "{engine}: something changed");
            assert_eq!(installation.seen(), seen, "{engine}");
        }
        // One made on the day of the monthly file is not older.
        let done = installation.import(installation.write("last.xml", &last));
        assert_eq!(done["flow"], "PECDH", "{engine}: {done}");
    }
}

#[test]
fn an_older_decision_does_not_replace_a_newer_one() {
    let world = world(200);
    let march = world.month(0).unwrap();
    let known = bytes(|out, _| march.write_known_csv(out));
    let list =
        String::from_utf8(bytes(|out, _| march.write_orientations_csv(out, Decisions::InForce))).unwrap();
    let mut lines = list.lines();
    let header = lines.next().unwrap();
    let cells: Vec<&str> = lines.next().unwrap().split(',').collect();
    let on = |date: &str| {
        let mut cells = cells.clone();
        cells[3] = date;
        format!("{header}\n{}\n", cells.join(","))
    };
    let older = on("2001-01-01");
    let newer = on("2025-04-15");
    for installation in every_engine() {
        let engine = installation.engine();
        installation.import(installation.write("personnes.csv", known.as_slice()));
        let import = |name: &str, list: &str| -> Value {
            installation.write(name, list.as_bytes());
            installation.json("officer", &["orientation", "import", name])
        };
        assert!(import("list.csv", &list)["recorded"].as_u64() > Some(10));
        let decisions = installation.rows().of("orientation").to_vec();

        let done = import("older.csv", &older);
        let counts = ["records", "recorded", "unchanged", "older", "rejected"].map(|count| &done[count]);
        assert_eq!(counts, [1, 0, 0, 1, 0], "{engine}: {done}");
        assert!(
            installation.rows().of("orientation") == decisions,
            "{engine}: an older decision was written"
        );

        let done = import("newer.csv", &newer);
        assert_eq!((&done["recorded"], &done["older"]), (&1.into(), &0.into()), "{engine}: {done}");
        assert_eq!(installation.rows().of("orientation").len(), decisions.len() + 1, "{engine}");
        // And the list of before is older now, for her alone.
        let done = import("list-again.csv", &list);
        assert_eq!((&done["recorded"], &done["older"]), (&0.into(), &1.into()), "{engine}: {done}");
    }
}
