//! The acts that an amending act names: by number, by title, or by what was issued with them.

use super::words::Words;
use crate::citations::{Citation, Target};
use crate::node::{Kind, walk};
use crate::parse::LegalText;

/// An act that a statement names.
#[derive(Debug, Clone)]
pub(super) struct Act {
    pub target: Target,
    /// Whether the provisions are of what was issued with it.
    pub attached: bool,
}

/// Names of what is issued with an act.
pub(super) const ATTACHED: [&str; 9] =
    ["quy chế", "quy định", "điều lệ", "nội quy", "quy trình", "chương trình", "đề án", "phương án", "hướng dẫn"];
/// Names of acts.
pub(super) const ACTS: [&str; 8] =
    ["nghị quyết", "quyết định", "nghị định", "thông tư", "bộ luật", "luật", "pháp lệnh", "thông tư liên tịch"];
/// Acts that are known by title.
const TITLED: [&str; 3] = ["bộ luật ", "luật ", "pháp lệnh "];
/// How long a title may be, in bytes.
const TITLE: usize = 500;

/// No act names the numbers of more laws before its provisions.
const MOST: usize = 100;

/// What an amending act says of other acts: its citations, and the laws whose numbers its preamble and formula give.
pub(super) struct Acts<'c> {
    /// The number of the amending act itself.
    own: Option<&'c str>,
    citations: &'c [Citation],
    /// Titles of laws in one spelling, with the laws.
    laws: Vec<(String, Target)>,
}

impl<'c> Acts<'c> {
    pub fn of(text: &str, act: &'c LegalText) -> Self {
        let mut acts = Self { own: act.header.number.as_deref(), citations: &act.citations, laws: Vec::new() };
        let front = act.nodes.iter().filter(|node| matches!(node.kind, Kind::Header | Kind::Preamble | Kind::Formula));
        for leaf in front.flat_map(|node| walk(std::slice::from_ref(node))).filter(|node| node.is_leaf()) {
            let Some(words) = Words::of(text, leaf.span) else { continue };
            for (at, _) in words.lower.match_indices("luật ").chain(words.lower.match_indices("pháp lệnh ")) {
                if acts.laws.len() < MOST
                    && let Some((Law { title, target }, _)) = acts.numbered(&words, at)
                {
                    acts.laws.push((kernel::text::name_key(&title), target));
                }
            }
        }
        acts
    }

    /// The citation that begins at a byte of the words and names an act, with its end.
    pub fn cited(&self, words: &Words, at: usize) -> Option<(&'c Citation, usize)> {
        let source = words.source(at);
        let first = self.citations.partition_point(|citation| citation.span.0 < source);
        let found = self.citations.get(first).filter(|citation| citation.span.0 == source)?;
        (found.number.is_some() || found.title.is_some()).then_some((found, at + found.text.len()))
    }

    /// The law named at a byte of the words by title, with its number or without; and where its name ends.
    pub fn law(&self, words: &Words, at: usize) -> Option<(Law, usize)> {
        if let Some(found) = self.numbered(words, at) {
            return Some(found);
        }
        let (_, title_at) = titled(words, at)?;
        let rest = words.lower.get(title_at..)?;
        // A title whose number the preamble gives; the longest that the words begin with.
        let known = self.laws.iter().filter_map(|(title, target)| {
            let length = begins_with(rest, title)?;
            ends_title(rest.get(length..)?, target).then_some((length, target))
        });
        if let Some((length, target)) = known.max_by_key(|(length, _)| *length) {
            let title = words.text.get(title_at..title_at + length)?.to_owned();
            return Some((Law { title, target: target.clone() }, title_at + length));
        }
        let (citation, end) = self.cited(words, at)?;
        let title = citation.title.clone().unwrap_or_default();
        Some((Law { title, target: citation.target.clone() }, end))
    }

    /// `Luật Quản lý, sử dụng tài sản công số 15/2017/QH14`: the number tells where the title ends.
    fn numbered(&self, words: &Words, at: usize) -> Option<(Law, usize)> {
        let (kind, title_at) = titled(words, at)?;
        if is_of_amending_law(words.lower.get(..at)?) {
            return None;
        }
        let rest = words.lower.get(title_at..)?;
        let limit = rest.char_indices().map(|(at, _)| at).take_while(|at| *at <= TITLE).last()?;
        let rest = rest.get(..limit)?;
        let stop = rest.find([';', ':', '“', '”', '"']).unwrap_or(rest.len());
        let number_at = rest.get(..stop)?.find(" số ")?;
        let title = rest.get(..number_at)?;
        let another = title.replace("pháp luật", "").contains(kind.trim_end());
        let says_more = another || title.contains(" điều ") || title.bytes().any(|b| b.is_ascii_digit());
        if says_more {
            return None;
        }
        let source = words.source(title_at + number_at + 1);
        // The citation may begin at the title or at the number.
        let first = self.citations.partition_point(|citation| citation.span.1 <= source);
        let found = self.citations.get(first).filter(|citation| citation.span.0 <= source)?;
        found.number.as_deref().filter(|number| self.own != Some(*number))?;
        let end = words.at_source(found.span.1);
        let title = words.text.get(title_at..title_at + number_at)?.trim().to_owned();
        Some((Law { title, target: found.target.clone() }, end))
    }
}

/// Words after which acts are named that have amended the one before them.
const AMENDED: [&str; 4] = ["đã được sửa đổi", "được sửa đổi, bổ sung", "đã sửa đổi, bổ sung", "được bổ sung"];

impl Acts<'_> {
    /// The acts that words name, each with where its name ends; not those that have amended another.
    pub fn named(&self, words: &Words) -> Vec<(Law, usize)> {
        let stop = AMENDED.iter().filter_map(|amended| words.lower.find(amended)).min().unwrap_or(words.lower.len());
        let mut found = Vec::new();
        let mut at = 0;
        let mut begins = true;
        while let Some(c) = words.lower.get(at..stop).and_then(|rest| rest.chars().next()) {
            if begins && c.is_alphabetic() {
                let cited = |(citation, end): (&Citation, usize)| {
                    let title = citation.title.clone().unwrap_or_default();
                    (Law { title, target: citation.target.clone() }, end)
                };
                let here = self.law(words, at).or_else(|| self.cited(words, at).map(cited));
                if let Some((law, end)) = here.filter(|(_, end)| *end > at) {
                    found.push((law, end));
                    at = end;
                    begins = false;
                    continue;
                }
            }
            begins = !c.is_alphanumeric();
            at += c.len_utf8();
        }
        found
    }

    /// The one act that the title and the formula of an amending act name as amended.
    pub fn titled(&self, text: &str, act: &LegalText) -> Option<Target> {
        let mut numbered: Vec<(String, Law)> = Vec::new();
        let mut titles: Vec<String> = Vec::new();
        let front = act.nodes.iter().filter(|node| matches!(node.kind, Kind::Header | Kind::Formula));
        for leaf in front.flat_map(|node| walk(std::slice::from_ref(node))).filter(|node| node.is_leaf()) {
            let Some(words) = Words::of(text, leaf.span) else { continue };
            for (law, _) in self.named(&words).into_iter().take(MOST) {
                match &law.target {
                    Target::Act { number: Some(number), .. } if numbered.iter().any(|(other, _)| other == number) => {}
                    Target::Act { number: Some(number), .. } => numbered.push((number.clone(), law)),
                    Target::Act { number: None, .. } | Target::Unresolved { reason: "title_unknown" } => {
                        titles.push(kernel::text::name_key(&law.title));
                    }
                    Target::This { .. } | Target::Unresolved { .. } => {}
                }
            }
        }
        let [(_, one)] = numbered.as_slice() else { return None };
        // A further law that is named by its title alone is another act, unless it is this one.
        let own = kernel::text::name_key(&one.title);
        let is_own = |title: &String| *title == own || own.starts_with(&format!("{title},"));
        titles.iter().all(is_own).then(|| one.target.clone())
    }
}

/// A law that is named, with its title as it is printed.
#[derive(Debug, Clone)]
pub(super) struct Law {
    pub title: String,
    pub target: Target,
}

/// Whether a number that follows is of the law that amends, not of the one that is amended: `theo Luật sửa đổi, bổ sung một
/// số điều của Luật X số …`, other than `ban hành Luật sửa đổi, bổ sung một số điều của Luật X số …`.
fn is_of_amending_law(before: &str) -> bool {
    let Some(outer) = before.rfind("luật sửa đổi") else { return false };
    let title = before.get(outer..).unwrap_or_default();
    let enacted = before.get(..outer).unwrap_or_default().trim_end();
    title.ends_with("của ") && !title.contains([';', ':']) && !enacted.is_empty() && !enacted.ends_with("ban hành")
}

/// Whether a title ends before `rest`, and no year after it is another than the one in the number of the law.
fn ends_title(rest: &str, target: &Target) -> bool {
    let told = rest.trim_start();
    let ends =
        ["số ", "năm ", "ngày ", "như sau", "đã ", "được ", "có hiệu lực", "và luật", "và bộ luật", ", luật", "(", ";", ".", ":"];
    if !(told.is_empty() || ends.iter().any(|words| told.starts_with(words))) {
        return false;
    }
    let year = told.strip_prefix("năm ").and_then(|year| year.get(..4)).filter(|year| year.bytes().all(|b| b.is_ascii_digit()));
    let Target::Act { number: Some(number), .. } = target else { return false };
    year.is_none_or(|year| number.contains(&format!("/{year}/")))
}

/// The kind of a law named at a byte, and where its title begins.
fn titled(words: &Words, at: usize) -> Option<(&'static str, usize)> {
    let rest = words.lower.get(at..)?;
    TITLED.iter().find_map(|kind| rest.starts_with(kind).then_some((*kind, at + kind.len())))
}

/// How much of `text` spells the words of `title`, which is in one spelling.
fn begins_with(text: &str, title: &str) -> Option<usize> {
    let mut end = 0;
    for wanted in title.split(' ') {
        let rest = text.get(end..)?;
        let start = end + (rest.len() - rest.trim_start().len());
        let word = text.get(start..)?.split([' ', ';', ':', '.']).next()?;
        if kernel::text::name_key(word) != wanted {
            // A comma after the last word is not of the title.
            let bare = word.trim_end_matches(',');
            return (kernel::text::name_key(bare) == wanted && title.ends_with(wanted)).then_some(start + bare.len());
        }
        end = start + word.len();
    }
    Some(end)
}

/// Whether provisions are cited of what was issued with an act.
pub(super) fn is_attached(text: &str) -> bool {
    let lower = crate::lower(text);
    let both = ACTS.iter().any(|act| ATTACHED.iter().any(|attached| lower.contains(&format!("{act} và {attached}"))));
    lower.contains("kèm theo") && !both
}
