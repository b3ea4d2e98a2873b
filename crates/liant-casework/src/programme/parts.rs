//! What the tables of a programme file become.

use jiff::civil::Date;
use liant_convention::{Length, Span, Text};
use liant_model::Role;

use crate::programme::{Agreement, Code, Days, During, IfOff, Measure, Moment, OrientWhen, Overdue, Per};

/// A code and what it means: a criterion, a reason of refusal, a form.
#[derive(Clone, Debug)]
pub struct Coded {
    /// The code.
    pub id: Code,
    /// What it means.
    pub text: Text,
    /// Its place in the file.
    pub span: Span,
}

/// What a rule asks of the person: the criteria that the software knows of her as yes or no.
#[derive(Clone, Debug, Default)]
pub struct Condition {
    /// All of these.
    pub all: Vec<Code>,
    /// And one of these, when there are any.
    pub any: Vec<Code>,
    /// And none of these.
    pub none: Vec<Code>,
}

/// Who may enter, and how (*règle d'entrée*).
#[derive(Clone, Debug)]
pub struct Entry {
    /// Roles that record the entry.
    pub by: Vec<Role>,
    /// What the person must meet.
    pub condition: Condition,
    /// What no rule of the programme may look at (*équité*).
    pub never_uses: Vec<Code>,
    /// The consent without which no form leaves, and the roles that collect it.
    pub consent: Option<ConsentRule>,
    /// The clock that an entry must keep to.
    pub clock: Option<Code>,
    /// What becomes of an entry after its delay.
    pub overdue: Overdue,
    /// Acts that come before it (*entretien d'intégration*).
    pub needs: Vec<Code>,
    /// Roles whose people are named at the entry.
    pub names: Vec<Role>,
    /// Whether an orientation must have been decided.
    pub oriented: bool,
    /// After how many absences without excuse a proposal may be dropped.
    pub drop_after: Option<u32>,
    /// Where the rule comes from.
    pub source: String,
}

/// The consent to the transmission of the form.
#[derive(Clone, Debug)]
pub struct ConsentRule {
    /// Its code.
    pub id: Code,
    /// Who collects it.
    pub by: Vec<Role>,
    /// Where the rule comes from.
    pub source: String,
}

/// A role in the programme.
#[derive(Clone, Debug)]
pub struct RoleRule {
    /// Its short name.
    pub id: Role,
    /// What it is.
    pub text: Text,
    /// The place that its people hold beside a person; of each kind there is one at a time.
    pub kind: Option<Code>,
    /// Whether they keep their place, on watch, while another programme goes before.
    pub watches: bool,
    /// Roles that name them.
    pub named_by: Vec<Role>,
    /// Its place in the file.
    pub span: Span,
}

/// A way into the programme (*circuit de détection*).
#[derive(Clone, Debug)]
pub struct Route {
    /// Its code.
    pub id: Code,
    /// Roles that detect.
    pub from: Vec<Role>,
    /// Who receives the form, and answers.
    pub to: Role,
    /// What it takes.
    pub agreement: Agreement,
    /// Of whom.
    pub when: Condition,
    /// Whether the person's orientation stays what it is for as long as she is followed.
    pub keeps_orientation: bool,
    /// Roles that must agree on the proposal.
    pub confirmed_by: Vec<Role>,
    /// Roles that must agree on the duration.
    pub duration_by: Vec<Role>,
    /// Roles to name at the entry, in place of those of the entry rule.
    pub names: Vec<Role>,
    /// Acts that come before an acceptance.
    pub needs: Vec<Code>,
    /// The programme that the person must be in.
    pub within: Option<Code>,
    /// The experiment that the route is a part of.
    pub experiment: Option<Code>,
    /// The form that travels.
    pub form: Option<Code>,
    /// Where the rule comes from.
    pub source: String,
    /// Its place in the file.
    pub span: Span,
}

/// An experiment (*expérimentation*): some places, for a time.
#[derive(Clone, Debug)]
pub struct Experiment {
    /// Its code.
    pub id: Code,
    /// First day.
    pub from: Date,
    /// Last day; people under way then finish.
    pub until: Option<Date>,
    /// Whom it is for.
    pub condition: Condition,
    /// Where, and with how many workers.
    pub zones: Vec<Zone>,
    /// Where the rule comes from.
    pub source: String,
    /// Its place in the file.
    pub span: Span,
}

/// A place of an experiment.
#[derive(Clone, Debug)]
pub struct Zone {
    /// Its code.
    pub id: Code,
    /// How many people work there.
    pub workers: Option<u32>,
}

/// How long it lasts (*durée*).
#[derive(Clone, Debug)]
pub struct Duration {
    /// Roles that decide it.
    pub by: Vec<Role>,
    /// What it may be at first.
    pub initial: Vec<Length>,
    /// By what it may be made longer.
    pub extension: Vec<Length>,
    /// The most that one stay lasts.
    pub stay_most: Option<Length>,
    /// The most that all stays last together.
    pub total_most: Length,
    /// How long someone must have been out for her earlier stays to count no more.
    pub fresh_after: Option<Length>,
    /// How much longer, while she is followed in a job.
    pub in_employment: Option<Length>,
    /// How long after the term an extension may still be decided.
    pub decided_until: Option<Length>,
    /// Acts that an extension needs, since the stay was last decided upon.
    pub extension_needs: Vec<Code>,
    /// Where the rule comes from.
    pub source: String,
    /// Its place in the file.
    pub span: Span,
}

/// How it ends (*fin de l'accompagnement*).
#[derive(Clone, Debug)]
pub struct Ending {
    /// Roles that record it.
    pub by: Vec<Role>,
    /// Acts that it needs, since the stay was last decided upon.
    pub needs: Vec<Code>,
    /// The exit of someone who withdraws, where she may.
    pub withdrawal: Option<Code>,
    /// Whether what follows must be said.
    pub says_next: bool,
    /// How long the accompaniment may go on after the right ends.
    pub tail: Option<Length>,
    /// Roles that record the end of the right.
    pub right_by: Vec<Role>,
    /// Where the rule comes from.
    pub source: String,
}

/// An outcome (*motif de sortie*).
#[derive(Clone, Debug)]
pub struct Exit {
    /// Its code.
    pub id: Code,
    /// What it is.
    pub text: Text,
    /// Whether it is a success (*sortie positive*).
    pub positive: bool,
    /// Whether it says that the barriers are lifted, or less (*freins levés*).
    pub lifted: bool,
    /// Whether it needs none of the acts that an end needs: the person left, or died.
    pub at_once: bool,
    /// Its place in the file.
    pub span: Span,
}

/// Something that is done with or about the person (*acte*).
#[derive(Clone, Debug)]
pub struct Act {
    /// Its code.
    pub id: Code,
    /// What it is.
    pub text: Text,
    /// Roles that record it.
    pub by: Vec<Role>,
    /// When.
    pub during: Vec<During>,
    /// Acts that come before it.
    pub after: Vec<Code>,
    /// Whether the person is met, and may be absent.
    pub meets: bool,
    /// Whether the other party is told that it took place.
    pub crosses: bool,
    /// How many times in person in each contract.
    pub least_in_person: Option<u32>,
    /// What is made of it on paper: the form of that id that a convention or a register carries.
    pub paper: Option<Code>,
    /// Its place in the file.
    pub span: Span,
}

/// How people are reminded of their appointments (*rappels de rendez-vous*).
#[derive(Clone, Debug)]
pub struct RemindersRule {
    /// How long before, of whom agreed to electronic contact.
    pub email: Vec<Length>,
    /// How long before a letter is to be posted, of whom did not.
    pub letter: Vec<Length>,
    /// How long a letter takes: what is posted later may come too late, and is said to.
    pub post: Option<Length>,
    /// How far off an appointment may be.
    pub ahead: Option<Length>,
    /// Where the rule comes from.
    pub source: String,
    /// Its place in the file.
    pub span: Span,
}

/// Who is shown the figures, and of how many people they are at least.
#[derive(Clone, Debug)]
pub struct FiguresRule {
    /// Nothing of fewer people than this is shown (*petits effectifs*).
    pub fewest: u32,
    /// Roles that are shown them without seeing anybody's path.
    pub to: Vec<Role>,
}

impl Default for FiguresRule {
    fn default() -> Self {
        Self { fewest: 5, to: Vec::new() }
    }
}

/// The contract with the person (*contrat d'engagements réciproques*).
#[derive(Clone, Debug)]
pub struct ContractRule {
    /// Roles that sign it.
    pub by: Vec<Role>,
    /// The longest that one lasts.
    pub most: Length,
    /// Acts that come before the first.
    pub needs: Vec<Code>,
    /// Acts that come before another, since the last was signed.
    pub renewal_needs: Vec<Code>,
    /// Its forms.
    pub forms: Vec<ContractForm>,
    /// Where the rule comes from.
    pub source: String,
}

/// A form of the contract: the contract itself, or what stands for it.
#[derive(Clone, Debug)]
pub struct ContractForm {
    /// Its code.
    pub id: Code,
    /// What it is.
    pub text: Text,
    /// Natures of orientation that it takes; any when there are none.
    pub natures: Vec<Nature>,
    /// The role whose signatory becomes the person's referent.
    pub names: Option<Role>,
    /// What is made of it on paper: the form of that id that a convention or a register carries.
    pub paper: Option<Code>,
    /// Its place in the file.
    pub span: Span,
}

/// The nature of an orientation (*nature de l'orientation*): `01` … `06` in the CGPEM flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Nature([u8; 2]);

/// Why a text is no nature of an orientation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write the two digits of the nature: `05`")]
pub struct NoNature;

impl std::str::FromStr for Nature {
    type Err = NoNature;
    fn from_str(text: &str) -> Result<Self, NoNature> {
        match text.as_bytes() {
            [a @ b'0'..=b'9', b @ b'0'..=b'9'] => Ok(Self([*a, *b])),
            _ => Err(NoNature),
        }
    }
}

impl std::fmt::Display for Nature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(std::str::from_utf8(&self.0).unwrap_or_default())
    }
}

impl TryFrom<String> for Nature {
    type Error = NoNature;
    fn try_from(text: String) -> Result<Self, NoNature> {
        text.parse()
    }
}

impl From<Nature> for String {
    fn from(nature: Nature) -> Self {
        nature.to_string()
    }
}

/// What the programme has to do with orientations (*orientation*).
#[derive(Clone, Debug)]
pub struct OrientationRule {
    /// Roles that decide them; none in a programme that decides none.
    pub by: Vec<Role>,
    /// The natures that it knows.
    pub natures: Vec<Nature>,
    /// Those that suit an entry, for whom the condition holds.
    pub on_entry: Vec<Nature>,
    /// Whose orientation an entry looks at.
    pub when: Condition,
    /// Reasons to change one.
    pub reasons: Vec<OrientReason>,
    /// How long before its last day a contract is at its end.
    pub end_from: Option<Length>,
    /// Where the rule comes from.
    pub source: String,
}

/// A reason to change an orientation (*motif de réorientation*).
#[derive(Clone, Debug)]
pub struct OrientReason {
    /// Its code.
    pub id: Code,
    /// What it is.
    pub text: Text,
    /// When it may be given.
    pub when: OrientWhen,
    /// Its place in the file.
    pub span: Span,
}

/// A programme that stops while this one goes before.
#[derive(Clone, Debug)]
pub struct Suspends {
    /// That programme.
    pub programme: Code,
    /// Its exit, when the person does not come back to it.
    pub otherwise: Code,
    /// Where the rule comes from.
    pub source: String,
    /// Its place in the file.
    pub span: Span,
}

/// A delay (*délai*).
#[derive(Clone, Debug)]
pub struct ClockRule {
    /// Its code.
    pub id: Code,
    /// What is due.
    pub text: Text,
    /// The latest of these starts it.
    pub from: Vec<Moment>,
    /// The stage in which it runs.
    pub during: During,
    /// How long; none when it is due on the moment itself.
    pub within: Option<Length>,
    /// Which days it counts.
    pub counts: Days,
    /// What becomes of a due date on a day off.
    pub if_off: IfOff,
    /// What stops it.
    pub until: Vec<Moment>,
    /// The act whose least number in person stops it too.
    pub until_least: Option<Code>,
    /// It runs only while someone in this role stands beside the person.
    pub held_by: Option<Role>,
    /// When its people are told.
    pub alerts: Vec<AlertRule>,
    /// Who owes it.
    pub owed_by: Vec<Role>,
    /// Where the rule comes from.
    pub source: String,
    /// Its place in the file.
    pub span: Span,
}

/// A day on which people are told of a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertRule {
    /// The day.
    pub on: AlertDay,
    /// Who is told.
    pub tell: Vec<Role>,
}

/// A day, reckoned from a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertDay {
    /// So many days after it started: `day 7`.
    After(u16),
    /// That long before it is due: `1 month before`.
    Before(Length),
    /// On its due date: `due`.
    Due,
    /// That long after it was due: `3 days late`.
    Late(Length),
}

/// Why a text is no day of an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write `day 7`, `7 days before`, `due` or `3 days late`")]
pub struct NoAlertDay;

impl std::str::FromStr for AlertDay {
    type Err = NoAlertDay;
    fn from_str(text: &str) -> Result<Self, NoAlertDay> {
        let length = |text: &str| text.parse::<Length>().map_err(|_| NoAlertDay);
        if text == "due" {
            Ok(Self::Due)
        } else if let Some(day) = text.strip_prefix("day ") {
            day.parse().map(Self::After).map_err(|_| NoAlertDay)
        } else if let Some(before) = text.strip_suffix(" before") {
            length(before).map(Self::Before)
        } else if let Some(late) = text.strip_suffix(" late") {
            length(late).map(Self::Late)
        } else {
            Err(NoAlertDay)
        }
    }
}

/// How many people a worker has (*portefeuille*).
#[derive(Clone, Debug)]
pub struct CaseloadRule {
    /// Whose.
    pub role: Role,
    /// At least.
    pub least: Option<u32>,
    /// At most.
    pub most: Option<u32>,
    /// For whom it is counted.
    pub per: Per,
    /// Where the rule comes from.
    pub source: String,
    /// Its place in the file.
    pub span: Span,
}

/// A figure that the programme is judged by (*indicateur*).
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Its code.
    pub id: Code,
    /// What it says, beside the figure.
    pub text: Text,
    /// What is counted.
    pub of: Measure,
    /// Of those who meet this criterion, when there is one.
    pub criterion: Option<Code>,
    /// Of those beside whom this role stands or stood, when there is one.
    pub role: Option<Role>,
    /// For whom.
    pub per: Per,
    /// Over what time.
    pub every: Option<Length>,
    /// At least: a number, or per cent of a share.
    pub least: Option<u32>,
    /// Where it comes from.
    pub source: String,
    /// Its place in the file.
    pub span: Span,
}

/// A list that is made at intervals, signed and kept as it was (*liste FSE*).
#[derive(Clone, Debug)]
pub struct ListRule {
    /// Its code.
    pub id: Code,
    /// What it is.
    pub text: Text,
    /// How often.
    pub every: Length,
    /// Who signs it.
    pub signed_by: Vec<liant_model::Party>,
    /// Where the rule comes from.
    pub source: String,
}

/// Who is told of what (*information des parties*).
#[derive(Clone, Debug)]
pub struct Tell {
    /// Of what.
    pub of: Vec<Moment>,
    /// Who.
    pub to: Vec<Role>,
    /// On this route alone, when there is one.
    pub route: Option<Code>,
    /// Where the rule comes from.
    pub source: String,
    /// Its place in the file.
    pub span: Span,
}
