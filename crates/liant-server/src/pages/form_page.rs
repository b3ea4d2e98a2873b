//! A page that is a form, or a question before an act that cannot be undone: title, what it is about, fields, one button.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use liant_access::Explain as _;
use liant_app::accounts::Refusal;

use crate::Page;
use crate::components::{Errors, Field, Link, Provider};
use crate::failure::Failure;

/// A page that is a form.
#[derive(Template)]
#[template(path = "form.html")]
pub(super) struct FormPage<'a> {
    page: &'a Page,
    title: String,
    texts: Vec<String>,
    before: Vec<Provider>,
    heading: String,
    fields: Vec<Field>,
    hidden: Vec<(&'static str, String)>,
    action: String,
    submit: String,
    is_grave: bool,
    is_link: bool,
    links: Vec<Link>,
    after: Vec<String>,
    general: Vec<String>,
    errors: Errors,
    status: StatusCode,
    wait: Option<u64>,
}

impl<'a> FormPage<'a> {
    /// A form of this title, sent to `action` by a button that says `submit`.
    pub(super) fn new(
        page: &'a Page,
        title: impl Into<String>,
        action: impl Into<String>,
        submit: impl Into<String>,
    ) -> Self {
        Self {
            page,
            title: title.into(),
            texts: Vec::new(),
            before: Vec::new(),
            heading: String::new(),
            fields: Vec::new(),
            hidden: Vec::new(),
            action: action.into(),
            submit: submit.into(),
            is_grave: false,
            is_link: false,
            links: Vec::new(),
            after: Vec::new(),
            general: Vec::new(),
            errors: Errors::of(page.w, &[]),
            status: StatusCode::OK,
            wait: None,
        }
    }

    /// With a paragraph before the fields.
    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        self.texts.push(text.into());
        self
    }

    /// With other ways to sign in, before the form under this heading; the form then is the second choice.
    pub(super) fn instead(mut self, before: Vec<Provider>, heading: impl Into<String>) -> Self {
        self.before = before;
        self.heading = heading.into();
        self
    }

    /// With a question.
    pub(super) fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    /// With a value that is sent along.
    pub(super) fn hidden(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.hidden.push((name, value.into()));
        self
    }

    /// With another way to go, after the button.
    pub(super) fn link(mut self, address: impl Into<String>, text: impl Into<String>) -> Self {
        self.links.push(Link::new(address, text));
        self
    }

    /// The act cannot be undone.
    pub(super) fn grave(mut self) -> Self {
        self.is_grave = true;
        self
    }

    /// Leads on by a link alone: there is nothing to send.
    pub(super) fn link_only(mut self, address: impl Into<String>) -> Self {
        self.action = address.into();
        self.is_link = true;
        self
    }

    /// With a paragraph after the button.
    pub(super) fn after(mut self, text: impl Into<String>) -> Self {
        self.after.push(text.into());
        self
    }

    /// With what is wrong and lies in no field.
    pub(super) fn refused(mut self, text: Option<String>) -> Self {
        if let Some(text) = text {
            self.general.push(text);
        }
        self
    }

    /// With the status of a refusal that the page tells.
    pub(super) fn because(mut self, refusal: Option<&Refusal>) -> Self {
        (self.status, self.wait) = self.page.status_of(refusal);
        self
    }

    /// With a status of its own.
    pub(super) fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// The page; a form with something wrong in it is answered as such.
    pub(super) fn show(mut self) -> Result<Response, Failure> {
        let errors = Errors::of(self.page.w, &self.fields.iter().collect::<Vec<_>>());
        self.errors = std::mem::take(&mut self.general).into_iter().fold(errors, Errors::and);
        if !self.errors.is_empty() && self.status == StatusCode::OK {
            self.status = StatusCode::UNPROCESSABLE_ENTITY;
        }
        answered(self.page, &self, self.status, self.wait)
    }
}

impl Page {
    /// The status of a page that tells this refusal, and the seconds to wait.
    pub(super) fn status_of(&self, refusal: Option<&Refusal>) -> (StatusCode, Option<u64>) {
        match refusal {
            None => (StatusCode::OK, None),
            Some(Refusal::TooSoon { until }) => {
                (StatusCode::TOO_MANY_REQUESTS, Some(self.seconds_until(*until)))
            }
            Some(_) => (StatusCode::UNPROCESSABLE_ENTITY, None),
        }
    }
}

/// A screen of accounts: kept by no cache, with its status.
pub(super) fn answered(
    page: &Page,
    screen: &impl Template,
    status: StatusCode,
    wait: Option<u64>,
) -> Result<Response, Failure> {
    let mut response = (status, page.show(screen)?).into_response();
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = wait {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

/// A refusal in the words of the page.
pub(super) fn said(page: &Page, refusal: &Refusal) -> String {
    match refusal {
        Refusal::TooSoon { until } => {
            let seconds = page.seconds_until(*until);
            let wait = if seconds < 60 {
                page.say("wait-seconds").with("count", seconds)
            } else {
                page.say("wait-minutes").with("count", seconds.div_ceil(60))
            };
            page.say("too-soon").text("wait", wait).into()
        }
        // The first is the gravest: what is among the commonest passwords is weak besides.
        Refusal::Password(faults) => {
            let first = faults.first().map(|fault| fault.explain(page.w.lang()));
            page.w.typeset(&first.unwrap_or_default())
        }
        other => page.w.typeset(&other.explain(page.w.lang())),
    }
}
