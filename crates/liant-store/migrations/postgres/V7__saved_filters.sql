-- The filters of the people's list that an account keeps under a name. No row here is about a person accompanied: `query` holds
-- filters alone, never what was searched for.
CREATE TABLE saved_filter (
    territory_id TEXT NOT NULL,
    account_id   UUID NOT NULL,
    filter_id    UUID NOT NULL,
    name         TEXT NOT NULL,
    query        TEXT NOT NULL,
    kept_at      BIGINT NOT NULL,
    PRIMARY KEY (territory_id, account_id, filter_id)
);

CREATE UNIQUE INDEX saved_filter_by_name ON saved_filter (territory_id, account_id, name);

ALTER TABLE saved_filter ENABLE ROW LEVEL SECURITY;
ALTER TABLE saved_filter FORCE ROW LEVEL SECURITY;
CREATE POLICY saved_filter_territory ON saved_filter USING (territory_id = current_setting('liant.territory', true));
