//! What stands against sending a liaison form, in words. They name the part, never what it holds.

use liant_casework::{FormFault, FormPart};
use liant_model::Lang;

/// All of them, in one line.
pub(crate) fn faults(all: &[FormFault], lang: Lang) -> String {
    let words = |fault: &FormFault| match lang {
        Lang::En => fault.to_string(),
        Lang::Fr => french(*fault),
    };
    all.iter().map(words).collect::<Vec<_>>().join(" ; ")
}

fn french(fault: FormFault) -> String {
    match fault {
        FormFault::Missing(what) => format!("il y manque {}", part(what)),
        FormFault::FreeText(what) => {
            format!("{} : plus d’une ligne, or la fiche n’a pas de texte libre (annexe 1)", part(what))
        }
        FormFault::Shape(what) => format!("{} : à relire, ce n’en a pas la forme", part(what)),
        FormFault::DecisionOnTacit => "une fiche d’accord tacite n’attend pas de décision (annexe 5)".to_owned(),
        FormFault::NotAgreed => {
            "la personne n’a pas donné son accord à la transmission de la fiche : rien n’est envoyé (art. 4.1)".to_owned()
        }
        FormFault::Unsigned => "elle n’est pas signée".to_owned(),
    }
}

const fn part(part: FormPart) -> &'static str {
    match part {
        FormPart::Name => "le nom de la personne",
        FormPart::FirstName => "son prénom",
        FormPart::Address => "son adresse",
        FormPart::Phone => "son téléphone",
        FormPart::Ft => "son identifiant France Travail",
        FormPart::Caf => "son numéro CAF",
        FormPart::Children => "le nombre de ses enfants",
        FormPart::Email => "son courriel",
        FormPart::Agency => "l’agence",
        FormPart::Adviser => "le conseiller",
        FormPart::LocalService => "le service local",
        FormPart::Referent => "le référent social",
        FormPart::Structure => "la structure mandatée",
        FormPart::SignedAs => "le nom de qui signe",
        FormPart::Place => "le lieu de la signature",
        FormPart::Seal => "le sceau",
    }
}
