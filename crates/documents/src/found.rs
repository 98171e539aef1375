//! What is read out of the text of an edition: what it does to other acts.

use crate::content::{Content, LegalBase};
use kernel::{print_date, text};
use legal_text::amendments::{Instruction, instructions};
use legal_text::{Citation, Commencement, DocType, LegalText, Relation, Target, commencement};
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;

/// The version of the reader: it grows when texts are read otherwise, and what an older one has read is read again.
pub(crate) const READER: i64 = 2;

/// No document has more relations; what goes beyond is left out.
const MOST: usize = 1000;
const MOST_PLACES: usize = 100;

/// Where a relation was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Occurrence {
    /// The provision of the acting document, by id.
    pub eid: String,
    /// The bytes of the text it stands in: the first, and the one after the last.
    #[schema(value_type = Vec<i64>, min_items = 2, max_items = 2)]
    pub span: (usize, usize),
}

/// Something a document does to another act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundRelation {
    pub relation: Relation,
    pub number: Option<String>,
    pub title: Option<String>,
    pub doc_type: Option<String>,
    /// Who issued the other act, as the text says.
    pub issuer: Option<String>,
    pub issued_on: Option<String>,
    pub whole: bool,
    pub provisions: Vec<String>,
    pub occurrences: Vec<Occurrence>,
    pub effective_on: Option<String>,
    pub until_on: Option<String>,
    /// The day of effect that it gives the other act.
    pub target_effective_on: Option<String>,
}

/// What is read out of the text of an edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Findings {
    pub relations: Vec<FoundRelation>,
    pub parts: Parts,
}

/// What a text says of provisions that take effect on days of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    /// The first such day.
    pub first: Option<String>,
    /// The last one.
    pub last: Option<String>,
    /// Whether it speaks of exceptions that were not read.
    pub unread: bool,
}

/// Reads an edition. Takes time in proportion to its text: not to be called where others wait.
pub(crate) fn found(content: &Content) -> Findings {
    let text = content.body_text.as_deref().filter(|_| content.language == "vi");
    found_in(text.map(legal_text::parse).as_ref(), content)
}

/// The same, from what was read already.
pub(crate) fn found_in(read: Option<&LegalText>, content: &Content) -> Findings {
    let mut found = Vec::new();
    let text = content.body_text.as_deref().unwrap_or_default();
    let begins = read.map(|read| commencement(text, read)).unwrap_or_default();
    for citation in read.iter().flat_map(|read| &read.citations) {
        add(&mut found, (citation, &begins), content);
    }
    for (act, day) in read.map(|read| days_given(text, read)).unwrap_or_default() {
        give(&mut found, &act, day);
    }
    for base in &content.legal_bases {
        add_base(&mut found, base);
    }
    let of_parts = begins.parts.iter().map(|part| part.from).filter(|from| Some(*from) != begins.day);
    let (first, last) = (of_parts.clone().min().map(print_date), of_parts.max().map(print_date));
    Findings { relations: found, parts: Parts { first, last, unread: begins.exceptions_unread } }
}

/// The days of effect that an act gives others by wording their clauses of effect anew.
fn days_given(text: &str, read: &LegalText) -> Vec<(Target, Date)> {
    if !read.citations.iter().any(|citation| citation.relation == Relation::Amends) {
        return Vec::new();
    }
    let given = |one: Instruction| {
        let wording = one.wording.and_then(|(from, to)| text.get(from..to)).filter(|wording| wording.contains("hiệu lực"))?;
        let Target::Act { doc_type: Some(kind), .. } = &one.act else { return None };
        // The clause as it would stand in an act of that kind.
        let kind = DocType::by_slug(kind)?.name.to_uppercase();
        let clause = format!("{kind}\nVề hiệu lực\n\nĐiều 1. Hiệu lực thi hành\n{wording}\n");
        let day = commencement(&clause, &legal_text::parse(&clause)).day?;
        Some((one.act, day))
    };
    instructions(text, read).into_iter().filter_map(given).collect()
}

fn give(found: &mut [FoundRelation], act: &Target, day: Date) {
    let Target::Act { number, title, doc_type, .. } = act else { return };
    let title = named(doc_type.as_deref(), title.as_deref());
    let meant = |one: &&mut FoundRelation| {
        let same = if number.is_some() { one.number == *number } else { one.title == title };
        same && matches!(one.relation, Relation::Amends | Relation::Supplements | Relation::Corrects)
    };
    if let Some(one) = found.iter_mut().find(meant) {
        one.target_effective_on = Some(print_date(day));
    }
}

fn add(found: &mut Vec<FoundRelation>, (citation, begins): (&Citation, &Commencement), content: &Content) {
    let Target::Act { number, title, doc_type, issuer, issued_on } = &citation.target else { return };
    if number.is_some() && *number == content.number || number.is_none() && title.is_none() {
        return;
    }
    let from = citation.from.or_else(|| begins.day_of(&citation.eid)).map(print_date);
    let until = citation.until.map(print_date);
    let same = |one: &&mut FoundRelation| {
        one.relation == citation.relation
            && one.number == *number
            && (number.is_some() || one.title == named(doc_type.as_deref(), title.as_deref()))
            && (one.effective_on == from && one.until_on == until)
    };
    let place = Occurrence { eid: citation.eid.clone(), span: citation.span };
    if let Some(one) = found.iter_mut().find(same) {
        one.whole |= citation.whole;
        one.provisions
            .extend(citation.provisions.iter().filter(|eid| !one.provisions.contains(eid)).cloned().collect::<Vec<_>>());
        if one.occurrences.len() < MOST_PLACES {
            one.occurrences.push(place);
        }
        one.issued_on = one.issued_on.take().or_else(|| issued_on.map(print_date));
        one.issuer = one.issuer.take().or_else(|| issuer.clone());
        return;
    }
    if found.len() >= MOST {
        return;
    }
    found.push(FoundRelation {
        relation: citation.relation,
        number: number.clone(),
        title: named(doc_type.as_deref(), title.as_deref()),
        doc_type: doc_type.clone(),
        issuer: issuer.clone(),
        issued_on: issued_on.map(print_date),
        whole: citation.whole,
        provisions: citation.provisions.clone(),
        occurrences: vec![place],
        effective_on: from,
        until_on: until,
        target_effective_on: None,
    });
}

/// A basis that an editor has entered, or that the text states in its own way.
fn add_base(found: &mut Vec<FoundRelation>, base: &LegalBase) {
    let known = found.iter().any(|one| {
        one.relation == Relation::BasedOn
            && match (&base.number, &base.title) {
                (Some(number), _) => one.number.as_ref() == Some(number),
                (None, Some(title)) => same_title(one.title.as_deref(), title),
                (None, None) => true,
            }
    });
    if known || found.len() >= MOST {
        return;
    }
    let kind = base.number.as_deref().and_then(|number| DocType::by_symbol(number.rsplit('/').next()?));
    found.push(FoundRelation {
        relation: Relation::BasedOn,
        number: base.number.clone(),
        title: base.title.clone(),
        doc_type: kind.map(|kind| kind.slug.to_owned()),
        issuer: None,
        issued_on: base.issued_on.clone(),
        whole: true,
        provisions: Vec::new(),
        occurrences: Vec::new(),
        effective_on: None,
        until_on: None,
        target_effective_on: None,
    });
}

fn same_title(one: Option<&str>, other: &str) -> bool {
    one.is_some_and(|one| text::name_key(one) == text::name_key(other))
}

/// The title of a law with the name of its kind, as documents have it: `Luật Đất đai`.
fn named(doc_type: Option<&str>, title: Option<&str>) -> Option<String> {
    let title = title?;
    let kind = doc_type.and_then(DocType::by_slug).filter(|kind| matches!(kind.slug, "luat" | "bo-luat" | "phap-lenh"));
    let led = |kind: &DocType| text::lower(title).starts_with(&text::lower(kind.name));
    Some(match kind {
        Some(kind) if !led(kind) => format!("{} {title}", kind.name),
        _ => title.to_owned(),
    })
}
