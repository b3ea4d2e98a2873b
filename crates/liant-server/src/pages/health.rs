//! For those who look after the server: alive, ready, figures.

use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

use crate::Site;
use crate::failure::Failure;
use crate::serve::Peer;

/// The process answers.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// The store answers too.
pub(super) async fn ready(State(site): State<Site>) -> Result<&'static str, Failure> {
    site.work(|workplace| Ok(workplace.store.territories().map(drop)?)).await.map_err(|failure| {
        tracing::error!(cause = failure.to_string(), "the store is not ready");
        Failure::Busy
    })?;
    Ok("ready\n")
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
