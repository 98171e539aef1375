//! Legacy encodings measured on real legal documents, where they are at hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};

use kernel::text::legacy::{Encoding, as_windows_1252, decode, encode_tcvn3, encode_vni};
use kernel::text::nfc;

/// The folder of real documents, or `None` with a loud word where it is missing.
fn shared() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let shared = std::env::var_os("CONGKHAI_SHARED").map_or_else(beside, PathBuf::from);
    let is_there = shared.join("regulations").is_dir() && shared.join("legal").is_dir();
    if !is_there {
        eprintln!("SKIPPED: ../shared/data is not here");
    }
    is_there.then_some(shared)
}

/// The texts of one folder by file name.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let mut texts: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "txt" || kind == "html"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    texts.sort();
    assert!(!texts.is_empty(), "no texts in {}", folder.display());
    texts
}

#[test]
fn real_unicode_documents_are_never_converted() {
    let Some(shared) = shared() else { return };
    for folder in ["regulations", "legal"] {
        for (name, text) in texts(&shared.join(folder)) {
            let decoded = decode(text.as_bytes()).unwrap();
            assert_eq!(decoded.encoding, Encoding::Utf8, "{name}");
            assert!(decoded.text == nfc(text.trim_start_matches('\u{feff}')), "{name}");
        }
    }
}

#[test]
fn real_documents_survive_both_encodings_as_bytes_and_as_paste() {
    let Some(shared) = shared() else { return };
    let mut documents = texts(&shared.join("regulations"));
    let legal = texts(&shared.join("legal"));
    documents.extend(legal.into_iter().step_by(4));
    assert!(documents.len() >= 45, "{} documents", documents.len());
    for (name, text) in documents {
        let text = nfc(text);
        let for_tcvn3 = encodable(&text, encode_tcvn3);
        assert_recovered(&name, &for_tcvn3, &encode_tcvn3(&for_tcvn3).unwrap(), Encoding::Tcvn3);
        let for_vni = encodable(&text, encode_vni);
        assert_recovered(&name, &for_vni, &encode_vni(&for_vni).unwrap(), Encoding::Vni);
    }
}

#[track_caller]
fn assert_recovered(name: &str, text: &str, bytes: &[u8], encoding: Encoding) {
    let pasted = as_windows_1252(bytes);
    let as_latin_1: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    for (shape, input) in [("bytes", bytes), ("paste", pasted.as_bytes()), ("Latin-1 paste", as_latin_1.as_bytes())] {
        let decoded = decode(input).unwrap_or_else(|error| panic!("{name} {encoding:?} {shape}: {error}"));
        assert_eq!(decoded.encoding, encoding, "{name} {shape}");
        // TCVN3 has no capitals with a tone: those of headings are told from their neighbours.
        let same = |a: &str, b: &str| if encoding == Encoding::Tcvn3 { a.to_lowercase() == b.to_lowercase() } else { a == b };
        let lines = || decoded.text.lines().zip(text.lines());
        if !same(&decoded.text, text) {
            let (got, expected) = lines().find(|(got, expected)| !same(got, expected)).unwrap_or(("(more lines)", ""));
            panic!("{name} {encoding:?} {shape}: «{got}» for «{expected}»");
        }
        let is_heading = |line: &str| line.split_whitespace().count() > 1 && !line.chars().any(char::is_lowercase);
        let headings: Vec<_> = lines().filter(|(_, expected)| is_heading(expected)).collect();
        let differing = headings.iter().filter(|(got, expected)| got != expected).count();
        assert!(differing * 20 <= headings.len() + 19, "{name} {encoding:?} {shape}: {differing} of {} headings", headings.len());
    }
}

/// Puts `?` for what an encoding has no code for.
fn encodable(text: &str, encode: fn(&str) -> Option<Vec<u8>>) -> String {
    text.chars().map(|c| if encode(c.encode_utf8(&mut [0; 4])).is_some() { c } else { '?' }).collect()
}
