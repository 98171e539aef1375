//! Making an edition the one that everybody sees.

use crate::store::editions::{self, Edition, Entry};
use crate::types::ContentType;
use crate::writing::step;
use crate::{Entries, Error, State, paths, unpublishing};
use kernel::{FieldFault, Id, Text};
use serde_json::{Value, json};
use store::WriteTxn;

impl Entries {
    /// What stands against publishing an edition: what a published one must have, and who decides on
    /// advertising (C-20). One that is published by link needs no more than its title (C-32).
    pub(crate) fn unpublishable(&self, of: &ContentType, edition: &Edition) -> Vec<FieldFault> {
        let mut faults = of.definition.publishable(&edition.data);
        if edition.credits.link_url.is_some() {
            let title = format!("/{}", of.definition.display());
            faults.retain(|fault| fault.pointer == title);
        }
        let says = |name: &str, value: Value| edition.data.get(name) == Some(&value);
        let advertising = says("purpose", json!("advertising")) || says("paid", json!(true));
        let rule = self.policies.value("advertising", Some(of.definition.name()));
        if advertising && rule.is_some_and(|rule| rule == "forbidden") {
            let text =
                Text::new("quy chế của tỉnh cấm quảng cáo có thu phí", "the province's regulation forbids paid advertising");
            faults.push(FieldFault::new("/purpose", "advertising_forbidden", text));
        }
        faults
    }

    /// Makes an approved edition the live one of its language.
    pub(crate) async fn make_live(
        &self,
        txn: &WriteTxn,
        of: &ContentType,
        (entry, edition): (&mut Entry, &Edition),
        (action, comment): (&str, Option<&str>),
    ) -> Result<(), Error> {
        let now = txn.now();
        editions::advance(txn, entry).await?;
        let present = editions::present(txn.conn(), entry.id).await?;
        let mut first = edition.published_at;
        if let Some(old) = present.iter().find(|known| known.live && known.locale == edition.locale) {
            first = first.or(old.published_at);
            editions::place(txn, &Edition { live: false, ..old.clone() }).await?;
        }
        let live =
            Edition { live: true, state: State::Published, published_at: first.or(Some(now)), assignee: None, ..edition.clone() };
        editions::place(txn, &live).await?;
        if !edition.working {
            // It was put aside while it waited for its time: its values went with its flags.
            crate::store::values::clear(txn.conn(), live.id, None).await?;
            let of_edition = editions::of(entry, &live);
            crate::store::values::write(txn.conn(), &of_edition, (&of.definition, &live.data), None).await?;
            editions::stamp(txn, entry).await?;
        }
        paths::published(txn, of, &live).await?;
        unpublishing::end(txn, entry.id, &live.locale).await?;
        if live.source {
            let others: Vec<&Edition> = present.iter().filter(|known| !known.source).collect();
            self.share(txn, of, (entry, &live), &others).await?;
        }
        step(txn, &live, (action, Some(edition.state), comment), json!({})).await
    }

    /// Carries what all languages share from a newly published original into its translations, and marks
    /// them as outdated (C-35).
    async fn share(
        &self,
        txn: &WriteTxn,
        of: &ContentType,
        (entry, original): (&Entry, &Edition),
        translations: &[&Edition],
    ) -> Result<(), Error> {
        let shared = of.definition.shared(&original.data);
        let is_shared = |name: &str| {
            of.definition
                .fields()
                .iter()
                .any(|field| !field.localizable && field.stored_names().iter().any(|stored| stored == name))
        };
        for old in translations {
            let mut data = old.data.clone();
            data.retain(|name, _| !is_shared(name));
            data.extend(shared.clone());
            // Key order is no difference.
            if data == old.data {
                editions::place(txn, &Edition { outdated: true, ..(*old).clone() }).await?;
                continue;
            }
            editions::place(txn, &Edition { live: false, working: false, ..(*old).clone() }).await?;
            let next = Edition {
                id: Id::new(txn.now()),
                number: editions::last_number(txn.conn(), entry.id, &old.locale).await? + 1,
                data,
                outdated: true,
                ..(*old).clone()
            };
            editions::insert(txn, entry, &of.definition, &next).await?;
            step(txn, &next, ("share", Some(old.state), None), json!({ "from_version": original.number })).await?;
        }
        Ok(())
    }
}
