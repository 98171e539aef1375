-- What legal documents do to each other, their texts at other times and in other languages, gazettes, other names.

-- One row for each act that a document does something to. `edition_id` is the edition in whose text it was found;
-- an editor's own has none. Provisions are ids of provisions of the target; none where it is the whole.
CREATE TABLE document_relations (
    id {id} NOT NULL PRIMARY KEY,
    revision {instant} NOT NULL,
    document_id {id} NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    edition_id {id} REFERENCES document_editions (id) ON DELETE CASCADE,
    relation {text} NOT NULL,
    target_id {id} REFERENCES documents (id) ON DELETE SET NULL,
    target_number {text},
    target_number_lower {text},
    target_title {text},
    target_title_lower {text},
    target_doc_type {text},
    target_issuer_key {text},
    target_issued_on {text},
    whole {bool} NOT NULL,
    provisions {json} NOT NULL,
    occurrences {json} NOT NULL,
    effective_on {text},
    until_on {text},
    origin {text} NOT NULL,
    standing {text} NOT NULL,
    note {text},
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL
);
CREATE INDEX document_relations_of ON document_relations (document_id, edition_id);
CREATE INDEX document_relations_in ON document_relations (edition_id);
CREATE INDEX document_relations_to ON document_relations (target_id, relation);
CREATE INDEX document_relations_open ON document_relations (target_number_lower) WHERE target_id IS NULL;
CREATE INDEX document_relations_open_title ON document_relations (target_title_lower) WHERE target_id IS NULL AND target_number_lower IS NULL;

-- Texts that editors upload: the consolidated text from a day on, or the text in another language.
CREATE TABLE document_texts (
    id {id} NOT NULL PRIMARY KEY,
    revision {instant} NOT NULL,
    document_id {id} NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    language {text} NOT NULL,
    valid_from {text} NOT NULL,
    kind {text} NOT NULL,
    body_text {text} NOT NULL,
    file_id {id},
    basis {text},
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL
);
CREATE UNIQUE INDEX document_texts_at ON document_texts (document_id, language, valid_from);

-- Issues of the official gazette and what stands in them. An item names a document of ours that an editor has told, or that
-- was found by number and day (`found`), or says in its own words what it is.
CREATE TABLE gazettes (
    id {id} NOT NULL PRIMARY KEY,
    revision {instant} NOT NULL,
    number {text} NOT NULL,
    number_lower {text} NOT NULL,
    issued_on {text} NOT NULL,
    issuer_id {id} REFERENCES issuers (id),
    issuer_key {text} NOT NULL,
    title {text},
    title_lower {text},
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL
);
CREATE UNIQUE INDEX gazettes_number ON gazettes (issuer_key, number_lower, issued_on);
CREATE INDEX gazettes_by_day ON gazettes (issued_on DESC, id DESC);
CREATE INDEX gazettes_by_issuer ON gazettes (issuer_id, issued_on DESC, id DESC);

CREATE TABLE gazette_items (
    gazette_id {id} NOT NULL REFERENCES gazettes (id) ON DELETE CASCADE,
    place {instant} NOT NULL,
    document_id {id} REFERENCES documents (id) ON DELETE SET NULL,
    found {bool} NOT NULL,
    number {text},
    number_lower {text},
    title {text},
    issued_on {text},
    pages {text},
    PRIMARY KEY (gazette_id, place)
);
CREATE INDEX gazette_items_of ON gazette_items (document_id);
CREATE INDEX gazette_items_named ON gazette_items (number_lower, issued_on);
-- Whoever writes issues renews this mark, whoever publishes documents keeps it as it is: neither overlooks the other.
INSERT INTO settings (name, value) VALUES ('generation:gazettes', '');

-- What harvesters are told of each document that was ever published: when what everybody sees of it last changed, and
-- whether it is still there. A row stays for good, also where the document does not.
CREATE TABLE document_harvest (
    document_id {id} NOT NULL PRIMARY KEY,
    changed_at {instant} NOT NULL,
    gone {bool} NOT NULL,
    has_text {bool} NOT NULL,
    issuer_id {id},
    doc_type {text}
);
CREATE INDEX document_harvest_by_change ON document_harvest (changed_at, document_id);
CREATE INDEX document_harvest_by_issuer ON document_harvest (issuer_id, changed_at, document_id);
CREATE INDEX document_harvest_by_type ON document_harvest (doc_type, changed_at, document_id);
INSERT INTO document_harvest (document_id, changed_at, gone, has_text, issuer_id, doc_type)
    SELECT e.document_id, e.updated_at, FALSE, EXISTS (SELECT 1 FROM document_bodies b WHERE b.edition_id = e.id), e.issuer_id, e.doc_type
    FROM document_editions e WHERE e.live;
INSERT INTO document_harvest (document_id, changed_at, gone, has_text, issuer_id, doc_type)
    SELECT e.document_id, e.updated_at, TRUE, EXISTS (SELECT 1 FROM document_bodies b WHERE b.edition_id = e.id), e.issuer_id, e.doc_type
    FROM document_editions e
    WHERE e.state = 'withdrawn'
        AND NOT EXISTS (SELECT 1 FROM document_editions l WHERE l.document_id = e.document_id AND l.live)
        AND NOT EXISTS (SELECT 1 FROM document_editions n WHERE n.document_id = e.document_id AND n.state = 'withdrawn'
            AND (n.updated_at > e.updated_at OR (n.updated_at = e.updated_at AND n.id > e.id)));

-- Names that other systems, and former times, know a document by: they lead on to it.
CREATE TABLE document_aliases (
    alias {text} NOT NULL PRIMARY KEY,
    document_id {id} NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    created_at {instant} NOT NULL
);
CREATE INDEX document_aliases_of ON document_aliases (document_id);

-- Which version of the reader has read the text of an edition; 0 where none has.
ALTER TABLE document_editions ADD COLUMN reader {instant} NOT NULL DEFAULT 0;
CREATE INDEX document_editions_reader ON document_editions (reader, id);
-- The folded address of a document that has a number, beside the edition it belongs to.
ALTER TABLE document_editions ADD COLUMN address_type {text};
ALTER TABLE document_editions ADD COLUMN address_year {text};
ALTER TABLE document_editions ADD COLUMN address_number {text};
ALTER TABLE document_editions ADD COLUMN address_ordinal {text};
CREATE INDEX live_by_address ON document_editions (issuer_id, address_type, address_year, address_number) WHERE live;
CREATE INDEX live_by_number_at ON document_editions (number_lower, issued_on) WHERE live;

-- What a file says of itself, and files that stand beside the text: lists are JSON, none where they are empty.
ALTER TABLE document_files ADD COLUMN pages {instant};
ALTER TABLE document_files ADD COLUMN scanned_pages {text};
ALTER TABLE document_files ADD COLUMN signatures {text};
ALTER TABLE document_files ADD COLUMN attached {bool} NOT NULL DEFAULT FALSE;
ALTER TABLE document_files ADD COLUMN shown {bool} NOT NULL DEFAULT FALSE
