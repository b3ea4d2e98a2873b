//! Record by record: what is new, what changed, what is set aside.

use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender};

use liant_convention::UseKind;
use liant_flux::{Diagnostic, Dossier, Place as FilePlace, Reader};
use liant_guard::UsePlan;
use liant_model::{Block, BulkIds, Facts, Field, FieldSet, IdentityId, Lang};
use liant_store::{Chunk, IdentityRow, NirRow, RejectRow};
use zeroize::Zeroizing;

use super::ImportRequest;
use super::batch::{Batch, Content, Prepared, RecordPlace, Sound};
use super::file::{WatchedFile, refusal};
use super::parsers::{Sharing, each_batch};
use super::prepare::{Flow, FlowBlock, Preparer};
use super::recogniser::NewPeople;
use super::report::ImportReport;
use super::stock::{Place, Stock};
use crate::context::random;
use crate::fingerprint::Fingerprint;
use crate::rights::erasure::marks::KeptOut;
use crate::sealing::{Sealable, unseal};
use crate::{AppError, Context, Workplace};

/// Where the reader sends what it finds.
pub(crate) struct Channels<'a> {
    pub(crate) to_writer: &'a SyncSender<Chunk>,
    pub(crate) emptied: &'a Receiver<Chunk>,
    pub(crate) to_recogniser: SyncSender<NewPeople>,
}

/// The state of reading one file.
pub(crate) struct Reading<'a> {
    context: &'a Context<'a>,
    workplace: &'a Workplace,
    request: ImportRequest<'a>,
    flow: Flow,
    keeping: UsePlan,
    stock: Stock,
    /// Whom the file does not bring back.
    kept_out: KeptOut,
    pub(super) ids: BulkIds,
    /// New identities in the order they were sent to the recogniser.
    pub(super) new: Vec<IdentityId>,
    pub(super) chunk: Chunk,
    /// Blind indexes of the NIRs of this file, to be written in their order.
    pub(super) nirs: Vec<NirRow>,
    people: NewPeople,
    /// How many times a human had moved a link when people were recognised.
    pub(crate) links_seen: i64,
    pub(crate) report: ImportReport,
    /// The last record that was set aside, and how many problems of it are kept.
    set_aside: (u64, u32),
}

/// The writer or the recogniser has ended before its time: it says why when it is joined.
fn ended<T>(_: T) -> AppError {
    AppError::Internal("a thread of the import has ended early".to_owned())
}

/// Coded facts of a batch as facts.
fn facts_of(coded: &[u8]) -> Result<Facts, AppError> {
    Facts::from_bytes(coded.to_vec()).map_err(|error| AppError::Internal(error.to_string()))
}

/// Whether the flow says nothing of a block.
fn is_empty(dossier: &Sound<'_>, block: Block, facts: &[u8]) -> bool {
    facts.is_empty() && (block != Block::Identity || dossier.sealable.is_empty())
}

impl<'a> Reading<'a> {
    pub(crate) fn new(
        context: &'a Context<'a>,
        workplace: &'a Workplace,
        request: ImportRequest<'a>,
        allowed: FieldSet,
    ) -> Result<Self, AppError> {
        let flow = Flow::new(
            request.profile,
            &workplace.profiles,
            workplace.common_fields(request.profile.source()),
            allowed,
        );
        let numbers: Vec<Block> = flow.blocks.iter().map(|block| block.block).collect();
        let source = request.profile.source();
        let (stock, kept_out) = workplace.store.read(context.territory, |snapshot| {
            Ok((Stock::read(snapshot, source, &numbers)?, KeptOut::read(snapshot, source)?))
        })?;
        let report = ImportReport { flow: request.profile.id().to_owned(), ..ImportReport::default() };
        Ok(Self {
            context,
            workplace,
            request,
            flow,
            keeping: UsePlan::compile(
                context.gate(workplace)?,
                UseKind::Update,
                context.territory,
                context.now(),
            )?,
            stock,
            kept_out,
            ids: BulkIds::new(context.now(), random()?),
            new: Vec::new(),
            chunk: Chunk::default(),
            nirs: Vec::new(),
            people: NewPeople::new(),
            links_seen: 0,
            report,
            set_aside: (0, 0),
        })
    }

    /// Reads the file to its end.
    pub(crate) fn read<R: Read>(
        &mut self,
        mut reader: Reader<R>,
        file: &WatchedFile,
        channels: &Channels<'_>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), AppError> {
        let (flow, keys) = (self.flow.clone(), &self.workplace.keys);
        let preparer = || {
            let mut preparer = Preparer::new(&flow, keys);
            move |dossier: &Dossier<'_>, batch: &mut Batch| preparer.prepare(dossier, batch)
        };
        each_batch(&mut reader, Sharing::suitable(), preparer, |batch| {
            for prepared in batch.dossiers() {
                self.take(&prepared)?;
                if self.chunk.is_full() {
                    self.send_chunk(channels.to_writer, channels.emptied)?;
                }
                if self.people.is_full() {
                    self.send_people(&channels.to_recogniser)?;
                }
            }
            progress(file.bytes(), file.length());
            Ok(())
        })?;
        self.stock.forget_keys();
        let summary = reader.finish().map_err(refusal)?;
        self.report.records = summary.dossiers;
        self.report.bytes = file.bytes();
        for warning in &summary.warnings {
            *self.report.rules.entry(warning.rule.clone()).or_default() += warning.count;
            warning.examples.iter().take(1).for_each(|first| self.show(first));
        }
        if self.people.len() > 0 {
            self.send_people(&channels.to_recogniser)?;
        }
        self.end_spells(channels.to_writer, channels.emptied)
    }

    fn show(&mut self, diagnostic: &Diagnostic) {
        if self.report.problems.len() < ImportReport::MOST_SHOWN {
            self.report.problems.push(diagnostic.report(self.request.lang));
        }
    }

    pub(super) fn send_chunk(
        &mut self,
        to: &SyncSender<Chunk>,
        emptied: &Receiver<Chunk>,
    ) -> Result<(), AppError> {
        let next = emptied.try_recv().unwrap_or_default();
        to.send(std::mem::replace(&mut self.chunk, next)).map_err(ended)
    }

    fn send_people(&mut self, to: &SyncSender<NewPeople>) -> Result<(), AppError> {
        to.send(std::mem::replace(&mut self.people, NewPeople::new())).map_err(ended)
    }

    fn take(&mut self, prepared: &Prepared<'_>) -> Result<(), AppError> {
        let dossier = match &prepared.content {
            Content::Sound(dossier) => dossier,
            Content::Rejected(key, problems) => {
                // She is in the stock all the same: a record at fault does not make her leave it.
                if let Some(key) = key {
                    self.stock.meet(*key);
                }
                self.reject(prepared.place, problems);
                return Ok(());
            }
        };
        match self.stock.meet(dossier.key) {
            Place::New => self.take_new(dossier),
            Place::Known(place) => self.take_known(dossier, place),
            Place::Twice => {
                let RecordPlace { number, line, offset } = prepared.place;
                let place = FilePlace { record: Some(number), line, offset, element: String::new() };
                self.reject(prepared.place, &[Diagnostic::key_twice(self.request.profile, place)]);
                Ok(())
            }
        }
    }

    fn reject(&mut self, place: RecordPlace, problems: &[Diagnostic]) {
        self.report.rejected += 1;
        for problem in problems {
            let problem_no = self.next_problem(place.number);
            *self.report.rules.entry(problem.rule.clone()).or_default() += 1;
            self.show(problem);
            let value = problem.value.as_ref().map(|value| format!(" ({value})")).unwrap_or_default();
            self.chunk.rejects.push(RejectRow {
                record_no: place.number,
                problem_no,
                byte_offset: problem.place.offset,
                line: problem.place.line,
                element: problem.place.element.clone(),
                rule: problem.rule.clone(),
                message: format!("{}{value}", problem.message(Lang::Fr)),
            });
        }
    }

    /// Place of the next problem of a record: the people of one household share its number.
    fn next_problem(&mut self, record: u64) -> u32 {
        let (last, problems) = self.set_aside;
        let next = if last == record { problems + 1 } else { 1 };
        self.set_aside = (record, next);
        next
    }

    fn take_new(&mut self, dossier: &Sound<'_>) -> Result<(), AppError> {
        if self.kept_out.holds(&self.workplace.keys, dossier.own_key)? {
            self.report.erased += 1;
            return Ok(());
        }
        let identity: IdentityId = self.ids.next_id();
        self.chunk.identities.push(IdentityRow { identity, own_key: dossier.own_key.to_owned() });
        for (number, (print, facts)) in dossier.blocks().enumerate() {
            let Some(block) = self.flow.blocks.get(number).map(|block| block.block) else { continue };
            // On a first load nobody was registered "since the last file": there is none.
            if block == Block::Registration && !self.is_first_load() {
                self.count_registration(&Facts::new(), &facts_of(facts)?);
            }
            if !is_empty(dossier, block, facts) {
                self.add_fact((identity, block), print, facts, dossier.sealable, dossier.nir_index)?;
            }
        }
        self.people.push(dossier.recognisable());
        self.new.push(identity);
        self.report.new += 1;
        self.report.entered += 1;
        Ok(())
    }

    /// Adds a version of a block; what is sealed goes with the identity block.
    fn add_fact(
        &mut self,
        (identity, block): (IdentityId, Block),
        print: Fingerprint,
        facts: &[u8],
        sealable: Sealable<'_>,
        index: Option<[u8; 16]>,
    ) -> Result<(), AppError> {
        let mut sealed = None;
        if block == Block::Identity {
            if !sealable.is_empty() {
                sealed = Some(sealable.seal(&self.workplace.keys, self.context.territory, identity)?);
            }
            self.nirs.extend(index.map(|index| NirRow { index, identity }));
        }
        self.chunk.add_fact(identity, block, print.0, facts, sealed.as_deref());
        Ok(())
    }

    fn take_known(&mut self, dossier: &Sound<'_>, place: usize) -> Result<(), AppError> {
        let Some(known) = self.stock.known(place) else { return Ok(()) };
        let (identity, left) = (known.identity, known.left);
        if left {
            self.chunk.identities.push(IdentityRow { identity, own_key: dossier.own_key.to_owned() });
            self.report.entered += 1;
        }
        let mut changed = false;
        for (number, (print, facts)) in dossier.blocks().enumerate() {
            let before = self.stock.fingerprint(place, number);
            changed |= self.take_block(dossier, (identity, number), before, (print, facts))?;
        }
        if changed {
            self.report.changed += 1;
        } else {
            self.report.unchanged += 1;
        }
        Ok(())
    }

    /// Writes a block of a known identity if it has changed.
    fn take_block(
        &mut self,
        dossier: &Sound<'_>,
        (identity, number): (IdentityId, usize),
        before: Option<Fingerprint>,
        (print, facts): (Fingerprint, &[u8]),
    ) -> Result<bool, AppError> {
        let Some(FlowBlock { block, whole, .. }) = self.flow.blocks.get(number) else { return Ok(false) };
        let (block, whole) = (*block, *whole);
        let (sealable, index) = (dossier.sealable, dossier.nir_index);
        let same = match before {
            Some(before) if whole => before == print,
            Some(before) => before.common() == print.common(),
            None => is_empty(dossier, block, facts),
        };
        if same {
            return Ok(false);
        }
        let Some(before) = before.filter(|_| !whole || block == Block::Registration) else {
            self.add_fact((identity, block), print, facts, sealable, index)?;
            return Ok(true);
        };
        let new = facts_of(facts)?;
        let (old, sealed) = self.old_facts(identity, block)?;
        if block == Block::Registration {
            self.count_registration(&old, &new);
        }
        if whole {
            self.add_fact((identity, block), print, facts, sealable, index)?;
        } else {
            let carried = self.flow.carried;
            let laid = old.overlaid(&new, carried);
            let kept =
                |field, new| if carried.contains(field) { new } else { Facts::text_in(&sealed, field) };
            let sealable = Sealable {
                nir: kept(Field::Nir, sealable.nir),
                msa: kept(Field::MsaIdentifier, sealable.msa),
            };
            self.add_fact((identity, block), print.laid_over(before), laid.as_bytes(), sealable, index)?;
        }
        Ok(true)
    }

    /// A block as it was: what the software keeps of it, to lay a partial flow over it.
    ///
    /// # Errors
    /// When no clause lets the software keep the block up to date: it would otherwise lose what the flow does not carry.
    fn old_facts(&self, identity: IdentityId, block: Block) -> Result<(Facts, Zeroizing<Vec<u8>>), AppError> {
        let territory = self.context.territory;
        let old = self.workplace.store.read(territory, |snapshot| snapshot.fact(identity, block))?;
        let (mut facts, mut sealed) = (Facts::new(), Zeroizing::default());
        if let Some(old) = old {
            let read = self.keeping.read(&old.facts, |reading| {
                reading.iter().for_each(|(field, value)| facts.push(field, &value));
            });
            if read.is_none() {
                return Err(AppError::NoUseToKeep(old.facts.source().clone()));
            }
            if let Some(bytes) = &old.sealed {
                sealed = unseal(&self.workplace.keys, territory, identity, bytes)?;
            }
        }
        Ok((facts, sealed))
    }

    /// Counts what the new registration block says that the old one did not.
    fn count_registration(&mut self, old: &Facts, new: &Facts) {
        let fresh = |field| new.is_new_in(old, field);
        let (registered, ceased, radiated) =
            (fresh(Field::RegistrationStart), fresh(Field::CessationDate), fresh(Field::RadiationDate));
        self.report.registered += u64::from(registered);
        self.report.ceased += u64::from(ceased);
        self.report.radiated += u64::from(radiated);
    }

    /// Those of the stock that the file does not hold have left it.
    fn end_spells(&mut self, to: &SyncSender<Chunk>, emptied: &Receiver<Chunk>) -> Result<(), AppError> {
        let gone: Vec<_> = self.stock.missing().map(|known| (known.identity, known.spell_from)).collect();
        self.report.left = gone.len() as u64;
        for ended in gone {
            if self.chunk.is_full() {
                self.send_chunk(to, emptied)?;
            }
            self.chunk.ended_identities.push(ended);
        }
        Ok(())
    }

    /// How many of the stock the file does not hold, and how many were in it.
    pub(crate) fn leaving(&self) -> (u64, u64) {
        (self.report.left, self.stock.present())
    }

    /// The source identities of the file.
    pub(crate) fn people(&self) -> impl Iterator<Item = IdentityId> {
        self.stock.met().chain(self.new.iter().copied())
    }

    /// Whether the store holds nobody of this source yet.
    pub(super) fn is_first_load(&self) -> bool {
        self.stock.is_empty()
    }

    /// The counts that the audit keeps.
    pub(crate) fn counts(&self) -> Vec<(&'static str, u64)> {
        let report = &self.report;
        vec![
            ("records", report.records),
            ("rejected", report.rejected),
            ("new", report.new),
            ("changed", report.changed),
            ("left", report.left),
            ("to-review", report.to_review),
            ("erased", report.erased),
        ]
    }
}
