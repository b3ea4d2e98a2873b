//! Every rule of the reference refuses what it must, at the right place.

use std::fmt::Write as _;

use liant_convention::{SHIPPED, Severity, check};
use proptest::prelude::*;

use crate::common::{FORM, NETWORK};

const REGISTER: &str = SHIPPED[0].1;
const EXCHANGE: &str = SHIPPED[1].1;

/// A change to a shipped file, and the rule that it breaks.
const FAULTS: &[(&str, &str, &str, &str)] = &[
    ("toml", EXCHANGE, "version   = 1", "version   = "),
    ("missing-key", EXCHANGE, "[convention]", "[convntion]"),
    ("unknown-key", EXCHANGE, "hosting ", "hostin "),
    ("unknown-key", EXCHANGE, "carries   = [", "carry = []\ncarries   = ["),
    ("wrong-type", EXCHANGE, "version   = 1", "version   = \"1\""),
    ("wrong-type", EXCHANGE, "from = 2024-09-01", "from = \"2024-09-01\""),
    ("wrong-type", EXCHANGE, "version   = 1", "version   = 0"),
    ("wrong-type", EXCHANGE, "suspends_on_default = false", "suspends_on_default = \"no\""),
    ("empty-text", EXCHANGE, "hosting   = \"EU\"", "hosting   = \" \""),
    ("two-heads", EXCHANGE, "[convention]", "[register]\nid = \"x\"\n[convention]"),
    ("no-term", EXCHANGE, "{ from = 2024-09-01, years = 4 }", "{ from = 2024-09-01 }"),
    ("no-term", EXCHANGE, "years = 4 }", "years = 20000 }"),
    ("no-term", EXCHANGE, "years = 4 }", "years = 40000 }"),
    ("two-terms", EXCHANGE, "years = 4 }", "years = 4, until = 2028-01-01 }"),
    ("term-before-start", EXCHANGE, "years = 4 }", "until = 2024-08-31 }"),
    ("missing-key", EXCHANGE, "in_force ", "in_forc "),
    ("unknown-word", EXCHANGE, "territory = \"62\"", "territory = \"620\""),
    ("unknown-word", EXCHANGE, "channels = [\"flow\", \"screen\"]", "channels = [\"flow\", \"fax\"]"),
    ("unknown-word", EXCHANGE, "\"registration.*\"", "\"registrations.*\""),
    ("unknown-word", EXCHANGE, "within = \"36 hours\"", "within = \"soon\""),
    ("unknown-word", EXCHANGE, "available = \"monday after 2nd", "available = \"monday before 2nd"),
    ("unknown-word", EXCHANGE, "time = \"17:00\"", "time = \"25:00\""),
    ("unknown-word", EXCHANGE, "people   = \"rsa_recipient\"", "people   = \"all\""),
    ("missing-key", EXCHANGE, "capacity = \"controller\"", ""),
    (
        "missing-key",
        EXCHANGE,
        "basis = [\"CASF L.262-29\", \"CASF R.262-116-2\", \"GDPR art. 6 (1) (e)\"]",
        "basis = []",
    ),
    ("missing-key", EXCHANGE, "keep   = \"90 days\"", ""),
    ("missing-key", EXCHANGE, "keep     = \"exchanged-data\"", ""),
    ("unknown-retention", EXCHANGE, "keep     = \"exchanged-data\"", "keep     = \"for-ever\""),
    ("unknown-condition", EXCHANGE, "id     = \"nir_decree_in_force\"", "id     = \"nir_decree\""),
    ("nir-without-decree", EXCHANGE, "requires = [\"nir_decree_in_force\"]", ""),
    (
        "sealed-on-screen",
        EXCHANGE,
        "except   = [\"identifiers.nir\", \"identifiers.msa\"]",
        "except   = [\"identifiers.nir\"]",
    ),
    (
        "idle-except",
        EXCHANGE,
        "except   = [\"registration.job_seeker\"",
        "except   = [\"rights.*\", \"registration.job_seeker\"",
    ),
    (
        "empty-grant",
        EXCHANGE,
        "fields   = [\"orientation.*\"]",
        "fields   = [\"orientation.*\"]\nexcept = [\"*\"]",
    ),
    ("unknown-role", EXCHANGE, "to       = [\"orientation_officer\"]", "to       = [\"officer\"]"),
    ("unknown-role", EXCHANGE, "to       = [\"orientation_officer\"]", "to       = [\"technician\"]"),
    ("unknown-purpose", EXCHANGE, "purpose  = [\"person-rights\"]", "purpose  = [\"persons-rights\"]"),
    ("unknown-party", EXCHANGE, "from      = \"france-travail\"", "from      = \"pole-emploi\""),
    ("unknown-party", EXCHANGE, "owed_by = \"departement-62\"", "owed_by = \"departement-59\""),
    (
        "unknown-party",
        EXCHANGE,
        "security   = [\"departement-62/ciso\"",
        "security   = [\"departement-59/ciso\"",
    ),
    ("declared-twice", EXCHANGE, "id    = \"follow-up\"", "id    = \"orientation\""),
    ("declared-twice", EXCHANGE, "id     = \"deposited-files\"", "id     = \"exchanged-data\""),
    ("one-party", REGISTER, "[register]\n", "[convention]\nalone = true\n"),
    (
        "register-suspended",
        REGISTER,
        "hosting    = \"EU\"",
        "suspended = { since = 2026-01-01, clause = \"x\" }",
    ),
    ("person-beyond-herself", REGISTER, "reach    = \"oneself\"", "reach    = \"service\""),
    ("oneself-to-another", REGISTER, "reach    = \"caseload\"", "reach    = \"oneself\""),
    ("register-gives-away", REGISTER, "to       = [\"dpo\"]", "to       = [\"caf-62/clerk\"]"),
    ("register-gives-away", REGISTER, "to      = \"departement-62\"", "to      = \"caf-62\""),
    ("unknown-party", REGISTER, "controller = \"departement-62\"", "controller = \"departement-59\""),
    ("missing-key", REGISTER, "per_hour   = 10", ""),
    ("wrong-type", REGISTER, "most_found = 5", "most_found = 0"),
    ("less-a-day", REGISTER, "per_day    = 30", "per_day    = 3"),
    ("less-a-day", REGISTER, "opened_per_day  = 400", "opened_per_day  = 4"),
    ("missing-key", REGISTER, "beyond          = 20", ""),
    ("start-of-another", REGISTER, "starts = \"recorded\"", "starts = \"recorded\"\nof = \"accounts\""),
    ("start-of-another", REGISTER, "starts = \"last_use\"", "starts = \"receipt\"\nof = \"accounts\""),
    ("unknown-word", REGISTER, "warn   = \"1 month\"", "warn   = \"soon\""),
    ("unknown-word", REGISTER, "reasons_hold = \"90 days\"", "reasons_hold = \"long\""),
    (
        "no-oversight",
        REGISTER,
        "[[oversight]]\nclause       = \"§10, contrôle des accès\"\nby           = [\"dpo\"]\npurpose      = [\"person-rights\"]\nreasons_hold = \"90 days\"\n",
        "",
    ),
    (
        "sealed-on-screen",
        REGISTER,
        "\"identifiers.own_reference\", \"identifiers.caf\",\n]\nreasons",
        "\"identifiers.nir\",\n]\nreasons",
    ),
    (
        "health-without-basis",
        REGISTER,
        "\"identifiers.own_reference\", \"identifiers.caf\",\n]\nreasons",
        "\"health.disabled_worker\",\n]\nreasons",
    ),
    (
        "unknown-retention",
        REGISTER,
        "most_found = 5\nkeep       = \"own-file\"",
        "most_found = 5\nkeep = \"ever\"",
    ),
    (
        "register-gives-away",
        REGISTER,
        "to         = [\"local_service_head\", \"social_referent\"]",
        "to         = [\"caf-62/clerk\"]",
    ),
    (
        "handler-at-neither-end",
        REGISTER,
        "from    = \"caf-62\"\nto      = \"departement-62\"",
        "from    = \"caf-62\"\nto      = \"caf-62\"",
    ),
    ("two-conditions", FORM, "consent = \"form\"", "consent = \"form\"\nmet_from = 2026-01-01"),
    ("unknown-word", FORM, "consent = \"form\"", "consent = \"letter\""),
    ("health-without-basis", FORM, "special_basis = \"explicit_consent\"", ""),
    (
        "consent-not-asked",
        FORM,
        "requires = [\"consent-to-form\"]\nspecial_basis = \"explicit_consent\"",
        "special_basis = \"explicit_consent\"",
    ),
    ("health-detail-too-wide", NETWORK, "requires = [\"france-travail-and-cap-emploi\"]", ""),
    (
        "beyond-between",
        NETWORK,
        "to       = [\"france-travail/adviser\", \"cap-emploi-62/adviser\"]",
        "to       = [\"france-travail/adviser\", \"mission-locale-62/adviser\"]",
    ),
    (
        "unknown-party",
        NETWORK,
        "between = [\"france-travail\", \"cap-emploi-62\"]",
        "between = [\"france-travail\", \"cap-emploi-62\", \"cap-emploi-59\"]",
    ),
    ("past-the-agent", FORM, "reach    = \"designated\"", "reach    = \"caseload\""),
    ("past-the-agent", FORM, "channels = [\"screen\", \"hand\", \"email\"]", "channels = [\"flow\"]"),
    (
        "unknown-role",
        FORM,
        "through  = \"departement-62/local_service_head\"",
        "through  = \"departement-62/mayor\"",
    ),
    ("unknown-word", FORM, "through  = \"departement-62/local_service_head\"", "through = \"someone\""),
    ("missing-key", FORM, "of       = \"departement-62\"", ""),
    ("missing-key", FORM, "version  = 1\nsource ", "source "),
    ("unknown-word", FORM, "template = \"liaison\"", "template = \"../../liant.keys\""),
    ("declared-twice", FORM, "id       = \"liaison-bilateral\"", "id       = \"liaison-tacit\""),
    ("unknown-party", FORM, "of       = \"departement-62\"", "of = \"departement-59\""),
    (
        "missing-key",
        FORM,
        "capacity = \"processor\"\nof       = \"departement-62\"\nthrough",
        "capacity = \"sub_processor\"\nof       = \"departement-62\"\n#",
    ),
    ("unknown-key", FORM, "capacity = \"controller\"", "capacity = \"controller\"\nof = \"france-travail\""),
    ("missing-key", FORM, ", suspended_by = [\"france-travail\"]", ""),
    (
        "may-not-suspend",
        FORM,
        "hosting   = \"EU\"",
        "suspended = { since = 2026-06-01, clause = \"art. 10\", by = \"departement-62\" }",
    ),
    (
        "under-itself",
        FORM,
        "under     = \"62-accompagnement-global\"",
        "under     = \"62-echange-accompagnement-global\"",
    ),
    ("named-data", FORM, "hosting   = \"EU\"", "named_data = false"),
    ("unknown-party", FORM, "owed_by = \"departement-62\"", "owed_by = \"departement-59\""),
    ("no-end", REGISTER, "starts         = \"end_of_right\"", "starts = \"end_of_convention\""),
    ("unknown-key", REGISTER, "hosting ", "under = \"62-echange-rsa\"\nhosting "),
    ("unknown-about", EXCHANGE, "about     = [\"breach-to-partner\"", "about     = [\"breach\""),
    ("missing-key", EXCHANGE, "agreed_on = 2024-10-15", ""),
    ("missing-key", EXCHANGE, "about     = [\"breach-to-partner\", ", "about     = ["),
    ("nir-without-decree", EXCHANGE, "basis    = [\"CASF R.262-116-2\"]", ""),
    ("nir-without-decree", REGISTER, "basis    = [\"CASF R.262-116-2\"]", ""),
];

/// A change to a file, and the one warning that it brings.
const DOUBTS: &[(&str, &str, &str, &str)] = &[
    (
        "no-recipient",
        EXCHANGE,
        "\"registration.*\", \"follow_up.*\", \"training.*\",\n]",
        "\"registration.*\", \"follow_up.*\", \"training.*\", \"rights.*\",\n]",
    ),
    (
        "idle-purpose",
        EXCHANGE,
        "# ---- Conditions",
        "[[purpose]]\nid = \"none\"\ntext = { fr = \"f\", en = \"e\" }\nbasis = [\"x\"]\n# ---- Conditions",
    ),
    (
        "sealed-in-export",
        EXCHANGE,
        "fields   = [\"identifiers.nir\", \"identifiers.msa\"]\nchannels = [\"flow\"]",
        "fields   = [\"identifiers.nir\", \"identifiers.msa\"]\nchannels = [\"export\", \"flow\"]",
    ),
    (
        "email-without-consent",
        FORM,
        "requires = [\"consent-to-form\", \"consent-to-email\"]",
        "requires = [\"consent-to-form\"]",
    ),
    ("joint-alone", EXCHANGE, "capacity = \"controller\"", "capacity = \"joint\""),
    (
        "no-flow",
        EXCHANGE,
        "fields   = [\"identifiers.ft_national\", \"registration.job_seeker\"]\nchannels = [\"api\"]",
        "fields   = [\"identifiers.ft_national\"]\nchannels = [\"api\", \"flow\"]",
    ),
    (
        "ambiguous-day",
        EXCHANGE,
        "of        = \"working_friday\"",
        "of        = \"clock\"\nabout = [\"breach-to-partner\", \"rights-answer\"]",
    ),
    ("day-without-month", EXCHANGE, "rhythm    = \"monthly\"\ndue", "rhythm    = \"daily\"\ndue"),
    ("idle-retention", EXCHANGE, "starts = \"deposit\"", "starts = \"receipt\""),
    (
        "idle-condition",
        EXCHANGE,
        "# ---- Flows",
        "[[condition]]\nid = \"none\"\ntext = { fr = \"f\", en = \"e\" }\nclause = \"c\"\n# ---- Flows",
    ),
    ("no-dpo", EXCHANGE, "dpo        = [\"departement-62/dpo\", \"france-travail/dpo\"]", ""),
    (
        "clocks-differ",
        EXCHANGE,
        "about     = [\"breach-to-partner\", \"flaw-to-france-travail\"]",
        "about     = [\"breach-to-partner\", \"rights-answer\"]",
    ),
    ("retentions-differ", EXCHANGE, "keep     = \"exchanged-data\"", "keep     = \"deposited-files\""),
];

fn broken(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    let text = text.replacen(from, to, 1);
    // One fault needs the other party gone, one needs it to have a role.
    if to.contains("alone") {
        let (before, rest) = text
            .split_once("[[party]]                                                          # sends")
            .unwrap();
        let (_, after) = rest.split_once("# ---- Purposes").unwrap();
        return format!("{before}# ---- Purposes{after}");
    }
    if to.contains("caf-62/clerk") {
        text.replacen("org      = \"caf-62\"", "org = \"caf-62\"\nroles = [\"clerk\"]", 1)
    } else {
        text
    }
}

#[test]
fn each_fault_is_found_where_it_stands() {
    let mut page = String::new();
    for (rule, text, from, to) in FAULTS {
        let text = broken(text, from, to);
        let checked = check("f.toml", &text);
        assert!(checked.convention.is_none(), "{rule}: {to}");
        let found = checked.problems.iter().find(|problem| problem.rule == *rule);
        let found = found.unwrap_or_else(|| panic!("{rule}: {to}: {:?}", checked.problems));
        assert_eq!(found.severity, Severity::Error);
        let line = text.lines().nth(found.span.line as usize - 1).unwrap_or_default();
        writeln!(page, "{found}\n  > {}\n", line.split('#').next().unwrap().trim()).unwrap();
    }
    insta::assert_snapshot!(page);
}

#[test]
fn warnings_do_not_stop_a_file() {
    let mut page = String::new();
    for (rule, text, from, to) in DOUBTS {
        let before = check("f.toml", text).problems;
        let text = broken(text, from, to);
        let checked = check("f.toml", &text);
        assert!(checked.convention.is_some(), "{rule}: {:?}", checked.problems);
        let is_new = |what: &str| before.iter().all(|problem| problem.what != what);
        let brought: Vec<_> = checked.problems.iter().filter(|problem| is_new(&problem.what)).collect();
        assert!(!brought.is_empty(), "{rule}");
        for problem in brought {
            assert_eq!((problem.severity, problem.rule), (Severity::Warning, *rule), "{problem}");
            let line = text.lines().nth(problem.span.line as usize - 1).unwrap_or_default();
            writeln!(page, "{problem}\n  > {}\n", line.split('#').next().unwrap().trim()).unwrap();
        }
    }
    insta::assert_snapshot!(page);
}

#[test]
fn all_faults_are_told_at_once() {
    let text = EXCHANGE
        .replacen("capacity = \"controller\"", "", 1)
        .replacen("channels = [\"flow\", \"screen\"]", "channels = [\"fax\", \"telex\"]", 1)
        .replacen("within = \"36 hours\"", "within = \"soon\"", 1)
        .replacen("org      = \"france-travail\"", "org      = \"France Travail\"", 1);
    let problems = check("f.toml", &text).problems;
    let own = |rule| problems.iter().filter(|problem| problem.rule == rule).count();
    assert_eq!((own("missing-key"), own("unknown-word")), (1, 4), "{problems:?}");
    assert!(problems.is_sorted_by_key(|problem| problem.span));
}

#[test]
fn the_reference_names_every_rule() {
    let reference = include_str!("../../../../docs/convention.md");
    let between =
        ["same-version-twice", "amendment-before", "no-parent", "outlives-parent", "capacity-differs"];
    for rule in FAULTS.iter().chain(DOUBTS).map(|(rule, ..)| *rule).chain(between) {
        assert!(reference.contains(&format!("`{rule}`")), "docs/convention.md does not say `{rule}`");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(\\[+[a-z]{1,6}\\]+|[a-z]{1,5} = |\"|\\PC|\n){0,40}") {
        check("f.toml", &text);
    }

    #[test]
    fn a_damaged_file_never_panics_and_never_loses_its_faults(
        at in 0..EXCHANGE.len(), length in 0..60_usize, put in "\\PC{0,8}",
    ) {
        let mut text = EXCHANGE.to_owned();
        let mut start = at;
        while !text.is_char_boundary(start) { start -= 1; }
        let mut end = (start + length).min(text.len());
        while !text.is_char_boundary(end) { end += 1; }
        text.replace_range(start..end, &put);
        let checked = check("f.toml", &text);
        let errors = checked.problems.iter().any(|problem| problem.severity == Severity::Error);
        prop_assert_eq!(checked.convention.is_none(), errors);
    }
}
