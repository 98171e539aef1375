//! Which bytes of the file were signed, and where the signature lies between them.

use super::evidence::Coverage;
use hayro_syntax::object::{Array, Dict, Number};

/// Bytes of a signature with its certificates.
const LARGEST: usize = 4 << 20;

/// The two ranges of bytes that were signed, and the hole between them.
pub(super) struct Range<'b> {
    /// What was signed.
    pub(super) signed: [&'b [u8]; 2],
    /// What lies in the hole, as bytes.
    pub(super) hole: Vec<u8>,
    pub(super) coverage: Coverage,
}

/// Reads the range of a signature. The signature is taken from the hole in the file, since that is what was left out, and
/// not from what the dictionary says.
pub(super) fn read<'b>(bytes: &'b [u8], signature: &Dict<'_>) -> Option<Range<'b>> {
    let numbers = signature.get::<Array<'_>>("ByteRange")?;
    let mut numbers = numbers.iter::<Number>().take(5).map(|number| usize::try_from(number.as_i64()).ok());
    let mut next = || numbers.next().flatten();
    let (begin, length, second, rest) = (next()?, next()?, next()?, next()?);
    if numbers.next().is_some() || begin != 0 || second < length {
        return None;
    }
    let end = second.checked_add(rest)?;
    let signed = [bytes.get(..length)?, bytes.get(second..end)?];
    let digits = bytes.get(length..second)?.strip_prefix(b"<")?.strip_suffix(b">")?;
    let coverage = if end == bytes.len() { Coverage::WholeFile } else { Coverage::Part { bytes: end as u64 } };
    Some(Range { signed, hole: hexadecimal(digits)?, coverage })
}

fn hexadecimal(digits: &[u8]) -> Option<Vec<u8>> {
    if digits.len() > 2 * LARGEST {
        return None;
    }
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let digits: Vec<u8> = digits.iter().copied().filter(|digit| !digit.is_ascii_whitespace()).collect();
    digits
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Some(value(*high)? << 4 | value(*low)?),
            [high] => Some(value(*high)? << 4),
            _ => None,
        })
        .collect()
}
