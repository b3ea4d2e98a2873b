//! Programme files: those that ship are sound, and each rule of the reference refuses what it must, where it stands.

use liant_casework::*;
use liant_convention::Severity;
use proptest::prelude::*;

use crate::story::place;

fn text(name: &str) -> &'static str {
    SHIPPED_PROGRAMMES.iter().find(|(file, _)| file.contains(name)).unwrap().1
}

#[test]
fn the_files_that_ship_are_sound_alone_and_together() {
    for (name, text) in SHIPPED_PROGRAMMES {
        let problems = check_programme(name, text).problems;
        assert!(
            problems.is_empty(),
            "{}",
            problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        );
    }
    let (holidays, territory) = place();
    assert_eq!(Programmes::shipped(&holidays, territory).unwrap().iter().count(), SHIPPED_PROGRAMMES.len());
}

/// A change to a shipped file, the rule that it breaks, and how grave that is.
const FAULTS: &[(&str, &str, &str, &str, Severity)] = &[
    ("toml", "global", "version     = 1", "version     = ", Severity::Error),
    ("missing-key", "global", "[calendar]", "[calender]", Severity::Error),
    ("missing-key", "global", "source     = \"annexe 1, art. 2.2 a\"", "", Severity::Error),
    ("missing-key", "global", "initial         = [\"6 months\", \"12 months\"]", "", Severity::Error),
    ("unknown-key", "global", "clock      = \"entry\"", "clok       = \"entry\"", Severity::Error),
    ("wrong-type", "global", "least  = 70", "least  = \"70\"", Severity::Error),
    ("empty-text", "global", "to        = \"local_service_head\"", "to        = \"\"", Severity::Error),
    ("unknown-word", "global", "agreement = \"tacit\"", "agreement = \"silent\"", Severity::Error),
    ("unknown-word", "global", "within = \"21 days\"", "within = \"36 hours\"", Severity::Error),
    (
        "unknown-word",
        "global",
        "zone      = \"Europe/Paris\"",
        "zone      = \"Europe/Lutetia\"",
        Severity::Error,
    ),
    ("unknown-word", "global", "from   = [\"relayed\"]", "from   = [\"yesterday\"]", Severity::Error),
    ("unknown-word", "global", "\"14 days before\"", "\"14 days ago\"", Severity::Error),
    ("unknown-word", "global", "id   = \"rsa\"", "id   = \"R S A\"", Severity::Error),
    ("ends-before-it-begins", "bridge", "until   = 2030-03-31", "until   = 2025-03-31", Severity::Error),
    (
        "no-working-day",
        "global",
        "[\"saturday\", \"sunday\"]",
        "[\"monday\", \"tuesday\", \"wednesday\", \"thursday\", \"friday\", \"saturday\", \"sunday\"]",
        Severity::Error,
    ),
    (
        "declared-twice",
        "global",
        "id     = \"difficulties-reduced\"",
        "id     = \"difficulties-solved\"",
        Severity::Error,
    ),
    ("unknown-role", "global", "by         = [\"adviser\"]", "by         = [\"advisor\"]", Severity::Error),
    ("unknown-criterion", "global", "\"social-barrier\"]", "\"social-barriers\"]", Severity::Error),
    (
        "unknown-act",
        "global",
        "needs  = [\"review\", \"interview\"]",
        "needs  = [\"review\", \"inteview\"]",
        Severity::Error,
    ),
    ("unknown-act", "global", "\"act:monthly-point\"", "\"act:weekly-point\"", Severity::Error),
    ("unknown-clock", "global", "clock      = \"entry\"", "clock      = \"entries\"", Severity::Error),
    ("unknown-form", "global", "form      = \"tacit\"", "form      = \"silent\"", Severity::Error),
    ("unknown-route", "global", "route  = \"ft-caf\"", "route  = \"ft-msa\"", Severity::Error),
    ("unknown-experiment", "global", "experiment  = \"caf\"", "experiment  = \"msa\"", Severity::Error),
    ("unknown-exit", "global", "withdrawal = \"withdrew\"", "withdrawal = \"gone\"", Severity::Error),
    ("no-place", "global", "kind     = \"path-referent\"", "", Severity::Error),
    (
        "unfair-entry",
        "global",
        "excludes   = [\"search-blocked\"]",
        "excludes   = [\"nationality\"]",
        Severity::Error,
    ),
    ("no-way-in", "contrat", "[[route]]", "[[rout]]", Severity::Error),
    (
        "dead-end",
        "global",
        "from      = [\"social_referent\"]\nto        = \"local_service_head\"",
        "from      = [\"social_referent\"]\nto        = \"agency_director\"",
        Severity::Error,
    ),
    ("missing-key", "global", "version = \"1\"", "", Severity::Error),
    ("unknown-word", "global", "barrier = \"housing\"", "barrier = \"house\"", Severity::Error),
    ("declared-twice", "global", "barrier = \"housing\"", "barrier = \"financial\"", Severity::Error),
    ("declared-twice", "global", "{ id = \"debts\"", "{ id = \"budget\"", Severity::Error),
    ("declared-twice", "global", "version = \"v4\"", "version = \"v1\"", Severity::Error),
    ("declared-twice", "global", "{ id = \"workshop\"", "{ id = \"file\"", Severity::Error),
    ("unknown-theme", "global", "theme = \"literacy\"", "theme = \"letters\"", Severity::Error),
    ("health-not-said", "global", ", health = true", "", Severity::Error),
    (
        "no-states",
        "global",
        "{ id = \"in-progress\", text",
        "{ id = \"in-progress\", closes = true, text",
        Severity::Error,
    ),
    ("no-states", "global", "{ id = \"lifted\", closes = true,", "{ id = \"lifted\",", Severity::Error),
    (
        "no-reason",
        "global",
        "reason = [\n  { id = \"no-longer",
        "level = [\n  { id = \"no-longer",
        Severity::Error,
    ),
    ("idle-nomenclature", "global", "by      = [\"adviser\"]", "by      = [\"technician\"]", Severity::Error),
    (
        "unknown-role",
        "global",
        "by     = [\"adviser\", \"social",
        "by     = [\"advisor\", \"social",
        Severity::Error,
    ),
    (
        "early-record",
        "social",
        "during = [\"accompaniment\"]\nsource = \"annexe 3 and annexe 4\"",
        "during = [\"accompaniment\", \"proposal\"]\nsource = \"annexe 3 and annexe 4\"",
        Severity::Warning,
    ),
    (
        "one-of-each",
        "global",
        "led_by = [\"france-travail/agency_director\", \"departement-62/local_service_head\"]",
        "led_by = [\"departement-62/steering\", \"departement-62/local_service_head\"]",
        Severity::Error,
    ),
    (
        "one-of-each",
        "global",
        "signed_by = [\"france-travail/territorial_direction\", \"departement-62/steering\"]",
        "signed_by = [\"departement-62/steering\"]",
        Severity::Error,
    ),
    ("hidden-measure", "global", "measure = \"entries\"", "measure = \"accompanied\"", Severity::Error),
    ("idle-line", "global", "by = \"departement-62\"", "by = \"caf-62\"", Severity::Error),
    ("missing-key", "global", "function = [", "pair = [", Severity::Error),
    (
        "no-states",
        "global",
        "{ id = \"going-on\", text",
        "{ id = \"going-on\", closes = true, text",
        Severity::Error,
    ),
    ("unknown-word", "global", "due       = \"06-30\"", "due       = \"30 June\"", Severity::Error),
    ("unknown-word", "global", "of     = \"place\"", "of     = \"service\"", Severity::Error),
    ("unknown-word", "global", "\"france-travail/agency_director\"", "\"agency_director\"", Severity::Error),
    (
        "unknown-role",
        "global",
        "\"departement-62/local_service_head\"]\ntold",
        "\"departement-62/service_head\"]\ntold",
        Severity::Error,
    ),
    ("alert-out-of-clock", "global", "alert  = \"15 days\"", "alert  = \"3 months\"", Severity::Warning),
    ("no-refusal", "bridge", "[[refusal]]", "[[criterion]]", Severity::Error),
    ("idle-route", "global", "when      = [\"rsa\", \"oriented-ft\"]", "", Severity::Warning),
    (
        "circle",
        "rsa",
        "during = [\"proposal\"]\nmeets  = true\npaper  = \"cer\"",
        "during = [\"proposal\"]\nafter = [\"diagnosis\"]\nmeets  = true\npaper  = \"cer\"",
        Severity::Error,
    ),
    (
        "longer-than-cap",
        "global",
        "initial         = [\"6 months\", \"12 months\"]",
        "initial         = [\"6 months\", \"24 months\"]",
        Severity::Error,
    ),
    (
        "longer-than-cap",
        "social",
        "stay_most       = \"12 months\"",
        "stay_most       = \"36 months\"",
        Severity::Error,
    ),
    ("idle-needs", "bridge", "extension       = [\"90 days\"]", "", Severity::Warning),
    ("no-term", "rsa", "[contract]", "[agreement]", Severity::Warning),
    ("least-above-most", "global", "least  = 70", "least  = 700", Severity::Error),
    ("no-way-out", "bridge", "[[exit]]", "[[way_out]]", Severity::Error),
    (
        "silent-clock",
        "bridge",
        "alert  = [{ on = [\"day 5\", \"due\"], tell = [\"bridge_worker\"] }]",
        "",
        Severity::Error,
    ),
    ("late-alert", "bridge", "[\"day 5\", \"due\"]", "[\"due\"]", Severity::Warning),
    ("alert-out-of-clock", "global", "\"14 days before\"", "\"day 30\"", Severity::Warning),
    ("working-months", "global", "within = \"5 days\"", "within = \"5 months\"", Severity::Error),
    ("endless-clock", "bridge", "until  = [\"entered\"]", "", Severity::Warning),
];

#[test]
fn each_fault_is_found_where_it_stands() {
    for (rule, file, from, to, severity) in FAULTS {
        let sound = text(file);
        assert!(sound.contains(from), "{file} has no {from}");
        let faulty = if *rule == "no-way-out" || *rule == "no-refusal" {
            sound.replace(from, to)
        } else {
            sound.replacen(from, to, 1)
        };
        let checked = check_programme("changed.toml", &faulty);
        let problem =
            checked.problems.iter().find(|problem| problem.rule == *rule && problem.severity == *severity);
        let told: Vec<_> = checked.problems.iter().map(ToString::to_string).collect();
        let problem = problem
            .unwrap_or_else(|| panic!("{rule} is not found after {from} -> {to}: {}", told.join("\n")));
        assert!(problem.span.line > 0 && !problem.fix.is_empty(), "{rule}");
        assert_eq!(
            checked.programme.is_none(),
            checked.problems.iter().any(|one| one.severity == Severity::Error)
        );
    }
}

#[test]
fn a_fault_of_a_line_is_told_by_its_line() {
    let faulty = text("global").replacen("within = \"21 days\"", "within = \"soon\"", 1);
    let line = faulty.lines().position(|line| line.contains("within = \"soon\"")).unwrap() + 1;
    let problems = check_programme("global.toml", &faulty).problems;
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(usize::try_from(problems[0].span.line).unwrap(), line);
}

#[test]
fn the_reference_has_every_rule() {
    let reference = include_str!("../../../../docs/programme.md");
    for (rule, ..) in FAULTS {
        assert!(reference.contains(&format!("`{rule}`")), "docs/programme.md does not say {rule}");
    }
}

#[test]
fn files_that_contradict_each_other_make_no_set() {
    let (holidays, territory) = place();
    let read = |files: &[(&str, &str)]| {
        Programmes::read(files.iter().copied(), &holidays, territory).map(|_| ()).unwrap_err()
    };
    let alone = read(&[("social", text("social"))]);
    assert!(matches!(&alone, SetError::Together(problems) if problems.len() == 2), "{alone:?}");
    let twice = read(&[("a", text("bridge")), ("b", text("bridge"))]);
    assert!(matches!(twice, SetError::Together(_)), "{twice:?}");
    let exit = text("social").replace("otherwise = \"difficulties-worse\"", "otherwise = \"gone\"");
    assert!(matches!(read(&[("s", &exit), ("g", text("global"))]), SetError::Together(_)));
    assert!(matches!(read(&[("s", "x")]), SetError::Files(_)));
    // A code of a nomenclature means one thing in all files that have that version of it.
    let meaning = text("social").replacen("keep a budget", "spend it", 1);
    let other = read(&[("s", &meaning), ("g", text("global"))]);
    assert!(matches!(&other, SetError::Together(problems) if problems.len() == 1), "{other:?}");
    let version = meaning.replacen("version = \"1\"", "version = \"2\"", 1);
    let files = [("s", version.as_str()), ("g", text("global"))];
    assert!(Programmes::read(files, &holidays, territory).is_ok(), "in another version it may");
}

/// A new version takes in whoever comes from its first day on; who was there keeps the version that she came under.
#[test]
fn a_version_is_for_those_who_come_after_it() {
    use crate::story::*;
    let (holidays, territory) = place();
    let second = text("global")
        .replacen("version     = 1", "version     = 2", 1)
        .replacen("from        = 2024-01-01", "from        = 2026-04-01", 1)
        .replacen("within = \"21 days\"", "within = \"15 days\"", 1);
    let files = [("one", text("global")), ("two", second.as_str())];
    let programmes = Programmes::read(files, &holidays, territory).unwrap();
    for (on, due) in [("2026-03-31", "2026-04-21"), ("2026-04-01", "2026-04-16")] {
        let mut story = Story::with(programmes.clone(), GLOBAL);
        story.order("adviser", on, consent());
        story.order("adviser", on, propose("local_service_head", SEEKER));
        story.order("adviser", "2026-04-10", missed("integration-interview"));
        let clocks = clocks(&story.programmes, &story.path);
        assert_eq!(clocks.iter().find(|clock| clock.what().as_str() == "entry").unwrap().due, day(due));
    }
}

proptest! {
    /// Any text in place of a line: problems with a place, and never a panic.
    #[test]
    fn any_line_may_be_anything(line in "\\PC{0,40}", place in 0_usize..1000, file in 0_usize..5) {
        let (_, sound) = SHIPPED_PROGRAMMES[file];
        let mut lines: Vec<&str> = sound.lines().collect();
        let place = place % lines.len();
        lines[place] = &line;
        let checked = check_programme("any.toml", &lines.join("\n"));
        prop_assert!(checked.problems.iter().all(|problem| problem.span.line > 0));
        let refused = checked.problems.iter().any(|problem| problem.severity == Severity::Error);
        prop_assert_eq!(checked.programme.is_none(), refused);
    }
}
