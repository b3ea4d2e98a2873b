//! How near a person stands to a professional, and what is hidden of her: designations and protected addresses.

use std::collections::HashSet;

use liant_guard::Scope;
use liant_model::{
    AccountId, Date, DesignationId, IdentityId, Instant, OrganisationId, PersonId, ProtectionId, Source,
    Territory,
};

use crate::StoreError;
use crate::connection::Connection;
use crate::directory::for_people;
use crate::snapshot::Snapshot;
use crate::value::Value;

/// Someone given to a professional for a time (*personne désignée*).
#[derive(Clone, Debug)]
pub struct NewDesignation {
    /// This designation.
    pub designation: DesignationId,
    /// The source identity it is recorded for.
    pub identity: IdentityId,
    /// To whom.
    pub account: AccountId,
    /// In which organisation she works on it.
    pub organisation: OrganisationId,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Who gave her: account, or the operator's actor.
    pub given_by: String,
}

/// A designation that holds or will.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DesignationRow {
    /// This designation.
    pub designation: DesignationId,
    /// Whom.
    pub person: PersonId,
    /// To whom.
    pub account: AccountId,
    /// In which organisation she works on it.
    pub organisation: OrganisationId,
    /// First day, `aaaa-mm-jj`.
    pub from_day: String,
    /// Last day.
    pub to_day: String,
    /// Who gave her.
    pub given_by: String,
}

/// A protected address (*adresse protégée*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtectionRow {
    /// This protection.
    pub protection: ProtectionId,
    /// Why: a code of the list `address-protection-reason`.
    pub reason: String,
    /// Who set it: account, or the operator's actor.
    pub set_by: String,
    /// When.
    pub set_at: Instant,
    /// Who ended it, and when.
    pub ended: Option<(String, Instant)>,
}

/// A change of how near someone stands, or of what is hidden of her.
#[derive(Clone, Debug)]
pub enum ReachChange {
    /// Gives a person to a professional for a time.
    Designate(NewDesignation),
    /// Ends a designation, which must be active.
    EndDesignation(DesignationId),
    /// Protects the address of a person, by each of her source identities.
    Protect {
        /// This protection.
        protection: ProtectionId,
        /// Her source identities.
        identities: Vec<IdentityId>,
        /// Why.
        reason: String,
        /// Who sets it.
        set_by: String,
    },
    /// Ends a protection, which must be active.
    EndProtection {
        /// Which.
        protection: ProtectionId,
        /// Who ends it.
        ended_by: String,
    },
}

impl ReachChange {
    pub(crate) fn apply(
        &self,
        connection: &mut Connection,
        (territory, at): (Territory, i64),
    ) -> Result<(), StoreError> {
        let (key, at) = (Value::Code(territory), Value::Integer(at));
        match self {
            Self::Designate(new) => connection.execute(
                "INSERT INTO designation (territory_id, designation_id, identity_id, account_id, organisation_id,
                     from_day, to_day, given_by, recorded_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                &[
                    key,
                    Value::Id(new.designation.0),
                    Value::Id(new.identity.0),
                    Value::Id(new.account.0),
                    Value::Id(new.organisation.0),
                    Value::Day(new.from),
                    Value::Day(new.to),
                    Value::Text(&new.given_by),
                    at,
                ],
            )?,
            Self::EndDesignation(designation) => some_changed(
                connection.execute(
                    "UPDATE designation SET ended_at = ?1
                     WHERE territory_id = ?2 AND designation_id = ?3 AND ended_at IS NULL",
                    &[at, key, Value::Id(designation.0)],
                )?,
                "the designation",
            )?,
            Self::Protect { protection, identities, reason, set_by } => {
                for identity in identities {
                    connection.execute(
                        "INSERT INTO address_protection (territory_id, protection_id, identity_id, reason, set_by, set_at)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                        &[
                            key,
                            Value::Id(protection.0),
                            Value::Id(identity.0),
                            Value::Text(reason),
                            Value::Text(set_by),
                            at,
                        ],
                    )?;
                }
                some_changed(identities.len() as u64, "the person")?
            }
            Self::EndProtection { protection, ended_by } => some_changed(
                connection.execute(
                    "UPDATE address_protection SET ended_at = ?1, ended_by = ?2
                     WHERE territory_id = ?3 AND protection_id = ?4 AND ended_at IS NULL",
                    &[at, Value::Text(ended_by), key, Value::Id(protection.0)],
                )?,
                "the protection of the address",
            )?,
        };
        Ok(())
    }
}

fn some_changed(changed: u64, what: &'static str) -> Result<u64, StoreError> {
    if changed > 0 { Ok(changed) } else { Err(StoreError::Conflict { what }) }
}

/// The people whose address is protected now: `?1` is the territory. They are few.
pub(crate) const PROTECTED: &str = "(SELECT link.person_id FROM address_protection CROSS JOIN link
    WHERE link.territory_id = address_protection.territory_id AND link.identity_id = address_protection.identity_id
        AND link.ended_at IS NULL AND address_protection.territory_id = ?1 AND address_protection.ended_at IS NULL)";

/// The organisation of the parameter `{place}` and every one under it.
pub(crate) fn body(place: &str) -> String {
    format!(
        "(WITH RECURSIVE body (organisation_id) AS (
             SELECT organisation_id FROM organisation WHERE organisation_id = {place}
             UNION SELECT under.organisation_id FROM organisation AS under
                 JOIN body ON under.parent_id = body.organisation_id)
         SELECT organisation_id FROM body)"
    )
}

/// Which rows of a table that hangs on source identities make someone one of a scope.
pub(crate) struct Hanging<'v> {
    pub(crate) table: &'static str,
    /// Conditions on the table; the parameters that they need are `values`.
    pub(crate) condition: String,
    pub(crate) values: Vec<Value<'v>>,
}

impl Hanging<'_> {
    /// For a scope that hangs on source identities; the next free parameter is `next`.
    pub(crate) fn of(scope: Scope, day: Date, next: usize) -> Option<Self> {
        let place = |offset: usize| format!("?{}", next + offset);
        let follow = |condition: String, values| Self { table: "follow", condition, values };
        Some(match scope {
            Scope::Territory | Scope::Service(_) => return None,
            Scope::Designated(account, organisation) => Self {
                table: "designation",
                condition: format!(
                    "designation.account_id = {} AND designation.organisation_id = {} AND designation.from_day <= {}
                         AND designation.to_day >= {}",
                    place(0),
                    place(1),
                    place(2),
                    place(2),
                ),
                values: vec![Value::Id(account.0), Value::Id(organisation.0), Value::Day(day)],
            },
            Scope::Caseload(account, organisation) => follow(
                format!("follow.account_id = {} AND follow.organisation_id = {}", place(0), place(1)),
                vec![Value::Id(account.0), Value::Id(organisation.0)],
            ),
            Scope::Followed(organisation) => follow(
                format!("follow.organisation_id = {}", place(0)),
                vec![Value::Id(organisation.0)],
            ),
            Scope::Body(organisation) => follow(
                format!("follow.organisation_id IN {}", body(&place(0))),
                vec![Value::Id(organisation.0)],
            ),
        })
    }

    /// The people whom it makes of the scope: `?1` is the territory.
    pub(crate) fn people(&self) -> String {
        let (table, condition) = (self.table, &self.condition);
        format!(
            "(SELECT DISTINCT link.person_id FROM {table} CROSS JOIN link
             WHERE link.territory_id = {table}.territory_id AND link.identity_id = {table}.identity_id
                 AND link.ended_at IS NULL AND {table}.territory_id = ?1 AND {condition} AND {table}.ended_at IS NULL)"
        )
    }
}

/// People whom a statement names.
const AT_ONCE: usize = 50;

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// Whether an organisation has others under it.
    pub fn has_services(&mut self, organisation: OrganisationId) -> Result<bool, StoreError> {
        let found = self.parts().0.first(
            "SELECT 1 FROM organisation WHERE parent_id = ?1 LIMIT 1",
            &[Value::Id(organisation.0)],
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }

    /// Everyone whom a following or a designation makes one of a scope. Who lives in the communes of a service is for
    /// [`Snapshot::listed`](Self::listed) to say.
    pub fn followed_in(&mut self, scope: Scope, day: Date) -> Result<HashSet<PersonId>, StoreError> {
        let Some(hanging) = Hanging::of(scope, day, 2) else { return Ok(HashSet::new()) };
        let mut values = vec![self.key()];
        values.extend(&hanging.values);
        let sql = format!("SELECT people.person_id FROM {} AS people", hanging.people());
        Ok(self.parts().0.all(&sql, &values, |row| row.id(0))?.into_iter().collect())
    }

    /// Those of these people whom a following or a designation makes one of a scope.
    // Crossed, so that SQLite goes from the people to their links, and not through everyone of the scope.
    pub fn followed_among(
        &mut self,
        scope: Scope,
        day: Date,
        people: &[PersonId],
    ) -> Result<HashSet<PersonId>, StoreError> {
        let Some(hanging) = Hanging::of(scope, day, 2) else { return Ok(HashSet::new()) };
        let mut values = vec![self.key()];
        values.extend(&hanging.values);
        let (table, condition) = (hanging.table, &hanging.condition);
        let sql = format!(
            "SELECT member.person_id FROM member CROSS JOIN link CROSS JOIN {table}
             WHERE link.territory_id = member.territory_id AND link.identity_id = member.identity_id
                 AND link.link_no = member.link_no AND link.ended_at IS NULL
                 AND {table}.territory_id = link.territory_id AND {table}.identity_id = link.identity_id
                 AND {table}.ended_at IS NULL AND member.territory_id = ?1 AND {condition}
                 AND member.person_id IN ({{people}})"
        );
        let mut found = HashSet::new();
        for_people((people, AT_ONCE), &sql, &values, |sql, values| {
            found.extend(self.parts().0.all(sql, values, |row| row.id::<PersonId>(0))?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The designations of a person that hold on `day` or will, the latest first.
    pub fn designations_of(
        &mut self,
        person: PersonId,
        day: Date,
    ) -> Result<Vec<DesignationRow>, StoreError> {
        let key = self.key();
        self.parts().0.all(
            "SELECT designation.designation_id, link.person_id, designation.account_id, designation.organisation_id,
                 designation.from_day, designation.to_day, designation.given_by
             FROM member JOIN link ON link.territory_id = member.territory_id
                 AND link.identity_id = member.identity_id AND link.link_no = member.link_no AND link.ended_at IS NULL
             JOIN designation ON designation.territory_id = link.territory_id
                 AND designation.identity_id = link.identity_id AND designation.ended_at IS NULL
             WHERE member.territory_id = ?1 AND member.person_id = ?2 AND designation.to_day >= ?3
             ORDER BY designation.from_day DESC, designation.designation_id DESC",
            &[key, Value::Id(person.0), Value::Day(day)],
            |row| {
                Ok(DesignationRow {
                    designation: row.id(0)?,
                    person: row.id(1)?,
                    account: row.id(2)?,
                    organisation: row.id(3)?,
                    from_day: row.text(4)?,
                    to_day: row.text(5)?,
                    given_by: row.text(6)?,
                })
            },
        )
    }

    /// Everyone whose address is protected now. They are few.
    pub fn protected(&mut self) -> Result<HashSet<PersonId>, StoreError> {
        let key = self.key();
        let sql = format!("SELECT DISTINCT people.person_id FROM {PROTECTED} AS people");
        Ok(self.parts().0.all(&sql, &[key], |row| row.id(0))?.into_iter().collect())
    }

    /// The protections of the address of a person, ended ones too, the latest first.
    pub fn protections_of(&mut self, person: PersonId) -> Result<Vec<ProtectionRow>, StoreError> {
        let key = self.key();
        let mut rows = self.parts().0.all(
            "SELECT address_protection.protection_id, address_protection.reason, address_protection.set_by,
                 address_protection.set_at, address_protection.ended_by, address_protection.ended_at
             FROM member JOIN link ON link.territory_id = member.territory_id
                 AND link.identity_id = member.identity_id AND link.link_no = member.link_no AND link.ended_at IS NULL
             JOIN address_protection ON address_protection.territory_id = link.territory_id
                 AND address_protection.identity_id = link.identity_id
             WHERE member.territory_id = ?1 AND member.person_id = ?2
             ORDER BY address_protection.set_at DESC, address_protection.protection_id DESC",
            &[key, Value::Id(person.0)],
            |row| {
                let ended = row.optional_integer(5)?.map(Instant::from_micros);
                Ok(ProtectionRow {
                    protection: row.id(0)?,
                    reason: row.text(1)?,
                    set_by: row.text(2)?,
                    set_at: Instant::from_micros(row.integer(3)?),
                    ended: row.optional_text(4)?.zip(ended),
                })
            },
        )?;
        // One row a source identity.
        rows.dedup_by_key(|row| row.protection);
        Ok(rows)
    }

    /// The keys by which a source knows those whose address is protected now.
    pub fn protected_keys(&mut self, source: &Source) -> Result<HashSet<String>, StoreError> {
        let key = self.key();
        let sql = format!(
            "SELECT DISTINCT identity.own_key FROM {PROTECTED} AS people
             JOIN member ON member.territory_id = ?1 AND member.person_id = people.person_id
             JOIN identity ON identity.territory_id = ?1 AND identity.identity_id = member.identity_id
                 AND identity.source = ?2"
        );
        let found = self.parts().0.all(&sql, &[key, Value::Text(source.as_str())], |row| row.text(0))?;
        Ok(found.into_iter().collect())
    }
}
