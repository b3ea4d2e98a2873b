//! What is known of a request while it lasts.

use std::sync::{Arc, OnceLock};

use axum::http::{HeaderMap, Uri, header};
use liant_model::{Instant, Lang, TraceId};
use ring::rand::{SecureRandom, SystemRandom};

use crate::cookies::Cookie;
use crate::forms::FormSecret;
use crate::next::encoded;
use crate::routes::Route;
use crate::words::Words;
use crate::{SessionToken, Site, Visitor};

/// What is known of a request: shared by the frame, the door, the page and the error page.
pub(crate) struct Facts {
    trace: TraceId,
    now: Instant,
    words: Words,
    host: String,
    path: String,
    query: String,
    session: Option<SessionToken>,
    space: Option<SessionToken>,
    form_cookie: Option<FormSecret>,
    /// The secret made for a visitor who had none; its cookie is set on the way out.
    form_made: OnceLock<FormSecret>,
    /// Known once she stands at a door, or where there is none.
    visitor: OnceLock<Visitor>,
    /// Known once she stands at its door.
    route: OnceLock<Arc<Route>>,
}

impl Facts {
    pub(crate) fn new(site: &Site, headers: &HeaderMap, uri: &Uri) -> Self {
        let now = site.now();
        let mut random = [0; 10];
        // Without random bytes the id is only as unique as the moment: enough to find a log line again.
        let _ = SystemRandom::new().fill(&mut random);
        let transport = site.transport();
        Self {
            trace: TraceId::new(now, random),
            now,
            words: Words::new(language(site, headers), now.date()),
            host: headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("").to_owned(),
            path: uri.path().to_owned(),
            query: uri.query().unwrap_or("").to_owned(),
            session: Cookie::Session.read(transport, headers).and_then(|text| SessionToken::parse(&text)),
            space: Cookie::Space.read(transport, headers).and_then(|text| SessionToken::parse(&text)),
            form_cookie: Cookie::Form.read(transport, headers).and_then(|text| FormSecret::parse(&text)),
            form_made: OnceLock::new(),
            visitor: OnceLock::new(),
            route: OnceLock::new(),
        }
    }

    /// The id of the request: on the response, in each log line, in the audit.
    pub(crate) fn trace(&self) -> TraceId {
        self.trace
    }

    pub(crate) fn now(&self) -> Instant {
        self.now
    }

    pub(crate) fn words(&self) -> Words {
        self.words
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    pub(crate) fn session(&self) -> Option<&SessionToken> {
        self.session.as_ref()
    }

    /// The session of a person in her own space.
    pub(crate) fn space(&self) -> Option<&SessionToken> {
        self.space.as_ref()
    }

    /// Says who is asking, and where she stands: at the door of a route, or nowhere.
    pub(crate) fn met(&self, visitor: Visitor, route: Option<Arc<Route>>) {
        // A request comes to one door.
        let _ = self.visitor.set(visitor);
        if let Some(route) = route {
            let _ = self.route.set(route);
        }
    }

    pub(crate) fn visitor(&self) -> &Visitor {
        self.visitor.get().unwrap_or(&Visitor::Anonymous)
    }

    pub(crate) fn route(&self) -> Option<&Route> {
        self.route.get().map(|route| &**route)
    }

    /// The secret that the forms of this visitor must prove to know: bound to her session, or to a cookie.
    pub(crate) fn form_secret(&self) -> Option<FormSecret> {
        match (self.visitor(), &self.session, &self.space) {
            (Visitor::SignedIn(_), Some(token), _) | (Visitor::Person(_), _, Some(token)) => {
                Some(FormSecret::of_session(token))
            }
            _ => self.form_cookie.clone(),
        }
    }

    /// The same, made when there is none yet: for a page that shows a form.
    pub(crate) fn form_secret_or_new(&self) -> FormSecret {
        self.form_secret().unwrap_or_else(|| self.form_made.get_or_init(FormSecret::new).clone())
    }

    /// The secret that was made for this response, and must be given as a cookie.
    pub(crate) fn form_made(&self) -> Option<&FormSecret> {
        self.form_made.get()
    }

    /// The language asked for by `?lang=`, if any.
    pub(crate) fn language_asked(&self) -> Option<Lang> {
        self.pairs().find_map(|pair| match pair {
            "lang=fr" => Some(Lang::Fr),
            "lang=en" => Some(Lang::En),
            _ => None,
        })
    }

    /// This same address with another language, or without one.
    pub(crate) fn address(&self, lang: Option<&str>) -> String {
        let lang = lang.map(|lang| format!("lang={lang}"));
        let kept = self.pairs().filter(|pair| !pair.starts_with("lang=")).map(str::to_owned);
        let query: Vec<String> = kept.chain(lang).collect();
        // One slash alone: `//host` would lead elsewhere.
        let path = format!("/{}", self.path.trim_start_matches('/'));
        if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
    }

    /// This same address, to be carried in a query.
    pub(crate) fn encoded_target(&self) -> String {
        encoded(&self.address(None))
    }

    fn pairs(&self) -> impl Iterator<Item = &str> {
        self.query.split('&').filter(|pair| !pair.is_empty())
    }
}

/// The language of a request: the one chosen before, else the first that the browser asks for and we speak, else French.
fn language(site: &Site, headers: &HeaderMap) -> Lang {
    match Cookie::Language.read(site.transport(), headers).as_deref() {
        Some("fr") => return Lang::Fr,
        Some("en") => return Lang::En,
        _ => {}
    }
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    preferred(asked)
}

/// The best language for an `Accept-Language`.
fn preferred(header: &str) -> Lang {
    let mut best = (0.0, Lang::Fr);
    for one in header.split(',') {
        let mut parts = one.split(';').map(str::trim);
        let name = parts.next().unwrap_or("").to_ascii_lowercase();
        let weight =
            parts.find_map(|part| part.strip_prefix("q=")).and_then(|text| text.parse().ok()).unwrap_or(1.0);
        let lang = match name.split('-').next() {
            Some("fr") => Lang::Fr,
            Some("en") => Lang::En,
            _ => continue,
        };
        if weight > best.0 {
            best = (weight, lang);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn the_first_language_we_speak_is_taken() {
        for (header, expected) in [
            ("", Lang::Fr),
            ("de-DE,de;q=0.9", Lang::Fr),
            ("en-GB,en;q=0.9,fr;q=0.8", Lang::En),
            ("de,fr;q=0.5,en;q=0.7", Lang::En),
            ("fr-FR, en;q=0.9", Lang::Fr),
            ("en;q=0", Lang::Fr),
            ("garbage;;;q=x", Lang::Fr),
        ] {
            assert_eq!(preferred(header), expected, "{header}");
        }
    }

    #[test]
    fn the_same_address_in_another_language() {
        let site = testing::site();
        let facts = |uri: &str| Facts::new(&site, &HeaderMap::new(), &uri.parse().unwrap());
        assert_eq!(facts("/people?q=x&lang=en&page=2").address(Some("fr")), "/people?q=x&page=2&lang=fr");
        assert_eq!(facts("/people?lang=en").address(None), "/people");
        assert_eq!(facts("//evil.example/?lang=en").address(None), "/evil.example/");
        assert_eq!(facts("/people?q=a%20b").encoded_target(), "/people%3Fq%3Da%2520b");
        assert_eq!(facts("/?lang=en").language_asked(), Some(Lang::En));
        assert_eq!(facts("/?lang=xx").language_asked(), None);
    }
}
