//! The gate: how long a decision takes, and whether another evaluator of the same files decides as it does.

use super::Bench;
use super::measure::once;
use super::report::{Figure, Report};
use crate::process::{cargo, run, target};
use anyhow::{Context, Result};
use serde_json::Value;
use std::process::Command;

/// Drawn decisions compared for each dossier of the bench.
const DECISIONS: u64 = 20;

pub(super) fn gate(bench: &Bench, report: &mut Report) -> Result<()> {
    for line in figures(bench, "liant-guard", "gate_speed", &[])? {
        let number = |name: &str| line.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN);
        let what = line.get("what").and_then(Value::as_str).unwrap_or_default();
        report.add(Figure {
            what: format!("{what}, {:.0} files", number("files")),
            ours: format!("{:.2} \u{b5}s", number("nanoseconds") / 1_000.0),
            beside: "–".to_owned(),
            ratio: None,
            reach: if what == "a compiled plan decides" { "< 2 \u{b5}s" } else { "" },
        });
    }
    let wanted = (bench.size() * DECISIONS).to_string();
    for line in figures(bench, "oracle", "agree", &[wanted])? {
        let number = |name: &str| line.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN);
        report.add(Figure {
            what: "the gate against Cedar, drawn decisions".to_owned(),
            ours: format!("{:.0} agree", number("decisions")),
            beside: format!("{:.1} s", number("seconds")),
            ratio: None,
            reach: "all",
        });
    }
    Ok(())
}

/// What an example of a package tells, a JSON object a line.
pub(super) fn figures(
    bench: &Bench,
    package: &str,
    example: &str,
    arguments: &[String],
) -> Result<Vec<Value>> {
    run(&mut cargo(&["build", "--locked", "--release", "-p", package, "--example", example]))?;
    let mut command = Command::new(target().join("release").join("examples").join(example));
    let told = once(command.args(arguments), &[0], &bench.work)?;
    let read = |line| serde_json::from_str(line).with_context(|| format!("not a figure: {line}"));
    told.output.lines().map(read).collect()
}
