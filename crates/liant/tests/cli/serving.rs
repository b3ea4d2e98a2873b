//! The site is started and asked to stop: it ends well, whatever holds its store.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use crate::installation::{LIANT, every_engine, program};

#[cfg(unix)]
#[test]
fn the_site_stops_when_it_is_asked_to() {
    for installation in every_engine() {
        let mut serve = program(LIANT);
        serve.args(["serve", "--dev", "--port", "0", "--dir"]).arg(installation.path("."));
        let mut site = serve.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(site.stdout.take().unwrap()).read_line(&mut address).unwrap();
        assert!(address.starts_with("http://127.0.0.1:"), "{address}");
        // It listens before the store is open: who is told to stop then ends as well.
        assert!(Command::new("kill").args(["-TERM", &site.id().to_string()]).status().unwrap().success());
        let ended = site.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success(), "{}: {said}", installation.engine());
    }
}
