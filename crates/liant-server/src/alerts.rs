//! Tells, within a minute, that someone is stopped for asking for many people beyond her reach: in the log of the site, in
//! `/metrics`, and by the program that the settings name (`alert`), which sends it on to the data protection officer. What is
//! told holds numbers alone; who it is stands on the page of stops.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread::JoinHandle;

use liant_app::{Workplace, lookups};
use liant_model::{ActId, Territory};

use crate::metrics::Metrics;

/// What was told already. A site that starts again tells again of whoever is still stopped.
pub(crate) struct Alerts {
    metrics: Arc<Metrics>,
    told: BTreeSet<ActId>,
}

impl Alerts {
    pub(crate) fn new(metrics: Arc<Metrics>) -> Self {
        Self { metrics, told: BTreeSet::new() }
    }

    /// Looks at who is stopped, and tells of those who were not before. Gives the programs at work, for whom wants to wait.
    pub(crate) fn look(&mut self, workplace: &Workplace, territories: &[Territory]) -> Vec<JoinHandle<()>> {
        let (mut in_force, mut telling) = (0, Vec::new());
        for territory in territories {
            match lookups::stops(workplace, *territory) {
                Ok(stops) => {
                    in_force += stops.len();
                    for stop in stops {
                        if self.told.insert(stop) {
                            telling.extend(tell(&workplace.alert, *territory, stop));
                        }
                    }
                }
                Err(error) => tracing::error!(why = %error, "who is stopped could not be read"),
            }
        }
        self.metrics.stopped(in_force);
        telling
    }
}

fn tell(program: &[String], territory: Territory, stop: ActId) -> Option<JoinHandle<()>> {
    tracing::warn!(%territory, entry = %stop, "someone is stopped: she asked for many people beyond her reach");
    let (program, arguments) = program.split_first()?;
    let mut command = Command::new(program);
    command.args(arguments).env("LIANT_TERRITORY", territory.as_str()).env("LIANT_STOP", stop.to_string());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // The keeper does not wait for a program that sends.
    Some(std::thread::spawn(move || match command.status() {
        Ok(status) if status.success() => {}
        Ok(status) => tracing::error!(%status, "the program that tells of a stop has failed"),
        Err(error) => tracing::error!(why = %error, "the program that tells of a stop does not start"),
    }))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::testing::{home, workplace_on};

    #[test]
    fn a_stop_is_told_once_with_no_name_and_a_later_one_again() {
        for engine in testkit::every_engine() {
            let mut workplace = workplace_on(&engine.place());
            let folder = tempfile::tempdir().unwrap();
            let told = folder.path().join("told");
            let script = format!("echo \"$LIANT_TERRITORY $LIANT_STOP\" >> {}", told.display());
            workplace.alert = ["sh", "-c", &script].map(str::to_owned).into();
            workplace.store.ensure_territory(home()).unwrap();
            let metrics = Metrics::new();
            let mut alerts = Alerts::new(Arc::clone(&metrics));
            let look = |alerts: &mut Alerts| {
                alerts.look(&workplace, &[home()]).into_iter().for_each(|one| one.join().unwrap());
                std::fs::read_to_string(&told).unwrap_or_default().lines().count()
            };
            assert_eq!(look(&mut alerts), 0, "{}", engine.engine);
            for (number, human) in [(1, "marion"), (2, "hugo")] {
                let id = format!("01920000-0000-7000-8000-00000000000{number}");
                let id = match engine.engine {
                    "sqlite" => format!("X'{}'", id.replace('-', "")),
                    _ => format!("'{id}'"),
                };
                let sql = format!(
                    "INSERT INTO blocking (territory_id, blocking_id, human, party, role, clause, tried, at)
                     VALUES ('62', {id}, '{human}', 'departement-62', 'adviser', 'x', 50, 1) RETURNING tried"
                );
                assert_eq!(engine.rows("62", &sql).len(), 1);
                assert_eq!(look(&mut alerts), number, "{}", engine.engine);
                assert_eq!(look(&mut alerts), number, "{}: once", engine.engine);
                let line = format!("liant_stops_in_force {number}");
                assert!(metrics.text().unwrap().lines().any(|found| found == line), "{line}");
            }
            let lines = std::fs::read_to_string(&told).unwrap();
            assert!(lines.starts_with("62 01920000-"), "{lines}");
            assert!(!lines.contains("marion") && !lines.contains("hugo"), "{lines}");
        }
    }
}
