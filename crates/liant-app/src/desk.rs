//! What waits for those who handle files, keep watch over the log, or answer to a calendar: figures and dates, nobody's data. What
//! waits among people is told by [`people::desk`](crate::people::desk()), what an admin sees to by
//! [`accounts::desk`](crate::accounts::desk).

use liant_casework::{DueDate, Month, What};
use liant_model::{Date, Instant, Span};
use liant_store::KeptCheckpoint;

use crate::access_review;
use crate::breaches::{self, Summary};
use crate::calendar::{self, FollowUp};
use crate::conventions::{self, Held};
use crate::deposit::{self, Built, FLOW};
use crate::lookups::{self, Overseen};
use crate::rights;
use crate::trail::{self, Acts};
use crate::uploads::{self, Stage, Upload};
use crate::{AppError, Context, ReceivedFile, Workplace, history};

/// Months of the follow-up: this one, and the one whose files still come.
const MONTHS: u8 = 2;
/// Days that a DPO looks back.
const LOOKS_BACK: i64 = 7;
const MICROS_A_DAY: i64 = 86_400_000_000;

/// What falls on the days ahead, this one included; first, what is owed of this month and was not handed over.
///
/// # Errors
/// When the store cannot be read, or the holidays do not read.
pub fn dates_ahead(
    context: &Context<'_>,
    workplace: &Workplace,
    days: u16,
) -> Result<Vec<DueDate>, AppError> {
    let today = context.now().date();
    let (from, to) = (Month::of(today).first(), today.saturating_add(Span::new().days(i64::from(days))));
    let mut dates = calendar::dates(workplace, context.territory, (from, to))?.dates;
    let handed_over = deposit::handed_over(context, workplace)?;
    let is_done = |due: &DueDate| handed_over.contains(&Month::of(due.day).first().to_string());
    dates.retain(|due| match &due.what {
        What::Due { profile, .. } if profile == FLOW => !is_done(due),
        _ => due.day >= today,
    });
    Ok(dates)
}

/// What waits for a technician.
#[derive(Clone, Debug)]
pub struct Files {
    /// Files that were sent and not decided upon.
    pub waiting: Vec<Upload>,
    /// Where each flow stands this month and the one before.
    pub follow_up: FollowUp,
    /// Of each flow the last file, when records of it were set aside.
    pub with_rejects: Vec<ReceivedFile>,
    /// Our file of the month, built and not handed over yet.
    pub built: Option<Built>,
    /// When our file of the month is owed, until it is handed over.
    pub owed: Option<DueDate>,
}

/// Looks at the files.
///
/// # Errors
/// When the store cannot be read.
pub fn files(context: &Context<'_>, workplace: &Workplace) -> Result<Files, AppError> {
    let waiting = uploads::waiting(context, workplace)?;
    let decided = |upload: &Upload| matches!(upload.stage, Stage::Imported { .. });
    let this = Month::of(context.now().date());
    let ahead = dates_ahead(context, workplace, 31)?;
    let ours = |due: &DueDate| {
        Month::of(due.day) == this && matches!(&due.what, What::Due { profile, .. } if profile == FLOW)
    };
    let mut with_rejects: Vec<ReceivedFile> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for file in history::batches(context, workplace)? {
        if file.state == "published" && !seen.contains(&file.flow) {
            seen.push(file.flow.clone());
            with_rejects.extend(Some(file).filter(|file| file.counts.rejected > 0));
        }
    }
    Ok(Files {
        waiting: waiting.into_iter().filter(|upload| !decided(upload)).collect(),
        follow_up: calendar::follow_up(context, workplace, MONTHS)?,
        with_rejects,
        built: deposit::built(context, workplace)?,
        owed: ahead.into_iter().find(ours),
    })
}

/// What a DPO looks at first.
#[derive(Clone, Debug)]
pub struct Watch {
    /// From when on acts are counted.
    pub since: Instant,
    /// Those of the log.
    pub acts: Acts,
    /// How many entries the log has.
    pub entries: u64,
    /// What she looks over of others' look-ups, where a clause has her do it.
    pub overseen: Option<Overseen>,
    /// The last checkpoint.
    pub checkpoint: Option<KeptCheckpoint>,
    /// The conventions that bind her party, and how each stands.
    pub conventions: Vec<Held>,
    /// The last day of each request of people that waits, the first first.
    pub requests: Vec<Date>,
    /// How many memberships are due to be looked at again within the month.
    pub access_due: u64,
    /// The breaches in her party's file.
    pub breaches: Vec<Summary>,
}

/// Looks at the log, without reading anyone's entries.
///
/// # Errors
/// When the gate refuses, or the store.
pub fn watch(context: &Context<'_>, workplace: &Workplace) -> Result<Watch, AppError> {
    let since = Instant::from_micros(context.now().micros() - LOOKS_BACK * MICROS_A_DAY);
    let acts = trail::acts_since(context, workplace, since)?;
    let frontier = workplace.store.audit_frontier(context.territory)?;
    let (entries, _) = frontier.parts();
    let overseen = lookups::overseen(context, workplace, since)?;
    let month = context.now().date().saturating_add(Span::new().days(30));
    Ok(Watch {
        since,
        acts,
        entries,
        overseen,
        checkpoint: trail::checkpoint_kept(context, workplace)?,
        conventions: conventions::list(context, workplace)?,
        requests: rights::shared::open_days(context, workplace)?,
        access_due: access_review::due_by(context, workplace, month)?,
        breaches: breaches::figures(context, workplace)?,
    })
}
