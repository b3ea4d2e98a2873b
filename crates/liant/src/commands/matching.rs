use liant_app::matching::{MatchRequest, match_files};
use liant_model::Lang;

use super::Call;
use crate::arguments::Match;
use crate::output::{Outcome, note};

pub(super) fn run(call: &Call, matching: &Match) -> anyhow::Result<Outcome> {
    let request = MatchRequest { threshold: matching.threshold, explain: matching.explain, lang: call.lang };
    let report = match_files(&matching.left, &matching.right, &matching.output, request)?;
    note(match call.lang {
        Lang::Fr => format!(
            "{} personnes comparées à {} : {} liens, {} à examiner ({} paires).",
            report.left, report.right, report.matched, report.to_review, report.compared
        ),
        Lang::En => format!(
            "{} people matched against {}: {} links, {} to review ({} pairs).",
            report.left, report.right, report.matched, report.to_review, report.compared
        ),
    });
    if report.transcoded > 0 {
        note(match call.lang {
            Lang::Fr => {
                format!("Fichiers qui ne sont pas en UTF-8, lus comme windows-1252 : {}.", report.transcoded)
            }
            Lang::En => format!("Files that are not UTF-8, read as windows-1252: {}.", report.transcoded),
        });
    }
    Ok(Outcome::Done)
}
