//! Any bytes as events, and any events as a history: it replays, and its clocks are computed, whatever it says.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use liant_casework::{Event, Holidays, Programmes, clocks, due_alerts, replay};
use liant_model::{Instant, Territory};

static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| {
    Programmes::shipped(&Holidays::shipped().unwrap(), Territory::parse("62").unwrap()).unwrap()
});

fuzz_target!(|text: &str| {
    let events: Vec<Event> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let path = replay(&events);
    assert_eq!(path.version, events.len() as u64);
    let clocks = clocks(&PROGRAMMES, &path);
    let _ = due_alerts(&clocks, Instant::from_micros(0), Instant::from_micros(i64::MAX));
});
