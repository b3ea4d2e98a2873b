//! The peers: Python scripts kept outside the repository, and the packages they need.

use crate::packages;
use crate::process::{cache, on_path, read, root, run};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Scripts and an interpreter for them.
pub(super) struct Peers {
    scripts: PathBuf,
    python: PathBuf,
    lxml: bool,
    splink: bool,
}

impl Peers {
    /// Finds the scripts and prepares their packages; a package that cannot be installed only narrows the comparison.
    pub(super) fn find(folder: Option<&Path>, splink: bool) -> Result<Self> {
        let scripts = folder.map_or_else(|| root().join("../shared/peers"), Path::to_path_buf);
        if !scripts.join("make_pecgm.py").is_file() {
            bail!("no make_pecgm.py in {}", scripts.display());
        }
        let system = on_path("python3").context("no python3 on this machine")?;
        let python = environment(&system).unwrap_or_else(|error| {
            eprintln!("   no Python packages: {error:#}");
            system
        });
        let lxml = packages_for(&python, "import lxml.etree, psycopg", &["lxml", "psycopg[binary]"]);
        let wanted = ["duckdb", "splink", "pandas", "pyarrow"];
        let splink = splink && packages_for(&python, "import duckdb, splink", &wanted);
        Ok(Self { scripts: scripts.canonicalize()?, python, lxml, splink })
    }

    /// A script, ready for its arguments.
    pub(super) fn script(&self, name: &str) -> Command {
        let mut command = self.python();
        command.arg(self.scripts.join(name));
        command
    }

    /// The interpreter that has the packages.
    pub(super) fn python(&self) -> Command {
        let mut command = Command::new(&self.python);
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }

    /// A script that needs lxml or psycopg.
    pub(super) fn ingest(&self, name: &str) -> Result<Command> {
        if !self.lxml {
            bail!("the Python packages lxml and psycopg are absent");
        }
        Ok(self.script(name))
    }

    /// Splink, when asked for and installed.
    pub(super) fn splink(&self) -> Option<Command> {
        self.splink.then(|| self.script("link_splink.py"))
    }
}

/// The interpreter of an environment in the cache, made when absent.
fn environment(system: &Path) -> Result<PathBuf> {
    let folder = cache()?.join("peers-python");
    let python = folder.join("bin").join("python");
    if !python.is_file() {
        run(Command::new(system).args(["-m", "venv"]).arg(&folder))?;
    }
    Ok(python)
}

/// Whether packages can be imported, after an attempt to install them.
fn packages_for(python: &Path, proof: &str, names: &[&str]) -> bool {
    let present = || read(Command::new(python).args(["-c", proof])).is_ok();
    if present() {
        return true;
    }
    let mut install = Command::new(python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(names);
    if let Err(error) = run(&mut install) {
        eprintln!("   {} not installed: {error:#}", names.join(", "));
    }
    present()
}

/// `xmllint`, installed when absent.
pub(super) fn xmllint() -> Result<PathBuf> {
    if on_path("xmllint").is_none() {
        packages::install(&["libxml2-utils"])?;
    }
    on_path("xmllint").context("xmllint is absent")
}
