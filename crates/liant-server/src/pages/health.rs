//! For those who look after the server: alive, ready, figures.

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

use liant_app::directory;

use crate::Site;
use crate::failure::Failure;
use crate::serve::Peer;

/// The process answers.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// The store answers too. A directory of people that is behind is told, and stops nobody: lists say so themselves.
pub(super) async fn ready(State(site): State<Site>) -> Result<String, Failure> {
    let behind = site.work(|workplace| {
        let mut behind = Vec::new();
        for territory in workplace.store.territories()? {
            if !directory::state(workplace, territory)?.is_fresh() {
                behind.push(territory);
            }
        }
        Ok(behind)
    });
    let behind = behind.await.map_err(|failure| {
        tracing::error!(cause = failure.to_string(), "the store is not ready");
        Failure::Busy
    })?;
    let lines = behind.iter().map(|territory| format!("directory of people behind: {territory}\n"));
    Ok(std::iter::once("ready\n".to_owned()).chain(lines).collect())
}

/// Figures for Prometheus: to this machine alone, and not through a proxy.
pub(super) async fn metrics(
    State(site): State<Site>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let is_near = peer.is_some_and(|Extension(Peer(address))| address.ip().to_canonical().is_loopback());
    let is_forwarded = headers.contains_key("forwarded") || headers.contains_key("x-forwarded-for");
    if !is_near || is_forwarded {
        return Err(Failure::Absent);
    }
    let text = site.metrics().text().map_err(|error| Failure::internal(error.to_string()))?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
