//! Citations: every reference a text makes, with its place, its target and what is done with it.

mod act;
mod citation;
mod effect;
mod finder;
mod issuer;
mod laws;
mod numbers;
pub(crate) mod plain;
pub(crate) mod provisions;
mod rank;
mod relation;
pub(crate) mod rest;
pub(crate) mod scan;
mod signs;
mod statement;
mod target;
mod titled;
mod within;
mod words;

pub use citation::Citation;
pub(crate) use laws::of_year;
pub use laws::{Law, law_by_number, laws};
pub use relation::Relation;
pub use target::Target;
pub(crate) use within::is_partial;

use crate::header::Header;
use crate::node::{Kind, Node};
use finder::Finder;

/// Finds the citations of a text whose header and structure are known.
pub(crate) fn citations(text: &str, header: &Header, nodes: &[Node]) -> Vec<Citation> {
    let act = Bounds::of(nodes);
    let mut finder = Finder::new(text, header);
    for node in nodes.iter().filter(|node| node.kind != Kind::Text || act.hold(node)) {
        finder.visit(node);
    }
    finder.found
}

/// Where the act begins and ends. Text beside it is none of its own: lists of related acts, a translation.
struct Bounds {
    start: usize,
    end: usize,
}

impl Bounds {
    fn of(nodes: &[Node]) -> Self {
        let header = nodes.iter().find(|node| node.kind == Kind::Header);
        let ends = |node: &&Node| matches!(node.kind, Kind::Signature | Kind::Recipients | Kind::Attachment);
        let end = nodes.iter().filter(ends).map(|node| node.span.1).min();
        Self { start: header.map_or(0, |header| header.span.0), end: end.unwrap_or(usize::MAX) }
    }

    fn hold(&self, node: &Node) -> bool {
        (self.start..self.end).contains(&node.span.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    const HEAD: &str = "ỦY BAN NHÂN DÂN TỈNH SÔNG LAM\nSố: 12/2031/QĐ-UBND\nSông Lam, ngày 5 tháng 6 năm 2031\nQUYẾT ĐỊNH\n\
        Về thủ tục hành chính\nCăn cứ Luật Lam số 5/2030/QH20;\nQUYẾT ĐỊNH:\n";

    /// What a decision with these provisions cites: the words, and what is done.
    fn cited(provisions: &str) -> Vec<(String, Relation)> {
        let read = crate::parse(&format!("{HEAD}{provisions}"));
        let found = read.citations.into_iter().filter(|one| one.eid.contains("art_"));
        found.map(|one| (one.text, one.relation)).collect()
    }

    #[test]
    fn what_another_act_does_is_not_done_here() {
        let found = cited("Điều 1. Nghị định số 280/2025/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 23/2015/NĐ-CP.");
        assert!(found.iter().all(|(_, relation)| *relation == Relation::RefersTo), "{found:?}");
        assert_eq!(found.len(), 2);
        let found = cited("Điều 1. Bãi bỏ Quyết định số 8/2025/QĐ-UBND sửa đổi Quyết định số 2/2015/QĐ-UBND.");
        let relations: Vec<Relation> = found.iter().map(|(_, relation)| *relation).collect();
        assert_eq!(relations, [Relation::Repeals, Relation::RefersTo]);
    }

    #[test]
    fn no_act_ends_one_that_stands_above_it() {
        let provisions = "Điều 1. Quyết định số 4/2020/QĐ-UBND ban hành mức thu theo Nghị định số 23/2015/NĐ-CP hết hiệu lực.\n\
            Điều 2. Sửa đổi Điều 109 của Nghị định số 65/2023/NĐ-CP.";
        let relations: Vec<Relation> = cited(provisions).into_iter().map(|(_, relation)| relation).collect();
        assert_eq!(relations, [Relation::Repeals, Relation::RefersTo, Relation::RefersTo]);
    }

    #[test]
    fn a_letter_rests_on_what_it_is_based_on_where_it_comes_to_it() {
        let letter = "CỤC THUẾ\nSố: 15/CT-CS\nSông Lam, ngày 5 tháng 6 năm 2031\nKính gửi: Công ty Lam\n\
            Trả lời công văn số 3/CV-LAM, Cục có ý kiến như sau:\nCăn cứ Điều 5 Luật Lam số 5/2030/QH20, quy định:\n\
            “Nộp đủ.”\nĐề nghị thực hiện theo Nghị định số 6/2030/NĐ-CP.\n";
        let found = crate::parse(letter).citations;
        let based: Vec<&str> =
            found.iter().filter(|one| one.relation == Relation::BasedOn).filter_map(|one| one.number.as_deref()).collect();
        assert_eq!(based, ["5/2030/QH20"], "{found:?}");
    }

    #[test]
    fn what_an_abstract_ends_is_not_ended_here() {
        let abstracts = "Điều 1. Bãi bỏ Quyết định số 8/2030/QĐ-UBND ngày 1/3/2030 của Ủy ban nhân dân tỉnh bãi bỏ một phần \
            Quy định chức năng, nhiệm vụ và cơ cấu của Sở Lam ban hành kèm theo Quyết định số 9/2029/QĐ-UBND.";
        let relations: Vec<Relation> = cited(abstracts).into_iter().map(|(_, relation)| relation).collect();
        assert_eq!(relations, [Relation::Repeals, Relation::RefersTo]);
    }

    #[test]
    fn the_name_of_a_law_that_amends_is_no_verb() {
        let found = cited(
            "Điều 1. Gói thầu quy định tại khoản 4 Điều 2 của Luật sửa đổi, bổ sung một số điều của các luật về xây dựng, \
             Điều 101 của Luật Xây dựng và khoản 2 Điều 40 Nghị định số 85/2029/NĐ-CP.",
        );
        assert!(found.iter().any(|(text, _)| text.contains("85/2029/NĐ-CP")), "{found:?}");
        assert!(found.iter().all(|(_, relation)| *relation == Relation::RefersTo), "{found:?}");
    }

    #[test]
    fn acts_listed_after_a_colon_are_rested_on() {
        let bases = "Căn cứ các Nghị quyết của Quốc hội: số 55/2030/QH20 ngày 24/11/2030 về thuế; số 28/2031/QH20 ngày 2/3/2031 \
            sửa đổi Nghị quyết số 55/2030/QH20;\nQUYẾT ĐỊNH:\nĐiều 1. Thi hành.";
        let head = HEAD.replace("QUYẾT ĐỊNH:\n", "");
        let read = crate::parse(&format!("{head}{bases}"));
        let relations: Vec<Relation> = read.citations.iter().skip(1).map(|one| one.relation).collect();
        assert_eq!(relations, [Relation::BasedOn, Relation::BasedOn, Relation::RefersTo]);
    }

    #[test]
    fn the_constitution_of_a_year_is_that_of_the_year() {
        let bases = "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 1992 đã được sửa đổi, bổ sung một số điều \
            theo Nghị quyết số 51/2001/QH10;\nCăn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;";
        let read = crate::parse(&HEAD.replace("Căn cứ Luật Lam số 5/2030/QH20;", bases));
        let days: Vec<_> = read.citations.iter().filter(|one| one.text.starts_with("Hiến pháp")).map(day_meant).collect();
        assert_eq!(days, [Some(time::macros::date!(1992 - 04 - 15)), Some(time::macros::date!(2013 - 11 - 28))]);
        assert_eq!(read.header.legal_bases[0].issued_on, days[0]);
        // Of one that is older than any known, the year is told.
        let read = crate::parse(&HEAD.replace("Luật Lam số 5/2030/QH20", "Luật Đất đai năm 1980"));
        assert_eq!(read.header.legal_bases[0].title.as_deref(), Some("Luật Đất đai năm 1980"));
        let Target::Act { title, number: None, .. } = &read.citations[0].target else { panic!("{:?}", read.citations) };
        assert_eq!(title.as_deref(), Some("Đất đai năm 1980"));
    }

    fn day_meant(one: &Citation) -> Option<time::Date> {
        let Target::Act { issued_on, .. } = &one.target else { return None };
        *issued_on
    }

    /// The provisions of other acts that a decision cites, with what is done.
    fn provisions(of: &str) -> Vec<(Vec<String>, Relation)> {
        let read = crate::parse(&format!("{HEAD}{of}"));
        let found = read.citations.into_iter().filter(|one| one.eid.contains("art_") && one.number.is_none());
        found.map(|one| (one.provisions, one.relation)).collect()
    }

    #[test]
    fn clauses_of_an_amended_act_lie_in_the_article_that_is_named() {
        let found = provisions(
            "Điều 1. Sửa đổi, bổ sung một số điều của Nghị quyết số 5/2029/NQ-HĐND\n\
             1. Sửa đổi, bổ sung Điều 4 như sau:\na) Bổ sung khoản 3a vào sau khoản 3 như sau:\n“3a. Một.”;\n\
             b) Bãi bỏ điểm b khoản 8.\n2. Bổ sung khoản 4 vào Điều 3 như sau:\n“4. Theo khoản 1 Điều này.”.\n\
             3. Bãi bỏ khoản 6.\n",
        );
        let expected: [(&[&str], Relation); 8] = [
            (&["art_4"], Relation::Amends),
            (&["art_4__para_3a"], Relation::Supplements),
            (&["art_4__para_3"], Relation::RefersTo),
            (&["art_4__para_8__point_b"], Relation::Repeals),
            (&["art_3__para_4"], Relation::Supplements),
            (&["art_3"], Relation::RefersTo),
            (&["art_3__para_1"], Relation::RefersTo),
            // Of which article it is stands nowhere.
            (&[], Relation::Repeals),
        ];
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for ((found, relation), (ids, wanted)) in found.iter().zip(expected) {
            assert_eq!(
                (found.as_slice(), *relation),
                (ids.iter().map(ToString::to_string).collect::<Vec<_>>().as_slice(), wanted)
            );
        }
    }

    #[test]
    fn a_clause_that_is_added_is_of_the_act_that_its_place_is_named_in() {
        let read = crate::parse(&format!("{HEAD}Điều 1. Bổ sung khoản 5a vào sau khoản 5 Điều 7 Quyết định số 3/2030/QĐ-UBND."));
        let [added, place] = read.citations.get(1..).unwrap() else { panic!("{:?}", read.citations) };
        assert_eq!((added.provisions.as_slice(), &added.target), (["art_7__para_5a".to_owned()].as_slice(), &place.target));
        assert!(!added.whole);
    }

    #[test]
    fn an_abstract_is_read_across_its_lines() {
        let title =
            "BÃI BỎ QUYẾT ĐỊNH\nSỐ 9/2029/QĐ-UBND NGÀY 25/3/2029 VÀ QUYẾT ĐỊNH SỐ 8/2030/QĐ-UBND NGÀY\n01/3/2030 CỦA UBND TỈNH";
        let read = crate::parse(&HEAD.replace("Về thủ tục hành chính", title));
        let found: Vec<_> = read.citations.iter().filter(|one| one.eid.starts_with("header")).collect();
        let days: Vec<String> = found.iter().map(|one| one.issued_on.unwrap().to_string()).collect();
        assert_eq!(days, ["2029-03-25", "2030-03-01"]);
        assert!(found.iter().all(|one| one.relation == Relation::Repeals && one.whole), "{found:?}");
        assert_ne!(found[0].eid, found[1].eid);
    }

    #[test]
    fn the_number_and_day_of_the_act_in_its_abstract_are_no_citation() {
        let title = "CỦA HỘI ĐỒNG NHÂN DÂN TỈNH SÔNG LAM SỐ 12/2031/QĐ-UBND NGÀY 05 THÁNG 6 NĂM 2031 VỀ DỮ LIỆU MỞ CỦA TỈNH";
        let read = crate::parse(&HEAD.replace("Về thủ tục hành chính", title));
        assert!(read.citations.iter().all(|one| !one.eid.starts_with("header")), "{:?}", read.citations);
    }

    #[test]
    fn the_name_of_an_article_says_what_is_done_to_the_acts_it_lists() {
        let found = cited(
            "Điều 1. Bãi bỏ toàn bộ một số quyết định của Ủy ban nhân dân tỉnh\n\
             1. Quyết định số 4/2020/QĐ-UBND ngày 1/2/2020 về mức thu.\n\
             2. Quyết định số 7/2021/QĐ-UBND sửa đổi Điều 5 Quyết định số 4/2020/QĐ-UBND.\n\
             3. Sở Lam thi hành theo Quyết định số 9/2022/QĐ-UBND.\n\
             Điều 2. Thi hành\n1. Quyết định số 10/2022/QĐ-UBND được giữ.",
        );
        let relations: Vec<Relation> = found.into_iter().map(|(_, relation)| relation).collect();
        let (ends, mentions) = (Relation::Repeals, Relation::RefersTo);
        assert_eq!(relations, [ends, ends, mentions, mentions, mentions]);
    }

    #[test]
    fn what_is_amended_may_stand_before_the_verb() {
        let found = cited(
            "Điều 1. Nội dung\n1. Khoản 2 Điều 17 Quy chế Khu Lam ban hành kèm theo Quyết định số 4/2020/QĐ-UBND của \
             UBND tỉnh được sửa đổi, bổ sung như sau:\n“2. Mở.”\n\
             2. Quyết định số 7/2021/QĐ-UBND được sửa đổi, bổ sung bởi Quyết định số 8/2022/QĐ-UBND.",
        );
        let relations: Vec<Relation> = found.into_iter().map(|(_, relation)| relation).collect();
        assert_eq!(relations, [Relation::Amends, Relation::RefersTo, Relation::RefersTo]);
    }

    #[test]
    fn the_day_on_which_something_ends_ends_no_act() {
        let found = cited("Điều 1. Số 4/2020/QĐ-UBND gửi Sở Lam trước ngày hết hiệu lực của giấy phép.");
        assert_eq!(found[0].1, Relation::RefersTo, "{found:?}");
    }

    #[test]
    fn a_list_goes_on_after_an_act_named_in_an_abstract() {
        let found = cited(
            "Điều 1. Quyết định này thay thế các Quyết định: số 4/2020/QĐ-UBND ngày 1/2/2020 ban hành Quy định mức thu; số \
             5/2021/QĐ-UBND ngày 2/3/2021 sửa đổi Quy định ban hành kèm theo Quyết định số 4/2020/QĐ-UBND ngày 1/2/2020; số \
             6/2022/QĐ-UBND ngày 3/4/2022 về mức chi.",
        );
        let relations: Vec<Relation> = found.into_iter().map(|(_, relation)| relation).collect();
        assert_eq!(relations, [Relation::Replaces, Relation::Replaces, Relation::RefersTo, Relation::Replaces]);
    }

    #[test]
    fn the_name_of_a_law_before_another_act_does_nothing_to_it() {
        let found = cited(
            "Điều 1. Luật Đất đai ngày 1 tháng 2 năm 2020; Luật sửa đổi, bổ sung một số điều của Luật Đất đai ngày 3 tháng 4 \
             năm 2024 và Quyết định số 4/2020/QĐ-UBND quy định mức thu.",
        );
        assert!(found.iter().all(|(_, relation)| *relation == Relation::RefersTo), "{found:?}");
    }

    #[test]
    fn the_number_of_an_article_is_no_citation() {
        let provisions = "Điều 1\n\nChi thường xuyên.\n\nĐiều 2\n\nQuyết định này thay thế Quyết định số 3/2020/QĐ-UBND.\n";
        assert_eq!(cited(provisions), [("Quyết định số 3/2020/QĐ-UBND".to_owned(), Relation::Replaces)]);
    }

    #[test]
    fn cells_of_a_table_do_nothing() {
        let table = "| Tên văn bản | Căn cứ sửa đổi, bổ sung |\n| Nghị định số 7/2025/NĐ-CP | Quyết định bị bãi bỏ |\n";
        let found = cited(&format!("Điều 1. Công bố thủ tục:\n{table}Điều 2. Thi hành."));
        assert_eq!(found, [("Nghị định số 7/2025/NĐ-CP".to_owned(), Relation::RefersTo)]);
    }

    #[test]
    fn lists_that_an_act_has_issued_are_ended_in_part() {
        let provisions = "Điều 1. Bãi bỏ Danh mục thủ tục tại phần II ban hành kèm theo Quyết định số 3/QĐ-UBND ngày 1/2/2030.";
        let read = crate::parse(&format!("{HEAD}{provisions}"));
        let last = read.citations.last().unwrap();
        assert_eq!((last.number.as_deref(), last.relation, last.whole), (Some("3/QĐ-UBND"), Relation::Repeals, false));
        let phrase = "Điều 1. Bãi bỏ cụm từ “hạng II” tại mục 2 Bản mô tả ban hành kèm theo Quyết định số 3/QĐ-UBND.";
        assert!(cited(phrase).iter().all(|(_, relation)| *relation == Relation::RefersTo), "{:?}", cited(phrase));
    }
}
