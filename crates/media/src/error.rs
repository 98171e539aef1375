//! Faults of this subject.

use crate::rendition::SIZES;
use kernel::{Fault, FieldFault, Kind, Text};
use store::Refusal;

/// What can go wrong with media.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What every verb may refuse.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Other media items name it as their captions.
    #[error("other media items need this one")]
    InUse,
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// The file is larger than what is taken.
    #[error("the file has more than {max} bytes")]
    TooLarge {
        /// Bytes that are taken.
        max: u64,
    },
    /// The file did not arrive whole.
    #[error("the file did not arrive whole: {0}")]
    Interrupted(String),
    /// Files of this kind are not taken.
    #[error("files of this kind are not taken: {0}")]
    Unsupported(Refused),
    /// The name or the declared type contradicts the content.
    #[error("{told} contradicts the content, which is {found}")]
    Mismatch {
        /// The extension (`.png`) or the declared type that was told.
        told: String,
        /// What the content is.
        found: &'static str,
    },
    /// The picture has more pixels than can be shown safely.
    #[error("the picture has {width} × {height} pixels")]
    PictureTooLarge {
        /// Its width.
        width: u64,
        /// Its height.
        height: u64,
    },
    /// The picture is damaged.
    #[error("the picture cannot be read")]
    Unreadable,
    /// A parameter of a rendition has no value that is given out.
    #[error("the parameter {parameter} must be {allowed}")]
    Parameter {
        /// Which.
        parameter: String,
        /// What it may be.
        allowed: String,
    },
    /// A parameter that renditions do not have.
    #[error("there is no parameter {0}")]
    UnknownParameter(String),
    /// Only pictures have renditions.
    #[error("only pictures of pixels have renditions")]
    NoRendition,
    /// Too many renditions are being made.
    #[error("too many renditions are being made")]
    Busy,
}

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nobody knows what it is.
    #[error("its content is of no known kind")]
    Unknown,
    /// It is known, and not on the list.
    #[error("{0}")]
    Kind(&'static str),
    /// It is text, and its name says that it is to be run or shown as something else.
    #[error("a file named .{0}")]
    Extension(String),
    /// It carries programs.
    #[error("it carries programs: {0}")]
    Active(&'static str),
    /// It is text in another encoding than UTF-8.
    #[error("text that is not UTF-8")]
    Encoding,
}

impl Refused {
    fn text(&self) -> Text {
        match self {
            Self::Unknown => Text::new("Không nhận ra loại tệp.", "The kind of this file is not known."),
            Self::Kind(kind) => Text::new(format!("Không nhận tệp loại {kind}."), format!("Files of type {kind} are not taken.")),
            Self::Extension(extension) => {
                Text::new(format!("Không nhận tệp có đuôi .{extension}."), format!("Files named .{extension} are not taken."))
            }
            Self::Active(what) => Text::new(
                format!("Không nhận tệp có chứa mã lệnh hoặc tham chiếu ra ngoài ({what})."),
                format!("Files that carry programs or refer to the outside are not taken ({what})."),
            ),
            Self::Encoding => Text::new("Tệp văn bản phải dùng bảng mã UTF-8.", "A text file must be UTF-8."),
        }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Self::Refused(error.into())
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Refused(error.into())
    }
}

/// The allowed sizes as they are told.
pub(crate) fn sizes() -> String {
    SIZES.map(|size| size.to_string()).join(", ")
}

impl Fault for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::Refused(refusal) => refusal.kind(),
            Self::Empty | Self::Mismatch { .. } | Self::PictureTooLarge { .. } | Self::Unreadable => Kind::Invalid,
            Self::InUse => Kind::Conflict,
            Self::TooLarge { .. } => Kind::TooLarge,
            Self::Unsupported(_) => Kind::UnsupportedMedia,
            Self::Interrupted(_) | Self::Parameter { .. } | Self::UnknownParameter(_) | Self::NoRendition => Kind::Malformed,
            Self::Busy => Kind::Unavailable,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::InUse => "media_in_use",
            Self::Empty => "empty_file",
            Self::TooLarge { .. } => "body_too_large",
            Self::Interrupted(_) => "malformed_request",
            Self::Unsupported(_) => "unsupported_media",
            Self::Mismatch { .. } => "media_type_mismatch",
            Self::PictureTooLarge { .. } => "image_too_large",
            Self::Unreadable => "unreadable_image",
            Self::Parameter { .. } | Self::NoRendition => "invalid_parameter",
            Self::UnknownParameter(_) => "unknown_parameter",
            Self::Busy => "unavailable",
        }
    }

    fn text(&self) -> Text {
        match self {
            Self::Refused(refusal) => refusal.text(),
            Self::InUse => Text::new(
                "Còn tệp khác dùng tệp này làm phụ đề nên không thể xóa.",
                "Other media items use this one as their captions, so it cannot be deleted.",
            ),
            Self::Empty => Text::new("Tệp không có nội dung.", "The file is empty."),
            Self::TooLarge { max } => {
                Text::new(format!("Tệp lớn hơn giới hạn {max} byte."), format!("The file is over the limit of {max} bytes."))
            }
            Self::Interrupted(_) => Text::new("Tệp không được gửi trọn vẹn.", "The file did not arrive whole."),
            Self::Unsupported(why) => why.text(),
            Self::Mismatch { told, found } => Text::new(
                format!("Tệp được khai là {told} nhưng nội dung là {found}."),
                format!("The file is told to be {told}, but its content is {found}."),
            ),
            Self::PictureTooLarge { width, height } => Text::new(
                format!("Ảnh {width} × {height} điểm ảnh vượt giới hạn 100 triệu điểm ảnh hoặc 20.000 điểm ảnh mỗi chiều."),
                format!("A picture of {width} × {height} pixels is over the limit of 100 million pixels, or 20,000 a side."),
            ),
            Self::Unreadable => Text::new("Ảnh bị hỏng, không đọc được.", "The picture is damaged and cannot be read."),
            Self::Parameter { parameter, allowed } => Text::new(
                format!("Tham số {parameter} chỉ nhận: {allowed}."),
                format!("The parameter {parameter} takes: {allowed}."),
            ),
            Self::UnknownParameter(parameter) => Text::new(
                format!("Không có tham số {parameter}; chỉ có: width, height, fit, format."),
                format!("There is no parameter {parameter}; there are: width, height, fit, format."),
            ),
            Self::NoRendition => Text::new(
                "Chỉ ảnh JPEG, PNG, WebP và GIF có các kích thước khác.",
                "Only JPEG, PNG, WebP and GIF pictures have other sizes.",
            ),
            Self::Busy => Text::new(
                "Đang tạo quá nhiều ảnh thu nhỏ; hãy thử lại sau vài giây.",
                "Too many renditions are being made; try again in a few seconds.",
            ),
        }
    }

    fn fields(&self) -> Vec<FieldFault> {
        match self {
            Self::Refused(refusal) => refusal.fields(),
            Self::Empty | Self::Mismatch { .. } | Self::PictureTooLarge { .. } | Self::Unreadable | Self::Unsupported(_) => {
                vec![FieldFault::new("/file", self.code(), self.text())]
            }
            Self::Parameter { parameter, .. } | Self::UnknownParameter(parameter) => {
                vec![FieldFault::new(format!("?{parameter}"), self.code(), self.text())]
            }
            _ => Vec::new(),
        }
    }
}
