//! From one file to the next: only what changed is written.

use liant_sample::SampleKind;
use serde_json::Value;

use crate::files::{MARCH, bytes, replaced, sound, world};
use crate::installation::every_engine;

#[test]
fn the_same_stock_a_month_later_writes_nothing() {
    for installation in every_engine() {
        let pecgm = sound(SampleKind::Pecgm, 50, 1, MARCH);
        let next = later(&pecgm);
        let rsabem = sound(SampleKind::Rsabem, 50, 1, MARCH);
        let rights = replaced(&rsabem, b"<DTREF>2025-03-31", b"<DTREF>2025-04-30");
        let rights = replaced(&rights, b"<DTCREAFLUX>2025-03-31", b"<DTCREAFLUX>2025-04-30");
        for (first, second) in [(pecgm, next), (rsabem, rights)] {
            let before = installation.import(installation.write("first.xml", &first));
            let (facts, spells) =
                (installation.rows().of("fact").to_vec(), installation.rows().of("identity").to_vec());
            let done = installation.import(installation.write("second.xml", &second));
            let case = format!("{}: {done}", installation.engine());
            assert_ne!(done["reference_date"], before["reference_date"], "{case}");
            assert_eq!(done["unchanged"], before["records"], "{case}");
            for count in ["rows_written", "new", "changed", "entered", "left", "rejected", "to_review"] {
                assert_eq!(done[count], 0, "{count}: {case}");
            }
            assert!(
                installation.rows().of("fact") == facts && installation.rows().of("identity") == spells,
                "{case}"
            );
        }
    }
}

/// The same stock of March, sent for April.
fn later(pecgm: &[u8]) -> Vec<u8> {
    let moved = replaced(pecgm, b"<date-reference>2025-03-01", b"<date-reference>2025-04-01");
    replaced(&moved, b"<date-fabrication>2025-03-31", b"<date-fabrication>2025-04-30")
}

#[test]
fn a_weekly_file_between_two_months() {
    let world = world(200);
    let march = world.month(0).unwrap();
    let monthly = bytes(|out, options| march.write_pecgm(out, options));
    let weekly = bytes(|out, options| march.write_pecdh(out, options, march.last_day()));
    for installation in every_engine() {
        let stock = installation.import(installation.write("pecgm.xml", &monthly));
        let records = stock["records"].as_u64().unwrap();
        assert!(records > 50, "{stock}");

        // Nothing changed since: it writes nothing, though it says less of each person.
        let same = installation.import(installation.write("pecdh.xml", &weekly));
        for count in ["rows_written", "new", "changed", "entered", "left", "registered"] {
            assert_eq!(same[count], 0, "{count}: {}: {same}", installation.engine());
        }
        assert_eq!(same["unchanged"], records);

        // One registration starts anew: that block changes, and keeps what only the monthly file says.
        let key = first_key(&weekly);
        let person = installation.person_of(&key);
        let before = installation.json("officer", &["person", "show", &person]);
        let moved = replaced(&weekly, b"<date-reference>2025-03-31", b"<date-reference>2025-04-04");
        let moved = replaced(&moved, b"<date-fabrication>2025-03-31", b"<date-fabrication>2025-04-04");
        let changed = installation.import(installation.write("pecdh2.xml", &registered_anew(&moved)));
        assert_eq!((&changed["changed"], &changed["registered"]), (&1.into(), &1.into()), "{changed}");
        assert_eq!(changed["unchanged"], records - 1);
        assert_eq!(changed["rows_written"], 1, "what changed, and nothing else: {changed}");

        let after = installation.json("officer", &["person", "show", &person]);
        assert_eq!(value(&after, "registration.start"), "2025-03-20");
        let mut changed_only = after.clone();
        set(&mut changed_only, "registration.start", value(&before, "registration.start"));
        assert_eq!(changed_only, before, "everything else is as it was");
        for kept in ["registration.category", "identifiers.caf"] {
            assert_ne!(value(&after, kept), Value::Null, "{kept}");
        }

        // The monthly file that says the same finds nothing to write.
        let next = installation.import(installation.write("next.xml", &registered_anew(&later(&monthly))));
        assert_eq!((&next["unchanged"], &next["rows_written"]), (&records.into(), &0.into()), "{next}");
    }
}

/// The first record's own key, as `region-identifier`.
fn first_key(file: &[u8]) -> (String, String) {
    let text: String = file.iter().map(|byte| char::from(*byte)).collect();
    let inside = |tag: &str| {
        let (_, rest) = text.split_once(&format!("<{tag}>")).unwrap();
        rest.split('<').next().unwrap().to_owned()
    };
    (inside("code-pe"), inside("identifiant-pe"))
}

/// The same file, the first record's registration starting on 20 March.
fn registered_anew(file: &[u8]) -> Vec<u8> {
    let tag = b"<date-debut-ide>";
    let place = file.windows(tag.len()).position(|window| window == tag).unwrap() + tag.len();
    [&file[..place], b"2025-03-20", &file[place + 10..]].concat()
}

fn value(shown: &Value, field: &str) -> Value {
    let mut values = shown.as_array().unwrap().iter().flat_map(|origin| origin["values"].as_array().unwrap());
    values.find(|value| value["field"] == field).map_or(Value::Null, |value| value["value"].clone())
}

fn set(shown: &mut Value, field: &str, to: Value) {
    let mut values =
        shown.as_array_mut().unwrap().iter_mut().flat_map(|origin| origin["values"].as_array_mut().unwrap());
    values.find(|value| value["field"] == field).unwrap()["value"] = to;
}
