use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter, on};

use super::{Route, Verb, enter};
use crate::Site;

type Door = Box<dyn FnOnce(&Site, Arc<Route>) -> MethodRouter>;

/// The routes of the site with their handlers.
#[derive(Default)]
pub(crate) struct Table {
    entries: Vec<(Arc<Route>, Door)>,
}

impl Table {
    /// Adds a route. Its handler runs only for those whom its access admits, within its limits, and, when it acts, only
    /// for a form of ours.
    pub(crate) fn add<H, T>(mut self, route: Route, handler: H) -> Self
    where
        H: Handler<T, Site> + Sync,
        T: 'static,
    {
        let door: Door = Box::new(move |site, route| {
            let filter = match route.verb {
                Verb::Get => MethodFilter::GET,
                Verb::Post => MethodFilter::POST,
            };
            on(filter, handler)
                .with_state(site.clone())
                // Each route says how much it takes: see `enter`.
                .layer(DefaultBodyLimit::disable())
                .route_layer(from_fn_with_state((site.clone(), route), enter::enter))
        });
        self.entries.push((Arc::new(route), door));
        self
    }

    /// The routes, in the order they were added.
    pub(crate) fn inventory(&self) -> Vec<Arc<Route>> {
        self.entries.iter().map(|(route, _)| Arc::clone(route)).collect()
    }

    /// The router of all of them.
    #[expect(clippy::disallowed_methods, reason = "the one place that adds routes to a router")]
    pub(crate) fn router(self, site: &Site) -> Router {
        let nowhere = enter::nowhere.with_state(site.clone());
        self.entries.into_iter().fold(Router::new().fallback_service(nowhere), |router, (route, door)| {
            let path = route.path;
            router.route(path, door(site, route))
        })
    }
}
