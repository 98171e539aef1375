//! Imports of many, exports of all.

use crate::client::{document, published_text};
use crate::server::{Server, command, on_both};
use serde_json::{Value, json};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

fn text(number: usize) -> String {
    published_text(&format!("{number}/2024/QĐ-UBND"), "ngày 02 tháng 5 năm 2024", "có hiệu lực kể từ ngày ký")
}

/// A folder with so many texts.
fn texts(server: &Server, count: usize) -> PathBuf {
    let folder = server.data.path().join("many");
    fs::create_dir_all(&folder).unwrap();
    for number in 1..=count {
        fs::write(folder.join(format!("{number:03}.txt")), text(number)).unwrap();
    }
    folder
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn lines(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn import(server: &Server, arguments: &[&str]) -> Output {
    server.run(&[&["import", "documents"], arguments].concat(), &[])
}

fn export(server: &Server, file: &Path, arguments: &[&str]) -> String {
    let run = server.run(&[&["export", "documents", file.to_str().unwrap()], arguments].concat(), &[]);
    assert!(run.status.success(), "{}", printed(&run));
    printed(&run)
}

fn total(server: &Server) -> Value {
    server.anonymous().get("/v1/documents?meta=total&page[size]=1").json()["meta"]["total"].clone()
}

/// A line without what another installation gives it.
fn told(mut line: Value) -> Value {
    let fields = line.as_object_mut().unwrap();
    for name in ["id", "issuer_id", "source_file_id", "created_at", "updated_at", "published_at", "file"] {
        assert!(name == "file" || fields.contains_key(name), "{name}");
        fields.remove(name);
    }
    fields.get_mut("issuer").and_then(Value::as_object_mut).map(|issuer| issuer.remove("id"));
    for base in fields["legal_bases"].as_array_mut().unwrap() {
        base.as_object_mut().unwrap().remove("document_id");
    }
    for relation in fields["relations"].as_array_mut().unwrap() {
        relation.as_object_mut().unwrap().remove("target_id");
    }
    for file in fields["files"].as_array_mut().unwrap() {
        file.as_object_mut().unwrap().remove("file");
    }
    fields["files"].as_array_mut().unwrap().sort_by_key(|file| file["sha256"].to_string());
    line
}

#[test]
fn what_goes_out_of_one_installation_comes_into_another_as_it_was() {
    on_both(|server| {
        let admin = server.admin();
        let folder = texts(&server, 3);
        assert!(import(&server, &[folder.to_str().unwrap()]).status.success());
        // An issuer with a code of its own, a field that nobody knows although the text tells it, and a file beside the text.
        let issuer = json!({ "name": "Hội đồng thư viện Sông Lam", "code": "thu-vien.hoi-dong" });
        let issuer = admin.post("/v1/issuers", &issuer).data()["id"].clone();
        let first = admin.get("/v1/documents?filter[number]=1/2024/QĐ-UBND").data()[0].clone();
        let path = format!("/v1/documents/{}", first["id"].as_str().unwrap());
        let tag = admin.get(&path).header("etag").to_owned();
        let patch = json!({ "signer_name": null, "title": "Tên đã sửa", "issuer_id": issuer });
        assert_eq!(admin.patch(&path, &tag, &patch).status, 200);
        let tag = admin.get(&format!("{path}?state=draft")).header("etag").to_owned();
        assert_eq!(admin.transition(&path, &tag, "publish").status, 200);
        let beside =
            admin.upload(&format!("{path}/files?state=published"), &[("phụ lục.txt", "Bảng số liệu kèm theo".as_bytes())]);
        assert!(beside.status < 300, "{beside:?}");
        let bare = document("9/2024/QĐ-UBND", json!({ "state": "published", "expires_on": "2030-01-01" }));
        assert_eq!(admin.post("/v1/documents", &bare).status, 201);

        let out = server.data.path().join("out.ndjson");
        let summary = export(&server, &out, &["--originals"]);
        assert!(summary.starts_with("4 documents, 0 failed"), "{summary}");
        let other = Server::sqlite();
        let run = import(&other, &[out.to_str().unwrap()]);
        assert!(run.status.success() && printed(&run).contains("4 imported"), "{}", printed(&run));
        let back = other.data.path().join("back.ndjson");
        export(&other, &back, &["--originals"]);
        let sorted = |path: &Path| {
            let mut told: Vec<Value> = lines(path).into_iter().map(told).collect();
            told.sort_by_key(|line| line["number"].to_string());
            // A revision counts what happened in one installation.
            told.iter_mut().for_each(|line| line["revision"] = Value::Null);
            told
        };
        let (there, here) = (sorted(&back), sorted(&out));
        for (there, here) in there.iter().zip(&here) {
            assert_eq!(there, here);
        }
        assert_eq!(there.len(), 4);
        let first = there.iter().find(|line| line["number"] == "1/2024/QĐ-UBND").unwrap();
        assert_eq!((&first["signer_name"], &first["issuer"]["code"]), (&Value::Null, &json!("thu-vien.hoi-dong")));
        assert_eq!(first["files"].as_array().unwrap().len(), 2);

        // The same again is passed over, files included.
        let again = printed(&import(&other, &[out.to_str().unwrap()]));
        assert!(again.contains("4 unchanged"), "{again}");
    });
}

#[test]
fn an_archive_of_akoma_ntoso_has_every_text_every_file_and_their_checksums() {
    on_both(|server| {
        let folder = texts(&server, 2);
        assert!(import(&server, &[folder.to_str().unwrap()]).status.success());
        let bare = document("9/2024/QĐ-UBND", json!({ "state": "published" }));
        assert_eq!(server.admin().post("/v1/documents", &bare).status, 201);
        let draft = document("10/2024/QĐ-UBND", json!({}));
        assert_eq!(server.admin().post("/v1/documents", &draft).status, 201);
        let out = server.data.path().join("out.zip");
        let summary = export(&server, &out, &["--format", "akn", "--originals"]);
        assert!(summary.starts_with("3 documents (1 without a text), 0 failed"), "{summary}");
        let mut archive = zip::ZipArchive::new(fs::File::open(&out).unwrap()).unwrap();
        let mut read = |name: &str| {
            let mut bytes = Vec::new();
            archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
            bytes
        };
        let sums = String::from_utf8(read("SHA256SUMS")).unwrap();
        let names: Vec<&str> = sums.lines().map(|line| line.split_once("  ").unwrap().1).collect();
        for line in sums.lines() {
            let (sum, name) = line.split_once("  ").unwrap();
            assert_eq!(store::sha256_hex(&read(name)), sum, "{name}");
        }
        let akn = "eli/vn/song-lam.ubnd/qd-ubnd/2024/1/vie@2024-05-02.akn";
        assert!(names.contains(&akn) && String::from_utf8(read(akn)).unwrap().contains("<akomaNtoso"), "{sums}");
        assert_eq!(names.iter().filter(|name| name.starts_with("files/") && name.ends_with(".txt")).count(), 2, "{sums}");
        let manifest = String::from_utf8(read("manifest.ndjson")).unwrap();
        assert_eq!(manifest.lines().count(), 3, "no draft is among them: {manifest}");
        let refused = server.run(&["export", "documents", out.to_str().unwrap(), "--format", "akn", "--draft"], &[]);
        assert!(!refused.status.success() && printed(&refused).contains("ndjson"));

        let drafts = server.data.path().join("drafts.ndjson");
        assert!(export(&server, &drafts, &["--draft"]).starts_with("4 documents"));
        let left: Vec<_> = fs::read_dir(server.data.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(!left.iter().any(|name| name.to_string_lossy().contains(".part")), "{left:?}");
    });
}

#[test]
fn a_line_that_is_wrong_is_told_by_its_place_and_stops_nothing() {
    on_both(|server| {
        let folder = server.data.path().join("lines");
        fs::create_dir_all(folder.join("below")).unwrap();
        fs::write(folder.join("below/text.txt"), text(1)).unwrap();
        fs::write(server.data.path().join("outside.txt"), text(2)).unwrap();
        std::os::unix::fs::symlink(server.data.path().join("outside.txt"), folder.join("link.txt")).unwrap();
        let good = |number: &str| document(number, json!({})).to_string();
        let with = |extra: Value| document("5/2024/QĐ-UBND", extra).to_string();
        let outside = server.data.path().join("outside.txt");
        let wrong = [
            ("[1, 2]".to_owned(), "", "invalid_line"),
            ("{\"title\": \"dở".to_owned(), "", "invalid_line"),
            (format!("{}1{}", "[".repeat(5000), "]".repeat(5000)), "", "invalid_line"),
            (with(json!({ "tilte": "x" })), "/tilte", "invalid_field"),
            (with(json!({ "a/b~": 1 })), "/a~1b~0", "invalid_field"),
            (with(json!({ "number": 5 })), "/number", "invalid_field"),
            (with(json!({ "title": "x".repeat(2001) })), "/title", "too_long"),
            (with(json!({ "issued_on": "2024-02-30" })), "/issued_on", "invalid_date"),
            (with(json!({ "body_text": "a\u{0}b" })), "/body_text", "invalid_text"),
            (with(json!({ "issuer": 7 })), "/issuer", "invalid_field"),
            (with(json!({ "issuer": { "nam": "x" } })), "/issuer/nam", "invalid_field"),
            (with(json!({ "issuer": { "code": "../x" } })), "/issuer/code", "invalid_code"),
            (with(json!({ "issuer": null, "issuer_code": "khong.co" })), "/issuer/code", "unknown_issuer"),
            (with(json!({ "state": "secret" })), "/state", "invalid_state"),
            (with(json!({ "file": "../outside.txt" })), "/file", "file_outside"),
            (with(json!({ "file": outside })), "/file", "file_outside"),
            (with(json!({ "file": "link.txt" })), "/file", "file_outside"),
            (with(json!({ "file": "below" })), "/file", "invalid_file"),
            (with(json!({ "file": "missing.txt" })), "/file", "unreadable_file"),
            (with(json!({ "files": [{ "file": "../outside.txt" }] })), "/files/0/file", "file_outside"),
        ];
        let mut all = format!("\u{feff}{}\r\n\n", good("1/2024/QĐ-UBND"));
        wrong.iter().for_each(|(line, ..)| all += &format!("{line}\n"));
        all += &good("2/2024/QĐ-UBND");
        fs::write(folder.join("list.ndjson"), all + "\n" + &good("1/2024/QĐ-UBND")).unwrap();
        // A report in the folder is no list of documents.
        let report = folder.join("report.ndjson");
        let run = import(&server, &[folder.join("list.ndjson").to_str().unwrap(), "--report", report.to_str().unwrap()]);
        let reported = lines(&report);
        assert_eq!(run.status.code(), Some(1), "{}", printed(&run));
        assert!(printed(&run).contains("2 imported, 20 failed, 1 unchanged"), "{}", printed(&run));
        for (at, (line, pointer, code)) in wrong.iter().enumerate() {
            let told = &reported[at + 1];
            assert_eq!((&told["line"], &told["outcome"]), (&json!(at + 3), &json!("failed")), "{line}");
            assert_eq!((&told["errors"][0]["pointer"], &told["errors"][0]["code"]), (&json!(pointer), &json!(code)), "{told}");
        }
        fs::remove_file(folder.join("link.txt")).unwrap();
        let whole = import(&server, &[folder.to_str().unwrap(), "--report", report.to_str().unwrap()]);
        assert!(!printed(&whole).contains("report.ndjson") && printed(&whole).contains("3 unchanged"), "{}", printed(&whole));
        assert_eq!(total(&server), 3, "two of the lines, and the text below");
    });
}

#[test]
fn what_is_wrong_with_lines_is_told_shortly_in_the_language_of_the_terminal() {
    let server = Server::sqlite();
    let list = server.data.path().join("list.ndjson");
    let lines = [
        "{\"title\": \"dở".to_owned(),
        "{x}".to_owned(),
        "[1]".to_owned(),
        document("5/2024/QĐ-UBND", json!({ "tilte": "x", "mau_sac": 1, "gia": 2, "number": 5 })).to_string(),
        json!({ "file": "../outside.txt" }).to_string(),
        json!({ "file": "missing.txt" }).to_string(),
    ];
    fs::write(&list, lines.join("\n")).unwrap();
    let run = |lang| printed(&server.run(&["import", "documents", list.to_str().unwrap()], &[("LC_ALL", lang)]));
    let told = run("vi_VN.UTF-8");
    for part in [
        "JSON bị cắt ngang",
        "JSON sai cú pháp ở cột 2",
        "không phải đối tượng JSON",
        "/tilte: không có trường này; gần nhất là title",
        "/number: phải là văn bản",
        "../outside.txt: không nằm trong thư mục",
        "missing.txt: không có tệp này",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!["expected", "EOF", "not a", "No such"].iter().any(|english| told.contains(english)), "{told}");
    assert_eq!(told.matches("signer_capacity").count(), 1, "{told}");
    assert!(told.lines().all(|line| line.len() < 1000), "{told}");
    let told = run("en_GB.UTF-8");
    assert!(told.contains("there is no such field; the nearest is title") && told.contains("the JSON breaks off"), "{told}");
}

#[test]
fn imports_of_the_same_texts_at_the_same_time_make_each_document_once() {
    on_both(|server| {
        let folder = texts(&server, 60);
        let list = folder.join("list.ndjson");
        let line = |number: usize| json!({ "file": format!("{number:03}.txt"), "place": "Bến Sậy" }).to_string() + "\n";
        fs::write(&list, (1..=60).map(line).collect::<String>()).unwrap();
        let start = |path: &Path| {
            let mut run = command(server.data.path(), server.database());
            run.args(["import", "documents", path.to_str().unwrap()]).stdout(Stdio::piped()).stderr(Stdio::piped());
            run.spawn().unwrap()
        };
        let runs = [start(&folder), start(&folder), start(&list)];
        for run in runs {
            let output = run.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", printed(&output));
        }
        assert_eq!(total(&server), 60);
    });
}

#[test]
fn a_run_that_can_keep_nothing_says_so_and_goes_on_later() {
    let server = Server::sqlite();
    let folder = texts(&server, 20);
    let blocked = server.data.path().join("blocked");
    fs::create_dir_all(&blocked).unwrap();
    for n in 0..256 {
        fs::write(blocked.join(format!("{n:02x}")), "").unwrap();
    }
    let blocked = ("CONGKHAI_FILES", blocked.to_str().unwrap());
    let run = server.run(&["import", "documents", folder.to_str().unwrap()], &[blocked]);
    let told = printed(&run);
    assert!(!run.status.success() && told.contains("5 failed") && told.contains("nothing can be kept"), "{told}");
    assert!(printed(&import(&server, &[folder.to_str().unwrap()])).contains("20 imported"));
}

#[test]
fn what_lines_tell_counts_over_the_text_and_nothing_is_told_by_null() {
    on_both(|server| {
        let folder = server.data.path().join("told");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("1.txt"), text(1)).unwrap();
        let list = folder.join("list.jsonl");
        let run = |line: Value| {
            fs::write(&list, line.to_string()).unwrap();
            let told = printed(&import(&server, &[list.to_str().unwrap()]));
            let document = server.anonymous().get("/v1/documents?fields[document]=number,place,signer_name,body_text").data();
            (told.split_whitespace().next().unwrap().to_owned(), document[0].clone())
        };
        let (outcome, found) = run(json!({ "file": "1.txt", "place": "Bến Sậy", "signer_name": null }));
        assert_eq!((outcome.as_str(), &found["place"], &found["signer_name"]), ("imported", &json!("Bến Sậy"), &Value::Null));
        let (outcome, found) = run(json!({ "file": "1.txt", "place": "Bến Sậy" }));
        assert_eq!((outcome.as_str(), &found["signer_name"]), ("updated", &json!("Lê Văn Bến")));
        assert_eq!(run(json!({ "file": "1.txt", "place": "Bến Sậy" })).0, "unchanged");
        // Back to what was told before the last time: that is another change.
        assert_eq!(run(json!({ "file": "1.txt", "place": "Bến Sậy", "signer_name": null })).0, "updated");
        let (outcome, _) = run(json!({ "file": "1.txt", "number": "77/2024/QĐ-UBND", "state": "draft" }));
        assert_eq!(outcome, "imported", "another number is another document");
        assert_eq!(total(&server), 1, "and that one is a draft");
    });
}
