CREATE TABLE subscriptions (
    tenant           text COLLATE "C" NOT NULL,
    id               text COLLATE "C" NOT NULL,
    url              text COLLATE "C" NOT NULL,
    types            text COLLATE "C" NOT NULL,
    status           text COLLATE "C" NOT NULL,
    status_reason    text COLLATE "C",
    sealed_secrets   text COLLATE "C" NOT NULL,
    old_secret_until bigint,
    cursor           bigint NOT NULL,
    failing_since    bigint,
    created_by       text COLLATE "C" NOT NULL,
    version          bigint NOT NULL,
    created_at       bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);

-- A delivery's id is a hash and says nothing of its age: lists go by the position of its event.
CREATE TABLE deliveries (
    tenant          text COLLATE "C" NOT NULL,
    id              text COLLATE "C" NOT NULL,
    subscription    text COLLATE "C" NOT NULL,
    position        bigint NOT NULL,
    event_id        text COLLATE "C" NOT NULL,
    event_type      text COLLATE "C" NOT NULL,
    partition_key   text COLLATE "C",
    status          text COLLATE "C" NOT NULL,
    at_rest         bigint NOT NULL,
    attempts        bigint NOT NULL,
    next_attempt_at bigint,
    response_status bigint,
    reason          text COLLATE "C",
    created_at      bigint NOT NULL,
    updated_at      bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE UNIQUE INDEX deliveries_by_subscription ON deliveries (tenant, subscription, position);
CREATE INDEX deliveries_by_position ON deliveries (tenant, position, id);
CREATE INDEX deliveries_open ON deliveries (tenant, subscription, position) WHERE at_rest = 0;
CREATE INDEX deliveries_dead ON deliveries (tenant, position, id) WHERE status = 'dead';

CREATE TABLE api_keys (
    tenant      text COLLATE "C" NOT NULL,
    id          text COLLATE "C" NOT NULL,
    public_id   text COLLATE "C" NOT NULL,
    hash        bytea NOT NULL,
    client      text COLLATE "C" NOT NULL,
    name        text COLLATE "C" NOT NULL,
    environment text COLLATE "C" NOT NULL,
    scopes      text COLLATE "C" NOT NULL,
    expires_at  bigint,
    revoked_at  bigint,
    created_at  bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);

-- A key is looked up before its tenant is known.
CREATE UNIQUE INDEX api_keys_by_public_id ON api_keys (public_id);

CREATE TABLE connections (
    tenant        text COLLATE "C" NOT NULL,
    id            text COLLATE "C" NOT NULL,
    kind          text COLLATE "C" NOT NULL,
    options       bytea NOT NULL,
    status        text COLLATE "C" NOT NULL,
    status_reason text COLLATE "C",
    environment   text COLLATE "C" NOT NULL,
    managed_by    text COLLATE "C" NOT NULL,
    version       bigint NOT NULL,
    created_at    bigint NOT NULL,
    updated_at    bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE TABLE objects (
    tenant       text COLLATE "C" NOT NULL,
    id           text COLLATE "C" NOT NULL,
    key          text COLLATE "C",
    cid          text COLLATE "C" NOT NULL,
    cid_profile  text COLLATE "C" NOT NULL,
    sha256       text COLLATE "C" NOT NULL,
    size         bigint NOT NULL,
    content_type text COLLATE "C" NOT NULL,
    connection   text COLLATE "C" NOT NULL,
    effect       text COLLATE "C" NOT NULL,
    created_at   bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE INDEX objects_by_cid ON objects (tenant, cid, id);
CREATE INDEX objects_by_key ON objects (tenant, key, id) WHERE key IS NOT NULL;

CREATE TABLE wrapped_keys (
    tenant     text COLLATE "C" NOT NULL,
    purpose    text COLLATE "C" NOT NULL,
    wrapped    bytea NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (tenant, purpose)
);
