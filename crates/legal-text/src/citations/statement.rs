//! What a sentence does with an act that it cites, told from the words around the citation.

use super::relation::Relation;
use super::scan::Found;
use super::signs::{Signs, Verb};

/// Words of another's act or of a condition: what follows is not done here.
const NOT_HERE: [&str; 17] = [
    "quá trình",
    "nghiên cứu",
    "rà soát",
    "được sửa đổi",
    "đã sửa đổi",
    "được bổ sung",
    "được thay thế",
    "bị thay thế",
    "bị bãi bỏ",
    "được bãi bỏ",
    "đã được",
    "trường hợp",
    "sửa đổi, bổ sung, thay thế các",
    "văn bản sửa đổi",
    "thẩm quyền sửa đổi",
    "kiến nghị",
    "đề nghị",
];

/// What lists stand in that an act has issued.
const PLACES: [&str; 3] = ["phần ", "mục ", "phụ lục"];

/// A verb governs what follows it within so many words.
const REACH: usize = 60;
/// No statement that is read has more bytes.
const LONGEST: usize = 4000;

/// A sentence in small letters, and the words in it that tell what is done.
#[derive(Clone, Copy)]
pub(super) struct Wording<'s> {
    pub small: &'s str,
    pub signs: &'s Signs,
}

/// What is done to the acts that are listed below an introduction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Governs {
    pub relation: Relation,
    /// How many words may stand before an act in its item.
    pub within: usize,
}

/// What an introduction does to what is listed below it: one that ends with a colon, or the name of an article, `Bãi bỏ một
/// số văn bản`. The sentence is in small letters.
pub(super) fn governs(sentence: &str) -> Option<Governs> {
    let sentence = sentence.trim_end();
    if !sentence.ends_with(':') {
        let name = sentence.trim_start().strip_prefix("điều ").and_then(|label| label.split_once(['.', ':']));
        let ends = name.is_some_and(|(_, name)| name.trim_start().starts_with("bãi bỏ "));
        return ends.then_some(Governs { relation: Relation::Repeals, within: 0 });
    }
    listing(sentence).map(|relation| Governs { relation, within: 12 })
}

fn listing(sentence: &str) -> Option<Relation> {
    let says = |words: &str| sentence.contains(words);
    if says("thay thế các") {
        Some(Relation::Replaces)
    } else if says("hết hiệu lực") || says("bãi bỏ") {
        Some(Relation::Repeals)
    } else {
        (says("sửa đổi, bổ sung các") || says("sửa đổi các")).then_some(Relation::Amends)
    }
}

/// A citation before another one in its sentence: where it stands, and what is done with its act.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cited {
    pub start: usize,
    pub end: usize,
    pub relation: Relation,
}

pub(super) type Previous = Option<Cited>;

impl Wording<'_> {
    /// What a title does with an act that it names.
    pub fn in_title(&self, one: &Found<'_>, previous: Previous) -> Relation {
        let lead = (0, one.start);
        self.by_lead(lead, previous).or_else(|| self.continued(one, previous)).unwrap_or(Relation::RefersTo)
    }

    /// What a provision does with an act that it cites; `ended` is the last act before it that is replaced or ended,
    /// `governs` what its introduction does.
    pub fn in_provision(
        &self,
        one: &Found<'_>,
        previous: Previous,
        ended: Previous,
        governs: Option<Governs>,
    ) -> Option<Relation> {
        let lead = (self.signs.statement(one.start), one.start);
        let own = previous.filter(|previous| previous.end >= lead.0);
        self.by_lead(lead, own)
            .or_else(|| self.listed(one, ended).filter(|_| previous.is_some_and(|one| one.relation == Relation::RefersTo)))
            .or_else(|| self.continued(one, previous))
            .or_else(|| self.signs.said_after(one.end).filter(|_| self.is_subject(lead)))
            .or_else(|| {
                let governs = governs.filter(|governs| previous.is_none() && self.words(lead, governs.within).is_some());
                governs.map(|governs| governs.relation)
            })
    }

    /// Whether the words before a citation speak of part of the act: `bãi bỏ một số điều của …`, `… Quy định ban hành kèm theo …`.
    pub fn says_part(&self, one: &Found<'_>) -> bool {
        let lead = self.text((self.signs.statement(one.start), one.start));
        let near = lead.char_indices().rev().nth(160).map_or(lead, |(at, _)| lead.get(at..).unwrap_or(lead));
        ["một số ", "một phần", "tại phần ", "nội dung ", "cụm từ", "các điều", "các khoản", "phụ lục", "danh mục"]
            .iter()
            .any(|words| near.contains(words))
    }

    fn text(&self, (from, to): (usize, usize)) -> &str {
        self.small.get(from..to).unwrap_or_default()
    }

    /// How many words stand between two bytes; `None` where there are more than `most`.
    fn words(&self, (from, to): (usize, usize), most: usize) -> Option<usize> {
        let text = self.text((from, to));
        let count = if text.len() > LONGEST { most + 1 } else { text.split_whitespace().take(most + 1).count() };
        (count <= most).then_some(count)
    }

    /// What the words between the beginning of its statement and a citation do with it. A verb after the citation
    /// before it is of that one's abstract, unless it is joined to the statement.
    fn by_lead(&self, (from, to): (usize, usize), previous: Previous) -> Option<Relation> {
        let mut verb = self.signs.last_verb(from, to)?;
        // `Luật sửa đổi Luật Lam ngày … và Luật …`: the name of an act does nothing, but to the act that it names.
        let named = |previous: &Cited| verb.start >= previous.start && verb.end <= previous.end;
        if let Some(previous) = previous.filter(named).filter(|previous| !self.text((previous.end, to)).trim().is_empty()) {
            verb = self.signs.last_verb(from, previous.start)?;
        }
        if let Some(previous) = previous.filter(|previous| previous.end <= verb.start) {
            let joint = self.text((previous.end, verb.start)).trim();
            // `Nghị định số 5 sửa đổi Nghị định số 3`: that is done there.
            if !(joint.len() < 40 && (joint.starts_with("và") || joint.starts_with([',', ';']))) {
                return None;
            }
        }
        let before = self.text((from, verb.start));
        let passive =
            ["được ", "bị ", "đã ", "các văn bản ", "văn bản ", "có thể ", "nếu "].iter().any(|word| before.ends_with(word))
                || before.ends_with("việc ") && !before.ends_with("về việc ")
                || names_act(before);
        let overlaps = |words: &str| self.text((verb.start.saturating_sub(words.len()).max(from), to)).starts_with(words);
        let excluded = NOT_HERE.iter().any(|words| before.trim_end().ends_with(words) || overlaps(words));
        self.words((verb.end, to), REACH).filter(|_| !passive && !excluded && !self.breaks(verb, to))?;
        Some(verb.relation)
    }

    /// Between a verb and what it governs stand provisions, names of regulations and earlier members of a list, not a new verb.
    fn breaks(&self, verb: Verb, to: usize) -> bool {
        let between = self.text((verb.end, to));
        // `bãi bỏ Danh mục tại phần II ban hành kèm theo …`
        let ends_part = verb.relation == Relation::Repeals
            && !between.contains("từ “")
            && between.match_indices(" tại ").all(|(at, words)| {
                let (before, after) =
                    (between.get(..at).unwrap_or_default(), between.get(at + words.len()..).unwrap_or_default());
                !before.ends_with("quy định") && PLACES.iter().any(|place| after.starts_with(place))
            });
        let by = between.match_indices("theo ").any(|(at, _)| !between.get(..at).is_some_and(|before| before.ends_with("kèm ")));
        by || !ends_part && between.contains(" tại ")
            || ["căn cứ", "phù hợp", "quy định tại", "thực hiện ", "bằng ", "áp dụng", " nêu "]
                .iter()
                .any(|word| between.contains(word))
    }

    /// Whether a citation is what its sentence speaks of: little stands before it.
    fn is_subject(&self, lead: (usize, usize)) -> bool {
        let statement = self.text(lead);
        let governed = ["theo", "tại", "của", "trong", "với", "bởi", "kèm theo"];
        if governed.iter().any(|word| statement.trim_end().ends_with(word)) {
            return false;
        }
        self.words(lead, 40).is_some_and(|count| count <= 14 || !statement.contains("ngày "))
    }

    /// A further member of a list shares what is done with the one before it.
    fn continued(&self, one: &Found<'_>, previous: Previous) -> Option<Relation> {
        let Cited { end, relation, .. } = previous?;
        let between = self.small.get(end..one.start)?;
        let joint = between.trim_matches([',', ' ', ';']);
        let joins = matches!(joint, "" | "và" | "và các" | "hoặc");
        // `… của Chính phủ quy định về giá; Nghị định số …` goes on in the same statement.
        let part = between.trim_end();
        let listed = [" và", " và các", ";", ","].iter().any(|joint| part.ends_with(joint))
            && !between.contains(". ")
            && between.len() < 400
            && matches!(relation, Relation::Replaces | Relation::Repeals);
        (joins || listed).then_some(relation)
    }

    /// A further member of a list after one whose abstract names another act: `thay thế Quyết định số 1 sửa đổi Quyết định
    /// số 2; Quyết định số 3`.
    fn listed(&self, one: &Found<'_>, ended: Previous) -> Option<Relation> {
        let Cited { end, relation, .. } = ended?;
        let between = self.small.get(end..one.start)?;
        (between.trim_end().ends_with(';') && !between.contains(". ") && between.len() < 400).then_some(relation)
    }

    /// In a statement of what an act rests on the acts right after `Căn cứ` are rested on; those in their abstracts are
    /// mentioned.
    pub fn in_preamble(&self, one: &Found<'_>, previous: Previous) -> Relation {
        let from = self.signs.part(one.start);
        let part = self.text((from, one.start)).trim();
        let opens = part.len() < OPENING
            && (matches!(part.trim_start_matches(|c: char| !c.is_alphabetic()), "" | "căn cứ" | "và" | "các" | "căn cứ các")
                // `Căn cứ các Nghị quyết của Quốc hội: số 5/2030/QH20 …`
                || part.starts_with("căn cứ các ") && part.ends_with(':')
                || part == "căn cứ quy định tại"
                || part == "căn cứ vào");
        let joins = || {
            let Some(Cited { end, relation: Relation::BasedOn, .. }) = previous.filter(|previous| previous.end >= from) else {
                return false;
            };
            matches!(self.text((end, one.start)).trim_matches([',', ' ', ';']), "" | "và" | "và các")
        };
        if opens || joins() { Relation::BasedOn } else { Relation::RefersTo }
    }

    /// Whether the sentence tells what the act rests on.
    pub fn rests(&self) -> bool {
        self.small.trim_start_matches(|c: char| !c.is_alphabetic()).starts_with("căn cứ")
    }
}

/// Whether the words before a verb make it part of the name of an act that is cited: `khoản 4 Điều 2 của Luật sửa đổi, …`.
fn names_act(before: &str) -> bool {
    ["luật ", "pháp lệnh ", "nghị quyết ", "nghị định ", "thông tư ", "quyết định "].iter().any(|kind| {
        before.strip_suffix(kind).is_some_and(|before| ["của ", "tại ", "theo "].iter().any(|word| before.ends_with(word)))
    })
}

/// No words between `Căn cứ` and an act are longer.
const OPENING: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    /// What is done with an act after these words.
    fn by_lead(lead: &str) -> Option<Relation> {
        let signs = Signs::of(lead);
        Wording { small: lead, signs: &signs }.by_lead((0, lead.len()), None)
    }

    #[test]
    fn verbs_govern_what_follows_them() {
        assert_eq!(by_lead("quyết định này có hiệu lực kể từ ngày ký và thay thế "), Some(Relation::Replaces));
        assert_eq!(by_lead("bãi bỏ khoản 3 điều 3 của quy định ban hành kèm theo "), Some(Relation::Repeals));
        assert_eq!(by_lead("sửa đổi, bổ sung một số điều của "), Some(Relation::Amends));
        assert_eq!(by_lead("luật xây dựng được sửa đổi, bổ sung theo "), None);
        assert_eq!(by_lead("thực hiện theo quy định tại "), None);
    }
}
