//! Faults of reading a source.

use crate::Format;
use kernel::text::legacy::DecodeError;
use kernel::{Fault, Kind, Text};
use serde::{Deserialize, Serialize};

/// Why a source was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Error {
    /// The file is of no kind that is read.
    #[error("no kind of file that is read")]
    Unsupported,
    /// There is nothing in it.
    #[error("the file has no text")]
    Empty,
    /// It is called a text and is binary data.
    #[error("the file is binary data, not text")]
    Binary,
    /// The letters of the text are in no encoding that is known.
    #[error("the text is neither UTF-8 nor Vietnamese in TCVN3 or VNI")]
    Undecodable,
    /// The content is not of the format that the name tells.
    #[error("the content is not {}", .format.name())]
    NotThis {
        /// The format it should be of.
        format: Format,
    },
    /// The binary format of Word before 2007.
    #[error("a binary Word document")]
    LegacyWord,
    /// It takes a password to read it.
    #[error("the {} is encrypted", .format.name())]
    Encrypted {
        /// Its format.
        format: Format,
    },
    /// The content breaks the rules of its format.
    #[error("the {} is damaged: {part}", .format.name())]
    Damaged {
        /// Its format.
        format: Format,
        /// Where.
        part: String,
    },
    /// The document shows another document that lies in it, which is not read.
    #[error("the document embeds another one: {0}")]
    Embedded(String),
    /// There is more of something than is read.
    #[error("more than {max} {bound}")]
    TooLarge {
        /// Of what.
        bound: Bound,
        /// What is read of it at most.
        max: u64,
    },
    /// Reading it took longer than it may.
    #[error("reading took more than {seconds} s")]
    TimeUp {
        /// What it may take.
        seconds: u64,
    },
    /// The program that reads it ended without an answer: it broke down, or took more memory or computing time than it may.
    #[error("the reading program broke down: {0}")]
    BrokeDown(String),
    /// The program that reads it could not be started.
    #[error("the reading program could not be started: {0}")]
    NotStarted(String),
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        match error {
            DecodeError::Empty => Self::Empty,
            DecodeError::Binary => Self::Binary,
            DecodeError::Undecodable => Self::Undecodable,
        }
    }
}

/// What there may be only so much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// Bytes of the file.
    FileBytes,
    /// Parts of an archive.
    Parts,
    /// Bytes of the unpacked parts of an archive.
    UnpackedBytes,
    /// Elements within each other.
    Depth,
    /// Bytes of the text that is found.
    TextBytes,
    /// Pages.
    Pages,
    /// Operators that draw the pages.
    Operators,
}

impl Bound {
    fn text(self) -> Text {
        match self {
            Self::FileBytes => Text::new("byte", "bytes"),
            Self::Parts => Text::new("thành phần trong tệp nén", "parts in the archive"),
            Self::UnpackedBytes => Text::new("byte sau khi giải nén", "bytes when unpacked"),
            Self::Depth => Text::new("phần tử lồng nhau", "elements within each other"),
            Self::TextBytes => Text::new("byte văn bản", "bytes of text"),
            Self::Pages => Text::new("trang", "pages"),
            Self::Operators => Text::new("lệnh vẽ", "drawing operators"),
        }
    }
}

impl std::fmt::Display for Bound {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.text().en)
    }
}

impl Fault for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::Unsupported | Self::NotThis { .. } | Self::LegacyWord | Self::Embedded(_) => Kind::UnsupportedMedia,
            Self::Empty | Self::Binary | Self::Undecodable => Kind::Invalid,
            Self::Encrypted { .. } | Self::Damaged { .. } | Self::TimeUp { .. } | Self::BrokeDown(_) => Kind::Invalid,
            Self::TooLarge { .. } => Kind::TooLarge,
            Self::NotStarted(_) => Kind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotThis { .. } => "source_type_mismatch",
            Self::Unsupported | Self::LegacyWord => "unsupported_file",
            Self::Empty | Self::Binary | Self::Undecodable => "undecodable_file",
            Self::Embedded(_) => "embedded_document",
            Self::Encrypted { .. } => "encrypted_file",
            Self::Damaged { .. } => "damaged_file",
            Self::TooLarge { .. } => "source_over_limit",
            Self::TimeUp { .. } | Self::BrokeDown(_) => "unreadable_file",
            Self::NotStarted(_) => "internal",
        }
    }

    fn text(&self) -> Text {
        match self {
            Self::NotThis { format } => Text::new(
                format!("Nội dung tệp không phải là {}.", format.name()),
                format!("The content of the file is not {}.", format.name()),
            ),
            Self::Unsupported => Text::new(
                "Không đọc được loại tệp này; đọc được TXT, HTML, DOCX và PDF.",
                "This kind of file cannot be read; TXT, HTML, DOCX and PDF can.",
            ),
            Self::Empty => Text::new("Tệp không có nội dung.", "The file is empty."),
            Self::Binary => Text::new("Tệp nhị phân, không phải văn bản.", "The file is binary, not text."),
            Self::Undecodable => Text::new(
                "Không nhận ra bảng mã của tệp (UTF-8, TCVN3, VNI).",
                "The encoding of the file is not known (UTF-8, TCVN3, VNI).",
            ),
            Self::LegacyWord => Text::new(
                "Chưa đọc được tệp Word đời cũ (.doc); hãy lưu lại dưới dạng .docx.",
                "A binary Word file (.doc) cannot be read yet; save it as .docx.",
            ),
            Self::Embedded(_) => Text::new(
                "Văn bản nhúng một văn bản khác, không đọc được phần đó; hãy mở bằng Word và lưu lại.",
                "The document embeds another one, which is not read; open it in Word and save it again.",
            ),
            Self::Encrypted { format } => Text::new(
                format!("Tệp {} được đặt mật khẩu nên không đọc được.", format.name()),
                format!("The {} file takes a password to read it.", format.name()),
            ),
            Self::Damaged { format, .. } => Text::new(
                format!("Tệp {} bị hỏng, không đọc được.", format.name()),
                format!("The {} file is damaged and cannot be read.", format.name()),
            ),
            Self::TooLarge { bound, max } => {
                let what = bound.text();
                Text::new(
                    format!("Tệp vượt giới hạn {max} {}.", what.vi),
                    format!("The file is over the limit of {max} {}.", what.en),
                )
            }
            Self::TimeUp { seconds } => Text::new(
                format!("Đọc tệp quá {seconds} giây nên đã dừng."),
                format!("Reading the file took more than {seconds} seconds and was stopped."),
            ),
            Self::BrokeDown(_) => Text::new(
                "Không đọc được tệp: tệp bị hỏng hoặc cần quá nhiều tài nguyên.",
                "The file could not be read: it is damaged, or takes too many resources.",
            ),
            Self::NotStarted(_) => {
                Text::new("Không khởi động được chương trình đọc tệp.", "The program that reads files could not be started.")
            }
        }
    }
}
