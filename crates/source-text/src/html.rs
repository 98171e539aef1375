//! HTML pages, as sites of authorities have them.

mod element;
mod page;

use html5ever::interface::TokenizerResult;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use page::Page;
use std::cell::RefCell;

/// Gives the visible text of an HTML source.
///
/// * Block elements, table cells and `<br>` become line breaks, character references are decoded, white space inside a
///   line is one space, except in `<pre>`.
/// * Scripts, styles, titles and what is marked as hidden are left out.
/// * A page that breaks rules of HTML is read as browsers tokenize it. What is hidden without an end is not hidden.
pub fn visible_text(html: &str) -> String {
    let input = BufferQueue::default();
    input.push_back(html.into());
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

/// Takes the tokens of a page.
#[derive(Default)]
struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => page.tag(&tag),
            Token::CharacterTokens(text) => {
                page.text(&text);
                TokenSinkResult::Continue
            }
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken
            | Token::ParseError(_) => TokenSinkResult::Continue,
        }
    }
}
