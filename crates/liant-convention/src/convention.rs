use std::sync::Arc;

use jiff::civil::Date;
use liant_model::{FieldSet, Party, Purpose, Role, Source, Territory};

use crate::terms::{
    Capacity, Channel, ClockStart, Consent, Consents, Contact, Despite, FlowDay, Holding, Length, ListKind,
    NoticeFrom, People, Reach, ReadingOf, RetentionStart, Rhythm, Silence, SpecialBasis, UseKind,
};
use crate::{Form, Span};

/// A convention, or a register entry, as its file says it: read by [`Convention::parse`], executed by
/// [`Gate`](crate::Gate).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Convention {
    /// Name of the file, as it was given to the reader.
    pub file: Arc<str>,
    /// Short name, the same for all versions.
    pub id: Arc<str>,
    /// Convention between parties, or a controller's own processing.
    pub kind: Kind,
    /// Version: amendments (*avenants*) make a new one.
    pub version: u32,
    /// Title.
    pub title: Text,
    /// Territory whose people it is about.
    pub territory: Territory,
    /// Whom it is about, in words (*catégories de personnes concernées*).
    pub about: Option<Text>,
    /// Whether personal data pass under it; without, it may hold no clause that gives any.
    pub named_data: bool,
    /// The convention that it carries out, and without which it is not in force.
    pub under: Option<String>,
    /// When it is in force.
    pub in_force: InForce,
    /// Set when the convention is suspended. A register entry never is.
    pub suspended: Option<Suspension>,
    /// How it is renewed.
    pub renewal: Option<Renewal>,
    /// When the parties meet to settle what follows it (*clause de rendez-vous*).
    pub rendezvous: Option<Rendezvous>,
    /// How it ends before its term.
    pub ending: Option<Ending>,
    /// Where the data may lie: `EU`.
    pub hosting: Option<String>,
    /// Parties and their roles.
    pub parties: Vec<PartyEntry>,
    /// Purposes (*finalités*).
    pub purposes: Vec<PurposeEntry>,
    /// Conditions that grants may require.
    pub conditions: Vec<ConditionEntry>,
    /// Flows between parties.
    pub flows: Vec<Flow>,
    /// What each role may see, why, and how.
    pub grants: Vec<Grant>,
    /// What the software itself may read.
    pub uses: Vec<Use>,
    /// Who may look someone up beyond her reach, and on what terms.
    pub wider_searches: Vec<WiderSearch>,
    /// Who looks over what others look up.
    pub oversights: Vec<Oversight>,
    /// How many people one human opens.
    pub quotas: Vec<Quota>,
    /// Clocks (*délais*).
    pub clocks: Vec<ClockEntry>,
    /// How long data are kept.
    pub retention: Vec<Retention>,
    /// Lists that the parties owe each other.
    pub lists: Vec<ListEntry>,
    /// How the parties read what can be read in several ways.
    pub readings: Vec<Reading>,
    /// Forms that it carries.
    pub forms: Vec<Form>,
    /// Who answers for what: roles, never names.
    pub contacts: Vec<ContactEntry>,
    /// Place of its head in the file.
    pub span: Span,
}

/// What kind of text a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A convention between parties: suspended or ended, nothing leaves under it.
    Convention,
    /// An entry of a controller's register (*registre des activités de traitement*, GDPR art. 30): its own processing.
    Register {
        /// The controller.
        controller: Party,
    },
}

/// A text in both languages of the product.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Text {
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}

/// When a convention is in force: from the first day to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InForce {
    /// First day.
    pub from: Date,
    /// Last day; a register entry may have none.
    pub until: Option<Date>,
}

/// A suspension: from the first day to the last, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// First day on which nothing leaves.
    pub since: Date,
    /// Last such day, if it is known.
    pub until: Option<Date>,
    /// Clause that allows it.
    pub clause: String,
    /// The party that suspended it.
    pub by: Option<Party>,
}

/// A meeting of the parties before the term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendezvous {
    /// Clause.
    pub clause: String,
    /// How long before the term.
    pub before: Length,
}

/// How a convention is renewed (*reconduction*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// Clause.
    pub clause: String,
    /// How long before the term it must be asked for.
    pub ask_before: Length,
    /// How long the other party has to answer.
    pub answer_within: Length,
    /// What silence means.
    pub silence: Silence,
}

/// How a convention ends before its term (*résiliation*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Clause.
    pub clause: String,
    /// Notice (*préavis*).
    pub notice: Option<Length>,
    /// Time to put a default right after formal notice (*mise en demeure*).
    pub cure: Option<Length>,
    /// From what day that time runs.
    pub cure_from: Option<NoticeFrom>,
    /// Whether a default suspends the convention at once.
    pub suspends_on_default: bool,
    /// The parties that may suspend it; none when the text does not say.
    pub suspended_by: Vec<Party>,
}

/// A party and the roles that its people act in.
#[derive(Clone, Debug)]
pub struct PartyEntry {
    /// Short name.
    pub org: Party,
    /// Its name, for those who read what is made from the clauses.
    pub name: Option<Text>,
    /// What it is in the sense of the GDPR.
    pub capacity: Capacity,
    /// On whose instruction it acts: of a processor.
    pub of: Option<Party>,
    /// The role whose named agents stand between it and the data: they designate, one by one, whom it may see.
    pub through: Option<Recipient>,
    /// Roles.
    pub roles: Vec<Role>,
    /// Place in the file.
    pub span: Span,
}

/// A purpose.
#[derive(Clone, Debug)]
pub struct PurposeEntry {
    /// Short name.
    pub id: Purpose,
    /// In words.
    pub text: Text,
    /// Legal bases.
    pub basis: Vec<String>,
    /// Place in the file.
    pub span: Span,
}

/// A condition: a grant that requires it gives nothing until it is met.
#[derive(Clone, Debug)]
pub struct ConditionEntry {
    /// Short name.
    pub id: String,
    /// In words.
    pub text: Text,
    /// Clause that sets it.
    pub clause: String,
    /// What makes it met.
    pub met: Condition,
    /// Place in the file.
    pub span: Span,
}

/// What a condition hangs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Law or fact: met from this day on, and not met without one; until this one, included.
    Fact {
        /// First day.
        from: Option<Date>,
        /// Last day.
        until: Option<Date>,
    },
    /// What the person agreed to.
    Consent(Consent),
    /// The data pass between these parties alone.
    Between(Vec<Party>),
}

impl Condition {
    /// Whether it is met on that day, of someone who agreed to `consents`.
    pub fn is_met(&self, day: Date, consents: Consents) -> bool {
        match self {
            Self::Fact { from, until } => {
                from.is_some_and(|from| day >= from) && until.is_none_or(|until| day <= until)
            }
            Self::Consent(consent) => consents.has(*consent),
            // The lint sees to it that each recipient is one of the parties.
            Self::Between(_) => true,
        }
    }
}

/// A file that one party sends to another.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Flow profile: `PECGM`.
    pub profile: String,
    /// Clause: what the facts are `received_under`.
    pub clause: Arc<str>,
    /// Who sends it.
    pub from: Party,
    /// Who receives it.
    pub to: Party,
    /// Roles, at either end, that may handle the file.
    pub by: Vec<Recipient>,
    /// Purposes it is sent for.
    pub purposes: Vec<Purpose>,
    /// Registers that the values come from.
    pub sources: Vec<Source>,
    /// What it may carry.
    pub carries: FieldSet,
    /// How often.
    pub rhythm: Rhythm,
    /// Day from which the receiver finds it.
    pub available: Option<FlowDay>,
    /// Day and hour by which the sender owes it.
    pub due: Option<Due>,
    /// Place in the file.
    pub span: Span,
}

/// When a flow is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Day of the month.
    pub day: FlowDay,
    /// Hour and minute, `17:00`.
    pub time: String,
    /// Time zone, `Europe/Paris`.
    pub zone: String,
}

/// A role of a party: who may be given data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Recipient {
    /// Party.
    pub party: Party,
    /// Role.
    pub role: Role,
}

impl std::fmt::Display for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.party, self.role)
    }
}

/// One clause that lets data out.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Clause.
    pub clause: Arc<str>,
    /// To whom.
    pub to: Vec<Recipient>,
    /// Why.
    pub purposes: Vec<Purpose>,
    /// From which registers' facts.
    pub sources: Vec<Source>,
    /// About whom.
    pub people: People,
    /// How far the reader looks.
    pub reach: Reach,
    /// Whether it needs the address even of someone whose address is protected (*adresse protégée*).
    pub protected_address: bool,
    /// What: the patterns of `fields` less those of `except`.
    pub fields: FieldSet,
    /// What `except` takes away, for [`Gate::explain`](crate::Gate::explain).
    pub excepted: FieldSet,
    /// By what way.
    pub channels: Vec<Channel>,
    /// How long the recipient keeps it: an id of [`Retention`].
    pub keep: String,
    /// Conditions that must be met.
    pub requires: Vec<String>,
    /// Legal bases of these very fields, beside those of the purpose.
    pub basis: Vec<String>,
    /// What allows the special categories of data among them.
    pub special_basis: Option<SpecialBasis>,
    /// On what ground it gives data even of someone who has had their use restricted.
    pub despite_restriction: Option<Despite>,
    /// Place in the file.
    pub span: Span,
}

impl Grant {
    /// Whether it lets something of what the flow carries pass to a role of the flow's receiver.
    pub(crate) fn passes_in(&self, flow: &Flow) -> bool {
        self.channels.contains(&Channel::Flow)
            && self.to.iter().any(|to| to.party == flow.to)
            && self.purposes.iter().any(|purpose| flow.purposes.contains(purpose))
            && self.sources.iter().any(|source| flow.sources.contains(source))
            && !self.fields.intersection(flow.carries).is_empty()
    }
}

/// One clause that lets the software work on data that it shows nobody.
#[derive(Clone, Debug)]
pub struct Use {
    /// Clause.
    pub clause: Arc<str>,
    /// What for.
    pub kinds: Vec<UseKind>,
    /// From which registers' facts.
    pub sources: Vec<Source>,
    /// On what: `fields` less `except`.
    pub fields: FieldSet,
    /// Place in the file.
    pub span: Span,
}

/// One clause that lets a role look someone up beyond its reach (*recherche élargie*): exact matches only, for a declared
/// reason, so many times.
#[derive(Clone, Debug)]
pub struct WiderSearch {
    /// Clause.
    pub clause: Arc<str>,
    /// Who may.
    pub to: Vec<Recipient>,
    /// Why.
    pub purposes: Vec<Purpose>,
    /// From which registers' facts.
    pub sources: Vec<Source>,
    /// About whom.
    pub people: People,
    /// What it shows of those found.
    pub fields: FieldSet,
    /// The reasons that may be declared: codes of the list `wider-search-reason`.
    pub reasons: Vec<String>,
    /// How many searches one human may make in an hour.
    pub per_hour: u32,
    /// How many in a day.
    pub per_day: u32,
    /// How many people one search shows at most.
    pub most_found: u32,
    /// How long the recipient keeps it: an id of [`Retention`].
    pub keep: String,
    /// Place in the file.
    pub span: Span,
}

/// One clause that has a role look over what others look up: wider searches, and look-ups of people close to the actor.
#[derive(Clone, Debug)]
pub struct Oversight {
    /// Clause.
    pub clause: Arc<str>,
    /// Who looks over.
    pub by: Vec<Recipient>,
    /// Why.
    pub purposes: Vec<Purpose>,
    /// How long a reason that was declared for looking up someone close holds.
    pub reasons_hold: Length,
    /// Place in the file.
    pub span: Span,
}

/// One clause that measures how many people each human of some roles opens, and how many she asks for in vain.
#[derive(Clone, Debug)]
pub struct Quota {
    /// Clause.
    pub clause: Arc<str>,
    /// Whom it measures.
    pub to: Vec<Recipient>,
    /// How many people one human may open in an hour.
    pub per_hour: u32,
    /// How many in a day.
    pub per_day: u32,
    /// Or so many times those whom she follows, if that is more.
    pub caseload_times: u32,
    /// How many people beyond her reach she may ask for in a day.
    pub beyond: u32,
    /// Place in the file.
    pub span: Span,
}

/// A time within which something is owed.
#[derive(Clone, Debug)]
pub struct ClockEntry {
    /// Short name.
    pub id: String,
    /// Clause.
    pub clause: String,
    /// What starts it.
    pub starts: Vec<ClockStart>,
    /// How long it runs.
    pub within: Length,
    /// Who owes it; none when each party does.
    pub owed_by: Option<Party>,
    /// To whom; none when to the person or to every other party.
    pub owed_to: Option<Party>,
    /// Place in the file.
    pub span: Span,
}

/// How long a set of data is kept.
#[derive(Clone, Debug)]
pub struct Retention {
    /// Short name, cited by `keep`.
    pub id: String,
    /// What it keeps, in words.
    pub text: Option<Text>,
    /// Clause.
    pub clause: String,
    /// What it is about.
    pub of: Holding,
    /// What starts the time.
    pub starts: RetentionStart,
    /// How long.
    pub keep: Length,
    /// Whether the data go sooner, as soon as they are no longer needed.
    pub until_unneeded: bool,
    /// How long before the end whoever it concerns is warned.
    pub warn: Option<Length>,
    /// Place in the file.
    pub span: Span,
}

/// A list that a party, or each, owes to the others.
#[derive(Clone, Debug)]
pub struct ListEntry {
    /// Of what.
    pub of: ListKind,
    /// Clause.
    pub clause: String,
    /// How often it is made anew; none when it is given on request.
    pub every: Option<Length>,
    /// Who owes it; none when each party does.
    pub owed_by: Option<Party>,
    /// Place in the file.
    pub span: Span,
}

/// How the parties read what can be read in several ways.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Of what.
    pub of: ReadingOf,
    /// The clocks or retentions that it settles: `id`, or `convention/id` of another file.
    pub about: Vec<String>,
    /// Day on which they agreed.
    pub agreed_on: Date,
    /// Where they did.
    pub clause: String,
    /// In words.
    pub text: Text,
    /// Place in the file.
    pub span: Span,
}

/// Who answers for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactEntry {
    /// For what.
    pub contact: Contact,
    /// Party and role.
    pub role: Recipient,
}
