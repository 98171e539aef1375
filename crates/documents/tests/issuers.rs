//! Issuing authorities.

use crate::desk::{Desk, document, events, faults, id, issuer, object, published};
use documents::{DocumentInput, Error, IssuerInput, IssuerName};
use kernel::query::{Op, Projection};
use kernel::{Call, Revision};
use serde_json::json;
use store::Refusal;
use testkit::on_both;

fn named(name: &str, number: &str) -> DocumentInput {
    DocumentInput { issuer: Some(IssuerName { name: name.to_owned() }), ..document(number) }
}

#[tokio::test]
async fn an_issuer_is_found_by_name_wherever_tones_and_capitals_are_written() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let first = desk.create(named("Ủy ban nhân dân tỉnh Hòa Bình", "1/2020/QĐ-UBND")).await;
        for (at, name) in
            ["Uỷ ban nhân dân tỉnh Hoà Bình", "ỦY BAN  NHÂN DÂN\nTỈNH HÒA BÌNH", "u\u{309}y ban nhân dân tỉnh hoà bình"]
                .into_iter()
                .enumerate()
        {
            let found = desk.create(named(name, &format!("{}/2021/QĐ-UBND", at + 1))).await;
            assert_eq!(found.row["issuer"], first.row["issuer"], "{name}");
        }
        let other = desk.create(named("Ủy ban nhân dân tỉnh Hóa Bình", "9/2020/QĐ-UBND")).await;
        assert_ne!(other.row["issuer_id"], first.row["issuer_id"]);
        let want = json!({ "id": first.row["issuer_id"], "name": "Ủy ban nhân dân tỉnh Hòa Bình",
            "slug": "uy-ban-nhan-dan-tinh-hoa-binh", "code": "hoa-binh.ubnd" });
        assert_eq!(first.row["issuer"], want);
        assert_eq!(other.row["issuer"]["slug"], "uy-ban-nhan-dan-tinh-hoa-binh-2");
        assert_eq!(other.row["issuer"]["code"], "hoa-binh.ubnd-2");
    })
    .await;
}

#[tokio::test]
async fn an_issuer_that_many_name_at_once_is_made_once() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let names = ["Bộ Tài chính", "BỘ TÀI CHÍNH", "Bộ  Tài chính", "bộ tài chính"];
        let inputs = names.iter().enumerate().map(|(at, name)| named(name, &format!("{}/2020/QĐ-BTC", at + 1)));
        let made = futures_util::future::join_all(inputs.map(|input| desk.documents.create(&desk.editor, input))).await;
        assert!(made.iter().all(Result::is_ok), "{made:?}");
        assert_eq!((desk.count("issuers").await, desk.count("resources WHERE type = 'issuer'").await), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn name_slug_and_code_belong_to_one_issuer() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let given = IssuerInput { slug: Some("bo-tc".into()), code: Some("btc".into()), ..issuer("Bộ Tài chính") };
        let first = desk.issuers.create(&desk.editor, given).await.unwrap();
        let taken = async |input| match desk.issuers.create(&desk.editor, input).await {
            Err(Error::IssuerExists { field, other }) if other == id(&first) => field,
            outcome => panic!("{outcome:?}"),
        };
        assert_eq!(taken(issuer("BỘ TÀI CHÍNH")).await, "name");
        assert_eq!(taken(IssuerInput { slug: Some("bo-tc".into()), ..issuer("Bộ khác") }).await, "slug");
        assert_eq!(taken(IssuerInput { code: Some("btc".into()), ..issuer("Bộ khác") }).await, "code");
        let other = desk.issuers.create(&desk.editor, issuer("Bộ Nội vụ")).await.unwrap();
        let patch = |patch| desk.issuers.revise(&desk.editor, id(&other), other.revision, object(patch));
        for (field, value) in [("name", "bộ tài chính"), ("slug", "bo-tc"), ("code", "btc")] {
            assert!(
                matches!(patch(json!({ field: value })).await, Err(Error::IssuerExists { field: told, .. }) if told == field)
            );
        }
        let same = patch(json!({ "slug": null, "name": "Bộ Nội vụ" })).await.unwrap();
        assert_eq!((same.revision, &same.row), (Revision(1), &other.row));
        let renamed = patch(json!({ "name": "BỘ NỘI VỤ" })).await.unwrap();
        assert_eq!((renamed.revision, &renamed.row["slug"]), (Revision(2), &other.row["slug"]));
        assert!(matches!(patch(json!({ "name": "Khác" })).await, Err(Error::Refused(Refusal::Stale))));
        assert_eq!(desk.events(id(&other)).await, events(&[("created", 1), ("updated", 2)]));
    })
    .await;
}

#[tokio::test]
async fn of_issuers_of_one_name_or_slug_made_at_once_one_wins() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let slugged = |name: &str| IssuerInput { slug: Some("bo".into()), ..issuer(name) };
        let same_name = [issuer("Bộ Y tế"), issuer("BỘ Y TẾ"), issuer("bộ y tế")];
        let same_slug = [slugged("Bộ A"), slugged("Bộ B"), slugged("Bộ C")];
        for (inputs, at_fault) in [(same_name, "name"), (same_slug, "slug")] {
            let made = futures_util::future::join_all(inputs.map(|input| desk.issuers.create(&desk.editor, input))).await;
            assert_eq!(made.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{made:?}");
            let named =
                |outcome: &&Result<_, Error>| matches!(outcome, Err(Error::IssuerExists { field, .. }) if *field == at_fault);
            assert_eq!(made.iter().filter(named).count(), 2, "{made:?}");
        }
        let [one, two] = [issuer("Một"), issuer("Hai")].map(|input| desk.issuers.create(&desk.editor, input));
        let (one, two) = (one.await.unwrap(), two.await.unwrap());
        let rename =
            |found: &kernel::Found| desk.issuers.revise(&desk.editor, id(found), Revision(1), object(json!({ "name": "Ba" })));
        let (first, second) = tokio::join!(rename(&one), rename(&two));
        assert!(first.is_ok() != second.is_ok());
        assert!([first, second].iter().any(|outcome| matches!(outcome, Err(Error::IssuerExists { field: "name", .. }))));
    })
    .await;
}

#[tokio::test]
async fn an_issuer_in_use_is_not_deleted_even_by_a_superseded_edition() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let admin = Call::of(testkit::admin());
        let made = desk.create(published(named("Bộ Y tế", "1/2020/QĐ-BYT"))).await;
        let used = kernel::Id::parse(made.row["issuer_id"].as_str().unwrap()).unwrap();
        let delete = || desk.issuers.delete(&admin, used, Revision(1));
        assert!(matches!(delete().await, Err(Error::IssuerInUse)));
        let moved = desk.patch(&made, json!({ "issuer": { "name": "Bộ Nội vụ" } })).await;
        desk.publish(&moved).await;
        assert!(matches!(delete().await, Err(Error::IssuerInUse)));
        let free = desk.issuers.create(&admin, issuer("Bộ thừa")).await.unwrap();
        assert!(matches!(desk.issuers.delete(&admin, id(&free), Revision(2)).await, Err(Error::Refused(Refusal::Stale))));
        desk.issuers.delete(&admin, id(&free), Revision(1)).await.unwrap();
        assert!(matches!(desk.issuers.delete(&admin, id(&free), Revision(1)).await, Err(Error::Refused(Refusal::NotFound))));
        assert_eq!(desk.events(id(&free)).await, events(&[("created", 1), ("deleted", 2)]));
        let name = Projection(vec!["name".into()]);
        assert!(desk.issuers.get_many(&[id(&free)], &name).await.unwrap().is_empty());
        assert_eq!(desk.issuers.get_many(&[used, id(&free)], &name).await.unwrap()[0].row["name"], "Bộ Y tế");
    })
    .await;
}

#[tokio::test]
async fn an_issuer_deleted_while_documents_are_made_of_it_leaves_no_broken_document() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let admin = Call::of(testkit::admin());
        for round in 0..5 {
            let free = desk.issuers.create(&admin, issuer(&format!("Bộ số {round}"))).await.unwrap();
            let by_id = DocumentInput {
                issuer: None,
                issuer_id: Some(id(&free).to_string()),
                ..document(&format!("{}/2020/QĐ-BYT", round + 1))
            };
            let by_name = named(&format!("Bộ số {round}"), &format!("{}/2020/TT-BYT", round + 1));
            let (gone, one, two) = tokio::join!(
                desk.issuers.delete(&admin, id(&free), Revision(1)),
                desk.documents.create(&desk.editor, by_id),
                desk.documents.create(&desk.editor, by_name)
            );
            assert!(matches!(gone, Ok(()) | Err(Error::IssuerInUse)), "{gone:?}");
            assert!(matches!(one, Ok(_) | Err(Error::Refused(Refusal::Invalid(_)))), "{one:?}");
            assert_eq!(one.is_err(), gone.is_ok());
            assert!(two.is_ok(), "{two:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn issuers_are_listed_and_asked_for_by_name_in_any_case() {
    on_both(|test| async {
        let desk = Desk::of(test);
        for name in ["Đảng ủy tỉnh", "Bộ Y tế", "Ủy ban nhân dân tỉnh Sơn La"] {
            desk.issuers.create(&desk.editor, issuer(name)).await.unwrap();
        }
        let names = async |filter| {
            let sort = vec![kernel::query::SortKey { field: "name".into(), direction: kernel::query::Direction::Asc }];
            let fields = Projection(vec!["name".into()]);
            let query =
                kernel::query::ListQuery { filter, sort, fields, ..crate::desk::question(kernel::query::State::Published) };
            let page = desk.issuers.list(&query).await.unwrap();
            page.items.into_iter().map(|(_, row)| row["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let all = names(kernel::query::Filter::default()).await;
        assert_eq!(all, ["Bộ Y tế", "Đảng ủy tỉnh", "Ủy ban nhân dân tỉnh Sơn La"]);
        assert_eq!(names(crate::desk::is("name", Op::Starts, &["ĐẢNG"])).await, ["Đảng ủy tỉnh"]);
        assert_eq!(names(crate::desk::is("name", Op::Contains, &["SƠN"])).await, ["Ủy ban nhân dân tỉnh Sơn La"]);
        assert_eq!(names(crate::desk::is("code", Op::Eq, &["son-la.ubnd"])).await, ["Ủy ban nhân dân tỉnh Sơn La"]);
        let refused = desk.issuers.create(&desk.editor, issuer("…")).await.unwrap_err();
        assert_eq!(faults(&refused), [("/name".to_owned(), "blank")]);
    })
    .await;
}
