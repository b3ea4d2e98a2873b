use liant_model::{BatchNo, IdentityId, Instant, ReviewId};

use crate::StoreError;
use crate::snapshot::Snapshot;
use crate::value::{Row, Value};

/// Where a question of identity stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewState {
    /// Nobody has answered.
    Open,
    /// The same person.
    Accepted,
    /// Two people.
    Refused,
}

impl ReviewState {
    /// The word the store writes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
        }
    }

    fn parse(word: &str) -> Result<Self, StoreError> {
        match word {
            "open" => Ok(Self::Open),
            "accepted" => Ok(Self::Accepted),
            "refused" => Ok(Self::Refused),
            _ => Err(StoreError::Damaged("a question of identity has an unknown state".to_owned())),
        }
    }
}

/// A question of identity: is `identity` of the file the same person as `candidate`?
#[derive(Clone, Debug, PartialEq)]
pub struct OpenReview {
    /// The question.
    pub review: ReviewId,
    /// The file that raised it.
    pub batch: BatchNo,
    /// The source identity of the file.
    pub identity: IdentityId,
    /// The one she may be.
    pub candidate: IdentityId,
    /// Score of the match.
    pub score: f64,
    /// Coded evidence.
    pub evidence: Vec<u8>,
    /// Where it stands.
    pub state: ReviewState,
    /// Version, for the answer to expect.
    pub version: i64,
    /// When it was answered.
    pub decided_at: Option<Instant>,
    /// Who answered.
    pub decided_by: Option<String>,
    /// The link that acceptance made.
    pub link_no: Option<i64>,
}

fn read(row: &Row<'_>) -> Result<OpenReview, StoreError> {
    Ok(OpenReview {
        review: row.id(0)?,
        batch: BatchNo(row.integer(1)?),
        identity: row.id(2)?,
        candidate: row.id(3)?,
        score: row.real(4)?.unwrap_or_default(),
        evidence: row.bytes(5)?,
        state: ReviewState::parse(&row.text(6)?)?,
        version: row.integer(7)?,
        decided_at: row.optional_integer(8)?.map(Instant::from_micros),
        decided_by: row.optional_text(9)?,
        link_no: row.optional_integer(10)?,
    })
}

impl Snapshot<'_> {
    /// Questions in this state, those of one identity together.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn reviews(&mut self, state: ReviewState) -> Result<Vec<OpenReview>, StoreError> {
        let head = self.published()?.0;
        let (connection, territory) = self.parts();
        connection.all(
            "SELECT review_id, batch_no, identity_id, candidate_id, score, evidence, state, version, decided_at,
                 decided_by, link_no
             FROM review WHERE territory_id = ?1 AND batch_no <= ?2 AND state = ?3
             ORDER BY batch_no, identity_id, score DESC, review_id",
            &[Value::Code(territory), Value::Integer(head), Value::Text(state.as_str())],
            read,
        )
    }

    /// One question.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn review(&mut self, review: ReviewId) -> Result<Option<OpenReview>, StoreError> {
        let head = self.published()?.0;
        let (connection, territory) = self.parts();
        connection.first(
            "SELECT review_id, batch_no, identity_id, candidate_id, score, evidence, state, version, decided_at,
                 decided_by, link_no
             FROM review WHERE territory_id = ?1 AND batch_no <= ?2 AND review_id = ?3",
            &[Value::Code(territory), Value::Integer(head), Value::Id(review.0)],
            read,
        )
    }

    /// Every question about this newcomer, whatever its state, the likeliest first.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn reviews_of(&mut self, identity: IdentityId) -> Result<Vec<OpenReview>, StoreError> {
        let head = self.published()?.0;
        let (connection, territory) = self.parts();
        connection.all(
            "SELECT review_id, batch_no, identity_id, candidate_id, score, evidence, state, version, decided_at,
                 decided_by, link_no
             FROM review WHERE territory_id = ?1 AND batch_no <= ?2 AND identity_id = ?3
             ORDER BY score DESC, review_id",
            &[Value::Code(territory), Value::Integer(head), Value::Id(identity.0)],
            read,
        )
    }
}
