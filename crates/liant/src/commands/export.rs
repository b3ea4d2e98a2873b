use liant_app::cgpem;
use liant_model::Lang;

use super::Call;
use crate::arguments::Export;
use crate::output::{Outcome, either, json, line, note};

pub(super) fn run(call: &Call, export: &Export) -> anyhow::Result<Outcome> {
    let Export::Cgpem(export) = export;
    let workshop = call.workshop(export.territory)?;
    let context = workshop.context("file-handling")?;
    let report = cgpem::export(&context, &workshop.workplace, &export.output, export.date, call.lang)?;
    if export.json {
        json(&report)?;
    } else {
        tell(call.lang, &report);
    }
    Ok(if report.refused.is_empty() { Outcome::Done } else { Outcome::DataAtFault })
}

/// A file built, in words.
pub(super) fn tell(lang: Lang, report: &cgpem::CgpemReport) {
    line(format!("CGPEM {} — {}", report.reference_date, report.clauses.join(" ; ")));
    let show = |fr: &str, en: &str, count: u64| line(format!("  {count:>9}  {}", either(lang, fr, en)));
    show("bénéficiaires en cours", "recipients in course", report.recipients);
    show("dossiers écrits", "records written", report.written);
    show(
        "sans décision d'orientation : absents du fichier",
        "without an orientation decision: not in the file",
        report.to_orient.len() as u64,
    );
    show(
        "refusés par les règles du flux : absents du fichier",
        "refused by the flow's rules: not in the file",
        report.refused.len() as u64,
    );
    for (warning, count) in &report.warnings {
        line(format!("  {count:>9}  {} — {}", warning.message, warning.help));
    }
    for refused in report.refused.iter().take(10) {
        for problem in &refused.problems {
            note(format!("  {} : {} ({})", refused.person, problem.message, problem.rule));
        }
    }
    line(report.file.display());
}
