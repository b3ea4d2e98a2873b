//! Who is found by what is typed.

use liant_app::people::{Seat, Test};

use crate::world::{Place, every_engine, every_engine_with, known, pecgm};

const PEOPLE: [[&str; 7]; 8] = [
    ["R1", "LEFÈVRE", "", "Zoé", "1990-12-01", "62041", "0012345"],
    ["R2", "VAN HOUTTE", "", "Marie-Claire", "1981-03-12", "62041", ""],
    ["R3", "D’ALMEIDA", "BRUYÈRE", "Jean", "1975-05-30", "62193", ""],
    ["R4", "N’DIAYE", "", "MARIE-BERNADE", "1969-03-04", "62193", ""],
    ["R5", "DUPONT", "MARTIN", "Anne", "1960-01-02", "62041", ""],
    ["R6", "DUPONT", "", "Annette", "1961-01-02", "62041", ""],
    ["R7", "SAINT-MARTIN", "", "Élodie", "1999-09-09", "62041", ""],
    ["R8", "OEUVRARD", "", "Ömer", "1999-09-08", "62041", ""],
];

/// The birth names of those found, in the order of the alphabet.
fn found(place: &Place, role: &str, typed: &str) -> Vec<String> {
    let result = place.search(role, Seat::default(), typed);
    let names = result.people.iter().map(|line| {
        let values = line.origins.iter().flat_map(|origin| &origin.values);
        let name = values.into_iter().find(|value| value.field == "identity.birth_name");
        name.map(|value| value.value.clone()).unwrap_or_default()
    });
    let mut names: Vec<String> = names.collect();
    names.sort_unstable();
    names
}

#[test]
fn people_are_found_however_their_names_are_written() {
    for place in every_engine() {
        place.load("known.csv", &known(&PEOPLE));
        place.refresh();
        for (typed, expected) in [
            ("lefevre", &["LEFÈVRE"][..]),
            ("LEFÈV", &["LEFÈVRE"]),
            ("zoe lefevre", &["LEFÈVRE"]),
            ("lefevre  ZOÉ ", &["LEFÈVRE"]),
            ("lefevre anne", &[]),
            ("12345", &["LEFÈVRE"]),
            ("0012345", &["LEFÈVRE"]),
            ("r1", &["LEFÈVRE"]),
            ("01/12/1990", &["LEFÈVRE"]),
            ("1990-12-01 zo", &["LEFÈVRE"]),
            ("01.12.1990 dupont", &[]),
            ("vanhoutte", &["VAN HOUTTE"]),
            ("houtte claire", &["VAN HOUTTE"]),
            ("van houtte marie-cl", &["VAN HOUTTE"]),
            ("marieclaire", &["VAN HOUTTE"]),
            ("almeida", &["D’ALMEIDA"]),
            ("d'almeida jean", &["D’ALMEIDA"]),
            ("bruyere", &["D’ALMEIDA"]),
            ("bruyere almeida", &["D’ALMEIDA"]),
            ("ndiaye", &["N’DIAYE"]),
            ("bernadette", &["N’DIAYE"]),
            ("ndiaye marie-bernadette", &["N’DIAYE"]),
            ("bernardine", &[]),
            ("dupont", &["DUPONT", "DUPONT"]),
            ("dupont anne", &["DUPONT", "DUPONT"]),
            ("dupont annet", &["DUPONT"]),
            ("martin", &["DUPONT", "SAINT-MARTIN"]),
            ("st martin", &[]),
            ("saintmartin elodie", &["SAINT-MARTIN"]),
            ("œuvrard omer", &["OEUVRARD"]),
            ("%", &[]),
            ("_", &[]),
            ("'; DROP TABLE directory; --", &[]),
            ("", &[]),
        ] {
            assert_eq!(
                found(&place, "orientation_officer", typed),
                expected,
                "{}: {typed}",
                place.test.engine
            );
        }
    }
}

#[test]
fn a_source_finds_only_those_to_whom_its_names_may_be_shown() {
    // France Travail knows her by another name, and so does the Département; here the officer sees the Département alone.
    let without_ft =
        |text: &str| text.replace("to       = [\"orientation_officer\"]", "to       = [\"clerk\"]");
    let known_as = [["R1", "ABEL", "", "Zoé", "1990-12-01", "62041", ""]];
    let ft = pecgm(("2025-05-01", "2025-05-31"), &[["0007932X", "ZIMMER", "ZOE", "1990-12-01", "62193", ""]]);
    for place in every_engine() {
        place.load("known.csv", &known(&known_as));
        place.load("ft.xml", &ft);
        place.refresh();
        assert_eq!(found(&place, "orientation_officer", "zimmer"), ["ZIMMER"]);
        assert_eq!(found(&place, "orientation_officer", "7932X"), ["ZIMMER"]);
        let of_commune = |code: &str| {
            let tests = [Test::Commune(code.to_owned())];
            place.list("orientation_officer", Seat::default(), &tests).unwrap().count.number
        };
        assert_eq!((of_commune("62041"), of_commune("62193")), (1, 1), "{}", place.test.engine);
    }
    for place in
        every_engine_with(
            |text| if text.contains("62-echange-rsa") { without_ft(text) } else { text.to_owned() },
        )
    {
        place.load("known.csv", &known(&known_as));
        place.load("ft.xml", &ft);
        place.refresh();
        let engine = place.test.engine;
        assert_eq!(found(&place, "orientation_officer", "zoe"), ["ABEL"], "{engine}");
        assert!(found(&place, "orientation_officer", "zimmer").is_empty(), "{engine}");
        assert!(found(&place, "orientation_officer", "0007932X").is_empty(), "{engine}");
        assert!(found(&place, "orientation_officer", "zoe zimmer").is_empty(), "{engine}");
        // What rests on a hidden field looks like what is not there.
        for test in [Test::WithFranceTravail(true), Test::Category("1".to_owned())] {
            let refused = place.list("orientation_officer", Seat::default(), &[test]).unwrap_err();
            assert_eq!(refused.to_string(), "no such filter, or it is not yours to see", "{engine}");
        }
        assert_eq!(
            place.list("orientation_officer", Seat::default(), &[]).unwrap().count.number,
            1,
            "{engine}"
        );
    }
}

#[test]
fn one_person_whom_sources_give_otherwise_is_listed_once() {
    let people = [["R1", "ABEL", "", "Zoé", "1990-12-01", "62041", "133929600000000"]];
    let ft = |commune| {
        pecgm(("2025-05-01", "2025-05-31"), &[["0007932X", "ABEL", "ZOE", "1990-12-01", commune, ""]])
    };
    for place in every_engine() {
        place.load("known.csv", &known(&people));
        place.load("ft.xml", &ft("62193"));
        place.refresh();
        let engine = place.test.engine;
        let page = place.list("orientation_officer", Seat::default(), &[]).unwrap();
        let linked =
            place.test.rows("62", "SELECT DISTINCT person_id FROM link WHERE ended_at IS NULL").len() as u64;
        assert_eq!(page.count.number, linked, "{engine}: each person once");
        assert_eq!(
            place.search("orientation_officer", Seat::default(), "abel zoe").people.len() as u64,
            linked
        );
    }
}
