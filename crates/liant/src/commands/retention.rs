use std::fs;
use std::path::Path;

use liant_app::accounts::unused;
use liant_app::retention::{self, Certificate, Part, Plan};
use liant_app::{AppError, trail};
use liant_model::{ActId, Date, Lang};

use super::Call;
use super::accounts::told;
use super::audit::{public_key, signing_key};
use crate::arguments::{InTerritory, Retention};
use crate::output::{Outcome, either, json, line, note};

/// For whom: the rights of people (*droits des personnes*).
const PURPOSE: &str = "person-rights";

pub(super) fn run(call: &Call, retention: &Retention) -> anyhow::Result<Outcome> {
    match retention {
        Retention::Plan { date, place } => plan(call, *date, place),
        Retention::Run(place) => destroy(call, place),
        Retention::List(place) => list(call, place),
        Retention::Certificate { run, output, key, place } => certificate(call, *run, (output, key), place),
        Retention::Verify { file, key } => {
            let text = fs::read_to_string(file).map_err(|error| AppError::file(file, error))?;
            match retention::verify(&text, &public_key(key)?) {
                Ok(certificate) => {
                    note(either(call.lang, "La signature est bonne.", "The signature is good."));
                    tell(&certificate, call.lang);
                    Ok(Outcome::Done)
                }
                Err(AppError::Value(why)) => {
                    line(why);
                    Ok(Outcome::DataAtFault)
                }
                Err(error) => Err(error.into()),
            }
        }
    }
}

fn plan(call: &Call, date: Option<Date>, place: &InTerritory) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(place.territory)?;
    let plan = retention::plan(&workshop.context(PURPOSE)?, &workshop.workplace, date)?;
    if place.json {
        json(&plan)?;
        return Ok(Outcome::Done);
    }
    let Plan { day, parts, withheld, undated, under_way } = plan;
    line(match call.lang {
        Lang::Fr => format!("À détruire le {day} :"),
        Lang::En => format!("Due on {day}:"),
    });
    lines(&parts, call.lang);
    for source in withheld {
        note(match call.lang {
            Lang::Fr => {
                format!("aucune clause `[[use]]` ne permet au logiciel de détruire les données de {source}")
            }
            Lang::En => format!("no `[[use]]` clause lets the software destroy the data of {source}"),
        });
    }
    if undated > 0 {
        note(match call.lang {
            Lang::Fr => format!(
                "{undated} données d’une convention dont le fichier manque : aucune durée ne les borne"
            ),
            Lang::En => format!(
                "{undated} data of a convention whose file is missing: nothing says how long they are kept"
            ),
        });
    }
    if under_way {
        note(either(
            call.lang,
            "une destruction commencée n’est pas achevée : `retention run` la reprend",
            "a destruction was begun and has not ended: `retention run` goes on with it",
        ));
    }
    Ok(Outcome::Done)
}

fn lines(parts: &[Part], lang: Lang) {
    for part in parts {
        line(format!("  {}", part.words(lang)));
    }
    if parts.is_empty() {
        line(format!("  {}", either(lang, "rien", "nothing")));
    }
}

fn destroy(call: &Call, place: &InTerritory) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(place.territory)?;
    let context = workshop.context(PURPOSE)?;
    let certificate = retention::run(&context, &workshop.workplace, |_| {})?;
    let accounts = unused::see_to(&workshop.office()?).map_err(|error| told(error, call.lang))?;
    if place.json {
        json(&serde_json::json!({ "certificate": certificate, "accounts": accounts }))?;
        return Ok(Outcome::Done);
    }
    match certificate {
        Some(certificate) => tell(&certificate, call.lang),
        None => note(either(call.lang, "rien à détruire", "nothing is due")),
    }
    note(match call.lang {
        Lang::Fr => {
            format!("comptes inutilisés : {} avertis, {} supprimés", accounts.warned, accounts.deleted)
        }
        Lang::En => format!("unused accounts: {} warned, {} deleted", accounts.warned, accounts.deleted),
    });
    Ok(Outcome::Done)
}

fn tell(certificate: &Certificate, lang: Lang) {
    line(certificate.words(lang).trim_end());
}

fn list(call: &Call, place: &InTerritory) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(place.territory)?;
    let runs = retention::runs(&workshop.context(PURPOSE)?, &workshop.workplace)?;
    if place.json {
        let shown = runs.iter().map(|run| {
            serde_json::json!({
                "id": run.id.to_string(), "day": run.day, "begun_at": run.begun_at, "begun_by": run.begun_by,
                "ended_at": run.ended_at,
            })
        });
        json(&shown.collect::<Vec<_>>())?;
        return Ok(Outcome::Done);
    }
    for run in runs {
        let ended = match run.ended_at {
            Some(at) => at.to_string(),
            None => either(call.lang, "non achevée", "not ended").to_owned(),
        };
        line(format!("{}  {}  {}  {ended}", run.id, run.day, run.begun_by));
    }
    Ok(Outcome::Done)
}

fn certificate(
    call: &Call,
    run: ActId,
    (output, key): (&Path, &Path),
    place: &InTerritory,
) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(place.territory)?;
    let key = signing_key(key, &trail::log_origin(workshop.territory()))?;
    let signed = retention::sign(&workshop.context(PURPOSE)?, &workshop.workplace, (run, &key))?;
    let text = serde_json::to_string_pretty(&signed)?;
    fs::write(output, format!("{text}\n")).map_err(|error| AppError::file(output, error))?;
    if place.json {
        json(&serde_json::json!({ "file": output }))?;
    } else {
        line(output.display());
    }
    Ok(Outcome::Done)
}
