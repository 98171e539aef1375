//! The fields of a form that were signed.

use super::super::interpret::decode;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier, String as Text};
use std::collections::HashSet;

/// Fields of a form that are looked at.
const MOST: usize = 50_000;
/// Fields within each other.
const DEEPEST: usize = 32;

/// A field on the way down the tree.
struct Visit<'p> {
    field: Dict<'p>,
    name: String,
    signature: bool,
    depth: usize,
}

/// The signed fields, by their full names, with what was signed; each signature once.
pub(super) fn signed(pdf: &Pdf) -> Vec<(String, Dict<'_>)> {
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let form = root.and_then(|root| root.get::<Dict<'_>>("AcroForm"));
    let fields = form.and_then(|form| form.get::<Array<'_>>("Fields"));
    let mut found = Found::default();
    for field in fields.iter().flat_map(Array::iter::<Dict<'_>>) {
        found.descend(field);
    }
    // A field that the form forgot is still seen on its page.
    for page in pdf.pages().iter() {
        let annotations = page.raw().get::<Array<'_>>("Annots");
        for annotation in annotations.iter().flat_map(Array::iter::<Dict<'_>>) {
            if annotation.get::<Name<'_>>("FT").as_deref() == Some(b"Sig") {
                found.descend(annotation);
            }
        }
    }
    found.signed
}

#[derive(Default)]
struct Found<'p> {
    signed: Vec<(String, Dict<'p>)>,
    values: HashSet<ObjectIdentifier>,
    fields: HashSet<ObjectIdentifier>,
    visited: usize,
}

impl<'p> Found<'p> {
    fn descend(&mut self, root: Dict<'p>) {
        let mut open = vec![Visit { field: root, name: String::new(), signature: false, depth: 0 }];
        while let Some(Visit { field, name, signature, depth }) = open.pop() {
            self.visited += 1;
            let again = field.obj_id().is_some_and(|id| !self.fields.insert(id));
            if again || self.visited > MOST {
                continue;
            }
            let part = field.get::<Text<'_>>("T").map(|part| decode(&part));
            let name = match part {
                Some(part) if name.is_empty() => part,
                Some(part) => format!("{name}.{part}"),
                None => name,
            };
            let signature = field.get::<Name<'_>>("FT").map_or(signature, |kind| kind.as_ref() == b"Sig");
            if let Some(value) = field.get::<Dict<'p>>("V").filter(|_| signature)
                && value.obj_id().is_none_or(|id| self.values.insert(id))
            {
                self.signed.push((name.clone(), value));
            }
            if let Some(kids) = field.get::<Array<'p>>("Kids").filter(|_| depth < DEEPEST) {
                let kids = kids.iter::<Dict<'p>>().take(MOST);
                let kids = kids.map(|field| Visit { field, name: name.clone(), signature, depth: depth + 1 });
                let first = open.len();
                open.extend(kids);
                if let Some(added) = open.get_mut(first..) {
                    added.reverse();
                }
            }
        }
    }
}
