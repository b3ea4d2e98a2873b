//! What went wrong, and the page that says so.
//!
//! A handler gives a [`Failure`]; axum's own refusals come as a bare status. [`pages`] turns both into a page in the
//! language of the request, with what to do next and the id of the request. Forbidden and absent are one.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::accounts::Refusal;
use liant_app::press::PressTrouble;
use liant_app::{AppError, StoreError};

use crate::Site;
use crate::facts::Facts;
use crate::page::Page;
use crate::pages::look_ups;
use crate::routes::Access;
use crate::words::Message;

/// Why a request was not answered as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The request is not understood.
    #[error("bad request")]
    Bad,
    /// Not there, or not for this visitor: the two look the same.
    #[error("absent or forbidden")]
    Absent,
    /// A form that our pages did not make for this visitor, or made too long ago.
    #[error("a form that is not ours")]
    ForeignForm,
    /// The act contradicts the state of things: someone else acted first.
    #[error("conflict")]
    Conflict,
    /// The body is too large.
    #[error("body too large")]
    TooLarge,
    /// A body of a kind that the route does not take.
    #[error("unsupported kind of body")]
    Unsupported,
    /// The values given break a rule.
    #[error("invalid values")]
    Invalid,
    /// Too many requests from this visitor.
    #[error("too many requests")]
    TooMany {
        /// Seconds to wait.
        wait: u32,
    },
    /// The server has too much to do, or took too long.
    #[error("busy")]
    Busy,
    /// A use case failed.
    #[error(transparent)]
    App(#[from] AppError),
    /// Something that cannot be, was.
    #[error("internal error: {0}")]
    Internal(String),
}

impl Failure {
    /// Something that cannot be, was. `cause` goes to the log: no personal value.
    pub fn internal(cause: impl Into<String>) -> Self {
        Self::Internal(cause.into())
    }

    /// What it is to its reader: the one table from what failed to what is answered. Nothing is left to a default: whoever adds an
    /// error says here what its page says.
    fn trouble(&self) -> Trouble {
        match self {
            Self::Bad => Trouble::Bad,
            Self::Absent => Trouble::Absent,
            Self::ForeignForm => Trouble::ForeignForm,
            Self::Conflict => Trouble::Conflict,
            Self::TooLarge => Trouble::TooLarge,
            Self::Unsupported => Trouble::Unsupported,
            Self::Invalid => Trouble::Invalid,
            Self::TooMany { wait } => Trouble::TooMany(*wait),
            Self::Busy => Trouble::Busy,
            Self::Internal(_) => Trouble::Broken,
            Self::App(error) => of_app(error),
        }
    }
}

/// What the guard refuses looks like what is not there.
fn of_app(error: &AppError) -> Trouble {
    match error {
        AppError::Gate(_) | AppError::Absent(_) => Trouble::Absent,
        AppError::State(_)
        | AppError::OutOfDate
        | AppError::Answered { .. }
        | AppError::StandsAlone
        | AppError::Moving(_) => Trouble::Conflict,
        AppError::Value(_)
        | AppError::Form(_)
        | AppError::Refused(_)
        | AppError::SameFile { .. }
        | AppError::OlderThanLast { .. }
        | AppError::MadeBefore { .. }
        | AppError::Unrecognised(_)
        | AppError::Strict { .. }
        | AppError::ManyLeave { .. }
        | AppError::Unreadable(_)
        | AppError::DecisionsAreNoStock(_)
        | AppError::NoSuchProfile { .. }
        | AppError::NoSuchWord { .. }
        | AppError::NotExact
        | AppError::Course(_) => Trouble::Invalid,
        AppError::Close(_) => Trouble::Close,
        AppError::OwnLookUp => Trouble::OwnLookUp,
        AppError::SearchNotReviewed => Trouble::Unreviewed,
        AppError::Blocked => Trouble::Blocked,
        AppError::TooManyOpened => Trouble::Measured,
        AppError::Press(PressTrouble::TooLong) => Trouble::Busy,
        // Whoever reads the page can do nothing about the settings, the keys or the conventions.
        AppError::NoSettings(_)
        | AppError::SettingsTerritory(_)
        | AppError::NoSuchActor(_)
        | AppError::Definition(_)
        | AppError::NotAFile(_)
        | AppError::NoUseToKeep(_)
        | AppError::NotABackup(_)
        | AppError::BackupKeyGone { .. }
        | AppError::KeysDoNotFit { .. }
        | AppError::CheckpointKeyMissing
        | AppError::NotAPublicKey(_)
        | AppError::File { .. }
        | AppError::Vault(_)
        | AppError::Mail(_)
        | AppError::Press(_)
        | AppError::Internal(_) => Trouble::Broken,

        AppError::Store(error) => of_store(error),
    }
}

fn of_store(error: &StoreError) -> Trouble {
    match error {
        StoreError::Conflict { .. } => Trouble::Conflict,
        StoreError::Busy | StoreError::ImportRunning(_) => Trouble::Busy,
        StoreError::Absent(_) => Trouble::Absent,
        StoreError::Spent => Trouble::Spent,
        StoreError::Address(_)
        | StoreError::Open { .. }
        | StoreError::Tls { .. }
        | StoreError::Migration(_)
        | StoreError::Full
        | StoreError::NotEmpty
        | StoreError::StillRead
        | StoreError::Damaged(_)
        | StoreError::File { .. }
        | StoreError::Engine(_) => Trouble::Broken,
    }
}

/// What a rule of accounts refuses where no form tells it.
impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Absent(_) => Self::Absent,
            Refusal::Expired => Self::Conflict,
            Refusal::TooSoon { .. } => Self::TooMany { wait: 60 },
            Refusal::Wrong
            | Refusal::HandedCode
            | Refusal::WrongNumber
            | Refusal::WrongCode
            | Refusal::Password(_)
            | Refusal::Rule(_)
            | Refusal::Claims(_)
            | Refusal::NotLinked
            | Refusal::NotMeant
            | Refusal::BeingMade
            | Refusal::OtherAddress
            | Refusal::FactorNeeded
            | Refusal::Name => Self::Invalid,
        }
    }
}

/// What a failure is to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    Bad,
    Absent,
    ForeignForm,
    /// Someone close to the actor: she is there, and a reason comes first.
    Close,
    /// A reason that the actor declared herself: someone else reviews it.
    OwnLookUp,
    /// A wider search of hers that waits for its review.
    Unreviewed,
    /// Who asked for many people beyond her reach: someone else lets her in again.
    Blocked,
    /// As many people opened as a clause allows.
    Measured,
    /// As many wider searches as the clause allows.
    Spent,
    Conflict,
    TooLarge,
    Unsupported,
    Invalid,
    /// With the seconds to wait.
    TooMany(u32),
    Busy,
    Broken,
}

impl Trouble {
    /// Seconds after which a server that is busy is asked again.
    const SOON: u32 = 5;
    /// Seconds after which a wider search may be allowed again: the quota is by the hour.
    const AN_HOUR: u32 = 3_600;

    fn status(self) -> StatusCode {
        match self {
            Self::Bad => StatusCode::BAD_REQUEST,
            Self::Absent => StatusCode::NOT_FOUND,
            Self::ForeignForm | Self::Close | Self::OwnLookUp | Self::Unreviewed | Self::Blocked => {
                StatusCode::FORBIDDEN
            }
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany(_) | Self::Spent | Self::Measured => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn wait(self) -> Option<u32> {
        match self {
            Self::TooMany(wait) => Some(wait),
            Self::Busy => Some(Self::SOON),
            Self::Spent | Self::Measured => Some(Self::AN_HOUR),
            _ => None,
        }
    }

    /// What is said of it, where its status says too little: what happened, why, what to do.
    fn told(self) -> Option<[&'static str; 3]> {
        match self {
            Self::ForeignForm => Some(["form-title", "form-text", "form-help"]),
            Self::Close => Some(["close-title", "close-text", "close-help"]),
            Self::OwnLookUp => Some(["own-look-up-title", "own-look-up-text", "own-look-up-help"]),
            Self::Unreviewed => Some(["unreviewed-title", "unreviewed-text", "unreviewed-help"]),
            Self::Blocked => Some(["blocked-title", "blocked-text", "blocked-help"]),
            Self::Measured => Some(["measured-title", "measured-text", "measured-help"]),
            Self::Spent => Some(["spent-title", "spent-text", "spent-help"]),
            _ => None,
        }
    }
}

/// The failure behind a response, for the log and the page.
#[derive(Clone)]
struct Fault(Arc<Failure>);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let trouble = self.trouble();
        let mut response = trouble.status().into_response();
        if let Some(wait) = trouble.wait() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
        response.extensions_mut().insert(Fault(Arc::new(self)));
        response
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    page: &'a Page,
    title: Message,
    text: Message,
    help: Message,
}

/// Turns each failure into its page.
pub(crate) async fn pages(State(site): State<Site>, request: Request, next: Next) -> Response {
    let facts = request.extensions().get::<Arc<Facts>>().map(Arc::clone);
    let response = next.run(request).await;
    let Some(facts) = facts.filter(|_| is_bare(&response)) else { return response };
    let status = response.status();
    if let Some(Fault(failure)) = response.extensions().get::<Fault>().filter(|_| status.is_server_error()) {
        let cause = failure.to_string();
        tracing::error!(request = %facts.trace(), cause, "request failed");
    }
    if facts.route().is_some_and(|route| route.access == Access::Machine) {
        return response;
    }
    page(&site, facts, response)
}

/// Whether a response is a refusal without a page of its own.
fn is_bare(response: &Response) -> bool {
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    (response.status().is_client_error() || response.status().is_server_error()) && !is_page
}

fn page(site: &Site, facts: Arc<Facts>, response: Response) -> Response {
    let status = response.status();
    let trouble = response.extensions().get::<Fault>().map(|fault| fault.0.trouble());
    if trouble == Some(Trouble::Close)
        && let Some(address) = look_ups::reason_address(site, &facts)
    {
        return Redirect::to(&address).into_response();
    }
    let told = trouble.and_then(Trouble::told);
    let [title, text, help] = told.unwrap_or_else(|| said(status));
    // Forbidden looks absent, unless a form of ours has grown old, or what stands in the way is no secret to her.
    let status =
        if status == StatusCode::FORBIDDEN && told.is_none() { StatusCode::NOT_FOUND } else { status };
    let page = Page::new(site.clone(), facts);
    let page = if status == StatusCode::NOT_FOUND { page.nowhere() } else { page };
    let screen =
        ErrorPage { title: page.say(title), text: page.say(text), help: page.say(help), page: &page };
    let Ok(html) = screen.render() else { return status.into_response() };
    let (parts, _) = response.into_parts();
    let mut answer = (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = parts.headers.get(&name) {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    answer
}

/// What is said of a status: what happened, why, what to do.
fn said(status: StatusCode) -> [&'static str; 3] {
    match status {
        StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::FORBIDDEN => {
            ["absent-title", "absent-text", "absent-help"]
        }
        StatusCode::CONFLICT => ["conflict-title", "conflict-text", "conflict-help"],
        StatusCode::PAYLOAD_TOO_LARGE => ["large-title", "large-text", "large-help"],
        StatusCode::UNPROCESSABLE_ENTITY => ["invalid-title", "invalid-text", "invalid-help"],
        StatusCode::TOO_MANY_REQUESTS => ["many-title", "many-text", "many-help"],
        StatusCode::SERVICE_UNAVAILABLE => ["busy-title", "busy-text", "busy-help"],
        status if status.is_server_error() => ["broken-title", "broken-text", "broken-help"],
        _ => ["bad-title", "bad-text", "bad-help"],
    }
}

#[cfg(test)]
mod tests;
