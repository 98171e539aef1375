//! Reading lists and single resources.

use super::answer::{self, Envelope, Links, Meta, Of as PartOf, Shown};
use super::link::{link, pairs};
use super::params::{Asked, Of, part_parameters, readable};
use crate::app::App;
use crate::auth::{actor, allow};
use crate::description::{Part, Readers};
use crate::heavy::Room;
use crate::pages::Portal;
use crate::problem::Problem;
use crate::resource::{Absent, Catalog, InForm, PartQuery, Served, Verb, get};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use kernel::query::{Name, Projection, State};
use kernel::{Actor, Id, Language, Locale, Position, Revision, Row, View};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use std::collections::BTreeMap;

pub(super) async fn list(req: &HttpRequest, app: &App, served: &Served) -> Result<HttpResponse, Problem> {
    let catalog = app.parts.registry.now();
    let description = served.description();
    let actor = actor(req);
    readable(&actor, served)?;
    let given = pairs(req.query_string())?;
    let asked = Asked::read(&given, Of::List, served, &catalog)?;
    asked.authorise(&actor, served)?;
    let (state, include, other_fields) = (asked.state, asked.include.clone(), asked.other_fields.clone());
    let (lang, as_of) = (Language::from(asked.lang.clone()), asked.as_of);
    let (query, context) = asked.into_list(description, &app.parts.cursors)?;
    let page = served.resource.list(&actor, &query).await?;

    let beside = |name: &str, position: Option<&Position>| {
        let cursor = app.parts.cursors.seal(&context, position?);
        let kept = given.iter().filter(|(name, _)| name != "page[after]" && name != "page[before]");
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        Some(link(&description.path, kept.chain([(name, cursor.as_str())])))
    };
    let links = Links {
        here: link(&description.path, given.iter().map(|(name, value)| (name.as_str(), value.as_str()))),
        next: page.more_after.then(|| beside("page[after]", page.items.last().map(|(position, _)| position))).flatten(),
        prev: page.more_before.then(|| beside("page[before]", page.items.first().map(|(position, _)| position))).flatten(),
    };
    let rows: Vec<Row> = page.items.into_iter().map(|(_, row)| row).collect();
    let relations = Relations { actor: &actor, state, lang: &lang, as_of, include: &include, fields: &other_fields };
    let included = relations.load(&catalog, served, &rows).await?;
    let envelope =
        Envelope { data: &rows, included: included.as_deref(), links: Some(links), meta: page.total.map(|total| Meta { total }) };
    Ok(answer::list(&envelope, answer::caching(&actor, state)))
}

pub(super) async fn one(req: &HttpRequest, app: &App, served: &Served, id: Id) -> Result<HttpResponse, Problem> {
    let catalog = app.parts.registry.now();
    let actor = actor(req);
    readable(&actor, served)?;
    let asked = Asked::read(&pairs(req.query_string())?, Of::One, served, &catalog)?;
    asked.authorise(&actor, served)?;
    let fields = asked.fields.unwrap_or_else(|| served.description().field_names());
    let lang = Language::from(asked.lang.clone());
    let view = View { as_of: asked.as_of, fields: Projection(fields), state: asked.state, lang: lang.clone() };
    let Some(found) = get(served.resource.as_ref(), &actor, id, &view).await? else {
        return absent(served, id, asked.lang.as_ref()).await;
    };
    let relations = Relations {
        actor: &actor,
        state: asked.state,
        lang: &lang,
        as_of: asked.as_of,
        include: &asked.include,
        fields: &asked.other_fields,
    };
    let included = relations.load(&catalog, served, std::slice::from_ref(&found.row)).await?;
    let shown =
        Shown { found: &found, included: included.as_deref(), caching: answer::caching(&actor, asked.state), as_of: asked.as_of };
    Ok(answer::one(req, app, StatusCode::OK, shown))
}

/// One resource by its slug; a former one leads on to the present one.
pub(super) async fn by_path(req: &HttpRequest, app: &App, served: &Served, slug: &str) -> Result<HttpResponse, Problem> {
    let catalog = app.parts.registry.now().clone();
    let asked = Asked::read(&pairs(req.query_string())?, Of::One, served, &catalog)?;
    let found = served.resource.by_path(slug, asked.lang.as_ref()).await?;
    let (id, present) = found.ok_or_else(Problem::not_found)?;
    if let Some(present) = present.filter(|present| present != slug) {
        let query = req.query_string();
        let query = if query.is_empty() { String::new() } else { format!("?{query}") };
        let to = format!("{}/by-path/{present}{query}", served.description().path);
        return Ok(HttpResponse::MovedPermanently().insert_header((header::LOCATION, to)).finish());
    }
    // An address that only a draft has is none for those who do not see drafts.
    let lang = Language::Only(asked.lang.clone().unwrap_or_default());
    let view = View { as_of: None, fields: Projection(vec!["slug".into()]), state: asked.state, lang };
    if let Some(found) = get(served.resource.as_ref(), &actor(req), id, &view).await?
        && found.row.get("slug").is_none_or(|known| known != slug)
    {
        return Err(Problem::not_found());
    }
    one(req, app, served, id).await
}

/// An address as it was given, without what is not ASCII.
const ONLY_ASCII: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`');

/// What an address answers where there is no resource for this caller.
pub(crate) async fn absent(served: &Served, id: Id, lang: Option<&Locale>) -> Result<HttpResponse, Problem> {
    match served.resource.absent(id, lang).await? {
        Absent::Unknown => Err(Problem::not_found()),
        Absent::Gone(problem) => Err(problem),
        Absent::Moved(to) => Ok(HttpResponse::MovedPermanently()
            .insert_header((header::LOCATION, utf8_percent_encode(&to, ONLY_ASCII).to_string()))
            .insert_header((header::CACHE_CONTROL, answer::caching(&Actor::Anonymous, State::Published)))
            .finish()),
    }
}

/// What hangs on one resource.
pub(super) async fn part(
    req: &HttpRequest,
    app: &App,
    served: &Served,
    (id, part): (Option<Id>, &Part),
) -> Result<HttpResponse, Problem> {
    let actor = actor(req);
    let asked = part_parameters(req.query_string(), served.description(), part)?;
    if part.readers == Readers::Staff {
        allow(&actor, served.resource.may(&actor, Verb::ReadDrafts))?;
    }
    let id = id.ok_or_else(Problem::not_found)?;
    let lang = Language::from(asked.lang);
    let view = View { as_of: asked.as_of, fields: Projection(Vec::new()), state: State::Published, lang };
    let query = PartQuery { name: part.name, view: &view, given: &asked.given };
    let caching = match part.readers {
        Readers::Everybody => answer::caching(&actor, State::Published),
        Readers::Staff => answer::caching(&actor, State::Draft),
    };
    let resource = served.resource.as_ref();
    // Read before the part: a change in between makes the tag stale, never the answer.
    let seen = get(resource, &actor, id, &view).await?;
    let room = if part.long && seen.is_some() { app.heavy.enter(resource.text_size(id).await?).await? } else { Room::default() };
    let revision = seen.map_or(Revision(0), |seen| seen.revision);
    let of = PartOf { revision, day: None, caching, room };
    if let Some(name) = form_of(req, part, asked.form.as_deref()) {
        let origin = Portal::of(app, req)?.origin;
        let in_form = InForm { name, origin: &origin };
        let found = resource.part_in_form(&actor, id, &query, in_form).await?.ok_or_else(Problem::not_found)?;
        return Ok(answer::represented(req, found, of));
    }
    let mut rows = resource.part(&actor, id, &query).await?.ok_or_else(Problem::not_found)?;
    // What a part of it says may be computed for the day, as the status of the resource is.
    let computed = served.description().as_of && part.readers == Readers::Everybody;
    let of = PartOf { day: computed.then(|| asked.as_of.unwrap_or_else(|| app.parts.clock.today())), ..of };
    let vary = if part.forms.is_empty() { "accept-encoding" } else { "accept, accept-encoding" };
    if part.single {
        let data = rows.pop().ok_or_else(Problem::not_found)?;
        return Ok(answer::part(req, data, of, vary));
    }
    Ok(answer::part(req, rows, of, vary))
}

/// The form beside JSON that is asked for: by name, else the one that `Accept` ranks above JSON and all others.
fn form_of<'p>(req: &HttpRequest, part: &'p Part, asked: Option<&str>) -> Option<&'p str> {
    if let Some(asked) = asked {
        return part.forms.iter().map(|(form, _)| *form).find(|form| *form == asked);
    }
    let accepted = req.headers().get(header::ACCEPT)?.to_str().ok()?;
    answer::preferred(accepted, "application/json", &part.forms)
}

/// Resources that rows refer to, each once, in the same state.
struct Relations<'a> {
    actor: &'a Actor,
    state: State,
    lang: &'a Language,
    as_of: Option<time::Date>,
    include: &'a [Name],
    fields: &'a BTreeMap<String, Vec<Name>>,
}

impl Relations<'_> {
    async fn load(&self, catalog: &Catalog, served: &Served, rows: &[Row]) -> Result<Option<Vec<Row>>, Problem> {
        if self.include.is_empty() {
            return Ok(None);
        }
        let mut included = Vec::new();
        for name in self.include {
            let relation = served.description().relations.iter().find(|relation| relation.name == *name);
            let Some((relation, target)) = relation.and_then(|relation| Some((relation, catalog.by_name(&relation.target)?)))
            else {
                continue;
            };
            let mut ids: Vec<Id> = rows.iter().flat_map(|row| relation.ids(row)).collect();
            ids.sort_unstable();
            ids.dedup();
            if ids.is_empty() {
                continue;
            }
            let fields = self.fields.get(&relation.target).cloned().unwrap_or_else(|| target.description().light_fields());
            let view = View { as_of: self.as_of, fields: Projection(fields), state: self.state, lang: self.lang.for_relations() };
            let found = target.resource.get_many(self.actor, &ids, &view).await?;
            included.extend(found.into_iter().map(|found| found.row));
        }
        Ok(Some(included))
    }
}
