//! Files of which some records are at fault: those are set aside, the others loaded.

use liant_audit::Act;
use liant_sample::{Defect, Expected, SampleKind};

use crate::files::{APRIL, MARCH, defective, defects, sound};
use crate::installation::{Installation, every_engine};

/// Records of each file.
const RECORDS: u64 = 30;

#[test]
fn a_record_at_fault_is_set_aside_and_the_others_loaded() {
    let cases = defects(Expected::SetAside);
    assert!(cases.len() >= 15, "{cases:?}");
    for installation in every_engine() {
        for (number, (kind, defect)) in cases.iter().copied().enumerate() {
            let case = format!("{}: {} with {defect}", installation.engine(), kind.name());
            let file =
                installation.write("file.xml", &defective(kind, RECORDS, number as u64, MARCH, defect));
            let rejects = installation.rows().of("reject").len();
            let checked = installation.bare(&["flux", "check", file, "--json"]);
            assert_eq!(checked.code, Some(1), "{case}: {checked:?}");

            let said = installation.run("technician", &["flux", "import", file, "--json"]);
            assert_eq!(said.code, Some(1), "{case}: {said:?}");
            let done = said.json();
            // A record of RSABEM is a household: its people fall together.
            let rejected = done["rejected"].as_u64().unwrap();
            assert!(rejected == 1 || kind == SampleKind::Rsabem && rejected <= 3, "{case}: {done}");
            assert!(done["batch"].is_i64(), "{case}: the others are loaded");
            let met = ["new", "changed", "unchanged"].map(|count| done[count].as_u64().unwrap());
            assert_eq!(Some(met.iter().sum::<u64>() + rejected), done["records"].as_u64(), "{case}: {done}");
            assert!(!done["problems"].as_array().unwrap().is_empty(), "{case}: the problem is not shown");
            assert!(installation.rows().of("reject").len() > rejects, "{case}: the problem is not kept");
        }
    }
}

#[test]
fn strict_refuses_the_whole_file() {
    for installation in every_engine() {
        installation.import(installation.write("before.xml", &sound(SampleKind::Pecgm, RECORDS, 1, MARCH)));
        let file =
            installation.write("file.xml", &defective(SampleKind::Pecgm, RECORDS, 2, APRIL, Defect::BadNir));
        let before = installation.rows().matter();
        let said = installation.run("technician", &["flux", "import", file, "--strict"]);
        assert_eq!(said.code, Some(1), "{said:?}");
        assert!(said.err.contains("1 records are at fault and --strict was asked for"), "{said:?}");
        assert!(installation.rows().matter() == before, "{}", installation.engine());
        let sound = installation.write("sound.xml", &sound(SampleKind::Pecgm, RECORDS, 2, APRIL));
        let said = installation.run("technician", &["flux", "import", sound, "--strict"]);
        assert_eq!(said.code, Some(0), "{said:?}");
    }
}

#[test]
fn a_dry_run_writes_nothing() {
    for installation in every_engine() {
        let dry = |installation: &Installation, file: &str, code: i32| {
            let before = installation.rows();
            let said = installation.run("technician", &["flux", "import", file, "--dry-run", "--json"]);
            assert_eq!(said.code, Some(code), "{said:?}");
            assert_eq!(said.json()["dry_run"], true);
            assert_eq!(said.json()["rows_written"], 0);
            let after = installation.rows();
            assert!(before == after, "{}: before {before:?}, after {after:?}", installation.engine());
        };
        // On a store where nothing was ever written, then on one that holds a file.
        let file = installation.write("before.xml", &sound(SampleKind::Pecgm, RECORDS, 1, MARCH));
        dry(&installation, file, 0);
        installation.import(file);
        let file =
            installation.write("file.xml", &defective(SampleKind::Pecgm, RECORDS, 2, APRIL, Defect::BadNir));
        dry(&installation, file, 1);
    }
}

#[test]
fn a_check_sees_the_key_given_twice_that_an_import_sets_aside() {
    let sound = sound(SampleKind::Pecgm, 3, 1, MARCH);
    let text: String = sound.iter().map(|byte| char::from(*byte)).collect();
    let (before, rest) = text.split_once("<dossier>").unwrap();
    let (record, after) = rest.split_once("</dossier>").unwrap();
    let after = after.replace("<nb-dossier>3<", "<nb-dossier>4<");
    let twice = format!("{before}<dossier>{record}</dossier>\n<dossier>{record}</dossier>{after}");
    let bytes: Vec<u8> = twice.chars().map(|c| c as u8).collect();
    let installation = Installation::sqlite();
    let file = installation.write("twice.xml", &bytes);

    let said = installation.bare(&["flux", "check", file, "--json"]);
    let check = said.json();
    assert_eq!((said.code, &check["rejected"]), (Some(1), &1.into()), "{check}");
    let said = installation.run("technician", &["flux", "import", file, "--json"]);
    let import = said.json();
    assert_eq!((said.code, &import["rejected"]), (Some(1), &1.into()), "{import}");
    for what in ["rule", "message", "help", "record", "line", "offset", "element", "value"] {
        assert_eq!(check["diagnostics"][0][what], import["problems"][0][what], "{what}");
    }
    assert_eq!(check["diagnostics"][0]["rule"], "PECGM-KEY-TWICE");
    assert_eq!(check["diagnostics"][0]["record"], 2);
}

#[test]
fn what_an_import_set_aside_is_listed_for_who_handles_its_files() {
    for installation in every_engine() {
        let bytes = defective(SampleKind::Pecgm, RECORDS, 2, MARCH, Defect::BadNir);
        let file = installation.write("file.xml", &bytes);
        let import = installation.run("technician", &["flux", "import", file]);
        assert!(import.out.contains("liant flux rejects 1"), "{import:?}");
        let listed = installation.run("technician", &["flux", "list"]);
        assert!(listed.err.contains("liant flux rejects"), "{listed:?}");

        let entries = installation.entries().len();
        let found = installation.json("technician", &["flux", "rejects", "1"]);
        let reject = &found["rejects"][0];
        assert_eq!(found["rejects"].as_array().unwrap().len(), 1, "{found}");
        assert_eq!((&found["flow"], &found["batch"]), (&"PECGM".into(), &1.into()));
        assert_eq!((&reject["rule"], &reject["element"]), (&"PECGM-NIR-FORM".into(), &"individu/nir".into()));
        let check = installation.bare(&["--lang", "fr", "flux", "check", file, "--json"]).json();
        for name in ["record", "line", "offset", "element", "rule"] {
            assert_eq!(reject[name], check["diagnostics"][0][name], "{name}");
        }
        let message = check["diagnostics"][0]["message"].as_str().unwrap();
        assert!(reject["message"].as_str().unwrap().starts_with(message), "{reject}");
        let entry = installation.entries().pop().unwrap();
        let date = found["reference_date"].as_str().unwrap();
        let subject = format!("rejects of batch 1 (PECGM {date})");
        assert_eq!(installation.entries().len(), entries + 1);
        assert_eq!((entry.act, entry.subject.as_str()), (Act::Read, subject.as_str()));
        assert!(!entry.clauses.is_empty() && entry.people.is_empty());

        let said = installation.run("technician", &["flux", "rejects", "1", "-o", "rejects.csv"]);
        assert_eq!(said.code, Some(0), "{said:?}");
        let text = std::fs::read_to_string(installation.path("rejects.csv")).unwrap();
        assert!(text.contains(";individu/nir;PECGM-NIR-FORM;"), "{text}");

        for (actor, batch, word) in
            [("clerk", "1", "may not handle PECGM"), ("technician", "9", "no such import")]
        {
            let said = installation.run(actor, &["flux", "rejects", batch]);
            assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{said:?}");
            assert!(said.err.contains(word), "{said:?}");
        }
        assert_eq!(installation.entries().pop().unwrap().act, Act::Refusal);
    }
}
