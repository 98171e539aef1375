//! Queries and links: read from the address, written back percent-encoded.

use crate::problem::Problem;
use kernel::{FieldFault, Text};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stays as it is in a query: unreserved characters, and commas, which separate values.
const QUERY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b',').remove(b':').remove(b'/');

/// Names and values in the order in which they are given, decoded; none where something is not UTF-8.
pub(crate) fn decoded(query: &str) -> Option<Vec<(String, String)>> {
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8().ok().map(|text| text.into_owned());
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts.map(|part| part.split_once('=').unwrap_or((part, ""))).map(|(name, value)| decode(name).zip(decode(value))).collect()
}

/// The parameters of an address, decoded, each name once.
pub(crate) fn pairs(query: &str) -> Result<Vec<(String, String)>, Problem> {
    let given = decoded(query).ok_or_else(|| {
        Problem::malformed("invalid_parameter", "Địa chỉ có ký tự không phải UTF-8.", "The address holds what is not UTF-8.")
    })?;
    let mut pairs: Vec<(String, String)> = Vec::with_capacity(given.len());
    for (name, value) in given {
        if pairs.iter().any(|(other, _)| *other == name) {
            let text =
                Text::new(format!("Tham số {name} chỉ được nêu một lần."), format!("The parameter {name} may be given once."));
            return Err(Problem::malformed("invalid_parameter", text.vi.clone(), text.en.clone()).with_field(FieldFault::new(
                format!("?{name}"),
                "repeated",
                text,
            )));
        }
        pairs.push((name, value));
    }
    Ok(pairs)
}

/// A root-relative link with these parameters.
pub(crate) fn link<'a>(path: &str, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut link = path.to_owned();
    let mut mark = '?';
    for (name, value) in pairs {
        link.push(mark);
        mark = '&';
        link.extend(utf8_percent_encode(name, QUERY));
        link.push('=');
        link.extend(utf8_percent_encode(value, QUERY));
    }
    link
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let written = vec![("filter[title][contains]".to_owned(), "sơn la, 100% & +1".to_owned())];
        let link = link("/v1/documents", written.iter().map(|(a, b)| (a.as_str(), b.as_str())));
        assert!(link.is_ascii() && !link.contains(['[', ' ']));
        assert_eq!(pairs(link.split_once('?').unwrap().1).unwrap(), written);
        assert!(pairs("a=1&a=2").is_err() && pairs("a=%ff").is_err());
    }
}
