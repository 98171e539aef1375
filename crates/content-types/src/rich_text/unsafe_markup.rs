//! Why a rich text is refused.

use crate::told::fault;
use kernel::FieldFault;

/// What is refused in a rich text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsafe {
    /// An element that can carry script or load a foreign page.
    #[error("the element <{0}> is not allowed")]
    Element(String),
    /// An attribute that holds script.
    #[error("the attribute {0} is not allowed")]
    Attribute(String),
    /// A link or picture whose address holds script or data.
    #[error("the address {0} is not allowed")]
    Address(String),
    /// Elements that lie too deep in each other.
    #[error("the markup is nested too deep")]
    TooDeep,
    /// Markup that would become much larger than it is.
    #[error("the markup is too large")]
    TooLarge,
}

impl Unsafe {
    /// The code of the fault.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Element(_) | Self::Attribute(_) | Self::Address(_) => "unsafe_html",
            Self::TooDeep => "too_deep",
            Self::TooLarge => "too_large",
        }
    }

    /// The fault at `pointer`.
    pub fn fault(&self, pointer: impl Into<String>) -> FieldFault {
        let vi = match self {
            Self::Element(name) => format!("không cho phép phần tử <{name}>"),
            Self::Attribute(name) => format!("không cho phép thuộc tính {name}"),
            Self::Address(address) => format!("không cho phép địa chỉ {address}"),
            Self::TooDeep => "văn bản định dạng lồng nhau quá sâu".to_owned(),
            Self::TooLarge => "văn bản định dạng quá lớn".to_owned(),
        };
        fault(pointer, self.code(), vi, self.to_string())
    }
}
