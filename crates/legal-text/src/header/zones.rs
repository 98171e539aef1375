//! The parts of a text that matter to its header: letterhead, heading, preamble, provisions, what follows them.
//!
//! Only these parts are read into pieces; a header takes little of a long text.

use time::Date;

use super::attachment::{AttachedTo, attachment_line};
use super::dates::{PlaceAndDay, adopted_on, speaks_of_adoption};
use super::heading::{HEADER, Heading, body_of, formula_of, heading_of};
use super::number::DocumentNumber;
use super::recipients::recipients_line;
use super::record::drop_record;
use super::{authority, is_reference, letterhead, printed_number};
use crate::bases::{Preamble, statements};
use crate::doc_type::DocType;
use crate::layout::{Piece, Reader, Source, joined, one_below_the_other};

/// The text of an act in parts.
#[derive(Debug)]
pub(crate) struct Zones<'t> {
    pub source: Source<'t>,
    /// The heading, where there is one.
    pub heading: Option<Heading>,
    /// The statements between heading and enacting words.
    pub preamble: Vec<String>,
    /// The bodies of the letterhead, the lowest last.
    pub bodies: Vec<String>,
    /// The lowest of them, by its name.
    pub letterhead: Option<String>,
    /// The pieces of header and preamble.
    pieces: Vec<Piece>,
    /// The piece at which the preamble or the provisions begin.
    body: usize,
    /// The line at which the preamble or the provisions begin, if any do.
    body_line: Option<usize>,
    /// The pieces of the authority line.
    authority: Option<(usize, usize)>,
    /// The line at which the first attachment says what it was issued with.
    attachment: Option<usize>,
    /// The line at which the act ends and its recipients or attachments begin.
    end: usize,
}

/// How many pieces of the body may tell something about the header.
const MARGIN: usize = 12;
/// How many lines above the end may tell when an act was passed.
const ADOPTION: usize = 40;
/// How many pieces are read at a time, and at most of a preamble.
const STRETCH: usize = 28;
const LONGEST_PREAMBLE: usize = 800;

impl<'t> Zones<'t> {
    pub fn of(text: &'t str) -> Zones<'t> {
        let source = Source::of(text);
        let mut reader = Reader::at(0);
        let mut pieces = Vec::with_capacity(HEADER);
        let formula = read_header(&source, &mut reader, &mut pieces);
        let body = body_of(&pieces, formula);
        let heading = heading_of(pieces.get(..body).unwrap_or_default());
        let preamble = preamble_of(&source, &mut reader, &mut pieces, body);
        let line_of = |at: usize| pieces.get(at).map(|piece: &Piece| piece.first_line);
        // A source may hold an attachment only; an abstract, though, may cite one in brackets.
        let attached = |from: Option<usize>| attachment_line(&source, from?);
        let attachment = attached(line_of(body)).or_else(|| heading.is_none().then(|| attached(Some(0))).flatten());
        let body = attachment.map_or(body, |line| body.min(pieces.partition_point(|piece| piece.first_line < line)));
        let body_line = line_of(body);
        let recipients = recipients_line(&source, body_line.unwrap_or(source.lines()));
        let end = [attachment, recipients].into_iter().flatten().min().unwrap_or(source.lines());
        let mut zones = Zones {
            source,
            heading,
            preamble,
            bodies: Vec::new(),
            letterhead: None,
            pieces,
            body,
            body_line,
            authority: None,
            attachment,
            end,
        };
        let above = zones.heading.as_ref().map_or(zones.body, |heading| heading.at);
        one_below_the_other(zones.pieces.get_mut(..above).unwrap_or_default());
        zones.bodies = letterhead::bodies(zones.above_heading());
        zones.letterhead = letterhead::lowest(&zones.bodies);
        zones.authority = authority::span(&zones);
        zones
    }

    /// The source lines, from 0, where the header and the body begin.
    pub fn front(&self) -> (usize, Option<usize>) {
        (self.pieces.first().map_or(0, |piece| piece.first_line), self.body_line)
    }

    /// The kind the heading names.
    pub fn kind(&self) -> Option<&'static DocType> {
        self.heading.as_ref().map(|heading| heading.kind)
    }

    /// The pieces before the preamble or the provisions.
    pub fn head(&self) -> &[Piece] {
        self.pieces.get(..self.body).unwrap_or_default()
    }

    /// The pieces of the head and the first few of the body.
    pub fn near(&self, more: usize) -> &[Piece] {
        self.pieces.get(..(self.body + more).min(self.pieces.len())).unwrap_or_default()
    }

    /// The pieces above the heading, or above the body where the heading is missing.
    pub fn above_heading(&self) -> &[Piece] {
        let stop = self.heading.as_ref().map_or(self.body, |heading| heading.at);
        self.pieces.get(..stop).unwrap_or_default()
    }

    /// The pieces below the heading; none where the heading is missing.
    pub fn below_heading(&self) -> &[Piece] {
        let from = self.heading.as_ref().map_or(self.body, |heading| heading.below);
        self.pieces.get(from..self.body).unwrap_or_default()
    }

    /// The number the header prints, full or with a blank for its ordinal.
    pub fn number(&self) -> Option<DocumentNumber> {
        printed_number::above(self.above_heading()).or_else(|| printed_number::below(self.below_heading()))
    }

    /// The place and day the header prints.
    pub fn place_and_day(&self) -> Option<PlaceAndDay> {
        PlaceAndDay::of(self.above_heading()).or_else(|| PlaceAndDay::alone(self.below_heading()))
    }

    /// A letter addresses its recipient or states its subject after `V/v`.
    pub fn is_letter(&self) -> bool {
        self.near(6).iter().any(|piece| {
            let start: String = piece.text.chars().take(8).collect::<String>().to_lowercase();
            start.starts_with("kính gửi") || start.starts_with("v/v") || start.starts_with("số") && piece.text.contains("V/v")
        })
    }

    /// The kind named by `Chính phủ ban hành Nghị định …`, for a law by its number's label, or by the text itself.
    pub fn kind_by_formula(&self) -> Option<&'static DocType> {
        let by_formula = self.preamble.iter().find_map(|line| {
            let (_, rest) = line.split_once(" ban hành ")?;
            Some(DocType::at_start(rest)?.0)
        });
        by_formula.or_else(|| printed_number::kind_of_label(self.head())).or_else(|| self.kind_by_reference())
    }

    /// The kind by which a text that lost its header speaks of itself: `Nghị quyết này quy định …`.
    fn kind_by_reference(&self) -> Option<&'static DocType> {
        self.near(MARGIN).iter().find_map(|piece| {
            let (kind, rest) = DocType::at_start(&piece.text)?;
            rest.starts_with("này ").then_some(kind)
        })
    }

    /// The pieces of the authority line, counted among those of the head.
    pub fn authority_span(&self) -> Option<(usize, usize)> {
        self.authority
    }

    /// The authority named on the line before the preamble.
    pub fn authority(&self) -> Option<String> {
        let (from, to) = self.authority?;
        authority::line(&joined(self.pieces.get(from..to)?))
    }

    /// The lines of the act from its preamble to its recipients or attachments.
    pub fn provisions(&self) -> std::ops::Range<usize> {
        self.body_line.unwrap_or(self.end)..self.end
    }

    /// The lines of the act with recipients and signature, without attachments.
    pub fn act(&self) -> std::ops::Range<usize> {
        let end = self.attachment.unwrap_or(self.source.lines());
        self.body_line.unwrap_or(end)..end
    }

    /// The day a law or resolution says it was passed on, near the act's end.
    pub fn adopted_on(&self) -> Option<Date> {
        let from = self.end.saturating_sub(ADOPTION).max(self.body_line.unwrap_or(self.end));
        if !speaks_of_adoption(self.source.slice(from..self.end + MARGIN)) {
            return None;
        }
        let pieces = self.source.pieces(from, self.end.saturating_sub(from) + MARGIN);
        adopted_on(&joined(&pieces))
    }

    /// What the first attachment says about the act it was issued with.
    pub fn attached_to(&self) -> Option<AttachedTo> {
        AttachedTo::at(&self.source, self.attachment?)
    }
}

/// `LUẬTĐẤT ĐAI` is a heading and an abstract without the break between them.
fn part_glued_headings(pieces: &mut [Piece]) {
    for piece in pieces {
        if let Some(parted) = DocType::part_glued(&piece.text) {
            piece.text = parted;
        }
    }
}

/// Reads on until a formula opens the body, and a few pieces more.
fn read_header(source: &Source<'_>, reader: &mut Reader, pieces: &mut Vec<Piece>) -> Option<usize> {
    loop {
        let before = pieces.len();
        read_front(source, reader, before + STRETCH, pieces);
        part_glued_headings(pieces.get_mut(before..).unwrap_or_default());
        let formula = formula_of(pieces);
        let enough = formula.is_some_and(|at| at + MARGIN <= pieces.len()) || pieces.len() >= HEADER + MARGIN;
        if enough || reader.line >= source.lines() {
            return formula;
        }
    }
}

/// Reads pieces, lists of related acts left out.
fn read_front(source: &Source<'_>, reader: &mut Reader, count: usize, pieces: &mut Vec<Piece>) {
    while pieces.len() < count && reader.line < source.lines() {
        reader.read_pieces(source, count, pieces);
        pieces.retain(|piece| !is_reference(&piece.text));
        drop_record(pieces);
    }
}

/// The statements of the preamble; reads on as long as it goes on.
fn preamble_of(source: &Source<'_>, reader: &mut Reader, pieces: &mut Vec<Piece>, body: usize) -> Vec<String> {
    loop {
        let lines = pieces.iter().skip(body).map(|piece| (piece.text.as_str(), piece.after_gap));
        let Preamble { statements, ended } = statements(lines);
        if ended || reader.line >= source.lines() || pieces.len() > body + LONGEST_PREAMBLE {
            return statements;
        }
        let more = pieces.len() + STRETCH;
        read_front(source, reader, more, pieces);
    }
}
