//! Measures matching against a truth file: `score FLUX.csv KNOWN.csv TRUTH.csv`, figures as JSON.
//!
//! The two first files hold an id, then any subset of the columns of `liant match`; the third
//! `dossier_no,id_interne,notes`.

use csv::{ByteRecord, ReaderBuilder};
use liant_identity::{Decision, KnownBuilder, Matcher, Options, Record};
use std::collections::HashMap;
use std::error::Error;
use std::io::Write;
use std::time::Instant;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The column of each field of a record, in this order.
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

fn read(path: &str, mut each: impl FnMut(&str, &Record<'_>)) -> Outcome<()> {
    let mut reader = ReaderBuilder::new().flexible(true).from_path(path)?;
    let headers = reader.byte_headers()?.clone();
    let columns = COLUMNS.map(|name| headers.iter().position(|header| header == name.as_bytes()));
    let mut row = ByteRecord::new();
    while reader.read_byte_record(&mut row)? {
        let field = |column: usize| {
            columns[column].and_then(|place| row.get(place)).and_then(|bytes| std::str::from_utf8(bytes).ok())
        };
        let record = Record {
            nir: field(0),
            birth_name: field(1),
            usage_name: field(2),
            first_name: field(3),
            birth_date: field(4),
            commune: field(5),
            caf: field(6),
            ft_region: field(7),
            ft_id: field(8),
        };
        each(row.get(0).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default(), &record);
    }
    Ok(())
}

struct Truth {
    /// Ordinal of the known person of each dossier, or none.
    right: Vec<Option<u32>>,
    notes: Vec<String>,
}

fn truth(path: &str, dossiers: &HashMap<String, u32>, known: &HashMap<String, u32>) -> Outcome<Truth> {
    let mut truth = Truth { right: vec![None; dossiers.len()], notes: vec![String::new(); dossiers.len()] };
    let mut reader = ReaderBuilder::new().from_path(path)?;
    for row in reader.records() {
        let row = row?;
        if let Some(left) = dossiers.get(&row[0]) {
            truth.right[*left as usize] = known.get(&row[1]).copied();
            truth.notes[*left as usize] = row[2].to_owned();
        }
    }
    Ok(truth)
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, flux, known_path, truth_path, rest @ ..] = arguments.as_slice() else {
        return Err("usage: score FLUX.csv KNOWN.csv TRUTH.csv [PAIRS.csv]".into());
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let start = Instant::now();
    // Without truth first: this is what is timed and weighed.
    let mut builder = KnownBuilder::with_capacity(lines(known_path)?);
    read(known_path, |_, record| {
        builder.push(record);
    })?;
    let known_read = start.elapsed().as_secs_f64();
    let known = builder.freeze(threads);
    let known_built = start.elapsed().as_secs_f64();
    let options = Options { threads, ..Options::default() };
    let mut matcher = Matcher::new(&known, Options { review: -60.0, ..options }, lines(flux)?);
    read(flux, |_, record| {
        matcher.push(record);
    })?;
    let left_read = start.elapsed().as_secs_f64();
    let matches = matcher.finish();
    let seconds = start.elapsed().as_secs_f64();
    let rss = peak_rss();

    let mut lefts = HashMap::new();
    let mut firsts = Vec::new();
    read(flux, |id, record| {
        lefts.insert(id.to_owned(), lefts.len() as u32);
        firsts.push(liant_identity::fold_name(record.first_name.unwrap_or_default()));
    })?;
    let mut rights = HashMap::new();
    read(known_path, |id, _| {
        rights.insert(id.to_owned(), rights.len() as u32);
    })?;
    let truth = truth(truth_path, &lefts, &rights)?;
    let positives = truth.right.iter().flatten().count();

    let mut best: Vec<(f32, bool)> = Vec::new();
    let (mut automatic, mut right_automatic, mut review, mut shown_in_review) = (0_u32, 0_u32, 0_u32, 0_u32);
    let mut dump = match rest.first() {
        Some(path) => Some(std::io::BufWriter::new(std::fs::File::create(path)?)),
        None => None,
    };
    let mut answered = vec![false; truth.right.len()];
    for links in matches.links.chunk_by(|a, b| a.left == b.left) {
        let link = &links[0];
        let expected = truth.right[link.left as usize];
        let right = expected == Some(link.right);
        best.push((link.score, right));
        let mut verdict = "none";
        if link.decision == Decision::Match {
            verdict = "match";
            automatic += 1;
            right_automatic += u32::from(right);
        } else if link.score >= options.review || {
            let total: f64 = links.iter().map(|link| f64::from(link.score).exp2()).sum();
            total.log2() as f32 >= options.review
        } {
            verdict = "review";
            review += 1;
            shown_in_review += u32::from(links.iter().any(|link| Some(link.right) == expected));
        }
        answered[link.left as usize] = true;
        if let Some(dump) = &mut dump {
            let place = links.iter().position(|link| Some(link.right) == expected);
            writeln!(
                dump,
                "{}\t{}\t{:.2}\t{}\t{}\t{}\t{:?}",
                link.left + 1,
                verdict,
                link.score,
                if right {
                    "right"
                } else if expected.is_some() {
                    "WRONG"
                } else {
                    "UNKNOWN"
                },
                place.map_or("-".into(), |place| format!("{place}")),
                truth.notes[link.left as usize],
                link.evidence
            )?;
        }
    }
    if let Some(dump) = &mut dump {
        for (left, right) in
            truth.right.iter().enumerate().filter(|(left, right)| right.is_some() && !answered[*left])
        {
            writeln!(dump, "{}\tmissed\t-99\tMISSED\t-\t{}\t{right:?}", left + 1, truth.notes[left])?;
        }
    }
    let (best_f1, recall_at) = curve(&mut best, positives);
    let dossiers = truth.right.len() as f64;
    let wrong = automatic - right_automatic;
    let report = serde_json::json!({
        "dossiers": dossiers, "known": known.len(), "true_links": positives,
        "best_f1": best_f1, "recall_at_precision_999": recall_at,
        "automatic": {
            "links": automatic, "precision": f64::from(right_automatic) / f64::from(automatic.max(1)),
            "recall": f64::from(right_automatic) / positives as f64,
            "wrong_per_million": f64::from(wrong) * 1e6 / dossiers,
        },
        "review_share": f64::from(review) / dossiers,
        "recall_with_review": f64::from(right_automatic + shown_in_review) / positives as f64,
        "compared_per_dossier": matches.compared as f64 / dossiers,
        "seconds": seconds,
        "stages": {"read_known": known_read, "freeze": known_built - known_read, "read_left": left_read - known_built,
            "match": seconds - left_read},
        "peak_rss_mb": rss,
    });
    writeln!(std::io::stdout(), "{report:#}")?;
    Ok(())
}

fn lines(path: &str) -> Outcome<usize> {
    use std::io::{BufRead, BufReader};
    let mut reader = BufReader::with_capacity(1 << 18, std::fs::File::open(path)?);
    let mut count = 0;
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(count);
        }
        count += buffer.iter().filter(|byte| **byte == b'\n').count();
        let length = buffer.len();
        reader.consume(length);
    }
}

/// Best F1, and best recall at precision ≥ 0.999, over all cuts of the score.
fn curve(best: &mut [(f32, bool)], positives: usize) -> (serde_json::Value, serde_json::Value) {
    best.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut right, mut proposed) = (0.0, 0.0);
    let (mut top, mut at) = ((0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0));
    for tied in best.chunk_by(|a, b| a.0 == b.0) {
        right += tied.iter().filter(|(_, right)| *right).count() as f64;
        proposed += tied.len() as f64;
        let (precision, recall) = (right / proposed, right / positives as f64);
        let f1 = 2.0 * precision * recall / (precision + recall);
        if f1 > top.0 {
            top = (f1, precision, recall, tied[0].0);
        }
        if precision >= 0.999 && recall > at.0 {
            at = (recall, precision, tied[0].0);
        }
    }
    (
        serde_json::json!({"f1": top.0, "precision": top.1, "recall": top.2, "cut": top.3}),
        serde_json::json!({"recall": at.0, "precision": at.1, "cut": at.2}),
    )
}

fn peak_rss() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}
