//! How long the gate takes for one decision, and a compiled plan for one field, with the shipped files and with those of
//! a hundred territories. One JSON object for each figure: `cargo run --release -p liant-guard --example gate_speed`
#![expect(clippy::print_stdout, reason = "an example that prints its figures")]

use std::hint::black_box;
use std::time::Instant as Watch;

use liant_convention::{
    Channel, Convention, FlowQuery, Gate, Problem, Query, Reach, RecipientRule, SHIPPED, UseKind,
};
use liant_guard::{Limits, Plan, Standings, Subject};
use liant_model::{Actor, Field, Instant, Party, PersonId, Purpose, Role, Source, Territory};

/// The middle of so many runs is told, each of so many acts.
const RUNS: usize = 5;
const ACTS: u32 = 200_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let territories: Vec<String> = (1..=95).map(|n| format!("{n:02}")).filter(|code| code != "20").collect();
    for territories in [vec!["62".to_owned()], territories] {
        let mut files = Vec::new();
        for code in &territories {
            files.extend(files_of(code).map_err(|problems| format!("{problems:?}"))?);
        }
        let conventions = files.len();
        let gate = Gate::new(files)?;
        measure(&gate, conventions)?;
    }
    Ok(())
}

fn files_of(code: &str) -> Result<Vec<Convention>, Vec<Problem>> {
    let local = |text: &str| {
        text.replace("\"62-", &format!("\"{}-", code.to_lowercase()))
            .replace("\"62\"", &format!("\"{code}\""))
            .replace("departement-62", &format!("departement-{code}"))
    };
    SHIPPED.iter().map(|(name, text)| Convention::parse(name, &local(text))).collect()
}

fn measure(gate: &Gate, conventions: usize) -> Result<(), Box<dyn std::error::Error>> {
    let party = Party::parse("departement-62")?;
    let someone = |role: &str| {
        Ok::<_, liant_model::InvalidSlug>(Actor {
            name: "someone".to_owned(),
            party: party.clone(),
            role: Role::parse(role)?,
            os_user: None,
        })
    };
    let (officer, technician) = (someone("orientation_officer")?, someone("technician")?);
    let (orientation, review) = (Purpose::parse("orientation")?, Purpose::parse("curiosity")?);
    let territory = Territory::parse("62")?;
    let now = Instant::from_micros(1_772_362_800_000_000);
    let query = |actor, purpose| Query {
        actor,
        purpose,
        channel: Channel::Screen,
        territory,
        reach: Reach::Territory,
        now,
    };
    let granted = query(&officer, &orientation);
    let refused = query(&officer, &review);
    let flow = FlowQuery { profile: "CGPEM", actor: &technician, territory, now };
    time(conventions, "the gate grants", || drop(black_box(gate.decide(black_box(&granted)))));
    time(conventions, "the gate refuses", || drop(black_box(gate.decide(black_box(&refused)))));
    time(conventions, "the gate lets a file out", || drop(black_box(gate.send(black_box(&flow)))));
    time(conventions, "the gate lets the software work", || {
        drop(black_box(gate.may_use(UseKind::Recognise, &Source::CNAF, territory, now)));
    });
    time(conventions, "a plan is compiled", || drop(black_box(Plan::compile(gate, black_box(&granted)))));
    let plan = Plan::compile(gate, &granted)?;
    let standing = Standings::begin(gate, RecipientRule::shipped()?, (territory, now), Limits::not_asked())?;
    let standing = standing.of(Subject::Person(PersonId::new(now, [1; 10])));
    time(conventions, "a compiled plan decides", || {
        black_box(plan.allows(black_box(&Source::CNAF), black_box(Field::BirthName), black_box(&standing)));
    });
    Ok(())
}

fn time(conventions: usize, what: &str, mut act: impl FnMut()) {
    let mut runs: Vec<f64> = (0..RUNS)
        .map(|_| {
            let watch = Watch::now();
            for _ in 0..ACTS {
                act();
            }
            watch.elapsed().as_secs_f64() * 1e9 / f64::from(ACTS)
        })
        .collect();
    runs.sort_by(f64::total_cmp);
    let nanoseconds = runs.get(RUNS / 2).copied().unwrap_or(f64::NAN);
    println!("{{\"files\": {conventions}, \"what\": \"{what}\", \"nanoseconds\": {nanoseconds:.0}}}");
}
