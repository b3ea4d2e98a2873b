//! How long other writers wait while a monthly file loads.

use super::Bench;
use super::load::{Engine, Installation};
use super::report::{Figure, Report};
use crate::postgres::Server;
use anyhow::{Context, Result};
use serde_json::Value;
use std::io::Read;
use std::process::{Child, Stdio};

/// One small write after another beside an import, each timed from asking to committed.
const WRITER: &str = include_str!("writer.py");

pub(super) fn waits(bench: &Bench, report: &mut Report) -> Result<()> {
    bench.peers()?;
    for engine in [Engine::Sqlite, Engine::Postgres] {
        if let Err(error) = on(bench, engine, report) {
            report.fail(&format!("waits on {}", engine.name()), &error);
        }
    }
    Ok(())
}

fn on(bench: &Bench, engine: Engine, report: &mut Report) -> Result<()> {
    let server = engine.server()?;
    let month = bench.month("default", bench.size())?;
    let place = Installation::new(bench, server.as_ref())?;
    place.load_known(&month)?;
    let writer = writer(bench, &place, server.as_ref())?;
    let load = place.load(&month.flow);
    let told = stop(writer)?;
    let load = load?;
    report.detail(format!("{}: load beside a writer", engine.name()), &load);
    let number = |name: &str| told.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN);
    report.add(Figure {
        what: format!("{}: wait of another writer, p95", engine.name()),
        ours: format!(
            "{:.0} ms (p50 {:.0}, most {:.0})",
            number("p95_ms"),
            number("p50_ms"),
            number("max_ms")
        ),
        beside: format!("{:.0} writes during a load of {:.2} s", number("writes"), load.seconds),
        ratio: None,
        reach: "< 200 ms",
    });
    Ok(())
}

fn writer(bench: &Bench, place: &Installation<'_>, server: Option<&Server>) -> Result<Child> {
    let mut command = bench.peers()?.python();
    command.args(["-c", WRITER]);
    match server {
        Some(server) => command.arg(server.url()),
        None => command.arg(place.folder.join("liant.db")),
    };
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("the writer")?;
    // It says when its table is there, so that the load starts on a quiet store.
    let mut ready = [0; 6];
    child
        .stdout
        .as_mut()
        .context("the writer's output")?
        .read_exact(&mut ready)
        .context("the writer did not start")?;
    Ok(child)
}

/// Ends the writer and reads its figures.
fn stop(mut writer: Child) -> Result<Value> {
    drop(writer.stdin.take());
    let mut text = String::new();
    writer.stdout.take().context("the writer's output")?.read_to_string(&mut text)?;
    writer.wait()?;
    serde_json::from_str(text.trim()).context("the writer's figures")
}
