//! Webhooks over a database, with receivers that speak HTTP.
