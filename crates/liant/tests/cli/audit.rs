//! The log of what was done: it holds, and whoever changes it is found.

use liant_audit::verify::Frontier;
use liant_sample::SampleKind;
use rusqlite::{Connection, params};

use crate::files::{APRIL, MARCH, sound};
use crate::installation::Installation;

/// An installation whose log has some entries.
fn with_a_log() -> Installation {
    let installation = Installation::sqlite();
    for (seed, month) in [(1, MARCH), (2, APRIL)] {
        installation.import(installation.write("file.xml", &sound(SampleKind::Pecgm, 20, seed, month)));
        assert_eq!(installation.run("clerk", &["review", "list"]).code, Some(0));
    }
    installation
}

/// A change to the log, and how it is found without a checkpoint.
struct Tampering {
    what: &'static str,
    /// What changes entry `?1`.
    sql: &'static str,
    /// What `audit verify` says.
    found: &'static str,
}

const TAMPERINGS: [Tampering; 7] = [
    Tampering {
        what: "a byte of a payload is flipped",
        sql: "UPDATE audit_entry SET payload = CAST(substr(payload, 1, 40) || x'ff' || substr(payload, 42) AS BLOB) WHERE seq = ?1",
        found: "leaf 2 was altered",
    },
    Tampering {
        what: "a salt is changed",
        sql: "UPDATE audit_entry SET salt = zeroblob(length(salt)) WHERE seq = ?1",
        found: "leaf 2 was altered",
    },
    Tampering {
        what: "a commitment is changed",
        sql: "UPDATE audit_entry SET commitment = zeroblob(32) WHERE seq = ?1",
        found: "leaf 2 was altered",
    },
    Tampering {
        what: "a row is deleted",
        sql: "DELETE FROM audit_entry WHERE seq = ?1",
        found: "leaves 2 to 2 are missing",
    },
    Tampering {
        what: "the last rows are deleted",
        sql: "DELETE FROM audit_entry WHERE seq >= ?1",
        found: "the log ends after 2 leaves",
    },
    Tampering {
        what: "two rows are swapped",
        sql: "UPDATE audit_entry SET seq = CASE seq WHEN ?1 THEN -1 ELSE ?1 END WHERE seq IN (?1, ?1 + 1);
              UPDATE audit_entry SET seq = ?1 + 1 WHERE seq = -1",
        found: "are not those the checkpoint of",
    },
    Tampering {
        what: "a row is taken away and those after it moved up",
        sql: "DELETE FROM audit_entry WHERE seq = ?1; UPDATE audit_entry SET seq = seq - 1 WHERE seq > ?1",
        found: "the log ends after",
    },
];

#[test]
fn whoever_changes_the_log_is_found() {
    let installation = with_a_log();
    let verify = || installation.run("dpo", &["audit", "verify"]);
    assert_eq!(verify().code, Some(0));
    let export = |name| {
        let said = installation.run("dpo", &["audit", "export", "-o", name]);
        assert_eq!(said.code, Some(0), "{said:?}");
        installation.bare(&["audit", "verify", "--log", name])
    };
    assert_eq!(export("sound.log").code, Some(0));
    for tampering in &TAMPERINGS {
        let before = Untouched::keep(&installation);
        before.change(tampering.sql);
        let said = verify();
        assert_eq!(said.code, Some(1), "{}: {said:?}", tampering.what);
        assert!(said.out.contains(tampering.found), "{}: {said:?}", tampering.what);
        before.restore();
        assert_eq!(verify().code, Some(0), "{}: restored", tampering.what);
    }
}

#[test]
fn a_log_that_was_made_again_is_found_by_a_checkpoint() {
    let installation = with_a_log();
    let call = ["audit", "checkpoint", "-o", "checkpoint.note", "--key", "sign.pem"];
    assert_eq!(installation.run("dpo", &call).code, Some(0));
    let against = ["audit", "verify", "--checkpoint", "checkpoint.note", "--key", "sign.pub"];
    let held = installation.run("dpo", &against);
    assert_eq!(held.code, Some(0), "{held:?}");
    assert!(held.out.contains("covered by a checkpoint"), "{held:?}");

    // Someone who can write to the store takes the last entries away, and makes the edge again: the log agrees with
    // itself, and the note that a partner holds does not.
    let before = Untouched::keep(&installation);
    before.change("DELETE FROM audit_entry WHERE seq >= ?1");
    before.make_the_edge_again();
    assert_eq!(installation.run("dpo", &["audit", "verify"]).code, Some(0));
    let said = installation.run("dpo", &against);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.out.contains("the log ends after 2 leaves, but a checkpoint was signed over"), "{said:?}");
    before.restore();
    assert_eq!(installation.run("dpo", &against).code, Some(0));

    // An exported log, cut or changed, is found by anyone who holds the note.
    let said = installation.run("dpo", &["audit", "export", "-o", "all.log"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let with_log = |name| [&against[..], &["--log", name]].concat();
    assert_eq!(installation.bare(&with_log("all.log")).code, Some(0));
    let bytes = std::fs::read(installation.path("all.log")).unwrap();
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let cut = installation.write("cut.log", &lines[..lines.len() - 1].concat());
    assert_eq!(installation.bare(&with_log(cut)).code, Some(1));
    let middle = bytes.len() / 2;
    let flipped: Vec<u8> =
        bytes.iter().enumerate().map(|(place, byte)| byte ^ u8::from(place == middle)).collect();
    let flipped = installation.write("flipped.log", &flipped);
    assert_eq!(installation.bare(&with_log(flipped)).code, Some(1));
}

#[test]
fn a_checkpoint_needs_the_key_that_signed_it() {
    let installation = with_a_log();
    for key in ["one.pem", "other.pem"] {
        let call = ["audit", "checkpoint", "-o", "checkpoint.note", "--key", key];
        assert_eq!(installation.run("dpo", &call).code, Some(0));
    }
    let against =
        |key| installation.run("dpo", &["audit", "verify", "--checkpoint", "checkpoint.note", "--key", key]);
    assert_eq!(against("other.pub").code, Some(0));
    assert_eq!(against("one.pub").code, Some(2));
    let said = installation.run("dpo", &["audit", "verify", "--checkpoint", "checkpoint.note"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("--key"), "{said:?}");
}

/// The log as it was, to put back.
struct Untouched {
    connection: Connection,
}

impl Untouched {
    fn keep(installation: &Installation) -> Self {
        let connection = Connection::open(installation.database()).unwrap();
        connection.execute_batch("CREATE TEMP TABLE kept AS SELECT * FROM audit_entry; CREATE TEMP TABLE kept_edge AS SELECT * FROM territory").unwrap();
        Self { connection }
    }

    /// Changes entry 2.
    fn change(&self, sql: &str) {
        for statement in sql.split(';') {
            let changed = self.connection.execute(statement, params![2]).unwrap();
            assert!(changed > 0, "`{statement}` changes nothing");
        }
    }

    fn make_the_edge_again(&self) {
        let mut leaves = self.connection.prepare("SELECT commitment FROM audit_entry ORDER BY seq").unwrap();
        let mut edge = Frontier::default();
        for commitment in leaves.query_map([], |row| row.get::<_, [u8; 32]>(0)).unwrap() {
            edge.append(commitment.unwrap(), |_| {});
        }
        let (size, roots) = edge.parts();
        let edge = params![size as i64, roots.as_flattened()];
        self.connection.execute("UPDATE territory SET log_size = ?1, log_frontier = ?2", edge).unwrap();
    }

    fn restore(self) {
        self.connection
            .execute_batch(
                "BEGIN; DELETE FROM audit_entry; INSERT INTO audit_entry SELECT * FROM kept;
                 DELETE FROM territory; INSERT INTO territory SELECT * FROM kept_edge; COMMIT",
            )
            .unwrap();
    }
}
