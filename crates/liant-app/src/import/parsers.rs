//! The threads that prepare dossiers: chunks of the file go out to them in turn, and come back in the order of the file.

use std::io::Read;
use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

use liant_flux::{Chunk, ChunkParser, Reader};

use super::batch::Batch;
use super::file::refusal;
use super::prepare::Preparer;
use crate::AppError;

/// Threads that prepare dossiers, where there are so many processors.
const PARSERS: usize = 2;
/// Bytes of the file that go to a parser at once: some two hundred dossiers.
const CHUNK_BYTES: usize = 1 << 18;
/// Chunks that each parser has before it, in hand or behind it.
const CHUNKS_A_PARSER: usize = 3;

/// How many parsers suit this machine.
pub(super) fn suitable() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get).min(PARSERS)
}

/// A part of the file on its way to a parser, and what it was made into on its way back. Its memory serves again.
struct Part {
    chunk: Chunk,
    batch: Batch,
}

impl Part {
    fn new() -> Self {
        Self { chunk: Chunk::new(), batch: Batch::for_bytes(CHUNK_BYTES) }
    }
}

/// A parser, and the two ends of its road.
struct Parser<'scope> {
    to: SyncSender<Part>,
    from: Receiver<Part>,
    handle: ScopedJoinHandle<'scope, ChunkParser>,
}

impl<'scope> Parser<'scope> {
    fn begin<'env>(
        scope: &'scope Scope<'scope, 'env>,
        parser: ChunkParser,
        preparer: Preparer<'env>,
    ) -> Self {
        let (to, parts) = sync_channel(CHUNKS_A_PARSER);
        let (done, from) = sync_channel(CHUNKS_A_PARSER);
        let handle = scope.spawn(move || parse(parser, preparer, &parts, &done));
        Self { to, from, handle }
    }
}

/// Prepares parts as they come, until nobody sends or takes any more.
fn parse(
    mut parser: ChunkParser,
    mut preparer: Preparer<'_>,
    parts: &Receiver<Part>,
    done: &SyncSender<Part>,
) -> ChunkParser {
    while let Ok(mut part) = parts.recv() {
        part.batch.clear();
        let batch = &mut part.batch;
        let parsed = parser.parse(&part.chunk, |dossier| preparer.prepare(&dossier, batch));
        part.batch.refusal = parsed.err();
        if done.send(part).is_err() {
            break;
        }
    }
    parser
}

/// Reads the file to its last record with so many parsers; `each` is given what they prepared, in the order of the file.
///
/// # Errors
/// The first of: what refuses the file, once every dossier before it was given; what `each` fails with; a parser that
/// failed.
pub(super) fn each_batch<'env, R: Read>(
    reader: &mut Reader<R>,
    parsers: usize,
    preparer: impl Fn() -> Preparer<'env>,
    mut each: impl FnMut(&Batch) -> Result<(), AppError>,
) -> Result<(), AppError> {
    std::thread::scope(|scope| {
        let parsers: Vec<_> =
            (0..parsers.max(1)).map(|_| Parser::begin(scope, reader.chunk_parser(), preparer())).collect();
        let read = take_turns(reader, &parsers, &mut each);
        let mut failed = Ok(());
        for Parser { to, from, handle } in parsers {
            drop((to, from));
            match handle.join() {
                Ok(parser) => reader.absorb(parser),
                Err(_) => failed = Err(AppError::Internal("a parser failed".to_owned())),
            }
        }
        // A parser that failed is why its part never came, never the other way round.
        failed.and(read)
    })
}

/// Cuts the file as far ahead as parts may be under way, then takes back the one that is next in the file.
fn take_turns<R: Read>(
    reader: &mut Reader<R>,
    parsers: &[Parser<'_>],
    each: &mut impl FnMut(&Batch) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let ended = || AppError::Internal("a parser has ended early".to_owned());
    let (mut next_to, mut next_from) = (parsers.iter().cycle(), parsers.iter().cycle());
    let mut spare: Vec<Part> = Vec::new();
    let mut under_way = 0;
    // How the file ended, once it has.
    let mut end = None;
    loop {
        while end.is_none() && under_way < parsers.len() * CHUNKS_A_PARSER {
            let mut part = spare.pop().unwrap_or_else(Part::new);
            match reader.next_chunk(&mut part.chunk, CHUNK_BYTES) {
                Ok(true) => {
                    next_to.next().ok_or_else(ended)?.to.send(part).map_err(|_| ended())?;
                    under_way += 1;
                }
                Ok(false) => end = Some(Ok(())),
                Err(fault) => end = Some(Err(refusal(fault))),
            }
        }
        if under_way == 0 {
            return end.unwrap_or(Ok(()));
        }
        let mut part = next_from.next().ok_or_else(ended)?.from.recv().map_err(|_| ended())?;
        under_way -= 1;
        each(&part.batch)?;
        if let Some(fault) = part.batch.refusal.take() {
            return Err(refusal(fault));
        }
        spare.push(part);
    }
}
