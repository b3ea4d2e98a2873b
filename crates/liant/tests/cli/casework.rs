//! `liant casework`: paths, refusals with their rule, and what falls due; programmes are files of the installation.

use std::fs;

use crate::installation::every_engine;

const KNOWN: &[u8] = b"id_interne,nir,nom_naissance,nom_usage,prenom,date_naissance,commune,matricule_caf,code_pe,identifiant_pe\nR1,,NOM,,ANNE,1980-01-01,62041,,,\n";

#[test]
fn a_path_and_what_a_rule_forbids() {
    for installation in every_engine() {
        let engine = installation.engine();
        installation.import(installation.write("known.csv", KNOWN));
        let person = installation.people_of("departement").remove(0);
        let path = installation.json("officer", &["casework", "path", &person]);
        assert_eq!((&path["version"], path["history"].as_array().unwrap().len()), (&0.into(), 0), "{engine}");
        assert!(path["clauses"][0].as_str().unwrap().contains("§13"), "{engine}: {path:#}");
        // Without consent no form leaves: the rule and its source are told, and nothing is recorded.
        let propose = ["casework", "propose", &person, "--to", "local_service_head"];
        let said = installation.run("officer", &[&propose[..], &["--json"]].concat());
        assert_eq!(said.code, Some(1), "{engine}: {said:?}");
        assert!(said.json()["refused"]["rule"].is_string(), "{engine}: {said:?}");
        let answer = ["casework", "answer", &person, "--accept", "--json"];
        let said = installation.run("officer", &answer);
        assert_eq!(said.code, Some(1), "{engine}: {said:?}");
        assert_eq!(said.json()["refused"]["reason"], "nothing-open", "{engine}");
        let due = installation.json("technician", &["casework", "due"]);
        assert_eq!((&due["people"], &due["alerts"]), (&0.into(), &0.into()), "{engine}");
        // Nobody entered: that is no secret.
        let month = ["casework", "committee", "--month", "2025-10"];
        let shown = installation.json("officer", &month);
        assert_eq!(shown["total"]["entries"]["in_time"], 0, "{engine}: {shown:#}");
        // No clause that ships lets the half-yearly list name anybody: there is none.
        let said = installation.run("officer", &["casework", "fse", "freeze", "--half", "2025-1"]);
        assert_eq!(said.code, Some(2), "{engine}: {said:?}");
        // A technician has no clause for paths.
        let said = installation.run("technician", &["casework", "path", &person]);
        assert_eq!(said.code, Some(2), "{engine}: {said:?}");
    }
}

#[test]
fn programmes_are_files_that_one_may_change() {
    for installation in every_engine().take(1) {
        let file = installation.path("programmes/accompagnement-global.toml");
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, text.replace("within = \"21 days\"", "within = \"15 days\"")).unwrap();
        assert_eq!(installation.run("technician", &["casework", "due"]).code, Some(0));
        fs::write(&file, text.replace("within = \"21 days\"", "within = \"21 moons\"")).unwrap();
        let said = installation.run("technician", &["casework", "due"]);
        assert!(said.code == Some(2) && said.err.contains("accompagnement-global.toml"), "{said:?}");
    }
}
