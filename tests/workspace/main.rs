//! What holds for the tree as a whole: which way crates depend, and that printed snapshots are true.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output();
    serde_json::from_slice(&output.unwrap().stdout).unwrap()
}

/// The crates each crate may depend on: no subject on another, none on a protocol or an engine.
fn allowed() -> BTreeMap<&'static str, Vec<&'static str>> {
    BTreeMap::from([
        ("kernel", vec![]),
        ("legal-text", vec!["kernel"]),
        ("migrations", vec![]),
        ("store", vec!["kernel"]),
        ("accounts", vec!["kernel", "store"]),
        ("content-types", vec!["kernel"]),
        ("policies", vec!["kernel", "store"]),
        ("content", vec!["kernel", "store", "content-types", "policies"]),
        ("documents", vec!["kernel", "store", "legal-text", "source-text"]),
        ("jobs", vec!["kernel", "store"]),
        ("media", vec!["kernel", "store"]),
        ("search", vec!["kernel"]),
        ("source-text", vec!["kernel"]),
        ("testkit", vec!["kernel", "store", "migrations", "source-text"]),
        ("webhooks", vec!["kernel", "store"]),
        (
            "gateway",
            vec![
                "kernel",
                "store",
                "accounts",
                "content",
                "content-types",
                "documents",
                "jobs",
                "media",
                "policies",
                "search",
                "webhooks",
            ],
        ),
        (
            "congkhai",
            vec![
                "kernel",
                "store",
                "migrations",
                "accounts",
                "content",
                "content-types",
                "documents",
                "jobs",
                "legal-text",
                "media",
                "policies",
                "search",
                "source-text",
                "webhooks",
                "gateway",
            ],
        ),
    ])
}

/// Libraries that belong to one crate alone.
const OWNED: [(&str, &str); 16] = [
    ("actix-web", "gateway congkhai"),
    ("async-graphql", "gateway"),
    ("jsonwebtoken", "gateway"),
    ("tantivy", "search"),
    ("meilisearch-sdk", "search"),
    ("clap", "congkhai"),
    ("object_store", "store"),
    ("argon2", "accounts"),
    ("image", "media"),
    ("infer", "media"),
    ("html5ever", "source-text"),
    ("zip", "source-text legal-text congkhai"),
    ("hayro-syntax", "source-text"),
    ("cms", "source-text"),
    ("rsa", "source-text"),
    ("rustix", "source-text"),
];

#[test]
fn dependencies_point_one_way() {
    let allowed = allowed();
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let names: BTreeSet<&str> = packages.iter().map(|package| package["name"].as_str().unwrap()).collect();
    assert_eq!(names, allowed.keys().copied().collect(), "every crate has its place in the table");
    for package in packages {
        let name = package["name"].as_str().unwrap();
        for dependency in package["dependencies"].as_array().unwrap() {
            let on = dependency["name"].as_str().unwrap();
            let in_tests = dependency["kind"] == "dev";
            if names.contains(on) && !in_tests {
                assert!(allowed[name].contains(&on), "{name} may not depend on {on}");
            }
            if on == "testkit" {
                assert!(in_tests, "{name} depends on the test kit outside tests");
            }
            if let Some((_, owners)) = OWNED.iter().find(|(library, _)| *library == on) {
                assert!(in_tests || owners.split(' ').any(|owner| owner == name), "{name} may not depend on {on}");
            }
        }
    }
}

/// Compares what the binary prints with the file in the tree; `UPDATE_SNAPSHOTS=1` writes it instead.
fn snapshot(arguments: &[&str], file: &str, head: &str) {
    let output = Command::new(env!("CARGO_BIN_EXE_congkhai")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let printed = format!("{head}{}", String::from_utf8(output.stdout).unwrap());
    let path = root().join(file);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &printed).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == printed, "{file} is not what `congkhai {}` prints; UPDATE_SNAPSHOTS=1 writes it", arguments.join(" "));
}

#[test]
fn the_openapi_document_in_the_tree_is_the_served_one() {
    snapshot(&["openapi"], "openapi/openapi.json", "");
}

#[test]
fn the_graphql_schema_in_the_tree_is_the_served_one() {
    snapshot(&["sdl"], "schema/schema.graphql", "");
}

#[test]
fn the_catalogue_of_problems_in_the_docs_is_the_served_one() {
    let head = "# Problems\n\nPrinted by `congkhai problems`; served at `/problems`. A test compares the two.\n\n";
    snapshot(&["problems"], "docs/errors.md", head);
}

fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap()
}

/// Every `CONGKHAI_…`, or other variable of that beginning, in a text.
fn variables(text: &str, beginning: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_uppercase() || c == '_';
    text.match_indices(beginning).map(|(at, _)| text[at..].chars().take_while(|c| is_part(*c)).collect()).collect()
}

fn sources(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

/// There is no Docker where the tests run, so what its files name is checked against the tree and the binary.
#[test]
fn the_container_files_name_only_what_exists() {
    let (compose, docker, ignore) = (read("docker-compose.yml"), read("Dockerfile"), read(".dockerignore"));
    let mut server = String::new();
    sources(&root().join("crates/server/src"), &mut server);
    let known = variables(&server, "CONGKHAI_");
    for name in variables(&compose, "CONGKHAI_").union(&variables(&docker, "CONGKHAI_")) {
        assert!(known.contains(name), "{name} is no setting of the server");
    }
    let known = variables(&read("crates/store/src/files/place.rs"), "AWS_");
    for name in variables(&compose, "AWS_").iter().filter(|name| *name != "AWS_") {
        assert!(known.contains(name), "{name} is no setting of the object store");
    }
    for path in ignore.lines().filter_map(|line| line.strip_prefix('!')) {
        assert!(root().join(path).exists(), "{path}");
    }
    for needed in ["Cargo.toml", "Cargo.lock", "crates", "migrations", "schema"] {
        assert!(ignore.lines().any(|line| line == format!("!{needed}")), "the build reads {needed}");
    }
    let command = docker.lines().find_map(|line| line.strip_prefix("CMD [")).unwrap();
    let command: Vec<&str> = command.trim_end_matches(']').split(',').map(|word| word.trim().trim_matches('"')).collect();
    let help = Command::new(env!("CARGO_BIN_EXE_congkhai")).args(&command).arg("--help").output().unwrap();
    assert!(help.status.success(), "congkhai {command:?} is a command");
    assert!(docker.contains("cargo build --release --locked --package congkhai") && docker.contains("/readyz"));
    let minimum = read("Cargo.toml")
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = \"").map(|v| v.trim_end_matches('"').to_owned()));
    let image = docker.split("rust:").nth(1).unwrap().split('-').next().unwrap().to_owned();
    let number = |version: &str| version.split('.').map(|part| part.parse::<u32>().unwrap()).collect::<Vec<_>>();
    assert!(number(&image) >= number(&minimum.unwrap()), "the image's Rust {image} is new enough");
    for port in [8080, 5432, 7700] {
        assert!(compose.contains(&port.to_string()));
    }
}
