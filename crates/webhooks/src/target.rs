//! The address that a webhook sends to, as far as it can be judged without asking anybody.

use crate::reach::Reach;
use kernel::{FieldFault, Text};
use reqwest::Url;
use std::net::IpAddr;

/// The longest address.
const LONGEST: usize = 2000;
/// The lowest port that is no well-known service.
const FREE_PORTS: u16 = 1024;
/// Ends of names that mean this machine or the network it stands in.
const INSIDE: [&str; 6] = ["localhost", "local", "internal", "intranet", "lan", "home.arpa"];

/// Why an address is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Unreadable,
    Scheme,
    User,
    Port,
    Inside,
}

/// Reads an address that messages may go to; its name is not asked for yet.
pub(crate) fn target(text: &str, reach: Reach) -> Result<Url, FieldFault> {
    read(text, reach).map_err(|wrong| {
        let (code, vi, en) = match wrong {
            Wrong::Unreadable => ("invalid_url", "không phải là một địa chỉ URL", "not a URL"),
            Wrong::Scheme if reach.http => {
                ("invalid_scheme", "phải bắt đầu bằng http:// hoặc https://", "must begin with http:// or https://")
            }
            Wrong::Scheme => ("invalid_scheme", "phải bắt đầu bằng https://", "must begin with https://"),
            Wrong::User => ("user_in_url", "không được có tên, mật khẩu", "must not hold a name or password"),
            Wrong::Port => ("invalid_port", "cổng phải là 80, 443 hoặc từ 1024", "the port must be 80, 443, or 1024 and above"),
            Wrong::Inside => (
                "private_address",
                "phải là địa chỉ công khai trên Internet",
                "must be an address that can be reached from the Internet",
            ),
        };
        FieldFault::new("/url", code, Text::new(vi, en))
    })
}

fn read(text: &str, reach: Reach) -> Result<Url, Wrong> {
    if text.len() > LONGEST || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(Wrong::Unreadable);
    }
    let url = Url::parse(text).map_err(|_| Wrong::Unreadable)?;
    match url.scheme() {
        "https" => {}
        "http" if reach.http => {}
        _ => return Err(Wrong::Scheme),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Wrong::User);
    }
    if url.port().is_some_and(|port| !matches!(port, 80 | 443) && port < FREE_PORTS) {
        return Err(Wrong::Port);
    }
    let host = url.host_str().ok_or(Wrong::Unreadable)?;
    let is_inside = match literal(host) {
        Some(address) => !reach.takes(address),
        None => !reach.private && is_inside(host),
    };
    if is_inside { Err(Wrong::Inside) } else { Ok(url) }
}

/// The address that a host is, where it is no name. Other spellings of addresses (`0x7f.1`) are the usual one by now.
pub(crate) fn literal(host: &str) -> Option<IpAddr> {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host).parse().ok()
}

fn is_inside(host: &str) -> bool {
    let host = host.trim_end_matches('.');
    !host.contains('.') || INSIDE.iter().any(|end| host.strip_suffix(end).is_some_and(|before| before.ends_with('.')))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn code(text: &str, reach: Reach) -> Option<&'static str> {
        target(text, reach).err().map(|fault| fault.code)
    }

    #[test]
    fn an_address_is_public_and_of_the_web() {
        let public = Reach::default();
        for text in ["https://hook.example.com/x?y=1", "https://hook.example.com:8443/", "https://8.8.8.8/", "https://đất.vn/a"]
        {
            assert_eq!(code(text, public), None, "{text}");
        }
        for (text, wrong) in [
            ("", "invalid_url"),
            ("hook.example.com", "invalid_url"),
            ("https://", "invalid_url"),
            ("https://a b.com/", "invalid_url"),
            ("https://hook.example.com/\u{0}", "invalid_url"),
            ("http://hook.example.com/", "invalid_scheme"),
            ("ftp://hook.example.com/", "invalid_scheme"),
            ("file:///etc/passwd", "invalid_scheme"),
            ("gopher://hook.example.com:70/", "invalid_scheme"),
            ("https://me@hook.example.com/", "user_in_url"),
            ("https://:secret@hook.example.com/", "user_in_url"),
            ("https://hook.example.com:25/", "invalid_port"),
            ("https://localhost/", "private_address"),
            ("https://LOCALHOST./", "private_address"),
            ("https://db/", "private_address"),
            ("https://metadata.google.internal/", "private_address"),
            ("https://127.0.0.1/", "private_address"),
            ("https://2130706433/", "private_address"),
            ("https://0x7f.1/", "private_address"),
            ("https://0177.0.0.1/", "private_address"),
            ("https://[::1]/", "private_address"),
            ("https://[::ffff:10.0.0.1]/", "private_address"),
            ("https://169.254.169.254/latest/meta-data/", "private_address"),
        ] {
            assert_eq!(code(text, public), Some(wrong), "{text}");
        }
    }

    #[test]
    fn an_operator_may_allow_more_but_not_everything() {
        let more = Reach { http: true, private: true };
        for text in ["http://localhost:9000/", "http://127.0.0.1:9000/", "http://10.0.0.7/", "http://[::1]:8080/"] {
            assert_eq!(code(text, more), None, "{text}");
        }
        assert_eq!(code("http://169.254.169.254/", more), Some("private_address"));
        assert_eq!(code("http://127.0.0.1:22/", more), Some("invalid_port"));
    }
}
