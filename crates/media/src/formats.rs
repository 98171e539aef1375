//! The kinds of files that are taken: one table.

/// What a media item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A picture.
    Image,
    /// A film.
    Video,
    /// Sound.
    Audio,
    /// A document of an office program, or a PDF.
    Document,
    /// Several files in one.
    Archive,
    /// Plain text, captions, data.
    Text,
}

impl Kind {
    /// The kind as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Document => "document",
            Self::Archive => "archive",
            Self::Text => "text",
        }
    }
}

/// Whether a browser shows a file or saves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    /// Shows it: nothing in it runs.
    Inline,
    /// Saves it.
    Attachment,
}

/// A kind of file that is taken.
#[derive(Debug, PartialEq, Eq)]
pub struct Format {
    /// Its media type.
    pub media_type: &'static str,
    /// What it is.
    pub kind: Kind,
    /// How a browser should treat it.
    pub disposition: Disposition,
    extensions: &'static [&'static str],
    /// Other names under which browsers and tools declare it.
    declared: &'static [&'static str],
}

const fn format(
    media_type: &'static str,
    kind: Kind,
    extensions: &'static [&'static str],
    declared: &'static [&'static str],
) -> Format {
    let disposition = match kind {
        Kind::Image | Kind::Video | Kind::Audio => Disposition::Inline,
        Kind::Document | Kind::Archive | Kind::Text => Disposition::Attachment,
    };
    Format { media_type, kind, disposition, extensions, declared }
}

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const SLIDES: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

/// Every kind of file that is taken. Text comes from the most particular to the plainest.
pub(crate) static FORMATS: [Format; 26] = [
    format("image/jpeg", Kind::Image, &["jpg", "jpeg", "jpe", "jfif"], &["image/jpg", "image/pjpeg"]),
    format("image/png", Kind::Image, &["png"], &["image/x-png"]),
    format("image/webp", Kind::Image, &["webp"], &[]),
    format("image/gif", Kind::Image, &["gif"], &[]),
    format("image/svg+xml", Kind::Image, &["svg"], &["text/xml", "application/xml", "text/plain", "image/svg"]),
    format("video/mp4", Kind::Video, &["mp4", "m4v"], &["video/x-m4v", "application/mp4"]),
    format("video/webm", Kind::Video, &["webm"], &["audio/webm"]),
    format("audio/mpeg", Kind::Audio, &["mp3"], &["audio/mp3", "audio/x-mp3", "audio/mpeg3"]),
    format(
        "audio/ogg",
        Kind::Audio,
        &["ogg", "oga", "opus"],
        &["audio/opus", "application/ogg", "audio/vorbis", "audio/x-vorbis+ogg"],
    ),
    format("audio/wav", Kind::Audio, &["wav"], &["audio/x-wav", "audio/wave", "audio/vnd.wave"]),
    format("audio/mp4", Kind::Audio, &["m4a"], &["audio/m4a", "audio/x-m4a", "audio/aac", "video/mp4"]),
    Format { disposition: Disposition::Inline, ..format("application/pdf", Kind::Document, &["pdf"], &["application/x-pdf"]) },
    format(WORD, Kind::Document, &["docx"], ZIP_TOO),
    format(SHEET, Kind::Document, &["xlsx"], ZIP_TOO),
    format(SLIDES, Kind::Document, &["pptx"], ZIP_TOO),
    format("application/vnd.oasis.opendocument.text", Kind::Document, &["odt"], ZIP_TOO),
    format("application/vnd.oasis.opendocument.spreadsheet", Kind::Document, &["ods"], ZIP_TOO),
    format("application/vnd.oasis.opendocument.presentation", Kind::Document, &["odp"], ZIP_TOO),
    format("application/zip", Kind::Archive, &["zip"], &["application/x-zip-compressed", "application/x-zip", "multipart/x-zip"]),
    format("text/vtt", Kind::Text, &["vtt"], PLAIN_TOO),
    format("application/x-subrip", Kind::Text, &["srt"], &["text/plain", "text/srt", "application/srt", "text/x-srt"]),
    format("application/geo+json", Kind::Text, &["geojson"], &["application/json", "application/vnd.geo+json", "text/plain"]),
    format("application/json", Kind::Text, &["json"], &["text/json", "text/plain"]),
    format("text/csv", Kind::Text, &["csv"], &["text/plain", "application/csv", "text/x-csv", "application/vnd.ms-excel"]),
    format("text/markdown", Kind::Text, &["md", "markdown"], &["text/plain", "text/x-markdown"]),
    format("text/plain", Kind::Text, &["txt", "text"], &[]),
];

const ZIP_TOO: &[&str] = &["application/zip", "application/x-zip-compressed"];
const PLAIN_TOO: &[&str] = &["text/plain"];

/// Declared types that say nothing.
const SAYS_NOTHING: [&str; 4] = ["", "application/octet-stream", "binary/octet-stream", "application/x-download"];

impl Format {
    /// The format of this media type.
    pub(crate) fn of(media_type: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.media_type == media_type)
    }

    /// The format whose files have this extension.
    pub(crate) fn by_extension(extension: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.has_extension(extension))
    }

    /// Its usual extension, without the dot.
    pub fn extension(&self) -> &'static str {
        self.extensions.first().copied().unwrap_or("bin")
    }

    /// Whether its files have this extension, given in lower case without the dot.
    pub(crate) fn has_extension(&self, extension: &str) -> bool {
        self.extensions.contains(&extension)
    }

    /// Whether a file declared so can be one of these.
    pub(crate) fn may_be_declared(&self, declared: &str) -> bool {
        let declared = essence(declared);
        SAYS_NOTHING.contains(&declared.as_str()) || declared == self.media_type || self.declared.contains(&declared.as_str())
    }

    /// Whether it is a picture made of pixels.
    pub fn is_raster(&self) -> bool {
        self.kind == Kind::Image && self.media_type != "image/svg+xml"
    }
}

/// A media type without its parameters, in lower case.
pub(crate) fn essence(declared: &str) -> String {
    declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The extensions of files that are taken, in lower case without dots.
pub fn accepted_extensions() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().flat_map(|format| format.extensions.iter().copied())
}

/// The media types of files that are taken.
pub fn accepted_media_types() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|format| format.media_type)
}
