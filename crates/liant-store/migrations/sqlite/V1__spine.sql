-- Types are the same on both engines: instants in integer microseconds, dates as ISO text, booleans 0/1, ids as 16 bytes.
-- territory_id leads every key of people's data. The one global table is territory.

CREATE TABLE territory (
    territory_id TEXT NOT NULL PRIMARY KEY,
    published    INTEGER NOT NULL,   -- the pointer: readers see versions up to this batch
    last_batch   INTEGER NOT NULL,   -- the last number given out
    link_moves   INTEGER NOT NULL,   -- how many times a human has moved a link
    log_size     INTEGER NOT NULL,   -- entries of the audit log that are sequenced
    log_frontier BLOB NOT NULL       -- right edge of the log's Merkle tree
) STRICT;

CREATE TABLE batch (
    territory_id     TEXT NOT NULL,
    batch_no         INTEGER NOT NULL,
    act_id           BLOB NOT NULL,
    flow             TEXT NOT NULL,
    source           TEXT NOT NULL,
    received_under   TEXT NOT NULL,  -- the clause every fact of the batch was received under
    reference_date   TEXT NOT NULL,
    fabricated_on    TEXT,
    file_name        TEXT NOT NULL,
    file_hash        BLOB NOT NULL,
    file_bytes       INTEGER NOT NULL,
    state            TEXT NOT NULL CHECK (state IN ('loading', 'published', 'abandoned')),
    started_at       INTEGER NOT NULL,
    published_at     INTEGER,
    actor            TEXT NOT NULL,
    counts           TEXT NOT NULL,  -- opaque JSON
    PRIMARY KEY (territory_id, batch_no)
) STRICT, WITHOUT ROWID;

-- One spell of a person in the stock of one source, under the source's own key.
CREATE TABLE identity (
    territory_id TEXT NOT NULL,
    identity_id  BLOB NOT NULL,
    from_batch   INTEGER NOT NULL,
    to_batch     INTEGER,
    source       TEXT NOT NULL,
    own_key      TEXT NOT NULL,
    PRIMARY KEY (territory_id, identity_id, from_batch)
) STRICT, WITHOUT ROWID;

-- What one batch brought of one source identity: its new versions of blocks, as `coded.rs` writes them. A version holds
-- until a later batch brings another of the same block, so a row is never touched again.
CREATE TABLE fact (
    territory_id TEXT NOT NULL,
    identity_id  BLOB NOT NULL,
    from_batch   INTEGER NOT NULL,
    blocks       BLOB NOT NULL,
    PRIMARY KEY (territory_id, identity_id, from_batch)
) STRICT, WITHOUT ROWID;

-- Which identity block holds which NIR, by its keyed blind index. A table and not an index of `fact`: an import fills
-- it in the order of its key, which an index, filled in the order of `fact`, would not be (five times the writing).
CREATE TABLE nir_entry (
    territory_id TEXT NOT NULL,
    nir_index    BLOB NOT NULL,
    identity_id  BLOB NOT NULL,
    from_batch   INTEGER NOT NULL,
    PRIMARY KEY (territory_id, nir_index, identity_id, from_batch)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    territory_id TEXT NOT NULL,
    person_id    BLOB NOT NULL,
    from_batch   INTEGER NOT NULL,
    PRIMARY KEY (territory_id, person_id)
) STRICT, WITHOUT ROWID;

-- Which person a source identity belongs to, from when to when. Ended, never deleted.
CREATE TABLE link (
    territory_id TEXT NOT NULL,
    identity_id  BLOB NOT NULL,
    link_no      INTEGER NOT NULL,   -- 1 for the first link of the identity
    person_id    BLOB NOT NULL,
    from_batch   INTEGER NOT NULL,
    source       TEXT NOT NULL,      -- of the identity: it never changes
    made_at      INTEGER NOT NULL,
    ended_at     INTEGER,
    decision     TEXT NOT NULL CHECK (decision IN ('new', 'certain', 'scored', 'human')),
    score        REAL,
    evidence     BLOB,
    PRIMARY KEY (territory_id, identity_id, link_no)
) STRICT, WITHOUT ROWID;

-- The links by person, each once; a table for the same reason as nir_entry. Whether a link still holds is in `link`.
CREATE TABLE member (
    territory_id TEXT NOT NULL,
    person_id    BLOB NOT NULL,
    identity_id  BLOB NOT NULL,
    link_no      INTEGER NOT NULL,
    from_batch   INTEGER NOT NULL,
    PRIMARY KEY (territory_id, person_id, identity_id, link_no)
) STRICT, WITHOUT ROWID;

-- A question of identity put to a human: is `identity_id` the same person as `candidate_id`?
CREATE TABLE review (
    territory_id TEXT NOT NULL,
    review_id    BLOB NOT NULL,
    batch_no     INTEGER NOT NULL,
    identity_id  BLOB NOT NULL,
    candidate_id BLOB NOT NULL,
    score        REAL NOT NULL,
    evidence     BLOB NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused')),
    version      INTEGER NOT NULL,
    decided_at   INTEGER,
    decided_by   TEXT,
    link_no      INTEGER,            -- the link that acceptance made
    PRIMARY KEY (territory_id, review_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE reject (
    territory_id TEXT NOT NULL,
    batch_no     INTEGER NOT NULL,
    record_no    INTEGER NOT NULL,
    problem_no   INTEGER NOT NULL,
    byte_offset  INTEGER NOT NULL,
    line         INTEGER NOT NULL,
    element      TEXT NOT NULL,
    rule         TEXT NOT NULL,
    message      TEXT NOT NULL,      -- the value is masked
    PRIMARY KEY (territory_id, batch_no, record_no, problem_no)
) STRICT, WITHOUT ROWID;

-- A decision hangs on the source identity it was recorded for, and is of the person she is found to be: it moves with her.
CREATE TABLE orientation (
    territory_id   TEXT NOT NULL,
    orientation_id BLOB NOT NULL,
    identity_id    BLOB NOT NULL,
    decided_on     TEXT NOT NULL,
    facts          BLOB NOT NULL,
    recorded_at    INTEGER NOT NULL,
    ended_at       INTEGER,          -- replaced by a later decision
    PRIMARY KEY (territory_id, orientation_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX orientation_by_identity ON orientation (territory_id, identity_id);
CREATE UNIQUE INDEX orientation_in_force ON orientation (territory_id, identity_id) WHERE ended_at IS NULL;

-- What was released to whom: one record an act, its people as a compressed block.
CREATE TABLE access_record (
    territory_id   TEXT NOT NULL,
    act_id         BLOB NOT NULL,
    at             INTEGER NOT NULL,
    actor          TEXT NOT NULL,
    recipient      TEXT NOT NULL,
    clauses        TEXT NOT NULL,
    fields         BLOB NOT NULL,    -- field set, 16 bytes
    people         BLOB NOT NULL,    -- compressed block of the persons whose facts were released
    what           TEXT NOT NULL,
    PRIMARY KEY (territory_id, act_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_entry (
    territory_id TEXT NOT NULL,
    act_id       BLOB NOT NULL,
    seq          INTEGER,            -- place in the log, given by the sequencer
    at           INTEGER NOT NULL,
    commitment   BLOB NOT NULL,
    salt         BLOB,               -- erasable, with the payload
    payload      BLOB,
    PRIMARY KEY (territory_id, act_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX audit_entry_by_seq ON audit_entry (territory_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX audit_entry_waiting ON audit_entry (territory_id, at) WHERE seq IS NULL;

CREATE TABLE checkpoint (
    territory_id TEXT NOT NULL,
    log_size     INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    note         TEXT NOT NULL,
    PRIMARY KEY (territory_id, log_size)
) STRICT, WITHOUT ROWID;
