-- What people had erased (*effacement*, GDPR art. 17), and what was refused to them.
-- A request that was carried out in whole hangs on nobody any more: its number is where the source identity was.
CREATE TABLE erasure (
    territory_id   TEXT NOT NULL,
    request_id     UUID NOT NULL,
    destruction_id UUID NOT NULL,      -- the run that did it
    ground         TEXT NOT NULL,      -- a letter of art. 17 (1)
    sources        TEXT NOT NULL,      -- registers, separated by spaces; none: all
    sets           TEXT NOT NULL,      -- sets of facts, separated by spaces; none: all
    parties        TEXT NOT NULL,      -- who gave or received what went (art. 19): each with what it did
    carried_by     TEXT NOT NULL,      -- account, or the operator's actor
    carried_at     BIGINT NOT NULL,
    PRIMARY KEY (territory_id, request_id)
);

CREATE TABLE erasure_refusal (
    territory_id TEXT NOT NULL,
    request_id   UUID NOT NULL,
    reason       TEXT NOT NULL,
    clauses      TEXT NOT NULL,        -- one a line, each with its legal bases
    refused_by   TEXT NOT NULL,        -- account, or the operator's actor
    refused_at   BIGINT NOT NULL,
    PRIMARY KEY (territory_id, request_id)
);

-- Whom a register's next files do not bring back: keyed marks of what it knew her by, of which nothing can be read.
CREATE TABLE erasure_mark (
    territory_id TEXT NOT NULL,
    source       TEXT NOT NULL,
    mark         BYTEA NOT NULL,
    key_version  BIGINT NOT NULL,      -- of the index key
    request_id   UUID NOT NULL,
    PRIMARY KEY (territory_id, source, mark, request_id)
);

-- The second wall (V1).
ALTER TABLE erasure ENABLE ROW LEVEL SECURITY;
ALTER TABLE erasure FORCE ROW LEVEL SECURITY;
CREATE POLICY erasure_territory ON erasure USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE erasure_refusal ENABLE ROW LEVEL SECURITY;
ALTER TABLE erasure_refusal FORCE ROW LEVEL SECURITY;
CREATE POLICY erasure_refusal_territory ON erasure_refusal USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE erasure_mark ENABLE ROW LEVEL SECURITY;
ALTER TABLE erasure_mark FORCE ROW LEVEL SECURITY;
CREATE POLICY erasure_mark_territory ON erasure_mark USING (territory_id = current_setting('liant.territory', true));
