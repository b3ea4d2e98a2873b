//! Measures matching against a truth file: `score FLUX.csv KNOWN.csv TRUTH.csv`, figures as JSON.
//!
//! The two first files hold an id, then any subset of the columns of `liant match`; the third
//! `dossier_no,id_interne,notes`.

use csv::{ByteRecord, ReaderBuilder};
use liant_identity::{Decision, KnownBuilder, Link, Matcher, Options, Record};
use std::collections::{BTreeMap, HashMap};
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

/// Origins of names that can be told from the names themselves, and some names of each.
const ORIGINS: [(&str, &str); 6] = [
    (
        "name: Maghreb",
        "BENALI BEN_AHMED HADDAD SAIDI MANSOURI AMRANI BELKACEM BOUZID CHERIF ZIANI BENAISSA HAMDI EL_AMRANI BOUKHARI",
    ),
    (
        "name: West Africa",
        "TRAORE DIALLO DIOP N_DIAYE COULIBALY KONATE TOURE CAMARA KONE SISSOKO OUATTARA M_BEMBA DIARRA KEITA",
    ),
    (
        "name: Poland",
        "KOWALSKI NOWAK WOZNIAK LEWANDOWSKI KACZMAREK PIOTROWSKI SZYMANSKI MAJCHRZAK WALCZAK GRABOWSKI WISNIEWSKI",
    ),
    (
        "name: Portugal, Spain",
        "DA_SILVA DA_COSTA PEREIRA FERREIRA GONCALVES DOS_SANTOS DE_OLIVEIRA D_ALMEIDA GARCIA MARTINEZ LOPEZ SANCHEZ PEREZ",
    ),
    ("name: Viet Nam, Turkey, Balkans", "NGUYEN TRAN PHAM YILMAZ KAYA DEMIR POPESCU IONESCU PETROVIC"),
    (
        "name: Flanders, Artois",
        "VANDENBROUCKE VANHOUTTE D_HONDT DELEPLACE HENNEBELLE WACHEUX BACQUET LHEUREUX CABOCHE FLAMENT DEWAILLY FOURMENTIN HOCHART",
    ),
];

/// The groups whose error rates are told apart: sex and place of birth by the NIR, origin of the name.
fn groups_of(record: &Record<'_>) -> Vec<&'static str> {
    let mut groups = Vec::new();
    if let Some(nir) = record.nir.filter(|nir| nir.len() >= 13) {
        groups.push(if nir.starts_with('1') { "sex: men" } else { "sex: women" });
        groups.push(match &nir[5..7] {
            "99" => "born abroad",
            "97" => "born overseas",
            _ => "born in mainland France or Corsica",
        });
    }
    let name = liant_identity::fold_name(record.birth_name.unwrap_or_default()).replace(' ', "_");
    let origin = ORIGINS.iter().find(|(_, names)| names.split(' ').any(|other| other == name));
    groups.push(origin.map_or("name: other", |(group, _)| group));
    groups
}

/// What becomes of a dossier under the shipped thresholds. The run kept every candidate, to draw the curve.
fn verdict(links: &[Link], options: &Options) -> &'static str {
    let Some(best) = links.first() else { return "none" };
    let together: f64 = links.iter().map(|link| f64::from(link.score).exp2()).sum();
    if best.decision == Decision::Match {
        "match"
    } else if best.score >= options.review || together.log2() as f32 >= options.review {
        "review"
    } else {
        "none"
    }
}

/// Counts of outcomes.
#[derive(Default)]
struct Tally {
    dossiers: u32,
    known: u32,
    matched: u32,
    matched_right: u32,
    reviewed: u32,
    shown: u32,
}

impl Tally {
    fn add(&mut self, verdict: &str, links: &[Link], expected: Option<u32>) {
        self.dossiers += 1;
        self.known += u32::from(expected.is_some());
        let right = |link: &Link| Some(link.right) == expected;
        match verdict {
            "match" => {
                self.matched += 1;
                self.matched_right += u32::from(links.first().is_some_and(right));
            }
            "review" => {
                self.reviewed += 1;
                self.shown += u32::from(links.iter().any(right));
            }
            _ => {}
        }
    }

    fn report(&self) -> serde_json::Value {
        let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
        serde_json::json!({
            "dossiers": self.dossiers,
            "automatic": {
                "links": self.matched,
                "precision": share(self.matched_right, self.matched),
                "recall": share(self.matched_right, self.known),
                "wrong_per_million": share(self.matched - self.matched_right, self.dossiers) * 1e6,
            },
            "review_share": share(self.reviewed, self.dossiers),
            "recall_with_review": share(self.matched_right + self.shown, self.known),
        })
    }
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
            row[2].clone_into(&mut truth.notes[*left as usize]);
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
    let (rss, cpu_seconds) = (peak_rss(), cpu_seconds());

    let mut lefts = HashMap::new();
    let mut groups = Vec::new();
    read(flux, |id, record| {
        lefts.insert(id.to_owned(), lefts.len() as u32);
        groups.push(groups_of(record));
    })?;
    let mut rights = HashMap::new();
    read(known_path, |id, _| {
        rights.insert(id.to_owned(), rights.len() as u32);
    })?;
    let truth = truth(truth_path, &lefts, &rights)?;
    let positives = truth.right.iter().flatten().count();

    let mut best: Vec<(f32, bool)> = Vec::new();
    let mut all = Tally::default();
    let mut by_group: BTreeMap<&'static str, Tally> = BTreeMap::new();
    let mut dump = match rest.first() {
        Some(path) => Some(std::io::BufWriter::new(std::fs::File::create(path)?)),
        None => None,
    };
    let mut links_of: Vec<&[Link]> = vec![&[]; truth.right.len()];
    for links in matches.links.chunk_by(|a, b| a.left == b.left) {
        links_of[links[0].left as usize] = links;
    }
    for (left, links) in links_of.iter().enumerate() {
        let expected = truth.right[left];
        let verdict = verdict(links, &options);
        if let Some(link) = links.first() {
            best.push((link.score, Some(link.right) == expected));
        }
        all.add(verdict, links, expected);
        for group in &groups[left] {
            by_group.entry(group).or_default().add(verdict, links, expected);
        }
        if let Some(dump) = &mut dump {
            let place = links.iter().position(|link| Some(link.right) == expected);
            let (score, evidence) =
                links.first().map_or((-99.0, None), |link| (link.score, Some(link.evidence)));
            let outcome = match (expected, place) {
                (None, _) => "UNKNOWN",
                (Some(_), Some(0)) => "right",
                (Some(_), _) if links.is_empty() => "MISSED",
                _ => "WRONG",
            };
            let place = place.map_or("-".into(), |place| format!("{place}"));
            let notes = &truth.notes[left];
            writeln!(dump, "{}\t{verdict}\t{score:.2}\t{outcome}\t{place}\t{notes}\t{evidence:?}", left + 1)?;
        }
    }
    let (best_f1, recall_at) = curve(&mut best, positives);
    let dossiers = truth.right.len() as f64;
    let report = serde_json::json!({
        "dossiers": dossiers, "known": known.len(), "true_links": positives,
        "best_f1": best_f1, "recall_at_precision_999": recall_at,
        "automatic": all.report()["automatic"], "review_share": all.report()["review_share"],
        "recall_with_review": all.report()["recall_with_review"],
        "by_group": by_group.iter().map(|(group, tally)| (*group, tally.report())).collect::<BTreeMap<_, _>>(),
        "compared_per_dossier": matches.compared as f64 / dossiers,
        "seconds": seconds,
        "stages": {"read_known": known_read, "freeze": known_built - known_read, "read_left": left_read - known_built,
            "match": seconds - left_read},
        "cpu_seconds": cpu_seconds, "peak_rss_mb": rss,
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
        count += buffer.iter().map(|byte| usize::from(*byte == b'\n')).sum::<usize>();
        let length = buffer.len();
        reader.consume(length);
    }
}

/// Best F1, and best recall at precision ≥ 0.999, over all cuts of the score.
fn curve(best: &mut [(f32, bool)], positives: usize) -> (serde_json::Value, serde_json::Value) {
    best.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut right, mut proposed) = (0.0, 0.0);
    let (mut top, mut at) = ((0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0));
    for tied in best.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
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

/// Processor time spent so far by all threads (Linux; a tick is 10 ms).
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit(") ").next()?.split(' ').collect();
    Some((fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?) / 100.0)
}
