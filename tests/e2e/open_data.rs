//! Harvesting by OAI-PMH, and the catalogue of open data.

use crate::client::{Answer, Client, document, published_text};
use crate::server::{Server, on_both};
use serde_json::{Value, json};

const TEXT: &str = "Điều 1. Bến & thuyền <b>\u{1}.\nĐiều 2. Có hiệu lực.";

fn published(editor: &Client, number: &str, extra: Value) -> Value {
    let mut body = document(number, json!({ "state": "published" }));
    body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    editor.post("/v1/documents", &body).data()
}

fn withdrawn(editor: &Client, document: &Value) {
    let path = format!("/v1/documents/{}", document["id"].as_str().unwrap());
    let tag = editor.get(&path);
    assert_eq!(editor.transition(&path, tag.header("etag"), "withdraw").status, 200);
}

/// What stands in every element of this name.
fn all(xml: &str, element: &str) -> Vec<String> {
    let (open, close) = (format!("<{element}"), format!("</{element}>"));
    let parts = xml.split(&open).skip(1).filter(|part| part.starts_with(['>', ' ']));
    parts.filter_map(|part| Some(part.split_once('>')?.1.split_once(&close)?.0.to_owned())).collect()
}

fn asked(client: &Client, query: &str) -> String {
    let answer = client.get(&format!("/oai?{query}"));
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/xml; charset=utf-8"), "{}", answer.text());
    answer.text()
}

#[track_caller]
fn fails(client: &Client, query: &str, code: &str) {
    let told = asked(client, query);
    assert!(told.contains(&format!("<error code=\"{code}\">")), "{query}: {told}");
    if code.starts_with("badV") || code.starts_with("badA") {
        assert!(told.contains("<request>http://127.0.0.1"), "{told}");
    }
}

fn identifier(document: &Value) -> String {
    format!("oai:127.0.0.1:document/{}", document["id"].as_str().unwrap())
}

#[test]
fn a_harvester_gets_everything_page_by_page_and_what_is_gone() {
    on_both(|server| {
        let (editor, anyone) = (server.editor(), server.anonymous());
        fails(&anyone, "verb=ListRecords&metadataPrefix=oai_dc", "noRecordsMatch");
        let mut made: Vec<Value> = (1..=205).map(|n| published(&editor, &format!("{n}/2024/QĐ-UBND"), json!({}))).collect();
        editor.post("/v1/documents", &document("999/2024/QĐ-UBND", json!({})));
        withdrawn(&editor, &made[3]);
        for verb in ["ListIdentifiers", "ListRecords"] {
            let (mut found, mut pages) = (Vec::new(), 0);
            let mut query = format!("verb={verb}&metadataPrefix=oai_dc");
            loop {
                let page = asked(&anyone, &query);
                pages += 1;
                assert!(page.matches("<identifier>").count() <= 100);
                assert_eq!(
                    page.matches("<oai_dc:dc").count() + page.matches("status=\"deleted\"").count(),
                    match verb {
                        "ListRecords" => page.matches("<identifier>").count(),
                        _ => page.matches("status=\"deleted\"").count(),
                    }
                );
                found.extend(all(&page, "identifier"));
                match all(&page, "resumptionToken").first().filter(|token| !token.is_empty()) {
                    Some(token) => query = format!("verb={verb}&resumptionToken={token}"),
                    None => break,
                }
            }
            assert_eq!(pages, 3);
            let mut wanted: Vec<String> = made.iter().map(identifier).collect();
            found.sort();
            wanted.sort();
            assert!(found == wanted, "{} of {}", found.len(), wanted.len());
        }
        let first = asked(&anyone, "verb=ListIdentifiers&metadataPrefix=oai_dc");
        let token = all(&first, "resumptionToken")[0].clone();
        let tampered = format!("{}{}", &token[..token.len() - 1], if token.ends_with('A') { "B" } else { "A" });
        for (query, code) in [
            (format!("verb=ListRecords&resumptionToken={token}"), "badResumptionToken"),
            (format!("verb=ListIdentifiers&resumptionToken={tampered}"), "badResumptionToken"),
            (format!("verb=ListSets&resumptionToken={token}"), "badResumptionToken"),
            (format!("verb=ListIdentifiers&metadataPrefix=oai_dc&resumptionToken={token}"), "badArgument"),
        ] {
            fails(&anyone, &query, code);
        }
        // What changes while somebody harvests comes once more, at the end.
        let path = format!("/v1/documents/{}", made.remove(0)["id"].as_str().unwrap());
        let changed = editor.patch(&path, editor.get(&path).header("etag"), &json!({ "title": "Đã sửa" }));
        assert_eq!(editor.transition(&path, changed.header("etag"), "publish").status, 200);
        let mut query = format!("verb=ListIdentifiers&resumptionToken={token}");
        let last = loop {
            let page = asked(&anyone, &query);
            match all(&page, "resumptionToken").first().filter(|token| !token.is_empty()) {
                Some(token) => query = format!("verb=ListIdentifiers&resumptionToken={token}"),
                None => break all(&page, "identifier"),
            }
        };
        assert!(last.last().unwrap().ends_with(path.rsplit('/').next().unwrap()));
    });
}

#[test]
fn a_record_says_what_dublin_core_can_say_and_the_whole_text_as_akoma_ntoso() {
    on_both(|server| {
        let (editor, anyone) = (server.editor(), server.anonymous());
        let evil = "Bến \"đò\" <script> & ]]> cũ";
        let target = published(&editor, "5/2020/QĐ-UBND", json!({ "issued_on": "2020-01-02" }));
        let extra = json!({ "title": evil, "body_text": TEXT, "effective_on": "2024-06-01", "expires_on": "2025-01-01", "place": "Sông Lam",
            "legal_bases": [{ "number": "5/2020/QĐ-UBND", "issued_on": "2020-01-02" }, { "number": "9/1999/NĐ-CP" }],
            "gazette_number": "8", "gazette_date": "2024-05-20" });
        let act = published(&editor, "6/2024/QĐ-UBND", extra);
        let told = asked(&anyone, &format!("verb=GetRecord&metadataPrefix=oai_dc&identifier={}", identifier(&act)));
        let dc = |element: &str| all(&told, &format!("dc:{element}"));
        assert_eq!(dc("title"), ["Bến &quot;đò&quot; &lt;script&gt; &amp; ]]&gt; cũ".to_owned()]);
        let id = act["id"].as_str().unwrap();
        let code = act["issuer"]["code"].as_str().unwrap();
        let here = format!("http://127.0.0.1:{}", server.port);
        assert_eq!(
            dc("identifier"),
            [format!("{here}/eli/vn/{code}/qd-ubnd/2024/6"), format!("{here}/v1/documents/{id}"), "6/2024/QĐ-UBND".to_owned()]
        );
        assert_eq!((dc("creator"), dc("publisher")), (vec!["Ủy ban nhân dân tỉnh Sông Lam".to_owned()], dc("creator")));
        assert_eq!(
            (dc("date"), dc("type"), dc("language")),
            (vec!["2024-05-06".to_owned()], vec!["Quyết định".to_owned(), "Text".to_owned()], vec!["vi".to_owned()])
        );
        assert_eq!(dc("relation"), ["9/1999/NĐ-CP".to_owned(), format!("{here}/eli/vn/{code}/qd-ubnd/2020/5")]);
        assert_eq!(dc("coverage"), ["Sông Lam", "start=2024-06-01; end=2024-12-31; scheme=W3C-DTF"]);
        assert_eq!(dc("source"), ["Công báo số 8, 2024-05-20"]);
        assert_eq!(all(&told, "setSpec"), [format!("issuer:{code}"), "type:quyet-dinh".to_owned()]);

        let told = asked(&anyone, &format!("verb=GetRecord&metadataPrefix=akn&identifier={}", identifier(&act)));
        assert!(told.contains("<metadata><akomaNtoso") && told.contains("Bến &amp; thuyền") && !told.contains('\u{1}'), "{told}");
        fails(
            &anyone,
            &format!("verb=GetRecord&metadataPrefix=akn&identifier={}", identifier(&target)),
            "cannotDisseminateFormat",
        );
        assert_eq!(
            all(&asked(&anyone, &format!("verb=ListMetadataFormats&identifier={}", identifier(&target))), "metadataPrefix"),
            ["oai_dc"]
        );
        assert_eq!(all(&asked(&anyone, "verb=ListMetadataFormats"), "metadataPrefix"), ["oai_dc", "akn"]);
        let listed = asked(&anyone, "verb=ListRecords&metadataPrefix=akn");
        assert_eq!(all(&listed, "identifier"), [identifier(&act)], "only what has a text");

        withdrawn(&editor, &act);
        let told = asked(&anyone, &format!("verb=GetRecord&metadataPrefix=akn&identifier={}", identifier(&act)));
        assert!(told.contains("<header status=\"deleted\">") && !told.contains("metadata>"), "{told}");
        let draft = editor.post("/v1/documents", &document("7/2024/QĐ-UBND", json!({}))).data();
        fails(&anyone, &format!("verb=GetRecord&metadataPrefix=oai_dc&identifier={}", identifier(&draft)), "idDoesNotExist");
        fails(&editor, &format!("verb=GetRecord&metadataPrefix=oai_dc&identifier={}", identifier(&draft)), "idDoesNotExist");
    });
}

#[test]
fn time_and_sets_select_and_the_protocol_says_what_is_wrong() {
    on_both(|server| {
        let (editor, anyone) = (server.editor(), server.anonymous());
        let act = published(&editor, "6/2024/QĐ-UBND", json!({}));
        let other = json!({ "doc_type": "nghi-quyet", "issuer": { "name": "Hội đồng nhân dân tỉnh Sông Lam" } });
        let council = published(&editor, "6/2024/NQ-HĐND", other);
        let (code, other_code) = (act["issuer"]["code"].as_str().unwrap(), council["issuer"]["code"].as_str().unwrap());
        let sets = asked(&anyone, "verb=ListSets");
        let mut wanted = vec![
            format!("issuer:{code}"),
            format!("issuer:{other_code}"),
            "issuer".into(),
            "type".into(),
            "type:nghi-quyet".into(),
            "type:quyet-dinh".into(),
        ];
        wanted.sort();
        assert_eq!(all(&sets, "setSpec"), wanted);
        assert!(sets.contains("<setName>Nghị quyết</setName>"));
        let found =
            |query: &str| all(&asked(&anyone, &format!("verb=ListIdentifiers&metadataPrefix=oai_dc&{query}")), "identifier");
        assert_eq!(found(&format!("set=issuer:{code}")), [identifier(&act)]);
        assert_eq!(found("set=type:nghi-quyet"), [identifier(&council)]);
        assert_eq!((found("set=type").len(), found("set=issuer").len()), (2, 2));
        let identify = asked(&anyone, "verb=Identify");
        let stamp = all(&identify, "earliestDatestamp")[0].clone();
        let day = &stamp[..10];
        assert_eq!(found(&format!("from={day}")).len(), 2);
        assert_eq!(found(&format!("from={stamp}&until=2999-01-01T00:00:00Z")).len(), 2);
        assert!(found(&format!("until={stamp}")).contains(&identifier(&act)), "until is included to the second");
        for element in ["repositoryName", "baseURL", "adminEmail", "responseDate"] {
            assert!(!all(&identify, element)[0].is_empty(), "{identify}");
        }
        assert_eq!(
            (all(&identify, "deletedRecord"), all(&identify, "protocolVersion")),
            (vec!["persistent".to_owned()], vec!["2.0".to_owned()])
        );
        let list = "verb=ListRecords&metadataPrefix=oai_dc";
        for (query, code) in [
            ("".to_owned(), "badVerb"),
            ("verb=Steal".to_owned(), "badVerb"),
            ("verb=Identify&verb=Identify".to_owned(), "badVerb"),
            ("verb=Identify&x=1".to_owned(), "badArgument"),
            ("verb=ListRecords".to_owned(), "badArgument"),
            (format!("{list}&from=hôm qua"), "badArgument"),
            (format!("{list}&from=2024-01-01&from=2024-01-01"), "badArgument"),
            (format!("{list}&from=2024-02-01&until=2024-01-01"), "badArgument"),
            (format!("{list}&from=2024-02-01&until=2024-03-01T00:00:00Z"), "badArgument"),
            (format!("{list}&from=%ff"), "badArgument"),
            (format!("{list}&set=\"><x/>"), "badArgument"),
            (format!("{list}&until=1999-01-01"), "noRecordsMatch"),
            (format!("{list}&set=type:luat"), "noRecordsMatch"),
            (format!("{list}&set=colour:red"), "noRecordsMatch"),
            ("verb=ListRecords&metadataPrefix=marc21".to_owned(), "cannotDisseminateFormat"),
            ("verb=ListRecords&resumptionToken=".to_owned(), "badResumptionToken"),
            (format!("verb=ListRecords&resumptionToken={}", "A".repeat(4000)), "badResumptionToken"),
            ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:elsewhere:document/1".to_owned(), "idDoesNotExist"),
            (
                "verb=ListMetadataFormats&identifier=oai:127.0.0.1:document/01a20132-3f80-7b32-8623-b29347516bd4".to_owned(),
                "idDoesNotExist",
            ),
            ("verb=GetRecord&metadataPrefix=oai_dc&identifier=a b".to_owned(), "badArgument"),
        ] {
            fails(&anyone, &query, code);
        }
    });
}

fn form(client: &Client, body: &str) -> Answer {
    client.send("POST", "/oai", &[("content-type", "application/x-www-form-urlencoded")], body.as_bytes()).unwrap()
}

#[test]
fn harvesters_post_forms_and_answers_are_cached_like_feeds() {
    on_both(|server| {
        let anyone = server.anonymous();
        let posted = form(&anyone, "verb=Identify");
        assert!(posted.text().contains("<Identify>"), "{}", posted.text());
        assert!(form(&anyone, "verb=Identify&verb=Identify").text().contains("badVerb"));
        form(&anyone, &"x".repeat(20_000)).problem(413, "body_too_large");
        anyone.post("/oai", &json!({})).problem(415, "unsupported_media_type");
        let put = anyone.send("PUT", "/oai", &[], b"").unwrap();
        put.problem(405, "method_not_allowed");
        assert_eq!(put.header("allow"), "GET, HEAD, POST");
        let head = anyone.send("HEAD", "/oai?verb=Identify", &[], b"").unwrap();
        assert_eq!((head.status, head.body.len()), (200, 0));
        let first = anyone.get("/oai?verb=Identify");
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with("W/\"") && first.header("cache-control") == "public, max-age=0, must-revalidate", "{first:?}");
        let again = anyone.send("GET", "/oai?verb=Identify", &[("if-none-match", &tag)], b"").unwrap();
        assert_eq!(again.status, 304);
        let stranger = Client::new(server.port, Some("nonsense".into()));
        stranger.get("/oai?verb=Identify").problem(401, "unauthenticated");
        let elsewhere = anyone.send("GET", "/oai?verb=Identify", &[("host", "a\"b")], b"");
        assert!(elsewhere.is_none_or(|answer| answer.status == 400));
    });
    let server = Server::with(&["--reads-per-minute", "3"]);
    let anyone = server.anonymous();
    let refused = (0..6).map(|_| form(&anyone, "verb=Identify")).find(|answer| answer.status == 429);
    assert!(!refused.unwrap().header("retry-after").is_empty());
}

#[test]
fn texts_are_told_a_few_at_a_time() {
    on_both(|server| {
        let (editor, anyone) = (server.editor(), server.anonymous());
        let files: Vec<(String, String)> = (1..=21)
            .map(|n| {
                (
                    format!("{n}.txt"),
                    published_text(&format!("{n}/2024/QĐ-UBND"), "ngày 02 tháng 3 năm 2024", "có hiệu lực từ ngày ký"),
                )
            })
            .collect();
        let parts: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        assert_eq!(editor.upload("/v1/documents/import?state=published", &parts).status, 200);
        let first = asked(&anyone, "verb=ListRecords&metadataPrefix=akn");
        assert_eq!(first.matches("<akomaNtoso").count(), 20);
        let token = all(&first, "resumptionToken")[0].clone();
        let second = asked(&anyone, &format!("verb=ListRecords&resumptionToken={token}"));
        assert_eq!((second.matches("<akomaNtoso").count(), all(&second, "resumptionToken")), (1, vec![String::new()]));
        assert!(second.contains("<resumptionToken cursor=\"20\">"));
    });
}

#[test]
fn the_catalogue_lists_all_data_in_every_form() {
    on_both(|server| {
        let (editor, admin, anyone) = (server.editor(), server.admin(), server.anonymous());
        published(&editor, "6/2024/QĐ-UBND", json!({}));
        let rule = json!({ "name": "portal", "province": "song-lam", "effective_from": "2020-01-01", "legal_basis": "Quyết định 1/2020/QĐ-UBND",
            "value": { "slug": "song-lam", "name": { "vi": "Cổng \"Sông Lam\"", "en": "Sông Lam portal" }, "url": "https://songlam.example",
                "email": "du-lieu@songlam.example", "licence": "https://licences.example/mở <1>" } });
        let made = admin.post("/v1/policies", &rule);
        assert_eq!(made.status, 201, "{}", made.text());
        let answer = anyone.get("/dcat");
        assert_eq!(answer.header("content-type"), "application/ld+json");
        assert!(answer.header("vary").starts_with("accept, accept-encoding"));
        let graph = answer.json()["@graph"].as_array().unwrap().clone();
        let of = |kind: &str| graph.iter().filter(|node| node["@type"] == kind).collect::<Vec<_>>();
        let titles = |kind: &str| {
            of(kind).iter().map(|node| node["dct:title"][1]["@value"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        for title in ["Legal documents", "Issuing authorities", "Issues of the official gazette", "Article"] {
            assert!(titles("dcat:Dataset").iter().any(|known| known == title), "{title}: {:?}", titles("dcat:Dataset"));
        }
        assert_eq!(titles("dcat:DataService"), ["REST", "GraphQL", "OAI-PMH 2.0"]);
        let catalogue = of("dcat:Catalog")[0];
        assert_eq!(catalogue["dcat:dataset"].as_array().unwrap().len(), of("dcat:Dataset").len());
        assert_eq!(catalogue["dct:license"][0]["@id"], "https://licences.example/m%E1%BB%9F%20%3C1%3E");
        assert!(catalogue["dct:modified"][0]["@value"].is_string());
        let base = format!("http://127.0.0.1:{}", server.port);
        // Every address of ours in it answers.
        let mut addresses: Vec<&str> = graph
            .iter()
            .flat_map(|node| ["dcat:accessURL", "dcat:endpointDescription", "dcat:landingPage"].map(|name| &node[name][0]["@id"]))
            .filter_map(Value::as_str)
            .collect();
        addresses.sort_unstable();
        addresses.dedup();
        assert!(addresses.len() > 20);
        for address in addresses {
            let path = address.strip_prefix(&base).unwrap();
            let status = anyone.get(path).status;
            assert!(status == 200 || (path == "/docs" && status / 100 == 3), "{address}: {status}");
        }
        let turtle = anyone.send("GET", "/dcat", &[("accept", "text/turtle")], b"").unwrap();
        assert_eq!(turtle.header("content-type"), "text/turtle; charset=utf-8");
        assert!(turtle.text().contains("Cổng \\\"Sông Lam\\\""), "{}", turtle.text());
        assert_eq!(anyone.get("/dcat.ttl").text(), turtle.text());
        assert_eq!(anyone.get("/dcat.jsonld").text(), answer.text());
        let seen = anyone.send("GET", "/dcat", &[("if-none-match", answer.header("etag"))], b"").unwrap();
        assert_eq!(seen.status, 304);
        anyone.get("/dcat.rdf").problem(404, "not_found");
        anyone.get("/dcat?x=1").problem(400, "unknown_parameter");
        anyone.send("POST", "/dcat", &[], b"").unwrap().problem(405, "method_not_allowed");
    });
}

#[test]
fn many_sets_are_told_page_by_page() {
    on_both(|server| {
        let (editor, anyone) = (server.editor(), server.anonymous());
        for number in 1..=120 {
            published(&editor, "1/2024/QĐ-UBND", json!({ "issuer": { "name": format!("Ủy ban nhân dân xã Bến {number}") } }));
        }
        let (mut found, mut pages, mut query) = (Vec::new(), 0, "verb=ListSets".to_owned());
        loop {
            let page = asked(&anyone, &query);
            let specs = all(&page, "setSpec");
            assert!(specs.len() <= 100);
            found.extend(specs);
            pages += 1;
            match all(&page, "resumptionToken").first().filter(|token| !token.is_empty()) {
                Some(token) => query = format!("verb=ListSets&resumptionToken={token}"),
                None => break,
            }
        }
        let mut once = found.clone();
        once.sort();
        once.dedup();
        assert_eq!((pages, found.len(), found == once), (2, 123, true), "{found:?}");
        assert_eq!(found[121..], ["type", "type:quyet-dinh"]);
    });
}
