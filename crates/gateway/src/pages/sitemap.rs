//! Sitemaps: an index of months, and the entries of a month with their other languages.

use super::portal::{Place, Portal};
use crate::app::App;
use crate::problem::Problem;
use crate::rest::answer::{self, Printed};
use crate::rest::params::none;
use crate::xml::Xml;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use content::{Address, ContentType, Month};
use kernel::query::State;
use kernel::{Actor, Id, Instant};
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::Mutex;

/// The most addresses in one file.
const FILE: u64 = 5_000;
/// The most files that the index names, as the protocol allows.
const FILES: usize = 50_000;
/// The most entries whose other languages are read with one statement.
const BATCH: usize = 500;
/// How long the list of files is kept, in seconds: it is the same for everybody, and many small reads.
const KEPT: i64 = 60;

/// The files that there were when somebody last asked, and when that was.
pub(crate) type Sitemaps = Mutex<Option<(Instant, Arc<Vec<File>>)>>;

/// The entries of a type in a month, as far as one file holds them.
pub(crate) struct File {
    of: String,
    month: Month,
    page: u64,
}

impl File {
    fn name(&self) -> String {
        let page = if self.page > 1 { format!("-{}", self.page) } else { String::new() };
        format!("{}/{}{page}.xml", self.of, self.month)
    }

    /// `2026-11.xml`, `2026-11-2.xml`.
    fn parse(of: &str, name: &str) -> Option<Self> {
        let name = name.strip_suffix(".xml")?;
        let (month, page) = match name.get(7..)? {
            "" => (name, 1),
            page => (
                name.get(..7)?,
                page.strip_prefix('-').filter(|page| !page.starts_with(['0', '+']))?.parse().ok().filter(|page| *page > 1)?,
            ),
        };
        Some(Self { of: of.to_owned(), month: Month::parse(month)?, page })
    }
}

/// `GET /sitemap.xml`.
pub(crate) async fn index(req: HttpRequest, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    none(req.query_string())?;
    let portal = Portal::of(&app, &req)?;
    let files = files(&app).await?;
    let mut xml = Xml::new();
    xml.open("sitemapindex", &[("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")]);
    for file in files.iter() {
        xml.open("sitemap", &[]);
        xml.leaf("loc", &[], &portal.absolute(&format!("/sitemaps/{}/{}", portal.slug, file.name())));
        xml.close("sitemap");
    }
    xml.close("sitemapindex");
    Ok(printed(&req, xml))
}

/// `GET /sitemaps/{portal}/{type}/{yyyy-mm}.xml`.
pub(crate) async fn chunk(
    req: HttpRequest,
    path: web::Path<(String, String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, Problem> {
    none(req.query_string())?;
    let portal = Portal::named(&app, &req, &path.0)?;
    let of = app.parts.content.types.named(&path.1).ok_or_else(Problem::not_found)?;
    let file = File::parse(&path.1, &path.2).ok_or_else(Problem::not_found)?;
    let offset =
        (file.page - 1).checked_mul(FILE).filter(|offset| i64::try_from(*offset).is_ok()).ok_or_else(Problem::not_found)?;
    let addresses = app.parts.content.entries.published_in(&of, file.month, (offset, FILE)).await?;
    if addresses.is_empty() {
        return Err(Problem::not_found());
    }
    let mut xml = Xml::new();
    let names = [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"), ("xmlns:xhtml", "http://www.w3.org/1999/xhtml")];
    xml.open("urlset", &names);
    for batch in addresses.chunks(BATCH) {
        let languages = languages(&app, &of, batch).await?;
        for address in batch {
            url(&mut xml, (&portal, &file.of), address, languages.get(&address.entry).map_or(&[], Vec::as_slice));
        }
    }
    xml.close("urlset");
    Ok(printed(&req, xml))
}

/// `GET /robots.txt`.
pub(crate) async fn robots(req: HttpRequest, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    none(req.query_string())?;
    let portal = Portal::of(&app, &req)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, answer::caching(&Actor::Anonymous, State::Published)))
        .body(format!("User-agent: *\nDisallow:\nSitemap: {}\n", portal.absolute("/sitemap.xml"))))
}

fn printed(req: &HttpRequest, xml: Xml) -> HttpResponse {
    let caching = answer::caching(&Actor::Anonymous, State::Published);
    answer::printed(req, Printed { content_type: "application/xml; charset=utf-8", body: xml.finish(), caching, revision: None })
}

/// The files there are; one caller at a time looks for them.
async fn files(app: &App) -> Result<Arc<Vec<File>>, Problem> {
    let now = app.parts.clock.now();
    let mut kept = app.sitemaps.lock().await;
    if let Some((_, files)) = kept.as_ref().filter(|(at, _)| *at <= now && now < at.plus_seconds(KEPT)) {
        return Ok(files.clone());
    }
    let mut files = Vec::new();
    let entries = &app.parts.content.entries;
    for of in app.parts.content.types.all() {
        for month in entries.published_months(&of).await? {
            let mut page = 1;
            loop {
                files.push(File { of: of.definition.name().to_owned(), month, page });
                if entries.published_in(&of, month, (page * FILE, 1)).await?.is_empty() || files.len() >= FILES {
                    break;
                }
                page += 1;
            }
        }
    }
    files.truncate(FILES);
    let files = Arc::new(files);
    *kept = Some((now, files.clone()));
    Ok(files)
}

/// The languages of entries that are published in several.
async fn languages(app: &App, of: &ContentType, batch: &[Address]) -> Result<HashMap<Id, Vec<Address>>, Problem> {
    let ids: Vec<Id> = batch.iter().map(|address| address.entry).collect();
    let mut languages: HashMap<Id, Vec<Address>> = HashMap::with_capacity(batch.len());
    for address in app.parts.content.entries.addresses(of, &ids).await? {
        languages.entry(address.entry).or_default().push(address);
    }
    languages.retain(|_, all| all.len() > 1);
    Ok(languages)
}

fn url(xml: &mut Xml, (portal, of): (&Portal, &str), address: &Address, languages: &[Address]) {
    let page = |address: &Address| {
        let id = address.entry.to_string();
        portal.page(of, &Place { id: &id, locale: &address.locale, slug: Some(&address.slug) })
    };
    xml.open("url", &[]);
    xml.leaf("loc", &[], &page(address));
    xml.leaf("lastmod", &[], &address.published_at.map_or(address.updated_at, |at| at.max(address.updated_at)).print());
    for other in languages {
        xml.empty("xhtml:link", &[("rel", "alternate"), ("hreflang", &other.locale), ("href", &page(other))]);
    }
    xml.close("url");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_name() {
        for name in ["2026-11.xml", "2026-11-2.xml", "2026-11-12.xml"] {
            assert_eq!(File::parse("article", name).map(|file| file.name()), Some(format!("article/{name}")));
        }
        for bad in [
            "2026-11",
            "2026-11-1.xml",
            "2026-11-02.xml",
            "2026-11-+2.xml",
            "2026-13.xml",
            "2026-1.xml",
            ".xml",
            "2026-11-.xml",
            "tháng-1.xml",
        ] {
            assert!(File::parse("article", bad).is_none(), "{bad}");
        }
    }
}
