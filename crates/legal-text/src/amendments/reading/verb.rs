//! The verbs of instructions.

/// What an instruction does, by the verb it begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    /// Sửa đổi, bổ sung; sửa đổi.
    Amend,
    /// Bổ sung.
    Add,
    /// Bãi bỏ, hủy bỏ, bỏ.
    End,
    /// Thay thế, thay.
    Replace,
    /// Several that are not told apart: they stand over a list of instructions.
    Several,
}

/// In lower case; longer ones before those they begin with.
const VERBS: [(&str, Verb); 39] = [
    ("sửa đổi, bổ sung, thay thế", Verb::Several),
    ("sửa đổi, bổ sung, bãi bỏ", Verb::Several),
    ("sửa đổi, bổ sung và bãi bỏ", Verb::Several),
    ("sửa đổi, bổ sung và thay thế", Verb::Several),
    ("sửa đổi, thay thế", Verb::Several),
    ("sửa đổi, bãi bỏ", Verb::Several),
    ("sửa đổi, bổ sung, bỏ", Verb::Several),
    ("sửa đổi, bổ sung; bãi bỏ", Verb::Several),
    ("bổ sung, thay thế", Verb::Several),
    ("bổ sung, bãi bỏ", Verb::Several),
    ("thay thế, bãi bỏ", Verb::Several),
    ("thay thế, bổ sung", Verb::Several),
    ("thay, bỏ", Verb::Several),
    ("thay thế, bỏ", Verb::Several),
    ("bãi bỏ, thay thế", Verb::Several),
    ("bãi bỏ, sửa đổi", Verb::Several),
    ("sửa đổi, bổ sung", Verb::Amend),
    ("sửa đổi , bổ sung", Verb::Amend),
    ("sửa đổi; bổ sung", Verb::Amend),
    ("sửa đổi và bổ sung", Verb::Amend),
    ("sửa đổi bổ sung", Verb::Amend),
    ("bổ sung, sửa đổi", Verb::Amend),
    ("bổ sung và sửa đổi", Verb::Amend),
    ("điều chỉnh, bổ sung", Verb::Amend),
    ("điều chỉnh, sửa đổi", Verb::Amend),
    ("sửa đổi", Verb::Amend),
    ("sửa", Verb::Amend),
    ("bổ sung thêm", Verb::Add),
    ("bổ sung mới", Verb::Add),
    ("bổ sung", Verb::Add),
    ("thêm", Verb::Add),
    ("bãi bỏ", Verb::End),
    ("hủy bỏ", Verb::End),
    ("huỷ bỏ", Verb::End),
    ("lược bỏ", Verb::End),
    ("loại bỏ", Verb::End),
    ("bỏ", Verb::End),
    ("thay thế", Verb::Replace),
    ("thay", Verb::Replace),
];

impl Verb {
    /// The verb that `lower`, in lower case, begins with, and how long it is.
    pub fn at(lower: &str) -> Option<(Self, usize)> {
        VERBS.iter().find_map(|(words, verb)| {
            let rest = lower.strip_prefix(words)?;
            // `sửa chữa`, `thay đổi`: other words that begin alike.
            let another = rest.starts_with(char::is_alphanumeric) || rest.starts_with(" chữa") || rest.starts_with(" đổi");
            (!another).then_some((*verb, words.len()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_verb_is_read() {
        assert_eq!(Verb::at("sửa đổi, bổ sung khoản 2"), Some((Verb::Amend, "sửa đổi, bổ sung".len())));
        assert_eq!(Verb::at("bổ sung khoản 2"), Some((Verb::Add, "bổ sung".len())));
        assert_eq!(Verb::at("thay từ"), Some((Verb::Replace, "thay".len())));
        assert_eq!(Verb::at("bỏng"), None);
        assert_eq!(Verb::at("thay đổi cơ cấu"), None);
    }
}
