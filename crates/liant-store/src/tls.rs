//! Whether the way to a PostgreSQL server is encrypted, and whom it trusts.
//!
//! | `sslmode` | on this machine | elsewhere |
//! |---|---|---|
//! | absent | plain | TLS, verified |
//! | `disable`, `allow`, `prefer` | plain | refused |
//! | `require`, `verify-ca`, `verify-full` | TLS, verified | TLS, verified |
//!
//! "On this machine" is the loopback address, `localhost`, or a socket of Unix. Verified means that the certificate is
//! of an authority of `sslrootcert` (a PEM file; without it, of the system's) and names the host: encryption with
//! whoever answers would hide nothing from one who stands in between, so there is no weaker kind.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use liant_model::Lang;
use postgres::config::{Config, Host, SslMode};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Why the way to a server is not safe to take.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TlsProblem {
    /// The mode is none that we know.
    #[error("`sslmode={0}` is unknown: write verify-full, or disable for a server on this machine")]
    UnknownMode(String),
    /// The mode lets personal data cross a network in clear.
    #[error(
        "`sslmode={0}` would let personal data cross the network in clear: the server is on another machine, write \
         verify-full"
    )]
    InClear(String),
    /// The file of authorities cannot be used.
    #[error("the certificates of {} (sslrootcert) cannot be read: {cause}", path.display())]
    Roots {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// The system has no authorities.
    #[error("the system has no certificate of an authority: name a file of them with sslrootcert")]
    NoRoots,
    /// The server and we do not agree.
    #[error(
        "no TLS with the server: {0}. It must offer TLS (ssl = on) with a certificate that names the host and is of an \
         authority of sslrootcert, or of the system's"
    )]
    Handshake(String),
}

impl TlsProblem {
    pub(crate) fn words(&self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        match self {
            Self::UnknownMode(mode) => format!(
                "`sslmode={mode}` est inconnu : écrivez verify-full, ou disable pour un serveur sur cette machine"
            ),
            Self::InClear(mode) => format!(
                "`sslmode={mode}` laisserait des données personnelles traverser le réseau en clair : le serveur est sur \
                 une autre machine, écrivez verify-full"
            ),
            Self::Roots { path, cause } => {
                format!("les certificats de {} (sslrootcert) ne se lisent pas : {cause}", path.display())
            }
            Self::NoRoots => {
                "le système n’a aucun certificat d’autorité : nommez-en un fichier avec sslrootcert"
                    .to_owned()
            }
            Self::Handshake(cause) => format!(
                "pas de TLS avec le serveur ({cause}). Il doit offrir TLS (ssl = on) avec un certificat qui nomme l’hôte \
                 et vient d’une autorité de sslrootcert, ou de celles du système"
            ),
        }
    }
}

/// How a server is to be reached.
#[derive(Debug)]
pub(crate) struct Way {
    /// The address, without what only we read.
    config: Config,
    /// Whether TLS is demanded.
    pub(crate) encrypted: bool,
    /// File of the authorities trusted, when not the system's.
    roots: Option<PathBuf>,
}

/// What is wrong with an address or a connection.
pub(crate) enum Fault {
    Tls(TlsProblem),
    Engine(postgres::Error),
}

impl Way {
    /// Reads the address of a PostgreSQL server and decides.
    pub(crate) fn of(url: &str) -> Result<Self, Fault> {
        // Who connects comes first, up to an `@`: a password may hold a question mark.
        let named = url.find('@').unwrap_or(0);
        let question = url.get(named..).and_then(|rest| rest.find('?')).map(|at| named + at);
        let (base, query) = question.map_or((url, ""), |at| {
            (url.get(..at).unwrap_or_default(), url.get(at + 1..).unwrap_or_default())
        });
        let (mut mode, mut roots, mut others) = (None, None, Vec::new());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("sslmode", value)) => mode = Some(value.to_owned()),
                // As in libpq, `system` asks for the system's.
                Some(("sslrootcert", "system")) => roots = None,
                Some(("sslrootcert", value)) => roots = Some(PathBuf::from(unescape(value))),
                _ => others.push(pair),
            }
        }
        let rest = if others.is_empty() { base.to_owned() } else { format!("{base}?{}", others.join("&")) };
        let config: Config = rest.parse().map_err(Fault::Engine)?;
        let encrypted = decide(mode.as_deref(), is_here(&config)).map_err(Fault::Tls)?;
        Ok(Self { config, encrypted, roots })
    }

    /// Hands over what the server says beside its answers.
    pub(crate) fn hearing(
        mut self,
        hear: impl Fn(&postgres::error::DbError) + Send + Sync + 'static,
    ) -> Self {
        self.config.notice_callback(move |notice| hear(&notice));
        self
    }

    /// Connects, by this way only.
    pub(crate) fn connect(mut self) -> Result<postgres::Client, Fault> {
        if !self.encrypted {
            return self.config.ssl_mode(SslMode::Disable).connect(postgres::NoTls).map_err(Fault::Engine);
        }
        let connector = MakeRustlsConnect::new(trusting(self.roots.as_deref()).map_err(Fault::Tls)?);
        self.config.ssl_mode(SslMode::Require).connect(connector).map_err(|error| {
            // The driver tells the kinds of its errors apart by their words only.
            let said = error.to_string();
            if said.starts_with("error performing TLS handshake") {
                Fault::Tls(TlsProblem::Handshake(with_causes(&error)))
            } else {
                Fault::Engine(error)
            }
        })
    }
}

/// Whether TLS is demanded.
fn decide(mode: Option<&str>, is_here: bool) -> Result<bool, TlsProblem> {
    match mode {
        None => Ok(!is_here),
        Some("require" | "verify-ca" | "verify-full") => Ok(true),
        Some("disable" | "allow" | "prefer") if is_here => Ok(false),
        Some(mode @ ("disable" | "allow" | "prefer")) => Err(TlsProblem::InClear(mode.to_owned())),
        Some(mode) => Err(TlsProblem::UnknownMode(mode.to_owned())),
    }
}

/// Whether all that the address leads to is on this machine.
fn is_here(config: &Config) -> bool {
    let addresses = config.get_hostaddrs();
    if !addresses.is_empty() {
        return addresses.iter().all(IpAddr::is_loopback);
    }
    config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => {
            name.eq_ignore_ascii_case("localhost") || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    })
}

/// TLS 1.2 or 1.3 that trusts these authorities.
fn trusting(roots: Option<&Path>) -> Result<ClientConfig, TlsProblem> {
    let mut store = RootCertStore::empty();
    if let Some(path) = roots {
        let fault = |cause: String| TlsProblem::Roots { path: path.to_path_buf(), cause };
        let certificates = CertificateDer::pem_file_iter(path).map_err(|error| fault(error.to_string()))?;
        for certificate in certificates {
            let certificate = certificate.map_err(|error| fault(error.to_string()))?;
            store.add(certificate).map_err(|error| fault(error.to_string()))?;
        }
        if store.is_empty() {
            return Err(fault("it holds no certificate in PEM".to_owned()));
        }
    } else {
        // One that does not read is of no use to anyone; the others are.
        store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if store.is_empty() {
            return Err(TlsProblem::NoRoots);
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let versions = versions.map_err(|error| TlsProblem::Handshake(error.to_string()))?;
    Ok(versions.with_root_certificates(store).with_no_client_auth())
}

/// An error with what it comes from.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        cause = error.source();
    }
    text
}

/// A value of a URL's query, its `%2F` and the like undone.
fn unescape(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is decided of an address: `tls`, `plain`, or the problem.
    fn way(url: &str) -> String {
        match Way::of(url) {
            Ok(way) => if way.encrypted { "tls" } else { "plain" }.to_owned(),
            Err(Fault::Tls(TlsProblem::InClear(_))) => "in clear".to_owned(),
            Err(Fault::Tls(TlsProblem::UnknownMode(_))) => "unknown".to_owned(),
            Err(Fault::Tls(problem)) => problem.to_string(),
            Err(Fault::Engine(error)) => format!("engine: {error}"),
        }
    }

    #[test]
    fn personal_data_crosses_no_network_in_clear() {
        let here = [
            "u@localhost",
            "u@LOCALHOST:5433",
            "u@127.0.0.1",
            "u@127.8.9.1:5433",
            "u@[::1]",
            "u@%2Frun%2Fpostgresql",
            "u@localhost,127.0.0.1",
        ];
        let away = [
            "u@db.example",
            "u@10.0.0.1",
            "u@[2001:db8::1]",
            "u@localhost.example",
            "u@localhost,db.example",
            "u@%2Frun%2Fpostgresql,db.example",
        ];
        for (hosts, none, lax, strict) in
            [(&here[..], "plain", "plain", "tls"), (&away[..], "tls", "in clear", "tls")]
        {
            for host in hosts {
                let url = format!("postgres://{host}/liant");
                assert_eq!(way(&url), none, "{url}");
                for (mode, expected) in [
                    ("disable", lax),
                    ("allow", lax),
                    ("prefer", lax),
                    ("require", strict),
                    ("verify-ca", strict),
                    ("verify-full", strict),
                    ("VERIFY-FULL", "unknown"),
                    ("", "unknown"),
                ] {
                    let url = format!("{url}?connect_timeout=3&sslmode={mode}");
                    assert_eq!(way(&url), expected, "{url}");
                }
            }
        }
        // What is connected to is the address, whatever the name.
        assert_eq!(way("postgres://u@localhost/liant?hostaddr=10.0.0.1"), "tls");
        assert_eq!(way("postgres://u@db.example/liant?hostaddr=127.0.0.1"), "plain");
        assert_eq!(way("postgres:///liant?host=db.example&user=u"), "tls");
        assert_eq!(way("postgres:///liant?host=/run/postgresql&user=u"), "plain");
        assert_eq!(way("postgres://u:pass?sslmode=x@db.example/liant?sslmode=disable"), "in clear");
    }

    #[test]
    fn authorities_that_do_not_read_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let empty = folder.path().join("empty.pem");
        std::fs::write(&empty, "nothing").unwrap();
        for path in [empty.clone(), folder.path().join("none.pem")] {
            let shown = path.display().to_string().replace('/', "%2F");
            let way = Way::of(&format!("postgres://u@db.example/liant?sslrootcert={shown}")).ok().unwrap();
            assert_eq!(way.roots.as_deref(), Some(path.as_path()));
            assert!(matches!(trusting(way.roots.as_deref()), Err(TlsProblem::Roots { .. })), "{path:?}");
        }
    }

    #[test]
    fn every_problem_is_said_in_both_languages() {
        for problem in [
            TlsProblem::UnknownMode("x".to_owned()),
            TlsProblem::InClear("prefer".to_owned()),
            TlsProblem::Roots { path: "ca.pem".into(), cause: "x".to_owned() },
            TlsProblem::NoRoots,
            TlsProblem::Handshake("x".to_owned()),
        ] {
            assert_ne!(problem.words(Lang::Fr), problem.words(Lang::En));
        }
    }
}
