//! Bodies of administrative units from tables: the province of Sông Lam is merged with Cửa Lạch and keeps its name, the
//! province of Núi Bạc goes on, all districts end, communes are merged, parted, renamed or go on.

use crate::desk::{Desk, document, events, id, issuer, object, published, question};
use documents::areas::{AreaError, AreaSummary, NewUnit, OldUnit, Step, TableFault, Tables};
use documents::{DocumentInput, Error, IssuerInput, IssuerName};
use kernel::query::{Direction, Filter, ListQuery, Op, Projection, SortKey, State::Published, Test, Value};
use kernel::{Actor, Call, Row};
use serde_json::{Value as Json, json};
use std::time::Duration;
use store::Refusal;
use testkit::on_both;

fn old(code: &str, name: &str, within: [&str; 2]) -> OldUnit {
    let [district_code, province_code] = within.map(|code| (!code.is_empty()).then(|| code.to_owned()));
    OldUnit { code: code.into(), name: name.into(), district_code, province_code }
}

fn new(code: &str, full_name: &str, province: &str) -> NewUnit {
    let province_code = (!province.is_empty()).then(|| province.to_owned());
    NewUnit { code: code.into(), full_name: full_name.into(), province_code }
}

fn step(old_code: &str, new_code: &str, new_name: &str, extent: &str) -> Step {
    let new_province_code = (old_code.len() > 2).then(|| "97".to_owned());
    Step {
        old_code: old_code.into(),
        new_code: new_code.into(),
        new_name: new_name.into(),
        new_province_code,
        extent: extent.into(),
    }
}

pub fn tables() -> Tables {
    Tables {
        old_provinces: vec![
            old("97", "Tỉnh Sông Lam", ["", ""]),
            old("98", "Tỉnh Cửa Lạch", ["", ""]),
            old("99", "Thành phố Núi Bạc", ["", ""]),
        ],
        old_districts: vec![
            old("901", "Huyện Bến Thượng", ["", "97"]),
            old("902", "Thị xã Cửa Lạch", ["", "98"]),
            old("903", "Quận 1", ["", "99"]),
            old("904", "Huyện Đảo Nhạn", ["", "98"]),
        ],
        old_communes: vec![
            old("90001", "Xã Tân Lập", ["901", "97"]),
            old("90002", "Xã Bến", ["901", "97"]),
            old("90003", "Xã Tân Lập", ["902", "98"]),
            old("90004", "Phường Bến Cát", ["902", "98"]),
            old("90005", "Phường Đồi", ["903", "99"]),
            old("90006", "Phường 2", ["903", "99"]),
        ],
        new_provinces: vec![new("97", "Tỉnh Sông Lam", ""), new("99", "Thành phố Núi Bạc", "")],
        new_communes: vec![
            new("90001", "Xã Tân Lập", "97"),
            new("90004", "Phường Cửa Lạch", "97"),
            new("90007", "Đặc khu Đảo Nhạn", "97"),
            new("90005", "Phường Đồi", "99"),
            new("90016", "Phường Đồi Cao", "99"),
        ],
        province_steps: vec![
            step("97", "97", "Tỉnh Sông Lam", "full"),
            step("98", "97", "Tỉnh Sông Lam", "full"),
            step("99", "99", "Thành phố Núi Bạc", "full"),
        ],
        commune_steps: vec![
            step("90001", "90001", "Xã Tân Lập", "full"),
            step("90002", "90001", "Xã Tân Lập", "partial"),
            step("90002", "90004", "Phường Cửa Lạch", "partial"),
            step("90003", "90004", "Phường Cửa Lạch", "full"),
            step("90004", "90004", "Phường Cửa Lạch", "full"),
            step("904", "90007", "Đặc khu Đảo Nhạn", "full"),
            Step { new_province_code: Some("99".into()), ..step("90005", "90005", "Phường Đồi", "full") },
            // The code is another one since; it is found by its name.
            Step { new_province_code: Some("99".into()), ..step("90006", "90006", "Phường Đồi Cao", "full") },
        ],
    }
}

/// All bodies of the tables: of 14 units that ended or go on, and of 6 new ones, two each.
const ALL: usize = 2 * (2 + 1 + 1 + 4 + 5 + 5);

impl Desk {
    async fn import_areas(&self, most: usize) -> AreaSummary {
        let mut import = self.issuers.import_areas(&Call::operator(), &tables()).await.unwrap();
        while import.done() < import.len() {
            import.enter(most, Duration::from_secs(1)).await.unwrap();
        }
        import.summary().await.unwrap()
    }

    async fn coded(&self, code: &str) -> Row {
        let filter = Filter::Test(Test { field: "code".into(), op: Op::Eq, values: vec![Value::Text(code.into())] });
        let names = ["name", "short_name", "level", "area_code", "area_name", "parent_id", "valid_from", "valid_until"];
        let far = ["slug", "predecessors", "successors", "former_names", "former_codes", "revision"];
        let fields = Projection(names.into_iter().chain(far).map(Into::into).collect());
        let sort = vec![SortKey { field: "code".into(), direction: Direction::Asc }];
        let page = self.issuers.list(&ListQuery { filter, fields, sort, ..question(Published) }).await.unwrap();
        page.items.into_iter().next().unwrap_or_else(|| panic!("no body {code}")).1
    }
}

fn made(count: usize) -> AreaSummary {
    AreaSummary { made: count, ..AreaSummary::default() }
}

fn codes(relatives: &Json) -> Vec<[&str; 3]> {
    let told = |one: &'_ Json, name: &str| -> &'static str { Box::leak(one[name].as_str().unwrap().to_owned().into_boxed_str()) };
    relatives.as_array().unwrap().iter().map(|one| [told(one, "code"), told(one, "change"), told(one, "extent")]).collect()
}

#[tokio::test]
async fn every_unit_gets_its_bodies_with_code_life_and_succession() {
    on_both(|test| async {
        let desk = Desk::of(test);
        assert_eq!(desk.import_areas(7).await, made(ALL));
        let province = desk.coded("song-lam.ubnd").await;
        assert_eq!(
            codes(&province["predecessors"]),
            [["song-lam-den-2025.ubnd", "merged", "whole"], ["cua-lach.ubnd", "merged", "whole"]]
        );
        assert_eq!(province["predecessors"][0]["basis"], "202/2025/QH15");
        assert_eq!((&province["valid_from"], &province["valid_until"]), (&json!("2025-07-01"), &Json::Null));
        let former = desk.coded("song-lam-den-2025.ubnd").await;
        assert_eq!((&former["name"], &former["valid_until"]), (&province["name"], &json!("2025-07-01")));
        assert_eq!((&former["former_codes"], &former["former_names"]), (&json!(["song-lam.ubnd"]), &json!([])));
        let same = desk.coded("nui-bac.hdnd").await;
        assert_eq!((&same["valid_from"], &same["valid_until"], &same["revision"]), (&Json::Null, &Json::Null, &json!(1)));

        // A commune of today has the name of a district that ended; the address of the district still leads to it.
        assert_eq!(desk.coded("cua-lach.song-lam.ubnd").await["name"], "Ủy ban nhân dân phường Cửa Lạch");
        assert_eq!(desk.coded("cua-lach.cua-lach.ubnd").await["name"], "Ủy ban nhân dân thị xã Cửa Lạch");
        let commune = desk.coded("tan-lap.song-lam.ubnd").await;
        assert_eq!(
            (&commune["area_name"], &commune["short_name"]),
            (&json!("Xã Tân Lập, tỉnh Sông Lam"), &json!("UBND xã Tân Lập"))
        );
        assert_eq!((&commune["parent_id"], &commune["level"]), (&province["id"], &json!("commune")));
        assert_eq!(
            codes(&commune["predecessors"]),
            [["tan-lap.ben-thuong.song-lam.ubnd", "merged", "whole"], ["ben.ben-thuong.song-lam.ubnd", "merged", "partial"]]
        );
        let parted = desk.coded("ben.ben-thuong.song-lam.ubnd").await;
        assert_eq!(parted["successors"].as_array().unwrap().len(), 2);
        assert_eq!(parted["parent_id"], desk.coded("ben-thuong.song-lam.ubnd").await["id"]);
        let island = desk.coded("dao-nhan.song-lam.hdnd").await;
        assert_eq!(codes(&island["predecessors"]), [["dao-nhan.cua-lach.hdnd", "succeeded", "whole"]]);
        let renamed = desk.coded("doi-cao.nui-bac.ubnd").await;
        assert_eq!(codes(&renamed["predecessors"]), [["phuong-2.quan-1.nui-bac.ubnd", "renamed", "whole"]]);
        assert_eq!((&renamed["area_code"], &renamed["predecessors"][0]["basis"]), (&json!("90016"), &Json::Null));
        let going_on = desk.coded("doi.nui-bac.ubnd").await;
        assert_eq!((&going_on["valid_from"], &going_on["predecessors"]), (&Json::Null, &json!([])));
        assert_eq!(going_on["area_name"], "Phường Đồi, thành phố Núi Bạc");

        let before = desk.count("events").await;
        for most in [1000, 3] {
            assert_eq!(desk.import_areas(most).await, AreaSummary { unchanged: ALL, ..AreaSummary::default() });
        }
        assert_eq!((desk.count("events").await, desk.count("issuers").await), (before, ALL as i64));
    })
    .await;
}

#[tokio::test]
async fn texts_find_the_body_of_their_time_and_place() {
    on_both(|test| async {
        let desk = Desk::of(test);
        desk.import_areas(50).await;
        let found = async |name: &str, day: &str, body: &str| {
            let input = DocumentInput {
                issuer: Some(IssuerName { name: name.into() }),
                issued_on: Some(day.into()),
                body_text: Some(body.into()),
                ..document(&format!("{}/QĐ-UBND", day.replace('-', "")))
            };
            match desk.documents.create(&desk.editor, input).await {
                Ok(made) => made.row["issuer"]["code"].as_str().unwrap().to_owned(),
                Err(refused) => crate::desk::faults(&refused)[0].1.to_owned(),
            }
        };
        let tan_lap = "Ủy ban nhân dân xã Tân Lập";
        assert_eq!(found("Ủy ban nhân dân tỉnh Sông Lam", "2020-01-02", "").await, "song-lam-den-2025.ubnd");
        assert_eq!(found("Ủy ban nhân dân tỉnh Sông Lam", "2026-01-02", "").await, "song-lam.ubnd");
        assert_eq!(found(tan_lap, "2026-01-03", "").await, "tan-lap.song-lam.ubnd");
        assert_eq!(found(tan_lap, "2020-01-03", "").await, "issuer_ambiguous");
        assert_eq!(found(tan_lap, "2020-01-04", "của tỉnh Cửa Lạch").await, "tan-lap.cua-lach.cua-lach.ubnd");
        assert_eq!(found(tan_lap, "2020-01-05", "UBND huyện Bến Thượng").await, "tan-lap.ben-thuong.song-lam.ubnd");
        // One that goes on is known by the district it was in, too.
        let doi = "Ủy ban nhân dân phường Đồi, quận 1, thành phố Núi Bạc";
        assert_eq!(found(doi, "2020-01-06", "").await, "doi.nui-bac.ubnd");
        let codes = |coded: Vec<documents::Coded>| coded.into_iter().map(|one| (one.code, one.is_former)).collect::<Vec<_>>();
        assert_eq!(
            codes(desk.issuers.by_code("song-lam.ubnd").await.unwrap()),
            [("song-lam.ubnd".to_owned(), false), ("song-lam-den-2025.ubnd".to_owned(), true)]
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_there_is_completed_and_never_overwritten() {
    on_both(|test| async {
        let desk = Desk::of(test);
        // Most of its documents are from before the mergers: it is the province that ended.
        let name = |name: &str| Some(IssuerName { name: name.into() });
        for (number, day) in
            [("1/2020/QĐ-UBND", "2020-01-01"), ("2/2021/QĐ-UBND", "2021-01-01"), ("3/2026/QĐ-UBND", "2026-01-01")]
        {
            let issuer = name("UỶ BAN NHÂN DÂN TỈNH SÔNG LAM");
            desk.create(published(DocumentInput { issuer, issued_on: Some(day.into()), ..document(number) })).await;
        }
        // Without documents the present one is meant.
        let council = desk.issuers.create(&desk.editor, issuer("Hội đồng nhân dân tỉnh Sông Lam")).await.unwrap();
        let own = IssuerInput {
            short_name: Some("Ủy ban của tỉnh".into()),
            code: Some("cua-lach-cu".into()),
            ..issuer("Ủy ban nhân dân tỉnh Cửa Lạch")
        };
        let own = desk.issuers.create(&desk.editor, own).await.unwrap();
        let by_code = IssuerInput { code: Some("ben-thuong.song-lam.ubnd".into()), ..issuer("UBND huyện Bến Thượng") };
        let by_code = desk.issuers.create(&desk.editor, by_code).await.unwrap();
        let doubtful = desk.issuers.create(&desk.editor, issuer("Ủy ban nhân dân xã Tân Lập")).await.unwrap();
        let placed = IssuerInput {
            area_name: Some("Phường Đồi, thành phố Núi Bạc".into()),
            ..issuer("Ủy ban nhân dân phường Đồi")
        };
        let placed = desk.issuers.create(&desk.editor, placed).await.unwrap();

        let summary = desk.import_areas(9).await;
        assert_eq!(summary, AreaSummary { made: ALL - 5, completed: 5, unchanged: 0, doubtful: 1, outside_validity: 1 });
        let former = desk.coded("song-lam-den-2025.ubnd").await;
        assert_eq!(
            (&former["name"], &former["former_codes"]),
            (&json!("UỶ BAN NHÂN DÂN TỈNH SÔNG LAM"), &json!(["song-lam.ubnd"]))
        );
        assert_eq!(desk.coded("song-lam.ubnd").await["valid_from"], "2025-07-01");
        let now = desk.coded("song-lam.hdnd").await;
        assert_eq!((&now["id"], &now["valid_from"]), (&council.row["id"], &json!("2025-07-01")));
        let kept = desk.coded("cua-lach-cu").await;
        assert_eq!(
            (&kept["id"], &kept["short_name"], &kept["valid_until"], &kept["area_code"]),
            (&own.row["id"], &json!("Ủy ban của tỉnh"), &json!("2025-07-01"), &json!("98"))
        );
        let known = desk.coded("ben-thuong.song-lam.ubnd").await;
        assert_eq!((&known["id"], &known["name"]), (&by_code.row["id"], &json!("UBND huyện Bến Thượng")));
        assert_eq!(known["former_names"], json!(["Ủy ban nhân dân huyện Bến Thượng"]));
        let left = desk.coded(doubtful.row["code"].as_str().unwrap()).await;
        assert_eq!((&left["revision"], &left["area_code"]), (&json!(1), &Json::Null));
        assert_eq!(desk.coded(placed.row["code"].as_str().unwrap()).await["area_code"], "90005");
        assert_eq!(desk.events(id(&placed)).await, events(&[("created", 1), ("updated", 2)]));

        // What an editor changes stays changed.
        let patch = object(json!({ "short_name": "UBND tỉnh (cũ)", "code": "cua-lach.ubnd-cu" }));
        let seen = kernel::Revision(kept["revision"].as_i64().unwrap());
        desk.issuers.revise(&desk.editor, id(&own), seen, patch).await.unwrap();
        let again = desk.import_areas(9).await;
        assert_eq!((again.made, again.completed, again.unchanged), (0, 0, ALL));
        assert_eq!(desk.coded("cua-lach.ubnd-cu").await["short_name"], "UBND tỉnh (cũ)");
    })
    .await;
}

#[tokio::test]
async fn tables_that_do_not_hold_together_enter_nothing() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let fault = async |change: fn(&mut Tables)| {
            let mut tables = tables();
            change(&mut tables);
            match desk.issuers.import_areas(&Call::operator(), &tables).await {
                Err(AreaError::Tables(fault)) => fault.to_string(),
                Err(other) => panic!("{other}"),
                Ok(_) => panic!("they hold together"),
            }
        };
        let twice = fault(|tables| tables.old_provinces.push(old("97", "Tỉnh Khác", ["", ""]))).await;
        assert_eq!(twice, "old63_provinces: the code 97 is there twice");
        let nowhere = fault(|tables| tables.old_communes.push(old("90009", "Xã Khác", ["999", "97"]))).await;
        assert_eq!(nowhere, "old63_communes: the unit 90009 lies in 999, which is not there");
        for (code, name) in [("9000x", "Xã Khác"), ("90009", "Thôn Khác"), ("90009", "Xã"), ("", "Xã Khác"), ("90009", "Xã A, B")]
        {
            let mut tables = tables();
            tables.new_communes.push(new(code, name, "97"));
            let told = desk.issuers.import_areas(&Call::operator(), &tables).await.err().unwrap();
            assert!(matches!(told, AreaError::Tables(TableFault::Unreadable { .. })), "{code} {name}: {told}");
        }
        let unknown = fault(|tables| tables.commune_steps.push(step("90001", "90099", "Xã Nào", "full"))).await;
        assert_eq!(unknown, "map_commune_old_to_new: 90001 went into 90099, one of which is not there");
        let both = fault(|tables| tables.commune_steps.push(step("90003", "90004", "Phường Cửa Lạch", "full"))).await;
        assert_eq!(both, "map_commune_old_to_new: the code 90003 → 90004 is there twice");
        assert_eq!(desk.count("issuers").await, 0);
        let anyone = desk.issuers.import_areas(&Call::of(Actor::Anonymous), &tables()).await.err().unwrap();
        assert!(matches!(anyone, AreaError::Issuers(Error::Refused(Refusal::NotLoggedIn))));
        let empty = desk.issuers.import_areas(&Call::operator(), &Tables::default()).await.unwrap();
        assert!(empty.is_empty());
    })
    .await;
}
