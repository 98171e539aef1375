//! What an amending act does to another, one instruction for each provision that is touched.

use crate::citations::Target;
use crate::header::Header;
use serde::Serialize;

/// One instruction of an amending act: one operation on one provision, or on the phrases of one.
///
/// A sentence that touches several provisions gives one instruction for each, all with its `eid` and `span`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Instruction {
    /// The id of the provision of the amending act that it stands in.
    pub eid: String,
    /// Its words in the amending act, without the new wording.
    pub span: (usize, usize),
    /// The act that is amended.
    pub act: Target,
    /// What is done.
    #[serde(flatten)]
    pub operation: Operation,
    /// The new wording in the amending act, quotation marks left off; only what is of this provision.
    pub wording: Option<(usize, usize)>,
}

/// What an instruction does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "operation", rename_all = "kebab-case")]
pub enum Operation {
    /// The provision, or its heading or introduction, gets a new wording (sửa đổi, bổ sung).
    Replace {
        /// Where.
        at: Place,
    },
    /// A provision is added (bổ sung).
    Insert {
        /// The new provision.
        at: Place,
        /// Where it comes to stand.
        position: Position,
    },
    /// The provision ends; its number stays (bãi bỏ).
    Repeal {
        /// Where.
        at: Place,
    },
    /// A phrase takes the place of another (thay thế cụm từ).
    Substitute {
        /// Where.
        at: Place,
        /// The phrase that goes.
        phrase: String,
        /// The phrase that takes its place.
        by: String,
    },
    /// A phrase goes (bỏ cụm từ).
    Remove {
        /// Where.
        at: Place,
        /// The phrase that goes.
        phrase: String,
    },
    /// A phrase comes to stand beside another (bổ sung cụm từ … vào sau cụm từ …).
    Add {
        /// Where.
        at: Place,
        /// The phrase that is added.
        phrase: String,
        /// The phrase that it stands beside.
        beside: String,
        /// On which side of it.
        side: Side,
    },
    /// It is an instruction, and what it says is not understood.
    Unclear {
        /// Why, as a stable word: see [`Unread`].
        reason: Unread,
        /// The provisions it names, as far as they were read.
        provisions: Vec<String>,
    },
}

/// A place in the amended act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The provision, by its short id (`art_5__para_2`); the whole act or regulation where there is none.
    pub provision: Option<String>,
    /// Which part of it.
    pub part: Part,
    /// Whether it lies in the act itself or in what was issued with it.
    pub scope: Scope,
}

/// A part of a provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// All of it.
    Whole,
    /// Its number and name (tên điều).
    Heading,
    /// What stands before its first clause or point (đoạn mở đầu).
    Intro,
}

/// Whether a provision is of the act itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The instruction does not say.
    Unsaid,
    /// Of the act itself.
    Act,
    /// Of the regulation that was issued with it (ban hành kèm theo).
    Attachment,
}

/// Where a new provision comes to stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "to", rename_all = "kebab-case")]
pub enum Position {
    /// Where its number puts it.
    InOrder,
    /// Right after another.
    After {
        /// The other, by its short id.
        provision: String,
        /// The chapter or section that is named beside it, by its short id.
        group: Option<String>,
    },
    /// Right before another.
    Before {
        /// The other, by its short id.
        provision: String,
        /// The chapter or section that is named beside it, by its short id.
        group: Option<String>,
    },
}

/// A side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// After it.
    After,
    /// Before it.
    Before,
}

/// Why an instruction is not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unread {
    /// It has words that the rules for instructions do not know.
    Words,
    /// It does not say which provision it means.
    PlaceNotSaid,
    /// The phrases are not in quotation marks, or the marks do not pair.
    PhraseNotQuoted,
    /// No new wording in quotation marks follows it.
    WordingNotFound,
    /// The quotation of its new wording is not closed where it ends.
    WordingNotClosed,
    /// The numbers in its new wording are not those of the provisions it names.
    NumberingDiffers,
    /// It ends or replaces an act as a whole.
    WholeAct,
    /// It is about an appendix, a form or a list.
    Appendix,
    /// It is about a part, chapter or section as a whole.
    Group,
    /// It gives provisions other numbers.
    Renumbering,
    /// It stands inside a sentence that says more.
    WithinSentence,
}

impl Instruction {
    /// Whether what it says is understood.
    pub fn is_understood(&self) -> bool {
        !matches!(self.operation, Operation::Unclear { .. })
    }

    /// The place it touches, where it is understood.
    pub fn place(&self) -> Option<&Place> {
        match &self.operation {
            Operation::Replace { at }
            | Operation::Insert { at, .. }
            | Operation::Repeal { at }
            | Operation::Substitute { at, .. }
            | Operation::Remove { at, .. }
            | Operation::Add { at, .. } => Some(at),
            Operation::Unclear { .. } => None,
        }
    }

    /// The provisions it touches, as far as they are known, by their short ids.
    pub fn provisions(&self) -> impl Iterator<Item = &str> {
        let unread = match &self.operation {
            Operation::Unclear { provisions, .. } => provisions.as_slice(),
            _ => &[],
        };
        self.place().and_then(|place| place.provision.as_deref()).into_iter().chain(unread.iter().map(String::as_str))
    }

    /// Whether it amends the act with this header: by number, or where it gives none by title and day of issue.
    ///
    /// An instruction whose act cannot be told amends none: laws of different years have the same title.
    pub fn amends(&self, header: &Header) -> bool {
        match &self.act {
            Target::Act { number: Some(number), .. } => header.number.as_deref() == Some(number.as_str()),
            Target::Act { number: None, title: Some(title), issued_on: Some(day), .. } => {
                let wanted = kernel::text::name_key(title);
                let own = header.title.as_deref().map(kernel::text::name_key).unwrap_or_default();
                header.issued_on == Some(*day) && (own == wanted || own.ends_with(&format!("luật {wanted}")))
            }
            _ => false,
        }
    }
}

impl Operation {
    /// What is done, as it is printed.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Replace { .. } => "replace",
            Self::Insert { .. } => "insert",
            Self::Repeal { .. } => "repeal",
            Self::Substitute { .. } => "substitute",
            Self::Remove { .. } => "remove",
            Self::Add { .. } => "add",
            Self::Unclear { .. } => "unclear",
        }
    }

    /// Whether it needs a new wording.
    pub(super) fn needs_wording(&self) -> bool {
        matches!(self, Self::Replace { .. } | Self::Insert { .. })
    }
}
