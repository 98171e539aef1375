//! The texts of a document from its first day on, each made from the one before it. Pure.

use super::change::{Change, Done, consolidate};
use super::version::{Open, Uploaded, Version, VersionKind};
use kernel::{Text, parse_date};
use legal_text::LegalText;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A document as it was issued.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    pub number: Option<String>,
    pub doc_type: Option<String>,
    pub title: Option<String>,
    pub issued_on: Option<String>,
    pub effective_on: Option<String>,
    pub language: String,
    pub text: String,
}

/// The text that an editor entered for a day.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub told: Uploaded,
    pub from: String,
    pub text: String,
}

/// Bytes that are read to make the texts of one document; what lies behind is told as not done.
const MAX_READ: usize = 256 << 20;

/// What happens to a text on one day.
#[derive(Default)]
struct Day {
    changes: Vec<Change>,
    upload: Option<Upload>,
}

/// The texts of a document in the language it was issued in, in the order of their days.
pub(crate) fn history(origin: &Origin, changes: Vec<Change>, uploads: Vec<Upload>) -> Vec<Version> {
    let mut days: BTreeMap<String, Day> = BTreeMap::new();
    for change in changes {
        days.entry(change.on.clone()).or_default().changes.push(change);
    }
    for upload in uploads {
        let from = upload.from.clone();
        days.entry(from).or_default().upload = Some(upload);
    }
    let first_change = days.keys().next();
    let own = origin.effective_on.as_ref().filter(|own| first_change.is_none_or(|first| *own < first));
    let from = own.or(origin.issued_on.as_ref().filter(|own| first_change.is_none_or(|first| *own < first))).cloned();
    let mut versions = vec![original(origin, from)];
    let mut left = MAX_READ;
    for (on, day) in days {
        let Some(before) = versions.last_mut() else { break };
        before.until = Some(on.clone());
        let next = match day.upload {
            Some(upload) => uploaded(origin, upload, &day.changes),
            None => amended(origin, before, day.changes, (on, &mut left)),
        };
        versions.push(next);
    }
    versions
}

/// The texts in another language, all of them entered by editors.
pub(crate) fn translations(origin: &Origin, language: &str, uploads: Vec<Upload>) -> Vec<Version> {
    let mut versions: Vec<Version> = Vec::with_capacity(uploads.len());
    for upload in uploads {
        if let Some(before) = versions.last_mut() {
            before.until = Some(upload.from.clone());
        }
        let english = (language == "en").then(|| as_if_vietnamese(&upload.text));
        let mut version = Version { language: language.to_owned(), ..uploaded(origin, upload, &[]) };
        if let Some(text) = english {
            version.read = Arc::new(read(origin, &text));
        }
        versions.push(version);
    }
    versions
}

/// An English translation as it is read: `Article` is as long as `Điều` in bytes, and `Section` as `Mục` with two blanks,
/// so that what is found stands where it stands in the translation.
fn as_if_vietnamese(text: &str) -> String {
    let line = |line: &str| {
        let first = line.trim_start_matches([' ', '\t', '*', '#']);
        let (marks, _) = line.split_at(line.len() - first.len());
        match first.split_at_checked("Article".len()) {
            Some(("Article" | "ARTICLE", rest)) if rest.starts_with(' ') => format!("{marks}Điều{rest}"),
            Some(("Section" | "SECTION", rest)) if rest.starts_with(' ') => format!("{marks}Mục  {rest}"),
            _ => line.to_owned(),
        }
    };
    text.split_inclusive('\n').map(line).collect()
}

fn original(origin: &Origin, from: Option<String>) -> Version {
    Version {
        language: origin.language.clone(),
        from,
        until: None,
        kind: VersionKind::Original,
        read: Arc::new(read(origin, &origin.text)),
        text: origin.text.as_str().into(),
        changed_by: Vec::new(),
        notes: Vec::new(),
        open: Vec::new(),
        upload: None,
    }
}

fn uploaded(origin: &Origin, upload: Upload, changes: &[Change]) -> Version {
    Version {
        from: Some(upload.from),
        kind: VersionKind::Uploaded,
        read: Arc::new(read(origin, &upload.text)),
        text: upload.text.into(),
        changed_by: changes.iter().map(|change| change.act.clone()).collect(),
        upload: Some(upload.told),
        ..original(&Origin { text: String::new(), ..origin.clone() }, None)
    }
}

/// The text before, with what the acts of a day change.
fn amended(origin: &Origin, before: &Version, mut changes: Vec<Change>, (on, left): (String, &mut usize)) -> Version {
    let order = |change: &Change| (change.act.issued_on.clone(), change.act.number.clone(), change.act.id);
    changes.sort_by_key(order);
    let mut next = Version {
        from: Some(on),
        until: None,
        kind: VersionKind::Consolidated,
        changed_by: changes.iter().map(|change| change.act.clone()).collect(),
        ..before.clone()
    };
    for change in &changes {
        let bytes = next.text.len().saturating_mul(2) + change.text.as_deref().map_or(0, str::len);
        if *left < bytes {
            next.open.push(too_much(change));
            continue;
        }
        *left -= bytes;
        let Done { text, notes, open } = consolidate(&next.text, &next.read, change);
        next.open.extend(open);
        if let Some(text) = text {
            next.read = Arc::new(read(origin, &text));
            next.text = text.into();
            next.notes.extend(notes);
            let read = &next.read;
            let ids: std::collections::HashSet<&str> = legal_text::walk(&read.nodes).map(|node| node.eid.as_str()).collect();
            next.notes.retain(|note| ids.contains(note.eid.as_str()));
        }
    }
    next
}

/// Reads a text; what an editor has put right about the document counts, not what the text says.
fn read(origin: &Origin, text: &str) -> LegalText {
    let mut read = legal_text::parse(text);
    let header = &mut read.header;
    for (field, told) in
        [(&mut header.number, &origin.number), (&mut header.doc_type, &origin.doc_type), (&mut header.title, &origin.title)]
    {
        if told.is_some() {
            field.clone_from(told);
        }
    }
    header.issued_on = origin.issued_on.as_deref().and_then(parse_date).or(header.issued_on);
    read
}

fn too_much(change: &Change) -> Open {
    Open {
        act: change.act.clone(),
        eid: None,
        provisions: Vec::new(),
        on: change.on.clone(),
        code: "too_much_text",
        text: Text::new(
            "Tổng độ dài các văn bản sửa đổi vượt giới hạn hợp nhất tự động; hãy tải lên văn bản hợp nhất.",
            "The amending acts are longer than what is consolidated by itself; upload a consolidated text.",
        ),
    }
}
