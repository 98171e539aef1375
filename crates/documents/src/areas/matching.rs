//! Which of the bodies that are there are the ones that there have to be.

use super::acts;
use super::bodies::Planned;
use crate::issuer::IssuerContent;
use crate::store::issuers::StoredIssuer;
use kernel::{Id, text};
use std::collections::{HashMap, HashSet};

/// How many documents of a body were issued before the mergers, and how many since.
pub(super) type Issued = HashMap<Id, (i64, i64)>;

/// The bodies that are found among those that are there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Matches {
    /// Which body each planned one is, where it is there.
    pub found: Vec<Option<Id>>,
    /// Bodies that may be several of the planned ones: they stay as they are.
    pub doubtful: Vec<Id>,
}

/// Finds them: by area code and kind, else by name and place, else by code. Of two that had one name one after the other
/// the one is meant in whose time most documents of the body were issued; without documents the present one.
pub(super) fn matches(planned: &[Planned], present: &[StoredIssuer], issued: &Issued) -> Matches {
    let index = Index::of(planned);
    let parents: HashMap<Id, String> = present.iter().map(|body| (body.id, text::name_key(&body.content.name))).collect();
    let mut matches = Matches { found: vec![None; planned.len()], doubtful: Vec::new() };
    let mut settled: HashSet<Id> = HashSet::new();
    for rank in [Rank::AreaCode, Rank::Name, Rank::Code] {
        for body in present.iter().filter(|body| rank == Rank::of(&body.content) || rank == Rank::Code) {
            if settled.contains(&body.id) {
                continue;
            }
            let above = body.content.parent_id.and_then(|id| parents.get(&id));
            let fitting = index.fitting(rank, &body.content, above.map(String::as_str));
            let free: Vec<usize> = fitting.into_iter().filter(|at| matches.found.get(*at).is_some_and(Option::is_none)).collect();
            match chosen(planned, &free, issued.get(&body.id).copied().unwrap_or_default()) {
                Choice::None => {}
                Choice::One(at) => {
                    if let Some(slot) = matches.found.get_mut(at) {
                        *slot = Some(body.id);
                    }
                    settled.insert(body.id);
                }
                Choice::Doubtful => {
                    matches.doubtful.push(body.id);
                    settled.insert(body.id);
                }
            }
        }
    }
    matches
}

/// By what a body is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rank {
    AreaCode,
    Name,
    Code,
}

impl Rank {
    fn of(content: &IssuerContent) -> Self {
        if content.area_code.is_some() { Self::AreaCode } else { Self::Name }
    }
}

struct Index<'a> {
    planned: &'a [Planned],
    by_area: HashMap<(&'a str, &'a str), Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    by_code: HashMap<&'a str, usize>,
}

impl<'a> Index<'a> {
    fn of(planned: &'a [Planned]) -> Self {
        let mut index = Self { planned, by_area: HashMap::new(), by_name: HashMap::new(), by_code: HashMap::new() };
        for (at, body) in planned.iter().enumerate() {
            let content = &body.content;
            if let (Some(kind), Some(area)) = (&content.kind, &content.area_code) {
                index.by_area.entry((kind, area)).or_default().push(at);
            }
            index.by_name.entry(text::name_key(&content.name)).or_default().push(at);
            index.by_code.extend(content.code.as_deref().map(|code| (code, at)));
        }
        index
    }

    fn fitting(&self, rank: Rank, content: &IssuerContent, parent: Option<&str>) -> Vec<usize> {
        let name = text::name_key(&content.name);
        let fits = |at: &usize| self.planned.get(*at).is_some_and(|planned| of_one_time(content, &planned.content));
        match rank {
            Rank::AreaCode => {
                let (Some(kind), Some(area)) = (&content.kind, &content.area_code) else { return Vec::new() };
                let of_area = self.by_area.get(&(kind.as_str(), area.as_str())).into_iter().flatten().copied();
                let of_area: Vec<usize> = of_area.filter(fits).collect();
                let named = |at: &usize| self.planned.get(*at).is_some_and(|body| text::name_key(&body.content.name) == name);
                let of_name: Vec<usize> = of_area.iter().copied().filter(named).collect();
                if of_name.is_empty() { of_area } else { of_name }
            }
            Rank::Name => {
                let of_name = self.by_name.get(&name).into_iter().flatten().copied();
                of_name.filter(fits).filter(|at| self.is_around(*at, content, parent)).collect()
            }
            Rank::Code => {
                let of_code = content.code.as_deref().and_then(|code| self.by_code.get(code)).copied();
                of_code.filter(fits).filter(|at| self.is_of_kind(*at, content)).into_iter().collect()
            }
        }
    }

    fn is_of_kind(&self, at: usize, content: &IssuerContent) -> bool {
        self.planned.get(at).is_some_and(|planned| content.kind.is_none() || content.kind == planned.content.kind)
    }

    /// Whether what is told of the place of a body is not that of another.
    fn is_around(&self, at: usize, content: &IssuerContent, parent: Option<&str>) -> bool {
        let Some(planned) = self.planned.get(at).filter(|_| self.is_of_kind(at, content)) else { return false };
        let told = content.area_name.as_deref().into_iter().flat_map(|area| area.split(',').skip(1));
        let told: Vec<String> = told.map(text::name_key).collect();
        let above = planned.parent.and_then(|parent| self.planned.get(parent));
        let above = above.map(|above| text::name_key(&above.content.name));
        (told.is_empty() || told.iter().any(|place| planned.around.contains(place)))
            && (parent.is_none() || above.as_deref() == parent)
    }
}

/// Whether a body of which no days are told, or the same end or beginning, may be the planned one.
fn of_one_time(content: &IssuerContent, planned: &IssuerContent) -> bool {
    let told = |content: &IssuerContent| (content.valid_from.is_some(), content.valid_until.is_some());
    told(content) == (false, false)
        || content.valid_until.is_some() == planned.valid_until.is_some() && content.life().overlaps(planned.life())
}

enum Choice {
    None,
    One(usize),
    Doubtful,
}

fn chosen(planned: &[Planned], fitting: &[usize], (before, since): (i64, i64)) -> Choice {
    let ended = |at: &usize| planned.get(*at).is_some_and(|body| body.content.valid_until.as_deref() == Some(acts::DAY));
    let province = |at: &usize| planned.get(*at).and_then(|body| body.around.last());
    match fitting {
        [] => Choice::None,
        [one] => Choice::One(*one),
        [one, two] if ended(one) != ended(two) && province(one) == province(two) => {
            Choice::One(if ended(one) == (before > since) { *one } else { *two })
        }
        _ => Choice::Doubtful,
    }
}
