//! What is held of people, still sealed, from which their rows of the directory are made.

use std::collections::BTreeMap;

use liant_model::{BatchNo, IdentityId, PersonId, Source};

use crate::StoreError;
use crate::current::{CurrentBlocks, CurrentFact};
use crate::follow::{FOLLOW_COLUMNS, FollowRow};
use crate::rows::OrientationRow;
use crate::snapshot::{Snapshot, read_orientation, source};
use crate::value::{Row, Value};

use super::LastDays;

/// A source identity of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldIdentity {
    /// The source identity.
    pub identity: IdentityId,
    /// Its source.
    pub source: Source,
    /// Whether she has left the stock.
    pub left: bool,
    /// The batch that brought her first.
    pub first_batch: BatchNo,
}

/// All that is held of one person.
#[derive(Default)]
pub struct HeldPerson {
    /// Her source identities, by id.
    pub identities: Vec<HeldIdentity>,
    /// Their current blocks.
    pub facts: Vec<CurrentFact>,
    /// The decisions that orient her now, latest first.
    pub orientations: Vec<OrientationRow>,
    /// Who follows her now; not read of those who are shown.
    pub follows: Vec<FollowRow>,
    /// What happened to her; not read of those who are shown.
    pub happened: LastDays,
}

/// Someone whose rows are to be made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DuePerson {
    /// The person.
    pub person: PersonId,
    /// Tells the reason from one that comes later.
    pub mark: i64,
}

/// Which people are gathered.
enum Which<'a> {
    /// Those of a range of ids, both ends included.
    Range(PersonId, PersonId),
    /// These; at most [`AT_ONCE`].
    Each(&'a [PersonId]),
}

/// People who are named one by one in one statement.
const AT_ONCE: usize = 50;

impl Which<'_> {
    /// The condition on `member.person_id`; its parameters start at `?3`.
    fn condition(&self) -> String {
        match self {
            Self::Range(..) => "member.person_id >= ?3 AND member.person_id <= ?4".to_owned(),
            Self::Each(_) => {
                let places: Vec<String> = (3..AT_ONCE + 3).map(|place| format!("?{place}")).collect();
                format!("member.person_id IN ({})", places.join(", "))
            }
        }
    }

    fn values<'v>(&self, key: Value<'v>, head: Value<'v>) -> Vec<Value<'v>> {
        let mut values = vec![key, head];
        match self {
            Self::Range(first, last) => values.extend([Value::Id(first.0), Value::Id(last.0)]),
            Self::Each(people) => {
                values.extend(people.iter().map(|person| Value::Id(person.0)));
                // The same statement serves fewer people: the first is named again.
                let filler = people.first().map_or(Value::Null, |person| Value::Id(person.0));
                values.resize(AT_ONCE + 2, filler);
            }
        }
        values
    }
}

/// The current links of people: `{which}` is the condition on them.
const LINKS: &str = "FROM member JOIN link ON link.territory_id = member.territory_id
        AND link.identity_id = member.identity_id AND link.link_no = member.link_no AND link.ended_at IS NULL";

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// The ids of the people after `after`, in order, at most `most`.
    pub fn people_after(
        &mut self,
        after: Option<PersonId>,
        most: usize,
    ) -> Result<Vec<PersonId>, StoreError> {
        let (key, head) = (self.key(), self.head());
        let after = after.map_or(liant_model::Uuid::nil(), |person| person.0);
        self.parts().0.all(
            "SELECT person_id FROM person WHERE territory_id = ?1 AND from_batch <= ?2 AND person_id > ?3
             ORDER BY person_id LIMIT ?4",
            &[key, head, Value::Id(after), Value::Integer(most as i64)],
            |row| row.id(0),
        )
    }

    /// Those whose rows are to be made again, in order, at most `most`.
    pub fn directory_due(&mut self, most: usize) -> Result<Vec<DuePerson>, StoreError> {
        let key = self.key();
        self.parts().0.all(
            "SELECT person_id, mark FROM directory_due WHERE territory_id = ?1 ORDER BY person_id LIMIT ?2",
            &[key, Value::Integer(most as i64)],
            |row| Ok(DuePerson { person: row.id(0)?, mark: row.integer(1)? }),
        )
    }

    /// Those of these people who are due.
    pub fn due_among(&mut self, people: &[PersonId]) -> Result<Vec<DuePerson>, StoreError> {
        let key = self.key();
        let mut due = Vec::new();
        for person in people {
            due.extend(self.parts().0.first(
                "SELECT person_id, mark FROM directory_due WHERE territory_id = ?1 AND person_id = ?2",
                &[key, Value::Id(person.0)],
                |row| Ok(DuePerson { person: row.id(0)?, mark: row.integer(1)? }),
            )?);
        }
        Ok(due)
    }

    /// What is held of everyone from `first` to `last`.
    pub fn held_between(
        &mut self,
        first: PersonId,
        last: PersonId,
    ) -> Result<BTreeMap<PersonId, HeldPerson>, StoreError> {
        let mut held = BTreeMap::new();
        self.gather(&Which::Range(first, last), &mut held)?;
        self.gather_ties(&Which::Range(first, last), &mut held)?;
        Ok(held)
    }

    /// What is held of these people.
    pub fn held_of(&mut self, people: &[PersonId]) -> Result<BTreeMap<PersonId, HeldPerson>, StoreError> {
        let mut held = BTreeMap::new();
        for part in people.chunks(AT_ONCE) {
            self.gather(&Which::Each(part), &mut held)?;
            self.gather_ties(&Which::Each(part), &mut held)?;
        }
        Ok(held)
    }

    /// What is held of these people as far as a page shows it: neither who follows them nor what happened to them.
    pub fn shown_of(&mut self, people: &[PersonId]) -> Result<BTreeMap<PersonId, HeldPerson>, StoreError> {
        let mut held = BTreeMap::new();
        for part in people.chunks(AT_ONCE) {
            self.gather(&Which::Each(part), &mut held)?;
        }
        Ok(held)
    }

    fn gather(
        &mut self,
        which: &Which<'_>,
        held: &mut BTreeMap<PersonId, HeldPerson>,
    ) -> Result<(), StoreError> {
        let (key, head, published) = (self.key(), self.head(), self.published());
        let values = which.values(key, head);
        let condition = which.condition();
        let (connection, _) = self.parts();
        let of = "member.territory_id = ?1 AND member.from_batch <= ?2";
        let sql = format!(
            "SELECT member.person_id, link.identity_id, link.source, identity.from_batch, identity.to_batch {LINKS}
             JOIN identity ON identity.territory_id = link.territory_id AND identity.identity_id = link.identity_id
                 AND identity.from_batch <= ?2
             WHERE {of} AND {condition} ORDER BY member.person_id, link.identity_id, identity.from_batch"
        );
        connection.for_each(&sql, &values, |row| {
            let identity: IdentityId = row.id(1)?;
            let left = row.optional_integer(4)?.is_some_and(|to| to <= published.0);
            let person = held.entry(row.id(0)?).or_default();
            match person.identities.last_mut().filter(|last| last.identity == identity) {
                Some(last) => last.left = left,
                None => person.identities.push(HeldIdentity {
                    identity,
                    source: source(row.borrowed_text(2)?)?,
                    left,
                    first_batch: BatchNo(row.integer(3)?),
                }),
            }
            Ok(())
        })?;
        let sql = format!(
            "SELECT fact.identity_id, fact.from_batch, fact.blocks, link.person_id, link.source {LINKS}
             JOIN fact ON fact.territory_id = link.territory_id AND fact.identity_id = link.identity_id
                 AND fact.from_batch <= ?2
             WHERE {of} AND {condition} ORDER BY member.person_id, fact.identity_id, fact.from_batch"
        );
        let mut current = CurrentBlocks::new(None, |fact: CurrentFact| {
            held.entry(fact.person).or_default().facts.push(fact);
            Ok(())
        });
        connection.for_each(&sql, &values, |row| current.take(row))?;
        current.hand_over()?;
        let sql = format!(
            "SELECT orientation.orientation_id, orientation.identity_id, link.person_id, orientation.decided_on,
                 orientation.facts {LINKS}
             JOIN orientation ON orientation.territory_id = link.territory_id
                 AND orientation.identity_id = link.identity_id AND orientation.ended_at IS NULL
             WHERE {of} AND {condition}
             ORDER BY link.person_id, orientation.decided_on DESC, orientation.recorded_at DESC"
        );
        connection.for_each(&sql, &values, |row| {
            let orientation = read_orientation(row)?;
            held.entry(orientation.person).or_default().orientations.push(orientation);
            Ok(())
        })
    }

    /// Who follows people, and what happened to them.
    fn gather_ties(
        &mut self,
        which: &Which<'_>,
        held: &mut BTreeMap<PersonId, HeldPerson>,
    ) -> Result<(), StoreError> {
        let values = which.values(self.key(), self.head());
        let condition = which.condition();
        let (connection, _) = self.parts();
        let of = "member.territory_id = ?1 AND member.from_batch <= ?2";
        let sql = format!(
            "SELECT {FOLLOW_COLUMNS} {LINKS}
             JOIN follow ON follow.territory_id = link.territory_id AND follow.identity_id = link.identity_id
                 AND follow.ended_at IS NULL
             WHERE {of} AND {condition} ORDER BY link.person_id, follow.from_day DESC, follow.recorded_at DESC,
                 follow.follow_id DESC"
        );
        connection.for_each(&sql, &values, |row: &Row<'_>| {
            let follow = FollowRow::read(row)?;
            held.entry(follow.person).or_default().follows.push(follow);
            Ok(())
        })?;
        let sql = format!(
            "SELECT link.person_id, event.source, event.kind, event.seen_on {LINKS}
             JOIN event ON event.territory_id = link.territory_id AND event.identity_id = link.identity_id
             WHERE {of} AND {condition}"
        );
        connection.for_each(&sql, &values, |row| {
            let person = held.entry(row.id(0)?).or_default();
            person.happened.note(row.borrowed_text(1)?, row.borrowed_text(2)?, row.borrowed_text(3)?);
            Ok(())
        })
    }
}
