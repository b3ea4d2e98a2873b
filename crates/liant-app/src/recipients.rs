//! What the store holds of people, for the guard to find their standing: who is an RSA recipient (*bénéficiaire du RSA*),
//! who is one in course (*en cours*). The rule is the guard's; this module sees to it that everything is taken in.

use liant_guard::Subject;
use liant_model::{Block, PersonId, Source};
use liant_store::{CurrentFact, Snapshot, StoreError};

use crate::positions::Positions;

/// Takes in all that the store holds of one person; gives her facts, still sealed.
pub(crate) fn gather(
    snapshot: &mut Snapshot<'_>,
    positions: &mut Positions,
    person: PersonId,
) -> Result<Vec<CurrentFact>, StoreError> {
    let mut facts = Vec::new();
    for link in snapshot.links_of_person(person)? {
        if let Some((source, current)) = snapshot.identity(link.identity)? {
            positions.standings.hold(Subject::Person(person), &source, link.identity, !current.left);
        }
        for fact in snapshot.facts(link.identity)? {
            positions.standings.read(fact.identity, &fact.facts);
            facts.push(fact);
        }
    }
    positions.place_each(snapshot, &[person])?;
    Ok(facts)
}

/// Takes in everyone of the territory whom a stock holds now. Whoever has left France Travail's stock and is in no
/// other is not found by it to be a recipient: nobody in course is missed.
pub(crate) fn gather_all(snapshot: &mut Snapshot<'_>, positions: &mut Positions) -> Result<(), StoreError> {
    let mut people = Vec::new();
    for source in [Source::CNAF, Source::FRANCE_TRAVAIL] {
        snapshot.present(&source, |identity, _, person| {
            people.push(person);
            positions.standings.hold(Subject::Person(person), &source, identity, true);
            Ok(())
        })?;
    }
    for block in [Block::Rights, Block::Household] {
        snapshot.block_of_all(block, |fact| {
            positions.standings.read(fact.identity, &fact.facts);
            Ok(())
        })?;
    }
    people.sort_unstable();
    people.dedup();
    positions.place_all(snapshot, &people)
}
