//! A closed world, and the same document each time.

use liant_press::{Fault, press};
use serde_json::json;

use crate::reader::{job, objects, of_catalog, poppler, sample, structure, text};

#[test]
fn a_template_reaches_nothing_but_the_job() {
    let cases = [
        "#read(\"/etc/passwd\")",
        "#read(\"../../../../etc/passwd\")",
        "#json(\"Cargo.toml\")",
        "#image(\"/etc/hostname\", alt: \"x\")",
        "#plugin(\"/x.wasm\")",
        "#import \"@preview/cetz:0.3.0\"",
        "#include \"/etc/passwd\"",
    ];
    for template in cases {
        let found = press(&job(template, &json!({}))).unwrap_err();
        assert!(matches!(found, Fault::Setting { .. }), "{template}: {found:?}");
    }
}

#[test]
fn the_day_is_that_of_the_job() {
    let template = "#datetime.today().display(\"[year]-[month]-[day]\")";
    assert!(text(&press(&job(template, &json!({}))).unwrap()).starts_with("2026-11-16"));
}

#[test]
fn one_job_makes_the_same_bytes() {
    for name in ["copy-fr", "liaison-bilateral"] {
        let job = sample(name);
        assert!(press(&job).unwrap() == press(&job).unwrap(), "{name}");
    }
}

#[test]
fn a_document_says_what_it_is() {
    let document = press(&job("= Bonjour\n\nUn œuf, l’été\u{202f}: «\u{a0}ça\u{a0}» ?", &json!({}))).unwrap();
    assert!(document.starts_with(b"%PDF-1.7"));
    let objects = objects(&document);
    let lang = of_catalog(&objects, b"Lang").unwrap().as_str().unwrap();
    assert_eq!(lang, b"fr-FR");
    let marked = of_catalog(&objects, b"MarkInfo").unwrap().as_dict().unwrap();
    assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
    let shows = of_catalog(&objects, b"ViewerPreferences").unwrap().as_dict().unwrap();
    assert!(shows.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    assert!(structure(&objects).contains(&"H1".to_owned()));
    let said = poppler("pdfinfo", &[], &document);
    for line in
        ["Title:           Essai", "Tagged:          yes", "Encrypted:       no", "JavaScript:      no"]
    {
        assert!(said.contains(line), "{line}: {said}");
    }
    let metadata = poppler("pdfinfo", &["-meta"], &document);
    assert!(metadata.contains("pdfuaid:part") && metadata.contains(">1<"), "{metadata}");
    assert!(text(&document).contains("Un œuf, l’été"), "{}", text(&document));
    let fonts = poppler("pdffonts", &[], &document);
    for font in fonts.lines().skip(2) {
        assert!(font.contains(" yes yes yes "), "embedded, subset, with its text: {font}");
    }
}
