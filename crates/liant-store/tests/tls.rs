//! The way to a PostgreSQL server: TLS with whom we trust, or no connection.
//!
//! The test server speaks no TLS; a front of ours does, as PostgreSQL does, and hands over to it what it deciphers.

#![expect(clippy::unwrap_used, clippy::panic, reason = "test support: a failure here is a failed test")]

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use liant_store::{Store, StoreAddress, StoreError, TlsProblem};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// An authority, its certificate in a file, and a server's certificate for a name.
struct Authority {
    folder: TempDir,
    server: ServerConfig,
}

impl Authority {
    fn vouching_for(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = authority.self_signed(&key).unwrap();
        std::fs::write(folder.path().join("ca.pem"), certificate.pem()).unwrap();
        let issuer = Issuer::new(authority, key);
        let server_key = KeyPair::generate().unwrap();
        let server = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let server = server.signed_by(&server_key, &issuer).unwrap();
        let secret = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(server_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let server = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![server.der().clone()], secret)
            .unwrap();
        Self { folder, server }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }
}

/// The test server, as `host:port`, and the rest of its URL.
fn server() -> Option<(String, String)> {
    let url = std::env::var(testkit::POSTGRES).ok();
    if url.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{} is not set", testkit::POSTGRES);
    }
    let (_, rest) = url?.split_once('@').map(|(user, rest)| (user.to_owned(), rest.to_owned()))?;
    let (host, _) = rest.split_once('/')?;
    Some((host.to_owned(), "liant".to_owned()))
}

/// Answers as PostgreSQL with TLS does, before `behind`; gives its port. Lives as long as the process.
fn front(tls: ServerConfig, behind: String) -> u16 {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
        runtime.block_on(async move {
            let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
            tell.send(listener.local_addr().unwrap().port()).unwrap();
            let acceptor = TlsAcceptor::from(Arc::new(tls));
            loop {
                let (mut socket, _) = listener.accept().await.unwrap();
                let (acceptor, behind) = (acceptor.clone(), behind.clone());
                // A client that does not trust us goes away: that is its right.
                let served = async move {
                    let mut asked = [0; 8];
                    socket.read_exact(&mut asked).await?;
                    assert_eq!(asked, [0, 0, 0, 8, 4, 210, 22, 47], "TLS is asked for first");
                    socket.write_all(b"S").await?;
                    let mut deciphered = acceptor.accept(socket).await?;
                    let mut server = TcpStream::connect(behind).await?;
                    copy_bidirectional(&mut deciphered, &mut server).await
                };
                let _ = served.await;
            }
        });
    });
    told.recv().unwrap()
}

fn open(url: &str) -> Result<Store, StoreError> {
    Store::open(&url.parse::<StoreAddress>().unwrap())
}

/// What is wrong with the way, when that is why the store does not open.
fn problem(url: &str) -> TlsProblem {
    match open(url) {
        Err(StoreError::Tls { problem, .. }) => problem,
        Err(error) => panic!("another error: {error}"),
        Ok(_) => panic!("{url} opens"),
    }
}

#[test]
fn a_server_is_reached_by_tls_when_its_certificate_is_trusted_and_names_it() {
    let Some((behind, _)) = server() else { return };
    let fresh = testkit::postgres(&std::env::var(testkit::POSTGRES).unwrap());
    let shown = fresh.address.to_string();
    let (_, database) = shown.rsplit_once('/').unwrap();
    let (ours, theirs) = (Authority::vouching_for("localhost"), Authority::vouching_for("localhost"));
    let file = ours.file().display().to_string();
    let port = front(ours.server.clone(), behind);
    let url = |host: &str, mode: &str, file: &str| {
        format!("postgres://liant@{host}:{port}/{database}?sslmode={mode}&sslrootcert={file}")
    };

    for mode in ["require", "verify-ca", "verify-full"] {
        open(&url("localhost", mode, &file)).unwrap_or_else(|error| panic!("{mode}: {error}"));
    }
    // The name is another: 127.0.0.1 is not `localhost`.
    for mode in ["require", "verify-full"] {
        let said = problem(&url("127.0.0.1", mode, &file)).to_string();
        assert!(said.contains("not valid for name"), "{said}");
    }
    let said = problem(&url("localhost", "verify-full", &theirs.file().display().to_string())).to_string();
    assert!(said.contains("invalid peer certificate"), "{said}");
}

#[test]
fn a_server_without_tls_is_not_spoken_to_when_tls_is_demanded() {
    let Some((plain, database)) = server() else { return };
    let authority = Authority::vouching_for("localhost");
    let file = authority.file().display().to_string();
    let url = format!("postgres://liant@{plain}/{database}?sslmode=verify-full&sslrootcert={file}");
    let said = problem(&url).to_string();
    assert!(said.contains("server does not support TLS") && said.contains("ssl = on"), "{said}");
}

#[test]
fn a_server_elsewhere_is_not_even_called_in_clear() {
    for mode in ["disable", "prefer", "allow"] {
        // An address of documentation: nothing answers there, and nothing is asked.
        let url = format!("postgres://liant:secret@192.0.2.1/liant?sslmode={mode}");
        let problem = problem(&url);
        assert!(matches!(problem, TlsProblem::InClear(_)), "{problem}");
        assert!(!problem.to_string().contains("secret"));
    }
}
