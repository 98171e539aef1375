//! In which other sizes and formats a picture is given out.

use crate::Error;
use crate::error::sizes;
use bytes::Bytes;

/// The widths and heights that are given out, in pixels; each that were allowed besides would be one more file to keep.
pub const SIZES: [u32; 11] = [80, 160, 320, 480, 640, 800, 960, 1280, 1600, 1920, 2560];

/// How a picture comes into a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Fit {
    /// As large as fits; never larger than it is.
    #[default]
    Inside,
    /// Fills the frame; what stands out on two sides is cut off.
    Cover,
    /// As large as fits, never larger than it is, in the middle of a frame of exactly that size.
    Contain,
}

/// The format of a rendition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PictureFormat {
    /// JPEG, on white.
    Jpeg,
    /// PNG.
    Png,
    /// WebP without loss.
    WebP,
}

impl Fit {
    const ALL: [(&'static str, Self); 3] = [("inside", Self::Inside), ("cover", Self::Cover), ("contain", Self::Contain)];

    fn as_str(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, fit)| *fit == self).map_or("inside", |(name, _)| name)
    }
}

impl PictureFormat {
    const ALL: [(&'static str, Self); 3] = [("jpeg", Self::Jpeg), ("png", Self::Png), ("webp", Self::WebP)];

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
        }
    }
}

/// A rendition that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rendition {
    width: Option<u32>,
    height: Option<u32>,
    fit: Fit,
    format: Option<PictureFormat>,
}

impl Rendition {
    /// The parameters of a rendition.
    pub const PARAMETERS: [&'static str; 4] = ["width", "height", "fit", "format"];

    /// Reads decoded parameters of an address; `None` where there are none and the file itself is meant.
    pub fn parse<'a>(parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Option<Self>, Error> {
        let mut asked = Self::default();
        let (mut any, mut fit) = (false, None);
        for (name, value) in parameters {
            any = true;
            let wrong = |allowed: String| Error::Parameter { parameter: name.to_owned(), allowed };
            let size = || value.parse().ok().filter(|size| SIZES.contains(size)).ok_or_else(|| wrong(sizes()));
            match name {
                "width" => asked.width = Some(size()?),
                "height" => asked.height = Some(size()?),
                "fit" => fit = Some(named(&Fit::ALL, value).ok_or_else(|| wrong(names(&Fit::ALL)))?),
                "format" => {
                    let format = named(&PictureFormat::ALL, value).ok_or_else(|| wrong(names(&PictureFormat::ALL)))?;
                    asked.format = Some(format);
                }
                _ => return Err(Error::UnknownParameter(name.to_owned())),
            }
        }
        asked.fit = fit.unwrap_or_default();
        let missing = |parameter: &str| Err(Error::Parameter { parameter: parameter.to_owned(), allowed: sizes() });
        match (asked.width, asked.height) {
            (Some(_), None) if asked.fit != Fit::Inside => missing("height"),
            (None, Some(_)) if asked.fit != Fit::Inside => missing("width"),
            (None, None) if fit.is_some() => missing("width"),
            _ => Ok(any.then_some(asked)),
        }
    }

    /// A rendition that fits into a width and a height, where they are given.
    pub fn inside(width: Option<u32>, height: Option<u32>) -> Result<Self, Error> {
        let sides = [("width", width), ("height", height)].map(|(name, side)| side.map(|side| (name, side.to_string())));
        let told = sides.iter().flatten().map(|(name, side)| (*name, side.as_str()));
        Ok(Self::parse(told)?.unwrap_or_default())
    }

    pub(crate) fn frame(&self) -> (Option<u32>, Option<u32>) {
        (self.width, self.height)
    }

    pub(crate) fn fit(&self) -> Fit {
        self.fit
    }

    pub(crate) fn format(&self) -> Option<PictureFormat> {
        self.format
    }

    /// The name under which it is kept beside its picture, and that tells one rendition of a picture from another.
    pub fn key(&self) -> String {
        let side = |side: Option<u32>| side.map_or_else(|| "any".to_owned(), |side| side.to_string());
        let format = self.format.map_or("auto", |format| format.media_type().trim_start_matches("image/"));
        format!("{}x{}-{}.{format}", side(self.width), side(self.height), self.fit.as_str())
    }
}

fn named<T: Copy>(all: &[(&'static str, T)], name: &str) -> Option<T> {
    all.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

fn names<T>(all: &[(&'static str, T)]) -> String {
    all.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// A rendition that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Bytes,
}
