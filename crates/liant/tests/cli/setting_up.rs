//! An installation that is set up, looked over, and tried.

use std::fs;

use serde_json::Value;

use crate::installation::{Installation, LIANT, every_engine, program};

/// The level of each check of this id.
fn levels<'r>(report: &'r Value, id: &str) -> Vec<&'r str> {
    let checks = report["checks"].as_array().unwrap().iter();
    checks.filter(|check| check["id"] == id).map(|check| check["level"].as_str().unwrap()).collect()
}

#[test]
fn doctor_finds_a_new_installation_well_but_for_what_its_people_must_say() {
    for installation in every_engine() {
        let engine = installation.engine();
        let said = installation.bare(&["doctor", "--json"]);
        assert_eq!(said.code, Some(0), "{engine}: {said:?}");
        let report = said.json();
        for id in ["settings", "keys", "calendar", "clock", "tls"] {
            assert!(levels(&report, id).iter().all(|level| *level == "ok"), "{engine} {id}: {report:#}");
            assert!(!levels(&report, id).is_empty(), "{engine} {id}: {report:#}");
        }
        assert_eq!(levels(&report, "publisher"), ["warn"], "{engine}");
        assert_eq!(levels(&report, "backups"), ["note"], "{engine}");
        assert_eq!(report["worst"], "warn", "{engine}");
    }
}

#[test]
fn doctor_says_what_to_mend_and_fails() {
    let installation = Installation::sqlite();
    installation.import(installation.write("known.csv", b"id_interne,nir,nom_naissance,nom_usage,prenom,date_naissance,commune,matricule_caf,code_pe,identifiant_pe\nR1,,NOM,,ANNE,1980-01-01,62041,,,\n"));
    let report = installation.bare(&["doctor", "--json"]).json();
    assert_eq!(
        (levels(&report, "log"), levels(&report, "directory")),
        (vec!["ok"], vec!["ok"]),
        "{report:#}"
    );
    // A convention whose end has come.
    installation.edit_convention("years = 60 }", "years = 1 }");
    let said = installation.bare(&["--lang", "fr", "doctor"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.out.contains("échec") && said.out.contains("échue le"), "{said:?}");
    installation.edit_convention("years = 1 }", "years = 60 }");
    // Keys that others may read.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(installation.path("liant.keys"), fs::Permissions::from_mode(0o644)).unwrap();
        let report = installation.bare(&["doctor", "--json"]);
        assert_eq!((report.code, levels(&report.json(), "keys")), (Some(2), vec!["fail"]));
    }
    fs::remove_file(installation.path("liant.toml")).unwrap();
    let said = installation.bare(&["doctor"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.out.contains("there is no"), "{said:?}");
}

#[test]
fn init_tells_how_to_begin_or_invites_the_first_admin() {
    let folder = tempfile::tempdir().unwrap();
    let init = |place: &str, more: &[&str]| {
        let path = folder.path().join(place);
        let mut command = program(LIANT);
        let done = command.arg("init").arg("--dir").arg(&path).args(more).output().unwrap();
        assert!(done.status.success(), "{done:?}");
        (path, String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap())
    };
    let (_, _, told) = init("bare", &[]);
    assert!(told.contains("user invite --email") && told.contains("doctor"), "{told}");
    let (path, printed, told) =
        init("served", &["--admin", "first@office.example", "--organisation", "Le Département"]);
    let token = printed.lines().nth(1).unwrap();
    assert!(token.len() >= 32 && told.contains("first@office.example"), "{printed} {told}");
    let mut command = program(LIANT);
    let config = path.join("liant.toml");
    let listed = command.arg("--config").arg(&config).args(["--as", "technician", "org", "list", "--json"]);
    let listed: Value = serde_json::from_slice(&listed.output().unwrap().stdout).unwrap();
    assert_eq!(listed[0]["name"], "Le Département");
}

#[test]
fn a_demo_gives_each_account_a_code_and_is_never_served_to_others() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("demo");
    let run = |arguments: &[&str]| {
        let mut command = program(LIANT);
        command.args(arguments).arg("--dir").arg(&place).output().unwrap()
    };
    let done = run(&["demo", "--people", "120", "--months", "2", "--no-serve"]);
    assert!(done.status.success(), "{done:?}");
    let told = String::from_utf8(done.stdout).unwrap();
    let email = "claire.delattre@demo.example";
    assert!(told.contains(email) && told.contains("liant serve --dev"), "{told}");
    let code = run(&["demo", "--code", email]);
    let code = String::from_utf8(code.stdout).unwrap();
    assert!(code.trim().len() == 6 && code.trim().bytes().all(|byte| byte.is_ascii_digit()), "{code}");
    assert_eq!(run(&["demo", "--code", "nobody@demo.example"]).status.code(), Some(2));
    let refused = run(&["serve", "--origin", "https://liant.example", "--port", "0"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("this workplace is a demo"));
    let report = run(&["doctor", "--json"]);
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    assert_eq!(levels(&report, "demo"), ["warn"]);
    assert_eq!((levels(&report, "publisher"), levels(&report, "accounts")), (vec!["ok"], vec!["ok"]));
}
