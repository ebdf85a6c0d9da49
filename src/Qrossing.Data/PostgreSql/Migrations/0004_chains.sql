CREATE TABLE wallets (
    tenant     text COLLATE "C" NOT NULL,
    id         text COLLATE "C" NOT NULL,
    name       text COLLATE "C" NOT NULL,
    namespace  text COLLATE "C" NOT NULL,
    address    text COLLATE "C" NOT NULL,
    sealed_key text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE UNIQUE INDEX wallets_by_address ON wallets (tenant, address);

-- value is text of digits, as in SQLite: the same 256-bit amounts on both engines.
CREATE TABLE transactions (
    tenant       text COLLATE "C" NOT NULL,
    id           text COLLATE "C" NOT NULL,
    effect       text COLLATE "C" NOT NULL,
    wallet       text COLLATE "C" NOT NULL,
    chain        text COLLATE "C" NOT NULL,
    from_address text COLLATE "C" NOT NULL,
    to_address   text COLLATE "C" NOT NULL,
    value        text COLLATE "C" NOT NULL,
    nonce        bigint,
    hash         text COLLATE "C",
    status       bytea,
    created_at   bigint NOT NULL,
    updated_at   bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);

CREATE UNIQUE INDEX transactions_by_effect ON transactions (tenant, effect);
CREATE UNIQUE INDEX transactions_by_nonce ON transactions (tenant, chain, from_address, nonce) WHERE nonce IS NOT NULL;
CREATE INDEX transactions_by_wallet ON transactions (tenant, wallet, id);
