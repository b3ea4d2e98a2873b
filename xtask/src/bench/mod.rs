//! Ours beside the peers, measured in one run on this machine.
//!
//! Figures are medians of several rounds, with the largest memory of any of them. Seconds are never a test: what is
//! compared is ours with a peer, or ours with itself at another size, in the same run.

mod casework;
mod directory;
mod gate;
mod inputs;
mod load;
mod matching;
mod measure;
mod peers;
mod processor;
mod report;
mod site;
mod validate;
mod waits;

use crate::process::{cargo, run, target};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use peers::Peers;
use report::Report;
use std::path::PathBuf;
use std::process::Command;

#[derive(Args)]
pub(crate) struct Options {
    /// Dossiers of the monthly file
    #[arg(long, default_value_t = 100_000, value_name = "N")]
    n: u64,
    /// A million dossiers, and growth up to that
    #[arg(long, conflicts_with = "n")]
    full: bool,
    /// Rounds; the median is reported
    #[arg(long, default_value_t = 3, value_name = "N")]
    rounds: usize,
    /// Seed of the files; not the one that identity matching was tuned on (62)
    #[arg(long, default_value_t = 7, value_name = "S")]
    seed: u64,
    /// Sizes at which growth is measured [default: a tenth, a half and the whole of N]
    #[arg(long, value_delimiter = ',', value_name = "N,N")]
    sizes: Vec<u64>,
    /// The peers' scripts [default: ../shared/peers beside the repository, when present]
    #[arg(long, value_name = "DIR")]
    peers: Option<PathBuf>,
    /// Run Splink too (a slow install, and slow runs)
    #[arg(long)]
    splink: bool,
    /// What to measure [default: everything]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "TOPIC,TOPIC")]
    only: Vec<Topic>,
    /// Where inputs and results go [default: target/bench]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The program to measure [default: built from here, in release]
    #[arg(long, value_name = "FILE")]
    liant: Option<PathBuf>,
}

/// What can be measured.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Topic {
    /// Check a monthly file
    Validate,
    /// Match two lists of people: time and memory
    Match,
    /// Match against the truth, on three profiles of corruption
    Quality,
    /// First load, next month and the same file again, on SQLite
    Sqlite,
    /// The same on PostgreSQL
    Postgres,
    /// Time and memory as the file grows
    Growth,
    /// How long other writers wait while a file loads
    Waits,
    /// The people list, search and home, the making of what they stand on, and the site under load, on each engine
    Directory,
    /// Every delay of as many accompaniments, a year replayed, lists among them on each engine, a liaison form as PDF
    Casework,
    /// How long the gate and a compiled plan take, and whether the gate agrees with the oracle on millions of decisions
    Gate,
}

/// Everything a measure needs.
struct Bench {
    options: Options,
    liant: PathBuf,
    peers: Option<Peers>,
    work: PathBuf,
}

impl Bench {
    fn size(&self) -> u64 {
        if self.options.full { 1_000_000 } else { self.options.n }
    }

    fn sizes(&self) -> Vec<u64> {
        let whole = self.size();
        let mut sizes = if self.options.sizes.is_empty() {
            vec![10_000, whole / 10, whole / 2, whole]
        } else {
            self.options.sizes.clone()
        };
        sizes.retain(|size| *size > 0);
        sizes.sort_unstable();
        sizes.dedup();
        sizes
    }

    fn liant(&self) -> Command {
        Command::new(&self.liant)
    }

    /// The peers, or why there are none.
    fn peers(&self) -> Result<&Peers> {
        self.peers.as_ref().context("the peers' scripts or Python are absent (--peers DIR)")
    }

    fn measure(&self, topic: Topic, report: &mut Report) -> Result<()> {
        match topic {
            Topic::Validate => validate::validate(self, report),
            Topic::Match => matching::cost(self, report),
            Topic::Quality => matching::quality(self, report),
            Topic::Sqlite => load::months(self, load::Engine::Sqlite, report),
            Topic::Postgres => load::months(self, load::Engine::Postgres, report),
            Topic::Growth => load::growth(self, report),
            Topic::Waits => waits::waits(self, report),
            Topic::Directory => directory::directory(self, report),
            Topic::Casework => casework::casework(self, report),
            Topic::Gate => gate::gate(self, report),
        }
    }
}

/// Measures what was asked and prints figures and ratios.
pub(crate) fn bench(options: Options) -> Result<()> {
    let topics =
        if options.only.is_empty() { Topic::value_variants().to_vec() } else { options.only.clone() };
    let work = options.out.clone().unwrap_or_else(|| target().join("bench"));
    std::fs::create_dir_all(&work).with_context(|| format!("cannot make {}", work.display()))?;
    // Some are measured as libraries.
    let is_library = |topic: &Topic| matches!(topic, Topic::Gate | Topic::Casework);
    let liant = if topics.iter().all(is_library) { PathBuf::new() } else { program(&options)? };
    let work = work.canonicalize()?;
    let mut report = Report::new(&work);
    let peers = match Peers::find(options.peers.as_deref(), options.splink) {
        Ok(peers) => Some(peers),
        Err(error) => {
            report.skip("peers", &error);
            None
        }
    };
    let bench = Bench { options, liant, peers, work };
    for topic in topics {
        let name = topic.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        eprintln!("── {name}");
        if let Err(error) = bench.measure(topic, &mut report) {
            report.fail(&name, &error);
        }
    }
    report.publish(&bench)?;
    if report.failed() {
        bail!("something could not be measured: see above");
    }
    Ok(())
}

/// The program to measure, built when none is given.
fn program(options: &Options) -> Result<PathBuf> {
    let liant = if let Some(path) = &options.liant {
        path.clone()
    } else {
        run(&mut cargo(&["build", "--locked", "--release", "-p", "liant"]))?;
        target().join("release").join("liant")
    };
    liant.canonicalize().with_context(|| format!("no program at {}", liant.display()))
}
