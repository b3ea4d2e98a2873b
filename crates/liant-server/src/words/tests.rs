//! Every message is said in both languages, with the same values, and is used; nothing says a message that is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_bundle::FluentResource;

use super::*;

/// Key → names of the values, for one language.
fn messages(texts: impl Iterator<Item = &'static str>) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for text in texts {
        FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| errors).unwrap();
        let mut key = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                key = name.to_owned();
                assert!(found.insert(key.clone(), BTreeSet::new()).is_none(), "{key} is said twice");
            }
            for part in line.split('$').skip(1) {
                let name: String = part.chars().take_while(char::is_ascii_alphanumeric).collect();
                found.get_mut(&key).unwrap().insert(name);
            }
        }
    }
    found
}

/// Templates and sources, without this file.
fn code_texts() -> String {
    fn gather(folder: &Path, texts: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                gather(&path, texts);
            } else if path.extension().is_some_and(|end| end == "rs" || end == "html")
                && !path.ends_with("tests.rs")
            {
                texts.push_str(&std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = String::new();
    gather(&root.join("src"), &mut texts);
    gather(&root.join("templates"), &mut texts);
    texts
}

#[test]
fn both_languages_say_the_same_messages_of_the_same_values() {
    let fr = messages(SOURCES.iter().copied().map(|(fr, _)| fr));
    let en = messages(SOURCES.iter().copied().map(|(_, en)| en));
    assert_eq!(fr, en);
    assert!(fr.len() > 50);
}

#[test]
fn every_message_is_used_and_every_used_message_is_there() {
    let texts = code_texts();
    let known = messages(SOURCES.iter().copied().map(|(fr, _)| fr));
    let unused: Vec<_> = known.keys().filter(|key| !texts.contains(&format!("\"{key}\""))).collect();
    assert!(unused.is_empty(), "no code says {unused:?}");
    let said = texts.split("say(\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(key, _)| key);
    let missing: BTreeSet<_> = said.filter(|key| !known.contains_key(*key)).collect();
    assert!(missing.is_empty(), "no file holds {missing:?}");
}

#[test]
fn every_file_of_the_locales_is_compiled_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    for lang in ["fr", "en"] {
        assert_eq!(std::fs::read_dir(folder.join(lang)).unwrap().count(), SOURCES.len());
    }
}

#[test]
fn french_marks_do_not_part_from_their_words() {
    assert_eq!(
        french_spaces("Motif : « oui » ; non ? 82 %"),
        "Motif\u{a0}: «\u{a0}oui\u{a0}»\u{202f}; non\u{202f}? 82\u{202f}%"
    );
    assert_eq!(french_spaces("key = a\n"), "key = a\n");
}

#[test]
fn numbers_in_messages_are_grouped_and_choose_the_plural() {
    let today = Date::constant(2026, 11, 16);
    let said =
        |lang, count: u64| Words::new(lang, today).say("count-results").with("count", count).to_string();
    assert_eq!(said(Lang::Fr, 24_318), "24\u{202f}318 résultats");
    assert_eq!(said(Lang::En, 1), "1 result");
    assert_eq!(said(Lang::Fr, 0), "Aucun résultat");
}
