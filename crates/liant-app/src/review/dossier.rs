//! One newcomer and whom she may be, side by side, with what would follow from each answer.

use std::collections::HashMap;

use liant_convention::Channel;
use liant_identity::fold_name;
use liant_model::{Field, FieldType, IdentityId, Instant, Lang, PersonId, ReviewId};
use liant_store::{OpenReview, PersonLink, ReviewState, Snapshot, StoreError};

use super::{Side, current_link, explain};
use crate::sides::Sides;
use crate::{AppError, Context, Workplace, access, positions, trail, values};

/// How a question was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Whether both were found to be one person.
    pub accepted: bool,
    /// By whom: her name, or her account.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// Whether two values say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// They contradict each other.
    Different,
    /// But for case, accents and signs.
    Alike,
    /// Letter by letter.
    Same,
    /// One side says nothing.
    OneSide,
}

/// One line of the comparison.
#[derive(Clone, Debug)]
pub struct Line {
    /// The datum.
    pub field: Field,
    /// What the newcomer's source says, in words.
    pub newcomer: Option<String>,
    /// What the candidate's source says, in words.
    pub candidate: Option<String>,
    /// Whether both say the same.
    pub agreement: Agreement,
}

/// Someone whom the newcomer may be.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The question.
    pub review: ReviewId,
    /// Odds that both are one person, as a base-2 logarithm.
    pub score: f64,
    /// Why the machine hesitates, in words.
    pub reason: String,
    /// Her record.
    pub record: Side,
    /// Both records, field by field: what differs first.
    pub lines: Vec<Line>,
    /// The other records gathered in her, as far as the actor may see them.
    pub gathered: Vec<Side>,
    /// Whether both are one person already.
    pub together: bool,
    /// Whether each of the two persons has an orientation decision: the later would hold.
    pub both_oriented: bool,
    /// How the question was answered, if it was.
    pub answered: Option<Answered>,
    /// What this was decided upon: to be given back with the answer.
    pub seen: String,
}

/// A newcomer and whom she may be.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The newcomer.
    pub newcomer: Side,
    /// The other records gathered in her: they would come along.
    pub gathered: Vec<Side>,
    /// Whom she may be: open questions first, then the likeliest.
    pub candidates: Vec<Candidate>,
    /// The next newcomer of the queue.
    pub next: Option<ReviewId>,
    /// The file that raised the question: flow and date.
    pub file: Option<(String, String)>,
    /// When it was asked.
    pub at: Instant,
}

/// What was read of one question, still sealed.
struct Read {
    review: OpenReview,
    own: PersonLink,
    theirs: PersonLink,
    own_gathered: Vec<IdentityId>,
    their_gathered: Vec<IdentityId>,
    both_oriented: bool,
}

/// A question, with all the questions about the same newcomer.
///
/// # Errors
/// When there is no such question to see, or the gate refuses.
pub fn dossier(
    context: &Context<'_>,
    workplace: &Workplace,
    review: ReviewId,
    lang: Lang,
) -> Result<Dossier, AppError> {
    let plan = access::plan_near(context, workplace, Channel::Screen)?;
    let mut sides = Sides::new(&plan, positions::positions(context, workplace)?);
    let (read, next, file) = workplace.store.read(context.territory, |snapshot| {
        let Some(asked) = snapshot.review(review)? else { return Ok((Vec::new(), None, None)) };
        let mut read = Vec::new();
        for one in snapshot.reviews_of(asked.identity)? {
            if sides.are_seen(snapshot, &one)? {
                read.push(read_one(snapshot, &mut sides, one)?);
            }
        }
        let next = next_after(snapshot, &mut sides, &asked)?;
        let file = snapshot.batches()?.into_iter().find(|row| row.batch == asked.batch);
        Ok((read, next, file.map(|row| (row.flow, row.reference_date))))
    })?;
    if !read.iter().any(|one| one.review.review == review) {
        return Err(AppError::Absent("question of identity"));
    }
    let identities = read.iter().flat_map(|one| {
        let both = [one.review.identity, one.review.candidate];
        both.into_iter().chain(one.own_gathered.iter().chain(&one.their_gathered).copied())
    });
    let shown = sides.open(context, workplace, identities.collect())?;
    let deciders = read.iter().filter_map(|one| one.review.decided_by.clone()).collect::<Vec<_>>();
    let names = trail::names(workplace, context.territory, &deciders)?;
    let first = read.first().ok_or(AppError::Absent("question of identity"))?;
    let newcomer =
        shown.get(&first.review.identity).cloned().ok_or(AppError::Absent("question of identity"))?;
    let gathered = all(&shown, &first.own_gathered);
    let at = super::queue::asked_at(review);
    let mut candidates: Vec<Candidate> =
        read.iter().filter_map(|one| candidate(workplace, one, &newcomer, &shown, &names, lang)).collect();
    candidates.sort_by(|one, other| {
        let open = one.answered.is_some().cmp(&other.answered.is_some());
        open.then(other.score.total_cmp(&one.score))
    });
    Ok(Dossier { newcomer, gathered, candidates, next, file, at })
}

fn read_one(
    snapshot: &mut Snapshot<'_>,
    sides: &mut Sides<'_>,
    review: OpenReview,
) -> Result<Read, StoreError> {
    let own = current_link(snapshot, review.identity)?;
    let theirs = current_link(snapshot, review.candidate)?;
    let mut others = |person, but: &[IdentityId]| {
        let mut seen = Vec::new();
        for link in snapshot.links_of_person(person)? {
            if !but.contains(&link.identity) && sides.is_seen(snapshot, link.identity)? {
                seen.push(link.identity);
            }
        }
        Ok::<_, StoreError>(seen)
    };
    let two = [review.identity, review.candidate];
    let (own_gathered, their_gathered) = (others(own.person, &two)?, others(theirs.person, &two)?);
    let both_oriented = own.person != theirs.person
        && !snapshot.orientations_of(own.person)?.is_empty()
        && !snapshot.orientations_of(theirs.person)?.is_empty();
    Ok(Read { review, own, theirs, own_gathered, their_gathered, both_oriented })
}

/// What an answer is decided upon: the version of the question, and the links of both sides.
pub(super) fn seen(review: &OpenReview, own: &PersonLink, theirs: &PersonLink) -> String {
    format!("{}-{}-{}", review.version, own.link_no, theirs.link_no)
}

/// The next open question about another newcomer: after this one in the queue, else from its beginning.
fn next_after(
    snapshot: &mut Snapshot<'_>,
    sides: &mut Sides<'_>,
    this: &OpenReview,
) -> Result<Option<ReviewId>, StoreError> {
    let open = snapshot.reviews(ReviewState::Open)?;
    let place = |review: &OpenReview| (review.batch, review.identity) > (this.batch, this.identity);
    let (before, after): (Vec<_>, Vec<_>) =
        open.into_iter().filter(|review| review.identity != this.identity).partition(|review| !place(review));
    for review in after.iter().chain(&before) {
        if sides.are_seen(snapshot, review)? {
            return Ok(Some(review.review));
        }
    }
    Ok(None)
}

fn all(shown: &HashMap<IdentityId, Side>, identities: &[IdentityId]) -> Vec<Side> {
    identities.iter().filter_map(|identity| shown.get(identity).cloned()).collect()
}

fn candidate(
    workplace: &Workplace,
    read: &Read,
    newcomer: &Side,
    shown: &HashMap<IdentityId, Side>,
    names: &HashMap<String, String>,
    lang: Lang,
) -> Option<Candidate> {
    let review = &read.review;
    let record = shown.get(&review.candidate)?.clone();
    let answered = (review.state != ReviewState::Open).then(|| {
        let by = review.decided_by.clone().unwrap_or_default();
        Answered {
            accepted: review.state == ReviewState::Accepted,
            by: names.get(&by).cloned().unwrap_or(by),
            at: review.decided_at.unwrap_or(Instant::from_micros(0)),
        }
    });
    Some(Candidate {
        review: review.review,
        score: review.score,
        reason: explain(&review.evidence, lang),
        lines: lines(workplace, newcomer, &record, lang),
        record,
        gathered: all(shown, &read.their_gathered),
        together: read.own.person == read.theirs.person,
        both_oriented: read.both_oriented,
        answered,
        seen: seen(review, &read.own, &read.theirs),
    })
}

fn lines(workplace: &Workplace, newcomer: &Side, candidate: &Side, lang: Lang) -> Vec<Line> {
    let words = |field, value: &str| values::in_words(&workplace.lists, lang, field, value, None);
    let mut lines: Vec<Line> = Field::all()
        .filter_map(|field| {
            let (left, right) = (newcomer.get(field), candidate.get(field));
            (left.is_some() || right.is_some()).then(|| Line {
                field,
                newcomer: left.map(|value| words(field, value)),
                candidate: right.map(|value| words(field, value)),
                agreement: agreement(field, left, right),
            })
        })
        .collect();
    // What speaks against comes first.
    lines.sort_by_key(|line| line.agreement);
    lines
}

/// Whether two values of a field say the same.
fn agreement(field: Field, one: Option<&str>, other: Option<&str>) -> Agreement {
    let (Some(one), Some(other)) = (one, other) else { return Agreement::OneSide };
    if one == other {
        Agreement::Same
    } else if field.field_type() == FieldType::Text && fold_name(one) == fold_name(other) {
        Agreement::Alike
    } else {
        Agreement::Different
    }
}

/// Who a person is again after an undo, and what was released meanwhile.
#[derive(Clone, Debug)]
pub struct Parted {
    /// The person she is now.
    pub person: PersonId,
    /// The person she was linked to.
    pub before: PersonId,
    /// From when.
    pub from: Instant,
    /// Until when.
    pub to: Instant,
    /// The record that was parted.
    pub record: Side,
    /// What was released of the person she was linked to.
    pub disclosures: Vec<super::Disclosure>,
}

/// What was released through the last link of a source identity that was undone.
///
/// # Errors
/// When there is no such identity to see, none of her links was undone, or the gate refuses.
pub fn parted(
    context: &Context<'_>,
    workplace: &Workplace,
    identity: IdentityId,
) -> Result<Parted, AppError> {
    let plan = access::plan_near(context, workplace, Channel::Screen)?;
    let mut sides = Sides::new(&plan, positions::positions(context, workplace)?);
    let links = workplace.store.read(context.territory, |snapshot| {
        if sides.is_seen(snapshot, identity)? { snapshot.links_of_identity(identity) } else { Ok(Vec::new()) }
    })?;
    let absent = || AppError::Absent("link that was undone");
    let now = links.iter().rfind(|link| link.ended_at.is_none()).ok_or_else(absent)?;
    let before = links.iter().rfind(|link| link.ended_at.is_some()).ok_or_else(absent)?;
    let window = super::Window { person: before.person, from: before.made_at, to: before.ended_at };
    let mut disclosures = super::disclosures_of(context, workplace, &[window])?;
    trail::name_actors(context, workplace, &mut disclosures)?;
    let record = sides.open(context, workplace, vec![identity])?.remove(&identity).ok_or_else(absent)?;
    Ok(Parted {
        person: now.person,
        before: before.person,
        from: before.made_at,
        to: before.ended_at.unwrap_or(now.made_at),
        record,
        disclosures,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_are_no_difference_and_dates_are() {
        for (field, one, other, expected) in [
            (Field::FirstName, Some("Léa"), Some("LEA"), Agreement::Alike),
            (Field::FirstName, Some("Léa"), Some("Léa"), Agreement::Same),
            (Field::FirstName, Some("Léa"), Some("Lou"), Agreement::Different),
            (Field::BirthDate, Some("1980-01-01"), Some("1980-01-10"), Agreement::Different),
            (Field::BirthName, None, Some("X"), Agreement::OneSide),
        ] {
            assert_eq!(agreement(field, one, other), expected, "{field}");
        }
    }
}
