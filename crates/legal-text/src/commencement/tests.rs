#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
use super::*;
use time::macros::date;

/// What a law with this closing article says.
fn read(closing: &str) -> Commencement {
    let text = format!(
        "QUỐC HỘI\nLuật số: 5/2031/QH20\nLUẬT\nBẢO VỆ DÒNG LAM\nQuốc hội ban hành Luật Bảo vệ dòng Lam.\n\
         Điều 1. Phạm vi\nLuật này quy định việc bảo vệ dòng Lam.\nĐiều 2. Bờ sông\n1. Giữ bờ.\n2. Trồng cây.\n\
         Điều 3. Sửa đổi Luật Lam số 3/2030/QH20\nSửa đổi khoản 1 Điều 9 như sau:\n\
         “1. Luật này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2030.”.\n{closing}\n\
         Luật này được Quốc hội thông qua ngày 5 tháng 6 năm 2031.\n"
    );
    commencement(&text, &crate::parse(&text))
}

fn parts(of: &Commencement) -> Vec<(Vec<&str>, Date, &str)> {
    of.parts
        .iter()
        .map(|part| (part.provisions.iter().map(String::as_str).collect(), part.from, part.provision.as_str()))
        .collect()
}

#[test]
fn the_day_of_an_act_is_that_of_its_own_clause() {
    let found = read(
        "Điều 4. Hiệu lực thi hành\n1. Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2032.\n2. Luật Sông hết hiệu lực.",
    );
    assert_eq!((found.day, found.provision.as_deref()), (Some(date!(2032 - 01 - 01)), Some("art_4__para_1")));
    assert!(found.parts.is_empty() && !found.exceptions_unread, "{found:?}");
}

#[test]
fn exceptions_lead_to_the_clauses_that_state_them() {
    let found = read(
        "Điều 4. Hiệu lực thi hành\n\
         1. Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2032, trừ trường hợp quy định tại khoản 2 và khoản 3 Điều này.\n\
         2. Khoản 2 Điều 2 và Điều 3 của Luật này có hiệu lực từ ngày 01 tháng 4 năm 2031.\n\
         3. Quy định tại Điều 1 của Luật này có hiệu lực thi hành từ ngày 01/7/2032.",
    );
    let wanted = [
        (vec!["art_2__para_2", "art_3"], date!(2031 - 04 - 01), "art_4__para_2"),
        (vec!["art_1"], date!(2032 - 07 - 01), "art_4__para_3"),
    ];
    assert_eq!(found.day, Some(date!(2032 - 01 - 01)));
    assert_eq!(parts(&found), wanted);
    assert!(!found.exceptions_unread);
}

#[test]
fn exceptions_may_stand_in_the_same_sentence_or_in_a_list() {
    let found = read(
        "Điều 4. Hiệu lực\nLuật này có hiệu lực từ ngày 01/01/2032, trừ Điều 2 và khoản 1 Điều 3 có hiệu lực từ ngày 01/3/2032.",
    );
    assert_eq!(found.day, Some(date!(2032 - 01 - 01)));
    assert_eq!(parts(&found), [(vec!["art_2", "art_3__para_1"], date!(2032 - 03 - 01), "art_4")]);
    assert!(!found.exceptions_unread);
    let found = read(
        "Điều 4. Hiệu lực\n1. Luật này có hiệu lực từ ngày 01/01/2032, trừ khoản 2 Điều này.\n\
         2. Các quy định sau đây có hiệu lực thi hành từ ngày 01/3/2032:\na) Điều 1;\nb) Khoản 2 Điều 2.",
    );
    let from = date!(2032 - 03 - 01);
    let wanted = [(vec!["art_1"], from, "art_4__para_2__point_a"), (vec!["art_2__para_2"], from, "art_4__para_2__point_b")];
    assert_eq!(parts(&found), wanted);
    assert!(!found.exceptions_unread);
}

#[test]
fn exceptions_without_a_day_are_told() {
    let found = read(
        "Điều 4. Hiệu lực\n1. Luật này có hiệu lực từ ngày 01/01/2032, trừ trường hợp quy định tại khoản 2 Điều này.\n\
         2. Chính phủ quy định lộ trình trồng cây.",
    );
    assert!(found.day.is_some() && found.parts.is_empty() && found.exceptions_unread);
    let found = read("Điều 4. Hiệu lực\n1. Luật này có hiệu lực từ ngày 01/01/2032.\n2. Mức phí có hiệu lực từ ngày 01/7/2032.");
    assert!(found.exceptions_unread, "{found:?}");
}

#[test]
fn the_days_of_other_acts_are_none_of_this_act() {
    let found = read(
        "Điều 4. Hiệu lực\n1. Luật này có hiệu lực từ ngày 01/01/2032.\n\
         2. Điều 5 Nghị định số 7/2030/NĐ-CP có hiệu lực từ ngày 01/7/2030 được áp dụng đến hết năm.\n\
         3. Kể từ ngày Luật này có hiệu lực, Điều 7 Luật Lam hết hiệu lực.",
    );
    assert!(found.parts.is_empty() && !found.exceptions_unread, "{found:?}");
    assert_eq!(read("Điều 4. Thi hành\nLuật này được thi hành."), Commencement::default());
}

#[test]
fn provisions_with_days_of_their_own_are_found_by_their_ids_and_others_are_not() {
    let part = PartCommencement {
        provisions: vec!["art_2".to_owned()],
        from: time::macros::date!(2031 - 04 - 01),
        provision: "art_9__para_2".to_owned(),
    };
    let read = Commencement { parts: vec![part], ..Commencement::default() };
    for own in ["art_2", "art_2__para_1__intro", "part_1__chp_1__art_2__para_3"] {
        assert!(read.day_of(own).is_some(), "{own}");
    }
    for other in ["art_20", "att_1__art_2", "att_1__chp_1__art_2__para_1", "part_2", "part_1__chp_1__art_3", ""] {
        assert_eq!(read.day_of(other), None, "{other}");
    }
}
