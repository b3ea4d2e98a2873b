//! What is refused, and what is said of it.

use liant_press::{Fault, Job, NoJob, Place, press};
use serde_json::json;

use crate::reader::job;

/// A value that no message may hold.
const SECRET: &str = "ABEILLE-CRÈVECŒUR";

fn fault(template: &str) -> Fault {
    let made = press(&job(template, &json!({ "name": SECRET, "age": 39 })));
    made.map(|document| document.len()).expect_err(template)
}

#[test]
fn broken_notation_is_placed_and_told_in_full() {
    let found = fault("#let d = json(\"/data.json\")\n\n= Titre\n#let x = (1, 2\nfin");
    let Fault::Notation { place, message } = &found else { panic!("{found}") };
    assert_eq!((place.file.as_str(), place.line), ("t.typ", 4));
    assert!(message.contains("unclosed"), "{message}");
    assert!(found.to_string().starts_with("t.typ:4:"), "{found}");
}

#[test]
fn a_template_that_fails_on_the_data_is_placed_and_tells_none() {
    let cases = [
        ("#let d = json(\"/data.json\")\n#panic(d.name)", 2),
        ("#let d = json(\"/data.json\")\n\n#assert.eq(d.name, \"x\")", 3),
        ("#let d = json(\"/data.json\")\n#int(d.name)", 2),
        ("#let d = json(\"/data.json\")\n#eval(d.name + \"(\")", 2),
        ("#let d = json(\"/data.json\")\n#d.at(d.name)", 2),
        ("#let d = json(\"/data.json\")\n#read(d.name)", 2),
        ("= #unknown", 1),
    ];
    for (template, line) in cases {
        let found = fault(template);
        let Fault::Setting { place: Some(Place { line: at, .. }), message: None } = &found else {
            panic!("{template}: {found:?}")
        };
        assert_eq!(*at, line, "{template}");
        assert!(!found.to_string().contains("ABEILLE"), "{found}");
    }
}

#[test]
fn invented_data_are_told() {
    let mut job = job("#let d = json(\"/data.json\")\n#panic(d.name)", &json!({ "name": SECRET }));
    job.invented = true;
    let found = press(&job).unwrap_err();
    assert!(found.to_string().contains(SECRET), "{found}");
}

/// PDF/UA-1 or nothing.
#[test]
fn what_would_not_be_accessible_is_refused() {
    let cases = ["$ x^2 $", "= Un\n=== Trois", "\u{4e2d}"];
    for template in cases {
        let found = fault(template);
        assert!(matches!(found, Fault::Writing { message: None, .. }), "{template}: {found:?}");
    }
}

#[test]
fn work_without_end_ends() {
    for template in ["#while true {}", "#let f(x) = f(x + 1)\n#f(1)"] {
        assert!(matches!(fault(template), Fault::Setting { .. }), "{template}");
    }
}

#[test]
fn what_is_no_job_is_placed_and_not_quoted() {
    let read = |text: &str| Job::read(text.as_bytes()).unwrap_err();
    assert_eq!(read("{\n  \"form\": \"ABEILLE\"\n}"), NoJob::Unread { line: 2, column: 19 });
    let unknown = read("{\n \"ABEILLE\": 1 }");
    assert!(matches!(unknown, NoJob::Unread { line: 2, .. }) && !unknown.to_string().contains("ABEILLE"));
    let other = json!({
        "form": 2, "template": "t", "sources": {}, "data": {}, "title": "t", "lang": "fr", "date": "2026-11-16",
    });
    assert_eq!(read(&other.to_string()), NoJob::Form(2));
}

#[test]
fn a_job_that_is_not_whole_is_refused() {
    let mut absent = job("x", &json!({}));
    absent.template = "u.typ".to_owned();
    let mut dateless = job("x", &json!({}));
    dateless.date = "2026-13-40".to_owned();
    for job in [absent, dateless] {
        assert!(matches!(press(&job).unwrap_err(), Fault::Job(_)));
    }
}
