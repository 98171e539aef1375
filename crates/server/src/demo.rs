//! Sample content of a fictional province, entered by the ordinary verbs.

use content::{Acting, Action, ContentType, Target};
use documents::{Documents, Outcome, Source, State};
use gateway::Content;
use include_dir::{Dir, include_dir};
use jobs::Wake;
use kernel::{Call, Found, Id, Locale, Revision, Row};
use serde_json::Value;

static DOCUMENTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../schema/demo/documents");

static ENTRIES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../schema/demo/entries");

/// Enters the samples; those that are there already stay as they are.
pub async fn fill(documents: Documents, content: Content, wake: Wake) {
    fill_documents(documents).await;
    wake.wake();
    match fill_entries(&content).await {
        Ok(0) => {}
        Ok(entered) => tracing::info!(entered, "sample entries of a fictional province entered"),
        Err(error) => tracing::warn!(%error, "the sample entries were not all entered"),
    }
    wake.wake();
}

/// The id of a sample: always the same, so that it is entered once.
fn sample_id(content_type: &str, at: usize) -> Id {
    let name = format!("congkhai demo {content_type}/{at}");
    Id::of_name(&name)
}

/// `@official/2` is the id of the third sample of that type.
fn resolved(value: &Value) -> Value {
    match value {
        Value::String(text) => {
            let reference = text.strip_prefix('@').and_then(|text| text.split_once('/'));
            match reference.and_then(|(of, at)| Some(sample_id(of, at.parse().ok()?))) {
                Some(id) => id.to_string().into(),
                None => value.clone(),
            }
        }
        Value::Array(items) => items.iter().map(resolved).collect(),
        Value::Object(row) => Value::Object(row.iter().map(|(name, value)| (name.clone(), resolved(value))).collect()),
        other => other.clone(),
    }
}

/// Enters and publishes the sample entries, and their translations, by the ordinary verbs.
async fn fill_entries(content: &Content) -> Result<usize, content::Error> {
    let call = Call::operator();
    let mut waiting: Vec<(String, usize, Row)> = Vec::new();
    for file in ENTRIES.files() {
        let of = file.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let samples: Vec<Row> = serde_json::from_slice(file.contents()).unwrap_or_default();
        waiting.extend(samples.into_iter().enumerate().map(|(at, sample)| (of.clone(), at, sample)));
    }
    let mut entered = 0;
    // What others refer to comes first: those that cannot be entered yet wait for the next round.
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut left = Vec::new();
        let mut reason = None;
        for (of, at, sample) in waiting {
            let Some(known) = content.types.named(&of) else { continue };
            let mut input = match resolved(&Value::Object(sample.clone())) {
                Value::Object(input) => input,
                _ => continue,
            };
            let translations = input.remove("translations");
            match content.entries.put(&known, &call, sample_id(&of, at), input).await {
                Ok((_, false)) | Err(content::Error::IdTaken) => {}
                Ok((made, true)) => {
                    publish(content, &known, made, translations).await?;
                    entered += 1;
                }
                Err(error) => {
                    reason = kernel::Fault::fields(&error)
                        .first()
                        .map(|fault| format!("{of}/{at}{}: {}", fault.pointer, fault.text.en));
                    left.push((of, at, sample));
                }
            }
        }
        if left.len() == before {
            tracing::warn!(left = left.len(), reason, "sample entries cannot be entered");
            break;
        }
        waiting = left;
    }
    Ok(entered)
}

async fn publish(content: &Content, of: &ContentType, made: Found, translations: Option<Value>) -> Result<(), content::Error> {
    let call = Call::operator();
    let entries = &content.entries;
    let Some(id) = made.row.get("id").and_then(|id| Id::parse(id.as_str()?)) else { return Ok(()) };
    let mut seen = made.revision;
    let act = async |seen: Revision, lang: Option<Locale>, action: Action, with: Row| {
        let acting = Acting { action, comment: None, with };
        entries.act(of, &call, Target { id, seen, lang }, acting).await.map(|found| found.revision)
    };
    let mut actions = vec![Action::Submit];
    actions.extend(of.definition.stages().contains(&content_types::Stage::InReview).then_some(Action::Review));
    actions.extend([Action::Approve, Action::Publish]);
    for action in &actions {
        seen = act(seen, None, *action, Row::new()).await?;
    }
    let Some(Value::Object(translations)) = translations else { return Ok(()) };
    for (tag, patch) in translations {
        let (Some(locale), Value::Object(patch)) = (Locale::parse(&tag), patch) else { continue };
        let mut with = Row::new();
        with.insert("locale".into(), tag.into());
        seen = act(seen, None, Action::Translate, with).await?;
        let target = Target { id, seen, lang: Some(locale.clone()) };
        seen = entries.revise(of, &call, target, patch).await?.revision;
        for action in &actions {
            seen = act(seen, Some(locale.clone()), *action, Row::new()).await?;
        }
    }
    Ok(())
}

async fn fill_documents(documents: Documents) {
    let mut entered = 0;
    for file in DOCUMENTS.files() {
        let name = file.path().to_string_lossy().into_owned();
        let source = Source { name: name.clone(), bytes: file.contents().into(), state: State::Published };
        match documents.import(&Call::operator(), source).await {
            Ok(import) if import.outcome != Outcome::Unchanged => entered += 1,
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, file = name, "a sample document was not entered"),
        }
    }
    if entered > 0 {
        tracing::info!(entered, "sample documents of a fictional province entered");
    }
}
