//! Two versions of a document compared, provision by provision.

mod matching;
mod sketch;
mod unit;
mod words;

use crate::node::Kind;
use crate::parse::LegalText;
use matching::{Pair, pairs};
use serde::Serialize;
pub(crate) use unit::is_unit;
use unit::{Unit, units};
pub use words::{Part, PartChange};

/// A version of a document: its text and what was read in it.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// The text.
    pub text: &'a str,
    /// What was read in it.
    pub read: &'a LegalText,
}

/// What has become of a provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Only the new version has it.
    Added,
    /// Only the old version has it.
    Removed,
    /// It has other words.
    Changed,
    /// It has the same words under another number or in another place.
    Moved,
    /// Nothing.
    Same,
}

/// A provision of two versions.
///
/// A provision is compared without those inside it, which have their own differences; one that was added or removed has
/// all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Its id in the new version; of one that was removed, in the old.
    pub eid: String,
    /// Its id in the old version, where it had another.
    pub old_eid: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Its number as printed.
    pub num: Option<String>,
    /// Its heading in one line.
    pub heading: Option<String>,
    /// What has become of it.
    pub change: Change,
    /// Its old words, a paragraph to a line, without its number; given where they were removed or changed.
    pub old: Option<String>,
    /// Its new words, in the same form; given except where they were removed.
    pub new: Option<String>,
    /// The words that are different, with those between them; empty unless it was changed.
    pub parts: Vec<Part>,
}

/// Compares two versions of a document, in the order of the new one; what was removed stands where it was.
///
/// Provisions are matched by their words, their ids and their likeness, in this order of trust, so that one that was
/// renumbered is found again. The time is in proportion to the length of the texts.
pub fn compare(old: Version<'_>, new: Version<'_>) -> Vec<Difference> {
    let (old, new) = (units(old), units(new));
    let mut found = Vec::new();
    level(&old, &new, &mut found);
    found
}

/// Compares the provisions that stand beside each other.
fn level(old: &[Unit], new: &[Unit], found: &mut Vec<Difference>) {
    for pair in pairs(old, new) {
        match pair {
            Pair::Both(old, new) => {
                found.push(both(old, new));
                level(&old.below, &new.below, found);
            }
            Pair::Old(old) => found.push(one(old, Change::Removed)),
            Pair::New(new) => found.push(one(new, Change::Added)),
        }
    }
}

fn one(unit: &Unit, change: Change) -> Difference {
    let words = Some(unit.all_words());
    let (old, new) = if change == Change::Removed { (words, None) } else { (None, words) };
    Difference {
        eid: unit.eid.clone(),
        old_eid: None,
        kind: unit.kind,
        num: unit.num.clone(),
        heading: unit.heading.clone(),
        change,
        old,
        new,
        parts: Vec::new(),
    }
}

fn both(old: &Unit, new: &Unit) -> Difference {
    let same = old.words == new.words;
    let change = match same {
        true if old.key == new.key => Change::Same,
        true => Change::Moved,
        false => Change::Changed,
    };
    Difference {
        eid: new.eid.clone(),
        old_eid: (old.eid != new.eid).then(|| old.eid.clone()),
        kind: new.kind,
        num: new.num.clone(),
        heading: new.heading.clone(),
        change,
        old: (!same).then(|| old.words.clone()),
        new: Some(new.words.clone()),
        parts: if same { Vec::new() } else { words::parts(&old.words, &new.words) },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::parse::parse;

    fn compared(old: &str, new: &str) -> Vec<(String, Change)> {
        let (old_read, new_read) = (parse(old), parse(new));
        compare(Version { text: old, read: &old_read }, Version { text: new, read: &new_read })
            .into_iter()
            .map(|difference| (difference.eid, difference.change))
            .collect()
    }

    const OLD: &str = "Điều 1. Phạm vi\nQuy chế này quy định việc cung cấp thông tin của các cơ quan tỉnh.\nĐiều 2. Đối tượng\n1. Cơ quan nhà nước ở tỉnh Sông Lam.\n2. Tổ chức và cá nhân có liên quan.\nĐiều 3. Hiệu lực\nQuy chế này có hiệu lực từ ngày ký.";

    fn expect(found: Vec<(String, Change)>, expected: &[(&str, Change)]) {
        let found: Vec<(&str, Change)> = found.iter().map(|(eid, change)| (eid.as_str(), *change)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn nothing_has_changed() {
        assert!(compared(OLD, OLD).iter().all(|(_, change)| *change == Change::Same));
    }

    #[test]
    fn a_word_has_changed_in_a_clause() {
        let new = OLD.replace("có liên quan", "liên quan đến tỉnh");
        expect(
            compared(OLD, &new),
            &[
                ("art_1", Change::Same),
                ("art_2", Change::Same),
                ("art_2__para_1", Change::Same),
                ("art_2__para_2", Change::Changed),
                ("art_3", Change::Same),
            ],
        );
    }

    #[test]
    fn an_article_was_put_in_between() {
        let new = OLD
            .replace("Điều 3.", "Điều 4.")
            .replace("Điều 2.", "Điều 3.")
            .replace("Điều 3. Đối tượng", "Điều 2. Nguyên tắc\nThông tin phải chính xác, đầy đủ và kịp thời.\nĐiều 3. Đối tượng");
        let found = compared(OLD, &new);
        expect(
            found,
            &[
                ("art_1", Change::Same),
                ("art_2", Change::Added),
                ("art_3", Change::Moved),
                ("art_3__para_1", Change::Same),
                ("art_3__para_2", Change::Same),
                ("art_4", Change::Moved),
            ],
        );
    }

    #[test]
    fn an_article_was_renumbered_and_changed() {
        let new = OLD
            .replace("Điều 2. Đối tượng", "Điều 2. Nguyên tắc\nThông tin phải chính xác.\nĐiều 2a. Đối tượng")
            .replace("ở tỉnh", "tại tỉnh");
        let (old_read, new_read) = (parse(OLD), parse(&new));
        let found = compare(Version { text: OLD, read: &old_read }, Version { text: &new, read: &new_read });
        let clause = found.iter().find(|difference| difference.eid == "art_2a__para_1").unwrap();
        assert_eq!((clause.change, clause.old_eid.as_deref()), (Change::Changed, Some("art_2__para_1")));
        let parts: Vec<(PartChange, &str)> = clause.parts.iter().map(|part| (part.change, part.text.as_str())).collect();
        assert_eq!(
            parts,
            [
                (PartChange::Same, "Cơ quan nhà nước "),
                (PartChange::Removed, "ở "),
                (PartChange::Added, "tại "),
                (PartChange::Same, "tỉnh Sông Lam.")
            ]
        );
    }

    #[test]
    fn what_was_removed_stands_where_it_was() {
        let new = OLD.replace("1. Cơ quan nhà nước ở tỉnh Sông Lam.\n2. Tổ chức", "1. Tổ chức");
        expect(
            compared(OLD, &new),
            &[
                ("art_1", Change::Same),
                ("art_2", Change::Same),
                ("art_2__para_1", Change::Removed),
                ("art_2__para_1", Change::Moved),
                ("art_3", Change::Same),
            ],
        );
    }
}
