//! The size of a picture, read from its beginning without decoding it.

use crate::Error;
use image::metadata::Orientation;
use image::{ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Pixels of a picture at most: a small file may unfold into as many.
pub(crate) const MOST_PIXELS: u64 = 100_000_000;
/// Pixels of a side at most.
pub(crate) const LONGEST_SIDE: u64 = 20_000;
/// Bytes that decoding may take.
pub(crate) const DECODED: u64 = 512 * 1024 * 1024;

/// What the codecs call this media type.
pub(crate) fn codec(media_type: &str) -> Option<ImageFormat> {
    match media_type {
        "image/jpeg" => Some(ImageFormat::Jpeg),
        "image/png" => Some(ImageFormat::Png),
        "image/webp" => Some(ImageFormat::WebP),
        "image/gif" => Some(ImageFormat::Gif),
        _ => None,
    }
}

/// Width and height as shown, from the beginning of a picture.
pub(crate) fn measure(codec: ImageFormat, head: &[u8]) -> Result<(u32, u32), Error> {
    // Before any decoder is asked: some reserve a line of pixels for what they read here.
    if let Some((width, height)) = stated(codec, head) {
        fits(width, height)?;
    }
    let mut reader = ImageReader::with_format(Cursor::new(head), codec);
    reader.limits(limits());
    let (width, height, turned) = match reader.into_decoder() {
        Ok(mut decoder) => {
            let (width, height) = decoder.dimensions();
            (width, height, decoder.orientation().is_ok_and(is_turned))
        }
        // A long picture of which only the beginning is here.
        Err(_) => {
            let (width, height) = stated(codec, head).ok_or(Error::Unreadable)?;
            if codec != ImageFormat::WebP || whole_webp(head) {
                return Err(Error::Unreadable);
            }
            (width, height, false)
        }
    };
    fits(width, height)?;
    Ok(if turned { (height, width) } else { (width, height) })
}

/// The limits under which pictures are decoded.
pub(crate) fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(DECODED);
    limits
}

/// Whether width and height change places.
pub(crate) fn is_turned(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

/// A decoder's fault as a fact: too large for the limits, or damaged.
pub(crate) fn fault(error: &ImageError, width: u32, height: u32) -> Error {
    match error {
        ImageError::Limits(_) => Error::PictureTooLarge { width: width.into(), height: height.into() },
        _ => Error::Unreadable,
    }
}

fn fits(width: u32, height: u32) -> Result<(), Error> {
    let (width, height) = (u64::from(width), u64::from(height));
    if width == 0 || height == 0 {
        return Err(Error::Unreadable);
    }
    if width > LONGEST_SIDE || height > LONGEST_SIDE || width * height > MOST_PIXELS {
        return Err(Error::PictureTooLarge { width, height });
    }
    Ok(())
}

/// What a header of fixed form states.
fn stated(codec: ImageFormat, head: &[u8]) -> Option<(u32, u32)> {
    let big = |at: usize| Some(u32::from_be_bytes(head.get(at..at + 4)?.try_into().ok()?));
    let little = |at: usize, length: usize| {
        Some(head.get(at..at + length)?.iter().rev().fold(0_u32, |value, byte| value << 8 | u32::from(*byte)))
    };
    match codec {
        ImageFormat::Png if head.get(12..16)? == b"IHDR" => Some((big(16)?, big(20)?)),
        ImageFormat::Gif => Some((little(6, 2)?, little(8, 2)?)),
        ImageFormat::WebP if head.get(12..16)? == b"VP8X" => Some((little(24, 3)? + 1, little(27, 3)? + 1)),
        ImageFormat::WebP if head.get(12..16)? == b"VP8 " => Some((little(26, 2)? & 0x3fff, little(28, 2)? & 0x3fff)),
        ImageFormat::WebP if head.get(12..16)? == b"VP8L" => {
            let packed = little(21, 4)?;
            Some(((packed & 0x3fff) + 1, (packed >> 14 & 0x3fff) + 1))
        }
        _ => None,
    }
}

fn whole_webp(head: &[u8]) -> bool {
    let stated = head.get(4..8).and_then(|size| size.try_into().ok()).map_or(0, u32::from_le_bytes);
    head.len() < crate::inspect::HEAD || u64::from(stated) + 8 <= head.len() as u64
}
