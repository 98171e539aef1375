//! Where published entries are found: for sitemaps and for links between languages.

use crate::store::{a, col};
use crate::types::ContentType;
use crate::{Entries, Error};
use kernel::{Id, Instant};
use sea_orm::ConnectionTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{ExprTrait, NullOrdering, Order, Query, SelectStatement};
use std::collections::BTreeSet;
use std::fmt;

/// The most languages that are looked for.
const LANGUAGES: usize = 50;

/// A calendar month in Asia/Ho_Chi_Minh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    year: i32,
    month: u8,
}

impl Month {
    /// Reads `YYYY-MM`.
    pub fn parse(text: &str) -> Option<Self> {
        let day = kernel::parse_date(&format!("{text}-01"))?;
        Some(Self { year: day.year(), month: u8::from(day.month()) })
    }

    /// The month that a moment lies in.
    pub fn of(at: Instant) -> Self {
        let day = at.day();
        Self { year: day.year(), month: u8::from(day.month()) }
    }

    /// Its first moment.
    pub fn start(self) -> Option<Instant> {
        Instant::parse(&format!("{self}-01T00:00:00+07:00"))
    }

    fn next(self) -> Self {
        match self.month {
            12 => Self { year: self.year + 1, month: 1 },
            month => Self { year: self.year, month: month + 1 },
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// Where a live edition is found.
#[derive(Debug, Clone)]
pub struct Address {
    /// The entry.
    pub entry: Id,
    /// The language of the edition.
    pub locale: String,
    /// Its slug.
    pub slug: String,
    /// When it was first published.
    pub published_at: Option<Instant>,
    /// When it was written.
    pub updated_at: Instant,
}

impl Entries {
    /// The live editions of these entries, in every language.
    pub async fn addresses(&self, of: &ContentType, ids: &[Id]) -> Result<Vec<Address>, Error> {
        let mut select = addresses(of);
        select.and_where(col("e", "entry_id").is_in(ids.iter().map(|id| id.0)));
        select.order_by_expr(col("e", "source"), Order::Desc).order_by_expr(col("e", "locale"), Order::Asc);
        self.read_addresses(&select).await
    }

    /// The live editions of the provincial portal first published in a month, `limit` of them after `offset`,
    /// by language and time. What is published by link stands elsewhere and is not among them.
    pub async fn published_in(&self, of: &ContentType, month: Month, (offset, limit): (u64, u64)) -> Result<Vec<Address>, Error> {
        let mut select = own(addresses(of));
        let (Some(start), Some(end)) = (month.start(), month.next().start()) else { return Ok(Vec::new()) };
        let languages = self.languages(of).await?;
        select
            .and_where(col("e", "locale").is_in(languages))
            .and_where(col("e", "published_at").gte(start.0))
            .and_where(col("e", "published_at").lt(end.0))
            .order_by_expr(col("e", "locale"), Order::Asc)
            .order_by_expr_with_nulls(col("e", "published_at"), Order::Asc, NullOrdering::First)
            .order_by_expr(col("e", "entry_id"), Order::Asc)
            .limit(limit)
            .offset(offset);
        self.read_addresses(&select).await
    }

    /// The months in which [`Entries::published_in`] finds something, oldest first. Each is found from the one
    /// after it by the index; nothing is counted.
    pub async fn published_months(&self, of: &ContentType) -> Result<Vec<Month>, Error> {
        let mut months = BTreeSet::new();
        for locale in self.languages(of).await? {
            let mut before: Option<Instant> = None;
            loop {
                let mut select = own(live(of));
                select.expr(col("e", "published_at")).and_where(col("e", "locale").eq(&locale));
                select.and_where(match before {
                    Some(before) => col("e", "published_at").lt(before.0),
                    None => col("e", "published_at").is_not_null(),
                });
                select.order_by_expr_with_nulls(col("e", "published_at"), Order::Desc, NullOrdering::Last).limit(1);
                let Some(row) = self.db.reader().query_one(&select).await? else { break };
                let month = Month::of(Instant(row.try_get_by_index(0)?));
                months.insert(month);
                before = month.start();
                if before.is_none() {
                    break;
                }
            }
        }
        Ok(months.into_iter().collect())
    }

    /// The languages in which something of a type is live, each found from the one before it by the index.
    async fn languages(&self, of: &ContentType) -> Result<Vec<String>, Error> {
        let mut languages: Vec<String> = Vec::new();
        while languages.len() < LANGUAGES {
            let mut select = live(of);
            select.expr(col("e", "locale")).order_by_expr(col("e", "locale"), Order::Asc).limit(1);
            if let Some(last) = languages.last() {
                select.and_where(col("e", "locale").gt(last));
            }
            let Some(row) = self.db.reader().query_one(&select).await? else { break };
            languages.push(row.try_get_by_index(0)?);
        }
        Ok(languages)
    }

    async fn read_addresses(&self, select: &SelectStatement) -> Result<Vec<Address>, Error> {
        let rows = self.db.reader().query_all(select).await?;
        let address = |row: &sea_orm::QueryResult| {
            Ok(Address {
                entry: Id(row.try_get_by_index::<Uuid>(0)?),
                locale: row.try_get_by_index(1)?,
                slug: row.try_get_by_index(2)?,
                published_at: row.try_get_by_index::<Option<i64>>(3)?.map(Instant),
                updated_at: Instant(row.try_get_by_index(4)?),
            })
        };
        rows.iter().map(address).collect()
    }
}

fn live(of: &ContentType) -> SelectStatement {
    let mut select = Query::select();
    select.from_as(a("entry_editions"), a("e")).and_where(col("e", "type_id").eq(of.id.0)).and_where(col("e", "live"));
    select
}

fn addresses(of: &ContentType) -> SelectStatement {
    let mut select = live(of);
    select.exprs(["entry_id", "locale", "slug", "published_at", "updated_at"].map(|name| col("e", name)));
    select
}

/// Only what stands on the provincial portal itself.
fn own(mut select: SelectStatement) -> SelectStatement {
    select.and_where(col("e", "portal_id").is_null()).and_where(col("e", "link_url").is_null());
    select
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_month_begins_at_midnight_in_ho_chi_minh() {
        let month = Month::parse("2026-12").unwrap();
        assert_eq!(month.start().unwrap().print(), "2026-11-30T17:00:00Z");
        assert_eq!(month.next().to_string(), "2027-01");
        assert_eq!(Month::of(Instant::parse("2026-11-30T17:00:00Z").unwrap()), month);
        assert!(["2026-13", "2026-1", "26-01", "", "2026-01-01"].iter().all(|bad| Month::parse(bad).is_none()));
    }
}
