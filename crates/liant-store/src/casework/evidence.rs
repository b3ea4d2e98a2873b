//! Lists of those accompanied in a half-year, as they were frozen, and who signed them.

use liant_model::{Date, Instant, OrganisationId, Party, Role, Territory, Uuid};

use super::parsed;
use crate::StoreError;
use crate::connection::Connection;
use crate::snapshot::{Snapshot, damaged};
use crate::value::{Row, Value};

/// A list that is frozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRow {
    /// Which.
    pub list: Uuid,
    /// Of which programme.
    pub programme: String,
    /// Of which half-year.
    pub half: String,
    /// When it was frozen.
    pub made_at: Instant,
    /// By whom: account, or the operator's actor.
    pub made_by: String,
    /// How many lines it has.
    pub people: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub hash: String,
    /// Its content, sealed.
    pub sealed: Vec<u8>,
    /// The last day on which it is kept.
    pub kept_until: Date,
    /// Who signed it.
    pub signatures: Vec<EvidenceSignature>,
}

/// A signature under a list, or under another paper that parties sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceSignature {
    /// For which party.
    pub party: Party,
    /// In what role.
    pub role: Role,
    /// When.
    pub at: Instant,
    /// By whom: account, or the operator's actor.
    pub signed_by: String,
    /// From where, when she sat somewhere.
    pub organisation: Option<OrganisationId>,
}

impl EvidenceSignature {
    /// Writes it under a paper that its party has not signed; whether it did.
    pub(super) fn write(
        &self,
        connection: &mut Connection,
        (territory, at): (Territory, i64),
        paper: Uuid,
    ) -> Result<bool, StoreError> {
        let written = connection.execute(
            "INSERT INTO casework_signature (territory_id, list_id, party, role, signed_by, signed_at, organisation_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
            &[
                Value::Code(territory),
                Value::Id(paper),
                Value::Text(self.party.as_str()),
                Value::Text(self.role.as_str()),
                Value::Text(&self.signed_by),
                Value::Integer(at),
                Value::optional(self.organisation, |one| Value::Id(one.0)),
            ],
        )?;
        Ok(written == 1)
    }
}

/// What is done to a list.
#[derive(Clone, Debug)]
pub enum EvidenceChange {
    /// Freezes it, in place of the one of the same half-year that nobody has signed.
    Freeze(EvidenceRow),
    /// Signs the list that has this content, for a party that has not signed it.
    Sign {
        /// Which.
        list: Uuid,
        /// Its content.
        hash: String,
        /// Who signs.
        signature: EvidenceSignature,
    },
    /// Destroys it, with its signatures.
    Destroy(Uuid),
}

const WHAT: &str = "the list";

impl EvidenceChange {
    pub(crate) fn apply(
        &self,
        connection: &mut Connection,
        (territory, at): (Territory, i64),
    ) -> Result<(), StoreError> {
        let key = Value::Code(territory);
        let taken = StoreError::Conflict { what: WHAT };
        match self {
            Self::Freeze(row) => {
                let which = [key, Value::Text(&row.programme), Value::Text(&row.half)];
                // Until the end of the transaction nobody signs the one that is there.
                connection.execute(
                    "UPDATE casework_evidence SET made_by = made_by
                     WHERE territory_id = ?1 AND programme = ?2 AND half = ?3",
                    &which,
                )?;
                connection.execute(
                    "DELETE FROM casework_evidence WHERE territory_id = ?1 AND programme = ?2 AND half = ?3
                         AND NOT EXISTS (SELECT 1 FROM casework_signature AS one WHERE one.territory_id = casework_evidence.territory_id
                             AND one.list_id = casework_evidence.list_id)",
                    &which,
                )?;
                let written = connection.execute(
                    "INSERT INTO casework_evidence (territory_id, programme, half, list_id, made_at, made_by, people, hash, sealed,
                         kept_until)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING",
                    &[
                        key,
                        Value::Text(&row.programme),
                        Value::Text(&row.half),
                        Value::Id(row.list),
                        Value::Integer(at),
                        Value::Text(&row.made_by),
                        Value::Integer(row.people.cast_signed()),
                        Value::Text(&row.hash),
                        Value::Bytes(&row.sealed),
                        Value::Day(row.kept_until),
                    ],
                )?;
                if written == 1 { Ok(()) } else { Err(taken) }
            }
            Self::Sign { list, hash, signature } => {
                let held = connection.execute(
                    "UPDATE casework_evidence SET made_by = made_by
                     WHERE territory_id = ?1 AND list_id = ?2 AND hash = ?3",
                    &[key, Value::Id(*list), Value::Text(hash)],
                )?;
                let written = signature.write(connection, (territory, at), *list)?;
                if held == 1 && written { Ok(()) } else { Err(taken) }
            }
            Self::Destroy(list) => {
                let which = [key, Value::Id(*list)];
                for table in ["casework_signature", "casework_evidence"] {
                    let sql = format!("DELETE FROM {table} WHERE territory_id = ?1 AND list_id = ?2");
                    connection.execute(&sql, &which)?;
                }
                Ok(())
            }
        }
    }
}

fn signature(row: &Row<'_>) -> Result<(Uuid, EvidenceSignature), StoreError> {
    let unknown = |_| damaged("a signature is of no party or role");
    Ok((
        row.id(0)?,
        EvidenceSignature {
            party: Party::parse(row.borrowed_text(1)?).map_err(unknown)?,
            role: row.borrowed_text(2)?.parse().map_err(|_| damaged("a signature is of no role"))?,
            signed_by: row.text(3)?,
            at: Instant::from_micros(row.integer(4)?),
            organisation: row.optional_id(5)?,
        },
    ))
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// Every signature, in order, with the paper that it is under.
    pub(super) fn casework_signatures(&mut self) -> Result<Vec<(Uuid, EvidenceSignature)>, StoreError> {
        let key = self.key();
        self.parts().0.all(
            "SELECT list_id, party, role, signed_by, signed_at, organisation_id FROM casework_signature
             WHERE territory_id = ?1 ORDER BY signed_at, party",
            &[key],
            signature,
        )
    }

    /// Every list of those accompanied that is kept, the latest half-year first, each with its signatures in order.
    pub fn casework_evidence(&mut self) -> Result<Vec<EvidenceRow>, StoreError> {
        let key = self.key();
        let signatures = self.casework_signatures()?;
        let mut lists = self.parts().0.all(
            "SELECT list_id, programme, half, made_at, made_by, people, hash, sealed, kept_until
             FROM casework_evidence WHERE territory_id = ?1 ORDER BY half DESC, programme",
            &[key],
            |row| {
                Ok(EvidenceRow {
                    list: row.id(0)?,
                    programme: row.text(1)?,
                    half: row.text(2)?,
                    made_at: Instant::from_micros(row.integer(3)?),
                    made_by: row.text(4)?,
                    people: row.integer(5)?.unsigned_abs(),
                    hash: row.text(6)?,
                    sealed: row.bytes(7)?,
                    kept_until: parsed(row.borrowed_text(8)?)?,
                    signatures: Vec::new(),
                })
            },
        )?;
        for (list, signature) in signatures {
            if let Some(row) = lists.iter_mut().find(|row| row.list == list) {
                row.signatures.push(signature);
            }
        }
        Ok(lists)
    }
}
