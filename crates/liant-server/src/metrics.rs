//! Figures about the server, in Prometheus's text form: never about people, never an address.

use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use axum::http::{Method, StatusCode};
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Upper bounds of the classes of latency, in seconds.
const BOUNDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0];

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answer {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Place {
    route: String,
}

/// The figures.
pub(crate) struct Metrics {
    registry: Registry,
    answers: Family<Answer, Counter>,
    latency: Family<Place, Histogram>,
    in_flight: Gauge,
    stopped: Gauge,
}

/// Counts a request as in flight, until dropped, whether it was answered or given up.
pub(crate) struct InFlight(Gauge<i64, AtomicI64>);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    pub(crate) fn new() -> Arc<Self> {
        let mut all = Registry::default();
        let stopped = Gauge::default();
        all.sub_registry_with_prefix("liant").register(
            "stops_in_force",
            "Professionals who are stopped, for they asked for many people beyond their reach",
            stopped.clone(),
        );
        let registry = all.sub_registry_with_prefix("liant_http");
        let answers = Family::<Answer, Counter>::default();
        let latency = Family::<Place, Histogram>::new_with_constructor(|| Histogram::new(BOUNDS));
        let in_flight = Gauge::default();
        registry.register("requests", "Requests answered", answers.clone());
        registry.register("request_duration_seconds", "Time to answer a request", latency.clone());
        registry.register("requests_in_flight", "Requests being answered", in_flight.clone());
        Arc::new(Self { registry: all, answers, latency, in_flight, stopped })
    }

    /// How many professionals are stopped.
    pub(crate) fn stopped(&self, count: usize) {
        self.stopped.set(i64::try_from(count).unwrap_or(i64::MAX));
    }

    pub(crate) fn enter(&self) -> InFlight {
        self.in_flight.inc();
        InFlight(self.in_flight.clone())
    }

    pub(crate) fn answered(&self, method: &Method, template: &str, status: StatusCode, took: Duration) {
        // An invented method must not make a new line.
        let method = match *method {
            Method::GET | Method::HEAD | Method::POST => method.as_str(),
            _ => "other",
        };
        let (method, route) = (method.to_owned(), template.to_owned());
        self.answers.get_or_create(&Answer { method, route: route.clone(), status: status.as_u16() }).inc();
        self.latency.get_or_create(&Place { route }).observe(took.as_secs_f64());
    }

    /// The figures as text.
    pub(crate) fn text(&self) -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        text::encode(&mut out, &self.registry)?;
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_template_and_status() {
        let metrics = Metrics::new();
        let held = metrics.enter();
        let took = Duration::from_millis(20);
        metrics.answered(&Method::GET, "/people/{person}", StatusCode::OK, took);
        metrics.answered(&Method::GET, "/people/{person}", StatusCode::OK, took);
        metrics.answered(&Method::from_bytes(b"INVENTED").unwrap(), "(none)", StatusCode::NOT_FOUND, took);
        let text = metrics.text().unwrap();
        for line in [
            r#"liant_http_requests_total{method="GET",route="/people/{person}",status="200"} 2"#,
            r#"liant_http_requests_total{method="other",route="(none)",status="404"} 1"#,
            r#"liant_http_request_duration_seconds_bucket{le="0.025",route="/people/{person}"} 2"#,
            r#"liant_http_request_duration_seconds_bucket{le="0.01",route="/people/{person}"} 0"#,
            "liant_http_requests_in_flight 1",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
        }
        drop(held);
        assert!(metrics.text().unwrap().contains("liant_http_requests_in_flight 0"));
    }
}
