use std::sync::Arc;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use liant_access::claims::SignsIn;
use liant_app::space::Herself;
use liant_model::Lang;

use crate::components::{FormToken, Link, Notice};
use crate::facts::Facts;
use crate::failure::Failure;
use crate::routes::{Access, Admission, Verb};
use crate::words::{Message, Words};
use crate::{SignedIn, Site};

/// What every page is made with: its words, who is asking, the frame around the screen. A handler takes it as an
/// argument; a screen's template extends `layout.html`, which asks it for the rest.
pub struct Page {
    /// The language and the day.
    pub w: Words,
    /// The way to this page, from the nearest to the home page; empty on the first level.
    pub crumbs: Vec<Link>,
    /// What has just been done, or must be known before reading on.
    pub notice: Option<Notice>,
    site: Site,
    facts: Arc<Facts>,
    /// Whether it says that there is no such page: nothing on it may tell where one stands.
    is_nowhere: bool,
}

/// A link of the menu.
pub(crate) struct MenuItem {
    pub(crate) link: Link,
    pub(crate) is_current: bool,
}

impl Page {
    pub(crate) fn new(site: Site, facts: Arc<Facts>) -> Self {
        Self { w: facts.words(), crumbs: Vec::new(), notice: None, site, facts, is_nowhere: false }
    }

    /// A page that says that there is none here: the same for every path.
    pub(crate) fn nowhere(mut self) -> Self {
        self.is_nowhere = true;
        self
    }

    fn here(&self) -> &str {
        if self.is_nowhere { "" } else { self.facts.path() }
    }

    /// With a way back to a page above this one; call it from the top down.
    #[must_use]
    pub fn under(mut self, address: impl Into<String>, name: impl Into<String>) -> Self {
        self.crumbs.push(Link::new(address, name));
        self
    }

    /// With a notice at its head.
    #[must_use]
    pub fn with_notice(mut self, notice: Notice) -> Self {
        self.notice = Some(notice);
        self
    }

    /// The message of this key.
    pub fn say(&self, key: &'static str) -> Message {
        self.w.say(key)
    }

    /// The screen, as a response.
    ///
    /// # Errors
    /// [`Failure::Internal`] when the template fails.
    pub fn show(&self, screen: &impl Template) -> Result<Response, Failure> {
        let html = screen.render().map_err(|error| Failure::internal(error.to_string()))?;
        Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response())
    }

    /// The hidden field that every form of ours begins with.
    pub fn form_token(&self) -> FormToken {
        FormToken::new(self.facts.form_secret_or_new().token())
    }

    /// The id of the request, to be quoted to whoever helps.
    pub fn request_id(&self) -> String {
        self.facts.trace().to_string()
    }

    /// Seconds from now to a moment, one at least.
    pub(crate) fn seconds_until(&self, then: liant_model::Instant) -> u64 {
        let micros = then.micros().saturating_sub(self.facts.now().micros());
        u64::try_from(micros).unwrap_or(0).div_ceil(1_000_000).max(1)
    }

    /// Who is signed in, if anyone.
    pub fn visitor(&self) -> Option<&SignedIn> {
        self.facts.visitor().signed_in()
    }

    /// The person who is in her own space, if anyone.
    pub(crate) fn herself(&self) -> Option<&Herself> {
        self.facts.visitor().herself()
    }

    /// Whether the page is one of people's own spaces, or of the way in: its frame is another than the professionals'.
    pub(crate) fn in_space(&self) -> bool {
        let here = self.here();
        self.herself().is_some() || here == "/me" || here.starts_with("/me/")
    }

    pub(crate) fn menu(&self) -> Vec<MenuItem> {
        let visitor = self.facts.visitor();
        let here = self.here();
        // The first page is a desk for who has signed in: to others it is no place of a menu. Nobody is led to accompaniments who is
        // shown none, nor to lists of evidence whom no clause gives one.
        let is_laid = |route: &&Arc<crate::Route>| match route.access {
            Access::Desk { .. } => visitor.signed_in().is_some(),
            Access::Casework { figures, .. } => self.has_casework(figures),
            Access::Evidence { .. } => self.has_evidence(),
            _ => true,
        };
        let open =
            |route: &&Arc<crate::Route>| is_laid(route) && route.access.admits(visitor) == Admission::Granted;
        self.site
            .inventory()
            .iter()
            .filter(open)
            .filter_map(|route| route.menu.map(|name| (route.path, name)))
            .map(|(path, name)| MenuItem {
                is_current: here == path
                    || !matches!(path, "/" | "/me")
                        && here.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')),
                link: Link::new(path, self.say(name)),
            })
            .collect()
    }

    /// Whether who is signed in is shown somebody's path, or is of one of these roles.
    fn has_casework(&self, figures: &[&str]) -> bool {
        let shown = |who: &SignedIn| figures.contains(&who.actor.role.as_str()) || self.site.shows_paths(who);
        self.visitor().is_some_and(shown)
    }

    /// Whether some clause gives who is signed in a list of evidence.
    fn has_evidence(&self) -> bool {
        self.visitor().is_some_and(|who| self.site.gives_evidence(who))
    }

    /// Whether who is signed in is led to people's accompaniments.
    pub(crate) fn reads_paths(&self) -> bool {
        let reads = |who: &SignedIn| crate::pages::casework::READERS.is_for(&who.actor.role);
        self.visitor().is_some_and(reads) && self.has_casework(&[])
    }

    pub(crate) fn sign_in(&self) -> Option<&'static str> {
        let here = self.facts.path();
        self.site.sign_in().filter(|path| self.visitor().is_none() && !here.starts_with(path))
    }

    /// The address of the page where people are searched, for who may go there and is not there: that page has its own field.
    pub(crate) fn search(&self) -> Option<&'static str> {
        if self.is_here("/people") {
            return None;
        }
        let visitor = self.facts.visitor();
        let people = self.site.inventory().iter().find(|route| route.path == "/people")?;
        (people.access.admits(visitor) == Admission::Granted).then_some(people.path)
    }

    /// This path, when the visitor may read the page there.
    pub(crate) fn open_path(&self, path: &str) -> Option<&'static str> {
        let route =
            self.site.inventory().iter().find(|route| route.path == path && route.verb == Verb::Get)?;
        let is_shown = match route.access {
            Access::Casework { figures, .. } => self.has_casework(figures),
            Access::Evidence { .. } => self.has_evidence(),
            _ => true,
        };
        (is_shown && route.access.admits(self.facts.visitor()) == Admission::Granted).then_some(route.path)
    }

    /// How browsers reach the site: `https://liant.example`.
    pub(crate) fn origin(&self) -> String {
        self.site.transport().origin(self.facts.host())
    }

    /// This page in the other language.
    pub(crate) fn other_language(&self) -> (&'static str, &'static str, String) {
        let (code, name) = match self.w.lang() {
            Lang::Fr => ("en", "English"),
            Lang::En => ("fr", "Français"),
        };
        (code, name, self.facts.address(Some(code)))
    }

    /// Whether professionals may sign in at an identity provider.
    pub(crate) fn has_providers(&self) -> bool {
        self.site.providers().all().any(|provider| provider.signs_in == SignsIn::Professionals)
    }

    pub(crate) fn is_here(&self, path: &str) -> bool {
        self.here() == path
    }

    /// Whether the workplace is a demo: every page says so.
    pub(crate) fn is_demo(&self) -> bool {
        self.site.settings().demo().is_some()
    }

    pub(crate) fn shows_style(&self) -> bool {
        self.site.settings().shows_style
    }
}

impl FromRequestParts<Site> for Page {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Failure> {
        let facts = parts.extensions.get::<Arc<Facts>>().ok_or_else(|| Failure::internal("no facts"))?;
        Ok(Self::new(site.clone(), Arc::clone(facts)))
    }
}
