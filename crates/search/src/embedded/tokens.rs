//! The two ways in which texts are cut into terms.

use crate::words::{Word, Words, folded, toned, words};
use std::collections::HashMap;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

pub(super) const FOLDED: &str = "folded";
pub(super) const TONED: &str = "toned";

pub(super) fn manager() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(FOLDED, Vietnamese { form: folded, known: HashMap::new() });
    manager.register(TONED, Vietnamese { form: toned, known: HashMap::new() });
    manager
}

/// Words of which the form is kept: Vietnamese has some thousand syllables, and texts consist of little else.
const MOST_KNOWN: usize = 20_000;
/// The longest of them, in bytes.
const LONGEST_KNOWN: usize = 24;

/// Words in one of their forms.
#[derive(Clone)]
struct Vietnamese {
    form: fn(&str) -> String,
    /// Forms of words that came before.
    known: HashMap<Box<str>, Box<str>>,
}

struct Terms<'a> {
    words: Words<'a>,
    form: fn(&str) -> String,
    known: &'a mut HashMap<Box<str>, Box<str>>,
    token: Token,
}

impl Tokenizer for Vietnamese {
    type TokenStream<'a> = Terms<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Terms<'a> {
        Terms { words: words(text), form: self.form, known: &mut self.known, token: Token::default() }
    }
}

impl Terms<'_> {
    /// Makes the form of a word the text of the token.
    fn take(&mut self, word: &str) {
        self.token.text.clear();
        if let Some(term) = self.known.get(word) {
            self.token.text.push_str(term);
            return;
        }
        let term = (self.form)(word);
        self.token.text.push_str(&term);
        if word.len() <= LONGEST_KNOWN && self.known.len() < MOST_KNOWN {
            self.known.insert(word.into(), term.into());
        }
    }
}

impl TokenStream for Terms<'_> {
    fn advance(&mut self) -> bool {
        while let Some(Word { text, span }) = self.words.next() {
            self.take(text);
            if self.token.text.is_empty() {
                continue;
            }
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
