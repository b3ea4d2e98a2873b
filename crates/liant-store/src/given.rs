//! Which signed checkpoint of the log was given to whom.

use liant_model::{Instant, Territory};

use crate::value::Value;
use crate::{Store, StoreError};

/// The last checkpoint that someone was given.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct GivenCheckpoint {
    /// To whom: an address.
    pub recipient: String,
    /// How many entries it covers.
    pub size: u64,
    /// When.
    pub at: Instant,
}

impl Store {
    /// The last checkpoint that each was given, by address.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn checkpoints_given(&self, territory: Territory) -> Result<Vec<GivenCheckpoint>, StoreError> {
        self.read(territory, |snapshot| {
            snapshot.parts().0.all(
                "SELECT recipient, log_size, given_at FROM checkpoint_given WHERE territory_id = ?1 ORDER BY recipient",
                &[Value::Code(territory)],
                |row| {
                    let at = Instant::from_micros(row.integer(2)?);
                    Ok(GivenCheckpoint { recipient: row.text(0)?, size: row.integer(1)?.cast_unsigned(), at })
                },
            )
        })
    }

    /// Notes that someone was given a checkpoint. An earlier one does not take the place of a later.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn note_checkpoint_given(
        &self,
        territory: Territory,
        given: &GivenCheckpoint,
    ) -> Result<(), StoreError> {
        self.write(territory, |connection| {
            connection.execute(
                "INSERT INTO checkpoint_given (territory_id, recipient, log_size, given_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (territory_id, recipient) DO UPDATE
                     SET log_size = excluded.log_size, given_at = excluded.given_at
                     WHERE checkpoint_given.log_size < excluded.log_size",
                &[
                    Value::Code(territory),
                    Value::Text(&given.recipient),
                    Value::Integer(given.size.cast_signed()),
                    Value::Integer(given.at.micros()),
                ],
            )?;
            Ok(())
        })
    }
}
