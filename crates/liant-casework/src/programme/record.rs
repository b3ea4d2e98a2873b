//! What each party's own working record is made of (*dossier de travail du référent*), as a programme's file says it.

use liant_convention::{Span, Text};
use liant_model::Role;

use crate::liaison::Barrier;
use crate::programme::{Code, Coded, During};

/// Each party's own working record: its codes and its words. Nothing of it crosses to another party (annexe 1, art. 2.2 c).
#[derive(Clone, Debug)]
pub struct RecordRule {
    /// Roles that write in their party's record, while they stand beside the person.
    pub by: Vec<Role>,
    /// When.
    pub during: Vec<During>,
    /// Roles that make the diagnosis (*diagnostic*): they write in it, and are shown it, while she is proposed.
    pub assessed_by: Vec<Role>,
    /// The barriers that goals are sorted by (*thématiques*).
    pub themes: Vec<RecordTheme>,
    /// Where a goal may stand; the first is that of a new one.
    pub goal_states: Vec<RecordState>,
    /// Where an action may stand; the first is that of a new one.
    pub action_states: Vec<RecordState>,
    /// Where a barrier may stand.
    pub barrier_states: Vec<RecordState>,
    /// Why a goal or an action is given up.
    pub reasons: Vec<Coded>,
    /// Kinds of actions.
    pub actions: Vec<Coded>,
    /// The scale of progress, the least first.
    pub levels: Vec<Coded>,
    /// Lists of goals and skills, each in one version: a code means something in its version alone.
    pub nomenclatures: Vec<Nomenclature>,
    /// Where the rule comes from.
    pub source: String,
    /// Its place in the file.
    pub span: Span,
}

/// A barrier, or another theme that goals are sorted by.
#[derive(Clone, Debug)]
pub struct RecordTheme {
    /// Its code.
    pub id: Code,
    /// What it is.
    pub text: Text,
    /// The tick of the liaison form that it is, when it is one (*frein*).
    pub barrier: Option<Barrier>,
    /// Whether what is written under it tells of her health: a special category (*donnée sensible*, GDPR art. 9).
    pub health: bool,
    /// Its place in the file.
    pub span: Span,
}

/// Where a goal, an action or a barrier stands.
#[derive(Clone, Debug)]
pub struct RecordState {
    /// Its code.
    pub id: Code,
    /// What it is.
    pub text: Text,
    /// Whether nothing more comes after it.
    pub closes: bool,
    /// Whether it gives its reason.
    pub asks_reason: bool,
    /// Its place in the file.
    pub span: Span,
}

/// A list of goals and skills in one version.
#[derive(Clone, Debug)]
pub struct Nomenclature {
    /// Its code, the same for all versions.
    pub id: Code,
    /// Its version.
    pub version: Code,
    /// What it is.
    pub text: Text,
    /// Roles that code by it; all that write when there are none.
    pub by: Vec<Role>,
    /// Its own codes of themes.
    pub themes: Vec<CodedTheme>,
    /// Goals.
    pub goals: Vec<CodedGoal>,
    /// Skills.
    pub skills: Vec<Coded>,
    /// Where it comes from.
    pub source: String,
    /// Its place in the file.
    pub span: Span,
}

/// How a nomenclature codes a theme.
#[derive(Clone, Debug)]
pub struct CodedTheme {
    /// Its code there.
    pub id: Code,
    /// What it is called there.
    pub text: Text,
    /// The theme that it is here.
    pub theme: Code,
    /// Its place in the file.
    pub span: Span,
}

/// A goal of a nomenclature.
#[derive(Clone, Debug)]
pub struct CodedGoal {
    /// Its code there.
    pub id: Code,
    /// What it is; none where its source gives the code alone.
    pub text: Option<Text>,
    /// Its theme here.
    pub theme: Code,
    /// Its place in the file.
    pub span: Span,
}

impl RecordRule {
    /// The theme of this code.
    pub fn theme(&self, id: &Code) -> Option<&RecordTheme> {
        self.themes.iter().find(|one| one.id == *id)
    }

    /// A nomenclature, in one version.
    pub fn nomenclature(&self, id: &Code, version: &Code) -> Option<&Nomenclature> {
        self.nomenclatures.iter().find(|one| one.id == *id && one.version == *version)
    }
}

impl Nomenclature {
    /// The goal of this code.
    pub fn goal(&self, id: &Code) -> Option<&CodedGoal> {
        self.goals.iter().find(|one| one.id == *id)
    }

    /// The skill of this code.
    pub fn skill(&self, id: &Code) -> Option<&Coded> {
        self.skills.iter().find(|one| one.id == *id)
    }

    /// Whether a role codes by it.
    pub fn is_of(&self, role: &Role) -> bool {
        self.by.is_empty() || self.by.contains(role)
    }
}
