//! What a file may get wrong and still be read whole: a warning, exit 0.

use liant_sample::Expected;

use crate::files::{MARCH, defective, defects};
use crate::installation::every_engine;

/// Records of each file.
const RECORDS: u64 = 30;

#[test]
fn a_tolerated_fault_is_told_and_every_record_loaded() {
    let cases = defects(Expected::Warned);
    assert!(cases.len() >= 12, "{cases:?}");
    for installation in every_engine() {
        for (number, (kind, defect)) in cases.iter().enumerate() {
            let case = format!("{}: {} with {defect}", installation.engine(), kind.name());
            let file =
                installation.write("file.xml", &defective(*kind, RECORDS, number as u64, MARCH, *defect));

            let checked = installation.bare(&["flux", "check", file, "--territory", "62", "--json"]);
            assert_eq!(checked.code, Some(0), "{case}: {checked:?}");
            let checked = checked.json();
            let warnings = checked["diagnostics"].as_array().unwrap();
            assert!(warnings.iter().all(|warning| warning["severity"] == "warning"), "{case}: {warnings:?}");
            assert!(checked["warnings"].as_u64() > Some(0), "{case}: no warning");

            let done = installation.import(file);
            assert_eq!(done["rejected"], 0, "{case}");
            assert_eq!(done["records"], checked["records"], "{case}");
            assert!(done["records"].as_u64() >= Some(RECORDS), "{case}");
            assert!(
                !done["rules"].as_object().unwrap().is_empty(),
                "{case}: the import does not tell the warning"
            );
        }
    }
}
