//! One version of an entry, two of them compared, and the report on translations.

use crate::app::App;
use crate::auth::{actor, require};
use crate::heavy::Room;
use crate::problem::Problem;
use crate::rest::answer::{self, Of};
use crate::rest::link::pairs;
use crate::rest::params::{bad, locale, unknown};
use actix_web::{HttpRequest, HttpResponse, web};
use content::{ContentType, translation_report};
use kernel::query::State;
use kernel::{Actor, Id, Locale, Permission, Revision, Row};
use std::sync::Arc;

/// `GET /v1/content/{type}/{id}/versions/{version}`, and `…/versions/compare?from=&to=`.
pub(crate) async fn version(
    req: HttpRequest,
    path: web::Path<(String, String, String)>,
    app: web::Data<App>,
) -> Result<HttpResponse, Problem> {
    require(&actor(&req), Permission::ContentWrite)?;
    let (of, id, version) = path.into_inner();
    let (of, id) = entry(&app, &of, &id)?;
    let entries = &app.parts.content.entries;
    let asked = Asked::read(req.query_string(), version == "compare")?;
    let lang = asked.lang.as_ref();
    let found = if version == "compare" {
        let number = |name: &str, given: Option<i64>| given.ok_or_else(|| bad(name, "số phiên bản", "a version number"));
        let (from, to) = (number("from", asked.from)?, number("to", asked.to)?);
        entries.compare(&of, id, (lang, from, to)).await?
    } else {
        let number = version.parse().map_err(|_| Problem::not_found())?;
        entries.version(&of, id, (lang, number)).await?
    };
    Ok(shown(&req, &found.ok_or_else(Problem::not_found)?))
}

/// `GET /v1/reports/translations`.
pub(crate) async fn translations(req: HttpRequest, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let actor = actor(&req);
    require(&actor, Permission::ContentWrite)?;
    let asked = Asked::read(req.query_string(), false)?;
    Ok(shown(&req, &translation_report(&app.parts.content.entries, &actor, asked.lang.as_ref()).await?))
}

fn entry(app: &App, of: &str, id: &str) -> Result<(Arc<ContentType>, Id), Problem> {
    let of = app.parts.content.types.named(of).ok_or_else(Problem::not_found)?;
    Ok((of, Id::parse(id).ok_or_else(Problem::not_found)?))
}

/// A past version does not change, whatever becomes of its entry: its tag holds no revision of it.
fn shown(req: &HttpRequest, row: &Row) -> HttpResponse {
    let caching = answer::caching(&Actor::Operator, State::Draft);
    answer::part(req, row, Of { revision: Revision(0), day: None, caching, room: Room::default() }, "accept-encoding")
}

#[derive(Default)]
struct Asked {
    lang: Option<Locale>,
    from: Option<i64>,
    to: Option<i64>,
}

impl Asked {
    fn read(query: &str, compares: bool) -> Result<Self, Problem> {
        let mut asked = Self::default();
        let number = |name: &str, value: &str| {
            let number = value.parse().ok().filter(|number| *number > 0);
            number.map(Some).ok_or_else(|| bad(name, "số phiên bản", "a version number"))
        };
        for (name, value) in pairs(query)? {
            match name.as_str() {
                "lang" => asked.lang = Some(locale(&name, &value)?),
                "from" if compares => asked.from = number(&name, &value)?,
                "to" if compares => asked.to = number(&name, &value)?,
                _ => return Err(unknown(&name, if compares { &["from", "to", "lang"] } else { &["lang"] })),
            }
        }
        Ok(asked)
    }
}
