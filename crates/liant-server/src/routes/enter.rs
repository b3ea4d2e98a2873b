//! What happens between the router and a handler: who is asking, may she, is the form ours, within which limits.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http_body_util::Limited;

use super::{Access, Admission, Route, SPACE_SIGN_IN, Verb};
use crate::facts::Facts;
use crate::failure::Failure;
use crate::{Site, Visitor, forms};

pub(super) async fn enter(
    State((site, route)): State<(Site, Arc<Route>)>,
    request: Request,
    next: Next,
) -> Response {
    // The frame puts the facts there for every request.
    let Some(facts) = request.extensions().get::<Arc<Facts>>().map(Arc::clone) else {
        return Failure::internal("a request without its facts").into_response();
    };
    match admitted(&site, &route, &facts, request).await {
        Ok(request) => match tokio::time::timeout(route.longest, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Failure::Busy.into_response(),
        },
        Err(answer) => answer,
    }
}

/// The request, once the visitor may go where she goes and the form is ours; or what is answered instead.
async fn admitted(
    site: &Site,
    route: &Arc<Route>,
    facts: &Arc<Facts>,
    request: Request,
) -> Result<Request, Response> {
    let visitor = visitor(site, facts, route.access).await.map_err(IntoResponse::into_response)?;
    let admission = route.access.admits(&visitor);
    facts.met(visitor, Some(Arc::clone(route)));
    match admission {
        Admission::Granted => {}
        Admission::Absent => return Err(Failure::Absent.into_response()),
        Admission::SignIn => return Err(sign_in(site, route, facts)),
    }
    let request = request.map(|body| Body::new(Limited::new(body, route.most_bytes)));
    match route.verb {
        Verb::Get => Ok(request),
        Verb::Post => forms::checked(site, facts, request).await.map_err(IntoResponse::into_response),
    }
}

/// Where no route leads: absent, as any route is for those it is not for.
pub(super) async fn nowhere(State(site): State<Site>, request: Request) -> Failure {
    let Some(facts) = request.extensions().get::<Arc<Facts>>() else {
        return Failure::internal("a request without its facts");
    };
    match visitor(&site, facts, Access::Public).await {
        Ok(visitor) => {
            facts.met(visitor, None);
            Failure::Absent
        }
        Err(failure) => failure,
    }
}

async fn visitor(site: &Site, facts: &Facts, access: Access) -> Result<Visitor, Failure> {
    // A professional's session counts on no page of people's spaces, nor a person's on any other.
    let token = match access {
        Access::Machine => None,
        Access::Oneself | Access::Door => facts.space(),
        _ => facts.session(),
    };
    let Some(token) = token.cloned() else { return Ok(Visitor::Anonymous) };
    let (sessions, now) = (site.sessions(), facts.now());
    if matches!(access, Access::Oneself | Access::Door) {
        let found = site.work(move |workplace| sessions.herself(workplace, &token, now)).await?;
        return Ok(found.map_or(Visitor::Anonymous, |herself| Visitor::Person(Box::new(herself))));
    }
    let found = site.work(move |workplace| sessions.visitor(workplace, &token, now)).await?;
    Ok(found.map_or(Visitor::Anonymous, |person| Visitor::SignedIn(Box::new(person))))
}

/// To the sign-in page, which leads back here; where there is none, the page looks absent.
fn sign_in(site: &Site, route: &Route, facts: &Facts) -> Response {
    if route.access == Access::Oneself {
        return Redirect::to(SPACE_SIGN_IN).into_response();
    }
    match (site.sign_in(), route.verb) {
        (Some(path), Verb::Get) => {
            Redirect::to(&format!("{path}?next={}", facts.encoded_target())).into_response()
        }
        (Some(path), Verb::Post) => Redirect::to(path).into_response(),
        (None, _) => Failure::Absent.into_response(),
    }
}
