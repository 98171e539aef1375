//! One entry in another form than JSON: as a page, or as linked data.

use super::fields::Scene;
use super::html;
use super::portal::{Place, Portal};
use super::targets::{Looking, Media, Targets};
use super::{Format, words};
use crate::app::App;
use crate::auth::actor;
use crate::description::{Description, put};
use crate::problem::Problem;
use crate::resource::{Served, get};
use crate::rest::answer::{self, Printed};
use crate::rest::link::pairs;
use crate::rest::params::{Asked, Of, unknown};
use crate::rest::read::absent;
use actix_web::{HttpRequest, HttpResponse};
use content_types::{Definition, FieldKindDef};
use kernel::query::Projection;
use kernel::{Id, Language, Row, View};
use serde_json::{Value, json};

/// The parameters that a page takes.
pub(super) const PARAMETERS: [&str; 2] = ["state", "lang"];

/// An entry with all that its page shows.
pub(super) struct Entry<'a> {
    pub portal: &'a Portal,
    pub definition: &'a Definition,
    pub properties: &'a Row,
    pub row: &'a Row,
    pub scene: Scene<'a>,
    pub of: &'a str,
    pub id: &'a str,
    pub locale: &'a str,
    pub title: String,
    /// Where readers find it.
    pub address: String,
    pub languages: Vec<InLanguage>,
}

/// The same entry as it is published in a language.
pub(super) struct InLanguage {
    pub locale: String,
    /// Where readers find it.
    pub href: String,
    /// Its page here.
    pub own: String,
}

impl Entry<'_> {
    pub fn text(&self, name: &str) -> Option<&str> {
        self.row.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
    }

    /// Whether this is the edition that everybody sees.
    pub fn is_published(&self) -> bool {
        self.text("state") == Some("published")
    }

    /// Whether a property is a field of the type, not of every entry.
    pub fn is_own(&self, name: &str) -> bool {
        self.definition.field(name).is_some()
    }

    /// The same edition as JSON.
    pub fn data_address(&self) -> String {
        self.portal.absolute(&format!("/v1/content/{}/{}?lang={}", self.of, self.id, self.locale))
    }

    /// The picture that stands for it.
    pub fn image(&self) -> Option<&Media> {
        image(self.definition, self.row, self.scene.targets)
    }
}

/// The picture that stands for an entry: of the first field that holds one.
pub(super) fn image<'a>(definition: &Definition, row: &Row, targets: &'a Targets) -> Option<&'a Media> {
    let field = definition.fields().iter().find(|field| field.kind == FieldKindDef::Media && !field.many)?;
    targets.media(row.get(&field.name)?).filter(|media| media.kind == "image")
}

/// Answers an entry in a form.
pub(super) async fn answer(
    req: &HttpRequest,
    app: &App,
    served: &Served,
    (key, format): (&str, Format),
) -> Result<HttpResponse, Problem> {
    let catalog = app.parts.registry.now().clone();
    let description = served.description();
    let actor = actor(req);
    let given = pairs(req.query_string())?;
    if let Some((name, _)) = given.iter().find(|(name, _)| !PARAMETERS.contains(&name.as_str())) {
        return Err(unknown(name, &PARAMETERS));
    }
    let asked = Asked::read(&given, Of::One, served, &catalog)?;
    asked.authorise(&actor, served)?;
    let portal = Portal::of(app, req)?;
    let id = served.resource.by_key(key).await?.ok_or_else(Problem::not_found)?;
    let view = View {
        as_of: None,
        fields: Projection(description.field_names()),
        state: asked.state,
        lang: Language::from(asked.lang.clone()),
    };
    let Some(found) = get(served.resource.as_ref(), &actor, id, &view).await? else {
        return absent(served, id, asked.lang.as_ref()).await;
    };
    let of = app.parts.content.types.named(&description.name).ok_or_else(Problem::not_found)?;
    let locale = found.row.get("locale").and_then(Value::as_str).unwrap_or("vi");
    let looking = Looking { app, portal: &portal, actor: &actor, locale };
    let targets = Targets::load(&looking, &[(&of.definition, &found.row)]).await?;
    let entry = Entry {
        languages: languages(app, &portal, &of, id).await?,
        definition: &of.definition,
        properties: properties(description)?,
        scene: Scene { lang: words::lang(locale), locale, targets: &targets },
        of: &description.name,
        id: found.row.get("id").and_then(Value::as_str).unwrap_or_default(),
        title: of.definition.display_text(&found.row),
        address: portal.page(&description.name, &html::place(&found.row)),
        portal: &portal,
        row: &found.row,
        locale,
    };
    let json_ld = json_ld(&entry);
    let (content_type, body) = match format {
        Format::Html => ("text/html; charset=utf-8", html::page(&entry, &json_ld)),
        Format::JsonLd => ("application/ld+json", json_ld.to_string()),
    };
    let caching = answer::caching(&actor, asked.state);
    let mut answer = answer::printed(req, Printed { content_type, body, caching, revision: Some(found.revision) });
    if format == Format::Html {
        answer
            .headers_mut()
            .insert(actix_web::http::header::CONTENT_SECURITY_POLICY, html::POLICY.parse().map_err(|_| Problem::internal())?);
    }
    Ok(answer)
}

/// The properties of the rows of a resource.
pub(super) fn properties(description: &Description) -> Result<&Row, Problem> {
    description.schema.get("properties").and_then(Value::as_object).ok_or_else(Problem::internal)
}

async fn languages(app: &App, portal: &Portal, of: &content::ContentType, id: Id) -> Result<Vec<InLanguage>, Problem> {
    let addresses = app.parts.content.entries.addresses(of, &[id]).await?;
    let id = id.to_string();
    let name = of.definition.name();
    let language = |address: content::Address| {
        let place = Place { id: &id, locale: &address.locale, slug: Some(&address.slug) };
        InLanguage { href: portal.page(name, &place), own: portal.own_page(name, &place), locale: address.locale.clone() }
    };
    Ok(addresses.into_iter().map(language).collect())
}

/// What schema.org calls the entry, with addresses that hold anywhere.
fn json_ld(entry: &Entry<'_>) -> Value {
    let told = entry.row.get("sharing").and_then(|sharing| sharing.get("json_ld")).cloned();
    let mut ld = told.unwrap_or_else(|| json!({ "@context": "https://schema.org", "@type": "CreativeWork" }));
    let Some(members) = ld.as_object_mut() else { return ld };
    members.insert("@id".into(), format!("urn:uuid:{}", entry.id).into());
    members.insert("url".into(), entry.address.as_str().into());
    members.shift_remove("image");
    if let Some(image) = entry.image() {
        let mut object = json!({ "@type": "ImageObject", "url": image.url });
        let more = [("caption", image.caption.as_deref().or(image.alt.as_deref())), ("creditText", image.credit.as_deref())];
        if let Some(object) = object.as_object_mut() {
            object.extend(more.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))));
        }
        members.insert("image".into(), object);
    }
    let name = entry.portal.name.get(entry.scene.lang);
    let mut publisher = json!({ "@type": "GovernmentOrganization", "name": name });
    if let Some(url) = &entry.portal.url {
        put(&mut publisher, "url", url.as_str().into());
    }
    members.insert("publisher".into(), publisher);
    ld
}
