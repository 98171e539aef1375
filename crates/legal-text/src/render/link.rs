//! Addresses as XML Schema and HTML take them.

/// An address with everything that a URI may not hold percent-encoded; `None` for one that is empty or runs a script.
pub(super) fn reference(address: &str) -> Option<String> {
    let address = address.trim();
    let (before, fragment) = address.split_once('#').unwrap_or((address, ""));
    let mut out = encoded(before);
    if address.contains('#') {
        out.push('#');
        out.push_str(&encoded(fragment));
    }
    let scheme = out.split(['/', '?', '#']).next().and_then(|first| first.split_once(':')).map(|(scheme, _)| scheme);
    let allowed = match scheme {
        None => true,
        Some(scheme) => ["http", "https", "mailto", "urn"].iter().any(|known| scheme.eq_ignore_ascii_case(known)),
    };
    (allowed && out.len() > usize::from(out == "#")).then_some(out)
}

fn encoded(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    let bytes = part.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let hex = |offset: usize| bytes.get(at + offset).is_some_and(u8::is_ascii_hexdigit);
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(*byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' | b'?' | b':' | b'@' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+'
            | b',' | b';' | b'=' => out.push(char::from(*byte)),
            b'%' if hex(1) && hex(2) => out.push('%'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_a_uri_may_not_hold_is_encoded() {
        assert_eq!(reference("/eli/vn/a b/qđ#art_1#x").unwrap(), "/eli/vn/a%20b/q%C4%91#art_1%23x");
        assert_eq!(reference("https://a/%20%zz[]").unwrap(), "https://a/%20%25zz%5B%5D");
    }

    #[test]
    fn scripts_and_nothing_are_no_addresses() {
        assert_eq!(reference("javascript:alert(1)"), None);
        assert_eq!(reference(" \u{1}data:text/html,x"), None);
        assert_eq!(reference("1:2"), None);
        assert_eq!(reference(""), None);
        assert_eq!(reference("#"), None);
        assert_eq!(reference("#art_1").unwrap(), "#art_1");
    }
}
