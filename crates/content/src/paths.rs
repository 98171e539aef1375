//! Addresses: a slug is unique in its portal, section and language; it is held from the first draft on,
//! can be reserved ahead, and leads on when it changes.

use crate::policy::sees_drafts;
use crate::store::editions::Edition;
use crate::types::ContentType;
use crate::{Entries, Error, entry};
use kernel::query::{Field, ListQuery};
use kernel::{Actor, Call, Found, Id, Locale, Page, Permission, Revision, Row, Slug, View, text};
use sea_orm::ConnectionTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, OnConflict, Query};
use serde::{Deserialize, Serialize};
use store::outbox::{self, Event};
use store::sql::{self, Values, a};
use store::{Refusal, Shape, Table, TableField, WriteTxn};
use utoipa::ToSchema;

const TYPE: &str = "path";

const TABLE: Table = Table {
    name: "paths",
    resource: TYPE,
    fields: &[
        TableField::new("portal", Shape::Text),
        TableField::new("section", Shape::Text),
        TableField::new("locale", Shape::Text),
        TableField::new("slug", Shape::Text),
        TableField::new("entry_id", Shape::Id),
        TableField::new("kind", Shape::Text),
        TableField::new("revision", Shape::Whole).unasked(),
        TableField::new("created_at", Shape::Instant),
        TableField::new("updated_at", Shape::Instant),
    ],
    lowered: &[],
};

/// The fields by which paths can be filtered and sorted.
pub fn path_fields() -> Vec<Field> {
    TABLE.asked()
}

/// An address of an entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct PathEntry {
    /// Its id.
    #[schema(format = "uuid")]
    pub id: String,
    /// `path`.
    pub r#type: String,
    /// The portal it is in; empty for the provincial one.
    pub portal: String,
    /// The section: the name of the content type.
    pub section: String,
    /// The language.
    pub locale: String,
    /// The slug.
    pub slug: String,
    /// The entry that it leads to, or is kept for.
    #[schema(format = "uuid")]
    pub entry_id: String,
    /// `current`, `former` (leads on to the present one) or `reserved`.
    pub kind: String,
    /// Counts every change.
    pub revision: i64,
    /// When it was first held.
    #[schema(format = "date-time")]
    pub created_at: String,
    /// When it was last changed.
    #[schema(format = "date-time")]
    pub updated_at: String,
}

/// What reserves an address.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(title = "PathInput")]
#[serde(deny_unknown_fields)]
pub struct PathInput {
    /// The section: the name of a content type.
    #[schema(max_length = 60)]
    pub section: String,
    /// The language; vi where none is given.
    #[schema(pattern = "^[a-z]{2,3}(-[A-Z]{2})?$")]
    #[serde(default)]
    pub locale: Option<String>,
    /// The slug.
    #[schema(max_length = 120, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    pub slug: String,
    /// The id under which the entry will be entered with `PUT`.
    #[schema(format = "uuid")]
    pub entry_id: String,
    /// The portal; left out for the provincial one.
    #[schema(format = "uuid")]
    #[serde(default)]
    pub portal_id: Option<String>,
}

/// The addresses of entries.
#[derive(Clone)]
pub struct Paths(Entries);

impl Paths {
    /// The addresses of these entries.
    pub fn new(entries: Entries) -> Self {
        Self(entries)
    }

    /// One page of addresses: those in use for everybody, reservations for those who write.
    pub async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Error> {
        Ok(TABLE.list(self.0.db.reader(), query, seen(actor)).await?)
    }

    /// Several addresses by id.
    pub async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Error> {
        Ok(TABLE.get_many(self.0.db.reader(), ids, &view.fields, seen(actor)).await?)
    }

    /// Reserves an address for an entry that is still to come.
    pub async fn reserve(&self, call: &Call, input: PathInput) -> Result<Found, Error> {
        Refusal::unless(&call.actor, Permission::ContentWrite)?;
        if self.0.types.named(&input.section).is_none() {
            return Err(Error::field(
                "/section",
                "unknown_section",
                ("không có kiểu nội dung này", "there is no such content type"),
            ));
        }
        let wrong = |at: &str| Error::field(at, "invalid_format", ("không đúng dạng", "not of the form asked for"));
        let entry = Id::parse(&input.entry_id).filter(|id| !id.0.is_nil()).ok_or_else(|| wrong("/entry_id"))?;
        let locale = input.locale.as_deref().map_or_else(|| Some(Locale::default()), Locale::parse);
        let locale = locale.ok_or_else(|| wrong("/locale"))?;
        let slug = checked(&input.slug)?;
        let portal = input.portal_id.as_deref().map(|id| Id::parse(id).ok_or_else(|| wrong("/portal_id"))).transpose()?;
        let txn = self.0.db.begin(call, self.0.clock.now()).await?;
        let place = Place { portal: printed(portal), section: &input.section, locale: locale.as_str() };
        match holder(&txn, &place, &slug).await? {
            Some(held) if held.entry != entry => return Err(Error::SlugTaken { slug, other: held.entry }),
            Some(held) => {
                let found = TABLE.whole(txn.conn(), held.id).await?.ok_or_else(Error::not_found)?;
                txn.commit(&found.row).await?;
                return Ok(found);
            }
            None => {}
        }
        let id = insert(&txn, &place, &slug, (entry, "reserved")).await?;
        store::resources::register(&txn, id, TYPE).await?;
        outbox::record(&txn, Event { resource_type: TYPE, id, action: "created", revision: Revision::FIRST }).await?;
        let found = TABLE.whole(txn.conn(), id).await?.ok_or_else(Error::not_found)?;
        txn.commit(&found.row).await?;
        Ok(found)
    }

    /// Gives a reserved address back.
    pub async fn release(&self, call: &Call, id: Id, seen: Revision) -> Result<(), Error> {
        Refusal::unless(&call.actor, Permission::ContentWrite)?;
        let txn = self.0.db.begin(call, self.0.clock.now()).await?;
        let found = TABLE.whole(txn.conn(), id).await?.ok_or_else(Error::not_found)?;
        if found.revision != seen {
            return Err(Error::stale());
        }
        if found.row.get("kind").is_none_or(|kind| kind != "reserved") {
            return Err(Error::WrongState { action: "delete", state: "current" });
        }
        sql::delete(txn.conn(), TABLE.name, id).await?;
        store::resources::forget(&txn, id).await?;
        outbox::record(&txn, Event { resource_type: TYPE, id, action: "deleted", revision: seen.next() }).await?;
        Ok(txn.commit(&()).await?)
    }

    /// The entry that an address leads to, and its present slug where the address is a former one.
    pub async fn find(&self, section: &str, locale: &str, slug: &str) -> Result<Option<(Id, Option<String>)>, Error> {
        let select = Query::select()
            .columns(["entry_id", "kind", "portal"].map(a))
            .from(a(TABLE.name))
            .and_where(Expr::col(a("section")).eq(section))
            .and_where(Expr::col(a("locale")).eq(locale))
            .and_where(Expr::col(a("slug")).eq(slug))
            .and_where(Expr::col(a("kind")).ne("reserved"))
            .limit(1)
            .to_owned();
        let conn = self.0.db.reader();
        let Some(row) = conn.query_one(&select).await? else { return Ok(None) };
        let entry = Id(row.try_get_by_index(0)?);
        if row.try_get_by_index::<String>(1)? == "current" {
            return Ok(Some((entry, None)));
        }
        let present = Query::select()
            .column(a("slug"))
            .from(a(TABLE.name))
            .and_where(Expr::col(a("entry_id")).eq(entry.0))
            .and_where(Expr::col(a("section")).eq(section))
            .and_where(Expr::col(a("locale")).eq(locale))
            .and_where(Expr::col(a("kind")).eq("current"))
            .order_by(a("updated_at"), sea_orm::sea_query::Order::Desc)
            .limit(1)
            .to_owned();
        let present = conn.query_one(&present).await?.map(|row| row.try_get_by_index::<String>(0)).transpose()?;
        Ok(Some((entry, present)))
    }
}

/// What anybody may see: addresses of what was published; reservations and drafts are for those who write.
fn seen(actor: &Actor) -> Condition {
    if sees_drafts(actor) {
        return Condition::all();
    }
    let published = Query::select()
        .expr(Expr::val(1))
        .from_as(a("entry_editions"), a("e"))
        .and_where(store::sql::col("e", "entry_id").equals((a(TABLE.name), a("entry_id"))))
        .and_where(store::sql::col("e", "locale").equals((a(TABLE.name), a("locale"))))
        .and_where(store::sql::col("e", "slug").equals((a(TABLE.name), a("slug"))))
        .and_where(store::sql::col("e", "state").eq("published"))
        .to_owned();
    // What was taken down or withdrawn is not told by its address either.
    let live = Query::select()
        .expr(Expr::val(1))
        .from_as(a("entry_editions"), a("l"))
        .and_where(store::sql::col("l", "entry_id").equals((a(TABLE.name), a("entry_id"))))
        .and_where(store::sql::col("l", "locale").equals((a(TABLE.name), a("locale"))))
        .and_where(store::sql::col("l", "live"))
        .to_owned();
    Condition::all().add(Expr::exists(published)).add(Expr::exists(live))
}

/// Where a slug is unique.
struct Place<'a> {
    portal: String,
    section: &'a str,
    locale: &'a str,
}

struct Held {
    id: Id,
    entry: Id,
}

fn printed(portal: Option<Id>) -> String {
    portal.map(|id| id.to_string()).unwrap_or_default()
}

async fn holder(txn: &WriteTxn, place: &Place<'_>, slug: &str) -> Result<Option<Held>, Error> {
    let select = Query::select()
        .columns(["id", "entry_id"].map(a))
        .from(a(TABLE.name))
        .and_where(Expr::col(a("portal")).eq(place.portal.as_str()))
        .and_where(Expr::col(a("section")).eq(place.section))
        .and_where(Expr::col(a("locale")).eq(place.locale))
        .and_where(Expr::col(a("slug")).eq(slug))
        .to_owned();
    let Some(row) = txn.conn().query_one(&select).await? else { return Ok(None) };
    Ok(Some(Held { id: Id(row.try_get_by_index::<Uuid>(0)?), entry: Id(row.try_get_by_index::<Uuid>(1)?) }))
}

async fn insert(txn: &WriteTxn, place: &Place<'_>, slug: &str, (entry, kind): (Id, &str)) -> Result<Id, Error> {
    let id = Id::new(txn.now());
    let values: Values = vec![
        ("id", id.0.into()),
        ("revision", Revision::FIRST.0.into()),
        ("portal", place.portal.as_str().into()),
        ("section", place.section.into()),
        ("locale", place.locale.into()),
        ("slug", slug.into()),
        ("entry_id", entry.0.into()),
        ("kind", kind.into()),
        ("created_at", txn.now().0.into()),
        ("updated_at", txn.now().0.into()),
    ];
    // Of two that take an address at once, the second waits for the first and is told so.
    let (names, values): (Vec<_>, Vec<_>) = values.into_iter().unzip();
    let insert = Query::insert()
        .into_table(a(TABLE.name))
        .columns(names.into_iter().map(a))
        .values_panic(values)
        .on_conflict(OnConflict::columns(["portal", "section", "locale", "slug"].map(a)).do_nothing().to_owned())
        .to_owned();
    match txn.conn().execute(&insert).await?.rows_affected() {
        1 => Ok(id),
        _ => Err(Error::SlugTaken { slug: slug.to_owned(), other: entry }),
    }
}

fn checked(slug: &str) -> Result<String, Error> {
    let short = slug.chars().count() <= entry::LONGEST_SLUG;
    match Slug::parse(slug).filter(|_| short) {
        Some(slug) => Ok(slug.as_str().to_owned()),
        None => Err(Error::field("/slug", "invalid_slug", ("chỉ gồm a-z, 0-9 và dấu gạch nối", "only a-z, 0-9 and hyphens"))),
    }
}

/// Holds an address for an edition: the one that is asked for, else the one it has, else one made from
/// its title. Addresses it was never published under are given back.
pub(crate) async fn hold(txn: &WriteTxn, of: &ContentType, edition: &Edition, asked: Option<String>) -> Result<String, Error> {
    let place = Place { portal: printed(edition.credits.portal_id), section: of.definition.name(), locale: &edition.locale };
    let asked = asked.or_else(|| Some(edition.slug.clone()).filter(|slug| !slug.is_empty()));
    let slug = match asked {
        Some(slug) => {
            let slug = checked(&slug)?;
            match holder(txn, &place, &slug).await? {
                Some(held) if held.entry != edition.entry => return Err(Error::SlugTaken { slug, other: held.entry }),
                Some(held) => set_kind(txn, held.id, "current").await?,
                None => {
                    insert(txn, &place, &slug, (edition.entry, "current")).await?;
                }
            }
            slug
        }
        None => make(txn, &place, edition.entry, &of.definition.display_text(&edition.data)).await?,
    };
    settle(txn, &place, edition, &slug).await?;
    Ok(slug)
}

/// An address made from a title, with a number where it is taken.
async fn make(txn: &WriteTxn, place: &Place<'_>, entry: Id, title: &str) -> Result<String, Error> {
    let base = text::slugify(title);
    let base: String = base.chars().take(entry::LONGEST_SLUG - 10).collect();
    let base = base.trim_matches('-');
    let base = if base.is_empty() { place.section } else { base };
    for number in 1..1000 {
        let slug = if number == 1 { base.to_owned() } else { format!("{base}-{number}") };
        match holder(txn, place, &slug).await? {
            Some(held) if held.entry == entry => {
                set_kind(txn, held.id, "current").await?;
                return Ok(slug);
            }
            Some(_) => {}
            None => match insert(txn, place, &slug, (entry, "current")).await {
                Ok(_) => return Ok(slug),
                Err(Error::SlugTaken { .. }) => {}
                Err(error) => return Err(error),
            },
        }
    }
    // A thousand of the same title: the id makes it unique.
    let slug = format!("{base}-{}", entry.to_string().chars().take(8).collect::<String>());
    insert(txn, place, &slug, (entry, "current")).await?;
    Ok(slug)
}

async fn set_kind(txn: &WriteTxn, id: Id, kind: &str) -> Result<(), Error> {
    sql::update(txn.conn(), TABLE.name, id, vec![("kind", kind.into()), ("updated_at", txn.now().0.into())]).await?;
    Ok(())
}

/// Of an entry's other addresses in a language, keeps those it was published under, which lead on, and
/// that of its live edition, which stays current until another is published.
async fn settle(txn: &WriteTxn, place: &Place<'_>, edition: &Edition, slug: &str) -> Result<(), Error> {
    let of_entry = || {
        Condition::all()
            .add(Expr::col(a("entry_id")).eq(edition.entry.0))
            .add(Expr::col(a("section")).eq(place.section))
            .add(Expr::col(a("locale")).eq(place.locale))
            .add(Expr::col(a("kind")).ne("reserved"))
            .add(Expr::col(a("slug")).ne(slug).or(Expr::col(a("portal")).ne(place.portal.as_str())))
    };
    let published = Query::select()
        .column(a("slug"))
        .from(a("entry_editions"))
        .and_where(Expr::col(a("entry_id")).eq(edition.entry.0))
        .and_where(Expr::col(a("locale")).eq(place.locale))
        .and_where(Expr::col(a("published_at")).is_not_null())
        .and_where(Expr::col(a("state")).is_in(["published", "withdrawn", "taken-down"]))
        .to_owned();
    let give_back = Query::delete()
        .from_table(a(TABLE.name))
        .cond_where(of_entry().add(Expr::col(a("slug")).in_subquery(published).not()))
        .to_owned();
    txn.conn().execute(&give_back).await?;
    if edition.live {
        let lead_on = Query::update()
            .table(a(TABLE.name))
            .value(a("kind"), "former")
            .value(a("updated_at"), txn.now().0)
            .cond_where(of_entry())
            .to_owned();
        txn.conn().execute(&lead_on).await?;
    }
    Ok(())
}

/// Whether a slug is one that was made from this title.
pub(crate) fn made_from(title: &str, slug: &str) -> bool {
    let base: String = text::slugify(title).chars().take(entry::LONGEST_SLUG - 10).collect();
    let rest = slug.strip_prefix(base.trim_matches('-'));
    rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('-').is_some_and(|number| number.parse::<u32>().is_ok()))
}

/// Forgets the addresses of an entry that is removed.
pub(crate) async fn forget(txn: &WriteTxn, entry: Id) -> Result<(), Error> {
    let delete = Query::delete().from_table(a(TABLE.name)).and_where(Expr::col(a("entry_id")).eq(entry.0)).to_owned();
    txn.conn().execute(&delete).await?;
    Ok(())
}

/// Makes the address of an edition that is published now the current one; others of its entry lead on.
pub(crate) async fn published(txn: &WriteTxn, of: &ContentType, edition: &Edition) -> Result<(), Error> {
    hold(txn, of, edition, None).await?;
    Ok(())
}
