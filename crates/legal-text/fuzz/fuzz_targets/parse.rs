//! Reads any text, checks its tree and writes it in every form: nothing panics, nothing is lost.
#![no_main]

use legal_text::render::akn::{Akn, akn};
use legal_text::render::{docx, html, text as plain, toc};
use legal_text::{Change, Version, amendments, compare, find, parse, walk};
use libfuzzer_sys::fuzz_target;
use std::collections::HashSet;

fuzz_target!(|source: &str| {
    let text = kernel::text::nfc(source.to_owned());
    let read = parse(&text);
    check(&text, &read);
    let link = |citation: &legal_text::Citation| citation.number.as_ref().map(|number| format!("/so/{number}"));
    akn(&text, &read, &Akn { link: &link, ..Akn::default() });
    html::page(&text, &read, &link, Default::default());
    plain(&text, &read);
    toc(&read.nodes);
    // A text may hold more tables than a file of Word can; that is told, not a failure.
    let _ = docx::docx(&text, &read, &link, (&[], &[]));
    amendments::instructions(&text, &read);
    let version = || Version { text: &text, read: &read };
    let changed = compare(version(), version()).into_iter().any(|found| found.change != Change::Same);
    assert!(!changed, "a text differs from itself");
});

/// Leaves tile the text, spans lie between characters and inside one another, ids are unique and found.
fn check(text: &str, read: &legal_text::LegalText) {
    let mut ids = HashSet::new();
    let mut until = 0;
    for node in walk(&read.nodes) {
        assert!(!node.text(text).is_empty(), "{} spans nothing", node.eid);
        assert!(ids.insert(node.eid.as_str()), "{} stands twice", node.eid);
        assert!(node.children.iter().all(|child| node.span.0 <= child.span.0 && child.span.1 <= node.span.1));
        assert_eq!(find(&read.nodes, &node.eid).map(|found| found.span), Ok(node.span));
        if node.is_leaf() {
            assert!(text.get(until..node.span.0).is_some_and(|gap| gap.trim().is_empty()), "{} leaves text out", node.eid);
            until = node.span.1;
        }
    }
    assert!(text.get(until..).is_some_and(|rest| rest.trim().is_empty()), "the end is in no leaf");
    for citation in &read.citations {
        assert!(text.get(citation.span.0..citation.span.1).is_some());
    }
}
