-- What every subject stands on: settings of the installation, ids, events, leases, idempotency.

CREATE TABLE settings (
    name {text} NOT NULL PRIMARY KEY,
    value {text} NOT NULL
);

-- Which resource an id names: `node(id:)` finds a bare id here.
CREATE TABLE resources (
    id {id} NOT NULL PRIMARY KEY,
    type {text} NOT NULL
);

-- The outbox. A change inserts its event without a position; the sequencer numbers committed events.
CREATE TABLE events (
    id {id} NOT NULL PRIMARY KEY,
    position {instant} UNIQUE,
    type {text} NOT NULL,
    resource_id {id} NOT NULL,
    action {text} NOT NULL,
    revision {instant} NOT NULL,
    actor {id},
    request_id {id},
    occurred_at {instant} NOT NULL,
    comment {text}
);
CREATE INDEX events_unnumbered ON events (id) WHERE position IS NULL;

CREATE TABLE leases (
    name {text} NOT NULL PRIMARY KEY,
    holder {id},
    until {instant} NOT NULL,
    position {instant} NOT NULL
);
INSERT INTO leases (name, holder, until, position) VALUES ('sequencer', NULL, 0, 0);

-- A reserved Idempotency-Key; `result` is written in the transaction of the change itself.
CREATE TABLE idempotency_claims (
    key {text} NOT NULL PRIMARY KEY,
    body_hash {text} NOT NULL,
    holder {id} NOT NULL,
    held_until {instant} NOT NULL,
    expires_at {instant} NOT NULL,
    result {json}
);
CREATE INDEX idempotency_claims_expiry ON idempotency_claims (expires_at)
