//! Each party's own working record (*dossier de travail*): goals and actions by barrier, skills, progress. It lies with the path, as entries that
//! no list, page or history of the path shows to anybody; it is read and written here alone, by the party that wrote it, under a clause on
//! `working_record.*`. The person reads all of it, and whoever answers her request.

mod keep;
mod paper;
mod told;
mod view;

use std::collections::BTreeMap;

use liant_casework::{Code, Coding, Happened, Programme, Programmes, RecordEntry, RecordRule, WorkingRecord};
use liant_model::{ActionId, Date, Facts, Field, FieldSet, GoalId, Lang, Party, PersonId, Source};
use serde::Serialize;

use super::held::Held;
use crate::people::Line;

pub use keep::keep;
pub(crate) use paper::{HerPaper, ON_PAPER};
pub use paper::{PaperKey, PaperLine, PaperView, PaperWords, record_paper};
pub(super) use view::may_be_had;
pub use view::record;

/// The data of a record: what is about health is one of its own, by whatever goal, action, barrier or progress it is told.
pub(crate) const FIELDS: [Field; 5] = [
    Field::WorkingGoals,
    Field::WorkingBarriers,
    Field::WorkingSkills,
    Field::WorkingProgress,
    Field::WorkingHealth,
];

/// What is to be written.
#[derive(Clone, Debug)]
pub enum RecordAsked {
    /// Set a goal.
    SetGoal(Coding),
    /// A goal stands elsewhere.
    MoveGoal {
        /// Which.
        goal: GoalId,
        /// Where.
        state: Code,
        /// Why, where that is asked.
        reason: Option<Code>,
    },
    /// Add an action.
    SetAction {
        /// To which goal.
        goal: GoalId,
        /// Of what kind.
        of: Code,
    },
    /// An action stands elsewhere.
    MoveAction {
        /// Which.
        action: ActionId,
        /// Where.
        state: Code,
        /// Why, where that is asked.
        reason: Option<Code>,
    },
    /// Where a barrier stands.
    NoteBarrier {
        /// Which.
        theme: Code,
        /// Where.
        state: Code,
    },
    /// She gained a skill.
    GainSkill(Coding),
    /// How far she has come.
    NoteProgress {
        /// On which theme; none: as a whole.
        theme: Option<Code>,
        /// How far.
        level: Code,
    },
}

/// One entry in the record of one's party.
#[derive(Clone, Debug)]
pub struct RecordDoing {
    /// In which programme.
    pub programme: Code,
    /// The day on which it happened.
    pub on: Date,
    /// The version of the record that the actor saw.
    pub expected: u64,
    /// What.
    pub asked: RecordAsked,
}

/// The record of the actor's party about someone.
#[derive(Clone, Debug)]
pub struct RecordView {
    /// The person.
    pub person: PersonId,
    /// Her names, as each source gives them.
    pub name: Line,
    /// The clauses that show it.
    pub clauses: Vec<String>,
    /// By programme.
    pub tracks: Vec<RecordTrack>,
}

/// The record in one programme.
#[derive(Clone, Debug)]
pub struct RecordTrack {
    /// The programme.
    pub programme: Code,
    /// Its title.
    pub title: String,
    /// The version of the record: what an entry expects.
    pub version: u64,
    /// What it says.
    pub says: RecordSays,
    /// What it is made of on paper: contracts and diagnoses.
    pub papers: Vec<PaperLine>,
    /// What the actor may write today; or why nothing.
    pub choices: Result<RecordChoices, super::Told>,
}

/// What a record says, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RecordSays {
    /// By barrier, those of which something is said.
    pub themes: Vec<ThemeSays>,
    /// Skills gained, the latest first.
    pub skills: Vec<Noted>,
    /// Progress as a whole, the latest first.
    pub progress: Vec<Noted>,
}

/// What a record says of a barrier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThemeSays {
    /// Its code.
    #[serde(skip)]
    pub theme: Code,
    /// The barrier.
    pub barrier: String,
    /// Where it stands, the latest first.
    pub states: Vec<Noted>,
    /// Progress on it, the latest first.
    pub progress: Vec<Noted>,
    /// Goals, in the order in which they were set.
    pub goals: Vec<GoalSays>,
}

/// Something that was noted on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Noted {
    /// The day.
    pub on: Date,
    /// What.
    pub words: String,
}

/// What a record says of a goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GoalSays {
    /// Which.
    #[serde(skip)]
    pub id: GoalId,
    /// What it is.
    pub words: String,
    /// Its code: nomenclature, version, code.
    pub coded: String,
    /// The day on which it was set.
    pub set_on: Date,
    /// Where it stands.
    pub state: String,
    /// Since when.
    pub since: Date,
    /// Why, of one that was given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether nothing more comes after it.
    pub closed: bool,
    /// What is done for it.
    pub actions: Vec<ActionSays>,
}

/// What a record says of an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActionSays {
    /// Which.
    #[serde(skip)]
    pub id: ActionId,
    /// Of what kind.
    pub words: String,
    /// The day on which it was added.
    pub set_on: Date,
    /// Where it stands.
    pub state: String,
    /// Since when.
    pub since: Date,
    /// Why, of one that was given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether nothing more comes after it.
    pub closed: bool,
    /// Whether it was under way when its goal was closed.
    pub left: bool,
}

/// What may be written.
#[derive(Clone, Debug, Default)]
pub struct RecordChoices {
    /// Goals that may be set, by the nomenclature and barrier that they are of.
    pub goals: Vec<RecordOption>,
    /// Kinds of actions.
    pub actions: Vec<RecordOption>,
    /// Where a goal may go.
    pub goal_states: Vec<RecordOption>,
    /// Where an action may go.
    pub action_states: Vec<RecordOption>,
    /// Where a barrier may stand.
    pub barrier_states: Vec<RecordOption>,
    /// Barriers.
    pub themes: Vec<RecordOption>,
    /// Reasons to give up.
    pub reasons: Vec<RecordOption>,
    /// Skills that are not noted yet.
    pub skills: Vec<RecordOption>,
    /// The scale of progress.
    pub levels: Vec<RecordOption>,
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordOption {
    /// What is sent: a code, or a coding with slashes.
    pub value: String,
    /// In words.
    pub text: String,
    /// The theme that it is of; empty when of none.
    pub theme: String,
    /// What it stands under, in words; empty when under nothing.
    pub group: String,
    /// Whether it gives its reason.
    pub asks_reason: bool,
}

/// A coding as a form sends it: `liant/1/budget`.
pub fn coding(text: &str) -> Option<Coding> {
    let mut parts = text.split('/').map(|part| Code::parse(part).ok());
    let (nomenclature, version, code) = (parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(Coding { nomenclature, version, code })
}

/// The rules of a programme, the latest version first: its words for codes that another may have had.
fn rules<'p>(programmes: &'p Programmes, id: &Code) -> Vec<&'p RecordRule> {
    let mut all: Vec<&Programme> = programmes.iter().filter(|one| one.id == *id).collect();
    all.reverse();
    all.into_iter().filter_map(|one| one.record.as_ref()).collect()
}

/// Whether a theme is about health. One that no version of the programme knows is taken for it.
fn is_health(rules: &[&RecordRule], theme: &Code) -> bool {
    rules.iter().find_map(|rule| rule.theme(theme)).is_none_or(|theme| theme.health)
}

/// The datum that something on a theme is.
fn on_theme(rules: &[&RecordRule], theme: &Code, field: Field) -> Field {
    if is_health(rules, theme) { Field::WorkingHealth } else { field }
}

/// The records of one path, by programme and party; each is of the events that its party recorded, and of no other.
pub(super) fn all(held: &Held) -> BTreeMap<(Code, Party), (WorkingRecord, Source)> {
    let mut of: BTreeMap<(Code, Party), Source> = BTreeMap::new();
    for (event, row) in held.recorded() {
        if let Happened::WorkingRecord { party, .. } = &event.what
            && *party == row.party
        {
            of.insert((event.programme.clone(), party.clone()), row.register.clone());
        }
    }
    let whole = |((programme, party), register): ((Code, Party), Source)| {
        let own = held.only(|event, row| {
            let is_its = matches!(&event.what, Happened::WorkingRecord { party: of, .. } if *of == party);
            (is_its && row.party == party && event.programme == programme).then(|| event.clone())
        });
        let record = own.path.record(&programme, &party).cloned().unwrap_or_default();
        ((programme, party), (record, register))
    };
    of.into_iter().map(whole).collect()
}

/// A record as data, under the gate: how much there is of each.
fn facts(rules: &[&RecordRule], record: &WorkingRecord, into: &mut BTreeMap<Field, usize>) {
    let mut count = |field, number: usize| *into.entry(field).or_default() += number;
    for goal in &record.goals {
        count(on_theme(rules, &goal.theme, Field::WorkingGoals), 1 + goal.actions.len());
    }
    for (theme, ..) in &record.barriers {
        count(on_theme(rules, theme, Field::WorkingBarriers), 1);
    }
    for (theme, ..) in &record.progress {
        let field = Field::WorkingProgress;
        count(theme.as_ref().map_or(field, |theme| on_theme(rules, theme, field)), 1);
    }
    if !record.skills.is_empty() {
        count(Field::WorkingSkills, record.skills.len());
    }
}

/// The same, to be sealed.
fn sealable(counted: &BTreeMap<Field, usize>) -> Facts {
    let mut facts = Facts::new();
    for (field, number) in counted {
        facts.push(*field, &number.to_string());
    }
    facts
}

/// What of a record is shown: these data.
fn only(rules: &[&RecordRule], record: &WorkingRecord, shown: FieldSet) -> WorkingRecord {
    let mut record = record.clone();
    let lets = |theme: &Code, field| shown.contains(on_theme(rules, theme, field));
    record.goals.retain(|goal| lets(&goal.theme, Field::WorkingGoals));
    record.barriers.retain(|(theme, ..)| lets(theme, Field::WorkingBarriers));
    record.progress.retain(|(theme, ..)| match theme {
        Some(theme) => lets(theme, Field::WorkingProgress),
        None => shown.contains(Field::WorkingProgress),
    });
    if !shown.contains(Field::WorkingSkills) {
        record.skills.clear();
    }
    record
}

/// A record of hers, of which nothing is shown yet.
pub(crate) struct HerRecord {
    programme: Code,
    party: Party,
    /// The register that it is in.
    pub(crate) register: Source,
    record: WorkingRecord,
}

impl HerRecord {
    /// Every record of a path.
    pub(super) fn all(held: &Held) -> Vec<Self> {
        let of = |((programme, party), (record, register))| Self { programme, party, register, record };
        all(held).into_iter().map(of).collect()
    }

    /// Nothing, of a party that wrote nothing.
    fn empty(of: &Self) -> Self {
        let (programme, party, register) = (of.programme.clone(), of.party.clone(), of.register.clone());
        Self { programme, party, register, record: WorkingRecord::default() }
    }

    /// With those of parties that wrote nothing, and signed or made something.
    pub(crate) fn with_papers(mut all: Vec<Self>, papers: &[HerPaper<'_>]) -> Vec<Self> {
        for paper in papers {
            if !all.iter().any(|record| paper.is_of(record)) {
                all.push(Self::empty(&paper.of));
            }
        }
        all
    }

    /// Whose it is.
    pub(crate) fn party(&self) -> &Party {
        &self.party
    }

    /// The title of its programme.
    pub(crate) fn title(&self, programmes: &Programmes, lang: Lang) -> String {
        let programme = super::words::any_version(programmes, &self.programme);
        programme.map_or_else(|| self.programme.to_string(), |one| super::words::said(&one.title, lang))
    }

    /// What is in it, to be sealed.
    pub(crate) fn facts(&self, programmes: &Programmes) -> Facts {
        let mut counted = BTreeMap::from([(Field::WorkingGoals, 0)]);
        facts(&rules(programmes, &self.programme), &self.record, &mut counted);
        sealable(&counted)
    }

    /// What it says, as far as these data go.
    pub(crate) fn says(&self, programmes: &Programmes, shown: FieldSet, lang: Lang) -> RecordSays {
        let rules = rules(programmes, &self.programme);
        told::says(&rules, &only(&rules, &self.record, shown), lang)
    }
}

/// The datum that an entry is, of a record.
fn field_of(rules: &[&RecordRule], entry: &RecordEntry, record: &WorkingRecord) -> Option<Field> {
    let of_goal = |theme: &Code| on_theme(rules, theme, Field::WorkingGoals);
    Some(match entry {
        RecordEntry::GoalSet { theme, .. } => of_goal(theme),
        RecordEntry::GoalMoved { goal, .. } | RecordEntry::ActionSet { goal, .. } => {
            of_goal(&record.goal(*goal)?.theme)
        }
        RecordEntry::ActionMoved { action, .. } => of_goal(&record.action(*action)?.0.theme),
        RecordEntry::BarrierNoted { theme, .. } => on_theme(rules, theme, Field::WorkingBarriers),
        RecordEntry::SkillGained { .. } => Field::WorkingSkills,
        RecordEntry::ProgressNoted { theme: Some(theme), .. } => {
            on_theme(rules, theme, Field::WorkingProgress)
        }
        RecordEntry::ProgressNoted { theme: None, .. } => Field::WorkingProgress,
    })
}
