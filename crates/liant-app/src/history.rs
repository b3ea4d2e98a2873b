//! The files received, as a monthly follow-up shows them.

use std::collections::BTreeMap;

use liant_convention::Direction;
use liant_model::{AccountId, Instant, Territory};

use crate::{AppError, Context, ImportReport, Workplace, access};

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
    /// When its import began.
    #[serde(skip)]
    pub at: Instant,
    /// Clause it was received under.
    #[serde(skip)]
    pub clause: String,
}

/// The files received of the flows that the actor takes in, latest first.
///
/// # Errors
/// When the store cannot be read.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the bare method is not general over lifetimes"
)]
pub fn batches(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<ReceivedFile>, AppError> {
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.batches())?;
    let mut hers: BTreeMap<String, bool> = BTreeMap::new();
    for row in &rows {
        if !hers.contains_key(&row.flow) {
            let handles = access::handles(context, workplace, (&row.flow, Direction::Receive))?;
            hers.insert(row.flow.clone(), handles);
        }
    }
    Ok(rows
        .into_iter()
        .filter(|row| hers.get(&row.flow) == Some(&true))
        .map(|row| ReceivedFile {
            batch: row.batch.0,
            flow: row.flow,
            reference_date: row.reference_date,
            state: row.state,
            actor: row.actor,
            file_name: row.file_name,
            counts: serde_json::from_str(&row.counts).unwrap_or_default(),
            at: row.started_at,
            clause: row.received_under,
        })
        .collect())
}

/// The names of the accounts that have acted, as colleagues see them. An actor of the command line is her own name.
///
/// # Errors
/// When the store cannot be read.
pub fn names(
    workplace: &Workplace,
    territory: Territory,
    actors: impl IntoIterator<Item = String>,
) -> Result<BTreeMap<String, String>, AppError> {
    let ids: BTreeMap<String, AccountId> =
        actors.into_iter().filter_map(|actor| Some((actor.clone(), actor.parse().ok()?))).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    Ok(workplace.store.directory(territory, |directory| {
        let mut names = BTreeMap::new();
        for (actor, id) in ids {
            if let Some(account) = directory.account(id)? {
                names.insert(actor, account.name);
            }
        }
        Ok(names)
    })?)
}
