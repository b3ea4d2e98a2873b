//! What of someone's path the actor may see. A path is a datum like another ([`Field::AccompanimentPath`]), and it is in several
//! registers: what a party recorded is shown under the clauses on that party's register, to its own people whole, to another party only
//! what the parties tell each other ([`crosses`]), under a convention that the programme rests on.

use std::collections::{BTreeMap, HashMap};

use liant_casework::{Code, Event, Happened, Outcome, Programme, Programmes, Route, has_part, is_told};
use liant_convention::{Channel, Consents, Reach};
use liant_guard::{GuardedFacts, NAMES, Plan, Standing, Subject, View};
use liant_model::{Date, Facts, Field, Lang, Party, PersonId, Role, Source, Span};
use liant_store::{CurrentFact, NewCaseworkEvent};

use super::held::Held;
use super::{REGISTERS, register_of};
use crate::people::{self, Line, seat};
use crate::positions::Positions;
use crate::{AppError, Context, Workplace, access, lookups, positions, recipients};

/// Days for which the two ends of a form are told how what it began has ended.
const TO_READ_THE_END: i64 = 30;

/// What the clauses for one purpose let the actor see.
pub(super) struct Window<'a> {
    pub(super) context: Context<'a>,
    pub(super) plan: Plan,
    pub(super) positions: Positions,
}

/// One window for each purpose for which a clause lets the actor see anything of people who agreed to `consents`; none when no clause
/// does.
pub(super) fn windows<'a>(
    context: &Context<'a>,
    workplace: &Workplace,
    consents: Consents,
) -> Result<Vec<Window<'a>>, AppError> {
    lookups::not_blocked(context, workplace)?;
    let mut purposes = vec![context.purpose.clone()];
    purposes.extend(super::purposes(context.actor)?.into_iter().filter(|one| *one != context.purpose));
    let mut windows = Vec::new();
    for purpose in purposes {
        let context = context.under(purpose);
        let query = seat::query(&context, Reach::Designated, Channel::Screen);
        let Ok(plan) = Plan::compile_near_of(context.gate(workplace)?, &query, consents) else { continue };
        let positions = positions::positions_of(&context, workplace, consents)?;
        windows.push(Window { context, plan, positions });
    }
    Ok(windows)
}

/// The same, of which there is one at least: a refusal is on record.
pub(super) fn some_windows<'a>(
    context: &Context<'a>,
    workplace: &Workplace,
    consents: Consents,
) -> Result<Vec<Window<'a>>, AppError> {
    let windows = windows(context, workplace, consents)?;
    if windows.is_empty() {
        access::plan_near_of(context, workplace, Channel::Screen, consents)?;
    }
    Ok(windows)
}

impl Window<'_> {
    pub(super) fn standing(&self, person: PersonId) -> Standing {
        self.positions.standings.of(Subject::Person(person))
    }
}

/// What of one person's path the actor may see: by which convention of which register.
pub(super) struct Sight {
    party: Party,
    role: Role,
    by: Vec<(Source, String)>,
}

impl Sight {
    pub(super) fn of(context: &Context<'_>, windows: &[Window<'_>], person: PersonId) -> Self {
        let mut by = Vec::new();
        for window in windows {
            let standing = window.standing(person);
            for source in REGISTERS {
                let clauses = window.plan.clauses_for(&source, Field::AccompanimentPath, &standing);
                by.extend(clauses.map(|clause| (source.clone(), clause.convention.clone())));
            }
        }
        Self { party: context.actor.party.clone(), role: context.actor.role.clone(), by }
    }

    /// Whether no clause shows the actor anything of her path.
    pub(super) fn is_none(&self) -> bool {
        self.by.is_empty()
    }

    /// What is shown of the path.
    pub(super) fn shown(&self, programmes: &Programmes, held: &Held) -> Held {
        let mut ways: BTreeMap<Code, Way<'_>> = BTreeMap::new();
        held.only(|event, row| {
            if let Some(way) = way_of(programmes, event) {
                ways.insert(event.programme.clone(), way);
            }
            self.event(programmes, event, row, ways.get(&event.programme))
        })
    }

    fn event(
        &self,
        programmes: &Programmes,
        event: &Event,
        row: &NewCaseworkEvent,
        way: Option<&Way<'_>>,
    ) -> Option<Event> {
        // A party's own working record is read in its place alone ([`super::record`]), by its own people too.
        if matches!(event.what, Happened::WorkingRecord { .. }) {
            return None;
        }
        let mut by = self.by.iter().filter(|(source, _)| *source == row.register);
        if row.party == self.party {
            return by.next().map(|_| event.clone());
        }
        let rests_on = |convention: &String| {
            let known = programmes.iter().filter(|one| one.id == event.programme);
            known.last().is_some_and(|programme| programme.conventions.contains(convention))
        };
        by.find(|(_, convention)| rests_on(convention))?;
        way.filter(|(programme, route)| has_part(programme, &self.role, route))?;
        let what = crosses(programmes, &event.programme, &event.what)?;
        Some(Event { what, ..event.clone() })
    }
}

/// The way by which what is under way began, in its version of the programme.
type Way<'p> = (&'p Programme, &'p Route);

/// That way, of an event that begins something.
fn way_of<'p>(programmes: &'p Programmes, event: &Event) -> Option<Way<'p>> {
    let (Happened::Relayed { version, route, .. } | Happened::Sent { version, route, .. }) = &event.what
    else {
        return None;
    };
    let programme = programmes.version(&event.programme, *version)?;
    Some((programme, programme.route(route)?))
}

/// What one party tells another of what happened: the form, the answer, the entry, who stands beside the person, that a point was held,
/// that it stands still and goes on, how long, and the exit. The rest stays in the record of the party whose work it is.
fn crosses(programmes: &Programmes, programme: &Code, what: &Happened) -> Option<Happened> {
    match what {
        Happened::Relayed { .. }
        | Happened::Sent { .. }
        | Happened::Accepted {}
        | Happened::Refused { .. }
        | Happened::Dropped { .. }
        | Happened::ProposalWithdrawn {}
        | Happened::Entered { .. }
        | Happened::Extended { .. }
        | Happened::Named { .. }
        | Happened::Released { .. }
        | Happened::Suspended { .. }
        | Happened::Resumed { .. }
        | Happened::Ended { .. } => Some(what.clone()),
        Happened::Acted { act, outcome: Outcome::Kept, .. } => {
            let running = programmes.iter().filter(|one| one.id == *programme).last();
            let is_told = running.and_then(|one| one.act(act)).is_some_and(|act| act.crosses);
            is_told.then(|| Happened::Acted {
                act: act.clone(),
                outcome: Outcome::Kept,
                means: None,
                appointment: None,
            })
        }
        Happened::ConsentGiven { .. }
        | Happened::ConsentWithdrawn { .. }
        | Happened::Acted { .. }
        | Happened::AppointmentFixed { .. }
        | Happened::AppointmentMoved { .. }
        | Happened::AppointmentCancelled { .. }
        | Happened::FollowedIntoWork { .. }
        | Happened::Signed { .. }
        | Happened::Oriented { .. }
        | Happened::RightEnded { .. }
        | Happened::RightResumed {}
        | Happened::WorkingRecord { .. } => None,
    }
}

/// What the actor is to the forms about someone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PartInForm {
    /// Nothing.
    #[default]
    None,
    /// Her role is told of it, by the programme.
    Told,
    /// It came from her, or went to where she works.
    End,
}

/// Whether a form about someone came from the actor where she sits now, or went to where she works in her role; or whether her role is told of
/// it. That holds while what it began goes on, and some days more from when its end was recorded.
pub(super) fn part_in_form(context: &Context<'_>, programmes: &Programmes, held: &Held) -> PartInForm {
    let role = &context.actor.role;
    let mut forms: BTreeMap<&Code, (PartInForm, Option<Date>)> = BTreeMap::new();
    for (event, row) in held.recorded() {
        match &event.what {
            Happened::Relayed { .. } | Happened::Sent { .. } => {
                let way = way_of(programmes, event);
                // Who acts for two organisations carries nothing from one to the other.
                let sent = row.recorded_by == context.actor.name
                    && row.organisation == context.seat.organisation
                    && row.party == context.actor.party;
                let received = row.about.is_some()
                    && row.about == context.seat.organisation
                    && way.is_some_and(|(_, route)| route.to == *role);
                let told = way.is_some_and(|(programme, route)| is_told(programme, role, route));
                let part = match (sent || received, told) {
                    (true, _) => PartInForm::End,
                    (false, true) => PartInForm::Told,
                    (false, false) => PartInForm::None,
                };
                let form = forms.entry(&event.programme).or_default();
                // A form that was handed on has the ends of both.
                let before = if form.1.is_none() { form.0 } else { PartInForm::None };
                *form = (part.max(before), None);
            }
            Happened::Refused { .. }
            | Happened::Dropped { .. }
            | Happened::ProposalWithdrawn {}
            | Happened::Ended { .. } => {
                forms.entry(&event.programme).or_default().1 = Some(event.at.date());
            }
            _ => {}
        }
    }
    let since = context.now().date().saturating_sub(Span::new().days(TO_READ_THE_END));
    let open = forms.into_values().filter(|(_, closed)| closed.is_none_or(|day| day >= since));
    open.map(|(part, _)| part).max().unwrap_or_default()
}

/// Gives someone to the ends of her form one by one (*personne désignée*), and to whoever is told of it in her own service.
pub(super) fn designate(windows: &mut [Window<'_>], person: PersonId, part: PartInForm) {
    let serves = |window: &Window<'_>| window.standing(person).near() <= Reach::Service;
    if part == PartInForm::End || (part == PartInForm::Told && windows.iter().any(serves)) {
        for window in windows {
            window.positions.standings.place(Subject::Person(person), Reach::Designated);
        }
    }
}

/// Someone's path, and what the actor may see of it.
pub(super) struct Seen<'a> {
    /// All of it: what the rules decide upon.
    pub(super) held: Held,
    /// What the actor may see.
    pub(super) shown: Held,
    pub(super) windows: Vec<Window<'a>>,
    pub(super) standing: Standing,
    pub(super) facts: Vec<CurrentFact>,
    is_none: bool,
}

/// Looks at someone's path, and shows nothing of it.
pub(super) fn look<'a>(
    context: &Context<'a>,
    workplace: &Workplace,
    person: PersonId,
) -> Result<Seen<'a>, AppError> {
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.casework_of(person))?;
    let held = Held::read(rows)?;
    let programmes = workplace.programmes(context.territory)?;
    let mut windows = some_windows(context, workplace, held.consents())?;
    let mut facts = Vec::new();
    for window in &mut windows {
        let positions = &mut window.positions;
        facts = workplace
            .store
            .read(context.territory, |snapshot| recipients::gather(snapshot, positions, person))?;
    }
    designate(&mut windows, person, part_in_form(context, &programmes, &held));
    let sight = Sight::of(context, &windows, person);
    let shown = sight.shown(&programmes, &held);
    let standing = windows.first().map(|window| window.standing(person));
    Ok(Seen {
        // Whose files are gone is there as long as something of her path is: its end is still to be recorded.
        is_none: sight.is_none() || (facts.is_empty() && shown.rows.0.is_empty()),
        shown,
        standing: standing.ok_or(AppError::Absent("person"))?,
        held,
        windows,
        facts,
    })
}

/// Finds someone of whose path a clause shows the actor something, where she stands and for what she agreed to.
pub(super) fn seen<'a>(
    context: &Context<'a>,
    workplace: &Workplace,
    person: PersonId,
) -> Result<Seen<'a>, AppError> {
    let seen = look(context, workplace, person)?;
    let standings: Vec<Standing> = seen.windows.iter().map(|window| window.standing(person)).collect();
    let plans: Vec<(&Plan, &Standing)> =
        seen.windows.iter().map(|window| &window.plan).zip(&standings).collect();
    let is_shown = !seen.shown.rows.0.is_empty();
    access::admit_by_any(context, workplace, (&plans, is_shown), person, &seen.facts)?;
    if seen.is_none { Err(AppError::Absent("person")) } else { Ok(seen) }
}

/// The registers that what is shown of a path comes from: the actor's own, and those of which something is.
pub(super) fn registers(context: &Context<'_>, shown: &Held) -> Vec<Source> {
    let own = register_of(&context.actor.party);
    let of = |source: &Source| shown.rows.0.iter().any(|row| row.event.register == *source);
    REGISTERS.into_iter().filter(|source| *source == own || of(source)).collect()
}

/// A path as data of a register, under the gate.
pub(super) fn sealed((person, shown): (PersonId, &Held), source: &Source) -> GuardedFacts {
    let mut facts = Facts::new();
    facts.push(Field::AccompanimentPath, &shown.path.version.to_string());
    GuardedFacts::seal(Subject::Person(person), source.clone(), facts)
}

/// Writes that the actor was shown someone's path, and her names where a clause lets them out, one record for each purpose; gives the
/// clauses that show the path, and the names.
pub(super) fn shown(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, seen): (PersonId, &Seen<'_>),
    lang: Lang,
) -> Result<(Vec<String>, Line), AppError> {
    let mut clauses: Vec<String> = Vec::new();
    let (mut views, mut named): (Vec<View>, Vec<Source>) = (Vec::new(), Vec::new());
    let mut registers = registers(context, &seen.shown);
    let lets = |source: &Source, window: &Window<'_>| {
        window.plan.allows(source, Field::AccompanimentPath, &window.standing(person))
    };
    if !seen.windows.iter().any(|window| registers.iter().any(|source| lets(source, window))) {
        // That nothing is there was shown under the clauses of another's register.
        registers = REGISTERS.to_vec();
    }
    for window in &seen.windows {
        let of: Vec<&Source> = registers.iter().filter(|source| lets(source, window)).collect();
        if of.is_empty() {
            continue;
        }
        let plan = window.plan.narrowed(NAMES.with(Field::AccompanimentPath));
        let standing = window.standing(person);
        let mut session = plan.begin();
        for source in of {
            session.add(&sealed((person, &seen.shown), source), &standing);
        }
        // What the clauses of an earlier purpose name is not named again.
        let earlier = named.clone();
        for fact in &seen.facts {
            let source = fact.facts.source();
            let names = plan.fields(source, &standing).intersection(NAMES);
            if !names.is_empty() && !earlier.contains(source) {
                session.add(&fact.facts, &standing);
                named.push(source.clone());
            }
        }
        views.extend(session.release(|record| {
            access::write(&window.context, workplace, record, liant_audit::Act::Read, "accompaniment")
        })?);
    }
    let of_path = |view: &View| -> Vec<String> {
        let shown = view.iter().filter(|(field, ..)| *field == Field::AccompanimentPath);
        shown.map(|(.., clause)| clause.to_string()).collect()
    };
    clauses.extend(views.iter().flat_map(of_path));
    clauses.sort_unstable();
    clauses.dedup();
    let nameless = Line { person, origins: Vec::new(), referent: None };
    let name = people::lines(views, &[person], HashMap::new(), lang).pop().unwrap_or(nameless);
    Ok((clauses, name))
}

#[cfg(test)]
mod tests {
    use liant_casework::{Holidays, Means, SHIPPED_PROGRAMMES};

    use super::*;

    fn row(party: &str) -> NewCaseworkEvent {
        let party: Party = party.parse().unwrap();
        NewCaseworkEvent {
            recorded_by: "someone".to_owned(),
            organisation: None,
            register: register_of(&party),
            party,
            about: None,
            body: String::new(),
        }
    }

    fn event(programme: &str, what: Happened) -> Event {
        let what = serde_json::to_value(what).unwrap();
        let json = serde_json::json!({
            "v": 1, "at": 0, "on": "2026-11-02", "by": "adviser", "programme": programme, "what": what,
        });
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn what_passes_depends_on_party_register_convention_and_kind() {
        let holidays = Holidays::shipped().unwrap();
        let files = SHIPPED_PROGRAMMES.iter().copied();
        let programmes = Programmes::read(files, &holidays, "62".parse().unwrap()).unwrap();
        let (global, social) = ("accompagnement-global", "social-exclusif");
        let (rsa, other) = ("rsa-accompagnement", "contrat-engagement-jeune");
        let (ft, departement, caf) = ("france-travail", "departement-62", "caf-62");
        let exchange = "62-echange-accompagnement-global";
        let accepted = Happened::Accepted {};
        let given = || Happened::ConsentGiven { consent: Code::parse("transmission").unwrap() };
        let stands_still = || Happened::Suspended { before: Code::parse("social-exclusif").unwrap() };
        let act = |act: &str, outcome| Happened::Acted {
            act: Code::parse(act).unwrap(),
            outcome,
            means: Some(Means::InPerson),
            appointment: None,
        };
        for (reader, (register, convention), recorded_by, programme, what, passes) in [
            (ft, (Source::FRANCE_TRAVAIL, exchange), ft, rsa, given(), true),
            (ft, (Source::DEPARTEMENT, exchange), departement, global, accepted.clone(), true),
            (ft, (Source::DEPARTEMENT, exchange), departement, global, stands_still(), true),
            (ft, (Source::DEPARTEMENT, exchange), departement, social, accepted.clone(), true),
            (ft, (Source::DEPARTEMENT, exchange), departement, rsa, accepted.clone(), false),
            (ft, (Source::DEPARTEMENT, exchange), departement, other, accepted.clone(), false),
            (ft, (Source::DEPARTEMENT, exchange), ft, global, accepted.clone(), false),
            (
                departement,
                (Source::DEPARTEMENT, "62-departement"),
                departement,
                rsa,
                act("any", Outcome::Missed),
                true,
            ),
            (departement, (Source::DEPARTEMENT, "62-departement"), ft, global, accepted.clone(), false),
            (departement, (Source::FRANCE_TRAVAIL, exchange), ft, global, accepted.clone(), true),
            (departement, (Source::FRANCE_TRAVAIL, exchange), ft, global, given(), false),
            (
                departement,
                (Source::FRANCE_TRAVAIL, exchange),
                ft,
                global,
                act("meeting", Outcome::Kept),
                false,
            ),
            (
                departement,
                (Source::FRANCE_TRAVAIL, exchange),
                ft,
                global,
                act("monthly-point", Outcome::Missed),
                false,
            ),
            (
                departement,
                (Source::FRANCE_TRAVAIL, exchange),
                ft,
                global,
                act("monthly-point", Outcome::Kept),
                true,
            ),
            (caf, (Source::DEPARTEMENT, "62-caf-accompagnement"), departement, rsa, accepted.clone(), true),
            (
                caf,
                (Source::DEPARTEMENT, "62-caf-accompagnement"),
                departement,
                rsa,
                act("any", Outcome::Missed),
                false,
            ),
            (
                caf,
                (Source::DEPARTEMENT, "62-caf-accompagnement"),
                departement,
                global,
                accepted.clone(),
                false,
            ),
            (
                caf,
                (Source::DEPARTEMENT, "62-caf-accompagnement"),
                departement,
                other,
                accepted.clone(),
                false,
            ),
            (
                caf,
                (Source::DEPARTEMENT, "62-caf-accompagnement"),
                caf,
                rsa,
                act("any", Outcome::Missed),
                true,
            ),
        ] {
            let role = match reader {
                "caf-62" => "caf_worker",
                "france-travail" => "adviser",
                _ => "local_service_head",
            };
            let (party, role) = (reader.parse().unwrap(), role.parse().unwrap());
            let sight = Sight { party, role, by: vec![(register, convention.to_owned())] };
            let event = event(programme, what);
            let known = programmes.iter().filter(|one| one.id == event.programme).last().unwrap();
            // By the first way of the programme, which is no experiment's where there is another.
            let way = (known, known.routes.first().unwrap());
            let shown = sight.event(&programmes, &event, &row(recorded_by), Some(&way));
            assert_eq!(shown.is_some(), passes, "{reader} of {recorded_by}: {programme}, {:?}", event.what);
            if let Some(Event { what: Happened::Acted { means, .. }, .. }) = shown {
                assert_eq!(means.is_some(), reader == recorded_by, "how they met stays with whoever met her");
            }
        }
    }

    /// A form goes to the service and is refused, another to the CAF; France Travail's register, under the convention of the forms.
    #[test]
    fn of_an_experiment_its_pair_alone_is_told_and_the_pair_of_nothing_else() {
        let holidays = Holidays::shipped().unwrap();
        let files = SHIPPED_PROGRAMMES.iter().copied();
        let programmes = Programmes::read(files, &holidays, "62".parse().unwrap()).unwrap();
        let sent = |route: &str| {
            let json = serde_json::json!({ "kind": "sent", "version": 1, "route": route });
            serde_json::from_value::<Happened>(json).unwrap()
        };
        let refused = || Happened::Refused { reason: Code::parse("no-room").unwrap() };
        let told = [sent("ft-other"), refused(), sent("ft-caf"), Happened::Accepted {}];
        let events: Vec<Event> = told.into_iter().map(|what| event("accompagnement-global", what)).collect();
        let rows = events.iter().zip(1..).map(|(event, nth)| liant_store::CaseworkEventRow {
            identity: liant_model::IdentityId(liant_model::Uuid::nil()),
            nth,
            recorded_at: event.at,
            event: row("france-travail"),
        });
        let rows = liant_store::CaseworkEvents(rows.collect());
        let held = Held { rows, path: liant_casework::replay(&events), events };
        for (party, role, shown) in [
            ("caf-62", "caf_worker", &[2, 3][..]),
            ("departement-62", "local_service_head", &[0, 1, 2, 3]),
            ("departement-62", "social_referent", &[0, 1]),
            ("departement-62", "orientation_officer", &[0, 1, 2, 3]),
            ("france-travail", "social_referent", &[0, 1, 2, 3]),
        ] {
            let by = vec![(Source::FRANCE_TRAVAIL, "62-echange-accompagnement-global".to_owned())];
            let sight = Sight { party: party.parse().unwrap(), role: role.parse().unwrap(), by };
            let wanted: Vec<&Event> = shown.iter().map(|place: &usize| &held.events[*place]).collect();
            let seen = sight.shown(&programmes, &held);
            assert_eq!(seen.events.iter().collect::<Vec<_>>(), wanted, "{party}/{role}");
        }
    }
}
