//! Entries in other forms than JSON: printable pages, linked data, feeds, sitemaps.

use crate::client::{Client, document};
use crate::server::{Server, on_both};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const EVIL: &str = "<script>alert(\"1\")</script> & 'x' ]]> \u{7}";

/// A content type with a field of every kind.
fn tour() -> Value {
    let label = |vi: &str, en: &str| json!({ "vi": vi, "en": en });
    json!({
        "name": "tour", "plural": "tours", "title": { "vi": "Tuyến du lịch", "en": "Tour" },
        "schema": { "type": "object", "required": ["title"], "properties": {
            "title": { "type": "string", "maxLength": 300, "x-localizable": true, "x-searchable": true },
            "summary": { "type": "string", "maxLength": 1000, "x-localizable": true },
            "body": { "type": "string", "format": "markdown", "x-localizable": true, "x-searchable": true, "x-label": label("Nội dung", "Text") },
            "blocks": { "type": "array", "x-blocks": true, "x-localizable": true, "x-label": label("Khối", "Blocks") },
            "level": { "type": "string", "enum": ["easy", "hard"], "x-filterable": true, "x-label": label("Độ khó", "Difficulty"),
                "x-enum-labels": { "easy": label("Dễ đi", "Easy"), "hard": label("Khó đi", "Hard") } },
            "starts_on": { "type": "string", "format": "date", "x-label": label("Ngày đi", "Departure") },
            "meets_at": { "type": "string", "format": "date-time" },
            "season": { "type": "object", "format": "interval", "x-label": label("Mùa", "Season") },
            "place": { "type": "object", "format": "geo-point" },
            "length_km": { "type": "number" },
            "open": { "type": "boolean", "x-label": label("Mở cửa", "Open") },
            "mail": { "type": "string", "format": "email" },
            "hotline": { "type": "string", "format": "phone" },
            "site": { "type": "string", "format": "uri" },
            "tags": { "type": "array", "items": { "type": "string", "maxLength": 80 } },
            "prices": { "type": "array", "items": { "type": "object", "properties": {
                "name": { "type": "string", "x-label": label("Đối tượng", "Whom") }, "amount": { "type": "integer", "x-label": label("Giá vé", "Price") } } } },
            "documents": { "type": "array", "x-relation": "document", "items": { "type": "string", "format": "uuid" }, "x-label": label("Văn bản", "Documents") },
            "next": { "type": "string", "format": "uuid", "x-relation": "tour", "x-label": label("Tuyến kế tiếp", "Next tour") } } }
    })
}

/// Those who write, those who publish, and everybody.
struct Newsroom {
    editor: Client,
    admin: Client,
    anyone: Client,
}

impl Newsroom {
    fn of(server: &Server) -> Self {
        let newsroom = Self { editor: server.editor(), admin: server.admin(), anyone: server.anonymous() };
        let made = newsroom.admin.post("/v1/content-types", &tour());
        assert_eq!(made.status, 201, "{}", made.text());
        newsroom
    }

    fn draft(&self, body: &Value) -> String {
        let made = self.editor.post("/v1/content/tour", body);
        assert_eq!(made.status, 201, "{}", made.text());
        made.header("location").to_owned()
    }

    /// Takes a working copy through the workflow.
    fn publish(&self, path: &str, lang: &str) {
        for (who, action) in
            [(&self.editor, "submit"), (&self.admin, "review"), (&self.admin, "approve"), (&self.admin, "publish")]
        {
            let tag = self.editor.get(&format!("{path}?state=draft&lang={lang}"));
            let body = json!({ "action": action });
            let to = format!("{path}/transitions?lang={lang}");
            let done = who.json("POST", &to, &[("if-match", tag.header("etag"))], &body);
            // A type without a stage of review needs none.
            assert!(done.status == 200 || action == "review", "{action}: {}", done.text());
        }
    }

    fn published(&self, body: &Value) -> String {
        let path = self.draft(body);
        self.publish(&path, body["locale"].as_str().unwrap_or("vi"));
        path
    }
}

fn full(document: &str, next: &str) -> Value {
    json!({
        "title": EVIL, "summary": format!("Tóm tắt {EVIL}"), "author_name": "Lê Thị Bưởi", "source_name": "Báo Sông Lam",
        "source_url": "https://bao.example/a?b=1&c=2",
        "body": "Đường **đèo** dài.\n\n| A | B |\n|---|:-:|\n| 1 | 2 |",
        "blocks": [
            { "type": "heading", "text": "Chặng một", "level": 2 }, { "type": "paragraph", "text": "Qua *suối*." },
            { "type": "quote", "text": "Đi chậm thì đến.", "source": "Bà Tư" },
            { "type": "table", "header": ["Chặng", EVIL], "rows": [["Một", "12"]], "caption": "Các chặng" },
            { "type": "embed", "url": "https://video.example/1", "title": "Xem phim" } ],
        "level": "hard", "starts_on": "2026-12-01", "meets_at": "2026-11-30T23:30:00Z",
        "season": { "start": "2026-10-01", "end": null }, "place": { "type": "Point", "coordinates": [105.8542, 21.0285] },
        "length_km": 12345.5, "open": false, "mail": "tour@songlam.example", "hotline": "02093 123 456", "site": "https://tour.example/",
        "tags": ["đèo", EVIL], "prices": [{ "name": "Người lớn", "amount": 60000 }], "documents": [document], "next": next
    })
}

#[test]
fn an_entry_with_everything_is_a_clean_page() {
    on_both(|server| {
        let news = Newsroom::of(&server);
        let law = news.admin.post("/v1/documents", &document("9/2026/QĐ-UBND", json!({ "state": "published" }))).data();
        let hidden = news.draft(&json!({ "title": "Tuyến chưa công bố" }));
        let path = news.published(&full(law["id"].as_str().unwrap(), hidden.rsplit('/').next().unwrap()));
        let page = news.anyone.get(&format!("{path}.html"));
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
        assert!(page.header("content-security-policy").contains("default-src 'none'") && page.header("etag").starts_with('"'));
        let html = page.text();
        assert!(!html.contains("<script>") && !html.contains("alert(\"1\")"), "{html}");
        assert_eq!(html.matches("<script type=\"application/ld+json\">").count(), 1);
        for wanted in [
            "<html lang=\"vi\">",
            "<h1>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; 'x' ]]&gt;",
            "<span>Lê Thị Bưởi</span><span>Báo Sông Lam</span><time",
            "<p>Đường <strong>đèo</strong> dài.</p>",
            "<h2>Chặng một</h2>",
            "<em>suối</em>",
            "<cite>Bà Tư</cite>",
            "<caption>Các chặng</caption>",
            "<a href=\"https://video.example/1\" rel=\"noopener\">Xem phim</a>",
            "<dt>Độ khó</dt><dd>Khó đi</dd>",
            ">01/12/2026</time>",
            ">01/12/2026 06:30</time>",
            "01/10/2026 – nay",
            "21,0285° B; 105,8542° Đ",
            "12.345,5",
            "<dt>Mở cửa</dt><dd>Không</dd>",
            "<a href=\"mailto:tour@songlam.example\">",
            "<a href=\"tel:02093123456\">",
            "<a href=\"https://tour.example/\"",
            "<th scope=\"col\">Giá vé</th>",
            "<td class=\"number\">60.000</td>",
            "9/2026/QĐ-UBND – Về việc thử nghiệm",
            "Bản gốc: <a href=\"https://bao.example/a?b=1&amp;c=2\"",
            "<link rel=\"canonical\" href=\"http://127.0.0.1:",
            "<meta property=\"og:title\" content=\"&lt;script&gt;",
        ] {
            assert!(html.contains(wanted), "{wanted} in {html}");
        }
        assert!(!html.contains("Tuyến kế tiếp") && !html.contains("Tuyến chưa công bố"), "what is not published is not told");
        let again = news.anyone.send("GET", &format!("{path}.html"), &[("if-none-match", page.header("etag"))], b"").unwrap();
        assert_eq!((again.status, again.body.len()), (304, 0));

        let ld = news.anyone.get(&format!("{path}.jsonld"));
        assert_eq!(ld.header("content-type"), "application/ld+json");
        assert_eq!((&ld.json()["headline"], &ld.json()["author"]["name"]), (&Value::from(EVIL), &json!("Lê Thị Bưởi")));
        let inside = html.split("<script type=\"application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
        assert_eq!(serde_json::from_str::<Value>(inside).unwrap(), ld.json(), "the page says the same");
    });
}

#[test]
fn a_browser_gets_the_page_and_a_program_the_data() {
    let server = Server::sqlite();
    let news = Newsroom::of(&server);
    let path = news.published(&json!({ "title": "Sìn Hồ" }));
    let kind = |accept: &str| {
        let got = news.anyone.send("GET", &path, &[("accept", accept)], b"").unwrap();
        assert!(got.header("vary").contains("accept,"), "{:?}", got.headers);
        got.header("content-type").to_owned()
    };
    assert_eq!(kind("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), "text/html; charset=utf-8");
    assert_eq!(kind("application/ld+json"), "application/ld+json");
    for json in ["*/*", "application/json", "application/json, text/html", "text/html;q=0.1, application/json"] {
        assert_eq!(kind(json), "application/json");
    }
    let sparse = news.anyone.send("GET", &format!("{path}?fields[tour]=title"), &[("accept", "text/html")], b"").unwrap();
    assert_eq!(sparse.header("content-type"), "application/json", "what only JSON can do stays JSON");
    news.anyone.get(&format!("{path}.html?fields[tour]=title")).problem(400, "unknown_parameter");
    news.anyone.get(&format!("{path}.html?lang=VN")).problem(400, "invalid_parameter");
    news.anyone.get("/v1/content/tour/nothing.html").problem(404, "not_found");
    news.anyone.get(&format!("{path}.pdf")).problem(404, "not_found");
    assert_eq!(news.anyone.send("HEAD", &format!("{path}.html"), &[], b"").unwrap().status, 200);
}

#[test]
fn each_language_has_its_page_and_names_the_others() {
    let server = Server::with(&["--policy", "song-lam", "--public-url", "https://api.songlam.example/"]);
    let news = Newsroom::of(&server);
    let path = news.published(&json!({ "title": "Đèo Ô Quy Hồ", "level": "easy", "starts_on": "2026-12-01" }));
    let tag = news.editor.get(&format!("{path}?state=draft"));
    let body = json!({ "action": "translate", "locale": "en" });
    let made = news.editor.json("POST", &format!("{path}/transitions"), &[("if-match", tag.header("etag"))], &body);
    assert_eq!(made.status, 200, "{}", made.text());
    let tag = news.editor.get(&format!("{path}?state=draft&lang=en"));
    let patched = news.editor.patch(
        &format!("{path}?lang=en"),
        tag.header("etag"),
        &json!({ "title": "O Quy Ho Pass", "slug": "o-quy-ho-pass" }),
    );
    assert_eq!(patched.status, 200, "{}", patched.text());
    news.anyone.get(&format!("{path}.html?lang=en")).problem(404, "not_found");
    assert!(!news.anyone.get(&format!("{path}.html")).text().contains("hreflang=\"en\""), "a draft is no language yet");
    let draft = news.editor.get(&format!("{path}.html?lang=en&state=draft"));
    assert!(draft.text().contains("Not published") && draft.text().contains("noindex"), "{}", draft.text());
    assert_eq!(draft.header("cache-control"), "private, no-store");
    news.anyone.get(&format!("{path}.html?lang=en&state=draft")).problem(401, "unauthenticated");
    news.publish(&path, "en");

    let (vi, en) = (news.anyone.get(&format!("{path}.html")).text(), news.anyone.get(&format!("{path}.html?lang=en")).text());
    for (page, wanted) in [
        (
            &vi,
            [
                "<html lang=\"vi\">",
                "<dt>Độ khó</dt><dd>Dễ đi</dd>",
                "Tuyến du lịch",
                "Cổng Thông tin điện tử tỉnh Sông Lam",
                ">01/12/2026<",
            ],
        ),
        (
            &en,
            [
                "<html lang=\"en\">",
                "<dt>Difficulty</dt><dd>Easy</dd>",
                "<p class=\"kind\">Tour</p>",
                "Sông Lam Provincial Portal",
                ">1 December 2026<",
            ],
        ),
    ] {
        let alternates = [
            "<link rel=\"alternate\" hreflang=\"vi\" href=\"https://songlam.gov.example/vi/tour/deo-o-quy-ho\">",
            "<link rel=\"alternate\" hreflang=\"en\" href=\"https://songlam.gov.example/en/tour/o-quy-ho-pass\">",
            "https://api.songlam.example/v1/content/tour/",
            "Nguồn: Cổng Thông tin điện tử tỉnh Sông Lam",
        ];
        for wanted in wanted.iter().chain(&alternates) {
            assert!(page.contains(wanted), "{wanted} in {page}");
        }
    }
    // The same portal under both its names, and no other.
    let feed = |portal: &str| news.anyone.get(&format!("/feeds/{portal}/tour.json?lang=en"));
    assert_eq!(feed("song-lam").json()["items"], feed("main").json()["items"]);
    assert_eq!(feed("main").json()["items"][0]["url"], "https://songlam.gov.example/en/tour/o-quy-ho-pass");
    feed("lai-chau").problem(404, "not_found");
    let index = news.anyone.get("/sitemap.xml").text();
    let month = between(&index, "<loc>", "</loc>").find(|url| url.contains("/tour/")).unwrap();
    let chunk = news.anyone.get(month.strip_prefix("https://api.songlam.example").unwrap()).text();
    assert_eq!(between(&chunk, "<loc>", "</loc>").count(), 2, "{chunk}");
    assert_eq!(chunk.matches("hreflang=\"en\"").count(), 2, "each names both: {chunk}");
}

fn between<'a>(text: &'a str, before: &'a str, after: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(before).skip(1).filter_map(move |rest| rest.split(after).next())
}

#[test]
fn what_is_gone_is_gone_in_every_form() {
    let server = Server::with(&["--policy", "song-lam"]);
    let news = Newsroom::of(&server);
    let path = news.published(&json!({ "title": "Bị gỡ" }));
    let moved = news.published(&json!({ "title": "Chuyển chỗ" }));
    assert_eq!(news.anyone.get("/feeds/main/tour.json").json()["items"].as_array().unwrap().len(), 2);
    let down = json!({ "action": "takedown", "ground": "state-secret", "comment": "theo báo cáo" });
    let away = json!({ "action": "withdraw", "redirect_to": "/vi/noi-khac" });
    for (path, body) in [(&path, &down), (&moved, &away)] {
        let tag = news.admin.get(path);
        let done = news.admin.json("POST", &format!("{path}/transitions"), &[("if-match", tag.header("etag"))], body);
        assert_eq!(done.status, 200, "{}", done.text());
    }
    for form in ["", ".html", ".jsonld"] {
        news.anyone.get(&format!("{path}{form}")).problem(410, "taken_down");
        let to = news.anyone.get(&format!("{moved}{form}"));
        assert_eq!((to.status, to.header("location")), (301, "/vi/noi-khac"));
    }
    news.anyone.send("GET", &path, &[("accept", "text/html")], b"").unwrap().problem(410, "taken_down");
    assert_eq!(news.anyone.get("/feeds/main/tour.json").json()["items"], json!([]));
    assert!(!news.anyone.get("/sitemap.xml").text().contains("/tour/"));
}

#[test]
fn a_feed_is_walked_to_its_end_without_gaps() {
    on_both(|server| {
        let news = Newsroom::of(&server);
        let mut all: Vec<String> = (0..7)
            .map(|n| news.published(&json!({ "title": format!("Tuyến {n}"), "level": if n % 2 == 0 { "easy" } else { "hard" } })))
            .collect();
        let other =
            news.admin.post("/v1/documents", &document("7/2026/QĐ-UBND", json!({}))).data()["id"].as_str().unwrap().to_owned();
        let rich = full(&other, all[0].rsplit('/').next().unwrap());
        all.push(news.published(&rich));
        news.draft(&json!({ "title": "Nháp kín", "body": "Nháp kín" }));
        let ids: Vec<String> = all.iter().rev().map(|path| format!("urn:uuid:{}", path.rsplit('/').next().unwrap())).collect();
        for ending in ["atom", "rss", "json"] {
            let mut found = Vec::new();
            let mut at = Some(format!("/feeds/main/tour.{ending}?page[size]=3"));
            let mut pages = 0;
            while let Some(path) = at {
                let page = news.anyone.get(&path);
                assert_eq!(page.status, 200, "{}", page.text());
                let text = page.text();
                assert!(!text.contains("Nháp kín") && !text.contains('\u{7}'), "{text}");
                assert!(ending == "json" || !text.contains("<script"), "{text}");
                pages += 1;
                let (items, next) = match ending {
                    "json" => {
                        let feed = page.json();
                        let ids = feed["items"]
                            .as_array()
                            .unwrap()
                            .iter()
                            .map(|item| item["id"].as_str().unwrap().to_owned())
                            .collect();
                        (ids, feed["next_url"].as_str().map(str::to_owned))
                    }
                    "atom" => (
                        between(&text, "<id>urn", "</id>").map(|id| format!("urn{id}")).collect(),
                        next(&text, "<link rel=\"next\""),
                    ),
                    _ => (
                        between(&text, "isPermaLink=\"false\">", "<").map(str::to_owned).collect::<Vec<_>>(),
                        next(&text, "<atom:link rel=\"next\""),
                    ),
                };
                found.extend(items);
                at = next.map(|url| {
                    url.replace("&amp;", "&").strip_prefix(&format!("http://127.0.0.1:{}", server.port)).unwrap().to_owned()
                });
            }
            assert_eq!((found, pages), (ids.clone(), 3), "{ending}");
        }
        let feed = news.anyone.get("/feeds/main/tour.atom");
        assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
        assert_eq!(feed.header("cache-control"), "public, max-age=0, must-revalidate");
        let text = feed.text();
        assert!(
            text.contains("<category term=\"hard\" label=\"Khó đi\"/>") && text.contains("&lt;strong&gt;đèo&lt;/strong&gt;"),
            "{text}"
        );
        let again = news.anyone.send("GET", "/feeds/main/tour.atom", &[("if-none-match", feed.header("etag"))], b"").unwrap();
        assert_eq!(again.status, 304);
        let easy = news.anyone.get("/feeds/main/tour.json?filter[level]=easy").json();
        assert_eq!(easy["items"].as_array().unwrap().len(), 4);
        let law = news.admin.post("/v1/documents", &document("8/2026/QĐ-UBND", json!({ "state": "published" }))).data();
        let laws = news.anyone.get("/feeds/main/document.json").json();
        assert_eq!(laws["items"][0]["id"], format!("urn:uuid:{}", law["id"].as_str().unwrap()));
    });
}

fn next(text: &str, link: &str) -> Option<String> {
    between(text, link, "/>").next().and_then(|link| between(link, "href=\"", "\"").next().map(str::to_owned))
}

#[test]
fn what_a_search_finds_is_a_feed_too() {
    let server = Server::sqlite();
    let news = Newsroom::of(&server);
    let path = news.published(&json!({ "title": "Thuyền sông Lam", "body": "Thuyền chạy sáng sớm." }));
    news.draft(&json!({ "title": "Thuyền nháp" }));
    let id = format!("urn:uuid:{}", path.rsplit('/').next().unwrap());
    let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
    let found = loop {
        let found = news.anyone.get("/feeds/main/search.json?q=thuyen").json();
        if found["items"] != json!([]) || std::time::Instant::now() > end {
            break found;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    };
    let ids: Vec<&Value> = found["items"].as_array().unwrap().iter().map(|item| &item["id"]).collect();
    assert_eq!(ids, [&json!(id)]);
    assert_eq!(news.anyone.get("/feeds/main/search.atom?q=thuyen").status, 200);
    news.anyone.get("/feeds/main/search.atom").problem(400, "invalid_parameter");
    news.anyone.get("/feeds/main/search.rss?q=a&meta=total").problem(400, "unknown_parameter");
}

#[test]
fn the_sitemap_has_everything_that_is_published_and_nothing_else() {
    on_both(|server| {
        let news = Newsroom::of(&server);
        let all: BTreeSet<String> = (0..5).map(|n| news.published(&json!({ "title": format!("Tuyến {n}") }))).collect();
        news.draft(&json!({ "title": "Nháp" }));
        news.published(&json!({ "title": "Ở nơi khác", "link_url": "https://so.example/tin" }));
        let origin = format!("http://127.0.0.1:{}", server.port);
        let index = news.anyone.get("/sitemap.xml");
        assert_eq!(index.header("content-type"), "application/xml; charset=utf-8");
        let mut found = BTreeSet::new();
        for file in between(&index.text(), "<loc>", "</loc>") {
            let chunk = news.anyone.get(file.strip_prefix(&origin).unwrap());
            assert_eq!(chunk.status, 200);
            for url in between(&chunk.text(), "<loc>", "</loc>") {
                let page = url.strip_prefix(&origin).unwrap().replace("&amp;", "&");
                assert_eq!(news.anyone.get(&page).status, 200, "{page}");
                assert!(found.insert(page.split(".html").next().unwrap().to_owned()));
            }
        }
        assert_eq!(found, all);
        let robots = news.anyone.get("/robots.txt").text();
        assert!(robots.contains(&format!("Sitemap: {origin}/sitemap.xml")), "{robots}");
        for nothing in [
            "/sitemaps/main/tour/2001-01.xml",
            "/sitemaps/main/tour/2026-13.xml",
            "/sitemaps/main/nothing/2026-11.xml",
            "/sitemaps/other/tour/2026-11.xml",
        ] {
            news.anyone.get(nothing).problem(404, "not_found");
        }
        news.anyone.get("/sitemap.xml?x=1").problem(400, "unknown_parameter");
    });
}

#[test]
fn wrong_hosts_and_parameters_are_problems() {
    let server = Server::sqlite();
    let anyone = server.anonymous();
    for host in ["evil\"><script>", "a b", "user@evil.example", "evil.example/path", "evil.example:99999", "evil..example"] {
        for path in ["/feeds/main/article.atom", "/sitemap.xml", "/robots.txt"] {
            let refused = anyone.send("GET", path, &[("host", host)], b"").unwrap();
            assert_eq!(refused.status, 400, "{host}: {}", refused.text());
            assert!(!refused.text().contains("evil"), "{}", refused.text());
        }
    }
    for (path, code) in [
        ("/feeds/main/article.atom?sort=title", "unknown_parameter"),
        ("/feeds/main/article.atom?state=draft", "unknown_parameter"),
        ("/feeds/main/article.rss?fields[article]=title", "unknown_parameter"),
        ("/feeds/main/article.json?filter[nothing]=1", "unknown_parameter"),
        ("/feeds/main/article.json?page[size]=0", "invalid_parameter"),
        ("/feeds/main/article.json?page[after]=abc", "bad_cursor"),
        ("/feeds/main/article.json?lang=1", "invalid_parameter"),
    ] {
        anyone.get(path).problem(400, code);
    }
    for nothing in [
        "/feeds/main/article",
        "/feeds/main/article.xml",
        "/feeds/main/nothing.atom",
        "/feeds/main/issuer.atom",
        "/feeds/main/violation.atom",
        "/feeds/main/search.xml?q=a",
    ] {
        anyone.get(nothing).problem(404, "not_found");
    }
    anyone.post("/feeds/main/article.atom", &json!({})).problem(405, "method_not_allowed");
    let fixed = Server::with(&["--public-url", "https://api.example"]);
    let feed = fixed.anonymous().send("GET", "/feeds/main/article.json", &[("host", "evil.example")], b"").unwrap();
    assert_eq!((feed.status, feed.json()["feed_url"].as_str()), (200, Some("https://api.example/feeds/main/article.json")));
}
