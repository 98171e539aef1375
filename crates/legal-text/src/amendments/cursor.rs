//! Reading a statement word by word: verbs, phrases in quotation marks, provisions, the names of acts.

use super::acts::{ACTS, ATTACHED, Act, Acts, is_attached};
use super::instruction::{Part, Scope, Unread};
use super::verb::Verb;
use super::words::Words;
use crate::citations::Target;
use crate::citations::provisions::{Provision, provisions};

/// A place as a statement names it.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub part: Part,
    pub provision: Provision,
    pub act: Option<Act>,
    pub scope: Scope,
}

/// A place in the words of a statement.
pub(super) struct Cursor<'s> {
    words: &'s Words,
    acts: &'s Acts<'s>,
    pub at: usize,
    /// Whether an act has just been named: a description of it may follow.
    named_act: bool,
}

impl<'s> Cursor<'s> {
    /// A cursor at the first word of a statement.
    pub fn new(words: &'s Words, acts: &'s Acts<'s>) -> Self {
        Self { words, acts, at: 0, named_act: false }
    }

    /// Goes back to the first word.
    pub fn restart(&mut self) {
        self.at = 0;
        self.named_act = false;
    }

    pub fn rest(&self) -> &'s str {
        self.words.lower.get(self.at..).unwrap_or_default()
    }

    /// The rest as it is printed.
    fn printed(&self) -> &'s str {
        self.words.text.get(self.at..).unwrap_or_default()
    }

    pub fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Passes over words that come next, as whole words.
    pub fn eat(&mut self, words: &str) -> bool {
        self.blanks();
        let Some(rest) = self.rest().strip_prefix(words) else { return false };
        if rest.starts_with(char::is_alphanumeric) && words.ends_with(char::is_alphanumeric) {
            return false;
        }
        self.at += words.len();
        true
    }

    pub fn eat_any(&mut self, choices: &[&str]) -> bool {
        choices.iter().any(|words| self.eat(words))
    }

    pub fn verb(&mut self) -> Option<Verb> {
        self.blanks();
        let (verb, length) = Verb::at(self.rest())?;
        self.at += length;
        Some(verb)
    }

    /// Passes over what parts the members of a list.
    pub fn separator(&mut self) -> bool {
        let from = self.at;
        loop {
            self.blanks();
            let rest = self.rest();
            if rest.starts_with([',', ';']) {
                self.at += 1;
            } else if !(self.eat("và") || self.eat("đồng thời") || self.eat("hoặc")) {
                break;
            }
        }
        self.blanks();
        !self.words.lower.get(from..self.at).unwrap_or_default().trim().is_empty()
    }

    /// Passes over the words that announce a quotation or end the statement; tells whether nothing else is left.
    pub fn ends(&mut self) -> bool {
        self.qualifier();
        if self.named_act {
            self.description();
        }
        loop {
            self.blanks();
            if !(self.eat("như sau") || self.eat("sau đây") || self.eat("với nội dung") || self.eat("cụ thể")) {
                break;
            }
        }
        self.rest().chars().all(|c| c.is_whitespace() || matches!(c, '.' | ';' | ':' | ',' | '/' | '*' | '_' | '|'))
    }

    /// Passes over a note on earlier amendments: `đã được sửa đổi, bổ sung theo …`.
    fn qualifier(&mut self) {
        self.blanks();
        let rest = self.rest();
        let opens = ["đã được ", "được sửa đổi", "được bổ sung", "(đã được", "(được ", "( đã được", "đã sửa đổi"]
            .iter()
            .any(|words| rest.starts_with(words));
        let comma = rest.strip_prefix(',').map(str::trim_start);
        let opens = opens
            || comma.is_some_and(|rest| rest.starts_with("đã được sửa đổi") || rest.starts_with("được sửa đổi, bổ sung"));
        if opens {
            self.at += rest.rfind("như sau").unwrap_or(rest.len());
        }
    }

    /// Passes over what is said of an act that was just named: who issued it, and on what. What could be another
    /// instruction is not passed over.
    fn description(&mut self) {
        let rest = self.rest();
        let told = rest.trim_start();
        let opens = ["của ", "về ", "quy định", "ban hành", "hướng dẫn", "sửa đổi", "ngày ", "năm ", "do "]
            .iter()
            .any(|words| told.starts_with(words));
        let end = rest.rfind("như sau").unwrap_or_else(|| rest.trim_end_matches([':', '.', ';', ' ', '/']).len());
        let Some(told) = rest.get(..end).filter(|_| opens) else { return };
        let more = told.contains([';', ':', '“', '”', '"']);
        let verbs = ["và bãi bỏ", "và sửa đổi", "và bổ sung", "và thay", "và bỏ", ", bãi bỏ", ", bỏ", ", thay"];
        if more || verbs.iter().any(|verb| told.contains(verb)) || !places_in(told).is_empty() {
            return;
        }
        self.at += end;
    }

    /// A phrase in quotation marks.
    pub fn phrase(&mut self) -> Result<Option<String>, Unread> {
        self.blanks();
        let rest = self.printed();
        let Some(mark) = rest.chars().next().filter(|c| matches!(c, '“' | '"' | '„' | '«' | '″' | '‘' | '\'')) else {
            return Ok(None);
        };
        let inner = rest.get(mark.len_utf8()..).unwrap_or_default();
        let closing: &[char] = match mark {
            '"' | '″' => &['"', '″', '”'],
            '‘' | '\'' => &['’', '\''],
            _ => &['”', '»', '“', '„', '«'],
        };
        let end = inner.find(closing).ok_or(Unread::PhraseNotQuoted)?;
        let phrase = inner.get(..end).unwrap_or_default();
        let close = inner.get(end..).and_then(|rest| rest.chars().next()).unwrap_or('”');
        // A second opening mark inside is no closing one.
        if matches!(close, '“' | '„' | '«') && phrase.ends_with(' ') || phrase.trim().is_empty() {
            return Err(Unread::PhraseNotQuoted);
        }
        self.at += mark.len_utf8() + end + close.len_utf8();
        Ok(Some(kernel::text::one_line(phrase)))
    }

    /// An act named at the cursor, past `của` and the name of a regulation that was issued with it.
    pub fn act(&mut self) -> Option<Act> {
        let from = self.at;
        self.eat_any(&["của", "tại", "thuộc", "trong"]);
        self.blanks();
        let found = self.act_here();
        if found.is_none() {
            self.at = from;
        }
        self.named_act |= found.is_some();
        found
    }

    fn act_here(&mut self) -> Option<Act> {
        if let Some((target, end)) = self.acts.law(self.words, self.at) {
            self.at = end;
            return Some(Act { target, attached: false });
        }
        if let Some((citation, end)) = self.acts.cited(self.words, self.at) {
            self.at = end;
            return Some(Act { target: citation.target.clone(), attached: is_attached(&citation.text) });
        }
        let issued = ATTACHED.iter().any(|name| self.rest().starts_with(name))
            || self.rest().starts_with("ban hành kèm theo")
            || self.rest().starts_with("kèm theo");
        if !issued {
            return None;
        }
        let stop = self.rest().find([';', ':', '“', '”', '"']).unwrap_or(self.rest().len());
        let with = ["ban hành kèm theo ", "kèm theo "].iter().find_map(|words| {
            let found = self.rest().get(..stop)?.find(words)?;
            Some(found + words.len())
        })?;
        let (citation, end) = self.acts.cited(self.words, self.at + with)?;
        self.at = end;
        Some(Act { target: citation.target.clone(), attached: true })
    }

    /// `Nghị quyết`, `Quy chế` without a number: whether the act or what was issued with it is meant.
    fn scope(&mut self) -> Scope {
        let from = self.at;
        self.eat_any(&["của", "tại"]);
        let scope = if self.eat_any(&ACTS) {
            Scope::Act
        } else if self.eat_any(&ATTACHED) {
            Scope::Attachment
        } else {
            self.at = from;
            return Scope::Unsaid;
        };
        // A name or number follows that is not known as a citation.
        self.blanks();
        let rest = self.rest();
        let bare = rest.is_empty() || rest.starts_with([',', ';', '.', ':']) || rest.starts_with("và ") || rest.starts_with("như sau");
        if !bare {
            self.at = from;
            return Scope::Unsaid;
        }
        scope
    }

    /// A part of a provision, named before it.
    fn part(&mut self) -> Part {
        if self.eat_any(&["tên gọi của", "tên gọi", "tên của", "tên", "tiêu đề của", "tiêu đề"]) {
            // `tên điều Điều 220`
            if self.rest().trim_start().starts_with("điều điều ") {
                self.eat("điều");
            }
            return Part::Heading;
        }
        let opening =
            ["đoạn mở đầu", "phần mở đầu", "câu mở đầu", "đoạn dẫn", "câu dẫn", "phần dẫn", "lời dẫn", "đoạn đầu", "khổ đầu"];
        if self.eat_any(&opening) {
            self.eat_any(&["của", "tại"]);
            return Part::Intro;
        }
        self.eat_any(&["nội dung của", "nội dung"]);
        Part::Whole
    }

    /// The places named at the cursor: a list of provisions, some with the part that is meant.
    pub fn places(&mut self) -> Result<Vec<Named>, Unread> {
        let mut found: Vec<Named> = Vec::new();
        while self.place(&mut found)? {
            let from = self.at;
            if !(self.separator() && self.is_place_next()) {
                self.at = from;
                break;
            }
        }
        Ok(found)
    }

    fn is_place_next(&mut self) -> bool {
        let from = self.at;
        self.blanks();
        let part = self.part();
        self.eat("các");
        self.blanks();
        let names = provisions(self.rest()).is_some() || part == Part::Heading && self.eat("điều");
        self.at = from;
        names
    }

    /// Reads one list of provisions; tells whether there was one.
    fn place(&mut self, found: &mut Vec<Named>) -> Result<bool, Unread> {
        let from = self.at;
        let part = self.part();
        self.eat("các");
        self.blanks();
        let Some((list, length)) = provisions(self.printed()) else {
            if part == Part::Heading && self.eat("điều") {
                found.push(Named { part, provision: Provision::default(), act: None, scope: Scope::Unsaid });
                return Ok(true);
            }
            self.at = from;
            return Ok(false);
        };
        // `tên Điều 3; điểm c khoản 1`: clauses have no name; with a further article it is not said whose name is meant.
        let nameless = |one: &Provision| one.clause.is_some() || one.point.is_some();
        if part != Part::Whole && !(list.len() == 1 || part == Part::Heading && list.iter().skip(1).all(nameless)) {
            return Err(Unread::PlaceNotSaid);
        }
        let (act, scope) = self.act_of(length);
        let first = found.len();
        found.extend(list.into_iter().map(|provision| Named { part: Part::Whole, provision, act: act.clone(), scope }));
        if let Some(named) = found.get_mut(first) {
            named.part = part;
        }
        Ok(true)
    }

    /// The act of the provisions that take `length` bytes at the cursor; the cursor comes to stand behind it.
    fn act_of(&mut self, length: usize) -> (Option<Act>, Scope) {
        self.named_act = false;
        let cited = self.acts.cited(self.words, self.at).filter(|(_, end)| *end >= self.at + length);
        if let Some((citation, end)) = cited
            && citation.target != (Target::Unresolved { reason: "title_unknown" })
        {
            self.at = end;
            self.named_act = true;
            return (Some(Act { target: citation.target.clone(), attached: is_attached(&citation.text) }), Scope::Unsaid);
        }
        self.at += length;
        let act = self.act();
        let scope = if act.is_some() { Scope::Unsaid } else { self.scope() };
        (act, scope)
    }

    /// Every list of provisions in the words, wherever it stands.
    pub fn every_place(&self) -> Vec<Provision> {
        places_in(&self.words.lower)
    }

    /// The first act that the words name, and whether its provisions are of what was issued with it. Where they name an act
    /// that cannot be told, it is [`Target::Unresolved`]: what stands above must not be heard in its place.
    pub fn any_act(&self) -> Option<Act> {
        let lower = &self.words.lower;
        if let Some((target, end)) = self.acts.named(self.words).into_iter().next() {
            let named = lower.get(..end).unwrap_or(lower);
            return Some(Act { target, attached: is_attached(named) });
        }
        let names = ACTS.iter().any(|kind| lower.contains(&format!("của {kind} ")) && !lower.contains(&format!("của {kind} này")));
        names.then(|| Act { target: Target::Unresolved { reason: "title_unknown" }, attached: is_attached(lower) })
    }

    pub fn says(&self, words: &str) -> bool {
        self.words.lower.contains(words)
    }
}

/// Every list of provisions in lower-case words.
fn places_in(lower: &str) -> Vec<Provision> {
    let mut found: Vec<Provision> = Vec::new();
    let mut word = true;
    let mut at = 0;
    while let Some(c) = lower.get(at..).and_then(|rest| rest.chars().next()) {
        let opens = word && matches!(c, 'đ' | 'k' | 'c' | 'm' | 't' | 'p');
        if opens && let Some((list, length)) = lower.get(at..).and_then(provisions) {
            found.extend(list);
            at += length;
            word = false;
            continue;
        }
        word = !c.is_alphanumeric();
        at += c.len_utf8();
    }
    complete(&mut found);
    found
}

/// Gives each place of a list what it leaves to the one after it: `khoản 1, khoản 2 Điều 5`.
pub(super) fn complete(found: &mut [Provision]) {
    for at in (0..found.len().saturating_sub(1)).rev() {
        let (head, tail) = found.split_at_mut(at + 1);
        if let (Some(one), Some(next)) = (head.last_mut(), tail.first()) {
            one.complete(next);
        }
    }
}
