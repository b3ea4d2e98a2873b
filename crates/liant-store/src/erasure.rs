//! What people had erased, and what was refused to them (GDPR art. 17). What is left of someone erased in whole is her request, which
//! hangs on nobody, and keyed marks of what each register knew her by.

use liant_casework::Right;
use liant_model::{ActId, IdentityId, Instant, Party, RightsRequestId, Source, Territory};

use crate::StoreError;
use crate::audit_log::{self, AuditRecord};
use crate::connection::Connection;
use crate::rights::{self, NewRightsRequest, RequestWay, RightsRequestRow};
use crate::snapshot::{Snapshot, source};
use crate::value::{Row, Value};

/// A party that gave some of what was erased, or was shown some of it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ErasureParty {
    /// The party.
    pub party: Party,
    /// Whether it came from it.
    pub gave: bool,
    /// Whether it was shown any of it.
    pub received: bool,
}

/// A request that was carried out.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ErasureRow {
    /// The request.
    pub request: RightsRequestId,
    /// The run that did it: its certificate tells what went.
    pub run: ActId,
    /// Why: a code of the letters of GDPR art. 17 (1).
    pub ground: String,
    /// Of which registers; none: of all.
    pub sources: Vec<Source>,
    /// Which sets of facts, by code; none: all.
    pub sets: Vec<String>,
    /// Who is told of it (art. 19).
    pub parties: Vec<ErasureParty>,
    /// Who carried it out: account, or the operator's actor.
    pub carried_by: String,
    /// When.
    pub carried_at: Instant,
}

impl ErasureRow {
    /// Whether everything went that was held of her.
    pub fn is_whole(&self) -> bool {
        self.sources.is_empty() && self.sets.is_empty()
    }
}

/// A keyed mark of what a register knew someone by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct ErasureMark {
    /// The register.
    pub source: Source,
    /// The mark.
    pub mark: Vec<u8>,
    /// The version of the index key that made it.
    pub key_version: u16,
}

/// What a register knows a source identity by: its own key.
pub type KnownBy = (Source, String);

/// An erasure, to be carried out in the transaction in which what it is about goes.
#[derive(Clone, Debug)]
pub struct Erasing {
    /// What is kept of it.
    pub row: ErasureRow,
    /// The request as it stands; done again, as it was.
    pub request: RightsRequestRow,
    /// What keeps her out, if anything does.
    pub marks: Vec<ErasureMark>,
    /// Its entry of the log; none when it is done again.
    pub entry: Option<AuditRecord>,
}

/// A request that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasureRefusalRow {
    /// The request.
    pub request: RightsRequestId,
    /// Why: a code.
    pub reason: String,
    /// The clauses under which her data stay, each with its legal bases.
    pub clauses: Vec<String>,
    /// Who refused it: account, or the operator's actor.
    pub refused_by: String,
    /// When.
    pub refused_at: Instant,
}

/// A change of what was answered to requests for erasure.
#[derive(Clone, Debug)]
pub enum ErasureChange {
    /// Keeps why a request was refused.
    Refuse(ErasureRefusalRow),
    /// Lets her come back with the next files, whom a request keeps out.
    Admit(RightsRequestId),
}

impl ErasureChange {
    pub(crate) fn apply(&self, connection: &mut Connection, territory: Territory) -> Result<(), StoreError> {
        match self {
            Self::Refuse(row) => connection
                .execute(
                    "INSERT INTO erasure_refusal (territory_id, request_id, reason, clauses, refused_by, refused_at)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    &[
                        Value::Code(territory),
                        Value::Id(row.request.0),
                        Value::Text(&row.reason),
                        Value::Text(&row.clauses.join("\n")),
                        Value::Text(&row.refused_by),
                        Value::Integer(row.refused_at.micros()),
                    ],
                )
                .map(drop),
            Self::Admit(request) => match admit(connection, territory, *request)? {
                0 => Err(StoreError::Conflict { what: "the erasure" }),
                _ => Ok(()),
            },
        }
    }
}

/// Forgets what keeps someone out. Gives how many marks there were.
pub(crate) fn admit(
    connection: &mut Connection,
    territory: Territory,
    request: RightsRequestId,
) -> Result<u64, StoreError> {
    connection.execute(
        "DELETE FROM erasure_mark WHERE territory_id = ?1 AND request_id = ?2",
        &[Value::Code(territory), Value::Id(request.0)],
    )
}

/// Answers the request, and keeps what is kept of the erasure. `is_again`: in a store that is being filled from a backup.
pub(crate) fn settle(
    connection: &mut Connection,
    territory: Territory,
    (erasing, is_again): (&Erasing, bool),
) -> Result<(), StoreError> {
    let Erasing { row, request, marks, entry } = erasing;
    let answer = "UPDATE rights_request SET state = 'answered', version = version + 1, changed_at = ?3, changed_by = ?4
         WHERE territory_id = ?1 AND request_id = ?2";
    let mut values = vec![
        Value::Code(territory),
        Value::Id(row.request.0),
        Value::Integer(row.carried_at.micros()),
        Value::Text(&row.carried_by),
    ];
    let answered = if is_again {
        connection.execute(answer, &values)?
    } else {
        values.push(Value::Integer(request.version));
        connection.execute(&format!("{answer} AND version = ?5"), &values)?
    };
    match answered {
        0 if is_again => put_request(connection, territory, (row, request))?,
        0 => return Err(StoreError::Conflict { what: "the request" }),
        _ if row.is_whole() => detach(connection, territory, row.request)?,
        _ => {}
    }
    insert(connection, territory, row)?;
    for mark in marks {
        connection.execute(
            "INSERT INTO erasure_mark (territory_id, source, mark, key_version, request_id) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
            &[
                Value::Code(territory),
                Value::Text(mark.source.as_str()),
                Value::Bytes(&mark.mark),
                Value::Integer(i64::from(mark.key_version)),
                Value::Id(row.request.0),
            ],
        )?;
    }
    entry.as_ref().map_or(Ok(()), |entry| audit_log::insert(connection, territory, entry))
}

/// Takes a request off the person it is of: what she wrote goes, and what she was called.
fn detach(
    connection: &mut Connection,
    territory: Territory,
    request: RightsRequestId,
) -> Result<(), StoreError> {
    connection
        .execute(
            "UPDATE rights_request SET identity_id = request_id, said = NULL,
                 made_by = CASE WHEN way = 'space' THEN '' ELSE made_by END
             WHERE territory_id = ?1 AND request_id = ?2",
            &[Value::Code(territory), Value::Id(request.0)],
        )
        .map(drop)
}

/// Puts a request that the backup does not hold.
fn put_request(
    connection: &mut Connection,
    territory: Territory,
    (row, request): (&ErasureRow, &RightsRequestRow),
) -> Result<(), StoreError> {
    let new = NewRightsRequest {
        request: request.request,
        identity: IdentityId(request.request.0),
        right: Right::Erasure,
        way: request.way,
        made_by: if request.way == RequestWay::Space { String::new() } else { row.carried_by.clone() },
        received_at: request.received_at,
        owed_by: request.owed_by.clone(),
        due_on: request.due_on,
        due_clause: request.due_clause.clone(),
        about: request.about.clone(),
        said: None,
        state: liant_casework::RequestState::Answered,
    };
    rights::insert(connection, (territory, row.carried_at.micros()), &new)
}

fn insert(connection: &mut Connection, territory: Territory, row: &ErasureRow) -> Result<(), StoreError> {
    let sources: Vec<&str> = row.sources.iter().map(Source::as_str).collect();
    connection
        .execute(
            "INSERT INTO erasure (territory_id, request_id, destruction_id, ground, sources, sets, parties, carried_by, carried_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING",
            &[
                Value::Code(territory),
                Value::Id(row.request.0),
                Value::Id(row.run.0),
                Value::Text(&row.ground),
                Value::Text(&sources.join(" ")),
                Value::Text(&row.sets.join(" ")),
                Value::Text(&words_of(&row.parties)),
                Value::Text(&row.carried_by),
                Value::Integer(row.carried_at.micros()),
            ],
        )
        .map(drop)
}

const GAVE: &str = "gave:";
const RECEIVED: &str = "received:";

fn words_of(parties: &[ErasureParty]) -> String {
    let word = |part: &ErasureParty| {
        let gave = part.gave.then(|| format!("{GAVE}{}", part.party));
        gave.into_iter().chain(part.received.then(|| format!("{RECEIVED}{}", part.party)))
    };
    parties.iter().flat_map(word).collect::<Vec<_>>().join(" ")
}

fn damaged(what: &str) -> StoreError {
    StoreError::Damaged(format!("an erasure has no such {what}"))
}

fn parties_of(words: &str) -> Result<Vec<ErasureParty>, StoreError> {
    let mut parties: Vec<ErasureParty> = Vec::new();
    for word in words.split_ascii_whitespace() {
        let gave = word.strip_prefix(GAVE);
        let name = gave.or_else(|| word.strip_prefix(RECEIVED)).ok_or_else(|| damaged("party"))?;
        let party = Party::parse(name).map_err(|_| damaged("party"))?;
        let place = parties.iter().position(|one| one.party == party).unwrap_or_else(|| {
            parties.push(ErasureParty { party, gave: false, received: false });
            parties.len() - 1
        });
        if let Some(one) = parties.get_mut(place) {
            one.gave |= gave.is_some();
            one.received |= gave.is_none();
        }
    }
    Ok(parties)
}

const ROW: &str =
    "SELECT request_id, destruction_id, ground, sources, sets, parties, carried_by, carried_at FROM erasure
    WHERE territory_id = ?1";

fn read(row: &Row<'_>) -> Result<ErasureRow, StoreError> {
    let sources = row.borrowed_text(3)?.split_ascii_whitespace().map(source).collect::<Result<_, _>>()?;
    Ok(ErasureRow {
        request: row.id(0)?,
        run: row.id(1)?,
        ground: row.text(2)?,
        sources,
        sets: row.borrowed_text(4)?.split_ascii_whitespace().map(str::to_owned).collect(),
        parties: parties_of(row.borrowed_text(5)?)?,
        carried_by: row.text(6)?,
        carried_at: Instant::from_micros(row.integer(7)?),
    })
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// How a request was carried out.
    pub fn erasure(&mut self, request: RightsRequestId) -> Result<Option<ErasureRow>, StoreError> {
        let values = [self.key(), Value::Id(request.0)];
        self.parts().0.first(&format!("{ROW} AND request_id = ?2"), &values, read)
    }

    /// The requests that a run carried out.
    pub fn erasures_of_run(&mut self, run: ActId) -> Result<Vec<ErasureRow>, StoreError> {
        let values = [self.key(), Value::Id(run.0)];
        self.parts().0.all(&format!("{ROW} AND destruction_id = ?2 ORDER BY request_id"), &values, read)
    }

    /// How many requests were carried out: a file built while they were fewer may hold someone who was erased since.
    pub fn erasure_count(&mut self) -> Result<u64, StoreError> {
        let key = self.key();
        let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM erasure WHERE territory_id = ?1";
        let count = self.parts().0.first(sql, &[key], |row| row.integer(0))?;
        Ok(count.unwrap_or_default().cast_unsigned())
    }

    /// Why a request was refused.
    pub fn erasure_refusal(
        &mut self,
        request: RightsRequestId,
    ) -> Result<Option<ErasureRefusalRow>, StoreError> {
        let values = [self.key(), Value::Id(request.0)];
        self.parts().0.first(
            "SELECT request_id, reason, clauses, refused_by, refused_at FROM erasure_refusal
             WHERE territory_id = ?1 AND request_id = ?2",
            &values,
            |row| {
                Ok(ErasureRefusalRow {
                    request: row.id(0)?,
                    reason: row.text(1)?,
                    clauses: row.borrowed_text(2)?.lines().map(str::to_owned).collect(),
                    refused_by: row.text(3)?,
                    refused_at: Instant::from_micros(row.integer(4)?),
                })
            },
        )
    }

    /// What keeps people out of the files of a register.
    pub fn erasure_marks(&mut self, of: &Source) -> Result<Vec<ErasureMark>, StoreError> {
        let values = [self.key(), Value::Text(of.as_str())];
        self.parts().0.all(
            "SELECT mark, key_version FROM erasure_mark WHERE territory_id = ?1 AND source = ?2",
            &values,
            |row| {
                let key_version = row.integer(1)?.try_into().map_err(|_| damaged("key"))?;
                Ok(ErasureMark { source: of.clone(), mark: row.bytes(0)?, key_version })
            },
        )
    }

    /// Whether a request keeps someone out of the next files.
    pub fn is_kept_out(&mut self, request: RightsRequestId) -> Result<bool, StoreError> {
        let values = [self.key(), Value::Id(request.0)];
        let sql = "SELECT 1 FROM erasure_mark WHERE territory_id = ?1 AND request_id = ?2 LIMIT 1";
        Ok(self.parts().0.first(sql, &values, |_| Ok(()))?.is_some())
    }

    /// The key by which a register knows a source identity.
    pub fn known_by(&mut self, identity: IdentityId) -> Result<Option<KnownBy>, StoreError> {
        let Some((of, current)) = self.identity(identity)? else { return Ok(None) };
        Ok(Some((of, current.own_key)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_are_read_back() {
        let party =
            |name: &str, gave, received| ErasureParty { party: Party::parse(name).unwrap(), gave, received };
        let all =
            [party("caf-62", false, true), party("france-travail", true, true), party("cnaf", true, false)];
        assert_eq!(parties_of(&words_of(&all)).unwrap(), all);
        assert_eq!(parties_of("").unwrap(), []);
        assert!(parties_of("sold:caf-62").is_err());
    }
}
