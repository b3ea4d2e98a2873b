//! What each party keeps of its own work with a person (*dossier de travail*), as she reads it: under who wrote it.

use std::collections::HashMap;

use liant_audit::Act;
use liant_convention::{Channel, Kind, Reach};
use liant_guard::{GuardedFacts, Subject, View};
use liant_model::{Date, Field, FieldSet, Lang, Party, Source};
use serde::Serialize;

use super::Herself;
use super::held::source_code;
use crate::casework::{HerPaper, HerRecord, Hers, ON_PAPER, PaperView, Programmes, RECORD, RecordSays};
use crate::people::{self, Line};
use crate::{AppError, Context, Workplace, access, positions, recipients};

/// A party's working record of her, in a programme.
#[derive(Clone, Debug, Serialize)]
pub struct HeldRecord {
    /// Whose it is.
    pub party: Party,
    /// That party in words.
    pub written_by: String,
    /// The register that it is in.
    #[serde(serialize_with = "source_code")]
    pub source: Source,
    /// In which programme.
    pub programme: String,
    /// What it says.
    pub says: RecordSays,
    /// What was signed or made of it on paper.
    #[serde(skip)]
    pub papers: Vec<HeldPaper>,
    /// The clauses that show it.
    pub shown_under: Vec<String>,
}

/// A contract that she signed, or a diagnosis of her, to be asked for.
#[derive(Clone, Debug)]
pub struct HeldPaper {
    /// Which of all hers, from 1.
    pub nth: usize,
    /// What it is.
    pub text: String,
    /// When it was signed or made.
    pub on: Option<Date>,
}

impl HeldRecord {
    /// A record of which a view was let out; none when nothing of it was.
    pub(super) fn of(
        workplace: &Workplace,
        (record, papers): (&HerRecord, &[HerPaper<'_>]),
        (view, tells): (&View, &dyn Fn(Field) -> bool),
        (programmes, lang): (&Programmes, Lang),
    ) -> Option<Self> {
        let let_out = view.iter().map(|(field, ..)| field);
        let shown: FieldSet = let_out.filter(|field| tells(*field)).collect();
        let mut clauses: Vec<String> = view.iter().map(|(.., clause)| clause.to_string()).collect();
        clauses.sort_unstable();
        clauses.dedup();
        (!shown.is_empty()).then(|| Self {
            party: record.party().clone(),
            written_by: name_of(workplace, record.party(), lang),
            source: record.register.clone(),
            programme: record.title(programmes, lang),
            says: record.says(programmes, shown, lang),
            papers: papers
                .iter()
                .enumerate()
                .filter(|(_, paper)| paper.is_of(record))
                .map(|(place, paper)| {
                    let (text, on) = paper.told(lang);
                    HeldPaper { nth: place + 1, text, on }
                })
                .collect(),
            shown_under: clauses,
        })
    }
}

/// A contract that she signed or a diagnosis of her, whichever party made it: whole, by her right of access, once that she read it is on record.
///
/// # Errors
/// The gate's refusal; [`AppError::Absent`] when there is no such paper of hers.
pub fn paper(
    context: &Context<'_>,
    workplace: &Workplace,
    (her, nth): (&Herself, usize),
    lang: Lang,
) -> Result<PaperView, AppError> {
    let plan = access::plan_near(context, workplace, Channel::Export)?;
    let mut positions = positions::positions(context, workplace)?;
    let (facts, hers) = workplace.store.read(context.territory, |snapshot| {
        let facts = recipients::gather(snapshot, &mut positions, her.person)?;
        Ok((facts, Hers::read(snapshot, her.person)?))
    })?;
    let programmes = workplace.programmes(context.territory)?;
    let papers = hers.papers(&programmes);
    let absent = || AppError::Absent("paper");
    let one = nth.checked_sub(1).and_then(|place| papers.get(place)).ok_or_else(absent)?;
    let subject = Subject::Person(her.person);
    positions.standings.place(subject, Reach::Oneself);
    let standing = positions.standings.of(subject);
    let plan = plan.narrowed(RECORD.into_iter().collect::<FieldSet>().union(ON_PAPER));
    let fields: FieldSet =
        RECORD.into_iter().filter(|field| plan.allows(&one.of.register, *field, &standing)).collect();
    if fields.is_empty() {
        return Err(absent());
    }
    let mut session = plan.begin();
    session.add(&GuardedFacts::seal(subject, one.of.register.clone(), one.of.facts(&programmes)), &standing);
    for fact in &facts {
        session.add(&fact.facts, &standing);
    }
    let what = "contract or diagnosis";
    let views = session.release(|record| access::write(context, workplace, record, Act::Export, what))?;
    let of_record = |view: &View| -> Vec<String> {
        let shown = view.iter().filter(|(field, ..)| RECORD.contains(field));
        shown.map(|(.., clause)| clause.to_string()).collect()
    };
    let mut clauses: Vec<String> = views.iter().flat_map(of_record).collect();
    clauses.sort_unstable();
    clauses.dedup();
    let nameless = Line { person: her.person, origins: Vec::new(), referent: None };
    let name = people::lines(views, &[her.person], HashMap::new(), lang).pop().unwrap_or(nameless);
    one.view((workplace, context), &programmes, (name, clauses, fields), lang)
}

/// A party as a file names it: a convention first, which names it to people of other parties.
pub(crate) fn name_of(workplace: &Workplace, party: &Party, lang: Lang) -> String {
    let mut files: Vec<_> = workplace.conventions().iter().collect();
    files.sort_by_key(|file| matches!(file.kind, Kind::Register { .. }));
    let mut entries = files.iter().flat_map(|file| &file.parties).filter(|entry| entry.org == *party);
    let name = entries.find_map(|entry| entry.name.as_ref());
    name.map_or_else(
        || party.to_string(),
        |name| match lang {
            Lang::Fr => name.fr.clone(),
            Lang::En => name.en.clone(),
        },
    )
}
