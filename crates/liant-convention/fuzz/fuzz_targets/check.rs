//! Any text as a convention, and as what follows a sound one or takes the place of one of its lines.
#![no_main]

use liant_convention::{Gate, RecipientRule, SHIPPED, Severity, check, check_together};
use libfuzzer_sys::fuzz_target;

fn checked(text: &str) {
    let checked = check("fuzz.toml", text);
    for problem in &checked.problems {
        assert!(problem.span.line > 0 && !problem.to_string().is_empty());
    }
    let refused = checked.problems.iter().any(|problem| problem.severity == Severity::Error);
    assert_eq!(checked.convention.is_none(), refused, "a file is refused by an error, and by an error only");
    if let Some(convention) = checked.convention {
        let _ = check_together(&[convention.clone(), convention.clone()]);
        let _ = Gate::new(vec![convention]);
    }
}

fuzz_target!(|input: (u16, &str)| {
    let (place, text) = input;
    let _ = RecipientRule::parse(text);
    checked(text);
    for (_, sound) in SHIPPED {
        checked(&format!("{sound}\n{text}"));
        let mut lines: Vec<&str> = sound.lines().collect();
        let place = usize::from(place) % lines.len();
        lines[place] = text;
        checked(&lines.join("\n"));
    }
});
