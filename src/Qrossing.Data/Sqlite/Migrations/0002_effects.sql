-- at_rest repeats what phase and finality say, so that the partial indexes hold only what still moves: their cost does not grow with history.
CREATE TABLE effects (
    tenant           TEXT    NOT NULL,
    id               TEXT    NOT NULL,
    kind             TEXT    NOT NULL,
    connection       TEXT    NOT NULL,
    client           TEXT    NOT NULL,
    phase            TEXT    NOT NULL,
    finality         TEXT,
    at_rest          INTEGER NOT NULL,
    phase_since      INTEGER NOT NULL,
    request          BLOB    NOT NULL,
    request_digest   TEXT    NOT NULL,
    prepared         BLOB,
    send_by          INTEGER,
    result           BLOB,
    reason           TEXT,
    waits_for        TEXT,
    next_action_at   INTEGER,
    attempts         INTEGER NOT NULL,
    tries            INTEGER NOT NULL,
    cancel_requested INTEGER NOT NULL,
    reversed_amount  TEXT,
    parent           TEXT,
    partition_key    TEXT    NOT NULL,
    trace_parent     TEXT,
    expires_at       INTEGER NOT NULL,
    claim_epoch      INTEGER NOT NULL,
    claimed_until    INTEGER,
    version          INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE INDEX effects_due ON effects (next_action_at, id) WHERE next_action_at IS NOT NULL;
CREATE INDEX effects_claimed ON effects (claim_epoch, id) WHERE phase = 'sending';
CREATE INDEX effects_open ON effects (phase, phase_since) WHERE at_rest = 0;
CREATE INDEX effects_open_by_id ON effects (tenant, id) WHERE at_rest = 0;
CREATE INDEX effects_open_by_connection ON effects (tenant, connection) WHERE at_rest = 0;

CREATE TABLE effect_attempts (
    tenant          TEXT    NOT NULL,
    effect          TEXT    NOT NULL,
    number          INTEGER NOT NULL,
    kind            TEXT    NOT NULL,
    started_at      INTEGER NOT NULL,
    ended_at        INTEGER,
    evidence        TEXT,
    code            TEXT,
    peer_code       TEXT,
    peer_request_id TEXT,
    peer_reference  TEXT,
    PRIMARY KEY (tenant, effect, number)
);

CREATE TABLE idempotency_keys (
    tenant           TEXT NOT NULL,
    client           TEXT NOT NULL,
    key              TEXT NOT NULL,
    fingerprint      TEXT NOT NULL,
    effect           TEXT NOT NULL,
    answer_status    INTEGER,
    answer_type      TEXT,
    answer_location  TEXT,
    answer_body      BLOB,
    PRIMARY KEY (tenant, client, key)
);

CREATE INDEX idempotency_keys_by_effect ON idempotency_keys (tenant, effect);
