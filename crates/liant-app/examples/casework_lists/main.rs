//! Measures lists of casework among many accompaniments: `cargo run --release -p liant-app --example casework_lists -- sqlite PEOPLE [SEED]`, or
//! the URL of a PostgreSQL server in place of `sqlite`. An invented territory is imported, each of its people is given the path of one
//! of a few dozen models, and services, agencies and their workers are of the size that the programme wants. Prints a line of JSON a
//! figure; `cargo xtask bench --only casework` reads them.

#![expect(clippy::print_stdout, reason = "a measuring tool prints")]

mod models;
mod territory;

use std::time::Instant as Stopwatch;

use liant_app::casework::{self, AgendaRequest, Listing, Slice, Whose};
use liant_app::{Context, SystemClock};
use liant_model::{Actor, Clock, Lang, Span};

use crate::territory::{Place, Seat};

pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Seats that each list is asked from, one after the other: no page is asked twice.
const SEATS: u32 = 40;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let engine = arguments.next().ok_or("give `sqlite`, or the URL of a PostgreSQL server")?;
    let people: u32 = arguments.next().map_or(Ok(2_000), |text| text.parse())?;
    let seed: u64 = arguments.next().map_or(Ok(7), |text| text.parse())?;
    let begun = Stopwatch::now();
    let place = Place::make(&engine, people, seed)?;
    tell("made", &format!("{} accompaniments", place.accompaniments), begun.elapsed().as_secs_f64());
    lists(&place)?;
    let begun = Stopwatch::now();
    let report = casework::due_by_itself(&place.workplace, territory::territory()?, &SystemClock)?;
    let told = format!("{} paths, {} alerts, {} remade", report.people, report.alerts, report.remade);
    tell("the hourly job", &told, begun.elapsed().as_secs_f64());
    Ok(())
}

fn lists(place: &Place) -> Result<(), Failure> {
    let soon = SystemClock.now().date().checked_add(Span::new().try_days(30)?)?;
    let agenda = |whose, skip| AgendaRequest { whose, until: soon, page: Slice { skip, ..Slice::default() } };
    let (adviser, head) = (Seat::Adviser, Seat::Head);
    let page = |skip| Slice { skip, ..Slice::default() };
    for skip in [0, 50] {
        time(place, &format!("caseload, from line {}", skip + 1), adviser, |context| {
            Ok(casework::caseload(context, &place.workplace, page(skip), Lang::Fr)?.lines.len() as u64)
        })?;
    }
    time(place, "inbox", head, |context| {
        Ok(casework::inbox(context, &place.workplace, page(0), Lang::Fr)?.lines.len() as u64)
    })?;
    time(place, "forms sent", adviser, |context| {
        Ok(casework::sent(context, &place.workplace, page(0), Lang::Fr)?.lines.len() as u64)
    })?;
    for (what, seat, whose) in [("a worker", adviser, Whose::Mine), ("a service", head, Whose::Service)] {
        time(place, &format!("agenda of {what}"), seat, |context| {
            let listed = casework::agenda(context, &place.workplace, &agenda(whose, 0), Lang::Fr)?;
            Ok(listed.lines.len() as u64)
        })?;
    }
    let listings = [
        ("received", head, Listing::Received),
        ("sent", adviser, Listing::Sent),
        ("mine", adviser, Listing::Mine),
    ];
    for (what, seat, listing) in listings {
        time(place, &format!("how many: {what}"), seat, |context| {
            Ok(casework::how_many(context, &place.workplace, listing)?)
        })?;
    }
    Ok(())
}

fn tell(what: &str, answer: &str, seconds: f64) {
    println!("{}", serde_json::json!({ "what": what, "answer": answer, "seconds": seconds }));
}

/// Times a list from one seat after the other; `work` gives how many it answered with.
fn time(
    place: &Place,
    what: &str,
    seat: Seat,
    mut work: impl FnMut(&Context<'_>) -> Result<u64, Failure>,
) -> Result<(), Failure> {
    let mut taken = Vec::new();
    let mut answers = 0;
    for nth in 0..SEATS {
        let (account, organisation, party, role) = place.seat(seat, nth);
        let actor =
            Actor { name: account.to_string(), party: party.parse()?, role: role.parse()?, os_user: None };
        let purpose = casework::purpose(&actor)?;
        let context = Context::new(&actor, purpose, territory::territory()?, &SystemClock)?
            .seated(account, organisation);
        let begun = Stopwatch::now();
        answers += work(&context)?;
        taken.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    taken.sort_by(f64::total_cmp);
    let at =
        |part: f64| taken.get(((taken.len() - 1) as f64 * part).round() as usize).copied().unwrap_or(0.0);
    let answer = format!("{} on average", answers / u64::from(SEATS));
    println!(
        "{}",
        serde_json::json!({ "what": what, "answer": answer, "p50_ms": at(0.5), "p95_ms": at(0.95) })
    );
    Ok(())
}
