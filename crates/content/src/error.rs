//! Faults of this subject.

use kernel::{Fault, FieldFault, Id, Kind, Text};
use store::Refusal;

/// What can go wrong with content types and entries.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What every verb may refuse.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A name, or one made from it, belongs to something else.
    #[error("the name {0} is taken")]
    TypeNameTaken(String),
    /// Entries would break.
    #[error("entries would break")]
    TypeBreaksEntries(Vec<FieldFault>),
    /// The type was changed by somebody else while this was done.
    #[error("the content type has changed meanwhile")]
    TypeChanged,
    /// Entries of the type are published or pending.
    #[error("{0} entries of the type are in use")]
    TypeInUse(u64),
    /// The id is that of something else.
    #[error("the id is taken")]
    IdTaken,
    /// Another entry has the address.
    #[error("the slug {slug} is taken by {other}")]
    SlugTaken {
        /// The slug.
        slug: String,
        /// The entry that has it.
        other: Id,
    },
    /// Who wrote an edition cannot approve it.
    #[error("four eyes")]
    FourEyes,
    /// The action does not fit the state.
    #[error("{action} does not fit the state {state}")]
    WrongState {
        /// The action.
        action: &'static str,
        /// The state it is in.
        state: &'static str,
    },
    /// What was published is withdrawn, not deleted.
    #[error("the entry was published")]
    WasPublished,
    /// There is an edition in this language already.
    #[error("there is an edition in {0}")]
    TranslationExists(String),
    /// Not everything in a release can be published, so nothing was.
    #[error("the release cannot be published")]
    ReleaseNotReady(Vec<FieldFault>),
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

impl Error {
    /// A property of a definition that refers to a type that there is not.
    pub fn unknown_target(property: &str, target: &str) -> Self {
        let text = Text::new(format!("không có kiểu {target}"), format!("there is no type {target}"));
        let pointer = format!("/schema/properties/{property}/x-relation");
        Self::Refused(Refusal::Invalid(vec![FieldFault::new(pointer, "unknown_target", text)]))
    }

    /// One field that breaks a rule.
    pub(crate) fn field(pointer: impl Into<String>, code: &'static str, (vi, en): (&str, &str)) -> Self {
        Self::Refused(Refusal::field(pointer, code, Text::new(vi, en)))
    }

    /// Fields that break rules.
    pub(crate) fn invalid(faults: Vec<FieldFault>) -> Self {
        Self::Refused(Refusal::Invalid(faults))
    }

    pub(crate) fn not_found() -> Self {
        Self::Refused(Refusal::NotFound)
    }

    pub(crate) fn stale() -> Self {
        Self::Refused(Refusal::Stale)
    }
}

impl Fault for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::Refused(refusal) => refusal.kind(),
            Self::FourEyes => Kind::Forbidden,
            Self::TypeChanged => Kind::Unavailable,
            Self::TypeNameTaken(_)
            | Self::TypeBreaksEntries(_)
            | Self::TypeInUse(_)
            | Self::IdTaken
            | Self::SlugTaken { .. }
            | Self::WrongState { .. }
            | Self::WasPublished
            | Self::TranslationExists(_)
            | Self::ReleaseNotReady(_) => Kind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::TypeNameTaken(_) => "type_name_taken",
            Self::TypeBreaksEntries(_) => "type_breaks_entries",
            Self::TypeInUse(_) => "type_in_use",
            Self::TypeChanged => "unavailable",
            Self::IdTaken => "id_taken",
            Self::SlugTaken { .. } => "slug_taken",
            Self::FourEyes => "four_eyes",
            Self::WrongState { .. } => "wrong_state",
            Self::WasPublished => "was_published",
            Self::TranslationExists(_) => "translation_exists",
            Self::ReleaseNotReady(_) => "release_not_ready",
        }
    }

    fn text(&self) -> Text {
        match self {
            Self::Refused(refusal) => refusal.text(),
            Self::TypeNameTaken(name) => Text::new(format!("Tên {name} đã được dùng."), format!("The name {name} is taken.")),
            Self::TypeBreaksEntries(faults) => Text::new(
                format!("{} tin, bài hiện có sẽ không còn hợp lệ; chưa thay đổi gì.", faults.len()),
                format!("{} fault(s) in present entries; nothing was changed.", faults.len()),
            ),
            Self::TypeInUse(count) => Text::new(
                format!("Còn {count} tin, bài đang công bố hoặc đang xử lý; hãy thu hồi hoặc xóa trước."),
                format!("{count} entries are published or pending; withdraw or delete them first."),
            ),
            Self::TypeChanged => Text::new(
                "Kiểu nội dung vừa được thay đổi; hãy gửi lại.",
                "The content type has just been changed; send this again.",
            ),
            Self::IdTaken => Text::new(
                "Mã định danh này đã thuộc về tài nguyên khác.",
                "The id belongs to another resource, or to this one with other content.",
            ),
            Self::SlugTaken { slug, other } => Text::new(
                format!("Đường dẫn {slug} đã thuộc về tin, bài {other}."),
                format!("The slug {slug} belongs to the entry {other}."),
            ),
            Self::FourEyes => Text::new(
                "Người viết hoặc sửa bài không được tự duyệt bài đó.",
                "Whoever wrote or changed an edition cannot approve it.",
            ),
            Self::WrongState { action, state } => Text::new(
                format!("Không thực hiện được {action} khi bài ở trạng thái {state}."),
                format!("{action} cannot be done while the edition is {state}."),
            ),
            Self::WasPublished => Text::new(
                "Bài đã từng công bố: chỉ có thể thu hồi (withdraw), không thể xóa.",
                "The entry was published: it can be withdrawn, not deleted.",
            ),
            Self::TranslationExists(locale) => {
                Text::new(format!("Đã có bản ngôn ngữ {locale}."), format!("There is an edition in {locale} already."))
            }
            Self::ReleaseNotReady(faults) => Text::new(
                format!("{} mục chưa công bố được, nên chưa công bố mục nào.", faults.len()),
                format!("{} item(s) cannot be published, so none was.", faults.len()),
            ),
        }
    }

    fn fields(&self) -> Vec<FieldFault> {
        match self {
            Self::Refused(refusal) => refusal.fields(),
            Self::TypeBreaksEntries(faults) | Self::ReleaseNotReady(faults) => faults.clone(),
            Self::SlugTaken { .. } => vec![FieldFault::new("/slug", "slug_taken", self.text())],
            Self::TypeNameTaken(_) => vec![FieldFault::new("/name", "taken", self.text())],
            Self::TranslationExists(_) => vec![FieldFault::new("/locale", "taken", self.text())],
            _ => Vec::new(),
        }
    }
}
