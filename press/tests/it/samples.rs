//! The documents of Liant, from their templates and invented data.

use crate::reader::{objects, poppler, printed, structure, text};

const ALL: [&str; 12] = [
    "copy-fr",
    "copy-en",
    "copy-long",
    "copy-empty",
    "liaison-tacit",
    "liaison-bilateral",
    "liaison-bilateral-en",
    "liaison-blank",
    "liaison-long",
    "cer",
    "cer-en-draft",
    "diagnosis",
];

/// Names a folder in which the documents are left, for a checker of PDF/UA.
const LEFT_IN: &str = "LIANT_PRESS_SAMPLES";

/// Points from the left edge to the right margin of a page, whichever the template.
const RIGHT: f32 = 595.28 - 17.0 * 72.0 / 25.4 + 0.5;

/// Words that stand farther right than the text may.
fn outside(document: &[u8]) -> Vec<String> {
    let boxes = poppler("pdftotext", &["-bbox"], document);
    let edge = |line: &str| -> f32 {
        let (_, rest) = line.split_once("xMax=\"").unwrap();
        rest.split_once('"').unwrap().0.parse().unwrap()
    };
    boxes
        .lines()
        .filter(|line| line.trim().starts_with("<word") && edge(line) > RIGHT)
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_sample_prints_within_its_page() {
    for name in ALL {
        let document = printed(name);
        assert!(text(&document).len() > 100, "{name}");
        assert_eq!(outside(&document), Vec::<String>::new(), "{name}");
        if let Some(folder) = std::env::var_os(LEFT_IN) {
            std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), &document).unwrap();
        }
    }
}

#[test]
fn headings_go_down_by_one_and_tables_have_heads() {
    for name in ALL {
        let kinds = structure(&objects(&printed(name)));
        let mut last = 0;
        for level in kinds.iter().filter_map(|kind| kind.strip_prefix('H')?.parse::<u8>().ok()) {
            assert!(level <= last + 1, "{name}: {kinds:?}");
            last = level;
        }
        assert_eq!(kinds.iter().filter(|kind| *kind == "H1").count(), 1, "{name}");
        if kinds.iter().any(|kind| kind == "Table") {
            assert!(kinds.iter().any(|kind| kind == "TH"), "{name}");
        }
    }
}

#[test]
fn her_copy_says_what_is_held_from_whom_and_who_read_it() {
    let said = text(&printed("copy-fr"));
    for part in [
        "Copie de vos données",
        "Jeanne Abeille, née Crèvecœur",
        "Nom de naissance",
        "CRÈVECŒUR",
        "Avant, dès le 3 avril 2025 : Lens (62498)",
        "62-departement v1, §9",
        "jamais affiché",
        "Vos accompagnements",
        "Vous entrez dans l’accompagnement global",
        "Qui a consulté votre dossier",
        "Chargé d’orientation",
        "Motif : orienter",
        "Accepté le 16 novembre 2026",
        "seul ce qui est à vous est montré",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let kinds = structure(&objects(&printed("copy-fr")));
    assert_eq!(kinds.iter().filter(|kind| *kind == "Table").count(), 5);
}

/// Every part of the models (annexes 5 and 6).
const OF_THE_MODELS: [&str; 30] = [
    "Fiche de liaison",
    "Orientation en accompagnement global",
    "cofinancé",
    "FRANCE TRAVAIL",
    "Nom et prénom",
    "Fonction",
    "Téléphone",
    "Mél",
    "Agence France Travail",
    "Conseil départemental (SLAI)",
    "Référent social du Conseil départemental (animateur)",
    "Référent social mandaté par le Conseil départemental",
    "Nom de la structure",
    "Date de naissance",
    "Adresse postale",
    "Identifiant France Travail",
    "Identifiant CAF",
    "Situation de famille",
    "Nombre d’enfants à charge",
    "BRSA",
    "RQTH",
    "Faire face à des difficultés financières",
    "Faire face à des difficultés de logement",
    "Prendre en compte son état de santé",
    "Faire face à des difficultés administratives ou juridiques",
    "Surmonter des contraintes familiales",
    "Développer ses capacités d’insertion et de communication",
    "Accéder à un moyen de transport",
    "Aucune information d’ordre économique et financier",
    "Signature du demandeur d’emploi",
];

#[test]
fn both_models_hold_every_part() {
    for name in ["liaison-tacit", "liaison-bilateral", "liaison-blank"] {
        let said = text_in_order(&printed(name)).to_lowercase();
        for part in OF_THE_MODELS {
            assert!(said.contains(&part.to_lowercase()), "{name}: {part}: {said}");
        }
    }
    let (tacit, bilateral) = (text(&printed("liaison-tacit")), text(&printed("liaison-bilateral")));
    assert!(tacit.contains("Accord tacite") && !tacit.contains("Décision suite au diagnostic partagé"));
    assert!(
        bilateral.contains("Accord bilatéral") && bilateral.contains("Décision suite au diagnostic partagé")
    );
}

/// The text in the order in which it is read aloud.
fn text_in_order(document: &[u8]) -> String {
    poppler("pdftotext", &["-raw"], document).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn ticks_are_those_of_the_form() {
    let said = text_in_order(&printed("liaison-bilateral"));
    for ticked in ["☑ Faire face à des difficultés financières", "☑ Accéder à un moyen", "☑ Seul(e)"]
    {
        assert!(said.contains(ticked), "{ticked}: {said}");
    }
    for open in ["☐ Prendre en compte son état de santé", "☐ En couple"] {
        assert!(said.contains(open), "{open}: {said}");
    }
    let blank = text_in_order(&printed("liaison-blank"));
    assert!(!blank.contains('☑'), "{blank}");
    assert_eq!(blank.matches('☐').count(), 2 + 2 + 2 + 2 + 7 + 2 + 2, "{blank}");
}

/// An address stands in the form by consent alone.
#[test]
fn an_address_stands_by_consent() {
    assert!(text(&printed("liaison-bilateral")).contains("jeanne.abeille@exemple.test"));
    assert!(!text(&printed("liaison-tacit")).contains("jeanne.abeille"));
}

#[test]
fn a_signature_has_its_name_time_and_seal() {
    let said = text_in_order(&printed("liaison-bilateral"));
    for part in ["Jeanne Abeille", "16/11/2026 à 09:04:00", "5f3c9a1e"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

/// Goals and actions of the record, both signatures of the contract; a diagnosis is signed by nobody and says what it leaves out.
#[test]
fn a_contract_says_what_both_commit_to() {
    let contract = text_in_order(&printed("cer"));
    for part in [
        "Contrat d’engagements réciproques",
        "ABEILLE (CRÈVECŒUR) Jeanne",
        "15 mai 2027",
        "Trouver un logement",
        "Démarche accompagnée",
        "Passer le permis de conduire",
        "Tient ses rendez-vous",
        "Signatures",
        "62-departement v1",
    ] {
        assert!(contract.contains(part), "{part}: {contract}");
    }
    let draft = text_in_order(&printed("cer-en-draft"));
    assert!(draft.contains("Draft, to be signed") && draft.contains("Nothing is noted yet"), "{draft}");
    let diagnosis = text_in_order(&printed("diagnosis"));
    assert!(diagnosis.contains("Synthèse du diagnostic") && !diagnosis.contains("Signatures"), "{diagnosis}");
    assert!(
        diagnosis.contains("ce que son lecteur n’a pas à connaître") && !contract.contains("son lecteur")
    );
}
