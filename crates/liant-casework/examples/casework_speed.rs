//! How long it takes to compute every delay of many accompaniments, and to replay a year of a Département's casework.
//! `cargo run --release -p liant-casework --example casework_speed -- [ACCOMPANIMENTS [PEOPLE]]`. Prints a line of JSON a figure;
//! `cargo xtask bench --only casework` reads them.
#![expect(clippy::print_stdout, reason = "an example that prints its figures")]

use std::error::Error;
use std::hint::black_box;
use std::time::Instant as Watch;

use jiff::civil::Date;
use liant_casework::{
    Code, Command, Entering, Event, Facts, Holidays, Means, Order, Outcome, Path, Programmes, Proposing,
    Refusal, clocks, decide, due_alerts, fold, replay,
};
use liant_convention::Length;
use liant_model::{AccountId, Instant, Role, Territory, Uuid};

/// Accompaniments whose delays are computed: asked in 10 s on two cores.
const ACCOMPANIMENTS: usize = 1_000_000;
/// People of a year of casework, and events of each: 3 M events asked in 60 s.
const PEOPLE: usize = 60_000;
const EVENTS: usize = 50;
const CORES: usize = 2;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |usual| arguments.next().map_or(Ok(usual), |text| text.parse::<usize>());
    let (accompaniments, people) = (number(ACCOMPANIMENTS)?, number(PEOPLE)?);
    let programmes = Programmes::shipped(&Holidays::shipped()?, Territory::parse("62")?)?;
    let histories: Vec<Vec<Event>> =
        (0..64).map(|start| history(&programmes, start)).collect::<Result<_, _>>()?;
    all_clocks(&programmes, &histories, accompaniments)?;
    all_replayed(&histories, people)
}

fn tell(what: &str, answer: &str, watch: Watch) {
    let seconds = watch.elapsed().as_secs_f64();
    println!("{}", serde_json::json!({ "what": what, "answer": answer, "seconds": seconds }));
}

/// Every clock of so many people, each at another point of her path; and the alerts of a day among them.
fn all_clocks(
    programmes: &Programmes,
    histories: &[Vec<Event>],
    accompaniments: usize,
) -> Result<(), Box<dyn Error>> {
    let paths: Vec<Path> = (0..accompaniments)
        .map(|place| {
            let history = histories.get(place % histories.len()).map_or(&[][..], Vec::as_slice);
            // From the entry on, at any point of the stay.
            replay(history.iter().take(7 + place % (EVENTS - 7)))
        })
        .collect();
    let (from, until) = (noon("2026-11-21")?, noon("2026-11-22")?);
    let watch = Watch::now();
    let part = paths.len().div_ceil(CORES);
    let found: (usize, usize) = std::thread::scope(|scope| {
        let workers: Vec<_> = paths
            .chunks(part)
            .map(|paths| {
                scope.spawn(move || {
                    paths.iter().fold((0, 0), |(all, alerts), path| {
                        let clocks = clocks(programmes, path);
                        (all + clocks.len(), alerts + due_alerts(&clocks, from, until).len())
                    })
                })
            })
            .collect();
        let sums = workers.into_iter().filter_map(|worker| worker.join().ok());
        sums.fold((0, 0), |(a, b), (c, d)| (a + c, b + d))
    });
    let told = format!("{} clocks, {} alerts of a day, {CORES} cores", found.0, found.1);
    tell(&format!("every clock of {accompaniments} accompaniments"), &told, watch);
    Ok(())
}

/// A year of casework, read from what is written and replayed, and the same state each time.
fn all_replayed(histories: &[Vec<Event>], people: usize) -> Result<(), Box<dyn Error>> {
    let written: Vec<Vec<String>> = histories
        .iter()
        .map(|history| history.iter().take(EVENTS).map(serde_json::to_string).collect::<Result<_, _>>())
        .collect::<Result<_, _>>()?;
    let expected: Vec<Path> = histories.iter().map(|history| replay(history.iter().take(EVENTS))).collect();
    let watch = Watch::now();
    let (mut events, mut same) = (0, true);
    for place in 0..people {
        let Some((lines, expected)) =
            written.get(place % written.len()).zip(expected.get(place % expected.len()))
        else {
            continue;
        };
        let mut path = Path::default();
        for line in lines {
            path = fold(path, &serde_json::from_str::<Event>(line)?);
            events += 1;
        }
        same &= black_box(path) == *expected;
    }
    if !same {
        return Err("a path that was replayed is another".into());
    }
    tell(&format!("{people} people, {events} events read and replayed"), "identical state, one core", watch);
    Ok(())
}

/// One person in global accompaniment: entry, points and meetings, an extension.
fn history(programmes: &Programmes, start: i64) -> Result<Vec<Event>, Box<dyn Error>> {
    let mut teller =
        Teller { programmes, path: Path::default(), history: Vec::new(), on: "2026-01-05".parse()? };
    teller.wait(start);
    let met: Facts = ["job-seeker", "volunteer", "social-barrier"]
        .into_iter()
        .map(Code::parse)
        .collect::<Result<_, _>>()?;
    let (adviser, social) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
    teller.order("adviser", Order::GiveConsent { consent: Code::parse("transmission")? })?;
    let to = Role::parse("local_service_head")?;
    let proposing = Proposing { to, facts: met.clone(), zone: None, confirmed_by: Vec::new(), form: None };
    teller.order("adviser", Order::Propose(proposing))?;
    teller.wait(9);
    teller.order("adviser", act("integration-interview")?)?;
    let referent = Role::parse("social_referent")?;
    teller.order("local_service_head", Order::Name { role: referent, who: social })?;
    let referents = vec![(Role::parse("adviser")?, adviser)];
    let length: Length = "12 months".parse()?;
    teller.order(
        "adviser",
        Order::Enter(Entering { length: Some(length), facts: met, referents, agreed_by: Vec::new() }),
    )?;
    while teller.history.len() < EVENTS {
        teller.wait(6);
        teller.order("adviser", act("meeting")?)?;
        teller.order("social_referent", act("meeting")?)?;
        teller.order("adviser", act("monthly-point")?)?;
    }
    Ok(teller.history)
}

fn act(code: &str) -> Result<Order, Box<dyn Error>> {
    Ok(Order::Record {
        act: Code::parse(code)?,
        outcome: Outcome::Kept,
        means: Some(Means::InPerson),
        appointment: None,
    })
}

struct Teller<'p> {
    programmes: &'p Programmes,
    path: Path,
    history: Vec<Event>,
    on: Date,
}

impl Teller<'_> {
    fn wait(&mut self, days: i64) {
        self.on = self.on.saturating_add(jiff::Span::new().days(days));
    }

    fn order(&mut self, by: &str, order: Order) -> Result<(), Box<dyn Error>> {
        let command = Command {
            programme: Code::parse("accompagnement-global")?,
            by: Role::parse(by)?,
            on: self.on,
            expected: self.path.version,
            order,
        };
        let now = noon(&self.on.to_string())?;
        let events = decide(self.programmes, &self.path, &command, now)
            .map_err(|refusal: Refusal| refusal.to_string())?;
        for event in &events {
            self.path = fold(std::mem::take(&mut self.path), event);
        }
        self.history.extend(events);
        Ok(())
    }
}

fn noon(day: &str) -> Result<Instant, jiff::Error> {
    let noon = day.parse::<Date>()?.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC)?;
    Ok(Instant::from_micros(noon.timestamp().as_microsecond()))
}
