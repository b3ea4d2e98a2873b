//! Measures the directory of an installation: `cargo run --release -p liant-app --example directory_speed -- FOLDER`.
//! The folder holds `liant.toml`. Fills the directory when it is not made, then times lists, searches and home pages.

#![expect(clippy::print_stdout, reason = "a measuring tool prints")]

use std::path::Path;
use std::time::Instant as Stopwatch;

use liant_app::people::{self, ListRequest, Order, Seat, Test};
use liant_app::{Context, Settings, SystemClock, Workplace, directory};
use liant_model::{Actor, Clock, Lang, PersonId, Purpose};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let folder = std::env::args().nth(1).ok_or("give the folder of an installation")?;
    let settings = Settings::read(&Path::new(&folder).join("liant.toml"))?;
    let workplace = Workplace::open(&settings)?;
    let territory = settings.territory()?;
    let begun = Stopwatch::now();
    if std::env::args().nth(2).as_deref() == Some("rebuild") {
        println!("{:?}", directory::rebuild(&workplace, territory, SystemClock.now())?);
    } else {
        println!("{:?}", directory::refresh(&workplace, territory, SystemClock.now())?);
    }
    println!("refresh: {:.1} s", begun.elapsed().as_secs_f64());
    let actor = Actor {
        name: "officer".to_owned(),
        party: settings.party.clone(),
        role: "orientation_officer".parse()?,
        os_user: None,
    };
    let context = || {
        Context::new(&actor, Purpose::parse("orientation")?, territory, &SystemClock).map_err(Failure::from)
    };
    let seat = Seat::default();
    let mut last: Option<PersonId> = None;
    let mut names = Vec::new();
    let by_name = |tests: Vec<Test>, order| ListRequest { seat, tests, order, ..ListRequest::default() };
    time("list by name, page after page", 200, || {
        let request = ListRequest { after: last, ..by_name(Vec::new(), Order::Name) };
        let page = people::list(&context()?, &workplace, &request, Lang::Fr)?;
        for value in page.people.iter().flat_map(|line| &line.origins).flat_map(|origin| &origin.values) {
            if value.field == "identity.birth_name" {
                names.push(value.value.clone());
            }
        }
        last = page.next;
        Ok(page.people.len())
    })?;
    let commune = || Test::Commune("62041".to_owned());
    for (what, tests, order) in [
        ("to orient, by age", vec![Test::ToOrient], Order::Waiting),
        ("without referent", vec![Test::WithoutReferent], Order::Name),
        ("nature 01", vec![Test::Nature(Some("01".to_owned()))], Order::Name),
        ("commune", vec![commune()], Order::Name),
        ("commune, to orient", vec![commune(), Test::ToOrient], Order::Waiting),
        ("category 1, by registration", vec![Test::Category("1".to_owned())], Order::Registered),
        ("category 2, commune", vec![Test::Category("2".to_owned()), commune()], Order::Name),
        ("held by France Travail", vec![Test::WithFranceTravail(true)], Order::Name),
        ("left France Travail", vec![Test::WithFranceTravail(false)], Order::Name),
        ("not in course", vec![Test::InCourse(false)], Order::Name),
    ] {
        let request = by_name(tests, order);
        time(what, 20, || {
            Ok(people::list(&context()?, &workplace, &request, Lang::Fr)?.count.number as usize)
        })?;
    }
    let mut number = 0;
    time("search: a name", 200, || {
        number += 17;
        let typed = names.get(number % names.len().max(1)).cloned().unwrap_or_default();
        Ok(people::search(&context()?, &workplace, &seat, &typed, Lang::Fr)?.people.len())
    })?;
    for typed in [
        "du",
        "ma",
        "m",
        "marie",
        "du ma",
        "martin marie",
        "marie martin",
        "le ma cl",
        "12/03/1981",
        "zzzz",
        "qu zo",
        "bernadette",
    ] {
        time(&format!("search: {typed}"), 20, || {
            Ok(people::search(&context()?, &workplace, &seat, typed, Lang::Fr)?.people.len())
        })?;
    }
    time("home", 20, || {
        let since = SystemClock.now().date();
        Ok(people::home(&context()?, &workplace, &seat, since)?.happened.len())
    })?;
    let natures: Vec<Test> =
        ["01", "02", "03", "04", "05", "06"].map(|code| Test::Nature(Some(code.to_owned()))).into();
    time("facets: natures", 20, || Ok(people::counts(&context()?, &workplace, &seat, &[], &natures)?.len()))?;
    Ok(())
}

fn time(what: &str, times: usize, mut work: impl FnMut() -> Result<usize, Failure>) -> Result<(), Failure> {
    let mut taken = Vec::with_capacity(times);
    let mut answer = 0;
    for _ in 0..times {
        let begun = Stopwatch::now();
        answer = work()?;
        taken.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    taken.sort_by(f64::total_cmp);
    let at = |part: f64| taken.get(((taken.len() - 1) as f64 * part) as usize).copied().unwrap_or_default();
    println!(
        "{what:30} p50 {:7.2} ms   p95 {:7.2} ms   max {:7.2} ms   ({answer})",
        at(0.5),
        at(0.95),
        at(1.0)
    );
    Ok(())
}
