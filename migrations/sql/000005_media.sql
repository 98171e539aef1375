-- Media (C-18, C-44). Equal bytes are kept once: `media_bytes` says under which name, and its row is the lock
-- between an upload of bytes and the removal of the last media item that has them.

CREATE TABLE media_bytes (
    sha256 {text} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    size {instant} NOT NULL
);

CREATE TABLE media (
    id {id} NOT NULL PRIMARY KEY,
    revision {instant} NOT NULL,
    kind {text} NOT NULL,
    media_type {text} NOT NULL,
    file_name {text} NOT NULL,
    file_name_lower {text} NOT NULL,
    size {instant} NOT NULL,
    sha256 {text} NOT NULL REFERENCES media_bytes (sha256),
    width {instant},
    height {instant},
    title {text},
    title_lower {text},
    alt {json} NOT NULL,
    alt_missing {bool} NOT NULL,
    caption {json} NOT NULL,
    transcript {text},
    captions_id {id} REFERENCES media (id),
    licence {text},
    credit {text},
    language {text},
    visibility {text} NOT NULL,
    uploaded_by {id},
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL
);
CREATE INDEX media_by_created ON media (created_at DESC, id DESC);
CREATE INDEX media_public_by_created ON media (created_at DESC, id DESC) WHERE visibility = 'public';
CREATE INDEX media_by_kind ON media (kind, created_at DESC, id DESC);
CREATE INDEX media_without_alt ON media (created_at DESC, id DESC) WHERE alt_missing;
CREATE INDEX media_by_file_name ON media (file_name, id);
CREATE INDEX media_by_bytes ON media (sha256);
CREATE INDEX media_by_captions ON media (captions_id)
