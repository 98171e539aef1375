//! The printed number of a provision, apart from its words.

use super::clean::Prose;
use crate::node::{Kind, Node};
use crate::structure::id_number;
use crate::structure::marker::{Sort, marker};

const QUOTES: [char; 9] = ['“', '"', '”', '„', '″', '«', '‟', '\'', ' '];

/// Parts the first paragraph of a node after its number and the mark that closes it: `Điều 9.`, `1.`, `đ)`, `-`.
pub(super) fn numbered(prose: Prose, node: &Node) -> (Option<Prose>, Prose) {
    let Some(end) = end_of_number(&prose.text, node) else { return (None, prose) };
    let (number, rest) = prose.split(end);
    (Some(number), rest)
}

fn end_of_number(text: &str, node: &Node) -> Option<usize> {
    let bare = text.trim_start_matches(QUOTES);
    let found = marker(bare, "")?;
    let is_own = match node.kind {
        Kind::Item => found.sort == Sort::Bullet,
        kind if kind.is_provision() => {
            let num = node.num.as_deref()?;
            found.sort == Sort::Worded(kind) || (found.sort != Sort::Bullet && id_number(found.num) == id_number(num))
        }
        _ => false,
    };
    is_own.then(|| text.len() - found.rest.len())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn read(text: &str, kind: Kind, num: Option<&str>) -> (Option<String>, String) {
        let node = Node { eid: "x".into(), kind, num: num.map(str::to_owned), heading: None, span: (0, 0), children: Vec::new() };
        let (number, rest) = numbered(Prose { text: text.to_owned(), marks: Vec::new() }, &node);
        (number.map(|number| number.text), rest.text)
    }

    fn parts(number: &str, rest: &str) -> (Option<String>, String) {
        (Some(number.to_owned()), rest.to_owned())
    }

    #[test]
    fn the_number_goes_with_its_mark() {
        assert_eq!(read("Điều 9. Thông tin", Kind::Article, Some("9")), parts("Điều 9.", "Thông tin"));
        assert_eq!(read("“Điều 9a. Thông tin", Kind::Article, Some("9a")), parts("“Điều 9a.", "Thông tin"));
        assert_eq!(read("Chương II QUY ĐỊNH", Kind::Chapter, Some("II")), parts("Chương II", "QUY ĐỊNH"));
        assert_eq!(read("đ) Tên", Kind::Point, Some("đ")), parts("đ)", "Tên"));
        assert_eq!(read("- Như Điều 3;", Kind::Item, None), parts("-", "Như Điều 3;"));
        assert_eq!(read("Điều 1", Kind::Article, Some("1")), parts("Điều 1", ""));
    }

    #[test]
    fn a_number_of_something_else_stays() {
        assert_eq!(read("1. Một", Kind::Clause, Some("2")), (None, "1. Một".to_owned()));
        assert_eq!(read("1. Một", Kind::Text, None), (None, "1. Một".to_owned()));
    }
}
