//! What the citing act does with the act it cites, told from the words around the citation.

use super::numbers;
use serde::Serialize;
use time::Date;

/// How one act relates to another (L-6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// It rests on it (căn cứ).
    BasedOn,
    /// It changes it (sửa đổi, bổ sung).
    Amends,
    /// It adds to it (bổ sung).
    Supplements,
    /// It takes its place (thay thế).
    Replaces,
    /// It ends it (bãi bỏ, hết hiệu lực).
    Repeals,
    /// It spells it out (quy định chi tiết, hướng dẫn).
    Guides,
    /// It corrects a slip of it (đính chính).
    Corrects,
    /// It suspends it (ngưng hiệu lực).
    Suspends,
    /// It mentions it (dẫn chiếu).
    RefersTo,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 9] = [
        Self::BasedOn,
        Self::Amends,
        Self::Supplements,
        Self::Replaces,
        Self::Repeals,
        Self::Guides,
        Self::Corrects,
        Self::Suspends,
        Self::RefersTo,
    ];

    /// The relation as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BasedOn => "based-on",
            Self::Amends => "amends",
            Self::Supplements => "supplements",
            Self::Replaces => "replaces",
            Self::Repeals => "repeals",
            Self::Guides => "guides",
            Self::Corrects => "corrects",
            Self::Suspends => "suspends",
            Self::RefersTo => "refers-to",
        }
    }

    /// The relation of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.as_str() == name)
    }
}

/// What is done by words that stand before the act they are done to.
const BEFORE: [(&str, Relation); 22] = [
    ("thay thế cho", Relation::Replaces),
    ("thay thế", Relation::Replaces),
    ("thay cho", Relation::Replaces),
    ("bãi bỏ", Relation::Repeals),
    ("hủy bỏ", Relation::Repeals),
    ("huỷ bỏ", Relation::Repeals),
    ("sửa đổi, bổ sung", Relation::Amends),
    ("sửa đổi và bổ sung", Relation::Amends),
    ("sửa đổi bổ sung", Relation::Amends),
    ("bổ sung, sửa đổi", Relation::Amends),
    ("sửa đổi, thay thế", Relation::Amends),
    ("điều chỉnh, bổ sung", Relation::Amends),
    ("sửa đổi", Relation::Amends),
    ("đính chính", Relation::Corrects),
    ("tạm ngưng hiệu lực", Relation::Suspends),
    ("ngưng hiệu lực", Relation::Suspends),
    ("đình chỉ việc thi hành", Relation::Suspends),
    ("bổ sung", Relation::Supplements),
    ("quy định chi tiết", Relation::Guides),
    ("hướng dẫn thi hành", Relation::Guides),
    ("hướng dẫn thực hiện", Relation::Guides),
    ("hướng dẫn", Relation::Guides),
];

/// Words of another's act or of a condition: what follows is not done here.
const NOT_HERE: [&str; 17] = [
    "quá trình",
    "nghiên cứu",
    "rà soát",
    "được sửa đổi",
    "đã sửa đổi",
    "được bổ sung",
    "được thay thế",
    "bị thay thế",
    "bị bãi bỏ",
    "được bãi bỏ",
    "đã được",
    "trường hợp",
    "sửa đổi, bổ sung, thay thế các",
    "văn bản sửa đổi",
    "thẩm quyền sửa đổi",
    "kiến nghị",
    "đề nghị",
];

/// What the words between the beginning of its statement and a citation do with it. `lead` is in lower case.
///
/// `from` is where the citation before it ends: a verb after that is of its abstract, unless it is joined to the statement.
pub(super) fn by_lead(lead: &str, from: Option<usize>) -> Option<Relation> {
    let (at, verb, relation) = BEFORE
        .iter()
        .filter_map(|(verb, relation)| lead.rfind(verb).map(|at| (at, *verb, *relation)))
        .max_by_key(|(at, verb, _)| (at + verb.len(), verb.len()))?;
    let after = lead.get(at + verb.len()..)?;
    let before = lead.get(..at)?;
    if let Some(joint) = from.filter(|from| *from <= at).and_then(|from| lead.get(from..at)) {
        let joint = joint.trim();
        if !(joint.is_empty() || joint.len() < 40 && (joint.starts_with("và") || joint.starts_with([',', ';']))) {
            return None;
        }
    }
    let passive =
        ["được ", "bị ", "đã ", "các văn bản ", "văn bản ", "có thể ", "nếu "].iter().any(|word| before.ends_with(word))
            || before.ends_with("việc ") && !before.ends_with("về việc ");
    let overlaps = |words: &&str| lead.get(at.saturating_sub(words.len())..).is_some_and(|tail| tail.starts_with(*words));
    let excluded = NOT_HERE.iter().any(|words| before.trim_end().ends_with(words) || overlaps(words));
    // Between the verb and what it governs stand provisions, names of regulations and earlier members of a list, not a new verb.
    let after = after.replace("kèm theo", "kèm");
    let breaks = ["theo ", " tại ", "căn cứ", "phù hợp", "quy định tại", "thực hiện ", "bằng ", "áp dụng", " nêu "]
        .iter()
        .any(|word| after.contains(word));
    let far = after.split_whitespace().count() > 60;
    (!passive && !excluded && !breaks && !far).then_some(relation)
}

/// What the words after a citation say of it: `… hết hiệu lực`, `… được thay thế bằng`. `tail` is in lower case.
pub(super) fn by_tail(tail: &str) -> Option<Relation> {
    let sentence = tail.split(['.', ';']).next().unwrap_or(tail);
    let ends =
        ["hết hiệu lực", "bị bãi bỏ", "được bãi bỏ", "chấm dứt hiệu lực"].iter().filter_map(|words| sentence.find(words)).min();
    if let Some(at) = ends {
        let between = sentence.get(..at)?;
        let own = between.contains(" trừ ") || between.contains(" khi ") || between.contains("đến khi");
        return (!own).then_some(Relation::Repeals);
    }
    let suspended = sentence.find("ngưng hiệu lực")?;
    (suspended < 300).then_some(Relation::Suspends)
}

/// Whether the words before a citation speak of part of the act: `bãi bỏ một số điều của …`, `… Quy định ban hành kèm theo …`.
pub(super) fn says_part(lead: &str) -> bool {
    let near = lead.char_indices().rev().nth(160).map_or(lead, |(at, _)| lead.get(at..).unwrap_or(lead));
    ["một số ", "một phần", "nội dung ", "cụm từ", "các điều", "các khoản", "phụ lục", "danh mục"]
        .iter()
        .any(|words| near.contains(words))
}

/// From when and until when something is done to a cited act, as the words after the citation say:
/// `… hết hiệu lực kể từ ngày 01/01/2026`, `… ngưng hiệu lực đến hết ngày 31/12/2026`. The second is the first day it no longer is.
pub(super) fn effect(tail: &str) -> (Option<Date>, Option<Date>) {
    let sentence = tail.split(['.', ';']).next().unwrap_or(tail);
    // A date with points is one sentence.
    let sentence = if sentence.ends_with(|c: char| c.is_ascii_digit()) { tail } else { sentence };
    let Some(verb) = ["hiệu lực", "bãi bỏ", "thi hành"].iter().filter_map(|words| sentence.find(words)).min() else {
        return (None, None);
    };
    let rest = sentence.get(verb..).unwrap_or_default();
    let after = |words: &[&str]| {
        words.iter().find_map(|words| {
            let at = rest.find(words)? + words.len();
            numbers::day(rest.get(at..)?).map(|(day, _)| day)
        })
    };
    let from = after(&["kể từ ", "từ "]);
    let until = after(&["đến hết ", "cho đến ", "đến "]).and_then(Date::next_day);
    (from, until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_govern_what_follows_them() {
        assert_eq!(by_lead("quyết định này có hiệu lực kể từ ngày ký và thay thế ", None), Some(Relation::Replaces));
        assert_eq!(by_lead("bãi bỏ khoản 3 điều 3 của quy định ban hành kèm theo ", None), Some(Relation::Repeals));
        assert_eq!(by_lead("sửa đổi, bổ sung một số điều của ", None), Some(Relation::Amends));
        assert_eq!(by_lead("luật xây dựng được sửa đổi, bổ sung theo ", None), None);
        assert_eq!(by_lead("thực hiện theo quy định tại ", None), None);
    }

    #[test]
    fn the_day_of_the_effect_may_be_said() {
        use time::macros::date;
        let (from, until) = effect(" của chính phủ hết hiệu lực kể từ ngày 01 tháng 01 năm 2026.");
        assert_eq!((from, until), (Some(date!(2026 - 01 - 01)), None));
        assert_eq!(effect(" ngưng hiệu lực thi hành đến hết ngày 31/12/2026").1, Some(date!(2027 - 01 - 01)));
        assert_eq!(effect(" hết hiệu lực kể từ ngày nghị định này có hiệu lực"), (None, None));
    }

    #[test]
    fn what_follows_may_end_it() {
        assert_eq!(by_tail(" của chính phủ hết hiệu lực kể từ ngày nghị định này có hiệu lực."), Some(Relation::Repeals));
        assert_eq!(by_tail(" và các quy định khác."), None);
    }
}
