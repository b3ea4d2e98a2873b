use std::path::Path;

use liant_app::{backup, transfer};
use liant_model::Lang;

use super::Call;
use crate::arguments::Store;
use crate::output::{Outcome, json, note};
use crate::workshop::Workshop;

/// For whom: who looks after the installation.
const PURPOSE: &str = "file-handling";

pub(super) fn run(call: &Call, store: &Store) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(None)?;
    let context = workshop.context(PURPOSE)?;
    let rows = match store {
        Store::Export { output } => transfer::export(&context, &workshop.workplace, output)?,
        Store::Import { file } => transfer::import(&context, &workshop.workplace, file)?,
        Store::Backup { file, days, json } => return back_up(call, &workshop, (file, *days), *json),
        Store::Restore { file, json } => return restore(call, &workshop, file, *json),
    };
    note(match call.lang {
        Lang::Fr => format!("{rows} lignes"),
        Lang::En => format!("{rows} rows"),
    });
    Ok(Outcome::Done)
}

fn back_up(
    call: &Call,
    workshop: &Workshop,
    (file, days): (&Path, Option<u16>),
    as_json: bool,
) -> anyhow::Result<Outcome> {
    let done = backup::back_up(&workshop.context(PURPOSE)?, &workshop.workplace, file, days)?;
    if as_json {
        json(&done)?;
        return Ok(Outcome::Done);
    }
    let (rows, expires) = (done.rows, done.expires);
    note(match call.lang {
        Lang::Fr => format!(
            "{rows} lignes, lisibles jusqu’au {expires} : la clé est alors détruite ; `liant.keys` n’est pas dans la sauvegarde"
        ),
        Lang::En => format!(
            "{rows} rows, readable until {expires}: then the key is destroyed; `liant.keys` is not in the backup"
        ),
    });
    Ok(Outcome::Done)
}

fn restore(call: &Call, workshop: &Workshop, file: &Path, as_json: bool) -> anyhow::Result<Outcome> {
    let done = backup::restore(&workshop.context(PURPOSE)?, &workshop.workplace, file)?;
    if as_json {
        json(&done)?;
        return Ok(Outcome::Done);
    }
    let (rows, again) = (done.rows, done.destroyed_again);
    note(match call.lang {
        Lang::Fr => format!(
            "{rows} lignes ; destructions refaites : {again}. Lancez `liant retention run` : ce qui est échu depuis la \
             sauvegarde part alors"
        ),
        Lang::En => format!(
            "{rows} rows; destructions done again: {again}. Run `liant retention run`: what fell due since the backup then goes"
        ),
    });
    if done.limits_of_nobody > 0 {
        let count = done.limits_of_nobody;
        note(match call.lang {
            Lang::Fr => format!(
                "{count} limitations ou oppositions sont de personnes que la sauvegarde n'a pas : dites-le au DPO, qui les fera \
                 valoir de nouveau quand elles reviendront"
            ),
            Lang::En => format!(
                "{count} restrictions or objections are of people whom the backup does not hold: tell the DPO, who carries them out \
                 again when they come back"
            ),
        });
    }
    Ok(Outcome::Done)
}
