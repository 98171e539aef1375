//! What a reader sees of a media item.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A media item: a file with what is told about it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(title = "Media")]
pub struct Media {
    /// Stable id.
    #[schema(format = "uuid")]
    pub id: String,
    /// Always `media`.
    pub r#type: String,
    /// What it is: `image video audio document archive text`.
    pub kind: String,
    /// Its media type, found in its content: `image/jpeg`.
    pub media_type: String,
    /// Its file name.
    pub file_name: String,
    /// Where its bytes are: `/media/{id}/{file_name}`; of a picture also with `width`, `height`, `fit`, `format`.
    pub url: String,
    /// Bytes.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub size: i64,
    /// SHA-256 of its bytes in hexadecimal.
    pub sha256: String,
    /// Width of a picture as it is shown, in pixels.
    pub width: Option<i64>,
    /// Height of a picture as it is shown, in pixels.
    pub height: Option<i64>,
    /// Title.
    pub title: Option<String>,
    /// What a picture shows, for those who do not see it, by language: `{"vi": "…", "en": "…"}`.
    pub alt: BTreeMap<String, String>,
    /// Whether it is a picture of which nobody has said what it shows.
    pub alt_missing: bool,
    /// What stands under it, by language.
    pub caption: BTreeMap<String, String>,
    /// What is said in a recording.
    pub transcript: Option<String>,
    /// The media item with the captions (WebVTT, SRT) of a recording.
    #[schema(format = "uuid")]
    pub captions_id: Option<String>,
    /// Under which licence it may be used.
    pub licence: Option<String>,
    /// Who made it or gave it.
    pub credit: Option<String>,
    /// Language of its content, where it has one.
    pub language: Option<String>,
    /// `public`, or `internal`: seen by those who write alone.
    pub visibility: String,
    /// The account that uploaded it.
    #[schema(format = "uuid")]
    pub uploaded_by: Option<String>,
    /// Counts every change.
    pub revision: i64,
    /// When it was uploaded.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When it was last changed.
    #[schema(format = DateTime)]
    pub updated_at: String,
}

/// Who sees a media item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Everybody.
    #[default]
    Public,
    /// Those who may write media.
    Internal,
}

impl Visibility {
    /// The visibility as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Self::Public, Self::Internal].into_iter().find(|known| known.as_str() == text)
    }
}
