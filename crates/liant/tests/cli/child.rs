//! A child of a household is no recipient of the RSA: what the CNAF says of one is shown to nobody under a clause about
//! recipients, on no road.

use std::fs;

use liant_sample::SampleKind;
use serde_json::Value;

use crate::files::{MARCH, replaced, sound};
use crate::installation::{Installation, every_engine};

/// What the officer sees of each person whom a source knows, and how many are not for the officer.
fn shown(installation: &Installation, source: &str) -> (Vec<Value>, usize) {
    let mut seen = Vec::new();
    let mut hidden = 0;
    for person in installation.people_of(source) {
        let said = installation.run("officer", &["person", "show", &person, "--json"]);
        if said.code == Some(0) {
            seen.push(said.json());
        } else {
            assert_eq!(said.err, "error: no such person, or it is not yours to see\n", "{said:?}");
            assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{said:?}");
            hidden += 1;
        }
    }
    (seen, hidden)
}

fn sources(person: &Value) -> Vec<&str> {
    person.as_array().unwrap().iter().map(|origin| origin["source"].as_str().unwrap()).collect()
}

/// The value of a field that one source gives.
fn value<'p>(person: &'p Value, source: &str, field: &str) -> &'p Value {
    let origin = person.as_array().unwrap().iter().find(|origin| origin["source"] == source).unwrap();
    let values = origin["values"].as_array().unwrap();
    values.iter().find(|value| value["field"] == field).map_or(&Value::Null, |value| &value["value"])
}

/// The text of the first element of a name, after a place.
fn text_of<'f>(file: &'f str, tag: &str) -> &'f str {
    let (_, rest) = file.split_once(&format!("<{tag}>")).unwrap();
    rest.split('<').next().unwrap()
}

/// A household of the CNAF's file, its claimant and a child, and the part of it that speaks of the child.
fn household() -> (Vec<u8>, String) {
    let household = sound(SampleKind::Rsabem, 1, 1, MARCH);
    let text: String = household.iter().map(|byte| char::from(*byte)).collect();
    let (_, child) = text.split_once("<Personne>").unwrap().1.split_once("<Personne>").unwrap();
    assert_eq!(child.matches("<ROLEPERS>ENF").count(), 2, "this sample has no child");
    (household.clone(), child.to_owned())
}

/// Makes the register's clauses for technicians, clerks and the DPO be about recipients alone.
fn about_recipients_alone(installation: &Installation) {
    let path = installation.path("conventions/62-departement.toml");
    let text = fs::read_to_string(&path).unwrap();
    let everyone = "sources  = [\"departement\", \"cnaf\"]\npeople   = \"everyone\"";
    assert_eq!(text.matches(everyone).count(), 4);
    fs::write(&path, text.replace(everyone, &everyone.replace("everyone", "rsa_recipient"))).unwrap();
}

#[test]
fn a_child_is_in_no_question_that_recipients_alone_are_shown_in() {
    let (file, child) = household();
    // On the Département's list, somebody of her name and day of birth under another first name: she, or a twin.
    let (name, born) = (text_of(&child, "NOMNAI"), text_of(&child, "DTNAI"));
    let list = format!("id_interne,nom_naissance,prenom,date_naissance\nE1,{name},ZOE,{born}\n");
    for installation in every_engine() {
        let engine = installation.engine();
        installation.import(installation.write("rsabem.xml", &file));
        let done = installation.import(installation.write("personnes.csv", list.as_bytes()));
        let questions = installation.json("clerk", &["review", "list"]);
        let [question] = questions.as_array().unwrap().as_slice() else {
            panic!("{engine}: {done} {questions}")
        };
        assert_eq!(question["candidate"]["source"], "cnaf", "{engine}");
        let id = question["review"].as_str().unwrap();
        let identity = question["candidate"]["identity"].as_str().unwrap();

        about_recipients_alone(&installation);
        let said = installation.run("clerk", &["review", "list"]);
        assert_eq!((said.code, said.out.as_str()), (Some(0), ""), "{engine}");
        assert_eq!(said.err, "0 questions shown of 0.\n", "{engine}: she is not counted either");
        // Who may not see the question may not answer it: she looks like nobody.
        for answer in ["accept", "refuse"] {
            let said = installation.run("clerk", &["review", answer, id]);
            assert_eq!(said.code, Some(2), "{engine}: {said:?}");
            assert_eq!(
                said.err, "error: no such question of identity, or it is not yours to see\n",
                "{engine}"
            );
        }
        let said = installation.run("clerk", &["review", "undo", identity]);
        assert_eq!(said.err, "error: no such source identity, or it is not yours to see\n", "{engine}");
        let shown =
            installation.entries().into_iter().rfind(|entry| entry.subject == "identity review").unwrap();
        assert!(shown.people.is_empty(), "{engine}: nobody was shown");
    }
}

#[test]
fn a_child_is_in_no_comparison_that_recipients_alone_are_shown_in() {
    let (march, _) = household();
    // In April each person of the household goes under another name in use.
    let april = replaced(&march, b"<NOM>", b"<NOM>LA ");
    let nobody = sound(SampleKind::Rsabem, 1, 2, MARCH);
    for installation in every_engine() {
        let engine = installation.engine();
        installation.import(installation.write("march.xml", &march));
        installation.write("april.xml", &april);
        installation.write("others.xml", &nobody);
        let diff = |new: &str| {
            let found = installation.json("technician", &["flux", "diff", "march.xml", new]);
            let count = |name: &str| found[name].as_u64().unwrap();
            let whats: Vec<&str> = found["differences"]
                .as_array()
                .unwrap()
                .iter()
                .map(|difference| difference["what"].as_str().unwrap())
                .collect();
            ([count("entered"), count("left"), count("changed"), count("unchanged")], whats.join(" "))
        };
        assert_eq!(diff("april.xml"), ([0, 0, 2, 0], "changed changed".to_owned()), "{engine}");
        assert_eq!(diff("march.xml"), ([0, 0, 0, 2], String::new()), "{engine}");
        let ([_, left, ..], _) = diff("others.xml");
        assert_eq!(left, 2, "{engine}");
        let people = installation.people_of("cnaf");
        let reads = |person: &str| {
            let read = installation.json("dpo", &["audit", "who-read", person]);
            let by_diff =
                read.as_array().unwrap().iter().filter(|read| read["what"] == "diff march.xml april.xml");
            by_diff.map(|read| read["clauses"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        for person in &people {
            let clauses = reads(person);
            assert_eq!(clauses.len(), 1, "{engine}: the comparison showed her, and is on record");
            assert!(clauses[0].starts_with("62-departement v1, §4"), "{engine}: {clauses:?}");
        }

        about_recipients_alone(&installation);
        assert_eq!(diff("april.xml"), ([0, 0, 1, 0], "changed".to_owned()), "{engine}");
        assert_eq!(diff("march.xml"), ([0, 0, 0, 1], String::new()), "{engine}");
        let ([_, left, ..], _) = diff("others.xml");
        assert_eq!(left, 1, "{engine}");
        let mut shown: Vec<usize> = people.iter().map(|person| reads(person).len()).collect();
        shown.sort_unstable();
        assert_eq!(shown, [1, 2], "{engine}: the claimant again, the child not");
    }
}

#[test]
fn what_the_cnaf_says_of_a_child_is_not_shown() {
    let (household, child) = household();
    let text: String = household.iter().map(|byte| char::from(*byte)).collect();
    let matricule = text_of(&text, "MATRICULE");
    // The Département follows the child as well.
    let known = format!(
        "id_interne,nom_naissance,prenom,date_naissance,matricule_caf\nE1,{},{},{},{matricule}\n",
        text_of(&child, "NOMNAI"),
        text_of(&child, "PRENOM"),
        text_of(&child, "DTNAI"),
    );
    for installation in every_engine() {
        let engine = installation.engine();
        let done = installation.import(installation.write("rsabem.xml", &household));
        assert_eq!(done["new"], 2, "{engine}: {done}");
        let (seen, hidden) = shown(&installation, "cnaf");
        assert_eq!((seen.len(), hidden), (1, 1), "{engine}");
        assert_eq!(value(&seen[0], "cnaf", "household.role"), "DEM", "{engine}");

        // What the Département itself knows of her is shown, and that alone.
        let done = installation.import(installation.write("personnes.csv", known.as_bytes()));
        assert_eq!(done["new_persons"], 0, "{engine}: she is not recognised: {done}");
        let (seen, hidden) = shown(&installation, "departement");
        assert_eq!((seen.len(), hidden), (1, 0), "{engine}");
        assert_eq!(sources(&seen[0]), ["departement"], "{engine}: {}", seen[0]);

        // The same household, its child a spouse: nothing but the role kept her hidden.
        let spouse = replaced(&household, b"<ROLEPERS>ENF", b"<ROLEPERS>CJT");
        let spouse = replaced(&spouse, b"<DTREF>2025-03-31", b"<DTREF>2025-04-30");
        let spouse = replaced(&spouse, b"<DTCREAFLUX>2025-03-31", b"<DTCREAFLUX>2025-04-30");
        let done = installation.import(installation.write("april.xml", &spouse));
        assert_eq!(done["changed"], 1, "{engine}: {done}");
        let (seen, hidden) = shown(&installation, "cnaf");
        assert_eq!((seen.len(), hidden), (2, 0), "{engine}");
        assert!(seen.iter().any(|person| sources(person).len() == 2), "{engine}: {seen:?}");
    }
}
