use crate::csv::Columns;
use crate::diagnostic::Refusal;
use crate::dossier::Dossier;
use crate::record::{Base, Record};
use crate::tally::Warning;

/// Some consecutive records of a file, not read yet, each with its place.
#[derive(Default)]
pub struct Chunk {
    bytes: Vec<u8>,
    records: Vec<Raw>,
}

struct Raw {
    start: usize,
    end: usize,
    name: usize,
    base: Base,
}

impl Chunk {
    /// A chunk to be filled by [`Reader::next_chunk`](crate::Reader::next_chunk); its memory serves again each time.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many records it holds.
    pub fn records(&self) -> usize {
        self.records.len()
    }

    /// How many bytes they take.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.records.clear();
    }

    pub(crate) fn push(&mut self, raw: &[u8], name: usize, base: Base) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(raw);
        self.records.push(Raw { start, end: self.bytes.len(), name, base });
    }
}

/// Reads the records of chunks on a thread of its own, exactly as [`Reader`](crate::Reader) would: same values,
/// same diagnostics, same places. Each parser must be given its chunks in the order of the file.
pub struct ChunkParser {
    record: Record,
    columns: Option<Columns>,
    dossiers: u64,
    rejected: u64,
}

impl ChunkParser {
    pub(crate) fn new(record: Record, columns: Option<Columns>) -> Self {
        Self { record, columns, dossiers: 0, rejected: 0 }
    }

    /// Reads a chunk, giving each person in turn.
    ///
    /// # Errors
    /// [`Refusal`] when a record breaks a rule without which the file cannot be trusted; those before it were given.
    pub fn parse(&mut self, chunk: &Chunk, mut each: impl FnMut(Dossier<'_>)) -> Result<(), Refusal> {
        for raw in &chunk.records {
            let bytes = chunk.bytes.get(raw.start..raw.end).unwrap_or_default();
            let persons = match &self.columns {
                Some(columns) => columns.read(&mut self.record, bytes, raw.base)?,
                None => self.record.read_xml(bytes, raw.name, raw.base)?,
            };
            for person in 0..persons {
                self.record.select(person)?;
                self.dossiers += 1;
                self.rejected += u64::from(!self.record.problems.is_empty());
                each(Dossier { record: &self.record });
            }
        }
        Ok(())
    }

    pub(crate) fn into_parts(self) -> (Vec<Warning>, u64, u64) {
        (self.record.tally.warnings(), self.dossiers, self.rejected)
    }
}
