CREATE TABLE subscriptions (
    tenant           TEXT    NOT NULL,
    id               TEXT    NOT NULL,
    url              TEXT    NOT NULL,
    types            TEXT    NOT NULL,
    status           TEXT    NOT NULL,
    status_reason    TEXT,
    sealed_secrets   TEXT    NOT NULL,
    old_secret_until INTEGER,
    cursor           INTEGER NOT NULL,
    failing_since    INTEGER,
    created_by       TEXT    NOT NULL,
    version          INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    PRIMARY KEY (tenant, id)
);

-- A delivery's id is a hash and says nothing of its age: lists go by the position of its event.
CREATE TABLE deliveries (
    tenant          TEXT    NOT NULL,
    id              TEXT    NOT NULL,
    subscription    TEXT    NOT NULL,
    position        INTEGER NOT NULL,
    event_id        TEXT    NOT NULL,
    event_type      TEXT    NOT NULL,
    partition_key   TEXT,
    status          TEXT    NOT NULL,
    at_rest         INTEGER NOT NULL,
    attempts        INTEGER NOT NULL,
    next_attempt_at INTEGER,
    response_status INTEGER,
    reason          TEXT,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE UNIQUE INDEX deliveries_by_subscription ON deliveries (tenant, subscription, position);
CREATE INDEX deliveries_by_position ON deliveries (tenant, position, id);
CREATE INDEX deliveries_open ON deliveries (tenant, subscription, position) WHERE at_rest = 0;
CREATE INDEX deliveries_dead ON deliveries (tenant, position, id) WHERE status = 'dead';

CREATE TABLE api_keys (
    tenant      TEXT    NOT NULL,
    id          TEXT    NOT NULL,
    public_id   TEXT    NOT NULL,
    hash        BLOB    NOT NULL,
    client      TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    environment TEXT    NOT NULL,
    scopes      TEXT    NOT NULL,
    expires_at  INTEGER,
    revoked_at  INTEGER,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (tenant, id)
);

-- A key is looked up before its tenant is known.
CREATE UNIQUE INDEX api_keys_by_public_id ON api_keys (public_id);

CREATE TABLE connections (
    tenant        TEXT    NOT NULL,
    id            TEXT    NOT NULL,
    kind          TEXT    NOT NULL,
    options       BLOB    NOT NULL,
    status        TEXT    NOT NULL,
    status_reason TEXT,
    environment   TEXT    NOT NULL,
    managed_by    TEXT    NOT NULL,
    version       INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE TABLE objects (
    tenant       TEXT    NOT NULL,
    id           TEXT    NOT NULL,
    key          TEXT,
    cid          TEXT    NOT NULL,
    cid_profile  TEXT    NOT NULL,
    sha256       TEXT    NOT NULL,
    size         INTEGER NOT NULL,
    content_type TEXT    NOT NULL,
    connection   TEXT    NOT NULL,
    effect       TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE INDEX objects_by_cid ON objects (tenant, cid, id);
CREATE INDEX objects_by_key ON objects (tenant, key, id) WHERE key IS NOT NULL;

CREATE TABLE wrapped_keys (
    tenant     TEXT    NOT NULL,
    purpose    TEXT    NOT NULL,
    wrapped    BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, purpose)
);
