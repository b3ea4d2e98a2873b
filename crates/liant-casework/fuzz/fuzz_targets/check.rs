//! Any text as a programme, and as what follows a sound one or takes the place of one of its lines.
#![no_main]

use liant_casework::{Programme, SHIPPED_PROGRAMMES, check_programme, check_programmes_together};
use libfuzzer_sys::fuzz_target;

fn checked(text: &str) -> Option<Programme> {
    let checked = check_programme("fuzz.toml", text);
    for problem in &checked.problems {
        assert!(problem.span.line > 0 && !problem.to_string().is_empty());
    }
    checked.programme
}

fuzz_target!(|input: (u16, &str)| {
    let (place, text) = input;
    let mut sound: Vec<Programme> = checked(text).into_iter().collect();
    for (_, shipped) in SHIPPED_PROGRAMMES {
        sound.extend(checked(&format!("{shipped}\n{text}")));
        let mut lines: Vec<&str> = shipped.lines().collect();
        let place = usize::from(place) % lines.len();
        lines[place] = text;
        sound.extend(checked(&lines.join("\n")));
    }
    let _ = check_programmes_together(&sound);
});
