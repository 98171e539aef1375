//! Reading a statement word by word: verbs, phrases in quotation marks, what ends it.

use super::acts::Acts;
use super::naming::places_in;
use super::verb::Verb;
use super::words::Words;
use crate::amendments::instruction::Unread;
use crate::citations::rest::Rest;

/// A place in the words of a statement.
pub(super) struct Cursor<'s> {
    pub words: &'s Words,
    pub acts: &'s Acts<'s>,
    pub at: usize,
    /// Whether an act has just been named: a description of it may follow.
    pub named_act: bool,
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
    pub fn printed(&self) -> &'s str {
        self.words.text.get(self.at..).unwrap_or_default()
    }

    /// The rest in both ways.
    pub fn left(&self) -> Rest<'s> {
        Rest { printed: self.printed(), small: self.rest() }
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
        let opens =
            opens || comma.is_some_and(|rest| rest.starts_with("đã được sửa đổi") || rest.starts_with("được sửa đổi, bổ sung"));
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

    pub fn says(&self, words: &str) -> bool {
        self.words.lower.contains(words)
    }
}
