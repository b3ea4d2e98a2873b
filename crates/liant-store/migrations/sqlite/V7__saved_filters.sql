-- The filters of the people's list that an account keeps under a name. No row here is about a person accompanied: `query` holds
-- filters alone, never what was searched for.
CREATE TABLE saved_filter (
    territory_id TEXT NOT NULL,
    account_id   BLOB NOT NULL,
    filter_id    BLOB NOT NULL,
    name         TEXT NOT NULL,
    query        TEXT NOT NULL,
    kept_at      INTEGER NOT NULL,
    PRIMARY KEY (territory_id, account_id, filter_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX saved_filter_by_name ON saved_filter (territory_id, account_id, name);
