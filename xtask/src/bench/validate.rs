//! Checking a monthly file, on one core.

use super::Bench;
use super::inputs::megabytes;
use super::measure::{Run, median};
use super::peers::xmllint;
use super::report::{Figure, Report};
use crate::process::on_path;
use anyhow::Result;
use std::process::Command;

/// `liant flux check` beside lxml and xmllint, as MB/s.
pub(super) fn validate(bench: &Bench, report: &mut Report) -> Result<()> {
    let file = bench.month("default", bench.size())?.flow;
    let size = megabytes(&file)?;
    let rounds = bench.options.rounds;
    let ours = median(rounds, &[0, 1], &bench.work, || {
        let mut command = bench.liant();
        command.args(["flux", "check", "--profile", "PECGM", "--json"]).arg(&file);
        on_one_core(command)
    })?;
    report.detail("validate", &ours);
    let lxml =
        bench.peers().and_then(|peers| peers.ingest("ingest_lxml.py").map(|_| peers)).and_then(|peers| {
            median(rounds, &[0], &bench.work, || {
                let mut command = peers.script("ingest_lxml.py");
                command.arg(&file).args(["--to", "validate"]);
                on_one_core(command)
            })
        });
    beside(report, size, &ours, "lxml", lxml, "≥ 250 MB/s");
    let stream = xmllint().and_then(|program| {
        median(rounds, &[0], &bench.work, || {
            let mut command = Command::new(&program);
            command.args(["--stream", "--noout"]).arg(&file);
            on_one_core(command)
        })
    });
    beside(report, size, &ours, "xmllint --stream", stream, "");
    Ok(())
}

fn beside(report: &mut Report, size: f64, ours: &Run, name: &str, peer: Result<Run>, reach: &'static str) {
    let rate = |run: &Run| format!("{:.1} MB/s, {:.0} MB", size / run.seconds, run.megabytes);
    let peer = match peer {
        Ok(run) => {
            report.detail(format!("validate: {name}"), &run);
            Some(run)
        }
        Err(error) => {
            report.skip(&format!("validate beside {name}"), &error);
            None
        }
    };
    report.add(Figure {
        what: format!("validate {size:.0} MB, one core"),
        ours: rate(ours),
        beside: peer.as_ref().map_or_else(|| format!("{name}: –"), |run| format!("{name}: {}", rate(run))),
        ratio: peer.map(|run| run.seconds / ours.seconds),
        reach,
    });
}

/// The same command, kept on one core where the machine has `taskset`.
fn on_one_core(command: Command) -> Command {
    let Some(taskset) = on_path("taskset") else { return command };
    let mut pinned = Command::new(taskset);
    pinned.args(["-c", "0"]).arg(command.get_program()).args(command.get_args());
    for (key, value) in command.get_envs() {
        if let Some(value) = value {
            pinned.env(key, value);
        }
    }
    pinned
}
