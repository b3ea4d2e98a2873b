//! Requests by which people use their rights over their data.

use liant_casework::{RequestState, Right};
use liant_model::{Date, Field, IdentityId, Instant, PersonId, RightsRequestId, Source, Territory};

use crate::StoreError;
use crate::connection::Connection;
use crate::snapshot::{Snapshot, damaged, source};
use crate::value::{Row, Value};

/// How a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestWay {
    /// She made it in her own space.
    Space,
    /// Somebody recorded it for her: a letter, a visit.
    Recorded,
}

impl RequestWay {
    const fn code(self) -> &'static str {
        match self {
            Self::Space => "space",
            Self::Recorded => "recorded",
        }
    }
}

/// A request that was just made.
#[derive(Clone, Debug)]
pub struct NewRightsRequest {
    /// This request.
    pub request: RightsRequestId,
    /// The source identity that it hangs on.
    pub identity: IdentityId,
    /// Which right she uses.
    pub right: Right,
    /// How it came.
    pub way: RequestWay,
    /// Her space, or the account or the operator's actor who recorded it.
    pub made_by: String,
    /// When it was received: what the clock starts from.
    pub received_at: Instant,
    /// The party that answers.
    pub owed_by: String,
    /// The last day for an answer.
    pub due_on: Date,
    /// What sets that day.
    pub due_clause: String,
    /// The datum that it is about, if it is about one.
    pub about: Option<(Source, Field)>,
    /// What she writes, sealed by the vault.
    pub said: Option<Vec<u8>>,
    /// Where it stands: an answer may be given at once.
    pub state: RequestState,
}

/// A request as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RightsRequestRow {
    /// This request.
    pub request: RightsRequestId,
    /// The source identity that it hangs on.
    pub identity: IdentityId,
    /// The person she is found to be; nobody, once she was erased in whole.
    pub person: Option<PersonId>,
    /// Which right she uses.
    pub right: Right,
    /// How it came.
    pub way: RequestWay,
    /// Her space, or the account or the operator's actor who recorded it.
    pub made_by: String,
    /// When it was received.
    pub received_at: Instant,
    /// The party that answers.
    pub owed_by: String,
    /// The last day for an answer.
    pub due_on: Date,
    /// What sets that day.
    pub due_clause: String,
    /// The datum that it is about, if it is about one.
    pub about: Option<(Source, Field)>,
    /// What she writes, sealed by the vault.
    pub said: Option<Vec<u8>>,
    /// Where it stands.
    pub state: RequestState,
    /// Version, for the next change to expect.
    pub version: i64,
    /// When it last changed.
    pub changed_at: Instant,
    /// Who changed it.
    pub changed_by: String,
}

/// A change of requests.
#[derive(Clone, Debug)]
pub enum RightsChange {
    /// Records a request.
    Record(NewRightsRequest),
    /// Takes a request on, which must be as the act saw it.
    Move {
        /// Which.
        request: RightsRequestId,
        /// Its version when the act was decided.
        expected_version: i64,
        /// Where it stands now.
        state: RequestState,
        /// Who does so: her space, an account, or the operator's actor.
        changed_by: String,
    },
}

impl RightsChange {
    pub(crate) fn apply(
        &self,
        connection: &mut Connection,
        (territory, at): (Territory, i64),
    ) -> Result<(), StoreError> {
        match self {
            Self::Record(new) => insert(connection, (territory, at), new),
            Self::Move { request, expected_version, state, changed_by } => {
                let changed = connection.execute(
                    "UPDATE rights_request SET state = ?1, version = version + 1, changed_at = ?2, changed_by = ?3
                     WHERE territory_id = ?4 AND request_id = ?5 AND version = ?6",
                    &[
                        Value::Text(state.code()),
                        Value::Integer(at),
                        Value::Text(changed_by),
                        Value::Code(territory),
                        Value::Id(request.0),
                        Value::Integer(*expected_version),
                    ],
                )?;
                if changed == 1 { Ok(()) } else { Err(StoreError::Conflict { what: "the request" }) }
            }
        }
    }
}

pub(crate) fn insert(
    connection: &mut Connection,
    (territory, at): (Territory, i64),
    new: &NewRightsRequest,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO rights_request (territory_id, request_id, identity_id, right_used, way, made_by, received_at, owed_by,
             due_on, due_clause, source, field, said, state, version, changed_at, changed_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 1, ?15, ?6)",
        &[
            Value::Code(territory),
            Value::Id(new.request.0),
            Value::Id(new.identity.0),
            Value::Text(new.right.code()),
            Value::Text(new.way.code()),
            Value::Text(&new.made_by),
            Value::Integer(new.received_at.micros()),
            Value::Text(&new.owed_by),
            Value::Day(new.due_on),
            Value::Text(&new.due_clause),
            Value::optional_text(new.about.as_ref().map(|(source, _)| source.as_str())),
            Value::optional_text(new.about.as_ref().map(|(_, field)| field.code())),
            Value::optional_bytes(new.said.as_deref()),
            Value::Text(new.state.code()),
            Value::Integer(at),
        ],
    )?;
    Ok(())
}

const REQUEST: &str = "rights_request.request_id, rights_request.identity_id, link.person_id, rights_request.right_used,
    rights_request.way, rights_request.made_by, rights_request.received_at, rights_request.owed_by, rights_request.due_on,
    rights_request.due_clause, rights_request.source, rights_request.field, rights_request.said, rights_request.state,
    rights_request.version, rights_request.changed_at, rights_request.changed_by";
/// Requests, each with the person she is found to be, if she was not erased in whole.
const WITH_PERSON: &str = "FROM rights_request LEFT JOIN link
    ON link.territory_id = rights_request.territory_id AND link.identity_id = rights_request.identity_id
        AND link.ended_at IS NULL";

fn read(row: &Row<'_>) -> Result<RightsRequestRow, StoreError> {
    let unread = || damaged("a request about rights does not read");
    let about = match (row.optional_text(10)?, row.optional_text(11)?) {
        (Some(name), Some(code)) => Some((source(&name)?, Field::from_code(&code).map_err(|_| unread())?)),
        _ => None,
    };
    Ok(RightsRequestRow {
        request: row.id(0)?,
        identity: row.id(1)?,
        person: row.optional_id(2)?,
        right: Right::from_code(row.borrowed_text(3)?).ok_or_else(unread)?,
        way: if row.borrowed_text(4)? == RequestWay::Space.code() {
            RequestWay::Space
        } else {
            RequestWay::Recorded
        },
        made_by: row.text(5)?,
        received_at: Instant::from_micros(row.integer(6)?),
        owed_by: row.text(7)?,
        due_on: row.borrowed_text(8)?.parse().map_err(|_| unread())?,
        due_clause: row.text(9)?,
        about,
        said: row.optional_bytes(12)?,
        state: RequestState::from_code(row.borrowed_text(13)?).ok_or_else(unread)?,
        version: row.integer(14)?,
        changed_at: Instant::from_micros(row.integer(15)?),
        changed_by: row.text(16)?,
    })
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// The requests of a person, the latest first.
    pub fn rights_requests_of(&mut self, person: PersonId) -> Result<Vec<RightsRequestRow>, StoreError> {
        let sql = format!(
            "SELECT {REQUEST} FROM member CROSS JOIN link CROSS JOIN rights_request
             WHERE member.territory_id = ?1 AND member.person_id = ?2
                 AND link.territory_id = member.territory_id AND link.identity_id = member.identity_id
                 AND link.link_no = member.link_no AND link.ended_at IS NULL
                 AND rights_request.territory_id = link.territory_id AND rights_request.identity_id = link.identity_id
             ORDER BY rights_request.received_at DESC, rights_request.request_id DESC"
        );
        let values = [self.key(), Value::Id(person.0)];
        self.parts().0.all(&sql, &values, read)
    }

    /// Requests that a party answers: those still open by the day an answer is owed, else those answered, the latest first.
    pub fn rights_requests(
        &mut self,
        owed_by: &str,
        open: bool,
        most: usize,
    ) -> Result<Vec<RightsRequestRow>, StoreError> {
        let (which, order) = if open {
            ("IN ('received', 'under-way')", "rights_request.due_on, rights_request.request_id")
        } else {
            (
                "IN ('answered', 'refused', 'withdrawn')",
                "rights_request.changed_at DESC, rights_request.request_id DESC",
            )
        };
        let sql = format!(
            "SELECT {REQUEST} {WITH_PERSON} WHERE rights_request.territory_id = ?1 AND rights_request.owed_by = ?2
                 AND rights_request.state {which} ORDER BY {order} LIMIT ?3"
        );
        let most = Value::Integer(i64::try_from(most).unwrap_or(i64::MAX));
        let values = [self.key(), Value::Text(owed_by), most];
        self.parts().0.all(&sql, &values, read)
    }

    /// One request.
    pub fn rights_request(
        &mut self,
        request: RightsRequestId,
    ) -> Result<Option<RightsRequestRow>, StoreError> {
        let sql = format!(
            "SELECT {REQUEST} {WITH_PERSON} WHERE rights_request.territory_id = ?1 AND rights_request.request_id = ?2"
        );
        let values = [self.key(), Value::Id(request.0)];
        self.parts().0.first(&sql, &values, read)
    }
}
