//! The issuing authority that an imported document names.

use super::told::refused;
use crate::content::{Faults, IssuerRef};
use crate::documents::resolve_issuer;
use crate::error::Error;
use crate::issuer::{IssuerContent, is_code};
use crate::issuers::{Context, Resolved, find, make};
use crate::store::issuers::{self as rows, Made};
use kernel::{Id, Row};
use serde_json::Value;
use store::{Refusal, WriteTxn};

/// An authority as it is told: its code is asked first, then its name, then its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ToldIssuer {
    /// The document has none.
    None,
    /// What is known of it.
    One { code: Option<String>, name: Option<String>, id: Option<String> },
}

impl ToldIssuer {
    /// Takes out of the fields what is told of the authority; `None` where nothing is.
    pub fn take(fields: &mut Row) -> Result<Option<Self>, Error> {
        let parts = [fields.remove("issuer"), fields.remove("issuer_code"), fields.remove("issuer_id")];
        if parts.iter().all(Option::is_none) {
            return Ok(None);
        }
        let [whole, code, id] = parts;
        let (mut name, mut own_code, mut own_id) = (None, None, None);
        match whole {
            None | Some(Value::Null) => {}
            Some(Value::String(told)) => name = Some(told),
            Some(Value::Object(told)) => {
                for (field, value) in told {
                    match field.as_str() {
                        "name" => name = line("/issuer/name", value)?,
                        "code" => own_code = line("/issuer/code", value)?,
                        "id" => own_id = line("/issuer/id", value)?,
                        // It is made of the name.
                        "slug" => {}
                        _ => return Err(refused(&format!("/issuer/{field}"), "invalid_field", "id, name, slug, code")),
                    }
                }
            }
            Some(_) => return Err(refused("/issuer", "invalid_field", "{\"name\": …}")),
        }
        let code = line("/issuer_code", code.unwrap_or_default())?.or(own_code);
        let id = line("/issuer_id", id.unwrap_or_default())?.or(own_id);
        if let Some(code) = code.as_deref().filter(|code| !is_code(code)) {
            return Err(refused("/issuer/code", "invalid_code", code));
        }
        let mut faults = Faults(Vec::new());
        faults.at_most("/issuer/name", name.as_ref(), 300);
        let name = faults.line("/issuer/name", name);
        if !faults.0.is_empty() {
            return Err(Error::Refused(Refusal::Invalid(faults.0)));
        }
        if code.is_none() && name.is_none() && id.is_none() {
            return Ok(Some(Self::None));
        }
        Ok(Some(Self::One { code, name, id }))
    }

    /// Finds the authority, or makes it where it is told by name.
    pub async fn resolve(&self, txn: &WriteTxn, context: &Context<'_>) -> Result<Option<Resolved>, Error> {
        let Self::One { code, name, id } = self else { return Ok(None) };
        if let Some(code) = code
            && let Some(found) = by_code(txn, code, name.as_deref()).await?
        {
            return Ok(Some(Resolved::Found(found)));
        }
        if let Some(name) = name {
            if let Some(resolved) = find(txn, name, context).await? {
                return Ok(Some(resolved));
            }
            let free = match code {
                Some(code) => rows::holder(txn.conn(), "code", code).await?.is_none(),
                None => false,
            };
            let content = IssuerContent { code: code.clone().filter(|_| free), ..IssuerContent::named(name.clone()) };
            let (Made::New(id) | Made::Existing(id)) = make(txn, &content).await?;
            return Ok(Some(Resolved::Found(id)));
        }
        match id.as_deref().map(|told| Id::parse(told).ok_or_else(|| refused("/issuer_id", "invalid_id", told))) {
            Some(id) => Ok(resolve_issuer(txn, IssuerRef::Id(id?), context).await?.map(Resolved::Found)),
            None => Err(refused("/issuer/code", "unknown_issuer", code.as_deref().unwrap_or_default())),
        }
    }
}

/// The authority of a code, unless it is told under a name that it never had: codes of another installation mean others.
async fn by_code(txn: &WriteTxn, code: &str, name: Option<&str>) -> Result<Option<Id>, Error> {
    let Some(id) = rows::holder(txn.conn(), "code", code).await? else { return Ok(None) };
    let Some(id) = rows::kept(txn.conn(), id).await? else { return Ok(None) };
    let Some(name) = name else { return Ok(Some(id)) };
    let namesakes = crate::store::naming::namesakes(txn.conn(), &kernel::text::name_key(name)).await?;
    Ok(namesakes.iter().any(|namesake| namesake.id == Some(id)).then_some(id))
}

fn line(pointer: &str, value: Value) -> Result<Option<String>, Error> {
    match value {
        Value::Null => Ok(None),
        Value::String(told) => Ok(Some(told)),
        _ => Err(refused(pointer, "invalid_field", "\"…\"")),
    }
}
