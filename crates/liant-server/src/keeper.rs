//! Keeps the directory of people up to the store while the site is up: at its start, after each import of its own, and now and
//! then, as other processes import too. Tells of who is stopped, removes files that nobody decided upon, and once a day sees to
//! what has come to its term.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use liant_access::AccountRules;
use liant_app::accounts::unused::{self, Unused};
use liant_app::accounts::{AccountError, Office, sessions};
use liant_app::casework::{self, DueReport};
use liant_app::mail::{self, Mailed};
use liant_app::witnesses::{self, Witnessed};
use liant_app::{AppError, Workplace, backup, directory, uploads};
use liant_model::{Clock, Territory};

use crate::alerts::Alerts;
use crate::metrics::Metrics;

/// Between two looks at accounts that nobody uses.
const A_DAY: i64 = 24 * 3_600 * 1_000_000;

/// Between two looks at what falls due.
const AN_HOUR: i64 = 3_600 * 1_000_000;

/// Between two turns of what is kept in memory of people: who is not asked for is let go of after two.
const A_TURN: Duration = Duration::from_mins(5);

/// Between two looks at a directory that nobody has spoken of.
const NEXT_LOOK: Duration = Duration::from_secs(20);

/// Where the keeper is told that the store has moved.
pub(crate) struct Keeper {
    nudge: Sender<()>,
    /// Taken once, by the thread that keeps.
    heard: Mutex<Option<Receiver<()>>>,
}

impl Keeper {
    pub(crate) fn new() -> Self {
        let (nudge, heard) = channel();
        Self { nudge, heard: Mutex::new(Some(heard)) }
    }

    /// Says that something was imported.
    pub(crate) fn nudge(&self) {
        // Where nobody keeps, the next site to start does.
        let _ = self.nudge.send(());
    }

    /// Begins to keep, until the site goes. The thread is nobody's to wait for: what it leaves half done, the next goes on
    /// with.
    pub(crate) fn begin(&self, workplace: Arc<Workplace>, clock: Arc<dyn Clock>, metrics: Arc<Metrics>) {
        let taken = self.heard.lock().map(|mut heard| heard.take()).unwrap_or_default();
        let Some(heard) = taken else { return };
        let_go(&workplace);
        std::thread::spawn(move || {
            let alerts = Alerts::new(metrics);
            let mut keeping =
                Keeping { workplace, clock, alerts, told: BTreeSet::new(), next_day: 0, next_hour: 0 };
            loop {
                keeping.look();
                match heard.recv_timeout(NEXT_LOOK) {
                    Ok(()) | Err(RecvTimeoutError::Timeout) => while heard.try_recv().is_ok() {},
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        });
    }
}

/// Turns what is kept in memory of people, whatever else is at work, until the site goes.
fn let_go(workplace: &Arc<Workplace>) {
    let workplace = Arc::downgrade(workplace);
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(A_TURN);
            let Some(workplace) = workplace.upgrade() else { return };
            workplace.store.turn_memory();
        }
    });
}

struct Keeping {
    workplace: Arc<Workplace>,
    clock: Arc<dyn Clock>,
    alerts: Alerts,
    /// What was said already: a directory that cannot be made is no news every time.
    told: BTreeSet<String>,
    /// When accounts that nobody uses are looked at again, in microseconds.
    next_day: i64,
    /// When what falls due is looked at again, likewise.
    next_hour: i64,
}

impl Keeping {
    fn look(&mut self) {
        match self.workplace.store.territories() {
            Ok(territories) => {
                drop(self.alerts.look(&self.workplace, &territories));
                let now = self.clock.now().micros();
                let is_new_day = now >= self.next_day;
                if let (Some(first), true) = (territories.first(), is_new_day) {
                    self.destroy_keys(*first);
                }
                let is_new_hour = now >= self.next_hour;
                for territory in territories {
                    self.keep(territory);
                    uploads::sweep(&self.workplace, territory, self.clock.now());
                    if is_new_hour {
                        self.give_alerts(territory);
                        self.write_letters(territory);
                        self.give_checkpoints(territory);
                    }
                    if is_new_day {
                        self.see_to_accounts(territory);
                    }
                }
                if is_new_hour {
                    self.next_hour = now.saturating_add(AN_HOUR);
                }
                if is_new_day {
                    self.next_day = now.saturating_add(A_DAY);
                }
            }
            Err(error) => self.tell(&error.to_string()),
        }
    }

    fn keep(&mut self, territory: Territory) {
        let made = directory::state(&self.workplace, territory).and_then(|state| {
            if state.is_fresh() {
                return Ok(None);
            }
            directory::refresh(&self.workplace, territory, self.clock.now()).map(Some)
        });
        match made {
            Ok(Some(done)) if !done.elsewhere => {
                tracing::info!(
                    %territory,
                    filled = done.filled,
                    remade = done.remade,
                    batches = done.batches,
                    "the directory of people was made"
                );
                self.told.clear();
            }
            Ok(_) => {}
            Err(error) => self.tell(&error.to_string()),
        }
    }

    /// Gives the alerts of accompaniments that have come.
    fn give_alerts(&self, territory: Territory) {
        match casework::due_by_itself(&self.workplace, territory, self.clock.as_ref()) {
            Ok(done) if done == DueReport::default() => {}
            Ok(done) => {
                tracing::info!(%territory, paths = done.people, alerts = done.alerts, remade = done.remade, "what falls due");
                for (programme, version) in done.without_file {
                    tracing::error!(
                        programme,
                        version,
                        "the file of a programme is missing: its delays are not computed"
                    );
                }
            }
            // Where no clause lets delays be computed there is no casework.
            Err(AppError::Gate(_)) => {}
            Err(error) => tracing::error!(why = %error, "alerts of accompaniments were not given"),
        }
    }

    /// Writes to professionals what falls due, and sends what waits.
    fn write_letters(&self, territory: Territory) {
        match mail::see_to(&self.workplace, territory, self.clock.as_ref()) {
            Ok(done) if done == Mailed::default() => {}
            Ok(done) => tracing::info!(
                %territory,
                written = done.written,
                sent = done.sent,
                told = done.told,
                by_letter = done.by_letter,
                put_off = done.put_off,
                given_up = done.given_up,
                "letters to professionals, and messages to people"
            ),
            Err(error) => tracing::error!(why = %error, "what waits to be sent by e-mail was not"),
        }
    }

    /// Gives signed checkpoints of the log to those who keep them elsewhere.
    fn give_checkpoints(&self, territory: Territory) {
        match witnesses::see_to(&self.workplace, territory, self.clock.as_ref()) {
            Ok(done) if done == Witnessed::default() => {}
            Ok(done) => tracing::info!(
                %territory,
                signed = done.signed,
                given = done.given,
                put_off = done.put_off,
                "checkpoints of the log"
            ),
            Err(error) => tracing::error!(why = %error, "no checkpoint of the log was given"),
        }
    }

    /// Destroys the keys of backups whose last day has come.
    fn destroy_keys(&self, territory: Territory) {
        match backup::destroy_keys(&self.workplace, territory, self.clock.as_ref()) {
            Ok(0) => {}
            Ok(keys) => tracing::info!(keys, "keys of backups were destroyed: their last day has come"),
            Err(error) => tracing::error!(why = %error, "the keys of old backups were not destroyed"),
        }
    }

    /// Removes sign-ins and sessions whose time is over; warns the owners of accounts that nobody uses, and deletes those whose
    /// time is over.
    fn see_to_accounts(&mut self, territory: Territory) {
        let rules = AccountRules::default();
        let done = Office::new(&self.workplace, &rules, territory, self.clock.as_ref())
            .map_err(AccountError::from)
            .and_then(|office| {
                sessions::sweep(&office)?;
                unused::see_to(&office)
            });
        match done {
            Ok(done) if done != Unused::default() => {
                tracing::info!(%territory, warned = done.warned, deleted = done.deleted, "unused accounts");
            }
            Ok(_) => {}
            Err(AccountError::App(error)) => {
                tracing::error!(why = %error, "unused accounts were not seen to");
            }
            Err(AccountError::Refused(_)) => {
                tracing::error!(why = "an account changed meanwhile", "unused accounts were not seen to");
            }
        }
    }

    fn tell(&mut self, why: &str) {
        if self.told.insert(why.to_owned()) {
            tracing::error!(why, "the directory of people could not be made");
        }
    }
}
