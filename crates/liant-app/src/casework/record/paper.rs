//! The contract with the person and the diagnosis (*CER, diagnostic*), made on paper of what the record of the actor's party said when they
//! were signed or made. Nothing is kept of them: the path holds the entries, and makes them again, in the words that the programme has now.

use std::collections::BTreeMap;

use liant_casework::{Code, Event, Happened, Programmes, WorkingRecord, drafts, paper_of};
use liant_documents::{PaperGoal, PaperTheme, RecordPaper};
use liant_guard::NAMES;
use liant_model::{Date, Field, FieldSet, Lang, Party, PersonId, Role};
use liant_store::NewCaseworkEvent;

use super::super::held::Held;
use super::super::words::{any_version, role_text, said};
use super::view::{Asking, Looked, assesses, look, shown};
use super::{FIELDS, GoalSays, HerRecord, Noted, RecordSays, ThemeSays, only, rules, told};
use crate::people::Line;
use crate::{AppError, Context, Workplace, trail};

/// What stands on a paper of whom it is about.
pub(crate) const ON_PAPER: FieldSet = NAMES.with(Field::BirthDate);

/// Which of the papers of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperKey {
    /// A contract to be signed, by the form that makes it: as the record stands now.
    Draft(Code),
    /// One that was signed, or a diagnosis that was made: the how manieth of its party's, from 1.
    Made(usize),
}

impl PaperKey {
    /// As addresses have it.
    pub fn parse(text: &str) -> Option<Self> {
        if text.starts_with(|sign: char| sign.is_ascii_digit()) {
            return text.parse().ok().map(Self::Made);
        }
        Code::parse(text).ok().map(Self::Draft)
    }
}

impl std::fmt::Display for PaperKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Draft(form) => form.fmt(f),
            Self::Made(nth) => nth.fmt(f),
        }
    }
}

/// A paper of a record, to be asked for.
#[derive(Clone, Debug)]
pub struct PaperLine {
    /// Which.
    pub key: PaperKey,
    /// What it is.
    pub text: String,
    /// The day on which it was signed or made; none of a draft.
    pub on: Option<Date>,
}

/// A paper, opened.
#[derive(Clone, Debug)]
pub struct PaperView {
    /// What it is.
    pub text: String,
    /// Whom it is about, as each source gives her names and birth date.
    pub name: Line,
    /// The clauses that show it.
    pub clauses: Vec<String>,
    /// The programme.
    pub title: String,
    /// The form that carries it.
    pub form: Code,
    /// The party whose record it is of.
    pub party: String,
    /// Who signed it or made it.
    pub by: Option<String>,
    /// In what role.
    pub role: String,
    /// When; none of a draft.
    pub on: Option<Date>,
    /// The day that the document bears.
    pub made_on: Date,
    /// The last day of the contract.
    pub until: Option<Date>,
    /// What the record said then.
    pub says: RecordSays,
    /// Whether it leaves something out that the actor may not have.
    pub is_partial: bool,
}

/// Those of a record that the actor may ask for: what her party signed or made, the latest first, and the contract to come for whoever may
/// write. Who makes diagnoses has those of her role.
pub(super) fn papers(
    context: &Context<'_>,
    (held, programmes): (&Held, &Programmes),
    (programme, may_write): (&Code, bool),
    lang: Lang,
) -> Vec<PaperLine> {
    let made = made(held, programmes, (programme, &context.actor.party)).into_iter().enumerate();
    let made = made.filter(|(_, one)| is_hers(context, programmes, one)).map(|(nth, one)| PaperLine {
        key: PaperKey::Made(nth + 1),
        text: said(one.paper.text, lang),
        on: Some(one.event.on),
    });
    let open = held.path.open(programme).and_then(|open| programmes.version(programme, open.version()));
    let coming = open.filter(|_| may_write).into_iter().flat_map(drafts).map(|paper| PaperLine {
        key: PaperKey::Draft(paper.form.clone()),
        text: said(paper.text, lang),
        on: None,
    });
    let mut all: Vec<PaperLine> = made.collect();
    all.reverse();
    coming.chain(all).collect()
}

/// Something that was signed or made.
#[derive(Clone, Copy)]
struct Made<'h, 'p> {
    /// Its place among all that happened, as it was recorded.
    place: usize,
    event: &'h Event,
    row: &'h NewCaseworkEvent,
    paper: liant_casework::Paper<'p>,
}

/// Whether the actor may have it: who makes diagnoses has those of her role.
fn is_hers(context: &Context<'_>, programmes: &Programmes, one: &Made<'_, '_>) -> bool {
    !assesses(programmes, &context.actor.role) || one.event.by == context.actor.role
}

/// All that was signed or made, as it was recorded.
fn all_made<'h, 'p>(held: &'h Held, programmes: &'p Programmes) -> impl Iterator<Item = Made<'h, 'p>> {
    let all = held.recorded().enumerate();
    all.filter_map(|(place, (event, row))| {
        Some(Made { place, event, row, paper: paper_of(programmes, event)? })
    })
}

/// What a party signed or made in a programme.
fn made<'h, 'p>(
    held: &'h Held,
    programmes: &'p Programmes,
    (programme, party): (&Code, &Party),
) -> Vec<Made<'h, 'p>> {
    let all = all_made(held, programmes);
    all.filter(|one| one.event.programme == *programme && one.row.party == *party).collect()
}

/// The record of a party; before something that happened, what was recorded until then of days until its own.
fn as_of(held: &Held, (programme, party): (&Code, &Party), before: Option<(usize, Date)>) -> WorkingRecord {
    let mut place = 0;
    let own = held.only(|event, row| {
        let is_before = before.is_none_or(|(last, day)| place < last && event.on <= day);
        place += 1;
        let is_its = matches!(&event.what, Happened::WorkingRecord { party: of, .. } if of == party);
        (is_before && is_its && row.party == *party && event.programme == *programme).then(|| event.clone())
    });
    own.path.record(programme, party).cloned().unwrap_or_default()
}

/// A contract or a diagnosis of the actor's own party. Written as one access record, by its data.
///
/// # Errors
/// The gate's refusal; [`AppError::Absent`] when there is no such paper, or no such person of whose record a clause lets the actor have anything.
pub fn record_paper(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, programme, key): (PersonId, &Code, &PaperKey),
    lang: Lang,
) -> Result<PaperView, AppError> {
    let looked = look(context, workplace, person)?;
    let programmes = workplace.programmes(context.territory)?;
    let found = find(context, (&looked, &programmes), (programme, key)).ok_or(AppError::Absent("paper"))?;
    let own = BTreeMap::from([(programme.clone(), found.record.clone())]);
    let (clauses, name, fields) = shown(
        context,
        workplace,
        (person, &looked, &programmes, &own),
        ("contract or diagnosis", ON_PAPER, lang),
    )?;
    let of = (&found, (programme, &context.actor.party));
    opened((workplace, context), &programmes, of, Shown { name, clauses, fields }, lang)
}

/// A paper of which nothing is shown yet.
struct Found<'p> {
    paper: liant_casework::Paper<'p>,
    record: WorkingRecord,
    by: Option<String>,
    role: Role,
    on: Option<Date>,
}

fn find<'p>(
    context: &Context<'_>,
    (looked, programmes): (&Looked, &'p Programmes),
    (programme, key): (&Code, &PaperKey),
) -> Option<Found<'p>> {
    let of = (programme, &context.actor.party);
    match key {
        PaperKey::Draft(form) => {
            let asking = Asking { context, programmes, looked, shown: FieldSet::EMPTY };
            asking.answer(programme)?.1.ok()?;
            let open = looked.held.path.open(programme)?;
            let version = programmes.version(programme, open.version())?;
            Some(Found {
                paper: drafts(version).into_iter().find(|one| one.form == form)?,
                record: as_of(&looked.held, of, None),
                by: context.seat.account.map(|account| account.to_string()),
                role: context.actor.role.clone(),
                on: None,
            })
        }
        PaperKey::Made(nth) => {
            let one = made(&looked.held, programmes, of).into_iter().nth(nth.checked_sub(1)?)?;
            is_hers(context, programmes, &one).then(|| found(&looked.held, one))
        }
    }
}

/// What was signed or made, with the record as it stood then.
fn found<'p>(held: &Held, one: Made<'_, 'p>) -> Found<'p> {
    let Made { place, event, row, paper } = one;
    Found {
        paper,
        record: as_of(held, (&event.programme, &row.party), Some((place, event.on))),
        by: Some(row.recorded_by.clone()),
        role: event.by.clone(),
        on: Some(event.on),
    }
}

/// A paper of hers, whichever party made it, of which nothing is shown yet.
pub(crate) struct HerPaper<'p> {
    /// The record that it was made of, as it stood then.
    pub(crate) of: HerRecord,
    found: Found<'p>,
}

impl<'p> HerPaper<'p> {
    /// All of them, as they were recorded.
    pub(crate) fn all(held: &Held, programmes: &'p Programmes) -> Vec<Self> {
        let all = all_made(held, programmes).map(|one| {
            let found = found(held, one);
            let record = found.record.clone();
            let (programme, party) = (one.event.programme.clone(), one.row.party.clone());
            Self { of: HerRecord { programme, party, register: one.row.register.clone(), record }, found }
        });
        all.collect()
    }

    /// Whether it is of this record.
    pub(crate) fn is_of(&self, record: &HerRecord) -> bool {
        (&self.of.programme, &self.of.party) == (&record.programme, &record.party)
    }

    /// What it is, and when it was signed or made.
    pub(crate) fn told(&self, lang: Lang) -> (String, Option<Date>) {
        (said(self.found.paper.text, lang), self.found.on)
    }

    /// Opened, for herself: `shown` are the data that a clause lets her have, `name` is her own.
    pub(crate) fn view(
        &self,
        (workplace, context): (&Workplace, &Context<'_>),
        programmes: &Programmes,
        (name, clauses, shown): (Line, Vec<String>, FieldSet),
        lang: Lang,
    ) -> Result<PaperView, AppError> {
        let shown = Shown { name, clauses, fields: shown };
        opened(
            (workplace, context),
            programmes,
            (&self.found, (&self.of.programme, &self.of.party)),
            shown,
            lang,
        )
    }
}

/// What was let out for a paper.
struct Shown {
    name: Line,
    clauses: Vec<String>,
    fields: FieldSet,
}

/// A paper with what was let out for it.
fn opened(
    (workplace, context): (&Workplace, &Context<'_>),
    programmes: &Programmes,
    (found, (programme, party)): (&Found<'_>, (&Code, &Party)),
    shown: Shown,
    lang: Lang,
) -> Result<PaperView, AppError> {
    let rules = rules(programmes, programme);
    let record = only(&rules, &found.record, shown.fields);
    let actors: Vec<String> = found.by.iter().cloned().collect();
    let mut names = trail::names(workplace, context.territory, &actors)?;
    let latest = any_version(programmes, programme);
    Ok(PaperView {
        text: said(found.paper.text, lang),
        name: shown.name,
        clauses: shown.clauses,
        title: latest.map_or_else(|| programme.to_string(), |one| said(&one.title, lang)),
        form: found.paper.form.clone(),
        party: crate::space::records::name_of(workplace, party, lang),
        by: actors.first().and_then(|actor| names.remove(actor)),
        role: role_text(latest, &found.role, lang),
        on: found.on,
        made_on: found.on.unwrap_or_else(|| context.now().date()),
        until: found.paper.until,
        says: told::says(&rules, &record, lang),
        is_partial: FIELDS.into_iter().any(|field| !shown.fields.contains(field)),
    })
}

/// How a document writes names, days and states: as the page does.
pub struct PaperWords<'w> {
    /// The person, from what was let out of her names.
    pub person: String,
    /// Title of the document.
    pub title: String,
    /// A datum as it is written.
    pub typeset: &'w dyn Fn(&str) -> String,
    /// A day.
    pub day: &'w dyn Fn(Date) -> String,
    /// Where something stands, since a day, and why.
    pub state: &'w dyn Fn(&str, Date, Option<&str>) -> String,
    /// Of an action that was left with its goal.
    pub left: String,
}

impl PaperView {
    /// The document, in words.
    pub fn document(&self, words: &PaperWords<'_>) -> RecordPaper {
        let day = words.day;
        let noted = |one: &Noted| ((words.typeset)(&one.words), day(one.on));
        RecordPaper {
            form: self.form.to_string(),
            title: words.title.clone(),
            programme: (words.typeset)(&self.title),
            person: words.person.clone(),
            birth_date: self.name.said(Field::BirthDate).and_then(|(_, text)| text.parse().ok()).map(day),
            party: (words.typeset)(&self.party),
            by: self.by.clone(),
            role: (words.typeset)(&self.role),
            on: self.on.map(day),
            until: self.until.map(day),
            themes: self.says.themes.iter().map(|theme| of_theme(words, theme)).collect(),
            skills: self.says.skills.iter().map(noted).collect(),
            progress: self.says.progress.iter().map(noted).collect(),
            is_partial: self.is_partial,
        }
    }
}

fn of_theme(words: &PaperWords<'_>, theme: &ThemeSays) -> PaperTheme {
    let since = |one: &Noted| (words.state)(&one.words, one.on, None);
    PaperTheme {
        title: (words.typeset)(&theme.barrier),
        state: theme.states.first().map(since),
        progress: theme.progress.first().map(since),
        goals: theme.goals.iter().map(|goal| of_goal(words, goal)).collect(),
    }
}

fn of_goal(words: &PaperWords<'_>, goal: &GoalSays) -> PaperGoal {
    let actions = goal.actions.iter().map(|action| {
        let state = if action.left {
            words.left.clone()
        } else {
            (words.state)(&action.state, action.since, action.reason.as_deref())
        };
        ((words.typeset)(&action.words), state)
    });
    PaperGoal {
        words: (words.typeset)(&goal.words),
        state: (words.state)(&goal.state, goal.since, goal.reason.as_deref()),
        actions: actions.collect(),
    }
}
