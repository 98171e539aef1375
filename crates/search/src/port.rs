//! What a search index can do, whichever it is.

use crate::Error;
use async_trait::async_trait;
use kernel::Id;
use std::collections::BTreeMap;
use std::sync::Arc;
use time::Date;

/// Names and values by which hits are filtered and counted.
pub type Facets = BTreeMap<String, Vec<String>>;

/// A resource as it is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchDocument {
    /// The resource.
    pub id: Id,
    /// Its type (`document`); also its facet `type`.
    pub resource_type: String,
    /// Its own number (`43/2020/QĐ-UBND`), where it has one.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// Its date (`2020-12-02`, or a moment that begins so): of equal hits the newer stands first.
    pub date: Option<String>,
    /// What it is filtered and counted by at all times.
    pub facets: Facets,
    /// What it says, and when. Of times that overlap a search may see any.
    pub times: Vec<Times>,
}

/// What a resource says from one day to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times {
    /// The first day; none where there is no beginning.
    pub from: Option<Date>,
    /// The first day that is not meant any more; none where there is no end.
    pub until: Option<Date>,
    /// Whether it is law in force on these days.
    pub in_force: bool,
    /// What it is filtered and counted by in these days only.
    pub facets: Facets,
    /// Its text, in order. Without any, it is found by title and number.
    pub passages: Arc<[Passage]>,
}

/// A part of a text that is shown and addressed by itself: an article, or some paragraphs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// Its id within the text (`chp_2__art_9`), where it has one.
    pub eid: Option<String>,
    /// Its number and heading (`Điều 9. Thông tin chủ yếu`), where it has one.
    pub heading: Option<String>,
    /// Its text, without markup and without the heading.
    pub text: String,
}

/// One change of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The resource is found as it is here, and no longer as it was.
    Upsert(SearchDocument),
    /// The resource is not found any more.
    Delete(Id),
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What the reader typed. A text without a letter or digit finds nothing; none finds everything.
    pub text: Option<String>,
    /// Which of the times of a resource is meant.
    pub at: At,
    /// What has to hold besides, all of it.
    pub filters: Vec<Filter>,
    /// What is counted, and how many values of each at most.
    pub facets: Vec<(String, usize)>,
    /// In which order.
    pub sort: Sort,
    /// How many hits are wanted.
    pub limit: usize,
    /// How many of the best hits to pass over.
    pub offset: usize,
    /// Resources that are not to be found, though the index may still hold them.
    pub without: Vec<Id>,
    /// Whether each hit is to tell what its score is made of.
    pub explain: bool,
}

/// Which of the times of a resource is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// What it says on this day, be it law in force or not.
    Day(Date),
    /// The law as in force on this day, and nothing else.
    InForce(Date),
}

impl At {
    /// The day.
    pub fn day(self) -> Date {
        match self {
            Self::Day(day) | Self::InForce(day) => day,
        }
    }
}

/// What has to hold of a hit. The facet `id` is the id of the resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// The facet has one of these values.
    Any(String, Vec<String>),
    /// The facet has none of these values.
    None(String, Vec<String>),
    /// The date is not before the first and not after the second day.
    Dates(Option<Date>, Option<Date>),
}

/// The order of hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The newest first.
    Newest,
    /// The oldest first; those without a date last.
    Oldest,
}

impl Query {
    /// Everything that this text finds on a day, the best twenty first.
    pub fn of(text: &str, day: Date) -> Self {
        Self {
            text: Some(text.to_owned()),
            at: At::Day(day),
            filters: Vec::new(),
            facets: Vec::new(),
            sort: Sort::Relevance,
            limit: 20,
            offset: 0,
            without: Vec::new(),
            explain: false,
        }
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hits {
    /// The wanted part of the hits, one for each resource.
    pub hits: Vec<Hit>,
    /// How many resources are found in all.
    pub total: u64,
    /// Whether hits may lack words of the query, since too few have them all.
    pub is_relaxed: bool,
    /// How often each value of the wanted facets occurs among what is found, the most frequent first.
    pub facets: BTreeMap<String, Vec<(String, u64)>>,
}

/// One resource that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The resource.
    pub id: Id,
    /// Its type.
    pub resource_type: String,
    /// How well it matches: comparable within one answer only.
    pub score: f32,
    /// The part of its text that matches best, where that has an id.
    pub matched: Option<Matched>,
    /// Pieces of `title`, `number`, `heading` and `body` as HTML, matched words in `<mark>`; a field
    /// without a matched word is absent.
    pub highlights: BTreeMap<&'static str, Vec<String>>,
    /// What the score is made of, where that was asked.
    pub reasons: Vec<Reason>,
}

/// A part of a text that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// Its id within the text.
    pub eid: String,
    /// Its number and heading.
    pub heading: Option<String>,
}

/// One part of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// What it is given for, by a name that [`crate`] lists.
    pub name: String,
    /// How much it is.
    pub score: f32,
}

/// A title that goes on as the reader began to type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The resource.
    pub id: Id,
    /// Its type.
    pub resource_type: String,
    /// Its title.
    pub title: String,
    /// Its number.
    pub number: Option<String>,
    /// The title as HTML, what was typed in `<mark>`.
    pub highlight: String,
}

/// An index of everything that can be searched.
#[async_trait]
pub trait SearchIndex: Send + Sync {
    /// Makes changes, in order. When it answers they are durable and the next search sees them.
    async fn apply(&self, changes: Vec<Change>) -> Result<(), Error>;

    /// Finds what matches.
    async fn search(&self, query: &Query) -> Result<Hits, Error>;

    /// Finds titles and numbers of which the last word of the query's text may be the beginning;
    /// heeds day, filters, limit and what is left out.
    async fn suggest(&self, query: &Query) -> Result<Vec<Suggestion>, Error>;

    /// Finds what speaks of the same as the query's text, of any length; heeds day, filters, limit
    /// and what is left out. What is not alike at all is not found.
    async fn similar(&self, query: &Query) -> Result<Hits, Error>;

    /// Tells whether the index can be read, and whether nothing of it is missing.
    async fn ready(&self) -> Result<(), Error>;

    /// The index of this name beside the one that answers; an empty one is made where there is none.
    async fn beside(&self, name: &str) -> Result<Arc<dyn SearchIndex>, Error>;

    /// Answers from the index of this name from now on, and removes the one that answered before.
    async fn swap(&self, name: &str) -> Result<(), Error>;
}
