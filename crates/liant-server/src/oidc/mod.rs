//! The HTTP half of signing in at an OpenID provider: its description and keys, the question that the browser takes there,
//! the exchange of the answer, the logout. What is believed and whose account it opens is `liant_app::accounts::oidc`'s.
//!
//! All of it waits on another machine: it runs apart from the use cases, a few at once, so that a provider that is down
//! keeps nobody else waiting.

mod client;
mod jws;
mod statement;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use liant_access::claims::{Claims, Provider};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use client::Client;
pub(crate) use client::Question;

/// The providers that a site may send people to. Cheap to clone.
#[derive(Clone)]
pub struct Providers {
    clients: Arc<[Arc<Client>]>,
    permits: Arc<Semaphore>,
}

impl std::fmt::Debug for Providers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.clients.iter().map(|client| &client.provider().issuer)).finish()
    }
}

impl Default for Providers {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

/// How many steps of sign-ins may wait on providers at once.
const AT_ONCE: usize = 32;

/// The longest that one waits for its turn.
const PATIENCE: Duration = Duration::from_secs(3);

impl Providers {
    /// These, each with the secret that it gave Liant. Nothing is asked of them yet.
    pub fn new(providers: Vec<(Provider, Zeroizing<String>)>) -> Self {
        let wire = Arc::new(wire::Wire::new());
        let made = |(provider, secret)| Arc::new(Client::new(provider, secret, Arc::clone(&wire)));
        Self {
            clients: providers.into_iter().map(made).collect(),
            permits: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Each, in the order of the settings.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Provider> {
        self.clients.iter().map(|client| client.provider())
    }

    /// The one at this place.
    pub(crate) fn at(&self, place: usize) -> Option<&Provider> {
        self.clients.get(place).map(|client| client.provider())
    }

    /// The one of this issuer.
    pub(crate) fn of(&self, issuer: &str) -> Option<&Provider> {
        self.all().find(|provider| provider.issuer == issuer)
    }

    /// Has the provider of this issuer asked, on a thread of its own.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        issuer: &str,
        work: impl FnOnce(&Client) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let found = self.clients.iter().find(|client| client.provider().issuer == issuer);
        let Some(client) = found.map(Arc::clone) else {
            return Err(Fault::Refused("the settings name it no more".to_owned()));
        };
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.permits).acquire_owned()).await;
        let Ok(Ok(permit)) = turn else {
            return Err(Fault::Down("too many sign-ins wait for it".to_owned()));
        };
        let done = tokio::task::spawn_blocking(move || {
            let _held = permit;
            work(&client)
        });
        done.await.unwrap_or_else(|_| Err(Fault::Down("the question to it panicked".to_owned())))
    }
}

/// Why a provider's answer leads to nothing. No text holds a personal value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It does not answer, or not as a provider does.
    Down(String),
    /// It refuses the exchange: the code was used or is too old, or Liant is not known there.
    Refused(String),
    /// What it states is not signed by it, not for us, or not new: which check failed.
    Untrusted(&'static str),
}

/// What a provider states of someone who has signed in there.
pub(crate) struct Stated {
    /// The claims, signed by the provider.
    pub(crate) claims: Claims,
    /// The token, for the logout.
    pub(crate) id_token: Zeroizing<String>,
}
