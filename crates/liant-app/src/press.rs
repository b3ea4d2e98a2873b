//! The press: the program `liant-press` beside this one, which makes accessible PDFs.
//!
//! It is a process of its own, a document each: it is given one job and reaches nothing else, and whatever becomes of it, this process
//! goes on. Where it is not installed there is no [`Press`], and pages to print stand in.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use liant_casework::{FormModel, FormSeal, LiaisonForm};
use liant_convention::{Convention, Form, Validity, notice};
use liant_documents::{FormTemplate, Job, RecordPaper, liaison};
use liant_model::{Date, Lang};

use crate::casework::FormView;
use crate::{AppError, Context, Workplace};

/// Name of the program.
const PROGRAM: &str = if cfg!(windows) { "liant-press.exe" } else { "liant-press" };
/// The longest that a document may take: whoever waits for a page is answered in time, with the page to print. The program bounds
/// its own processor time and memory besides.
const PATIENCE: Duration = Duration::from_secs(8);
/// How many documents are made at once: the other processors are for whoever looks at pages.
const AT_ONCE: usize = 2;
/// Looks at whether a program that has said all has ended, and the time between two.
const LAST_LOOKS: u16 = 1_000;
const BETWEEN_LOOKS: Duration = Duration::from_millis(1);
/// The largest document that is taken.
const LARGEST: u64 = 64 << 20;
/// Most bytes of a line of its own that the program is believed.
const LONGEST_REASON: usize = 400;

/// Where the press is.
#[derive(Clone, Debug)]
pub struct Press {
    program: PathBuf,
    /// How many documents are being made.
    under_way: Arc<AtomicUsize>,
}

/// The turn of one document, until it is dropped.
struct Turn(Arc<AtomicUsize>);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Why a document was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PressTrouble {
    /// The press is not installed.
    NotThere,
    /// It is there, and does not start.
    DoesNotStart,
    /// As many documents as are made at once are under way.
    Busy,
    /// It took too long.
    TooLong,
    /// It refused; its reason holds no datum.
    Refused(String),
    /// It ended without a word.
    Broken,
    /// A convention names a template that is nowhere.
    NoTemplate {
        /// The convention.
        convention: String,
        /// The file that should be there.
        file: String,
    },
    /// No convention in force carries the form.
    NoForm(String),
}

impl PressTrouble {
    /// What is wrong and what to do, in a language.
    pub fn words(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::NotThere, Lang::En) => {
                "no PDF is made here: build the press (`cargo xtask press`) and put `liant-press` beside `liant`; until \
                 then pages to print stand in"
                    .to_owned()
            }
            (Self::NotThere, Lang::Fr) => {
                "aucun PDF n’est fait ici : construisez la presse (`cargo xtask press`) et placez `liant-press` à côté de \
                 `liant` ; d’ici là, des pages à imprimer en tiennent lieu"
                    .to_owned()
            }
            (Self::DoesNotStart, Lang::En) => {
                "the press does not start: check that whoever runs Liant may run `liant-press`".to_owned()
            }
            (Self::DoesNotStart, Lang::Fr) => {
                "la presse ne démarre pas : vérifiez que le compte de Liant a le droit d’exécuter `liant-press`".to_owned()
            }
            (Self::Busy, Lang::En) => "other documents are being made: try again in a moment".to_owned(),
            (Self::Busy, Lang::Fr) => {
                "d’autres documents sont en cours : recommencez dans un instant".to_owned()
            }
            (Self::TooLong, Lang::En) => "the document took too long and was given up: try again".to_owned(),
            (Self::TooLong, Lang::Fr) => "le document a pris trop de temps : recommencez".to_owned(),
            (Self::Refused(reason), Lang::En) => format!("the document could not be made: {reason}"),
            (Self::Refused(reason), Lang::Fr) => format!("le document n’a pas pu être fait : {reason}"),
            (Self::Broken, Lang::En) => "the press stopped without a word: install it again".to_owned(),
            (Self::Broken, Lang::Fr) => "la presse s’est arrêtée sans un mot : réinstallez-la".to_owned(),
            (Self::NoTemplate { convention, file }, Lang::En) => {
                format!("{convention} names the template {file}, which is not in the folder `forms` of the conventions: put it there")
            }
            (Self::NoTemplate { convention, file }, Lang::Fr) => {
                format!(
                    "{convention} nomme le modèle {file}, absent du dossier `forms` des conventions : placez-l’y"
                )
            }
            (Self::NoForm(form), Lang::En) => {
                format!("no convention in force carries the form `{form}`: it needs a [[form]] of that id")
            }
            (Self::NoForm(form), Lang::Fr) => {
                format!("aucune convention en vigueur ne porte la fiche `{form}` : il y faut un [[form]] de cet id")
            }
        }
    }
}

impl From<PressTrouble> for AppError {
    fn from(trouble: PressTrouble) -> Self {
        Self::Press(trouble)
    }
}

impl Press {
    /// The program that the settings name, or the one beside this program; nothing when there is none.
    pub fn find(named: Option<&Path>) -> Option<Self> {
        let beside = || {
            let this = std::env::current_exe().ok()?;
            Some(this.parent()?.join(PROGRAM))
        };
        let program = named.map_or_else(beside, |path| Some(path.to_owned()))?;
        program.is_file().then(|| Self { program, under_way: Arc::default() })
    }

    fn turn(&self) -> Option<Turn> {
        let turn = Turn(Arc::clone(&self.under_way));
        (self.under_way.fetch_add(1, Ordering::AcqRel) < AT_ONCE).then_some(turn)
    }

    /// Makes a document.
    ///
    /// # Errors
    /// [`PressTrouble`].
    pub fn print(&self, job: &Job) -> Result<Vec<u8>, PressTrouble> {
        let job = job.to_json().map_err(|_| PressTrouble::Broken)?;
        let _turn = self.turn().ok_or(PressTrouble::Busy)?;
        let mut child = Command::new(&self.program)
            .env_clear()
            // A document is a few pages: the other cores are for who waits for hers.
            .env("RAYON_NUM_THREADS", "2")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|_| PressTrouble::DoesNotStart)?;
        let said = hear(&mut child, job);
        let ended = end_of(&mut child, said.is_some())?;
        let ((document, reason), ended) = said.zip(ended).ok_or(PressTrouble::TooLong)?;
        match ended.code() {
            Some(0) if document.starts_with(b"%PDF-") => Ok(document),
            Some(1 | 2) => Err(refused(&reason)),
            _ => Err(PressTrouble::Broken),
        }
    }
}

/// Gives the program its job and hears it out: its document, and what it says beside. Nothing when it takes too long.
fn hear(child: &mut Child, job: Vec<u8>) -> Option<(Vec<u8>, Vec<u8>)> {
    let (mut input, mut output, mut beside) =
        (child.stdin.take()?, child.stdout.take()?, child.stderr.take()?);
    // A program that ends early closes its input: what it says tells why.
    std::thread::spawn(move || input.write_all(&job));
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let words = std::thread::spawn(move || {
            let mut reason = Vec::new();
            let _ = beside.by_ref().take(LONGEST_REASON as u64).read_to_end(&mut reason);
            reason
        });
        let mut document = Vec::new();
        let _ = output.by_ref().take(LARGEST).read_to_end(&mut document);
        let _ = tell.send((document, words.join().unwrap_or_default()));
    });
    told.recv_timeout(PATIENCE).ok()
}

/// How the program ended; nothing when it had to be stopped: it took too long, or it had said all and stayed.
fn end_of(child: &mut Child, has_said: bool) -> Result<Option<ExitStatus>, PressTrouble> {
    let looks = if has_said { LAST_LOOKS } else { 0 };
    for _ in 0..looks {
        if let Some(ended) = child.try_wait().map_err(|_| PressTrouble::Broken)? {
            return Ok(Some(ended));
        }
        std::thread::sleep(BETWEEN_LOOKS);
    }
    // It may have ended meanwhile: then there is nothing to stop.
    let _ = child.kill();
    child.wait().map_err(|_| PressTrouble::Broken)?;
    Ok(None)
}

/// The reason that the program gives. Only a line of its own form is believed: a crash might print anything.
fn refused(reason: &[u8]) -> PressTrouble {
    let reason = String::from_utf8_lossy(reason);
    let line = reason.lines().next().and_then(|line| line.strip_prefix("liant-press: "));
    line.map_or(PressTrouble::Broken, |line| PressTrouble::Refused(line.to_owned()))
}

/// The seal of what she signs (*sceau d’intégrité*): SHA-256 of all that the form holds, her name, the place and the
/// moment of her signature included. What its receiver fills in later, the social referent and the decision, is left out.
///
/// # Errors
/// Never in practice: every part of a form has a form in JSON.
pub fn seal(form: &LiaisonForm) -> Result<FormSeal, AppError> {
    let mut signed = form.clone();
    (signed.referent, signed.decision) = (None, None);
    if let Some(signature) = &mut signed.signature {
        signature.seal.clear();
    }
    let text = serde_json::to_vec(&signed).map_err(|error| AppError::Internal(error.to_string()))?;
    let hash = ring::digest::digest(&ring::digest::SHA256, &text);
    let hash =
        hash.as_ref().try_into().map_err(|_| AppError::Internal("a hash is of another length".to_owned()))?;
    Ok(FormSeal::new(hash))
}

/// A form that was sent, on paper: as the convention carries it, with the notice that its clauses make, and with what its reader is shown
/// of it. The form bears its own day: the convention is the one that was in force then.
///
/// # Errors
/// [`AppError::Press`].
pub fn liaison_form(
    context: &Context<'_>,
    workplace: &Workplace,
    form: &FormView,
    lang: Lang,
) -> Result<Vec<u8>, AppError> {
    let press = workplace.press.as_ref().ok_or(PressTrouble::NotThere)?;
    Ok(press.print(&liaison_job(context, workplace, &form.form, lang)?)?)
}

/// What the press is given for a liaison form.
///
/// # Errors
/// [`AppError::Press`] when no convention in force on its day carries it.
pub fn liaison_job(
    context: &Context<'_>,
    workplace: &Workplace,
    form: &LiaisonForm,
    lang: Lang,
) -> Result<Job, AppError> {
    let carrying = carrying(context, workplace, (form.model, form.made_on))?;
    let carrying = carrying.ok_or_else(|| PressTrouble::NoForm(form.model.form_id().to_owned()))?;
    of_convention(carrying, form, workplace.forms.as_deref(), lang)
}

/// The convention in force on a day that carries a form, and how it does; none when there is none.
pub(crate) fn carrying<'w>(
    context: &Context<'_>,
    workplace: &'w Workplace,
    (model, day): (FormModel, Date),
) -> Result<Option<(&'w Convention, &'w Form)>, AppError> {
    carrying_form(context, workplace, (model.form_id(), day))
}

/// The same, of any form, by its id.
fn carrying_form<'w>(
    context: &Context<'_>,
    workplace: &'w Workplace,
    (id, day): (&str, Date),
) -> Result<Option<(&'w Convention, &'w Form)>, AppError> {
    let gate = context.gate(workplace)?;
    let of_day = |file: &&Convention| {
        file.territory == context.territory
            && gate.standing(&file.id, file.version, day) == Some(Validity::InForce)
    };
    let carrying = workplace.conventions().iter().filter(of_day);
    Ok(carrying
        .filter_map(|file| Some((file, file.forms.iter().find(|form| form.id == id)?)))
        .max_by_key(|(file, _)| file.version))
}

/// A form of a convention, to fill in by hand: what the parties are about to sign. `forms` is the folder of templates that do not
/// ship; without a press there is none.
///
/// # Errors
/// [`AppError::NoSuchWord`] when the file carries no form of that id that Liant can print; [`AppError::Press`].
pub fn blank_form(
    press: Option<&Press>,
    (file, id): (&Convention, &str),
    forms: Option<&Path>,
    (lang, day): (Lang, Date),
) -> Result<Vec<u8>, AppError> {
    let known = |form: &&Form| FormModel::of_form(&form.id).is_some();
    let found = file.forms.iter().filter(known).find(|form| form.id == id);
    let (Some(carried), Some(model)) = (found, FormModel::of_form(id)) else {
        let there = file.forms.iter().filter(known).map(|form| form.id.clone()).collect();
        return Err(AppError::NoSuchWord { word: id.to_owned(), there });
    };
    let press = press.ok_or(PressTrouble::NotThere)?;
    let job = of_convention((file, carried), &LiaisonForm::blank(model, day), forms, lang)?;
    Ok(press.print(&job.invented())?)
}

/// An empty form of the convention in force, to fill in by hand.
///
/// # Errors
/// [`AppError::Press`].
pub fn blank_in_force(
    context: &Context<'_>,
    workplace: &Workplace,
    model: FormModel,
    lang: Lang,
) -> Result<Vec<u8>, AppError> {
    let today = context.now().date();
    let (file, form) = carrying(context, workplace, (model, today))?
        .ok_or_else(|| PressTrouble::NoForm(model.form_id().to_owned()))?;
    blank_form(workplace.press.as_ref(), (file, &form.id), workplace.forms.as_deref(), (lang, today))
}

fn of_convention(
    (file, carried): (&Convention, &Form),
    form: &LiaisonForm,
    forms: Option<&Path>,
    lang: Lang,
) -> Result<Job, AppError> {
    let (template, origin) = carried_by((file, carried), forms)?;
    Ok(liaison(form, &template, &notice(file, lang), &origin, lang))
}

/// The template of a form that a file carries, and how its documents cite the file.
fn carried_by(
    (file, carried): (&Convention, &Form),
    forms: Option<&Path>,
) -> Result<(FormTemplate, String), AppError> {
    let template = template(forms, carried).ok_or_else(|| PressTrouble::NoTemplate {
        convention: format!("{} v{}", file.id, file.version),
        file: FormTemplate::file_name(&carried.template, carried.version),
    })?;
    Ok((template, format!("{} v{}, {}", file.id, file.version, carried.source)))
}

/// A contract or a diagnosis, by the template that is carried in force on its day.
///
/// # Errors
/// [`AppError::Press`].
pub fn record_paper(
    context: &Context<'_>,
    workplace: &Workplace,
    (paper, day): (&RecordPaper, Date),
    lang: Lang,
) -> Result<Vec<u8>, AppError> {
    let press = workplace.press.as_ref().ok_or(PressTrouble::NotThere)?;
    Ok(press.print(&record_job(context, workplace, (paper, day), lang)?)?)
}

/// What the press is given for it.
///
/// # Errors
/// [`AppError::Press`] when nothing in force on its day carries it.
pub fn record_job(
    context: &Context<'_>,
    workplace: &Workplace,
    (paper, day): (&RecordPaper, Date),
    lang: Lang,
) -> Result<Job, AppError> {
    let carrying = carrying_form(context, workplace, (&paper.form, day))?;
    let carrying = carrying.ok_or_else(|| PressTrouble::NoForm(paper.form.clone()))?;
    let (template, origin) = carried_by(carrying, workplace.forms.as_deref())?;
    paper.job(&template, &origin, (lang, day)).map_err(|error| AppError::Internal(error.to_string()))
}

/// The template of a form that a convention names: that of the folder beside the conventions, which is what the parties signed, or
/// the one that ships.
fn template(forms: Option<&Path>, carried: &Form) -> Option<FormTemplate> {
    let (name, version) = (&carried.template, carried.version);
    let own = || {
        let text = std::fs::read_to_string(forms?.join(FormTemplate::file_name(name, version))).ok()?;
        Some(FormTemplate { name: name.clone(), version, text })
    };
    own().or_else(|| FormTemplate::shipped(name, version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_reason_of_its_own_is_believed() {
        let own = refused("liant-press: copy.typ:3:1: the template fails\nmore".as_bytes());
        assert_eq!(own, PressTrouble::Refused("copy.typ:3:1: the template fails".to_owned()));
        assert_eq!(refused(b"thread 'main' panicked at ABEILLE"), PressTrouble::Broken);
        assert_eq!(refused(b""), PressTrouble::Broken);
    }

    #[cfg(unix)]
    #[test]
    fn what_the_program_does_is_what_is_told() {
        use std::os::unix::fs::PermissionsExt;

        let cases: [(&str, Result<&[u8], PressTrouble>); 5] = [
            ("/bin/cat >/dev/null; printf '%%PDF-1.7 x'", Ok(b"%PDF-1.7 x")),
            ("printf x", Err(PressTrouble::Broken)),
            (
                "echo 'liant-press: t.typ:1:1: no' >&2; exit 1",
                Err(PressTrouble::Refused("t.typ:1:1: no".to_owned())),
            ),
            ("echo ABEILLE >&2; exit 1", Err(PressTrouble::Broken)),
            ("printf '%%PDF-1.7 x'; kill -9 $$", Err(PressTrouble::Broken)),
        ];
        let day = Date::constant(2026, 11, 16);
        let job = Job::new([("t.typ", "x")], "t", (Lang::Fr, day), serde_json::Value::Null);
        let folder = tempfile::tempdir().unwrap();
        for (number, (does, told)) in cases.into_iter().enumerate() {
            let program = folder.path().join(number.to_string());
            std::fs::write(&program, format!("#!/bin/sh\n{does}\n")).unwrap();
            std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
            let press = Press::find(Some(&program)).unwrap();
            assert_eq!(press.print(&job), told.map(<[u8]>::to_vec), "{does}");
        }
    }

    #[test]
    fn few_documents_are_made_at_once_and_each_gives_its_turn_back() {
        let press = Press { program: PathBuf::new(), under_way: Arc::default() };
        let mut turns: Vec<_> = (0..AT_ONCE).map(|_| press.turn().unwrap()).collect();
        let (other, day) = (press.clone(), Date::constant(2026, 11, 16));
        assert!(other.turn().is_none(), "of one press, whoever holds it");
        let job = Job::new([("t.typ", "x")], "t", (Lang::Fr, day), serde_json::Value::Null);
        assert_eq!(other.print(&job), Err(PressTrouble::Busy));
        turns.pop();
        assert!(press.turn().is_some());
    }

    #[test]
    fn a_program_that_is_not_there_is_not_found() {
        assert!(Press::find(Some(Path::new("/nowhere/liant-press"))).is_none());
    }

    #[test]
    fn every_trouble_is_said_in_both_languages() {
        let all = [
            PressTrouble::NotThere,
            PressTrouble::DoesNotStart,
            PressTrouble::Busy,
            PressTrouble::TooLong,
            PressTrouble::Refused("x".to_owned()),
            PressTrouble::Broken,
            PressTrouble::NoTemplate { convention: "c".to_owned(), file: "f".to_owned() },
            PressTrouble::NoForm("liaison-tacit".to_owned()),
        ];
        for trouble in all {
            assert_ne!(trouble.words(Lang::Fr), trouble.words(Lang::En));
        }
    }
}
