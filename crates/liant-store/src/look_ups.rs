//! Searches beyond one's reach, and look-ups of people close to the actor.

use liant_access::close::{Closeness, LookUpState};
use liant_model::{AccountId, ActId, Date, IdentityId, Instant, LookUpId, PersonId, Territory};

use crate::StoreError;
use crate::connection::Connection;
use crate::snapshot::Snapshot;
use crate::value::{Row, Value};

/// A search beyond the actor's reach (*recherche élargie*). What was typed is kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WiderSearchRow {
    /// Of its audit entry.
    pub act: ActId,
    /// When.
    pub at: Instant,
    /// Who: account, or the operator's actor.
    pub human: String,
    /// Party and role that she acted for.
    pub recipient: String,
    /// For which purpose.
    pub purpose: String,
    /// Why: a code of the list `wider-search-reason`.
    pub reason: String,
    /// Whether by a number, else by names and birth date.
    pub by_number: bool,
    /// The clause.
    pub clause: String,
    /// How many were found, those that were not shown too.
    pub found: u64,
    /// Those shown: a compressed block of persons.
    pub people: Vec<u8>,
    /// Who has looked it over, and when.
    pub reviewed: Option<(String, Instant)>,
}

/// How many wider searches one human may make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// In an hour.
    pub per_hour: u32,
    /// In a day.
    pub per_day: u32,
}

/// A reason declared for looking up someone close.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookUpRow {
    /// This declaration.
    pub look_up: LookUpId,
    /// The source identity it hangs on.
    pub identity: IdentityId,
    /// The person she is found to be.
    pub person: PersonId,
    /// Who declared it.
    pub account: AccountId,
    /// The party that she acted for.
    pub party: String,
    /// Her role.
    pub role: String,
    /// How close she may be.
    pub closeness: Closeness,
    /// Why: a code of the list `close-look-up-reason`.
    pub reason: String,
    /// When.
    pub declared_at: Instant,
    /// Where it stands.
    pub state: LookUpState,
    /// Version, for the review to expect.
    pub version: i64,
    /// Who reviewed it, and when.
    pub reviewed: Option<(String, Instant)>,
}

/// A change of what is looked up, and of what is known of those who look.
#[derive(Clone, Debug)]
pub enum LookUpChange {
    /// Records a wider search, and takes it from what its human may make: [`StoreError::Spent`] when nothing is left.
    WiderSearch {
        /// The search.
        row: WiderSearchRow,
        /// What she may make.
        quota: Quota,
    },
    /// Notes that a wider search was looked over, once.
    ReviewSearch {
        /// Which.
        search: ActId,
        /// Who has: account, or the operator's actor.
        reviewed_by: String,
    },
    /// Records a declared reason.
    Declare(LookUpRow),
    /// Reviews a declared reason, which must be as the reviewer saw it.
    Review {
        /// Which.
        look_up: LookUpId,
        /// Its version when the act was decided.
        expected_version: i64,
        /// Whether it is a reason.
        accepted: bool,
        /// Who reviews: account, or the operator's actor.
        reviewed_by: String,
    },
    /// Notes that a source identity is a professional's own record.
    OwnRecord {
        /// The professional.
        account: AccountId,
        /// The source identity.
        identity: IdentityId,
    },
    /// Records what a professional gives of herself.
    Particulars {
        /// The professional.
        account: AccountId,
        /// What she gives.
        particulars: Particulars,
    },
}

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

impl LookUpChange {
    pub(crate) fn apply(
        &self,
        connection: &mut Connection,
        (territory, at): (Territory, i64),
    ) -> Result<(), StoreError> {
        let key = Value::Code(territory);
        match self {
            Self::WiderSearch { row, quota } => {
                spend(connection, (territory, at), &row.human, ("hour", HOUR, quota.per_hour))?;
                spend(connection, (territory, at), &row.human, ("day", DAY, quota.per_day))?;
                insert_search(connection, territory, row)
            }
            Self::ReviewSearch { search, reviewed_by } => {
                let changed = connection.execute(
                    "UPDATE wider_search SET reviewed_at = ?1, reviewed_by = ?2
                     WHERE territory_id = ?3 AND act_id = ?4 AND reviewed_at IS NULL",
                    &[Value::Integer(at), Value::Text(reviewed_by), key, Value::Id(search.0)],
                )?;
                if changed == 1 { Ok(()) } else { Err(StoreError::Conflict { what: "the wider search" }) }
            }
            Self::Declare(row) => declare(connection, (territory, at), row),
            Self::Review { look_up, expected_version, accepted, reviewed_by } => {
                let state = if *accepted { LookUpState::Accepted } else { LookUpState::Refused };
                let changed = connection.execute(
                    "UPDATE look_up SET state = ?1, version = version + 1, reviewed_by = ?2, reviewed_at = ?3
                     WHERE territory_id = ?4 AND look_up_id = ?5 AND version = ?6",
                    &[
                        Value::Text(state.code()),
                        Value::Text(reviewed_by),
                        Value::Integer(at),
                        key,
                        Value::Id(look_up.0),
                        Value::Integer(*expected_version),
                    ],
                )?;
                if changed == 1 { Ok(()) } else { Err(StoreError::Conflict { what: "the declared reason" }) }
            }
            Self::OwnRecord { account, identity } => connection
                .execute(
                    "INSERT INTO own_record (territory_id, account_id, identity_id, noted_at) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (territory_id, account_id, identity_id) DO NOTHING",
                    &[key, Value::Id(account.0), Value::Id(identity.0), Value::Integer(at)],
                )
                .map(drop),
            Self::Particulars { account, particulars } => connection
                .execute(
                    "INSERT INTO account_particulars (account_id, birth_date, commune, changed_at)
                     VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (account_id) DO UPDATE SET birth_date = excluded.birth_date,
                         commune = excluded.commune, changed_at = excluded.changed_at",
                    &[
                        Value::Id(account.0),
                        Value::optional(particulars.birth_date, Value::Day),
                        Value::optional_text(particulars.commune.as_deref()),
                        Value::Integer(at),
                    ],
                )
                .map(drop),
        }
    }
}

/// Takes one from what a human may make in a span of time. The row of the span is locked until the act is written: two
/// searches at once count as two.
fn spend(
    connection: &mut Connection,
    (territory, at): (Territory, i64),
    human: &str,
    (span, length, most): (&'static str, i64, u32),
) -> Result<(), StoreError> {
    let starts_at = at - at.rem_euclid(length);
    let (key, human, span) = (Value::Code(territory), Value::Text(human), Value::Text(span));
    connection.execute(
        "DELETE FROM search_quota WHERE territory_id = ?1 AND human = ?2 AND span = ?3 AND starts_at < ?4",
        &[key, human, span, Value::Integer(starts_at)],
    )?;
    let taken = connection.execute(
        "INSERT INTO search_quota (territory_id, human, span, starts_at, used) VALUES (?1, ?2, ?3, ?4, 1)
         ON CONFLICT (territory_id, human, span, starts_at) DO UPDATE SET used = search_quota.used + 1
             WHERE search_quota.used < ?5",
        &[key, human, span, Value::Integer(starts_at), Value::Integer(i64::from(most))],
    )?;
    if taken == 1 { Ok(()) } else { Err(StoreError::Spent) }
}

fn insert_search(
    connection: &mut Connection,
    territory: Territory,
    row: &WiderSearchRow,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO wider_search (territory_id, act_id, at, human, recipient, purpose, reason, way, clause, found, people)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        &[
            Value::Code(territory),
            Value::Id(row.act.0),
            Value::Integer(row.at.micros()),
            Value::Text(&row.human),
            Value::Text(&row.recipient),
            Value::Text(&row.purpose),
            Value::Text(&row.reason),
            Value::Text(if row.by_number { "number" } else { "name" }),
            Value::Text(&row.clause),
            Value::Integer(row.found as i64),
            Value::Bytes(&row.people),
        ],
    )?;
    Ok(())
}

fn declare(
    connection: &mut Connection,
    (territory, at): (Territory, i64),
    row: &LookUpRow,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO look_up (territory_id, look_up_id, identity_id, account_id, party, role, closeness, reason,
             declared_at, state, version)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'pending', 1)",
        &[
            Value::Code(territory),
            Value::Id(row.look_up.0),
            Value::Id(row.identity.0),
            Value::Id(row.account.0),
            Value::Text(&row.party),
            Value::Text(&row.role),
            Value::Text(row.closeness.code()),
            Value::Text(&row.reason),
            Value::Integer(at),
        ],
    )?;
    Ok(())
}

/// Which wider searches are wanted.
#[derive(Clone, Debug, Default)]
pub struct WiderSearchFilter {
    /// Made by this human: account, or the operator's actor.
    pub human: Option<String>,
    /// From this moment on.
    pub since: Option<Instant>,
    /// Before this moment.
    pub until: Option<Instant>,
    /// Those alone that nobody has looked over.
    pub waiting: bool,
    /// How many at most.
    pub most: usize,
}

const WIDER_SEARCH: &str = "SELECT act_id, at, human, recipient, purpose, reason, way, clause, found, people, reviewed_by, reviewed_at
    FROM wider_search";

fn read_search(row: &Row<'_>) -> Result<WiderSearchRow, StoreError> {
    let reviewed_at = row.optional_integer(11)?.map(Instant::from_micros);
    Ok(WiderSearchRow {
        act: row.id(0)?,
        at: Instant::from_micros(row.integer(1)?),
        human: row.text(2)?,
        recipient: row.text(3)?,
        purpose: row.text(4)?,
        reason: row.text(5)?,
        by_number: row.borrowed_text(6)? == "number",
        clause: row.text(7)?,
        found: row.integer(8)? as u64,
        people: row.bytes(9)?,
        reviewed: row.optional_text(10)?.zip(reviewed_at),
    })
}

const LOOK_UP: &str = "look_up.look_up_id, look_up.identity_id, link.person_id, look_up.account_id, look_up.party,
    look_up.role, look_up.closeness, look_up.reason, look_up.declared_at, look_up.state, look_up.version,
    look_up.reviewed_by, look_up.reviewed_at
    FROM look_up JOIN link ON link.territory_id = look_up.territory_id AND link.identity_id = look_up.identity_id
        AND link.ended_at IS NULL";

fn damaged() -> StoreError {
    StoreError::Damaged("a declared reason has an unknown closeness or state".to_owned())
}

fn read_look_up(row: &Row<'_>) -> Result<LookUpRow, StoreError> {
    let reviewed_at = row.optional_integer(12)?.map(Instant::from_micros);
    Ok(LookUpRow {
        look_up: row.id(0)?,
        identity: row.id(1)?,
        person: row.id(2)?,
        account: row.id(3)?,
        party: row.text(4)?,
        role: row.text(5)?,
        closeness: Closeness::from_code(row.borrowed_text(6)?).ok_or_else(damaged)?,
        reason: row.text(7)?,
        declared_at: Instant::from_micros(row.integer(8)?),
        state: LookUpState::from_code(row.borrowed_text(9)?).ok_or_else(damaged)?,
        version: row.integer(10)?,
        reviewed: row.optional_text(11)?.zip(reviewed_at),
    })
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// Wider searches, the latest first.
    pub fn wider_searches(&mut self, filter: &WiderSearchFilter) -> Result<Vec<WiderSearchRow>, StoreError> {
        let at = |moment: Option<Instant>, open: i64| Value::Integer(moment.map_or(open, Instant::micros));
        let mut values = vec![
            self.key(),
            at(filter.since, i64::MIN),
            at(filter.until, i64::MAX),
            Value::Integer(i64::try_from(filter.most).unwrap_or(i64::MAX)),
        ];
        let of_human = filter.human.as_deref().map_or("", |human| {
            values.push(Value::Text(human));
            "AND human = ?5"
        });
        let waiting = if filter.waiting { "AND reviewed_at IS NULL" } else { "" };
        let sql = format!(
            "{WIDER_SEARCH} WHERE territory_id = ?1 AND at >= ?2 AND at < ?3 {waiting} {of_human}
             ORDER BY at DESC, act_id DESC LIMIT ?4"
        );
        self.parts().0.all(&sql, &values, read_search)
    }

    /// A wider search.
    pub fn wider_search(&mut self, search: ActId) -> Result<Option<WiderSearchRow>, StoreError> {
        let values = [self.key(), Value::Id(search.0)];
        let sql = format!("{WIDER_SEARCH} WHERE territory_id = ?1 AND act_id = ?2");
        self.parts().0.first(&sql, &values, read_search)
    }

    /// The reasons that a professional declared for looking up a person, the latest first.
    pub fn declared(&mut self, account: AccountId, person: PersonId) -> Result<Vec<LookUpRow>, StoreError> {
        let sql = format!(
            "SELECT {LOOK_UP} WHERE look_up.territory_id = ?1 AND look_up.account_id = ?2 AND link.person_id = ?3
             ORDER BY look_up.declared_at DESC, look_up.look_up_id DESC"
        );
        let values = [self.key(), Value::Id(account.0), Value::Id(person.0)];
        self.parts().0.all(&sql, &values, read_look_up)
    }

    /// Declared reasons of a party's people in one state: those that wait the longest first, else the latest.
    pub fn look_ups(
        &mut self,
        party: &str,
        state: LookUpState,
        most: usize,
    ) -> Result<Vec<LookUpRow>, StoreError> {
        let way = if state == LookUpState::Pending { "ASC" } else { "DESC" };
        let sql = format!(
            "SELECT {LOOK_UP} WHERE look_up.territory_id = ?1 AND look_up.state = ?2 AND look_up.party = ?3
             ORDER BY look_up.declared_at {way}, look_up.look_up_id {way} LIMIT ?4"
        );
        let most = Value::Integer(i64::try_from(most).unwrap_or(i64::MAX));
        let values = [self.key(), Value::Text(state.code()), Value::Text(party), most];
        self.parts().0.all(&sql, &values, read_look_up)
    }

    /// How many declared reasons of a party's people nobody has reviewed, how many wider searches were made from a moment on, how
    /// many of the party's own nobody has looked over.
    pub fn overseen(&mut self, party: &str, since: Instant) -> Result<[u64; 3], StoreError> {
        let of_party = [self.key(), Value::Text(LookUpState::Pending.code()), Value::Text(party)];
        let waiting = self.parts().0.first(
            "SELECT count(*) FROM look_up JOIN link ON link.territory_id = look_up.territory_id
                 AND link.identity_id = look_up.identity_id AND link.ended_at IS NULL
             WHERE look_up.territory_id = ?1 AND look_up.state = ?2 AND look_up.party = ?3",
            &of_party,
            |row| row.integer(0),
        )?;
        let of_period = [self.key(), Value::Integer(since.micros())];
        let of_its_own = [self.key(), Value::Text(party)];
        let searches = self.parts().0.first(
            "SELECT count(*) FROM wider_search WHERE territory_id = ?1 AND at >= ?2",
            &of_period,
            |row| row.integer(0),
        )?;
        let unreviewed = self.parts().0.first(
            "SELECT count(*) FROM wider_search WHERE territory_id = ?1 AND reviewed_at IS NULL AND recipient LIKE ?2 || '/%'",
            &of_its_own,
            |row| row.integer(0),
        )?;
        Ok([waiting, searches, unreviewed].map(|found| found.unwrap_or_default() as u64))
    }

    /// A declared reason.
    pub fn look_up(&mut self, look_up: LookUpId) -> Result<Option<LookUpRow>, StoreError> {
        let sql = format!("SELECT {LOOK_UP} WHERE look_up.territory_id = ?1 AND look_up.look_up_id = ?2");
        let values = [self.key(), Value::Id(look_up.0)];
        self.parts().0.first(&sql, &values, read_look_up)
    }

    /// The people that are found to be a professional herself.
    pub fn own_records(&mut self, account: AccountId) -> Result<Vec<PersonId>, StoreError> {
        let values = [self.key(), Value::Id(account.0)];
        self.parts().0.all(
            "SELECT DISTINCT link.person_id FROM own_record CROSS JOIN link
             WHERE link.territory_id = own_record.territory_id AND link.identity_id = own_record.identity_id
                 AND link.ended_at IS NULL AND own_record.territory_id = ?1 AND own_record.account_id = ?2",
            &values,
            |row| row.id(0),
        )
    }

    /// What a professional gave of herself; nothing before she did.
    pub fn particulars(&mut self, account: AccountId) -> Result<Particulars, StoreError> {
        let found = self.parts().0.first(
            "SELECT birth_date, commune FROM account_particulars WHERE account_id = ?1",
            &[Value::Id(account.0)],
            |row| {
                let date = row.optional_text(0)?.map(|date| date.parse::<Date>()).transpose();
                let birth_date =
                    date.map_err(|_| StoreError::Damaged("a birth date does not read".to_owned()))?;
                Ok(Particulars { birth_date, commune: row.optional_text(1)? })
            },
        )?;
        Ok(found.unwrap_or_default())
    }

    /// The professional of an account, as her colleagues and the post know her, when it is not disabled.
    pub fn professional(&mut self, account: AccountId) -> Result<Option<Professional>, StoreError> {
        let sql = format!("{PROFESSIONAL} WHERE account.account_id = ?1 AND account.disabled_at IS NULL");
        self.parts().0.first(&sql, &[Value::Id(account.0)], read_professional)
    }

    /// Those who work in an organisation.
    pub fn professionals_of(
        &mut self,
        organisation: liant_model::OrganisationId,
    ) -> Result<Vec<Professional>, StoreError> {
        let sql = format!(
            "{PROFESSIONAL} WHERE account.disabled_at IS NULL AND account.account_id IN
                 (SELECT account_id FROM membership WHERE organisation_id = ?1 AND ended_at IS NULL)"
        );
        self.parts().0.all(&sql, &[Value::Id(organisation.0)], read_professional)
    }
}

/// What a professional gives of herself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Particulars {
    /// Her birth date.
    pub birth_date: Option<Date>,
    /// The commune she lives in, by INSEE code.
    pub commune: Option<String>,
}

/// A professional, as far as she may be recognised in people's records.
#[derive(Clone, Debug)]
pub struct Professional {
    /// Her account.
    pub account: AccountId,
    /// Her name, as colleagues see it.
    pub name: String,
    /// Her address.
    pub email: String,
    /// Her birth date, when she gave it.
    pub birth_date: Option<String>,
    /// The commune she lives in, when she gave it.
    pub commune: Option<String>,
}

const PROFESSIONAL: &str =
    "SELECT account.account_id, account.name, account.email, account_particulars.birth_date,
        account_particulars.commune
    FROM account LEFT JOIN account_particulars ON account_particulars.account_id = account.account_id";

fn read_professional(row: &Row<'_>) -> Result<Professional, StoreError> {
    Ok(Professional {
        account: row.id(0)?,
        name: row.text(1)?,
        email: row.text(2)?,
        birth_date: row.optional_text(3)?,
        commune: row.optional_text(4)?,
    })
}
