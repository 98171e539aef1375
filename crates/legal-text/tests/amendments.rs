//! Amending acts of the fictional province Sông Lam, applied to what they amend.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use legal_text::amendments::{Amending, Consolidated, Instruction, Operation, Part, Reason, Scope, Unread, apply, instructions};
use legal_text::{Kind, Target, parse, walk};
use time::macros::date;

/// A decision with the regulation it issues.
const BASE: &str = "\
ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH SÔNG LAM | Độc lập - Tự do - Hạnh phúc
Số: 12/2031/QĐ-UBND | Sông Lam, ngày 05 tháng 6 năm 2031

QUYẾT ĐỊNH
Ban hành Quy chế mở dữ liệu tỉnh Sông Lam

ỦY BAN NHÂN DÂN TỈNH SÔNG LAM

Căn cứ Luật Dữ liệu ngày 19 tháng 6 năm 2030;
Theo đề nghị của Giám đốc Sở Khoa học và Công nghệ.

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Quy chế mở dữ liệu tỉnh Sông Lam.

Điều 2. Quyết định này có hiệu lực thi hành từ ngày 15 tháng 6 năm 2031.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Lam

QUY CHẾ
Mở dữ liệu tỉnh Sông Lam
(Ban hành kèm theo Quyết định số 12/2031/QĐ-UBND ngày 05 tháng 6 năm 2031 của Ủy ban nhân dân tỉnh Sông Lam)

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh

Quy chế này quy định việc mở dữ liệu của các cơ quan nhà nước tỉnh Sông Lam.

Điều 2. Giải thích từ ngữ

1. Dữ liệu mở là dữ liệu được công bố để mọi người sử dụng.

2. Cơ quan chủ quản là sở, ban, ngành, Uỷ ban nhân dân cấp huyện.

Điều 3. Nguyên tắc

1. Dữ liệu được mở:

a) Đầy đủ;

b) Kịp thời;

c) Miễn phí.

2. Ủy ban nhân dân cấp huyện chịu trách nhiệm về dữ liệu của mình.

Chương II
TỔ CHỨC THỰC HIỆN

Điều 4. Trách nhiệm của cơ quan chủ quản

1. Lập danh mục dữ liệu trước ngày 31 tháng 12 hằng năm.

2. Gửi danh mục về Sở Khoa học và Công nghệ.

Điều 5. Kinh phí

Kinh phí do ngân sách nhà nước bảo đảm.

Điều 6. Khen thưởng

Việc khen thưởng theo quy định của pháp luật.
";

/// An amending decision with these provisions.
fn decision(provisions: &str) -> String {
    format!(
        "\
ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH SÔNG LAM | Độc lập - Tự do - Hạnh phúc
Số: 40/2032/QĐ-UBND | Sông Lam, ngày 20 tháng 3 năm 2032

QUYẾT ĐỊNH
Sửa đổi, bổ sung một số điều của Quy chế mở dữ liệu tỉnh Sông Lam ban hành kèm theo Quyết định số 12/2031/QĐ-UBND ngày 05 tháng 6 năm 2031

ỦY BAN NHÂN DÂN TỈNH SÔNG LAM

Căn cứ Luật Dữ liệu ngày 19 tháng 6 năm 2030;

QUYẾT ĐỊNH:

Điều 1. Sửa đổi, bổ sung một số điều của Quy chế mở dữ liệu tỉnh Sông Lam ban hành kèm theo Quyết định số 12/2031/QĐ-UBND

{provisions}

Điều 2. Quyết định này có hiệu lực thi hành từ ngày 01 tháng 4 năm 2032.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Lam
"
    )
}

fn read(provisions: &str) -> Vec<Instruction> {
    let text = decision(provisions);
    instructions(&text, &parse(&text))
}

struct Done {
    text: String,
    applied: usize,
    reasons: Vec<&'static str>,
    notes: Vec<(String, &'static str, String)>,
}

/// Applies the provisions of an amending decision to a text.
fn amend(base: &str, provisions: &str) -> Done {
    let text = decision(provisions);
    let act = parse(&text);
    let found = instructions(&text, &act);
    let chosen: Vec<&Instruction> = found.iter().collect();
    let amending =
        Amending { number: "40/2032/QĐ-UBND", text: &text, instructions: &chosen, effective_on: Some(date!(2032 - 04 - 01)) };
    let Consolidated { text, applied, not_applied, notes } = apply(base, &parse(base), amending);
    Done {
        text,
        applied: applied.len(),
        reasons: not_applied.iter().map(|(_, reason)| reason.code()).collect(),
        notes: notes.into_iter().map(|note| (note.eid, note.operation, note.by)).collect(),
    }
}

/// The provision of a text with this id, by its end.
fn provision(text: &str, ends: &str) -> Option<String> {
    let read = parse(text);
    walk(&read.nodes).find(|node| node.eid.ends_with(ends)).map(|node| node.text(text).to_owned())
}

#[test]
fn a_clause_gets_its_new_wording_and_everything_else_stays() {
    let done = amend(BASE, "1. Sửa đổi, bổ sung khoản 2 Điều 4 như sau:\n\n“2. Gửi danh mục qua Cổng dữ liệu của tỉnh.”.");
    assert_eq!((done.applied, done.reasons.len()), (1, 0));
    assert_eq!(
        done.text,
        BASE.replace("2. Gửi danh mục về Sở Khoa học và Công nghệ.", "2. Gửi danh mục qua Cổng dữ liệu của tỉnh.")
    );
    assert_eq!(done.notes, [("att_1__chp_2__art_4__para_2".to_owned(), "replace", "art_1__para_1".to_owned())]);
}

#[test]
fn the_day_of_effect_is_that_of_the_clause_as_amended() {
    let first = legal_text::commencement(BASE, &parse(BASE));
    assert_eq!((first.day, first.provision.as_deref()), (Some(date!(2031 - 06 - 15)), Some("art_2")));
    let done = amend(
        BASE.split("\nQUY CHẾ\n").next().unwrap(),
        "1. Sửa đổi Điều 2 Quyết định số 12/2031/QĐ-UBND như sau:\n\n\
         “Điều 2. Quyết định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2031.”.",
    );
    assert_eq!(done.applied, 1, "{:?}", done.reasons);
    assert_eq!(legal_text::commencement(&done.text, &parse(&done.text)).day, Some(date!(2031 - 07 - 01)));
    // The amending act quotes a day that is not its own.
    let act = decision("1. Sửa đổi Điều 2 như sau:\n\n“Điều 2. Quyết định này có hiệu lực từ ngày 01 tháng 7 năm 2031.”.");
    assert_eq!(legal_text::commencement(&act, &parse(&act)).day, Some(date!(2032 - 04 - 01)));
}

#[test]
fn a_change_in_words_that_no_rule_knows_is_told() {
    let provisions = "1. Sửa đổi khoản 2 Điều 4 như sau:\n\n“2. Gửi danh mục.”.\n\nĐiều 1a. Điều chỉnh mức chi tại Phụ lục\n\n\
        1. Số hóa dữ liệu: 75.000 đồng.\n\n2. Các mức khác được giữ nguyên.\n\nĐiều 1b. Mức chi tại khoản 1 Điều 5 nay tăng thêm 10%.\n\n\
        Điều 1c. Tổ chức thực hiện\n\n1. Cập nhật dữ liệu theo Điều 4 của Quy chế.\n\n2. Tăng cường kiểm tra theo Điều 5.";
    let found = read(provisions);
    let told: Vec<_> = found.iter().filter(|one| !one.is_understood()).map(|one| (one.eid.as_str(), &one.operation)).collect();
    let unclear = |reason, provision: &str| Operation::Unclear { reason, provisions: vec![provision.to_owned()] };
    let wanted = [("art_1a", &unclear(Unread::Appendix, "att")), ("art_1b", &unclear(Unread::Words, "art_5__para_1"))];
    assert_eq!(told, wanted);
    assert!(found.iter().all(|one| matches!(&one.act, Target::Act { number: Some(number), .. } if number == "12/2031/QĐ-UBND")));
    assert_eq!(amend(BASE, provisions).reasons, ["unclear", "unclear"]);
}

#[test]
fn an_instruction_tells_the_act_the_provision_and_the_wording() {
    let text = decision("1. Sửa đổi khoản 2 Điều 4 như sau:\n\n“2. Gửi danh mục.”.");
    let found = instructions(&text, &parse(&text));
    let [one] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(one.eid, "art_1__para_1");
    assert_eq!(&text[one.span.0..one.span.1], "1. Sửa đổi khoản 2 Điều 4 như sau:");
    assert!(matches!(&one.act, Target::Act { number: Some(number), .. } if number == "12/2031/QĐ-UBND"));
    let place = one.place().unwrap();
    assert_eq!((place.provision.as_deref(), place.part, place.scope), (Some("art_4__para_2"), Part::Whole, Scope::Attachment));
    let (from, to) = one.wording.unwrap();
    assert_eq!(&text[from..to], "2. Gửi danh mục.");
    assert!(one.is_understood() && one.amends(&parse(BASE).header));
}

#[test]
fn several_provisions_in_one_quotation_are_parted_by_their_numbers() {
    let done = amend(
        BASE,
        "1. Sửa đổi, bổ sung khoản 1 và bổ sung khoản 1a vào sau khoản 1 Điều 4 như sau:\n\n“1. Lập danh mục hằng quý.\n\n1a. Cập nhật danh mục.”.",
    );
    assert_eq!((done.applied, done.reasons.len()), (2, 0));
    assert_eq!(provision(&done.text, "art_4__para_1").unwrap(), "1. Lập danh mục hằng quý.");
    assert_eq!(provision(&done.text, "art_4__para_1a").unwrap(), "1a. Cập nhật danh mục.");
    assert!(provision(&done.text, "art_4__para_2").is_some());
}

#[test]
fn instructions_below_a_statement_take_the_article_from_it() {
    let done = amend(
        BASE,
        "1. Sửa đổi, bổ sung một số khoản của Điều 3 như sau:\n\na) Sửa đổi điểm b khoản 1 như sau:\n\n“b) Đúng hạn;”;\n\nb) Bổ sung khoản 3 vào sau khoản 2 như sau:\n\n“3. Dữ liệu được cập nhật thường xuyên.”.",
    );
    assert_eq!((done.applied, done.reasons.len()), (2, 0));
    assert_eq!(provision(&done.text, "art_3__para_1__point_b").unwrap(), "b) Đúng hạn;");
    assert_eq!(provision(&done.text, "art_3__para_3").unwrap(), "3. Dữ liệu được cập nhật thường xuyên.");
    assert_eq!(done.notes.len(), 2);
}

#[test]
fn new_articles_points_and_clauses_come_to_stand_where_the_instruction_says() {
    let done = amend(
        BASE,
        "1. Bổ sung điểm d vào sau điểm c khoản 1 Điều 3 như sau:\n\n“d) An toàn.”.\n\n2. Bổ sung khoản 3 Điều 4 như sau:\n\n“3. Công bố danh mục.”.\n\n3. Bổ sung Điều 5a vào sau Điều 5 như sau:\n\n“Điều 5a. Nhân lực\n\nCơ quan chủ quản bố trí nhân lực.”.",
    );
    assert_eq!((done.applied, done.reasons.len()), (3, 0), "{:?}", done.reasons);
    let read = parse(&done.text);
    let ids: Vec<&str> = walk(&read.nodes).filter(|node| node.kind == Kind::Article).map(|node| node.eid.as_str()).collect();
    let position = |end: &str| ids.iter().position(|id| id.ends_with(end)).unwrap();
    assert_eq!(position("art_5a"), position("chp_2__art_5") + 1);
    assert_eq!(provision(&done.text, "art_3__para_1__point_d").unwrap(), "d) An toàn.");
    assert_eq!(provision(&done.text, "art_4__para_3").unwrap(), "3. Công bố danh mục.");
}

#[test]
fn a_repealed_provision_keeps_its_number() {
    let done = amend(BASE, "1. Bãi bỏ Điều 6, điểm b khoản 1 Điều 3 và khoản 2 Điều 4.");
    assert_eq!((done.applied, done.reasons.len()), (3, 0), "{:?}", done.reasons);
    assert_eq!(provision(&done.text, "chp_2__art_6").unwrap(), "Điều 6. (được bãi bỏ)");
    assert_eq!(provision(&done.text, "art_3__para_1__point_b").unwrap(), "b) (được bãi bỏ);");
    assert_eq!(provision(&done.text, "art_4__para_2").unwrap(), "2. (được bãi bỏ).");
    assert!(provision(&done.text, "art_3__para_1__point_c").is_some());
}

#[test]
fn only_the_heading_or_the_introduction_may_be_changed() {
    let done = amend(
        BASE,
        "1. Sửa đổi tên Điều 4 như sau:\n\n“Điều 4. Trách nhiệm của chủ dữ liệu”.\n\n2. Sửa đổi đoạn mở đầu khoản 1 Điều 3 như sau:\n\n“1. Dữ liệu được mở theo nguyên tắc:”.",
    );
    assert_eq!((done.applied, done.reasons.len()), (2, 0), "{:?}", done.reasons);
    assert!(done.text.contains("Điều 4. Trách nhiệm của chủ dữ liệu\n\n1. Lập danh mục"));
    assert!(done.text.contains("1. Dữ liệu được mở theo nguyên tắc:\n\na) Đầy đủ;"));
}

#[test]
fn phrases_are_changed_in_either_spelling_at_the_places_named() {
    let done = amend(
        BASE,
        "1. Thay thế cụm từ “Ủy ban nhân dân cấp huyện” bằng cụm từ “Ủy ban nhân dân cấp xã” tại khoản 2 Điều 2 và khoản 2 Điều 3.\n\n2. Bỏ cụm từ “hằng năm” tại khoản 1 Điều 4.\n\n3. Bổ sung cụm từ “, viên chức” vào sau cụm từ “cơ quan nhà nước” tại Điều 1.",
    );
    assert_eq!((done.applied, done.reasons.len()), (4, 0), "{:?}", done.reasons);
    assert!(done.text.contains("sở, ban, ngành, Ủy ban nhân dân cấp xã."));
    assert!(done.text.contains("2. Ủy ban nhân dân cấp xã chịu trách nhiệm"));
    assert!(done.text.contains("trước ngày 31 tháng 12."));
    assert!(done.text.contains("của các cơ quan nhà nước, viên chức tỉnh Sông Lam."));
}

#[test]
fn a_phrase_is_changed_in_the_whole_regulation_and_not_in_the_decision() {
    let done = amend(BASE, "1. Thay thế cụm từ “dữ liệu” bằng cụm từ “thông tin” trong toàn bộ Quy chế.");
    assert_eq!((done.applied, done.reasons.len()), (1, 0), "{:?}", done.reasons);
    assert!(done.text.contains("Ban hành kèm theo Quyết định này Quy chế mở dữ liệu tỉnh Sông Lam."));
    assert!(done.text.contains("1. Thông tin mở là thông tin được công bố"));
    assert!(done.text.contains("1. Thông tin được mở:"));
}

#[test]
fn an_appendix_is_replaced_by_the_one_attached() {
    let base = format!("{BASE}\nPhụ lục I\nDANH MỤC DỮ LIỆU\n(Kèm theo Quyết định số 12/2031/QĐ-UBND)\n\nDữ liệu đất đai.\n");
    let text = decision("1. Thay thế Phụ lục I bằng Phụ lục I ban hành kèm theo Quyết định này.");
    let text =
        format!("{text}\nPhụ lục I\nDANH MỤC DỮ LIỆU MỞ\n(Kèm theo Quyết định số 40/2032/QĐ-UBND)\n\nDữ liệu giao thông.\n");
    let found = instructions(&text, &parse(&text));
    let chosen: Vec<&Instruction> = found.iter().collect();
    let amending = Amending { number: "40/2032/QĐ-UBND", text: &text, instructions: &chosen, effective_on: None };
    let done = apply(&base, &parse(&base), amending);
    assert_eq!((done.applied.len(), &done.not_applied), (1, &vec![]));
    assert!(done.text.contains("Dữ liệu giao thông.") && !done.text.contains("Dữ liệu đất đai."));
    let without = decision("1. Thay thế Phụ lục I bằng Phụ lục I ban hành kèm theo Quyết định này.");
    let found = instructions(&without, &parse(&without));
    assert!(matches!(found[0].operation, Operation::Unclear { reason: Unread::Appendix, .. }));
}

#[test]
fn acts_are_applied_one_after_the_other() {
    let first = amend(
        BASE,
        "1. Bổ sung Điều 5a vào sau Điều 5 như sau:\n\n“Điều 5a. Nhân lực\n\n1. Bố trí nhân lực.”.\n\n2. Bãi bỏ Điều 6.",
    );
    assert_eq!((first.applied, first.reasons.len()), (2, 0));
    let second = amend(
        &first.text,
        "1. Bổ sung khoản 2 vào sau khoản 1 Điều 5a như sau:\n\n“2. Đào tạo nhân lực.”.\n\n2. Sửa đổi Điều 6 như sau:\n\n“Điều 6. Hiệu lực\n\nQuy chế này được rà soát hằng năm.”.",
    );
    assert_eq!((second.applied, second.reasons.len()), (2, 0), "{:?}", second.reasons);
    assert_eq!(provision(&second.text, "art_5a__para_2").unwrap(), "2. Đào tạo nhân lực.");
    assert!(second.text.contains("Điều 6. Hiệu lực") && !second.text.contains("được bãi bỏ"));
}

#[test]
fn one_act_may_amend_several() {
    let text = "\
ỦY BAN NHÂN DÂN TỈNH SÔNG LAM
Số: 41/2032/QĐ-UBND
Sông Lam, ngày 20 tháng 3 năm 2032

QUYẾT ĐỊNH
Sửa đổi, bổ sung một số điều của các quyết định về dữ liệu

Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 12/2031/QĐ-UBND ngày 05 tháng 6 năm 2031

1. Bãi bỏ Điều 2.

Điều 2. Sửa đổi, bổ sung một số điều của Quyết định số 13/2031/QĐ-UBND ngày 06 tháng 6 năm 2031

1. Bãi bỏ Điều 3.
";
    let found = instructions(text, &parse(text));
    let acts: Vec<&str> = found
        .iter()
        .map(|one| match &one.act {
            Target::Act { number: Some(number), .. } => number.as_str(),
            _ => "",
        })
        .collect();
    assert_eq!(acts, ["12/2031/QĐ-UBND", "13/2031/QĐ-UBND"]);
    let header = parse(BASE).header;
    assert_eq!(found.iter().filter(|one| one.amends(&header)).count(), 1);
    let chosen: Vec<&Instruction> = found.iter().collect();
    let amending = Amending { number: "41/2032/QĐ-UBND", text, instructions: &chosen, effective_on: None };
    let done = apply(BASE, &parse(BASE), amending);
    let codes: Vec<&str> = done.not_applied.iter().map(|(_, reason)| reason.code()).collect();
    assert_eq!(codes, ["target_ambiguous", "other_act"], "both the decision and its regulation have an article 2");
}

#[test]
fn what_is_not_unambiguous_is_not_applied_and_says_why() {
    let cases = [
        ("1. Bãi bỏ Điều 9.", "target_not_found"),
        ("1. Sửa đổi khoản 5 Điều 4 như sau:\n\n“5. Năm.”.", "target_not_found"),
        ("1. Sửa đổi khoản 2 Điều 4 như sau:", "wording_missing"),
        ("1. Sửa đổi khoản 2 Điều 4 như sau:\n\n“3. Ba.”.", "numbering_differs"),
        ("1. Sửa đổi khoản 2 Điều 4 như sau:\n\n“2. Hai.\n\n3. Ba.”.", "numbering_differs"),
        ("1. Thay thế cụm từ “cấp tỉnh” bằng cụm từ “cấp xã” tại Điều 4.", "phrase_not_found"),
        ("1. Bổ sung khoản 2 vào sau khoản 1 Điều 4 như sau:\n\n“2. Hai.”.", "already_there"),
        ("1. Bổ sung khoản 4 Điều 4 như sau:\n\n“4. Bốn.”.", "target_ambiguous"),
        ("1. Sửa đổi khoản 2 Điều 4 theo hướng đơn giản hơn.", "unclear"),
        ("1. Bãi bỏ toàn bộ Quyết định số 12/2031/QĐ-UBND.", "unclear"),
        ("1. Bãi bỏ Chương II.", "unclear"),
    ];
    for (provisions, code) in cases {
        let done = amend(BASE, provisions);
        assert_eq!((done.applied, done.reasons.as_slice()), (0, [code].as_slice()), "{provisions}");
        assert_eq!(done.text, BASE, "{provisions}");
        assert!(done.notes.is_empty());
    }
}

#[test]
fn two_instructions_on_the_same_text_exclude_each_other() {
    let done = amend(
        BASE,
        "1. Sửa đổi Điều 4 như sau:\n\n“Điều 4. Trách nhiệm\n\nLập danh mục.”.\n\n2. Sửa đổi khoản 2 Điều 4 như sau:\n\n“2. Gửi danh mục.”.\n\n3. Bổ sung khoản 3 vào sau khoản 2 Điều 4 như sau:\n\n“3. Công bố.”.\n\n4. Bãi bỏ Điều 6.",
    );
    assert_eq!((done.applied, done.reasons), (1, vec!["overlaps", "overlaps", "overlaps"]));
    assert_eq!(
        done.text,
        BASE.replace("Điều 6. Khen thưởng\n\nViệc khen thưởng theo quy định của pháp luật.", "Điều 6. (được bãi bỏ)")
    );
}

#[test]
fn a_list_that_takes_away_phrases_repeals_no_provisions() {
    let found = read("1. Bỏ cụm từ “hằng năm” tại các điều, khoản sau đây:\n\na) Khoản 1 Điều 4;\n\nb) Điều 5.");
    assert!(found.iter().all(|one| !one.is_understood()), "{found:#?}");
    let found = read("1. Bãi bỏ các nội dung quy định về kinh phí tại:\n\na) Khoản 1 Điều 4;\n\nb) Điều 5.");
    assert!(!found.is_empty() && found.iter().all(|one| !one.is_understood()), "{found:#?}");
    let found = read("1. Bãi bỏ các điều, khoản sau đây:\n\na) Khoản 1 Điều 4;\n\nb) Điều 5.");
    assert_eq!(found.iter().filter(|one| matches!(one.operation, Operation::Repeal { .. })).count(), 2, "{found:#?}");
}

#[test]
fn a_quotation_that_is_not_closed_swallows_no_instruction() {
    let found = read(
        "1. Sửa đổi khoản 1 Điều 4 như sau:\n\n“1. Lập danh mục.\n\n2. Sửa đổi khoản 2 Điều 4 như sau:\n\n“2. Gửi danh mục.”.\n\n3. Bãi bỏ Điều 6.",
    );
    let told: Vec<(&str, bool)> = found.iter().map(|one| (one.operation.as_str(), one.is_understood())).collect();
    assert_eq!(told, [("unclear", false), ("replace", true), ("repeal", true)], "{found:#?}");
}

#[test]
fn an_instruction_inside_a_sentence_is_told_as_unclear() {
    let text = decision("1. Bãi bỏ Điều 6.").replace(
        "có hiệu lực thi hành từ ngày 01 tháng 4 năm 2032.",
        "có hiệu lực thi hành từ ngày 01 tháng 4 năm 2032 và bãi bỏ khoản 1 Điều 3 Quyết định số 9/2030/QĐ-UBND ngày 01 tháng 2 năm 2030.",
    );
    let found = instructions(&text, &parse(&text));
    let unclear: Vec<&Instruction> = found.iter().filter(|one| !one.is_understood()).collect();
    assert_eq!(unclear.len(), 1, "{found:#?}");
    assert!(matches!(unclear[0].operation, Operation::Unclear { reason: Unread::WithinSentence, .. }));
    assert_eq!(unclear[0].provisions().collect::<Vec<_>>(), ["art_3__para_1"]);
}

#[test]
fn a_wording_with_broken_lines_becomes_paragraphs_of_the_text() {
    let wrapped = "Kinh phí do ngân sách nhà nước bảo đảm theo phân cấp và các nguồn\nhợp pháp khác.";
    let filler: String = (1..=9)
        .map(|number| format!("{number}. Bãi bỏ cụm từ không có trong Quy chế này để dòng của văn bản\nđược ngắt giữa câu.\n\n"))
        .collect();
    let done = amend(BASE, &format!("{filler}10. Sửa đổi Điều 5 như sau:\n\n“Điều 5. Kinh phí\n\n{wrapped}”."));
    assert_eq!(done.applied, 1, "{:?}", done.reasons);
    assert!(
        done.text
            .contains("Điều 5. Kinh phí\n\nKinh phí do ngân sách nhà nước bảo đảm theo phân cấp và các nguồn hợp pháp khác.\n")
    );
}

#[test]
fn reasons_have_a_code_and_a_sentence_in_two_languages() {
    let reasons = [
        Reason::TargetNotFound { provision: "art_9".into() },
        Reason::WordingMissing,
        Reason::Overlaps,
        Reason::Unclear { reason: Unread::Words },
        Reason::PhraseNotFound { phrase: "hằng năm".into() },
    ];
    for reason in reasons {
        let text = reason.text();
        assert!(!text.vi.is_empty() && text.en.ends_with('.') && text.vi != text.en);
        let json = serde_json::to_value(&reason).unwrap();
        assert_eq!(json["code"], reason.code());
    }
}
