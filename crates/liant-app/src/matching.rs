//! Identity matching as a tool: two CSV files in, explained links out.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use liant_flux::{FromWindows1252, is_utf8};
use liant_identity::{Decision, KnownBuilder, Link, Matcher, Options, Record};
use liant_model::Lang;

use crate::AppError;
use crate::private::PrivateFile;

/// The columns that are read, beside the first, which is the id.
const COLUMNS: [&str; 9] = [
    "nir",
    "nom_naissance",
    "nom_usage",
    "prenom",
    "date_naissance",
    "commune",
    "matricule_caf",
    "code_pe",
    "identifiant_pe",
];

/// What a matching run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct MatchReport {
    /// People to recognise.
    pub left: u64,
    /// People known.
    pub right: u64,
    /// Links made without asking.
    pub matched: u64,
    /// People about whom a human is asked.
    pub to_review: u64,
    /// Pairs compared.
    pub compared: u64,
    /// How many of the two files are not UTF-8, and were read as windows-1252.
    pub transcoded: u64,
}

/// How a run is to be done.
#[derive(Clone, Copy, Debug, Default)]
pub struct MatchRequest {
    /// Least score of a link made without asking; the shipped one when absent.
    pub threshold: Option<f32>,
    /// Whether each link is explained in words.
    pub explain: bool,
    /// Language of the words.
    pub lang: Lang,
}

/// Ids of one side, in one piece of memory.
#[derive(Default)]
struct Ids {
    text: String,
    ends: Vec<u32>,
}

impl Ids {
    fn push(&mut self, id: &str) {
        self.text.push_str(id);
        self.ends.push(self.text.len() as u32);
    }

    fn get(&self, ordinal: u32) -> &str {
        let ordinal = ordinal as usize;
        let start = ordinal.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(ordinal).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// Matches `left` against `right` and writes the links to `output`.
///
/// # Errors
/// When a file cannot be read or written, or is no such CSV.
pub fn match_files(
    left: &Path,
    right: &Path,
    output: &Path,
    request: MatchRequest,
) -> Result<MatchReport, AppError> {
    let mut known = KnownBuilder::with_capacity(expected_rows(right));
    let mut right_ids = Ids::default();
    let right_transcoded = read(right, &mut right_ids, |record| {
        known.push(record);
    })?;
    let known = known.freeze(2);
    let shipped = Options { threads: 2, ..Options::default() };
    let options = Options { automatic: request.threshold.unwrap_or(shipped.automatic), ..shipped };
    let mut matcher = Matcher::new(&known, options, expected_rows(left));
    let mut left_ids = Ids::default();
    let left_transcoded = read(left, &mut left_ids, |record| {
        matcher.push(record);
    })?;
    let matches = matcher.finish();
    let mut report = MatchReport {
        left: left_ids.ends.len() as u64,
        right: right_ids.ends.len() as u64,
        compared: matches.compared,
        transcoded: u64::from(left_transcoded) + u64::from(right_transcoded),
        ..MatchReport::default()
    };
    let fault = |error: &dyn std::fmt::Display| AppError::file(output, error);
    let (private, file) = PrivateFile::begin(output).map_err(|error| fault(&error))?;
    let mut writer = BufWriter::with_capacity(1 << 18, file);
    writer.write_all(b"left_id,right_id,score,decision,reason\n").map_err(|error| fault(&error))?;
    let mut asked = None;
    for link in &matches.links {
        match link.decision {
            Decision::Match => report.matched += 1,
            Decision::Review if asked != Some(link.left) => {
                asked = Some(link.left);
                report.to_review += 1;
            }
            Decision::Review => {}
        }
        let ids = (left_ids.get(link.left), right_ids.get(link.right));
        write_link(&mut writer, ids, link, request).map_err(|error| fault(&error))?;
    }
    writer.flush().map_err(|error| fault(&error))?;
    drop(writer);
    private.finish().map_err(|error| fault(&error))?;
    Ok(report)
}

/// About how many rows a file has: to reserve memory once, of which what is not used costs nothing.
fn expected_rows(path: &Path) -> usize {
    const BYTES_OF_A_ROW: u64 = 60;
    std::fs::metadata(path).map_or(0, |metadata| (metadata.len() / BYTES_OF_A_ROW) as usize)
}

fn write_link(
    writer: &mut impl Write,
    (left, right): (&str, &str),
    link: &Link,
    request: MatchRequest,
) -> std::io::Result<()> {
    let decision = match link.decision {
        Decision::Match => "match",
        Decision::Review => "review",
    };
    write_cell(writer, left)?;
    writer.write_all(b",")?;
    write_cell(writer, right)?;
    write!(writer, ",{:.3},{decision},", link.score)?;
    if request.explain {
        write_cell(writer, &link.evidence.explain(request.lang))?;
    } else {
        for level in link.evidence.to_bytes().iter().skip(1) {
            write!(writer, "{level}")?;
        }
    }
    writer.write_all(b"\n")
}

fn write_cell(writer: &mut impl Write, text: &str) -> std::io::Result<()> {
    if text.contains(['"', ',', '\n', '\r']) {
        write!(writer, "\"{}\"", text.replace('"', "\"\""))
    } else {
        writer.write_all(text.as_bytes())
    }
}

/// Reads a list. Gives whether it is not UTF-8.
fn read(path: &Path, ids: &mut Ids, mut each: impl FnMut(&Record<'_>)) -> Result<bool, AppError> {
    let open = || File::open(path).map_err(|error| AppError::file(path, error));
    // Nobody says how a list is encoded: it is UTF-8, or what a spreadsheet of this country writes.
    let transcoded = !is_utf8(open()?).map_err(|error| AppError::file(path, error))?;
    let file: Box<dyn std::io::Read> =
        if transcoded { Box::new(FromWindows1252::new(open()?)) } else { Box::new(open()?) };
    let mut reader = csv::ReaderBuilder::new().buffer_capacity(1 << 18).flexible(false).from_reader(file);
    let header = reader.byte_headers().map_err(|error| csv_fault(path, &error))?.clone();
    let places: Vec<Option<usize>> = COLUMNS
        .iter()
        .map(|column| {
            header.iter().skip(1).position(|name| name.trim_ascii() == column.as_bytes()).map(|at| at + 1)
        })
        .collect();
    if places.iter().all(Option::is_none) {
        return Err(AppError::file(
            path,
            format!("no column to match on: name some of {}", COLUMNS.join(", ")),
        ));
    }
    let mut row = csv::ByteRecord::new();
    while reader.read_byte_record(&mut row).map_err(|error| csv_fault(path, &error))? {
        let cell = |place: Option<usize>| {
            let bytes = row.get(place?)?;
            std::str::from_utf8(bytes).ok().filter(|text| !text.is_empty())
        };
        let mut cells = places.iter().map(|place| cell(*place));
        let mut next = || cells.next().flatten();
        let record = Record {
            nir: next(),
            birth_name: next(),
            usage_name: next(),
            first_name: next(),
            birth_date: next(),
            commune: next(),
            caf: next(),
            ft_region: next(),
            ft_id: next(),
        };
        ids.push(cell(Some(0)).unwrap_or_default());
        each(&record);
    }
    Ok(transcoded)
}

/// A CSV error with its place and without the cells.
fn csv_fault(path: &Path, error: &csv::Error) -> AppError {
    let line = error.position().map(csv::Position::line);
    let cause = match error.kind() {
        csv::ErrorKind::Io(error) => error.to_string(),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} cells where the first line has {expected_len}")
        }
        _ => "no such CSV: comma between cells, UTF-8, one line of column names".to_owned(),
    };
    AppError::file(path, line.map_or(cause.clone(), |line| format!("line {line}: {cause}")))
}
