//! OAI-PMH 2.0 at `/oai`: everything that is published of legal documents, for those who keep a copy of it (L-5).
//!
//! Stateless: where a list goes on is said by a signed token, by place and not by number, so that a document that changes
//! while somebody harvests comes once more and none is left out. Deletions are kept for good. The harvester sees what
//! everybody sees, whoever he is.

mod arguments;
mod dates;
mod dublin_core;
mod failure;
mod lists;
mod records;
mod sets;
mod token;

use crate::app::App;
use crate::pages::Portal;
use crate::problem::Problem;
use crate::rest::answer::{self, Printed};
use crate::rest::{body, link};
use crate::xml::Xml;
use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse, web};
use arguments::Asked;
use documents::Harvest;
use failure::{Failure, Stop};
use kernel::Actor;
use kernel::query::State;

/// The form of a POST.
const FORM: &[&str] = &["application/x-www-form-urlencoded"];
/// The longest form, in bytes.
const LONGEST: usize = 16 << 10;
const NAMESPACE: &str = "http://www.openarchives.org/OAI/2.0/";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The collection as one request sees it.
struct Repository<'a> {
    app: &'a App,
    portal: Portal,
    harvest: Harvest,
    /// What its identifiers begin with.
    identifiers: String,
}

/// `GET /oai`, and `POST /oai` with the same as a form.
pub(crate) async fn oai(req: HttpRequest, payload: web::Payload, app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let repository = Repository::of(&app, &req)?;
    let mut given = req.query_string().to_owned();
    if req.method() == Method::POST {
        // Reads by GET are counted where the caller is identified.
        app.limits.read(req.peer_addr().map(|address| address.ip()))?;
        body::of_type(&req, FORM)?;
        let form = body::bytes(payload, LONGEST).await?;
        given = format!("{given}&{}", String::from_utf8_lossy(&form));
    }
    let moment = dates::print(app.parts.clock.now());
    let given = link::decoded(&given);
    let asked = match &given {
        Some(given) => Asked::read(given, &app.parts.cursors),
        None => Err(Failure::BadArgument("The arguments are not encoded as UTF-8.".to_owned())),
    };
    // A request that is not understood is not repeated.
    let understood = !matches!(asked, Err(Failure::BadVerb(_) | Failure::BadArgument(_)));
    let attributes = given.filter(|_| understood).unwrap_or_default();
    let mut xml = repository.begin(&moment, &attributes);
    let told = match asked {
        Ok(asked) => repository.answer(asked, &mut xml).await,
        Err(failure) => Err(failure.into()),
    };
    match told {
        Ok(()) => {}
        Err(Stop::Failure(failure)) => xml.leaf("error", &[("code", failure.code())], &failure.text()),
        Err(Stop::Problem(problem)) => return Err(problem),
    }
    xml.close("OAI-PMH");
    let caching = answer::caching(&Actor::Anonymous, State::Published);
    let printed = Printed { content_type: "text/xml; charset=utf-8", body: xml.finish(), caching, revision: None };
    Ok(answer::printed_at(&req, &moment, printed))
}

impl<'a> Repository<'a> {
    fn of(app: &'a App, req: &HttpRequest) -> Result<Self, Problem> {
        let portal = Portal::of(app, req)?;
        let host: String =
            portal.host().chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') { c } else { '-' }).collect();
        let identifiers = format!("oai:{host}:document/");
        Ok(Self { app, portal, harvest: Harvest::of(&app.parts.documents), identifiers })
    }

    /// The beginning of every answer.
    fn begin(&self, moment: &str, attributes: &[(String, String)]) -> Xml {
        let mut xml = Xml::new();
        let schema = format!("{NAMESPACE} {NAMESPACE}OAI-PMH.xsd");
        xml.open("OAI-PMH", &[("xmlns", NAMESPACE), ("xmlns:xsi", INSTANCE), ("xsi:schemaLocation", &schema)]);
        xml.leaf("responseDate", &[], moment);
        let attributes: Vec<(&str, &str)> = attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        xml.leaf("request", &attributes, &self.portal.absolute("/oai"));
        xml
    }

    async fn answer(&self, asked: Asked, xml: &mut Xml) -> Result<(), Stop> {
        match asked {
            Asked::Identify => self.identify(xml).await,
            Asked::Formats(identifier) => self.formats(identifier.as_deref(), xml).await,
            Asked::Sets(after) => self.sets(after, xml).await,
            Asked::List(list) => self.list(list, xml).await,
            Asked::Record(identifier, format) => self.record(&identifier, format, xml).await,
        }
    }

    async fn identify(&self, xml: &mut Xml) -> Result<(), Stop> {
        let host = self.portal.host();
        let webmaster = || format!("webmaster@{}", if host.contains('.') { host } else { "localhost.localdomain" });
        xml.open("Identify", &[]);
        xml.leaf("repositoryName", &[], &self.portal.name.vi);
        xml.leaf("baseURL", &[], &self.portal.absolute("/oai"));
        xml.leaf("protocolVersion", &[], "2.0");
        xml.leaf("adminEmail", &[], &self.portal.email.clone().unwrap_or_else(webmaster));
        let span = self.harvest.span().await?;
        xml.leaf("earliestDatestamp", &[], &dates::print(span.map_or(kernel::Instant(0), |(first, _)| first)));
        xml.leaf("deletedRecord", &[], "persistent");
        xml.leaf("granularity", &[], "YYYY-MM-DDThh:mm:ssZ");
        xml.leaf("compression", &[], "gzip");
        xml.close("Identify");
        Ok(())
    }
}
