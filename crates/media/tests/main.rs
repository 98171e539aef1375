//! Media on SQLite and PostgreSQL.
