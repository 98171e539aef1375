//! Figures for Prometheus.

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: &'static str,
    status: u16,
}

/// The figures of one process.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    seconds: Histogram,
    lag: Gauge,
}

impl Metrics {
    pub fn new() -> Self {
        let mut registry = Registry::default();
        let requests = Family::<Request, Counter>::default();
        let seconds = Histogram::new(exponential_buckets(0.0005, 2.0, 15));
        let lag = Gauge::default();
        registry.register("http_requests", "Requests answered, by method and status", requests.clone());
        registry.register("http_request_duration_seconds", "Time to answer a request", seconds.clone());
        registry.register("search_lag_events", "Changes that the search index has not seen", lag.clone());
        Self { registry, requests, seconds, lag }
    }

    pub fn answered(&self, method: &actix_web::http::Method, status: u16, seconds: f64) {
        let method = match method.as_str() {
            "GET" => "GET",
            "HEAD" => "HEAD",
            "POST" => "POST",
            "PATCH" => "PATCH",
            "PUT" => "PUT",
            "DELETE" => "DELETE",
            "OPTIONS" => "OPTIONS",
            _ => "other",
        };
        self.requests.get_or_create(&Request { method, status }).inc();
        self.seconds.observe(seconds);
    }

    pub fn print(&self, lag: u64) -> String {
        self.lag.set(i64::try_from(lag).unwrap_or(i64::MAX));
        let mut out = String::new();
        // Writing into a String does not fail.
        let _ = text::encode(&mut out, &self.registry);
        out
    }
}
