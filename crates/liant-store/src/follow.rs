//! Who follows a person (*suivi*), and which service answers for a commune.

use liant_model::{AccountId, FollowId, IdentityId, OrganisationId, PersonId, Territory};

use crate::StoreError;
use crate::connection::Connection;
use crate::directory::raise_edition;
use crate::snapshot::Snapshot;
use crate::value::{Row, Value};

/// What someone is to a person whom she follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowRole {
    /// Social referent (*référent social*).
    SocialReferent,
    /// Adviser of France Travail (*conseiller dédié*).
    Adviser,
    /// Social worker of the CAF (*travailleur social CAF*).
    CafWorker,
}

impl FollowRole {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::SocialReferent, Self::Adviser, Self::CafWorker];

    /// The word the store writes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SocialReferent => "social_referent",
            Self::Adviser => "adviser",
            Self::CafWorker => "caf_worker",
        }
    }

    fn parse(word: &str) -> Result<Self, StoreError> {
        let found = Self::ALL.into_iter().find(|role| role.as_str() == word);
        found.ok_or_else(|| StoreError::Damaged("someone follows in an unknown role".to_owned()))
    }
}

/// Who follows a person now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowRow {
    /// This following.
    pub follow: FollowId,
    /// The source identity it was recorded for.
    pub identity: IdentityId,
    /// The person she is found to be.
    pub person: PersonId,
    /// In what role.
    pub role: FollowRole,
    /// Who follows.
    pub account: AccountId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// Since when, `aaaa-mm-jj`.
    pub from_day: String,
}

/// The columns that [`FollowRow::read`] takes.
pub(crate) const FOLLOW_COLUMNS: &str = "follow.follow_id, follow.identity_id, link.person_id, follow.role,
    follow.account_id, follow.organisation_id, follow.from_day";

impl FollowRow {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            follow: row.id(0)?,
            identity: row.id(1)?,
            person: row.id(2)?,
            role: FollowRole::parse(row.borrowed_text(3)?)?,
            account: row.id(4)?,
            organisation: row.id(5)?,
            from_day: row.text(6)?,
        })
    }
}

/// A following that begins.
#[derive(Clone, Debug)]
pub struct NewFollow {
    /// This following.
    pub follow: FollowId,
    /// The source identity it is recorded for.
    pub identity: IdentityId,
    /// In what role.
    pub role: FollowRole,
    /// Who follows.
    pub account: AccountId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// From which day on, `aaaa-mm-jj`.
    pub from_day: String,
    /// Those in the same role that it ends, active when the act was decided: two when two people were found to be one.
    pub replaces: Vec<FollowId>,
}

/// Begins a following; those that it replaces must be active still, and no other may be.
pub(crate) fn begin(
    connection: &mut Connection,
    (territory, at): (Territory, i64),
    new: &NewFollow,
) -> Result<(), StoreError> {
    for before in &new.replaces {
        end(connection, (territory, at), *before, &new.from_day)?;
    }
    let others = connection.first(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM link AS hers CROSS JOIN member CROSS JOIN link CROSS JOIN follow
         WHERE hers.territory_id = ?1 AND hers.identity_id = ?2 AND hers.ended_at IS NULL
             AND member.territory_id = hers.territory_id AND member.person_id = hers.person_id
             AND link.territory_id = member.territory_id AND link.identity_id = member.identity_id
             AND link.link_no = member.link_no AND link.ended_at IS NULL
             AND follow.territory_id = link.territory_id AND follow.identity_id = link.identity_id
             AND follow.role = ?3 AND follow.ended_at IS NULL",
        &[Value::Code(territory), Value::Id(new.identity.0), Value::Text(new.role.as_str())],
        |row| row.integer(0),
    )?;
    if others != Some(0) {
        return Err(StoreError::Conflict { what: "who follows this person" });
    }
    connection.execute(
        "INSERT INTO follow (territory_id, follow_id, identity_id, role, account_id, organisation_id, from_day, recorded_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        &[
            Value::Code(territory),
            Value::Id(new.follow.0),
            Value::Id(new.identity.0),
            Value::Text(new.role.as_str()),
            Value::Id(new.account.0),
            Value::Id(new.organisation.0),
            Value::Text(&new.from_day),
            Value::Integer(at),
        ],
    )?;
    due_by_identity(connection, territory, new.identity)
}

/// Ends a following that is active.
pub(crate) fn end(
    connection: &mut Connection,
    (territory, at): (Territory, i64),
    follow: FollowId,
    to_day: &str,
) -> Result<(), StoreError> {
    let ended = connection.execute(
        "UPDATE follow SET ended_at = ?1, to_day = ?2 WHERE territory_id = ?3 AND follow_id = ?4 AND ended_at IS NULL",
        &[Value::Integer(at), Value::Text(to_day), Value::Code(territory), Value::Id(follow.0)],
    )?;
    if ended != 1 {
        return Err(StoreError::Conflict { what: "who follows this person" });
    }
    let identity = connection.first(
        "SELECT identity_id FROM follow WHERE territory_id = ?1 AND follow_id = ?2",
        &[Value::Code(territory), Value::Id(follow.0)],
        |row| row.id(0),
    )?;
    identity.map_or(Ok(()), |identity| due_by_identity(connection, territory, identity))
}

/// Gives a service its communes, and no others.
pub(crate) fn set_communes(
    connection: &mut Connection,
    territory: Territory,
    organisation: OrganisationId,
    communes: &[String],
) -> Result<(), StoreError> {
    let (key, id) = (Value::Code(territory), Value::Id(organisation.0));
    connection.execute(
        "DELETE FROM service_commune WHERE territory_id = ?1 AND organisation_id = ?2",
        &[key, id],
    )?;
    connection.execute(
        "UPDATE directory SET service = NULL WHERE territory_id = ?1 AND service = ?2",
        &[key, id],
    )?;
    for commune in communes {
        connection.execute(
            "INSERT INTO service_commune (territory_id, commune, organisation_id) VALUES (?1, ?2, ?3)
             ON CONFLICT (territory_id, commune) DO UPDATE SET organisation_id = excluded.organisation_id",
            &[key, Value::Text(commune), id],
        )?;
        connection.execute(
            "UPDATE directory SET service = ?3 WHERE territory_id = ?1 AND commune = ?2",
            &[key, Value::Text(commune), id],
        )?;
    }
    raise_edition(connection, territory)
}

/// Where an act that changes what is held of someone leaves word of it: her rows are to be made again, and what was
/// [read of her lately](crate::directory) holds no longer.
const WORDS_OF_AN_ACT: [(&str, &str); 2] = [("directory_due", "mark"), ("held_change", "changes")];

/// Says that an act changes what is held of the person of a source identity, in its transaction.
pub(crate) fn due_by_identity(
    connection: &mut Connection,
    territory: Territory,
    identity: IdentityId,
) -> Result<(), StoreError> {
    // Whoever moves her link at the same time does so before, and then it is the other's; SQLite has one writer at a time.
    if connection.is_postgres() {
        connection.all(
            "SELECT link_no FROM link
             WHERE territory_id = ?1 AND identity_id = ?2 AND ended_at IS NULL FOR NO KEY UPDATE",
            &[Value::Code(territory), Value::Id(identity.0)],
            |_| Ok(()),
        )?;
    }
    WORDS_OF_AN_ACT.iter().try_for_each(|(table, number)| {
        let sql = format!(
            "INSERT INTO {table} (territory_id, person_id, {number})
             SELECT territory_id, person_id, 1 FROM link
             WHERE territory_id = ?1 AND identity_id = ?2 AND ended_at IS NULL
             ON CONFLICT (territory_id, person_id) DO UPDATE SET {number} = {table}.{number} + 1"
        );
        connection.execute(&sql, &[Value::Code(territory), Value::Id(identity.0)]).map(drop)
    })
}

/// Says that an act changes what is held of a person, in its transaction.
pub(crate) fn due(
    connection: &mut Connection,
    territory: Territory,
    person: PersonId,
) -> Result<(), StoreError> {
    WORDS_OF_AN_ACT.iter().try_for_each(|(table, number)| {
        let sql = format!(
            "INSERT INTO {table} (territory_id, person_id, {number}) VALUES (?1, ?2, 1)
             ON CONFLICT (territory_id, person_id) DO UPDATE SET {number} = {table}.{number} + 1"
        );
        connection.execute(&sql, &[Value::Code(territory), Value::Id(person.0)]).map(drop)
    })
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// The communes of a local service, in order.
    pub fn communes_of(&mut self, organisation: OrganisationId) -> Result<Vec<String>, StoreError> {
        let key = self.key();
        self.parts().0.all(
            "SELECT commune FROM service_commune WHERE territory_id = ?1 AND organisation_id = ?2 ORDER BY commune",
            &[key, Value::Id(organisation.0)],
            |row| row.text(0),
        )
    }

    /// Who follows a person, or did: the latest first, each with its last day once it is ended.
    pub fn follows_of(&mut self, person: PersonId) -> Result<Vec<(FollowRow, Option<String>)>, StoreError> {
        let (key, head) = (self.key(), self.head()?);
        let sql = format!(
            "SELECT {FOLLOW_COLUMNS}, follow.to_day FROM member
             JOIN link ON link.territory_id = member.territory_id AND link.identity_id = member.identity_id
                 AND link.link_no = member.link_no AND link.ended_at IS NULL
             JOIN follow ON follow.territory_id = link.territory_id AND follow.identity_id = link.identity_id
             WHERE member.territory_id = ?1 AND member.from_batch <= ?2 AND member.person_id = ?3
             ORDER BY follow.from_day DESC, follow.recorded_at DESC"
        );
        self.parts().0.all(&sql, &[key, head, Value::Id(person.0)], |row| {
            Ok((FollowRow::read(row)?, row.optional_text(7)?))
        })
    }
}
