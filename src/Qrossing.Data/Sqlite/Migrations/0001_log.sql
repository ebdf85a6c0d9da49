-- The one row that orders everything, and the log it orders. Positions come from log_head only (effects, One transaction).
CREATE TABLE log_head (
    id          INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    epoch       INTEGER NOT NULL,
    position    INTEGER NOT NULL,
    leaves      INTEGER NOT NULL,
    owner       TEXT,
    lease_until INTEGER,
    restored_at INTEGER
);

INSERT INTO log_head (id, epoch, position, leaves) VALUES (1, 0, 0, 0);

CREATE TABLE events (
    tenant            TEXT    NOT NULL,
    position          INTEGER NOT NULL,
    source            TEXT    NOT NULL,
    id                TEXT    NOT NULL,
    type              TEXT    NOT NULL,
    subject           TEXT,
    time              INTEGER,
    data_content_type TEXT,
    data_schema       TEXT,
    partition_key     TEXT,
    effect            TEXT,
    extensions        BLOB,
    data              BLOB,
    PRIMARY KEY (tenant, position)
);

CREATE UNIQUE INDEX events_by_source ON events (tenant, source, id);
CREATE INDEX events_by_type ON events (tenant, type, position);
CREATE INDEX events_by_subject ON events (tenant, subject, position) WHERE subject IS NOT NULL;
CREATE INDEX events_by_effect ON events (tenant, effect, position) WHERE effect IS NOT NULL;

-- Leaves number one log over all tenants, so the leaf is the key; what a tenant reads goes through the indexes below.
CREATE TABLE audit_entries (
    leaf     INTEGER NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    tenant   TEXT    NOT NULL,
    time     INTEGER NOT NULL,
    action   TEXT    NOT NULL,
    actor    TEXT    NOT NULL,
    subject  TEXT,
    entry    BLOB    NOT NULL,
    sealed   BLOB    NOT NULL
);

CREATE INDEX audit_entries_by_action ON audit_entries (tenant, action, leaf);
CREATE INDEX audit_entries_by_subject ON audit_entries (tenant, subject, leaf);
CREATE INDEX audit_entries_by_tenant ON audit_entries (tenant, leaf);

CREATE TABLE audit_tree (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    size       INTEGER NOT NULL,
    frontier   BLOB    NOT NULL,
    checkpoint TEXT    NOT NULL
);

CREATE TABLE audit_tiles (
    level  INTEGER NOT NULL,
    tile   INTEGER NOT NULL,
    hashes BLOB    NOT NULL,
    PRIMARY KEY (level, tile)
);
