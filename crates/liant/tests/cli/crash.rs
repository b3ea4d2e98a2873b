//! An import that is killed: readers see what they saw before, and the next import clears up.

use std::process::{Child, Stdio};

use liant_sample::SampleKind;
use serde_json::Value;

use crate::files::{APRIL, MARCH, sound};
use crate::installation::{Installation, every_engine};

/// Records of the file whose import is killed: many chunks.
const RECORDS: u64 = 20_000;

#[test]
fn an_import_killed_half_way_leaves_no_trace_that_anyone_sees() {
    let big = sound(SampleKind::Pecgm, RECORDS, 2, APRIL);
    for installation in every_engine() {
        let engine = installation.engine();
        installation.import(installation.write("before.xml", &sound(SampleKind::Pecgm, 30, 1, MARCH)));
        let before = installation.rows().matter();
        let seen = installation.seen();
        let file = installation.write("big.xml", &big);

        let dead = kill_half_way(&installation, file);
        assert!(installation.rows().of("identity").len() > 30, "{engine}: it was killed before it wrote");
        assert_eq!(installation.seen(), seen, "{engine}: readers see the rows of a dead import");
        assert_eq!(state_of(&installation, dead), "loading");

        // Clearing up comes first, even in an import that is then refused: not a row is left.
        installation.wait_until_the_lock_is_free();
        let cut = installation.write("cut.xml", &big[..100_000]);
        let said = installation.run("technician", &["flux", "import", cut]);
        assert_eq!(said.code, Some(1), "{said:?}");
        let after = installation.rows().matter();
        assert!(before == after, "{engine}: before {before:?}, after {after:?}");
        assert_eq!(state_of(&installation, dead), "abandoned");

        // Killed again, and this time the file itself comes next.
        let dead = kill_half_way(&installation, file);
        installation.wait_until_the_lock_is_free();
        let done = installation.import(file);
        assert_eq!(done["records"], RECORDS);
        let new = done["new"].as_u64().unwrap() as usize;
        assert_eq!(installation.rows().of("identity").len(), 30 + new, "{engine}: orphans are left");
        assert_eq!(state_of(&installation, dead), "abandoned");
        assert_eq!(installation.run("dpo", &["audit", "verify"]).code, Some(0));
    }
}

/// Starts an import and kills it when some of its rows are written. Gives the number of its batch.
fn kill_half_way(installation: &Installation, file: &str) -> i64 {
    let mut command = installation.command(&["--as", "technician", "flux", "import", file]);
    let mut import = Killed(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
    let mut watch = installation.watch();
    loop {
        let (loading, rows) = watch.look();
        if let (Some(batch), true) = (loading, rows > 30) {
            // On Unix this is SIGKILL: the process has no say.
            import.0.kill().unwrap();
            assert_eq!(import.0.wait().unwrap().code(), None, "the import ended before it could be killed");
            return batch;
        }
        assert_eq!(import.0.try_wait().unwrap(), None, "the import ended before it could be killed");
        std::thread::yield_now();
    }
}

/// A process that does not outlive the test.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn state_of(installation: &Installation, batch: i64) -> Value {
    let files = installation.json("technician", &["flux", "list"]);
    let file = files.as_array().unwrap().iter().find(|file| file["batch"] == batch).unwrap();
    file["state"].clone()
}
