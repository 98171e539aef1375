//! What is in the catalogue: legal documents, issuing authorities, issues of the gazette, and every content type, each in all
//! forms in which it can be had over HTTP, and the services that give them.

use super::PATH;
use super::changes::changes;
use super::graph::{Node, Said};
use crate::app::App;
use crate::description::{Description, Editions, Readers};
use crate::pages::Portal;
use crate::problem::Problem;
use crate::resource::Served;
use kernel::Text;
use std::sync::Arc;

const REST: &str = "/v1";
const OPENAPI: &str = "/openapi.json";
const GRAPHQL: &str = "/graphql";
const SDL: &str = "/schema.graphql";
const OAI: &str = "/oai";
const OAI_IDENTIFY: &str = "/oai?verb=Identify";
const OAI_DUBLIN_CORE: &str = "/oai?verb=ListRecords&metadataPrefix=oai_dc";
const OAI_AKOMA_NTOSO: &str = "/oai?verb=ListRecords&metadataPrefix=akn";

const OPENAPI_STANDARD: &str = "https://spec.openapis.org/oas/v3.1.0";
const GRAPHQL_STANDARD: &str = "https://spec.graphql.org/October2021/";
const OAI_STANDARD: &str = "http://www.openarchives.org/OAI/2.0/";
const DUBLIN_CORE_STANDARD: &str = "http://www.openarchives.org/OAI/2.0/oai_dc/";
const AKOMA_NTOSO_STANDARD: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";
const ATOM_STANDARD: &str = "https://www.rfc-editor.org/rfc/rfc4287";
const MEDIA_TYPES: &str = "https://www.iana.org/assignments/media-types/";
const LANGUAGES: [&str; 2] = [
    "http://publications.europa.eu/resource/authority/language/VIE",
    "http://publications.europa.eu/resource/authority/language/ENG",
];

/// A form in which a dataset can be had.
struct Form {
    name: &'static str,
    title: Text,
    address: String,
    media_type: &'static str,
    standard: String,
    /// The service that gives it.
    service: Option<&'static str>,
}

/// The catalogue of one request.
struct Catalogue<'a> {
    portal: &'a Portal,
    /// Where its resources are named: `…/dcat#`.
    here: String,
}

/// The whole graph.
pub(super) async fn graph(app: &App, portal: &Portal) -> Result<Vec<Node>, Problem> {
    let catalog = app.parts.registry.now().clone();
    let resources: Vec<Arc<Served>> = catalog.resources.iter().filter(|served| is_data(served.description())).cloned().collect();
    let changed = changes(app, &resources).await?;
    let at = |name: &str| changed.get(name).filter(|at| !at.is_empty()).cloned();
    let catalogue = Catalogue { portal, here: format!("{}#", portal.absolute(PATH)) };
    let last = changed.values().max().filter(|at| !at.is_empty()).cloned();
    let mut graph = vec![catalogue.whole(&resources, last), catalogue.publisher()];
    graph.extend(catalogue.contact());
    for served in &resources {
        let description = served.description();
        let title = match app.parts.content.types.named(&description.name) {
            Some(of) => of.definition.title().clone(),
            None => Text::new(capital(&description.title.vi), capital(&description.title.en)),
        };
        let forms = catalogue.forms(description);
        graph.push(catalogue.dataset((description, &title), &forms, at(&description.name)));
        graph.extend(forms.iter().map(|form| catalogue.distribution((description, &title), form)));
    }
    graph.extend(catalogue.services(&resources));
    Ok(graph)
}

/// Whether a resource is data for everybody.
fn is_data(description: &Description) -> bool {
    let built_in = matches!(description.name.as_str(), "document" | "issuer" | "gazette");
    description.readers == Readers::Everybody && (built_in || description.editions == Editions::Localized)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

impl Catalogue<'_> {
    fn named(&self, name: &str) -> String {
        format!("{}{name}", self.here)
    }

    fn resource(&self, name: &str) -> Said {
        Said::resource(self.named(name))
    }

    fn address(&self, path: &str) -> Said {
        Said::resource(self.portal.absolute(path))
    }

    fn licence(&self) -> Option<Said> {
        self.portal.licence.as_ref().map(Said::resource)
    }

    fn whole(&self, resources: &[Arc<Served>], changed: Option<String>) -> Node {
        let name = &self.portal.name;
        let title = Text::new(format!("Dữ liệu mở – {}", name.vi), format!("Open data – {}", name.en));
        let about = Text::new(
            format!("Văn bản, công báo và nội dung đã công bố của {}, đọc được bằng máy.", name.vi),
            format!("Legal documents, official gazettes and content published by {}, machine-readable.", name.en),
        );
        Node::new(self.portal.absolute(PATH), "dcat:Catalog")
            .in_words("dct:title", &title)
            .in_words("dct:description", &about)
            .say("dct:publisher", self.resource("publisher"))
            .say_all("dct:language", LANGUAGES.map(Said::resource))
            .say_all("dct:license", self.licence())
            .say_all("dct:modified", changed.map(Said::Moment))
            .say_all("foaf:homepage", self.portal.url.as_ref().map(Said::resource))
            .say_all("dcat:dataset", resources.iter().map(|served| self.resource(&served.description().plural)))
            .say_all("dcat:service", ["rest", "graphql", "oai"].map(|name| self.resource(name)))
    }

    fn publisher(&self) -> Node {
        let node = Node::new(self.named("publisher"), "foaf:Agent").in_words("foaf:name", &self.portal.name);
        node.say_all("foaf:homepage", self.portal.url.as_ref().map(Said::resource))
    }

    fn contact(&self) -> Option<Node> {
        let email = self.portal.email.as_ref()?;
        let node = Node::new(self.named("contact"), "vcard:Organization").in_words("vcard:fn", &self.portal.name);
        Some(node.say("vcard:hasEmail", Said::resource(format!("mailto:{email}"))))
    }

    fn dataset(&self, (of, title): (&Description, &Text), forms: &[Form], changed: Option<String>) -> Node {
        let about = Text::new(
            format!("Toàn bộ {} đã công bố.", title.vi.to_lowercase()),
            format!("Everything that is published of {}.", title.en.to_lowercase()),
        );
        Node::new(self.named(&of.plural), "dcat:Dataset")
            .in_words("dct:title", title)
            .in_words("dct:description", &about)
            .say("dct:publisher", self.resource("publisher"))
            .say_all("dcat:contactPoint", self.portal.email.as_ref().map(|_| self.resource("contact")))
            .say_all("dct:license", self.licence())
            .say_all("dct:modified", changed.map(Said::Moment))
            .say("dcat:landingPage", self.address("/docs"))
            .say_all("dcat:distribution", forms.iter().map(|form| self.resource(&format!("{}-{}", of.plural, form.name))))
    }

    /// The forms in which a dataset can be had.
    fn forms(&self, of: &Description) -> Vec<Form> {
        let mut forms = vec![Form {
            name: "json",
            title: Text::new("Danh sách JSON theo trang", "List as JSON, in pages"),
            address: of.path.clone(),
            media_type: "application/json",
            standard: self.portal.absolute(OPENAPI),
            service: Some("rest"),
        }];
        if of.editions.has_drafts() {
            forms.push(Form {
                name: "atom",
                title: Text::new("Nguồn tin Atom", "Atom feed"),
                address: format!("/feeds/{}/{}.atom", self.portal.slug, of.name),
                media_type: "application/atom+xml",
                standard: ATOM_STANDARD.to_owned(),
                service: None,
            });
        }
        if of.name == "document" {
            let oai = |name, title, address: &str, standard: &str| Form {
                name,
                title,
                address: address.to_owned(),
                media_type: "text/xml",
                standard: standard.to_owned(),
                service: Some("oai"),
            };
            let dublin_core = Text::new("OAI-PMH, Dublin Core", "OAI-PMH, Dublin Core");
            let akoma_ntoso = Text::new("OAI-PMH, Akoma Ntoso, có toàn văn", "OAI-PMH, Akoma Ntoso with the whole text");
            forms.push(oai("oai-dc", dublin_core, OAI_DUBLIN_CORE, DUBLIN_CORE_STANDARD));
            forms.push(oai("akn", akoma_ntoso, OAI_AKOMA_NTOSO, AKOMA_NTOSO_STANDARD));
        }
        forms
    }

    fn distribution(&self, (of, title): (&Description, &Text), form: &Form) -> Node {
        let title = Text::new(format!("{} – {}", title.vi, form.title.vi), format!("{} – {}", title.en, form.title.en));
        Node::new(self.named(&format!("{}-{}", of.plural, form.name)), "dcat:Distribution")
            .in_words("dct:title", &title)
            .say("dcat:accessURL", self.address(&form.address))
            .say("dcat:mediaType", Said::resource(format!("{MEDIA_TYPES}{}", form.media_type)))
            .say("dct:conformsTo", Said::resource(&form.standard))
            .say_all("dct:license", self.licence())
            .say_all("dcat:accessService", form.service.map(|name| self.resource(name)))
    }

    fn services(&self, resources: &[Arc<Served>]) -> [Node; 3] {
        let all = || resources.iter().map(|served| self.resource(&served.description().plural));
        let service = |name, title: &str, endpoint, told, standard| {
            Node::new(self.named(name), "dcat:DataService")
                .in_words("dct:title", &Text::new(title, title))
                .say("dct:publisher", self.resource("publisher"))
                .say_all("dct:license", self.licence())
                .say("dcat:endpointURL", self.address(endpoint))
                .say("dcat:endpointDescription", self.address(told))
                .say("dct:conformsTo", Said::resource(standard))
        };
        [
            service("rest", "REST", REST, OPENAPI, OPENAPI_STANDARD)
                .say("dct:conformsTo", self.address(OPENAPI))
                .say_all("dcat:servesDataset", all()),
            service("graphql", "GraphQL", GRAPHQL, SDL, GRAPHQL_STANDARD).say_all("dcat:servesDataset", all()),
            service("oai", "OAI-PMH 2.0", OAI, OAI_IDENTIFY, OAI_STANDARD).say("dcat:servesDataset", self.resource("documents")),
        ]
    }
}
