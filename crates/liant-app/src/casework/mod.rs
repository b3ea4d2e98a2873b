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
//! | [`draft`], [`form`] | a liaison form to fill in and sign; one that was sent |
//! | [`archive_offer`], [`archive`] | one that was sent, for a partner outside, as an encrypted archive |
//! | [`record`], [`keep`] | the actor's own party's working record |
//! | [`letters`], [`paper`], [`posted`] | what people are told of their appointments by letter |
//! | [`inbox`], [`sent`], [`caseload`], [`agenda`], [`counts`] | lists |
//! | [`how_many`], [`beside_of`] | tiles that lead to lists; whom a colleague stands beside |
//! | [`loads`], [`suggested`] | caseloads, and who takes the next person |
//! | [`due`] | the job that gives alerts, each once, and makes again what lists stand on |
//! | [`figures`] | indicators of a programme |
//! | [`freeze_evidence`], [`sign_evidence`], [`export_evidence`], [`evidence_lists`], [`evidence_desk`] | the half-yearly list that both parties sign |
//! | [`papers_desk`], [`minutes_form`], [`draft_minutes`], [`review_form`], [`draft_review`], [`committee_paper`], [`sign_paper`], [`paper_file`], [`papers_day`] | minutes of committees and yearly reviews |
//! | [`committee`], [`committees`] | what committees are shown of a month, by local service, and of those before it; [`committee_file`]: the same as a file |

mod acts;
mod acts_record;
mod addressee;
mod appointments;
mod asked;
mod beside;
mod beside_of;
mod choices;
mod committee;
mod committee_file;
mod due;
mod entry;
mod evidence;
mod evidence_halves;
mod figures;
mod form;
mod held;
mod hers;
mod lists;
mod load;
mod minutes;
mod published;
mod record;
mod several;
mod sight;
mod view;
mod words;

pub use acts::act;
use appointments::to_come;
pub use appointments::{AppointmentView, Coming, LetterLine, Paper, letters, paper, posted};
pub(crate) use appointments::{Sent, tell};
pub use asked::{Acted, Asked, Colleague, Doing, Entry, Met, Proposed, Recorded};
pub use beside_of::{HeldBy, Listing, beside_of, how_many};
pub use choices::{Choice, Told};
pub use committee::{Committee, CommitteeLine, committee, committees};
pub use committee_file::{COMMITTEE_MONTHS, CommitteeWords, committee_file, committee_words};
pub use due::{DueReport, due, due_by_itself};
pub use entry::{colleagues, declared};
pub use evidence::{EvidenceList, evidence_lists, export_evidence, freeze_evidence, sign_evidence};
pub use evidence_halves::{EvidenceDesk, EvidenceHalf, EvidenceHalves, evidence_desk, is_given_evidence};
pub use figures::{FigureOf, figures};
pub use form::{
    ArchiveOffer, Draft, Filled, FormLine, FormView, FormWay, archive, archive_offer, draft, form,
    travels_here,
};
pub(crate) use form::{HerForm, her_forms};
pub use held::code;
pub(crate) use hers::Hers;
pub use liant_casework::{
    ActionKey, Amounts, Answered, AppointmentState, Barrier, Because, ClockStanding, Code, Coded,
    CommitteesRule, Corrective, ElectronicContact, EntriesOf, Event, ExitsOf, Fill, Followed, FormAgent,
    FormDecision, FormFault, FormModel, FormPart, FormPerson, FormReferent, FormSeal, HalfYear, Happened,
    Horizons, LiaisonForm, Load, MOST_ACTIONS, MOST_EUROS, Means, Measure, MeetingDue, MeetingStanding,
    Minutes, MinutesFault, Month, MonthFigures, Nature, NoticeKind, Outcome, Place, Places, Programme,
    Programmes, Reason, Refusal, ReviewDue, Route,
};
pub use liant_store::{CaseworkStage, EvidenceSignature, NoticeKey, NoticeRow, NoticeWay};
pub(crate) use lists::falling;
pub use lists::{AgendaRequest, CaseLine, Listed, Slice, Whose, agenda, caseload, counts, inbox, sent};
pub use load::{Suggested, WorkerLoad, loads, suggested};
pub use minutes::{
    CommitteeKey, CommitteeShelf, FrozenMonth, FrozenPlace, HeldMeeting, MinutesContent, MinutesForm,
    PaperFormat, PaperTask, PapersDesk, ReviewContent, ReviewForm, ReviewShelf, ReviewYear, ReviewedAction,
    SealedLine, SealedPaper, committee_paper, draft_minutes, draft_review, has_papers, minutes_form,
    paper_file, papers_day, papers_desk, review_form, sign_paper,
};
pub use record::{
    ActionSays, GoalSays, Noted, PaperKey, PaperLine, PaperView, PaperWords, RecordAsked, RecordChoices,
    RecordDoing, RecordOption, RecordSays, RecordTrack, RecordView, ThemeSays, coding, keep, record,
    record_paper,
};
pub(crate) use record::{FIELDS as RECORD, HerPaper, HerRecord, ON_PAPER};
pub use view::{Beside, Due, Now, PastStay, PathView, Step, TrackView, path};
pub use words::{Kind, kind};

use liant_convention::{Channel, Consent, Consents};
use liant_model::{Actor, Field, Party, Purpose, Source, Territory};

use crate::{AppError, Context, Workplace};

/// How the party of a mandated structure (*structure mandatée*) begins.
const MANDATED: &str = "structure-mandatee-";

/// The purposes under which a party's people work on accompaniments, as the conventions name them, by how the name of the party
/// begins. The first is that of their own record; the others are those under which they are told of their partner's.
const PURPOSES: [(&str, &[&str]); 5] = [
    ("france-travail", &["return-to-work"]),
    (MANDATED, &["lifting-barriers"]),
    ("departement-", &["follow-up", "lifting-barriers"]),
    ("caf-", &["follow-up", "global-accompaniment", "lifting-barriers"]),
    ("", &["follow-up"]),
];

/// The purpose of casework for an actor: that of each page and act here.
///
/// # Errors
/// Never for a tested build.
pub fn purpose(actor: &Actor) -> Result<Purpose, AppError> {
    let mut all = purposes(actor)?.into_iter();
    all.next().ok_or_else(|| AppError::Internal("no purpose of casework".to_owned()))
}

fn purposes(actor: &Actor) -> Result<Vec<Purpose>, AppError> {
    let of = |(party, _): &&(&str, &[&str])| actor.party.as_str().starts_with(party);
    let found = PURPOSES.iter().find(of).map_or(&[][..], |(_, purposes)| purposes);
    let parse =
        |purpose: &&str| Purpose::parse(purpose).map_err(|error| AppError::Internal(error.to_string()));
    found.iter().map(parse).collect()
}

/// The registers that a path is in: each party that works on it has its own record of it.
const REGISTERS: [Source; 2] = [Source::DEPARTEMENT, Source::FRANCE_TRAVAIL];

/// The register in which a party's people record what they do: France Travail has its own; the Département's holds what is done by
/// its people, by those whom it mandates and by its delegates.
fn register_of(party: &Party) -> Source {
    if party.as_str() == Source::FRANCE_TRAVAIL.as_str() {
        Source::FRANCE_TRAVAIL
    } else {
        Source::DEPARTEMENT
    }
}

/// Whether a party is a structure that the Département mandates.
fn is_mandated(party: &Party) -> bool {
    party.as_str().starts_with(MANDATED)
}

/// Everything that people may agree to.
const ALL_CONSENTS: Consents = Consents::NONE.with(Consent::Form).with(Consent::Email);

/// Whether some clause names paths for the actor's party and role: whether a menu leads her to them. What she then sees, the gate decides.
pub fn is_shown_paths(workplace: &Workplace, territory: Territory, actor: &Actor) -> bool {
    let here = workplace.conventions().iter().filter(|file| file.territory == territory);
    here.flat_map(|file| &file.grants).any(|grant| {
        grant.fields.contains(Field::AccompanimentPath)
            && grant.channels.contains(&Channel::Screen)
            && grant.to.iter().any(|to| to.party == actor.party && to.role == actor.role)
    })
}

/// Refuses, on record, whom no clause lets see any path, whatever people agree to.
fn sees_paths(context: &Context<'_>, workplace: &Workplace) -> Result<(), AppError> {
    let windows = sight::some_windows(context, workplace, ALL_CONSENTS)?;
    let shows = |window: &sight::Window<'_>| {
        REGISTERS.iter().any(|source| window.plan.may_let_out(source, Field::AccompanimentPath))
    };
    if windows.iter().any(shows) { Ok(()) } else { Err(AppError::Absent("list")) }
}
