//! Who is on the half-yearly list.

use liant_casework::*;

use crate::story::*;

#[test]
fn whoever_was_accompanied_on_some_day_of_it_is_on_the_list() {
    let gone = |from: &str, to: &str| {
        let mut story = entered(from, "12 months");
        story.order("adviser", to, Order::Withdraw);
        story
    };
    let open = entered("2026-06-30", "6 months");
    let later = entered("2026-07-01", "6 months");
    let within = gone("2026-02-02", "2026-05-04");
    let first_day = gone("2025-11-03", "2026-01-01");
    let before = gone("2025-11-03", "2025-12-31");
    let beyond = gone("2026-02-02", "2026-07-01");
    let never = proposed("2026-03-02");
    let withdrew = |day_of: &str| Some((day(day_of), code("withdrew")));
    for (story, expected) in [
        (&open, vec![("2026-06-30", None)]),
        (&later, vec![]),
        (&within, vec![("2026-02-02", withdrew("2026-05-04"))]),
        (&first_day, vec![("2025-11-03", withdrew("2026-01-01"))]),
        (&before, vec![]),
        (&beyond, vec![("2026-02-02", None)]),
        (&never, vec![]),
    ] {
        let listed = accompanied(&code(GLOBAL), &story.path, "2026-1".parse().unwrap());
        let expected: Vec<Accompanied> =
            expected.into_iter().map(|(from, ended)| Accompanied { from: day(from), ended }).collect();
        assert_eq!(listed, expected);
        assert!(accompanied(&code(SOCIAL), &story.path, "2026-1".parse().unwrap()).is_empty());
    }
}
