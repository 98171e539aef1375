-- People who log in, the keys that sign their access tokens, and their refresh tokens.

CREATE TABLE accounts (
    id {id} NOT NULL PRIMARY KEY,
    username {text} NOT NULL UNIQUE,
    role {text} NOT NULL,
    password_hash {text} NOT NULL,
    must_change_password {bool} NOT NULL,
    revision {instant} NOT NULL,
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL
);

CREATE TABLE token_keys (
    kid {text} NOT NULL PRIMARY KEY,
    sealed_key {bytes} NOT NULL,
    created_at {instant} NOT NULL
);

-- A refresh token is kept as a hash. A family begins with a login; reuse of a used one ends it.
CREATE TABLE refresh_tokens (
    token_hash {text} NOT NULL PRIMARY KEY,
    family {id} NOT NULL,
    account_id {id} NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at {instant} NOT NULL,
    expires_at {instant} NOT NULL,
    used_at {instant},
    revoked_at {instant}
);
CREATE INDEX refresh_tokens_family ON refresh_tokens (family);
CREATE INDEX refresh_tokens_account ON refresh_tokens (account_id);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at)
