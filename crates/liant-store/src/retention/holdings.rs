//! What is held of people, as far as it tells what is due.

use std::collections::BTreeMap;

use liant_convention::retention::{HeldIdentity, HeldSpell, HeldVersion, HerPath};
use liant_model::{BatchNo, Block, IdentityId, PersonId};

use crate::StoreError;
use crate::coded::CodedBlocks;
use crate::current::{CurrentBlocks, CurrentFact};
use crate::snapshot::{Snapshot, source};
use crate::value::Value;

/// One source identity of a person.
#[derive(Debug)]
pub struct Held {
    /// Which.
    pub identity: IdentityId,
    /// Her stays and versions.
    pub held: HeldIdentity,
    /// How many rows the controller recorded about her itself, or has from her: orientations, followings, designations,
    /// protections, her space, her requests and consents.
    pub own: u64,
    /// How many events of her path.
    pub path: u64,
}

/// What is held of a person.
#[derive(Default)]
pub struct PersonHoldings {
    /// Her source identities, in order.
    pub identities: Vec<Held>,
    /// Her path.
    pub path: HerPath,
    /// Her rights, as each register gives them now; sealed.
    pub rights: Vec<CurrentFact>,
}

const LINKS: &str = "FROM member CROSS JOIN link
    WHERE link.territory_id = member.territory_id AND link.identity_id = member.identity_id
        AND link.link_no = member.link_no AND link.ended_at IS NULL";
const BETWEEN: &str = "member.territory_id = ?1 AND member.from_batch <= ?2 AND member.person_id >= ?3
    AND member.person_id <= ?4";

/// What hangs on source identities and is the controller's own: each table, with the column that tells when a row was recorded.
pub(super) const OWN: [(&str, &str); 7] = [
    ("orientation", "recorded_at"),
    ("follow", "recorded_at"),
    ("designation", "recorded_at"),
    ("address_protection", "set_at"),
    ("space", "made_at"),
    ("rights_request", "received_at"),
    ("electronic_contact", "said_at"),
];

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// What is held of everyone from `first` to `last`.
    pub fn holdings(
        &mut self,
        (first, last): (PersonId, PersonId),
    ) -> Result<BTreeMap<PersonId, PersonHoldings>, StoreError> {
        let head = self.published()?.0;
        let values = [self.key(), Value::Integer(head), Value::Id(first.0), Value::Id(last.0)];
        let (connection, _) = self.parts();
        let mut people: BTreeMap<PersonId, PersonHoldings> = BTreeMap::new();
        let sql = format!(
            "SELECT member.person_id, link.identity_id, link.source, identity.from_batch, identity.to_batch
             FROM member CROSS JOIN link CROSS JOIN identity
             WHERE link.territory_id = member.territory_id AND link.identity_id = member.identity_id
                 AND link.link_no = member.link_no AND link.ended_at IS NULL
                 AND identity.territory_id = link.territory_id AND identity.identity_id = link.identity_id
                 AND identity.from_batch <= ?2 AND {BETWEEN}
             ORDER BY member.person_id, link.identity_id, identity.from_batch"
        );
        connection.for_each(&sql, &values, |row| {
            let identity: IdentityId = row.id(1)?;
            let to = row.optional_integer(4)?.filter(|to| *to <= head).map(BatchNo);
            let spell = HeldSpell { from: BatchNo(row.integer(3)?), to };
            let hers = &mut people.entry(row.id(0)?).or_default().identities;
            match hers.last_mut().filter(|held| held.identity == identity) {
                Some(held) => held.held.spells.push(spell),
                None => hers.push(Held {
                    identity,
                    held: HeldIdentity {
                        source: source(row.borrowed_text(2)?)?,
                        spells: vec![spell],
                        versions: Vec::new(),
                    },
                    own: 0,
                    path: 0,
                }),
            }
            Ok(())
        })?;
        self.add_versions(&values, &mut people)?;
        self.add_own(&values, &mut people)?;
        self.add_paths(&values, &mut people)?;
        Ok(people)
    }

    fn add_versions(
        &mut self,
        values: &[Value<'_>],
        people: &mut BTreeMap<PersonId, PersonHoldings>,
    ) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT fact.identity_id, fact.from_batch, fact.blocks, link.person_id, link.source
             FROM member CROSS JOIN link CROSS JOIN fact
             WHERE link.territory_id = member.territory_id AND link.identity_id = member.identity_id
                 AND link.link_no = member.link_no AND link.ended_at IS NULL
                 AND fact.territory_id = link.territory_id AND fact.identity_id = link.identity_id
                 AND fact.from_batch <= ?2 AND {BETWEEN}
             ORDER BY member.person_id, fact.identity_id, fact.from_batch"
        );
        let mut rights = Vec::new();
        let mut current = CurrentBlocks::new(Some(Block::Rights), |fact| {
            rights.push(fact);
            Ok(())
        });
        self.parts().0.for_each(&sql, values, |row| {
            current.take(row)?;
            let identity: IdentityId = row.id(0)?;
            let (from, person) = (BatchNo(row.integer(1)?), row.id::<PersonId>(3)?);
            let hers = people.get_mut(&person).map(|person| &mut person.identities);
            let held = hers.and_then(|hers| hers.iter_mut().find(|held| held.identity == identity));
            let Some(held) = held else { return Ok(()) };
            for coded in CodedBlocks::of(row.borrowed(2)?) {
                let coded = coded?;
                let version = HeldVersion { from, block: coded.block, is_empty: coded.is_empty() };
                held.held.versions.push(version);
            }
            Ok(())
        })?;
        current.hand_over()?;
        for fact in rights {
            if let Some(person) = people.get_mut(&fact.person) {
                person.rights.push(fact);
            }
        }
        Ok(())
    }

    fn add_paths(
        &mut self,
        values: &[Value<'_>],
        people: &mut BTreeMap<PersonId, PersonHoldings>,
    ) -> Result<(), StoreError> {
        let hung = |table: &str, columns: &str| {
            format!(
                "SELECT people.person_id, {table}.identity_id{columns}
                 FROM (SELECT member.person_id, link.identity_id {LINKS} AND {BETWEEN}) AS people
                 CROSS JOIN {table} WHERE {table}.territory_id = ?1 AND {table}.identity_id = people.identity_id"
            )
        };
        self.parts().0.for_each(&hung("casework_event", ", casework_event.register"), values, |row| {
            let Some(person) = people.get_mut(&row.id::<PersonId>(0)?) else { return Ok(()) };
            let (identity, register) = (row.id::<IdentityId>(1)?, source(row.borrowed_text(2)?)?);
            if let Some(held) = person.identities.iter_mut().find(|held| held.identity == identity) {
                held.path += 1;
            }
            if !person.path.registers.contains(&register) {
                person.path.registers.push(register);
            }
            Ok(())
        })?;
        self.parts().0.for_each(&hung("casework_head", ""), values, |row| {
            if let Some(person) = people.get_mut(&row.id::<PersonId>(0)?) {
                person.path.is_live = true;
            }
            Ok(())
        })
    }

    fn add_own(
        &mut self,
        values: &[Value<'_>],
        people: &mut BTreeMap<PersonId, PersonHoldings>,
    ) -> Result<(), StoreError> {
        for (table, _) in OWN {
            let sql = format!(
                "SELECT people.person_id, {table}.identity_id
                 FROM (SELECT member.person_id, link.identity_id {LINKS} AND {BETWEEN}) AS people
                 CROSS JOIN {table} WHERE {table}.territory_id = ?1 AND {table}.identity_id = people.identity_id"
            );
            self.parts().0.for_each(&sql, values, |row| {
                let (person, identity) = (row.id::<PersonId>(0)?, row.id::<IdentityId>(1)?);
                let hers = people.get_mut(&person).map(|person| &mut person.identities);
                let held = hers.and_then(|hers| hers.iter_mut().find(|held| held.identity == identity));
                if let Some(held) = held {
                    held.own += 1;
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}
