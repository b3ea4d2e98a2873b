//! The course of conventions: how each stands, suspended, resumed.

use liant_app::conventions::{self, Held};
use liant_convention::{Step, Validity};
use liant_model::Lang;

use super::Call;
use crate::arguments::InTerritory;
use crate::convention_arguments::CourseStep;
use crate::output::{Outcome, json, line};

pub(super) fn list(call: &Call, place: &InTerritory) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(place.territory)?;
    let context = workshop.context("person-rights")?;
    let held = conventions::list(&context, &workshop.workplace)?;
    if place.json {
        let all: Vec<_> = held.iter().map(of).collect();
        json(&all)?;
        return Ok(Outcome::Done);
    }
    for one in &held {
        line(format!("{} v{}  {}", one.file.id, one.file.version, standing(call.lang, one.validity)));
    }
    Ok(Outcome::Done)
}

fn of(one: &Held) -> serde_json::Value {
    let (state, day) = match one.validity {
        Validity::InForce => ("in_force", None),
        Validity::NotYet(day) => ("not_yet", Some(day)),
        Validity::Ended(day) => ("ended", Some(day)),
        Validity::Suspended(day) => ("suspended", Some(day)),
        Validity::WithoutParent => ("without_parent", None),
    };
    serde_json::json!({
        "convention": one.file.id.as_ref(),
        "version": one.file.version,
        "state": state,
        "day": day.map(|day| day.to_string()),
    })
}

fn standing(lang: Lang, validity: Validity) -> String {
    match (lang, validity) {
        (Lang::En, validity) => validity.to_string(),
        (Lang::Fr, Validity::InForce) => "est en vigueur".to_owned(),
        (Lang::Fr, Validity::NotYet(day)) => format!("commence le {day}"),
        (Lang::Fr, Validity::Ended(day)) => format!("a pris fin le {day}"),
        (Lang::Fr, Validity::Suspended(day)) => format!("est suspendue depuis le {day}"),
        (Lang::Fr, Validity::WithoutParent) => "applique une convention qui n’est pas là".to_owned(),
    }
}

pub(super) fn take(call: &Call, asked: &CourseStep, step: Step) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(asked.place.territory)?;
    let context = workshop.context("person-rights")?;
    let from = asked.from.unwrap_or_else(|| context.now().date());
    conventions::take_step(&context, &workshop.workplace, &asked.convention, (step, asked.ground, from))?;
    list(call, &asked.place)
}
