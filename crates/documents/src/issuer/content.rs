//! What is told of an issuing authority, checked: lines are lines, days are days, all text is NFC.

use super::code::is_code;
use super::kind::{ISSUER_KINDS, IssuerKind, proposed};
use super::{Change, Extent, IssuerInput, Level, Life, Predecessor, PredecessorInput};
use crate::Error;
use crate::content::is_told;
use kernel::{FieldFault, Id, Slug, Text, parse_date, print_date, text};
use store::Refusal;
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

/// The checked content of an issuing authority; slug and code may still have to be made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct IssuerContent {
    pub name: String,
    pub slug: Option<String>,
    pub code: Option<String>,
    pub short_name: Option<String>,
    pub kind: Option<String>,
    pub level: Option<String>,
    pub area_code: Option<String>,
    pub area_name: Option<String>,
    pub parent_id: Option<Id>,
    pub valid_from: Option<String>,
    pub valid_until: Option<String>,
    pub predecessors: Vec<Predecessor>,
}

impl IssuerContent {
    /// Checks what a writer sent, as far as that can be told without other bodies.
    pub fn parse(input: IssuerInput) -> Result<Self, Error> {
        let mut faults = Faults(Vec::new());
        if let Err(errors) = input.validate() {
            faults.lengths("", &errors);
        }
        let valid_from = faults.date("/valid_from", input.valid_from);
        let content = Self {
            name: faults.line("/name", Some(input.name)).unwrap_or_default(),
            slug: faults.require(input.slug, "/slug", |slug| Slug::parse(slug).is_some(), &INVALID_SLUG),
            code: faults.require(input.code, "/code", is_code, &INVALID_CODE),
            short_name: faults.line("/short_name", input.short_name),
            kind: faults.kind(input.kind),
            level: faults.require(input.level, "/level", |level| Level::parse(level).is_some(), &UNKNOWN_LEVEL),
            area_code: faults.require(input.area_code, "/area_code", is_area_code, &INVALID_AREA),
            area_name: faults.line("/area_name", input.area_name),
            parent_id: input.parent_id.and_then(|id| faults.id("/parent_id", &id)),
            valid_until: faults.date("/valid_until", input.valid_until),
            predecessors: faults.predecessors(input.predecessors.unwrap_or_default(), valid_from.as_ref()),
            valid_from,
        };
        if let (Some(from), Some(until)) = (&content.valid_from, &content.valid_until)
            && until <= from
        {
            faults.add("/valid_until", &ENDS_BEFORE_IT_BEGINS);
        }
        if faults.0.is_empty() { Ok(content) } else { Err(Error::Refused(Refusal::Invalid(faults.0))) }
    }

    /// A body of which nothing but its name is known.
    pub fn named(name: String) -> Self {
        Self { name, ..Self::default() }.proposed()
    }

    /// The same, with what its name tells where nothing else is told.
    pub fn proposed(mut self) -> Self {
        let (kind, level) = proposed(&self.name);
        self.kind = self.kind.or_else(|| kind.map(str::to_owned));
        self.level = self.level.or_else(|| level.map(str::to_owned));
        self
    }

    /// The days on which it exists.
    pub fn life(&self) -> Life<'_> {
        Life { from: self.valid_from.as_deref(), until: self.valid_until.as_deref() }
    }

    /// What a writer would send to get this content: the target of a merge patch.
    pub fn as_input(&self) -> IssuerInput {
        let predecessor = |it: &Predecessor| PredecessorInput {
            issuer_id: it.issuer.to_string(),
            on: it.on.clone(),
            change: Some(it.change.as_str().to_owned()),
            extent: Some(it.extent.as_str().to_owned()),
            basis: it.basis.clone(),
            ..PredecessorInput::default()
        };
        IssuerInput {
            name: self.name.clone(),
            slug: self.slug.clone(),
            code: self.code.clone(),
            short_name: self.short_name.clone(),
            kind: self.kind.clone(),
            level: self.level.clone(),
            area_code: self.area_code.clone(),
            area_name: self.area_name.clone(),
            parent_id: self.parent_id.map(|id| id.to_string()),
            valid_from: self.valid_from.clone(),
            valid_until: self.valid_until.clone(),
            predecessors: Some(self.predecessors.iter().map(predecessor).collect()),
        }
    }
}

fn is_area_code(code: &str) -> bool {
    (2..=10).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// A rule that a field can break: its code, and what is wrong in both languages.
type Rule = (&'static str, &'static str, &'static str);

const TOO_LONG: Rule = ("too_long", "dài quá giới hạn", "longer than the limit");
const BLANK: Rule = ("blank", "không được để trống", "must not be blank");
const INVALID_SLUG: Rule = ("invalid_slug", "không phải là slug", "not a slug");
const INVALID_CODE: Rule = ("invalid_code", "không phải là mã cơ quan", "not a code");
const INVALID_ID: Rule = ("invalid_id", "không phải là mã định danh (UUID)", "not a UUID");
const INVALID_DATE: Rule =
    ("invalid_date", "không phải là một ngày dạng YYYY-MM-DD", "not a day of the form YYYY-MM-DD");
const INVALID_AREA: Rule =
    ("invalid_area_code", "mã đơn vị hành chính có 2 đến 10 chữ số", "the code of an administrative unit has 2 to 10 digits");
const UNKNOWN_LEVEL: Rule = (
    "unknown_level",
    "dùng được: central, province, district, commune, other",
    "there are: central, province, district, commune, other",
);
const UNKNOWN_CHANGE: Rule = (
    "unknown_change",
    "dùng được: merged, split, renamed, dissolved, succeeded, moved",
    "there are: merged, split, renamed, dissolved, succeeded, moved",
);
const UNKNOWN_EXTENT: Rule = ("unknown_extent", "dùng được: whole, partial", "there are: whole, partial");
const ENDS_BEFORE_IT_BEGINS: Rule = (
    "ends_before_it_begins",
    "ngày chấm dứt phải sau ngày bắt đầu",
    "the first day without it must come after its first day",
);
const TOLD_TWICE: Rule = ("told_twice", "cơ quan này đã có trong danh sách", "this body is in the list already");

struct Faults(Vec<FieldFault>);

impl Faults {
    fn add(&mut self, pointer: &str, (code, vi, en): &Rule) {
        self.0.push(FieldFault::new(pointer, code, Text::new(*vi, *en)));
    }

    fn require(
        &mut self,
        value: Option<String>,
        pointer: &str,
        holds: impl FnOnce(&str) -> bool,
        rule: &Rule,
    ) -> Option<String> {
        value.inspect(|value| {
            if !holds(value) {
                self.add(pointer, rule);
            }
        })
    }

    fn line(&mut self, pointer: &str, value: Option<String>) -> Option<String> {
        let line = text::nfc(text::one_line(&value?));
        if !is_told(&line) {
            self.add(pointer, &BLANK);
        }
        Some(line)
    }

    fn date(&mut self, pointer: &str, value: Option<String>) -> Option<String> {
        let date = parse_date(&value?).map(print_date);
        if date.is_none() {
            self.add(pointer, &INVALID_DATE);
        }
        date
    }

    fn id(&mut self, pointer: &str, value: &str) -> Option<Id> {
        let id = Id::parse(value);
        if id.is_none() {
            self.add(pointer, &INVALID_ID);
        }
        id
    }

    fn kind(&mut self, value: Option<String>) -> Option<String> {
        if value.as_deref().is_some_and(|slug| IssuerKind::of(slug).is_none()) {
            let listed = |title: fn(&IssuerKind) -> &'static str| {
                let kinds = ISSUER_KINDS.iter().map(|kind| format!("{} ({})", kind.slug, title(kind)));
                kinds.collect::<Vec<_>>().join(", ")
            };
            let text = Text::new(
                format!("dùng được: {}", listed(|kind| kind.vi)),
                format!("there are: {}", listed(|kind| kind.en)),
            );
            self.0.push(FieldFault::new("/kind", "unknown_kind", text));
        }
        value
    }

    fn predecessors(&mut self, told: Vec<PredecessorInput>, valid_from: Option<&String>) -> Vec<Predecessor> {
        let mut checked: Vec<Predecessor> = Vec::with_capacity(told.len());
        for (at, input) in told.into_iter().enumerate() {
            let pointer = format!("/predecessors/{at}");
            let on = self.date(&format!("{pointer}/on"), input.on).or_else(|| valid_from.cloned());
            let change = input.change.as_deref().map_or(Some(Change::Succeeded), Change::parse);
            let extent = input.extent.as_deref().map_or(Some(Extent::Whole), Extent::parse);
            if change.is_none() {
                self.add(&format!("{pointer}/change"), &UNKNOWN_CHANGE);
            }
            if extent.is_none() {
                self.add(&format!("{pointer}/extent"), &UNKNOWN_EXTENT);
            }
            let basis = self.line(&format!("{pointer}/basis"), input.basis);
            let of = format!("{pointer}/issuer_id");
            let (Some(issuer), Some(change), Some(extent)) = (self.id(&of, &input.issuer_id), change, extent) else {
                continue;
            };
            if checked.iter().any(|other| other.issuer == issuer) {
                self.add(&of, &TOLD_TWICE);
            }
            checked.push(Predecessor { issuer, on, change, extent, basis });
        }
        checked
    }

    fn lengths(&mut self, at: &str, errors: &ValidationErrors) {
        for (field, kind) in errors.errors() {
            let pointer = format!("{at}/{field}");
            match kind {
                ValidationErrorsKind::Field(_) => self.add(&pointer, &TOO_LONG),
                ValidationErrorsKind::Struct(inner) => self.lengths(&pointer, inner),
                ValidationErrorsKind::List(items) => {
                    for (index, inner) in items {
                        self.lengths(&format!("{pointer}/{index}"), inner);
                    }
                }
            }
        }
    }
}
