//! Opens clauses, and articles of which the source has lost the heading.

use super::event::{Holds, level};
use super::marker::{Marker, Sort};
use super::number::Num;
use super::paragraphs::calls_for_number;
use super::sequence::Frame;
use super::walk::Walk;
use crate::node::Kind;

impl Walk<'_, '_> {
    pub(super) fn open_clause(&mut self, at: usize, found: Marker<'_>) -> Option<usize> {
        let num = Num::parse(found.num)?;
        let before = self.before(at);
        if calls_for_number(before.text) && !before.gap {
            return None;
        }
        let line = *self.lines.get(at)?;
        let capital = found.rest.is_empty()
            || found.rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '(' | '‘' | '['))
            || found.rest.starts_with(|c: char| c.is_ascii_digit());
        let last = self.frames.holder(level::CLAUSE)?.figure;
        let follows = self.frames.clause_follows(num);
        if !(capital || follows && before.closed) {
            return None;
        }
        if !(before.closed || line.bold || follows && capital && !found.rest.is_empty()) {
            return None;
        }
        if !(found.closed || follows && before.closed) {
            return None;
        }
        match last {
            None if num == Num::of(1) && before.closed && self.follows_a_whole_article(before.text) => {
                if let Some(article) = self.lost_article(at) {
                    self.open_lost_article(at, article, "");
                }
            }
            _ if follows => {}
            None if num == Num::of(2) && before.closed && self.frames.article.is_some() => {
                self.note("gap", at, "the first clause has no number");
            }
            None => return None,
            Some(_) if num == Num::of(1) => return self.restart_clauses(at, found, before.text),
            Some(last) if num > last && num.figure <= last.figure + 3 && before.closed => {
                self.note("gap", at, format!("clause {} is missing", last.figure + 1));
            }
            Some(last) if num == last && before.closed => {
                self.note("duplicate", at, format!("clause {} stands more than once", num.figure));
            }
            Some(_) => return None,
        }
        self.clause(at, found, num);
        Some(at + 1)
    }

    fn clause(&mut self, at: usize, found: Marker<'_>, num: Num) {
        self.push(at, (Kind::Clause, level::CLAUSE), found.num, Holds::AfterIntro);
        self.frames.open(Frame::new(Kind::Clause, level::CLAUSE, Some(num)));
        if let Some(holder) = self.frames.holder_mut(level::CLAUSE) {
            holder.figure = Some(num);
        }
        self.heading_until = None;
    }

    /// Clauses begin anew: below a point, in an article whose heading is lost, or for no reason that can be seen.
    fn restart_clauses(&mut self, at: usize, found: Marker<'_>, before: &str) -> Option<usize> {
        let num = Num::of(1);
        let inside = self.frames.inside(Kind::Article).is_some();
        if let Some(article) = self.lost_article(at).filter(|_| inside) {
            self.open_lost_article(at, article, before);
            self.clause(at, found, num);
            return Some(at + 1);
        }
        if before.ends_with(':') && self.frames.inside(Kind::Point).is_some() {
            self.push(at, (Kind::Subpoint, level::SUBPOINT), found.num, Holds::AfterIntro);
            let mut frame = Frame::new(Kind::Subpoint, level::SUBPOINT, Some(num));
            frame.figure = None;
            self.frames.open(frame);
            return Some(at + 1);
        }
        self.note("restart", at, "clauses begin anew");
        self.clause(at, found, num);
        Some(at + 1)
    }

    fn open_lost_article(&mut self, at: usize, article: Num, before: &str) {
        self.note("missing_heading", at, format!("the heading of article {} is missing", article.figure));
        self.frames.article = Some(article);
        let name = article.figure.to_string();
        self.push(at, (Kind::Article, level::of(Kind::Article)), &name, Holds::AfterHeading);
        // `Trong Quy chế này, các từ ngữ … như sau:` is its introduction.
        if before.ends_with(':')
            && let [.., introduction, article] = self.events.as_mut_slice()
            && introduction.kind == Kind::Text
        {
            introduction.level = level::INSIDE;
            article.at = introduction.at;
            std::mem::swap(introduction, article);
        }
        self.frames.open(Frame::new(Kind::Article, level::of(Kind::Article), Some(article)));
    }

    /// Whether an article without clauses, or the heading of a chapter, has ended before a first clause.
    fn follows_a_whole_article(&self, before: &str) -> bool {
        !before.ends_with(':') && self.events.last().is_some_and(|last| last.kind != Kind::Article)
    }

    /// The number of the article whose heading is missing here: between the last article and the next printed one
    /// clauses begin anew exactly as often as articles are missing.
    fn lost_article(&self, at: usize) -> Option<Num> {
        let last = self.frames.article?;
        let (line, next) = self.next_article_line(at)?;
        let missing = next.figure.checked_sub(last.figure + 1).filter(|missing| (1..=5).contains(missing))?;
        let begins = (at..line).filter(|line| {
            let found = self.mark(*line);
            found.is_some_and(|found| found.sort == Sort::Figure && found.num == "1") && !super::tables::is_row(self.lines, *line)
        });
        (next.letter == 0 && begins.count() == missing as usize).then_some(Num::of(last.figure + 1))
    }
}
