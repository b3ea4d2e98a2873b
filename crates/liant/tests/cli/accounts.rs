//! The operator makes organisations and first accounts, and helps their owners.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::Value;

use crate::installation::{Installation, Said, every_engine};

/// Makes an account, its password on the standard input.
fn add(installation: &Installation, email: &str, password: &str, rest: &[&str]) -> Said {
    let start = ["--as", "technician", "user", "add", "--name", "Camille Essai", "--email", email];
    let mut command = installation.command(&[&start, rest].concat());
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(format!("{password}\n").as_bytes()).unwrap();
    Said::of(child.wait_with_output().unwrap())
}

#[test]
fn organisations_and_first_accounts() {
    for installation in every_engine() {
        let org = |rest: &[&str]| installation.run("technician", &[&["org"], rest].concat());
        let departement = org(&[
            "add",
            "--name",
            "Conseil départemental",
            "--kind",
            "departement",
            "--party",
            "departement-62",
        ]);
        assert_eq!(departement.code, Some(0), "{departement:?}");
        let service =
            ["add", "--name", "SLAI Artois", "--kind", "local_service", "--parent", "Conseil départemental"];
        assert_eq!(org(&service).code, Some(0));
        let twice = org(&service);
        assert_eq!(twice.code, Some(2), "{twice:?}");
        let ccas = org(&["add", "--name", "CCAS Nord", "--kind", "ccas", "--party", "ccas-nord"]);
        assert_eq!(ccas.code, Some(0), "{ccas:?}");
        let listed = installation.json("technician", &["org", "list"]);
        let kinds: Vec<&str> =
            listed.as_array().unwrap().iter().map(|row| row["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["ccas", "departement", "local_service"], "{}", installation.engine());
        assert_eq!(listed[2]["party"], "departement-62", "a service works for its parent's party");

        let post = ["--organisation", "SLAI Artois", "--role", "local_service_head", "--admin"];
        let weak = add(&installation, "head@slai.example", "Password1234", &post);
        assert_eq!(weak.code, Some(2));
        assert!(weak.err.contains("one of the commonest"), "{weak:?}");
        let done = add(&installation, "head@slai.example", "brume tuile gant sorbier nef ocre", &post);
        assert_eq!(done.code, Some(0), "{done:?}");
        let wrong = ["--organisation", "SLAI Artois", "--role", "adviser"];
        let wrong = add(&installation, "a@slai.example", "brume tuile gant sorbier nef ocre", &wrong);
        assert!(wrong.err.contains("not held in an organisation of this kind"), "{wrong:?}");

        // A structure holds the role under a mandate only.
        let invite = ["user", "invite", "--email", "r@ccas.example", "--organisation", "CCAS Nord"];
        let invite = [&invite[..], &["--role", "social_referent"]].concat();
        let without = installation.run("technician", &invite);
        assert!(without.err.contains("under a mandate"), "{without:?}");
        let mandate =
            ["mandate", "--from", "Conseil départemental", "--to", "CCAS Nord", "--since", "2020-01-01"];
        assert_eq!(org(&mandate).code, Some(0));
        let invited = installation.json("technician", &invite);
        assert_eq!(invited["token"].as_str().unwrap().len(), 64);

        let people = ["user", "list", "--organisation", "SLAI Artois"];
        let state = |installation: &Installation| -> (Value, Value) {
            let listed = installation.json("technician", &people);
            (listed[0]["email"].clone(), listed[0]["disabled"].clone())
        };
        assert_eq!(state(&installation), ("head@slai.example".into(), false.into()));
        let of = ["--email", "HEAD@slai.example"];
        let reset = [&["user", "reset-factor"][..], &of].concat();
        let unchecked = installation.run("technician", &reset);
        assert_eq!(unchecked.code, Some(2), "who asks was not looked at: {unchecked:?}");
        let reset = installation.run("technician", &[&reset[..], &["--checked", "in_person"]].concat());
        assert_eq!(reset.code, Some(0), "{reset:?}");
        let disable = [&["user", "disable"][..], &of].concat();
        assert_eq!(installation.run("technician", &disable).code, Some(0));
        assert_eq!(state(&installation).1, true);
        let again = installation.run("technician", &disable);
        assert_eq!(again.code, Some(2), "{again:?}");
        // Nothing said of a failure, and nothing in the log, names anyone.
        for said in [&weak, &wrong, &without, &again] {
            assert!(!said.err.contains('@') && !said.err.contains("Camille"), "{said:?}");
        }
    }
}
