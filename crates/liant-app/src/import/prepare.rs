//! What can be said of a dossier without knowing any other: its key, the facts of each block, their fingerprints.
//!
//! Pure but for the keys of the blind indexes: the same dossiers give the same batch, on whatever thread.

use liant_flux::{Dossier, Profile};
use liant_model::{Block, Facts, Field, FieldSet};
use liant_vault::Keyring;

use super::batch::{Batch, RecordPlace};
use super::recogniser::FIELDS;
use super::stock::key_hash;
use crate::fingerprint::{Fingerprinter, Halves};
use crate::sealing::Sealable;

/// One block of the flow, and which of its fields every flow of the source carries.
#[derive(Clone, Debug)]
pub(crate) struct FlowBlock {
    pub(crate) block: Block,
    pub(crate) halves: Halves,
    /// Whether the flow carries the whole block, as far as any flow of the source does.
    pub(crate) whole: bool,
}

/// What is taken of a flow.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    pub(crate) blocks: Vec<FlowBlock>,
    /// The fields that the flow carries.
    pub(crate) carried: FieldSet,
    /// The fields that its clause lets in.
    pub(crate) allowed: FieldSet,
}

impl Flow {
    /// What is taken of `profile`, one of `profiles`; `common` are the fields that every flow of its source carries.
    pub(crate) fn new(profile: &Profile, profiles: &[Profile], common: FieldSet, allowed: FieldSet) -> Self {
        let carried: FieldSet = profile.fields().collect();
        let ever = profiles
            .iter()
            .filter(|other| other.source() == profile.source())
            .fold(FieldSet::EMPTY, |all, other| all.union(other.fields().collect()));
        let blocks = profile.blocks().iter().map(|block| {
            let of_block = |fields: FieldSet| -> FieldSet {
                fields.iter().filter(|field| field.block() == *block).collect()
            };
            FlowBlock {
                block: *block,
                halves: Halves::new(of_block(carried), common),
                whole: carried.covers(of_block(ever)),
            }
        });
        let blocks = blocks.collect();
        Self { blocks, carried, allowed }
    }
}

/// Prepares dossiers, one at a time; its memory serves again.
pub(crate) struct Preparer<'a> {
    flow: Flow,
    keys: &'a Keyring,
    facts: Facts,
    prints: Fingerprinter,
}

impl<'a> Preparer<'a> {
    pub(crate) fn new(flow: &Flow, keys: &'a Keyring) -> Self {
        Self { flow: flow.clone(), keys, facts: Facts::new(), prints: Fingerprinter::default() }
    }

    /// Adds a dossier to the batch.
    pub(crate) fn prepare(&mut self, dossier: &Dossier<'_>, to: &mut Batch) {
        let place = RecordPlace { number: dossier.number(), offset: dossier.offset(), line: dossier.line() };
        let key = dossier.own_key().map(key_hash);
        match (dossier.own_key(), key) {
            (Some(own_key), Some(key)) if !dossier.is_rejected() => {
                let nir_index = self.prepare_sound(dossier, own_key, to);
                to.end_sound(place, key, nir_index);
            }
            _ => to.push_rejected(place, key, dossier.problems()),
        }
    }

    /// Adds the words and the blocks. Gives the blind index of the NIR.
    fn prepare_sound(&mut self, dossier: &Dossier<'_>, own_key: &str, to: &mut Batch) -> Option<[u8; 16]> {
        let allowed = self.flow.allowed;
        let value = |field| if allowed.contains(field) { dossier.value(field) } else { None };
        to.push_words(own_key, value(Field::MsaIdentifier), FIELDS.map(value));
        let sealable = Sealable { nir: value(Field::Nir), msa: value(Field::MsaIdentifier) };
        let mut nir_index = None;
        for FlowBlock { block, halves, .. } in &self.flow.blocks {
            dossier.facts(*block, &mut self.facts);
            if !allowed.covers(self.flow.carried) {
                self.facts = self.facts.only(allowed);
            }
            let [nir, msa] = match block {
                Block::Identity => {
                    sealable.indexes(self.keys).map(|index| index.map(|index| *index.as_bytes()))
                }
                _ => [None, None],
            };
            let print = self.prints.of(&self.facts, *halves, nir.as_ref(), msa.as_ref());
            nir_index = nir_index.or(nir);
            to.push_block(print, &self.facts);
        }
        nir_index
    }
}

#[cfg(test)]
pub(super) mod tests {
    use liant_flux::{ReadOptions, Reader};
    use liant_model::{CodeLists, Date, Instant, Territory};
    use liant_sample::{Defect, SampleKind, SampleOptions, sample};

    use super::super::batch::Content;
    use super::*;

    pub(in super::super) fn profile(name: &str) -> Profile {
        Profile::shipped(name).unwrap()
    }

    /// PECGM as one of two flows of its source.
    pub(in super::super) fn flow(allowed: FieldSet) -> Flow {
        let profiles = [profile("PECGM"), profile("PECDH")];
        let [monthly, weekly] = &profiles;
        let common = monthly.fields().filter(|field| weekly.fields().any(|other| other == *field)).collect();
        Flow::new(monthly, &profiles, common, allowed)
    }

    pub(in super::super) fn keys() -> Keyring {
        Keyring::generate(Instant::from_micros(0)).unwrap()
    }

    pub(in super::super) fn options() -> ReadOptions {
        ReadOptions { leave_out_known_labels: true, ..ReadOptions::default() }
    }

    pub(in super::super) fn reader<'a>(profile: &Profile, file: &'a [u8]) -> Reader<&'a [u8]> {
        Reader::open(file, profile, &CodeLists::shipped().unwrap(), &options()).unwrap()
    }

    /// A file of which some records are odd.
    pub(in super::super) fn file(kind: SampleKind, records: u64, defects: &[Defect]) -> Vec<u8> {
        let sound = SampleOptions::new(Territory::parse("62").unwrap(), Date::constant(2025, 3, 1));
        let options = defects.iter().fold(sound, |options, defect| options.with(*defect));
        let mut bytes = Vec::new();
        sample(kind, records, 7, &mut bytes, &options).unwrap();
        bytes
    }

    /// Reads a file on this thread alone.
    fn prepared(profile: &Profile, flow: &Flow, keys: &Keyring, file: &[u8]) -> Batch {
        let mut reader = reader(profile, file);
        let (mut preparer, mut batch) = (Preparer::new(flow, keys), Batch::default());
        while let Some(dossier) = reader.next_dossier().unwrap() {
            preparer.prepare(&dossier, &mut batch);
        }
        batch
    }

    /// Everything that a batch tells.
    pub(in super::super) fn told(batch: &Batch) -> Vec<String> {
        batch
            .dossiers()
            .map(|prepared| match prepared.content {
                Content::Rejected(key, problems) => format!("{:?} {key:?} {problems:?}", prepared.place),
                Content::Sound(dossier) => format!(
                    "{:?} {:?} {} {:?} {:?} {:?} {:?} {:?}",
                    prepared.place,
                    dossier.key,
                    dossier.own_key,
                    dossier.sealable.nir,
                    dossier.sealable.msa,
                    dossier.recognisable(),
                    dossier.nir_index,
                    dossier.blocks().collect::<Vec<_>>(),
                ),
            })
            .collect()
    }

    #[test]
    fn a_dossier_is_prepared_as_it_reads() {
        let (profile, keys, flow) = (profile("PECGM"), keys(), flow(FieldSet::all()));
        // Every seventh lacks a name, without which it does not count.
        let text: String = file(SampleKind::Pecgm, 60, &[]).into_iter().map(char::from).collect();
        let records = text.split_inclusive("</dossier>").enumerate();
        let spoil = |(number, record): (usize, &str)| match number % 7 {
            6 => record.replace("nom-naissance>", "autre>"),
            _ => record.to_owned(),
        };
        let file: Vec<u8> = records.map(spoil).collect::<String>().chars().map(|c| c as u8).collect();
        let batch = prepared(&profile, &flow, &keys, &file);
        let mut reader = reader(&profile, &file);
        let (mut rejected, mut facts, mut sealed) = (0, Facts::new(), 0);
        for prepared in batch.dossiers() {
            let dossier = reader.next_dossier().unwrap().unwrap();
            let place =
                RecordPlace { number: dossier.number(), offset: dossier.offset(), line: dossier.line() };
            assert_eq!(prepared.place, place);
            match prepared.content {
                Content::Rejected(key, problems) => {
                    rejected += 1;
                    assert_eq!(key, dossier.own_key().map(key_hash));
                    assert_eq!(problems, dossier.problems());
                }
                Content::Sound(sound) => {
                    assert_eq!(Some(sound.own_key), dossier.own_key());
                    assert_eq!(sound.key, key_hash(sound.own_key));
                    assert_eq!(sound.recognisable(), FIELDS.map(|field| dossier.value(field)));
                    assert_eq!(sound.sealable.nir, dossier.value(Field::Nir));
                    assert_eq!(sound.nir_index.is_some(), sound.sealable.nir.is_some());
                    sealed += usize::from(sound.nir_index.is_some());
                    assert_eq!(sound.blocks().count(), profile.blocks().len());
                    for ((_, coded), block) in sound.blocks().zip(profile.blocks()) {
                        dossier.facts(*block, &mut facts);
                        assert_eq!(coded, facts.as_bytes(), "{block:?} of {place:?}");
                    }
                }
            }
        }
        assert!(reader.next_dossier().unwrap().is_none(), "the batch ends before the file");
        assert_eq!(rejected, 8);
        assert!(sealed > 20, "{sealed}");
    }

    #[test]
    fn what_the_clause_does_not_let_in_is_nowhere() {
        let (profile, keys) = (profile("PECGM"), keys());
        let file = file(SampleKind::Pecgm, 40, &[]);
        let kept = FieldSet::EMPTY.with(Field::FirstName).with(Field::BirthDate);
        let narrow = prepared(&profile, &flow(kept), &keys, &file);
        let whole = prepared(&profile, &flow(FieldSet::all()), &keys, &file);
        for (narrow, whole) in narrow.dossiers().zip(whole.dossiers()) {
            let (Content::Sound(narrow), Content::Sound(whole)) = (narrow.content, whole.content) else {
                panic!("a sound dossier is set aside")
            };
            assert!(narrow.sealable.is_empty() && narrow.nir_index.is_none());
            let values = FIELDS.into_iter().zip(narrow.recognisable()).zip(whole.recognisable());
            for ((field, narrow), whole) in values {
                assert_eq!(narrow, whole.filter(|_| kept.contains(field)), "{field:?}");
            }
            for ((_, narrow), (_, whole)) in narrow.blocks().zip(whole.blocks()) {
                let whole = Facts::from_bytes(whole.to_vec()).unwrap();
                assert_eq!(narrow, whole.only(kept).as_bytes());
            }
        }
    }

    #[test]
    fn a_cleared_batch_serves_again() {
        let (profile, keys, flow) = (profile("PECGM"), keys(), flow(FieldSet::all()));
        let (long, short) = (file(SampleKind::Pecgm, 30, &[]), file(SampleKind::Pecgm, 5, &[]));
        let mut batch = prepared(&profile, &flow, &keys, &long);
        batch.clear();
        assert_eq!(batch.dossiers().count(), 0);
        let mut reader = reader(&profile, &short);
        let mut preparer = Preparer::new(&flow, &keys);
        while let Some(dossier) = reader.next_dossier().unwrap() {
            preparer.prepare(&dossier, &mut batch);
        }
        assert_eq!(told(&batch), told(&prepared(&profile, &flow, &keys, &short)));
    }
}
