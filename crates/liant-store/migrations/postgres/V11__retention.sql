-- Destructions at the term of what is held, and what guards against looking people up one after the other.

-- One run. No row here, nor in its parts, is about a person. At most one is under way: who comes next goes on with it.
CREATE TABLE destruction (
    territory_id   TEXT NOT NULL,
    destruction_id UUID NOT NULL,      -- of the audit entry that ends it
    day            TEXT NOT NULL,      -- what is due on this day goes
    begun_at       BIGINT NOT NULL,
    begun_by       TEXT NOT NULL,
    ended_at       BIGINT,
    certificate    TEXT,               -- JSON, once it has ended
    PRIMARY KEY (territory_id, destruction_id)
);

CREATE UNIQUE INDEX destruction_under_way ON destruction (territory_id) WHERE ended_at IS NULL;

-- What a run destroyed under each clause; written in the transactions that destroy.
CREATE TABLE destruction_part (
    territory_id   TEXT NOT NULL,
    destruction_id UUID NOT NULL,
    convention     TEXT NOT NULL,
    version        BIGINT NOT NULL,
    clause         TEXT NOT NULL,
    data_set       TEXT NOT NULL,
    source         TEXT NOT NULL,      -- empty when it is of no source
    people         BIGINT NOT NULL,
    items          BIGINT NOT NULL,
    PRIMARY KEY (territory_id, destruction_id, convention, version, clause, data_set, source)
);

-- Whom a human opened, or asked for and may not see: each once, with the last time. Kept a day.
CREATE TABLE opening (
    territory_id TEXT NOT NULL,
    human        TEXT NOT NULL,        -- account, or the operator's actor
    beyond       BIGINT NOT NULL,     -- 1 when she is not hers to see
    person_id    UUID NOT NULL,        -- as it was asked for, whether there is such a person or not
    at           BIGINT NOT NULL,
    PRIMARY KEY (territory_id, human, beyond, person_id)
);

CREATE INDEX opening_by_time ON opening (territory_id, human, beyond, at);

-- A human who may open nobody until someone else has looked at what she did: an alert.
CREATE TABLE blocking (
    territory_id TEXT NOT NULL,
    blocking_id  UUID NOT NULL,        -- of the audit entry that raised it
    human        TEXT NOT NULL,
    party        TEXT NOT NULL,
    role         TEXT NOT NULL,
    clause       TEXT NOT NULL,
    tried        BIGINT NOT NULL,     -- how many people beyond her reach she had asked for
    at           BIGINT NOT NULL,
    lifted_at    BIGINT,
    lifted_by    TEXT,
    PRIMARY KEY (territory_id, blocking_id)
);

CREATE UNIQUE INDEX blocking_in_force ON blocking (territory_id, human) WHERE lifted_at IS NULL;

-- When someone last came in by an account, and when its owner was warned since, for nobody uses it.
ALTER TABLE account ADD COLUMN used_at BIGINT;
ALTER TABLE account ADD COLUMN warned_at BIGINT;
UPDATE account SET used_at = (SELECT MAX(session.seen_at) FROM session WHERE session.account_id = account.account_id);

ALTER TABLE destruction ENABLE ROW LEVEL SECURITY;
ALTER TABLE destruction FORCE ROW LEVEL SECURITY;
CREATE POLICY destruction_territory ON destruction USING (territory_id = current_setting('liant.territory', true));

ALTER TABLE destruction_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE destruction_part FORCE ROW LEVEL SECURITY;
CREATE POLICY destruction_part_territory ON destruction_part USING (territory_id = current_setting('liant.territory', true));

ALTER TABLE opening ENABLE ROW LEVEL SECURITY;
ALTER TABLE opening FORCE ROW LEVEL SECURITY;
CREATE POLICY opening_territory ON opening USING (territory_id = current_setting('liant.territory', true));

ALTER TABLE blocking ENABLE ROW LEVEL SECURITY;
ALTER TABLE blocking FORCE ROW LEVEL SECURITY;
CREATE POLICY blocking_territory ON blocking USING (territory_id = current_setting('liant.territory', true));

-- Who has looked a wider search over, and when.
ALTER TABLE wider_search ADD COLUMN reviewed_at BIGINT;
ALTER TABLE wider_search ADD COLUMN reviewed_by TEXT;
