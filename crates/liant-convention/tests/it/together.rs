//! What the files of a territory say against each other: the seed's own contradictions are found.

use liant_convention::{Convention, Problem, Severity, check, check_together};

use crate::common::{COOPERATION, EXAMPLES, FORM, all_files, shipped};

fn parsed(name: &str, text: &str) -> Convention {
    Convention::parse(name, text).unwrap()
}

fn rules(problems: &[Problem]) -> Vec<(&str, &str)> {
    problems.iter().map(|problem| (problem.rule, problem.file.as_str())).collect()
}

fn text_of(problems: &[Problem]) -> String {
    let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n") + "\n"
}

#[test]
fn what_is_wrong_in_the_examples_is_what_their_parties_must_settle() {
    let mut page = String::new();
    for (name, text) in EXAMPLES {
        let checked = check(name, text);
        assert!(checked.convention.is_some(), "{name}: {:?}", checked.problems);
        if !checked.problems.is_empty() {
            page.push_str(&text_of(&checked.problems));
        }
    }
    let between = check_together(&all_files());
    assert!(between.iter().all(|problem| problem.severity == Severity::Warning));
    page.push_str(&text_of(&between));
    insta::assert_snapshot!(page);
}

/// 2 months (exchange), 1 year and 10 years (form); 36 hours (exchange), 48 hours (its amendment), 72 hours (form).
#[test]
fn the_contradictions_of_the_seed_are_found() {
    let exchange = liant_convention::SHIPPED[1].1;
    let settled = "about     = [\"breach-to-partner\", \"flaw-to-france-travail\"]";
    let unsettled = exchange.replacen(settled, "about = [\"breach-to-partner\", \"rights-answer\"]", 1);
    let inside = check("exchange", &unsettled).problems;
    assert!(
        inside.iter().any(|one| one.what.contains("48 hours") && one.what.contains("36 hours")),
        "{inside:?}"
    );
    let inside = check("form", FORM).problems;
    assert!(
        inside.iter().any(|one| one.what.contains("10 years") && one.what.contains("1 year")),
        "{inside:?}"
    );

    let files = [parsed("exchange", exchange), parsed("form", FORM), parsed("cooperation", COOPERATION)];
    let between = check_together(&files);
    let found = |one: &str, other: &str| {
        between.iter().any(|problem| problem.what.contains(one) && problem.what.contains(other))
    };
    assert!(found("2 months", "1 year") && found("2 months", "10 years"), "{between:?}");
    assert!(found("36 hours", "72 hours"), "{between:?}");
}

#[test]
fn an_agreed_reading_ends_the_warning_between_two_files() {
    let exchange = parsed("exchange", liant_convention::SHIPPED[1].1);
    let reading = |about: &str| {
        format!(
            "{FORM}\n[[reading]]\nof = \"retention\"\nabout = {about}\nagreed_on = 2026-01-10\nclause = \"c\"\ntext = {{ fr = \"f\", en = \"e\" }}\n"
        )
    };
    let count = |text: &str| {
        let form = parsed("form", text);
        let problems = check_together(&[exchange.clone(), form]);
        problems.iter().filter(|problem| problem.rule == "retentions-differ").count()
    };
    let open = count(FORM);
    // What each of the two parties has of the form's data, and what the Département has of the signed form.
    assert_eq!(open, 3);
    assert_eq!(count(&reading("[\"form-data\", \"62-echange-rsa/exchanged-data\"]")), 1);
    assert_eq!(count(&reading("[\"form-data\", \"62-other/exchanged-data\"]")), open);
}

#[test]
fn versions_follow_each_other_and_a_convention_carried_out_lies_beside() {
    let form = parsed("form", FORM);
    let cooperation = parsed("cooperation", COOPERATION);
    let version = |number: &str, from: &str| {
        let text = FORM.replacen("version   = 2", &format!("version   = {number}"), 1);
        parsed("amended", &text.replacen("from = 2026-01-01", &format!("from = {from}"), 1))
    };
    let with = |other: Convention| check_together(&[cooperation.clone(), form.clone(), other]);
    assert_eq!(rules(&with(version("2", "2026-06-01"))), [("same-version-twice", "amended")]);
    assert_eq!(rules(&with(version("3", "2026-01-01"))), [("amendment-before", "amended")]);
    assert_eq!(rules(&with(version("1", "2026-02-01"))), [("amendment-before", "form")]);
    assert!(with(version("3", "2026-06-01")).is_empty());

    assert_eq!(rules(&check_together(std::slice::from_ref(&form))), [("no-parent", "form")]);
    let elsewhere =
        parsed("elsewhere", &COOPERATION.replacen("territory  = \"62\"", "territory  = \"59\"", 1));
    assert_eq!(rules(&check_together(&[form.clone(), elsewhere])), [("no-parent", "form")]);
    let longer = parsed("longer", &FORM.replacen("until = 2027-12-31", "until = 2028-01-01", 1));
    assert_eq!(rules(&check_together(&[longer, cooperation.clone()])), [("outlives-parent", "longer")]);

    let text = COOPERATION
        .replacen("id         = \"62-accompagnement-global\"", "id = \"other\"", 1)
        .replace("capacity = \"controller\"", "capacity = \"joint\"");
    let joint = parsed("joint", &text);
    let problems = check_together(&[joint.clone(), cooperation.clone()]);
    assert_eq!(rules(&problems), [("capacity-differs", "cooperation"); 2]);
    // Files that are never in force together contradict nothing.
    let later = COOPERATION.replacen(
        "from = 2026-01-01, until = 2027-12-31",
        "from = 2028-01-01, until = 2028-12-31",
        1,
    );
    assert!(check_together(&[joint, parsed("later", &later)]).is_empty());
}

#[test]
fn the_files_that_are_installed_say_nothing_against_each_other() {
    assert!(check_together(&shipped()).is_empty());
}
