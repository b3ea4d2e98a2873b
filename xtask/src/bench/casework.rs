//! Casework: every delay, a year replayed, lists among many accompaniments on each engine, and a liaison form on paper.

use super::Bench;
use super::gate::figures;
use super::load::Engine;
use super::report::{Figure, Report};
use crate::process::{root, target};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::File;
use std::process::{Command, Stdio};
use std::time::Instant;

/// People of a Département's year of casework, for each million of accompaniments.
const PEOPLE: u64 = 60_000;
/// The form that is printed, and how often.
const SAMPLE: &str = "liaison-tacit";
const PRINTED: usize = 30;

pub(super) fn casework(bench: &Bench, report: &mut Report) -> Result<()> {
    let people = (bench.size() * PEOPLE / 1_000_000).max(100);
    let speed = [bench.size().to_string(), people.to_string()];
    for line in figures(bench, "liant-casework", "casework_speed", &speed)? {
        let reach = if text(&line, "what").contains("clock") {
            "\u{2264} 10 s a million"
        } else {
            "\u{2264} 60 s of 3 M events"
        };
        report.add(figure(&line, None, reach));
    }
    for engine in [Engine::Sqlite, Engine::Postgres] {
        if let Err(error) = lists(bench, engine, report) {
            report.fail(&format!("casework on {}", engine.name()), &error);
        }
    }
    if let Err(error) = form(bench, report) {
        report.skip("a liaison form on paper", &error);
    }
    Ok(())
}

fn lists(bench: &Bench, engine: Engine, report: &mut Report) -> Result<()> {
    let server = engine.server()?;
    let place = server.as_ref().map_or_else(|| "sqlite".to_owned(), crate::postgres::Server::url);
    let arguments = [place, bench.size().to_string(), bench.options.seed.to_string()];
    for line in figures(bench, "liant-app", "casework_lists", &arguments)? {
        let is_list = line.get("p95_ms").is_some();
        report.add(figure(&line, Some(engine), if is_list { "p95 < 100 ms" } else { "" }));
    }
    Ok(())
}

fn text(line: &Value, name: &str) -> String {
    line.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn figure(line: &Value, engine: Option<Engine>, reach: &'static str) -> Figure {
    let number = |name: &str| line.get(name).and_then(Value::as_f64);
    let ours = match number("p95_ms") {
        Some(p95) => format!("p50 {:.1} ms, p95 {p95:.1} ms", number("p50_ms").unwrap_or(f64::NAN)),
        None => format!("{:.2} s", number("seconds").unwrap_or(f64::NAN)),
    };
    let on = engine.map_or_else(String::new, |engine| format!("{}: ", engine.name()));
    let what = format!("{on}casework, {}", text(line, "what"));
    Figure { what, ours, beside: text(line, "answer"), ratio: None, reach }
}

/// A liaison form as PDF, by the press that stands beside the program; the start of its process counts.
fn form(bench: &Bench, report: &mut Report) -> Result<()> {
    let press = target().join("release").join("liant-press");
    ensure!(press.is_file(), "the press is not built: `cargo xtask press --release`");
    let path = root().join(format!("crates/liant-documents/samples/{SAMPLE}.json"));
    let mut job: Value = serde_json::from_slice(&std::fs::read(path)?)?;
    let mut sources = BTreeMap::new();
    for folder in ["crates/liant-documents/templates", "conventions/forms"] {
        for entry in std::fs::read_dir(root().join(folder))? {
            let path = entry?.path();
            let name = path.file_name().context("a template has no name")?.to_string_lossy().into_owned();
            sources.insert(name, std::fs::read_to_string(&path)?);
        }
    }
    let fields = job.as_object_mut().context("the sample is no job")?;
    fields.insert("sources".to_owned(), json!(sources));
    fields.insert("invented".to_owned(), json!(true));
    let written = bench.work.join("job.json");
    std::fs::write(&written, serde_json::to_vec(&job)?)?;
    let mut taken = Vec::new();
    for _ in 0..PRINTED {
        let begun = Instant::now();
        let mut print = Command::new(&press);
        print.env_clear().env("RAYON_NUM_THREADS", "2").stdin(Stdio::from(File::open(&written)?));
        let done = print.output().context("the press")?;
        ensure!(done.status.success() && done.stdout.starts_with(b"%PDF-"), "the press made no document");
        taken.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    taken.sort_by(f64::total_cmp);
    let at = |part: f64| {
        let place = ((taken.len() - 1) as f64 * part).round() as usize;
        taken.get(place).copied().unwrap_or(f64::NAN)
    };
    report.add(Figure {
        what: "casework, a liaison form as PDF".to_owned(),
        ours: format!("p50 {:.0} ms, p95 {:.0} ms", at(0.5), at(0.95)),
        beside: "with the start of the press".to_owned(),
        ratio: None,
        reach: "\u{2264} 150 ms",
    });
    Ok(())
}
