//! `liant match`: two lists in, explained links out.

use std::fs;

use crate::installation::Installation;

/// The same five people, with other columns in another order; one is written otherwise, one is a stranger.
const LEFT: &str = "id,prenom,nom_naissance,date_naissance,commune,nir\n\
    a1,Zoé,ARPENTEUR,1987-03-04,62041,2870362041007\n\
    a2,Noël,DUBOCAGE,1979-11-30,62498,\n\
    a3,Inès,VALLEMBREUSE,1991-07-15,62427,2910762427011\n\
    a4,Odilon,QUERVELEC,1965-01-02,62065,1650162065022\n";
const RIGHT: &str = "ref,nir,date_naissance,nom_naissance,prenom,commune\n\
    b4,1650162065022,1965-01-02,QUERVELEC,ODILON,62065\n\
    b1,2870362041007,1987-03-04,ARPENTEUR,ZOE,62041\n\
    b2,,1979-11-30,DUBOCAGE,NOEL,62498\n\
    b9,2750162193033,1975-01-19,HAUTERIVE,MAUD,62193\n";

fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect()
}

fn links(installation: &Installation, options: &[&str]) -> Vec<Vec<String>> {
    let said =
        installation.run("technician", &[&["match", "a.csv", "b.csv", "-o", "links.csv"], options].concat());
    assert_eq!(said.code, Some(0), "{said:?}");
    let text = fs::read_to_string(installation.path("links.csv")).unwrap();
    let mut rows: Vec<Vec<String>> =
        text.lines().map(|line| line.splitn(5, ',').map(str::to_owned).collect()).collect();
    assert_eq!(rows.remove(0), ["left_id", "right_id", "score", "decision", "reason"]);
    rows
}

#[test]
fn columns_come_in_any_order_and_any_encoding() {
    let installation = Installation::sqlite();
    installation.write("b.csv", RIGHT.as_bytes());
    for (encoding, bytes) in [("UTF-8", LEFT.as_bytes().to_vec()), ("windows-1252", latin(LEFT))] {
        installation.write("a.csv", &bytes);
        let mut found = links(&installation, &[]);
        found.sort();
        let found: Vec<(&str, &str, &str)> =
            found.iter().map(|row| (row[0].as_str(), row[1].as_str(), row[3].as_str())).collect();
        assert!(found.contains(&("a1", "b1", "match")), "{encoding}: {found:?}");
        assert!(found.contains(&("a4", "b4", "match")), "{encoding}: {found:?}");
        assert!(
            found.iter().any(|(left, right, _)| (*left, *right) == ("a2", "b2")),
            "{encoding}: {found:?}"
        );
        assert!(
            found.iter().all(|(left, right, _)| *left != "a3" && *right != "b9"),
            "{encoding}: {found:?}"
        );
    }
}

#[test]
fn a_link_says_why_in_the_language_asked_for() {
    let installation = Installation::sqlite();
    installation.write("a.csv", LEFT.as_bytes());
    installation.write("b.csv", RIGHT.as_bytes());
    let (fr, en) = (
        links(&installation, &["--explain", "--lang", "fr"]),
        links(&installation, &["--explain", "--lang", "en"]),
    );
    assert_eq!(fr.len(), en.len());
    for (fr, en) in fr.iter().zip(&en) {
        assert_ne!(fr[4], en[4]);
        for personal in ["ARPENTEUR", "1987", "28703"] {
            assert!(!fr[4].contains(personal) && !en[4].contains(personal));
        }
    }
}

#[test]
fn a_list_without_a_known_column_is_refused_and_nothing_is_written() {
    let installation = Installation::sqlite();
    installation.write("a.csv", b"id,couleur\n1,rouge\n");
    installation.write("b.csv", RIGHT.as_bytes());
    let said = installation.run("technician", &["match", "a.csv", "b.csv", "-o", "links.csv"]);
    assert_ne!(said.code, Some(0), "{said:?}");
    assert!(said.err.contains("nom_naissance"), "{said:?}");
    assert!(!installation.path("links.csv").exists());
}
