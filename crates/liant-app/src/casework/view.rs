//! One person's path: where she stands, what happened and who recorded it, what the actor may do next.

use liant_casework::{Clock, ClockStanding, Code, Happened, Nature, Open, Programmes, clocks};
use liant_model::{AccountId, Date, Instant, Lang, OrganisationId, PersonId, Role, Source};
use liant_store::CaseworkStage;

use super::choices::{Asking, Choice, ticked};
use super::held::{self, Held};
use super::sight::{self, Seen};
use super::{AppointmentView, FormLine, appointments, entry, form, record, words};
use crate::people::Line;
use crate::{AppError, Context, Workplace, trail};

/// Someone's path, as the actor may see it.
#[derive(Clone, Debug)]
pub struct PathView {
    /// The person.
    pub person: PersonId,
    /// Her names, as each source gives them.
    pub name: Line,
    /// Its version: what an act expects.
    pub version: u64,
    /// The clauses that let the actor see it.
    pub clauses: Vec<String>,
    /// What she agreed to, and since when.
    pub consents: Vec<(Code, Date)>,
    /// Her orientation.
    pub orientation: Option<(Nature, Date)>,
    /// Who stands beside her.
    pub beside: Vec<Beside>,
    /// Where she stands in each programme in which she has been, is, or may be proposed by the actor.
    pub tracks: Vec<TrackView>,
    /// Appointments that the actor may see: those to come, then those of before, the latest first.
    pub appointments: Vec<AppointmentView>,
    /// Forms that were filled in and sent here, the latest first.
    pub forms: Vec<FormLine>,
    /// Whether a clause lets the actor have her own party's working record of her.
    pub has_record: bool,
    /// What happened, the latest first.
    pub history: Vec<Step>,
}

/// Someone beside the person.
#[derive(Clone, Debug)]
pub struct Beside {
    /// The place.
    pub place: Code,
    /// In what role.
    pub role: Role,
    /// That role in words.
    pub role_text: String,
    /// Who.
    pub account: AccountId,
    /// Her name.
    pub name: String,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// In which programme.
    pub programme: Code,
    /// Since when.
    pub since: Date,
}

/// Where the person stands in a programme.
#[derive(Clone, Debug)]
pub struct TrackView {
    /// The programme.
    pub programme: Code,
    /// The version that she is under, or would be proposed under.
    pub version: u32,
    /// Its title.
    pub title: String,
    /// What is under way.
    pub now: Option<Now>,
    /// Stays that are over.
    pub past: Vec<PastStay>,
    /// What the actor may do, or could but for a rule.
    pub choices: Vec<Choice>,
}

/// What is under way.
#[derive(Clone, Debug)]
pub struct Now {
    /// At which stage.
    pub stage: CaseworkStage,
    /// By what way she came.
    pub route: Code,
    /// The form that travels by it.
    pub form: Option<Code>,
    /// Since when.
    pub since: Date,
    /// When the proposal was accepted.
    pub accepted: Option<Date>,
    /// The term.
    pub term: Option<Date>,
    /// Whether the delay of the entry was kept.
    pub entered_in_time: Option<bool>,
    /// How many times she did not come, without excuse.
    pub absences: u32,
    /// Every delay that runs, the first due first.
    pub clocks: Vec<Due>,
    /// The organisation that the form came from.
    pub from: Option<OrganisationId>,
    /// The organisation that it went to.
    pub to: Option<OrganisationId>,
    /// The role that received it.
    pub to_role: Option<Role>,
}

/// A delay that runs.
#[derive(Clone, Debug)]
pub struct Due {
    /// Its code.
    pub clock: Code,
    /// What is due.
    pub text: String,
    /// By when.
    pub due: Date,
    /// How far that is from today.
    pub standing: ClockStanding,
    /// Who owes it.
    pub owed_by: Vec<Role>,
    /// Where the delay comes from.
    pub source: String,
}

/// A stay that is over.
#[derive(Clone, Debug)]
pub struct PastStay {
    /// Its first day.
    pub from: Date,
    /// Its last.
    pub ended: Date,
    /// Its outcome.
    pub exit: Code,
    /// That outcome in words.
    pub exit_text: String,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its place in the history.
    pub nth: u64,
    /// The day.
    pub on: Date,
    /// When it was recorded.
    pub at: Instant,
    /// In what role.
    pub by: Role,
    /// By whom: a name, or the operator's actor.
    pub who: String,
    /// The register that it is recorded in.
    pub register: Source,
    /// In which programme.
    pub programme: Code,
    /// The code of its kind.
    pub kind: &'static str,
    /// What.
    pub what: Happened,
    /// That in a line.
    pub text: String,
}

/// Someone's path. Written as one access record.
///
/// # Errors
/// The gate's refusal; [`AppError::Absent`] when there is no such person whose path the actor may see.
pub fn path(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    lang: Lang,
) -> Result<PathView, AppError> {
    let seen = sight::seen(context, workplace, person)?;
    let (clauses, name) = sight::shown(context, workplace, (person, &seen), lang)?;
    let programmes = workplace.programmes(context.territory)?;
    let held = &seen.shown;
    let mut actors: Vec<String> = held.rows.0.iter().map(|row| row.event.recorded_by.clone()).collect();
    actors.extend(held.path.referents.values().map(|one| one.who.to_string()));
    let names = trail::names(workplace, context.territory, &actors)?;
    let named = |actor: &str| names.get(actor).cloned().unwrap_or_else(|| actor.to_owned());
    let beside = held.path.referents.iter().map(|(place, one)| {
        let version = held.path.open(&one.programme).map(Open::version);
        let programme = version.and_then(|version| programmes.version(&one.programme, version));
        Beside {
            place: place.clone(),
            role: one.role.clone(),
            role_text: words::role_text(programme, &one.role, lang),
            account: one.who,
            name: named(&one.who.to_string()),
            organisation: held.works_for(place, one.who),
            programme: one.programme.clone(),
            since: one.since.on,
        }
    });
    let beside: Vec<Beside> = beside.collect();
    let mut history: Vec<Step> = (1..)
        .zip(held.recorded())
        .map(|(nth, (event, row))| Step {
            nth,
            on: event.on,
            at: event.at,
            by: event.by.clone(),
            who: named(&row.recorded_by),
            register: row.register.clone(),
            programme: event.programme.clone(),
            kind: words::kind(&event.what),
            what: event.what.clone(),
            text: words::step(&programmes, event, lang),
        })
        .collect();
    history.reverse();
    Ok(PathView {
        person,
        name,
        version: held.path.version,
        clauses,
        consents: held.path.consents.iter().map(|(code, mark)| (code.clone(), mark.on)).collect(),
        orientation: held.path.orientation.as_ref().map(|one| (one.nature, one.decided.on)),
        beside,
        appointments: appointments::shown(context, workplace, (person, held, &programmes), lang)?,
        tracks: tracks(context, workplace, (person, &seen, &programmes), lang)?,
        forms: form::lines(held),
        has_record: record::may_be_had(context, person, &seen.windows),
        history,
    })
}

fn tracks(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, seen, programmes): (PersonId, &Seen<'_>, &Programmes),
    lang: Lang,
) -> Result<Vec<TrackView>, AppError> {
    let (path, today) = (&seen.shown.path, context.now().date());
    let mut ids: Vec<&Code> = programmes.iter().map(|one| &one.id).collect();
    ids.dedup();
    let mut tracks = Vec::new();
    for id in ids {
        let open = path.open(id);
        let found =
            open.map_or_else(|| programmes.on(id, today), |open| programmes.version(id, open.version()));
        let past = path.past(id);
        let Some(programme) =
            found.or_else(|| words::any_version(programmes, id).filter(|_| !past.is_empty()))
        else {
            continue;
        };
        let declared: Vec<Code> =
            entry::declared(workplace, programme).into_iter().map(|one| one.id.clone()).collect();
        let ticks = ticked(programme, &declared, &context.actor.role);
        let facts = entry::facts(context, workplace, (person, seen), &ticks)?;
        // What the actor may not see under way tells her nothing of what she may do.
        let is_whole = seen.held.path.open(id).is_some() == open.is_some();
        let mut known = if is_whole { seen.held.path.clone() } else { path.clone() };
        known.consents.clone_from(&seen.held.path.consents);
        let asking = Asking {
            programmes,
            programme,
            path: &known,
            by: &context.actor.role,
            on: today,
            now: context.now(),
            facts: &facts,
            shown: path,
            has_places: workplace.places.of(&context.actor.party).next().is_some(),
            is_addressee: seen.shown.between(id).1.is_some_and(|to| Some(to) == context.seat.organisation),
            lang,
        };
        let choices = asking.all();
        if open.is_none() && past.is_empty() && choices.is_empty() {
            continue;
        }
        tracks.push(TrackView {
            programme: id.clone(),
            version: programme.version,
            title: words::said(&programme.title, lang),
            now: now(programmes, &seen.shown, id, (today, lang)),
            past: past.iter().map(|stay| past_stay(programmes, id, stay, lang)).collect(),
            choices,
        });
    }
    Ok(tracks)
}

fn past_stay(programmes: &Programmes, id: &Code, stay: &liant_casework::Past, lang: Lang) -> PastStay {
    let exit = programmes.version(id, stay.version).and_then(|programme| programme.exit(&stay.exit));
    PastStay {
        from: stay.from,
        ended: stay.ended,
        exit: stay.exit.clone(),
        exit_text: exit.map_or_else(|| stay.exit.to_string(), |exit| words::said(&exit.text, lang)),
    }
}

/// What is under way in a programme, with its delays.
pub(super) fn now(
    programmes: &Programmes,
    held: &Held,
    programme: &Code,
    (today, lang): (Date, Lang),
) -> Option<Now> {
    let open = held.path.open(programme)?;
    let route = programmes.version(programme, open.version()).and_then(|one| one.route(open.route()));
    let (from, to) = held.between(programme);
    let running = clocks(programmes, &held.path);
    let (accepted, log, stay) = match open {
        Open::Relay(_) => (None, None, None),
        Open::Proposal(proposal) => (proposal.accepted.map(|mark| mark.on), Some(&proposal.log), None),
        Open::Stay(stay) => (None, Some(&stay.log), Some(stay)),
    };
    Some(Now {
        stage: held::stage(programmes, programme, open),
        route: open.route().clone(),
        form: route.and_then(|route| route.form.clone()),
        since: open.since().on,
        accepted,
        term: stay.and_then(|stay| stay.term).map(|term| term.day),
        entered_in_time: stay.map(|stay| stay.in_time),
        absences: log.map_or(0, liant_casework::Log::absences),
        clocks: running
            .iter()
            .filter(|clock| clock.programme.id == *programme)
            .map(|clock| due(clock, (today, lang)))
            .collect(),
        from,
        to,
        to_role: route.map(|route| route.to.clone()),
    })
}

fn due(clock: &Clock<'_>, (today, lang): (Date, Lang)) -> Due {
    Due {
        clock: clock.rule.id.clone(),
        text: words::said(&clock.rule.text, lang),
        due: clock.due,
        standing: clock.standing(today),
        owed_by: clock.rule.owed_by.clone(),
        source: clock.rule.source.clone(),
    }
}
