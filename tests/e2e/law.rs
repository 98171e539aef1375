//! The law over time: a decree, the decision based on it, what amends the decision, and the text on each day.

use crate::client::{Answer, Client};
use crate::server::on_both;
use serde_json::{Value, json};

const WORK: &str = "/eli/vn/song-lam.ubnd/qd-ubnd/2024/12";

pub const DECREE: &str = "CHÍNH PHỦ\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n\
Số: 7/2020/NĐ-CP\nHà Nội, ngày 01 tháng 3 năm 2020\n\nNGHỊ ĐỊNH\nVề thư viện số\n\n\
Căn cứ Luật Thư viện ngày 21 tháng 11 năm 2019;\n\nChính phủ ban hành Nghị định về thư viện số.\n\n\
Điều 1. Phạm vi điều chỉnh\nNghị định này quy định về thư viện số.\n\
Điều 2. Hiệu lực thi hành\nNghị định này có hiệu lực kể từ ngày 01 tháng 5 năm 2020.\n\n\
TM. CHÍNH PHỦ\nTHỦ TƯỚNG\n\n\nNguyễn Văn Sông\n";

/// A decision of the province.
pub fn decision(number: &str, day: &str, title: &str, articles: &str) -> String {
    format!(
        "ỦY BAN NHÂN DÂN\nTỈNH SÔNG LAM\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n\
         Số: {number}\nSông Lam, {day}\n\nQUYẾT ĐỊNH\n{title}\n\nỦY BAN NHÂN DÂN TỈNH SÔNG LAM\n\n\
         Căn cứ Nghị định số 7/2020/NĐ-CP ngày 01 tháng 3 năm 2020 của Chính phủ về thư viện số;\n\
         Theo đề nghị của Giám đốc Thư viện tỉnh.\n\nQUYẾT ĐỊNH:\n\n{articles}\n\n\
         Nơi nhận:\n- Như Điều 4;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\nLê Văn Bến\n"
    )
}

pub fn original() -> String {
    decision(
        "12/2024/QĐ-UBND",
        "ngày 05 tháng 6 năm 2024",
        "Quy định việc sử dụng phòng đọc của tỉnh Sông Lam",
        "Điều 1. Phạm vi điều chỉnh\n1. Quyết định này quy định việc sử dụng phòng đọc.\n2. Phòng đọc mở cửa:\n\
         a) Buổi sáng từ 8 giờ;\nb) Buổi chiều từ 14 giờ.\nĐiều 2. Thời hạn mượn\n1. Thời hạn mượn sách là 10 ngày theo Điều 1 Nghị định số 7/2020/NĐ-CP.\n\
         2. Mỗi bạn đọc mượn tối đa 3 cuốn.\nĐiều 3. Hiệu lực thi hành\nQuyết định này có hiệu lực kể từ ngày 01 tháng 7 năm 2024.\n\
         Điều 4. Giám đốc Thư viện tỉnh chịu trách nhiệm thi hành Quyết định này./.",
    )
}

pub fn amendment() -> String {
    let title = "Sửa đổi, bổ sung một số điều của Quyết định số 12/2024/QĐ-UBND ngày 05 tháng 6 năm 2024 của Ủy ban nhân dân tỉnh Sông Lam";
    decision(
        "20/2025/QĐ-UBND",
        "ngày 10 tháng 5 năm 2025",
        title,
        &format!(
            "Điều 1. {title}\n1. Sửa đổi khoản 1 Điều 2 như sau:\n“1. Thời hạn mượn sách là 14 ngày.”\n\
             2. Bổ sung khoản 3 Điều 2 như sau:\n“3. Bạn đọc được gia hạn một lần.”\n3. Bãi bỏ điểm b khoản 2 Điều 1.\n\
             4. Sửa đổi Điều 9 như sau:\n“Điều 9. Điều không có\nNội dung.”\n\
             Điều 2. Quyết định này có hiệu lực kể từ ngày 01 tháng 6 năm 2025.\n\
             Điều 3. Giám đốc Thư viện tỉnh chịu trách nhiệm thi hành Quyết định này./."
        ),
    )
}

/// Imports texts and gives their addresses.
pub fn import(admin: &Client, texts: &[&str]) -> Vec<String> {
    let files: Vec<(String, &[u8])> = texts.iter().enumerate().map(|(n, text)| (format!("{n}.txt"), text.as_bytes())).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let lines = admin.upload("/v1/documents/import?state=published", &files).data();
    lines.as_array().unwrap().iter().map(|line| format!("/v1/documents/{}", line["id"].as_str().expect("imported"))).collect()
}

/// Where an answer leads, without scheme and host.
fn leads(answer: &Answer, status: u16) -> String {
    assert_eq!(answer.status, status, "{}", answer.text());
    answer.header("location").to_owned()
}

fn text_of(client: &Client, path: &str) -> String {
    client.get(path).data()["text"].as_str().unwrap().to_owned()
}

#[test]
fn a_decision_is_followed_from_its_basis_to_its_amendment() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let paths = import(&admin, &[DECREE, &original(), &amendment()]);
        let [decree, decision, amending] = paths.as_slice() else { panic!("{paths:?}") };

        // What it is based on, and what it is for others.
        let relations = anyone.get(&format!("{decision}/relations")).data();
        let has = |relation: &str, direction: &str, other: &str| {
            relations.as_array().unwrap().iter().any(|one| {
                one["relation"] == relation
                    && one["direction"] == direction
                    && one["document_id"].as_str().is_some_and(|id| other.ends_with(id))
            })
        };
        assert!(has("based-on", "outgoing", decree) && has("amends", "incoming", amending), "{relations}");

        // Before and after.
        let before = anyone.get(&format!("{decision}?as_of=2025-05-31")).data();
        let after = anyone.get(&format!("{decision}?as_of=2025-06-01")).data();
        assert_eq!((&before["status"], &after["status"]), (&json!("in-force"), &json!("partly-in-force")));
        let clause = |day: &str| text_of(&anyone, &format!("{decision}/text?eid=art_2__para_1&as_of={day}"));
        assert!(clause("2025-05-31").contains("10 ngày"));
        assert_eq!(clause("2025-06-01"), "1. Thời hạn mượn sách là 14 ngày.");
        let cited = anyone.get(&format!("{decision}/text?eid=art_2__para_1&as_of=2024-07-01")).data()["citations"].clone();
        assert_eq!(
            (&cited[0]["target"]["number"], &cited[0]["address"]),
            (&json!("7/2020/NĐ-CP"), &json!("/eli/vn/chinh-phu/nd-cp/2020/7~art_1")),
            "{cited}"
        );

        // The versions, and what could not be done.
        let versions = anyone.get(&format!("{decision}/versions")).data();
        let kinds: Vec<&Value> = versions.as_array().unwrap().iter().map(|one| &one["kind"]).collect();
        assert_eq!(kinds, [&json!("original"), &json!("consolidated")]);
        assert_eq!((&versions[0]["from"], &versions[0]["until"]), (&json!("2024-07-01"), &json!("2025-06-01")));
        assert_eq!(versions[1]["complete"], false);
        assert_eq!(versions[1]["open"][0]["code"], "target_not_found", "{versions}");
        assert_eq!(versions[1]["changed_by"][0]["number"], "20/2025/QĐ-UBND");

        // What is different.
        let comparison = anyone.get(&format!("{decision}/comparison")).data();
        assert_eq!((&comparison["added"], &comparison["changed"], &comparison["removed"]), (&json!(1), &json!(2), &json!(0)));
        let eids: Vec<&Value> = comparison["differences"].as_array().unwrap().iter().map(|one| &one["eid"]).collect();
        assert_eq!(eids, [&json!("art_1__para_2__point_b"), &json!("art_2__para_1"), &json!("art_2__para_3")]);
        let none = anyone.get(&format!("{decision}/comparison?from=2024-07-02&to=2025-05-31")).data();
        assert_eq!(none["differences"], json!([]));

        // The same by GraphQL.
        let id = decision.rsplit('/').next().unwrap();
        let query = format!(
            "{{ document(id: \"{id}\") {{ versions {{ kind complete }} text(eid: \"art_2__para_1\", asOf: \"2025-05-01\") {{ text }} }} }}"
        );
        let found = anyone.graphql(&query, json!({}));
        assert!(found["data"]["document"]["text"]["text"].as_str().unwrap().contains("10 ngày"), "{found}");
        assert_eq!(found["data"]["document"]["versions"][1]["complete"], false);

        // Nothing is known of a day before its issue.
        anyone.get(&format!("{decision}/text?as_of=2024-01-01")).problem(404, "no_version");
        anyone.get(&format!("{decision}/text?eid=art_99")).problem(404, "no_such_provision");
        anyone.get(&format!("{decision}/text?eid=")).problem(400, "invalid_parameter");
        anyone.get(&format!("{decision}/text?format=pdf")).problem(400, "invalid_parameter");
        anyone.get(&format!("{decision}/structure?full=yes")).problem(400, "invalid_parameter");
        anyone.get(&format!("{decision}/text?lang=en")).problem(404, "no_text");
    });
}

#[test]
fn a_provision_has_an_address_that_can_be_built() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let paths = import(&admin, &[DECREE, &original(), &amendment()]);
        let now = format!("{WORK}/vie@2025-06-01");

        assert_eq!(leads(&anyone.get(WORK), 303), now);
        assert_eq!(leads(&anyone.get(&format!("{WORK}/vie")), 303), now);
        assert_eq!(leads(&anyone.get(&format!("{WORK}~art_2.html")), 303), format!("{now}~art_2.html"));
        assert_eq!(leads(&anyone.get(&format!("{WORK}/vi@2025-06-01")), 301), now);
        assert_eq!(
            leads(&anyone.get("/eli/vn/SONG-LAM.UBND/QĐ-UBND/2024/012/vie@2025-06-01~art_1"), 301),
            format!("{now}~art_1")
        );
        assert_eq!(leads(&anyone.get("/eli/vn/12/2024/QĐ-UBND"), 301), WORK);

        let clause = anyone.get(&format!("{WORK}/vie@2026-01-01~art_2__para_1.json"));
        assert_eq!(clause.data()["text"], "1. Thời hạn mượn sách là 14 ngày.");
        assert_eq!(clause.data()["address"], format!("{now}~art_2__para_1"));
        assert!(clause.header("link").contains(&format!("{now}~art_2__para_1>; rel=\"canonical\"")), "{}", clause.header("link"));
        let again = anyone.send(
            "GET",
            &format!("{now}.json"),
            &[("if-none-match", anyone.get(&format!("{now}.json")).header("etag"))],
            b"",
        );
        assert_eq!(again.unwrap().status, 304);

        // Every form, by ending and by Accept.
        let forms = [
            ("html", "text/html", "14 ngày"),
            ("akn", "application/akn+xml", "<akomaNtoso"),
            ("txt", "text/plain", "Điều 2. Thời hạn mượn"),
            ("jsonld", "application/ld+json", "\"Legislation\""),
            ("json", "application/json", "\"consolidated\""),
        ];
        for (ending, accept, part) in forms {
            let by_ending = anyone.get(&format!("{now}.{ending}"));
            let by_accept = anyone.send("GET", &now, &[("accept", accept)], b"").unwrap();
            for answer in [&by_ending, &by_accept] {
                assert!(answer.status == 200 && answer.text().contains(part), "{ending}: {}", answer.text());
                assert!(answer.header("content-type").starts_with(accept), "{}", answer.header("content-type"));
                assert!(answer.header("vary").contains("accept"), "{}", answer.header("vary"));
            }
        }
        let docx = anyone.get(&format!("{now}.docx"));
        assert!(docx.body.starts_with(b"PK") && docx.header("content-disposition").contains(".docx"));
        anyone.send("GET", &now, &[("accept", "image/png")], b"").unwrap().problem(406, "not_acceptable");
        // What was made is told from what was issued.
        let printed = anyone.get(&format!("{now}.txt")).text();
        assert!(printed.contains("Nội dung hợp nhất tự động"));
        let change = "Khoản 1 Điều 2: thay nội dung theo khoản 1 Điều 1 của 20/2025/QĐ-UBND, từ ngày 01/06/2025.";
        assert!(printed.contains(change), "{printed}");
        assert!(anyone.get(&format!("{now}.html")).text().contains(&format!("<a href=\"#art_2__para_1\">{change}</a>")));
        assert!(!anyone.get(&format!("{WORK}/vie@2024-07-01.txt")).text().contains("hợp nhất"));
        // A citation leads to the provision it names.
        let first = anyone.get(&format!("{WORK}/vie@2024-07-01~art_2.html")).text();
        assert!(first.contains("/eli/vn/chinh-phu/nd-cp/2020/7~art_1\""), "{first}");

        for bad in [
            "/vie@2025-13-01",
            "/vie@",
            "/VIE@2025-06-01",
            "/vie@2025-06-01/more/and",
            "/vie@2024-01-01",
            "~",
            "/vie@2025-06-01~art_77",
        ] {
            let answer = anyone.get(&format!("{WORK}{bad}"));
            assert!([400, 404].contains(&answer.status), "{bad}: {}", answer.text());
            assert_eq!(answer.header("content-type"), "application/problem+json", "{bad}");
        }
        for bad in [
            "/eli",
            "/eli/vn",
            "/eli/vn/",
            "/eli/vn/x/y/z/1",
            "/eli/fr/a/b/c/d",
            "/eli/vn/%FF/a/b/c",
            "/eli/vn/song-lam.ubnd/qd-ubnd/%00/12",
            "/eli/vn/a%00",
            "/eli/vn/song-lam.ubnd/qd-ubnd/2024/13",
        ] {
            let answer = anyone.get(bad);
            assert!([400, 404].contains(&answer.status), "{bad}: {}", answer.text());
        }
        anyone.get(&format!("{WORK}?x=1")).problem(400, "unknown_parameter");

        // Another name, once only.
        let document = paths[1].rsplit('/').next().unwrap();
        let alias = json!({ "alias": "VBPL-171234", "document_id": document });
        anyone.post("/v1/document-aliases", &alias).problem(401, "unauthenticated");
        admin.post("/v1/document-aliases", &alias).data();
        admin.post("/v1/document-aliases", &alias).problem(409, "alias_exists");
        assert_eq!(leads(&anyone.get("/eli/vn/vbpl-171234"), 301), WORK);

        // Withdrawn is gone, not unknown.
        let tag = admin.get(&paths[1]).header("etag").to_owned();
        admin.transition(&paths[1], &tag, "withdraw").data();
        anyone.get(WORK).problem(410, "withdrawn");
        anyone.get("/eli/vn/vbpl-171234").problem(410, "withdrawn");
        anyone.get(&format!("{}/text", paths[1])).problem(404, "not_found");
    });
}

pub fn repeal() -> String {
    decision(
        "31/2025/QĐ-UBND",
        "ngày 01 tháng 9 năm 2025",
        "Bãi bỏ văn bản quy phạm pháp luật",
        "Điều 1. Bãi bỏ Quyết định số 12/2024/QĐ-UBND ngày 05 tháng 6 năm 2024 của Ủy ban nhân dân tỉnh Sông Lam quy định việc \
         sử dụng phòng đọc.\nĐiều 2. Quyết định này có hiệu lực kể từ ngày 01 tháng 10 năm 2025.\n\
         Điều 3. Giám đốc Thư viện tỉnh chịu trách nhiệm thi hành Quyết định này./.",
    )
}

#[test]
fn every_form_of_an_act_that_has_ended_says_so() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let paths = import(&admin, &[DECREE, &original(), &amendment(), &repeal()]);
        let decision = &paths[1];

        let now = format!("{WORK}/vie@2025-06-01");
        let ended = "Văn bản đã hết hiệu lực từ ngày 01/10/2025 theo 31/2025/QĐ-UBND.";
        for ending in ["txt", "html"] {
            assert!(anyone.get(&format!("{now}.{ending}")).text().contains(ended), "{ending}");
        }
        let first = anyone.get(&format!("{WORK}/vie@2024-07-01.txt")).text();
        assert!(first.contains(ended) && first.contains("Đây là nội dung trước ngày 01/06/2025"), "{first}");
        let data = anyone.get(&format!("{now}.jsonld")).json();
        assert_eq!(
            (&data["legislationLegalForce"], &data["expires"]),
            (&json!("https://schema.org/NotInForce"), &json!("2025-10-01"))
        );
        let marked = anyone.get(&format!("{now}.akn")).text();
        for event in [
            "date=\"2025-06-01\" source=\"#issuer\" type=\"amendment\"",
            "date=\"2025-10-01\" source=\"#issuer\" type=\"repeal\"",
            "end=\"#event-expired\"",
        ] {
            assert!(marked.contains(event), "{event}: {marked}");
        }
        let versions = anyone.get(&format!("{decision}/versions")).data();
        assert_eq!(versions[1]["until"], "2025-10-01");

        // What holds on a day, and what had happened by then.
        let acting = |day: &str| {
            let rows = anyone.get(&format!("{decision}/relations?as_of={day}")).data();
            let incoming = rows.as_array().unwrap().iter().filter(|one| one["direction"] == "incoming");
            let mut numbers: Vec<String> = incoming.map(|one| one["document"]["number"].as_str().unwrap().to_owned()).collect();
            numbers.sort_unstable();
            numbers.dedup();
            numbers
        };
        assert_eq!(acting("2025-05-31"), [""; 0]);
        assert_eq!(acting("2025-06-01"), ["20/2025/QĐ-UBND"]);
        assert_eq!(acting("2025-10-01"), ["20/2025/QĐ-UBND", "31/2025/QĐ-UBND"]);
        let events = anyone.get(&format!("{decision}/timeline?as_of=2025-06-01")).data();
        assert_eq!(events.as_array().unwrap().last().unwrap()["on"], "2025-06-01", "{events}");
        anyone.get(&format!("{decision}/files?as_of=2025-06-01")).problem(400, "unknown_parameter");
    });
}

#[test]
fn an_act_may_give_another_its_day_and_provisions_may_have_days_of_their_own() {
    let fees = decision(
        "5/2026/QĐ-UBND",
        "ngày 10 tháng 01 năm 2026",
        "Quy định phí thư viện của tỉnh Sông Lam",
        "Điều 1. Mức phí\nPhí làm thẻ là 20.000 đồng.\nĐiều 2. Sửa đổi Quyết định số 12/2024/QĐ-UBND\n\
         Sửa đổi khoản 1 Điều 2 của Quyết định số 12/2024/QĐ-UBND ngày 05 tháng 6 năm 2024 của Ủy ban nhân dân tỉnh Sông Lam như sau:\n\
         “1. Thời hạn mượn sách là 21 ngày.”\nĐiều 3. Hiệu lực thi hành\n\
         1. Quyết định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2026, trừ trường hợp quy định tại khoản 2 Điều này.\n\
         2. Điều 2 của Quyết định này có hiệu lực thi hành từ ngày 01 tháng 02 năm 2026.",
    );
    let sooner = decision(
        "9/2026/QĐ-UBND",
        "ngày 20 tháng 02 năm 2026",
        "Sửa đổi, bổ sung một số điều của Quyết định số 5/2026/QĐ-UBND ngày 10 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh Sông Lam",
        "Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 5/2026/QĐ-UBND\n1. Sửa đổi khoản 1 Điều 3 như sau:\n\
         “1. Quyết định này có hiệu lực thi hành từ ngày 01 tháng 4 năm 2026, trừ trường hợp quy định tại khoản 2 Điều này.”\n\
         Điều 2. Quyết định này có hiệu lực kể từ ngày 01 tháng 3 năm 2026.",
    );
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let paths = import(&admin, &[DECREE, &original(), &fees]);
        let (reading, fees) = (&paths[1], &paths[2]);
        let status = |day: &str| anyone.get(&format!("{fees}?as_of={day}")).data()["status"].as_str().unwrap().to_owned();
        let validity = |day: &str| anyone.get(&format!("{fees}/validity?as_of={day}")).data();
        let both = |day: &str| {
            assert_eq!(validity(day)["status"], status(day), "{day}");
            status(day)
        };
        assert_eq!(both("2026-01-31"), "not-yet-in-force");
        assert_eq!((both("2026-02-01"), both("2026-07-01")), ("partly-in-force".into(), "in-force".into()));
        // The provision that takes effect first changes the other act on its own day.
        let clause = |day: &str| text_of(&anyone, &format!("{reading}/text?eid=art_2__para_1&as_of={day}"));
        assert!(clause("2026-01-31").contains("10 ngày") && clause("2026-02-01").contains("21 ngày"));

        import(&admin, &[&sooner]);
        assert_eq!((both("2026-03-31"), both("2026-04-01")), ("partly-in-force".into(), "partly-in-force".into()));
        let began =
            validity("2026-04-01")["because"].as_array().unwrap().iter().find(|one| one["event"] == "took-effect").cloned();
        let began = began.unwrap();
        assert_eq!((&began["on"], &began["number"]), (&json!("2026-04-01"), &json!("9/2026/QĐ-UBND")));
        let data = anyone.get("/eli/vn/song-lam.ubnd/qd-ubnd/2026/5/vie@2026-05-01.jsonld").json();
        assert_eq!(data["legislationDateOfApplicability"], "2026-04-01");
    });
}

#[test]
fn an_editor_decides_about_a_relation_as_often_as_need_be() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let paths = import(&admin, &[DECREE, &original(), &amendment(), &repeal()]);
        let (decision, id) = (&paths[1], |path: &String| path.rsplit('/').next().unwrap().to_owned());
        let relations = anyone.get(&format!("{decision}/relations")).data();
        let amends = relations.as_array().unwrap().iter().find(|one| one["relation"] == "amends").unwrap();
        let path = format!("/v1/relations/{}", amends["id"].as_str().unwrap());
        for standing in ["rejected", "confirmed", "found", "confirmed"] {
            let changed = admin.patch(&path, "*", &json!({ "standing": standing })).data();
            assert_eq!(changed["standing"], standing);
            let seen = anyone.get(&format!("{decision}/relations")).data();
            let holds = seen.as_array().unwrap().iter().any(|one| one["id"] == amends["id"]);
            assert_eq!(holds, standing != "rejected", "{seen}");
        }

        let entered = |members: Value| {
            let mut relation = json!({ "document_id": id(&paths[3]), "relation": "amends", "target_id": id(decision) });
            relation.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
            admin.post("/v1/relations", &relation)
        };
        let refused = |answer: Answer, pointer: &str, code: &str| {
            assert_eq!(answer.status, 422, "{}", answer.text());
            let error = answer.json()["errors"][0].clone();
            assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)));
        };
        refused(entered(json!({ "provisions": ["art_2", "art_999"] })), "/provisions/1", "unknown_provision");
        refused(entered(json!({ "effective_on": "2020-01-01" })), "/effective_on", "before_issue");
        refused(entered(json!({ "document_id": id(&paths[0]) })), "/target_id", "issued_later");
        assert_eq!(entered(json!({ "provisions": ["art_2__para_1"], "effective_on": "2025-10-01" })).status, 201);
    });
}

#[test]
fn every_part_has_a_tag_that_holds_for_the_document_too() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let paths = import(&admin, &[&original(), &amendment()]);
        let path = &paths[0];
        let parts = [
            "/validity",
            "/validity?as_of=2024-08-01",
            "/relations",
            "/timeline",
            "/versions",
            "/gazettes",
            "/files",
            "/structure",
            "/structure?full=true",
            "/text",
            "/text?format=html",
            "/text?format=docx",
            "/comparison",
        ];
        let eli = ["", ".json", ".jsonld", ".html", ".akn", ".txt"].map(|ending| format!("{WORK}/vie@2025-01-01{ending}"));
        let revision = admin.get(path).data()["revision"].as_i64().unwrap();
        for part in parts.iter().map(|part| format!("{path}{part}")).chain(eli) {
            let found = anyone.get(&part);
            let tag = found.header("etag").to_owned();
            assert!(found.status == 200 && tag.starts_with(&format!("\"{revision}-")), "{part}: {tag}");
            let head = anyone.send("HEAD", &part, &[], b"").unwrap();
            assert_eq!((head.status, head.header("etag"), head.body.len()), (200, tag.as_str(), 0), "{part}");
            let again = anyone.send("GET", &part, &[("if-none-match", &tag)], b"").unwrap();
            assert_eq!((again.status, again.header("etag"), again.body.len()), (304, tag.as_str(), 0), "{part}");
            // Another encoding is another representation.
            let packed = anyone.send("GET", &part, &[("accept-encoding", "gzip")], b"").unwrap();
            assert_ne!(packed.header("etag"), tag, "{part}");
        }
        let other_day = anyone.get(&format!("{path}/relations?as_of=2024-08-01"));
        assert_ne!(other_day.header("etag"), anyone.get(&format!("{path}/relations")).header("etag"), "the day is in it");

        // With the tag of any of them one writes; after that it is stale.
        let page = anyone.get(&format!("{WORK}/vie@2025-01-01.html")).header("etag").to_owned();
        let validity = anyone.get(&format!("{path}/validity")).header("etag").to_owned();
        assert_eq!(admin.patch(path, &page, &json!({ "place": "Bến Sậy" })).status, 200);
        admin.patch(path, &validity, &json!({ "place": "Bến Lau" })).problem(412, "stale_revision");
    });
}

#[test]
fn a_number_leads_to_its_document_without_tones_too() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let published = |number: &str, issuer: &str| {
            let extra = json!({ "state": "published", "issuer": { "name": issuer } });
            let made = admin.post("/v1/documents", &crate::client::document(number, extra));
            assert_eq!(made.status, 201, "{}", made.text());
        };
        published("257/2025/NĐ-CP", "Chính phủ");
        published("257/2025/QĐ-UBND", "Ủy ban nhân dân tỉnh Sông Lam");
        published("2570/2025/NĐ-CP", "Chính phủ");
        let to = "/eli/vn/chinh-phu/nd-cp/2025/257";
        for name in ["257/2025/NĐ-CP", "257/2025/ND-CP", "257/2025/nd-cp", "257/2025/Nđ-CP"] {
            assert_eq!(leads(&anyone.get(&format!("/eli/vn/{name}")), 301), to, "{name}");
        }
        published("8/2025/QĐ-UBND", "Ủy ban nhân dân tỉnh Sông Lam");
        published("8/2025/QĐ-UBND", "Ủy ban nhân dân tỉnh Bến Sậy");
        let several = anyone.get("/eli/vn/8/2025/QD-UBND").problem(409, "ambiguous_address");
        assert_eq!(several["detail"].as_str().unwrap().matches("/v1/documents/").count(), 2, "{several}");
        for nothing in ["ND-CP", "257/", "257", "257/2025", "257/2025/ND", "257/2025/-", "/", "257/2025/%FF", "9/2025/ND-CP"] {
            let answer = anyone.get(&format!("/eli/vn/{nothing}"));
            assert!([400, 404].contains(&answer.status), "{nothing}: {}", answer.text());
        }
    });
}

#[test]
fn the_text_of_an_editor_takes_the_place_of_what_is_made() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let paths = import(&admin, &[&original(), &amendment()]);
        let id = paths[0].rsplit('/').next().unwrap();
        let text = original().replace("là 10 ngày", "là 15 ngày");
        let entered = json!({ "document_id": id, "valid_from": "2025-06-01", "basis": "Văn bản hợp nhất số 3/VBHN-UBND", "body_text": text });
        anyone.post("/v1/document-texts", &entered).problem(401, "unauthenticated");
        let first = admin.post("/v1/document-texts", &entered).data();
        assert_eq!((&first["kind"], &first["language"]), (&json!("consolidation"), &json!("vi")));
        admin.post("/v1/document-texts", &entered).problem(409, "text_exists");
        assert!(text_of(&anyone, &format!("{}/text?eid=art_2__para_1", paths[0])).contains("15 ngày"));
        let versions = anyone.get(&format!("{}/versions", paths[0])).data();
        assert_eq!((&versions[1]["kind"], &versions[1]["text_id"]), (&json!("uploaded"), &first["id"]));
        assert_eq!((&versions[1]["complete"], &versions[1]["basis"]), (&json!(true), &json!("Văn bản hợp nhất số 3/VBHN-UBND")));

        // A translation, read from a file of the document.
        let english = "DECISION\nOn the reading room\n\nArticle 1. Scope\n1. This Decision is about the reading room.\nArticle 2. Loans\nA loan is for 15 days.\n";
        let file = admin.upload(&format!("{}/files?state=published", paths[0]), &[("en.txt", english.as_bytes())]).data();
        let other = json!({ "document_id": id, "language": "en", "valid_from": "2025-06-01", "file_id": file["id"] });
        let translated = admin.post("/v1/document-texts", &other).data();
        assert_eq!(translated["kind"], "translation");
        assert_eq!(leads(&anyone.get(&format!("{WORK}/eng")), 303), format!("{WORK}/eng@2025-06-01"));
        assert!(anyone.get(&format!("{WORK}/eng@2025-06-01.txt")).text().contains("15 days"));
        assert!(anyone.get(&format!("{WORK}/vie@2025-06-01.json")).header("link").contains("hreflang=\"en\""));
        assert_eq!(
            anyone.get(&format!("{WORK}/eng@2025-06-01~art_1__para_1.json")).data()["text"],
            "1. This Decision is about the reading room."
        );
        let loans = anyone.get(&format!("{WORK}/eng@2025-06-01~art_2.json")).data();
        assert_eq!((&loans["heading"], &loans["text"]), (&json!("Loans"), &json!("Article 2. Loans\nA loan is for 15 days.")));
        anyone.get(&format!("{WORK}/eng@2025-05-31")).problem(404, "no_version");

        // Taken away, what is made is back.
        let path = format!("/v1/document-texts/{}", first["id"].as_str().unwrap());
        let tag = admin.get(&path).header("etag").to_owned();
        admin.send("DELETE", &path, &[("if-match", &tag)], b"").unwrap();
        assert!(text_of(&anyone, &format!("{}/text?eid=art_2__para_1", paths[0])).contains("14 ngày"));

        for (bad, pointer) in [
            (json!({ "document_id": id, "valid_from": "2025-06-01" }), "/body_text"),
            (json!({ "document_id": id, "valid_from": "01/06/2025", "body_text": "x" }), "/valid_from"),
            (
                json!({ "document_id": "01a20cf3-5989-7e1b-8e0e-15a020d23411", "valid_from": "2025-06-01", "body_text": "x" }),
                "/document_id",
            ),
            (json!({ "document_id": id, "valid_from": "2025-06-01", "file_id": id }), "/file_id"),
        ] {
            let problem = admin.post("/v1/document-texts", &bad);
            assert_eq!(problem.status, 422, "{}", problem.text());
            assert_eq!(problem.json()["errors"][0]["pointer"], pointer);
        }
    });
}
