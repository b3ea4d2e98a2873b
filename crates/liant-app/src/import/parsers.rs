//! The threads that prepare dossiers: chunks of the file go out to them in turn, and come back in the order of the file.

use std::io::Read;
use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

use liant_flux::{Chunk, ChunkParser, Dossier, Reader};

use super::batch::Batch;
use super::file::refusal;
use crate::{AppError, background};

/// Threads that prepare dossiers, where there are so many processors.
const PARSERS: usize = 2;
/// Bytes of the file that go to a parser at once: some two hundred dossiers.
const CHUNK_BYTES: usize = 1 << 18;
/// Chunks that each parser has before it, in hand or behind it.
const CHUNKS_A_PARSER: usize = 3;

/// How the work is shared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sharing {
    /// How many threads parse; at least one does.
    parsers: usize,
    /// How many bytes of the file each takes at once.
    chunk_bytes: usize,
}

impl Sharing {
    /// What suits this machine.
    pub(super) fn suitable() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        Self { parsers: processors.min(PARSERS), chunk_bytes: CHUNK_BYTES }
    }
}

/// A part of the file on its way to a parser, and what it was made into on its way back. Its memory serves again.
struct Part {
    chunk: Chunk,
    batch: Batch,
}

impl Part {
    fn of(chunk_bytes: usize) -> Self {
        Self { chunk: Chunk::new(), batch: Batch::for_bytes(chunk_bytes) }
    }
}

/// A parser, and the two ends of its road.
struct Parser<'scope> {
    to: SyncSender<Part>,
    from: Receiver<Part>,
    handle: ScopedJoinHandle<'scope, ChunkParser>,
}

impl<'scope> Parser<'scope> {
    fn begin(
        scope: &'scope Scope<'scope, '_>,
        parser: ChunkParser,
        prepare: impl FnMut(&Dossier<'_>, &mut Batch) + Send + 'scope,
    ) -> Self {
        let (to, parts) = sync_channel(CHUNKS_A_PARSER);
        let (done, from) = sync_channel(CHUNKS_A_PARSER);
        let handle = scope.spawn(move || {
            background::give_way();
            parse(parser, prepare, &parts, &done)
        });
        Self { to, from, handle }
    }
}

/// Prepares parts as they come, until nobody sends or takes any more.
fn parse(
    mut parser: ChunkParser,
    mut prepare: impl FnMut(&Dossier<'_>, &mut Batch),
    parts: &Receiver<Part>,
    done: &SyncSender<Part>,
) -> ChunkParser {
    while let Ok(mut part) = parts.recv() {
        part.batch.clear();
        let batch = &mut part.batch;
        let parsed = parser.parse(&part.chunk, |dossier| prepare(&dossier, batch));
        part.batch.refusal = parsed.err();
        if done.send(part).is_err() {
            break;
        }
    }
    parser
}

/// Reads the file to its last record. `preparer` makes for each parser what adds a dossier to a batch; `each` is given the
/// batches in the order of the file.
///
/// # Errors
/// The first of: what refuses the file, once every dossier before it was given; what `each` fails with; a parser that
/// failed.
pub(super) fn each_batch<R: Read, P: FnMut(&Dossier<'_>, &mut Batch) + Send>(
    reader: &mut Reader<R>,
    sharing: Sharing,
    preparer: impl Fn() -> P,
    mut each: impl FnMut(&Batch) -> Result<(), AppError>,
) -> Result<(), AppError> {
    std::thread::scope(|scope| {
        let parsers: Vec<_> = (0..sharing.parsers.max(1))
            .map(|_| Parser::begin(scope, reader.chunk_parser(), preparer()))
            .collect();
        let read = take_turns(reader, sharing.chunk_bytes, &parsers, &mut each);
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
    chunk_bytes: usize,
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
            let mut part = spare.pop().unwrap_or_else(|| Part::of(chunk_bytes));
            match reader.next_chunk(&mut part.chunk, chunk_bytes) {
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

#[cfg(test)]
mod tests {
    use liant_flux::{Profile, Summary};
    use liant_model::FieldSet;
    use liant_sample::{Defect, SampleKind};
    use liant_vault::Keyring;
    use proptest::prelude::*;

    use super::super::prepare::tests::{file, flow, keys, options, profile, reader, told};
    use super::super::prepare::{Flow, Preparer};
    use super::*;

    const SHARINGS: [Sharing; 4] = [
        Sharing { parsers: 1, chunk_bytes: 5_000 },
        Sharing { parsers: 2, chunk_bytes: 1 },
        Sharing { parsers: 2, chunk_bytes: 3_000 },
        Sharing { parsers: 3, chunk_bytes: CHUNK_BYTES },
    ];

    /// How a file ended: what it held, or why it is refused.
    type End = Result<Summary, String>;

    /// Reads a file by one reader, dossier by dossier.
    fn alone(profile: &Profile, flow: &Flow, keys: &Keyring, file: &[u8]) -> (Vec<String>, End) {
        let (mut preparer, mut batch) = (Preparer::new(flow, keys), Batch::default());
        let lists = liant_model::CodeLists::shipped().unwrap();
        let mut read = || -> Result<Summary, AppError> {
            let mut reader = Reader::open(file, profile, &lists, &options()).map_err(refusal)?;
            while let Some(dossier) = reader.next_dossier().map_err(refusal)? {
                preparer.prepare(&dossier, &mut batch);
            }
            reader.finish().map_err(refusal)
        };
        let end = read().map_err(|error| format!("{error:?}"));
        (told(&batch), end)
    }

    fn shared(
        profile: &Profile,
        flow: &Flow,
        keys: &Keyring,
        file: &[u8],
        sharing: Sharing,
    ) -> (Vec<String>, End) {
        let mut dossiers = Vec::new();
        let lists = liant_model::CodeLists::shipped().unwrap();
        let preparer = || {
            let mut preparer = Preparer::new(flow, keys);
            move |dossier: &Dossier<'_>, batch: &mut Batch| preparer.prepare(dossier, batch)
        };
        let mut read = || -> Result<Summary, AppError> {
            let mut reader = Reader::open(file, profile, &lists, &options()).map_err(refusal)?;
            each_batch(&mut reader, sharing, preparer, |batch| {
                dossiers.extend(told(batch));
                Ok(())
            })?;
            reader.finish().map_err(refusal)
        };
        let end = read().map_err(|error| format!("{error:?}"));
        (dossiers, end)
    }

    /// Checks that however the work is shared the same comes of it, and gives it.
    fn compare(profile: &Profile, flow: &Flow, keys: &Keyring, file: &[u8]) -> (Vec<String>, End) {
        let expected = alone(profile, flow, keys, file);
        for sharing in SHARINGS {
            let found = shared(profile, flow, keys, file, sharing);
            assert_eq!(found.1, expected.1, "{sharing:?}");
            assert_eq!(found.0, expected.0, "{sharing:?}");
        }
        expected
    }

    #[test]
    fn however_the_work_is_shared_the_same_is_prepared() {
        let keys = keys();
        let pecgm = &[Defect::C1Bytes, Defect::UnknownCodes, Defect::AccentedTags];
        let files = [
            ("PECGM", file(SampleKind::Pecgm, 300, pecgm)),
            ("PECDH", file(SampleKind::Pecdh, 300, &[])),
            ("RSABEM", file(SampleKind::Rsabem, 200, &[Defect::UnknownCodes])),
        ];
        for (name, file) in files {
            let profile = profile(name);
            let flow = Flow::new(&profile, std::slice::from_ref(&profile), FieldSet::all(), FieldSet::all());
            let (dossiers, end) = compare(&profile, &flow, &keys, &file);
            let summary = end.unwrap();
            assert!(dossiers.len() >= 200 && dossiers.len() as u64 == summary.dossiers, "{name}");
            assert!(name == "PECDH" || !summary.warnings.is_empty(), "{name} was to be odd");
        }
    }

    #[test]
    fn a_file_is_refused_at_the_same_place() {
        let (keys, flow, profile) = (keys(), flow(FieldSet::all()), profile("PECGM"));
        let sound = file(SampleKind::Pecgm, 120, &[]);
        let at = |part: usize| {
            let from = sound.len() / 4 * part;
            from + sound[from..].iter().position(|byte| *byte == b'>').unwrap() + 1
        };
        let with = |place: usize, bytes: &[u8]| [&sound[..place], bytes, &sound[place..]].concat();
        let end = |text: &str| memchr_last(&sound, text.as_bytes());
        let mut uncounted = sound.clone();
        let count = end("<nb-dossier>") + "<nb-dossier>".len();
        uncounted[count] = b'9';
        let cases: [(&str, Vec<u8>, bool); 6] = [
            ("TRUNCATED", sound[..at(3)].to_vec(), true),
            ("CONTROL", with(at(2), b"\0"), true),
            ("COUNT", uncounted, false),
            ("TOO-LARGE", with(at(1), &vec![b'x'; 10 << 20]), true),
            ("two faults", [&with(at(2), b"\0")[..at(3)]].concat(), true),
            ("after the trailer", with(end("</flux>"), b"<dossier></dossier>"), false),
        ];
        for (what, file, is_within) in cases {
            let (dossiers, end) = compare(&profile, &flow, &keys, &file);
            let why = end.unwrap_err();
            assert!(why.contains("Refused"), "{what}: {why}");
            assert!(
                !dossiers.is_empty() && (dossiers.len() < 120) == is_within,
                "{what}: {}",
                dossiers.len()
            );
        }
    }

    fn memchr_last(bytes: &[u8], wanted: &[u8]) -> usize {
        bytes.windows(wanted.len()).rposition(|window| window == wanted).unwrap()
    }

    #[test]
    fn whoever_fails_ends_the_others_and_is_named() {
        let (profile, file) = (profile("PECGM"), file(SampleKind::Pecgm, 200, &[]));
        let sharing = Sharing { parsers: 2, chunk_bytes: 2_000 };
        // A parser.
        let fails = || {
            |dossier: &Dossier<'_>, _: &mut Batch| {
                assert!(dossier.number() < 90, "a failure that this test wants");
            }
        };
        let failed = each_batch(&mut reader(&profile, &file), sharing, fails, |_| Ok(())).unwrap_err();
        assert!(failed.to_string().contains("a parser failed"), "{failed}");
        // The one who decides.
        let mut left = 5;
        let failed = each_batch(
            &mut reader(&profile, &file),
            sharing,
            || |_: &Dossier<'_>, _: &mut Batch| (),
            |_| {
                left -= 1;
                if left == 0 { Err(AppError::Absent("reason")) } else { Ok(()) }
            },
        );
        assert!(matches!(failed, Err(AppError::Absent("reason"))), "{failed:?}");
        assert_eq!(left, 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

        #[test]
        fn mutated_files_are_prepared_alike(
            edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), any::<bool>()), 1..5),
        ) {
            let (keys, flow, profile) = (keys(), flow(FieldSet::all()), profile("PECGM"));
            let mut file = file(SampleKind::Pecgm, 12, &[]);
            for (at, byte, remove) in edits {
                let at = at.index(file.len());
                if remove { file.remove(at); } else { file[at] = byte; }
            }
            let _ = compare(&profile, &flow, &keys, &file);
        }
    }
}
