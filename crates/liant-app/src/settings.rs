use std::path::{Path, PathBuf};

use liant_access::AccountRules;
use liant_access::provider::Provider;
use liant_model::{Actor, Party, Role, Territory};

use zeroize::Zeroizing;

use crate::AppError;
use crate::backup::BackupSettings;
use crate::mail::{MailSettings, Post};
use crate::press::Press;
use crate::witnesses::CheckpointSettings;

/// What `liant.toml` says: where things are, and who may act from the command line.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address of the store: a SQLite file, or a PostgreSQL URL.
    pub store: String,
    /// File of the keys.
    pub keys: PathBuf,
    /// Folder of the conventions and register entries.
    pub conventions: PathBuf,
    /// Folder of the programmes (*dispositifs*); without one, those that ship.
    #[serde(default)]
    pub programmes: Option<PathBuf>,
    /// Folder of files on their way: received and not yet imported, built and not yet deposited.
    #[serde(default = "spool")]
    pub spool: PathBuf,
    /// The territory served when none is named.
    pub territory: String,
    /// The party this installation works for.
    pub party: Party,
    /// Most of a stock, in per cent, that may be absent from the next file: a file cut short at its source is sound in
    /// itself, and would make everyone it forgot leave.
    #[serde(default = "Settings::usual_most_leaving")]
    pub most_leaving: u8,
    /// Of a demo workplace alone: the file of its invented accounts. It is served to this machine alone.
    #[serde(default)]
    pub demo: Option<PathBuf>,
    /// Who publishes the site.
    #[serde(default)]
    pub publisher: Publisher,
    /// Most people whom one file made from the people's list may hold.
    #[serde(default = "Settings::usual_most_exported")]
    pub most_exported: u32,
    /// Whether people are told the names of those who read their data, beside organisation and function.
    #[serde(default)]
    pub names_readers: bool,
    /// Where the keys of backups lie, and how long they do.
    #[serde(default)]
    pub backup: BackupSettings,
    /// Program that is run when someone is stopped, with its arguments: it tells the data protection officer. Without one the
    /// log of the site and `/metrics` tell.
    #[serde(default)]
    pub alert: Vec<String>,
    /// Where e-mail goes out; without it nobody is written to.
    #[serde(default)]
    pub mail: Option<MailSettings>,
    /// Who is given signed checkpoints of the log; without it nobody is.
    #[serde(default)]
    pub checkpoints: Option<CheckpointSettings>,
    /// The program that makes PDFs, when it is not `liant-press` beside this one.
    #[serde(default)]
    pub press: Option<PathBuf>,
    /// Who may act.
    #[serde(rename = "actor", default)]
    pub actors: Vec<NamedActor>,
    /// Every figure of accounts and sign-in; what is absent has its default.
    #[serde(default)]
    pub accounts: AccountRules,
    /// Folder the file lies in: relative paths start here.
    #[serde(skip)]
    pub folder: PathBuf,
}

/// What the legal notice (*mentions légales*, law 2004-575 art. 1-1) says of who publishes the site. An empty text is one that is not
/// known yet: the notice says so, and `liant doctor` asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Publisher {
    /// Name and address of the body that publishes the site (*éditeur*).
    pub name: String,
    /// Who answers for what is published (*directeur de la publication*).
    pub director: String,
    /// Name, address and telephone of who hosts it (*hébergeur*).
    pub host: String,
    /// How the publisher is reached.
    pub contact: String,
    /// How its data protection officer (*délégué à la protection des données*) is reached.
    pub dpo: String,
    /// How a fault of accessibility is reported (law 2005-102 art. 47).
    pub accessibility: String,
}

impl Publisher {
    /// What there is to say, with its name in the settings.
    pub fn parts(&self) -> [(&'static str, &str); 6] {
        [
            ("name", &self.name),
            ("director", &self.director),
            ("host", &self.host),
            ("contact", &self.contact),
            ("dpo", &self.dpo),
            ("accessibility", &self.accessibility),
        ]
    }

    /// The names of what is not known yet.
    pub fn missing(&self) -> Vec<&'static str> {
        let empty = self.parts().into_iter().filter(|(_, text)| text.trim().is_empty());
        empty.map(|(name, _)| name).collect()
    }
}

/// One person who may act from the command line.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedActor {
    /// Account name, given to `--as`.
    pub name: String,
    /// Her role in the party.
    pub role: Role,
}

fn spool() -> PathBuf {
    PathBuf::from("spool")
}

impl Settings {
    /// About ten times what leaves in a month.
    pub(crate) fn usual_most_leaving() -> u8 {
        30
    }

    /// A service's people: a file of everyone is not what the list is for.
    pub(crate) fn usual_most_exported() -> u32 {
        5_000
    }

    /// Reads a `liant.toml`.
    ///
    /// # Errors
    /// [`AppError::File`] with the place of the mistake.
    pub fn read(path: &Path) -> Result<Self, AppError> {
        let text = std::fs::read_to_string(path).map_err(|error| AppError::file(path, error))?;
        let mut settings: Self =
            toml::from_str(&text).map_err(|error| AppError::file(path, error.to_string()))?;
        settings.accounts.check().map_err(|error| AppError::file(path, error.to_string()))?;
        settings.folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        Ok(settings)
    }

    /// The mail server, when one is named.
    ///
    /// # Errors
    /// [`AppError::Mail`] with what is wrong with its settings.
    pub fn post(&self) -> Result<Option<Post>, AppError> {
        let post = self.mail.as_ref().map(|mail| Post::of(mail, |path| self.path(path)));
        post.transpose().map_err(AppError::Mail)
    }

    /// Who is given checkpoints, with the file of the key where it lies.
    pub(crate) fn witnesses(&self) -> Option<CheckpointSettings> {
        let named = self.checkpoints.as_ref()?;
        Some(CheckpointSettings { key_file: self.path(&named.key_file), ..named.clone() })
    }

    /// The territory served when none is named.
    ///
    /// # Errors
    /// [`AppError::SettingsTerritory`] when the file names no Département.
    pub fn territory(&self) -> Result<Territory, AppError> {
        self.territory.parse().map_err(|_| AppError::SettingsTerritory(self.territory.clone()))
    }

    /// The actor of this name, or the only one there is.
    ///
    /// # Errors
    /// [`AppError::NoSuchActor`] when no such actor is named in the settings.
    pub fn actor(&self, name: Option<&str>, os_user: Option<String>) -> Result<Actor, AppError> {
        let found = match (name, self.actors.as_slice()) {
            (Some(name), actors) => actors.iter().find(|actor| actor.name == name),
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        let names =
            || self.actors.iter().map(|actor| format!("{} ({})", actor.name, actor.role)).collect::<Vec<_>>();
        let found = found.ok_or_else(|| AppError::NoSuchActor(names()))?;
        Ok(Actor { name: found.name.clone(), party: self.party.clone(), role: found.role.clone(), os_user })
    }

    /// The secret that a provider gave this installation: from its file or the environment, without the line's end.
    ///
    /// # Errors
    /// [`AppError::File`] when the file cannot be read; [`AppError::Value`] when there is none.
    pub fn provider_secret(&self, provider: &Provider) -> Result<Zeroizing<String>, AppError> {
        let text = match (&provider.secret_file, &provider.secret_env) {
            (Some(file), _) => {
                let path = self.path(file);
                std::fs::read_to_string(&path).map_err(|error| AppError::file(path, error))?
            }
            (None, Some(variable)) => std::env::var(variable).unwrap_or_default(),
            (None, None) => String::new(),
        };
        let text = Zeroizing::new(text);
        let secret = text.trim_end_matches(['\r', '\n']);
        if secret.is_empty() {
            let name = &provider.name;
            return Err(AppError::Value(format!(
                "the secret of {name} is empty: write it in the file of `secret_file`, or give the variable of `secret_env`"
            )));
        }
        Ok(Zeroizing::new(secret.to_owned()))
    }

    /// A path of the file, from its folder.
    pub fn path(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }

    /// The press, where it is installed.
    pub fn press(&self) -> Option<Press> {
        Press::find(self.press.as_ref().map(|path| self.path(path)).as_deref())
    }

    /// The address of the store, a relative file taken from the settings' folder.
    pub fn store_address(&self) -> String {
        let is_file = !self.store.contains("://");
        let file = self.store.strip_prefix("sqlite:").unwrap_or(&self.store);
        if is_file { self.path(Path::new(file)).display().to_string() } else { self.store.clone() }
    }
}
