//! Rules that single fields of an issuing authority keep.

use super::code::is_code;
use super::kind::{ISSUER_KINDS, IssuerKind};
use super::{Change, Extent, Level, Life, Predecessor, PredecessorInput};
use crate::content::Faults;
use kernel::{Id, Slug};

pub(super) fn slug(faults: &mut Faults, slug: &str) {
    if Slug::parse(slug).is_none() {
        faults.add("/slug", "invalid_slug", "không phải là slug", "not a slug");
    }
}

pub(super) fn code(faults: &mut Faults, code: &str) {
    if !is_code(code) {
        faults.add("/code", "invalid_code", "không phải là mã cơ quan", "not a code");
    }
}

pub(super) fn kind(faults: &mut Faults, slug: &str) {
    if IssuerKind::of(slug).is_none() {
        let listed = |title: fn(&IssuerKind) -> &'static str| {
            let kinds = ISSUER_KINDS.iter().map(|kind| format!("{} ({})", kind.slug, title(kind)));
            kinds.collect::<Vec<_>>().join(", ")
        };
        let (vi, en) = (listed(|kind| kind.vi), listed(|kind| kind.en));
        faults.add("/kind", "unknown_kind", &format!("dùng được: {vi}"), &format!("there are: {en}"));
    }
}

pub(super) fn level(faults: &mut Faults, name: &str) {
    if Level::parse(name).is_none() {
        one_of(faults, ("/level", "unknown_level"), &Level::ALL.map(Level::as_str));
    }
}

pub(super) fn area_code(faults: &mut Faults, code: &str) {
    if !(2..=10).contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        faults.add(
            "/area_code",
            "invalid_area_code",
            "mã đơn vị hành chính có 2 đến 10 chữ số",
            "the code of an administrative unit has 2 to 10 digits",
        );
    }
}

pub(super) fn id(faults: &mut Faults, pointer: &str, value: &str) -> Option<Id> {
    let id = Id::parse(value);
    if id.is_none() {
        faults.add(pointer, "invalid_id", "không phải là mã định danh (UUID)", "not a UUID");
    }
    id
}

pub(super) fn life(faults: &mut Faults, life: Life<'_>) {
    if let (Some(from), Some(until)) = (life.from, life.until)
        && until <= from
    {
        faults.add(
            "/valid_until",
            "ends_before_it_begins",
            "ngày chấm dứt phải sau ngày bắt đầu",
            "the first day without it must come after its first day",
        );
    }
}

/// Reads predecessors; of one for which no day is told the successor's first day is meant.
pub(super) fn predecessors(faults: &mut Faults, told: Vec<PredecessorInput>, valid_from: Option<&String>) -> Vec<Predecessor> {
    let mut checked: Vec<Predecessor> = Vec::with_capacity(told.len());
    for (at, input) in told.into_iter().enumerate() {
        let pointer = |field: &str| format!("/predecessors/{at}/{field}");
        let on = faults.date(&pointer("on"), input.on).or_else(|| valid_from.cloned());
        let change = input.change.as_deref().map_or(Some(Change::Succeeded), Change::parse);
        let extent = input.extent.as_deref().map_or(Some(Extent::Whole), Extent::parse);
        if change.is_none() {
            one_of(faults, (&pointer("change"), "unknown_change"), &Change::ALL.map(Change::as_str));
        }
        if extent.is_none() {
            one_of(faults, (&pointer("extent"), "unknown_extent"), &Extent::ALL.map(Extent::as_str));
        }
        let basis = faults.line(&pointer("basis"), input.basis);
        let issuer = id(faults, &pointer("issuer_id"), &input.issuer_id);
        let (Some(issuer), Some(change), Some(extent)) = (issuer, change, extent) else { continue };
        if checked.iter().any(|other| other.issuer == issuer) {
            let (vi, en) = ("cơ quan này đã có trong danh sách", "this body is in the list already");
            faults.add(&pointer("issuer_id"), "told_twice", vi, en);
        }
        checked.push(Predecessor { issuer, on, change, extent, basis });
    }
    checked
}

fn one_of(faults: &mut Faults, (pointer, code): (&str, &'static str), names: &[&str]) {
    let names = names.join(", ");
    faults.add(pointer, code, &format!("dùng được: {names}"), &format!("there are: {names}"));
}
