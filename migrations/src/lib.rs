//! All migrations, in order, for SQLite and PostgreSQL.
//!
//! A migration is one SQL text per step under `sql/`; the few words in which the two databases
//! differ stand in braces and are replaced by the module `dialect`. Migrations add before they remove.

mod dialect;

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTrait, SchemaManager};

/// One SQL text as a migration.
struct Step {
    name: &'static str,
    sql: &'static str,
}

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for statement in dialect::statements(self.sql, db.get_database_backend()) {
            db.execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}

/// Every migration of Congkhai, oldest first.
pub struct Migrator;

/// Name and text of every step, oldest first.
const STEPS: &[(&str, &str)] = &[
    ("m20261122_000001_base", include_str!("../sql/000001_base.sql")),
    ("m20261122_000002_accounts", include_str!("../sql/000002_accounts.sql")),
    ("m20261122_000003_documents", include_str!("../sql/000003_documents.sql")),
    ("m20261122_000004_content", include_str!("../sql/000004_content.sql")),
    ("m20261122_000005_media", include_str!("../sql/000005_media.sql")),
    ("m20261124_000006_issuers", include_str!("../sql/000006_issuers.sql")),
    ("m20261124_000007_legal", include_str!("../sql/000007_legal.sql")),
    ("m20261124_000008_aliases", include_str!("../sql/000008_aliases.sql")),
    ("m20261124_000009_commencement", include_str!("../sql/000009_commencement.sql")),
    ("m20261125_000010_webhooks", include_str!("../sql/000010_webhooks.sql")),
];

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        STEPS.iter().map(|&(name, sql)| Box::new(Step { name, sql }) as Box<dyn MigrationTrait>).collect()
    }
}

/// The name of the newest migration: what a database must have seen before anything else uses it.
pub fn newest() -> &'static str {
    STEPS.last().map_or("", |(name, _)| name)
}

/// Brings the database behind `db` (a connection or an open transaction) to the newest schema.
pub async fn up<'c, C>(db: C) -> Result<(), DbErr>
where
    C: sea_orm_migration::IntoSchemaManagerConnection<'c>,
{
    Migrator::up(db, None).await
}

/// Whether the database has seen the newest migration; `false` also where it has seen none.
pub async fn is_current<C: ConnectionTrait>(db: &C) -> bool {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => "SELECT 1 FROM seaql_migrations WHERE version = $1",
        _ => "SELECT 1 FROM seaql_migrations WHERE version = ?",
    };
    let statement = sea_orm::Statement::from_sql_and_values(db.get_database_backend(), sql, [newest().into()]);
    matches!(db.query_one_raw(statement).await, Ok(Some(_)))
}

/// Lets one node at a time go on to [`up`]: the others wait until the transaction of `txn` ends.
/// SQLite has one writer, so its write transaction is the lock.
pub async fn lock<C: ConnectionTrait>(txn: &C) -> Result<(), DbErr> {
    if txn.get_database_backend() == DbBackend::Postgres {
        txn.execute_unprepared("CREATE TABLE IF NOT EXISTS migration_lock (id integer PRIMARY KEY)").await?;
        txn.execute_unprepared("INSERT INTO migration_lock VALUES (1) ON CONFLICT DO NOTHING").await?;
        txn.execute_unprepared("SELECT id FROM migration_lock WHERE id = 1 FOR UPDATE").await?;
    }
    Ok(())
}
