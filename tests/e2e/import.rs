//! Import over the API and at the command line.

use crate::client::{form, published_text};
use crate::server::{Server, on_both};
use kernel_text::{as_windows_1252, encode_tcvn3, encode_vni};
use serde_json::{Value, json};

use kernel::text::legacy as kernel_text;

const NUMBER: &str = "21/2024/QĐ-UBND";

#[test]
fn a_file_that_is_too_large_fails_alone_until_the_form_is_too_large() {
    let server = Server::with(&["--max-upload", "1"]);
    let admin = server.admin();
    let text = published_text(NUMBER, "ngày 02 tháng 5 năm 2024", "có hiệu lực sau 10 ngày kể từ ngày ký");
    let large = vec![b'a'; (1 << 20) + 1];
    let files: [(&str, &[u8]); 3] = [("large.txt", &large), ("ok.txt", text.as_bytes()), ("exact.txt", &large[..1 << 20])];
    let send = |key: &str, files: &[(&str, &[u8])]| {
        let (kind, body) = form(files);
        admin.send("POST", "/v1/documents/import", &[("content-type", &kind), ("idempotency-key", key)], &body).unwrap()
    };
    let lines = send("a", &files).data();
    assert_eq!((&lines[0]["file"], &lines[0]["outcome"]), (&json!("large.txt"), &json!("failed")), "{lines}");
    assert_eq!((&lines[0]["problem"]["code"], &lines[0]["problem"]["status"]), (&json!("body_too_large"), &json!(413)));
    assert_eq!((&lines[1]["outcome"], &lines[1]["number"]), (&json!("imported"), &json!(NUMBER)));
    assert_eq!(lines[2]["outcome"], "imported", "{lines}");
    // What was read over belongs to the form as well.
    assert_eq!(send("a", &files).data(), lines);
    let other = vec![b'b'; (1 << 20) + 1];
    send("a", &[("large.txt", &other), files[1], files[2]]).problem(422, "idempotency_key_reused");
    // The whole form is bounded, and what is read over takes no memory.
    let before = server.memory();
    let many: Vec<(&str, &[u8])> = vec![("large.txt", &other); 90];
    assert_eq!(admin.upload("/v1/documents/import", &many).data().as_array().unwrap().len(), 90);
    assert!(server.memory() < before + (40 << 20), "{} after {before}", server.memory());
    let more = vec![b'a'; 101 << 20];
    admin.upload("/v1/documents/import", &[("more.txt", &more)]).problem(413, "body_too_large");
    let path = format!("/v1/documents/{}/files", lines[1]["id"].as_str().unwrap());
    admin.upload(&path, &[("large.txt", &large)]).problem(413, "body_too_large");
}

#[test]
fn an_original_is_given_in_part() {
    on_both(|server| {
        let admin = server.admin();
        let text = published_text(NUMBER, "ngày 02 tháng 5 năm 2024", "có hiệu lực sau 10 ngày kể từ ngày ký");
        let lines = admin.upload("/v1/documents/import?state=published", &[("a.txt", text.as_bytes())]).data();
        let path = format!("/v1/documents/{}/files", lines[0]["id"].as_str().unwrap());
        let path = format!("{path}/{}", server.anonymous().get(&path).data()[0]["id"].as_str().unwrap());
        let (anyone, bytes) = (server.anonymous(), text.as_bytes());
        let get = |headers: &[(&str, &str)]| anyone.send("GET", &path, headers, b"").unwrap();
        let whole = get(&[("accept-encoding", "gzip")]);
        let tag = whole.header("etag").to_owned();
        assert_eq!((whole.status, whole.header("accept-ranges"), whole.body.as_slice()), (200, "bytes", bytes));
        assert_eq!(whole.header("content-encoding"), "", "ranges count the bytes as they are");
        let part = get(&[("range", "bytes=5-9")]);
        assert_eq!((part.status, part.body.as_slice()), (206, &bytes[5..10]));
        assert_eq!(part.header("content-range"), format!("bytes 5-9/{}", bytes.len()));
        assert!(part.header("content-disposition").starts_with("attachment"));
        assert_eq!(get(&[("range", "bytes=-3")]).body, bytes[bytes.len() - 3..]);
        let beyond = get(&[("range", &format!("bytes={}-", bytes.len()))]);
        beyond.problem(416, "range_not_satisfiable");
        assert_eq!(beyond.header("content-range"), format!("bytes */{}", bytes.len()));
        assert_eq!(get(&[("range", "bytes=0-1"), ("if-range", &tag)]).status, 206);
        assert_eq!(get(&[("range", "bytes=0-1"), ("if-range", "\"other\"")]).status, 200);
        assert_eq!(get(&[("if-none-match", &tag)]).status, 304);
        let head = anyone.send("HEAD", &path, &[("range", "bytes=0-1")], b"").unwrap();
        assert_eq!((head.status, head.header("content-length")), (200, bytes.len().to_string().as_str()));
    });
}

#[test]
fn an_upload_makes_drafts_unless_publication_is_asked_for() {
    on_both(|server| {
        let admin = server.admin();
        let text = published_text(NUMBER, "ngày 02 tháng 5 năm 2024", "có hiệu lực sau 10 ngày kể từ ngày ký");
        server.anonymous().upload("/v1/documents/import", &[("a.txt", text.as_bytes())]).problem(401, "unauthenticated");
        let files: [(&str, &[u8]); 4] =
            [("a.txt", text.as_bytes()), ("b.txt", b"\x00\x01\x02\xff\xfe"), ("c.odt", b"PK"), ("d.pdf", b"%PDF")];
        let lines = admin.upload("/v1/documents/import", &files).data();
        assert_eq!(lines[0]["outcome"], "imported", "{lines}");
        assert_eq!((&lines[1]["outcome"], &lines[1]["problem"]["code"]), (&json!("failed"), &json!("undecodable_file")));
        assert_eq!((&lines[2]["outcome"], &lines[2]["problem"]["code"]), (&json!("failed"), &json!("unsupported_file")));
        assert_eq!((&lines[3]["outcome"], &lines[3]["problem"]["code"]), (&json!("failed"), &json!("source_type_mismatch")));
        let path = format!("/v1/documents/{}", lines[0]["id"].as_str().unwrap());
        server.anonymous().get(&path).problem(404, "not_found");
        let found = admin.get(&path).data();
        assert_eq!(
            (&found["number"], &found["issued_on"], &found["effective_on"]),
            (&json!(NUMBER), &json!("2024-05-02"), &json!("2024-05-12"))
        );
        assert_eq!(
            (&found["signer_name"], &found["signer_title"], &found["signer_capacity"]),
            (&json!("Lê Văn Bến"), &json!("Chủ tịch"), &json!("TM."))
        );
        assert_eq!(found["issuer"]["name"], "Ủy ban nhân dân tỉnh Sông Lam");

        let again = admin.upload("/v1/documents/import?state=published", &[("a.txt", text.as_bytes())]).data();
        assert_eq!(again[0]["outcome"], "unchanged");
        let changed = text.replace("trực tuyến", "trên mạng");
        let updated = admin.upload("/v1/documents/import?state=published", &[("a2.txt", changed.as_bytes())]).data();
        assert_eq!((&updated[0]["outcome"], &updated[0]["id"]), (&json!("updated"), &lines[0]["id"]));
        let live = server.anonymous().get(&path).data();
        assert_eq!(live["revision"], 2);
        let files: Vec<Value> = admin.get(&format!("{path}/files")).data().as_array().unwrap().clone();
        assert_eq!(files.len(), 2, "the old file is kept");
        assert_eq!(
            server.anonymous().get(&format!("{path}/files")).data().as_array().unwrap().len(),
            1,
            "a file nobody published stays inside"
        );
        let old = admin.get(&format!("{path}/files/{}", files[1]["id"].as_str().unwrap()));
        assert_eq!(old.body, text.as_bytes());
        assert!(old.header("content-disposition").starts_with("attachment"));
        server.anonymous().get(&format!("{path}/files/{}", files[1]["id"].as_str().unwrap())).problem(404, "not_found");
        admin.upload("/v1/documents/import?state=public", &[("a.txt", b"x")]).problem(400, "invalid_parameter");
        admin.upload("/v1/documents/import", &[]).problem(400, "malformed_request");
    });
}

#[test]
fn texts_in_old_encodings_come_in_as_unicode_and_their_bytes_are_kept() {
    on_both(|server| {
        let admin = server.admin();
        let text = published_text(NUMBER, "ngày 02 tháng 5 năm 2024", "có hiệu lực kể từ ngày ký").to_lowercase();
        let tcvn3 = encode_tcvn3(&text).unwrap();
        let vni = encode_vni(&text).unwrap();
        for (n, bytes) in [tcvn3.clone(), vni.clone(), as_windows_1252(&tcvn3).into_bytes(), as_windows_1252(&vni).into_bytes()]
            .into_iter()
            .enumerate()
        {
            let name = format!("old-{n}.txt");
            let line = admin.upload("/v1/documents/import", &[(&name, &bytes)]).data()[0].clone();
            assert_ne!(line["outcome"], "failed", "{line}");
            let path = format!("/v1/documents/{}", line["id"].as_str().unwrap());
            let found = admin.get(&format!("{path}?state=draft")).data();
            assert_eq!(found["body_text"].as_str().unwrap(), text, "{name}");
            let kept = admin.get(&format!("{path}/files/{}", found["source_file_id"].as_str().unwrap()));
            assert_eq!(kept.body, bytes);
            let file = &admin.get(&format!("{path}/files")).data()[0];
            assert_eq!(file["encoding"], if n % 2 == 0 { "tcvn3" } else { "vni" });
        }
    });
}

#[test]
fn the_command_line_tells_what_became_of_every_file() {
    on_both(|server| {
        let folder = server.data.path().join("texts/deeper");
        std::fs::create_dir_all(&folder).unwrap();
        let text = published_text(NUMBER, "ngày 02 tháng 5 năm 2024", "có hiệu lực kể từ ngày 15 tháng 5 năm 2024");
        std::fs::write(folder.join("one.txt"), &text).unwrap();
        std::fs::write(folder.join("two.odt"), b"PK").unwrap();
        std::fs::write(folder.join("three.txt"), b"").unwrap();
        let run = server.import(&[&server.data.path().join("texts")]);
        let printed = String::from_utf8(run.stdout).unwrap();
        assert!(!run.status.success(), "one file failed");
        for line in ["imported", "skipped", "failed", "one.txt", "two.odt", "three.txt", "1 imported"] {
            assert!(printed.contains(line), "{line} in {printed}");
        }
        let nowhere = server.import(&[&server.data.path().join("nowhere.txt")]);
        assert!(!nowhere.status.success() && String::from_utf8_lossy(&nowhere.stdout).contains("nowhere.txt"));
        let draft = server.run(&["import", "documents", "--draft", folder.join("one.txt").to_str().unwrap()], &[]);
        assert!(draft.status.success() && String::from_utf8_lossy(&draft.stdout).contains("unchanged"));
    });
}

#[test]
fn the_file_of_what_was_withdrawn_stays_inside_when_a_corrected_one_is_published() {
    on_both(|server| {
        let (admin, anyone) = (server.admin(), server.anonymous());
        let import = |name: &str, text: &str| {
            admin.upload("/v1/documents/import?state=published", &[(name, text.as_bytes())]).data()[0].clone()
        };
        let text = published_text(NUMBER, "ngày 02 tháng 5 năm 2024", "có hiệu lực kể từ ngày ký");
        let path = format!("/v1/documents/{}", import("a.txt", &text)["id"].as_str().unwrap());
        let first = anyone.get(&path);
        let old = format!("{path}/files/{}", first.data()["source_file_id"].as_str().unwrap());
        let seen = anyone.get(&old);
        assert_eq!(
            anyone.send("GET", &old, &[("if-none-match", &format!("\"a\", {}", seen.header("etag")))], b"").unwrap().status,
            304
        );
        assert_eq!(admin.transition(&path, first.header("etag"), "withdraw").status, 200);
        let corrected = import("b.txt", &text.replace("trực tuyến", "trên mạng"));
        assert_eq!((&corrected["outcome"], anyone.get(&path).status), (&json!("updated"), 200));
        anyone.get(&old).problem(404, "not_found");
        assert_eq!(admin.get(&old).body, text.as_bytes());
        assert_eq!(anyone.get(&format!("{path}/files")).data().as_array().unwrap().len(), 1);

        let name = format!("{}.txt", "Quyết định về việc ban hành quy chế ".repeat(8));
        let other = text.replace("21/2024", "22/2024");
        let line = admin.upload("/v1/documents/import", &[(&name, other.as_bytes())]).data()[0].clone();
        assert_eq!(line["outcome"], "imported", "a long name keeps its extension: {line}");
        let again = import("again.txt", &other);
        assert_eq!(
            (&again["outcome"], &again["warnings"]),
            (&json!("unchanged"), &json!(["not_published"])),
            "it is still a draft, and that is said"
        );
    });
}

#[test]
fn a_text_typed_in_tcvn3_tells_its_fields_like_any_other() {
    on_both(|server| {
        let admin = server.admin();
        let text = published_text(NUMBER, "ngày 02 tháng 5 năm 2024", "có hiệu lực sau 10 ngày kể từ ngày ký");
        let typed = encode_tcvn3(&text).unwrap();
        for (name, bytes) in [("typed.txt", typed.clone()), ("pasted.txt", as_windows_1252(&typed).into_bytes())] {
            let line = admin.upload("/v1/documents/import", &[(name, &bytes)]).data()[0].clone();
            let found = admin.get(&format!("/v1/documents/{}?state=draft", line["id"].as_str().unwrap())).data();
            for (field, value) in [
                ("number", NUMBER),
                ("title", "Ban hành Quy chế sử dụng phòng đọc trực tuyến của tỉnh Sông Lam"),
                ("issued_on", "2024-05-02"),
                ("effective_on", "2024-05-12"),
                ("signer_name", "Lê Văn Bến"),
                ("signer_title", "Chủ tịch"),
                ("signer_capacity", "TM."),
            ] {
                assert_eq!(found[field], value, "{name}");
            }
            assert_eq!(found["issuer"]["name"], "Ủy ban nhân dân tỉnh Sông Lam");
            assert!(found["body_text"].as_str().unwrap().contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
        }
    });
}

/// One document a line, with its fields.
fn lines(documents: &[Value]) -> Vec<u8> {
    documents.iter().map(|document| format!("{document}\n")).collect::<String>().into_bytes()
}

#[test]
fn documents_come_with_their_fields_and_go_out_as_they_came() {
    on_both(|server| {
        let folder = server.data.path().join("lines");
        std::fs::create_dir_all(&folder).unwrap();
        let text = published_text(NUMBER, "ngày 02 tháng 5 năm 2024", "có hiệu lực kể từ ngày ký");
        std::fs::write(folder.join("text.txt"), &text).unwrap();
        let issuer = json!({ "name": "Ủy ban nhân dân tỉnh Sông Lam" });
        let with_fields = json!({ "number": "6/2024/QĐ-UBND", "doc_type": "quyet-dinh", "title": "Về bến đò", "issuer": issuer, "issued_on": "2024-03-01" });
        let with_file = json!({ "file": "text.txt", "title": "Một tên khác" });
        let bad_day = json!({ "number": "7/2024/QĐ-UBND", "issued_on": "2024-13-01" });
        let outside = json!({ "file": "../lines/text.txt" });
        let list = folder.join("list.ndjson");
        let mut written = lines(&[with_fields, with_file.clone(), bad_day, outside]);
        written.extend(b"{\n\n");
        std::fs::write(&list, written).unwrap();
        let report = folder.join("report.ndjson");
        let import = |paths: &[&str]| server.run(&[&["import", "documents"], paths].concat(), &[]);
        let run = import(&[list.to_str().unwrap(), "--report", report.to_str().unwrap()]);
        let printed = String::from_utf8(run.stdout).unwrap();
        assert!(!run.status.success() && printed.contains("2 imported") && printed.contains("3 failed"), "{printed}");
        let told: Vec<Value> =
            std::fs::read_to_string(&report).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(told.len(), 5);
        assert!(
            told[2]["file"].as_str().unwrap().ends_with("list.ndjson:3") && told[2]["code"] == "validation_failed",
            "{}",
            told[2]
        );
        assert!(told[2]["detail"].as_str().unwrap().contains("/issued_on"));
        let path = format!("/v1/documents/{}", told[1]["id"].as_str().unwrap());
        let found = server.anonymous().get(&path).data();
        // What is told counts; what is not is found in the text.
        assert_eq!((&found["title"], &found["number"]), (&json!("Một tên khác"), &json!(NUMBER)));

        // The same again changes nothing; other fields with the same file do.
        std::fs::write(&list, lines(&[with_file])).unwrap();
        assert!(String::from_utf8(import(&[list.to_str().unwrap()]).stdout).unwrap().contains("1 unchanged"));
        std::fs::write(&list, lines(&[json!({ "file": "text.txt", "title": "Tên thứ ba" })])).unwrap();
        assert!(String::from_utf8(import(&[list.to_str().unwrap()]).stdout).unwrap().contains("1 updated"));

        // Out, and in again: nothing has changed.
        let out = folder.join("out.ndjson");
        let export = |file: &std::path::Path, form: &str| {
            let run = server.run(&["export", "documents", file.to_str().unwrap(), "--format", form], &[]);
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        };
        export(&out, "ndjson");
        let exported = std::fs::read_to_string(&out).unwrap();
        assert_eq!(exported.lines().count(), 2);
        assert!(exported.contains("Tên thứ ba") && exported.contains("phòng đọc trực tuyến"));
        assert!(String::from_utf8(import(&[out.to_str().unwrap()]).stdout).unwrap().starts_with("unchanged"));
        let archive = folder.join("out.zip");
        export(&archive, "akn");
        assert!(std::fs::read(&archive).unwrap().starts_with(b"PK"));
        let sums = std::fs::read_to_string(folder.join("out.zip.sha256")).unwrap();
        assert!(sums.ends_with("  out.zip\n") && sums.len() == 64 + 2 + 8, "{sums}");
    });
}

#[test]
fn an_import_that_is_killed_goes_on_where_it_was() {
    let server = crate::server::Server::sqlite();
    let folder = server.data.path().join("many");
    std::fs::create_dir_all(&folder).unwrap();
    for n in 1..=150 {
        let text = published_text(&format!("{n}/2024/QĐ-UBND"), "ngày 02 tháng 5 năm 2024", "có hiệu lực kể từ ngày ký");
        std::fs::write(folder.join(format!("{n:03}.txt")), text).unwrap();
    }
    let mut first = crate::server::command(server.data.path(), None);
    first.args(["import", "documents", folder.to_str().unwrap()]).stdout(std::process::Stdio::piped());
    let mut child = first.spawn().unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(child.stdout.as_mut().unwrap()), &mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(line.starts_with("imported"), "{line}");
    let run = server.import(&[&folder]);
    let printed = String::from_utf8(run.stdout).unwrap();
    assert!(run.status.success() && printed.contains("unchanged"), "{printed}");
    let total = server.anonymous().get("/v1/documents?meta=total&page[size]=1").json()["meta"]["total"].clone();
    assert_eq!(total, 150);
}
