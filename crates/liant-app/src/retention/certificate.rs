//! The certificate of a destruction (*attestation de destruction*): what went, when, under which clauses. No person is in it.

use std::fmt::Write as _;

use liant_audit::SigningKey;
use liant_audit::verify::{PublicKey, open_note};
use liant_casework::ErasureGround;
use liant_model::{ActId, Date, Instant, Lang, Source};
use liant_store::retention::{Destruction, remains};
use liant_store::{ErasureRow, StoreAddress};

use super::{DataSet, Part, run};
use crate::{AppError, Context, Workplace, backup, trail};

/// The form of a certificate: another has another number.
const FORM: &str = "liant-destruction-1";

/// What is certified.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Certificate {
    /// `liant-destruction-1`.
    pub form: String,
    /// Its number, and that of its entry of the log.
    pub id: String,
    /// Whose people.
    pub territory: String,
    /// Who destroyed: the party that the actor works for.
    pub party: String,
    /// Everything that was due on this day went.
    pub day: Date,
    /// When the run was begun.
    pub begun_at: Instant,
    /// When everything was gone.
    pub ended_at: Instant,
    /// The engine of the store.
    pub engine: String,
    /// The log that has the entry.
    pub log: String,
    /// What people had erased, which the run carried out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requested: Vec<Requested>,
    /// Whether nothing but that went: what was due on the day is no business of such a run.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_requested: bool,
    /// What went, by clause.
    pub parts: Vec<Part>,
    /// The day on which the key of the last backup that may hold some of it is destroyed; none when no backup can be read.
    pub backups_until: Option<Date>,
    /// Where bytes of it may still lie, outside the live store.
    pub remains: Words,
}

/// What someone had erased (GDPR art. 17): her request, and no name.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Requested {
    /// The request.
    pub request: String,
    /// The letter of art. 17 (1).
    pub article: String,
    /// Whether everything went that was held of her.
    pub whole: bool,
    /// Otherwise, of which registers; none: of all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// Which sets of facts; none: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sets: Vec<String>,
    /// Whether the next files of the same registers do not bring her back, unless it is decided otherwise.
    pub kept_out: bool,
}

impl Requested {
    fn of(row: ErasureRow) -> Self {
        let ground = ErasureGround::from_code(&row.ground);
        let whole = row.is_whole();
        Self {
            request: row.request.to_string(),
            article: ground.map_or_else(|| row.ground.clone(), |ground| ground.article().to_owned()),
            whole,
            kept_out: whole && ground.is_some_and(ErasureGround::keeps_out),
            sources: row.sources,
            sets: row.sets,
        }
    }

    fn words(&self, lang: Lang) -> String {
        let sources: Vec<&str> = self.sources.iter().map(Source::as_str).collect();
        let chosen = [sources.join(", "), self.sets.join(", ")];
        let chosen = chosen.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ; ");
        let of = match (lang, self.whole) {
            (Lang::Fr, true) => "tout ce qui était conservé".to_owned(),
            (Lang::En, true) => "everything held".to_owned(),
            (_, false) => chosen,
        };
        let back = match (lang, self.kept_out) {
            (Lang::Fr, true) => "les prochains fichiers des mêmes registres n’y ramènent pas la personne",
            (Lang::En, true) => "the next files of the same registers do not bring the person back",
            (Lang::Fr, false) => "le prochain fichier d’un registre peut ramener ce qu’il dit encore",
            (Lang::En, false) => "the next file of a register may bring back what it still says",
        };
        match lang {
            Lang::Fr => format!("Demande d’effacement {} ({}) : {of} ; {back}.", self.request, self.article),
            Lang::En => format!("Request for erasure {} ({}): {of}; {back}.", self.request, self.article),
        }
    }
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Words {
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}

/// A certificate as it is handed over: for machines, for people, and both under one signature.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SignedCertificate {
    /// What is certified.
    pub certificate: Certificate,
    /// The same in plain words.
    pub words: Words,
    /// The signed note (C2SP) of the two: the certificate on one line, then the words.
    pub note: String,
}

impl Certificate {
    pub(crate) fn of(
        context: &Context<'_>,
        workplace: &Workplace,
        run: &Destruction,
        (parts, only_requested): (Vec<Part>, bool),
    ) -> Result<Self, AppError> {
        let requested =
            workplace.store.read(context.territory, |snapshot| snapshot.erasures_of_run(run.id))?;
        let address = workplace.store.address();
        let engine = match address {
            StoreAddress::Sqlite(_) => "SQLite",
            StoreAddress::Postgres(_) => "PostgreSQL",
        };
        let backups_until = backup::readable_until(workplace)?;
        let (fr, en) = remains(address);
        Ok(Self {
            form: FORM.to_owned(),
            id: run.id.to_string(),
            territory: context.territory.to_string(),
            party: context.actor.party.to_string(),
            day: run.day,
            begun_at: run.begun_at,
            ended_at: context.now(),
            engine: engine.to_owned(),
            log: trail::log_origin(context.territory),
            requested: requested.into_iter().map(Requested::of).collect(),
            only_requested,
            parts,
            backups_until,
            remains: Words { fr: fr.to_owned(), en: en.to_owned() },
        })
    }

    pub(super) fn to_json(&self) -> Result<String, AppError> {
        serde_json::to_string(self).map_err(|error| AppError::Internal(error.to_string()))
    }

    pub(super) fn from_json(text: &str) -> Result<Self, AppError> {
        serde_json::from_str(text).map_err(|error| AppError::Internal(error.to_string()))
    }

    /// It in plain words.
    pub fn words(&self, lang: Lang) -> String {
        let (begun, ended) = (self.begun_at, self.ended_at);
        let mut text = match lang {
            Lang::Fr if self.only_requested => format!(
                "Attestation d’effacement {}\nTerritoire {}, {}. Ce que les demandes ci-dessous ont fait effacer l’a été, du {begun} au {ended} (UTC), dans la base {}.\n",
                self.id, self.territory, self.party, self.engine
            ),
            Lang::En if self.only_requested => format!(
                "Certificate of erasure {}\nTerritory {}, {}. What the requests below had erased was erased, from {begun} to {ended} (UTC), in the {} store.\n",
                self.id, self.territory, self.party, self.engine
            ),
            Lang::Fr => format!(
                "Attestation de destruction {}\nTerritoire {}, {}. Tout ce qui était à détruire le {} l’a été, du {begun} au {ended} (UTC), dans la base {}.\n",
                self.id, self.territory, self.party, self.day, self.engine
            ),
            Lang::En => format!(
                "Certificate of destruction {}\nTerritory {}, {}. Everything due on {} was destroyed, from {begun} to {ended} (UTC), in the {} store.\n",
                self.id, self.territory, self.party, self.day, self.engine
            ),
        };
        for one in &self.requested {
            let _ = writeln!(text, "{}", one.words(lang));
        }
        for part in &self.parts {
            let _ = writeln!(text, "- {}", part.words(lang));
        }
        let _ = match (lang, self.backups_until) {
            (Lang::Fr, Some(day)) => writeln!(
                text,
                "Sauvegardes : la clé de la dernière qui puisse en contenir est détruite le {day} ; jusque-là, restaurer l’une d’elles détruit de nouveau ce qui est attesté ici."
            ),
            (Lang::En, Some(day)) => writeln!(
                text,
                "Backups: the key of the last that may hold some of it is destroyed on {day}; until then, restoring one destroys again what is certified here."
            ),
            (Lang::Fr, None) => writeln!(text, "Sauvegardes : aucune ne peut plus être lue."),
            (Lang::En, None) => writeln!(text, "Backups: none can be read any more."),
        };
        let _ = match lang {
            Lang::Fr => writeln!(text, "Ce qui peut subsister : {}.", self.remains.fr),
            Lang::En => writeln!(text, "What may be left: {}.", self.remains.en),
        };
        text
    }
}

impl Part {
    /// What it is in words, with its figures and its clause.
    pub fn words(&self, lang: Lang) -> String {
        let of = self.source.as_ref().map_or_else(String::new, |source| format!(" ({source})"));
        let people = match (self.people, lang) {
            (0, _) => String::new(),
            (1, Lang::Fr) => " sur 1 personne".to_owned(),
            (1, Lang::En) => " about 1 person".to_owned(),
            (people, Lang::Fr) => format!(" sur {people} personnes"),
            (people, Lang::En) => format!(" about {people} people"),
        };
        let (set, clause, items) = (self.data_set.words(lang), &self.clause, self.items);
        match lang {
            Lang::Fr => format!("{set}{of} : {items}{people} ; {clause}"),
            Lang::En => format!("{set}{of}: {items}{people}; {clause}"),
        }
    }
}

impl DataSet {
    /// Its name in words.
    pub const fn words(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Facts, Lang::Fr) => "données reçues, par bloc et version",
            (Self::Facts, Lang::En) => "data received, by block and version",
            (Self::OwnRecords, Lang::Fr) => {
                "orientations, suivis, désignations, adresses protégées, espace et demandes de la personne"
            }
            (Self::OwnRecords, Lang::En) => {
                "orientations, followings, designations, protected addresses, the person's space and requests"
            }
            (Self::RecordsSetAside, Lang::Fr) => "rejets des fichiers reçus",
            (Self::RecordsSetAside, Lang::En) => "records set aside of files received",
            (Self::AccessRecords, Lang::Fr) => "traces de consultation",
            (Self::AccessRecords, Lang::En) => "records of who was shown what",
            (Self::LogEntries, Lang::Fr) => {
                "entrées du journal dont le contenu est effacé (le journal reste vérifiable)"
            }
            (Self::LogEntries, Lang::En) => {
                "entries of the log whose content is erased (the log still verifies)"
            }
        }
    }
}

/// The text that is signed.
fn signed_text(certificate: &Certificate, words: &Words) -> Result<String, AppError> {
    Ok(format!("{}\n{}{}", certificate.to_json()?, words.fr, words.en))
}

/// Signs the certificate of a run, with the key that signs checkpoints: it is kept off the server, so the server alone can
/// certify nothing.
///
/// # Errors
/// When there is no such run, or it has not ended; when the actor does not act for the rights of people.
pub fn sign(
    context: &Context<'_>,
    workplace: &Workplace,
    (id, key): (ActId, &SigningKey),
) -> Result<SignedCertificate, AppError> {
    let certificate = run::certificate(context, workplace, id)?;
    let words = Words { fr: certificate.words(Lang::Fr), en: certificate.words(Lang::En) };
    let note = key
        .sign_text(&signed_text(&certificate, &words)?)
        .map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(SignedCertificate { certificate, words, note })
}

/// Verifies a certificate that was handed over. Nothing else is needed than the public key.
///
/// # Errors
/// [`AppError::Value`] when it does not read, nobody trusted signed it, or what is signed is not what stands beside.
pub fn verify(text: &str, key: &PublicKey) -> Result<Certificate, AppError> {
    let bad = |why: &str| AppError::Value(format!("the certificate: {why}"));
    let signed: SignedCertificate = serde_json::from_str(text).map_err(|_| bad("it does not read"))?;
    let found =
        open_note(&signed.note, std::slice::from_ref(key)).map_err(|error| bad(&error.to_string()))?;
    if found != signed_text(&signed.certificate, &signed.words)? {
        return Err(bad("what is signed is not what stands beside it"));
    }
    let certificate = signed.certificate;
    let words = Words { fr: certificate.words(Lang::Fr), en: certificate.words(Lang::En) };
    if certificate.form != FORM || words != signed.words {
        return Err(bad("its words are not those of what it certifies"));
    }
    Ok(certificate)
}
