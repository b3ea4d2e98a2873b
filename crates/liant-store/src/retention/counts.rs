//! How much there is of what is due by itself, not by person.

use liant_model::{BatchNo, Instant};

use super::destroy::proves;
use crate::StoreError;
use crate::snapshot::Snapshot;
use crate::value::Value;

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// How many rows each file has of records set aside.
    pub fn reject_counts(&mut self) -> Result<Vec<(BatchNo, u64)>, StoreError> {
        let key = self.key();
        self.parts().0.all(
            "SELECT batch_no, CAST(COUNT(*) AS BIGINT) FROM reject WHERE territory_id = ?1 GROUP BY batch_no ORDER BY batch_no",
            &[key],
            |row| Ok((BatchNo(row.integer(0)?), row.integer(1)? as u64)),
        )
    }

    /// How many rows of who was shown what there are before a moment, and how many entries of the log say what may go.
    pub fn access_log_before(&mut self, before: Instant) -> Result<(u64, u64), StoreError> {
        let values = [self.key(), Value::Integer(before.micros())];
        let rows = self.parts().0.first(
            "SELECT CAST((SELECT COUNT(*) FROM access_record WHERE territory_id = ?1 AND at < ?2)
                 + (SELECT COUNT(*) FROM wider_search WHERE territory_id = ?1 AND at < ?2)
                 + (SELECT COUNT(*) FROM look_up WHERE territory_id = ?1 AND declared_at < ?2)
                 + (SELECT COUNT(*) FROM blocking WHERE territory_id = ?1 AND at < ?2) AS BIGINT)",
            &values,
            |row| row.integer(0),
        )?;
        let mut entries = 0;
        self.parts().0.for_each(
            "SELECT payload FROM audit_entry
             WHERE territory_id = ?1 AND at < ?2 AND seq IS NOT NULL AND payload IS NOT NULL",
            &values,
            |row| {
                entries += u64::from(!proves(row.borrowed(0)?));
                Ok(())
            },
        )?;
        Ok((rows.unwrap_or_default() as u64, entries))
    }
}
