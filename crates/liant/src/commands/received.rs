use liant_app::rejects as set_aside;
use liant_model::Lang;

use super::Call;
use crate::arguments::{InTerritory, Rejects};
use crate::output::{Outcome, either, json, line, note};

pub(super) fn list(call: &Call, place: &InTerritory) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(place.territory)?;
    let batches = liant_app::batches(&workshop.context("file-handling")?, &workshop.workplace)?;
    if place.json {
        json(&batches)?;
        return Ok(Outcome::Done);
    }
    for batch in &batches {
        let counts = &batch.counts;
        line(format!(
            "{:>4}  {:<12} {}  {:<10} {:>9} {} {:>6} {}  {}  {}",
            batch.batch,
            batch.flow,
            batch.reference_date,
            batch.state,
            counts.records,
            either(call.lang, "dossiers", "records"),
            counts.rejected,
            either(call.lang, "rejetés", "rejected"),
            batch.actor,
            batch.file_name,
        ));
    }
    if batches.iter().any(|batch| batch.counts.rejected > 0) {
        note(either(
            call.lang,
            "Ce qui a été rejeté, et pourquoi : liant flux rejects LOT (premier nombre de la ligne).",
            "What was rejected, and why: liant flux rejects BATCH (first number of the line).",
        ));
    }
    Ok(Outcome::Done)
}

pub(super) fn rejects(call: &Call, rejects: &Rejects) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(rejects.place.territory)?;
    let context = workshop.context("file-handling")?;
    let found = set_aside::list(&context, &workshop.workplace, rejects.batch)?;
    if let Some(output) = &rejects.output {
        set_aside::write_csv(&found, output, call.lang)?;
    }
    if rejects.place.json {
        json(&found)?;
        return Ok(Outcome::Done);
    }
    if let Some(output) = &rejects.output {
        line(output.display());
    } else {
        for reject in &found.rejects {
            line(format!(
                "{} {}, {} {} ({} {}), {}: {} ({})",
                either(call.lang, "enregistrement", "record"),
                reject.record,
                either(call.lang, "ligne", "line"),
                reject.line,
                either(call.lang, "octet", "byte"),
                reject.offset,
                reject.element,
                reject.message,
                reject.rule
            ));
        }
    }
    let (count, flow, date, file) =
        (found.rejects.len(), &found.flow, &found.reference_date, &found.file_name);
    note(match call.lang {
        Lang::Fr => format!("{flow} {date} ({file}) : {count} défauts."),
        Lang::En => format!("{flow} {date} ({file}): {count} problems."),
    });
    Ok(Outcome::Done)
}
