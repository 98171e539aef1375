//! What comes with the server as data: content types, and the dated rules of a province.

use crate::Failure;
use gateway::Content;
use include_dir::{Dir, include_dir};
use kernel::Call;
use policies::PolicyInput;
use serde::Deserialize;
use serde_json::Value;

static TYPES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../schema/content-types");
static POLICIES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../schema/policies");

/// The definitions of the content types that come with the server.
pub fn definitions() -> Result<Vec<Value>, Failure> {
    let mut definitions = Vec::new();
    for file in TYPES.files().filter(|file| file.path().extension().is_some_and(|extension| extension == "json")) {
        let definition =
            serde_json::from_slice(file.contents()).map_err(|error| format!("{}: {error}", file.path().display()))?;
        definitions.push(definition);
    }
    Ok(definitions)
}

/// Adds the content types that are not there yet; those that are stay as the operator has made them.
pub async fn content_types(content: &Content) -> Result<(), Failure> {
    let added = content.types.seed(&Call::operator(), &definitions()?).await.map_err(|error| told(&error))?;
    content.refresh().await?;
    if added > 0 {
        tracing::info!(added, "content types added");
    }
    Ok(())
}

/// A province's file of dated rules.
#[derive(Deserialize)]
struct Province {
    province: String,
    /// What the portal is called and where its pages are.
    portal: Option<Value>,
    rows: Vec<Row>,
}

impl Province {
    /// The portal as a rule: in force since the first of the others is, on the basis of the first.
    fn portal(&self) -> Option<PolicyInput> {
        Some(PolicyInput {
            province: self.province.clone(),
            name: "portal".to_owned(),
            scope: None,
            value: self.portal.clone()?,
            effective_from: self.rows.iter().map(|row| &row.effective_from).min()?.clone(),
            effective_to: None,
            legal_basis: self.rows.first()?.legal_basis.clone(),
            verified: false,
        })
    }
}

#[derive(Deserialize)]
struct Row {
    name: String,
    scope: Option<String>,
    value: Value,
    effective_from: String,
    effective_to: Option<String>,
    legal_basis: String,
    #[serde(default)]
    verified: bool,
}

/// Enters the rules of a province that are not there yet: one of those that come with the server, or a file.
pub async fn policies(content: &Content, province: &str) -> Result<(), Failure> {
    let bytes = match POLICIES.get_file(format!("{province}.json")) {
        Some(file) => file.contents().to_vec(),
        None => std::fs::read(province).map_err(|error| format!("the policy file {province}: {error}"))?,
    };
    let file: Province = serde_json::from_slice(&bytes).map_err(|error| format!("the policy file {province}: {error}"))?;
    let portal = file.portal();
    let rows = file.rows.into_iter().map(|row| PolicyInput {
        province: file.province.clone(),
        name: row.name,
        scope: row.scope,
        value: row.value,
        effective_from: row.effective_from,
        effective_to: row.effective_to,
        legal_basis: row.legal_basis,
        verified: row.verified,
    });
    let added = content
        .policies
        .seed(&Call::operator(), &file.province, rows.chain(portal).collect())
        .await
        .map_err(|error| told(&error))?;
    if added > 0 {
        tracing::info!(added, province = file.province, "dated rules entered");
    }
    Ok(())
}

/// A refusal with the fields it concerns.
fn told(error: &impl kernel::Fault) -> String {
    let fields = error.fields();
    let fields = fields.iter().map(|fault| format!("{}: {}", fault.pointer, fault.text.en)).collect::<Vec<_>>().join("; ");
    if fields.is_empty() { error.to_string() } else { format!("{error}: {fields}") }
}
