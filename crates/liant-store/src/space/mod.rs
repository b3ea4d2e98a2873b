//! People's own spaces: who comes in, by what, and what she said of being reached.

mod change;

use liant_access::TokenHash;
use liant_access::space::SpaceNumber;
use liant_model::{IdentityId, Instant, Lang, PersonId, SpaceId, Territory};

use crate::accounts::ProviderHint;
use crate::snapshot::{Snapshot, damaged};
use crate::value::{Row, Value};
use crate::{Store, StoreError};

pub use change::SpaceChange;

/// A space that is made.
#[derive(Clone, Debug)]
pub struct NewSpace {
    /// This space.
    pub space: SpaceId,
    /// Its number.
    pub number: SpaceNumber,
    /// The source identity that it hangs on.
    pub identity: IdentityId,
    /// The party that opens it.
    pub party: String,
    /// Its language.
    pub lang: Lang,
}

/// A space as it is.
#[derive(Clone, Debug)]
pub struct SpaceRow {
    /// This space.
    pub space: SpaceId,
    /// Its signs, after the territory.
    pub number: String,
    /// The person it is found to be of.
    pub person: PersonId,
    /// The party that opened it.
    pub party: String,
    /// Its language.
    pub lang: Lang,
    /// When it was made.
    pub made_at: Instant,
    /// Her password as a PHC string; none before she came in.
    pub password: Option<String>,
    /// The secret of her second factor, sealed; none before she came in.
    pub secret: Option<Vec<u8>>,
    /// The last step of it that served.
    pub last_step: Option<i64>,
    /// When she last chose them.
    pub bound_at: Option<Instant>,
}

/// A code that was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpaceCodeRow {
    /// Its hash.
    pub hash: [u8; 32],
    /// Who gave it: account, or the operator's actor.
    pub given_by: String,
    /// When.
    pub made_at: Instant,
    /// Until when it is good.
    pub expires_at: Instant,
    /// When it served.
    pub used_at: Option<Instant>,
}

/// Someone on her way in.
#[derive(Clone, Debug)]
pub struct SpacePendingRow {
    /// Hash of the token of her browser.
    pub token: TokenHash,
    /// To which space.
    pub space: SpaceId,
    /// The code that she showed; none when she showed her password.
    pub code: Option<[u8; 32]>,
    /// The password that she has just chosen.
    pub password: Option<String>,
    /// The secret that she is given, sealed.
    pub secret: Option<Vec<u8>>,
    /// Codes tried.
    pub tries: u32,
    /// When it began.
    pub created_at: Instant,
    /// Until when it may go on.
    pub expires_at: Instant,
}

/// A session of a space.
#[derive(Clone, Debug)]
pub struct SpaceSessionRow {
    /// When it was opened.
    pub opened_at: Instant,
    /// When it was last used.
    pub seen_at: Instant,
    /// Its space.
    pub space: SpaceRow,
    /// The provider where she came in, if she did so there.
    pub provider: Option<ProviderHint>,
}

/// What she said of being reached by e-mail and telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRow {
    /// When.
    pub at: Instant,
    /// Whether she gave her consent, or withdrew it.
    pub given: bool,
}

/// What binds a space to its person from now on.
#[derive(Clone, Debug)]
pub struct SpaceBinding {
    /// The space.
    pub space: SpaceId,
    /// The code that was handed over: it serves now, once.
    pub code: [u8; 32],
    /// Her password as a PHC string.
    pub password: String,
    /// The secret of her second factor, sealed.
    pub secret: Vec<u8>,
    /// The step of the code that she showed of it.
    pub step: i64,
    /// Hashes of what stands for it when it is lost.
    pub recovery: Vec<[u8; 32]>,
}

const SPACE: &str =
    "space.space_id, space.number, link.person_id, space.party, space.lang, space.made_at, space.password,
    space.secret, space.last_step, space.bound_at";
/// A space with the person it is found to be of: whatever leads to the space comes before it, on both engines.
const LINKED: &str = "link.territory_id = space.territory_id AND link.identity_id = space.identity_id AND link.ended_at IS NULL";
/// Columns of [`SPACE`].
const COLUMNS: usize = 10;

fn read(row: &Row<'_>) -> Result<SpaceRow, StoreError> {
    Ok(SpaceRow {
        space: row.id(0)?,
        number: row.text(1)?,
        person: row.id(2)?,
        party: row.text(3)?,
        lang: if row.borrowed_text(4)? == "en" { Lang::En } else { Lang::Fr },
        made_at: Instant::from_micros(row.integer(5)?),
        password: row.optional_text(6)?,
        secret: row.optional_bytes(7)?,
        last_step: row.optional_integer(8)?,
        bound_at: row.optional_integer(9)?.map(Instant::from_micros),
    })
}

fn hash(bytes: Vec<u8>) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| damaged("a hash has not 32 bytes"))
}

fn read_code(row: &Row<'_>, from: usize) -> Result<SpaceCodeRow, StoreError> {
    Ok(SpaceCodeRow {
        hash: hash(row.bytes(from)?)?,
        given_by: row.text(from + 1)?,
        made_at: Instant::from_micros(row.integer(from + 2)?),
        expires_at: Instant::from_micros(row.integer(from + 3)?),
        used_at: row.optional_integer(from + 4)?.map(Instant::from_micros),
    })
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// The space of a number, of this territory.
    pub fn space_of_number(&mut self, number: &SpaceNumber) -> Result<Option<SpaceRow>, StoreError> {
        let sql = format!(
            "SELECT {SPACE} FROM space CROSS JOIN link WHERE space.territory_id = ?1 AND space.number = ?2 AND {LINKED}"
        );
        let values = [self.key(), Value::Text(number.signs())];
        self.parts().0.first(&sql, &values, read)
    }

    /// The spaces of a person, the last bound first: two when two people were found to be one.
    pub fn spaces_of(&mut self, person: PersonId) -> Result<Vec<SpaceRow>, StoreError> {
        let sql = format!(
            "SELECT {SPACE} FROM member CROSS JOIN space CROSS JOIN link
             WHERE member.territory_id = ?1 AND member.person_id = ?2 AND space.territory_id = member.territory_id
                 AND space.identity_id = member.identity_id AND {LINKED} AND link.link_no = member.link_no
             ORDER BY CASE WHEN space.bound_at IS NULL THEN 0 ELSE space.bound_at END DESC, space.made_at"
        );
        let values = [self.key(), Value::Id(person.0)];
        self.parts().0.all(&sql, &values, read)
    }

    /// Whether someone has come in to a space since a moment and not gone out.
    pub fn is_space_open(&mut self, space: SpaceId, since: Instant) -> Result<bool, StoreError> {
        let values = [self.key(), Value::Id(space.0), Value::Integer(since.micros())];
        let found = self.parts().0.first(
            "SELECT 1 FROM space_session WHERE territory_id = ?1 AND space_id = ?2 AND opened_at > ?3 LIMIT 1",
            &values,
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }

    /// The code that was last handed over for a space.
    pub fn space_code(&mut self, space: SpaceId) -> Result<Option<SpaceCodeRow>, StoreError> {
        let values = [self.key(), Value::Id(space.0)];
        self.parts().0.first(
            "SELECT code_hash, given_by, made_at, expires_at, used_at FROM space_code
             WHERE territory_id = ?1 AND space_id = ?2",
            &values,
            |row| read_code(row, 0),
        )
    }

    /// A way in, and the space that it leads to.
    pub fn space_pending(
        &mut self,
        token: TokenHash,
    ) -> Result<Option<(SpacePendingRow, SpaceRow)>, StoreError> {
        let sql = format!(
            "SELECT {SPACE}, pending.code_hash, pending.password, pending.secret, pending.tries, pending.created_at,
                 pending.expires_at
             FROM space_pending pending CROSS JOIN space CROSS JOIN link
             WHERE pending.territory_id = ?1 AND pending.token_hash = ?2 AND space.territory_id = pending.territory_id
                 AND space.space_id = pending.space_id AND {LINKED}"
        );
        let values = [self.key(), Value::Bytes(token.as_bytes())];
        self.parts().0.first(&sql, &values, |row| {
            let space = read(row)?;
            let pending = SpacePendingRow {
                token,
                space: space.space,
                code: row.optional_bytes(COLUMNS)?.map(hash).transpose()?,
                password: row.optional_text(COLUMNS + 1)?,
                secret: row.optional_bytes(COLUMNS + 2)?,
                tries: u32::try_from(row.integer(COLUMNS + 3)?).unwrap_or(u32::MAX),
                created_at: Instant::from_micros(row.integer(COLUMNS + 4)?),
                expires_at: Instant::from_micros(row.integer(COLUMNS + 5)?),
            };
            Ok((pending, space))
        })
    }

    /// A session, and its space.
    pub fn space_session(&mut self, token: TokenHash) -> Result<Option<SpaceSessionRow>, StoreError> {
        let sql = format!(
            "SELECT {SPACE}, session.opened_at, session.seen_at, session.issuer, session.id_token
             FROM space_session session CROSS JOIN space CROSS JOIN link
             WHERE session.territory_id = ?1 AND session.token_hash = ?2 AND space.territory_id = session.territory_id
                 AND space.space_id = session.space_id AND {LINKED}"
        );
        let values = [self.key(), Value::Bytes(token.as_bytes())];
        self.parts().0.first(&sql, &values, |row| {
            Ok(SpaceSessionRow {
                space: read(row)?,
                opened_at: Instant::from_micros(row.integer(COLUMNS)?),
                seen_at: Instant::from_micros(row.integer(COLUMNS + 1)?),
                provider: match (row.optional_text(COLUMNS + 2)?, row.optional_bytes(COLUMNS + 3)?) {
                    (Some(issuer), Some(id_token)) => Some(ProviderHint { issuer, id_token }),
                    _ => None,
                },
            })
        })
    }

    /// What a person said of being reached by e-mail and telephone, the latest first.
    pub fn contact_of(&mut self, person: PersonId) -> Result<Vec<ContactRow>, StoreError> {
        let values = [self.key(), Value::Id(person.0)];
        self.parts().0.all(
            "SELECT contact.said_at, contact.given FROM member CROSS JOIN link CROSS JOIN electronic_contact contact
             WHERE member.territory_id = ?1 AND member.person_id = ?2
                 AND link.territory_id = member.territory_id AND link.identity_id = member.identity_id
                 AND link.link_no = member.link_no AND link.ended_at IS NULL
                 AND contact.territory_id = member.territory_id AND contact.identity_id = member.identity_id
             ORDER BY contact.said_at DESC",
            &values,
            |row| Ok(ContactRow { at: Instant::from_micros(row.integer(0)?), given: row.integer(1)? != 0 }),
        )
    }
}

impl Store {
    /// Counts a code that is tried on a way in, before it is looked at.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another was tried meanwhile, or the way has ended.
    pub fn count_space_try(
        &self,
        territory: Territory,
        token: TokenHash,
        tries_before: u32,
    ) -> Result<(), StoreError> {
        self.write(territory, |connection| {
            let changed = connection.execute(
                "UPDATE space_pending SET tries = tries + 1
                 WHERE territory_id = ?1 AND token_hash = ?2 AND tries = ?3",
                &[
                    Value::Code(territory),
                    Value::Bytes(token.as_bytes()),
                    Value::Integer(i64::from(tries_before)),
                ],
            )?;
            change::one(changed, "the way in")
        })
    }

    /// Notes that a session of a space was used.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn note_space_seen(
        &self,
        territory: Territory,
        token: TokenHash,
        at: Instant,
    ) -> Result<(), StoreError> {
        self.write(territory, |connection| {
            connection.execute(
                "UPDATE space_session SET seen_at = ?1 WHERE territory_id = ?2 AND token_hash = ?3",
                &[Value::Integer(at.micros()), Value::Code(territory), Value::Bytes(token.as_bytes())],
            )?;
            Ok(())
        })
    }
}
