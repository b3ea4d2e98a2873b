-- Which signed checkpoint of the log was given to whom: whoever keeps one finds a log that was rewritten since.
CREATE TABLE checkpoint_given (
    territory_id TEXT NOT NULL,
    recipient    TEXT NOT NULL,         -- an address of `[checkpoints]`
    log_size     INTEGER NOT NULL,
    given_at     INTEGER NOT NULL,
    PRIMARY KEY (territory_id, recipient)
) STRICT, WITHOUT ROWID;
