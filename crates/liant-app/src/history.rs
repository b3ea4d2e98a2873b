//! The files received, as a monthly follow-up shows them.

use liant_model::Territory;

use crate::{AppError, ImportReport, Workplace};

/// One file received.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ReceivedFile {
    /// Its batch.
    pub batch: i64,
    /// The flow.
    pub flow: String,
    /// The date it speaks for.
    pub reference_date: String,
    /// `loading`, `published` or `abandoned`.
    pub state: String,
    /// Who imported it.
    pub actor: String,
    /// Name of the file.
    pub file_name: String,
    /// What its import did.
    pub counts: ImportReport,
}

/// The files received, latest first.
///
/// # Errors
/// When the store cannot be read.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the bare method is not general over lifetimes"
)]
pub fn batches(workplace: &Workplace, territory: Territory) -> Result<Vec<ReceivedFile>, AppError> {
    let rows = workplace.store.read(territory, |snapshot| snapshot.batches())?;
    Ok(rows
        .into_iter()
        .map(|row| ReceivedFile {
            batch: row.batch.0,
            flow: row.flow,
            reference_date: row.reference_date,
            state: row.state,
            actor: row.actor,
            file_name: row.file_name,
            counts: serde_json::from_str(&row.counts).unwrap_or_default(),
        })
        .collect())
}
