use liant_model::{
    Facts, FollowId, IdentityId, Instant, OrganisationId, OrientationId, PersonId, ReviewId, Territory,
};

use crate::appointments::LetterPosted;
use crate::audit_log::{self, AuditRecord};
use crate::breach::BreachChange;
use crate::bulk::ReviewRow;
use crate::casework::CaseworkChange;
use crate::connection::Connection;
use crate::convention_step::{self, ConventionStepRow};
use crate::deposit::{self, DepositRow};
use crate::erasure::ErasureChange;
use crate::follow::{self, NewFollow};
use crate::limits::LimitChange;
use crate::look_ups::LookUpChange;
use crate::openings::BlockingChange;
use crate::processor::ProcessorChange;
use crate::reach::ReachChange;
use crate::review::ReviewState;
use crate::rights::RightsChange;
use crate::rights_part::PartChange;
use crate::rows::DisclosureRow;
use crate::saved_filter::{self, SavedFilterChange};
use crate::space::SpaceChange;
use crate::value::Value;
use crate::{Store, StoreError, who_read};

/// One act: what it changes, with the versions it expects, and its audit entry. There is no act without one.
#[derive(Clone, Debug)]
pub struct ChangeSet {
    pub(crate) territory: Territory,
    pub(crate) at: Instant,
    pub(crate) audit: AuditRecord,
    pub(crate) changes: Vec<Change>,
}

/// One change of an act.
#[derive(Clone, Debug)]
pub enum Change {
    /// Moves a source identity to a person: ends the current link, which must be the expected one, and makes the
    /// next. The person is made when she is new.
    Link {
        /// The source identity.
        identity: IdentityId,
        /// Number of the link that was current when the act was decided.
        expected_link: i64,
        /// The person she is now found to be.
        person: PersonId,
        /// Whether the person is made by this act.
        new_person: bool,
        /// How that was decided.
        decision: LinkDecision,
    },
    /// Changes nothing, and holds the act to a link that it was decided upon.
    ExpectLink {
        /// The source identity.
        identity: IdentityId,
        /// Number of her current link when the act was decided.
        link_no: i64,
    },
    /// Asks a question of identity.
    Ask(ReviewRow),
    /// Answers a question of identity, or opens it again.
    Review {
        /// The question.
        review: ReviewId,
        /// Its version when the act was decided.
        expected_version: i64,
        /// Where it stands now.
        state: ReviewState,
        /// Who decided.
        decided_by: String,
        /// The link that acceptance made.
        link_no: Option<i64>,
    },
    /// Records an orientation decision, which ends those in force.
    Orientation {
        /// The decision.
        orientation: OrientationId,
        /// The source identity it is recorded for.
        identity: IdentityId,
        /// Its date, `aaaa-mm-jj`.
        decided_on: String,
        /// Nature and correspondent.
        facts: Facts,
        /// The decisions in force when the act was decided: two when two people were found to be one.
        replaces: Vec<OrientationId>,
    },
    /// Says who follows someone from now on; ends those that it replaces.
    Follow(NewFollow),
    /// Ends a following, which must be active.
    EndFollow {
        /// The following.
        follow: FollowId,
        /// Its last day, `aaaa-mm-jj`.
        to_day: String,
    },
    /// Gives a local service its communes, and no others. A commune belongs to one service: it is taken from another.
    ServiceCommunes {
        /// The service.
        organisation: OrganisationId,
        /// INSEE codes.
        communes: Vec<String>,
    },
    /// How near someone stands to a professional, or what is hidden of her.
    Reach(ReachChange),
    /// What is looked up, and by whom.
    LookUp(LookUpChange),
    /// Who is stopped.
    Blocking(BlockingChange),
    /// Records that data was released.
    Disclosure(DisclosureRow),
    /// Records that a file was handed over.
    Deposit(DepositRow),
    /// Gives an account's calendar feed a new address.
    CalendarFeed {
        /// The account.
        account: String,
        /// SHA-256 of the secret in the address.
        token_hash: Vec<u8>,
    },
    /// Keeps, renames or removes the filters of an account.
    SavedFilter(SavedFilterChange),
    /// Someone's own space.
    Space(SpaceChange),
    /// Records a request about someone's rights, or takes it on.
    Rights(RightsChange),
    /// Sets a limit on the use of someone's data, or says how it ends.
    Limit(LimitChange),
    /// Says why a request for erasure was refused, or lets someone come back who was erased.
    Erasure(ErasureChange),
    /// Records a step of another party in a request about someone's rights.
    RightsPart(PartChange),
    /// Records a step in the course of a convention.
    ConventionStep(ConventionStepRow),
    /// Records a processor of a party, or a list that was given.
    Processor(ProcessorChange),
    /// Opens the file of a breach, or records what was done about it.
    Breach(BreachChange),
    /// Someone's accompaniments.
    Casework(CaseworkChange),
    /// A letter to someone about her appointment was posted; it must have waited for that.
    LetterPosted(LetterPosted),
}

/// How a human's link was decided.
#[derive(Clone, Debug)]
pub struct LinkDecision {
    /// Score of the match, if any.
    pub score: Option<f64>,
    /// Coded evidence, if any.
    pub evidence: Option<Vec<u8>>,
}

impl ChangeSet {
    /// An act on `territory` at `at`, with the entry the audit keeps of it.
    pub fn new(territory: Territory, at: Instant, audit: AuditRecord) -> Self {
        Self { territory, at, audit, changes: Vec::new() }
    }

    /// Adds a change.
    #[must_use]
    pub fn with(mut self, change: Change) -> Self {
        self.changes.push(change);
        self
    }
}

impl Store {
    /// Applies an act: every change and its audit entry, or nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when something is no longer as the act expects.
    pub fn apply(&self, act: &ChangeSet) -> Result<(), StoreError> {
        self.write(act.territory, |connection| {
            for change in &act.changes {
                apply(connection, act, change)?;
            }
            audit_log::insert(connection, act.territory, &act.audit)
        })
    }
}

fn apply(connection: &mut Connection, act: &ChangeSet, change: &Change) -> Result<(), StoreError> {
    match change {
        Change::Link { identity, expected_link, person, new_person, decision } => {
            if *new_person {
                add_person(connection, act, *person)?;
            }
            link(connection, act, (*identity, *expected_link), *person, decision)
        }
        Change::Review { review, expected_version, state, decided_by, link_no } => {
            let answered = *state != ReviewState::Open;
            let changed = connection.execute(
                "UPDATE review SET state = ?1, version = version + 1, decided_at = ?2, decided_by = ?3, link_no = ?4
                 WHERE territory_id = ?5 AND review_id = ?6 AND version = ?7",
                &[
                    Value::Text(state.as_str()),
                    if answered { Value::Integer(act.at.micros()) } else { Value::Null },
                    if answered { Value::Text(decided_by) } else { Value::Null },
                    Value::optional(*link_no, Value::Integer),
                    Value::Code(act.territory),
                    Value::Id(review.0),
                    Value::Integer(*expected_version),
                ],
            )?;
            expect_one(changed, "the question")
        }
        Change::Orientation { orientation, identity, decided_on, facts, replaces } => {
            for before in replaces {
                let changed = connection.execute(
                    "UPDATE orientation SET ended_at = ?1
                     WHERE territory_id = ?2 AND orientation_id = ?3 AND ended_at IS NULL",
                    &[Value::Integer(act.at.micros()), Value::Code(act.territory), Value::Id(before.0)],
                )?;
                expect_one(changed, "the orientation")?;
            }
            connection.execute(
                "INSERT INTO orientation (territory_id, orientation_id, identity_id, decided_on, facts, recorded_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                &[
                    Value::Code(act.territory),
                    Value::Id(orientation.0),
                    Value::Id(identity.0),
                    Value::Text(decided_on),
                    Value::Bytes(facts.as_bytes()),
                    Value::Integer(act.at.micros()),
                ],
            )?;
            follow::due_by_identity(connection, act.territory, *identity)
        }
        Change::ExpectLink { identity, link_no } => {
            let current = connection.first(
                "SELECT link_no FROM link
                 WHERE territory_id = ?1 AND identity_id = ?2 AND link_no = ?3 AND ended_at IS NULL",
                &[Value::Code(act.territory), Value::Id(identity.0), Value::Integer(*link_no)],
                |row| row.integer(0),
            )?;
            expect_one(u64::from(current.is_some()), "the link")
        }
        Change::Ask(row) => {
            let published = published(connection, act.territory)?;
            connection.execute(
                "INSERT INTO review (territory_id, review_id, batch_no, identity_id, candidate_id, score, evidence, state,
                     version)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'open', 1)",
                &[
                    Value::Code(act.territory),
                    Value::Id(row.review.0),
                    Value::Integer(published),
                    Value::Id(row.identity.0),
                    Value::Id(row.candidate.0),
                    Value::Real(row.score),
                    Value::Bytes(&row.evidence),
                ],
            )?;
            Ok(())
        }
        Change::Follow(new) => follow::begin(connection, (act.territory, act.at.micros()), new),
        Change::EndFollow { follow, to_day } => {
            follow::end(connection, (act.territory, act.at.micros()), *follow, to_day)
        }
        Change::ServiceCommunes { organisation, communes } => {
            follow::set_communes(connection, act.territory, *organisation, communes)
        }
        Change::Reach(change) => change.apply(connection, (act.territory, act.at.micros())),
        Change::LookUp(change) => change.apply(connection, (act.territory, act.at.micros())),
        Change::Blocking(change) => change.apply(connection, (act.territory, act.at.micros())),
        Change::Disclosure(row) => disclosure(connection, act, row),
        Change::Deposit(row) => deposit::insert(connection, act.territory, row),
        Change::CalendarFeed { account, token_hash } => {
            deposit::set_feed(connection, (act.territory, act.at), account, token_hash)
        }
        Change::SavedFilter(change) => saved_filter::apply(connection, (act.territory, act.at), change),
        Change::Space(change) => change.apply(connection, (act.territory, act.at.micros())),
        Change::Rights(change) => change.apply(connection, (act.territory, act.at.micros())),
        Change::Limit(change) => change.apply(connection, act.territory),
        Change::Erasure(change) => change.apply(connection, act.territory),
        Change::RightsPart(change) => change.apply(connection, act.territory),
        Change::ConventionStep(row) => convention_step::insert(connection, act.territory, row),
        Change::Processor(change) => change.apply(connection, act.territory),
        Change::Breach(change) => change.apply(connection, act.territory),
        Change::Casework(change) => change.apply(connection, (act.territory, act.at.micros())),
        Change::LetterPosted(change) => change.apply(connection, (act.territory, act.at.micros())),
    }
}

fn add_person(connection: &mut Connection, act: &ChangeSet, person: PersonId) -> Result<(), StoreError> {
    let published = published(connection, act.territory)?;
    connection.execute(
        "INSERT INTO person (territory_id, person_id, from_batch) VALUES (?1, ?2, ?3)",
        &[Value::Code(act.territory), Value::Id(person.0), Value::Integer(published)],
    )?;
    Ok(())
}

fn published(connection: &mut Connection, territory: Territory) -> Result<i64, StoreError> {
    connection
        .first("SELECT published FROM territory WHERE territory_id = ?1", &[Value::Code(territory)], |row| {
            row.integer(0)
        })?
        .ok_or(StoreError::Absent("territory"))
}

fn link(
    connection: &mut Connection,
    act: &ChangeSet,
    (identity, expected_link): (IdentityId, i64),
    person: PersonId,
    decision: &LinkDecision,
) -> Result<(), StoreError> {
    let ended = connection.execute(
        "UPDATE link SET ended_at = ?1
         WHERE territory_id = ?2 AND identity_id = ?3 AND link_no = ?4 AND ended_at IS NULL",
        &[
            Value::Integer(act.at.micros()),
            Value::Code(act.territory),
            Value::Id(identity.0),
            Value::Integer(expected_link),
        ],
    )?;
    expect_one(ended, "the link")?;
    let before = connection.first(
        "SELECT person_id FROM link WHERE territory_id = ?1 AND identity_id = ?2 AND link_no = ?3",
        &[Value::Code(act.territory), Value::Id(identity.0), Value::Integer(expected_link)],
        |row| row.id(0),
    )?;
    for person in before.into_iter().chain([person]) {
        follow::due(connection, act.territory, person)?;
    }
    connection.execute(
        "UPDATE territory SET link_moves = link_moves + 1 WHERE territory_id = ?1",
        &[Value::Code(act.territory)],
    )?;
    let published = published(connection, act.territory)?;
    connection.execute(
        "INSERT INTO link (territory_id, identity_id, link_no, person_id, from_batch, source, made_at, decision, score,
             evidence)
         SELECT ?1, ?2, ?3, ?4, ?5, source, ?6, 'human', ?7, ?8 FROM link
         WHERE territory_id = ?1 AND identity_id = ?2 AND link_no = 1",
        &[
            Value::Code(act.territory),
            Value::Id(identity.0),
            Value::Integer(expected_link + 1),
            Value::Id(person.0),
            Value::Integer(published),
            Value::Integer(act.at.micros()),
            Value::optional(decision.score, Value::Real),
            Value::optional_bytes(decision.evidence.as_deref()),
        ],
    )?;
    connection.execute(
        "INSERT INTO member (territory_id, person_id, identity_id, link_no, from_batch) VALUES (?1, ?2, ?3, ?4, ?5)",
        &[
            Value::Code(act.territory),
            Value::Id(person.0),
            Value::Id(identity.0),
            Value::Integer(expected_link + 1),
            Value::Integer(published),
        ],
    )?;
    Ok(())
}

pub(crate) fn disclosure(
    connection: &mut Connection,
    act: &ChangeSet,
    row: &DisclosureRow,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO access_record (territory_id, act_id, at, actor, recipient, clauses, fields, people, what, kind, purposes,
             organisation_id, is_indexed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1)",
        &[
            Value::Code(act.territory),
            Value::Id(row.act.0),
            Value::Integer(row.at.micros()),
            Value::Text(&row.actor),
            Value::Text(&row.recipient),
            Value::Text(&row.clauses),
            Value::Bytes(&row.fields),
            Value::Bytes(&row.people),
            Value::Text(&row.what),
            Value::optional_text(row.kind.as_deref()),
            Value::Text(&row.purposes),
            Value::optional(row.organisation.map(|organisation| organisation.0), Value::Id),
        ],
    )?;
    who_read::index(connection, act.territory, row)
}

fn expect_one(changed: u64, what: &'static str) -> Result<(), StoreError> {
    if changed == 1 { Ok(()) } else { Err(StoreError::Conflict { what }) }
}
