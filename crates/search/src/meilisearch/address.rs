//! Where a server is.

use crate::Error;
use url::Url;

/// The port on which Meilisearch answers where none is named.
const PORT: u16 = 7700;

/// The address of a server, as its requests begin: `http://host:7700`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// Without a slash at the end.
    pub(super) base: String,
    /// Whether what goes there is encrypted.
    pub(super) is_encrypted: bool,
}

impl Address {
    /// Reads `meilisearch://host:7700`, or `meilisearchs://host` and `meilisearch+https://host/path` for TLS.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let (scheme, rest) = text.trim().split_once("://").ok_or_else(|| wrong("it has no scheme"))?;
        let scheme = match scheme {
            "meilisearch" | "meilisearch+http" => "http",
            "meilisearchs" | "meilisearch+https" => "https",
            _ => return Err(wrong("its scheme is none of meilisearch, meilisearchs, meilisearch+https")),
        };
        // The text itself is never told: it may hold a password by mistake.
        let mut url = Url::parse(&format!("{scheme}://{rest}")).map_err(|error| wrong(&error.to_string()))?;
        if url.host_str().is_none_or(str::is_empty) {
            return Err(wrong("it names no host"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("the key does not belong into the address"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(wrong("nothing may follow the path"));
        }
        let is_encrypted = scheme == "https";
        if url.port().is_none() && !is_encrypted && !names_port(rest) {
            url.set_port(Some(PORT)).map_err(|()| wrong("it cannot have a port"))?;
        }
        Ok(Self { base: url.as_str().trim_end_matches('/').to_owned(), is_encrypted })
    }
}

/// Whether a port is written: `:80` is left out of a parsed address.
fn names_port(rest: &str) -> bool {
    let host = rest.split('/').next().unwrap_or_default();
    host.rsplit_once(':').is_some_and(|(_, port)| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()))
}

fn wrong(why: &str) -> Error {
    Error::Failed(format!("the address of the search server is to be meilisearch://host:7700 or meilisearchs://host: {why}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn base(text: &str) -> String {
        Address::parse(text).unwrap().base
    }

    #[test]
    fn an_address_names_host_port_and_path() {
        assert_eq!(base("meilisearch://search.internal:7701"), "http://search.internal:7701");
        assert_eq!(base("meilisearch://127.0.0.1/"), "http://127.0.0.1:7700");
        assert_eq!(base("meilisearch://[::1]:80"), "http://[::1]");
        assert_eq!(base("meilisearchs://search.example.vn"), "https://search.example.vn");
        assert_eq!(base("meilisearch+https://example.vn:8443/tim-kiem/"), "https://example.vn:8443/tim-kiem");
        assert!(Address::parse("meilisearchs://host").unwrap().is_encrypted);
        assert!(!Address::parse("meilisearch+http://host").unwrap().is_encrypted);
    }

    #[test]
    fn what_is_no_address_is_refused_and_a_key_in_it_is_not_repeated() {
        for text in
            ["", "search", "http://host", "meilisearch://", "meilisearch://host:port", "meilisearch://h?a=b", "meilisearch://h#a"]
        {
            assert!(matches!(Address::parse(text), Err(Error::Failed(_))), "{text}");
        }
        let error = Address::parse("meilisearch://user:secret@host").unwrap_err().to_string();
        assert!(!error.contains("secret") && error.contains("key"), "{error}");
    }
}
