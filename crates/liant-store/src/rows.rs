use liant_guard::GuardedFacts;
use liant_model::{ActId, BatchNo, IdentityId, Instant, OrganisationId, OrientationId, PersonId};

use crate::StoreError;
use crate::value::Row;

/// A file that was received, or is being.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRow {
    /// Its number in the territory.
    pub batch: BatchNo,
    /// The act that imported it.
    pub act: ActId,
    /// Code of the flow.
    pub flow: String,
    /// Register the facts come from.
    pub source: String,
    /// The date it speaks for, `aaaa-mm-jj`.
    pub reference_date: String,
    /// The day the file was made, `aaaa-mm-jj`, when it says.
    pub fabricated_on: Option<String>,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file, empty while it loads.
    pub file_hash: Vec<u8>,
    /// Its length, in bytes; 0 while it loads.
    pub file_bytes: u64,
    /// `loading`, `published` or `abandoned`.
    pub state: String,
    /// When its import began.
    pub started_at: Instant,
    /// When it was published.
    pub published_at: Option<Instant>,
    /// Who imported it.
    pub actor: String,
    /// Clause it was received under.
    pub received_under: String,
    /// Counts, as JSON.
    pub counts: String,
}

impl BatchRow {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            batch: BatchNo(row.integer(0)?),
            act: row.id(1)?,
            flow: row.text(2)?,
            reference_date: row.text(3)?,
            file_name: row.text(4)?,
            file_hash: row.bytes(5)?,
            state: row.text(6)?,
            started_at: Instant::from_micros(row.integer(7)?),
            published_at: row.optional_integer(8)?.map(Instant::from_micros),
            actor: row.text(9)?,
            received_under: row.text(10)?,
            counts: row.text(11)?,
            source: row.text(12)?,
            fabricated_on: row.optional_text(13)?,
            file_bytes: row.integer(14)? as u64,
        })
    }
}

/// Which person a source identity is found to be.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonLink {
    /// The source identity.
    pub identity: IdentityId,
    /// Place among the links the identity has had, from 1.
    pub link_no: i64,
    /// The person.
    pub person: PersonId,
    /// When the link was made.
    pub made_at: Instant,
    /// When it was undone.
    pub ended_at: Option<Instant>,
    /// `new`, `certain`, `scored` or `human`.
    pub decision: String,
    /// Score of the match.
    pub score: Option<f64>,
    /// Coded evidence of the match.
    pub evidence: Option<Vec<u8>>,
}

impl PersonLink {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            identity: row.id(0)?,
            link_no: row.integer(1)?,
            person: row.id(2)?,
            made_at: Instant::from_micros(row.integer(3)?),
            ended_at: row.optional_integer(4)?.map(Instant::from_micros),
            decision: row.text(5)?,
            score: row.real(6)?,
            evidence: row.optional_bytes(7)?,
        })
    }
}

/// An orientation decision of the Département.
pub struct OrientationRow {
    /// The decision.
    pub orientation: OrientationId,
    /// The source identity it was recorded for.
    pub identity: IdentityId,
    /// Whom it orients: the person she is found to be.
    pub person: PersonId,
    /// Its date, `aaaa-mm-jj`.
    pub decided_on: String,
    /// Nature and correspondent.
    pub facts: GuardedFacts,
}

/// One release of data: to whom, under which clauses, which fields, whose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisclosureRow {
    /// The act.
    pub act: ActId,
    /// When.
    pub at: Instant,
    /// Who did it.
    pub actor: String,
    /// To which party or role the data went.
    pub recipient: String,
    /// The clauses that let it out.
    pub clauses: String,
    /// Fields released, as a set of 128 bits, big-endian.
    pub fields: [u8; 16],
    /// Persons whose facts were released, as a people block of `liant-audit`.
    pub people: Vec<u8>,
    /// What the act was: a file, a list, a page.
    pub what: String,
    /// Code of its kind, as its audit entry has it.
    pub kind: Option<String>,
    /// Why: the purposes of the conventions, separated by spaces.
    pub purposes: String,
    /// Where the actor worked.
    pub organisation: Option<OrganisationId>,
}

impl DisclosureRow {
    /// The columns that [`DisclosureRow::read`] takes.
    pub(crate) const COLUMNS: &str =
        "act_id, at, actor, recipient, clauses, fields, people, what, kind, purposes, organisation_id";

    pub(crate) fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        let fields = row.bytes(5)?;
        Ok(Self {
            act: row.id(0)?,
            at: Instant::from_micros(row.integer(1)?),
            actor: row.text(2)?,
            recipient: row.text(3)?,
            clauses: row.text(4)?,
            fields: fields
                .try_into()
                .map_err(|_| StoreError::Damaged("a field set has not 16 bytes".to_owned()))?,
            people: row.bytes(6)?,
            what: row.text(7)?,
            kind: row.optional_text(8)?,
            purposes: row.optional_text(9)?.unwrap_or_default(),
            organisation: row.optional_id(10)?,
        })
    }
}
