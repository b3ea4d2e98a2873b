//! What people's rights close of their data: restriction of processing, objection. Rows hang on source identities, and are of whoever
//! gathers one of them; nobody gets out of it by a link that moves.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use liant_convention::{Limit, Limited};
use liant_model::{
    ActId, Date, IdentityId, Instant, Party, PersonId, Purpose, RightsRequestId, Source, Territory, Uuid,
};

use crate::StoreError;
use crate::connection::Connection;
use crate::snapshot::Snapshot;
use crate::value::{Row, Value};

/// A limit on the use of someone's data, with all of its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitRow {
    /// The act that set it: what it is called by.
    pub limit: ActId,
    /// The source identities of hers that it was set for, and those of whom a human said that they are not hers.
    pub identities: Vec<(IdentityId, bool)>,
    /// Whose decision it is, and what it closes.
    pub what: Limit,
    /// Of a restriction, why: a code of the letters of GDPR art. 18 (1).
    pub ground: String,
    /// The request that it carries out.
    pub request: RightsRequestId,
    /// Who set it: account, or the operator's actor.
    pub set_by: String,
    /// When.
    pub set_at: Instant,
    /// When somebody looks whether it is still needed.
    pub review_on: Date,
    /// How it ends, once that is decided.
    pub lift: Option<LiftRow>,
}

/// The end of a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiftRow {
    /// Why: a code.
    pub reason: String,
    /// How she was told before: a code, and the day.
    pub told: (String, Date),
    /// The first day on which it does not hold any more.
    pub on: Date,
    /// Who decided it, and when.
    pub by: (String, Instant),
}

impl LimitRow {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.lift.as_ref().is_none_or(|lift| day < lift.on)
    }
}

/// Someone whom a limit holds now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldLimit {
    /// Who.
    pub person: PersonId,
    /// By which limit.
    pub limit: ActId,
    /// What that closes.
    pub what: Limit,
    /// Whether it was set for a source identity that she gathers; otherwise an open question takes her for whom it was set for, or a
    /// link did since.
    pub is_hers: bool,
}

/// A change of limits.
#[derive(Clone, Debug)]
pub enum LimitChange {
    /// Sets one.
    Set(LimitRow),
    /// Says on which day one ends, of which nobody has said so yet.
    Lift {
        /// Which.
        limit: ActId,
        /// How.
        lift: LiftRow,
    },
    /// Says that these source identities are not of the person that it is about.
    Free {
        /// Which.
        limit: ActId,
        /// Whom it would hold by likeness.
        identities: Vec<IdentityId>,
    },
}

impl LimitChange {
    pub(crate) fn apply(&self, connection: &mut Connection, territory: Territory) -> Result<(), StoreError> {
        match self {
            Self::Set(row) => insert(connection, territory, row),
            Self::Lift { limit, lift } => {
                let values = lift_values(Some(lift));
                let mut all = vec![Value::Code(territory), Value::Id(limit.0)];
                all.extend(values);
                let changed = connection.execute(
                    "UPDATE data_limit SET lift_reason = ?3, told = ?4, told_on = ?5, lifts_on = ?6, lifted_by = ?7, lifted_at = ?8
                     WHERE territory_id = ?1 AND limit_id = ?2 AND lifts_on IS NULL",
                    &all,
                )?;
                if changed > 0 { Ok(()) } else { Err(StoreError::Conflict { what: "the limit" }) }
            }
            Self::Free { limit, identities } => {
                for identity in identities {
                    let values = [Value::Code(territory), Value::Id(limit.0), Value::Id(identity.0)];
                    connection.execute(
                        "INSERT INTO data_limit (territory_id, limit_id, identity_id, is_hers, party, what, purposes, ground, request_id,
                             set_by, set_at, review_on, lift_reason, told, told_on, lifts_on, lifted_by, lifted_at)
                         SELECT territory_id, limit_id, ?3, 0, party, what, purposes, ground, request_id, set_by, set_at, review_on,
                             lift_reason, told, told_on, lifts_on, lifted_by, lifted_at
                         FROM (SELECT * FROM data_limit WHERE territory_id = ?1 AND limit_id = ?2 ORDER BY identity_id LIMIT 1) AS one
                         WHERE TRUE
                         ON CONFLICT (territory_id, limit_id, identity_id) DO UPDATE SET is_hers = 0",
                        &values,
                    )?;
                }
                Ok(())
            }
        }
    }
}

fn lift_values(lift: Option<&LiftRow>) -> [Value<'_>; 6] {
    let text = |text: fn(&LiftRow) -> &str| Value::optional_text(lift.map(text));
    let day = |day: fn(&LiftRow) -> Date| Value::optional(lift.map(day), Value::Day);
    [
        text(|lift| &lift.reason),
        text(|lift| &lift.told.0),
        day(|lift| lift.told.1),
        day(|lift| lift.on),
        text(|lift| &lift.by.0),
        Value::optional(lift.map(|lift| lift.by.1.micros()), Value::Integer),
    ]
}

fn insert(connection: &mut Connection, territory: Territory, row: &LimitRow) -> Result<(), StoreError> {
    let (what, purposes) = words(&row.what.what);
    for (identity, is_hers) in &row.identities {
        let mut values = vec![
            Value::Code(territory),
            Value::Id(row.limit.0),
            Value::Id(identity.0),
            Value::Integer(i64::from(*is_hers)),
            Value::Text(row.what.by.as_str()),
            Value::Text(what),
            Value::Text(&purposes),
            Value::Text(&row.ground),
            Value::Id(row.request.0),
            Value::Text(&row.set_by),
            Value::Integer(row.set_at.micros()),
            Value::Day(row.review_on),
        ];
        values.extend(lift_values(row.lift.as_ref()));
        connection.execute(
            "INSERT INTO data_limit (territory_id, limit_id, identity_id, is_hers, party, what, purposes, ground, request_id, set_by,
                 set_at, review_on, lift_reason, told, told_on, lifts_on, lifted_by, lifted_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
            &values,
        )?;
    }
    if row.identities.is_empty() { Err(StoreError::Conflict { what: "the person" }) } else { Ok(()) }
}

/// Puts a limit as it was when what the store is filled from was not written yet, or in an earlier state.
pub(crate) fn put_again(
    connection: &mut Connection,
    territory: Territory,
    row: &LimitRow,
) -> Result<(), StoreError> {
    let values = [Value::Code(territory), Value::Id(row.limit.0)];
    connection.execute("DELETE FROM data_limit WHERE territory_id = ?1 AND limit_id = ?2", &values)?;
    insert(connection, territory, row)
}

const RESTRICTION: &str = "restriction";
const OBJECTION: &str = "objection";

fn words(what: &Limited) -> (&'static str, String) {
    match what {
        Limited::Restriction => (RESTRICTION, String::new()),
        Limited::Objection(purposes) => {
            let words: Vec<&str> = purposes.iter().map(Purpose::as_str).collect();
            (OBJECTION, words.join(" "))
        }
    }
}

fn damaged(what: &str) -> StoreError {
    StoreError::Damaged(format!("a limit on the use of someone's data has no such {what}"))
}

fn read_what(row: &Row<'_>, at: usize) -> Result<Limit, StoreError> {
    let by = Party::parse(row.borrowed_text(at)?).map_err(|_| damaged("party"))?;
    let purposes = row.text(at + 2)?;
    let purposes = purposes.split_ascii_whitespace().map(Purpose::parse).collect::<Result<_, _>>();
    let what = match row.borrowed_text(at + 1)? {
        RESTRICTION => Limited::Restriction,
        OBJECTION => Limited::Objection(purposes.map_err(|_| damaged("purpose"))?),
        _ => return Err(damaged("kind")),
    };
    Ok(Limit { by, what })
}

const COLUMNS: &str = "limit_id, identity_id, is_hers, party, what, purposes, ground, request_id, set_by, set_at, review_on, lift_reason,
    told, told_on, lifts_on, lifted_by, lifted_at";

fn read(row: &Row<'_>) -> Result<LimitRow, StoreError> {
    let day = |at: usize| -> Result<Option<Date>, StoreError> {
        let text = row.optional_text(at)?;
        text.map(|text| text.parse().map_err(|_| damaged("day"))).transpose()
    };
    let lift =
        match (row.optional_text(11)?, row.optional_text(12)?, day(13)?, day(14)?, row.optional_text(15)?) {
            (Some(reason), Some(told), Some(told_on), Some(on), Some(by)) => {
                let at = Instant::from_micros(row.integer(16)?);
                Some(LiftRow { reason, told: (told, told_on), on, by: (by, at) })
            }
            _ => None,
        };
    Ok(LimitRow {
        limit: row.id(0)?,
        identities: vec![(row.id(1)?, row.integer(2)? == 1)],
        what: read_what(row, 3)?,
        ground: row.text(6)?,
        request: row.id(7)?,
        set_by: row.text(8)?,
        set_at: Instant::from_micros(row.integer(9)?),
        review_on: day(10)?.ok_or_else(|| damaged("day"))?,
        lift,
    })
}

/// One limit of its rows, which stand together.
fn gathered(rows: Vec<LimitRow>) -> Vec<LimitRow> {
    let mut limits: Vec<LimitRow> = Vec::new();
    for row in rows {
        match limits.last_mut().filter(|last| last.limit == row.limit) {
            Some(last) => last.identities.extend(row.identities),
            None => limits.push(row),
        }
    }
    limits
}

/// Ids that a statement names.
const AT_ONCE: usize = 50;

/// Runs a statement for some ids at a time: they stand in the place of `{ids}`.
fn for_ids(
    ids: &BTreeSet<Uuid>,
    (sql, values): (&str, &[Value<'_>]),
    mut run: impl FnMut(&str, &[Value<'_>]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let ids: Vec<Uuid> = ids.iter().copied().collect();
    let places: Vec<String> = (1..=AT_ONCE).map(|no| format!("?{}", values.len() + no)).collect();
    let sql = sql.replace("{ids}", &places.join(", "));
    for part in ids.chunks(AT_ONCE) {
        let mut all = values.to_vec();
        all.extend(part.iter().map(|id| Value::Id(*id)));
        // The same statement serves fewer: the first is named again.
        let filler = part.first().map_or(Value::Null, |id| Value::Id(*id));
        all.resize(values.len() + AT_ONCE, filler);
        run(&sql, &all)?;
    }
    Ok(())
}

/// Which person a source identity was linked to, and until when.
struct Linked {
    identity: Uuid,
    person: Uuid,
    ended_at: Option<i64>,
}

/// A limit, and whom it is found to hold.
struct Held<'l> {
    limit: &'l LimitRow,
    /// The source identities that it was set for.
    hers: BTreeSet<Uuid>,
    /// Those of whom a human said that they are somebody else's.
    others: BTreeSet<Uuid>,
    /// Who gathered one of hers at any time since.
    people: BTreeSet<Uuid>,
    /// What they gathered since, and what is taken for it.
    identities: BTreeSet<Uuid>,
}

impl<'l> Held<'l> {
    fn new(limit: &'l LimitRow) -> Self {
        let of = |hers: bool| {
            limit.identities.iter().filter(|(_, is_hers)| *is_hers == hers).map(|(one, _)| one.0).collect()
        };
        let (hers, others) = (of(true), of(false));
        Self { limit, hers, others, people: BTreeSet::new(), identities: BTreeSet::new() }
    }

    /// What links say of these, as far as they held when the limit was set or later.
    fn among(&self, of: &BTreeSet<Uuid>, links: &Links<'_>, said: fn(&Linked) -> Uuid) -> BTreeSet<Uuid> {
        let since = self.limit.set_at.micros();
        let links = of.iter().filter_map(|one| links.get(one)).flatten();
        links.filter(|link| link.ended_at.is_none_or(|ended| ended > since)).map(|link| said(link)).collect()
    }

    /// Whom it holds, by the links of the source identities that it reaches.
    fn held(&self, links: &Links<'_>) -> Vec<HeldLimit> {
        let mut gathers: BTreeMap<Uuid, (bool, bool)> = BTreeMap::new();
        let reached = self.identities.iter().filter_map(|one| links.get(one)).flatten();
        for link in reached.filter(|link| link.ended_at.is_none()) {
            let (is_hers, is_other) = gathers.entry(link.person).or_default();
            *is_hers |= self.hers.contains(&link.identity);
            *is_other |= self.others.contains(&link.identity);
        }
        let held = gathers.into_iter().filter(|(_, (is_hers, is_other))| *is_hers || !is_other);
        let limit_of = |(person, (is_hers, _)): (Uuid, (bool, bool))| HeldLimit {
            person: PersonId(person),
            limit: self.limit.limit,
            what: self.limit.what.clone(),
            is_hers,
        };
        held.map(limit_of).collect()
    }
}

/// Links, by the source identity or the person that they are looked for by.
type Links<'r> = HashMap<Uuid, Vec<&'r Linked>>;

fn by(links: &[Linked], key: fn(&Linked) -> Uuid) -> Links<'_> {
    let mut found = Links::new();
    for link in links {
        found.entry(key(link)).or_default().push(link);
    }
    found
}

fn union(all: &[Held<'_>], of: for<'h> fn(&'h Held<'_>) -> &'h BTreeSet<Uuid>) -> BTreeSet<Uuid> {
    all.iter().flat_map(of).copied().collect()
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// Everyone whom a limit holds on a day, each with what it closes. They are few.
    ///
    /// A limit holds whoever gathers a source identity that it was set for; whoever was one with her by a link, at any time since;
    /// and, until somebody has answered, whom an open question takes for one of these: a source that gives her another key brings
    /// nobody back. Of whom a human said that she is somebody else, it holds her no longer.
    pub fn limited(&mut self, day: Date) -> Result<Arc<[HeldLimit]>, StoreError> {
        if let Some((of, limited)) = &self.limited
            && *of == day
        {
            return Ok(Arc::clone(limited));
        }
        let limited: Arc<[HeldLimit]> = self.find_limited(day)?.into();
        self.limited = Some((day, Arc::clone(&limited)));
        Ok(limited)
    }

    /// Whether any limit holds on a day.
    pub fn has_limits(&mut self, day: Date) -> Result<bool, StoreError> {
        let values = [self.key(), Value::Day(day)];
        let sql = "SELECT 1 FROM data_limit WHERE territory_id = ?1 AND (lifts_on IS NULL OR lifts_on > ?2) LIMIT 1";
        Ok(self.parts().0.first(sql, &values, |_| Ok(()))?.is_some())
    }

    fn find_limited(&mut self, day: Date) -> Result<Vec<HeldLimit>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM data_limit WHERE territory_id = ?1 AND (lifts_on IS NULL OR lifts_on > ?2)
             ORDER BY limit_id, identity_id"
        );
        let values = [self.key(), Value::Day(day)];
        let limits = gathered(self.parts().0.all(&sql, &values, read)?);
        let mut all: Vec<Held<'_>> = limits.iter().map(Held::new).collect();
        // Each statement is asked once, of all of them.
        let links = self.links_to(&union(&all, |one| &one.hers))?;
        let links = by(&links, |link| link.identity);
        for one in &mut all {
            one.people = one.among(&one.hers, &links, |link| link.person);
        }
        let links = self.links_from(&union(&all, |one| &one.people))?;
        let links = by(&links, |link| link.person);
        for one in &mut all {
            one.identities = one.among(&one.people, &links, |link| link.identity);
            one.identities.extend(&one.hers);
        }
        let taken = self.taken_for(&union(&all, |one| &one.identities))?;
        for one in &mut all {
            let alike = taken.iter().filter(|(of, _)| one.identities.contains(of)).map(|(_, other)| *other);
            let alike: Vec<Uuid> = alike.chain(one.others.iter().copied()).collect();
            one.identities.extend(alike);
        }
        let links = self.links_to(&union(&all, |one| &one.identities))?;
        let links = by(&links, |link| link.identity);
        Ok(all.iter().flat_map(|one| one.held(&links)).collect())
    }

    /// Every link of these source identities.
    fn links_to(&mut self, identities: &BTreeSet<Uuid>) -> Result<Vec<Linked>, StoreError> {
        self.linked(
            identities,
            "SELECT identity_id, person_id, ended_at FROM link WHERE territory_id = ?1 AND identity_id IN ({ids})",
        )
    }

    /// Every link to these people.
    // Crossed, so that SQLite goes from the people to their links.
    fn links_from(&mut self, people: &BTreeSet<Uuid>) -> Result<Vec<Linked>, StoreError> {
        self.linked(
            people,
            "SELECT link.identity_id, link.person_id, link.ended_at FROM member CROSS JOIN link
             WHERE link.territory_id = member.territory_id AND link.identity_id = member.identity_id
                 AND link.link_no = member.link_no AND member.territory_id = ?1 AND member.person_id IN ({ids})",
        )
    }

    fn linked(&mut self, ids: &BTreeSet<Uuid>, sql: &str) -> Result<Vec<Linked>, StoreError> {
        let key = [self.key()];
        let mut found = Vec::new();
        for_ids(ids, (sql, &key), |sql, values| {
            found.extend(self.parts().0.all(sql, values, |row| {
                let (identity, person): (IdentityId, PersonId) = (row.id(0)?, row.id(1)?);
                Ok(Linked { identity: identity.0, person: person.0, ended_at: row.optional_integer(2)? })
            })?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The source identities that an open question takes for one of these: each with the one that it is taken for.
    fn taken_for(&mut self, identities: &BTreeSet<Uuid>) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
        let key = [self.key()];
        let mut found = Vec::new();
        for (other, one) in [("candidate_id", "identity_id"), ("identity_id", "candidate_id")] {
            let sql = format!(
                "SELECT {one}, {other} FROM review WHERE territory_id = ?1 AND state = 'open' AND {one} IN ({{ids}})"
            );
            for_ids(identities, (&sql, &key), |sql, values| {
                found.extend(self.parts().0.all(sql, values, |row| {
                    let (one, other): (IdentityId, IdentityId) = (row.id(0)?, row.id(1)?);
                    Ok((one.0, other.0))
                })?);
                Ok(())
            })?;
        }
        Ok(found)
    }

    /// The source identities that these people gather now.
    pub fn identities_of(&mut self, people: &BTreeSet<PersonId>) -> Result<BTreeSet<IdentityId>, StoreError> {
        let numbers: BTreeSet<Uuid> = people.iter().map(|person| person.0).collect();
        let links = self.links_from(&numbers)?.into_iter().filter(|one| one.ended_at.is_none());
        Ok(links.map(|one| IdentityId(one.identity)).collect())
    }

    /// These people's numbers, and each number that one of their source identities ever had: what an older record may call them by.
    pub fn ever_called(&mut self, people: &BTreeSet<PersonId>) -> Result<BTreeSet<PersonId>, StoreError> {
        let identities = self.identities_of(people)?.into_iter().map(|one| one.0).collect();
        let ever = self.links_to(&identities)?.into_iter().map(|one| PersonId(one.person));
        Ok(ever.chain(people.iter().copied()).collect())
    }

    /// The keys by which a source knows these people.
    pub fn keys_of(
        &mut self,
        people: &BTreeSet<PersonId>,
        source: &Source,
    ) -> Result<HashMap<String, PersonId>, StoreError> {
        let mut keys = HashMap::new();
        for person in people {
            for link in self.links_of_person(*person)? {
                let found = self.identity(link.identity)?.filter(|(of, _)| of == source);
                keys.extend(found.map(|(_, current)| (current.own_key, *person)));
            }
        }
        Ok(keys)
    }

    /// The limits that a party carries out, those without an end first, by the day on which they are looked at again.
    pub fn limits(&mut self, party: &str) -> Result<Vec<LimitRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM data_limit WHERE territory_id = ?1 AND party = ?2 ORDER BY limit_id, identity_id"
        );
        let values = [self.key(), Value::Text(party)];
        let mut limits = gathered(self.parts().0.all(&sql, &values, read)?);
        limits.sort_by_key(|one| (one.lift.is_some(), one.review_on, one.limit));
        Ok(limits)
    }

    /// One limit.
    pub fn limit(&mut self, limit: ActId) -> Result<Option<LimitRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM data_limit WHERE territory_id = ?1 AND limit_id = ?2 ORDER BY identity_id"
        );
        let values = [self.key(), Value::Id(limit.0)];
        Ok(gathered(self.parts().0.all(&sql, &values, read)?).pop())
    }

    /// The limits that carry out a request, in the order in which they were set.
    pub fn limits_of_request(&mut self, request: RightsRequestId) -> Result<Vec<LimitRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM data_limit WHERE territory_id = ?1 AND request_id = ?2 ORDER BY limit_id, identity_id"
        );
        let values = [self.key(), Value::Id(request.0)];
        Ok(gathered(self.parts().0.all(&sql, &values, read)?))
    }
}
