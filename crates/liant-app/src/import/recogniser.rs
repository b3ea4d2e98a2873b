//! Finds out who the new identities of a file are, among everyone the store knows.

use std::sync::mpsc::{Receiver, channel, sync_channel};

use hashbrown::HashTable;
use liant_convention::UseKind;
use liant_guard::UsePlan;
use liant_identity::{Known, KnownBuilder, Matcher, Matches, Newcomers, Options, Record};
use liant_model::{Block, Facts, Field, IdentityId, Instant, PersonId, Territory};

use super::words::Words;
use crate::sealing::unseal;
use crate::{AppError, Workplace};

/// Threads that compare.
pub(crate) const THREADS: usize = 2;

/// The fields that recognise a person, the NIR first.
pub(crate) const FIELDS: [Field; 9] = [
    Field::Nir,
    Field::BirthName,
    Field::MarriedName,
    Field::FirstName,
    Field::BirthDate,
    Field::ResidenceCommune,
    Field::CafIdentifier,
    Field::FtRegion,
    Field::FtIdentifier,
];

/// Identities to recognise, on their way from the reader to the recogniser. Wiped when dropped.
pub(crate) struct NewPeople {
    words: Words,
    len: usize,
}

impl NewPeople {
    /// How many go together at most.
    const MOST: usize = 2_000;
    /// Bytes of their values that go together, and those that one more may take without being moved.
    const BYTES: usize = 1 << 17;
    const ROOM: usize = 1 << 10;

    pub(crate) fn new() -> Self {
        Self { words: Words::with_capacity(Self::BYTES, Self::MOST * FIELDS.len()), len: 0 }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Whether it is time to send them on.
    pub(crate) fn is_full(&self) -> bool {
        self.len >= Self::MOST || self.words.bytes() + Self::ROOM > Self::BYTES
    }

    /// Adds a person by the values of [`FIELDS`].
    pub(crate) fn push(&mut self, values: [Option<&str>; FIELDS.len()]) {
        for value in values {
            self.words.push(value);
        }
        self.len += 1;
    }

    fn records(&self) -> impl Iterator<Item = Record<'_>> {
        let mut words = self.words.read();
        (0..self.len).map(move |_| record(words.next_of()))
    }
}

fn record(values: [Option<&str>; FIELDS.len()]) -> Record<'_> {
    let [nir, birth_name, usage_name, first_name, birth_date, commune, caf, ft_region, ft_id] = values;
    Record { nir, birth_name, usage_name, first_name, birth_date, commune, caf, ft_region, ft_id }
}

/// Whom the new identities were found to be.
#[derive(Default)]
pub(crate) struct Recognised {
    pub(crate) matches: Matches,
    /// Source identity of each known record, by its ordinal in the matches.
    pub(crate) identities: Vec<IdentityId>,
    /// Person of each known record.
    pub(crate) persons: Vec<PersonId>,
    /// How many times a human had moved a link when they were read.
    pub(crate) links_seen: i64,
}

/// New people are few when there are so many times more known records: then these pass by once, and are not indexed.
const FEW: usize = 16;

/// Matches what comes through `incoming`, about `expected` people, until it closes, with everyone the store knows.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the bare method is not general over lifetimes"
)]
pub(crate) fn recognise(
    workplace: &Workplace,
    (territory, now): (Territory, Instant),
    expected: usize,
    incoming: &Receiver<NewPeople>,
) -> Result<Recognised, AppError> {
    // Most weekly files bring nobody new: then nobody is read.
    let Ok(first) = incoming.recv() else {
        let links_seen = workplace.store.read(territory, |snapshot| snapshot.link_moves())?;
        return Ok(Recognised { links_seen, ..Recognised::default() });
    };
    let known = workplace.store.read(territory, |snapshot| snapshot.identity_count())?;
    let mut few = known / FEW;
    let mut waiting = vec![first];
    while let Some(room) = few.checked_sub(waiting.last().map_or(0, NewPeople::len)) {
        few = room;
        match incoming.recv() {
            Ok(people) => waiting.push(people),
            Err(_) => return meet_everyone(workplace, (territory, now), waiting, known),
        }
    }
    // Everyone is read while the reader goes on: what it finds meanwhile waits here, at most the people of one file.
    let (to_matcher, people) = channel();
    std::thread::scope(|scope| {
        let matcher = scope.spawn(|| index_everyone(workplace, (territory, now), expected, people));
        for people in waiting.into_iter().chain(incoming.iter()) {
            if to_matcher.send(people).is_err() {
                break;
            }
        }
        drop(to_matcher);
        matcher.join().unwrap_or_else(|_| Err(AppError::Internal("the matcher failed".into())))
    })
}

/// Indexes everyone the store knows, then matches the new people as they come.
fn index_everyone(
    workplace: &Workplace,
    (territory, now): (Territory, Instant),
    expected: usize,
    incoming: Receiver<NewPeople>,
) -> Result<Recognised, AppError> {
    let (known, mut recognised) = everyone(workplace, (territory, now))?;
    let mut matcher = Matcher::new(&known, Options { threads: THREADS, ..Options::default() }, expected);
    for people in incoming {
        people.records().for_each(|record| {
            matcher.push(&record);
        });
    }
    recognised.matches = matcher.finish();
    Ok(recognised)
}

/// Lets everyone the store knows, about `expected` records, pass by the new people, who are few. One thread reads, the
/// other compares.
fn meet_everyone(
    workplace: &Workplace,
    (territory, now): (Territory, Instant),
    new: Vec<NewPeople>,
    expected: usize,
) -> Result<Recognised, AppError> {
    let mut newcomers = Newcomers::with_capacity(new.iter().map(NewPeople::len).sum());
    for people in new {
        people.records().for_each(|record| {
            newcomers.push(&record);
        });
    }
    let mut passing = newcomers.meet(expected);
    let mut recognised = Recognised::default();
    let (to_passing, parts) = sync_channel::<KnownPart>(PARTS_UNDER_WAY);
    recognised.links_seen = std::thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let mut part = KnownPart::new();
            let links_seen = each_known(workplace, (territory, now), |identity, person, values| {
                part.people.push(values);
                part.ids.push((identity, person));
                if part.people.is_full() {
                    // A comparer that ended is heard of when it is joined.
                    let _ = to_passing.send(std::mem::replace(&mut part, KnownPart::new()));
                }
            })?;
            let _ = to_passing.send(part);
            Ok(links_seen)
        });
        for part in parts {
            for (record, (identity, person)) in part.people.records().zip(&part.ids) {
                if passing.push_of(&record, key_of(*person)).is_some() {
                    recognised.identities.push(*identity);
                    recognised.persons.push(*person);
                }
            }
        }
        reader.join().unwrap_or_else(|_| Err(AppError::Internal("reading everyone failed".into())))
    })?;
    recognised.matches = passing.finish(&Options { threads: THREADS, ..Options::default() });
    Ok(recognised)
}

/// Known records on their way from the thread that reads them.
struct KnownPart {
    people: NewPeople,
    ids: Vec<(IdentityId, PersonId)>,
}

impl KnownPart {
    fn new() -> Self {
        Self { people: NewPeople::new(), ids: Vec::new() }
    }
}

/// Parts read and not yet compared.
const PARTS_UNDER_WAY: usize = 4;

/// A person as one word.
fn key_of(person: PersonId) -> u64 {
    let (high, low) = person.0.as_u64_pair();
    mixed(high ^ mixed(low))
}

/// Numbers people by the first record of each: five bytes a person, where a map of ids takes forty.
struct PeopleNumbers(HashTable<u32>);

impl PeopleNumbers {
    /// The number of the person of the record to come, which is the next of `persons`.
    fn number(&mut self, person: PersonId, persons: &[PersonId]) -> u32 {
        // The end of a UUIDv7 made in bulk is shared; its counter is what differs.
        let hash = |person: PersonId| (person.0.as_u128() >> 32) as u64;
        let next = persons.len() as u32;
        let same = |number: &u32| persons.get(*number as usize) == Some(&person);
        if let Some(number) = self.0.find(mixed(hash(person)), same) {
            return *number;
        }
        let of =
            |number: &u32| mixed(persons.get(*number as usize).map_or(hash(person), |person| hash(*person)));
        self.0.insert_unique(mixed(hash(person)), next, of);
        next
    }
}

/// Spreads a counter over the whole word (the finaliser of SplitMix64).
fn mixed(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// Everyone the store knows, ready to be matched, with the source identity and the person of each.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the bare method is not general over lifetimes"
)]
pub(crate) fn everyone(
    workplace: &Workplace,
    (territory, now): (Territory, Instant),
) -> Result<(Known, Recognised), AppError> {
    let mut recognised = Recognised::default();
    let counts = workplace.store.read(territory, |snapshot| snapshot.identity_count())?;
    let mut known = KnownBuilder::with_capacity(counts);
    recognised.identities.reserve_exact(counts);
    recognised.persons.reserve_exact(counts);
    let mut people = PeopleNumbers(HashTable::with_capacity(counts));
    recognised.links_seen = each_known(workplace, (territory, now), |identity, person, values| {
        let number = people.number(person, &recognised.persons);
        known.push_of(&record(values), number);
        recognised.identities.push(identity);
        recognised.persons.push(person);
    })?;
    Ok((known.freeze(THREADS), recognised))
}

/// Reads every record that the software may use to recognise people, in the order of their identities, and gives how many
/// times a human had moved a link.
fn each_known(
    workplace: &Workplace,
    (territory, now): (Territory, Instant),
    mut each: impl FnMut(IdentityId, PersonId, [Option<&str>; FIELDS.len()]),
) -> Result<i64, AppError> {
    let mut failure = None;
    let plan = UsePlan::compile(&*workplace.gate(territory)?, UseKind::Recognise, territory, now)?;
    let links_seen = workplace.store.read(territory, |snapshot| {
        let links_seen = snapshot.link_moves()?;
        snapshot.block_of_all(Block::Identity, |fact| {
            let may_use_nir = plan.fields(fact.facts.source()).contains(Field::Nir);
            let sealed = fact
                .sealed
                .as_deref()
                .filter(|_| may_use_nir)
                .map(|sealed| unseal(&workplace.keys, territory, fact.identity, sealed));
            let opened = match sealed.transpose() {
                Ok(opened) => opened,
                Err(error) => {
                    failure.get_or_insert(error);
                    return Ok(());
                }
            };
            let nir = opened.as_ref().and_then(|bytes| Facts::text_in(bytes, Field::Nir));
            plan.read(&fact.facts, |reading| {
                let date = reading.get(Field::BirthDate);
                let mut values = [None; FIELDS.len()];
                for (slot, field) in values.iter_mut().zip(FIELDS) {
                    *slot = match field {
                        Field::Nir => nir,
                        Field::BirthDate => date.as_deref(),
                        _ => None,
                    };
                }
                for (field, text) in reading.texts() {
                    if let Some(slot) = FIELDS.iter().position(|wanted| *wanted == field)
                        && let Some(slot) = values.get_mut(slot)
                    {
                        *slot = Some(text);
                    }
                }
                each(fact.identity, fact.person, values);
            });
            Ok(())
        })?;
        Ok(links_seen)
    })?;
    failure.map_or(Ok(links_seen), Err)
}
