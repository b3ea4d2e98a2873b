//! Finds out who the new identities of a file are, among everyone the store knows.

use std::sync::mpsc::Receiver;

use hashbrown::HashTable;
use liant_convention::UseKind;
use liant_guard::UsePlan;
use liant_identity::{Known, KnownBuilder, Matcher, Matches, Options, Record};
use liant_model::{Block, Facts, Field, IdentityId, Instant, PersonId, Territory};
use zeroize::Zeroize;

use crate::sealing::unseal;
use crate::{AppError, Workplace};

/// Threads that compare.
pub(crate) const THREADS: usize = 2;

/// The fields that recognise a person, in the order of [`NewPeople::push`].
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
#[derive(Default)]
pub(crate) struct NewPeople {
    text: String,
    ends: Vec<[u32; FIELDS.len()]>,
}

impl NewPeople {
    /// How many go together.
    pub(crate) const MOST: usize = 2_000;

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn push<'a>(&mut self, value: impl Fn(Field) -> Option<&'a str>) {
        let mut ends = [0; FIELDS.len()];
        for (end, field) in ends.iter_mut().zip(FIELDS) {
            self.text.push_str(value(field).unwrap_or_default());
            *end = self.text.len() as u32;
        }
        self.ends.push(ends);
    }

    fn records(&self) -> impl Iterator<Item = Record<'_>> {
        let mut start = 0;
        self.ends.iter().map(move |ends| {
            let mut values = [None; FIELDS.len()];
            for (value, end) in values.iter_mut().zip(ends) {
                *value = self.text.get(start..*end as usize).filter(|text| !text.is_empty());
                start = *end as usize;
            }
            record(values)
        })
    }
}

impl Drop for NewPeople {
    fn drop(&mut self) {
        self.text.zeroize();
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

/// Reads everyone the store knows, then matches what comes through `incoming`, about `expected` people, until it
/// closes.
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
    let (known, mut recognised) = everyone(workplace, (territory, now))?;
    let mut matcher = Matcher::new(&known, Options { threads: THREADS, ..Options::default() }, expected);
    for people in std::iter::once(first).chain(incoming.iter()) {
        people.records().for_each(|record| {
            matcher.push(&record);
        });
    }
    recognised.matches = matcher.finish();
    Ok(recognised)
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
    let mut failure = None;
    let plan = UsePlan::compile(&workplace.gate, UseKind::Recognise, territory, now)?;
    workplace.store.read(territory, |snapshot| {
        recognised.links_seen = snapshot.link_moves()?;
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
            let person = people.number(fact.person, &recognised.persons);
            let pushed = plan.read(&fact.facts, |reading| {
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
                known.push_of(&record(values), person);
            });
            if pushed.is_some() {
                recognised.identities.push(fact.identity);
                recognised.persons.push(fact.person);
            }
            Ok(())
        })
    })?;
    if let Some(error) = failure {
        return Err(error);
    }
    Ok((known.freeze(THREADS), recognised))
}
