//! Lists of documents: what they show to whom, and status as it is computed.

use crate::desk::{Desk, document, id, is, published, question, text};
use documents::{DocumentInput, document_fields};
use kernel::query::State::{Draft, Published};
use kernel::query::{Direction, Filter, ListQuery, Op, Projection, SortKey, Test, Value};
use kernel::{Actor, Locale, PageRequest, Total};
use serde_json::json;
use testkit::on_both;

fn in_force(number: &str, from: Option<&str>, until: Option<&str>) -> DocumentInput {
    DocumentInput { effective_on: from.map(Into::into), expires_on: until.map(Into::into), ..document(number) }
}

#[tokio::test]
async fn status_is_computed_for_the_day_and_filtered_as_it_is_shown() {
    on_both(|test| async {
        let desk = Desk::of(test);
        for (number, from, until) in [
            ("1/2026/QĐ-UBND", Some("2026-11-23"), None),
            ("2/2026/QĐ-UBND", Some("2026-11-22"), Some("2026-11-23")),
            ("3/2026/QĐ-UBND", Some("2026-11-01"), Some("2026-11-22")),
            ("4/2026/QĐ-UBND", None, None),
            ("5/2026/QĐ-UBND", None, Some("2026-11-22")),
            ("6/2026/QĐ-UBND", None, Some("2026-11-23")),
        ] {
            desk.create(published(in_force(number, from, until))).await;
        }
        let check = async |want: [&str; 6]| {
            let fields = Projection(["number", "status"].map(Into::into).to_vec());
            let page = desk.documents.list(&Actor::Anonymous, &ListQuery { fields, ..question(Published) }).await.unwrap();
            let shown: Vec<_> = page.items.iter().map(|(_, row)| row["status"].as_str().unwrap().to_owned()).collect();
            assert_eq!(shown, want);
            for status in ["not-yet-in-force", "in-force", "expired", "unknown", "suspended"] {
                let filter = is("status", Op::Eq, &[status]);
                let found = desk.numbers(&ListQuery { filter, ..question(Published) }).await;
                let expected: Vec<_> = (1..).zip(want).filter(|(_, shown)| *shown == status).collect();
                let expected: Vec<_> = expected.into_iter().map(|(at, _)| format!("{at}/2026/QĐ-UBND")).collect();
                assert_eq!(found, expected, "{status}");
            }
            let filter = is("status", Op::In, &["expired", "unknown"]);
            let either = desk.numbers(&ListQuery { filter, ..question(Published) }).await.len();
            assert_eq!(either, want.iter().filter(|shown| ["expired", "unknown"].contains(shown)).count());
        };
        check(["not-yet-in-force", "in-force", "expired", "unknown", "expired", "unknown"]).await;
        desk.pass(14 * 3600 - 1);
        check(["not-yet-in-force", "in-force", "expired", "unknown", "expired", "unknown"]).await;
        desk.pass(1);
        check(["in-force", "expired", "expired", "unknown", "expired", "expired"]).await;
    })
    .await;
}

#[tokio::test]
async fn a_list_reads_only_the_fields_that_are_asked_for() {
    on_both(|test| async {
        let desk = Desk::of(test);
        desk.create(published(DocumentInput { body_text: text("Điều 1"), ..document("43/2020/QĐ-UBND") })).await;
        let row = async |fields: &[&'static str]| {
            let fields = Projection(fields.iter().map(|name| (*name).into()).collect());
            let page = desk.documents.list(&Actor::Anonymous, &ListQuery { fields, ..question(Published) }).await.unwrap();
            serde_json::Value::Object(page.items.into_iter().next().unwrap().1)
        };
        let names = |row: &serde_json::Value| row.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&row(&[]).await), ["id", "type", "issuer_id"]);
        assert_eq!(names(&row(&["title", "number"]).await), ["id", "type", "number", "title", "issuer_id"]);
        assert_eq!(row(&["body_text"]).await["body_text"], "Điều 1");
        assert_eq!(row(&["status", "issuer", "revision"]).await["issuer"]["code"], "lai-chau.ubnd");
    })
    .await;
}

#[tokio::test]
async fn no_filter_and_no_order_shows_a_draft_to_the_public() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let live = desk.create(published(in_force("1/2020/QĐ-UBND", Some("2020-01-01"), None))).await;
        desk.patch(&live, json!({ "title": "Bí mật", "place": "Bí mật", "number": "7/2020/QĐ-UBND" })).await;
        let secret = desk.create(DocumentInput { place: text("Bí mật"), ..document("2/2020/QĐ-UBND") }).await;
        let gone = desk.create(published(document("3/2020/QĐ-UBND"))).await;
        desk.withdraw(&gone).await;
        let fields = Projection(document_fields().into_iter().map(|field| field.name).collect());
        for field in document_fields() {
            let values = match secret.row.get(field.name.as_ref()).and_then(|value| value.as_str()) {
                Some(value) => vec![field.kind.parse(value).unwrap()],
                None => vec![Value::Null],
            };
            for &op in field.kind.operators().iter().chain(&[Op::Null]) {
                for values in [values.clone(), vec![Value::Bool(true)], vec![Value::Bool(false)], Vec::new()] {
                    if op != Op::Null && matches!(values.first(), Some(Value::Bool(_))) {
                        continue;
                    }
                    let test = Filter::Test(Test { field: field.name.clone(), op, values });
                    let filter = Filter::Any(vec![test, is("state", Op::Eq, &["draft"]), Filter::default()]);
                    let page = PageRequest { total: Total::Count, ..PageRequest::default() };
                    let query = ListQuery { filter, fields: fields.clone(), page, ..question(Published) };
                    let shown = desk.documents.list(&Actor::Anonymous, &query).await.unwrap();
                    assert_eq!((shown.items.len(), shown.total), (1, Some(1)), "{} {op:?}", field.name);
                    assert!(!format!("{:?}", shown.items).contains("Bí mật"));
                }
            }
            for direction in [Direction::Asc, Direction::Desc] {
                let sort = vec![SortKey { field: field.name.clone(), direction }];
                let shown = desk.documents.list(&Actor::Anonymous, &ListQuery { sort, ..question(Published) }).await.unwrap();
                assert_eq!(shown.items.len(), 1);
                assert_eq!(shown.items[0].1["number"], "1/2020/QĐ-UBND");
            }
        }
        assert_eq!(desk.numbers(&question(Draft)).await, ["2/2020/QĐ-UBND", "3/2020/QĐ-UBND", "7/2020/QĐ-UBND"]);
        let many = [&live, &secret, &gone].map(id);
        let view = kernel::View { as_of: None, fields, state: Published, lang: kernel::Language::Source };
        assert_eq!(desk.documents.get_many(&Actor::Anonymous, &many, &view).await.unwrap().len(), 1);
        assert_eq!(desk.documents.get_many(&desk.editor.actor, &many, &view).await.unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_list_is_narrowed_to_a_language() {
    on_both(|test| async {
        let desk = Desk::of(test);
        desk.create(published(document("1/2020/QĐ-UBND"))).await;
        desk.create(published(DocumentInput { language: text("en"), ..document("2/2020/QĐ-UBND") })).await;
        let numbers = async |lang| desk.numbers(&ListQuery { lang: Locale::parse(lang), ..question(Published) }).await;
        assert_eq!(numbers("en").await, ["2/2020/QĐ-UBND"]);
        assert_eq!(numbers("vi").await, ["1/2020/QĐ-UBND"]);
        assert_eq!(numbers("fr").await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn every_text_field_is_asked_for_in_any_case() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let input = DocumentInput {
            title: text("Về Đường sắt"),
            place: text("Điện Biên"),
            signer_name: text("Đỗ Thị Ấn"),
            signer_title: text("CHỦ TỊCH"),
            signer_capacity: text("TM."),
            gazette_number: text("15 + 16 A"),
            language: text("zh-CN"),
            ..document("43/2020/QĐ-UBND")
        };
        desk.create(published(input)).await;
        for (field, part, start) in [
            ("number", "qđ-ubnd", "43/2020/qđ"),
            ("title", "ĐƯỜNG", "VỀ đ"),
            ("place", "BIÊN", "điện"),
            ("signer_name", "thị", "ĐỖ"),
            ("signer_title", "tịch", "Chủ"),
            ("signer_capacity", "m.", "tm"),
            ("gazette_number", "16 a", "15 + 16 a"),
            ("language", "H-cn", "ZH"),
            ("doc_type", "ĐỊNH", "QUYET"),
        ] {
            let found =
                async |op, value| desk.numbers(&ListQuery { filter: is(field, op, &[value]), ..question(Published) }).await.len();
            assert_eq!(found(Op::Contains, part).await, usize::from(field != "doc_type"), "{field} contains {part}");
            assert_eq!(found(Op::Starts, start).await, 1, "{field} starts {start}");
            assert_eq!(found(Op::Starts, part).await, 0, "{field} starts {part}");
        }
    })
    .await;
}
