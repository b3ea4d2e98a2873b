//! The site under load: how long pages take, how many a second, and how they fare while a file is imported.

use super::Bench;
use super::load::{Engine, Installation};
use super::processor::Spent;
use super::report::{Figure, Report};
use crate::packages;
use crate::process::{describe, on_path, root, run};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// What the load tells at its end.
const TOLD: &str = include_str!("wrk.lua");
/// Seconds of one load.
const SECONDS: u32 = 8;
/// Dossiers of the file that is imported meanwhile.
const IMPORTED: u64 = 500_000;

/// Measures the site on an installation that has its people and its directory.
pub(super) fn site(
    bench: &Bench,
    engine: Engine,
    place: &Installation<'_>,
    report: &mut Report,
) -> Result<()> {
    if on_path("wrk").is_none() {
        packages::install(&["wrk"])?;
    }
    std::fs::write(bench.work.join("wrk.lua"), TOLD)?;
    let served = Served::start(bench, place)?;
    let name = engine.name();
    for (what, path) in [
        ("home", "/"),
        ("people", "/people"),
        ("people in course, to orient, by waiting", "/people?todo=orient&order=waiting"),
        ("search", "/people?q=le+ma"),
        ("a person", served.person.as_str()),
    ] {
        let told = served.load(bench, path, (2, SECONDS))?;
        report.add(Figure {
            what: format!("{name}: {what}, two at once"),
            ours: told.times(),
            beside: format!("{:.0}/s, {:.0} kB a page", told.rate(), told.kilobytes()),
            ratio: None,
            reach: "p95 < 100 ms",
        });
    }
    let told = served.load(bench, "/people", (32, SECONDS))?;
    report.add(Figure {
        what: format!("{name}: people, 32 at once"),
        ours: format!("{:.0}/s", told.rate()),
        beside: format!("{}, with the load itself on the same processors", told.times()),
        ratio: None,
        reach: "≥ 1 000/s",
    });
    // What two processors answer when they do nothing else: whoever asks has processors of her own.
    report.add(Figure {
        what: format!("{name}: people, on two processors of its own"),
        ours: format!("{:.0}/s", 2e3 / told.cost()),
        beside: format!("{:.2} ms of processor time a page, database included", told.cost()),
        ratio: None,
        reach: "≥ 1 000/s",
    });
    while_importing(bench, engine, (place, &served), report)
}

/// Pages while a monthly file is imported.
fn while_importing(
    bench: &Bench,
    engine: Engine,
    (place, served): (&Installation<'_>, &Served),
    report: &mut Report,
) -> Result<()> {
    let dossiers = IMPORTED.min(bench.size());
    let month = bench.month("default", dossiers)?;
    let mut import = place.import(&month.flow, "PECGM");
    // Its people are others than those of the stock, who leave with it.
    import.arg("--many-left").stdout(Stdio::null()).stderr(Stdio::null());
    let mut import = import.spawn().context("the import")?;
    let mut worst: Option<Told> = None;
    let ended = loop {
        if let Some(ended) = import.try_wait()? {
            break ended;
        }
        let told = served.load(bench, "/people", (4, 2))?;
        if worst.as_ref().is_none_or(|known| known.p95 < told.p95) {
            worst = Some(told);
        }
    };
    // Code 1 tells of rejected records.
    ensure!(matches!(ended.code(), Some(0 | 1)), "the import ended with {ended}");
    let worst = worst.context("the import ended before a page was asked for")?;
    report.add(Figure {
        what: format!("{}: people, while {dossiers} dossiers are imported", engine.name()),
        ours: worst.times(),
        beside: format!("{:.0}/s, in the worst two seconds", worst.rate()),
        ratio: None,
        reach: "p95 < 200 ms",
    });
    Ok(())
}

/// A site that is up, and someone signed in. It stops when dropped.
struct Served {
    child: Child,
    address: String,
    cookie: String,
    person: String,
}

impl Served {
    fn start(bench: &Bench, place: &Installation<'_>) -> Result<Self> {
        let e2e = root().join("e2e");
        run(Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .current_dir(&e2e))?;
        let mut serve = bench.liant();
        serve.args(["serve", "--dev", "--port", "0", "--dir"]).arg(&place.folder);
        let mut child = serve.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().context("the site")?;
        let mut address = String::new();
        BufReader::new(child.stdout.take().context("the site's output")?).read_line(&mut address)?;
        let mut served =
            Self { child, address: address.trim().to_owned(), cookie: String::new(), person: String::new() };
        let mut enter = Command::new("node");
        enter.arg("bench.js").arg(bench.liant().get_program()).arg(&place.folder).arg(&served.address);
        let said = enter.current_dir(&e2e).stderr(Stdio::inherit()).output().context("node")?;
        ensure!(said.status.success(), "nobody could sign in: {}", describe(&enter));
        let said: Value = serde_json::from_slice(&said.stdout).context("what bench.js said")?;
        let text = |name: &str| said.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        (served.cookie, served.person) = (text("cookie"), text("person"));
        Ok(served)
    }

    /// Asks for a page, so many at once, for so many seconds.
    fn load(&self, bench: &Bench, path: &str, (at_once, seconds): (u32, u32)) -> Result<Told> {
        let mut wrk = Command::new("wrk");
        wrk.args(["-t1", &format!("-c{at_once}"), &format!("-d{seconds}s"), "--timeout", "30s", "-s"]);
        wrk.arg(bench.work.join("wrk.lua")).args(["-H", &format!("Cookie: {}", self.cookie)]);
        wrk.args(["-H", "Accept-Encoding: gzip"]).arg(format!("{}{path}", self.address));
        let before = Spent::now();
        let said = wrk.output().context("wrk")?;
        let spent = Spent::now().zip(before).map(|(after, before)| after.by_others_since(before));
        let text = String::from_utf8_lossy(&said.stdout);
        let line = text.lines().rfind(|line| line.starts_with('{')).context("wrk said nothing")?;
        let line: Value = serde_json::from_str(line)?;
        let number = |name: &str| line.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN);
        ensure!(number("bad") == 0.0, "{path}: {} answers were no page", number("bad"));
        Ok(Told {
            requests: number("requests"),
            seconds: number("micros") / 1e6,
            p50: number("p50") / 1e3,
            p95: number("p95") / 1e3,
            bytes: number("bytes"),
            processor: spent.unwrap_or(f64::NAN),
        })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a load told: times in milliseconds.
struct Told {
    requests: f64,
    seconds: f64,
    p50: f64,
    p95: f64,
    bytes: f64,
    /// Seconds of processor time of everyone but the load itself.
    processor: f64,
}

impl Told {
    fn rate(&self) -> f64 {
        self.requests / self.seconds
    }

    /// Milliseconds of processor time that a page took, of the site and its database.
    fn cost(&self) -> f64 {
        self.processor * 1e3 / self.requests
    }

    fn kilobytes(&self) -> f64 {
        self.bytes / self.requests / 1e3
    }

    fn times(&self) -> String {
        format!("p50 {:.1} ms, p95 {:.1} ms", self.p50, self.p95)
    }
}
