//! The committees of a programme (*comité de pilotage, comité opérationnel*), what their minutes may say, and the yearly review (*bilan
//! annuel*), as the programme's file says them. Everything that minutes say is a code, a day, a party or an amount: no type has room for a phrase.

use jiff::civil::Date;
use liant_convention::{Length, Recipient, Span, Text, words};
use liant_model::Party;

use crate::programme::{Code, Coded, Measure, RecordState};

words! {
    /// What a committee is of.
    CommitteeOf {
        /// A local service: there are as many committees as services (*comité opérationnel territorial*).
        Place = "place",
        /// The whole territory (*comité de pilotage départemental*).
        Territory = "territory",
    }
}

/// The committees, and the codes that their minutes are written in.
#[derive(Clone, Debug)]
pub struct CommitteesRule {
    /// The committees.
    pub committees: Vec<CommitteeRule>,
    /// In what capacity people are present (*fonction*). Nobody is named.
    pub functions: Vec<Coded>,
    /// Gaps between what the parties committed to and what happened (*écarts*).
    pub gaps: Vec<GapRule>,
    /// What is decided to close a gap (*actions correctives*).
    pub actions: Vec<Coded>,
    /// Where an action may stand; the first is that of a new one.
    pub action_states: Vec<RecordState>,
    /// Why an action is given up.
    pub reasons: Vec<Coded>,
    /// Good practices that are shared (*bonnes pratiques*).
    pub practices: Vec<Coded>,
    /// What a committee alerts the one above it to (*dysfonctionnements*).
    pub alerts: Vec<Coded>,
    /// The yearly review; without, there is none.
    pub review: Option<ReviewRule>,
    /// Where the rules come from.
    pub source: String,
    /// Its place in the file.
    pub span: Span,
}

/// A committee.
#[derive(Clone, Debug)]
pub struct CommitteeRule {
    /// Its code.
    pub id: Code,
    /// What it is called.
    pub text: Text,
    /// What it is of.
    pub of: CommitteeOf,
    /// At most this long between two meetings.
    pub every: Length,
    /// How long before that its leaders are told.
    pub alert: Option<Length>,
    /// Who leads it together (*co-animateurs*), one of each party: they write and sign its minutes.
    pub led_by: Vec<Recipient>,
    /// Who is given the signed minutes (*destinataires du relevé de conclusions*).
    pub told: Vec<Recipient>,
    /// Where the rule comes from.
    pub source: String,
    /// Its place in the file.
    pub span: Span,
}

/// A gap that a committee may note.
#[derive(Clone, Debug)]
pub struct GapRule {
    /// Its code.
    pub id: Code,
    /// What it is.
    pub text: Text,
    /// The figure that shows it, when one does.
    pub measure: Option<Measure>,
    /// Its place in the file.
    pub span: Span,
}

/// The yearly review (*bilan d'exécution annuel : qualitatif, quantitatif et financier*).
#[derive(Clone, Debug)]
pub struct ReviewRule {
    /// What it is called.
    pub text: Text,
    /// By which day of the year after.
    pub due: MonthDay,
    /// How long before that its signatories are told.
    pub alert: Option<Length>,
    /// Who signs it, one of each party.
    pub signed_by: Vec<Recipient>,
    /// Who is given it once it is signed, beside them.
    pub told: Vec<Recipient>,
    /// Its lines of money.
    pub lines: Vec<MoneyLine>,
    /// Where the rule comes from.
    pub source: String,
    /// Its place in the file.
    pub span: Span,
}

/// A line of money, in whole euros.
#[derive(Clone, Debug)]
pub struct MoneyLine {
    /// Its code.
    pub id: Code,
    /// What it is.
    pub text: Text,
    /// The only party that has it; none: each that signs the review.
    pub by: Option<Party>,
    /// Its place in the file.
    pub span: Span,
}

/// A day of any year: `06-30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthDay {
    month: i8,
    day: i8,
}

/// Why a text is no day of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write a month and a day that every year has: `06-30`")]
pub struct NoMonthDay;

impl std::str::FromStr for MonthDay {
    type Err = NoMonthDay;
    fn from_str(text: &str) -> Result<Self, NoMonthDay> {
        let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        let (month, day) = text.split_once('-').ok_or(NoMonthDay)?;
        if !digits(month) || !digits(day) {
            return Err(NoMonthDay);
        }
        let (month, day) = (month.parse().map_err(|_| NoMonthDay)?, day.parse().map_err(|_| NoMonthDay)?);
        // A year without 29 February.
        Date::new(2025, month, day).map(|_| Self { month, day }).map_err(|_| NoMonthDay)
    }
}

impl MonthDay {
    /// That day of a year.
    pub fn of(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

impl CommitteesRule {
    /// The committee of this code.
    pub fn committee(&self, id: &Code) -> Option<&CommitteeRule> {
        self.committees.iter().find(|one| one.id == *id)
    }

    /// The gap of this code.
    pub fn gap(&self, id: &Code) -> Option<&GapRule> {
        self.gaps.iter().find(|one| one.id == *id)
    }

    /// Where an action may stand, by code.
    pub fn state(&self, id: &Code) -> Option<&RecordState> {
        self.action_states.iter().find(|one| one.id == *id)
    }
}

impl ReviewRule {
    /// The lines that a party fills in.
    pub fn lines_of<'a>(&'a self, party: &'a Party) -> impl Iterator<Item = &'a MoneyLine> {
        self.lines.iter().filter(move |line| line.by.as_ref().is_none_or(|by| by == party))
    }
}
