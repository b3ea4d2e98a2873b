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
