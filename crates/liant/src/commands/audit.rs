use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use liant_app::{AppError, trail};
use liant_audit::SigningKey;
use liant_audit::verify::{Checkpoint, PublicKey, verify_export};
use liant_model::{Instant, Lang};

use super::Call;
use crate::arguments::Audit;
use crate::output::{Outcome, either, json, line, note};

pub(super) fn run(call: &Call, audit: &Audit) -> anyhow::Result<Outcome> {
    match audit {
        Audit::Verify { checkpoint, key, log, place } => {
            let checkpoints = read_checkpoints(checkpoint, key.as_deref())?;
            let verdict = if let Some(log) = log {
                let file = fs::File::open(log).map_err(|error| AppError::file(log, error))?;
                verify_export(BufReader::new(file), &checkpoints)
            } else {
                let workshop = call.workshop(place.territory)?;
                trail::verify(&workshop.workplace, workshop.territory(), &checkpoints)?
            };
            match verdict {
                Ok(report) if place.json => {
                    json(&serde_json::json!({
                        "holds": true, "entries": report.size, "erased": report.erased, "covered": report.covered,
                    }))?;
                    Ok(Outcome::Done)
                }
                Err(finding) if place.json => {
                    json(&serde_json::json!({
                        "holds": false, "first": finding.first_index(), "finding": finding.to_string(),
                    }))?;
                    Ok(Outcome::DataAtFault)
                }
                Ok(report) => {
                    line(match call.lang {
                        Lang::Fr => format!(
                            "Le journal est intact : {} entrées, dont {} effacées, {} couvertes par un point de contrôle.",
                            report.size, report.erased, report.covered
                        ),
                        Lang::En => format!(
                            "The log holds: {} entries, {} erased, {} covered by a checkpoint.",
                            report.size, report.erased, report.covered
                        ),
                    });
                    Ok(Outcome::Done)
                }
                Err(finding) => {
                    line(finding);
                    Ok(Outcome::DataAtFault)
                }
            }
        }
        Audit::Checkpoint { output, key, place } => {
            let workshop = call.workshop(place.territory)?;
            let context = workshop.context("file-handling")?;
            let key = signing_key(key, &trail::log_origin(workshop.territory()))?;
            let signed = trail::checkpoint(&context, &workshop.workplace, &key)?;
            fs::write(output, signed).map_err(|error| AppError::file(output, error))?;
            if place.json {
                json(&serde_json::json!({ "file": output }))?;
                return Ok(Outcome::Done);
            }
            line(output.display());
            Ok(Outcome::Done)
        }
        Audit::Export { output, place } => {
            let workshop = call.workshop(place.territory)?;
            let context = workshop.context("person-rights")?;
            let count = trail::export_log(&context, &workshop.workplace, output)?;
            if place.json {
                json(&serde_json::json!({ "file": output, "entries": count }))?;
                return Ok(Outcome::Done);
            }
            note(format!("{count} {}", either(call.lang, "entrées écrites", "entries written")));
            line(output.display());
            Ok(Outcome::Done)
        }
        Audit::WhoRead { person, place } => {
            let workshop = call.workshop(place.territory)?;
            let context = workshop.context("person-rights")?;
            let releases = trail::who_read(&context, &workshop.workplace, *person, Instant::from_micros(0))?;
            if place.json {
                json(&releases)?;
                return Ok(Outcome::Done);
            }
            for release in &releases {
                line(format!("{}  {} -> {}  {}", release.at, release.actor, release.recipient, release.what));
                line(format!("    {}", release.fields.join(", ")));
                line(format!("    {}", release.clauses));
            }
            Ok(Outcome::Done)
        }
    }
}

fn read_checkpoints(paths: &[PathBuf], key: Option<&Path>) -> anyhow::Result<Vec<Checkpoint>> {
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    let public = public_key(key.ok_or(AppError::CheckpointKeyMissing)?)?;
    paths
        .iter()
        .map(|path| {
            let note = fs::read_to_string(path).map_err(|error| AppError::file(path, error))?;
            Checkpoint::open(&note, std::slice::from_ref(&public))
                .map_err(|error| AppError::file(path, error.to_string()).into())
        })
        .collect()
}

/// The public key in a file.
pub(super) fn public_key(path: &Path) -> Result<PublicKey, AppError> {
    let text = fs::read_to_string(path).map_err(|error| AppError::file(path, error))?;
    PublicKey::parse(text.trim()).ok_or_else(|| AppError::NotAPublicKey(path.to_path_buf()))
}

/// The signing key in a file; made there, with its public key beside it, when absent.
pub(super) fn signing_key(path: &Path, origin: &str) -> anyhow::Result<SigningKey> {
    if path.exists() {
        let pem = fs::read_to_string(path).map_err(|error| AppError::file(path, error))?;
        return SigningKey::from_pem(origin, &pem)
            .map_err(|error| AppError::file(path, error.to_string()).into());
    }
    let key = SigningKey::generate(origin)?;
    write_private(path, key.to_pem().as_bytes()).map_err(|error| AppError::file(path, error))?;
    let public = path.with_extension("pub");
    fs::write(&public, format!("{}\n", key.public())).map_err(|error| AppError::file(&public, error))?;
    Ok(key)
}

/// Writes a file that only its owner may read.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}
