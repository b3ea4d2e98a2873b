use std::path::{Path, PathBuf};

use liant_app::press::{self, Press};
use liant_app::{AppError, SystemClock};
use liant_convention::{Checked, Consents, Convention, Gate, Matrix, Page, Query, Severity, Step};
use liant_model::{Actor, Clock, Date, Instant, Lang};
use serde::Serialize;

use crate::commands::{Call, course};
use crate::convention_arguments::{self as arguments, Explain, Files};
use crate::output::{Outcome, json, line};
use crate::workshop::settings;

pub(super) fn run(call: &Call, command: &arguments::Convention) -> anyhow::Result<Outcome> {
    match command {
        arguments::Convention::Check(files) => check(call.lang, files),
        arguments::Convention::Matrix { files, at, json } => matrix(call.lang, files, *at, *json),
        arguments::Convention::Notice { files, json } => {
            pages(call.lang, files, *json, liant_convention::notice)
        }
        arguments::Convention::Register { files, json } => {
            pages(call.lang, files, *json, liant_convention::register)
        }
        arguments::Convention::Form { path, id, output, at } => {
            form(call, (path.as_path(), id.as_str()), output, *at)
        }
        arguments::Convention::Explain(explain) => self::explain(call.lang, explain),
        arguments::Convention::List(place) => course::list(call, place),
        arguments::Convention::Suspend(step) => course::take(call, step, Step::Suspended),
        arguments::Convention::Resume(step) => course::take(call, step, Step::Resumed),
    }
}

/// Says everything that is wrong in the files, and between them.
fn check(lang: Lang, files: &Files) -> anyhow::Result<Outcome> {
    let (conventions, mut outcome) = read(lang, files, true)?;
    for problem in liant_convention::check_together(&conventions) {
        line(&problem);
        if problem.severity == Severity::Error {
            outcome = Outcome::DataAtFault;
        }
    }
    Ok(outcome)
}

fn matrix(lang: Lang, files: &Files, at: Option<Date>, as_json: bool) -> anyhow::Result<Outcome> {
    let (conventions, outcome) = read(lang, files, false)?;
    if outcome == Outcome::Done {
        let matrix = Matrix::of(&Gate::new(conventions)?, day(at).date(), lang);
        if as_json {
            json(&matrix)?;
        } else {
            line(matrix.markdown().trim_end());
        }
    }
    Ok(outcome)
}

/// Prints a page for each file.
fn pages(
    lang: Lang,
    files: &Files,
    as_json: bool,
    write: fn(&Convention, Lang) -> Page,
) -> anyhow::Result<Outcome> {
    let (conventions, outcome) = read(lang, files, false)?;
    if outcome == Outcome::Done {
        let pages: Vec<_> = conventions.iter().map(|file| write(file, lang)).collect();
        if as_json {
            json(&pages)?;
        } else {
            let texts: Vec<_> = pages.iter().map(Page::markdown).collect();
            line(texts.join("\n").trim_end());
        }
    }
    Ok(outcome)
}

/// Prints a form of a file, to fill in by hand: a place is not needed, and the press that its settings name is used where there is
/// one.
fn form(call: &Call, (path, id): (&Path, &str), output: &Path, at: Option<Date>) -> anyhow::Result<Outcome> {
    let lang = call.lang;
    let (conventions, outcome) = read(lang, &Files { paths: vec![path.to_owned()] }, false)?;
    if outcome == Outcome::Done
        && let Some(file) = conventions.first()
    {
        let forms = path.parent().map(|folder| folder.join("forms"));
        let press =
            settings(&call.arguments_config).map_or_else(|_| Press::find(None), |place| place.press());
        let asked = (lang, day(at).date());
        let document = press::blank_form(press.as_ref(), (file, id), forms.as_deref(), asked)?;
        std::fs::write(output, document).map_err(|error| AppError::file(output, error))?;
    }
    Ok(outcome)
}

/// The JSON of an explanation.
#[derive(Serialize)]
struct Explained<'a> {
    field: &'a str,
    granted: bool,
    clauses: Vec<ExplainedClause<'a>>,
}

#[derive(Serialize)]
struct ExplainedClause<'a> {
    #[serde(flatten)]
    clause: &'a liant_convention::ClauseRef,
    sources: &'a [liant_model::Source],
    against: Vec<String>,
}

fn explain(lang: Lang, asked: &Explain) -> anyhow::Result<Outcome> {
    let (conventions, outcome) = read(lang, &asked.files, false)?;
    let territory = asked.territory.or_else(|| conventions.first().map(|file| file.territory));
    let Some(territory) = territory.filter(|_| outcome == Outcome::Done) else { return Ok(outcome) };
    let actor =
        Actor { name: String::new(), party: asked.party.clone(), role: asked.role.clone(), os_user: None };
    let query = Query {
        actor: &actor,
        purpose: &asked.purpose,
        channel: asked.channel,
        territory,
        reach: asked.reach,
        now: day(asked.at),
    };
    let consents = asked.consent.iter().fold(Consents::NONE, |all, one| all.with(*one));
    let explanation = Gate::new(conventions)?.explain(asked.field, &query, consents);
    if !asked.json {
        line(explanation.told(lang));
        return Ok(outcome);
    }
    let clauses = explanation.clauses.iter().map(|answer| ExplainedClause {
        clause: &answer.clause,
        sources: &answer.sources,
        against: answer.against.iter().map(|reason| reason.told(lang)).collect(),
    });
    json(&Explained {
        field: asked.field.code(),
        granted: explanation.is_granted(),
        clauses: clauses.collect(),
    })?;
    Ok(outcome)
}

/// The conventions of the files. Errors are said, and warnings when `all`; a file with an error is left out.
fn read(lang: Lang, files: &Files, all: bool) -> anyhow::Result<(Vec<Convention>, Outcome)> {
    let mut outcome = Outcome::Done;
    let mut conventions = Vec::new();
    for path in each(lang, &files.paths)? {
        let text = std::fs::read_to_string(&path).map_err(|error| AppError::file(&path, error))?;
        let Checked { convention, problems, .. } =
            liant_convention::check(&path.display().to_string(), &text);
        for problem in problems.iter().filter(|problem| all || problem.severity == Severity::Error) {
            line(problem);
        }
        if convention.is_none() {
            outcome = Outcome::DataAtFault;
        }
        conventions.extend(convention);
    }
    Ok((conventions, outcome))
}

/// The files named, and those of the folders named, in order.
fn each(lang: Lang, paths: &[PathBuf]) -> Result<Vec<PathBuf>, AppError> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(of_folder(lang, path)?);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// The files of a folder. One that holds none is a mistake: nothing would be checked, and nothing said.
fn of_folder(lang: Lang, folder: &Path) -> Result<Vec<PathBuf>, AppError> {
    let entries = std::fs::read_dir(folder).map_err(|error| AppError::file(folder, error))?;
    let mut files: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    if files.is_empty() {
        let none = match lang {
            Lang::Fr => "le dossier ne contient aucune convention (.toml) ; nommez-en un autre",
            Lang::En => "the folder holds no convention (.toml); name another",
        };
        return Err(AppError::file(folder, none));
    }
    files.sort();
    Ok(files)
}

/// Noon of the day asked for, or now.
fn day(at: Option<Date>) -> Instant {
    at.map_or_else(|| SystemClock.now(), Instant::noon_of)
}
