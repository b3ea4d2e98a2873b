-- What people had erased (*effacement*, GDPR art. 17), and what was refused to them.
-- A request that was carried out in whole hangs on nobody any more: its number is where the source identity was.
CREATE TABLE erasure (
    territory_id   TEXT NOT NULL,
    request_id     BLOB NOT NULL,
    destruction_id BLOB NOT NULL,      -- the run that did it
    ground         TEXT NOT NULL,      -- a letter of art. 17 (1)
    sources        TEXT NOT NULL,      -- registers, separated by spaces; none: all
    sets           TEXT NOT NULL,      -- sets of facts, separated by spaces; none: all
    parties        TEXT NOT NULL,      -- who gave or received what went (art. 19): each with what it did
    carried_by     TEXT NOT NULL,      -- account, or the operator's actor
    carried_at     INTEGER NOT NULL,
    PRIMARY KEY (territory_id, request_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE erasure_refusal (
    territory_id TEXT NOT NULL,
    request_id   BLOB NOT NULL,
    reason       TEXT NOT NULL,
    clauses      TEXT NOT NULL,        -- one a line, each with its legal bases
    refused_by   TEXT NOT NULL,        -- account, or the operator's actor
    refused_at   INTEGER NOT NULL,
    PRIMARY KEY (territory_id, request_id)
) STRICT, WITHOUT ROWID;

-- Whom a register's next files do not bring back: keyed marks of what it knew her by, of which nothing can be read.
CREATE TABLE erasure_mark (
    territory_id TEXT NOT NULL,
    source       TEXT NOT NULL,
    mark         BLOB NOT NULL,
    key_version  INTEGER NOT NULL,      -- of the index key
    request_id   BLOB NOT NULL,
    PRIMARY KEY (territory_id, source, mark, request_id)
) STRICT, WITHOUT ROWID;
