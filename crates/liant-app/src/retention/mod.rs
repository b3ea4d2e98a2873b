//! What is due for destruction, and its destruction (*conservation et destruction*).
//!
//! The clauses say how long (`[[retention]]`), and `liant_convention::retention` what that makes due on a day. Here what is held is
//! read under the `[[use]]` clauses for `retain`, taken away, and certified. A source of which no such clause lets the software
//! destroy anything keeps what it has, and the plan says so.
//!
//! | use case | for |
//! |---|---|
//! | [`plan`] | what is due on a day: nothing is written but that it was looked at |
//! | [`run`] | destroys what is due today, and certifies it; goes on with a run that died |
//! | [`runs`], [`sign`], [`verify`] | the certificates |

mod certificate;
pub(crate) mod look;
pub(crate) mod run;

use liant_audit::Act;
use liant_convention::ClauseRef;
use liant_model::{Date, Source};
use liant_store::ChangeSet;

use crate::context::{Audited, audit};
use crate::{AppError, Context, Workplace, access, trail};

pub use certificate::{Certificate, Requested, SignedCertificate, sign, verify};
pub use liant_store::retention::Destruction as Run;
pub(crate) use run::write_part;
pub use run::{certificate, run, runs};

use look::Looking;

/// Which set of data went, or is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataSet {
    /// Facts that files brought: versions of blocks.
    Facts,
    /// What the controller recorded about people itself, or has from them: orientations, who follows them, designations,
    /// protected addresses, their spaces, requests and consents.
    OwnRecords,
    /// Records that imports set aside.
    RecordsSetAside,
    /// Who was shown what, and who looked whom up and why.
    AccessRecords,
    /// What entries of the audit log say; the log goes on to verify.
    LogEntries,
}

impl DataSet {
    const ALL: [Self; 5] =
        [Self::Facts, Self::OwnRecords, Self::RecordsSetAside, Self::AccessRecords, Self::LogEntries];

    /// Its stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::OwnRecords => "own-records",
            Self::RecordsSetAside => "records-set-aside",
            Self::AccessRecords => "access-records",
            Self::LogEntries => "log-entries",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.code() == code)
    }
}

/// What is due, or went, under one clause.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Part {
    /// The clause.
    #[serde(flatten)]
    pub clause: ClauseRef,
    /// Which set of data.
    pub data_set: DataSet,
    /// From which register, when it is of one.
    pub source: Option<Source>,
    /// How many people; none when the set is not told apart by person.
    pub people: u64,
    /// How many versions of facts, rows or entries.
    pub items: u64,
}

/// What is due on a day.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Plan {
    /// The day.
    pub day: Date,
    /// What is due, by clause.
    pub parts: Vec<Part>,
    /// The sources of which something may be due, and of which no clause lets the software destroy anything.
    pub withheld: Vec<Source>,
    /// Facts of conventions that no file at hand words any more: nothing says how long they are kept.
    pub undated: u64,
    /// Whether a run was begun and has not ended.
    pub under_way: bool,
}

/// What is due on a day: today, or one to come. Nothing is destroyed.
///
/// # Errors
/// When the actor does not act for the rights of people, or no clause lets the software look.
pub fn plan(context: &Context<'_>, workplace: &Workplace, day: Option<Date>) -> Result<Plan, AppError> {
    trail::watch(context, workplace)?;
    let looking = Looking::begin(context, workplace, day.unwrap_or_else(|| context.now().date()))?;
    let plan = looking.plan()?;
    let what = Audited {
        subject: format!("retention plan ({})", plan.day),
        counts: vec![("parts", plan.parts.len() as u64)],
        ..Audited::default()
    };
    let entry = audit(context, context.act_id()?, Act::Read, what)?;
    workplace.store.ensure_territory(context.territory)?;
    workplace.store.apply(&ChangeSet::new(context.territory, context.now(), entry))?;
    access::sequence(context, workplace);
    Ok(plan)
}
