//! Accompaniments (*accompagnements*): proposals, answers, entries, what is done until the end, and what falls due meanwhile.
//!
//! The rules are `liant_casework`'s, from the programmes' files; what is here reads, asks the gate, asks the rules, and writes. A path is
//! a datum like another: without a clause that shows it ([`Field::AccompanimentPath`](liant_model::Field)) to the actor, where the person stands and
//! for what she agreed to, she is not there.
//!
//! | use case | for |
//! |---|---|
//! | [`path`] | where someone stands, what happened, what the actor may do next |
//! | [`act`] | every act on a path: [`Asked`] |
//! | [`inbox`], [`sent`], [`caseload`], [`agenda`], [`counts`] | lists and tiles |
//! | [`loads`], [`suggested`] | caseloads, and who takes the next person |
//! | [`due`] | the job that gives alerts, each once, and makes again what lists stand on |
//! | [`figures`] | indicators of a programme |

mod acts;
mod beside;
mod choices;
mod due;
mod entry;
mod figures;
mod held;
mod lists;
mod load;
mod sight;
mod view;
mod words;

pub use acts::{Acted, Asked, Colleague, Doing, Entry, Proposed, Recorded, act};
pub use choices::{Choice, Told};
pub use due::{DueReport, due, due_by_itself};
pub use entry::{colleagues, declared};
pub use figures::{FigureOf, figures};
pub use held::code;
pub use liant_casework::{
    Because, ClockStanding, Code, Event, Fill, Happened, Horizons, Load, Means, Nature, Outcome, Programme,
    Programmes, Reason, Refusal,
};
pub use liant_store::CaseworkStage;
pub use lists::{AgendaRequest, CaseLine, Listed, Slice, Whose, agenda, caseload, counts, inbox, sent};
pub use load::{Suggested, WorkerLoad, loads, suggested};
pub use view::{Beside, Due, Now, PastStay, PathView, Step, TrackView, path};
pub use words::{Kind, kind};

use liant_convention::{Channel, Consent, Consents};
use liant_model::{Actor, Purpose};

use crate::{AppError, Context, Workplace, access};

/// The purpose under which a party's people work on accompaniments, as the conventions name it; of any other party, that of the
/// last line.
const PURPOSES: [(&str, &str); 2] = [("france-travail", "return-to-work"), ("", "follow-up")];

/// The purpose of casework for an actor: that of each page and act here.
///
/// # Errors
/// Never for a tested build.
pub fn purpose(actor: &Actor) -> Result<Purpose, AppError> {
    let of = |(party, _): &&(&str, &str)| party.is_empty() || *party == actor.party.as_str();
    let found = PURPOSES.iter().find(of).map_or("", |(_, purpose)| purpose);
    Purpose::parse(found).map_err(|error| AppError::Internal(error.to_string()))
}

/// Everything that people may agree to.
const ALL_CONSENTS: Consents = Consents::NONE.with(Consent::Form).with(Consent::Email);

/// Refuses, on record, whom no clause lets see any path, whatever people agree to.
fn sees_paths(context: &Context<'_>, workplace: &Workplace) -> Result<(), AppError> {
    let plan = access::plan_near_of(context, workplace, Channel::Screen, ALL_CONSENTS)?;
    let shows =
        sight::REGISTERS.iter().any(|source| plan.may_let_out(source, liant_model::Field::AccompanimentPath));
    if shows { Ok(()) } else { Err(AppError::Absent("list")) }
}
