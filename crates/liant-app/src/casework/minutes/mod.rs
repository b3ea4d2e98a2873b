//! What committees write and sign (*comités*): the minutes of a meeting (*relevé de conclusions*), with the corrective actions that it decided
//! and where those of earlier ones stand, and the review of a year (*bilan annuel*). Codes, days, amounts, and the figures of months as committees
//! were shown them ([`super::published`]): nobody who is accompanied is named in one, and no figure is counted here.
//!
//! A draft is sealed whenever it is written, and signed by those whom the programme names, one of each party. Until all have signed it may
//! be replaced, and then takes every signature anew; from then on those who are told of it read it.

mod content;
mod day;
mod desk;
mod draft;
mod file;
mod review;
mod sign;

use std::collections::BTreeMap;

use liant_access::OrganisationKind;
use liant_audit::Act;
use liant_casework::{
    Code, CommitteeOf, CommitteeRule, CommitteesRule, Followed, Minutes, Programme, Programmes, ReviewRule,
    followed, paper_kept_until,
};
use liant_convention::Recipient;
use liant_model::{Date, Instant, OrganisationId, Party, Uuid};
use liant_store::{
    CaseworkChange, Change, ChangeSet, EvidenceSignature, PaperChange, PaperKind, PaperRow, StoreError,
};

use crate::context::{Audited, audit};
use crate::{AppError, Context, Workplace, access, lookups};

pub use content::{FrozenMonth, FrozenPlace, HeldMeeting, ReviewedAction};
pub use day::{PaperTask, papers_day};
pub use desk::{CommitteeShelf, PapersDesk, ReviewShelf, ReviewYear, papers_desk};
pub use draft::{MinutesForm, draft_minutes, minutes_form};
pub use file::{PaperFormat, paper_file};
pub use review::{ReviewForm, draft_review, review_form};
pub use sign::{SealedPaper, committee_paper, sign_paper};

use content::Saying;
pub use content::{MinutesContent, ReviewContent};

/// A committee: that of a programme, and of a local service where it is of one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CommitteeKey {
    /// The programme.
    pub programme: Code,
    /// The committee in it.
    pub committee: Code,
    /// The local service; none: the whole territory.
    pub place: Option<OrganisationId>,
}

/// A paper, without what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedLine {
    /// Which.
    pub id: Uuid,
    /// Whether it is minutes of a committee, and of which; none: a review.
    pub committee: Option<CommitteeKey>,
    /// The programme.
    pub programme: Code,
    /// The day of the meeting, or the year.
    pub about: String,
    /// When it was sealed.
    pub made_at: Instant,
    /// SHA-256 of what it says, in hexadecimal: what is signed.
    pub hash: String,
    /// Whether all have signed it.
    pub is_complete: bool,
    /// The last day on which it is kept.
    pub kept_until: Date,
    /// Who signed it, in order.
    pub signatures: Vec<EvidenceSignature>,
    /// Who has not.
    pub awaited: Vec<Recipient>,
}

/// What someone has to do with a committee, or with a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// She writes and signs.
    Leads,
    /// She reads what all have signed.
    Told,
}

/// The part of the actor among those who write and those who are told.
fn part(context: &Context<'_>, writes: &[Recipient], told: &[Recipient]) -> Option<Part> {
    let is_she = |one: &&Recipient| one.party == context.actor.party && one.role == context.actor.role;
    if writes.iter().any(|one| is_she(&one)) {
        return Some(Part::Leads);
    }
    told.iter().any(|one| is_she(&one)).then_some(Part::Told)
}

/// Whether the actor leads a committee, signs a review or is told of one: whether a page leads her to them.
///
/// # Errors
/// When the programmes cannot be read.
pub fn has_papers(context: &Context<'_>, workplace: &Workplace) -> Result<bool, AppError> {
    let programmes = workplace.programmes(context.territory)?;
    let mut rules = programmes.iter().filter_map(|one| one.committees.as_ref());
    Ok(rules.any(|rules| {
        let review = rules.review.as_ref().and_then(|one| part(context, &one.signed_by, &one.told));
        review.is_some() || rules.committees.iter().any(|one| part(context, &one.led_by, &one.told).is_some())
    }))
}

/// A committee as it stands: its rules, and its papers.
struct Standing<'a> {
    programme: &'a Programme,
    rules: &'a CommitteesRule,
    committee: &'a CommitteeRule,
    key: CommitteeKey,
    place_name: Option<String>,
    part: Part,
    /// Its minutes that all have signed, in the order of their days.
    signed: Vec<(&'a PaperRow, &'a Minutes)>,
    /// The draft that is under way.
    draft: Option<&'a PaperRow>,
}

impl Standing<'_> {
    /// Its last meeting.
    fn last(&self) -> Option<&Minutes> {
        self.signed.last().map(|(_, said)| *said)
    }

    /// Its actions, in the order in which they were decided.
    fn actions(&self) -> Vec<Followed> {
        followed(self.rules, self.signed.iter().map(|(row, said)| (row.paper, *said)))
    }

    /// Those that are open.
    fn open(&self) -> Vec<Followed> {
        self.actions().into_iter().filter(|one| !one.is_closed).collect()
    }

    /// The draft as it was read: what a new one takes the place of.
    fn replaced(&self) -> Option<SealedAs> {
        self.draft.map(|row| (row.paper, row.hash.clone()))
    }
}

/// A paper, and its seal: that content and no other.
type SealedAs = (Uuid, String);

/// All that is kept of committees, with what it is read by.
struct Shelves {
    programmes: std::sync::Arc<Programmes>,
    /// The local services of the territory, with the party of each.
    services: BTreeMap<OrganisationId, (String, Party)>,
    papers: Vec<(PaperRow, Saying)>,
}

impl Shelves {
    /// Everything, once; the actor is not stopped. What may be shown of it is for [`Shelves::standings`] and [`Shelves::reviews`].
    fn read(context: &Context<'_>, workplace: &Workplace) -> Result<Self, AppError> {
        lookups::not_blocked(context, workplace)?;
        let programmes = workplace.programmes(context.territory)?;
        let all = workplace
            .store
            .directory(context.territory, |directory| directory.organisations(context.territory))?;
        let local = all.into_iter().filter(|one| one.kind == OrganisationKind::LocalService);
        let services = local.map(|one| (one.id, (one.name, one.party))).collect();
        let papers = rows(context, workplace)?
            .into_iter()
            .map(|row| {
                let saying = Saying::read(&row)?;
                Ok::<_, AppError>((row, saying))
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self { programmes, services, papers })
    }

    /// The programmes as they run, those that have committees.
    fn running(&self) -> Vec<(&Programme, &CommitteesRule)> {
        let mut all: BTreeMap<&Code, (&Programme, &CommitteesRule)> = BTreeMap::new();
        for one in self.programmes.iter() {
            // Of its versions, the last.
            match &one.committees {
                Some(rules) => all.insert(&one.id, (one, rules)),
                None => all.remove(&one.id),
            };
        }
        all.into_values().collect()
    }

    /// Every committee in which the actor has a part.
    fn standings(&self, context: &Context<'_>) -> Vec<Standing<'_>> {
        let mut all = Vec::new();
        for (programme, rules) in self.running() {
            for committee in &rules.committees {
                let Some(part) = part(context, &committee.led_by, &committee.told) else { continue };
                for (place, place_name) in self.places(context, committee) {
                    all.push(self.standing((programme, rules, committee), (place, place_name), part));
                }
            }
        }
        all
    }

    /// Where a committee meets that is hers: who sits in a local service has that one alone.
    fn places(
        &self,
        context: &Context<'_>,
        committee: &CommitteeRule,
    ) -> Vec<(Option<OrganisationId>, Option<String>)> {
        if committee.of == CommitteeOf::Territory {
            return vec![(None, None)];
        }
        let own = context.seat.organisation.filter(|seat| self.services.contains_key(seat));
        // A service of a party that does not lead the committee has none.
        let leads = |party: &Party| committee.led_by.iter().any(|one| one.party == *party);
        let there = self.services.iter().filter(|(id, _)| own.is_none_or(|own| own == **id));
        let there = there.filter(|(_, (_, party))| leads(party));
        let mut all: Vec<_> = there.map(|(id, (name, _))| (Some(*id), Some(name.clone()))).collect();
        all.sort_by(|(_, one), (_, other)| one.cmp(other));
        all
    }

    fn standing<'a>(
        &'a self,
        (programme, rules, committee): (&'a Programme, &'a CommitteesRule, &'a CommitteeRule),
        (place, place_name): (Option<OrganisationId>, Option<String>),
        part: Part,
    ) -> Standing<'a> {
        let key = CommitteeKey { programme: programme.id.clone(), committee: committee.id.clone(), place };
        let of = |row: &PaperRow| {
            row.kind == PaperKind::Minutes
                && row.programme == key.programme.as_str()
                && row.committee == key.committee.as_str()
                && row.place == place_code(place)
        };
        let mut signed = Vec::new();
        let mut draft = None;
        for (row, saying) in self.papers.iter().filter(|(row, _)| of(row)) {
            match saying {
                Saying::Minutes(content) if row.complete_at.is_some() => signed.push((row, &content.said)),
                Saying::Minutes(_) => draft = Some(row),
                Saying::Review(_) => {}
            }
        }
        signed.sort_by_key(|(_, said)| said.held_on);
        Standing { programme, rules, committee, key, place_name, part, signed, draft }
    }

    /// The committee of this key, when the actor leads it.
    fn led<'a>(&'a self, context: &Context<'_>, key: &CommitteeKey) -> Result<Standing<'a>, AppError> {
        let all = self.standings(context).into_iter();
        let mut hers = all.filter(|one| one.key == *key && one.part == Part::Leads);
        hers.next().ok_or(AppError::Absent("committee"))
    }

    /// The reviews in which the actor has a part.
    fn reviews(&self, context: &Context<'_>) -> Vec<(&Programme, &CommitteesRule, &ReviewRule, Part)> {
        let mut all = Vec::new();
        for (programme, rules) in self.running() {
            let Some(review) = &rules.review else { continue };
            let hers = part(context, &review.signed_by, &review.told);
            all.extend(hers.map(|part| (programme, rules, review, part)));
        }
        all
    }

    /// The review of a year that is kept, draft or not.
    fn review_of(&self, programme: &Code, year: i16) -> Option<(&PaperRow, &ReviewContent)> {
        self.papers.iter().find_map(|(row, saying)| match saying {
            Saying::Review(content) if row.programme == programme.as_str() && content.year == year => {
                Some((row, content))
            }
            _ => None,
        })
    }
}

/// The people who sign a paper of this kind: those of its rule.
fn signers<'a>(rules: &'a CommitteesRule, row: &PaperRow) -> &'a [Recipient] {
    match row.kind {
        PaperKind::Review => rules.review.as_ref().map_or(&[], |review| &review.signed_by),
        PaperKind::Minutes => {
            let found = rules.committees.iter().find(|one| one.id.as_str() == row.committee);
            found.map_or(&[], |one| &one.led_by)
        }
    }
}

fn line(rules: &CommitteesRule, row: &PaperRow) -> Result<SealedLine, AppError> {
    let programme = super::code(&row.programme)?;
    let committee = match row.kind {
        PaperKind::Review => None,
        PaperKind::Minutes => Some(CommitteeKey {
            programme: programme.clone(),
            committee: super::code(&row.committee)?,
            place: place_of(&row.place)?,
        }),
    };
    let has_signed = |party: &Party| row.signatures.iter().any(|one| one.party == *party);
    // What all have signed awaits nobody, whoever signs today's papers.
    let awaited =
        signers(rules, row).iter().filter(|one| row.complete_at.is_none() && !has_signed(&one.party));
    Ok(SealedLine {
        id: row.paper,
        committee,
        programme,
        about: row.about.clone(),
        made_at: row.made_at,
        hash: row.hash.clone(),
        is_complete: row.complete_at.is_some(),
        kept_until: row.kept_until,
        signatures: row.signatures.clone(),
        awaited: awaited.cloned().collect(),
    })
}

fn place_code(place: Option<OrganisationId>) -> String {
    place.map_or_else(String::new, |place| place.to_string())
}

fn place_of(text: &str) -> Result<Option<OrganisationId>, AppError> {
    if text.is_empty() {
        return Ok(None);
    }
    let damaged = |_| StoreError::Damaged("a paper is of no place".to_owned());
    Ok(Some(text.parse().map_err(damaged)?))
}

fn rows(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<PaperRow>, AppError> {
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the bare method is not general over lifetimes"
    )]
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.committee_papers())?;
    Ok(rows)
}

/// Until when a paper that all sign today is kept, by the conventions of today or of the day that it is about: what a convention of last year
/// came to is written down after its end too.
fn kept_until(
    context: &Context<'_>,
    workplace: &Workplace,
    (programme, about): (&Programme, Date),
) -> Result<Date, AppError> {
    let today = context.now().date();
    let files = workplace.conventions().iter().filter(|file| {
        file.territory == context.territory
            && programme.conventions.iter().any(|id| **id == *file.id)
            && [today, about].iter().any(|day| {
                file.in_force.from <= *day && file.in_force.until.is_none_or(|until| *day <= until)
            })
    });
    let why = "no clause says how long papers of committees are kept: a convention of the programme needs a [[retention]] of `papers`";
    paper_kept_until(files, today).ok_or_else(|| AppError::Value(why.to_owned()))
}

fn apply(
    context: &Context<'_>,
    workplace: &Workplace,
    subject: String,
    change: PaperChange,
) -> Result<(), AppError> {
    let what = Audited { subject, ..Audited::default() };
    let entry = audit(context, context.act_id()?, Act::Casework, what)?;
    let set = ChangeSet::new(context.territory, context.now(), entry);
    workplace.store.apply(&set.with(Change::Casework(CaseworkChange::Paper(change))))?;
    access::sequence(context, workplace);
    Ok(())
}

/// What the log calls a paper.
fn named(row: &PaperRow) -> String {
    match row.kind {
        PaperKind::Minutes if row.place.is_empty() => {
            format!("minutes of {}, {} of {}, {}", row.about, row.committee, row.programme, row.hash)
        }
        PaperKind::Minutes => {
            format!(
                "minutes of {}, {} of {} at {}, {}",
                row.about, row.committee, row.programme, row.place, row.hash
            )
        }
        PaperKind::Review => format!("review of {}, {}, {}", row.about, row.programme, row.hash),
    }
}

/// Destroys the papers whose term is over; gives how many.
pub(super) fn ended(context: &Context<'_>, workplace: &Workplace) -> Result<u64, AppError> {
    let mut count = 0;
    for row in rows(context, workplace)? {
        if row.kept_until < context.now().date() {
            let subject = format!("destroyed at its term: {}", named(&row));
            let what = Audited { subject, ..Audited::default() };
            let entry = audit(context, context.act_id()?, Act::Destruction, what)?;
            let change = Change::Casework(CaseworkChange::Paper(PaperChange::Destroy(row.paper)));
            workplace.store.apply(&ChangeSet::new(context.territory, context.now(), entry).with(change))?;
            count += 1;
        }
    }
    Ok(count)
}
