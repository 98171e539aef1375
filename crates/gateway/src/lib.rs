//! Two protocols over the same verbs: REST with OpenAPI 3.1, and GraphQL.
//!
//! Every resource is described once ([`Description`]); routes, parameters, the OpenAPI document and
//! the GraphQL types all derive from that, so they agree because there is nothing to disagree. A
//! resource that is registered while the server runs is served from the next request on.
//!
//! Invariants: a handler extracts, calls and converts, it holds no rule of a subject; only
//! `problem` knows HTTP statuses; a failure on any address is a problem with a code of the catalogue.

mod app;
mod around;
mod assets;
mod auth;
mod content;
mod dcat;
mod description;
mod eli;
mod files;
mod graphql;
mod healing;
mod health;
mod heavy;
mod idempotency;
mod import;
mod indexing;
mod limits;
mod login;
mod media;
mod metrics;
mod oai;
mod openapi;
mod pages;
mod problem;
mod query;
mod ranged;
mod rereading;
mod resource;
mod resources;
mod rest;
mod searching;
mod tokens;
mod versions;
mod webhooks;
mod xml;

pub use app::{App, Parts, Settings};
pub use assets::catalogue_markdown;
pub use content::Content;
pub use description::{Changes, Description, Editions, Parameter, Part, Readers, Relation, Takes};
pub use healing::Healing;
pub use indexing::{Filling, Indexing};
pub use media::Sweeping;
pub use pages::public_origin;
pub use problem::Problem;
pub use rereading::Rereading;
pub use resource::{Absent, InForm, PartQuery, RegisterError, Registry, Represented, Resource, Step, Target, Verb};
pub use resources::{
    AliasResource, ContentTypeResource, DocumentResource, EntryResource, GazetteResource, IssuerResource, MediaResource,
    PathResource, PolicyResource, RelationResource, ReleaseResource, ScheduleResource, TextResource, ViolationResource,
    WebhookResource,
};
pub use webhooks::{Following, Sending, Tidying};

use actix_cors::Cors;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::guard::{self, Guard};
use actix_web::http::Method;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{Error, Handler, Resource as Route, Responder, web};

/// The subjects behind the built-in resources.
pub struct Subjects {
    /// Legal documents.
    pub documents: documents::Documents,
    /// Issuing authorities.
    pub issuers: documents::Issuers,
    /// Media.
    pub media: ::media::Library,
    /// Content types and their entries.
    pub content: Content,
    /// Webhooks.
    pub webhooks: ::webhooks::Webhooks,
}

/// The built-in resources.
pub fn built_in(subjects: Subjects) -> Result<Registry, RegisterError> {
    use ::content::{Paths, Releases, Schedules, Violations};
    use std::sync::Arc;
    let Subjects { documents, issuers, media, content, webhooks } = subjects;
    let entries = || content.entries.clone();
    Registry::new(vec![
        Arc::new(RelationResource::new(::documents::Relations::of(&documents))),
        Arc::new(GazetteResource::new(::documents::Gazettes::of(&documents))),
        Arc::new(TextResource::new(::documents::EnteredTexts::of(&documents))),
        Arc::new(AliasResource::new(::documents::Aliases::of(&documents))),
        Arc::new(DocumentResource::new(documents)),
        Arc::new(IssuerResource::new(issuers)),
        Arc::new(MediaResource::new(media, entries())),
        Arc::new(ContentTypeResource::new(content.clone())),
        Arc::new(PolicyResource::new(content.policies.clone())),
        Arc::new(PathResource::new(Paths::new(entries()))),
        Arc::new(ScheduleResource::new(Schedules::new(entries()))),
        Arc::new(ReleaseResource::new(Releases::new(entries()))),
        Arc::new(ViolationResource::new(Violations::new(entries()))),
        Arc::new(WebhookResource::new(webhooks, content.clone())),
    ])
}

/// The whole gateway as an actix application.
pub fn application(
    app: web::Data<App>,
) -> actix_web::App<
    impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<impl MessageBody>, Error = Error, InitError = ()>,
> {
    // Anonymous reads from anywhere: credentials travel in Authorization, never in cookies.
    let cors = Cors::default()
        .allow_any_origin()
        .send_wildcard()
        .allowed_methods(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        .allow_any_header()
        .expose_headers([
            "ETag",
            "Location",
            "X-Request-Id",
            "Retry-After",
            "Accept-Ranges",
            "Content-Range",
            "Content-Disposition",
        ])
        .max_age(3600);
    actix_web::App::new()
        .app_data(app)
        .configure(routes)
        .default_service(web::route().to(|| async { Err::<actix_web::HttpResponse, _>(Problem::not_found()) }))
        .wrap(from_fn(around::identified))
        .wrap(from_fn(around::problems))
        .wrap(Compress::default())
        .wrap(cors)
        .wrap(from_fn(around::around))
}

fn routes(config: &mut web::ServiceConfig) {
    config
        .service(reads("/livez", health::livez))
        .service(reads("/readyz", health::readyz))
        .service(reads("/metrics", health::metrics))
        .service(reads("/.well-known/jwks.json", health::jwks))
        .service(reads("/openapi.json", health::openapi))
        .service(reads("/schema.graphql", graphql::http::sdl))
        .service(reads("/problems", assets::problems))
        .service(reads("/problems/{code}", assets::problem))
        .service(reads("/docs", assets::reference))
        .service(reads("/docs/{file:.*}", assets::reference))
        .service(reads("/graphql/assets/{file}", assets::graphiql_asset))
        .service(
            web::resource("/graphql")
                .route(web::route().guard(guard::Any(reading()).or(guard::Post())).to(graphql::http::graphql))
                .default_service(not_allowed("GET, HEAD, POST")),
        )
        .service(posts("/v1/auth/login", login::login))
        .service(posts("/v1/auth/refresh", login::refresh))
        .service(posts("/v1/auth/logout", login::logout))
        .service(posts("/v1/auth/password", login::password))
        .service(reads("/v1/auth/me", login::me))
        .service(reads("/v1/search", searching::search))
        .service(reads("/v1/search/similar", searching::similar))
        .service(reads("/v1/suggest", searching::suggest))
        .service(posts("/v1/documents/import", import::import))
        .service(
            web::resource("/v1/documents/{id}/files").route(web::post().to(files::attach)).route(web::route().to(rest::dispatch)),
        )
        .service(
            web::resource("/v1/documents/{id}/files/{file}")
                .route(web::route().guard(reading()).to(files::one))
                .route(web::delete().to(files::detach))
                .default_service(not_allowed("GET, HEAD, DELETE")),
        )
        .service(web::resource("/v1/media").route(web::post().to(media::upload)).route(web::route().to(rest::dispatch)))
        .service(reads("/media/{id}", media::file))
        .service(reads("/media/{id}/{file}", media::named_file))
        .service(reads("/feeds/{portal}/{file:search\\.[a-z]+}", pages::search_feed))
        .service(reads("/feeds/{portal}/{file}", pages::feed))
        .service(reads("/sitemap.xml", pages::index))
        .service(reads("/sitemaps/{portal}/{type}/{file}", pages::chunk))
        .service(reads("/robots.txt", pages::robots))
        .service(reads("/eli/{path:.*}", eli::eli))
        .service(reads("/dcat", dcat::catalogue))
        .service(reads("/dcat.{format}", dcat::in_format))
        .service(
            web::resource("/oai")
                .route(web::route().guard(guard::Any(reading()).or(guard::Post())).to(oai::oai))
                .default_service(not_allowed("GET, HEAD, POST")),
        )
        .service(reads("/v1/content/{type}/{id}/versions/{version}", versions::version))
        .service(reads("/v1/reports/translations", versions::translations))
        .service(web::resource("/v1/{path:.*}").route(web::route().to(rest::dispatch)));
}

fn reading() -> impl Guard {
    guard::fn_guard(|ctx| matches!(ctx.head().method, Method::GET | Method::HEAD))
}

/// An address that is read.
fn reads<F, Args>(path: &str, handler: F) -> Route
where
    F: Handler<Args>,
    Args: actix_web::FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path).route(web::route().guard(reading()).to(handler)).default_service(not_allowed("GET, HEAD"))
}

/// An address that takes a POST.
fn posts<F, Args>(path: &str, handler: F) -> Route
where
    F: Handler<Args>,
    Args: actix_web::FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path).route(web::post().to(handler)).default_service(not_allowed("POST"))
}

fn not_allowed(allowed: &'static str) -> actix_web::Route {
    web::route().to(move || async move { Err::<actix_web::HttpResponse, _>(Problem::method_not_allowed(allowed)) })
}
