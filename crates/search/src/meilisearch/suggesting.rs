//! Titles and numbers that go on as somebody began to type.

use super::asking::Ask;
use super::filters::{self, HEADS};
use super::layout::{ID, NUMBER, Shown, TITLE};
use super::showing::Marks;
use super::terms::{MOST_TERMS, together};
use super::{Meilisearch, form};
use crate::asked::Asked;
use crate::words::{Form, forms};
use crate::{Error, Query, Suggestion};
use kernel::Id;

impl Meilisearch {
    pub(super) async fn begin_so(&self, query: &Query) -> Result<Vec<Suggestion>, Error> {
        let asked = Asked::read(query.text.as_deref().unwrap_or_default());
        let Some((last, before)) = asked.words.split_last() else { return Ok(Vec::new()) };
        let mut ask: Ask = self.asking(begun(before, last), filters::and(&filters::all(query), HEADS));
        ask.attributes_to_search_on = Some(vec![TITLE, NUMBER]);
        ask.attributes_to_retrieve = vec![ID, "type", "title", "number"];
        ask.limit = Some(query.limit.min(form::LAST_HIT));
        let answers = self.each::<Shown>(&[ask]).await?;
        let found = answers.into_iter().flat_map(|answer| answer.hits);
        Ok(found.filter_map(|shown| suggestion(shown, &asked.words)).collect())
    }
}

/// The words, of which the last may go on: no space stands behind it.
fn begun(before: &[Form], last: &Form) -> String {
    if before.len() >= MOST_TERMS {
        return format!("{}{}", together(before), last.folded);
    }
    before.iter().chain([last]).map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
}

fn suggestion(shown: Shown, asked: &[Form]) -> Option<Suggestion> {
    // What goes on from the last word is marked as well.
    let title = forms(&shown.title);
    let begins = |word: &&Form| asked.last().is_some_and(|last| word.folded.starts_with(&last.folded));
    let marked: Vec<&Form> = asked.iter().chain(title.iter().filter(begins)).collect();
    let marks = Marks::words(&marked);
    let highlight = marks.title(&shown.title);
    let number = Some(shown.number.clone()).filter(|number| !number.is_empty());
    let Shown { id, resource_type, title, .. } = shown;
    Some(Suggestion { id: Id::parse(&id)?, resource_type, title, number, highlight })
}
