//! Events as they are kept: coded, versioned, and without a phrase.

use liant_casework::*;
use serde_json::{Value, json};

use crate::story::*;

/// Every string of a value.
fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|one| strings(one, found)),
        Value::Object(map) => map.values().for_each(|one| strings(one, found)),
        _ => {}
    }
}

#[test]
fn an_event_is_written_with_codes_dates_and_ids_alone() {
    let mut story = entered("2026-03-02", "6 months");
    reviewed(&mut story, "2026-08-20");
    story.order("adviser", "2026-08-20", extend("6 months"));
    let written = serde_json::to_value(&story.history).unwrap();
    let mut found = Vec::new();
    strings(&written, &mut found);
    for text in found {
        let is_code = Code::parse(&text).is_ok();
        let is_id = text.parse::<liant_model::AccountId>().is_ok();
        assert!(is_code || is_id || text.parse::<jiff::civil::Date>().is_ok(), "{text}");
    }
    assert_eq!(
        written[1],
        json!({
            "v": 1, "at": 1_772_452_800_000_000_i64, "on": "2026-03-02", "by": "adviser", "programme": GLOBAL,
            "what": { "kind": "sent", "version": 1, "route": "ft-no-rsa" },
        })
    );
}

#[test]
fn what_a_later_program_wrote_is_refused_and_never_misread() {
    let event = |v: u16, extra: &str| {
        let text = format!(
            r#"{{"v":{v},"at":0,"on":"2026-03-02","by":"adviser","programme":"accompagnement-global","what":{{"kind":"accepted"{extra}}}}}"#
        );
        serde_json::from_str::<Event>(&text).map_err(|error| error.to_string())
    };
    assert!(event(1, "").is_ok());
    assert!(event(2, "").unwrap_err().contains("later version"));
    assert!(event(1, r#","note":"elle va mieux""#).is_err(), "no room for a note");
}

#[test]
fn events_that_cannot_be_change_nothing() {
    let story = entered("2026-03-02", "6 months");
    let ended = replay(&story.history[..2]);
    let mut path = ended.clone();
    let out_of_place = Event {
        what: Happened::Extended { tenure: Tenure::default(), term: day("2030-01-01") },
        ..story.history[0].clone()
    };
    path = fold(path, &out_of_place);
    assert_eq!((path.version, &path.tracks), (ended.version + 1, &ended.tracks));
}

#[test]
fn an_event_that_bears_a_form_says_which_one_its_model_and_its_seal_and_nothing_of_it() {
    let seal = "ab".repeat(32);
    let event = |form: &str| {
        let text = format!(
            r#"{{"v":1,"at":0,"on":"2026-03-02","by":"adviser","programme":"accompagnement-global","what":{{"kind":"sent","version":1,"route":"ft-no-rsa"{form}}}}}"#
        );
        serde_json::from_str::<Event>(&text)
    };
    let id = "01a20000-0000-7000-8000-000000000001";
    let bears = event(&format!(r#","form":{{"id":"{id}","model":"tacit","seal":"{seal}"}}"#)).unwrap();
    let read = serde_json::to_value(&bears).unwrap();
    assert_eq!(read["what"]["form"], json!({ "id": id, "model": "tacit", "seal": seal }));
    assert_eq!(serde_json::from_value::<Event>(read).unwrap(), bears);
    assert!(serde_json::to_value(event("").unwrap()).unwrap()["what"].get("form").is_none(), "as before");
    for wrong in [
        format!(r#","form":{{"id":"{id}","model":"tacit","seal":"{}"}}"#, seal.to_uppercase()),
        format!(r#","form":{{"id":"{id}","model":"tacit","seal":"{seal}0"}}"#),
        format!(r#","form":{{"id":"{id}","model":"letter","seal":"{seal}"}}"#),
        format!(r#","form":{{"id":"{id}","model":"tacit","seal":"{seal}","name":"x"}}"#),
    ] {
        assert!(event(&wrong).is_err(), "{wrong}");
    }
}
