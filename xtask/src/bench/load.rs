//! Loading: a first month, the next one, the same file again; and growth.

use super::Bench;
use super::inputs::{Month, megabytes};
use super::measure::{Run, median, middle, once};
use super::report::{Figure, Report};
use crate::postgres::{Durability, Server};
use anyhow::Result;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where a store is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }

    /// A PostgreSQL server, when this engine needs one.
    pub(super) fn server(self) -> Result<Option<Server>> {
        (self == Self::Postgres).then(|| Server::start(Durability::Disk)).transpose()
    }
}

/// A fresh installation of ours.
pub(super) struct Installation<'a> {
    bench: &'a Bench,
    pub(super) folder: PathBuf,
}

impl<'a> Installation<'a> {
    pub(super) fn new(bench: &'a Bench, server: Option<&Server>) -> Result<Self> {
        let folder = bench.fresh("installation")?;
        let mut command = bench.liant();
        command.args(["init", "--territory", "62", "--dir"]).arg(&folder);
        if let Some(server) = server {
            server.empty("liant")?;
            command.args(["--store", &server.url()]);
        }
        once(&mut command, &[0], &bench.work)?;
        Ok(Self { bench, folder })
    }

    pub(super) fn import(&self, file: &Path, profile: &str) -> Command {
        let mut command = self.bench.liant();
        command.arg("--config").arg(self.folder.join("liant.toml")).args(["--as", "technician"]);
        command.args(["flux", "import"]).arg(file).args(["--profile", profile, "--json", "--no-directory"]);
        command
    }

    /// Loads the people known beforehand. Code 1 tells of rejected records: the corruptions are many.
    pub(super) fn load_known(&self, month: &Month) -> Result<Option<Run>> {
        let Some(known) = &month.known else { return Ok(None) };
        once(&mut self.import(&known.people, "PERSONNES"), &[0, 1], &self.bench.work).map(Some)
    }

    pub(super) fn load(&self, file: &Path) -> Result<Run> {
        once(&mut self.import(file, "PECGM"), &[0, 1], &self.bench.work)
    }
}

/// First load, next month and replay, beside lxml (and Splink, when asked for) doing the same work.
pub(super) fn months(bench: &Bench, engine: Engine, report: &mut Report) -> Result<()> {
    let server = engine.server()?;
    let month = bench.month("default", bench.size())?;
    let next = bench.next_month(bench.size());
    let (mut known, mut firsts, mut nexts, mut replays) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.options.rounds.max(1) {
        let place = Installation::new(bench, server.as_ref())?;
        known.extend(place.load_known(&month)?);
        firsts.push(place.load(&month.flow)?);
        let Ok(next) = &next else { continue };
        nexts.push(place.load(next)?);
        // The same file again is refused; all that counts is that nothing is written.
        replays.push(once(&mut place.import(next, "PECGM"), &[0, 1, 2], &bench.work)?);
    }
    if let Ok(run) = middle(known) {
        report.race(format!("{}: known people", engine.name()), &run, None, "");
    }
    let peer = Peer::new(bench, server.as_ref())?;
    let first = middle(firsts)?;
    let beside = peer.first(&month).map_err(|error| report.skip("first load beside lxml", &error)).ok();
    let reach = if engine == Engine::Sqlite { "≥ ×40, ≤ 512 MB" } else { "≥ ×5" };
    let what = format!("{}: first load", engine.name());
    counts(report, &what, &first);
    report.race(what, &first, beside.as_ref().map(|(name, run)| (name.as_str(), run)), reach);
    let next = match next {
        Ok(next) => next,
        Err(error) => {
            report.skip("next month", &error);
            return Ok(());
        }
    };
    let second = middle(nexts)?;
    let beside = peer.next(&next).map_err(|error| report.skip("next month beside lxml", &error)).ok();
    let reach = if engine == Engine::Sqlite { "≥ ×25" } else { "≥ ×5" };
    let what = format!("{}: next month, 15 % changed", engine.name());
    counts(report, &what, &second);
    report.race(what, &second, beside.as_ref().map(|(name, run)| (name.as_str(), run)), reach);
    let what = format!("{}: the same file again", engine.name());
    let replay = middle(replays)?;
    counts(report, &what, &replay);
    report.race(what, &replay, None, "0 rows written");
    Ok(())
}

/// The counts that an import tells of itself, or how it refused.
fn counts(report: &mut Report, what: &str, run: &Run) {
    let Ok(Value::Object(told)) = serde_json::from_str(&run.output) else {
        let why = run.complaint.lines().next().unwrap_or("nothing told");
        return report.note(format!("{what}: exit code {}, {why}", run.code));
    };
    let numbers = told.iter().filter(|(_, value)| value.as_u64().is_some_and(|number| number > 0));
    let text = numbers.map(|(name, number)| format!("{name} {number}")).collect::<Vec<_>>().join(", ");
    report.note(format!("{what}: exit code {}, {text}", run.code));
}

/// The same work by the peers: lxml into the same engine, then Splink. A peer that loads without matching says so.
struct Peer<'a> {
    bench: &'a Bench,
    /// Its database on PostgreSQL; none for SQLite.
    address: Option<String>,
}

impl<'a> Peer<'a> {
    fn new(bench: &'a Bench, server: Option<&Server>) -> Result<Self> {
        let address =
            server.map(|server| server.empty("peer").map(|()| server.url_of("peer"))).transpose()?;
        Ok(Self { bench, address })
    }

    fn first(&self, month: &Month) -> Result<(String, Run)> {
        let mut runs = Vec::new();
        for _ in 0..self.bench.options.rounds.max(1) {
            runs.push(self.ingest(&month.flow, false)?);
        }
        let lists = self.bench.lists("default", self.bench.size())?;
        Ok(together(middle(runs)?, self.bench.splink(&lists.flow, &lists)?, None))
    }

    fn next(&self, next: &Path) -> Result<(String, Run)> {
        let lxml = self.ingest(next, true)?;
        let lists = self.bench.lists("default", self.bench.size())?;
        let flow = self.bench.identities(next)?;
        // With the model saved last month, Splink only loads and predicts.
        Ok(together(lxml, self.bench.splink(&flow, &lists)?, Some(["s_load", "s_predict"])))
    }

    fn ingest(&self, file: &Path, keep: bool) -> Result<Run> {
        let mut command = self.bench.peers()?.ingest("ingest_lxml.py")?;
        command.arg(file);
        match &self.address {
            Some(address) => command.args(["--to", "pg", "--dsn", address]),
            None => command.args(["--to", "sqlite", "--db"]).arg(self.bench.work.join("peer.db")),
        };
        if keep {
            command.arg("--keep");
        }
        once(&mut command, &[0], &self.bench.work)
    }
}

/// One after the other: seconds add up, the larger memory counts.
fn together(lxml: Run, splink: Option<Run>, only: Option<[&str; 2]>) -> (String, Run) {
    let Some(splink) = splink else { return ("lxml, without matching".to_owned(), lxml) };
    let told: Value = serde_json::from_str(splink.output.trim()).unwrap_or_default();
    let part = |name: &str| told.get(name).and_then(Value::as_f64).unwrap_or(0.0);
    let matching = only.map_or(splink.seconds, |names| names.into_iter().map(part).sum());
    let megabytes = lxml.megabytes.max(splink.megabytes);
    ("lxml + Splink".to_owned(), Run { seconds: lxml.seconds + matching, megabytes, ..lxml })
}

/// Checking, matching and loading at several sizes: the time of a double and the memory.
pub(super) fn growth(bench: &Bench, report: &mut Report) -> Result<()> {
    let mut rows: Vec<(u64, Vec<(&str, Run)>)> = Vec::new();
    for n in bench.sizes() {
        let month = bench.month("default", n)?;
        let check = median(bench.options.rounds, &[0, 1], &bench.work, || {
            let mut command = bench.liant();
            command.args(["flux", "check", "--profile", "PECGM", "--json"]).arg(&month.flow);
            command
        })?;
        let place = Installation::new(bench, None)?;
        place.load_known(&month)?;
        let mut runs = vec![("validate", check), ("load, SQLite", place.load(&month.flow)?)];
        match bench.lists("default", n) {
            Ok(lists) => runs.push(("match", once(&mut bench.match_command(&lists), &[0], &bench.work)?)),
            Err(error) => report.skip("growth of matching", &error),
        }
        eprintln!("   {n} dossiers, {:.0} MB", megabytes(&month.flow)?);
        rows.push((n, runs));
    }
    for (place, (n, runs)) in rows.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|place| rows.get(place));
        for (what, run) in runs {
            let smaller =
                before.and_then(|(size, runs)| Some((*size, &runs.iter().find(|(name, _)| name == what)?.1)));
            report.add(grown(what, (*n, run), smaller));
        }
    }
    Ok(())
}

fn grown(what: &str, (n, run): (u64, &Run), smaller: Option<(u64, &Run)>) -> Figure {
    let double = smaller.map(|(size, before)| {
        let doublings = (n as f64 / size as f64).log2();
        (size, (run.seconds / before.seconds).powf(1.0 / doublings))
    });
    Figure {
        what: format!("growth: {what}, {n}"),
        ours: format!("{:.2} s, {:.0} MB", run.seconds, run.megabytes),
        beside: double.map_or_else(
            || "–".to_owned(),
            |(size, times)| format!("from {size}: a double takes ×{times:.2}"),
        ),
        ratio: None,
        reach: "≤ ×2.1 from 100 k; load memory flat",
    }
}
