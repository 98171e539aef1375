//! Which portal an address speaks for, and the absolute addresses of its pages.

use crate::app::App;
use crate::problem::Problem;
use actix_web::HttpRequest;
use actix_web::http::header;
use kernel::Text;
use serde_json::Value;

/// The name under which the portal of the installation is always known.
const MAIN: &str = "main";
/// The rule that says what it is called, where its pages are, whom to write to and what its data may be used for:
/// `{slug, name: {vi, en}, url, email, licence}`.
const POLICY: &str = "portal";

/// The portal of the installation, as this request sees it.
pub(crate) struct Portal {
    /// The name that addresses call it by.
    pub slug: String,
    /// What it is called.
    pub name: Text,
    /// Where its own pages are: an origin and perhaps a path, without a slash at the end.
    pub url: Option<String>,
    /// Scheme and host under which this server is reached.
    pub origin: String,
    /// Whom to write to about it.
    pub email: Option<String>,
    /// The address of the licence under which its data may be used.
    pub licence: Option<String>,
}

impl Portal {
    /// The portal, told to whoever asks under this host.
    pub fn of(app: &App, req: &HttpRequest) -> Result<Self, Problem> {
        let origin = match &app.parts.settings.public_url {
            Some(origin) => origin.clone(),
            None => format!("http://{}", host(req).ok_or_else(bad_host)?),
        };
        let policy = app.parts.content.policies.value(POLICY, None).unwrap_or_default();
        let text = |value: Option<&Value>| value.and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
        let name = |lang: &str| text(policy.get("name").and_then(|name| name.get(lang)));
        let vi = name("vi").unwrap_or_else(|| "Cổng thông tin điện tử".to_owned());
        let en = name("en").unwrap_or_else(|| name("vi").unwrap_or_else(|| "Provincial portal".to_owned()));
        let address = |name: &str| text(policy.get(name)).filter(|url| url.starts_with("https://") || url.starts_with("http://"));
        let url = address("url");
        Ok(Self {
            slug: text(policy.get("slug")).unwrap_or_else(|| MAIN.to_owned()),
            name: Text { vi, en },
            url: url.map(|url| url.trim_end_matches('/').to_owned()),
            origin,
            email: text(policy.get("email")).filter(|email| is_mail_address(email)),
            licence: address("licence"),
        })
    }

    /// The portal that an address names; there is one until member portals exist.
    pub fn named(app: &App, req: &HttpRequest, name: &str) -> Result<Self, Problem> {
        let portal = Self::of(app, req)?;
        if name == MAIN || name == portal.slug { Ok(portal) } else { Err(Problem::not_found()) }
    }

    /// The host of this server, without a port.
    pub fn host(&self) -> &str {
        let authority = self.origin.split_once("://").map_or(self.origin.as_str(), |(_, authority)| authority);
        let end = if authority.starts_with('[') { authority.find(']').map(|at| at + 1) } else { authority.find(':') };
        authority.get(..end.unwrap_or(authority.len())).unwrap_or(authority)
    }

    /// An address of this server.
    pub fn absolute(&self, path: &str) -> String {
        if path.starts_with('/') { format!("{}{path}", self.origin) } else { path.to_owned() }
    }

    /// Where readers find an entry: on the portal, else the page that is made here.
    pub(super) fn page(&self, of: &str, entry: &Place<'_>) -> String {
        match (&self.url, entry.slug) {
            (Some(url), Some(slug)) => format!("{url}/{}/{of}/{slug}", entry.locale),
            _ => self.own_page(of, entry),
        }
    }

    /// The page of an entry that is made here.
    pub(super) fn own_page(&self, of: &str, entry: &Place<'_>) -> String {
        format!("{}/v1/content/{of}/{}.html?lang={}", self.origin, entry.id, entry.locale)
    }
}

/// What tells one edition of an entry from others.
pub(super) struct Place<'a> {
    pub id: &'a str,
    pub locale: &'a str,
    pub slug: Option<&'a str>,
}

/// The host that the request names, where it is one.
fn host(req: &HttpRequest) -> Option<&str> {
    let mut given = req.headers().get_all(header::HOST);
    let host = match (given.next(), given.next()) {
        (Some(host), None) => host.to_str().ok()?,
        (None, _) => req.uri().authority()?.as_str(),
        _ => return None,
    };
    is_authority(host).then_some(host)
}

/// Whether the text is one mail address with a dot in its host.
fn is_mail_address(text: &str) -> bool {
    let visible = text.chars().all(|c| c.is_ascii_graphic());
    visible && text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && is_authority(host))
}

fn bad_host() -> Problem {
    Problem::malformed("malformed_request", "Tên máy chủ (Host) không hợp lệ.", "The Host header names no host.")
}

/// Whether the text is a host with or without a port, and nothing else.
fn is_authority(text: &str) -> bool {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((address, port)) if address.parse::<std::net::Ipv6Addr>().is_ok() => ("v6", port),
            _ => return false,
        },
        None => text.find(':').map_or((text, ""), |at| text.split_at(at)),
    };
    let label = |label: &str| {
        !label.is_empty() && label.len() <= 63 && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    let port_fits = port.is_empty()
        || port.strip_prefix(':').is_some_and(|port| !port.starts_with('+') && port.parse::<u16>().is_ok_and(|port| port > 0));
    host.len() <= 253 && host.strip_suffix('.').unwrap_or(host).split('.').all(label) && port_fits
}

/// Reads the origin under which the server is reached from outside: `https://api.example.gov.vn`.
pub fn public_origin(text: &str) -> Result<String, String> {
    let origin = text.strip_suffix('/').unwrap_or(text);
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    match host {
        Some(host) if is_authority(host) => Ok(origin.to_owned()),
        _ => Err("an origin such as https://api.example.gov.vn is asked for, without a path".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_host_is_a_host_and_nothing_else() {
        for good in ["localhost", "127.0.0.1:8080", "[::1]:80", "api.song-lam.example", "a.example.:443"] {
            assert!(is_authority(good), "{good}");
        }
        for bad in [
            "",
            ":80",
            "a b",
            "a/b",
            "a\"><script>",
            "user@host",
            "a..b",
            "a:0",
            "a:99999",
            "a:+80",
            "[::1",
            "[evil]:1",
            "a:80:90",
            "tỉnh",
        ] {
            assert!(!is_authority(bad), "{bad}");
        }
        assert_eq!(public_origin("https://api.example/").unwrap(), "https://api.example");
        assert!(
            ["api.example", "ftp://a", "https://a/b", "https://", "https://a?b"].iter().all(|bad| public_origin(bad).is_err())
        );
    }
}
