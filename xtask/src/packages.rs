//! Debian packages.

use crate::process::{is_root, on_path, run};
use anyhow::{Result, bail};
use std::process::{Command, Stdio};

/// Installs Debian packages, as root or through a `sudo` that asks no password.
pub(crate) fn install(names: &[&str]) -> Result<()> {
    let wanted = names.join(" ");
    if on_path("apt-get").is_none() {
        bail!("this machine has no apt-get: install what Debian calls {wanted} and try again");
    }
    let sudo = !is_root()?;
    if sudo && !sudo_works() {
        bail!("not root, and sudo wants a password: run `sudo apt-get install {wanted}` and try again");
    }
    apt(sudo, &["update", "-qq"])?;
    apt(sudo, &[&["install", "-y", "-qq", "--no-install-recommends"], names].concat())
}

fn apt(sudo: bool, arguments: &[&str]) -> Result<()> {
    let mut command = Command::new(if sudo { "sudo" } else { "env" });
    // RUNLEVEL=1 keeps a freshly installed service from being started: we start our own.
    command.args(["DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", "apt-get"]).args(arguments);
    run(command.stdout(Stdio::null()))
}

fn sudo_works() -> bool {
    let mut command = Command::new("sudo");
    command.args(["-n", "true"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
