-- Content as data: types, entries in editions per language, workflow, paths, and the dated rules they follow.

-- What differs by province or decree: dated rows with their legal basis.
CREATE TABLE policies (
    id {id} NOT NULL PRIMARY KEY,
    revision {instant} NOT NULL,
    province {text} NOT NULL,
    name {text} NOT NULL,
    scope {text},
    value {json} NOT NULL,
    effective_from {text} NOT NULL,
    effective_to {text},
    legal_basis {text} NOT NULL,
    legal_basis_lower {text} NOT NULL,
    verified {bool} NOT NULL,
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL
);
CREATE INDEX policies_by_name ON policies (name, effective_from, id);

CREATE TABLE content_types (
    id {id} NOT NULL PRIMARY KEY,
    revision {instant} NOT NULL,
    name {text} NOT NULL UNIQUE,
    plural {text} NOT NULL UNIQUE,
    definition {json} NOT NULL,
    state {text} NOT NULL,
    built_in {bool} NOT NULL,
    -- Fields whose values are still being indexed: refused as filters until they are.
    pending {json} NOT NULL,
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL
);
CREATE TABLE content_type_versions (
    type_id {id} NOT NULL REFERENCES content_types (id) ON DELETE CASCADE,
    revision {instant} NOT NULL,
    definition {json} NOT NULL,
    changed_by {id},
    changed_at {instant} NOT NULL,
    PRIMARY KEY (type_id, revision)
);

CREATE TABLE entries (
    id {id} NOT NULL PRIMARY KEY,
    type_id {id} NOT NULL REFERENCES content_types (id),
    revision {instant} NOT NULL,
    locale {text} NOT NULL,
    portal_id {id},
    created_at {instant} NOT NULL
);
CREATE INDEX entries_of_type ON entries (type_id, id);

-- Per language at most one live and one working edition; they are the same row when nothing is
-- pending. A save is a new edition: superseded ones stay (C-37).
CREATE TABLE entry_editions (
    id {id} NOT NULL PRIMARY KEY,
    entry_id {id} NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    type_id {id} NOT NULL,
    locale {text} NOT NULL,
    -- Whether this is the language that the entry was written in first.
    source {bool} NOT NULL,
    number {instant} NOT NULL,
    live {bool} NOT NULL,
    working {bool} NOT NULL,
    state {text} NOT NULL,
    revision {instant} NOT NULL,
    slug {text} NOT NULL,
    title {text} NOT NULL,
    author_name {text},
    author_name_lower {text},
    source_name {text},
    source_name_lower {text},
    source_url {text},
    link_url {text},
    portal_id {id},
    outdated {bool} NOT NULL,
    data {json} NOT NULL,
    -- Accounts that wrote this since it was last published: none of them may approve it.
    contributors {json} NOT NULL,
    changed_by {id},
    assignee_id {id},
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL,
    published_at {instant}
);
CREATE UNIQUE INDEX entry_editions_one_live ON entry_editions (entry_id, locale) WHERE live;
CREATE UNIQUE INDEX entry_editions_one_working ON entry_editions (entry_id, locale) WHERE working;
CREATE UNIQUE INDEX entry_editions_numbered ON entry_editions (entry_id, locale, number);
CREATE INDEX entries_live_by_published ON entry_editions (type_id, published_at DESC {nulls_last}, entry_id DESC) WHERE live AND source;
CREATE INDEX entries_live_in_language ON entry_editions (type_id, locale, published_at DESC {nulls_last}, entry_id DESC) WHERE live;
CREATE INDEX entries_working_by_published ON entry_editions (type_id, published_at DESC {nulls_last}, entry_id DESC) WHERE working AND source;
CREATE INDEX entries_working_by_updated ON entry_editions (type_id, updated_at, entry_id) WHERE working AND source;

-- Rich text and blocks lie apart, so that lists do not read them.
CREATE TABLE entry_bodies (
    edition_id {id} NOT NULL PRIMARY KEY REFERENCES entry_editions (id) ON DELETE CASCADE,
    data {json} NOT NULL
);

-- Values of filterable and sortable fields, and all references, of live and working editions only.
-- A sortable field has a row even where its value is missing.
CREATE TABLE entry_values (
    edition_id {id} NOT NULL REFERENCES entry_editions (id) ON DELETE CASCADE,
    entry_id {id} NOT NULL,
    type_id {id} NOT NULL,
    locale {text} NOT NULL,
    source {bool} NOT NULL,
    live {bool} NOT NULL,
    working {bool} NOT NULL,
    field {text} NOT NULL,
    text {text},
    lower {text},
    number {real},
    whole {instant},
    ref {id}
);
CREATE INDEX entry_values_of ON entry_values (edition_id, field);
CREATE INDEX entry_values_live_text ON entry_values (type_id, field, text, entry_id) WHERE live AND source;
CREATE INDEX entry_values_live_number ON entry_values (type_id, field, number, entry_id) WHERE live AND source;
CREATE INDEX entry_values_live_whole ON entry_values (type_id, field, whole, entry_id) WHERE live AND source;
CREATE INDEX entry_values_live_text_in ON entry_values (type_id, locale, field, text, entry_id) WHERE live;
CREATE INDEX entry_values_live_number_in ON entry_values (type_id, locale, field, number, entry_id) WHERE live;
CREATE INDEX entry_values_live_whole_in ON entry_values (type_id, locale, field, whole, entry_id) WHERE live;
CREATE INDEX entry_values_ref ON entry_values (ref, type_id, field) WHERE ref IS NOT NULL;

-- Every address that an entry has, had, or has been promised.
CREATE TABLE paths (
    id {id} NOT NULL PRIMARY KEY,
    revision {instant} NOT NULL,
    -- The portal as text, '' for the provincial one: a missing value would never be unique.
    portal {text} NOT NULL,
    section {text} NOT NULL,
    locale {text} NOT NULL,
    slug {text} NOT NULL,
    entry_id {id} NOT NULL,
    kind {text} NOT NULL,
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL
);
CREATE UNIQUE INDEX paths_once ON paths (portal, section, locale, slug);
CREATE INDEX paths_of ON paths (entry_id, locale);

-- Who did what when: the record of the workflow (C-30).
CREATE TABLE entry_steps (
    id {id} NOT NULL PRIMARY KEY,
    entry_id {id} NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    edition_id {id} NOT NULL,
    locale {text} NOT NULL,
    number {instant} NOT NULL,
    action {text} NOT NULL,
    from_state {text},
    to_state {text} NOT NULL,
    actor_id {id},
    comment {text},
    details {json} NOT NULL,
    occurred_at {instant} NOT NULL
);
CREATE INDEX entry_steps_of ON entry_steps (entry_id, id);

-- Why an address answers no more; the newest row of a language counts while it has not ended.
CREATE TABLE unpublishings (
    id {id} NOT NULL PRIMARY KEY,
    entry_id {id} NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    locale {text} NOT NULL,
    kind {text} NOT NULL,
    explanation {text},
    redirect_to {text},
    ground {text},
    violation_id {id},
    decided_by {id},
    decided_at {instant} NOT NULL,
    ended_at {instant}
);
CREATE INDEX unpublishings_of ON unpublishings (entry_id, locale, id);

CREATE TABLE entry_translations (
    entry_id {id} NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    locale {text} NOT NULL,
    translator {text},
    due_on {text},
    selected_by {id},
    selected_at {instant} NOT NULL,
    sent_at {instant},
    -- The number of the source edition that was last translated from.
    source_number {instant} NOT NULL,
    PRIMARY KEY (entry_id, locale)
);

CREATE TABLE releases (
    id {id} NOT NULL PRIMARY KEY,
    revision {instant} NOT NULL,
    title {text} NOT NULL,
    title_lower {text} NOT NULL,
    note {text},
    state {text} NOT NULL,
    scheduled_at {instant},
    created_by {id},
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL,
    published_at {instant}
);
CREATE TABLE release_items (
    release_id {id} NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    place {instant} NOT NULL,
    entry_id {id} NOT NULL,
    locale {text} NOT NULL,
    PRIMARY KEY (release_id, entry_id, locale)
);

CREATE TABLE schedules (
    id {id} NOT NULL PRIMARY KEY,
    revision {instant} NOT NULL,
    action {text} NOT NULL,
    entry_id {id} REFERENCES entries (id) ON DELETE CASCADE,
    content_type {text},
    locale {text},
    edition_id {id},
    edition_number {instant},
    release_id {id} REFERENCES releases (id) ON DELETE CASCADE,
    at {instant} NOT NULL,
    explanation {text},
    redirect_to {text},
    state {text} NOT NULL,
    failure {text},
    created_by {id},
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL
);
CREATE INDEX schedules_due ON schedules (at, id) WHERE state = 'pending';
CREATE INDEX schedules_of ON schedules (entry_id, locale);

-- Reports of violating content (C-34): anyone may make one, only moderators read them.
CREATE TABLE violations (
    id {id} NOT NULL PRIMARY KEY,
    revision {instant} NOT NULL,
    url {text},
    entry_id {id},
    ground {text} NOT NULL,
    detail {text} NOT NULL,
    reporter_name {text},
    reporter_contact {text},
    state {text} NOT NULL,
    decision {text},
    decided_by {id},
    decided_at {instant},
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL
);
CREATE INDEX violations_by_created ON violations (created_at, id)
