use liant_model::Lang;

use super::Call;
use crate::arguments::Store;
use crate::output::{Outcome, note};

pub(super) fn run(call: &Call, store: &Store) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(None)?;
    let context = workshop.context("file-handling")?;
    let rows = match store {
        Store::Export { output } => liant_app::transfer::export(&context, &workshop.workplace, output)?,
        Store::Import { file } => liant_app::transfer::import(&context, &workshop.workplace, file)?,
    };
    note(match call.lang {
        Lang::Fr => format!("{rows} lignes"),
        Lang::En => format!("{rows} rows"),
    });
    Ok(Outcome::Done)
}
