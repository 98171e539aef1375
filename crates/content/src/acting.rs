//! The actions of the workflow (C-30).

use crate::entries::Target;
use crate::policy::{four_eyes, permission};
use crate::state::Review;
use crate::store::editions::{self, Edition, Entry, Which};
use crate::types::ContentType;
use crate::unpublishing::Reason;
use crate::writing::{record, step, working};
use crate::{Action, Entries, Error, State, paths, schedules, violations};
use kernel::{Call, FieldFault, Found, Id, Instant, Locale, Row, Text, text};
use serde_json::{Value, json};
use store::{Refusal, WriteTxn};

/// An action with what the caller says about it.
#[derive(Debug, Clone)]
pub struct Acting {
    /// The action.
    pub action: Action,
    /// Why.
    pub comment: Option<String>,
    /// What the action takes besides.
    pub with: Row,
}

impl Acting {
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let given = self.with.get(name).and_then(Value::as_str).map(text::nfc);
        given.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    pub(crate) fn id(&self, name: &str) -> Option<Id> {
        self.text(name).and_then(|id| Id::parse(&id))
    }

    fn reason(&self, entry: &Entry) -> Result<Reason, Error> {
        let reason = Reason {
            explanation: self.text("explanation"),
            redirect_to: self.text("redirect_to"),
            ground: None,
            violation: None,
        };
        match reason.redirect_to.as_deref() {
            Some(to) if to.contains(&entry.id.to_string()) => {
                Err(Error::field("/redirect_to", "leads_to_itself", ("dẫn về chính bài này", "leads to the entry itself")))
            }
            // A path that begins with two slashes is another host.
            Some(to) if to.starts_with("//") || to.contains('\\') => Err(Error::field(
                "/redirect_to",
                "invalid_url",
                ("không phải địa chỉ dẫn đến được", "not an address to send readers to"),
            )),
            _ => Ok(reason),
        }
    }

    fn at(&self, now: Instant) -> Result<Instant, Error> {
        let given = self.text("at").ok_or_else(|| Error::field("/at", "required", ("cần thời điểm", "a moment is asked for")))?;
        let at = Instant::parse(&given)
            .ok_or_else(|| Error::field("/at", "invalid_format", ("không phải thời điểm RFC 3339", "not an RFC 3339 moment")))?;
        if at <= now {
            return Err(Error::field("/at", "in_the_past", ("phải ở tương lai", "must be in the future")));
        }
        Ok(at)
    }
}

impl Entries {
    /// Performs an action on the edition that is meant.
    pub async fn act(&self, of: &ContentType, call: &Call, target: Target, acting: Acting) -> Result<Found, Error> {
        Refusal::unless(&call.actor, permission(acting.action))?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        crate::types::unchanged(&txn, of).await?;
        let mut entry = editions::lock(&txn, of.id, target.id).await?;
        let edition = working(&txn, &entry, &target).await?;
        let locale = self.perform(&txn, of, (&mut entry, edition), (&target, &acting)).await?;
        self.finish(txn, of, target.id, &locale).await
    }

    /// The language whose working edition is the answer.
    async fn perform(
        &self,
        txn: &WriteTxn,
        of: &ContentType,
        (entry, edition): (&mut Entry, Edition),
        (target, acting): (&Target, &Acting),
    ) -> Result<String, Error> {
        let comment = acting.comment.as_deref();
        let locale = edition.locale.clone();
        match acting.action {
            Action::Submit => self.review(txn, of, (entry, edition), (Review::Submit, acting)).await?,
            Action::Review => self.review(txn, of, (entry, edition), (Review::Begin, acting)).await?,
            Action::Approve => self.review(txn, of, (entry, edition), (Review::Approve, acting)).await?,
            Action::Reject => self.review(txn, of, (entry, edition), (Review::Reject, acting)).await?,
            Action::Publish => {
                self.ready(of, &edition, acting.action)?;
                schedules::cancel(txn, edition.entry, Some(&edition)).await?;
                self.make_live(txn, of, (entry, &edition), ("publish", comment)).await?;
                record(txn, of, entry, ("published", comment)).await?;
            }
            Action::Schedule => self.schedule(txn, of, (entry, &edition), acting).await?,
            Action::Unschedule => {
                if schedules::cancel_language(txn, edition.entry, &locale).await? == 0 {
                    return Err(Error::WrongState { action: "unschedule", state: edition.state.as_str() });
                }
                editions::advance(txn, entry).await?;
                step(txn, &edition, ("unschedule", Some(edition.state), comment), json!({})).await?;
                record(txn, of, entry, ("updated", comment)).await?;
            }
            Action::Withdraw => {
                let live = self.live(txn, entry, (&locale, acting.action, &edition)).await?;
                editions::advance(txn, entry).await?;
                let reason = acting.reason(entry)?;
                self.make_unlive(txn, (entry, &live), &reason, ("withdraw", comment)).await?;
                record(txn, of, entry, ("withdrawn", comment)).await?;
            }
            Action::Takedown => self.take_down(txn, of, (entry, &edition), (target, acting)).await?,
            Action::Assign => {
                let assignee = acting.id("assignee_id");
                editions::advance(txn, entry).await?;
                editions::place(txn, &Edition { assignee, ..edition.clone() }).await?;
                let details = json!({ "assignee_id": assignee.map(|id| id.to_string()) });
                step(txn, &edition, ("assign", Some(edition.state), comment), details).await?;
                record(txn, of, entry, ("updated", comment)).await?;
            }
            Action::Comment => {
                if comment.is_none_or(|comment| comment.trim().is_empty()) {
                    return Err(Error::field("/comment", "required", ("cần lời bình", "a comment is asked for")));
                }
                editions::advance(txn, entry).await?;
                step(txn, &edition, ("comment", Some(edition.state), comment), json!({})).await?;
                record(txn, of, entry, ("updated", comment)).await?;
            }
            Action::Translate => return self.translate(txn, of, entry, acting).await,
            Action::Send => self.send(txn, of, (entry, &edition), acting).await?,
            Action::Discard => {
                let live = self.live(txn, entry, (&locale, acting.action, &edition)).await?;
                if live.id == edition.id {
                    return Err(Error::WrongState { action: "discard", state: edition.state.as_str() });
                }
                schedules::cancel(txn, edition.entry, Some(&edition)).await?;
                editions::advance(txn, entry).await?;
                editions::put_aside(txn, &edition).await?;
                let back = Edition { working: true, ..live };
                editions::place(txn, &back).await?;
                paths::published(txn, of, &back).await?;
                step(txn, &back, ("discard", Some(edition.state), comment), json!({ "version": edition.number })).await?;
                record(txn, of, entry, ("updated", comment)).await?;
            }
            Action::Restore => self.restore(txn, of, (entry, &edition), acting).await?,
        }
        Ok(locale)
    }

    async fn review(
        &self,
        txn: &WriteTxn,
        of: &ContentType,
        (entry, edition): (&mut Entry, Edition),
        (review, acting): (Review, &Acting),
    ) -> Result<(), Error> {
        let name = of.definition.name();
        let mut details = json!({});
        if review == Review::Approve && self.policies.value("four-eyes", Some(name)) != Some(Value::Bool(false)) {
            four_eyes(&txn.call().actor, &edition.contributors)?;
        }
        let wrong = Error::WrongState { action: acting.action.as_str(), state: edition.state.as_str() };
        let state = edition.state.after(review, of.definition.stages()).ok_or(wrong)?;
        match review {
            Review::Submit => {
                let faults = self.unpublishable(of, &edition);
                if !faults.is_empty() {
                    return Err(Error::invalid(faults));
                }
            }
            Review::Approve => details = self.confirmed(name, acting)?,
            Review::Reject if acting.comment.as_deref().is_none_or(|comment| comment.trim().is_empty()) => {
                return Err(Error::field("/comment", "required", ("cần nêu lý do", "a reason is asked for")));
            }
            Review::Begin | Review::Reject => {}
        }
        if review == Review::Reject {
            schedules::cancel(txn, edition.entry, Some(&edition)).await?;
        }
        editions::advance(txn, entry).await?;
        let next = Edition { state, ..edition.clone() };
        editions::place(txn, &next).await?;
        step(txn, &next, (acting.action.as_str(), Some(edition.state), acting.comment.as_deref()), details).await?;
        record(txn, of, entry, ("updated", acting.comment.as_deref())).await
    }

    /// What the approval confirms. Where the rule asks for it in so many words, every point has to be
    /// named; else approving is confirming, and the points stand in the record either way.
    fn confirmed(&self, of: &str, acting: &Acting) -> Result<Value, Error> {
        let Some(rule) = self.policies.value("approval-checklist", Some(of)) else { return Ok(json!({})) };
        let items = rule.get("items").and_then(Value::as_array);
        let codes: Vec<&str> = items.into_iter().flatten().filter_map(|item| item.get("code")?.as_str()).collect();
        let named: Option<Vec<&str>> =
            acting.with.get("confirmed").and_then(Value::as_array).map(|codes| codes.iter().filter_map(Value::as_str).collect());
        let explicit = rule.get("explicit").and_then(Value::as_bool).unwrap_or(false);
        if explicit || named.is_some() {
            let named = named.unwrap_or_default();
            let missing: Vec<&str> = codes.iter().filter(|code| !named.contains(code)).copied().collect();
            if !missing.is_empty() {
                let missing = missing.join(", ");
                let text = Text::new(format!("cần xác nhận: {missing}"), format!("these points have to be confirmed: {missing}"));
                return Err(Error::invalid(vec![FieldFault::new("/confirmed", "not_confirmed", text)]));
            }
        }
        Ok(json!({ "confirmed": codes }))
    }

    /// Refuses to publish what is not approved or not complete.
    pub(crate) fn ready(&self, of: &ContentType, edition: &Edition, action: Action) -> Result<(), Error> {
        if edition.state != State::Approved {
            return Err(Error::WrongState { action: action.as_str(), state: edition.state.as_str() });
        }
        let faults = self.unpublishable(of, edition);
        if faults.is_empty() { Ok(()) } else { Err(Error::invalid(faults)) }
    }

    async fn live(
        &self,
        txn: &WriteTxn,
        entry: &Entry,
        (locale, action, edition): (&str, Action, &Edition),
    ) -> Result<Edition, Error> {
        let live = editions::one(txn.conn(), entry.id, locale, Which::Live).await?;
        live.ok_or(Error::WrongState { action: action.as_str(), state: edition.state.as_str() })
    }

    async fn schedule(
        &self,
        txn: &WriteTxn,
        of: &ContentType,
        (entry, edition): (&mut Entry, &Edition),
        acting: &Acting,
    ) -> Result<(), Error> {
        let at = acting.at(txn.now())?;
        let then = if acting.text("then").as_deref() == Some("withdraw") { Action::Withdraw } else { Action::Publish };
        let (edition, reason) = match then {
            Action::Withdraw => {
                // What goes out of sight is what is, or will be by then, the live edition: the language counts.
                let live = editions::one(txn.conn(), entry.id, &edition.locale, Which::Live).await?;
                let coming = schedules::pending(txn, entry.id, &edition.locale, Action::Publish).await?;
                if live.is_none() && coming.is_none_or(|coming| coming >= at) {
                    return Err(Error::WrongState { action: "schedule", state: edition.state.as_str() });
                }
                (live.unwrap_or_else(|| edition.clone()), acting.reason(entry)?)
            }
            _ => {
                self.ready(of, edition, Action::Schedule)?;
                (edition.clone(), Reason::default())
            }
        };
        schedules::insert(txn, of, &edition, (then, at), &reason).await?;
        editions::advance(txn, entry).await?;
        let details = json!({ "at": at.print(), "then": then.as_str() });
        step(txn, &edition, ("schedule", Some(edition.state), acting.comment.as_deref()), details).await?;
        record(txn, of, entry, ("updated", acting.comment.as_deref())).await
    }

    /// Takes every language down, or the one that is named, at once (C-34).
    async fn take_down(
        &self,
        txn: &WriteTxn,
        of: &ContentType,
        (entry, edition): (&mut Entry, &Edition),
        (target, acting): (&Target, &Acting),
    ) -> Result<(), Error> {
        let ground = acting.text("ground").or_else(|| Some("other".to_owned()).filter(|_| self.grounds().is_empty()));
        let ground = ground.ok_or_else(|| self.unknown_ground())?;
        if !self.grounds().is_empty() && !self.grounds().contains(&ground) {
            return Err(self.unknown_ground());
        }
        let violation = acting.id("violation_id");
        if let Some(violation) = violation {
            violations::uphold(txn, violation, acting.comment.as_deref()).await?;
        }
        let reason = Reason { ground: Some(ground), violation, explanation: acting.text("explanation"), redirect_to: None };
        let present = editions::present(txn.conn(), entry.id).await?;
        let meant = |known: &&Edition| known.live && (target.lang.is_none() || known.locale == edition.locale);
        let live: Vec<&Edition> = present.iter().filter(meant).collect();
        if live.is_empty() {
            return Err(Error::WrongState { action: "takedown", state: edition.state.as_str() });
        }
        editions::advance(txn, entry).await?;
        for live in live {
            schedules::cancel_language(txn, entry.id, &live.locale).await?;
            self.make_unlive(txn, (entry, live), &reason, ("takedown", acting.comment.as_deref())).await?;
        }
        record(txn, of, entry, ("withdrawn", acting.comment.as_deref())).await
    }

    /// The codes of the grounds that the province's rule names.
    pub(crate) fn grounds(&self) -> Vec<String> {
        let rule = self.policies.value("takedown-grounds", None).unwrap_or_default();
        let codes = rule.as_array().into_iter().flatten().filter_map(|ground| ground.get("code")?.as_str());
        codes.map(str::to_owned).collect()
    }

    pub(crate) fn unknown_ground(&self) -> Error {
        let known = self.grounds().join(", ");
        let text = Text::new(format!("cần một trong các căn cứ: {known}"), format!("one of these grounds is asked for: {known}"));
        Error::invalid(vec![FieldFault::new("/ground", "unknown_ground", text)])
    }
}

/// The language that an action names in its body.
pub(crate) fn named_language(acting: &Acting) -> Result<Locale, Error> {
    let given = acting.text("locale");
    let given = given.ok_or_else(|| Error::field("/locale", "required", ("cần ngôn ngữ", "a language is asked for")))?;
    Locale::parse(&given)
        .ok_or_else(|| Error::field("/locale", "invalid_locale", ("không phải mã ngôn ngữ", "not a language tag")))
}
