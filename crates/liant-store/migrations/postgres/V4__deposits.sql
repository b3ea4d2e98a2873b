-- The files deposited on the partner's portal, and the addresses of calendar feeds. No row here is about a person accompanied.

-- One file that was handed over: the Département marks it, Liant does not send it.
CREATE TABLE deposit (
    territory_id   TEXT NOT NULL,
    deposit_id     UUID NOT NULL,
    flow           TEXT NOT NULL,
    reference_date TEXT NOT NULL,
    file_name      TEXT NOT NULL,
    file_hash      BYTEA NOT NULL,     -- SHA-256 of the file that was built
    file_bytes     BIGINT NOT NULL,
    counts         TEXT NOT NULL,      -- JSON
    built_at       BIGINT NOT NULL,
    built_by       TEXT NOT NULL,
    deposited_on   TEXT NOT NULL,      -- the day of the deposit, as the actor says it
    recorded_at    BIGINT NOT NULL,
    recorded_by    TEXT NOT NULL,
    PRIMARY KEY (territory_id, deposit_id)
);

-- The secret address of an account's calendar feed: one each, replaced by asking for another.
CREATE TABLE calendar_feed (
    territory_id TEXT NOT NULL,
    account      TEXT NOT NULL,
    token_hash   BYTEA NOT NULL,        -- SHA-256
    made_at      BIGINT NOT NULL,
    PRIMARY KEY (territory_id, account)
);

ALTER TABLE deposit ENABLE ROW LEVEL SECURITY;
ALTER TABLE deposit FORCE ROW LEVEL SECURITY;
CREATE POLICY deposit_territory ON deposit USING (territory_id = current_setting('liant.territory', true));

ALTER TABLE calendar_feed ENABLE ROW LEVEL SECURITY;
ALTER TABLE calendar_feed FORCE ROW LEVEL SECURITY;
CREATE POLICY calendar_feed_territory ON calendar_feed USING (territory_id = current_setting('liant.territory', true));
