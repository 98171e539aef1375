//! Why an instruction was not applied, in a stable code and in two languages.

use super::instruction::Unread;
use kernel::Text;
use serde::Serialize;

/// Why an instruction was not applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Reason {
    /// The act has no such provision.
    TargetNotFound {
        /// The provision, by its short id.
        provision: String,
    },
    /// The provision stands more than once, or what surrounds it does not let its place be told.
    TargetAmbiguous {
        /// The provision, by its short id.
        provision: String,
    },
    /// The provision that would be added is there already.
    AlreadyThere {
        /// The provision, by its short id, or the phrase.
        provision: String,
    },
    /// No new wording is given.
    WordingMissing,
    /// The new wording has other numbers than the provision it is for.
    NumberingDiffers {
        /// The provision, by its short id.
        provision: String,
    },
    /// The phrase does not stand there.
    PhraseNotFound {
        /// The phrase.
        phrase: String,
    },
    /// Another instruction of the same act touches the same text.
    Overlaps,
    /// It is not understood.
    Unclear {
        /// Why.
        reason: Unread,
    },
    /// More phrases are changed than a text can have changed in one go.
    TooMany,
    /// It amends another act.
    OtherAct,
    /// Which act it amends cannot be told.
    ActUnknown,
    /// The text would not read as the instruction wants it.
    ResultDiffers,
}

impl Reason {
    /// Its stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TargetNotFound { .. } => "target_not_found",
            Self::TargetAmbiguous { .. } => "target_ambiguous",
            Self::AlreadyThere { .. } => "already_there",
            Self::WordingMissing => "wording_missing",
            Self::NumberingDiffers { .. } => "numbering_differs",
            Self::PhraseNotFound { .. } => "phrase_not_found",
            Self::Overlaps => "overlaps",
            Self::Unclear { .. } => "unclear",
            Self::TooMany => "too_many",
            Self::OtherAct => "other_act",
            Self::ActUnknown => "act_unknown",
            Self::ResultDiffers => "result_differs",
        }
    }

    /// A sentence for people.
    pub fn text(&self) -> Text {
        match self {
            Self::TargetNotFound { provision } => {
                Text::new(format!("Văn bản được sửa đổi không có {provision}."), format!("The amended act has no {provision}."))
            }
            Self::TargetAmbiguous { provision } => Text::new(
                format!("Không xác định được duy nhất một vị trí của {provision} trong văn bản được sửa đổi."),
                format!("The amended act does not have exactly one certain place for {provision}."),
            ),
            Self::AlreadyThere { provision } => {
                Text::new(format!("Văn bản được sửa đổi đã có {provision}."), format!("The amended act already has {provision}."))
            }
            Self::WordingMissing => {
                Text::new("Không tìm thấy nội dung mới trong dấu ngoặc kép.", "No new wording in quotation marks was found.")
            }
            Self::NumberingDiffers { provision } => Text::new(
                format!("Số thứ tự trong nội dung mới không khớp với {provision}."),
                format!("The numbering of the new wording does not agree with {provision}."),
            ),
            Self::PhraseNotFound { phrase } => Text::new(
                format!("Không tìm thấy cụm từ “{phrase}” tại vị trí được nêu."),
                format!("The phrase “{phrase}” does not stand at the place named."),
            ),
            Self::Overlaps => Text::new(
                "Một nội dung sửa đổi khác của cùng văn bản tác động đến cùng đoạn văn bản này.",
                "Another instruction of the same act touches the same text.",
            ),
            Self::Unclear { .. } => Text::new("Nội dung sửa đổi chưa được hiểu rõ.", "The instruction is not understood."),
            Self::TooMany => Text::new(
                "Số lượng cụm từ cần thay thế quá lớn so với độ dài văn bản.",
                "More phrases are changed than the length of the text allows.",
            ),
            Self::OtherAct => Text::new("Nội dung này sửa đổi một văn bản khác.", "The instruction amends another act."),
            Self::ActUnknown => {
                Text::new("Không xác định được văn bản được sửa đổi.", "It cannot be told which act the instruction amends.")
            }
            Self::ResultDiffers => Text::new(
                "Văn bản sau khi sửa đổi không có cấu trúc như nội dung sửa đổi yêu cầu.",
                "The text would not have the structure that the instruction asks for.",
            ),
        }
    }
}
