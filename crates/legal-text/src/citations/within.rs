//! The provision that a sentence, or what stands above it, says is changed: what provisions without an article lie in.
//!
//! `Sửa đổi, bổ sung Điều 4 như sau: a) Bổ sung khoản 3a vào sau khoản 3 …`

use super::act::Act;
use super::provisions::{Level, Provision};
use super::scan::Found;
use std::rc::Rc;

/// An article, and the clause and point in it as far as they are told; as ids have them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Within {
    article: Rc<str>,
    clause: Told,
    point: Told,
}

/// What several ids say of one level.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Told {
    /// None of them names it.
    Nothing,
    One(Rc<str>),
    /// They differ.
    Several,
}

impl Told {
    fn of<'e>(ids: impl Iterator<Item = &'e str>, token: &str) -> Self {
        let mut told: Option<Option<&str>> = None;
        for own in ids.map(|id| id.split("__").find_map(|part| part.strip_prefix(token))) {
            if told.is_some_and(|other| other != own) {
                return Self::Several;
            }
            told = Some(own);
        }
        told.flatten().map_or(Self::Nothing, |one| Self::One(one.into()))
    }

    fn one(&self) -> Option<Rc<str>> {
        if let Self::One(one) = self { Some(one.clone()) } else { None }
    }
}

impl Within {
    /// What all of some ids lie in: one article, and of it the clause and the point that all of them name.
    pub fn of<'e>(ids: impl Iterator<Item = &'e str> + Clone) -> Option<Self> {
        let Told::One(article) = Told::of(ids.clone(), "art_") else { return None };
        Some(Self { article, clause: Told::of(ids.clone(), "para_"), point: Told::of(ids, "point_") })
    }

    pub fn article(&self) -> Rc<str> {
        self.article.clone()
    }

    pub fn clause(&self) -> Option<Rc<str>> {
        self.clause.one()
    }

    /// An id that names no article, with what it lies in; `None` where a level between them is not told.
    pub fn complete(&self, id: &str) -> Option<String> {
        let Self { article, clause, point } = self;
        if id.starts_with("para_") {
            return Some(format!("art_{article}__{id}"));
        }
        let clause = match clause {
            Told::Nothing => String::new(),
            Told::One(clause) => format!("__para_{clause}"),
            Told::Several => return None,
        };
        if id.starts_with("point_") {
            return Some(format!("art_{article}{clause}__{id}"));
        }
        let point = point.one()?;
        id.starts_with("subpoint_").then(|| format!("art_{article}{clause}__point_{point}__{id}"))
    }
}

/// Whether an id names a provision without the article it lies in.
pub(crate) fn is_partial(id: &str) -> bool {
    ["para_", "point_", "subpoint_"].iter().any(|token| id.starts_with(token))
}

/// What joins a provision to the one that says where it comes to stand: `khoản 4 vào Điều 3`, `khoản 3a vào sau khoản 3 Điều 5`.
const JOINTS: [&str; 9] = ["vào", "vào sau", "vào trước", "vào ngay sau", "sau", "ngay sau", "trước", "vào cuối", "tại"];

/// What a reference has from the one right after it in its sentence.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Joined {
    /// Which reference names its act.
    pub act_of: Option<usize>,
    /// Whether it only says where the one before it comes to stand.
    pub is_anchor: bool,
}

/// Completes provisions by those that say where they come to stand, and tells what each reference has from them.
pub(super) fn join(sentence: &str, found: &mut [Found<'_>]) -> Vec<Joined> {
    let mut joined = vec![Joined::default(); found.len()];
    for at in (0..found.len().saturating_sub(1)).rev() {
        let (head, tail) = found.split_at_mut(at + 1);
        let (Some(one), Some(next)) = (head.last_mut(), tail.first()) else { continue };
        let between = crate::lower(sentence.get(one.end..next.start).unwrap_or_default());
        let (true, Some(outer)) = (matches!(one.act, Act::Unnamed) && JOINTS.contains(&between.trim()), next.provisions.first())
        else {
            continue;
        };
        if !next.provisions.iter().any(Provision::is_here) {
            let lacking = one.provisions.iter_mut().filter(|provision| !provision.names(&[Level::Article]));
            lacking.for_each(|provision| provision.complete(outer));
        }
        let act_of = joined.get(at + 1).and_then(|next| next.act_of).or_else(|| names_act(next).then_some(at + 1));
        if let Some(own) = joined.get_mut(at) {
            own.act_of = act_of;
        }
        if let Some(anchor) = joined.get_mut(at + 1) {
            anchor.is_anchor = !names_act(next);
        }
    }
    joined
}

fn names_act(one: &Found<'_>) -> bool {
    matches!(one.act, Act::Numbered { .. } | Act::Titled { .. })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn ids_are_completed_by_what_they_lie_in() {
        let clause = Within::of(["art_4__para_2", "art_4__para_2"].into_iter()).unwrap();
        assert_eq!(clause.complete("para_3").as_deref(), Some("art_4__para_3"));
        assert_eq!(clause.complete("point_b").as_deref(), Some("art_4__para_2__point_b"));
        assert_eq!(clause.complete("subpoint_1"), None);
        let article = Within::of(["art_4__para_2", "art_4__para_5"].into_iter()).unwrap();
        assert_eq!(article.complete("point_b"), None);
        let whole = Within::of(std::iter::once("art_4")).unwrap();
        assert_eq!(whole.complete("point_b").as_deref(), Some("art_4__point_b"));
        assert_eq!(Within::of(["art_4", "art_5"].into_iter()), None);
        assert_eq!(Within::of(std::iter::empty()), None);
    }
}
