//! How requests travel: with the key, within a time, and with faults that are told apart.

use super::address::Address;
use super::faults;
use crate::Error;
use async_trait::async_trait;
use futures_util::io::{AsyncRead, AsyncReadExt};
use meilisearch_sdk::errors::Error as SdkError;
use meilisearch_sdk::request::{HttpClient, Method};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// How long a server may take to be reached.
const CONNECT: Duration = Duration::from_secs(3);
/// How long a search may take.
const SEARCH: Duration = Duration::from_secs(5);
/// How long it may take to hand over texts.
const TEXTS: Duration = Duration::from_secs(120);
/// How long anything else may take.
const OTHER: Duration = Duration::from_secs(10);
/// A request with more bytes hands over texts.
const SMALL: usize = 100_000;
/// The path of everything that is asked in the time of a search.
const SEARCHES: &str = "/multi-search";

/// A client of one server, with its key.
#[derive(Clone)]
pub(super) struct Wire {
    http: reqwest::Client,
    base: String,
}

impl Wire {
    pub(super) fn to(address: &Address, key: Option<&str>) -> Result<Self, Error> {
        // Whoever came first has chosen; every choice in this tree is the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut headers = HeaderMap::new();
        if let Some(key) = key.filter(|key| !key.is_empty()) {
            let mut value = HeaderValue::from_str(&format!("Bearer {key}"))
                .map_err(|_| Error::Failed("the key of the search server has characters that no key has".to_owned()))?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        // A redirection would carry the key to another server.
        let mut client =
            reqwest::Client::builder().default_headers(headers).redirect(Policy::none()).connect_timeout(CONNECT).timeout(OTHER);
        if !address.is_encrypted {
            // The certificates of the system, which may be missing, are of no use.
            client = client.tls_certs_only(Vec::new());
        }
        let http = client.build().map_err(|error| Error::Failed(faults::told(&error)))?;
        Ok(Self { http, base: address.base.clone() })
    }

    /// The address of the server.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Searches, with one request.
    pub(super) async fn search<A: DeserializeOwned>(&self, body: &impl Serialize) -> Result<A, Error> {
        self.tell(reqwest::Method::POST, SEARCHES, body).await
    }

    /// Changes something at this path.
    pub(super) async fn patch<A: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<A, Error> {
        self.tell(reqwest::Method::PATCH, path, body).await
    }

    async fn tell<A: DeserializeOwned>(&self, verb: reqwest::Method, path: &str, body: &impl Serialize) -> Result<A, Error> {
        let body = serde_json::to_vec(body).map_err(|error| Error::Failed(error.to_string()))?;
        read(&self.send(verb, &format!("{}{path}", self.base), Some((body, "application/json"))).await?)
    }

    /// Reads what is at this path.
    pub(super) async fn get<A: DeserializeOwned>(&self, path: &str) -> Result<A, Error> {
        read(&self.send(reqwest::Method::GET, &format!("{}{path}", self.base), None).await?)
    }

    async fn send(&self, method: reqwest::Method, url: &str, body: Option<(Vec<u8>, &str)>) -> Result<Vec<u8>, Error> {
        let mut request = self.http.request(method, url);
        if let Some((body, kind)) = body {
            if body.len() > SMALL {
                request = request.timeout(TEXTS);
            }
            request = request.header(CONTENT_TYPE, kind).body(body);
        }
        if url.ends_with(SEARCHES) {
            request = request.timeout(SEARCH);
        }
        let away = |error: reqwest::Error| Error::Away(faults::told(&error));
        let response = request.send().await.map_err(away)?;
        let status = response.status();
        let body = response.bytes().await.map_err(away)?;
        if status.is_success() { Ok(body.to_vec()) } else { Err(faults::refused(status.as_u16(), &body)) }
    }
}

fn read<A: DeserializeOwned>(answer: &[u8]) -> Result<A, Error> {
    let answer = if answer.is_empty() { b"null" } else { answer };
    serde_json::from_slice(answer).map_err(|error| Error::Failed(format!("its answer cannot be read: {error}")))
}

#[async_trait]
impl HttpClient for Wire {
    async fn stream_request<
        Query: Serialize + Send + Sync,
        Body: AsyncRead + Send + Sync + 'static,
        Output: DeserializeOwned + 'static,
    >(
        &self,
        url: &str,
        method: Method<Query, Body>,
        content_type: &str,
        _expected: u16,
    ) -> Result<Output, SdkError> {
        // No verb that is used here has a query.
        let verb = match &method {
            Method::Get { .. } => reqwest::Method::GET,
            Method::Post { .. } => reqwest::Method::POST,
            Method::Patch { .. } => reqwest::Method::PATCH,
            Method::Put { .. } => reqwest::Method::PUT,
            Method::Delete { .. } => reqwest::Method::DELETE,
        };
        let other = |error: Error| SdkError::Other(Box::new(error));
        let body = match method.into_body() {
            None => None,
            Some(body) => {
                let mut bytes = Vec::new();
                std::pin::pin!(body).read_to_end(&mut bytes).await.map_err(|error| other(error.into()))?;
                Some((bytes, content_type))
            }
        };
        read(&self.send(verb, url, body).await.map_err(other)?).map_err(other)
    }

    fn is_tokio(&self) -> bool {
        true
    }
}
