-- The files deposited on the partner's portal, and the addresses of calendar feeds. No row here is about a person accompanied.

-- One file that was handed over: the Département marks it, Liant does not send it.
CREATE TABLE deposit (
    territory_id   TEXT NOT NULL,
    deposit_id     BLOB NOT NULL,
    flow           TEXT NOT NULL,
    reference_date TEXT NOT NULL,
    file_name      TEXT NOT NULL,
    file_hash      BLOB NOT NULL,      -- SHA-256 of the file that was built
    file_bytes     INTEGER NOT NULL,
    counts         TEXT NOT NULL,      -- JSON
    built_at       INTEGER NOT NULL,
    built_by       TEXT NOT NULL,
    deposited_on   TEXT NOT NULL,      -- the day of the deposit, as the actor says it
    recorded_at    INTEGER NOT NULL,
    recorded_by    TEXT NOT NULL,
    PRIMARY KEY (territory_id, deposit_id)
) STRICT;

-- The secret address of an account's calendar feed: one each, replaced by asking for another.
CREATE TABLE calendar_feed (
    territory_id TEXT NOT NULL,
    account      TEXT NOT NULL,
    token_hash   BLOB NOT NULL,        -- SHA-256
    made_at      INTEGER NOT NULL,
    PRIMARY KEY (territory_id, account)
) STRICT;
