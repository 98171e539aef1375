//! The words in which SQLite and PostgreSQL differ.

use sea_orm::DbBackend;

/// Splits a migration into statements in the words of the database.
///
/// `{id}` a UUID · `{text}` text that sorts by code point · `{json}` a JSON text ·
/// `{instant}` microseconds since 1970, and whole numbers · `{real}` a number · `{bytes}` · `{bool}` · `{nulls_last}` in a descending index.
pub(crate) fn statements(sql: &str, backend: DbBackend) -> Vec<String> {
    let words: [(&str, &str, &str); 8] = [
        ("{id}", "BLOB", "uuid"),
        ("{text}", "TEXT", "text COLLATE \"C\""),
        ("{json}", "TEXT", "text"),
        ("{instant}", "INTEGER", "bigint"),
        ("{bytes}", "BLOB", "bytea"),
        ("{bool}", "BOOLEAN", "boolean"),
        ("{real}", "REAL", "double precision"),
        ("{nulls_last}", "", "NULLS LAST"),
    ];
    let mut sql: String =
        sql.lines().filter(|line| !line.trim_start().starts_with("--")).map(|line| format!("{line}\n")).collect();
    for (word, sqlite, postgres) in words {
        sql = sql.replace(word, if backend == DbBackend::Postgres { postgres } else { sqlite });
    }
    sql.split(';').map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect()
}
