//! Texts that are no markup, and signs that have a form.

use std::collections::BTreeSet;

use liant_press::{Fault, press};
use serde_json::{Value, json};

use crate::reader::{job, poppler, root, sample};

/// All that means something to the typesetter.
const MARKUP: &str = r#"#panic("x") #[a] {b} *c* _d_ `e` $f$ @g <h> \\ ~ -- ... 'i' "j" /k/ //l = m - n + o https://p.q &amp; \u{41}"#;

/// What the data of the templates say to them: it is not shown.
const CODES: [&str; 5] = ["lang", "model", "of", "said", "source"];

/// Puts a text at the head of every text shown.
fn spoil(value: &mut Value, with: &str) -> usize {
    match value {
        Value::String(text) if !text.is_empty() => {
            text.insert_str(0, with);
            1
        }
        Value::Array(items) => items.iter_mut().map(|item| spoil(item, with)).sum(),
        Value::Object(parts) => parts
            .iter_mut()
            .filter(|(key, _)| !CODES.contains(&key.as_str()))
            .map(|(_, part)| spoil(part, with))
            .sum(),
        _ => 0,
    }
}

/// The signs of a document that take room, whatever line they stand on and whichever apostrophe is set.
fn bare(text: &str) -> String {
    text.replace('’', "'").chars().filter(|sign| !sign.is_whitespace()).collect()
}

#[test]
fn what_the_data_say_is_text() {
    for name in ["copy-fr", "liaison-bilateral", "liaison-tacit"] {
        let mut job = sample(name);
        let spoiled = match job.data.get_mut("said") {
            // Here it is a part of the copy, not a code.
            Some(said) if said.is_object() => spoil(said, MARKUP),
            _ => 0,
        } + spoil(&mut job.data, MARKUP);
        assert!(spoiled > 20, "{name}: {spoiled}");
        job.title = MARKUP.to_owned();
        let document = press(&job).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let said = bare(&poppler("pdftotext", &["-raw"], &document));
        let shown = said.matches(&bare(MARKUP)).count();
        assert!(shown >= spoiled * 9 / 10, "{name}: {shown} of {spoiled}: {said}");
        let title = poppler("pdfinfo", &[], &document);
        assert!(title.contains(MARKUP), "{title}");
    }
}

/// Letters of the names that French registers write and those of its neighbours, and every sign of the site's texts.
#[test]
fn every_sign_of_names_and_of_the_sites_texts_has_a_form() {
    let mut signs: BTreeSet<char> =
        (' '..='~').chain('\u{a0}'..='\u{17f}').chain("ȘșȚțẞḂḃΑαΩωάЖжя€№".chars()).collect();
    for lang in ["fr", "en"] {
        let folder = root().join("crates/liant-server/locales").join(lang);
        for entry in std::fs::read_dir(folder).unwrap() {
            signs.extend(std::fs::read_to_string(entry.unwrap().path()).unwrap().chars());
        }
    }
    signs.remove(&'\u{ad}');
    let shown = signs.iter().filter(|sign| !sign.is_control()).map(char::to_string).collect::<Vec<_>>();
    assert!(shown.len() > 250);
    let document = press(&job("#json(\"/data.json\").join([ ])", &json!(shown)))
        .unwrap_or_else(|fault| panic!("{fault}"));
    let said: BTreeSet<char> = poppler("pdftotext", &["-raw"], &document).chars().collect();
    let lost: String = signs
        .iter()
        .filter(|sign| !sign.is_whitespace() && !sign.is_control() && !said.contains(sign))
        .collect();
    assert_eq!(lost, "");
}

/// No font here writes every language: what could not be read is refused, and the page to print stands in.
#[test]
fn a_sign_without_a_form_is_refused() {
    for sign in ["\u{4e2d}", "\u{378}"] {
        let made = press(&job("#json(\"/data.json\")", &json!(sign)));
        let found = made.map(|document| document.len()).unwrap_err();
        assert!(matches!(found, Fault::Writing { message: None, .. }), "{found:?}");
        assert!(!found.to_string().contains(sign), "{found}");
    }
}
