-- Which signed checkpoint of the log was given to whom: whoever keeps one finds a log that was rewritten since.
CREATE TABLE checkpoint_given (
    territory_id TEXT NOT NULL,
    recipient    TEXT NOT NULL,         -- an address of `[checkpoints]`
    log_size     BIGINT NOT NULL,
    given_at     BIGINT NOT NULL,
    PRIMARY KEY (territory_id, recipient)
);

-- The second wall (V1).
ALTER TABLE checkpoint_given ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkpoint_given FORCE ROW LEVEL SECURITY;
CREATE POLICY checkpoint_given_territory ON checkpoint_given USING (territory_id = current_setting('liant.territory', true));
