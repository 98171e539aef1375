-- Issuing bodies with history: what sort of body, of which place, from when until when, and who followed whom.

-- What makes two bodies the same body stays unique, but it is no longer the name alone: communes of one name are many,
-- and after a merger a new body may have the name of one that ended.
ALTER TABLE issuers RENAME COLUMN name_key TO identity;
ALTER TABLE issuers ADD COLUMN name_key {text} NOT NULL DEFAULT '';
UPDATE issuers SET name_key = identity;
ALTER TABLE issuers ADD COLUMN short_name {text};
ALTER TABLE issuers ADD COLUMN short_name_lower {text};
ALTER TABLE issuers ADD COLUMN kind {text};
ALTER TABLE issuers ADD COLUMN level {text};
ALTER TABLE issuers ADD COLUMN area_code {text};
ALTER TABLE issuers ADD COLUMN area_name {text};
ALTER TABLE issuers ADD COLUMN area_name_lower {text};
ALTER TABLE issuers ADD COLUMN parent_id {id} REFERENCES issuers (id);
ALTER TABLE issuers ADD COLUMN valid_from {text};
ALTER TABLE issuers ADD COLUMN valid_until {text};
CREATE INDEX issuers_by_name_key ON issuers (name_key);
CREATE INDEX issuers_by_level ON issuers (level, name, id);
CREATE INDEX issuers_by_area ON issuers (area_code, id);
CREATE INDEX issuers_by_parent ON issuers (parent_id, name, id);

-- A body and one that it followed. `place` is the order in which the successor names its predecessors.
CREATE TABLE issuer_successions (
    successor_id {id} NOT NULL REFERENCES issuers (id) ON DELETE CASCADE,
    predecessor_id {id} NOT NULL REFERENCES issuers (id),
    place {instant} NOT NULL,
    day {text},
    change {text} NOT NULL,
    extent {text} NOT NULL,
    basis {text},
    PRIMARY KEY (successor_id, predecessor_id)
);
CREATE INDEX issuer_successions_of ON issuer_successions (predecessor_id, successor_id);

-- Names under which texts know a body besides its present one, with the place it belonged to then ('' where untold).
CREATE TABLE issuer_former_names (
    issuer_id {id} NOT NULL REFERENCES issuers (id) ON DELETE CASCADE,
    name_key {text} NOT NULL,
    area_name {text} NOT NULL,
    name {text} NOT NULL,
    until {text},
    PRIMARY KEY (issuer_id, name_key, area_name)
);
CREATE INDEX issuer_former_names_by_key ON issuer_former_names (name_key);

-- Codes that addresses may still use. One may have become the code of another body since.
CREATE TABLE issuer_former_codes (
    code {text} NOT NULL,
    issuer_id {id} NOT NULL REFERENCES issuers (id) ON DELETE CASCADE,
    PRIMARY KEY (code, issuer_id)
);
CREATE INDEX issuer_former_codes_of ON issuer_former_codes (issuer_id)
