//! Codes and labels as the flows carry them, with the weight each has among invented people.
//! Labels are within the lengths of the exchange convention, annex 3.

/// A code and its label.
pub(crate) type Coded = (&'static str, &'static str);

/// Categories of registration (*catégorie d'inscription*).
pub(crate) const CATEGORIES: &[(Coded, u32)] = &[
    (("1", "CDI à plein temps"), 62),
    (("2", "CDI à temps partiel"), 9),
    (("3", "CDD, temporaire ou saisonnier"), 9),
    (("4", "Non immédiatement disponible"), 8),
    (("5", "Pourvu d'un emploi"), 12),
];

/// Situations with regard to work. The convention prints labels without codes: these codes are invented.
pub(crate) const SITUATIONS: &[(Coded, u32)] = &[
    (("SOB", "Sans objet"), 76),
    (("AIF", "Action d'insertion et de formation"), 6),
    (("CAE", "Contrat d'accompagnement dans l'emploi"), 5),
    (("CRE", "Création d'entreprise"), 4),
    (("PTP", "Personne pourvue d'un emploi à temps partiel"), 6),
    (("AUT", "Autres formations"), 3),
];

/// The situation of a person in training.
pub(crate) const IN_TRAINING: Coded = ("AIF", "Action d'insertion et de formation");

/// Reasons for ceasing, of annex 4, without 46 (change of zone) and 48 (retirement), which follow from events.
pub(crate) const CESSATIONS: &[(Coded, u32)] = &[
    (("11", "reprise d'emploi par ses propres moyens sur emploi durable à temps plein"), 9),
    (("12", "reprise d'emploi par ses propres moyens sur emploi à temps partiel"), 8),
    (("13", "reprise d'emploi par ses propres moyens sur emploi temporaire de - de 3 mois"), 6),
    (("14", "reprise d'emploi par ses propres moyens sur emploi temporaire de + de 3 mois"), 5),
    (("15", "reprise d'emploi par ses propres moyens sur emploi non précisé"), 4),
    (("16", "création d'entreprise"), 4),
    (("19", "entrée en contrat d'accompagnement dans l'emploi"), 4),
    (("21", "reprise d'emploi par l'agence sur emploi durable à temps plein"), 3),
    (("22", "reprise d'emploi par l'agence sur emploi à temps partiel"), 3),
    (("24", "reprise d'emploi par l'agence sur emploi temporaire de + de 3 mois"), 2),
    (("31", "entrée en stage par France Travail"), 6),
    (("32", "entrée en stage par ses propres moyens"), 3),
    (("36", "absence du lieu de résidence supérieure à 35 jours"), 1),
    (("41", "fin de stage ou de mesure"), 1),
    (("45", "maladie, maternité, accident du travail"), 6),
    (("47", "titre de séjour non valide"), 1),
    (("49", "autres cas"), 3),
    (("71", "autres cas d'arrêt de recherche d'emploi"), 4),
    (("90", "absence au contrôle (non-réponse à DAM)"), 26),
    (("95", "date de péremption atteinte (catégories 4 ou 5)"), 1),
    (("98", "DSM irrecevable (non signée)"), 1),
];

/// Change of France Travail site: the identifiers change with it.
pub(crate) const CHANGE_OF_SITE: Coded = ("46", "changement site France Travail");
/// Retirement.
pub(crate) const RETIREMENT: Coded = ("48", "retraite");

/// Reasons for striking off. The convention prints labels without codes: these codes are invented.
pub(crate) const RADIATIONS: &[(Coded, u32)] = &[
    (("61", "refus de formation suspension de 2 mois"), 1),
    (("63", "non réponse à convocation suspension de 1 mois"), 6),
    (("64", "insuffisance de recherche d'emploi suspension de 1 mois"), 3),
    (("66", "refus d'élaboration ou d'actualisation du PPAE suspension de 1 mois"), 2),
];

/// Levels of training.
pub(crate) const LEVELS: &[(Coded, u32)] = &[
    (("AFS", "aucune formation scolaire"), 6),
    (("CFG", "CFG ou CEP"), 3),
    (("CP4", "primaire à 4e achevée"), 7),
    (("C12", "2e / 1ère achevée"), 8),
    (("C3A", "BEPC / 3e achevée"), 9),
    (("NV5", "certification de niveau 5 (CAP, BEP)"), 36),
    (("NV4", "certification de niveau 4 (BAC)"), 18),
    (("NV3", "certification de niveau 3 (BAC + 2)"), 7),
    (("NV2", "certification de niveau 2 (BAC + 3 et + 4)"), 4),
    (("NV1", "certification de niveau 1 (BAC + 5 et plus)"), 2),
];

/// Sectors of training (FORMACODE).
pub(crate) const SECTORS: &[Coded] = &[
    ("21011", "Machinisme agricole"),
    ("42752", "Hôtellerie restauration"),
    ("22354", "Électricité bâtiment"),
    ("43436", "Aide médico-sociale"),
    ("34554", "Vente distribution"),
    ("35052", "Secrétariat assistanat"),
    ("31734", "Conduite poids lourd"),
    ("44028", "Petite enfance"),
];

/// Occupations (ROME v3).
pub(crate) const OCCUPATIONS: &[Coded] = &[
    ("K2204", "Nettoyage de locaux"),
    ("K1304", "Services domestiques"),
    ("N1103", "Magasinage et préparation de commandes"),
    ("N1105", "Manutention manuelle de charges"),
    ("G1602", "Personnel de cuisine"),
    ("D1106", "Vente en alimentation"),
    ("K1303", "Assistance auprès d'enfants"),
    ("F1703", "Maçonnerie"),
    ("A1203", "Aménagement et entretien des espaces verts"),
    ("M1607", "Secrétariat"),
    ("N4105", "Conduite et livraison par tournées sur courte distance"),
    ("D1507", "Mise en rayon libre-service"),
    ("K1302", "Assistance auprès d'adultes"),
    ("F1606", "Peinture en bâtiment"),
    ("H2102", "Conduite d'équipement de production alimentaire"),
];

/// Main axes of work.
pub(crate) const AXES: &[(Coded, u32)] = &[
    (("01", "Retour direct à l'emploi"), 22),
    (("02", "Techniques de recherche d'emploi"), 16),
    (("03", "Stratégie de recherche d'emploi"), 14),
    (("04", "Adaptation au marché du travail"), 14),
    (("05", "Élaboration du projet professionnel"), 16),
    (("06", "Levée des freins périphériques à l'emploi"), 14),
    (("07", "À approfondir"), 4),
];

/// Modes of accompaniment.
pub(crate) const MODALITIES: &[(Coded, u32)] = &[
    (("APR", "À approfondir"), 6),
    (("GUI", "Accompagnement guidé"), 38),
    (("REN", "Accompagnement renforcé"), 26),
    (("SUI", "Suivi"), 22),
    (("GLO", "Accompagnement global proposé"), 8),
];

/// Natures of orientation (01 to 06), by weight.
pub(crate) const NATURES: &[(&str, u32)] =
    &[("01", 34), ("02", 12), ("03", 6), ("04", 4), ("05", 30), ("06", 14)];

/// Reasons the RSA right closes (MOTICLORSA); MUT, the move to another fund, is for good.
pub(crate) const CLOSURES: &[(&str, u32)] =
    &[("RGD", 30), ("EFF", 15), ("ECH", 15), ("PCG", 12), ("RFD", 12), ("MUT", 16)];

/// Reasons payment is suspended (MOTISUSVERSRSA).
pub(crate) const PAYMENT_SUSPENSIONS: &[(&str, u32)] = &[
    ("01", 20),
    ("05", 10),
    ("06", 20),
    ("31", 8),
    ("35", 6),
    ("36", 6),
    ("44", 8),
    ("70", 6),
    ("AB", 4),
    ("CZ", 2),
];

/// Reasons the right is suspended (MOTISUSDRORSA).
pub(crate) const RIGHT_SUSPENSIONS: &[(&str, u32)] = &[("01", 3), ("02", 2), ("07", 1)];

/// Natures of the benefit (NATPF).
pub(crate) const BENEFITS: &[(&str, u32)] = &[("RSD", 88), ("RSI", 11), ("RSJ", 1)];

#[cfg(test)]
mod tests {
    use super::*;
    use liant_model::CodeLists;

    #[test]
    fn labels_are_within_the_lengths_of_the_convention() {
        let longest = |list: &[(Coded, u32)]| list.iter().map(|((_, label), _)| label.chars().count()).max();
        assert!(longest(CATEGORIES) <= Some(60));
        assert!(longest(SITUATIONS) <= Some(45));
        assert!(longest(LEVELS) <= Some(50));
        assert!(longest(RADIATIONS) <= Some(75));
        assert!(longest(MODALITIES) <= Some(40));
        assert!(SECTORS.iter().all(|(_, label)| label.chars().count() <= 30));
        assert!(OCCUPATIONS.iter().all(|(_, label)| label.chars().count() <= 150));
    }

    #[test]
    fn codes_are_those_of_the_lists() {
        let lists = CodeLists::shipped().unwrap();
        for (name, codes) in [
            ("ft-category", CATEGORIES.iter().map(|entry| entry.0.0).collect::<Vec<_>>()),
            ("ft-cessation", CESSATIONS.iter().map(|entry| entry.0.0).collect()),
            ("ft-level", LEVELS.iter().map(|entry| entry.0.0).collect()),
            ("ft-axis", AXES.iter().map(|entry| entry.0.0).collect()),
            ("ft-modality", MODALITIES.iter().map(|entry| entry.0.0).collect()),
            ("orientation-nature", NATURES.iter().map(|entry| entry.0).collect()),
            ("cnaf-closure", CLOSURES.iter().map(|entry| entry.0).collect()),
            ("cnaf-payment-suspension", PAYMENT_SUSPENSIONS.iter().map(|entry| entry.0).collect()),
            ("cnaf-benefit", BENEFITS.iter().map(|entry| entry.0).collect()),
        ] {
            let list = lists.get(name).unwrap();
            for code in codes {
                assert!(list.get(code).is_some(), "{code} is not in {name}");
            }
        }
    }
}
