//! The files that are measured: made once, then kept in the work folder.

use super::Bench;
use crate::process::run;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// A monthly file and what goes with it.
pub(super) struct Month {
    /// The flow.
    pub(super) flow: PathBuf,
    /// The people known beforehand, as CSV, and which dossier is which of them.
    pub(super) known: Option<Known>,
}

/// What only the peers' generator makes.
pub(super) struct Known {
    pub(super) people: PathBuf,
    pub(super) truth: PathBuf,
}

impl Bench {
    /// A monthly file of `n` dossiers, corrupted as `profile` says.
    pub(super) fn month(&self, profile: &str, n: u64) -> Result<Month> {
        let stem = format!("{profile}-{}-{n}", self.options.seed);
        let path = |end: &str| self.work.join(format!("{stem}.{end}"));
        let flow = path("xml");
        let Ok(peers) = self.peers() else {
            let flow = self.work.join(format!("sample-{}-{n}.xml", self.options.seed));
            made(&flow, |part| {
                let (n, seed) = (n.to_string(), self.options.seed.to_string());
                run(self
                    .liant()
                    .args(["flux", "sample", "pecgm", "--records", &n, "--seed", &seed, "-o"])
                    .arg(part))
            })?;
            return Ok(Month { flow, known: None });
        };
        let known = Known { people: path("known.csv"), truth: path("truth.csv") };
        made(&flow, |part| {
            let mut command = peers.script("make_pecgm.py");
            command.args([
                "--profile",
                profile,
                "--n",
                &n.to_string(),
                "--seed",
                &self.options.seed.to_string(),
            ]);
            if profile == "nonir" {
                command.args(["--nir-missing-flux", "1"]);
            }
            command.arg("--xml").arg(part).arg("--known").arg(&known.people).arg("--truth").arg(&known.truth);
            run(&mut command)
        })?;
        Ok(Month { flow, known: Some(known) })
    }

    /// The month after a file of `month("default", n)`: 3 % leave, 12 % change, 3 % join.
    pub(super) fn next_month(&self, n: u64) -> Result<PathBuf> {
        let peers = self.peers()?;
        let first = self.month("default", n)?;
        let stem = format!("next-{}-{n}", self.options.seed);
        let path = |end: &str| self.work.join(format!("{stem}.{end}"));
        let seed = self.options.seed.to_string();
        let joiners = path("joiners.xml");
        made(&joiners, |part| {
            let mut command = peers.script("make_pecgm.py");
            command.args([
                "--n",
                &(n / 20 + 100).to_string(),
                "--seed",
                &(self.options.seed + 1_000).to_string(),
            ]);
            command.args(["--first-id", &(2 * n).to_string(), "--xml"]).arg(part);
            run(command
                .arg("--known")
                .arg(path("joiners.known.csv"))
                .arg("--truth")
                .arg(path("joiners.truth.csv")))
        })?;
        let flow = path("xml");
        made(&flow, |part| {
            let mut command = peers.script("next_month.py");
            command.arg("--xml").arg(&first.flow).arg("--joiners").arg(&joiners).args(["--seed", &seed]);
            run(command.arg("--out").arg(part).arg("--log").arg(path("log.csv")))
        })?;
        Ok(flow)
    }

    /// The identity part of a flow, as CSV.
    pub(super) fn identities(&self, flow: &Path) -> Result<PathBuf> {
        let list = flow.with_extension("flux.csv");
        made(&list, |part| run(self.peers()?.ingest("pecgm_to_csv.py")?.arg(flow).arg(part)))?;
        Ok(list)
    }

    /// An empty folder under the work folder.
    pub(super) fn fresh(&self, name: &str) -> Result<PathBuf> {
        let folder = self.work.join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    }
}

/// Makes a file under another name first, so that an interrupted run leaves none that looks whole.
fn made(path: &Path, make: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    if path.is_file() {
        return Ok(());
    }
    let part = path.with_extension("part");
    make(&part)?;
    std::fs::rename(&part, path).with_context(|| format!("cannot make {}", path.display()))
}

/// Megabytes (10⁶ bytes) of a file.
pub(super) fn megabytes(path: &Path) -> Result<f64> {
    Ok(std::fs::metadata(path)?.len() as f64 / 1e6)
}
