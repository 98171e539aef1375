//! Law is found by provision, in the words and with the force of a day.

use super::{hits, ids, settled, until};
use crate::client::Client;
use crate::law::{DECREE, amendment, decision, import, original, repeal};
use crate::server::on_both;
use serde_json::{Value, json};

fn id(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

/// The hit of this document among what a search finds.
fn hit(client: &Client, query: &str, path: &str) -> Option<Value> {
    let found = client.get(&format!("/v1/search?{query}")).json();
    found["data"].as_array().unwrap_or_else(|| panic!("{found}")).iter().find(|hit| hit["id"] == id(path)).cloned()
}

#[test]
fn a_search_finds_the_provision_and_leads_to_it() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let paths = import(&admin, &[DECREE, &original()]);
        assert_eq!(hits(&anyone, "muon+toi+da+3+cuon", 1).len(), 1);
        let hit = hit(&anyone, "q=muon toi da 3 cuon", &paths[1]).unwrap();
        let matched = &hit["matched"];
        assert_eq!((&matched["eid"], &matched["heading"]), (&json!("art_2"), &json!("Điều 2. Thời hạn mượn")), "{hit}");
        let read = anyone.get(matched["url"].as_str().unwrap());
        assert!(read.status == 200 && read.data()["text"].as_str().unwrap().contains("tối đa 3 cuốn"), "{}", read.text());
        assert!(hit["highlights"]["body"][0].as_str().unwrap().contains("<mark>3</mark> <mark>cuốn</mark>"), "{hit}");
        assert_eq!(anyone.get(hit["url"].as_str().unwrap()).status, 200);
    });
}

#[test]
fn the_law_of_a_day_is_searched_in_the_words_of_that_day() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let paths = import(&admin, &[DECREE, &original(), &amendment(), &repeal()]);
        let (decree, decision, amending) = (&paths[0], &paths[1], &paths[2]);
        let has = |words: &str, day: &str, path: &str| hit(&anyone, &format!("q=\"{words}\"&as_of={day}"), path).is_some();
        assert!(until(|| has("14 ngày", "2025-06-01", decision)), "{}", server.log());
        settled(&server);

        assert!(has("10 ngày", "2025-05-31", decision) && !has("14 ngày", "2025-05-31", decision));
        assert!(!has("10 ngày", "2025-06-01", decision), "the words of another day are not found");
        assert!(has("gia hạn một lần", "2025-06-01", decision) && !has("gia hạn một lần", "2025-05-31", decision));
        assert!(has("buổi chiều từ 14 giờ", "2025-05-31", decision) && !has("buổi chiều từ 14 giờ", "2025-06-01", decision));
        // What leads there leads to the text of that day.
        let found = hit(&anyone, "q=\"10 ngày\"&as_of=2025-05-31", decision).unwrap();
        let url = found["matched"]["url"].as_str().unwrap();
        assert!(url.contains("as_of=2025-05-31"), "{url}");
        assert!(anyone.get(url).data()["text"].as_str().unwrap().contains("10 ngày"));

        // Only what is in force.
        assert!(!has("thời hạn mượn sách", "2024-06-30", decision), "it takes effect on the next day");
        assert!(has("thời hạn mượn sách", "2024-07-01", decision));
        assert!(has("thời hạn mượn sách", "2025-09-30", decision));
        assert!(!has("thời hạn mượn sách", "2025-10-01", decision), "it is repealed");
        assert!(!has("sửa đổi khoản 1 điều 2", "2025-05-31", amending) && has("sửa đổi khoản 1 điều 2", "2025-06-01", amending));
        assert!(has("thư viện số", "2020-05-01", decree) && !has("thư viện số", "2020-04-30", decree));
        // Without a day everything that is published is found, whatever its force.
        let now = hit(&anyone, "q=thoi han muon sach&filter[status]=expired", decision);
        assert!(now.is_some());
        let of = |day: &str| {
            let found = anyone.get(&format!("/v1/search?filter[type]=document&facets=status&meta=total&as_of={day}")).json();
            (found["meta"]["total"].clone(), found["meta"]["facets"]["status"].clone(), ids(&found).len())
        };
        let (total, statuses, listed) = of("2025-06-01");
        let listed_there =
            anyone.get("/v1/documents?as_of=2025-06-01&filter[status][in]=in-force,partly-in-force&meta=total").json();
        assert_eq!((&total, listed), (&listed_there["meta"]["total"], 3), "{statuses}");
        assert!(
            statuses
                .as_array()
                .unwrap()
                .iter()
                .all(|one| ["in-force", "partly-in-force"].contains(&one["value"].as_str().unwrap()))
        );
    });
}

#[test]
fn what_acts_on_a_document_changes_how_it_is_found() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let paths = import(&admin, &[&original()]);
        let decision = &paths[0];
        let has = |words: &str| hit(&anyone, &format!("q=\"{words}\""), decision).is_some();
        assert!(until(|| has("10 ngày")));

        // An amending act is published, and withdrawn.
        let amending = &import(&admin, &[&amendment()])[0];
        assert!(until(|| has("là 14 ngày") && !has("10 ngày")), "{}", server.log());
        let tag = admin.get(amending).header("etag").to_owned();
        assert_eq!(admin.transition(amending, &tag, "withdraw").status, 200);
        assert!(until(|| has("10 ngày") && !has("là 14 ngày")), "{}", server.log());

        // An editor enters a text of a day, and takes it away.
        let text = original().replace("là 10 ngày", "là 15 ngày");
        let entered = json!({ "document_id": id(decision), "valid_from": "2025-06-01", "basis": "Văn bản hợp nhất số 3/VBHN-UBND", "body_text": text });
        let entered = admin.post("/v1/document-texts", &entered);
        assert_eq!(entered.status, 201, "{}", entered.text());
        assert!(until(|| has("15 ngày") && !has("10 ngày")), "{}", server.log());
        let path = format!("/v1/document-texts/{}", entered.data()["id"].as_str().unwrap());
        assert_eq!(admin.delete(&path, admin.get(&path).header("etag")).status, 204);
        assert!(until(|| has("10 ngày")), "{}", server.log());
    });
}

#[test]
fn a_relation_that_an_editor_enters_counts_in_searches() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let later = decision(
            "40/2025/QĐ-UBND",
            "ngày 02 tháng 9 năm 2025",
            "Về giờ mở cửa thư viện",
            "Điều 1. Thư viện mở cửa cả tuần.\nĐiều 2. Quyết định này có hiệu lực kể từ ngày 01 tháng 10 năm 2025.",
        );
        let paths = import(&admin, &[&original(), &later]);
        let ended = || hit(&anyone, "q=phong doc&filter[status]=expired", &paths[0]).is_some();
        assert!(until(|| hit(&anyone, "q=phong doc&filter[status]=in-force", &paths[0]).is_some()));
        let relation = json!({ "document_id": id(&paths[1]), "relation": "repeals", "target_id": id(&paths[0]), "effective_on": "2025-10-01" });
        let made = admin.post("/v1/relations", &relation);
        assert_eq!(made.status, 201, "{}", made.text());
        assert!(until(ended), "{}", server.log());
        let rejected = admin.patch(made.header("location"), made.header("etag"), &json!({ "standing": "rejected" }));
        assert_eq!(rejected.status, 200, "{}", rejected.text());
        assert!(until(|| !ended()), "{}", server.log());
        let confirmed = admin.patch(made.header("location"), rejected.header("etag"), &json!({ "standing": "confirmed" }));
        assert!(until(ended), "{}", server.log());
        assert_eq!(admin.delete(made.header("location"), confirmed.header("etag")).status, 204);
        assert!(until(|| !ended()), "{}", server.log());
    });
}
