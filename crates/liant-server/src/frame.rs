//! What surrounds every request: its id, its language, the headers of every response, one log line, the figures.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use liant_model::Lang;

use crate::cookies::Cookie;
use crate::facts::Facts;
use crate::failure::Failure;
use crate::routes::Access;
use crate::{Site, Visitor, words};

/// Nothing but our own files, no frame, no plug-in, forms to ourselves.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Over https: always https, for two years.
const ALWAYS_HTTPS: &str = "max-age=63072000; includeSubDomains";

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The outermost layer.
pub(crate) async fn frame(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let facts = Arc::new(Facts::new(&site, request.headers(), request.uri()));
    let method = request.method().clone();
    let template = request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str).to_owned();
    let _in_flight = site.metrics().enter();
    never_compressed_for_others(request.headers_mut());
    let mut response = if serves(&site, &request, &template) {
        if let Some(lang) = facts.language_asked().filter(|_| method == Method::GET) {
            change_language(&site, &facts, lang)
        } else {
            request.extensions_mut().insert(Arc::clone(&facts));
            next.run(request).await
        }
    } else {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    };
    dress(&site, &facts, &mut response);
    told(&site, &facts, &method, &template, response.status(), began.elapsed());
    response
}

/// Whether the request names us; health checks come by any name.
fn serves(site: &Site, request: &Request, template: &str) -> bool {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    site.transport().serves(host) || site.is_for_machines(template)
}

/// A page that another site asked for is not compressed: the size of the answer must tell that site nothing.
fn never_compressed_for_others(headers: &mut HeaderMap) {
    if headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site") {
        headers.remove(header::ACCEPT_ENCODING);
    }
}

/// Keeps the language asked for, and comes back to the same address without asking.
fn change_language(site: &Site, facts: &Facts, lang: Lang) -> Response {
    let Ok(place) = HeaderValue::from_str(&facts.address(None)) else { return Failure::Bad.into_response() };
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(header::LOCATION, place);
    if let Some(cookie) = Cookie::Language.set(site.transport(), words::code(lang)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The headers of every response.
fn dress(site: &Site, facts: &Facts, response: &mut Response) {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if site.transport().is_https() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ALWAYS_HTTPS));
    }
    if let Ok(id) = HeaderValue::from_str(&facts.trace().to_string()) {
        headers.insert(REQUEST_ID, id);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        let kept =
            facts.route().is_none_or(|route| !matches!(route.access, Access::Machine | Access::Public));
        let value = if kept || !matches!(facts.visitor(), Visitor::Anonymous) {
            "no-store"
        } else {
            "private, no-cache"
        };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
        headers.append(header::VARY, HeaderValue::from_static("cookie, accept-language"));
    }
    if let Some(cookie) =
        facts.form_made().and_then(|made| Cookie::Form.set(site.transport(), &made.cookie()))
    {
        headers.append(header::SET_COOKIE, cookie);
    }
}

/// One line of log, and the figures: the template of the route, never the address, which may hold a name.
fn told(site: &Site, facts: &Facts, method: &Method, template: &str, status: StatusCode, took: Duration) {
    site.metrics().answered(method, template, status, took);
    // Probes and embedded files tell nothing.
    if !site.is_for_machines(template) && template != "/assets/{name}" {
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(request = %facts.trace(), %method, route = template, status = status.as_u16(), milliseconds, "answered");
    }
}
