//! Media: pictures, sound, film and files to download (C-18), with their alternatives for those who cannot see or
//! hear them (C-44).
//!
//! What a file is, its content says: neither its name nor what its sender declares is believed. Nothing that a browser
//! would run is kept. Equal bytes are kept once. What is `internal` is seen by those who write, and by nobody else. A
//! picture is also given out in other sizes; those carry nothing of what a camera wrote into the original.

mod archive;
mod content;
mod error;
mod formats;
mod input;
mod inspect;
mod item;
mod library;
mod names;
mod pictures;
mod policy;
mod rendering;
mod rendition;
mod store;
mod svg;

pub use error::{Error, Refused};
pub use formats::{Disposition, Format, Kind, accepted_extensions, accepted_media_types};
pub use input::MediaInput;
pub use inspect::check;
pub use item::{Media, Visibility};
pub use library::{Library, Limits, MediaFile, Received, Upload};
pub use names::clean_name;
pub use rendition::{Fit, PictureFormat, Rendered, Rendition, SIZES};
pub use store::media_fields;
