use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::time::Duration;

use anyhow::bail;
use liant_app::compare::compare;
use liant_app::{AppError, ImportReport, ImportRequest, directory};
use liant_flux::{Diagnostic, Profile, ReadOptions, Reader, Refusal, Report};
use liant_model::{Clock as _, CodeLists, Date, Lang, Territory};
use liant_sample::{Defect, SampleKind, SampleOptions};

use super::Call;
use crate::arguments::{Check, Diff, Import, Sample};
use crate::output::{Outcome, bar, either, json, line, note, refused};
use crate::workshop::Workshop;

/// The profile named, read from a file, or found in the first bytes of the data.
pub(super) fn profile(name: Option<&str>, data: &Path) -> anyhow::Result<Profile> {
    if let Some(name) = name {
        return match Profile::shipped(name) {
            Ok(profile) => Ok(profile),
            Err(_) if Path::new(name).extension().is_none() => {
                let there = Profile::shipped_names().map(str::to_uppercase).collect();
                Err(AppError::NoSuchProfile { name: name.to_owned(), there }.into())
            }
            Err(_) => {
                let text = std::fs::read_to_string(name).map_err(|error| AppError::file(name, error))?;
                Ok(Profile::parse(name, &text).map_err(|error| AppError::Definition(error.to_string()))?)
            }
        };
    }
    let mut start = vec![0; 4096];
    // Asked before it is opened: opening a pipe waits for somebody to write to it.
    if !std::fs::metadata(data).map_err(|error| AppError::file(data, error))?.is_file() {
        bail!(AppError::NotAFile(data.to_path_buf()));
    }
    let length = File::open(data)
        .and_then(|mut file| file.read(&mut start))
        .map_err(|error| AppError::file(data, error))?;
    start.truncate(length);
    let profiles: Vec<Profile> = Profile::shipped_names().map(Profile::shipped).collect::<Result<_, _>>()?;
    match liant_flux::detect(&start, &profiles) {
        Some(profile) => Ok(profile.clone()),
        None => bail!(AppError::Unrecognised(data.to_path_buf())),
    }
}

#[derive(serde::Serialize)]
struct CheckReport {
    flow: String,
    records: u64,
    rejected: u64,
    warnings: u64,
    bytes: u64,
    refused: bool,
    diagnostics: Vec<Report>,
}

/// Shows diagnostics as they come, up to a number, and keeps them for JSON.
struct Shown {
    file: String,
    lang: Lang,
    json: bool,
    most: usize,
    kept: Vec<Report>,
    errors: u64,
    warnings: u64,
}

impl Shown {
    fn show(&mut self, diagnostic: &Diagnostic, times: u64) {
        match diagnostic.severity {
            liant_flux::Severity::Error => self.errors += times,
            liant_flux::Severity::Warning => self.warnings += times,
        }
        if self.kept.len() >= self.most {
            return;
        }
        if !self.json {
            let text = diagnostic.render(&self.file, self.lang);
            line(text.trim_end());
            if times > 1 {
                line(format!("  = {} {times}", either(self.lang, "en tout :", "in all:")));
            }
            line("");
        }
        self.kept.push(diagnostic.report(self.lang));
    }
}

pub(super) fn check(call: &Call, check: &Check) -> anyhow::Result<Outcome> {
    let profile = profile(check.profile.as_deref(), &check.file)?;
    let lists = CodeLists::shipped()?;
    let file = File::open(&check.file).map_err(|error| AppError::file(&check.file, error))?;
    let options = ReadOptions {
        expected_territory: check.territory,
        today: Some(liant_app::SystemClock.now().date()),
        keys_once: true,
        ..ReadOptions::default()
    };
    let mut shown = Shown {
        file: check.file.display().to_string(),
        lang: call.lang,
        json: check.json,
        most: check.most,
        kept: Vec::new(),
        errors: 0,
        warnings: 0,
    };
    let mut report = CheckReport {
        flow: profile.id().to_owned(),
        records: 0,
        rejected: 0,
        warnings: 0,
        bytes: 0,
        refused: false,
        diagnostics: Vec::new(),
    };
    match read(file, &profile, &lists, &options, &mut shown) {
        Ok(summary) => {
            report.records = summary.dossiers;
            report.rejected = summary.rejected;
            report.bytes = summary.bytes;
        }
        Err(Refusal::Rule(diagnostic)) => {
            report.refused = true;
            shown.most = shown.most.max(shown.kept.len() + 1);
            shown.show(&diagnostic, 1);
        }
        Err(Refusal::Io(error)) => return Err(AppError::file(&check.file, error).into()),
    }
    report.warnings = shown.warnings;
    report.diagnostics = shown.kept;
    let outcome = if report.refused || report.rejected > 0 { Outcome::DataAtFault } else { Outcome::Done };
    if check.json {
        json(&report)?;
    } else if report.refused {
        line(either(call.lang, "Fichier refusé.", "File refused."));
    } else {
        line(match call.lang {
            Lang::Fr => format!(
                "{} : {} dossiers lus, {} rejetés, {} avertissements.",
                report.flow, report.records, report.rejected, report.warnings
            ),
            Lang::En => format!(
                "{}: {} records read, {} rejected, {} warnings.",
                report.flow, report.records, report.rejected, report.warnings
            ),
        });
    }
    Ok(outcome)
}

fn read(
    file: File,
    profile: &Profile,
    lists: &CodeLists,
    options: &ReadOptions,
    shown: &mut Shown,
) -> Result<liant_flux::Summary, Refusal> {
    let mut reader = Reader::open(file, profile, lists, options)?;
    while let Some(dossier) = reader.next_dossier()? {
        dossier.problems().iter().for_each(|problem| shown.show(problem, 1));
    }
    let summary = reader.finish()?;
    for warning in &summary.warnings {
        if let Some(first) = warning.examples.first() {
            shown.show(first, warning.count);
        }
    }
    Ok(summary)
}

pub(super) fn import(call: &Call, import: &Import) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(import.territory)?;
    let profile = profile(import.profile.as_deref(), &import.file)?;
    let context = workshop.context("file-handling")?;
    let request = ImportRequest {
        path: &import.file,
        profile: &profile,
        dry_run: import.dry_run,
        strict: import.strict,
        most_leaving: (!import.many_left).then_some(workshop.most_leaving()),
        lang: call.lang,
    };
    let bar = bar(0);
    let done = liant_app::import(&context, &workshop.workplace, request, &mut |read, total| {
        bar.set_length(total);
        bar.set_position(read);
    });
    bar.finish_and_clear();
    let report = match done {
        Err(AppError::Refused(diagnostic)) => return Ok(refused(&diagnostic, &import.file, call.lang)),
        done => done?,
    };
    if import.json {
        json(&report)?;
    } else {
        tell(call.lang, &report);
    }
    if !report.dry_run && !import.no_directory {
        follow(call.lang, &workshop);
    }
    Ok(if report.rejected > 0 { Outcome::DataAtFault } else { Outcome::Done })
}

/// The longest that an import waits for another process that makes the directory.
const PATIENCE: Duration = Duration::from_secs(10);

/// Has the directory of people follow an import that is done: whatever becomes of it, the import stands.
fn follow(lang: Lang, workshop: &Workshop) {
    let followed =
        directory::follow(&workshop.workplace, workshop.territory(), &liant_app::SystemClock, PATIENCE);
    let why = match followed {
        Ok(state) if state.is_fresh() => return,
        Ok(_) => either(lang, "un autre processus y travaille", "another process is at it").to_owned(),
        Err(error) => error.message(lang),
    };
    note(match lang {
        Lang::Fr => format!(
            "Le fichier est importé. Le répertoire des personnes n'est pas encore à jour : {why}. Le serveur, ou le \
             prochain import, s'en chargera."
        ),
        Lang::En => format!(
            "The file is imported. The directory of people is not up to date yet: {why}. The server, or the next \
             import, sees to it."
        ),
    });
}

/// An import in words.
pub(super) fn tell(lang: Lang, report: &ImportReport) {
    let show = |fr: &str, en: &str, count: u64| {
        if count > 0 {
            line(format!("  {count:>9}  {}", either(lang, fr, en)));
        }
    };
    line(format!("{} {} — {}", report.flow, report.reference_date, report.received_under));
    show("dossiers lus", "records read", report.records);
    show("rejetés", "rejected", report.rejected);
    show("entrés", "entered", report.entered);
    show("sortis", "left", report.left);
    show("modifiés", "changed", report.changed);
    show("inchangés", "unchanged", report.unchanged);
    show("inscrits depuis le dernier fichier", "registered since the last file", report.registered);
    show("cessations depuis le dernier fichier", "ceased since the last file", report.ceased);
    show("radiés depuis le dernier fichier", "struck off since the last file", report.radiated);
    show("reconnus avec certitude", "recognised for certain", report.recognised_certain);
    show("reconnus par leur score", "recognised by their score", report.recognised_scored);
    show("à examiner (liant review list)", "to review (liant review list)", report.to_review);
    show("nouvelles personnes", "new persons", report.new_persons);
    show("effacés sur demande, non chargés", "erased on request, not loaded", report.erased);
    show("lignes écrites", "rows written", report.rows_written);
    for (rule, count) in &report.rules {
        line(format!("  {count:>9}  {rule}"));
    }
    for problem in report.problems.iter().take(10) {
        let record = problem.record.map(|record| format!("dossier {record}, ")).unwrap_or_default();
        line(format!("  {record}ligne {}, {} : {}", problem.line, problem.element, problem.message));
    }
    match (report.batch, report.dry_run) {
        (Some(batch), _) => {
            line(format!("{} {batch}.", either(lang, "Publié comme lot", "Published as batch")));
            if report.rejected > 0 {
                line(match lang {
                    Lang::Fr => format!("Tous les rejets : liant flux rejects {batch}"),
                    Lang::En => format!("All that was set aside: liant flux rejects {batch}"),
                });
            }
        }
        _ => line(either(lang, "Essai : rien n'a été écrit.", "Dry run: nothing was written.")),
    }
}

pub(super) fn sample(sample: &Sample) -> anyhow::Result<Outcome> {
    let unknown = |name: &str, there: Vec<&str>| AppError::NoSuchWord {
        word: name.to_owned(),
        there: there.into_iter().map(str::to_owned).collect(),
    };
    let kind: SampleKind = sample
        .flow
        .parse()
        .map_err(|_| unknown(&sample.flow, SampleKind::ALL.into_iter().map(SampleKind::name).collect()))?;
    let mut options = SampleOptions::new(Territory::parse("62")?, Date::constant(2026, 11, 1));
    if let Some(defect) = &sample.defect {
        options = options.with(
            defect
                .parse()
                .map_err(|_| unknown(defect, Defect::ALL.iter().copied().map(Defect::name).collect()))?,
        );
    }
    let file = File::create(&sample.output).map_err(|error| AppError::file(&sample.output, error))?;
    let mut out = BufWriter::with_capacity(1 << 18, file);
    liant_sample::sample(kind, sample.records, sample.seed, &mut out, &options)?;
    out.flush()?;
    Ok(Outcome::Done)
}

pub(super) fn diff(call: &Call, diff: &Diff) -> anyhow::Result<Outcome> {
    let workshop = call.workshop(None)?;
    let profile = profile(diff.profile.as_deref(), &diff.new)?;
    let context = workshop.context("file-handling")?;
    let report = compare(&context, &workshop.workplace, (&diff.old, &diff.new), &profile, diff.most)?;
    if diff.json {
        json(&report)?;
        return Ok(Outcome::Done);
    }
    for difference in &report.differences {
        let sign = match difference.what {
            "entered" => "+",
            "left" => "-",
            _ => "~",
        };
        let record = either(call.lang, "dossier", "record");
        line(format!("{sign} {} ({record} {})", difference.key.as_deref().unwrap_or("•"), difference.record));
        for field in &difference.fields {
            let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "∅".to_owned());
            line(format!("    {:<40} {} → {}", field.field, value(&field.before), value(&field.after)));
        }
    }
    line(match call.lang {
        Lang::Fr => format!(
            "{} : {} entrés, {} sortis, {} modifiés, {} inchangés.",
            report.flow, report.entered, report.left, report.changed, report.unchanged
        ),
        Lang::En => format!(
            "{}: {} entered, {} left, {} changed, {} unchanged.",
            report.flow, report.entered, report.left, report.changed, report.unchanged
        ),
    });
    Ok(Outcome::Done)
}
