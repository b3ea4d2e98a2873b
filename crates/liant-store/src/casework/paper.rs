//! What committees write and sign: minutes of a meeting, reviews of a year. Nobody who is accompanied is named in one.

use liant_model::{Date, Instant, Territory, Uuid};

use super::{EvidenceSignature, parsed};
use crate::StoreError;
use crate::connection::Connection;
use crate::snapshot::{Snapshot, damaged};
use crate::value::Value;

/// What a paper is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperKind {
    /// Minutes of a meeting (*relevé de conclusions*).
    Minutes,
    /// The review of a year (*bilan annuel*).
    Review,
}

impl PaperKind {
    const fn code(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Review => "review",
        }
    }
}

/// A paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperRow {
    /// Which.
    pub paper: Uuid,
    /// What it is.
    pub kind: PaperKind,
    /// Of which programme.
    pub programme: String,
    /// Of which committee; of a review, empty.
    pub committee: String,
    /// Of which local service; of the whole territory, empty.
    pub place: String,
    /// The day of the meeting, or the year.
    pub about: String,
    /// When it was sealed.
    pub made_at: Instant,
    /// By whom: account, or the operator's actor.
    pub made_by: String,
    /// SHA-256 of its body, in hexadecimal.
    pub hash: String,
    /// What it says, as JSON.
    pub body: String,
    /// How many sign it.
    pub signers: u32,
    /// When the last of them did; none: it is a draft.
    pub complete_at: Option<Instant>,
    /// The last day on which it is kept.
    pub kept_until: Date,
    /// Who signed it.
    pub signatures: Vec<EvidenceSignature>,
}

/// What is done to a paper.
#[derive(Clone, Debug)]
pub enum PaperChange {
    /// Seals a draft, in place of the one that was read: whoever had signed that one signs again.
    Draft {
        /// The new one.
        row: PaperRow,
        /// The one that it takes the place of, by id and seal; none: there is none.
        replaces: Option<(Uuid, String)>,
    },
    /// Signs the draft that has this seal, for a party that has not signed it.
    Sign {
        /// Which.
        paper: Uuid,
        /// Its seal.
        hash: String,
        /// Who signs.
        signature: EvidenceSignature,
        /// Until when it is kept, if this is the last signature.
        kept_until: Date,
    },
    /// Destroys it, with its signatures.
    Destroy(Uuid),
}

const WHAT: &str = "the paper of a committee";

impl PaperChange {
    pub(crate) fn apply(
        &self,
        connection: &mut Connection,
        (territory, at): (Territory, i64),
    ) -> Result<(), StoreError> {
        let key = Value::Code(territory);
        let taken = StoreError::Conflict { what: WHAT };
        match self {
            Self::Draft { row, replaces } => {
                if let Some((paper, hash)) = replaces {
                    let gone = connection.execute(
                        "DELETE FROM committee_paper
                         WHERE territory_id = ?1 AND paper_id = ?2 AND hash = ?3 AND complete_at IS NULL",
                        &[key, Value::Id(*paper), Value::Text(hash)],
                    )?;
                    if gone != 1 {
                        return Err(taken);
                    }
                    unsign(connection, territory, *paper)?;
                }
                if row.insert(connection, (territory, at))? { Ok(()) } else { Err(taken) }
            }
            Self::Sign { paper, hash, signature, kept_until } => {
                // Until the end of the transaction nobody replaces it, nor signs it beside.
                let held = connection.execute(
                    "UPDATE committee_paper SET made_by = made_by
                     WHERE territory_id = ?1 AND paper_id = ?2 AND hash = ?3 AND complete_at IS NULL",
                    &[key, Value::Id(*paper), Value::Text(hash)],
                )?;
                if held != 1 || !signature.write(connection, (territory, at), *paper)? {
                    return Err(taken);
                }
                connection.execute(
                    "UPDATE committee_paper SET complete_at = ?3, kept_until = ?4
                     WHERE territory_id = ?1 AND paper_id = ?2 AND signers <= (SELECT COUNT(*) FROM casework_signature AS one
                         WHERE one.territory_id = committee_paper.territory_id AND one.list_id = committee_paper.paper_id)",
                    &[key, Value::Id(*paper), Value::Integer(at), Value::Day(*kept_until)],
                )?;
                Ok(())
            }
            Self::Destroy(paper) => {
                unsign(connection, territory, *paper)?;
                let sql = "DELETE FROM committee_paper WHERE territory_id = ?1 AND paper_id = ?2";
                connection.execute(sql, &[key, Value::Id(*paper)])?;
                Ok(())
            }
        }
    }
}

fn unsign(connection: &mut Connection, territory: Territory, paper: Uuid) -> Result<(), StoreError> {
    let sql = "DELETE FROM casework_signature WHERE territory_id = ?1 AND list_id = ?2";
    connection.execute(sql, &[Value::Code(territory), Value::Id(paper)])?;
    Ok(())
}

impl PaperRow {
    fn insert(
        &self,
        connection: &mut Connection,
        (territory, at): (Territory, i64),
    ) -> Result<bool, StoreError> {
        let written = connection.execute(
            "INSERT INTO committee_paper (territory_id, paper_id, kind, programme, committee, place, about, made_at, made_by, hash,
                 body, signers, kept_until)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT DO NOTHING",
            &[
                Value::Code(territory),
                Value::Id(self.paper),
                Value::Text(self.kind.code()),
                Value::Text(&self.programme),
                Value::Text(&self.committee),
                Value::Text(&self.place),
                Value::Text(&self.about),
                Value::Integer(at),
                Value::Text(&self.made_by),
                Value::Text(&self.hash),
                Value::Text(&self.body),
                Value::Integer(i64::from(self.signers)),
                Value::Day(self.kept_until),
            ],
        )?;
        Ok(written == 1)
    }
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// Every paper of committees that is kept, the latest first, each with its signatures in order.
    pub fn committee_papers(&mut self) -> Result<Vec<PaperRow>, StoreError> {
        let key = self.key();
        let signatures = self.casework_signatures()?;
        let mut papers = self.parts().0.all(
            "SELECT paper_id, kind, programme, committee, place, about, made_at, made_by, hash, body, signers, complete_at,
                 kept_until
             FROM committee_paper WHERE territory_id = ?1 ORDER BY about DESC, programme, committee, place",
            &[key],
            |row| {
                let kind = match row.borrowed_text(1)? {
                    "minutes" => PaperKind::Minutes,
                    "review" => PaperKind::Review,
                    _ => return Err(damaged("a paper is of no kind")),
                };
                Ok(PaperRow {
                    paper: row.id(0)?,
                    kind,
                    programme: row.text(2)?,
                    committee: row.text(3)?,
                    place: row.text(4)?,
                    about: row.text(5)?,
                    made_at: Instant::from_micros(row.integer(6)?),
                    made_by: row.text(7)?,
                    hash: row.text(8)?,
                    body: row.text(9)?,
                    signers: u32::try_from(row.integer(10)?).unwrap_or_default(),
                    complete_at: row.optional_integer(11)?.map(Instant::from_micros),
                    kept_until: parsed(row.borrowed_text(12)?)?,
                    signatures: Vec::new(),
                })
            },
        )?;
        for (paper, signature) in signatures {
            if let Some(row) = papers.iter_mut().find(|row| row.paper == paper) {
                row.signatures.push(signature);
            }
        }
        Ok(papers)
    }
}
