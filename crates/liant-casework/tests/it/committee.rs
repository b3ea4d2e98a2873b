//! What committees are shown of a month.

use liant_casework::*;

use crate::story::*;

/// Who entered on a day, and left on another for a reason.
fn gone(entered_on: &str, ended_on: &str, exit: &str) -> Story {
    let mut story = entered(entered_on, "6 months");
    for act in ["review", "interview"] {
        story.act("adviser", ended_on, act);
    }
    story.order("adviser", ended_on, end(exit));
    story
}

/// Who was proposed on a day, and entered on another.
fn after(sent: &str, on: &str) -> Story {
    let mut story = proposed(sent);
    ready(&mut story, on);
    story.order("adviser", on, enter(Some("6 months"), SEEKER, &[("adviser", 1)]));
    story
}

fn shown(places: &[Vec<(&Story, bool)>], month: &str, fewest: &str) -> (Vec<MonthFigures>, MonthFigures) {
    let changed = changed(GLOBAL, "fewest = 5", fewest);
    let programme = changed.iter().find(|one| one.id == code(GLOBAL)).unwrap();
    let (rsa, none) = (facts(&["rsa"]), facts(&[]));
    let people = places.iter().map(|people| {
        let counted = |(story, is_rsa): &(&Story, bool)| {
            (story.path.clone(), if *is_rsa { rsa.clone() } else { none.clone() })
        };
        people.iter().map(counted).collect::<Vec<_>>()
    });
    let people: Vec<Vec<(Path, Facts)>> = people.collect();
    let counted = people.iter().map(|people| people.iter().map(|(path, facts)| Counted { path, facts }));
    month_figures(programme, counted, month.parse().unwrap())
}

#[test]
fn a_month_counts_entries_exits_and_the_share_by_place() {
    let in_time = after("2026-03-02", "2026-03-16");
    let late = after("2026-03-02", "2026-03-30");
    let before = entered("2026-02-27", "12 months");
    let trained = gone("2026-01-05", "2026-03-05", "training");
    let solved = gone("2026-01-05", "2026-03-31", "difficulties-solved");
    let worse = gone("2026-01-05", "2026-04-01", "difficulties-worse");
    let north = vec![(&in_time, true), (&late, false), (&before, true), (&worse, true)];
    let south = vec![(&trained, true), (&solved, false)];
    let (places, total) = shown(&[north, south, vec![]], "2026-03", "fewest = 1");
    let [north, south, nowhere] = places.as_slice() else { panic!() };
    let entries = EntriesOf { in_time: 1, late: 1, median: Some(14) };
    assert_eq!((north.entries, north.exits), (Some(entries), Some(ExitsOf::default())));
    assert_eq!((entries.all(), entries.share_in_time()), (2, Some(50)));
    assert_eq!(north.share, Some(75), "of four at the end of the month, one of whom leaves on the next day");
    let exits = ExitsOf { positive: 1, lifted: 1, other: 0 };
    assert_eq!((south.entries, south.exits, south.share), (Some(EntriesOf::default()), Some(exits), None));
    assert_eq!(exits.all(), 2);
    assert_eq!((nowhere.entries, nowhere.share), (Some(EntriesOf::default()), None));
    assert_eq!((total.entries, total.exits, total.share), (Some(entries), Some(exits), Some(75)));
    let (_, april) = shown(&[vec![(&worse, true)]], "2026-04", "fewest = 1");
    assert_eq!(april.exits, Some(ExitsOf { positive: 0, lifted: 0, other: 1 }));
}

#[test]
fn what_is_of_few_is_hidden_with_its_delay_and_what_would_tell_it() {
    let in_time = after("2026-03-02", "2026-03-16");
    let (many, few) = (vec![(&in_time, true); 9], vec![(&in_time, true); 2]);
    let (places, total) = shown(&[many.clone(), few.clone(), many.clone()], "2026-03", "fewest = 5");
    let entries: Vec<_> = places.iter().map(|place| place.entries.map(|one| one.in_time)).collect();
    assert_eq!(entries, [Some(9), None, None], "of one alone, the next is hidden too");
    assert_eq!(total.entries.map(|one| one.in_time), Some(20), "with which the total tells nothing");
    assert!(places[1].share.is_none(), "nor is a share of few shown");
    assert!(places[0].share.is_some() && total.share.is_some());
    let (places, total) = shown(&[few, vec![]], "2026-03", "fewest = 5");
    assert_eq!((places[0].entries, total.entries), (None, None), "the total would be the hidden count");
    assert_eq!(places[0].exits, Some(ExitsOf::default()), "that nobody left is no secret");
}

fn each(all: &[(Path, Facts)]) -> impl Iterator<Item = Counted<'_>> {
    all.iter().map(|(path, facts)| Counted { path, facts })
}

#[test]
fn an_indicator_that_would_tell_what_a_month_hides_is_hidden() {
    let month = |number: u32| after(&format!("2026-0{number}-02"), &format!("2026-0{number}-16"));
    let late = |number: u32| after(&format!("2026-0{number}-02"), &format!("2026-0{number}-30"));
    let of = |story: &Story, many: usize| vec![(story.path.clone(), facts(&["rsa"])); many];
    // March: six in time and two late. April: nine. May: three. June: six.
    let north = [of(&month(3), 6), of(&late(3), 2), of(&month(4), 9), of(&month(6), 6)].concat();
    let south = of(&month(5), 3);
    let set = shipped();
    let programme = set.iter().find(|one| one.id == code(GLOBAL)).unwrap();
    let everyone = [north.clone(), south.clone()].concat();
    let first: Month = "2026-02".parse().unwrap();
    let shown_at = |last: Month, id: &str| {
        let indicator = programme.indicators.iter().find(|one| one.id == code(id)).unwrap();
        let there = |all: &[(Path, Facts)]| -> Vec<(Path, Facts)> {
            // What happens later is not there yet.
            let is_there = |(path, _): &&(Path, Facts)| {
                path.stay(&code(GLOBAL)).is_some_and(|stay| stay.entered.on <= last.last())
            };
            all.iter().filter(is_there).cloned().collect()
        };
        let (north, south, everyone) = (there(&north), there(&south), there(&everyone));
        let tables: Vec<MonthFigures> = first
            .to(last)
            .map(|month| month_figures(programme, [each(&north), each(&south)], month).1)
            .collect();
        let flows = flows(programme, indicator, each(&everyone), (first, last));
        let months: Vec<_> = first
            .to(last)
            .zip(flows)
            .zip(&tables)
            .map(|((month, flow), shown)| (month, flow, shown))
            .collect();
        let figure = figure(programme, indicator, each(&everyone), last.last());
        (beside(indicator, &months, 5), figure.of, figure.may_be_shown(5))
    };
    let (all, none) = (BesideMonths { value: true, of: true }, BesideMonths { value: false, of: false });
    let at = |id: &str, month: &str| shown_at(month.parse().unwrap(), id);
    assert_eq!(at("entries-in-time", "2026-02"), (all, 0, true), "nobody yet");
    assert_eq!(at("entries-in-time", "2026-03"), (none, 8, false), "two are late");
    assert_eq!(at("entries-per-pair", "2026-03"), (all, 8, true), "eight in all may be told");
    assert_eq!(at("entries-in-time", "2026-04"), (none, 17, false), "April alone would leave March");
    assert_eq!(at("entries-per-pair", "2026-04"), (all, 17, true));
    assert_eq!(at("entries-per-pair", "2026-05"), (none, 20, true), "20 without 17 are three");
    assert_eq!(at("entries-per-pair", "2026-06"), (none, 26, true), "and 26 without 17 and 6 as well");
    assert_eq!(at("entries-per-pair", "2027-04"), (none, 9, true), "May is among the twelve months still");
    assert_eq!(at("entries-per-pair", "2027-05"), (all, 6, true), "and no more");
    let share = |month: &str| at("rsa-share", month).0;
    assert_eq!(share("2026-04"), all);
    assert_eq!(
        share("2026-06"),
        BesideMonths { value: true, of: false },
        "how many there are would tell who came"
    );
}
