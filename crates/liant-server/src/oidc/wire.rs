//! Asking a provider over HTTP: verified TLS, no redirection followed, bounded in time and size.

use std::sync::Arc;
use std::time::{Duration, Instant};

use liant_access::provider::is_safe_address;
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};

use super::Fault;

/// More than any answer of a provider: descriptions and keys take some ten kilobytes.
const MOST_BYTES: u64 = 256 * 1024;

/// The longest for all that one step of a sign-in asks of a provider.
const PATIENCE: Duration = Duration::from_secs(8);

/// Until when a provider may make us wait.
#[derive(Clone, Copy)]
pub(super) struct Deadline(Instant);

impl Deadline {
    /// From now.
    pub(super) fn new() -> Self {
        Self(Instant::now() + PATIENCE)
    }

    fn left(self) -> Result<Duration, Fault> {
        let left = self.0.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(Fault::Down("it took too long".to_owned())) } else { Ok(left) }
    }
}

/// What a provider answered.
pub(super) struct Answer {
    pub(super) status: u16,
    /// Its `Content-Type`, in lower case.
    pub(super) kind: String,
    pub(super) body: Vec<u8>,
}

/// The way to providers.
pub(super) struct Wire {
    agent: Agent,
}

impl Wire {
    /// A way that believes the authorities of this system, as the way to PostgreSQL does: a Département's own among them.
    /// A proxy of the environment (`HTTPS_PROXY`, `NO_PROXY`) is used.
    pub(super) fn new() -> Self {
        let found = rustls_native_certs::load_native_certs();
        let roots: Vec<_> =
            found.certs.iter().map(|one| Certificate::from_der(one.as_ref()).to_owned()).collect();
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(RootCerts::Specific(Arc::new(roots)))
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let settings = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_response_header_size(32 * 1024)
            .timeout_connect(Some(Duration::from_secs(4)))
            .user_agent("liant")
            .tls_config(tls)
            .build();
        Self { agent: settings.into() }
    }

    pub(super) fn get(&self, address: &str, bearer: Option<&str>, until: Deadline) -> Result<Answer, Fault> {
        let request = self.agent.get(safe(address)?);
        let request = match bearer {
            Some(token) => request.header("authorization", format!("Bearer {token}")),
            None => request,
        };
        let request = request.config().timeout_global(Some(until.left()?));
        let request = if is_within(address) { request.proxy(None) } else { request };
        answer(request.build().call())
    }

    pub(super) fn post(
        &self,
        address: &str,
        basic: Option<&str>,
        form: &str,
        until: Deadline,
    ) -> Result<Answer, Fault> {
        let request = self
            .agent
            .post(safe(address)?)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "application/json");
        let request = match basic {
            Some(pair) => request.header("authorization", format!("Basic {pair}")),
            None => request,
        };
        let request = request.config().timeout_global(Some(until.left()?));
        let request = if is_within(address) { request.proxy(None) } else { request };
        answer(request.build().send(form))
    }
}

/// No address of a provider leads us out of https, but within this machine.
fn safe(address: &str) -> Result<&str, Fault> {
    if is_safe_address(address) { Ok(address) } else { Err(Fault::Untrusted("an address that is not https")) }
}

fn is_within(address: &str) -> bool {
    address.starts_with("http://")
}

fn answer(outcome: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Answer, Fault> {
    let mut response = outcome.map_err(|error| Fault::Down(error.to_string()))?;
    let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or("");
    let (status, kind) = (response.status().as_u16(), kind.to_ascii_lowercase());
    let body = response.body_mut().with_config().limit(MOST_BYTES).read_to_vec();
    let body = body.map_err(|error| Fault::Down(error.to_string()))?;
    if status >= 500 {
        return Err(Fault::Down(format!("it answered {status}")));
    }
    Ok(Answer { status, kind, body })
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    use super::*;

    /// A server that answers this once; its address.
    fn answering(head: &str, body: usize) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let head = format!("HTTP/1.1 {head}\r\nContent-Length: {body}\r\nConnection: close\r\n\r\n");
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _asked = stream.read(&mut [0; 4096]).unwrap();
            // Whoever has read enough goes away.
            let _sent = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&vec![b'x'; body]));
        });
        address
    }

    fn get(address: &str) -> Result<Answer, Fault> {
        Wire::new().get(address, None, Deadline::new())
    }

    #[test]
    fn no_redirection_is_followed() {
        let elsewhere = answering("200 OK", 1);
        let answer = get(&answering(&format!("302 Found\r\nLocation: {elsewhere}"), 0)).unwrap();
        assert_eq!(answer.status, 302);
    }

    #[test]
    fn an_answer_is_bounded() {
        assert_eq!(get(&answering("200 OK", 200 * 1024)).unwrap().body.len(), 200 * 1024);
        assert!(matches!(get(&answering("200 OK", 300 * 1024)), Err(Fault::Down(_))));
    }

    #[test]
    fn a_server_that_fails_is_down_and_one_that_refuses_is_not() {
        assert!(matches!(get(&answering("503 Busy", 0)), Err(Fault::Down(_))));
        assert_eq!(get(&answering("400 Bad", 0)).unwrap().status, 400);
        assert!(matches!(get("http://127.0.0.1:1"), Err(Fault::Down(_))));
    }

    #[test]
    fn nothing_is_asked_outside_of_https() {
        for address in ["http://op.example/keys", "http://127.0.0.1@op.example/", "file:///etc/passwd"] {
            assert!(matches!(get(address), Err(Fault::Untrusted(_))), "{address}");
        }
    }
}
