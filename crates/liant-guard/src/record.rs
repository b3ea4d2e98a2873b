use std::sync::Arc;

use liant_convention::{Channel, ClauseRef, FlowQuery, Query, Reach, Refusal, UseKind};
use liant_model::{Actor, Field, FieldSet, Instant, Party, Purpose, Source, Territory};
use serde::{Serialize, Serializer};

use crate::sealed::Subject;

/// Who had which fields of whom, when, why, by what way, under which clauses: what the audit keeps of one act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AccessRecord {
    /// Who acted.
    pub actor: Actor,
    /// Why: one purpose for a reading, those of the flow for a file.
    pub purposes: Vec<Purpose>,
    /// By what way.
    pub channel: Channel,
    /// Whose people.
    #[serde(serialize_with = "as_text")]
    pub territory: Territory,
    /// How far the actor looked.
    pub reach: Reach,
    /// When the gate decided, in microseconds since 1970-01-01T00:00:00 UTC.
    pub at: Instant,
    /// The file, when the act sent one.
    pub flow: Option<FlowRecord>,
    /// The clauses under which something came out.
    pub clauses: Vec<ClauseRef>,
    /// The fields that came out, by source; for a file, those that could.
    pub fields: Vec<SourceFields>,
    /// Whose data came out: sorted, each once.
    pub people: Vec<Subject>,
}

/// The file of an act that sent one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FlowRecord {
    /// Flow profile.
    pub profile: String,
    /// Who received it.
    pub recipient: Party,
    /// Clause of the flow.
    #[serde(serialize_with = "clause")]
    pub clause: Arc<ClauseRef>,
}

/// Fields of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SourceFields {
    /// The source.
    pub source: Source,
    /// The fields; as JSON, their codes.
    #[serde(serialize_with = "codes")]
    pub fields: FieldSet,
}

/// An act that the gate refused: what the audit keeps of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RefusalRecord {
    /// Who asked.
    pub actor: Actor,
    /// Why, or none for a file.
    pub purpose: Option<Purpose>,
    /// By what way.
    pub channel: Channel,
    /// The flow profile, for a file.
    pub profile: Option<String>,
    /// Whose people.
    #[serde(serialize_with = "as_text")]
    pub territory: Territory,
    /// When.
    pub at: Instant,
    /// Why nothing came out, in words.
    pub reason: String,
}

impl RefusalRecord {
    /// The record of a refused reading.
    pub fn of_query(query: &Query<'_>, refusal: &Refusal) -> Self {
        Self {
            actor: query.actor.clone(),
            purpose: Some(query.purpose.clone()),
            channel: query.channel,
            profile: None,
            territory: query.territory,
            at: query.now,
            reason: refusal.to_string(),
        }
    }

    /// The record of a refused file.
    pub fn of_flow(query: &FlowQuery<'_>, refusal: &Refusal) -> Self {
        Self {
            actor: query.actor.clone(),
            purpose: None,
            channel: Channel::Flow,
            profile: Some(query.profile.to_owned()),
            territory: query.territory,
            at: query.now,
            reason: refusal.to_string(),
        }
    }
}

/// What the software worked on by itself, and the clauses that let it: nobody was shown anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct UseRecord {
    /// What for.
    pub kind: UseKind,
    /// Whose people.
    #[serde(serialize_with = "as_text")]
    pub territory: Territory,
    /// When the gate decided.
    pub at: Instant,
    /// The clauses.
    pub clauses: Vec<ClauseRef>,
    /// The fields, by source.
    pub fields: Vec<SourceFields>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn as_text<S: Serializer>(territory: &Territory, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(territory.as_str())
}

fn clause<S: Serializer>(clause: &Arc<ClauseRef>, serializer: S) -> Result<S::Ok, S::Error> {
    clause.as_ref().serialize(serializer)
}

fn codes<S: Serializer>(fields: &FieldSet, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(fields.iter().map(Field::code))
}
