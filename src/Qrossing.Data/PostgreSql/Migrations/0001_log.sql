-- The one row that orders everything, and the log it orders. Positions come from log_head only (effects, One transaction).
CREATE TABLE log_head (
    id          bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    epoch       bigint NOT NULL,
    position    bigint NOT NULL,
    leaves      bigint NOT NULL,
    owner       text COLLATE "C",
    lease_until bigint,
    restored_at bigint
);

INSERT INTO log_head (id, epoch, position, leaves) VALUES (1, 0, 0, 0);

CREATE TABLE events (
    tenant            text COLLATE "C" NOT NULL,
    position          bigint NOT NULL,
    source            text COLLATE "C" NOT NULL,
    id                text COLLATE "C" NOT NULL,
    type              text COLLATE "C" NOT NULL,
    subject           text COLLATE "C",
    time              bigint,
    data_content_type text COLLATE "C",
    data_schema       text COLLATE "C",
    partition_key     text COLLATE "C",
    effect            text COLLATE "C",
    extensions        bytea,
    data              bytea,
    PRIMARY KEY (tenant, position)
);

CREATE UNIQUE INDEX events_by_source ON events (tenant, source, id);
CREATE INDEX events_by_type ON events (tenant, type, position);
CREATE INDEX events_by_subject ON events (tenant, subject, position) WHERE subject IS NOT NULL;
CREATE INDEX events_by_effect ON events (tenant, effect, position) WHERE effect IS NOT NULL;

-- Leaves number one log over all tenants, so the leaf is the key; what a tenant reads goes through the indexes below.
CREATE TABLE audit_entries (
    leaf     bigint NOT NULL PRIMARY KEY,
    position bigint NOT NULL,
    tenant   text COLLATE "C" NOT NULL,
    time     bigint NOT NULL,
    action   text COLLATE "C" NOT NULL,
    actor    text COLLATE "C" NOT NULL,
    subject  text COLLATE "C",
    entry    bytea NOT NULL,
    sealed   bytea NOT NULL
);

CREATE INDEX audit_entries_by_action ON audit_entries (tenant, action, leaf);
CREATE INDEX audit_entries_by_subject ON audit_entries (tenant, subject, leaf);
CREATE INDEX audit_entries_by_tenant ON audit_entries (tenant, leaf);

CREATE TABLE audit_tree (
    id         bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    size       bigint NOT NULL,
    frontier   bytea NOT NULL,
    checkpoint text COLLATE "C" NOT NULL
);

CREATE TABLE audit_tiles (
    level  bigint NOT NULL,
    tile   bigint NOT NULL,
    hashes bytea NOT NULL,
    PRIMARY KEY (level, tile)
);
