//! The walk over the lines of a text.

use super::ahead::Ahead;
use super::anchors::{self, Anchor};
use super::event::{Event, Holds, level};
use super::front::front;
use super::marker::{Marker, Sort, marker};
use super::number::Num;
use super::paragraphs::{Wrapping, ends_sentence};
use super::quotes::{Resumes, inner_quotation, quotation};
use super::sequence::Frames;
use super::{Front, Note, tables, tail};
use crate::lines::Lines;
use crate::node::Kind;

/// Which stretch of a document the walk is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    Body,
    Recipients,
    /// In a signature block; whether its name has been read.
    Signature {
        named: bool,
    },
    /// After the act's own end.
    After,
}

/// A walk: what it has found, and what is open.
pub(super) struct Walk<'w, 't> {
    pub text: &'t str,
    pub lines: &'w Lines<'t>,
    pub events: Vec<Event>,
    pub notes: Vec<Note>,
    pub frames: Frames,
    pub wrapping: Wrapping,
    /// The last line of the heading that was opened last, where a paragraph begins after it.
    pub heading_until: Option<usize>,
    /// Every line that looks like the heading of an article, with its number: what may come.
    pub articles: Vec<(usize, Num)>,
    ahead: Ahead,
    zone: Zone,
    /// The line up to which rows were seen that hold nothing; none that begin before it hold more.
    empty_rows: usize,
    /// What each line begins with.
    marks: Vec<Option<Marker<'w>>>,
}

impl<'w, 't> Walk<'w, 't> {
    pub fn over(text: &'t str, lines: &'w Lines<'t>) -> Self {
        let marks: Vec<Option<Marker<'w>>> = (0..lines.len()).map(|at| marker(lines.bare(at), lines.bare(at + 1))).collect();
        Self {
            text,
            lines,
            articles: articles(lines, &marks),
            ahead: Ahead::of(lines, &marks),
            marks,
            events: Vec::with_capacity(lines.len()),
            notes: Vec::new(),
            frames: Frames::new(),
            wrapping: Wrapping::of(lines),
            heading_until: None,
            zone: Zone::Body,
            empty_rows: 0,
        }
    }

    pub fn run(mut self, at: Front) -> (Vec<Event>, Vec<Note>) {
        let (first, body) = (self.lines.at_byte(at.header), self.lines.at_byte(at.body));
        let mut line = front(self.lines, first, body, &mut self.events);
        if first > 0 {
            self.note("index_list", 0, "a list of related acts stands before the act");
        }
        while line < self.lines.len() {
            line = self.step(line).max(line + 1);
        }
        (self.events, self.notes)
    }

    /// Reads what begins at a line and gives the next line to be read.
    fn step(&mut self, at: usize) -> usize {
        let bare = self.lines.bare(at);
        if tail::opens_recipients(bare) {
            self.beside(Kind::Recipients, at);
            self.zone = Zone::Recipients;
            return at + 1;
        }
        let in_block = matches!(self.zone, Zone::Signature { named: false });
        if !in_block && tail::opens_signature(self.lines, at) {
            self.leaf(Kind::Signature, level::BESIDE, at);
            self.zone = Zone::Signature { named: false };
            return at + 1;
        }
        if self.is_over() && tail::opens_translation(bare) {
            self.leaf(Kind::Text, level::ATTACHMENT, at);
            self.note("translation", at, "a translation stands after the act");
            return self.lines.len();
        }
        if self.frames.article.is_some() && crate::header::is_reference(bare) && !bare.ends_with([';', ',']) {
            self.leaf(Kind::Text, level::ATTACHMENT, at);
            self.note("index_list", at, "a list of related acts stands after the act");
            return self.lines.len();
        }
        if let Some(next) = self.attachment(at) {
            return next;
        }
        match self.zone {
            Zone::Body => self.provision(at),
            Zone::Recipients => self.recipient(at),
            Zone::Signature { named } => self.signature_line(at, named),
            Zone::After => self.after(at),
        }
    }

    fn is_over(&self) -> bool {
        matches!(self.zone, Zone::After | Zone::Signature { named: true })
    }

    /// Whether the walk is in an attachment.
    fn is_attached(&self) -> bool {
        self.frames.inside(Kind::Attachment).or_else(|| self.frames.inside(Kind::Appendix)).is_some()
    }

    /// Opens the attachment that begins at the line, if one does.
    fn attachment(&mut self, at: usize) -> Option<usize> {
        let over = self.is_over() || (self.zone == Zone::Recipients && !self.lines.bare(at).starts_with('-'));
        let in_attachment = self.is_attached();
        let Anchor { kind, num, body, certain } = anchors::anchor((self.lines, &self.ahead), at, over || in_attachment)?;
        if !(certain || self.is_over()) || (self.zone == (Zone::Signature { named: false }) && self.is_of_signature(at)) {
            return None;
        }
        let form_inside = kind == Kind::Form && in_attachment && !self.is_over();
        let level = if form_inside { level::FORM } else { level::ATTACHMENT };
        let start = self.lines.get(at)?.start;
        self.events.push(Event { at: start, kind, level, num, holds: Holds::AfterHeading });
        self.frames.restart(kind, level);
        self.zone = Zone::Body;
        self.heading_until = body.checked_sub(1);
        Some(body)
    }

    /// A line of a signature block whose name is still to come.
    fn is_of_signature(&self, at: usize) -> bool {
        let bare = self.lines.bare(at);
        tail::begins_signature(bare) || anchors::is_name(bare) || !crate::layout::is_capitals(bare)
    }

    fn recipient(&mut self, at: usize) -> usize {
        let bare = self.lines.bare(at);
        if bare.starts_with(['-', '+', '–', '•']) {
            self.leaf(Kind::Item, level::FRONT, at);
        }
        at + 1
    }

    fn signature_line(&mut self, at: usize, named: bool) -> usize {
        let bare = self.lines.bare(at);
        let rule = self.lines.get(at).is_some_and(|line| line.is_rule());
        if named {
            if !rule {
                self.zone = Zone::After;
                return self.after(at);
            }
            return at + 1;
        }
        if anchors::is_name(bare) {
            self.zone = Zone::Signature { named: true };
        } else if !(rule || tail::is_signature_line(bare) || bare.split_whitespace().count() <= 6) {
            self.zone = Zone::After;
            return self.after(at);
        }
        at + 1
    }

    /// After the act: text that nothing claims, unless its provisions go on.
    fn after(&mut self, at: usize) -> usize {
        if let Some(found) = self.mark(at)
            && found.sort == Sort::Worded(Kind::Article)
            && found.closed
            && Num::parse(found.num).is_some_and(|num| self.frames.article.is_some_and(|last| num.follows(last)))
        {
            self.zone = Zone::Body;
            return self.provision(at);
        }
        if self.lines.get(at).is_some_and(|line| line.is_rule()) || self.lines.is_page_number(at) {
            return at + 1;
        }
        if self.wrapping.begins_paragraph(self.lines, at) {
            self.leaf(Kind::Text, level::BESIDE, at);
        }
        at + 1
    }

    /// Reads a line of the provisions.
    fn provision(&mut self, at: usize) -> usize {
        let Some(line) = self.lines.get(at).copied() else { return at + 1 };
        if line.is_rule() && !tables::is_row(self.lines, at) || self.lines.is_page_number(at) {
            return at + 1;
        }
        if tail::states_passing(self.lines.bare(at)) && self.lines.bare(at).contains("thông qua") || self.passing_is_wrapped(at)
        {
            self.leaf(Kind::Text, level::BESIDE, at);
            self.frames.close(level::BESIDE);
            return self.paragraph_end(at);
        }
        if let Some(next) = self.table(at) {
            return next;
        }
        if let Some(end) = quotation(self.text, self.lines, at, self) {
            self.leaf(Kind::Quoted, level::INSIDE, at);
            return self.after_quotation(end, at);
        }
        if self.frames.inside(Kind::Form).is_some() {
            // A form has provisions of whoever fills it in, if any.
            self.paragraph(at);
            return at + 1;
        }
        let found = self.mark(at);
        let next = match found.and_then(|found| self.open(at, found)) {
            Some(next) => next,
            None => {
                self.paragraph(at);
                at + 1
            }
        };
        match inner_quotation(self.text, self.lines, next - 1, self) {
            Some((from, end)) => {
                let event = Event { at: from, kind: Kind::Quoted, level: level::INSIDE, num: None, holds: Holds::Nothing };
                self.events.push(event);
                self.after_quotation(end, next - 1)
            }
            None => next,
        }
    }

    /// `Luật này đã được Quốc hội …` / `… thông qua ngày …`, in two lines.
    fn passing_is_wrapped(&self, at: usize) -> bool {
        tail::states_passing(self.lines.bare(at)) && (1..4).any(|next| self.lines.bare(at + next).contains("thông qua"))
    }

    fn paragraph_end(&self, at: usize) -> usize {
        (at + 1..self.lines.len()).find(|line| self.wrapping.begins_paragraph(self.lines, *line)).unwrap_or(self.lines.len())
    }

    /// The line to go on with after a quotation; what follows it on its last line is text of its own.
    fn after_quotation(&mut self, end: usize, from: usize) -> usize {
        let next = self.lines.at_byte(end);
        if let Some(last) = next.checked_sub(1).and_then(|last| self.lines.get(last)).filter(|last| last.end > end) {
            let rest = self.text.get(end..last.end).unwrap_or_default();
            let at = end + (rest.len() - rest.trim_start().len());
            self.events.push(Event { at, kind: Kind::Text, level: level::INSIDE, num: None, holds: Holds::Nothing });
        }
        self.heading_until = next.checked_sub(1);
        next.max(from + 1)
    }

    fn table(&mut self, at: usize) -> Option<usize> {
        if at < self.empty_rows || !tables::is_row(self.lines, at) {
            return None;
        }
        let near = self.lines.len().min(at + 6);
        if (at..near).any(|line| self.ends(line)) {
            return None;
        }
        let until = tables::rows(self.lines, at, self)?;
        if !tables::hold_text(self.lines, at..until) {
            self.empty_rows = until;
            return None;
        }
        let level = if self.frames.inside(Kind::List).is_some() { level::AFTER_LIST } else { level::INSIDE };
        self.frames.close(level);
        self.leaf(Kind::Table, level, at);
        self.heading_until = until.checked_sub(1);
        Some(until)
    }

    fn opens_article(&self, at: usize) -> bool {
        self.mark(at).is_some_and(|found| found.sort == Sort::Worded(Kind::Article) && found.closed)
    }

    /// A line that opens nothing: a paragraph of what is open, or more of the one before.
    fn paragraph(&mut self, at: usize) {
        let after_heading = self.heading_until.is_some_and(|until| until + 1 == at);
        if !after_heading && !self.wrapping.begins_paragraph(self.lines, at) {
            return;
        }
        let before = self.lines.before(at).map(|before| self.lines.bare(before)).unwrap_or_default();
        let level = match self.frames.innermost().map(|frame| frame.level) {
            Some(level::LIST..) if before.ends_with(':') => level::INSIDE,
            Some(level::LIST..) => level::AFTER_LIST,
            Some(level::SUBPOINT..) if before.ends_with('.') => level::AFTER_SUBPOINTS,
            Some(level::POINT..) if before.ends_with('.') => level::AFTER_POINTS,
            _ => level::INSIDE,
        };
        self.frames.close(level);
        if self.is_lost_heading(at) {
            self.note("missing_heading", at, "a heading whose number the source lacks");
            self.frames.close(level::HEADING);
            self.leaf(Kind::Text, level::HEADING, at);
            return;
        }
        self.leaf(Kind::Text, level, at);
    }

    /// A line in capitals right before an article, where no chapter is open: the heading of one whose number is lost.
    fn is_lost_heading(&self, at: usize) -> bool {
        let capitals = crate::layout::is_capitals(self.lines.bare(at));
        let groups = self.frames.inside(Kind::Chapter).or_else(|| self.frames.inside(Kind::Section)).is_some();
        capitals && !groups && self.frames.article.is_some() && {
            let next = (at + 1..self.lines.len().min(at + 5)).find(|line| !crate::layout::is_capitals(self.lines.bare(*line)));
            next.is_some_and(|line| self.opens_article(line))
        }
    }

    /// Something beside the provisions: ends them all.
    fn beside(&mut self, kind: Kind, at: usize) {
        if let Some(line) = self.lines.get(at) {
            self.events.push(Event { at: line.start, kind, level: level::BESIDE, num: None, holds: Holds::AfterHeading });
            self.frames.close(level::BESIDE);
        }
    }

    pub fn leaf(&mut self, kind: Kind, level: u8, at: usize) {
        if let Some(line) = self.lines.get(at) {
            self.events.push(Event { at: line.start, kind, level, num: None, holds: Holds::Nothing });
            if level == level::BESIDE {
                self.frames.close(level);
            }
        }
    }

    /// What a line begins with.
    pub fn mark(&self, at: usize) -> Option<Marker<'w>> {
        self.marks.get(at).copied().flatten()
    }

    pub fn note(&mut self, code: &'static str, at: usize, detail: impl Into<String>) {
        if let Some(line) = self.lines.get(at) {
            self.notes.push(Note { code, span: (line.start, line.end), detail: detail.into() });
        }
    }

    /// The number of the next article after a line.
    pub fn next_article(&self, after: usize) -> Option<Num> {
        self.next_article_line(after).map(|(_, num)| num)
    }

    /// The line and the number of the next article after a line.
    pub fn next_article_line(&self, after: usize) -> Option<(usize, Num)> {
        let next = self.articles.partition_point(|(line, _)| *line <= after);
        self.articles.get(next).copied()
    }
}

impl Resumes for Walk<'_, '_> {
    fn resumes(&self, line: usize) -> bool {
        let Some(found) = self.mark(line) else { return false };
        self.is_next(line, found)
    }

    fn goes_on(&self, line: usize) -> bool {
        self.mark(line).is_some_and(|found| self.is_next_sentence(found))
    }

    fn begins_article(&self, line: usize) -> bool {
        self.mark(line).is_some_and(|found| matches!(found.sort, Sort::Worded(_)) && self.is_next(line, found))
    }

    fn ends(&self, line: usize) -> bool {
        let bare = self.lines.bare(line);
        tail::opens_recipients(bare)
            || tail::opens_signature(self.lines, line)
            || anchors::anchor((self.lines, &self.ahead), line, self.is_attached()).is_some_and(|anchor| anchor.certain)
    }
}

/// The lines that look like headings of articles.
fn articles(lines: &Lines<'_>, marks: &[Option<Marker<'_>>]) -> Vec<(usize, Num)> {
    marks
        .iter()
        .enumerate()
        .filter_map(|(at, found)| {
            let found = found.filter(|found| found.sort == Sort::Worded(Kind::Article))?;
            let before = at.checked_sub(1).map(|before| lines.bare(before)).unwrap_or_default();
            let apart = lines.get(at)?.gap
                || lines.get(at)?.bold
                || ends_sentence(before)
                || before.is_empty()
                || crate::layout::is_capitals(before);
            (found.closed && apart).then(|| Num::parse(found.num)).flatten().map(|num| (at, num))
        })
        .collect()
}
