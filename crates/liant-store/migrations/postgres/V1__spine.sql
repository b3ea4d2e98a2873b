-- Types are the same on both engines: instants in bigint microseconds, dates as ISO text, booleans 0/1, ids as uuid.
-- territory_id leads every key of people's data. The one global table is territory.

CREATE TABLE territory (
    territory_id TEXT NOT NULL PRIMARY KEY,
    published    BIGINT NOT NULL,   -- the pointer: readers see versions up to this batch
    last_batch   BIGINT NOT NULL,   -- the last number given out
    link_moves   BIGINT NOT NULL,   -- how many times a human has moved a link
    log_size     BIGINT NOT NULL,   -- entries of the audit log that are sequenced
    log_frontier BYTEA NOT NULL       -- right edge of the log's Merkle tree
);

CREATE TABLE batch (
    territory_id     TEXT NOT NULL,
    batch_no         BIGINT NOT NULL,
    act_id           UUID NOT NULL,
    flow             TEXT NOT NULL,
    source           TEXT NOT NULL,
    received_under   TEXT NOT NULL,  -- the clause every fact of the batch was received under
    reference_date   TEXT NOT NULL,
    fabricated_on    TEXT,
    file_name        TEXT NOT NULL,
    file_hash        BYTEA NOT NULL,
    file_bytes       BIGINT NOT NULL,
    state            TEXT NOT NULL CHECK (state IN ('loading', 'published', 'abandoned')),
    started_at       BIGINT NOT NULL,
    published_at     BIGINT,
    actor            TEXT NOT NULL,
    counts           TEXT NOT NULL,  -- opaque JSON
    PRIMARY KEY (territory_id, batch_no)
);

-- One spell of a person in the stock of one source, under the source's own key.
CREATE TABLE identity (
    territory_id TEXT NOT NULL,
    identity_id  UUID NOT NULL,
    from_batch   BIGINT NOT NULL,
    to_batch     BIGINT,
    source       TEXT NOT NULL,
    own_key      TEXT NOT NULL,
    PRIMARY KEY (territory_id, identity_id, from_batch)
);

-- What one batch brought of one source identity: its new versions of blocks, as `coded.rs` writes them. A version holds
-- until a later batch brings another of the same block, so a row is never touched again.
CREATE TABLE fact (
    territory_id TEXT NOT NULL,
    identity_id  UUID NOT NULL,
    from_batch   BIGINT NOT NULL,
    blocks       BYTEA NOT NULL,
    PRIMARY KEY (territory_id, identity_id, from_batch)
);

-- Which identity block holds which NIR, by its keyed blind index. A table and not an index of `fact`: an import fills
-- it in the order of its key, which an index, filled in the order of `fact`, would not be (five times the writing).
CREATE TABLE nir_entry (
    territory_id TEXT NOT NULL,
    nir_index    BYTEA NOT NULL,
    identity_id  UUID NOT NULL,
    from_batch   BIGINT NOT NULL,
    PRIMARY KEY (territory_id, nir_index, identity_id, from_batch)
);

CREATE TABLE person (
    territory_id TEXT NOT NULL,
    person_id    UUID NOT NULL,
    from_batch   BIGINT NOT NULL,
    PRIMARY KEY (territory_id, person_id)
);

-- Which person a source identity belongs to, from when to when. Ended, never deleted.
CREATE TABLE link (
    territory_id TEXT NOT NULL,
    identity_id  UUID NOT NULL,
    link_no      BIGINT NOT NULL,   -- 1 for the first link of the identity
    person_id    UUID NOT NULL,
    from_batch   BIGINT NOT NULL,
    source       TEXT NOT NULL,      -- of the identity: it never changes
    made_at      BIGINT NOT NULL,
    ended_at     BIGINT,
    decision     TEXT NOT NULL CHECK (decision IN ('new', 'certain', 'scored', 'human')),
    score        DOUBLE PRECISION,
    evidence     BYTEA,
    PRIMARY KEY (territory_id, identity_id, link_no)
);

-- The links by person, each once; a table for the same reason as nir_entry. Whether a link still holds is in `link`.
CREATE TABLE member (
    territory_id TEXT NOT NULL,
    person_id    UUID NOT NULL,
    identity_id  UUID NOT NULL,
    link_no      BIGINT NOT NULL,
    from_batch   BIGINT NOT NULL,
    PRIMARY KEY (territory_id, person_id, identity_id, link_no)
);

-- A question of identity put to a human: is `identity_id` the same person as `candidate_id`?
CREATE TABLE review (
    territory_id TEXT NOT NULL,
    review_id    UUID NOT NULL,
    batch_no     BIGINT NOT NULL,
    identity_id  UUID NOT NULL,
    candidate_id UUID NOT NULL,
    score        DOUBLE PRECISION NOT NULL,
    evidence     BYTEA NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused')),
    version      BIGINT NOT NULL,
    decided_at   BIGINT,
    decided_by   TEXT,
    link_no      BIGINT,            -- the link that acceptance made
    PRIMARY KEY (territory_id, review_id)
);

CREATE TABLE reject (
    territory_id TEXT NOT NULL,
    batch_no     BIGINT NOT NULL,
    record_no    BIGINT NOT NULL,
    problem_no   BIGINT NOT NULL,
    byte_offset  BIGINT NOT NULL,
    line         BIGINT NOT NULL,
    element      TEXT NOT NULL,
    rule         TEXT NOT NULL,
    message      TEXT NOT NULL,      -- the value is masked
    PRIMARY KEY (territory_id, batch_no, record_no, problem_no)
);

-- A decision hangs on the source identity it was recorded for, and is of the person she is found to be: it moves with her.
CREATE TABLE orientation (
    territory_id   TEXT NOT NULL,
    orientation_id UUID NOT NULL,
    identity_id    UUID NOT NULL,
    decided_on     TEXT NOT NULL,
    facts          BYTEA NOT NULL,
    recorded_at    BIGINT NOT NULL,
    ended_at       BIGINT,          -- replaced by a later decision
    PRIMARY KEY (territory_id, orientation_id)
);

CREATE INDEX orientation_by_identity ON orientation (territory_id, identity_id);
CREATE UNIQUE INDEX orientation_in_force ON orientation (territory_id, identity_id) WHERE ended_at IS NULL;

-- What was released to whom: one record an act, its people as a compressed block.
CREATE TABLE access_record (
    territory_id   TEXT NOT NULL,
    act_id         UUID NOT NULL,
    at             BIGINT NOT NULL,
    actor          TEXT NOT NULL,
    recipient      TEXT NOT NULL,
    clauses        TEXT NOT NULL,
    fields         BYTEA NOT NULL,    -- field set, 16 bytes
    people         BYTEA NOT NULL,    -- compressed block of the persons whose facts were released
    what           TEXT NOT NULL,
    PRIMARY KEY (territory_id, act_id)
);

CREATE TABLE audit_entry (
    territory_id TEXT NOT NULL,
    act_id       UUID NOT NULL,
    seq          BIGINT,            -- place in the log, given by the sequencer
    at           BIGINT NOT NULL,
    commitment   BYTEA NOT NULL,
    salt         BYTEA,               -- erasable, with the payload
    payload      BYTEA,
    PRIMARY KEY (territory_id, act_id)
);

CREATE UNIQUE INDEX audit_entry_by_seq ON audit_entry (territory_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX audit_entry_waiting ON audit_entry (territory_id, at) WHERE seq IS NULL;

CREATE TABLE checkpoint (
    territory_id TEXT NOT NULL,
    log_size     BIGINT NOT NULL,
    at           BIGINT NOT NULL,
    note         TEXT NOT NULL,
    PRIMARY KEY (territory_id, log_size)
);

-- The second wall: a session sees one territory, the one it named with SET LOCAL liant.territory.
ALTER TABLE batch ENABLE ROW LEVEL SECURITY;
ALTER TABLE batch FORCE ROW LEVEL SECURITY;
CREATE POLICY batch_territory ON batch USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE identity ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity FORCE ROW LEVEL SECURITY;
CREATE POLICY identity_territory ON identity USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE fact ENABLE ROW LEVEL SECURITY;
ALTER TABLE fact FORCE ROW LEVEL SECURITY;
CREATE POLICY fact_territory ON fact USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE person FORCE ROW LEVEL SECURITY;
CREATE POLICY person_territory ON person USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE link ENABLE ROW LEVEL SECURITY;
ALTER TABLE link FORCE ROW LEVEL SECURITY;
CREATE POLICY link_territory ON link USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE review ENABLE ROW LEVEL SECURITY;
ALTER TABLE review FORCE ROW LEVEL SECURITY;
CREATE POLICY review_territory ON review USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE reject ENABLE ROW LEVEL SECURITY;
ALTER TABLE reject FORCE ROW LEVEL SECURITY;
CREATE POLICY reject_territory ON reject USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE orientation ENABLE ROW LEVEL SECURITY;
ALTER TABLE orientation FORCE ROW LEVEL SECURITY;
CREATE POLICY orientation_territory ON orientation USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE access_record ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_record FORCE ROW LEVEL SECURITY;
CREATE POLICY access_record_territory ON access_record USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_entry_territory ON audit_entry USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE checkpoint ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkpoint FORCE ROW LEVEL SECURITY;
CREATE POLICY checkpoint_territory ON checkpoint USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE nir_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE nir_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY nir_entry_territory ON nir_entry USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE member ENABLE ROW LEVEL SECURITY;
ALTER TABLE member FORCE ROW LEVEL SECURITY;
CREATE POLICY member_territory ON member USING (territory_id = current_setting('liant.territory', true));
