//! `liant-press`: one job as JSON on standard input, its PDF on standard output.
//!
//! Exit code 0: the document is whole. 1: the template or the data is at fault. 2: what was read is no job, or the machine is at
//! fault. The reason is one line on standard error, without any datum.

#![expect(clippy::print_stderr, reason = "a program reports by printing")]

use std::io::{Read, Write};
use std::process::ExitCode;

use liant_press::{Fault, Job};

/// The largest job: a copy of all that is held of someone is a few hundred kilobytes.
const LARGEST: u64 = 32 << 20;
/// Seconds of processor for one document.
#[cfg(unix)]
const SECONDS: u64 = 30;
/// Bytes of memory for one document.
#[cfg(unix)]
const MEMORY: u64 = 1 << 30;

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|argument| argument == "--version") {
        return write(
            format!("liant-press {}, form {}\n", env!("CARGO_PKG_VERSION"), liant_press::FORM).as_bytes(),
        );
    }
    // What a crash would say might quote the data.
    std::panic::set_hook(Box::new(|_| eprintln!("liant-press: {}", Fault::Internal)));
    if let Err(error) = bound() {
        eprintln!("liant-press: {error}");
        return ExitCode::from(2);
    }
    let mut job = Vec::new();
    if let Err(error) = std::io::stdin().lock().take(LARGEST).read_to_end(&mut job) {
        eprintln!("liant-press: the job cannot be read: {error}");
        return ExitCode::from(2);
    }
    let job = match Job::read(&job) {
        Ok(job) => job,
        Err(error) => {
            eprintln!("liant-press: {error}");
            return ExitCode::from(2);
        }
    };
    match liant_press::press(&job) {
        Ok(document) => write(&document),
        Err(fault) => {
            eprintln!("liant-press: {fault}");
            ExitCode::from(if matches!(fault, Fault::Internal | Fault::Job(_)) { 2 } else { 1 })
        }
    }
}

fn write(bytes: &[u8]) -> ExitCode {
    let mut output = std::io::stdout().lock();
    match output.write_all(bytes).and_then(|()| output.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("liant-press: the document cannot be written: {error}");
            ExitCode::from(2)
        }
    }
}

/// Bounds time and memory, and leaves no image of the memory behind after a crash: it would hold the data. What is bounded more
/// tightly already stays so.
#[cfg(unix)]
fn bound() -> Result<(), rustix::io::Errno> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    for (resource, most) in [(Resource::Cpu, SECONDS), (Resource::As, MEMORY), (Resource::Core, 0)] {
        let found = getrlimit(resource);
        let most = [found.current, found.maximum].into_iter().flatten().fold(most, u64::min);
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn bound() -> Result<(), std::convert::Infallible> {
    Ok(())
}
