//! The rows of one person, made of what is held of her. Pure: no store, no clock.

use std::collections::BTreeMap;

use liant_convention::People;
use liant_guard::{NUMBERS, Standings, Subject, UsePlan};
use liant_identity::Searchable;
use liant_model::{Block, Field, IdentityId, PersonId, Source};
use liant_store::directory::{
    FtStock, HeldIdentity, HeldPerson, MadeForm, MadePerson, Situation, SourceMask,
};
use liant_store::{CurrentFact, FollowRole};

/// Takes in what tells a person's standing.
pub(super) fn take_in(standings: &mut Standings, person: PersonId, held: &HeldPerson) {
    for one in &held.identities {
        standings.hold(Subject::Person(person), &one.source, one.identity, !one.left);
    }
    for fact in &held.facts {
        standings.read(fact.identity, &fact.facts);
    }
}

/// The rows of a person.
pub(super) fn made(index: &UsePlan, person: PersonId, standing: People, held: &HeldPerson) -> MadePerson {
    let mut identities: Vec<&HeldIdentity> = held.identities.iter().collect();
    // Of the source identities of one source, one that its stock holds speaks first, and of those the latest.
    identities.sort_by_key(|one| (SourceMask::of(&one.source), one.left, std::cmp::Reverse(one.identity)));
    MadePerson {
        person,
        standing,
        forms: forms(index, &identities, held),
        situation: situation(index, &identities, held),
    }
}

fn fact(held: &HeldPerson, identity: IdentityId, block: Block) -> Option<&CurrentFact> {
    held.facts.iter().find(|fact| fact.identity == identity && fact.block == block)
}

/// Sources that give the same names and commune share a form.
fn forms(index: &UsePlan, identities: &[&HeldIdentity], held: &HeldPerson) -> Vec<MadeForm> {
    let mut forms: Vec<(String, MadeForm)> = Vec::new();
    // Which form each source has.
    let mut places: BTreeMap<SourceMask, usize> = BTreeMap::new();
    for one in identities {
        let mask = SourceMask::of(&one.source);
        let read = fact(held, one.identity, Block::Identity).and_then(|fact| searchable(index, fact));
        let Some((record, commune)) = read.filter(|_| !mask.is_empty()) else { continue };
        let place = places.get(&mask).copied().unwrap_or_else(|| {
            let key = record.sort_key();
            let same = |(known, form): &(String, MadeForm)| *known == key && form.commune == commune;
            forms.iter().position(same).unwrap_or_else(|| {
                let form =
                    MadeForm { sources: SourceMask::NONE, commune: commune.clone(), found_by: Vec::new() };
                forms.push((key, form));
                forms.len() - 1
            })
        });
        places.insert(mask, place);
        if let Some((_, form)) = forms.get_mut(place) {
            form.sources = form.sources.union(mask);
            if !form.found_by.contains(&(mask, record.clone())) {
                form.found_by.push((mask, record));
            }
        }
    }
    forms.into_iter().map(|(_, form)| form).collect()
}

/// What someone is found by, and her commune; nothing when the software may index neither her names nor her birth date.
fn searchable(index: &UsePlan, fact: &CurrentFact) -> Option<(Searchable, String)> {
    index.read(&fact.facts, |reading| {
        let text = |field| reading.get(field).unwrap_or_default();
        let mut record = Searchable::new(
            &text(Field::BirthName),
            &text(Field::MarriedName),
            &text(Field::FirstName),
            &text(Field::BirthDate),
        );
        for field in NUMBERS {
            record.add_number(field.number(), &text(field));
        }
        (record, text(Field::ResidenceCommune))
    })
}

fn situation(index: &UsePlan, identities: &[&HeldIdentity], held: &HeldPerson) -> Situation {
    let of = |source: Source| identities.iter().filter(move |one| one.source == source);
    let read = |one: &&&HeldIdentity, block, field| {
        fact(held, one.identity, block)
            .and_then(|fact| index.read(&fact.facts, |reading| reading.get(field)).flatten())
    };
    // Registered more than once: what holds is the latest registration in the stock.
    let registered = of(Source::FRANCE_TRAVAIL)
        .filter(|one| fact(held, one.identity, Block::Registration).is_some())
        .min_by_key(|one| {
            (one.left, std::cmp::Reverse(read(one, Block::Registration, Field::RegistrationStart)))
        });
    let registration =
        |field| registered.as_ref().and_then(|one| read(one, Block::Registration, field)).unwrap_or_default();
    let since = |one: &&HeldIdentity| {
        let read = |field| read(&one, Block::Rights, field);
        read(Field::BenefitSince).or_else(|| read(Field::RsaRequested))
    };
    let oriented = held.orientations.first();
    let orientation = |field| {
        let read = oriented.and_then(|row| index.read(&row.facts, |reading| reading.get(field)).flatten());
        read.unwrap_or_default()
    };
    let referent = held.follows.iter().find(|follow| follow.role == FollowRole::SocialReferent);
    Situation {
        ft_stock: of(Source::FRANCE_TRAVAIL)
            .map(|one| if one.left { FtStock::Left } else { FtStock::Held })
            .max()
            .unwrap_or_default(),
        registered_on: registration(Field::RegistrationStart),
        category: registration(Field::RegistrationCategory),
        waiting_since: of(Source::CNAF).filter(|one| !one.left).filter_map(since).min().unwrap_or_default(),
        nature: orientation(Field::OrientationNature),
        referent: referent.map(|follow| follow.account),
        happened: held.happened.clone(),
    }
}
