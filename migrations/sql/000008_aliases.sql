-- Other names of documents are entered by editors, one by one: each has an id, and none was kept before.
DROP TABLE document_aliases;
CREATE TABLE document_aliases (
    id {id} NOT NULL PRIMARY KEY,
    revision {instant} NOT NULL,
    alias {text} NOT NULL UNIQUE,
    document_id {id} NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL
);
CREATE INDEX document_aliases_of ON document_aliases (document_id);
CREATE INDEX document_texts_by_day ON document_texts (valid_from, id);

-- What a citation means is looked up in all editions that count, whatever their state. Titles may be longer than an index takes.
CREATE INDEX document_editions_number ON document_editions (number_lower);
CREATE INDEX document_editions_title ON document_editions (substr(title_lower, 1, 200));
CREATE INDEX document_files_sha256 ON document_files (sha256);
