//! How long the gate takes for one decision, with the shipped files and with those of a hundred territories.
//! `cargo run --release -p liant-convention --example gate_speed`
#![expect(clippy::print_stdout, reason = "an example that prints its figures")]

use std::hint::black_box;
use std::time::Instant as Watch;

use liant_convention::{Channel, Convention, FlowQuery, Gate, Problem, Query, Reach, SHIPPED, UseKind};
use liant_model::{Actor, Instant, Party, Purpose, Role, Source, Territory};

const ROUNDS: u32 = 1_000_000;

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
    println!("{conventions} files");
    time("decide, granted", || drop(black_box(gate.decide(black_box(&granted)))));
    time("decide, refused", || drop(black_box(gate.decide(black_box(&refused)))));
    time("send", || drop(black_box(gate.send(black_box(&flow)))));
    time("may_use", || {
        drop(black_box(gate.may_use(UseKind::Recognise, &Source::CNAF, territory, now)));
    });
    Ok(())
}

fn time(name: &str, mut act: impl FnMut()) {
    let watch = Watch::now();
    for _ in 0..ROUNDS {
        act();
    }
    println!("  {name}: {:.0} ns", watch.elapsed().as_secs_f64() * 1e9 / f64::from(ROUNDS));
}
