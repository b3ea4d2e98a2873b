//! Looks an installation over, and says what to mend.

use liant_app::SystemClock;
use liant_app::doctor::{self, Check, Level};
use liant_model::Lang;
use serde_json::json;

use super::Call;
use crate::arguments::Doctor;
use crate::output::{Outcome, either, json as print_json, line};

pub(super) fn run(call: &Call, doctor: &Doctor) -> anyhow::Result<Outcome> {
    let config =
        doctor.dir.as_ref().map_or_else(|| call.arguments_config.clone(), |dir| dir.join("liant.toml"));
    let checks = doctor::examine(&config, &SystemClock);
    let worst = doctor::worst(&checks);
    if doctor.json {
        let rows: Vec<_> = checks.iter().map(|check| row(check, call.lang)).collect();
        print_json(&json!({ "worst": worst, "checks": rows }))?;
    } else {
        for check in &checks {
            line(format!("{:<9} {:<12} {}", word(call.lang, check.level), check.id, check.text(call.lang)));
        }
        line("");
        line(sum(call.lang, &checks));
    }
    Ok(if worst == Level::Fail { Outcome::EnvironmentAtFault } else { Outcome::Done })
}

fn row(check: &Check, lang: Lang) -> serde_json::Value {
    json!({ "id": check.id, "level": check.level, "message": check.text(lang) })
}

fn word(lang: Lang, level: Level) -> &'static str {
    match level {
        Level::Ok => "ok",
        Level::Note => either(lang, "à savoir", "note"),
        Level::Warn => either(lang, "attention", "warning"),
        Level::Fail => either(lang, "échec", "failed"),
    }
}

fn sum(lang: Lang, checks: &[Check]) -> String {
    let count = |level| checks.iter().filter(|check| check.level == level).count();
    let (failed, warned) = (count(Level::Fail), count(Level::Warn));
    match (lang, failed, warned) {
        (Lang::Fr, 0, 0) => "Tout va bien.".to_owned(),
        (Lang::En, 0, 0) => "All is well.".to_owned(),
        (Lang::Fr, ..) => format!("{failed} à réparer, {warned} à regarder."),
        (Lang::En, ..) => format!("{failed} to mend, {warned} to look at."),
    }
}
