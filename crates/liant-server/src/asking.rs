//! Asking the site without a socket: what the tests of pages share.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

/// The header that says that a request comes from a page of ours.
pub(crate) const OURS: (&str, &str) = ("origin", "https://liant.example");

pub(crate) const HOST: &str = "liant.example";

/// What the site answered.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// The value of a header; empty when it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The cookie pair that was set under this name.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let lines = self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
        let line = lines.into_iter().find(|line| line.starts_with(&format!("{name}=")))?;
        Some(line.split(';').next().unwrap().to_owned())
    }

    /// The token of its first form.
    pub(crate) fn form_token(&self) -> String {
        let (_, rest) = self.text.split_once("name=\"_form\" value=\"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    }
}

/// Asks the site.
pub(crate) async fn ask(router: &Router, request: Request<Body>) -> Answer {
    let response: Response<Body> = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Answer { status: parts.status, headers: parts.headers, text }
}

/// A request for a page.
pub(crate) fn get(path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::get(path).header("host", HOST);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).unwrap()
}

/// A request that acts.
pub(crate) fn post(path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Request<Body> {
    let form = ("content-type", "application/x-www-form-urlencoded");
    let mut request = Request::post(path).header("host", HOST);
    let given = headers.iter().any(|(name, _)| *name == "content-type");
    for (name, value) in headers.iter().chain((!given).then_some(&form)) {
        request = request.header(*name, *value);
    }
    request.body(body.into()).unwrap()
}

/// A browser of the tests: it keeps its cookies, follows nothing by itself, and sends forms with their token.
pub(crate) struct Visit {
    router: Router,
    cookies: Vec<(String, String)>,
    token: String,
}

impl Visit {
    /// A visit with these cookies, `name=value`.
    pub(crate) fn new(site: &crate::Site, cookies: &[&str]) -> Self {
        let pairs = cookies.iter().filter_map(|pair| pair.split_once('='));
        let cookies = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { router: crate::serve::router(site), cookies, token: String::new() }
    }

    /// Opens a page.
    pub(crate) async fn open(&mut self, path: &str) -> Answer {
        let line = self.line();
        let request = get(path, &[("cookie", &line)]);
        self.take(request).await
    }

    /// Sends a form with the token of the last page that had one.
    pub(crate) async fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = format!("_form={}", self.token);
        for (name, value) in fields {
            body.extend(["&", name, "=", &crate::next::encoded(value)]);
        }
        let line = self.line();
        let request = post(path, &[OURS, ("cookie", &line)], body);
        self.take(request).await
    }

    /// Sends a file with the token of the last page that had one.
    pub(crate) async fn send_file(&mut self, path: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--B\r\nContent-Disposition: form-data; name=\"_form\"\r\n\r\n{}\r\n--B\r\nContent-Disposition: form-data; \
             name=\"file\"; filename=\"{name}\"\r\n\r\n",
            self.token
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--B--\r\n");
        let line = self.line();
        let kind = ("content-type", "multipart/form-data; boundary=B");
        let request = post(path, &[OURS, kind, ("cookie", &line)], body);
        self.take(request).await
    }

    /// The value of a cookie that it keeps.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    fn line(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    async fn take(&mut self, request: Request<Body>) -> Answer {
        let answer = ask(&self.router, request).await;
        for line in answer.headers.get_all(header::SET_COOKIE) {
            let (name, rest) = line.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.retain(|(kept, _)| kept != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        if answer.text.contains("name=\"_form\"") {
            self.token = answer.form_token();
        }
        answer
    }
}
