//! A rendition is made: decode, scale, encode. What a camera wrote into the picture (where it was, when, with what)
//! stays behind; only its colours are described on.

use crate::Error;
use crate::pictures::{fault, is_turned, limits};
use crate::rendition::{Fit, PictureFormat, Rendition};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::imageops::{self, FilterType};
use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Rgba, RgbaImage};
use std::io::Cursor;

const JPEG_QUALITY: u8 = 82;
/// The JPEG encoder and others take no longer side.
const NO_FRAME: u32 = 2560;

/// Makes a rendition of a picture; for a blocking thread.
pub(crate) fn render(codec: ImageFormat, bytes: &[u8], asked: &Rendition) -> Result<Vec<u8>, Error> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), codec);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(|error| fault(&error, 0, 0))?;
    let (width, height) = decoder.dimensions();
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    // A description of colours in inks does not fit what was decoded to red, green and blue.
    let profile = decoder.icc_profile().ok().flatten().filter(|profile| profile.get(16..20) == Some(b"RGB "));
    if decoder.total_bytes() > crate::pictures::DECODED {
        return Err(Error::PictureTooLarge { width: width.into(), height: height.into() });
    }
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error, width, height))?;
    let colours = if picture.color().has_color() { profile } else { None };
    let scaled = scale(&picture, asked, orientation);
    drop(picture);
    encode(scaled, format(codec, asked), colours)
}

/// The format that is asked for; otherwise that of the picture, `None` where that depends on whether one sees through it.
fn format(codec: ImageFormat, asked: &Rendition) -> Option<PictureFormat> {
    asked.format().or(match codec {
        ImageFormat::Jpeg => Some(PictureFormat::Jpeg),
        ImageFormat::WebP => None,
        _ => Some(PictureFormat::Png),
    })
}

fn scale(picture: &DynamicImage, asked: &Rendition, orientation: Orientation) -> DynamicImage {
    // The frame as it lies over the picture before that is turned.
    let frame = match asked.frame() {
        (width, height) if is_turned(orientation) => (height, width),
        frame => frame,
    };
    let (width, height) = picture.dimensions();
    let mut scaled = DynamicImage::ImageRgba8(match (asked.fit(), frame) {
        (Fit::Cover, (Some(to_width), Some(to_height))) => {
            let (cut_width, cut_height) = cut((width, height), (to_width, to_height));
            let (left, top) = ((width - cut_width) / 2, (height - cut_height) / 2);
            resize(picture, (left, top, cut_width, cut_height), (to_width, to_height))
        }
        (fit, frame) => {
            let inside = resize(picture, (0, 0, width, height), inside((width, height), frame));
            match (fit, frame) {
                (Fit::Contain, (Some(to_width), Some(to_height))) => {
                    let mut framed = RgbaImage::from_pixel(to_width, to_height, Rgba([255, 255, 255, 0]));
                    let left = i64::from((to_width - inside.width()) / 2);
                    let top = i64::from((to_height - inside.height()) / 2);
                    imageops::replace(&mut framed, &inside, left, top);
                    framed
                }
                _ => inside,
            }
        }
    });
    scaled.apply_orientation(orientation);
    scaled
}

/// The largest size of the same shape within a frame, never larger than it is.
fn inside((width, height): (u32, u32), frame: (Option<u32>, Option<u32>)) -> (u32, u32) {
    let (to_width, to_height) = match frame {
        (None, None) => (NO_FRAME, NO_FRAME),
        (to_width, to_height) => (to_width.unwrap_or(u32::MAX), to_height.unwrap_or(u32::MAX)),
    };
    if width <= to_width && height <= to_height {
        return (width, height);
    }
    let (w, h) = (u64::from(width), u64::from(height));
    let (to_w, to_h) = (u64::from(to_width), u64::from(to_height));
    // Rounded, and at least a pixel.
    let side = |long: u64, by: u64, from: u64| u32::try_from(((long * by + from / 2) / from).max(1)).unwrap_or(u32::MAX);
    if to_w * h <= to_h * w { (to_width, side(h, to_w, w).min(to_height)) } else { (side(w, to_h, h).min(to_width), to_height) }
}

/// The largest part of a picture that has the shape of the frame.
fn cut((width, height): (u32, u32), (to_width, to_height): (u32, u32)) -> (u32, u32) {
    let (w, h) = (u64::from(width), u64::from(height));
    let (to_w, to_h) = (u64::from(to_width), u64::from(to_height));
    let whole = |side: u64| u32::try_from(side.max(1)).unwrap_or(u32::MAX);
    if w * to_h > h * to_w { (whole(h * to_w / to_h).min(width), height) } else { (width, whole(w * to_h / to_w).min(height)) }
}

/// Scales a part of a picture. A large one is halved by averages first, so that only small ones are held as numbers.
fn resize(picture: &DynamicImage, part: (u32, u32, u32, u32), (width, height): (u32, u32)) -> RgbaImage {
    let (left, top, from_width, from_height) = part;
    let view = picture.view(left, top, from_width, from_height);
    let near = (from_width.min(width.saturating_mul(2)), from_height.min(height.saturating_mul(2)));
    let smaller = if near == (from_width, from_height) { view.to_image() } else { imageops::thumbnail(&*view, near.0, near.1) };
    if smaller.dimensions() == (width, height) {
        smaller
    } else {
        imageops::resize(&smaller, width, height, FilterType::CatmullRom)
    }
}

fn encode(picture: DynamicImage, format: Option<PictureFormat>, colours: Option<Vec<u8>>) -> Result<Vec<u8>, Error> {
    let picture = picture.into_rgba8();
    let seen_through = picture.pixels().any(|pixel| pixel.0[3] < 255);
    let format = format.unwrap_or(if seen_through { PictureFormat::WebP } else { PictureFormat::Jpeg });
    let picture = match (format, seen_through) {
        (PictureFormat::Jpeg, true) => DynamicImage::ImageRgba8(on_white(picture)).into_rgb8().into(),
        (_, true) => DynamicImage::ImageRgba8(picture),
        (_, false) => DynamicImage::ImageRgba8(picture).into_rgb8().into(),
    };
    let (width, height, colour) = (picture.width(), picture.height(), picture.color().into());
    let mut out = Vec::new();
    let written = match format {
        PictureFormat::Jpeg => {
            write(JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY), colours, picture.as_bytes(), (width, height, colour))
        }
        PictureFormat::Png => write(PngEncoder::new(&mut out), colours, picture.as_bytes(), (width, height, colour)),
        PictureFormat::WebP => write(WebPEncoder::new_lossless(&mut out), colours, picture.as_bytes(), (width, height, colour)),
    };
    written.map_err(|error| fault(&error, width, height))?;
    Ok(out)
}

fn write(
    mut encoder: impl ImageEncoder,
    colours: Option<Vec<u8>>,
    pixels: &[u8],
    (width, height, colour): (u32, u32, image::ExtendedColorType),
) -> image::ImageResult<()> {
    if let Some(colours) = colours {
        // A format that cannot carry it shows the picture as most screens do.
        let _ = encoder.set_icc_profile(colours);
    }
    encoder.write_image(pixels, width, height, colour)
}

fn on_white(mut picture: RgbaImage) -> RgbaImage {
    for pixel in picture.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0.map(u16::from);
        let over = |colour: u16| u8::try_from((colour * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX);
        *pixel = Rgba([over(red), over(green), over(blue), 255]);
    }
    picture
}
