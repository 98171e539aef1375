//! What statements that stand above a statement say of it: the act, the article, what is done.

use super::acts::Act;
use super::change::is_aside;
use super::cursor::Cursor;
use super::statement::Level;
use super::verb::Verb;
use crate::amendments::instruction::Unread;
use crate::citations::provisions::{Level as Depth, Named as Number, Provision};

/// What is said above a statement.
#[derive(Debug, Clone, Default)]
pub(super) struct Context<'w> {
    pub act: Option<Act>,
    pub verb: Option<Verb>,
    pub article: One<'w>,
    pub clause: One<'w>,
    /// The places that phrases are changed at, where they are named above.
    pub places: Vec<Provision<'w>>,
    /// Whether phrases are changed in the whole act.
    pub everywhere: bool,
    /// Whether the places above are those of phrases.
    pub phrases: bool,
    /// Whether it says that parts of an act are changed.
    pub announces: bool,
    /// Whether it says of what is listed right below it that it ends, and no more: `Bãi bỏ các điều, khoản sau đây`.
    pub ends: bool,
    /// Whether what is listed below carries the act out or tells its effect, and changes nothing.
    pub aside: bool,
}

/// A number that is said once, or not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum One<'w> {
    #[default]
    None,
    Number(Number<'w>),
    /// Several are named: which is meant is not said here.
    Several,
}

impl<'w> One<'w> {
    /// The one number of a level that the places name.
    fn of(places: &[Provision<'w>], level: Depth) -> Self {
        let mut found = Self::None;
        for named in places.iter().filter_map(|place| place.named(level)) {
            match (named, found) {
                (Number::This | Number::Only, _) => {}
                (number, Self::None) => found = Self::Number(number),
                (number, Self::Number(other)) if other == number => {}
                (_, Self::Number(_) | Self::Several) => return Self::Several,
            }
        }
        found
    }
}

/// What is changed, by the word after the verb: parts of acts, acts, phrases.
const CHANGED: [&str; 26] = [
    "một số",
    "các điều",
    "các khoản",
    "các điểm",
    "các cụm",
    "các từ",
    "các quy định",
    "khoản",
    "điểm",
    "điều",
    "chương",
    "mục",
    "phần",
    "tên",
    "phụ lục",
    "cụm từ",
    "từ “",
    "luật",
    "bộ luật",
    "nghị ",
    "thông tư",
    "quyết định",
    "pháp lệnh",
    "toàn bộ",
    "đoạn",
    "quy định",
];

/// Whether the verb that the words begin with is one of amending an act.
fn announces(cursor: &mut Cursor<'_>) -> bool {
    cursor.restart();
    cursor.verb();
    let rest = cursor.rest().trim_start_matches([' ', ':']);
    CHANGED.iter().any(|words| rest.starts_with(words))
}

/// The only words that a statement may have to say that what is listed below it ends as a whole. Others would narrow it:
/// `Bãi bỏ các nội dung quy định về thuế tại …`, `Bỏ từ “quy hoạch” tại các điều sau đây`.
const LISTING: [&str; 22] = [
    "các", "một", "số", "điều", "khoản", "điểm", "quy", "định", "của", "luật", "nghị", "quyết", "thông", "tư", "văn", "bản",
    "sau", "đây", "như", "và", "cụm", "từ",
];

/// Whether the words after the verb say no more than that a list follows.
fn lists(cursor: &mut Cursor<'_>) -> bool {
    cursor.restart();
    cursor.verb();
    let mut words = cursor.rest().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    !cursor.rest().contains(['“', '"', '(']) && words.all(|word| LISTING.contains(&word))
}

impl<'w> Context<'w> {
    /// What a statement that stands over others says of them.
    pub fn of(cursor: &mut Cursor<'w>, verb: Option<Verb>) -> Self {
        let places = cursor.every_place();
        Self {
            act: cursor.any_act(),
            verb,
            article: One::of(&places, Depth::Article),
            clause: One::of(&places, Depth::Clause),
            announces: verb.is_some() && announces(cursor),
            ends: verb == Some(Verb::End) && lists(cursor),
            phrases: cursor.says("từ ") || cursor.says("từ,"),
            aside: is_aside(&cursor.words.lower),
            everywhere: cursor.says("toàn bộ") || cursor.says("toàn văn"),
            places,
        }
    }

    /// Completes a provision by what is said above; fails where that leaves several.
    pub fn complete(&self, provision: &mut Provision<'w>) -> Result<(), Unread> {
        let inner = provision.names(&[Depth::Clause, Depth::Point, Depth::Subpoint]);
        let grouped = provision.names(&[Depth::Chapter, Depth::Section, Depth::Appendix]);
        let needs_clause = !provision.names(&[Depth::Clause]) && inner;
        match provision.named(Depth::Article) {
            None if inner || !grouped => {
                let One::Number(article) = self.article else { return Err(Unread::PlaceNotSaid) };
                provision.name(Depth::Article, article);
            }
            Some(own @ (Number::Number(_) | Number::Between(_))) if needs_clause => {
                // A clause that is named above is of the article that is named there.
                if self.article != One::Number(own) {
                    return Ok(());
                }
            }
            Some(Number::This | Number::Only) => return Err(Unread::PlaceNotSaid),
            None | Some(Number::Number(_) | Number::Between(_)) => {}
        }
        if needs_clause {
            match self.clause {
                One::Number(clause) => provision.name(Depth::Clause, clause),
                One::Several => return Err(Unread::PlaceNotSaid),
                One::None => {}
            }
        }
        Ok(())
    }
}

/// The statements that stand above the one that is read, the outermost first.
#[derive(Debug, Default)]
pub(super) struct Above<'w> {
    open: Vec<(Level, Context<'w>)>,
}

impl<'w> Above<'w> {
    /// Leaves what does not stand above a statement of this level.
    pub fn leave(&mut self, level: Level) {
        while self.open.last().is_some_and(|(open, _)| *open >= level) {
            self.open.pop();
        }
    }

    pub fn enter(&mut self, level: Level, context: Context<'w>) {
        self.open.push((level, context));
    }

    pub fn clear(&mut self) {
        self.open.clear();
    }

    /// What all of them say together: the innermost that says something is heard.
    pub fn context(&self) -> Context<'w> {
        let mut all = Context::default();
        for (_, context) in &self.open {
            if context.act.is_some() {
                all.act.clone_from(&context.act);
            }
            if context.article != One::None {
                all.article = context.article;
                all.clause = context.clause;
            } else if context.clause != One::None {
                all.clause = context.clause;
            }
            if !context.places.is_empty() {
                all.places.clone_from(&context.places);
            }
            all.everywhere |= context.everywhere;
            all.announces |= context.announces;
            all.aside |= context.aside;
            all.verb = context.verb.or(all.verb);
            all.ends = context.ends;
            all.phrases = context.phrases;
        }
        all
    }
}
