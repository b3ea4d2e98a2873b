use liant_app::duplicates;
use liant_app::review::{Question, Side};
use liant_app::rights::limits::{self, Carry, Lift, LiftReason, LimitGround, Telling};
use liant_app::space::asking;
use liant_app::{AppError, orientation as decisions, person as persons, review as reviews, rights};
use liant_model::Lang;

use super::Call;
use crate::arguments::{InTerritory, Orientation, Person, Review};
use crate::output::{Outcome, either, json, line, note, refused};

pub(super) fn review(call: &Call, review: &Review) -> anyhow::Result<Outcome> {
    let place = match review {
        Review::List { place, .. } | Review::Undo { place, .. } | Review::Find(place) => place,
        Review::Accept(answer) | Review::Refuse(answer) => &answer.place,
    };
    let workshop = call.workshop(place.territory)?;
    let context = workshop.context("identity-review")?;
    let workplace = &workshop.workplace;
    match review {
        Review::List { most, .. } => {
            let (questions, all) = reviews::list(&context, workplace, *most, call.lang)?;
            if place.json {
                json(&questions)?;
                return Ok(Outcome::Done);
            }
            for question in &questions {
                show(call.lang, question);
            }
            let count = questions.len();
            note(match call.lang {
                Lang::Fr => format!("{count} questions montrées sur {all}."),
                Lang::En => format!("{count} questions shown of {all}."),
            });
        }
        Review::Find(_) => {
            let asked = duplicates::find(&context, workplace)?;
            if place.json {
                json(&serde_json::json!({ "asked": asked }))?;
                return Ok(Outcome::Done);
            }
            line(match call.lang {
                Lang::Fr => format!("{asked} questions posées."),
                Lang::En => format!("{asked} questions asked."),
            });
        }
        Review::Accept(answer) => {
            let person = reviews::accept(&context, workplace, answer.question)?;
            if place.json {
                json(&serde_json::json!({ "review": answer.question, "person": person }))?;
                return Ok(Outcome::Done);
            }
            line(person);
        }
        Review::Refuse(answer) => {
            reviews::refuse(&context, workplace, answer.question)?;
            if place.json {
                json(&serde_json::json!({ "review": answer.question }))?;
            } else {
                note(either(call.lang, "Deux personnes : c'est noté.", "Two people: noted."));
            }
        }
        Review::Undo { identity, .. } => {
            let undone = reviews::undo(&context, workplace, *identity)?;
            if place.json {
                json(&undone)?;
                return Ok(Outcome::Done);
            }
            line(undone.person);
            for disclosure in &undone.disclosures {
                line(format!(
                    "  {}  {} -> {}  {}  [{}]  {}",
                    disclosure.at,
                    disclosure.actor,
                    disclosure.recipient,
                    disclosure.what,
                    disclosure.fields.join(", "),
                    disclosure.clauses
                ));
            }
            note(match call.lang {
                Lang::Fr => format!("{} communications faites par ce lien.", undone.disclosures.len()),
                Lang::En => format!("{} disclosures were made through this link.", undone.disclosures.len()),
            });
        }
    }
    Ok(Outcome::Done)
}

fn show(lang: Lang, question: &Question) {
    line(format!("{}  score {:.1}", question.review, question.score));
    line(format!("  {}", question.reason));
    let value = |side: &Side, code: &str| {
        let found = side.fields.iter().find(|(field, _)| *field == code);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let (left, right) = (&question.newcomer, &question.candidate);
    line(format!("  {:<32} {:<32} {}", "", left.source, right.source));
    let mut codes: Vec<&str> = left.fields.iter().chain(&right.fields).map(|(field, _)| *field).collect();
    codes.sort_unstable();
    codes.dedup();
    for code in codes {
        let (a, b) = (value(left, code), value(right, code));
        // A value that one side does not have says nothing.
        let sign = if a == b || a.is_empty() || b.is_empty() { " " } else { "≠" };
        line(format!("{sign} {code:<32} {a:<32} {b}"));
    }
    let identity = either(lang, "identité", "identity");
    line(format!("  {identity:<32} {:<32} {}", left.identity.to_string(), right.identity));
    line("");
}

pub(super) fn orientation(call: &Call, orientation: &Orientation) -> anyhow::Result<Outcome> {
    let Orientation::Import { file, place } = orientation;
    let workshop = call.workshop(place.territory)?;
    let context = workshop.context("orientation")?;
    let report = match decisions::import_list(&context, &workshop.workplace, file, call.lang) {
        Err(AppError::Refused(diagnostic)) => return Ok(refused(&diagnostic, file, call.lang)),
        done => done?,
    };
    if place.json {
        json(&report)?;
    } else {
        line(match call.lang {
            Lang::Fr => format!(
                "{} décisions lues : {} enregistrées, {} déjà en vigueur, {} plus anciennes, {} rejetées, {} dont la personne est inconnue.",
                report.records,
                report.recorded,
                report.unchanged,
                report.older,
                report.rejected,
                report.unknown.len()
            ),
            Lang::En => format!(
                "{} decisions read: {} recorded, {} already in force, {} older, {} rejected, {} whose person is unknown.",
                report.records,
                report.recorded,
                report.unchanged,
                report.older,
                report.rejected,
                report.unknown.len()
            ),
        });
        for problem in report.problems.iter().take(10) {
            note(format!("  {}: {} ({})", problem.line, problem.message, problem.rule));
        }
    }
    Ok(if report.rejected > 0 { Outcome::DataAtFault } else { Outcome::Done })
}

pub(super) fn person(call: &Call, person: &Person) -> anyhow::Result<Outcome> {
    let (person, place) = match person {
        Person::Show { person, place } => (person, place),
        Person::Export { person, place } => {
            let workshop = call.workshop(place.territory)?;
            let context = workshop.context("person-rights")?;
            json(&asking::copy_of(&context, &workshop.workplace, *person, call.lang)?)?;
            return Ok(Outcome::Done);
        }
        Person::Erasure(erasure) => return super::erasure::run(call, erasure),
        Person::Limits(place)
        | Person::Restrict { place, .. }
        | Person::Object { place, .. }
        | Person::Lift { place, .. }
        | Person::Free { place, .. } => return limits(call, person, place),
    };
    let workshop = call.workshop(place.territory)?;
    let context = workshop.context("orientation")?;
    let origins = persons::show(&context, &workshop.workplace, *person, call.lang)?;
    if place.json {
        json(&origins)?;
        return Ok(Outcome::Done);
    }
    for origin in &origins {
        line(&origin.source);
        for value in &origin.values {
            line(format!("  {:<50} {:<40} {}", value.label, value.value, value.clause));
        }
        if origin.hidden > 0 {
            line(format!(
                "  {} {}",
                origin.hidden,
                either(call.lang, "valeurs restent cachées", "values stay hidden")
            ));
        }
    }
    Ok(Outcome::Done)
}

/// Restriction and objection: carried out, listed, lifted.
fn limits(call: &Call, person: &Person, place: &InTerritory) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(place.territory)?;
    let context = workshop.context("person-rights")?;
    let workplace = &workshop.workplace;
    let version = |request| rights::one(&context, workplace, request).map(|found| found.version);
    let set = match person {
        Person::Restrict { request, ground, review_on, .. } => {
            let ground = code(ground, LimitGround::from_code, LimitGround::ALL)?;
            let carry = Carry::Restriction(ground);
            let request = (*request, version(*request)?);
            Some(limits::carry_out(&context, workplace, request, (&carry, *review_on))?)
        }
        Person::Object { request, purposes, review_on, .. } => {
            let carry = Carry::Objection(purposes.clone());
            let request = (*request, version(*request)?);
            Some(limits::carry_out(&context, workplace, request, (&carry, *review_on))?)
        }
        Person::Lift { limit, reason, told, told_on, on, .. } => {
            let reason = code(reason, LiftReason::from_code, LiftReason::ALL)?;
            let told = (code(told, Telling::from_code, Telling::ALL)?, *told_on);
            limits::lift(&context, workplace, *limit, &Lift { reason, told, on: *on })?;
            None
        }
        Person::Free { limit, person, .. } => {
            limits::free(&context, workplace, (*limit, *person))?;
            None
        }
        _ => {
            for one in limits::all(&context, workplace)? {
                if place.json {
                    json(&one)?;
                    continue;
                }
                let what =
                    one.ground.map_or_else(|| "objection".to_owned(), |code| format!("restriction {code}"));
                let ends = one.lift.as_ref().map_or(one.review_on, |lift| lift.on);
                line(format!("{}  {}  {what:<24} {ends}", one.limit, one.request));
                for person in &one.by_likeness {
                    line(format!("  {person}"));
                }
            }
            return Ok(Outcome::Done);
        }
    };
    match set {
        Some(limit) if place.json => json(&serde_json::json!({ "limit": limit }))?,
        Some(limit) => line(limit),
        None => note(either(call.lang, "C'est noté.", "Noted.")),
    }
    Ok(Outcome::Done)
}

/// A code of a closed list.
pub(super) fn code<T: Copy + std::fmt::Display>(
    text: &str,
    read: impl Fn(&str) -> Option<T>,
    all: &[T],
) -> Result<T, AppError> {
    let known = || all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    read(text).ok_or_else(|| AppError::Value(format!("`{text}` is none of: {}", known())))
}
