//! What stands around entries: their addresses, schedules and releases, reports of violations, and the
//! dated rules they follow.

use super::typed;
use crate::description::{Changes, Description, Readers, Relation, schema_of, sort_by};
use crate::problem::Problem;
use crate::resource::{Resource, Step, Target, Verb};
use async_trait::async_trait;
use content::{
    PathEntry, PathInput, Paths, Release, ReleaseAction, ReleaseInput, Releases, Ruling, Schedule, Schedules, Violation,
    ViolationInput, Violations, path_fields, release_fields, schedule_fields, violation_fields,
};
use kernel::query::{Direction, ListQuery};
use kernel::{Actor, Call, FieldFault, Found, Id, Instant, Page, Permission, Row, Text, View};
use policies::{Policies, Policy, PolicyInput, policy_fields};
use serde_json::{Value, json};

/// Dated rules with their legal basis.
pub struct PolicyResource {
    policies: Policies,
    description: Description,
}

impl PolicyResource {
    /// Serves these rules.
    pub fn new(policies: Policies) -> Self {
        let titles = (Text::new("quy định", "policies"), Text::new("quy định", "policy"));
        let description = Description {
            schema: schema_of::<Policy>(),
            input: Some(schema_of::<PolicyInput>()),
            fields: policy_fields(),
            default_sort: vec![sort_by("name", Direction::Asc), sort_by("effective_from", Direction::Asc)],
            ..Description::simple("policy", "policies", "/v1/policies", titles)
        };
        Self { policies, description }
    }
}

#[async_trait]
impl Resource for PolicyResource {
    fn description(&self) -> &Description {
        &self.description
    }

    fn may(&self, actor: &Actor, _: Verb) -> bool {
        actor.may(Permission::PoliciesManage)
    }

    async fn list(&self, _: &Actor, query: &ListQuery) -> Result<Page<Row>, Problem> {
        Ok(self.policies.list(query).await?)
    }

    async fn get_many(&self, _: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Problem> {
        Ok(self.policies.get_many(ids, view).await?)
    }

    async fn create(&self, call: &Call, input: Row) -> Result<Found, Problem> {
        Ok(self.policies.create(call, typed::<PolicyInput>(input)?).await?)
    }

    async fn patch(&self, call: &Call, target: Target, patch: Row) -> Result<Found, Problem> {
        Ok(self.policies.revise(call, target.id, target.seen, patch).await?)
    }

    async fn delete(&self, call: &Call, target: Target) -> Result<(), Problem> {
        Ok(self.policies.delete(call, target.id, target.seen).await?)
    }
}

/// Addresses of entries.
pub struct PathResource {
    paths: Paths,
    description: Description,
}

impl PathResource {
    /// Serves these addresses.
    pub fn new(paths: Paths) -> Self {
        let titles = (Text::new("đường dẫn", "paths"), Text::new("đường dẫn", "path"));
        let description = Description {
            schema: schema_of::<PathEntry>(),
            input: Some(schema_of::<PathInput>()),
            fields: path_fields(),
            default_sort: vec![sort_by("slug", Direction::Asc)],
            changes: Changes::Removal,
            ..Description::simple("path", "paths", "/v1/paths", titles)
        };
        Self { paths, description }
    }
}

#[async_trait]
impl Resource for PathResource {
    fn description(&self) -> &Description {
        &self.description
    }

    fn may(&self, actor: &Actor, _: Verb) -> bool {
        actor.may(Permission::ContentWrite)
    }

    async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Problem> {
        Ok(self.paths.list(actor, query).await?)
    }

    async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Problem> {
        Ok(self.paths.get_many(actor, ids, view).await?)
    }

    async fn create(&self, call: &Call, input: Row) -> Result<Found, Problem> {
        Ok(self.paths.reserve(call, typed::<PathInput>(input)?).await?)
    }

    async fn delete(&self, call: &Call, target: Target) -> Result<(), Problem> {
        Ok(self.paths.release(call, target.id, target.seen).await?)
    }
}

/// What is scheduled.
pub struct ScheduleResource {
    schedules: Schedules,
    description: Description,
}

impl ScheduleResource {
    /// Serves these schedules, to those who write.
    pub fn new(schedules: Schedules) -> Self {
        let titles = (Text::new("lịch công bố", "schedules"), Text::new("lịch công bố", "schedule"));
        let description = Description {
            schema: schema_of::<Schedule>(),
            fields: schedule_fields(),
            default_sort: vec![sort_by("at", Direction::Asc)],
            relations: vec![Relation {
                name: "release".into(),
                target: "release".into(),
                id_field: "release_id".into(),
                inline: vec!["id"],
            }],
            readers: Readers::Staff,
            changes: Changes::Removal,
            ..Description::simple("schedule", "schedules", "/v1/schedules", titles)
        };
        Self { schedules, description }
    }
}

#[async_trait]
impl Resource for ScheduleResource {
    fn description(&self) -> &Description {
        &self.description
    }

    fn may(&self, actor: &Actor, verb: Verb) -> bool {
        actor.may(if verb == Verb::Delete { Permission::ContentPublish } else { Permission::ContentWrite })
    }

    async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Problem> {
        Ok(self.schedules.list(actor, query).await?)
    }

    async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Problem> {
        Ok(self.schedules.get_many(actor, ids, view).await?)
    }

    async fn delete(&self, call: &Call, target: Target) -> Result<(), Problem> {
        Ok(self.schedules.cancel(call, target.id, target.seen).await?)
    }
}

/// Entries that are published together.
pub struct ReleaseResource {
    releases: Releases,
    description: Description,
}

impl ReleaseResource {
    /// Serves these releases, to those who write.
    pub fn new(releases: Releases) -> Self {
        let titles = (Text::new("đợt công bố", "releases"), Text::new("đợt công bố", "release"));
        let description = Description {
            schema: schema_of::<Release>(),
            input: Some(schema_of::<ReleaseInput>()),
            fields: release_fields(),
            default_sort: vec![sort_by("created_at", Direction::Desc)],
            heavy: vec!["items".into()],
            actions: ReleaseAction::NAMES.to_vec(),
            step: json!({ "type": "object", "properties": {
                "at": { "type": ["string", "null"], "format": "date-time", "description": "schedule: when." } } }),
            readers: Readers::Staff,
            ..Description::simple("release", "releases", "/v1/releases", titles)
        };
        Self { releases, description }
    }
}

#[async_trait]
impl Resource for ReleaseResource {
    fn description(&self) -> &Description {
        &self.description
    }

    fn may(&self, actor: &Actor, verb: Verb) -> bool {
        actor.may(if verb == Verb::Transition { Permission::ContentPublish } else { Permission::ContentWrite })
    }

    async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Problem> {
        Ok(self.releases.list(actor, query).await?)
    }

    async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Problem> {
        Ok(self.releases.get_many(actor, ids, view).await?)
    }

    async fn create(&self, call: &Call, input: Row) -> Result<Found, Problem> {
        Ok(self.releases.create(call, typed::<ReleaseInput>(input)?).await?)
    }

    async fn patch(&self, call: &Call, target: Target, patch: Row) -> Result<Found, Problem> {
        Ok(self.releases.revise(call, (target.id, target.seen), patch).await?)
    }

    async fn delete(&self, call: &Call, target: Target) -> Result<(), Problem> {
        Ok(self.releases.delete(call, target.id, target.seen).await?)
    }

    async fn transition(&self, call: &Call, target: Target, step: Step) -> Result<Found, Problem> {
        let action = match step.action.as_str() {
            "publish" => ReleaseAction::Publish,
            "unschedule" => ReleaseAction::Unschedule,
            _ => {
                let at = step.with.get("at").and_then(Value::as_str).and_then(Instant::parse);
                let text = Text::new("cần thời điểm", "a moment is asked for");
                let missing = || crate::rest::body::invalid(vec![FieldFault::new("/at", "required", text)]);
                ReleaseAction::Schedule(at.ok_or_else(missing)?)
            }
        };
        Ok(self.releases.act(call, (target.id, target.seen), action).await?)
    }
}

/// Reports of violating content.
pub struct ViolationResource {
    violations: Violations,
    description: Description,
}

impl ViolationResource {
    /// Takes reports from everybody and serves them to moderators.
    pub fn new(violations: Violations) -> Self {
        let titles =
            (Text::new("phản ánh vi phạm", "reports of violations"), Text::new("phản ánh vi phạm", "report of a violation"));
        let description = Description {
            schema: schema_of::<Violation>(),
            input: Some(schema_of::<ViolationInput>()),
            fields: violation_fields(),
            default_sort: vec![sort_by("created_at", Direction::Desc)],
            actions: Ruling::ALL.iter().map(|(name, _)| *name).collect(),
            readers: Readers::Staff,
            public_write: true,
            changes: Changes::None,
            ..Description::simple("violation", "violations", "/v1/violations", titles)
        };
        Self { violations, description }
    }
}

#[async_trait]
impl Resource for ViolationResource {
    fn description(&self) -> &Description {
        &self.description
    }

    fn may(&self, actor: &Actor, verb: Verb) -> bool {
        verb == Verb::Create || actor.may(Permission::ContentModerate)
    }

    async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Problem> {
        Ok(self.violations.list(actor, query).await?)
    }

    async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Problem> {
        Ok(self.violations.get_many(actor, ids, view).await?)
    }

    async fn create(&self, call: &Call, input: Row) -> Result<Found, Problem> {
        Ok(self.violations.report(call, typed::<ViolationInput>(input)?).await?)
    }

    async fn transition(&self, call: &Call, target: Target, step: Step) -> Result<Found, Problem> {
        let ruling = Ruling::parse(&step.action).ok_or_else(Problem::internal)?;
        Ok(self.violations.rule(call, (target.id, target.seen), (ruling, step.comment.as_deref())).await?)
    }
}
