//! Two versions of a document compared, provision by provision.

use super::expression::version_on;
use super::rows::{DocumentVersion, blocking, row_of};
use crate::Error;
use crate::documents::Documents;
use kernel::{Actor, Id, Locale, Row, print_date};
use legal_text::Change;
use serde::Serialize;
use serde_json::Value;
use time::Date;
use utoipa::ToSchema;

/// What is different between two versions of a document.
#[derive(Debug, Serialize, ToSchema)]
#[schema(title = "DocumentComparison")]
pub struct Comparison {
    /// Always `comparison`.
    pub r#type: &'static str,
    /// The document.
    #[schema(format = "uuid")]
    pub document_id: String,
    /// The older version.
    pub from: DocumentVersion,
    /// The newer version.
    pub to: DocumentVersion,
    /// How many provisions were added.
    pub added: usize,
    /// How many were removed.
    pub removed: usize,
    /// How many have other words.
    pub changed: usize,
    /// How many have another number or place.
    pub moved: usize,
    /// The provisions that are different, in the order of the newer version: `eid old_eid kind num heading change old new parts`.
    pub differences: Vec<Value>,
}

impl Documents {
    /// Compares the versions of two days: the first and that of today, where none are told.
    pub async fn comparison(
        &self,
        actor: &Actor,
        id: Id,
        days: (Option<Date>, Option<Date>),
        lang: Option<&Locale>,
    ) -> Result<Option<Row>, Error> {
        let Some(history) = self.history(actor, id, lang).await? else { return Ok(None) };
        let from = days.0.map_or(Ok(0), |day| version_on(&history, &print_date(day)))?;
        let to = version_on(&history, &print_date(days.1.unwrap_or_else(|| self.clock.today())))?;
        let work = move || {
            let (old, new) = (history.versions.get(from)?, history.versions.get(to)?);
            let sides = [old, new].map(|version| legal_text::Version { text: &version.text, read: &version.read });
            let [before, after] = sides;
            let all = legal_text::compare(before, after);
            let count = |change: Change| all.iter().filter(|one| one.change == change).count();
            let differences = all.iter().filter(|one| one.change != Change::Same);
            Some(row_of(&Comparison {
                r#type: "comparison",
                document_id: id.to_string(),
                from: DocumentVersion::of(&history, old),
                to: DocumentVersion::of(&history, new),
                added: count(Change::Added),
                removed: count(Change::Removed),
                changed: count(Change::Changed),
                moved: count(Change::Moved),
                differences: differences.filter_map(|one| serde_json::to_value(one).ok()).collect(),
            }))
        };
        blocking(work).await?.ok_or(Error::NoText).map(Some)
    }
}
