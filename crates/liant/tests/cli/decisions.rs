//! Whom a decision of a list is about.

use crate::installation::{Installation, every_engine};

fn import(installation: &Installation, lines: &[&str]) -> serde_json::Value {
    let text = format!("own_reference,matricule_caf,nir,nature,date_decision\n{}\n", lines.join("\n"));
    let file = installation.write("decisions.csv", text.as_bytes());
    installation.run("officer", &["orientation", "import", file, "--json"]).json()
}

#[test]
fn a_decision_finds_its_person_by_reference_nir_or_caf_number_and_never_by_chance() {
    for installation in every_engine() {
        let engine = installation.engine();
        // The last two were given one NIR: one of them is wrong, and nobody knows which.
        let people = "id,nom_naissance,prenom,date_naissance,nir,matricule_caf\n\
            R1,AUBIER,LENA,1990-02-03,2900262194011,1000001\n\
            R2,BRASSET,OMAR,1985-06-07,1850662194022,1000002\n\
            R3,CORMIER,INES,1979-09-14,2790962194033,\n\
            R4,DUVERT,ALINE,1979-09-21,2790962194033,\n";
        let done = installation.run(
            "technician",
            &["flux", "import", installation.write("personnes.csv", people.as_bytes()), "--json"],
        );
        assert_eq!(done.json()["new"], 4, "{engine}: {done:?}");

        let by_nir = import(&installation, &[",,2900262194011,01,2025-01-02"]);
        assert_eq!(
            (&by_nir["recorded"], &by_nir["unknown"]),
            (&1.into(), &serde_json::json!([])),
            "{by_nir}"
        );
        let nobody = import(&installation, &[",,2900262194099,01,2025-01-03"]);
        assert_eq!(
            (&nobody["recorded"], &nobody["unknown"]),
            (&0.into(), &serde_json::json!([2])),
            "{nobody}"
        );
        // The same person by another identifier: the decision is in force already.
        let same = import(&installation, &["R1,,,01,2025-01-02", ",1000001,,01,2025-01-02"]);
        assert_eq!((&same["recorded"], &same["unchanged"]), (&0.into(), &1.into()), "{engine}: {same}");

        let several = import(&installation, &[",,2790962194033,01,2025-01-02", "R3,,,01,2025-01-02"]);
        assert_eq!(
            (&several["recorded"], &several["rejected"]),
            (&1.into(), &1.into()),
            "{engine}: {several}"
        );
        let problem = &several["problems"][0];
        assert_eq!(problem["rule"], "ORIENTATIONS-NIR-AMBIGUOUS", "{problem}");
        assert_eq!((&problem["line"], &problem["element"]), (&2.into(), &"nir".into()), "{problem}");
        assert_eq!(problem["value"], "9999999999999", "a NIR is shown nowhere: {problem}");
    }
}
