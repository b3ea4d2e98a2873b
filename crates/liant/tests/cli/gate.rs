//! What the conventions refuse, refused; and what was refused, on record.

use liant_audit::Act;
use liant_sample::SampleKind;

use crate::files::{APRIL, MARCH, sound};
use crate::installation::{Installation, Said, every_engine};

/// Runs a command that the gate must refuse: exit 2, nothing printed, nothing changed but one refusal in the log.
fn refused(installation: &Installation, actor: &str, call: &[&str]) -> Said {
    let (entries, rows) = (installation.entries().len(), installation.rows().matter());
    let said = installation.run(actor, call);
    let case = format!("{}: {actor} {call:?}: {said:?}", installation.engine());
    assert_eq!(said.code, Some(2), "{case}");
    assert_eq!(said.out, "", "{case}");
    assert!(installation.rows().matter() == rows, "{case}");
    let all = installation.entries();
    assert_eq!(all.len(), entries + 1, "one entry for the refusal: {case}");
    let entry = all.last().unwrap();
    assert_eq!((entry.act, entry.actor.name.as_str()), (Act::Refusal, actor), "{case}");
    assert!(!entry.subject.is_empty() && entry.people.is_empty(), "{case}");
    said
}

#[test]
fn each_role_does_its_own_work_only() {
    for installation in every_engine() {
        let file = installation.write("pecgm.xml", &sound(SampleKind::Pecgm, 20, 1, MARCH));
        let done = installation.import(file);
        assert_eq!(done["new"], 20);
        let person = installation.person_of_anyone();

        refused(&installation, "technician", &["person", "show", &person]);
        refused(&installation, "clerk", &["person", "show", &person]);
        refused(&installation, "clerk", &["flux", "export", "cgpem", "-o", "cgpem.xml"]);
        refused(&installation, "officer", &["flux", "export", "cgpem", "-o", "cgpem.xml"]);
        refused(&installation, "clerk", &["flux", "import", file]);
        refused(&installation, "officer", &["review", "list"]);
        refused(&installation, "clerk", &["audit", "who-read", &person]);
        assert!(!installation.path("cgpem.xml").exists() && !installation.path("cgpem.partial").exists());

        let shown = installation.json("officer", &["person", "show", &person]);
        let values = shown[0]["values"].as_array().unwrap();
        assert!(values.len() > 5, "{shown}");
        assert!(values.iter().all(|value| !value["clause"].as_str().unwrap().is_empty()), "{shown}");
        assert!(
            values.iter().all(|value| value["field"] != "identifiers.nir"),
            "a NIR is shown on no screen"
        );
        let reads = installation.json("dpo", &["audit", "who-read", &person]);
        assert_eq!(reads.as_array().unwrap().len(), 1, "{reads}");
        assert_eq!(reads[0]["actor"], "officer");
    }
}

#[test]
fn who_is_not_there_and_who_may_not_be_seen_look_the_same() {
    let installation = Installation::sqlite();
    installation.import(installation.write("pecgm.xml", &sound(SampleKind::Pecgm, 20, 1, MARCH)));
    let absent = "01900000-0000-7000-8000-000000000000";
    let said = installation.run("officer", &["person", "show", absent]);
    assert_eq!(
        (said.code, said.err.as_str()),
        (Some(2), "error: no such person, or it is not yours to see\n")
    );
    let nobody = installation.run("nobody", &["review", "list"]);
    assert_eq!(nobody.code, Some(2));
    assert!(nobody.err.contains("--as NAME"), "{nobody:?}");
    let unnamed = installation.bare(&["review", "list"]);
    assert_eq!(unnamed.code, Some(2));
}

#[test]
fn nothing_passes_under_a_suspended_convention_but_the_register_goes_on() {
    for installation in every_engine() {
        installation.import(installation.write("pecgm.xml", &sound(SampleKind::Pecgm, 20, 1, MARCH)));
        installation
            .edit_convention("# suspended = { since = 2026-06-01,", "suspended = { since = 2025-01-01,");
        for (kind, file) in [(SampleKind::Pecgm, "april.xml"), (SampleKind::Pecdh, "weekly.xml")] {
            installation.write(file, &sound(kind, 20, 2, APRIL));
            let said = refused(&installation, "technician", &["flux", "import", file]);
            assert!(said.err.contains("suspended since 2025-01-01"), "{said:?}");
        }
        let said = refused(&installation, "technician", &["flux", "export", "cgpem", "-o", "cgpem.xml"]);
        assert!(said.err.contains("suspended since 2025-01-01"), "{said:?}");
        assert!(!installation.path("cgpem.xml").exists());
        let person = installation.person_of_anyone();
        let said = installation.run("officer", &["person", "show", &person]);
        assert_eq!(said.code, Some(2), "France Travail's facts stay in: {said:?}");

        // The Département's own register, and what the CAF sends it, stand on no convention.
        let rights = installation.write("rsabem.xml", &sound(SampleKind::Rsabem, 20, 1, MARCH));
        let done = installation.import(rights);
        assert!(done["received_under"].as_str().unwrap().starts_with("62-departement"), "{done}");
        assert_eq!(installation.run("dpo", &["audit", "verify"]).code, Some(0));
    }
}

#[test]
fn a_suspension_of_the_command_line_closes_every_way_out_until_it_is_lifted() {
    for installation in every_engine() {
        installation.import(installation.write("pecgm.xml", &sound(SampleKind::Pecgm, 20, 1, MARCH)));
        let state = |asked: &serde_json::Value| {
            let of = |one: &&serde_json::Value| one["convention"] == "62-echange-rsa";
            asked.as_array().unwrap().iter().find(of).unwrap()["state"].as_str().unwrap().to_owned()
        };
        assert_eq!(state(&installation.json("dpo", &["convention", "list"])), "in_force");
        let suspend = ["convention", "suspend", "62-echange-rsa", "--ground", "breach"];
        let said = refused(&installation, "technician", &suspend);
        assert!(said.err.contains("only who answers for the protection of data"), "{said:?}");
        refused(&installation, "dpo", &["convention", "suspend", "62-departement", "--ground", "breach"]);
        assert_eq!(state(&installation.json("dpo", &suspend)), "suspended");
        let april = installation.write("april.xml", &sound(SampleKind::Pecgm, 20, 2, APRIL));
        let said = refused(&installation, "technician", &["flux", "import", april]);
        assert!(said.err.contains("is suspended since"), "{said:?}");
        refused(&installation, "technician", &["flux", "export", "cgpem", "-o", "cgpem.xml"]);
        let person = installation.person_of_anyone();
        assert_eq!(installation.run("officer", &["person", "show", &person]).code, Some(2));
        let resume = ["convention", "resume", "62-echange-rsa", "--ground", "remedied"];
        assert_eq!(state(&installation.json("dpo", &resume)), "in_force");
        assert_eq!(installation.run("officer", &["person", "show", &person]).code, Some(0));
        refused(&installation, "dpo", &resume);
    }
}
