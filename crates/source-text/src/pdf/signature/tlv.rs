//! The outer form of what signatures are written in: tags, lengths, values. The values are left to the libraries.

/// Values within each other.
const DEEPEST: usize = 40;

/// A tagged value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tlv<'d> {
    pub(super) tag: u8,
    pub(super) value: &'d [u8],
    /// Tag, length and value.
    pub(super) whole: &'d [u8],
}

impl<'d> Tlv<'d> {
    /// The value that `bytes` begin with, and what follows it. Lengths are definite.
    pub(super) fn first(bytes: &'d [u8]) -> Option<(Self, &'d [u8])> {
        let (tag, length, head) = header(bytes)?;
        let end = head.checked_add(length?)?;
        let value = Self { tag, value: bytes.get(head..end)?, whole: bytes.get(..end)? };
        Some((value, bytes.get(end..)?))
    }

    /// The values that this one is made of.
    pub(super) fn children(&self) -> impl Iterator<Item = Self> + use<'d> {
        let mut rest = self.value;
        std::iter::from_fn(move || {
            let (value, after) = Self::first(rest)?;
            rest = after;
            Some(value)
        })
    }
}

/// Tag, length where it is told, and the bytes that both take. Tags of more than one byte do not occur in signatures.
fn header(bytes: &[u8]) -> Option<(u8, Option<usize>, usize)> {
    let (tag, rest) = bytes.split_first()?;
    let (first, rest) = rest.split_first()?;
    if tag & 0x1f == 0x1f {
        return None;
    }
    match first {
        0x80 => Some((*tag, None, 2)),
        short @ 0..=0x7f => Some((*tag, Some(usize::from(*short)), 2)),
        long => {
            let count = usize::from(long & 0x7f);
            let digits = rest.get(..count).filter(|_| count <= 4)?;
            let length = digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit));
            Some((*tag, Some(length), 2 + count))
        }
    }
}

/// Rewrites the first value in `bytes` with definite lengths, and drops what follows it: signatures lie in room that was
/// left for them, and some programs write them before they know how long they are.
pub(super) fn definite(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    rewrite(bytes, &mut out, 0)?;
    Some(out)
}

/// Writes the first value in `bytes`, and gives how many bytes it took there.
fn rewrite(bytes: &[u8], out: &mut Vec<u8>, depth: usize) -> Option<usize> {
    if depth > DEEPEST {
        return None;
    }
    let (tag, length, head) = header(bytes)?;
    if let Some(length) = length {
        let end = head.checked_add(length)?;
        out.extend(bytes.get(..end)?);
        return Some(end);
    }
    // Only values made of others have an open end.
    if tag & 0x20 == 0 {
        return None;
    }
    let mut value = Vec::new();
    let mut at = head;
    while bytes.get(at..at + 2)? != [0, 0] {
        at += rewrite(bytes.get(at..)?, &mut value, depth + 1)?;
    }
    if tag == 0x24 {
        // A string of bytes in pieces.
        let pieces = Tlv { tag, value: &value, whole: &value };
        let joined: Vec<u8> = pieces.children().flat_map(|piece| piece.value.iter().copied()).collect();
        write(0x04, &joined, out)?;
    } else {
        write(tag, &value, out)?;
    }
    Some(at + 2)
}

fn write(tag: u8, value: &[u8], out: &mut Vec<u8>) -> Option<()> {
    out.push(tag);
    let length = u32::try_from(value.len()).ok()?;
    if length < 0x80 {
        out.push(u8::try_from(length).ok()?);
    } else {
        let digits: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|digit| *digit == 0).collect();
        out.push(0x80 | u8::try_from(digits.len()).ok()?);
        out.extend(digits);
    }
    out.extend(value);
    Some(())
}
