//! Checks a file and prints what it held, the seconds and the megabytes a second: for measuring.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::fs::File;
use std::time::Instant;

use liant_flux::{Profile, ReadOptions, Reader};
use liant_model::{Block, CodeLists, Facts, Lang};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "usage: check PROFILE FILE [facts]";
    let (profile, path) = (arguments.next().ok_or(usage)?, arguments.next().ok_or(usage)?);
    let with_facts = arguments.next().is_some();
    let profile = Profile::shipped(&profile)?;
    let lists = CodeLists::shipped()?;
    let start = Instant::now();
    let mut reader = match Reader::open(File::open(&path)?, &profile, &lists, &ReadOptions::default()) {
        Ok(reader) => reader,
        Err(refusal) => return refused(&refusal, &path),
    };
    let mut facts = Facts::new();
    let mut bytes = 0;
    loop {
        match reader.next_dossier() {
            Ok(Some(dossier)) => {
                for problem in dossier.problems() {
                    eprint!("{}", problem.render(&path, Lang::Fr));
                }
                if with_facts {
                    for block in Block::ALL {
                        dossier.facts(block, &mut facts);
                        bytes += facts.as_bytes().len();
                    }
                }
            }
            Ok(None) => break,
            Err(refusal) => return refused(&refusal, &path),
        }
    }
    let summary = match reader.finish() {
        Ok(summary) => summary,
        Err(refusal) => return refused(&refusal, &path),
    };
    let seconds = start.elapsed().as_secs_f64();
    for warning in &summary.warnings {
        let first =
            warning.examples.first().map(|example| example.render(&path, Lang::Fr)).unwrap_or_default();
        println!("{} × {}\n{first}", warning.count, warning.subject);
    }
    println!(
        "{} records, {} dossiers, {} rejected, {} bytes, {bytes} bytes of facts, {seconds:.3} s, {:.1} MB/s",
        summary.records,
        summary.dossiers,
        summary.rejected,
        summary.bytes,
        summary.bytes as f64 / 1e6 / seconds
    );
    Ok(())
}

fn refused(refusal: &liant_flux::Refusal, path: &str) -> Result<(), Box<dyn std::error::Error>> {
    match refusal.diagnostic() {
        Some(diagnostic) => {
            eprint!("{}", diagnostic.render(path, Lang::Fr));
            Err("refused".into())
        }
        None => Err(refusal.to_string().into()),
    }
}
