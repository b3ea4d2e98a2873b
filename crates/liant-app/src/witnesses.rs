//! Checkpoints of the log go to those who keep them elsewhere: the partners' data protection officers, as the settings name them. Whoever
//! holds one finds a log that was rewritten since, also by those who run this machine. A checkpoint says nothing about anyone.

use std::num::NonZeroU16;
use std::path::PathBuf;

use liant_audit::SigningKey;
use liant_audit::verify::Checkpoint;
use liant_model::{Clock, Instant, Purpose, Span, Territory};
use liant_store::GivenCheckpoint;

use crate::context::software;
use crate::mail::{Attached, MailTrouble, Post};
use crate::{AppError, Context, Workplace, trail};

/// Who is given checkpoints, and how often (`[checkpoints]` of `liant.toml`).
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckpointSettings {
    /// The key that signs them: made by `liant audit checkpoint --key`.
    pub key_file: PathBuf,
    /// E-mail addresses.
    pub to: Vec<String>,
    /// Days from one to the next.
    #[serde(default = "CheckpointSettings::every_day")]
    pub every_days: NonZeroU16,
}

impl CheckpointSettings {
    const fn every_day() -> NonZeroU16 {
        NonZeroU16::MIN
    }
}

/// What was done about checkpoints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Witnessed {
    /// Whether one was signed.
    pub signed: bool,
    /// To how many it was given.
    pub given: u64,
    /// Those who could not be written to: they are the next time.
    pub put_off: u64,
}

/// Signs a checkpoint when the last is old enough, and gives the last to whoever was not given it yet. Nothing, where the settings name
/// nobody, or no mail server. On two machines at once someone may be given the same twice, which harms nobody.
///
/// # Errors
/// When the store refuses, the key cannot be read, or the log is shorter than a checkpoint of it. A mail server that does not answer is no error: it is asked again the next time.
pub fn see_to(workplace: &Workplace, territory: Territory, clock: &dyn Clock) -> Result<Witnessed, AppError> {
    let (Some(settings), Some(post)) = (&workplace.witnesses, &workplace.post) else {
        return Ok(Witnessed::default());
    };
    let key = key(settings, territory)?;
    let mut done = Witnessed::default();
    let today = clock.now().date();
    let is_due = |last: &Signed| {
        last.at.date().saturating_add(Span::new().days(i64::from(settings.every_days.get()))) <= today
    };
    let given = workplace.store.checkpoints_given(territory)?;
    let mut last = last_signed(workplace, territory, &key)?;
    let known = given.iter().map(|one| one.size).chain(last.as_ref().map(|last| last.size)).max();
    let (size, _) = workplace.store.audit_frontier(territory)?.parts();
    if let Some(known) = known.filter(|known| *known > size) {
        // A new checkpoint would be taken for an old one, and nobody would see what is missing.
        return Err(AppError::Internal(format!(
            "the log has {size} entries, and a checkpoint was signed of {known}: it was cut, or is another; verify it against what partners hold"
        )));
    }
    if last.as_ref().is_none_or(is_due) {
        let actor = software()?;
        let purpose =
            Purpose::parse("file-handling").map_err(|error| AppError::Internal(error.to_string()))?;
        trail::checkpoint(&Context::new(&actor, purpose, territory, clock)?, workplace, &key)?;
        done.signed = true;
        last = last_signed(workplace, territory, &key)?;
    }
    let Some(last) = last else { return Ok(done) };
    let has = |address: &str| given.iter().any(|one| one.recipient == address && one.size >= last.size);
    for address in settings.to.iter().filter(|address| !has(address)) {
        match give(post, (territory, &last), &key, address) {
            Ok(()) => {
                let given = GivenCheckpoint { recipient: address.clone(), size: last.size, at: clock.now() };
                workplace.store.note_checkpoint_given(territory, &given)?;
                done.given += 1;
            }
            Err(trouble) => {
                done.put_off += 1;
                if trouble == MailTrouble::NoAnswer {
                    break;
                }
            }
        }
    }
    Ok(done)
}

/// A checkpoint that the site's own key signed.
struct Signed {
    size: u64,
    at: Instant,
    note: String,
}

/// The last one: a checkpoint of another key is not the site's to give.
fn last_signed(
    workplace: &Workplace,
    territory: Territory,
    key: &SigningKey,
) -> Result<Option<Signed>, AppError> {
    let notes = workplace.store.checkpoints(territory)?;
    Ok(notes.into_iter().rev().find_map(|note| {
        let Checkpoint { size, time, .. } =
            Checkpoint::open(&note, std::slice::from_ref(key.public())).ok()?;
        Some(Signed { size, at: Instant::from_micros(time), note })
    }))
}

/// Someone who is to be given checkpoints, and the last that she was given.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Witness {
    /// Her address.
    pub address: String,
    /// None yet: nothing of the log can be held against her copy.
    pub given: Option<GivenCheckpoint>,
}

/// Those who are given checkpoints, as the settings name them.
///
/// # Errors
/// When the store refuses.
pub fn witnesses(workplace: &Workplace, territory: Territory) -> Result<Vec<Witness>, AppError> {
    let Some(settings) = &workplace.witnesses else { return Ok(Vec::new()) };
    let given = workplace.store.checkpoints_given(territory)?;
    let last = |address: &String| given.iter().find(|one| one.recipient == *address).cloned();
    Ok(settings.to.iter().map(|address| Witness { address: address.clone(), given: last(address) }).collect())
}

/// The key that signs checkpoints.
///
/// # Errors
/// [`AppError::File`] when it cannot be read, or is none.
pub fn key(settings: &CheckpointSettings, territory: Territory) -> Result<SigningKey, AppError> {
    let path = &settings.key_file;
    let pem = std::fs::read_to_string(path).map_err(|error| AppError::file(path, error))?;
    SigningKey::from_pem(&trail::log_origin(territory), &pem)
        .map_err(|error| AppError::file(path, error.to_string()))
}

fn give(
    post: &Post,
    (territory, last): (Territory, &Signed),
    key: &SigningKey,
    address: &str,
) -> Result<(), MailTrouble> {
    let (size, day) = (last.size, last.at.date());
    let name = format!("liant-{territory}-{size}.checkpoint");
    let public = key.public();
    let text = format!(
        "Bonjour,\n\n\
         Ci-joint l’état signé du journal d’audit de Liant pour le territoire {territory} : {size} entrées, le {}.\n\
         Gardez-le hors de chez nous : avec lui, vous verrez si une entrée d’avant a été changée, ôtée ou déplacée, par qui que ce soit. \
         Il ne dit rien de personne.\n\n\
         Pour vérifier, demandez-nous le journal (`liant audit export`), puis :\n\
         liant audit verify --log JOURNAL --checkpoint {name} --key CLÉ.pub\n\
         Clé publique, à comparer à celle qui vous a été remise la première fois :\n{public}\n\n\
         --\n\n\
         Hello,\n\n\
         Attached is the signed state of Liant’s audit log for territory {territory}: {size} entries, on {day}.\n\
         Keep it outside our house: with it you will see whether an entry before it was changed, removed or moved, by whomever. \
         It says nothing about anyone.\n\n\
         To verify, ask us for the log (`liant audit export`), then:\n\
         liant audit verify --log LOG --checkpoint {name} --key KEY.pub\n\
         Public key, to be compared with the one that you were given first:\n{public}\n",
        day.strftime("%d/%m/%Y"),
    );
    let subject = format!("Liant {territory} : point de contrôle du journal / checkpoint of the log");
    post.send_with(address, (&subject, text), Attached { name: &name, bytes: last.note.as_bytes() })
}
