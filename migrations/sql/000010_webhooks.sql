-- Saved searches that tell another system of what they find: where to, signed with which secret, and every message.
CREATE TABLE webhooks (
    id {id} NOT NULL PRIMARY KEY,
    revision {instant} NOT NULL,
    name {text} NOT NULL,
    name_lower {text} NOT NULL,
    url {text} NOT NULL,
    search {json} NOT NULL,
    -- Sealed with the master secret; the former one signs too until its end.
    secret {bytes} NOT NULL,
    former_secret {bytes},
    former_until {instant},
    state {text} NOT NULL,
    reason {text},
    -- What happened before is not told.
    follows_since {instant} NOT NULL,
    -- The place of the last event it was asked to tell of: what comes again is not told again.
    told_until {instant} NOT NULL,
    -- Since when nothing has arrived.
    failing_since {instant},
    owner_id {id},
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL
);
CREATE INDEX webhooks_owner ON webhooks (owner_id);

CREATE TABLE webhook_deliveries (
    id {id} NOT NULL PRIMARY KEY,
    webhook_id {id} NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event_id {id} NOT NULL,
    event_position {instant},
    resource_type {text} NOT NULL,
    resource_id {id} NOT NULL,
    action {text} NOT NULL,
    payload {json} NOT NULL,
    state {text} NOT NULL,
    attempts {instant} NOT NULL,
    next_attempt_at {instant},
    -- While it is being sent, nobody else sends it.
    held_until {instant},
    status_code {instant},
    error {text},
    created_at {instant} NOT NULL,
    delivered_at {instant},
    UNIQUE (webhook_id, event_id)
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_attempt_at) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_of ON webhook_deliveries (webhook_id, created_at);
CREATE INDEX webhook_deliveries_old ON webhook_deliveries (state, created_at);

-- What a webhook has told of and not told the end of: that is told even when no search finds it any more.
CREATE TABLE webhook_told (
    webhook_id {id} NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    resource_id {id} NOT NULL,
    PRIMARY KEY (webhook_id, resource_id)
);
