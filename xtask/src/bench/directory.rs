//! The directory: how long it takes to make, how long what stands on it takes; then the site on top of it.

use super::Bench;
use super::load::{Engine, Installation};
use super::measure::once;
use super::report::{Figure, Report};
use super::site::site;
use crate::process::{cargo, run, target};
use anyhow::{Context, Result};
use serde_json::Value;
use std::process::Command;

/// What makes an invented territory, its directory, and the figures.
const HARNESS: &str = "directory_speed";

pub(super) fn directory(bench: &Bench, report: &mut Report) -> Result<()> {
    run(&mut cargo(&["build", "--locked", "--release", "-p", "liant-app", "--example", HARNESS]))?;
    for engine in [Engine::Sqlite, Engine::Postgres] {
        if let Err(error) = on(bench, engine, report) {
            report.fail(&format!("directory on {}", engine.name()), &error);
        }
    }
    Ok(())
}

fn on(bench: &Bench, engine: Engine, report: &mut Report) -> Result<()> {
    let server = engine.server()?;
    let place = Installation::new(bench, server.as_ref())?;
    // Children and partners come with the people: of ten people some fifteen are known.
    let people = (bench.size() * 2 / 3).max(1_000);
    let mut command = Command::new(target().join("release").join("examples").join(HARNESS));
    command.arg(&place.folder).args([people.to_string(), bench.options.seed.to_string()]);
    let told = once(&mut command, &[0], &bench.work)?;
    report.note(format!(
        "{}: directory of {people} people and their own: {:.0} MB",
        engine.name(),
        told.megabytes
    ));
    for line in told.output.lines() {
        let line: Value = serde_json::from_str(line).with_context(|| format!("not a figure: {line}"))?;
        report.add(figure(engine, &line));
    }
    report.detail(format!("{}: directory", engine.name()), &told);
    // What a load leaves to write is written by now, as it is on the morning after.
    run(&mut Command::new("sync"))?;
    if let Some(server) = &server {
        server.settle("liant")?;
    }
    site(bench, engine, &place, report)
}

fn figure(engine: Engine, line: &Value) -> Figure {
    let text = |name: &str| line.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let number = |name: &str| line.get(name).and_then(Value::as_f64);
    let what = text("what");
    let (ours, reach) = match (number("p95_ms"), number("seconds"), number("per_second")) {
        (Some(p95), ..) => {
            let p50 = number("p50_ms").unwrap_or(f64::NAN);
            (format!("p50 {p50:.2} ms, p95 {p95:.2} ms"), "p95 < 100 ms")
        }
        (None, Some(seconds), _) => {
            (format!("{seconds:.1} s"), if what == "fill" { "< 60 s" } else { "a few s" })
        }
        (None, None, rate) => (format!("{:.0}/s", rate.unwrap_or(f64::NAN)), "≥ 1 000/s"),
    };
    Figure { what: format!("{}: {what}", engine.name()), ours, beside: text("answer"), ratio: None, reach }
}
