//! Statements that put an appendix of the amending act in the place of one: `Thay thế Phụ lục II ban hành kèm theo Nghị định số
//! … bằng Phụ lục II ban hành kèm theo Nghị định này`.

use super::read::{Done, Reader};
use super::verb::Verb;
use crate::amendments::instruction::Unread;
use crate::node::{Kind, Node};

impl Reader<'_, '_> {
    /// Reads such a statement after its verb; anything else about appendices is not understood.
    pub(super) fn appendix(&mut self, verb: Verb) -> Result<(), Unread> {
        if verb != Verb::Replace || !self.cursor.eat("phụ lục") {
            return Err(Unread::Appendix);
        }
        let number = self.appendix_number();
        let rest = self.cursor.rest();
        let by = rest.find(" bằng phụ lục").ok_or(Unread::Appendix)?;
        let told = rest.get(..by).unwrap_or_default();
        if told.contains([';', ':', '“', '"']) || told.contains("phụ lục") {
            return Err(Unread::Appendix);
        }
        let issued = told.rfind("kèm theo ").map(|at| self.cursor.at + at + "kèm theo ".len());
        let act = issued.and_then(|at| self.cursor.act_at(at));
        self.cursor.at += by;
        self.cursor.eat("bằng");
        self.cursor.eat("phụ lục");
        let new = self.appendix_number();
        let rest = self.cursor.rest().trim_end_matches(['.', ';', ' ', '/']);
        let own = rest.contains("kèm theo") && rest.ends_with(" này") && !rest.contains([';', ':', '“', '"']);
        if !own || number != new {
            return Err(Unread::Appendix);
        }
        self.cursor.at += self.cursor.rest().len();
        self.done.push(Done::Appendix { number, act });
        Ok(())
    }

    fn appendix_number(&mut self) -> Option<String> {
        self.cursor.eat("số");
        self.cursor.blanks();
        let printed = self.cursor.printed();
        let length = printed.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(printed.len());
        let number = printed.get(..length).filter(|number| is_number(number))?;
        self.cursor.at += length;
        Some(number.trim_start_matches('0').to_owned())
    }
}

fn is_number(text: &str) -> bool {
    let digits = !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
    digits || crate::structure::number::roman(text).is_some()
}

/// The appendix of this number that is attached to an act, where there is exactly one; without a number the only appendix.
pub(super) fn attached(nodes: &[Node], number: Option<&str>) -> Option<(usize, usize)> {
    let own = |node: &Node| node.num.as_deref().map(|num| num.trim_start_matches('0').to_owned());
    let mut found = nodes.iter().filter(|node| node.kind == Kind::Appendix && own(node).as_deref() == number);
    let one = found.next()?;
    found.next().is_none().then_some(one.span)
}
