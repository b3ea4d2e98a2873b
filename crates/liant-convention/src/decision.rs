use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use liant_model::{Actor, Field, FieldSet, Instant, Party, Purpose, Role, Source, Territory};

use crate::terms::{Channel, Despite, People, Reach, UseKind};

/// A clause of one version of a convention: what every release cites.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct ClauseRef {
    /// Short name of the convention or register entry.
    pub convention: String,
    /// Its version.
    pub version: u32,
    /// The clause: `annexe 3, PECGM`.
    pub clause: String,
}

impl ClauseRef {
    /// Reads what its `Display` writes, as facts keep it (`received_under`).
    pub fn parse(text: &str) -> Option<Self> {
        let (file, clause) = text.split_once(", ")?;
        let (convention, version) = file.rsplit_once(" v")?;
        let version = version.parse().ok()?;
        Some(Self { convention: convention.to_owned(), version, clause: clause.to_owned() })
    }
}

impl fmt::Display for ClauseRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} v{}, {}", self.convention, self.version, self.clause)
    }
}

/// What someone asks the gate: may this actor have data of this territory, for this purpose, by this way, now?
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// Who asks, and will have the data.
    pub actor: &'a Actor,
    /// Why.
    pub purpose: &'a Purpose,
    /// By what way.
    pub channel: Channel,
    /// Whose people.
    pub territory: Territory,
    /// How far the actor looks: the caller must see to it that no row beyond this reach is read.
    pub reach: Reach,
    /// When.
    pub now: Instant,
}

/// A file that an actor is about to take in or to send.
#[derive(Clone, Copy, Debug)]
pub struct FlowQuery<'a> {
    /// Flow profile: `PECGM`.
    pub profile: &'a str,
    /// Who handles it; her party is the one that receives, or sends.
    pub actor: &'a Actor,
    /// Whose people.
    pub territory: Territory,
    /// When.
    pub now: Instant,
}

/// Fields of one source that one clause lets out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Release {
    /// Register that the facts come from.
    pub source: Source,
    /// The fields.
    pub fields: FieldSet,
    /// About which people.
    pub people: People,
    /// Of whom, seen from the actor: nobody farther from her.
    pub reach: Reach,
    /// Whether it lets out the address even of someone whose address is protected.
    pub protected_address: bool,
    /// On what ground it happens although the person has had the use of her data restricted (GDPR art. 18 (2)).
    pub despite: Option<Despite>,
    /// The clause that lets them out.
    pub clause: Arc<ClauseRef>,
}

/// The answer of the gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// These fields, by these clauses, and nothing else.
    Granted(Granted),
    /// Nothing, and why.
    Refused(Box<Refusal>),
}

impl Decision {
    /// What is granted, or why nothing is.
    ///
    /// # Errors
    /// The refusal.
    pub fn granted(self) -> Result<Granted, Box<Refusal>> {
        match self {
            Self::Granted(granted) => Ok(granted),
            Self::Refused(refusal) => Err(refusal),
        }
    }
}

/// What the gate lets out: never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    pub(crate) releases: Vec<Arc<Release>>,
}

impl Granted {
    /// Each clause's part.
    pub fn releases(&self) -> &[Arc<Release>] {
        &self.releases
    }

    /// The fields of this source that come out.
    pub fn fields(&self, source: &Source) -> FieldSet {
        self.of(source).fold(FieldSet::EMPTY, |all, release| all.union(release.fields))
    }

    /// The clauses that let this field of this source out.
    pub fn clauses(&self, source: &Source, field: Field) -> impl Iterator<Item = &ClauseRef> {
        self.of(source).filter(move |release| release.fields.contains(field)).map(|release| &*release.clause)
    }

    /// The sources that anything comes from, in order.
    pub fn sources(&self) -> Vec<Source> {
        let mut sources: Vec<_> = self.releases.iter().map(|release| release.source.clone()).collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    fn of(&self, source: &Source) -> impl Iterator<Item = &Arc<Release>> {
        self.releases.iter().filter(move |release| release.source == *source)
    }
}

/// The answer of the gate for a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FlowPermit {
    /// The clause of the flow: what its facts are `received_under`.
    pub clause: Arc<ClauseRef>,
    /// Who sends.
    pub from: Party,
    /// Who receives.
    pub to: Party,
    /// Why.
    pub purposes: Vec<Purpose>,
    /// What may pass.
    pub content: Granted,
}

/// The answer of the gate for the software's own work.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UsePermit {
    /// The fields of the source that may be read.
    pub fields: FieldSet,
    /// The clauses that say so.
    pub clauses: Vec<Arc<ClauseRef>>,
}

/// Why the gate lets nothing out. It names roles, purposes and conventions, never a person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No file of the territory names the party.
    #[error("no convention and no register entry of territory {territory} names the party `{party}`")]
    NoConvention {
        /// The party.
        party: Party,
        /// The territory.
        territory: Territory,
    },
    /// The party has no such role.
    #[error("the party `{party}` has no role `{role}` in territory {territory}")]
    UnknownRole {
        /// The party.
        party: Party,
        /// The role.
        role: Role,
        /// The territory.
        territory: Territory,
    },
    /// No file of the party knows the purpose.
    #[error("no convention and no register entry that `{party}` is bound by knows the purpose `{purpose}`")]
    UnknownPurpose {
        /// The party.
        party: Party,
        /// The purpose.
        purpose: Purpose,
    },
    /// No clause gives the role anything for the purpose.
    #[error("no clause gives `{party}/{role}` anything for the purpose `{purpose}`")]
    NoGrant {
        /// The party.
        party: Party,
        /// The role.
        role: Role,
        /// The purpose.
        purpose: Purpose,
    },
    /// The role may have data for the purpose, by another way.
    #[error("`{channel}` is no way by which `{role}` may have data for this purpose; it may by: {}", list(.allowed))]
    Channel {
        /// The role.
        role: Role,
        /// The way that was asked for.
        channel: Channel,
        /// The ways that some clause allows.
        allowed: Vec<Channel>,
    },
    /// The clauses let the role look at fewer people.
    #[error("`{role}` may look at its {widest} only, not at the whole {asked}")]
    Reach {
        /// The role.
        role: Role,
        /// The reach that was asked for.
        asked: Reach,
        /// The widest that a clause allows.
        widest: Reach,
    },
    /// Every clause that would give something is in a convention that is not in force.
    #[error("nothing may pass: {}", list(.0))]
    NotInForce(Vec<Closed>),
    /// Every clause that would give something waits for a condition.
    #[error("the condition `{condition}` of {clause} is not met")]
    Condition {
        /// The condition.
        condition: String,
        /// The clause that requires it.
        clause: Arc<ClauseRef>,
    },
    /// Fields leave by a flow as a file, not as a reading.
    #[error("`flow` is no way of reading: ask for the file, with `send` or `receive`")]
    FlowIsAFile,
    /// No convention knows this flow between these ends.
    #[error("no convention lets `{party}` {direction} {profile} in territory {territory}")]
    UnknownFlow {
        /// Flow profile.
        profile: String,
        /// Party of the actor.
        party: Party,
        /// `send` or `receive`.
        direction: Direction,
        /// The territory.
        territory: Territory,
    },
    /// The clause of the flow names other roles.
    #[error("`{role}` may not handle {profile}; {clause} names: {}", list(.allowed))]
    Handler {
        /// Flow profile.
        profile: String,
        /// Role of the actor.
        role: Role,
        /// The clause.
        clause: Arc<ClauseRef>,
        /// The roles of the party that may.
        allowed: Vec<Role>,
    },
    /// The flow is known, and nothing that it carries may pass.
    #[error("nothing that {profile} carries may pass: no clause beside {clause} gives it to its receiver")]
    EmptyFlow {
        /// Flow profile.
        profile: String,
        /// The clause of the flow.
        clause: Arc<ClauseRef>,
    },
    /// No clause lets the role look anyone up beyond its reach.
    #[error("no clause lets `{party}/{role}` look anyone up beyond its reach for the purpose `{purpose}`")]
    NoWiderSearch {
        /// The party.
        party: Party,
        /// The role.
        role: Role,
        /// The purpose.
        purpose: Purpose,
    },
    /// No clause has the role look over what others look up.
    #[error("no clause has `{party}/{role}` look over what others look up, for the purpose `{purpose}`")]
    NoOversight {
        /// The party.
        party: Party,
        /// The role.
        role: Role,
        /// The purpose.
        purpose: Purpose,
    },
    /// No clause of the party has anyone look over what is looked up.
    #[error(
        "no clause in force has anyone of `{party}` look over what is looked up in territory {territory}"
    )]
    NobodyOversees {
        /// The party.
        party: Party,
        /// The territory.
        territory: Territory,
    },
    /// No clause lets the software do this with facts of this source.
    #[error("no clause lets the software {kind} with facts of `{origin}` in territory {territory}")]
    NoUse {
        /// What for.
        kind: UseKind,
        /// The source.
        origin: Source,
        /// The territory.
        territory: Territory,
    },
}

/// Which way a file goes, seen from the actor's party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Out.
    Send,
    /// In.
    Receive,
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Send => "send",
            Self::Receive => "receive",
        })
    }
}

/// A convention that is not in force, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// Its short name.
    pub convention: String,
    /// Its version.
    pub version: u32,
    /// Why it is not in force.
    pub validity: Validity,
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} v{} {}", self.convention, self.version, self.validity)
    }
}

/// How a convention stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// In force.
    InForce,
    /// It begins on this day.
    NotYet(Date),
    /// This was its last day.
    Ended(Date),
    /// Suspended since this day.
    Suspended(Date),
    /// It carries out a convention that is not among those read.
    WithoutParent,
}

impl fmt::Display for Validity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InForce => f.write_str("is in force"),
            Self::NotYet(from) => write!(f, "begins on {from}"),
            Self::Ended(last) => write!(f, "ended on {last}"),
            Self::Suspended(since) => write!(f, "is suspended since {since}"),
            Self::WithoutParent => f.write_str("carries out a convention that is not there"),
        }
    }
}

fn list<T: fmt::Display>(items: &[T]) -> String {
    items.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
}
