//! What was found: a table for people, JSON for machines.

use super::Bench;
use super::measure::Run;
use anyhow::Result;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// One line of the table.
pub(super) struct Figure {
    /// What was measured, on what.
    pub(super) what: String,
    /// Ours, as shown.
    pub(super) ours: String,
    /// The peer, or ourselves at another size.
    pub(super) beside: String,
    /// Ours against it; above 1 is better.
    pub(super) ratio: Option<f64>,
    /// What issue 2 asks.
    pub(super) reach: &'static str,
}

/// The figures of one run of the bench.
pub(super) struct Report {
    folder: PathBuf,
    figures: Vec<Figure>,
    details: Vec<Value>,
    notes: Vec<String>,
    skipped: Vec<String>,
    failures: Vec<String>,
}

impl Report {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
            figures: Vec::new(),
            details: Vec::new(),
            notes: Vec::new(),
            skipped: Vec::new(),
            failures: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, figure: Figure) {
        self.figures.push(figure);
    }

    /// Seconds of ours beside those of a peer, with the memory of both.
    pub(super) fn race(
        &mut self,
        what: impl Into<String>,
        ours: &Run,
        peer: Option<(&str, &Run)>,
        reach: &'static str,
    ) {
        let show = |run: &Run| format!("{:.2} s, {:.0} MB", run.seconds, run.megabytes);
        let what = what.into();
        self.detail(&what, ours);
        if let Some((name, run)) = peer {
            self.detail(format!("{what}: {name}"), run);
        }
        self.add(Figure {
            what,
            ours: show(ours),
            beside: peer.map_or_else(|| "–".to_owned(), |(name, run)| format!("{name}: {}", show(run))),
            ratio: peer.map(|(_, run)| run.seconds / ours.seconds),
            reach,
        });
    }

    /// Keeps the whole of a run for the JSON file.
    pub(super) fn detail(&mut self, what: impl Into<String>, run: &Run) {
        let output = serde_json::from_str(&run.output).unwrap_or_else(|_| {
            let last: Vec<&str> = run.output.lines().rev().take(5).collect();
            Value::from(last.into_iter().rev().collect::<Vec<_>>().join("\n"))
        });
        self.details.push(json!({
            "what": what.into(), "seconds": run.seconds, "megabytes": run.megabytes, "exit_code": run.code, "output": output,
        }));
    }

    /// A line under the table.
    pub(super) fn note(&mut self, text: String) {
        self.notes.push(text);
    }

    /// Notes what is not compared, and why.
    pub(super) fn skip(&mut self, what: &str, why: &anyhow::Error) {
        eprintln!("   skipped: {what}: {why:#}");
        self.skipped.push(format!("{what}: {why:#}"));
    }

    /// Notes what could not be measured of ours.
    pub(super) fn fail(&mut self, what: &str, why: &anyhow::Error) {
        eprintln!("   failed: {what}: {why:#}");
        self.failures.push(format!("{what}: {why:#}"));
    }

    pub(super) fn failed(&self) -> bool {
        !self.failures.is_empty()
    }

    /// Prints the table and writes `bench.json`.
    pub(super) fn publish(&self, bench: &Bench) -> Result<()> {
        let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let (rounds, size) = (bench.options.rounds, bench.size());
        println!("\n{size} dossiers, {rounds} round(s), {cores} cores, load average {}", load.trim());
        self.print_table();
        for line in &self.notes {
            println!("{line}");
        }
        for line in &self.skipped {
            println!("skipped: {line}");
        }
        for line in &self.failures {
            println!("FAILED: {line}");
        }
        let figures: Vec<Value> = self.figures.iter().map(as_json).collect();
        let whole = json!({
            "dossiers": size, "rounds": rounds, "seed": bench.options.seed, "cores": cores, "load_average": load.trim(),
            "figures": figures, "runs": self.details, "notes": self.notes, "skipped": self.skipped, "failures": self.failures,
        });
        let path = self.folder.join("bench.json");
        std::fs::write(&path, format!("{whole:#}\n"))?;
        println!("written: {}", path.display());
        Ok(())
    }

    fn print_table(&self) {
        let titles = ["", "ours", "beside", "ratio", "reach"].map(str::to_owned);
        let mut rows = vec![titles];
        rows.extend(self.figures.iter().map(|figure| {
            let ratio = figure.ratio.map_or_else(String::new, |ratio| format!("×{ratio:.2}"));
            [figure.what.clone(), figure.ours.clone(), figure.beside.clone(), ratio, figure.reach.to_owned()]
        }));
        let width = |column: usize| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..5).map(width).collect();
        for row in &rows {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
            println!("{}", cells.collect::<Vec<_>>().join("  ").trim_end());
        }
    }
}

fn as_json(figure: &Figure) -> Value {
    json!({"what": figure.what, "ours": figure.ours, "beside": figure.beside, "ratio": figure.ratio, "reach": figure.reach})
}
