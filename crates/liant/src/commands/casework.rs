use liant_app::Context;
use liant_app::casework::{
    self, Acted, Asked, ClockStanding, Code, Doing, Due, Month, MonthFigures, Now, PathView, Proposed, Slice,
    Whose,
};
use liant_model::{Date, Field, Lang, PersonId};
use serde_json::{Value, json as object};

use super::Call;
use crate::casework_arguments::{Answer, AtSeat, Casework, Propose};
use crate::output::{Outcome, either, json, line, note};
use crate::workshop::Workshop;

pub(super) fn run(call: &Call, casework: &Casework) -> anyhow::Result<Outcome> {
    match casework {
        Casework::Path { person, seat } => path(call, *person, seat),
        Casework::Propose(propose) => self::propose(call, propose),
        Casework::Answer(answer) => self::answer(call, answer),
        Casework::Inbox { seat } => inbox(call, seat),
        Casework::Caseload { programme, seat } => caseload(call, &programme.programme, seat),
        Casework::Fse(fse) => super::fse::run(call, fse),
        Casework::Committee { month, programme, seat } => {
            committee(call, (&programme.programme, *month), seat)
        }
        Casework::Due(place) => {
            let workshop = call.workshop(place.territory)?;
            let context = context(&workshop, None)?;
            let report = casework::due(&context, &workshop.workplace)?;
            if place.json {
                json(&report)?;
            } else {
                line(match call.lang {
                    Lang::Fr => format!(
                        "{} parcours, {} alertes données, {} entrées de listes refaites.",
                        report.people, report.alerts, report.remade
                    ),
                    Lang::En => format!(
                        "{} paths, {} alerts given, {} entries of lists made again.",
                        report.people, report.alerts, report.remade
                    ),
                });
            }
            for (programme, version) in &report.without_file {
                note(match call.lang {
                    Lang::Fr => {
                        format!("{programme} v{version} : le fichier manque, ses délais ne sont pas calculés")
                    }
                    Lang::En => {
                        format!("{programme} v{version}: the file is missing, its delays are not computed")
                    }
                });
            }
            Ok(if report.without_file.is_empty() { Outcome::Done } else { Outcome::EnvironmentAtFault })
        }
    }
}

/// The context of a request about accompaniments, of an actor who works in an organisation.
pub(super) fn context<'a>(workshop: &'a Workshop, seat: Option<&AtSeat>) -> anyhow::Result<Context<'a>> {
    let purpose = casework::purpose(workshop.actor())?;
    let mut context = workshop.context(purpose.as_str())?;
    context.seat.organisation = seat.and_then(|seat| seat.organisation);
    Ok(context)
}

fn path(call: &Call, person: PersonId, seat: &AtSeat) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(seat.place.territory)?;
    let context = context(&workshop, Some(seat))?;
    let path = casework::path(&context, &workshop.workplace, person, call.lang)?;
    if seat.place.json {
        json(&told(&path))?;
        return Ok(Outcome::Done);
    }
    for one in &path.beside {
        line(format!("{:<40} {:<30} {}", one.role_text, one.name, one.since));
    }
    for track in &path.tracks {
        line(&track.title);
        if let Some(now) = &track.now {
            line(format!("  {}  {}", now.stage.as_str(), now.since));
            for due in &now.clocks {
                line(format!("  {}  {}  {}", due.due, standing(call.lang, due.standing), due.text));
            }
        }
        for stay in &track.past {
            line(format!("  {} - {}  {}", stay.from, stay.ended, stay.exit_text));
        }
        for choice in &track.choices {
            match &choice.refusal {
                None => line(format!("  + {}", choice.label)),
                Some(refusal) => line(format!("  - {}: {}", choice.label, refusal.text)),
            }
        }
    }
    for step in &path.history {
        line(format!("{}  {:<24} {:<30} {}", step.on, step.by.as_str(), step.who, step.text));
    }
    Ok(Outcome::Done)
}

fn standing(lang: Lang, standing: ClockStanding) -> String {
    match (lang, standing) {
        (Lang::Fr, ClockStanding::Late(days)) => format!("en retard de {days} j"),
        (Lang::Fr, ClockStanding::Due) => "aujourd'hui".to_owned(),
        (Lang::Fr, ClockStanding::Ahead(days)) => format!("dans {days} j"),
        (Lang::En, ClockStanding::Late(days)) => format!("{days} days late"),
        (Lang::En, ClockStanding::Due) => "today".to_owned(),
        (Lang::En, ClockStanding::Ahead(days)) => format!("in {days} days"),
    }
}

fn told(path: &PathView) -> Value {
    let choice = |one: &casework::Choice| {
        object!({
            "kind": one.kind.as_str(), "code": one.code, "role": one.role,
            "refusal": one.refusal.as_ref().map(|told| object!({
                "reason": told.reason, "rule": told.rule, "source": told.source,
            })),
        })
    };
    let track = |one: &casework::TrackView| {
        object!({
            "programme": one.programme, "version": one.version, "now": one.now.as_ref().map(now),
            "past": one.past.iter().map(|stay| object!({
                "from": stay.from, "ended": stay.ended, "exit": stay.exit,
            })).collect::<Vec<_>>(),
            "choices": one.choices.iter().map(choice).collect::<Vec<_>>(),
        })
    };
    object!({
        "person": path.person, "version": path.version, "clauses": path.clauses,
        "beside": path.beside.iter().map(|one| object!({
            "place": one.place, "role": one.role, "account": one.account, "programme": one.programme, "since": one.since,
        })).collect::<Vec<_>>(),
        "tracks": path.tracks.iter().map(track).collect::<Vec<_>>(),
        "history": path.history.iter().map(|step| object!({
            "nth": step.nth, "on": step.on, "by": step.by, "who": step.who, "programme": step.programme, "kind": step.kind,
            "what": step.what,
        })).collect::<Vec<_>>(),
    })
}

fn now(now: &Now) -> Value {
    object!({
        "stage": now.stage.as_str(), "route": now.route, "since": now.since, "accepted": now.accepted, "term": now.term,
        "clocks": now.clocks.iter().map(due).collect::<Vec<_>>(),
    })
}

fn due(due: &Due) -> Value {
    object!({ "clock": due.clock, "due": due.due, "owed_by": due.owed_by, "source": due.source })
}

fn inbox(call: &Call, seat: &AtSeat) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(seat.place.territory)?;
    let context = context(&workshop, Some(seat))?;
    let page = Slice { skip: 0, size: Slice::MOST };
    let listed = casework::inbox(&context, &workshop.workplace, page, call.lang)?;
    if seat.place.json {
        let lines = listed.lines.iter().map(|one| {
            object!({ "person": one.person, "programme": one.programme, "version": one.version, "now": now(&one.now) })
        });
        json(&lines.collect::<Vec<_>>())?;
        return Ok(Outcome::Done);
    }
    for one in &listed.lines {
        let name = |field| one.name.said(field).map_or("", |(_, said)| said);
        let first =
            one.first.as_ref().map(|due| format!("{} ({})", due.due, standing(call.lang, due.standing)));
        line(format!(
            "{}  {:<30} {:<24} {:<9} {}",
            one.person,
            format!("{} {}", name(Field::BirthName), name(Field::FirstName)),
            one.title,
            one.now.stage.as_str(),
            first.unwrap_or_default()
        ));
    }
    let count = listed.lines.len();
    note(match call.lang {
        Lang::Fr => format!("{count} fiches en attente."),
        Lang::En => format!("{count} forms wait."),
    });
    Ok(Outcome::Done)
}

fn caseload(call: &Call, programme: &Code, seat: &AtSeat) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(seat.place.territory)?;
    let context = context(&workshop, Some(seat))?;
    let loads = casework::loads(&context, &workshop.workplace, programme, Whose::Service)?;
    if seat.place.json {
        let all = loads.iter().map(|one| {
            object!({
                "account": one.account, "role": one.role, "people": one.load.people, "suspended": one.load.suspended,
                "four_weeks": one.forecast.four, "twelve_weeks": one.forecast.twelve, "least": one.least, "most": one.most,
            })
        });
        json(&all.collect::<Vec<_>>())?;
        return Ok(Outcome::Done);
    }
    for one in &loads {
        let bound = |bound: Option<u32>| bound.map_or_else(|| "-".to_owned(), |bound| bound.to_string());
        line(format!(
            "{:<30} {:<20} {:>4}  {} {:>4}  {} {:>4}  [{} - {}]",
            one.name,
            one.role.as_str(),
            one.load.people,
            either(call.lang, "à 4 semaines :", "in 4 weeks:"),
            one.forecast.four,
            either(call.lang, "à 12 :", "in 12:"),
            one.forecast.twelve,
            bound(one.least),
            bound(one.most),
        ));
    }
    Ok(Outcome::Done)
}

/// The figures of a month, a place a line; what is hidden is a dash.
fn committee(call: &Call, (programme, month): (&Code, Month), seat: &AtSeat) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(seat.place.territory)?;
    let context = context(&workshop, Some(seat))?;
    let found = casework::committee(&context, &workshop.workplace, (programme, month), call.lang)?;
    if seat.place.json {
        let places = found
            .places
            .iter()
            .map(|one| object!({ "place": one.place, "name": one.name, "figures": one.figures }));
        json(&object!({
            "programme": found.programme, "month": found.month.to_string(), "fewest": found.fewest,
            "places": places.collect::<Vec<_>>(), "total": found.total,
        }))?;
        return Ok(Outcome::Done);
    }
    let heads = match call.lang {
        Lang::Fr => [
            "",
            "entrées",
            "dans le délai %",
            "délai médian",
            "sorties",
            "positives",
            "freins levés",
            "RSA %",
        ],
        Lang::En => {
            ["", "entries", "in time %", "median days", "exits", "positive", "barriers lifted", "RSA %"]
        }
    };
    row(heads.map(str::to_owned));
    for place in &found.places {
        let none = either(call.lang, "sans service", "no service");
        row(cells(place.name.as_deref().unwrap_or(none), &place.figures));
    }
    row(cells(either(call.lang, "ensemble", "together"), &found.total));
    Ok(Outcome::Done)
}

fn cells(name: &str, figures: &MonthFigures) -> [String; 8] {
    let cell = |figure: Option<u32>| figure.map_or_else(|| "-".to_owned(), |figure| figure.to_string());
    let (entries, exits) = (figures.entries, figures.exits);
    [
        name.to_owned(),
        cell(entries.map(|one| one.all())),
        cell(entries.and_then(|one| one.share_in_time())),
        cell(entries.and_then(|one| one.median)),
        cell(exits.map(|one| one.all())),
        cell(exits.map(|one| one.positive)),
        cell(exits.map(|one| one.lifted)),
        cell(figures.share),
    ]
}

fn row(cells: [String; 8]) {
    let [name, rest @ ..] = cells;
    let rest: Vec<String> = rest.iter().map(|cell| format!("{cell:>16}")).collect();
    line(format!("{name:<40}{}", rest.concat()));
}

fn propose(call: &Call, propose: &Propose) -> anyhow::Result<Outcome> {
    let mut asked = Vec::new();
    let workshop = call.workshop(propose.seat.place.territory)?;
    if propose.consent {
        let programmes = workshop.workplace.programmes(workshop.territory())?;
        let day = propose.on.unwrap_or_else(|| workshop.clock().now().date());
        let rule =
            programmes.on(&propose.programme.programme, day).and_then(|one| one.entry.consent.as_ref());
        asked.extend(rule.map(|rule| Asked::GiveConsent(rule.id.clone())));
    }
    asked.push(Asked::Propose(Proposed {
        to: propose.to.clone(),
        organisation: propose.to_organisation,
        account: None,
        declared: propose.tick.clone(),
        zone: None,
        confirmed_by: Vec::new(),
        form: None,
    }));
    let what = (propose.person, &propose.programme.programme, propose.on, asked);
    act(call, &workshop, &propose.seat, what)
}

fn answer(call: &Call, answer: &Answer) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(answer.seat.place.territory)?;
    let asked = answer.refuse.clone().map_or(Asked::Accept, Asked::Refuse);
    let what = (answer.person, &answer.programme.programme, answer.on, vec![asked]);
    act(call, &workshop, &answer.seat, what)
}

/// Acts on the path as it stands, and says what became of it. What a rule of the programme forbids is a fault of the data.
fn act(
    call: &Call,
    workshop: &Workshop,
    seat: &AtSeat,
    (person, programme, on, asked): (PersonId, &Code, Option<Date>, Vec<Asked>),
) -> anyhow::Result<Outcome> {
    let context = context(workshop, Some(seat))?;
    let path = casework::path(&context, &workshop.workplace, person, call.lang)?;
    let on = on.unwrap_or_else(|| context.now().date());
    let doing = Doing { programme: programme.clone(), on, expected: path.version, asked };
    let acted: Acted = casework::act(&context, &workshop.workplace, person, &doing)?;
    match acted {
        Ok(recorded) => {
            let kinds: Vec<&str> = recorded.events.iter().map(|event| casework::kind(&event.what)).collect();
            if seat.place.json {
                json(&object!({ "version": recorded.version, "recorded": kinds, "told": recorded.told }))?;
            } else {
                line(format!("{} {}", either(call.lang, "enregistré :", "recorded:"), kinds.join(", ")));
            }
            Ok(Outcome::Done)
        }
        Err(refusal) => {
            if seat.place.json {
                json(&object!({ "refused": {
                    "reason": refusal.reason.as_str(), "rule": refusal.rule, "source": refusal.source, "about": refusal.about,
                } }))?;
            } else {
                note(format!(
                    "{} {} ({})",
                    either(call.lang, "refusé :", "refused:"),
                    refusal.told(call.lang),
                    refusal.rule
                ));
            }
            Ok(Outcome::DataAtFault)
        }
    }
}
