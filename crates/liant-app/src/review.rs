//! Identity review: the questions that the machine does not settle by itself.

mod dossier;
mod queue;

pub use dossier::{Agreement, Answered, Candidate, Dossier, Line, Parted, dossier, parted};
pub use queue::{Asked, AskingFile, Likelihood, Queue, QueueFigures, QueueFilter, figures, queue};

use liant_audit::{Act, PeopleBlock};
use liant_convention::Channel;
use liant_identity::Evidence;
use liant_model::{Field, IdentityId, Instant, Lang, PersonId, ReviewId};
use liant_store::{
    Change, ChangeSet, LinkDecision, OpenReview, PersonLink, ReleaseRow, ReviewState, Snapshot, SpaceChange,
    StoreError,
};

use crate::context::{Audited, audit, random};
use crate::sides::Sides;
use crate::{AppError, Context, Workplace, access, directory, positions};

/// One side of a question: what the actor may see of a source identity.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Side {
    /// The source identity.
    pub identity: IdentityId,
    /// The person she belongs to now.
    pub person: PersonId,
    /// Where she comes from.
    pub source: String,
    /// Code of each field and its value.
    pub fields: Vec<(&'static str, String)>,
}

impl Side {
    /// What the source says of a field, when the actor may see it.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.fields.iter().find(|(code, _)| *code == field.code()).map(|(_, value)| value.as_str())
    }
}

/// A question of identity as it is shown.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Question {
    /// Its id, for the answer.
    pub review: ReviewId,
    /// Odds that both are one person, as a base-2 logarithm.
    pub score: f64,
    /// Why the machine hesitates, in words.
    pub reason: String,
    /// The newcomer.
    pub newcomer: Side,
    /// Whom she may be.
    pub candidate: Side,
}

/// The open questions of which the actor may see both sides, at most `most`, and how many are open: of those looked at,
/// the ones she may not see are not counted.
///
/// # Errors
/// When the gate refuses, or the store.
pub fn list(
    context: &Context<'_>,
    workplace: &Workplace,
    most: usize,
    lang: Lang,
) -> Result<(Vec<Question>, usize), AppError> {
    let plan = access::plan_near(context, workplace, Channel::Screen)?;
    let mut sides = Sides::new(&plan, positions::positions(context, workplace)?);
    let (open, all) = workplace.store.read(context.territory, |snapshot| {
        let open = snapshot.reviews(ReviewState::Open)?;
        let mut all = open.len();
        let mut page = Vec::new();
        for review in open {
            if page.len() == most {
                break;
            }
            if sides.are_seen(snapshot, &review)? {
                page.push(review);
            } else {
                all -= 1;
            }
        }
        Ok((page, all))
    })?;
    let both = open.iter().flat_map(|review| [review.identity, review.candidate]);
    let sides = sides.open(context, workplace, both.collect())?;
    let questions = open
        .iter()
        .filter_map(|review| {
            Some(Question {
                review: review.review,
                score: review.score,
                reason: explain(&review.evidence, lang),
                newcomer: sides.get(&review.identity)?.clone(),
                candidate: sides.get(&review.candidate)?.clone(),
            })
        })
        .collect();
    Ok((questions, all))
}

/// The coded evidence of a link, in words.
pub(crate) fn explain(evidence: &[u8], lang: Lang) -> String {
    Evidence::from_bytes(evidence).map(|evidence| evidence.explain(lang)).unwrap_or_default()
}

fn find(context: &Context<'_>, workplace: &Workplace, review: ReviewId) -> Result<OpenReview, AppError> {
    // Who may not see the question may not answer it.
    let plan = access::plan_near(context, workplace, Channel::Screen)?;
    let mut sides = Sides::new(&plan, positions::positions(context, workplace)?);
    let found = workplace.store.read(context.territory, |snapshot| {
        let Some(found) = snapshot.review(review)? else { return Ok(None) };
        Ok(sides.are_seen(snapshot, &found)?.then_some(found))
    })?;
    found.ok_or(AppError::Absent("question of identity"))
}

fn current_link(snapshot: &mut Snapshot<'_>, identity: IdentityId) -> Result<PersonLink, StoreError> {
    let links = snapshot.links_of_identity(identity)?;
    links.into_iter().rfind(|link| link.ended_at.is_none()).ok_or(StoreError::Absent("link"))
}

/// Answers that both are one person: the newcomer's person, with every source identity gathered in her, joins the
/// candidate's.
///
/// # Errors
/// When the question is answered already, or the gate refuses.
pub fn accept(context: &Context<'_>, workplace: &Workplace, review: ReviewId) -> Result<PersonId, AppError> {
    accept_as_seen(context, workplace, review, None)
}

/// The same, upon what the actor saw ([`Candidate::seen`]): nothing is done when it has changed since.
///
/// # Errors
/// As [`accept`]; [`StoreError::Conflict`] when the question or a link has changed since it was seen.
pub fn accept_as_seen(
    context: &Context<'_>,
    workplace: &Workplace,
    review: ReviewId,
    seen: Option<&str>,
) -> Result<PersonId, AppError> {
    let question = find(context, workplace, review)?;
    must_be(&question, ReviewState::Open)?;
    let (own, theirs, moving) = workplace.store.read(context.territory, |snapshot| {
        let own = current_link(snapshot, question.identity)?;
        let moving = snapshot.links_of_person(own.person)?;
        Ok((own, current_link(snapshot, question.candidate)?, moving))
    })?;
    if seen.is_some_and(|seen| seen != dossier::seen(&question, &own, &theirs)) {
        return Err(StoreError::Conflict { what: "the question" }.into());
    }
    let act = context.act_id()?;
    let what = Audited {
        subject: format!("review {review}"),
        people: PeopleBlock::new([own.person, theirs.person]),
        ..Audited::default()
    };
    let moves = own.person != theirs.person;
    let link_no = moves.then_some(own.link_no + 1);
    let entry = audit(context, act, Act::ReviewAccept, what)?;
    let mut set = ChangeSet::new(context.territory, context.now(), entry).with(answer(
        context,
        &question,
        ReviewState::Accepted,
        link_no,
    ));
    set = set.with(Change::ExpectLink { identity: theirs.identity, link_no: theirs.link_no });
    for link in moving.iter().filter(|_| moves) {
        set = set.with(Change::Link {
            identity: link.identity,
            expected_link: link.link_no,
            person: theirs.person,
            new_person: false,
            decision: LinkDecision { score: Some(question.score), evidence: Some(question.evidence.clone()) },
        });
    }
    workplace.store.apply(&set)?;
    access::sequence(context, workplace);
    directory::after_act(context, workplace, &[own.person, theirs.person]);
    Ok(theirs.person)
}

/// Answers that they are two people.
///
/// # Errors
/// When the question is answered already, or the gate refuses.
pub fn refuse(context: &Context<'_>, workplace: &Workplace, review: ReviewId) -> Result<(), AppError> {
    let question = find(context, workplace, review)?;
    must_be(&question, ReviewState::Open)?;
    let what = Audited { subject: format!("review {review}"), ..Audited::default() };
    let entry = audit(context, context.act_id()?, Act::ReviewRefuse, what)?;
    let set = ChangeSet::new(context.territory, context.now(), entry).with(answer(
        context,
        &question,
        ReviewState::Refused,
        None,
    ));
    workplace.store.apply(&set)?;
    access::sequence(context, workplace);
    Ok(())
}

/// Takes an answer back. After an acceptance, as [`undo`]; after a refusal the question is open again. Gives the source
/// identity that was parted, if one was.
///
/// # Errors
/// When the question is open, or the gate refuses.
pub fn take_back(
    context: &Context<'_>,
    workplace: &Workplace,
    review: ReviewId,
) -> Result<Option<IdentityId>, AppError> {
    let question = find(context, workplace, review)?;
    if question.state == ReviewState::Open {
        return Err(StoreError::Conflict { what: "the question" }.into());
    }
    if let Some(link_no) = question.link_no {
        let current =
            workplace.store.read(context.territory, |snapshot| current_link(snapshot, question.identity))?;
        if current.link_no != link_no {
            return Err(StoreError::Conflict { what: "the link" }.into());
        }
        return undo(context, workplace, question.identity).map(|undone| Some(undone.identity));
    }
    let what = Audited { subject: format!("review {review}"), ..Audited::default() };
    let entry = audit(context, context.act_id()?, Act::ReviewUndo, what)?;
    let set = ChangeSet::new(context.territory, context.now(), entry);
    workplace.store.apply(&set.with(answer(context, &question, ReviewState::Open, None)))?;
    access::sequence(context, workplace);
    Ok(None)
}

/// What undoing a link shows: the person she is again, and each release of data made through the wrong link.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Undone {
    /// The source identity.
    pub identity: IdentityId,
    /// The person she was wrongly found to be.
    pub wrong_person: PersonId,
    /// The person she is now.
    pub person: PersonId,
    /// Since when the link stood.
    pub since: Instant,
    /// What was released of the wrong person meanwhile.
    pub disclosures: Vec<Disclosure>,
}

/// One release of data.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Disclosure {
    /// When.
    pub at: Instant,
    /// Who did it.
    pub actor: String,
    /// To whom.
    pub recipient: String,
    /// The clauses that let it out.
    pub clauses: String,
    /// Codes of the fields.
    pub fields: Vec<&'static str>,
    /// What the act was.
    pub what: String,
}

impl Disclosure {
    pub(crate) fn of(row: &ReleaseRow) -> Self {
        let fields = liant_model::FieldSet::from_bits(u128::from_be_bytes(row.fields));
        Self {
            at: row.at,
            actor: row.actor.clone(),
            recipient: row.recipient.clone(),
            clauses: row.clauses.clone(),
            fields: fields.iter().map(Field::code).collect(),
            what: row.what.clone(),
        }
    }
}

/// Undoes the current link of a source identity, whoever made it. After an acceptance she goes back to the person she
/// was before, and the question is open again; any other link comes apart, and she is a person of her own.
///
/// # Errors
/// When there is nothing to undo, or the gate refuses.
pub fn undo(context: &Context<'_>, workplace: &Workplace, identity: IdentityId) -> Result<Undone, AppError> {
    let plan = access::plan_near(context, workplace, Channel::Screen)?;
    let mut sides = Sides::new(&plan, positions::positions(context, workplace)?);
    let (links, gathered, questions, spaces) = workplace.store.read(context.territory, |snapshot| {
        if !sides.is_seen(snapshot, identity)? {
            return Ok((Vec::new(), Vec::new(), Vec::new(), Vec::new()));
        }
        let links = snapshot.links_of_identity(identity)?;
        let (mut gathered, mut spaces) = (Vec::new(), Vec::new());
        if let Some(link) = links.iter().rfind(|link| link.ended_at.is_none()) {
            for other in snapshot.links_of_person(link.person)? {
                let before = snapshot.links_of_identity(other.identity)?;
                gathered.push((other, before));
            }
            spaces = snapshot.spaces_of(link.person)?;
        }
        let questions = snapshot.reviews(ReviewState::Accepted)?;
        Ok((links, gathered, questions, spaces))
    })?;
    let current =
        links.iter().rfind(|link| link.ended_at.is_none()).ok_or(AppError::Absent("source identity"))?;
    if gathered.len() < 2 {
        return Err(AppError::StandsAlone);
    }
    // What a human accepted goes back to where it was; any other link only comes apart: a person from whom she was
    // parted before is never her person again by an undo.
    let question = questions
        .iter()
        .find(|question| question.identity == identity && question.link_no == Some(current.link_no));
    let before =
        links.iter().rfind(|link| link.link_no + 1 == current.link_no && link.person != current.person);
    let (person, new_person) = match (question, before) {
        (Some(_), Some(link)) => (link.person, false),
        _ => (PersonId::new(context.now(), random()?), true),
    };
    let windows = [Window { person: current.person, from: current.made_at, to: None }];
    let disclosures = disclosures_of(context, workplace, &windows)?;
    let what = Audited {
        subject: format!("identity {identity}"),
        counts: vec![("disclosures", disclosures.len() as u64)],
        people: PeopleBlock::new([current.person, person]),
        ..Audited::default()
    };
    let entry = audit(context, context.act_id()?, Act::ReviewUndo, what)?;
    let mut set = ChangeSet::new(context.territory, context.now(), entry);
    let mut new_person = new_person;
    for (link, before) in &gathered {
        // Those whom the same acceptance brought along go back together.
        let came_along = question.is_some()
            && link.made_at == current.made_at
            && before.iter().any(|before| before.link_no + 1 == link.link_no && before.person == person);
        if link.identity == identity || came_along {
            set = set.with(Change::Link {
                identity: link.identity,
                expected_link: link.link_no,
                person,
                new_person,
                decision: LinkDecision { score: None, evidence: None },
            });
            new_person = false;
        }
    }
    if let Some(question) = question {
        set = set.with(answer(context, question, ReviewState::Open, None));
    }
    // Of the two people whom the link made one, nobody knows whose way in it was: a code is handed to each in person.
    for space in spaces {
        set = set.with(Change::Space(SpaceChange::Close(space.space)));
    }
    workplace.store.apply(&set)?;
    access::sequence(context, workplace);
    directory::after_act(context, workplace, &[current.person, person]);
    Ok(Undone { identity, wrong_person: current.person, person, since: current.made_at, disclosures })
}

/// The same, of an identity that the actor saw as a record of `person`.
///
/// # Errors
/// As [`undo`]; [`StoreError::Conflict`] when she is no record of that person any more.
pub fn undo_of(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    identity: IdentityId,
) -> Result<Undone, AppError> {
    let links = workplace.store.read(context.territory, |snapshot| snapshot.links_of_person(person))?;
    if !links.iter().any(|link| link.identity == identity) {
        return Err(StoreError::Conflict { what: "the link" }.into());
    }
    undo(context, workplace, identity)
}

/// A person, from one moment up to another: for as long as some source identity was linked to her.
pub(crate) struct Window {
    pub(crate) person: PersonId,
    pub(crate) from: Instant,
    pub(crate) to: Option<Instant>,
}

/// Each release of the data of any of these persons, within her window.
pub(crate) fn disclosures_of(
    context: &Context<'_>,
    workplace: &Workplace,
    windows: &[Window],
) -> Result<Vec<Disclosure>, AppError> {
    Ok(releases_of(context, workplace, windows)?.iter().map(Disclosure::of).collect())
}

/// The same, as the store keeps them: oldest first, each once.
pub(crate) fn releases_of(
    context: &Context<'_>,
    workplace: &Workplace,
    windows: &[Window],
) -> Result<Vec<ReleaseRow>, AppError> {
    workplace.store.index_readings(context.territory)?;
    let mut found = workplace.store.read(context.territory, |snapshot| {
        let mut found = Vec::new();
        for window in windows {
            let within = |row: &ReleaseRow| window.to.is_none_or(|to| row.at < to);
            found.extend(snapshot.releases_of(window.person, window.from)?.into_iter().filter(within));
        }
        Ok(found)
    })?;
    found.sort_by_key(|row| (row.at, row.act));
    found.dedup_by_key(|row| row.act);
    Ok(found)
}

fn must_be(question: &OpenReview, state: ReviewState) -> Result<(), AppError> {
    if question.state == state {
        return Ok(());
    }
    let by = question.decided_by.clone().unwrap_or_default();
    Err(AppError::Answered { accepted: question.state == ReviewState::Accepted, by })
}

fn answer(context: &Context<'_>, question: &OpenReview, state: ReviewState, link_no: Option<i64>) -> Change {
    Change::Review {
        review: question.review,
        expected_version: question.version,
        state,
        decided_by: context.actor.name.clone(),
        link_no,
    }
}
