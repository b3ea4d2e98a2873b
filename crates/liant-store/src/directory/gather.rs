//! What is held of people, still sealed, from which their rows of the directory are made.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::Arc;

use liant_model::{BatchNo, IdentityId, PersonId, Source};

use crate::StoreError;
use crate::current::{CurrentBlocks, CurrentFact};
use crate::follow::{FOLLOW_COLUMNS, FollowRow};
use crate::rows::OrientationRow;
use crate::snapshot::{Snapshot, read_orientation, source};
use crate::value::{Row, Value};

use super::LastDays;
use super::lately::HeldAt;
use super::write::for_people;

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
    /// What happened to her; read to make her rows, and for nothing else.
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
#[derive(Clone, Copy)]
enum Which<'a> {
    /// Those of a range of ids, both ends included.
    Range(PersonId, PersonId),
    /// These; at most [`PEOPLE_AT_ONCE`].
    Each(&'a [PersonId]),
    /// Those of these source identities, which are theirs now.
    Of(&'a [IdentityId]),
}

/// People of whom what was read is kept, when they are asked for together: those of the longest page, and one who tells that another follows.
const A_PAGE: usize = 101;
/// People who are named one by one in one statement.
const PEOPLE_AT_ONCE: usize = 50;
/// Source identities who are: those of a page of 25, the one that is shown when nothing is asked for, in one statement.
const IDENTITIES_AT_ONCE: usize = 100;

impl Which<'_> {
    /// The rows of a table that hangs on source identities, each with its current `link`; of them those of `condition`.
    /// Parameters: `?1` is the territory, `?2` the pointer of published batches.
    fn rows_of(&self, table: &str, condition: &str) -> String {
        let hangs =
            format!("{table}.territory_id = link.territory_id AND {table}.identity_id = link.identity_id");
        let of_members =
            format!("{LINKS} JOIN {table} ON {hangs} {condition} WHERE {MEMBERS} AND member.person_id");
        match self {
            Self::Range(..) => format!("{of_members} BETWEEN ?3 AND ?4"),
            Self::Each(_) => format!("{of_members} IN ({})", self.places()),
            Self::Of(_) => format!(
                "FROM {table} JOIN link ON {hangs} AND link.ended_at IS NULL AND link.from_batch <= ?2
                 WHERE {table}.territory_id = ?1 AND {table}.identity_id IN ({}) {condition}",
                self.places()
            ),
        }
    }

    /// How many the statement names; fewer are filled up.
    fn count(&self) -> usize {
        match self {
            Self::Range(..) => 2,
            Self::Each(_) => PEOPLE_AT_ONCE,
            // Nobody has as many identities in use; the statement that names them all is then one of its own.
            Self::Of(identities) => identities.len().max(IDENTITIES_AT_ONCE),
        }
    }

    fn places(&self) -> String {
        let count = self.count();
        let mut places = String::with_capacity(count * 5);
        for place in 3..count + 3 {
            let _ = write!(places, "{}?{place}", if place == 3 { "" } else { ", " });
        }
        places
    }

    fn values<'v>(&self, key: Value<'v>, head: Value<'v>) -> Vec<Value<'v>> {
        let mut values = vec![key, head];
        match self {
            Self::Range(first, last) => values.extend([Value::Id(first.0), Value::Id(last.0)]),
            Self::Each(people) => values.extend(people.iter().map(|person| Value::Id(person.0))),
            Self::Of(identities) => values.extend(identities.iter().map(|identity| Value::Id(identity.0))),
        }
        // The same statement serves fewer: the first is named again.
        let filler = values.get(2).copied().unwrap_or(Value::Null);
        values.resize(self.count() + 2, filler);
        values
    }
}

/// The current links of people.
const LINKS: &str = "FROM member JOIN link ON link.territory_id = member.territory_id
        AND link.identity_id = member.identity_id AND link.link_no = member.link_no AND link.ended_at IS NULL";
/// Which of them.
const MEMBERS: &str = "member.territory_id = ?1 AND member.from_batch <= ?2";

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// The ids of the people after `after`, in order, at most `most`.
    pub fn people_after(
        &mut self,
        after: Option<PersonId>,
        most: usize,
    ) -> Result<Vec<PersonId>, StoreError> {
        let (key, head) = (self.key(), self.head()?);
        let after = after.map_or(liant_model::Uuid::nil(), |person| person.0);
        self.parts().0.all(
            "SELECT person_id FROM person WHERE territory_id = ?1 AND from_batch <= ?2 AND person_id > ?3
             ORDER BY person_id LIMIT ?4",
            &[key, head, Value::Id(after), Value::Integer(most as i64)],
            |row| row.id(0),
        )
    }

    /// Those after `after` whose rows are to be made again, in order, at most `most`.
    pub fn directory_due(
        &mut self,
        after: Option<PersonId>,
        most: usize,
    ) -> Result<Vec<DuePerson>, StoreError> {
        let key = self.key();
        let after = after.map_or(liant_model::Uuid::nil(), |person| person.0);
        self.parts().0.all(
            "SELECT person_id, mark FROM directory_due WHERE territory_id = ?1 AND person_id > ?2
             ORDER BY person_id LIMIT ?3",
            &[key, Value::Id(after), Value::Integer(most as i64)],
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
        let (mut held, range) = (BTreeMap::new(), Which::Range(first, last));
        self.gather_identities(range, &mut held)?;
        self.gather_facts(range, &Owners::new(), &mut held)?;
        self.gather_follows(range, &mut held)?;
        self.gather_happened(range, &mut held)?;
        Ok(held)
    }

    /// What is held of these people, for their rows to be made again.
    pub fn held_whole(&mut self, people: &[PersonId]) -> Result<BTreeMap<PersonId, HeldPerson>, StoreError> {
        let mut held = self.read_of(people)?;
        for part in parts_of(&held) {
            self.gather_happened(Which::Of(&part), &mut held)?;
        }
        Ok(held)
    }

    /// What is held of these people, but for what happened to them; of those of a page, as it was read lately where that still holds.
    pub fn held_of(
        &mut self,
        people: &[PersonId],
    ) -> Result<BTreeMap<PersonId, Arc<HeldPerson>>, StoreError> {
        let shared = |read: BTreeMap<PersonId, HeldPerson>| {
            read.into_iter().map(|(person, held)| (person, Arc::new(held))).collect()
        };
        if people.len() > A_PAGE {
            return self.read_of(people).map(shared);
        }
        let (memory, territory) = (self.memory, self.territory());
        let states = self.held_at(people)?;
        let mut held = memory.lately.of(territory, &states);
        let others: Vec<PersonId> =
            people.iter().filter(|person| !held.contains_key(person)).copied().collect();
        if !others.is_empty() {
            let read = shared(self.read_of(&others)?);
            memory.lately.keep(territory, &states, &read);
            held.extend(read);
        }
        Ok(held)
    }

    /// The state in which these people are read now.
    fn held_at(&mut self, people: &[PersonId]) -> Result<BTreeMap<PersonId, HeldAt>, StoreError> {
        let published = self.published()?;
        let mut states: BTreeMap<PersonId, HeldAt> =
            people.iter().map(|person| (*person, HeldAt { published, changes: 0 })).collect();
        let sql =
            "SELECT person_id, changes FROM held_change WHERE territory_id = ?1 AND person_id IN ({people})";
        let key = self.key();
        for_people((people, PEOPLE_AT_ONCE), sql, &[key], |sql, values| {
            self.parts().0.for_each(sql, values, |row| {
                let changes = row.integer(1)?;
                states.entry(row.id(0)?).and_modify(|state| state.changes = changes);
                Ok(())
            })
        })?;
        Ok(states)
    }

    fn read_of(&mut self, people: &[PersonId]) -> Result<BTreeMap<PersonId, HeldPerson>, StoreError> {
        let mut held = self.shown_of(people)?;
        for part in parts_of(&held) {
            self.gather_follows(Which::Of(&part), &mut held)?;
        }
        Ok(held)
    }

    /// What is held of these people as far as a page shows it: neither who follows them nor what happened to them.
    pub fn shown_of(&mut self, people: &[PersonId]) -> Result<BTreeMap<PersonId, HeldPerson>, StoreError> {
        let mut held = BTreeMap::new();
        for part in people.chunks(PEOPLE_AT_ONCE) {
            self.gather_identities(Which::Each(part), &mut held)?;
        }
        let owners = owners_of(&held);
        for part in parts_of(&held) {
            self.gather_facts(Which::Of(&part), &owners, &mut held)?;
        }
        Ok(held)
    }

    fn gather_identities(
        &mut self,
        which: Which<'_>,
        held: &mut BTreeMap<PersonId, HeldPerson>,
    ) -> Result<(), StoreError> {
        let (values, published) = (which.values(self.key(), self.head()?), self.published()?);
        let rows = which.rows_of("identity", "AND identity.from_batch <= ?2");
        let sql = format!(
            "SELECT link.person_id, link.identity_id, link.source, identity.from_batch, identity.to_batch {rows}
             ORDER BY link.person_id, link.identity_id, identity.from_batch"
        );
        self.parts().0.for_each(&sql, &values, |row| {
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
        })
    }

    /// The facts and the decisions. Of source identities, `owners` says whose they are; else each row does.
    fn gather_facts(
        &mut self,
        which: Which<'_>,
        owners: &Owners,
        held: &mut BTreeMap<PersonId, HeldPerson>,
    ) -> Result<(), StoreError> {
        let values = which.values(self.key(), self.head()?);
        let (connection, _) = self.parts();
        let mut current = CurrentBlocks::new(None, |fact: CurrentFact| {
            held.entry(fact.person).or_default().facts.push(fact);
            Ok(())
        });
        if let Which::Of(_) = which {
            let sql = format!(
                "SELECT identity_id, from_batch, blocks FROM fact
                 WHERE territory_id = ?1 AND from_batch <= ?2 AND identity_id IN ({})
                 ORDER BY identity_id, from_batch",
                which.places()
            );
            let owner = |identity| owners.get(&identity).map(|(person, source)| (*person, source));
            connection.for_each(&sql, &values, |row| current.take_of(row, owner))?;
        } else {
            let rows = which.rows_of("fact", "AND fact.from_batch <= ?2");
            let sql = format!(
                "SELECT fact.identity_id, fact.from_batch, fact.blocks, link.person_id, link.source {rows}
                 ORDER BY link.person_id, fact.identity_id, fact.from_batch"
            );
            connection.for_each(&sql, &values, |row| current.take(row))?;
        }
        current.hand_over()?;
        let rows = which.rows_of("orientation", "AND orientation.ended_at IS NULL");
        let sql = format!(
            "SELECT orientation.orientation_id, orientation.identity_id, link.person_id, orientation.decided_on,
                 orientation.facts {rows}
             ORDER BY link.person_id, orientation.decided_on DESC, orientation.recorded_at DESC"
        );
        connection.for_each(&sql, &values, |row| {
            let orientation = read_orientation(row)?;
            held.entry(orientation.person).or_default().orientations.push(orientation);
            Ok(())
        })
    }

    /// Who follows people.
    fn gather_follows(
        &mut self,
        which: Which<'_>,
        held: &mut BTreeMap<PersonId, HeldPerson>,
    ) -> Result<(), StoreError> {
        let values = which.values(self.key(), self.head()?);
        let rows = which.rows_of("follow", "AND follow.ended_at IS NULL");
        let sql = format!(
            "SELECT {FOLLOW_COLUMNS} {rows}
             ORDER BY link.person_id, follow.from_day DESC, follow.recorded_at DESC, follow.follow_id DESC"
        );
        self.parts().0.for_each(&sql, &values, |row: &Row<'_>| {
            let follow = FollowRow::read(row)?;
            held.entry(follow.person).or_default().follows.push(follow);
            Ok(())
        })
    }

    /// What happened to people.
    fn gather_happened(
        &mut self,
        which: Which<'_>,
        held: &mut BTreeMap<PersonId, HeldPerson>,
    ) -> Result<(), StoreError> {
        let values = which.values(self.key(), self.head()?);
        let rows = which.rows_of("event", "");
        let sql = format!("SELECT link.person_id, event.source, event.kind, event.seen_on {rows}");
        self.parts().0.for_each(&sql, &values, |row| {
            let person = held.entry(row.id(0)?).or_default();
            person.happened.note(row.borrowed_text(1)?, row.borrowed_text(2)?, row.borrowed_text(3)?);
            Ok(())
        })
    }
}

/// Whose each source identity is, and of which source.
type Owners = HashMap<IdentityId, (PersonId, Source)>;

fn owners_of(held: &BTreeMap<PersonId, HeldPerson>) -> Owners {
    let each = |(person, held): (&PersonId, &HeldPerson)| {
        held.identities.iter().map(|one| (one.identity, (*person, one.source.clone()))).collect::<Vec<_>>()
    };
    held.iter().flat_map(each).collect()
}

/// The source identities of these people, so many at once as a statement names; those of someone stay together.
fn parts_of(held: &BTreeMap<PersonId, HeldPerson>) -> Vec<Vec<IdentityId>> {
    let mut parts: Vec<Vec<IdentityId>> = Vec::new();
    for person in held.values().filter(|person| !person.identities.is_empty()) {
        let hers = person.identities.iter().map(|one| one.identity);
        match parts.last_mut().filter(|part| part.len() + person.identities.len() <= IDENTITIES_AT_ONCE) {
            Some(part) => part.extend(hers),
            None => parts.push(hers.collect()),
        }
    }
    parts
}
