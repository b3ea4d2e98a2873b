//! Erasure (GDPR art. 17): shown, carried out, refused.

use liant_app::rights;
use liant_app::rights::erasure::{self, ErasureGround, ErasureRefusal, FactSet, Kept, Plan, Wish};
use liant_model::Lang;

use super::Call;
use super::people::code;
use crate::erasure_arguments::Erasure;
use crate::output::{Outcome, either, json, line, note};

/// For whom: the rights of people (*droits des personnes*).
const PURPOSE: &str = "person-rights";

pub(super) fn run(call: &Call, erasure: &Erasure) -> anyhow::Result<Outcome> {
    let place = match erasure {
        Erasure::Erase { place, .. } | Erasure::Refuse { place, .. } | Erasure::Admit { place, .. } => place,
    };
    let workshop = call.workshop(place.territory)?;
    let context = workshop.context(PURPOSE)?;
    let workplace = &workshop.workplace;
    match erasure {
        Erasure::Erase { request, ground, sources, sets, dry_run, .. } => {
            let ground = code(ground, ErasureGround::from_code, ErasureGround::ALL)?;
            let sets = sets.iter().map(|set| code(set, FactSet::from_code, FactSet::ALL));
            let wish = Wish { ground, sources: sources.clone(), sets: sets.collect::<Result<_, _>>()? };
            let plan = erasure::plan(&context, workplace, *request, &wish)?;
            if *dry_run {
                if place.json {
                    json(&plan)?;
                } else {
                    tell(call.lang, &plan);
                }
                return Ok(if plan.possible { Outcome::Done } else { Outcome::DataAtFault });
            }
            let done = erasure::carry_out(&context, workplace, (*request, plan.version, &plan.seen), &wish)?;
            if place.json {
                json(&done)?;
                return Ok(Outcome::Done);
            }
            match &done.certificate {
                Some(certificate) => line(certificate.words(call.lang).trim_end()),
                None => note(either(
                    call.lang,
                    "C’est effacé ; des octets restent dans les fichiers de la base, que quelqu’un lit : `retention run` achève et atteste.",
                    "It is erased; bytes are left in the store’s files, which somebody reads: `retention run` ends it and certifies.",
                )),
            }
        }
        Erasure::Refuse { request, reason, .. } => {
            let reason = code(reason, ErasureRefusal::from_code, ErasureRefusal::ALL)?;
            let version = rights::one(&context, workplace, *request)?.version;
            erasure::refuse(&context, workplace, (*request, version), reason)?;
            note(either(call.lang, "C’est noté.", "Noted."));
        }
        Erasure::Admit { request, .. } => {
            erasure::admit(&context, workplace, *request)?;
            note(either(call.lang, "C’est noté.", "Noted."));
        }
    }
    Ok(Outcome::Done)
}

fn tell(lang: Lang, plan: &Plan) {
    line(match lang {
        Lang::Fr => format!("Demande {}, {} :", plan.request, plan.article),
        Lang::En => format!("Request {}, {}:", plan.request, plan.article),
    });
    for one in &plan.lines {
        let what = match (&one.source, one.set) {
            (Some(source), Some(set)) => format!("{source} {set}"),
            _ => {
                either(lang, "ce que le Département a enregistré", "what the Département recorded").to_owned()
            }
        };
        let clause = one.clause.as_ref().map(ToString::to_string).unwrap_or_default();
        let fate = match one.kept {
            Some(kept) => said(lang, kept),
            None if one.meant => either(lang, "effacé", "erased"),
            None => either(lang, "reste", "stays"),
        };
        line(format!("  {what:<40} {:>5}  {fate:<32} {clause} ({})", one.items, one.basis.join(" ; ")));
    }
    if !plan.parties.is_empty() {
        line(format!("  {} : {}", either(lang, "à prévenir", "to be told"), plan.parties.join(", ")));
    }
    if !plan.possible {
        return;
    }
    note(if plan.keeps_out {
        either(
            lang,
            "les prochains fichiers des mêmes registres ne ramèneront pas la personne",
            "the next files of the same registers will not bring the person back",
        )
    } else {
        either(
            lang,
            "le prochain fichier d’un registre peut ramener ce qu’il dit encore",
            "the next file of a register may bring back what it still says",
        )
    });
    if plan.frozen_lists > 0 {
        note(match lang {
            Lang::Fr => {
                format!("{} listes semestrielles figées restent, si elles la nomment", plan.frozen_lists)
            }
            Lang::En => format!("{} frozen half-yearly lists stay, if they name her", plan.frozen_lists),
        });
    }
}

fn said(lang: Lang, kept: Kept) -> &'static str {
    match kept {
        Kept::LegalObligation => either(lang, "reste : obligation légale", "stays: legal obligation"),
        Kept::PublicTask => {
            either(lang, "reste : mission d’intérêt public", "stays: task in the public interest")
        }
        Kept::LegalClaims => either(lang, "reste : droits en justice", "stays: legal claims"),
        Kept::NoGround => either(lang, "reste : le motif n’est pas rempli", "stays: the ground is not met"),
        Kept::NoUse => either(
            lang,
            "reste : aucune clause ne permet de détruire",
            "stays: no clause lets it be destroyed",
        ),
    }
}
