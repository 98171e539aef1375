//! The two ways in which texts are cut into terms.

use crate::words::{Word, Words, folded, toned, words};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

pub(super) const FOLDED: &str = "folded";
pub(super) const TONED: &str = "toned";

pub(super) fn manager() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(FOLDED, Vietnamese { form: folded });
    manager.register(TONED, Vietnamese { form: toned });
    manager
}

/// Words in one of their forms.
#[derive(Clone)]
struct Vietnamese {
    form: fn(&str) -> String,
}

struct Terms<'a> {
    words: Words<'a>,
    form: fn(&str) -> String,
    token: Token,
}

impl Tokenizer for Vietnamese {
    type TokenStream<'a> = Terms<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Terms<'a> {
        Terms { words: words(text), form: self.form, token: Token::default() }
    }
}

impl TokenStream for Terms<'_> {
    fn advance(&mut self) -> bool {
        for Word { text, span } in self.words.by_ref() {
            let term = (self.form)(text);
            if term.is_empty() {
                continue;
            }
            self.token.text = term;
            self.token.position = self.token.position.wrapping_add(1);
            self.token.offset_from = span.start;
            self.token.offset_to = span.end;
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
