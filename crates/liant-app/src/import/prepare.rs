//! What can be said of a dossier without knowing any other: its key, the facts of each block, their fingerprints.
//!
//! Pure but for the keys of the blind indexes: the same dossiers give the same batch, on whatever thread.

use liant_flux::{Dossier, Profile};
use liant_model::{Block, Facts, Field, FieldSet};
use liant_vault::Keyring;

use super::batch::{Batch, RecordPlace};
use super::recogniser::FIELDS;
use super::stock::key_hash;
use crate::Workplace;
use crate::fingerprint::Fingerprinter;
use crate::sealing::Sealable;

/// One block of the flow: the fields it carries, and which of them every flow of the source carries.
#[derive(Clone, Debug)]
pub(crate) struct FlowBlock {
    pub(crate) block: Block,
    pub(crate) common: FieldSet,
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
    pub(crate) fn new(workplace: &Workplace, profile: &Profile, allowed: FieldSet) -> Self {
        let source = profile.source();
        let carried: FieldSet = profile.fields().collect();
        let common = workplace.common_fields(source);
        let ever = workplace
            .profiles
            .iter()
            .filter(|profile| profile.source() == source)
            .fold(FieldSet::EMPTY, |all, profile| all.union(profile.fields().collect()));
        let of_block = |block: Block| ever.iter().filter(|field| field.block() == block).collect();
        let blocks = profile
            .blocks()
            .iter()
            .map(|block| FlowBlock { block: *block, common, whole: carried.covers(of_block(*block)) })
            .collect();
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
        for FlowBlock { block, common, .. } in &self.flow.blocks {
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
            let print = self.prints.of(&self.facts, *common, nir.as_ref(), msa.as_ref());
            nir_index = nir_index.or(nir);
            to.push_block(print, &self.facts);
        }
        nir_index
    }
}
