//! What can go wrong, in words an operator can act on. No variant ever carries key material or a personal value.

use std::{fmt, io, path::PathBuf};

use liant_model::{Lang, system_words};

use crate::key::KeyVersion;

/// An error of the vault.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The operating system gave no random bytes.
    #[error("the operating system's random generator failed; nothing was sealed or generated")]
    Random,
    /// The bytes are not a sealed value at all.
    #[error("not a sealed value: {0}; the stored bytes are damaged or come from a later version of Liant")]
    NotSealed(&'static str),
    /// The value was sealed under a key this ring does not hold.
    #[error(
        "sealed under key version {0}, which this key ring does not hold; \
         if keys were just rotated, load the key file again, otherwise restore the key file that has it"
    )]
    UnknownSealKey(KeyVersion),
    /// The index key asked for is not in this ring.
    #[error(
        "this key ring holds no index key version {0}; load the key file again or restore the one that has it"
    )]
    UnknownIndexKey(KeyVersion),
    /// Authentication failed.
    #[error(
        "sealed value refused: it was altered, or sealed for another domain, territory or record than the one it is opened for"
    )]
    Refused,
    /// 2⁴⁰ values were sealed by one ring in one process.
    #[error("this process sealed 2^40 values under one session key; load the key ring again to go on")]
    SessionExhausted,
    /// The value is larger than one sealed value may be.
    #[error("too large to be sealed in one piece")]
    TooLarge,
    /// 65 535 versions exist.
    #[error("no key version is left after 65535 rotations")]
    NoVersionLeft,
    /// The text of a key file is wrong.
    #[error("key file{}: {problem}", .line.map(|line| format!(", line {line}")).unwrap_or_default())]
    KeyText {
        /// Line, from 1, when known.
        line: Option<usize>,
        /// What is wrong and what to do.
        problem: Wording,
    },
    /// A key file can be read by others than its owner.
    #[error(
        "{path} has mode {mode:03o}, so others than its owner may use it; run `chmod 600` on it, then rotate the keys"
    )]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A file operation failed.
    #[error("cannot {action} {path}: {source}")]
    File {
        /// What was attempted.
        action: Action,
        /// On which file.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// The key management service refused or failed.
    #[error("key management service {service}: {problem}")]
    Kms {
        /// Its identifier.
        service: String,
        /// What it answered, without key material.
        problem: Wording,
    },
}

/// What is wrong, in both languages of the product. `Display` is the English, for logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    fr: String,
    en: String,
}

impl Wording {
    /// The two texts.
    pub fn new(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self { fr: fr.into(), en: en.into() }
    }

    /// The text in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

impl fmt::Display for Wording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

/// What was attempted on a file of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words below are their meaning")]
pub enum Action {
    Find,
    Open,
    Lock,
    Examine,
    Read,
    Create,
    Write,
    Replace,
    Remove,
    SyncDirectory,
}

impl Action {
    fn words(self, lang: Lang) -> &'static str {
        let [fr, en] = match self {
            Self::Find => ["trouver", "find"],
            Self::Open => ["ouvrir", "open"],
            Self::Lock => ["verrouiller", "lock"],
            Self::Examine => ["examiner", "examine"],
            Self::Read => ["lire", "read"],
            Self::Create => ["créer", "create"],
            Self::Write => ["écrire", "write"],
            Self::Replace => ["remplacer", "replace"],
            Self::Remove => ["retirer", "remove"],
            Self::SyncDirectory => ["écrire sur le disque le dossier", "write to disk the directory"],
        };
        match lang {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words(Lang::En))
    }
}

impl VaultError {
    pub(crate) fn text(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self::KeyText { line: None, problem: Wording::new(fr, en) }
    }

    /// What is wrong and what to do, in `lang`. Never key material nor a personal value.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Fr => self.french(),
        }
    }

    fn french(&self) -> String {
        match self {
            Self::Random => {
                "le générateur d’aléa du système est en panne ; rien n’a été scellé ni créé".to_owned()
            }
            Self::NotSealed(_) => {
                "ce n’est pas une valeur scellée ; les octets gardés sont endommagés, ou viennent \
                 d’une version plus récente de Liant"
                    .to_owned()
            }
            Self::UnknownSealKey(version) => format!(
                "valeur scellée sous la version {version} des clés, que ce trousseau n’a pas ; si les clés viennent \
                 d’être renouvelées, relisez le fichier des clés, sinon restaurez celui qui l’a"
            ),
            Self::UnknownIndexKey(version) => format!(
                "ce trousseau n’a pas la version {version} de la clé d’index ; relisez le fichier des clés ou \
                 restaurez celui qui l’a"
            ),
            Self::Refused => {
                "valeur scellée refusée : elle a été altérée, ou scellée pour un autre domaine, un autre \
                 territoire ou un autre enregistrement que celui pour lequel on l’ouvre"
                    .to_owned()
            }
            Self::SessionExhausted => {
                "ce processus a scellé 2^40 valeurs sous une clé de session ; relisez le \
                 trousseau pour continuer"
                    .to_owned()
            }
            Self::TooLarge => "trop grand pour être scellé d’une pièce".to_owned(),
            Self::NoVersionLeft => "il ne reste aucune version de clé après 65535 renouvellements".to_owned(),
            Self::KeyText { line, problem } => {
                let line = line.map(|line| format!(", ligne {line}")).unwrap_or_default();
                format!("fichier des clés{line} : {}", problem.get(Lang::Fr))
            }
            Self::Exposed { path, mode } => format!(
                "{} a le mode {mode:03o} : d’autres que son propriétaire peuvent s’en servir ; faites `chmod 600`, puis \
                 renouvelez les clés",
                path.display()
            ),
            Self::File { action, path, source } => format!(
                "impossible de {} {} : {}",
                action.words(Lang::Fr),
                path.display(),
                system_words(source, Lang::Fr)
            ),
            Self::Kms { service, problem } => {
                format!("service de gestion des clés {service} : {}", problem.get(Lang::Fr))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_is_said_in_both_languages() {
        let version = KeyVersion::FIRST;
        for error in [
            VaultError::Random,
            VaultError::NotSealed("too short"),
            VaultError::UnknownSealKey(version),
            VaultError::UnknownIndexKey(version),
            VaultError::Refused,
            VaultError::SessionExhausted,
            VaultError::TooLarge,
            VaultError::NoVersionLeft,
            VaultError::text("faux", "wrong"),
            VaultError::Exposed { path: "liant.keys".into(), mode: 0o644 },
            VaultError::File {
                action: Action::Open,
                path: "liant.keys".into(),
                source: io::ErrorKind::NotFound.into(),
            },
            VaultError::Kms { service: "file:1".to_owned(), problem: Wording::new("refusé", "refused") },
        ] {
            let (fr, en) = (error.message(Lang::Fr), error.message(Lang::En));
            assert!(!fr.is_empty() && fr != en, "{fr} / {en}");
            assert_eq!(en, error.to_string());
        }
    }
}
