//! What can be asked of convention files, without an installation.

use std::fs;

use serde_json::Value;

use crate::installation::{LIANT, Said, program};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../conventions");
const FORM: &str = "62-echange-accompagnement-global.toml";

fn convention(arguments: &[&str]) -> Said {
    Said::of(program(LIANT).arg("convention").args(arguments).output().unwrap())
}

#[test]
fn a_folder_is_checked_file_by_file_and_as_a_whole() {
    let said = convention(&["check", FOLDER]);
    assert_eq!(said.code, Some(0), "{said:?}");
    for told in ["warning[retentions-differ]", "warning[clocks-differ]", FORM] {
        assert!(said.out.contains(told), "no {told}: {said:?}");
    }
    let alone = convention(&["check", &format!("{FOLDER}/{FORM}")]);
    assert!(alone.out.contains("warning[no-parent]"), "{alone:?}");

    let folder = tempfile::tempdir().unwrap();
    let empty = convention(&["check", &folder.path().display().to_string()]);
    assert_eq!(empty.code, Some(2), "{empty:?}");
    let text = fs::read_to_string(format!("{FOLDER}/{FORM}")).unwrap();
    for (name, text) in [("a.toml", text.clone()), ("b.toml", text.replace("[[use]]", "[[uses]]"))] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let path = folder.path().display().to_string();
    let said = convention(&["check", &path]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.out.contains("b.toml:") && said.out.contains("error[unknown-key]"), "{said:?}");
    fs::write(folder.path().join("b.toml"), &text).unwrap();
    let said = convention(&["check", &path]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.out.contains("error[same-version-twice]"), "{said:?}");
    // What is at fault is told of nothing else.
    fs::write(folder.path().join("b.toml"), "x = 1").unwrap();
    for command in ["matrix", "notice", "register"] {
        let said = convention(&[command, &path]);
        assert_eq!(said.code, Some(1), "{command}: {said:?}");
        assert!(said.out.contains("error[missing-key]") && !said.out.contains('#'), "{command}: {said:?}");
    }
    assert_eq!(convention(&["check", "/nowhere"]).code, Some(2));
}

#[test]
fn the_matrix_is_that_of_a_day() {
    let rows = |day: &str| -> Value { convention(&["matrix", FOLDER, "--at", day, "--json"]).json() };
    let (before, after) = (rows("2026-03-01"), rows("2028-01-01"));
    let of = |matrix: &Value, id: &str| {
        matrix["rows"].as_array().unwrap().iter().filter(|row| row["convention"] == id).count()
    };
    assert!(of(&before, "62-echange-accompagnement-global") > 0);
    assert_eq!(of(&after, "62-echange-accompagnement-global"), 0);
    assert!(of(&after, "62-echange-rsa") > 0);
    assert!(after["closed"].to_string().contains("62-echange-accompagnement-global v2 ended on 2027-12-31"));
    let said = convention(&["--lang", "fr", "matrix", FOLDER, "--at", "2026-03-01"]);
    assert!(said.out.starts_with("# Qui peut recevoir quoi, au 01/03/2026"), "{said:?}");
}

#[test]
fn notice_and_register_speak_both_languages() {
    let path = format!("{FOLDER}/{FORM}");
    for (command, lang, wanted) in [
        ("notice", "fr", "## Vos droits"),
        ("notice", "en", "## Your rights"),
        ("register", "fr", "## b) Finalités"),
        ("register", "en", "## (b) Purposes"),
    ] {
        let said = convention(&["--lang", lang, command, &path]);
        assert_eq!(said.code, Some(0), "{said:?}");
        assert!(said.out.contains(wanted), "{command} {lang}: {said:?}");
        let pages = convention(&["--lang", lang, command, &path, "--json"]).json();
        assert_eq!(pages[0]["convention"], "62-echange-accompagnement-global");
        let titles = pages[0]["sections"].as_array().unwrap().iter().map(|section| section["title"].as_str());
        assert!(titles.flatten().any(|title| format!("## {title}") == wanted), "{command} {lang}");
    }
}

#[test]
fn explain_says_why_and_exits_the_same_either_way() {
    let asked = [
        "explain",
        FOLDER,
        "--field",
        "health.disabled_worker",
        "--party",
        "departement-62",
        "--role",
        "social_referent",
        "--purpose",
        "lifting-barriers",
        "--at",
        "2026-03-01",
    ];
    let refused = convention(&asked);
    assert_eq!(refused.code, Some(0), "{refused:?}");
    assert!(refused.out.starts_with("health.disabled_worker: refused"), "{refused:?}");
    assert!(refused.out.contains("`consent-to-form` is not met"), "{refused:?}");
    let granted = convention(&[&asked[..], &["--consent", "form", "--json"]].concat()).json();
    assert_eq!(granted["granted"], true);
    assert_eq!(granted["clauses"][0]["against"].as_array().unwrap().len(), 0);
    assert_eq!(granted["clauses"][0]["convention"], "62-echange-accompagnement-global");
    let early = convention(&[&asked[..11], &["2025-06-01", "--consent", "form"]].concat());
    assert!(early.out.contains("begins on 2026-01-01"), "{early:?}");
    let unknown = convention(&["explain", FOLDER, "--field", "health.mood"]);
    assert_eq!(unknown.code, Some(2), "{unknown:?}");
}

/// A form is printed where the press is built, and told to be missing where it is not.
#[test]
fn a_form_is_printed_or_the_press_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (path, output) = (format!("{FOLDER}/{FORM}"), folder.path().join("form.pdf"));
    let output_path = output.display().to_string();
    let unknown = convention(&["form", &path, "liaison", "-o", &output_path]);
    assert_eq!(unknown.code, Some(2), "{unknown:?}");
    assert!(unknown.err.contains("liaison-tacit, liaison-bilateral"), "{unknown:?}");
    let said = convention(&["form", &path, "liaison-tacit", "--at", "2026-11-16", "-o", &output_path]);
    if std::path::Path::new(LIANT).with_file_name("liant-press").is_file() {
        assert_eq!(said.code, Some(0), "{said:?}");
        assert!(fs::read(&output).unwrap().starts_with(b"%PDF-"));
    } else {
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.contains("cargo xtask press") && !output.exists(), "{said:?}");
    }
}
