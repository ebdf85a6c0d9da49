-- at_rest repeats what phase and finality say, so that the partial indexes hold only what still moves: their cost does not grow with history.
CREATE TABLE effects (
    tenant           text COLLATE "C" NOT NULL,
    id               text COLLATE "C" NOT NULL,
    kind             text COLLATE "C" NOT NULL,
    connection       text COLLATE "C" NOT NULL,
    client           text COLLATE "C" NOT NULL,
    phase            text COLLATE "C" NOT NULL,
    finality         text COLLATE "C",
    at_rest          bigint NOT NULL,
    phase_since      bigint NOT NULL,
    request          bytea NOT NULL,
    request_digest   text COLLATE "C" NOT NULL,
    prepared         bytea,
    send_by          bigint,
    result           bytea,
    reason           text COLLATE "C",
    waits_for        text COLLATE "C",
    next_action_at   bigint,
    attempts         bigint NOT NULL,
    tries            bigint NOT NULL,
    cancel_requested bigint NOT NULL,
    reversed_amount  text COLLATE "C",
    parent           text COLLATE "C",
    partition_key    text COLLATE "C" NOT NULL,
    trace_parent     text COLLATE "C",
    expires_at       bigint NOT NULL,
    claim_epoch      bigint NOT NULL,
    claimed_until    bigint,
    version          bigint NOT NULL,
    created_at       bigint NOT NULL,
    updated_at       bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE INDEX effects_due ON effects (next_action_at, id) WHERE next_action_at IS NOT NULL;
CREATE INDEX effects_claimed ON effects (claim_epoch, id) WHERE phase = 'sending';
CREATE INDEX effects_open ON effects (phase, phase_since) WHERE at_rest = 0;
CREATE INDEX effects_open_by_id ON effects (tenant, id) WHERE at_rest = 0;
CREATE INDEX effects_open_by_connection ON effects (tenant, connection) WHERE at_rest = 0;

CREATE TABLE effect_attempts (
    tenant          text COLLATE "C" NOT NULL,
    effect          text COLLATE "C" NOT NULL,
    number          bigint NOT NULL,
    kind            text COLLATE "C" NOT NULL,
    started_at      bigint NOT NULL,
    ended_at        bigint,
    evidence        text COLLATE "C",
    code            text COLLATE "C",
    peer_code       text COLLATE "C",
    peer_request_id text COLLATE "C",
    peer_reference  text COLLATE "C",
    PRIMARY KEY (tenant, effect, number)
);

CREATE TABLE idempotency_keys (
    tenant           text COLLATE "C" NOT NULL,
    client           text COLLATE "C" NOT NULL,
    key              text COLLATE "C" NOT NULL,
    fingerprint      text COLLATE "C" NOT NULL,
    effect           text COLLATE "C" NOT NULL,
    answer_status    bigint,
    answer_type      text COLLATE "C",
    answer_location  text COLLATE "C",
    answer_body      bytea,
    PRIMARY KEY (tenant, client, key)
);

CREATE INDEX idempotency_keys_by_effect ON idempotency_keys (tenant, effect);
