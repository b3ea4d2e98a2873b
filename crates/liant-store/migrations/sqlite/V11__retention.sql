-- Destructions at the term of what is held, and what guards against looking people up one after the other.

-- One run. No row here, nor in its parts, is about a person. At most one is under way: who comes next goes on with it.
CREATE TABLE destruction (
    territory_id   TEXT NOT NULL,
    destruction_id BLOB NOT NULL,      -- of the audit entry that ends it
    day            TEXT NOT NULL,      -- what is due on this day goes
    begun_at       INTEGER NOT NULL,
    begun_by       TEXT NOT NULL,
    ended_at       INTEGER,
    certificate    TEXT,               -- JSON, once it has ended
    PRIMARY KEY (territory_id, destruction_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX destruction_under_way ON destruction (territory_id) WHERE ended_at IS NULL;

-- What a run destroyed under each clause; written in the transactions that destroy.
CREATE TABLE destruction_part (
    territory_id   TEXT NOT NULL,
    destruction_id BLOB NOT NULL,
    convention     TEXT NOT NULL,
    version        INTEGER NOT NULL,
    clause         TEXT NOT NULL,
    data_set       TEXT NOT NULL,
    source         TEXT NOT NULL,      -- empty when it is of no source
    people         INTEGER NOT NULL,
    items          INTEGER NOT NULL,
    PRIMARY KEY (territory_id, destruction_id, convention, version, clause, data_set, source)
) STRICT, WITHOUT ROWID;

-- Whom a human opened, or asked for and may not see: each once, with the last time. Kept a day.
CREATE TABLE opening (
    territory_id TEXT NOT NULL,
    human        TEXT NOT NULL,        -- account, or the operator's actor
    beyond       INTEGER NOT NULL,     -- 1 when she is not hers to see
    person_id    BLOB NOT NULL,        -- as it was asked for, whether there is such a person or not
    at           INTEGER NOT NULL,
    PRIMARY KEY (territory_id, human, beyond, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX opening_by_time ON opening (territory_id, human, beyond, at);

-- A human who may open nobody until someone else has looked at what she did: an alert.
CREATE TABLE blocking (
    territory_id TEXT NOT NULL,
    blocking_id  BLOB NOT NULL,        -- of the audit entry that raised it
    human        TEXT NOT NULL,
    party        TEXT NOT NULL,
    role         TEXT NOT NULL,
    clause       TEXT NOT NULL,
    tried        INTEGER NOT NULL,     -- how many people beyond her reach she had asked for
    at           INTEGER NOT NULL,
    lifted_at    INTEGER,
    lifted_by    TEXT,
    PRIMARY KEY (territory_id, blocking_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX blocking_in_force ON blocking (territory_id, human) WHERE lifted_at IS NULL;

-- When someone last came in by an account, and when its owner was warned since, for nobody uses it.
ALTER TABLE account ADD COLUMN used_at INTEGER;
ALTER TABLE account ADD COLUMN warned_at INTEGER;
UPDATE account SET used_at = (SELECT MAX(session.seen_at) FROM session WHERE session.account_id = account.account_id);

-- Who has looked a wider search over, and when.
ALTER TABLE wider_search ADD COLUMN reviewed_at INTEGER;
ALTER TABLE wider_search ADD COLUMN reviewed_by TEXT;
