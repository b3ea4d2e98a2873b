//! A glance sees the territory that it names, whatever its connection served before.

#![expect(clippy::unwrap_used, reason = "a failure here is a failed test")]

use liant_model::Territory;
use liant_store::StoreError;
use testkit::{TestStore, every_engine};

fn territory(name: &str) -> Territory {
    name.parse().unwrap()
}

fn is_stopped(test: &TestStore, name: &str) -> bool {
    test.store.glance(territory(name), |snapshot| snapshot.is_blocked("alba")).unwrap()
}

#[test]
fn a_connection_serves_one_territory_after_the_other() {
    for test in every_engine() {
        let engine = test.engine;
        for name in ["59", "62"] {
            test.store.ensure_territory(territory(name)).unwrap();
        }
        let id = if engine == "postgres" { "'01900000-0000-7000-8000-000000000000'" } else { "x'01'" };
        let stop = format!(
            "INSERT INTO blocking (territory_id, blocking_id, human, party, role, clause, tried, at)
             VALUES ('59', {id}, 'alba', 'departement-59', 'clerk', 'art. 5', 50, 1)"
        );
        test.commit_under("59", &stop, || {});
        // One thread, one at a time: each has the connection that the one before gave back.
        let published =
            |name| test.store.read(territory(name), |snapshot| Ok(snapshot.published()?.0)).unwrap();
        published("62");
        assert!(is_stopped(&test, "59"), "{engine}: after a read of another");
        assert!(!is_stopped(&test, "62"), "{engine}: hers is elsewhere");
        assert!(is_stopped(&test, "59"), "{engine}: after a glance at another");
        published("62");
        let failed: Result<(), _> = test.store.read(territory("62"), |_| Err(StoreError::Absent("anything")));
        assert!(failed.is_err() && is_stopped(&test, "59"), "{engine}: after a read that failed");
    }
}
