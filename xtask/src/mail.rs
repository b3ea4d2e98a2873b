//! A mail server of our own for the tests: on the loopback address, it keeps what it is given in a folder that goes with it.

use crate::packages;
use anyhow::{Context, Result, bail};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The interpreter whose Debian packages hold the server.
const PYTHON: &str = "/usr/bin/python3";
/// How long it may take to start.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running server; stopped, and its letters removed, when dropped.
pub(crate) struct MailServer {
    child: Child,
    port: u16,
    folder: PathBuf,
}

impl MailServer {
    /// Starts it; its program is installed first when absent.
    pub(crate) fn start() -> Result<Self> {
        let mut probe = Command::new(PYTHON);
        let is_there = probe.args(["-c", "import aiosmtpd"]).stderr(Stdio::null()).status();
        if !is_there.is_ok_and(|status| status.success()) {
            packages::install(&["python3-aiosmtpd"])?;
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = std::env::temp_dir().join(format!("liant-mail-{}-{port}", std::process::id()));
        let mut command = Command::new(PYTHON);
        command.args(["-m", "aiosmtpd", "-n", "-l", &format!("127.0.0.1:{port}")]);
        command.args(["-c", "aiosmtpd.handlers.Mailbox"]).arg(&folder).stdin(Stdio::null());
        let child = command.spawn().context("cannot start the mail server")?;
        let mut server = Self { child, port, folder };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if let Some(ended) = server.child.try_wait()? {
                bail!("the mail server ended: {ended}");
            }
            if begun.elapsed() > PATIENCE {
                bail!("the mail server does not answer");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
    }

    /// What names the server, and the folder of its letters, to the tests.
    pub(crate) fn variables(&self) -> [(&'static str, String); 2] {
        [
            ("LIANT_TEST_SMTP", format!("smtp://127.0.0.1:{}", self.port)),
            ("LIANT_TEST_SMTP_LETTERS", self.folder.join("new").display().to_string()),
        ]
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
