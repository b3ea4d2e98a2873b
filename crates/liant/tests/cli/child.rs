//! A child of a household is no recipient of the RSA: what the CNAF says of one is shown to nobody under that clause.

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

#[test]
fn what_the_cnaf_says_of_a_child_is_not_shown() {
    // One household: its claimant and a child.
    let household = sound(SampleKind::Rsabem, 1, 1, MARCH);
    let text: String = household.iter().map(|byte| char::from(*byte)).collect();
    let (_, child) = text.split_once("<Personne>").unwrap().1.split_once("<Personne>").unwrap();
    assert_eq!(child.matches("<ROLEPERS>ENF").count(), 2, "this sample has no child");
    let matricule = text_of(&text, "MATRICULE");
    // The Département follows the child as well.
    let known = format!(
        "id_interne,nom_naissance,prenom,date_naissance,matricule_caf\nE1,{},{},{},{matricule}\n",
        text_of(child, "NOMNAI"),
        text_of(child, "PRENOM"),
        text_of(child, "DTNAI"),
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
