//! What a hostile file makes the reader hold: a bound that the length of the file does not move.
//!
//! One test, alone in its process: the allocator that counts is the process's.

#![expect(clippy::unwrap_used, reason = "test support: a failure here is a failed test")]

use std::io::Read;

use liant_flux::{Profile, ReadOptions, Reader, Refusal};
use liant_model::CodeLists;
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// Most bytes that the reader may hold at once: a window of two records of the greatest length (`Limits`), one of them
/// decoded, and what is captured in it, which for a record of nothing but empty elements is six times its length.
const BOUND: usize = 11 << 20;
/// Length of the part of each file that has no end.
const ENDLESS: u64 = 16 << 20;

const PROLOG: &str = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<flux>";
const HEADER: &str = "<entete><fichier>PECG</fichier><periodicite>M</periodicite><departement>62</departement>\
<date-reference>2026-11-01</date-reference><date-fabrication>2026-11-09</date-fabrication><version>001,0</version></entete>";

/// A file that is made while it is read: a beginning, then pieces without end.
struct Made<F> {
    left: u64,
    piece: Vec<u8>,
    place: usize,
    number: u64,
    next: F,
}

impl<F: FnMut(u64) -> String> Made<F> {
    fn new(start: &str, next: F) -> Self {
        Self { left: ENDLESS, piece: start.as_bytes().to_vec(), place: 0, number: 0, next }
    }
}

impl<F: FnMut(u64) -> String> Read for Made<F> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() && self.left > 0 {
            if self.place >= self.piece.len() {
                self.number += 1;
                self.piece = (self.next)(self.number).into_bytes();
                self.place = 0;
            }
            let rest = &self.piece[self.place..];
            let count = rest.len().min(buffer.len() - filled).min(self.left as usize);
            buffer[filled..filled + count].copy_from_slice(&rest[..count]);
            self.place += count;
            self.left -= count as u64;
            filled += count;
        }
        Ok(filled)
    }
}

/// Reads a file to its end or its refusal; the most bytes held on the way, and the rule that refuses it.
fn held(flow: &str, input: impl Read) -> (usize, String) {
    let profile = Profile::shipped(flow).unwrap();
    let lists = CodeLists::shipped().unwrap();
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let read = || -> Result<(), Refusal> {
        let mut reader = Reader::open(input, &profile, &lists, &ReadOptions::default())?;
        while reader.next_dossier()?.is_some() {}
        reader.finish().map(drop)
    };
    let rule = match read() {
        Err(Refusal::Rule(diagnostic)) => diagnostic.rule,
        Err(Refusal::Io(error)) => error.to_string(),
        Ok(()) => "accepted".to_owned(),
    };
    (HEAP.peak_usage().saturating_sub(before), rule)
}

#[test]
fn a_hostile_file_is_refused_in_bounded_memory() {
    let same = |piece: &'static str| move |_: u64| piece.to_owned();
    let many = "0123456789abcdef".repeat(64);
    let long = move |_: u64| many.clone();
    let record = format!("{PROLOG}{HEADER}<dossier>");
    let value = format!("{record}<individu><nom-naissance>");
    let in_record = |more: &str| format!("{record}{more}");
    let household = |number: u64| format!("<dossier><inconnu{number}>x</inconnu{number}></dossier>\n");
    let spelled = |number: u64| {
        let mut tag = String::from("nom-naissance");
        let upper = |place: usize| number >> place & 1 == 1;
        tag = tag
            .chars()
            .enumerate()
            .map(|(at, c)| if upper(at) { c.to_ascii_uppercase() } else { c })
            .collect();
        format!("<dossier><individu><{tag}>X</{tag}></individu></dossier>\n")
    };
    // A record of nearly the greatest length, which ends well.
    let whole = |piece: &str| {
        let pieces = piece.repeat(1_000_000 / piece.len());
        let text = format!("<dossier><individu>{pieces}</individu></dossier>\n");
        move |_: u64| text.clone()
    };
    let cell = |number: u64| format!("colonne{number},");
    let line = |number: u64| format!("R{number},NOM,PRENOM,1980-01-01\n");

    let cases: Vec<(&str, &str, Box<dyn Read>)> = vec![
        ("one element", "PECGM", Box::new(Made::new(&value, long.clone()))),
        ("nested elements", "PECGM", Box::new(Made::new(&record, same("<a>")))),
        ("attributes", "PECGM", Box::new(Made::new(&in_record("<individu "), |n| format!("a{n}='b' ")))),
        ("one attribute", "PECGM", Box::new(Made::new(&in_record("<individu a='"), long.clone()))),
        ("text between records", "PECGM", Box::new(Made::new(&format!("{PROLOG}{HEADER}"), long.clone()))),
        ("text without tags", "PECGM", Box::new(Made::new("", long.clone()))),
        ("spaces", "PECGM", Box::new(Made::new(PROLOG, same(" ")))),
        ("prolog", "PECGM", Box::new(Made::new("<?xml version='1.0' ", long.clone()))),
        ("header", "PECGM", Box::new(Made::new(&format!("{PROLOG}<entete><fichier>"), long.clone()))),
        ("name of a tag", "PECGM", Box::new(Made::new(&in_record("<"), long.clone()))),
        ("comment", "PECGM", Box::new(Made::new(&in_record("<!--"), long.clone()))),
        (
            "comment between records",
            "PECGM",
            Box::new(Made::new(&format!("{PROLOG}{HEADER}<!--"), long.clone())),
        ),
        ("CDATA", "PECGM", Box::new(Made::new(&in_record("<![CDATA["), long.clone()))),
        ("instruction", "PECGM", Box::new(Made::new(&in_record("<?x "), long.clone()))),
        ("entities", "PECGM", Box::new(Made::new(&value, same("&amp;")))),
        ("empty elements", "PECGM", Box::new(Made::new(&record, same("<a/>")))),
        ("repeated values", "PECGM", Box::new(Made::new(&in_record("<individu>"), same("<nir>1</nir>")))),
        (
            "repeated values, ended",
            "PECGM",
            Box::new(Made::new(&format!("{PROLOG}{HEADER}"), whole("<nir>1</nir>"))),
        ),
        (
            "unknown elements, ended",
            "PECGM",
            Box::new(Made::new(&format!("{PROLOG}{HEADER}"), whole("<a/>"))),
        ),
        (
            "entities, ended",
            "PECGM",
            Box::new(Made::new(&format!("{PROLOG}{HEADER}"), whole("<b>&#65;</b>"))),
        ),
        ("unknown tags", "PECGM", Box::new(Made::new(&format!("{PROLOG}{HEADER}"), household))),
        ("spellings", "PECGM", Box::new(Made::new(&format!("{PROLOG}{HEADER}"), spelled))),
        (
            "unknown root children",
            "PECGM",
            Box::new(Made::new(&format!("{PROLOG}{HEADER}"), |n| format!("<x{n}/>"))),
        ),
        ("line", "PERSONNES", Box::new(Made::new("id,nom_naissance,prenom,date_naissance\n", long.clone()))),
        (
            "quote",
            "PERSONNES",
            Box::new(Made::new("id,nom_naissance,prenom,date_naissance\n\"", same("x\n"))),
        ),
        ("columns", "PERSONNES", Box::new(Made::new("id,", cell))),
        ("cells", "PERSONNES", Box::new(Made::new("id,nom_naissance,prenom,date_naissance\n", same("x,")))),
        ("lines", "PERSONNES", Box::new(Made::new("id,nom_naissance,prenom,date_naissance\n", line))),
    ];
    let mut beyond = Vec::new();
    for (case, flow, input) in cases {
        let (bytes, rule) = held(flow, input);
        eprintln!("{case:<26} {:>8} KiB  {rule}", bytes >> 10);
        if bytes > BOUND {
            beyond.push((case, bytes, rule));
        }
    }
    assert!(beyond.is_empty(), "held more than {BOUND} bytes: {beyond:?}");
}
