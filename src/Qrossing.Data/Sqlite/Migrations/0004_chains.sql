CREATE TABLE wallets (
    tenant     TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    namespace  TEXT    NOT NULL,
    address    TEXT    NOT NULL,
    sealed_key TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE UNIQUE INDEX wallets_by_address ON wallets (tenant, address);

-- value is text of digits: SQLite's NUMERIC would round 2^256-1.
CREATE TABLE transactions (
    tenant       TEXT    NOT NULL,
    id           TEXT    NOT NULL,
    effect       TEXT    NOT NULL,
    wallet       TEXT    NOT NULL,
    chain        TEXT    NOT NULL,
    from_address TEXT    NOT NULL,
    to_address   TEXT    NOT NULL,
    value        TEXT    NOT NULL,
    nonce        INTEGER,
    hash         TEXT,
    status       BLOB,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE UNIQUE INDEX transactions_by_effect ON transactions (tenant, effect);
CREATE UNIQUE INDEX transactions_by_nonce ON transactions (tenant, chain, from_address, nonce) WHERE nonce IS NOT NULL;
CREATE INDEX transactions_by_wallet ON transactions (tenant, wallet, id);
