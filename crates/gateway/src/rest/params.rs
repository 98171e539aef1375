//! The parameters of lists and single resources (`api.md` §2). Unknown ones are refused by name.

use crate::auth::allow;
use crate::description::{Description, Editions, Parameter, Part, Readers, Takes};
use crate::problem::Problem;
use crate::query::{Choice, filter_test, page_size, sort_key};
use crate::resource::{Catalog, Served, Verb};
use kernel::query::{Filter, ListQuery, Name, Projection, State, Test};
use kernel::{Actor, CursorKey, FieldFault, Locale, PageRequest, Place, Text, Total};
use serde_json::Value;
use std::collections::BTreeMap;
use time::Date;

/// Everything a reader asked for.
pub(crate) struct Asked {
    /// Fields of the resource itself, when given.
    pub fields: Option<Vec<Name>>,
    /// Fields of included resources, by their type.
    pub other_fields: BTreeMap<String, Vec<Name>>,
    /// Relations whose targets are added.
    pub include: Vec<Name>,
    /// Which edition.
    pub state: State,
    /// Which language.
    pub lang: Option<Locale>,
    /// As of which day.
    pub as_of: Option<Date>,
    filter: Filter,
    sort: Vec<kernel::query::SortKey>,
    size: u32,
    total: Total,
    after: Option<String>,
    before: Option<String>,
}

/// Whether list parameters are understood.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    List,
    One,
}

impl Asked {
    /// Reads the parameters for a resource.
    pub fn read(pairs: &[(String, String)], of: Of, served: &Served, catalog: &Catalog) -> Result<Self, Problem> {
        let description = served.description();
        let mut asked = Self {
            fields: None,
            other_fields: BTreeMap::new(),
            include: Vec::new(),
            state: State::Published,
            lang: None,
            as_of: None,
            filter: Filter::default(),
            sort: description.default_sort.clone(),
            size: PageRequest::DEFAULT_SIZE,
            total: Total::Skip,
            after: None,
            before: None,
        };
        let mut all = Vec::new();
        let mut any: BTreeMap<u32, Vec<Filter>> = BTreeMap::new();
        for (name, value) in pairs {
            let path = segments(name);
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            match (path.as_slice(), of) {
                (["fields", kind], _) => asked.read_fields(name, kind, value, (description, catalog))?,
                (["include"], _) => asked.include = choices(name, value, &Choice::new("include", relation_names(description)))?,
                (["state"], _) if description.editions.has_drafts() => asked.state = state(name, value)?,
                (["lang"], _) if description.editions.has_drafts() => {
                    asked.lang = Some(locale(name, value)?);
                }
                (["as_of"], _) if description.as_of => asked.as_of = Some(day(name, value)?),
                (["sort"], Of::List) => asked.sort = sort(name, value, description)?,
                (["page", "size"], Of::List) => asked.size = page_size(value.parse().ok()).ok_or_else(|| bad_size(name))?,
                (["page", "after"], Of::List) => asked.after = Some(value.clone()),
                (["page", "before"], Of::List) => asked.before = Some(value.clone()),
                (["meta"], Of::List) if value == "total" => asked.total = Total::Count,
                (["meta"], Of::List) => return Err(bad(name, "total", "total")),
                (["filter", "or", index, rest @ ..], Of::List) => {
                    let index = index.parse().map_err(|_| unknown(name, &["filter[or][0][field]"]))?;
                    any.entry(index).or_default().push(test(name, rest, value, description)?);
                }
                (["filter", rest @ ..], Of::List) => all.push(test(name, rest, value, description)?),
                _ => return Err(unknown(name, &allowed(description, of))),
            }
        }
        if all.len() + any.values().map(Vec::len).sum::<usize>() > 50 {
            return Err(bad("filter", "nhiều nhất 50 điều kiện", "at most 50 conditions"));
        }
        if !any.is_empty() {
            all.push(Filter::Any(any.into_values().map(Filter::All).collect()));
        }
        asked.filter = Filter::All(all);
        Ok(asked)
    }

    fn read_fields(&mut self, name: &str, kind: &str, value: &str, of: (&Description, &Catalog)) -> Result<(), Problem> {
        let (description, catalog) = of;
        let related = description.relations.iter().map(|relation| relation.target.as_str());
        let kinds: Vec<&str> = std::iter::once(description.name.as_str()).chain(related).collect();
        let target = catalog.by_name(kind).filter(|_| kinds.contains(&kind));
        let Some(target) = target else {
            return Err(unknown(name, &kinds.iter().map(|kind| format!("fields[{kind}]")).collect::<Vec<_>>()));
        };
        let fields = choices(name, value, &Choice::new("field", target.description().field_names()))?;
        if kind == description.name {
            self.fields = Some(fields);
        } else {
            self.other_fields.insert(kind.to_owned(), fields);
        }
        Ok(())
    }

    /// Sorts by this alone.
    pub fn order_by(&mut self, key: kernel::query::SortKey) {
        self.sort = vec![key];
    }

    /// Asks for one thing more of every row.
    pub fn also(&mut self, test: Test) {
        match &mut self.filter {
            Filter::All(parts) => parts.push(Filter::Test(test)),
            other => *other = Filter::All(vec![std::mem::take(other), Filter::Test(test)]),
        }
    }

    /// Refuses whoever asks for drafts and may not see them.
    pub fn authorise(&self, actor: &Actor, served: &Served) -> Result<(), Problem> {
        match self.state {
            State::Published => Ok(()),
            State::Draft => allow(actor, served.resource.may(actor, Verb::ReadDrafts)),
        }
    }

    /// What the list is asked, and the context its cursors belong to.
    pub fn into_list(self, description: &Description, cursors: &CursorKey) -> Result<(ListQuery, String), Problem> {
        let context = context(description, &self.sort, &self.filter, (self.state, self.lang.as_ref(), self.as_of));
        let open = |cursor: &str| {
            let found = cursors.open(&context, cursor).ok().filter(|position| position.keys.len() == self.sort.len());
            found.ok_or_else(bad_cursor)
        };
        let place = match (&self.after, &self.before) {
            (Some(_), Some(_)) => {
                return Err(bad(
                    "page[before]",
                    "chỉ một trong page[after], page[before]",
                    "only one of page[after], page[before]",
                ));
            }
            (Some(after), None) => Place::After(open(after)?),
            (None, Some(before)) => Place::Before(open(before)?),
            (None, None) => Place::Start,
        };
        let mut fields = self.fields.unwrap_or_else(|| description.light_fields());
        for name in &self.include {
            let relation = description.relations.iter().find(|relation| relation.name == *name);
            fields.extend(relation.map(|relation| relation.id_field.clone()));
        }
        let page = PageRequest { size: self.size, place, total: self.total };
        let query = ListQuery {
            as_of: self.as_of,
            filter: self.filter,
            sort: self.sort,
            fields: Projection(fields),
            state: self.state,
            lang: self.lang,
            page,
        };
        Ok((query, context))
    }
}

/// Refuses whoever may not read a resource that is not for everybody.
pub(crate) fn readable(actor: &Actor, served: &Served) -> Result<(), Problem> {
    match served.description().readers {
        Readers::Everybody => Ok(()),
        Readers::Staff => allow(actor, served.resource.may(actor, Verb::Read)),
    }
}

/// A language in a parameter.
pub(crate) fn locale(name: &str, value: &str) -> Result<Locale, Problem> {
    Locale::parse(value).ok_or_else(|| bad(name, "mã ngôn ngữ như vi, en", "a language such as vi, en"))
}

/// A day in a parameter.
pub(crate) fn day(name: &str, value: &str) -> Result<Date, Problem> {
    kernel::parse_date(value).ok_or_else(|| bad(name, "ngày dạng YYYY-MM-DD", "a day as YYYY-MM-DD"))
}

/// The language that a write names, where the resource has several; every other parameter is refused.
pub(crate) fn only_lang(query: &str, description: &Description) -> Result<Option<Locale>, Problem> {
    if description.editions != Editions::Localized {
        none(query)?;
        return Ok(None);
    }
    let mut lang = None;
    for (name, value) in super::link::pairs(query)? {
        match name.as_str() {
            "lang" => lang = Some(locale(&name, &value)?),
            _ => return Err(unknown(&name, &["lang"])),
        }
    }
    Ok(lang)
}

/// The language and the day that are asked of what hangs on a resource.
pub(crate) fn part_parameters(query: &str, of: &Description, part: &Part) -> Result<OfPart, Problem> {
    let mut asked = OfPart::default();
    let mut allowed = Vec::new();
    if of.editions == Editions::Localized {
        allowed.push("lang");
    }
    if part.on_a_day {
        allowed.push("as_of");
    }
    let standard = allowed.clone();
    allowed.extend(part.parameters.iter().map(|parameter| parameter.name));
    if !part.forms.is_empty() {
        allowed.push("format");
    }
    for (name, value) in super::link::pairs(query)? {
        if let Some(parameter) = part.parameters.iter().find(|parameter| parameter.name == name) {
            asked.given.insert(name, part_parameter(parameter, &value)?);
            continue;
        }
        match name.as_str() {
            "lang" if standard.contains(&"lang") => asked.lang = Some(locale(&name, &value)?),
            "as_of" if standard.contains(&"as_of") => asked.as_of = Some(day(&name, &value)?),
            "format" if !part.forms.is_empty() => {
                let forms: Vec<&str> = std::iter::once("json").chain(part.forms.iter().map(|(form, _)| *form)).collect();
                let known = forms.iter().any(|form| *form == value);
                asked.form = Some(known.then_some(value).ok_or_else(|| bad(&name, &forms.join(", "), &forms.join(", ")))?);
            }
            _ => return Err(unknown(&name, &allowed)),
        }
    }
    Ok(asked)
}

/// The value of a parameter of a part, where it is of the kind that the parameter takes.
pub(crate) fn part_parameter(parameter: &Parameter, value: &str) -> Result<Value, Problem> {
    let name = parameter.name;
    match parameter.takes {
        Takes::Text if value.is_empty() || value.chars().count() > 200 || value.contains('\0') => {
            Err(bad(name, "văn bản từ 1 đến 200 ký tự", "text of 1 to 200 characters"))
        }
        Takes::Text => Ok(value.into()),
        Takes::Day => day(name, value).map(|_| value.into()),
        Takes::Language => locale(name, value).map(|_| value.into()),
        Takes::Flag => match value {
            "true" => Ok(true.into()),
            "false" => Ok(false.into()),
            _ => Err(bad(name, "true hoặc false", "true or false")),
        },
    }
}

/// What is asked of a part.
#[derive(Debug, Default)]
pub(crate) struct OfPart {
    pub lang: Option<Locale>,
    pub as_of: Option<Date>,
    /// The form that `format` names.
    pub form: Option<String>,
    /// The values of its own parameters.
    pub given: kernel::Row,
}

/// What a cursor belongs to: the resource, its order and its filters, in either protocol.
pub(crate) fn context(
    description: &Description,
    sort: &[kernel::query::SortKey],
    filter: &Filter,
    view: (State, Option<&Locale>, Option<Date>),
) -> String {
    let (state, lang, as_of) = view;
    format!("{}|{sort:?}|{filter:?}|{state:?}|{:?}|{as_of:?}", description.path, lang.map(Locale::as_str))
}

pub(crate) fn bad_cursor() -> Problem {
    Problem::malformed(
        "bad_cursor",
        "Con trỏ không thuộc danh sách, cách sắp xếp và bộ lọc này.",
        "The cursor does not belong to this list, order and filter.",
    )
}

/// `filter[issued_on][gte]` → `filter`, `issued_on`, `gte`; what is not of this form is one segment.
pub(crate) fn segments(name: &str) -> Vec<String> {
    let Some((head, rest)) = name.split_once('[') else { return vec![name.to_owned()] };
    let Some(rest) = rest.strip_suffix(']') else { return vec![name.to_owned()] };
    std::iter::once(head).chain(rest.split("][")).map(str::to_owned).collect()
}

fn relation_names(description: &Description) -> Vec<Name> {
    description.relations.iter().map(|relation| relation.name.clone()).collect()
}

fn test(name: &str, path: &[&str], value: &str, description: &Description) -> Result<Filter, Problem> {
    let (field, op) = match path {
        [field] => (*field, "eq"),
        [field, op] => (*field, *op),
        _ => return Err(unknown(name, &["filter[field]", "filter[field][operator]", "filter[or][0][field]"])),
    };
    let values = if matches!(op, "in" | "nin") { split(value) } else { vec![unescape(value)] };
    filter_test(description, field, op, &values).map(Filter::Test).map_err(|fault| fault.at(name))
}

fn sort(name: &str, value: &str, description: &Description) -> Result<Vec<kernel::query::SortKey>, Problem> {
    let mut keys: Vec<kernel::query::SortKey> = Vec::new();
    for part in split(value) {
        let key = sort_key(description, &part).map_err(|fault| fault.at(name))?;
        if !keys.iter().any(|known| known.field == key.field) {
            keys.push(key);
        }
    }
    Ok(keys)
}

fn state(name: &str, value: &str) -> Result<State, Problem> {
    match value {
        "published" => Ok(State::Published),
        "draft" => Ok(State::Draft),
        _ => Err(bad(name, "published, draft", "published, draft")),
    }
}

fn choices(name: &str, value: &str, choice: &Choice) -> Result<Vec<Name>, Problem> {
    split(value).iter().map(|part| choice.find(part).map_err(|fault| fault.at(name))).collect()
}

/// Splits at commas; `\,` is a comma inside a value.
pub(crate) fn split(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, parts.last_mut()) {
            ('\\', Some(part)) if chars.peek() == Some(&',') => {
                chars.next();
                part.push(',');
            }
            (',', _) => parts.push(String::new()),
            (c, Some(part)) => part.push(c),
            (_, None) => {}
        }
    }
    parts
}

/// A value as it is meant: `\,` is a comma.
pub(crate) fn unescape(value: &str) -> String {
    value.replace("\\,", ",")
}

fn allowed(description: &Description, of: Of) -> Vec<String> {
    let mut allowed = vec![format!("fields[{}]", description.name)];
    if !description.relations.is_empty() {
        allowed.push("include".into());
    }
    if description.editions.has_drafts() {
        allowed.extend(["state".into(), "lang".into()]);
    }
    if description.as_of {
        allowed.push("as_of".into());
    }
    if of == Of::List {
        allowed
            .extend(["filter[field][operator]", "sort", "page[size]", "page[after]", "page[before]", "meta"].map(str::to_owned));
    }
    allowed
}

/// Refuses every parameter.
pub(crate) fn none(query: &str) -> Result<(), Problem> {
    match self::super::link::pairs(query)?.first() {
        Some((name, _)) => Err(unknown(name, &[] as &[&str])),
        None => Ok(()),
    }
}

pub(crate) fn unknown<S: AsRef<str>>(name: &str, allowed: &[S]) -> Problem {
    let allowed = allowed.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    let text = if allowed.is_empty() {
        Text::new(
            format!("Không có tham số {name}; địa chỉ này không nhận tham số nào."),
            format!("There is no parameter {name}; this address takes none."),
        )
    } else {
        Text::new(
            format!("Không có tham số {name}; dùng được: {allowed}."),
            format!("There is no parameter {name}; there are: {allowed}."),
        )
    };
    Problem::malformed("unknown_parameter", text.vi.clone(), text.en.clone()).with_field(FieldFault::new(
        format!("?{name}"),
        "unknown_parameter",
        text,
    ))
}

pub(crate) fn bad(name: &str, vi: &str, en: &str) -> Problem {
    let text = Text::new(format!("{name}: cần {vi}."), format!("{name}: {en} is asked for."));
    Problem::malformed("invalid_parameter", text.vi.clone(), text.en.clone()).with_field(FieldFault::new(
        format!("?{name}"),
        "invalid_parameter",
        text,
    ))
}

fn bad_size(name: &str) -> Problem {
    bad(name, "số nguyên từ 1 đến 100", "a whole number from 1 to 100")
}
