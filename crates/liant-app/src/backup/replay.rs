//! Destroys again, in a store that is being filled from a backup, what was destroyed since.

use std::path::Path;

use liant_model::{BatchNo, Territory};
use liant_store::Filling;
use liant_store::retention::Destroying;

use super::ledger::{self, Line};
use crate::retention::{Part, write_part};
use crate::{AppError, Workplace};

/// Everything on record that the backup does not know of. Gives the number of runs and deleted accounts, and that of the limits on the
/// use of someone's data whose person the backup does not hold.
///
/// A run that had ended when the backup was made is left alone: what was recorded since about who stays is not its business.
pub(super) fn all(workplace: &Workplace, filling: &mut Filling<'_>) -> Result<(u64, u64), AppError> {
    let (mut done, mut unfound) = (0, 0);
    for path in ledger::files(&workplace.backups.folder)? {
        done += u64::from(file(&path, (filling, &mut unfound))?);
    }
    Ok((done, unfound))
}

/// Whether there was something to do.
fn file(path: &Path, (filling, unfound): (&mut Filling<'_>, &mut u64)) -> Result<bool, AppError> {
    let (mut again, mut end, mut is_done, mut limit, mut admitted) = (None, None, false, None, None);
    let mut meant = None;
    ledger::each(path, |line| {
        match line {
            Line::Begun { territory, run, day, at, by } => {
                let territory = Territory::parse(&territory);
                let here = territory.ok().filter(|territory| filling.territories().contains(territory));
                let Some(territory) = here else { return Ok(()) };
                if !filling.has_ended(territory, run)? {
                    again = Some(filling.destroy_again(territory, (run, day, at, &by))?);
                }
            }
            Line::Account { account, .. } => {
                filling.leave_out(account)?;
                is_done = true;
            }
            Line::Ended { at, certificate } => end = Some((at, certificate)),
            Line::Limit { territory, limit: kept, .. } => limit = Some((territory, kept)),
            Line::Admitted { territory, request, .. } => admitted = Some((territory, request)),
            Line::Erased { gone, parts, erasure } => meant = Some((gone, parts, erasure)),
            Line::Carried { request } => {
                let meant = meant.take().filter(|(.., erasure)| erasure.request() == request);
                if let (Some(again), Some(erased)) = (&mut again, meant) {
                    erase(path, again, erased)?;
                }
            }
            line => {
                if let Some(again) = &mut again {
                    destroy(path, again, line)?;
                }
            }
        }
        Ok(())
    })?;
    if let Some((territory, kept)) = limit {
        let here = Territory::parse(&territory).ok().filter(|one| filling.territories().contains(one));
        if let Some(territory) = here {
            *unfound += u64::from(!filling.limit_again(territory, &kept.row())?);
        }
    }
    if let Some(again) = again {
        is_done = true;
        again.done_again(end.as_ref().map(|(at, certificate)| (*at, certificate.as_str())))?;
    }
    // Last, so that what keeps her out is there to be forgotten.
    if let Some((territory, request)) = admitted {
        let here = Territory::parse(&territory).ok().filter(|one| filling.territories().contains(one));
        if let Some(territory) = here {
            filling.admit_again(territory, request)?;
        }
    }
    Ok(is_done)
}

fn destroy(path: &Path, again: &mut Destroying, line: Line) -> Result<(), AppError> {
    match line {
        Line::People { looked_at, gone, parts } => {
            let doomed = gone.iter().map(ledger::Gone::doomed).collect::<Option<Vec<_>>>();
            let doomed = doomed.ok_or_else(|| AppError::file(path, "a block of facts is unknown"))?;
            let parts: Vec<_> = parts.iter().map(write_part).collect();
            again.destroy(&doomed, looked_at, &parts)?;
        }
        Line::Rejects { batch, part } => {
            again.destroy_rejects(BatchNo(batch), &write_part(&part))?;
        }
        Line::AccessLog { before, part } => {
            again.destroy_access_log(before, &write_part(&part))?;
        }
        Line::Entries { before, part } => {
            again.erase_entries(before, &write_part(&part))?;
        }
        Line::Begun { .. }
        | Line::Ended { .. }
        | Line::Account { .. }
        | Line::Erased { .. }
        | Line::Carried { .. }
        | Line::Admitted { .. }
        | Line::Limit { .. } => {}
    }
    Ok(())
}

fn erase(
    path: &Path,
    again: &mut Destroying,
    (gone, parts, erasure): (Vec<ledger::Gone>, Vec<Part>, Box<ledger::KeptErasure>),
) -> Result<(), AppError> {
    let doomed = gone.iter().map(ledger::Gone::doomed).collect::<Option<Vec<_>>>();
    let doomed = doomed.ok_or_else(|| AppError::file(path, "a block of facts is unknown"))?;
    let parts: Vec<_> = parts.iter().map(write_part).collect();
    Ok(again.erase(&doomed, &erasure.erasing(), &parts)?)
}
