//! A party's own working record of someone (*dossier de travail*): what is written in it, and what that makes. Each party has its own, made of
//! what its people wrote and of nothing else.

use jiff::civil::Date;
use liant_model::{ActionId, GoalId, Instant};

use crate::programme::Code;

/// A code of a nomenclature. A code means nothing without the version that it is of: the same one is another goal in the next.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coding {
    /// Which list.
    pub nomenclature: Code,
    /// In which version.
    pub version: Code,
    /// The code in it.
    pub code: Code,
}

/// What somebody wrote in her party's record. It holds codes and ids: no type in it can hold a phrase.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case", deny_unknown_fields)]
pub enum RecordEntry {
    /// A goal was set on a barrier (*objectif fixé*).
    GoalSet {
        /// Which: of a new one.
        goal: GoalId,
        /// On which theme.
        theme: Code,
        /// What it is.
        coding: Coding,
        /// Where it stands.
        state: Code,
    },
    /// A goal stands elsewhere: reached, or abandoned.
    GoalMoved {
        /// Which.
        goal: GoalId,
        /// Where it stands.
        state: Code,
        /// Whether nothing more comes after it.
        closed: bool,
        /// Why, of one that is given up.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Code>,
    },
    /// An action was added to a goal (*action engagée*).
    ActionSet {
        /// To which.
        goal: GoalId,
        /// Which: of a new one.
        action: ActionId,
        /// Of what kind.
        of: Code,
        /// Where it stands.
        state: Code,
    },
    /// An action was done, or given up.
    ActionMoved {
        /// Which.
        action: ActionId,
        /// Where it stands.
        state: Code,
        /// Whether nothing more comes after it.
        closed: bool,
        /// Why, of one that is given up.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Code>,
    },
    /// Where a barrier stands (*état du frein*).
    BarrierNoted {
        /// Which.
        theme: Code,
        /// Where it stands.
        state: Code,
    },
    /// She gained a skill (*compétence acquise*).
    SkillGained {
        /// Which.
        skill: Coding,
    },
    /// How far she has come (*progression*).
    ProgressNoted {
        /// On which theme; none: as a whole.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        theme: Option<Code>,
        /// On the scale of the programme.
        level: Code,
    },
}

/// When something was written, and of which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The day.
    pub on: Date,
    /// When it was recorded.
    pub at: Instant,
}

/// A party's record of someone in a programme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkingRecord {
    /// How many entries it is made of.
    pub version: u64,
    /// Goals, in the order in which they were set.
    pub goals: Vec<Goal>,
    /// Where barriers stood, in order: theme, state, since when.
    pub barriers: Vec<(Code, Code, Written)>,
    /// Skills, in the order in which they were gained.
    pub skills: Vec<(Coding, Written)>,
    /// Progress, in order: theme, level, when.
    pub progress: Vec<(Option<Code>, Code, Written)>,
}

/// A goal (*objectif*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Which.
    pub id: GoalId,
    /// On which theme.
    pub theme: Code,
    /// What it is.
    pub coding: Coding,
    /// When it was set.
    pub set: Written,
    /// Where it stands.
    pub standing: Standing,
    /// What is done for it.
    pub actions: Vec<Action>,
}

/// An action (*action*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Which.
    pub id: ActionId,
    /// Of what kind.
    pub of: Code,
    /// When it was added.
    pub set: Written,
    /// Where it stands.
    pub standing: Standing,
    /// Whether it was under way when its goal was closed.
    pub left: bool,
}

/// Where a goal or an action stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// By which code.
    pub state: Code,
    /// Since when.
    pub since: Written,
    /// Whether nothing more comes after it.
    pub closed: bool,
    /// Why.
    pub reason: Option<Code>,
}

impl Standing {
    fn new(state: &Code, since: Written, closed: bool, reason: Option<&Code>) -> Self {
        Self { state: state.clone(), since, closed, reason: reason.cloned() }
    }
}

impl WorkingRecord {
    /// The goal of this id.
    pub fn goal(&self, id: GoalId) -> Option<&Goal> {
        self.goals.iter().find(|one| one.id == id)
    }

    /// The action of this id, with its goal.
    pub fn action(&self, id: ActionId) -> Option<(&Goal, &Action)> {
        let of = |goal: &Goal| goal.actions.iter().position(|one| one.id == id);
        let (goal, place) = self.goals.iter().find_map(|goal| Some((goal, of(goal)?)))?;
        Some((goal, goal.actions.get(place)?))
    }

    /// Where a barrier stands now.
    pub fn barrier(&self, theme: &Code) -> Option<(&Code, Written)> {
        let last = self.barriers.iter().rev().find(|(of, ..)| of == theme);
        last.map(|(_, state, since)| (state, *since))
    }

    /// The record, after one more entry. What an entry cannot be about changes nothing but the version.
    pub(super) fn write(&mut self, entry: &RecordEntry, on: Written) {
        self.version += 1;
        match entry {
            RecordEntry::GoalSet { goal, theme, coding, state } => self.goals.push(Goal {
                id: *goal,
                theme: theme.clone(),
                coding: coding.clone(),
                set: on,
                standing: Standing::new(state, on, false, None),
                actions: Vec::new(),
            }),
            RecordEntry::GoalMoved { goal, state, closed, reason } => {
                for one in self.goals.iter_mut().filter(|one| one.id == *goal) {
                    one.standing = Standing::new(state, on, *closed, reason.as_ref());
                    for action in one.actions.iter_mut().filter(|action| !action.standing.closed) {
                        (action.left, action.standing.closed) = (*closed, *closed);
                    }
                }
            }
            RecordEntry::ActionSet { goal, action, of, state } => {
                for one in self.goals.iter_mut().filter(|one| one.id == *goal) {
                    let standing = Standing::new(state, on, false, None);
                    let (id, of) = (*action, of.clone());
                    one.actions.push(Action { id, of, set: on, standing, left: false });
                }
            }
            RecordEntry::ActionMoved { action, state, closed, reason } => {
                let actions = self.goals.iter_mut().flat_map(|goal| &mut goal.actions);
                for one in actions.filter(|one| one.id == *action) {
                    one.standing = Standing::new(state, on, *closed, reason.as_ref());
                }
            }
            RecordEntry::BarrierNoted { theme, state } => {
                self.barriers.push((theme.clone(), state.clone(), on));
            }
            RecordEntry::SkillGained { skill } => self.skills.push((skill.clone(), on)),
            RecordEntry::ProgressNoted { theme, level } => {
                self.progress.push((theme.clone(), level.clone(), on));
            }
        }
    }
}
