//! The paths that people are given: proposals that wait, and stays of every length, as the programme decides them.

use liant_casework::{
    Code, Command, Entering, Event, Facts, Happened, Holidays, Means, Order, Outcome, Path, Programmes,
    Proposing, Refusal, decide, fold,
};
use liant_convention::Length;
use liant_model::{AccountId, Clock, Date, Instant, Role, Span, Uuid};

use liant_app::SystemClock;

use crate::Failure;
use crate::territory::territory;

/// How many models there are: every seventh is a proposal that waits.
pub(crate) const MODELS: u32 = 56;

/// In the place of the adviser, and of the social referent, of whoever is given the path.
pub(crate) const ADVISER: AccountId = AccountId(Uuid::from_u128(0x00ad_0000_0000_7000_8000_0000_0000_0001));
pub(crate) const REFERENT: AccountId = AccountId(Uuid::from_u128(0x00ef_0000_0000_7000_8000_0000_0000_0002));

/// The path of one model.
pub(crate) fn model(number: u32) -> Result<Vec<Event>, Failure> {
    let programmes = Programmes::shipped(&Holidays::shipped()?, territory()?)?;
    let today = SystemClock.now().date();
    let waits = number.is_multiple_of(7);
    let days = if waits { number % 18 } else { 20 + number * 3 };
    let mut teller = Teller {
        programmes: &programmes,
        path: Path::default(),
        history: Vec::new(),
        on: today.checked_sub(Span::new().try_days(days)?)?,
    };
    let met: Facts = ["job-seeker", "volunteer", "social-barrier"]
        .into_iter()
        .map(Code::parse)
        .collect::<Result<_, _>>()?;
    teller.order("adviser", Order::GiveConsent { consent: Code::parse("transmission")? })?;
    let to = Role::parse("local_service_head")?;
    let proposing = Proposing { to, facts: met.clone(), zone: None, confirmed_by: Vec::new(), form: None };
    teller.order("adviser", Order::Propose(proposing))?;
    if waits {
        return Ok(teller.history);
    }
    teller.wait(9);
    teller.order("adviser", act("integration-interview")?)?;
    let referent = Role::parse("social_referent")?;
    teller.order("local_service_head", Order::Name { role: referent, who: REFERENT })?;
    let referents = vec![(Role::parse("adviser")?, ADVISER)];
    let length: Length = "12 months".parse()?;
    let entering = Entering { length: Some(length), facts: met, referents, agreed_by: Vec::new() };
    teller.order("adviser", Order::Enter(entering))?;
    while teller.on.checked_add(Span::new().try_days(12)?)? < today {
        teller.wait(12);
        teller.order("social_referent", act("meeting")?)?;
        teller.order("adviser", act("monthly-point")?)?;
    }
    Ok(teller.history)
}

fn act(code: &str) -> Result<Order, Failure> {
    Ok(Order::Record {
        act: Code::parse(code)?,
        outcome: Outcome::Kept,
        means: Some(Means::InPerson),
        appointment: None,
    })
}

/// What an event is about: the service that a form goes to, that of a referent, or the agency of an adviser.
pub(crate) fn is_about_agency(event: &Event) -> Option<bool> {
    match &event.what {
        Happened::Sent { .. } => Some(false),
        Happened::Named { who, .. } => Some(*who == ADVISER),
        _ => None,
    }
}

struct Teller<'p> {
    programmes: &'p Programmes,
    path: Path,
    history: Vec<Event>,
    on: Date,
}

impl Teller<'_> {
    fn wait(&mut self, days: i64) {
        self.on = self.on.saturating_add(Span::new().days(days));
    }

    fn order(&mut self, by: &str, order: Order) -> Result<(), Failure> {
        let command = Command {
            programme: Code::parse("accompagnement-global")?,
            by: Role::parse(by)?,
            on: self.on,
            expected: self.path.version,
            order,
        };
        let noon = Instant::from_micros(
            (self.on - Date::constant(1970, 1, 1)).get_days() as i64 * 86_400_000_000 + 43_200_000_000,
        );
        let events = decide(self.programmes, &self.path, &command, noon)
            .map_err(|refusal: Refusal| refusal.to_string())?;
        for event in &events {
            self.path = fold(std::mem::take(&mut self.path), event);
        }
        self.history.extend(events);
        Ok(())
    }
}
