//! Running a program to its end, with its time and its memory.

use crate::process::describe;
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// One run, or the middle one of several.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// Wall-clock seconds.
    pub(super) seconds: f64,
    /// Largest resident memory, in MB (10⁶ bytes).
    pub(super) megabytes: f64,
    /// Exit code.
    pub(super) code: i32,
    /// What it wrote on its standard output.
    pub(super) output: String,
    /// What it wrote on its standard error.
    pub(super) complaint: String,
}

/// Runs a command once. Exit codes other than those of `accepted` are errors.
pub(super) fn once(command: &mut Command, accepted: &[i32], scratch: &Path) -> Result<Run> {
    let text = describe(command);
    eprintln!("   {text}");
    let (said, complained) = (scratch.join("stdout"), scratch.join("stderr"));
    command
        .stdin(Stdio::null())
        .stdout(std::fs::File::create(&said)?)
        .stderr(std::fs::File::create(&complained)?);
    let start = Instant::now();
    let mut child = command.spawn().with_context(|| format!("cannot start: {text}"))?;
    let mut kilobytes = 0;
    let status = loop {
        // The kernel keeps the high-water mark, so a look now and then is enough.
        kilobytes = high_water_mark(child.id()).unwrap_or(kilobytes);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        let pause = start.elapsed() / 50;
        std::thread::sleep(pause.clamp(Duration::from_millis(1), Duration::from_millis(10)));
    };
    let seconds = start.elapsed().as_secs_f64();
    let output = std::fs::read_to_string(&said).unwrap_or_default();
    let complaint = std::fs::read_to_string(&complained).unwrap_or_default();
    let code = status.code().unwrap_or(-1);
    if !accepted.contains(&code) {
        let tail: Vec<&str> = complaint.lines().chain(output.lines()).rev().take(8).collect();
        bail!("{status}: {text}\n{}", tail.into_iter().rev().collect::<Vec<_>>().join("\n"));
    }
    Ok(Run { seconds, megabytes: kilobytes as f64 * 1024.0 / 1e6, code, output, complaint })
}

/// The middle run by time, with the largest memory of all.
pub(super) fn middle(mut runs: Vec<Run>) -> Result<Run> {
    runs.sort_by(|one, other| one.seconds.total_cmp(&other.seconds));
    let megabytes = runs.iter().map(|run| run.megabytes).fold(0.0, f64::max);
    let middle = runs.len().saturating_sub(1) / 2;
    let run = runs.into_iter().nth(middle).context("no round was run")?;
    Ok(Run { megabytes, ..run })
}

/// Runs a command several times and keeps the middle.
pub(super) fn median(
    rounds: usize,
    accepted: &[i32],
    scratch: &Path,
    mut command: impl FnMut() -> Command,
) -> Result<Run> {
    let runs: Result<Vec<Run>> =
        (0..rounds.max(1)).map(|_| once(&mut command(), accepted, scratch)).collect();
    middle(runs?)
}

/// Peak resident memory of a running process, in kB of 1 024 bytes.
fn high_water_mark(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Run, middle};

    #[test]
    fn the_middle_run_has_the_largest_memory() {
        let run = |seconds, megabytes| Run {
            seconds,
            megabytes,
            code: 0,
            output: String::new(),
            complaint: String::new(),
        };
        let kept = middle(vec![run(3.0, 1.0), run(1.0, 9.0), run(2.0, 4.0)]).unwrap();
        assert_eq!((kept.seconds, kept.megabytes), (2.0, 9.0));
        assert!(middle(Vec::new()).is_err());
    }
}
