//! A paper that is read, and signed.

use std::collections::BTreeMap;

use liant_casework::{CommitteesRule, Programme};
use liant_model::Uuid;
use liant_store::{EvidenceSignature, PaperChange, PaperKind, PaperRow};

use super::content::{MinutesContent, ReviewContent, Saying};
use super::{CommitteeKey, Part, SealedLine, Shelves, apply, kept_until, line, named, place_of, review};
use crate::{AppError, Context, Workplace, trail};

/// A paper, with all that it says.
#[derive(Clone, Debug)]
pub struct SealedPaper {
    /// Its head: seal, signatures.
    pub line: SealedLine,
    /// The programme in the version that its codes are meant in, or as it runs where that version is no longer there.
    pub programme: Programme,
    /// What the minutes say; none: it is a review.
    pub minutes: Option<MinutesContent>,
    /// What the review says; none: they are minutes.
    pub review: Option<ReviewContent>,
    /// Whether the actor may sign it now.
    pub may_sign: bool,
    /// Whether the actor may write another in its place.
    pub may_replace: bool,
    /// What is missing before it may be signed: the parties whose amounts are not there.
    pub missing: Vec<liant_model::Party>,
    /// The names of those who signed, by what stands in their signature.
    pub names: BTreeMap<String, String>,
}

impl SealedPaper {
    /// The codes that it is written in.
    pub fn rules(&self) -> Option<&CommitteesRule> {
        self.programme.committees.as_ref()
    }
}

/// A paper that the actor may read, with her part in it.
struct Found<'a> {
    row: &'a PaperRow,
    saying: &'a Saying,
    running: &'a Programme,
    rules: &'a CommitteesRule,
    part: Part,
}

/// The paper of an id, for whom it is.
fn find<'a>(shelves: &'a Shelves, context: &Context<'_>, id: Uuid) -> Result<Found<'a>, AppError> {
    let absent = || AppError::Absent("paper");
    let (row, saying) = shelves.papers.iter().find(|(row, _)| row.paper == id).ok_or_else(absent)?;
    let programme = super::super::code(&row.programme)?;
    let (running, rules, part) = match row.kind {
        PaperKind::Minutes => {
            let committee = super::super::code(&row.committee)?;
            let key = CommitteeKey { programme, committee, place: place_of(&row.place)? };
            let all = shelves.standings(context).into_iter();
            let one = all.filter(|one| one.key == key).last().ok_or_else(absent)?;
            (one.programme, one.rules, one.part)
        }
        PaperKind::Review => {
            let mut all = shelves.reviews(context).into_iter();
            let found = all.rfind(|(one, ..)| one.id == programme).ok_or_else(absent)?;
            (found.0, found.1, found.3)
        }
    };
    // A draft is there for those who write it.
    if part == Part::Told && row.complete_at.is_none() {
        return Err(absent());
    }
    Ok(Found { row, saying, running, rules, part })
}

/// A paper: for those who lead the committee or sign the review; once all have signed, for those who are told of it too.
///
/// # Errors
/// [`AppError::Absent`] when there is none for the actor; when it is not what was sealed.
pub fn committee_paper(
    context: &Context<'_>,
    workplace: &Workplace,
    id: Uuid,
) -> Result<SealedPaper, AppError> {
    let shelves = Shelves::read(context, workplace)?;
    let found = find(&shelves, context, id)?;
    view(context, workplace, (&shelves, &found))
}

fn view(
    context: &Context<'_>,
    workplace: &Workplace,
    (shelves, found): (&Shelves, &Found<'_>),
) -> Result<SealedPaper, AppError> {
    let line = line(found.rules, found.row)?;
    let (minutes, review) = match found.saying {
        Saying::Minutes(content) => (Some(content.clone()), None),
        Saying::Review(content) => (None, Some(content.clone())),
    };
    let version = minutes.as_ref().map(|one| one.version).or(review.as_ref().map(|one| one.version));
    let meant = version.and_then(|version| shelves.programmes.version(&line.programme, version));
    let missing = review::missing(found.rules, found.saying);
    let is_draft = !line.is_complete && found.part == Part::Leads;
    let awaits_her = line.awaited.iter().any(|one| one.party == context.actor.party);
    let signed: Vec<String> = line.signatures.iter().map(|one| one.signed_by.clone()).collect();
    Ok(SealedPaper {
        programme: meant.filter(|one| one.committees.is_some()).unwrap_or(found.running).clone(),
        may_sign: is_draft && awaits_her && missing.is_empty(),
        may_replace: is_draft,
        missing,
        minutes,
        review,
        names: trail::names(workplace, context.territory, &signed)?.into_iter().collect(),
        line,
    })
}

/// Signs a draft for the actor's party: that content, and no other. When all have signed it is kept as it is, and those who are told read it.
///
/// # Errors
/// [`AppError::Absent`] when there is no draft of that content for her to sign; [`AppError::Value`] when amounts are missing; a conflict when
/// her party has signed it, or another took its place meanwhile.
pub fn sign_paper(
    context: &Context<'_>,
    workplace: &Workplace,
    (id, hash): (Uuid, &str),
) -> Result<SealedLine, AppError> {
    let shelves = Shelves::read(context, workplace)?;
    let found = find(&shelves, context, id)?;
    if found.part != Part::Leads || found.row.hash != hash {
        return Err(AppError::Absent("paper"));
    }
    if !review::missing(found.rules, found.saying).is_empty() {
        return Err(AppError::Value("a party has not written its amounts".to_owned()));
    }
    let about = match found.saying {
        Saying::Minutes(content) => content.said.held_on,
        Saying::Review(content) => review::last_day(content.year)?,
    };
    let signature = EvidenceSignature {
        party: context.actor.party.clone(),
        role: context.actor.role.clone(),
        at: context.now(),
        signed_by: context.actor.name.clone(),
        organisation: context.seat.organisation,
    };
    let change = PaperChange::Sign {
        paper: id,
        hash: hash.to_owned(),
        signature,
        kept_until: kept_until(context, workplace, (found.running, about))?,
    };
    apply(context, workplace, format!("signed: {}", named(found.row)), change)?;
    let after = super::rows(context, workplace)?.into_iter().find(|row| row.paper == id);
    line(found.rules, &after.ok_or(AppError::Absent("paper"))?)
}
