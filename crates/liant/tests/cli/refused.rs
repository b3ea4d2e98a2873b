//! Files of which nothing can be trusted, and imports that cannot be: refused with a reason, and nothing has changed.

use std::fs::File;
use std::process::Command;

use liant_sample::{Decisions, Defect, Expected, SampleKind};

use crate::files::{APRIL, KINDS, MARCH, bytes, defective, defects, sound, world};
use crate::installation::{Installation, LIANT, Said, every_engine, program};

/// Runs an import that must end with `code` and leave everything as it was; gives what was said.
fn refused(installation: &Installation, arguments: &[&str], code: i32, case: &str) -> Said {
    let before = installation.rows().matter();
    let said = installation.run("technician", &[&["flux", "import"], arguments].concat());
    assert_eq!(said.code, Some(code), "{case}: {said:?}");
    assert!(!said.err.contains("internal error"), "{case}: {said:?}");
    let after = installation.rows().matter();
    assert!(before == after, "{case}: before {before:?}, after {after:?}");
    said
}

#[test]
fn a_file_that_cannot_be_trusted_changes_nothing() {
    let cases = defects(Expected::Refused);
    assert!(cases.len() >= 45, "{}", cases.len());
    for installation in every_engine() {
        for kind in KINDS {
            let file = installation.write("before.xml", &sound(kind, 30, 1, MARCH));
            installation.import(file);
        }
        for (kind, defect) in &cases {
            let case = format!("{}: {} with {defect}", installation.engine(), kind.name());
            let file = installation.write("file.xml", &defective(*kind, 40, 2, APRIL, *defect));
            let said = refused(&installation, &[file, "--profile", kind.name()], 1, &case);
            if *defect == Defect::OlderReference {
                assert!(said.err.contains("nothing has changed. Import the files of "), "{case}: {said:?}");
                continue;
            }
            for part in ["error[", "file.xml:", "= source:", "= help:"] {
                assert!(said.err.contains(part), "{case}: no `{part}`: {said:?}");
            }
            let checked =
                installation.bare(&["flux", "check", file, "--profile", kind.name(), "--territory", "62"]);
            assert_eq!(checked.code, Some(1), "{case}: {checked:?}");
            let told = |text: &str| text.lines().find(|line| line.contains("error[")).unwrap().to_owned();
            assert_eq!(told(&said.err), told(&checked.out), "{case}: import and check disagree");
        }
        let files = installation.json("technician", &["flux", "list"]);
        let published = files.as_array().unwrap().iter().filter(|file| file["state"] == "published").count();
        assert_eq!(published, KINDS.len());
        assert_eq!(installation.run("dpo", &["audit", "verify"]).code, Some(0));
    }
}

#[test]
fn the_same_file_twice_changes_nothing() {
    for installation in every_engine() {
        let bytes = sound(SampleKind::Pecgm, 30, 1, MARCH);
        installation.import(installation.write("one.xml", &bytes));
        let other = installation.write("other.xml", &bytes);
        let said = refused(&installation, &[other], 1, installation.engine());
        assert!(said.err.contains("imported before, as batch 1 on "), "{said:?}");
    }
}

#[test]
fn what_is_no_file_of_a_flow_is_refused() {
    let installation = Installation::sqlite();
    let empty = installation.write("empty.xml", b"");
    let prose = installation.write("prose.xml", b"This is no flow.");
    std::fs::create_dir(installation.path("folder.xml")).unwrap();
    assert!(Command::new("mkfifo").arg(installation.path("pipe.xml")).status().unwrap().success());
    // A file that can be read is at fault; the others never can be.
    for (file, code) in [(empty, 1), (prose, 1), ("folder.xml", 2), ("pipe.xml", 2), ("absent.xml", 2)] {
        let said = refused(&installation, &[file], code, file);
        assert!(said.err.contains(file), "{said:?}");
        let said = refused(&installation, &[file, "--profile", "PECGM"], code, file);
        assert!(said.err.contains(file), "{said:?}");
    }
}

#[test]
fn a_list_of_decisions_is_nobodys_stock() {
    let world = world(100);
    let march = world.month(0).unwrap();
    for installation in every_engine() {
        let known = bytes(|out, _| march.write_known_csv(out));
        installation.import(installation.write("personnes.csv", &known));
        let list = bytes(|out, _| march.write_orientations_csv(out, Decisions::InForce));
        let file = installation.write("orientations.csv", &list);
        let said = refused(&installation, &[file], 2, "a list of decisions");
        assert!(said.err.contains("liant orientation import"), "{said:?}");
    }
}

#[test]
fn an_installation_is_never_written_over() {
    let installation = Installation::sqlite();
    let everything = || {
        ["liant.toml", "liant.keys", "conventions/62-echange-rsa.toml", "conventions/62-departement.toml"]
            .map(|name| std::fs::read(installation.path(name)).ok())
    };
    for gone in [None, Some("liant.toml"), Some("liant.keys")] {
        if let Some(name) = gone {
            std::fs::remove_file(installation.path(name)).unwrap();
        }
        let before = everything();
        let said = installation.bare(&["init"]);
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.contains("it is there already"), "{said:?}");
        assert_eq!(everything(), before);
    }
}

#[test]
fn one_import_a_territory_at_a_time() {
    let installation = Installation::sqlite();
    installation.import(installation.write("before.xml", &sound(SampleKind::Pecgm, 30, 1, MARCH)));
    let file = installation.write("file.xml", &sound(SampleKind::Pecgm, 30, 2, APRIL));
    let mut lock = installation.database().into_os_string();
    lock.push("-import-62");
    let lock = File::options().write(true).open(lock).unwrap();
    lock.try_lock().unwrap();
    let said = refused(&installation, &[file], 2, "another import is at work");
    assert!(said.err.contains("another import is at work on territory 62"), "{said:?}");
    drop(lock);
    installation.import(file);
}

#[test]
fn a_full_disk_changes_nothing() {
    let installation = Installation::sqlite();
    installation.import(installation.write("before.xml", &sound(SampleKind::Pecgm, 30, 1, MARCH)));
    let file = installation.write("file.xml", &sound(SampleKind::Pecgm, 4_000, 2, APRIL));
    let before = installation.rows().matter();

    // No file may grow beyond this many blocks, and a write beyond it fails as on a full disk.
    let script = "trap '' XFSZ; ulimit -f 1500; exec \"$0\" --as technician flux import \"$1\"";
    let mut command = program("sh");
    command.current_dir(installation.path(".")).args(["-c", script, LIANT, file]);
    let said = Said::of(command.output().unwrap());
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.err.contains("the disk of the store takes no more: it is full"), "{said:?}");
    assert!(said.err.contains("nothing has changed for readers"), "{said:?}");

    let seen = installation.rows();
    assert_eq!(seen.of("published"), before.of("published"));
    // The next import sweeps what the first could not.
    let done = installation.import(file);
    assert_eq!(done["records"], 4_000);
    let new = done["new"].as_u64().unwrap() as usize;
    assert_eq!(installation.rows().of("identity").len(), 30 + new, "no orphan is left");
    assert_eq!(installation.run("dpo", &["audit", "verify"]).code, Some(0));
}

#[test]
fn a_file_that_lacks_much_of_the_stock_is_refused_until_somebody_says_that_it_is_whole() {
    for installation in every_engine() {
        let engine = installation.engine().to_owned();
        let first = installation.write("march.xml", &sound(SampleKind::Pecgm, 200, 1, MARCH));
        installation.import(first);
        let short = installation.write("april.xml", &sound(SampleKind::Pecgm, 100, 1, APRIL));
        let before = installation.seen();
        for lang in ["fr", "en"] {
            let said = installation.run("technician", &["--lang", lang, "flux", "import", short]);
            assert_eq!(said.code, Some(1), "{engine}: {said:?}");
            assert!(said.err.contains("30 %") && said.err.contains("--many-left"), "{engine}: {said:?}");
            assert_eq!(installation.seen(), before, "{engine}");
        }
        let said = installation.run("technician", &["flux", "import", short, "--dry-run"]);
        assert_eq!(said.code, Some(1), "{engine}: a dry run says so too: {said:?}");
        let said = installation.run("technician", &["flux", "import", short, "--many-left", "--json"]);
        assert_eq!(said.code, Some(0), "{engine}: {said:?}");
        assert_ne!(said.json()["left"], 0, "{engine}");
    }
}
