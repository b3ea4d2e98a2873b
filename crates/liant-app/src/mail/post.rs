//! The mail server.

use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{Address, Message, SmtpTransport, Transport};
use liant_model::Lang;
use liant_store::MailRow;

use super::letter::Letter;

/// For how long the server may let us wait.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where e-mail goes out (`[mail]` of `liant.toml`).
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// The server: `smtps://host`, or `smtp://host:587?tls=required`. Without encryption only on this machine.
    pub server: String,
    /// Who writes: `Liant <liant@departement.example>`.
    pub from: String,
    /// The site's address, which letters lead to.
    pub site: String,
    /// The account on the server.
    #[serde(default)]
    pub user: Option<String>,
    /// The file that holds its password, and nothing else.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
}

/// Why a letter did not leave. Names nobody: what a server answers may hold an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailTrouble {
    /// `server` is no address of a mail server.
    Server,
    /// `server` is elsewhere, and not encrypted.
    InClear,
    /// `from` is no address.
    From,
    /// `site` is no address of a site.
    Site,
    /// The password's file cannot be read.
    Password,
    /// The server does not answer, or not in TLS as asked.
    NoAnswer,
    /// The server refuses, with this code.
    Refused(u16),
    /// The letter cannot be written: its recipient has no address that is one, or it holds no number.
    Letter,
}

impl MailTrouble {
    /// What is wrong and what to do, in a language.
    pub fn words(self, lang: Lang) -> String {
        let (fr, en) = match self {
            Self::Server => (
                "[mail] : `server` n’est pas l’adresse d’un serveur ; écrivez smtps://hôte ou smtp://hôte:587?tls=required",
                "[mail]: `server` is no address of a mail server; write smtps://host or smtp://host:587?tls=required",
            ),
            Self::InClear => (
                "[mail] : le serveur n’est pas sur cette machine et n’est pas chiffré ; écrivez smtps:// ou ?tls=required",
                "[mail]: the server is not on this machine and not encrypted; write smtps:// or ?tls=required",
            ),
            Self::From => (
                "[mail] : `from` n’est pas une adresse ; écrivez Liant <liant@exemple.fr>",
                "[mail]: `from` is no address; write Liant <liant@example.org>",
            ),
            Self::Site => (
                "[mail] : `site` n’est pas l’adresse d’un site ; écrivez https://…",
                "[mail]: `site` is no address of a site; write https://…",
            ),
            Self::Password => (
                "[mail] : le fichier de `password_file` ne se lit pas",
                "[mail]: the file of `password_file` cannot be read",
            ),
            Self::NoAnswer => (
                "le serveur de messagerie ne répond pas : vérifiez `server`, le réseau et le certificat",
                "the mail server does not answer: check `server`, the network and its certificate",
            ),
            Self::Refused(code) => {
                return match lang {
                    Lang::Fr => format!(
                        "le serveur de messagerie refuse (code {code}) : vérifiez `user`, le mot de passe et `from`"
                    ),
                    Lang::En => format!(
                        "the mail server refuses (code {code}): check `user`, its password and `from`"
                    ),
                };
            }
            Self::Letter => (
                "une lettre n’a pas pu être écrite : son destinataire n’a pas d’adresse valable",
                "a letter could not be written: its recipient has no address that is one",
            ),
        };
        if lang == Lang::Fr { fr } else { en }.to_owned()
    }

    fn of(error: &lettre::transport::smtp::Error) -> Self {
        if error.is_client() {
            return Self::Letter;
        }
        error.status().map_or(Self::NoAnswer, |code| Self::Refused(code.into()))
    }
}

/// A file that goes with a message.
#[derive(Clone, Copy)]
pub(crate) struct Attached<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// What it holds, which comes through byte for byte.
    pub(crate) bytes: &'a [u8],
}

/// A mail server that letters are given to.
#[derive(Clone, Debug)]
pub struct Post {
    transport: SmtpTransport,
    from: Mailbox,
    site: String,
}

impl Post {
    /// The server of these settings; `path` makes a path of theirs one from here. Nothing is asked of it yet.
    ///
    /// # Errors
    /// What is wrong with the settings.
    pub fn of(settings: &MailSettings, path: impl Fn(&Path) -> PathBuf) -> Result<Self, MailTrouble> {
        let from = settings.from.parse().map_err(|_| MailTrouble::From)?;
        if !(settings.site.starts_with("https://") || settings.site.starts_with("http://127.0.0.1")) {
            return Err(MailTrouble::Site);
        }
        if !(settings.server.starts_with("smtps://")
            || settings.server.ends_with("?tls=required")
            || is_here(&settings.server))
        {
            return Err(MailTrouble::InClear);
        }
        let mut transport = SmtpTransport::from_url(&settings.server)
            .map_err(|_| MailTrouble::Server)?
            .timeout(Some(PATIENCE));
        if let Some(user) = &settings.user {
            let file = settings.password_file.as_deref().ok_or(MailTrouble::Password)?;
            let password = std::fs::read_to_string(path(file)).map_err(|_| MailTrouble::Password)?;
            transport = transport.credentials(Credentials::new(user.clone(), password.trim_end().to_owned()));
        }
        Ok(Self { transport: transport.build(), from, site: settings.site.trim_end_matches('/').to_owned() })
    }

    /// The site's address.
    pub(super) fn site(&self) -> &str {
        &self.site
    }

    /// Whether the server answers, and lets us in.
    ///
    /// # Errors
    /// Why not.
    pub fn answers(&self) -> Result<(), MailTrouble> {
        match self.transport.test_connection() {
            Ok(true) => Ok(()),
            Ok(false) => Err(MailTrouble::NoAnswer),
            Err(error) => Err(MailTrouble::of(&error)),
        }
    }

    /// Gives a letter to the server.
    pub(super) fn send(&self, row: &MailRow, letter: &Letter) -> Result<(), MailTrouble> {
        self.give((Some(&row.name), &row.email), (letter.subject, letter.text.clone()), None)
    }

    /// Gives the server a message to a person: subject and text. Her name is not said.
    pub(crate) fn send_to(&self, address: &str, message: (&str, String)) -> Result<(), MailTrouble> {
        self.give((None, address), message, None)
    }

    /// The same, with a file beside it.
    pub(crate) fn send_with(
        &self,
        address: &str,
        (subject, text): (&str, String),
        file: Attached<'_>,
    ) -> Result<(), MailTrouble> {
        self.give((None, address), (subject, text), Some(file))
    }

    fn give(
        &self,
        (name, address): (Option<&String>, &str),
        (subject, text): (&str, String),
        file: Option<Attached<'_>>,
    ) -> Result<(), MailTrouble> {
        let address: Address = address.parse().map_err(|_| MailTrouble::Letter)?;
        let by_itself = HeaderName::new_from_ascii_str("Auto-Submitted");
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(name.cloned(), address))
            .subject(subject)
            // Nobody's absence is to be answered to us (RFC 3834).
            .raw_header(HeaderValue::new(by_itself, "auto-generated".to_owned()));
        let message = match file {
            None => message.header(ContentType::TEXT_PLAIN).body(text),
            Some(Attached { name, bytes }) => {
                // As a text, a gateway may end its lines in another way, and its signature holds no longer.
                let kind = ContentType::parse("application/octet-stream").map_err(|_| MailTrouble::Letter)?;
                let file = Attachment::new(name.to_owned()).body(bytes.to_vec(), kind);
                message.multipart(MultiPart::mixed().singlepart(SinglePart::plain(text)).singlepart(file))
            }
        };
        let message = message.map_err(|_| MailTrouble::Letter)?;
        self.transport.send(&message).map(drop).map_err(|error| MailTrouble::of(&error))
    }
}

/// Whether a server is on this machine.
fn is_here(server: &str) -> bool {
    let host = server.trim_start_matches("smtp://");
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|here| {
        host.strip_prefix(here).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/', '?']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(server: &str) -> MailSettings {
        MailSettings {
            server: server.to_owned(),
            from: "Liant <liant@departement.example>".to_owned(),
            site: "https://liant.example".to_owned(),
            user: None,
            password_file: None,
        }
    }

    #[test]
    fn nothing_leaves_this_machine_in_clear() {
        for (server, wrong) in [
            ("smtps://mail.example", None),
            ("smtp://mail.example:587?tls=required", None),
            ("smtp://127.0.0.1:2525", None),
            ("smtp://localhost", None),
            ("smtp://mail.example", Some(MailTrouble::InClear)),
            ("smtp://mail.example:587?tls=opportunistic", Some(MailTrouble::InClear)),
            ("smtp://127.0.0.1.example", Some(MailTrouble::InClear)),
            ("smtp://localhost@mail.example", Some(MailTrouble::InClear)),
            ("mail.example", Some(MailTrouble::InClear)),
            ("imap://mail.example?tls=required", Some(MailTrouble::Server)),
        ] {
            assert_eq!(Post::of(&settings(server), Path::to_path_buf).err(), wrong, "{server}");
        }
    }

    #[test]
    fn settings_say_what_is_wrong_with_them() {
        let change = |change: fn(&mut MailSettings)| {
            let mut settings = settings("smtp://localhost");
            change(&mut settings);
            Post::of(&settings, Path::to_path_buf).err()
        };
        assert_eq!(change(|one| one.from = "nobody".to_owned()), Some(MailTrouble::From));
        assert_eq!(change(|one| one.site = "liant.example".to_owned()), Some(MailTrouble::Site));
        assert_eq!(change(|one| one.user = Some("liant".to_owned())), Some(MailTrouble::Password));
    }
}
