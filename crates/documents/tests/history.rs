//! Issuing bodies before and after mergers.

use crate::desk::{Desk, document, events, faults, id, issuer, object, published, question};
use documents::{DocumentInput, Error, IssuerInput, PredecessorInput};
use kernel::query::{Direction, Filter, ListQuery, Op, Projection, SortKey, State::Published, Test, Value};
use kernel::{Actor, Call, Found, Id, Revision};
use serde_json::{Value as Json, json};
use store::Refusal;
use testkit::on_both;

const UBND: &str = "Ủy ban nhân dân tỉnh Sông Lam";
const MERGER: &str = "2025-07-01";

fn ended(name: &str) -> IssuerInput {
    IssuerInput { valid_until: Some(MERGER.into()), ..issuer(name) }
}

fn began(name: &str, predecessors: &[&Found]) -> IssuerInput {
    let after = |found: &&Found| PredecessorInput {
        change: Some("merged".into()),
        basis: Some("202/2025/QH15".into()),
        ..follows(id(found))
    };
    IssuerInput { valid_from: Some(MERGER.into()), predecessors: Some(predecessors.iter().map(after).collect()), ..issuer(name) }
}

fn follows(id: Id) -> PredecessorInput {
    PredecessorInput { issuer_id: id.to_string(), ..PredecessorInput::default() }
}

impl Desk {
    async fn body(&self, input: IssuerInput) -> Found {
        self.issuers.create(&self.editor, input).await.unwrap()
    }

    async fn refused(&self, input: IssuerInput) -> Vec<(String, &'static str)> {
        faults(&self.issuers.create(&self.editor, input).await.unwrap_err())
    }

    async fn change(&self, seen: &Found, patch: Json) -> Result<Found, Error> {
        self.issuers.revise(&self.editor, id(seen), seen.revision, object(patch)).await
    }

    /// A body as it is now.
    async fn now(&self, of: &Found) -> Found {
        let names = ["predecessors", "successors", "former_names", "former_codes", "revision", "code", "valid_until"];
        let fields = Projection(names.map(Into::into).to_vec());
        self.issuers.get_many(&[id(of)], &fields).await.unwrap().pop().unwrap()
    }

    /// The numbers of the documents of a body and those before it.
    async fn of_lineage(&self, op: Op, ids: &[Id]) -> Vec<String> {
        let values = ids.iter().copied().map(Value::Id).collect();
        let filter = Filter::Test(Test { field: "issuer_lineage".into(), op, values });
        self.numbers(&ListQuery { filter, ..question(Published) }).await
    }

    async fn issue(&self, number: &str, day: &str, by: &Found) -> Found {
        self.create(published(DocumentInput {
            issuer: None,
            issuer_id: Some(id(by).to_string()),
            issued_on: Some(day.into()),
            ..document(number)
        }))
        .await
    }
}

#[tokio::test]
async fn a_succession_is_told_by_the_successor_and_read_on_both_sides() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let (old, other) = (desk.body(ended(UBND)).await, desk.body(ended("Ủy ban nhân dân tỉnh Cửa Lạch")).await);
        let renamed = desk.change(&old, json!({ "code": "song-lam-den-2025.ubnd" })).await.unwrap();
        let new = desk.body(IssuerInput { code: Some("song-lam.ubnd".into()), ..began(UBND, &[&renamed, &other]) }).await;
        let relative = |of: &Found, code: &str| {
            json!({ "issuer_id": id(of).to_string(), "name": of.row["name"], "code": code, "on": MERGER,
                "change": "merged", "extent": "whole", "basis": "202/2025/QH15" })
        };
        assert_eq!(new.row["predecessors"], json!([relative(&old, "song-lam-den-2025.ubnd"), relative(&other, "cua-lach.ubnd")]));
        assert_eq!((&new.row["kind"], &new.row["level"]), (&json!("ubnd"), &json!("province")));
        for of in [&old, &other] {
            assert_eq!(desk.now(of).await.row["successors"], json!([relative(&new, "song-lam.ubnd")]));
        }
        assert_eq!(desk.events(id(&other)).await, events(&[("created", 1), ("updated", 2)]));

        let one = desk.change(&new, json!({ "predecessors": [{ "issuer_id": id(&old).to_string(), "extent": "partial" }] }));
        let one = one.await.unwrap();
        assert_eq!((one.revision, one.row["predecessors"][0]["extent"].as_str()), (Revision(2), Some("partial")));
        assert_eq!(desk.now(&other).await.row["successors"], json!([]));
        assert_eq!(desk.now(&other).await.revision, Revision(3));
        // What was read may be sent back, names and all.
        let same = desk.change(&one, json!({ "predecessors": one.row["predecessors"] })).await.unwrap();
        assert_eq!(same.revision, one.revision);
        let none = desk.change(&one, json!({ "predecessors": null, "kind": null })).await.unwrap();
        assert_eq!((&none.row["predecessors"], &none.row["kind"]), (&json!([]), &Json::Null));
    })
    .await;
}

#[tokio::test]
async fn the_lineage_of_a_body_reaches_over_every_step_and_never_sideways() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let first = desk.body(IssuerInput { valid_until: Some("1991-07-01".into()), ..issuer("Tỉnh một") }).await;
        let second = desk.body(IssuerInput {
            valid_from: Some("1991-07-01".into()),
            valid_until: Some(MERGER.into()),
            predecessors: Some(vec![follows(id(&first))]),
            ..issuer("Tỉnh hai")
        });
        let second = second.await;
        let beside = desk.body(ended("Tỉnh bên")).await;
        let third = desk.body(began("Tỉnh ba", &[&second, &beside])).await;
        let stranger = desk.body(issuer("Tỉnh khác")).await;
        for (number, day, by) in [
            ("1/1990/QĐ-UBND", "1990-01-01", &first),
            ("2/2000/QĐ-UBND", "2000-01-01", &second),
            ("3/2010/QĐ-UBND", "2010-01-01", &beside),
            ("4/2026/QĐ-UBND", "2026-01-01", &third),
            ("5/2026/QĐ-UBND", "2026-01-01", &stranger),
        ] {
            desk.issue(number, day, by).await;
        }
        let of = async |body: &Found| desk.of_lineage(Op::Eq, &[id(body)]).await.concat().replace("/QĐ-UBND", " ");
        assert_eq!(of(&third).await, "1/1990 2/2000 3/2010 4/2026 ");
        assert_eq!(of(&second).await, "1/1990 2/2000 ");
        assert_eq!(of(&first).await, "1/1990 ");
        assert_eq!(desk.of_lineage(Op::In, &[id(&second), id(&stranger)]).await.len(), 3);
        assert_eq!(desk.of_lineage(Op::Ne, &[id(&second)]).await.len(), 3);
        let nobody = Id::new(testkit::now());
        assert!(desk.of_lineage(Op::Eq, &[nobody]).await.is_empty());
        assert_eq!(desk.of_lineage(Op::Nin, &[nobody]).await.len(), 5);
        let missing = Filter::Test(Test { field: "issuer_lineage".into(), op: Op::Null, values: vec![Value::Bool(true)] });
        assert!(desk.numbers(&ListQuery { filter: missing, ..question(Published) }).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn one_number_in_one_year_of_two_bodies_of_one_name_is_two_documents() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let old = desk.body(ended(UBND)).await;
        let new = desk.body(began(UBND, &[&old])).await;
        assert_eq!(new.row["code"], "song-lam.ubnd-2");
        // The name alone says which is meant, by the day of issue.
        let named = |day: &str| {
            let issuer = Some(documents::IssuerName { name: UBND.to_uppercase() });
            published(DocumentInput { issuer, issued_on: Some(day.into()), ..document("7/2025/QĐ-UBND") })
        };
        let (before, after) = (desk.create(named("2025-03-03")).await, desk.create(named("2025-08-08")).await);
        assert_eq!((&before.row["issuer_id"], &after.row["issuer_id"]), (&old.row["id"], &new.row["id"]));
        let same_day = desk.issue("7/2025/QĐ-UBND", "2025-03-03", &new).await;
        assert_ne!(same_day.row["id"], before.row["id"]);
        assert!(matches!(
            desk.documents.create(&desk.editor, named("2025-08-08")).await,
            Err(Error::DocumentExists { other }) if other == id(&after)
        ));
        assert_eq!(desk.of_lineage(Op::Eq, &[id(&new)]).await.len(), 3);
        let undated = DocumentInput { issued_on: None, ..named("2025-03-03") };
        let refused = desk.documents.create(&desk.editor, undated).await.unwrap_err();
        assert_eq!(faults(&refused), [("/issuer/name".to_owned(), "issuer_ambiguous")]);
    })
    .await;
}

#[tokio::test]
async fn former_codes_and_names_still_lead_to_the_body() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let made = desk.body(issuer("Sở Thông tin và Truyền thông")).await;
        let of = id(&made);
        let renamed = desk.change(&made, json!({ "name": "Sở Khoa học", "code": "so-khoa-hoc" })).await.unwrap();
        assert_eq!(renamed.row["former_names"], json!(["Sở Thông tin và Truyền thông"]));
        assert_eq!(renamed.row["former_codes"], json!(["so-thong-tin-va-truyen-thong"]));
        let coded = async |code: &str| {
            let found = desk.issuers.by_code(code).await.unwrap();
            found.into_iter().map(|coded| (coded.id, coded.code, coded.is_former)).collect::<Vec<_>>()
        };
        assert_eq!(coded("so-khoa-hoc").await, [(of, "so-khoa-hoc".to_owned(), false)]);
        assert_eq!(coded("so-thong-tin-va-truyen-thong").await, [(of, "so-khoa-hoc".to_owned(), true)]);
        assert!(coded("so-nao-do").await.is_empty());

        let named = documents::IssuerName { name: "SỞ THÔNG TIN VÀ TRUYỀN THÔNG".into() };
        let found = desk.create(DocumentInput { issuer: Some(named), ..document("1/2020/QĐ-STTTT") }).await;
        assert_eq!(found.row["issuer_id"], made.row["id"]);

        // The code stays with the body that had it; only one that follows it may take it over.
        let taken = IssuerInput { code: Some("so-thong-tin-va-truyen-thong".into()), ..issuer("Sở mới") };
        let refused = desk.issuers.create(&desk.editor, taken.clone()).await;
        assert!(matches!(refused, Err(Error::IssuerExists { field: "code", other }) if other == of), "{refused:?}");
        let after = IssuerInput { predecessors: Some(vec![follows(of)]), ..taken };
        let successor = desk.body(after).await;
        assert_eq!(
            coded("so-thong-tin-va-truyen-thong").await,
            [(id(&successor), "so-thong-tin-va-truyen-thong".to_owned(), false), (of, "so-khoa-hoc".to_owned(), true)]
        );
        // A made code does not take a former one either.
        assert_eq!(desk.body(issuer("Sở Thông tin và truyền thông cũ")).await.row["code"], "so-thong-tin-va-truyen-thong-cu");
        let back = desk.change(&desk.now(&made).await, json!({ "code": "so-cu" })).await.unwrap();
        assert_eq!(back.row["former_codes"], json!(["so-khoa-hoc", "so-thong-tin-va-truyen-thong"]));
    })
    .await;
}

#[tokio::test]
async fn nobody_is_his_own_ancestor_and_days_agree() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let old = desk.body(ended("Một")).await;
        let new = desk.body(began("Hai", &[&old])).await;
        let newest = desk.body(IssuerInput {
            valid_from: Some("2026-01-01".into()),
            predecessors: Some(vec![follows(id(&new))]),
            ..issuer("Ba")
        });
        let newest = newest.await;
        let nobody = Id::new(testkit::now());
        let after = |found: &Found, on: &str| json!({ "predecessors": [{ "issuer_id": id(found).to_string(), "on": on }] });
        let told = async |seen: &Found, patch: Json| faults(&desk.change(&desk.now(seen).await, patch).await.unwrap_err());
        let at = |pointer: &str, code: &'static str| vec![(pointer.to_owned(), code)];

        assert_eq!(told(&new, after(&new, MERGER)).await[0], ("/predecessors/0/issuer_id".to_owned(), "own_ancestor"));
        assert_eq!(told(&old, after(&newest, "2025-01-01")).await[0], at("/predecessors/0/issuer_id", "own_ancestor")[0]);
        assert_eq!(told(&old, json!({ "parent_id": id(&old).to_string() })).await, at("/parent_id", "own_ancestor"));
        let below = desk.change(&desk.now(&old).await, json!({ "parent_id": id(&newest).to_string() })).await.unwrap();
        assert_eq!(below.row["parent_id"], newest.row["id"]);
        assert_eq!(told(&newest, json!({ "parent_id": id(&old).to_string() })).await, at("/parent_id", "own_ancestor"));
        assert_eq!(told(&newest, json!({ "parent_id": nobody.to_string() })).await, at("/parent_id", "unknown_issuer"));

        assert_eq!(told(&new, after(&old, "2025-07-02")).await, at("/predecessors/0/on", "outside_validity"));
        assert_eq!(told(&new, after(&old, "2025-06-30")).await, at("/predecessors/0/on", "outside_validity"));
        assert_eq!(told(&old, json!({ "valid_until": "2025-06-01" })).await, at("/valid_until", "outside_validity"));
        assert_eq!(told(&new, json!({ "valid_until": "2025-12-01" })).await, at("/valid_until", "outside_validity"));
        assert_eq!(told(&new, json!({ "valid_until": MERGER })).await, at("/valid_until", "ends_before_it_begins"));

        let unknown = PredecessorInput { on: Some("2025-02-30".into()), ..follows(nobody) };
        let twice = [follows(id(&old)), follows(id(&old)), PredecessorInput { change: Some("eaten".into()), ..follows(nobody) }];
        assert_eq!(
            desk.refused(IssuerInput { predecessors: Some(vec![follows(nobody)]), ..issuer("Bốn") }).await,
            at("/predecessors/0/issuer_id", "unknown_issuer")
        );
        assert_eq!(
            desk.refused(IssuerInput { predecessors: Some(vec![unknown]), ..issuer("Bốn") }).await,
            at("/predecessors/0/on", "invalid_date")
        );
        assert_eq!(
            desk.refused(IssuerInput { predecessors: Some(twice.to_vec()), ..issuer("Bốn") }).await,
            [("/predecessors/1/issuer_id".to_owned(), "told_twice"), ("/predecessors/2/change".to_owned(), "unknown_change")]
        );
        let odd = IssuerInput {
            kind: Some("vua".into()),
            level: Some("sky".into()),
            area_code: Some("x1".into()),
            parent_id: Some("1".into()),
            valid_from: Some("hôm nay".into()),
            short_name: Some("…".into()),
            area_name: Some("x".repeat(301)),
            ..issuer("Bốn")
        };
        let codes: Vec<_> = desk.refused(odd).await.into_iter().map(|(_, code)| code).collect();
        assert_eq!(
            codes,
            ["invalid_area_code", "too_long", "unknown_kind", "unknown_level", "invalid_id", "blank", "invalid_date"]
        );
    })
    .await;
}

#[tokio::test]
async fn of_two_bodies_that_would_each_follow_the_other_one_is_refused() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let (one, two) = (desk.body(issuer("Một")).await, desk.body(issuer("Hai")).await);
        let follow = |seen: &Found, other: &Found| {
            let patch = json!({ "predecessors": [{ "issuer_id": id(other).to_string() }] });
            let (seen, desk) = (seen.clone(), &desk);
            async move { desk.change(&seen, patch).await }
        };
        let (first, second) = tokio::join!(follow(&one, &two), follow(&two, &one));
        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    })
    .await;
}

#[tokio::test]
async fn a_name_is_shared_by_bodies_that_are_told_apart_by_place_or_time() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let name = "Ủy ban nhân dân xã Tân Lập";
        let in_area = |code: &str, area: &str| IssuerInput {
            area_code: Some(code.into()),
            area_name: Some(format!("Xã Tân Lập, {area}")),
            ..issuer(name)
        };
        let one = desk.body(in_area("00001", "huyện Bến Thượng, tỉnh Sông Lam")).await;
        let two = desk.body(in_area("00002", "tỉnh Cửa Lạch")).await;
        assert_eq!((&one.row["code"], &two.row["code"]), (&json!("tan-lap.ubnd"), &json!("tan-lap.ubnd-2")));
        for taken in
            [issuer(name), in_area("00002", "tỉnh khác"), IssuerInput { area_code: None, ..in_area("1", "TỈNH CỬA LẠCH") }]
        {
            let refused = desk.issuers.create(&desk.editor, taken).await;
            assert!(matches!(refused, Err(Error::IssuerExists { field: "name", .. })), "{refused:?}");
        }
        let ending = desk.change(&two, json!({ "valid_until": MERGER })).await.unwrap();
        let later = IssuerInput { valid_from: Some(MERGER.into()), ..in_area("00002", "tỉnh Cửa Lạch") };
        let later = desk.body(later).await;
        let refused = desk.change(&ending, json!({ "valid_until": "2025-07-02" })).await;
        assert!(matches!(refused, Err(Error::IssuerExists { field: "name", other }) if other == id(&later)), "{refused:?}");

        let text = |place: &str, day: &str| {
            crate::desk::printed("1/2024/QĐ-UBND", "Về việc của xã", place)
                .replace("TỈNH LAI CHÂU", "XÃ TÂN LẬP")
                .replace("Lai Châu, ngày 02 tháng 12 năm 2020", &format!("Tân Lập, ngày {day}"))
        };
        let found = async |file: &str, place: &str, day: &str| {
            let import = desk.import(file, text(place, day)).await;
            (desk.live(import.id).await.unwrap()["issuer_id"].clone(), import.warnings)
        };
        assert_eq!(
            found("a.txt", "Theo đề nghị của UBND huyện Bến Thượng", "05 tháng 5 năm 2024").await,
            (one.row["id"].clone(), vec!["effective_date_not_found".to_owned()])
        );
        assert_eq!(found("b.txt", "của tỉnh Cửa Lạch", "06 tháng 5 năm 2024").await.0, two.row["id"]);
        assert_eq!(found("c.txt", "của tỉnh Cửa Lạch", "06 tháng 5 năm 2026").await.0, later.row["id"]);
        let (none, warnings) = found("d.txt", "không nơi nào", "07 tháng 5 năm 2024").await;
        assert!(none.is_null() && warnings.contains(&"issuer_ambiguous".to_owned()), "{none} {warnings:?}");
        let whole = documents::IssuerName {
            name: "Ủy ban nhân dân xã Tân Lập, huyện Bến Thượng, tỉnh Sông Lam".into()
        };
        let by_name = desk.create(DocumentInput { issuer: Some(whole), ..document("2/2024/QĐ-UBND") }).await;
        assert_eq!(by_name.row["issuer_id"], one.row["id"]);
    })
    .await;
}

#[tokio::test]
async fn a_text_of_a_body_that_had_ended_says_so() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let old = desk.body(IssuerInput { valid_until: Some("2020-01-01".into()), ..issuer(crate::desk::LAI_CHAU) }).await;
        let import = desk.import("a.txt", crate::desk::printed("1/2020/QĐ-UBND", "Về việc của tỉnh", "")).await;
        assert!(import.warnings.contains(&"issuer_outside_validity".to_owned()), "{:?}", import.warnings);
        assert_eq!(desk.live(import.id).await.unwrap()["issuer_id"], old.row["id"]);
    })
    .await;
}

#[tokio::test]
async fn a_body_that_others_stand_on_is_kept_and_rights_are_asked_for() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let admin = Call::of(testkit::admin());
        let old = desk.body(ended("Một")).await;
        let new = desk.body(began("Hai", &[&old])).await;
        let below = desk.body(IssuerInput { parent_id: Some(id(&new).to_string()), ..issuer("Ba") }).await;
        let delete = async |found: &Found| desk.issuers.delete(&admin, id(found), desk.now(found).await.revision).await;
        assert!(matches!(delete(&old).await, Err(Error::IssuerInUse)));
        assert!(matches!(delete(&new).await, Err(Error::IssuerInUse)));
        delete(&below).await.unwrap();
        delete(&new).await.unwrap();
        assert_eq!(desk.now(&old).await.row["successors"], json!([]));
        assert_eq!(desk.now(&old).await.revision, Revision(3));
        delete(&old).await.unwrap();
        assert_eq!((desk.count("issuers").await, desk.count("issuer_successions").await), (0, 0));

        let anyone = Call::of(Actor::Anonymous);
        let refused = desk.issuers.create(&anyone, began("Bốn", &[])).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NotLoggedIn))));
        let made = desk.body(issuer("Bốn")).await;
        let patch = object(json!({ "predecessors": [] }));
        let refused = desk.issuers.revise(&anyone, id(&made), made.revision, patch).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NotLoggedIn))));
        let refused = desk.issuers.delete(&desk.editor, id(&made), made.revision).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Forbidden(_)))));
    })
    .await;
}

#[tokio::test]
async fn bodies_are_asked_for_by_place_level_and_validity() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let province = desk.body(ended(UBND)).await;
        let commune = desk.body(IssuerInput {
            area_code: Some("00001".into()),
            area_name: Some("Xã Bến, tỉnh Sông Lam".into()),
            parent_id: Some(id(&province).to_string()),
            short_name: Some("UBND xã Bến".into()),
            valid_from: Some(MERGER.into()),
            ..issuer("Ủy ban nhân dân xã Bến")
        });
        let commune = commune.await;
        let found = async |field: &'static str, op, value: Value| {
            let filter = Filter::Test(Test { field: field.into(), op, values: vec![value] });
            let fields = Projection(vec!["code".into()]);
            let sort = vec![SortKey { field: "name".into(), direction: Direction::Asc }];
            let page = desk.issuers.list(&ListQuery { filter, fields, sort, ..question(Published) }).await.unwrap();
            page.items.into_iter().map(|(_, row)| row["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>().concat()
        };
        let text = |text: &str| Value::Text(text.to_owned());
        assert_eq!(found("level", Op::Eq, text("province")).await, "song-lam.ubnd");
        assert_eq!(found("kind", Op::Eq, text("ubnd")).await, "song-lam.ubndben.ubnd");
        assert_eq!(found("area_code", Op::Eq, text("00001")).await, "ben.ubnd");
        assert_eq!(found("area_name", Op::Contains, text("TỈNH SÔNG LAM")).await, "ben.ubnd");
        assert_eq!(found("short_name", Op::Starts, text("ubnd xã")).await, "ben.ubnd");
        assert_eq!(found("parent_id", Op::Eq, Value::Id(id(&province))).await, "ben.ubnd");
        assert_eq!(found("valid_from", Op::Lte, text(MERGER)).await, "ben.ubnd");
        assert_eq!(found("valid_until", Op::Null, Value::Bool(true)).await, "ben.ubnd");
        assert_eq!(commune.row["parent_id"], province.row["id"]);
    })
    .await;
}
