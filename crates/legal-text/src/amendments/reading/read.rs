//! Reads one statement: what it does, and to which provisions.
//!
//! The rules are strict: a statement that has a word more than they know is not understood.

use super::acts::Act;
use super::completed::completed;
use super::context::Context;
use super::cursor::Cursor;
use super::naming::Named;
use super::verb::Verb;
use crate::amendments::instruction::{Operation, Scope, Side, Unread};

/// One operation, with the act where the statement names it.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub operation: Operation,
    pub act: Option<Act>,
    /// Whether the new wording is an appendix of the amending act.
    pub attached: bool,
}

impl Draft {
    /// Whether a quotation has to give its new wording.
    pub fn is_worded(&self) -> bool {
        self.operation.needs_wording() && !self.attached
    }

    pub fn of(operation: Operation, act: Option<Act>) -> Self {
        Self { operation, act, attached: false }
    }
}

/// Reads the statement at the cursor.
pub(super) fn read<'s>(cursor: &mut Cursor<'s>, above: &Context<'s>) -> Result<Vec<Draft>, Unread> {
    let mut reader = Reader { cursor, above, named: Vec::new(), done: Vec::new() };
    reader.statement()?;
    let Reader { named, done, .. } = reader;
    completed(named, done, above)
}

/// What is done to the place at an index of the places named, before these are complete.
#[derive(Debug, Clone)]
pub(super) enum Done {
    Replace(usize),
    Insert(usize, Beside),
    Repeal(usize),
    Phrase {
        at: At,
        change: Change,
    },
    /// An appendix of the amending act takes the place of that of the same number.
    Appendix {
        number: Option<String>,
        act: Option<Act>,
    },
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Beside {
    Nothing,
    After(usize, Option<usize>),
    Before(usize, Option<usize>),
}

/// Where a phrase is changed.
#[derive(Debug, Clone)]
pub(super) enum At {
    Place(usize),
    Everywhere(Option<Act>, Scope),
    /// Where the statement above says.
    Above,
}

#[derive(Debug, Clone)]
pub(super) enum Change {
    Substitute(String, String),
    Remove(String),
    Add(String, String, Side),
}

/// Reads one statement.
pub(super) struct Reader<'r, 's> {
    pub cursor: &'r mut Cursor<'s>,
    pub above: &'r Context<'s>,
    /// The places it names, in order.
    pub named: Vec<Named<'s>>,
    pub done: Vec<Done>,
}

impl<'s> Reader<'_, 's> {
    fn statement(&mut self) -> Result<(), Unread> {
        let mut verb = match self.cursor.verb() {
            Some(verb) => verb,
            None => return self.passive(),
        };
        loop {
            self.act_on(verb)?;
            let from = self.cursor.at;
            if !self.cursor.separator() {
                break;
            }
            match self.cursor.verb() {
                Some(next) => verb = next,
                None if self.is_phrase_next() => {}
                None => {
                    self.cursor.at = from;
                    break;
                }
            }
        }
        if self.cursor.ends() { Ok(()) } else { Err(Unread::Words) }
    }

    fn act_on(&mut self, verb: Verb) -> Result<(), Unread> {
        self.cursor.eat(":");
        if self.is_phrase_next() {
            self.phrases(verb)
        } else if self.is_appendix_next() {
            self.appendix(verb)
        } else {
            self.provisions(verb)
        }
    }

    /// Statements without a verb at their beginning: `Khoản 2 Điều 5 được sửa đổi, bổ sung như sau`, or members of a list.
    fn passive(&mut self) -> Result<(), Unread> {
        if self.is_phrase_next() {
            let verb = match self.above.verb {
                Some(Verb::End) if !self.above.ends => Verb::Several,
                verb => verb.unwrap_or(Verb::Several),
            };
            self.phrases(verb)?;
            return if self.cursor.ends() { Ok(()) } else { Err(Unread::Words) };
        }
        let places = self.cursor.places()?;
        if places.is_empty() {
            return Err(Unread::Words);
        }
        let amended = ["được sửa đổi, bổ sung", "được sửa đổi và bổ sung", "được sửa đổi"];
        let ended = ["được bãi bỏ", "bị bãi bỏ", "được hủy bỏ", "được huỷ bỏ"];
        let verb = if self.cursor.rest().trim_start().starts_with("được sửa đổi") && self.cursor.eat_any(&amended) {
            Verb::Amend
        } else if self.cursor.eat_any(&ended) || self.above.ends {
            Verb::End
        } else {
            return Err(Unread::Words);
        };
        for place in places {
            self.place(verb, place);
        }
        if self.cursor.ends() { Ok(()) } else { Err(Unread::Words) }
    }

    fn place(&mut self, verb: Verb, place: Named<'s>) {
        let at = self.named.len();
        self.named.push(place);
        self.done.push(match verb {
            Verb::End => Done::Repeal(at),
            Verb::Add => Done::Insert(at, Beside::Nothing),
            Verb::Amend | Verb::Replace | Verb::Several => Done::Replace(at),
        });
    }
}
