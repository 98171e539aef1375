//! The verbs on rules, and the rules of today in memory.

use crate::policy::{PolicyInput, TABLE};
use arc_swap::ArcSwap;
use kernel::query::ListQuery;
use kernel::{
    Call, Clock, FieldFault, Found, Id, Page, Permission, Revision, Row, Text, View, merge_patch, parse_date, print_date, text,
};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, sea_query::Alias};
use serde_json::Value;
use std::sync::Arc;
use store::outbox::{self, Event};
use store::{Database, Refusal, WriteTxn, generation, sql};

/// What is marked as changed when a rule is.
const GENERATION: &str = "policies";
/// The setting that names the province whose rules hold.
const PROVINCE: &str = "province";
/// What an event of a rule is about.
const TYPE: &str = "policy";

/// A rule as it is kept in memory.
struct Rule {
    province: String,
    name: String,
    scope: Option<String>,
    value: Value,
    from: String,
    to: Option<String>,
}

/// The rules of an installation.
#[derive(Clone)]
pub struct Policies {
    db: Database,
    clock: Clock,
    known: Arc<ArcSwap<Known>>,
}

/// The rules of an installation as they are kept in memory.
#[derive(Default)]
struct Known {
    /// The province whose rules hold; all do where none was chosen.
    province: Option<String>,
    rules: Vec<Rule>,
}

impl Policies {
    /// The rules in a database; none is known before [`Policies::reload`].
    pub fn new(db: Database, clock: Clock) -> Self {
        Self { db, clock, known: Arc::default() }
    }

    /// Reads all rules into memory.
    pub async fn reload(&self) -> Result<(), store::Error> {
        let select = Query::select()
            .columns(["name", "scope", "value", "effective_from", "effective_to", "province"].map(Alias::new))
            .from(Alias::new(TABLE.name))
            .to_owned();
        let mut rules = Vec::new();
        for row in self.db.reader().query_all(&select).await? {
            rules.push(Rule {
                name: row.try_get_by_index(0)?,
                scope: row.try_get_by_index(1)?,
                value: serde_json::from_str(&row.try_get_by_index::<String>(2)?)?,
                from: row.try_get_by_index(3)?,
                to: row.try_get_by_index(4)?,
                province: row.try_get_by_index(5)?,
            });
        }
        let province = store::settings::get(self.db.reader(), PROVINCE).await?;
        self.known.store(Arc::new(Known { province, rules }));
        Ok(())
    }

    /// The mark that every change of a rule renews.
    pub async fn generation(&self) -> Result<Option<String>, store::Error> {
        generation::present(self.db.reader(), GENERATION).await
    }

    /// What the rule `name` says today, for `scope` where there is one for it alone; of several the
    /// one that came into force last.
    pub fn value(&self, name: &str, scope: Option<&str>) -> Option<Value> {
        let today = print_date(self.clock.today());
        let known = self.known.load();
        let in_force = known.rules.iter().filter(|rule| {
            rule.name == name
                && known.province.as_ref().is_none_or(|province| rule.province == *province)
                && rule.from <= today
                && rule.to.as_ref().is_none_or(|to| *to > today)
                && (rule.scope.is_none() || rule.scope.as_deref() == scope)
        });
        let chosen = in_force.max_by(|a, b| (a.scope.is_some(), &a.from).cmp(&(b.scope.is_some(), &b.from)));
        chosen.map(|rule| rule.value.clone())
    }

    /// The text of a rule in a language: that of `vi` where it has none in it.
    pub fn text(&self, name: &str, locale: &str) -> Option<String> {
        let value = self.value(name, None)?;
        let text = value.get(locale).or_else(|| value.get("vi"))?;
        text.as_str().map(str::to_owned)
    }

    /// One page of rules: everybody reads them.
    pub async fn list(&self, query: &ListQuery) -> Result<Page<Row>, Refusal> {
        Ok(TABLE.list(self.db.reader(), query, Condition::all()).await?)
    }

    /// Several rules by id.
    pub async fn get_many(&self, ids: &[Id], view: &View) -> Result<Vec<Found>, Refusal> {
        Ok(TABLE.get_many(self.db.reader(), ids, &view.fields, Condition::all()).await?)
    }

    /// Enters a rule.
    pub async fn create(&self, call: &Call, input: PolicyInput) -> Result<Found, Refusal> {
        Refusal::unless(&call.actor, Permission::PoliciesManage)?;
        let input = checked(input)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        let id = Id::new(txn.now());
        apart(&txn, id, &input).await?;
        insert(&txn, id, &input).await?;
        record(&txn, id, ("created", Revision::FIRST)).await?;
        self.finish(txn, id).await
    }

    /// Changes a rule by a merge patch: mostly the day it ends.
    pub async fn revise(&self, call: &Call, id: Id, seen: Revision, patch: Row) -> Result<Found, Refusal> {
        Refusal::unless(&call.actor, Permission::PoliciesManage)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        let mut row = TABLE.whole(txn.conn(), id).await?.ok_or(Refusal::NotFound)?.row;
        row.retain(|name, value: &mut Value| {
            *value != Value::Null && !matches!(name.as_str(), "id" | "type" | "revision" | "created_at" | "updated_at")
        });
        merge_patch(&mut row, patch);
        let wrong = |_| Refusal::field("", "invalid_patch", Text::new("giá trị không hợp lệ", "the value is not valid"));
        let input = checked(serde_json::from_value(Value::Object(row)).map_err(wrong)?)?;
        apart(&txn, id, &input).await?;
        let mut values = values(&input)?;
        values.push(("updated_at", txn.now().0.into()));
        if !sql::advance(txn.conn(), TABLE.name, (id, seen), values).await? {
            return Err(Refusal::Stale);
        }
        record(&txn, id, ("updated", seen.next())).await?;
        self.finish(txn, id).await
    }

    /// Removes a rule that was never in force; one that was is ended by a day.
    pub async fn delete(&self, call: &Call, id: Id, seen: Revision) -> Result<(), Refusal> {
        Refusal::unless(&call.actor, Permission::PoliciesManage)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        let found = TABLE.whole(txn.conn(), id).await?.ok_or(Refusal::NotFound)?;
        if found.revision != seen {
            return Err(Refusal::Stale);
        }
        let from = found.row.get("effective_from").and_then(Value::as_str).unwrap_or_default();
        if from <= print_date(self.clock.today()).as_str() {
            let text = Text::new(
                "quy định đã có hiệu lực: hãy đặt effective_to thay vì xóa",
                "the rule has been in force: set effective_to instead of removing it",
            );
            return Err(Refusal::field("/effective_from", "was_in_force", text));
        }
        sql::delete(txn.conn(), TABLE.name, id).await?;
        store::resources::forget(&txn, id).await?;
        record(&txn, id, ("deleted", seen.next())).await?;
        txn.commit(&()).await?;
        self.reload().await?;
        Ok(())
    }

    /// Enters the rows of a province's file that are not there yet, and makes its rules those that hold;
    /// how many rows were added.
    pub async fn seed(&self, call: &Call, province: &str, rows: Vec<PolicyInput>) -> Result<usize, Refusal> {
        let txn = self.db.begin(call, self.clock.now()).await?;
        store::settings::set(&txn, PROVINCE, province).await?;
        generation::renew(&txn, GENERATION).await?;
        let select = Query::select()
            .columns(["province", "name", "scope", "effective_from"].map(Alias::new))
            .from(Alias::new(TABLE.name))
            .to_owned();
        let mut known: Vec<(String, String, Option<String>, String)> = Vec::new();
        for row in txn.conn().query_all(&select).await? {
            known.push((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?, row.try_get_by_index(3)?));
        }
        let mut added = 0;
        for input in rows {
            let input = checked(input)?;
            let key = (input.province.clone(), input.name.clone(), input.scope.clone(), input.effective_from.clone());
            if !known.contains(&key) {
                let id = Id::new(txn.now());
                insert(&txn, id, &input).await?;
                record(&txn, id, ("created", Revision::FIRST)).await?;
                known.push(key);
                added += 1;
            }
        }
        txn.commit(&()).await?;
        self.reload().await?;
        Ok(added)
    }

    async fn finish(&self, txn: WriteTxn, id: Id) -> Result<Found, Refusal> {
        let found = TABLE.whole(txn.conn(), id).await?.ok_or(Refusal::NotFound)?;
        txn.commit(&found.row).await?;
        self.reload().await?;
        Ok(found)
    }
}

/// Refuses a rule for days on which another of the same province, name and scope is in force.
async fn apart(txn: &WriteTxn, id: Id, input: &PolicyInput) -> Result<(), Refusal> {
    let column = |name: &'static str| Expr::col(Alias::new(name));
    let mut others = Query::select();
    others
        .columns(["effective_from", "effective_to"].map(Alias::new))
        .from(Alias::new(TABLE.name))
        .and_where(column("province").eq(input.province.as_str()))
        .and_where(column("name").eq(input.name.as_str()))
        .and_where(column("id").ne(id.0))
        .and_where(match &input.scope {
            Some(scope) => column("scope").eq(scope.as_str()),
            None => column("scope").is_null(),
        });
    for row in txn.conn().query_all(&others).await? {
        let (from, to) = (row.try_get_by_index::<String>(0)?, row.try_get_by_index::<Option<String>>(1)?);
        let ends_before = input.effective_to.as_ref().is_some_and(|end| *end <= from);
        let begins_after = to.as_ref().is_some_and(|to| input.effective_from >= *to);
        if !ends_before && !begins_after {
            let to = to.unwrap_or_else(|| "…".to_owned());
            let text = Text::new(
                format!("đã có quy định cùng tên trong thời gian {from} – {to}; hãy đặt effective_to cho quy định đó trước"),
                format!("another rule of the name is in force from {from} to {to}; set its effective_to first"),
            );
            return Err(Refusal::field("/effective_from", "overlaps", text));
        }
    }
    Ok(())
}

async fn insert(txn: &WriteTxn, id: Id, input: &PolicyInput) -> Result<(), Refusal> {
    let mut values = values(input)?;
    values.extend([
        ("id", id.0.into()),
        ("revision", Revision::FIRST.0.into()),
        ("created_at", txn.now().0.into()),
        ("updated_at", txn.now().0.into()),
    ]);
    sql::insert(txn.conn(), TABLE.name, values).await?;
    Ok(store::resources::register(txn, id, TYPE).await?)
}

async fn record(txn: &WriteTxn, id: Id, (action, revision): (&'static str, Revision)) -> Result<(), Refusal> {
    generation::renew(txn, GENERATION).await?;
    Ok(outbox::record(txn, Event { resource_type: TYPE, id, action, revision }).await?)
}

fn values(input: &PolicyInput) -> Result<sql::Values, Refusal> {
    let value = serde_json::to_string(&input.value).map_err(store::Error::from)?;
    Ok(vec![
        ("province", input.province.as_str().into()),
        ("name", input.name.as_str().into()),
        ("scope", input.scope.clone().into()),
        ("value", value.into()),
        ("effective_from", input.effective_from.as_str().into()),
        ("effective_to", input.effective_to.clone().into()),
        ("legal_basis", input.legal_basis.as_str().into()),
        ("legal_basis_lower", text::lower(&input.legal_basis).into()),
        ("verified", input.verified.into()),
    ])
}

fn checked(input: PolicyInput) -> Result<PolicyInput, Refusal> {
    let mut faults = Vec::new();
    let not_a_day = || Text::new("không phải là một ngày dạng YYYY-MM-DD", "not a day of the form YYYY-MM-DD");
    let from = parse_date(&input.effective_from);
    let to = input.effective_to.as_deref().map(parse_date);
    if from.is_none() {
        faults.push(FieldFault::new("/effective_from", "invalid_date", not_a_day()));
    }
    match (from, to) {
        (_, Some(None)) => faults.push(FieldFault::new("/effective_to", "invalid_date", not_a_day())),
        (Some(from), Some(Some(to))) if to <= from => {
            let text = Text::new("phải sau ngày bắt đầu hiệu lực", "must be after the first day");
            faults.push(FieldFault::new("/effective_to", "ends_before_start", text));
        }
        _ => {}
    }
    faults.extend(crate::names::check(&input.name, &input.value));
    if input.value == Value::Null {
        faults.push(FieldFault::new("/value", "required", Text::new("không được thiếu", "must be given")));
    }
    if input.legal_basis.contains('\0') || input.value.to_string().contains("\\u0000") {
        let text = Text::new("không được có ký tự NUL", "must not hold a NUL character");
        faults.push(FieldFault::new("/legal_basis", "invalid_text", text));
    }
    if faults.is_empty() { Ok(input) } else { Err(Refusal::Invalid(faults)) }
}
