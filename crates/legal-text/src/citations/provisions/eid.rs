//! The ids of the provisions that a sentence names.

use super::level::Level;
use super::provision::{Named, Provision};
use crate::structure::id_number;
use crate::structure::number::Num;
use std::rc::Rc;

/// Where a sentence stands: what `Điều này`, `khoản này` mean in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context<'n> {
    /// The parts of an id that name a chapter and a section.
    pub chapter: Option<&'n str>,
    pub section: Option<&'n str>,
    /// Numbers as ids have them.
    pub article: Option<Rc<str>>,
    pub clause: Option<Rc<str>>,
    pub point: Option<Rc<str>>,
    /// The attachment, by id.
    pub attachment: Option<&'n str>,
}

impl Provision<'_> {
    /// The id of the provision by the naming convention, without what groups articles unless nothing else is named.
    /// `context` gives what `này` means.
    pub fn eid(&self, context: &Context<'_>) -> Option<String> {
        let mut eid = Eid::default();
        match self.named(Level::Appendix) {
            Some(Named::Number(number)) => eid.push("att", &number.to_uppercase()),
            Some(Named::Between(number)) => eid.push("att", &number.to_string()),
            Some(Named::Only) => eid.push_part("att"),
            _ => {}
        }
        let [article, clause, point] = [Level::Article, Level::Clause, Level::Point].map(|level| self.named(level));
        if article.is_none() && clause.is_none() && point.is_none() {
            eid.push_group("chp", self.named(Level::Chapter), context.chapter);
            eid.push_group("sec", self.named(Level::Section), context.section);
        }
        let in_this_clause = clause == Some(Named::This) || point == Some(Named::This);
        match article {
            Some(Named::This) => eid.push("art", context.article.as_deref()?),
            Some(named) => eid.push_named("art", named),
            None if in_this_clause => eid.push("art", context.article.as_deref()?),
            None => {}
        }
        match (clause, context.clause.as_deref()) {
            (Some(Named::This), this) => eid.push("para", this?),
            (Some(named), _) => eid.push_named("para", named),
            (None, Some(this)) if point == Some(Named::This) => eid.push("para", this),
            _ => {}
        }
        match point {
            Some(Named::This) => eid.push("point", context.point.as_deref()?),
            Some(named) => eid.push_named("point", named),
            None => {}
        }
        if let Some(named) = self.named(Level::Subpoint) {
            eid.push_named("subpoint", named);
        }
        (!eid.text.is_empty()).then_some(eid.text)
    }
}

/// An id that is being written.
#[derive(Default)]
struct Eid {
    text: String,
}

impl Eid {
    fn push_part(&mut self, part: &str) {
        if !self.text.is_empty() {
            self.text.push_str("__");
        }
        self.text.push_str(part);
    }

    fn push(&mut self, token: &str, number: &str) {
        self.push_part(token);
        self.text.push('_');
        self.text.push_str(number);
    }

    fn push_named(&mut self, token: &str, named: Named<'_>) {
        match named {
            Named::Number(number) => self.push(token, &id(number)),
            Named::Between(number) => self.push(token, &number.to_string()),
            Named::This | Named::Only => {}
        }
    }

    fn push_group(&mut self, token: &str, named: Option<Named<'_>>, this: Option<&str>) {
        match (named, this) {
            (Some(Named::This), Some(this)) => self.push_part(this),
            // A small L is a misprinted Roman one.
            (Some(Named::Number("l")), _) => self.push(token, "1"),
            (Some(Named::Number(number)), _) => self.push(token, &id_number(number)),
            (Some(Named::Between(number)), _) => self.push(token, &number.to_string()),
            _ => {}
        }
    }
}

fn id(number: &str) -> String {
    match Num::parse(number) {
        Some(Num { figure, letter: 0 }) if number.bytes().all(|b| b.is_ascii_digit()) => figure.to_string(),
        _ => id_number(number),
    }
}
