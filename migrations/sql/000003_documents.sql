-- Issuing authorities and legal documents. A document has at most one live and one working edition;
-- they are the same row when nothing is pending. Superseded editions stay (C-37).

CREATE TABLE issuers (
    id {id} NOT NULL PRIMARY KEY,
    revision {instant} NOT NULL,
    name {text} NOT NULL,
    name_lower {text} NOT NULL,
    name_key {text} NOT NULL UNIQUE,
    slug {text} NOT NULL UNIQUE,
    code {text} NOT NULL UNIQUE,
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL
);
CREATE INDEX issuers_by_name ON issuers (name, id);

CREATE TABLE documents (
    id {id} NOT NULL PRIMARY KEY,
    revision {instant} NOT NULL,
    created_at {instant} NOT NULL,
    published_at {instant}
);

CREATE TABLE document_editions (
    id {id} NOT NULL PRIMARY KEY,
    document_id {id} NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    revision {instant} NOT NULL,
    live {bool} NOT NULL,
    working {bool} NOT NULL,
    state {text} NOT NULL,
    number {text},
    number_lower {text},
    doc_type {text},
    title {text},
    title_lower {text},
    issuer_id {id} REFERENCES issuers (id),
    place {text},
    place_lower {text},
    issued_on {text},
    effective_on {text},
    expires_on {text},
    signer_name {text},
    signer_name_lower {text},
    signer_title {text},
    signer_title_lower {text},
    signer_capacity {text},
    signer_capacity_lower {text},
    gazette_number {text},
    gazette_number_lower {text},
    gazette_date {text},
    language {text} NOT NULL,
    language_lower {text} NOT NULL,
    legal_bases {json} NOT NULL,
    source_file_id {id},
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL,
    published_at {instant}
);
CREATE UNIQUE INDEX document_editions_one_live ON document_editions (document_id) WHERE live;
CREATE UNIQUE INDEX document_editions_one_working ON document_editions (document_id) WHERE working;
CREATE INDEX document_editions_of ON document_editions (document_id);
CREATE INDEX document_editions_issuer ON document_editions (issuer_id);
CREATE INDEX live_by_issued ON document_editions (issued_on DESC {nulls_last}, document_id DESC) WHERE live;
CREATE INDEX live_by_type ON document_editions (doc_type, issued_on DESC {nulls_last}, document_id DESC) WHERE live;
CREATE INDEX live_by_issuer ON document_editions (issuer_id, issued_on DESC {nulls_last}, document_id DESC) WHERE live;
CREATE INDEX live_by_number ON document_editions (number, document_id) WHERE live;
CREATE INDEX live_by_number_lower ON document_editions (number_lower) WHERE live;
CREATE INDEX live_by_published ON document_editions (published_at DESC {nulls_last}, document_id DESC) WHERE live;
CREATE INDEX working_by_issued ON document_editions (issued_on DESC {nulls_last}, document_id DESC) WHERE working;
CREATE INDEX working_by_created ON document_editions (created_at, document_id) WHERE working;

-- Bodies lie apart, so that lists do not read them.
CREATE TABLE document_bodies (
    edition_id {id} NOT NULL PRIMARY KEY REFERENCES document_editions (id) ON DELETE CASCADE,
    body_text {text} NOT NULL
);

-- What makes a document the same document: issuer + number + date, or the hash of its source file.
CREATE TABLE document_keys (
    key {text} NOT NULL PRIMARY KEY,
    document_id {id} NOT NULL REFERENCES documents (id) ON DELETE CASCADE
);
CREATE INDEX document_keys_of ON document_keys (document_id);

CREATE TABLE document_files (
    id {id} NOT NULL PRIMARY KEY,
    document_id {id} NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    name {text} NOT NULL,
    media_type {text} NOT NULL,
    encoding {text} NOT NULL,
    size {instant} NOT NULL,
    sha256 {text} NOT NULL,
    created_at {instant} NOT NULL
);
CREATE INDEX document_files_of ON document_files (document_id, created_at)
