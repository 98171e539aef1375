//! What a writer tells about a media item.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

// Lines are printable and hold at least one letter or digit; the pattern stands at each field because the schema macro
// takes only literals.

/// What is told about a media item; its file never changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "MediaInput")]
pub struct MediaInput {
    /// File name, made fit for every system; its extension stays that of the content.
    #[schema(nullable = false, min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001f/\\]+$")]
    pub file_name: Option<String>,
    /// Title.
    #[schema(
        min_length = 1,
        max_length = 300,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    pub title: Option<String>,
    /// What a picture shows, by language: `{"vi": "…", "en": "…"}`; 1,000 characters each.
    #[schema(nullable = false)]
    pub alt: Option<BTreeMap<String, String>>,
    /// What stands under it, by language; 2,000 characters each.
    #[schema(nullable = false)]
    pub caption: Option<BTreeMap<String, String>>,
    /// What is said in a recording.
    #[schema(max_length = 200000, pattern = r"^[^\u0000]*$")]
    pub transcript: Option<String>,
    /// The media item with the captions (WebVTT, SRT) of a recording.
    #[schema(format = "uuid")]
    pub captions_id: Option<String>,
    /// Under which licence it may be used.
    #[schema(
        min_length = 1,
        max_length = 200,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    pub licence: Option<String>,
    /// Who made it or gave it.
    #[schema(
        min_length = 1,
        max_length = 200,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    pub credit: Option<String>,
    /// Language of its content, where it has one.
    #[schema(pattern = "^[a-z]{2,3}(-[A-Z]{2})?$")]
    pub language: Option<String>,
    /// `public` (unless given) or `internal`.
    #[schema(nullable = false, pattern = "^(public|internal)$")]
    pub visibility: Option<String>,
}
