-- What people do themselves about their data.

-- One request by which a person uses a right over her data (*demande d'exercice de droits*, GDPR art. 15 to 21). Hangs on a
-- source identity, and moves with her.
CREATE TABLE rights_request (
    territory_id TEXT NOT NULL,
    request_id   BLOB NOT NULL,
    identity_id  BLOB NOT NULL,
    right_used   TEXT NOT NULL CHECK (right_used IN ('access', 'rectification', 'erasure', 'restriction', 'opposition')),
    way          TEXT NOT NULL CHECK (way IN ('space', 'recorded')),  -- made in her space, or recorded for her
    made_by      TEXT NOT NULL,      -- her space, or the account or operator's actor who recorded it
    received_at  INTEGER NOT NULL,
    owed_by      TEXT NOT NULL,      -- the party that answers
    due_on       TEXT NOT NULL,
    due_clause   TEXT NOT NULL,      -- what sets the date
    source       TEXT,               -- the datum that it is about
    field        TEXT,
    said         BLOB,             -- what she writes, sealed
    state        TEXT NOT NULL CHECK (state IN ('received', 'under-way', 'answered', 'refused', 'withdrawn')),
    version      INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    changed_by   TEXT NOT NULL,
    PRIMARY KEY (territory_id, request_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX rights_request_by_identity ON rights_request (territory_id, identity_id);
CREATE INDEX rights_request_open ON rights_request (territory_id, due_on) WHERE state IN ('received', 'under-way');

-- A person's own space (*espace personnel*), opened by a professional who has her in front of her. Hangs on a source identity,
-- and moves with her. Without password and secret nobody has come in yet: a code alone opens nothing.
CREATE TABLE space (
    territory_id TEXT NOT NULL,
    space_id     BLOB NOT NULL,
    number       TEXT NOT NULL,      -- what she comes in with, beside her password
    identity_id  BLOB NOT NULL,
    party        TEXT NOT NULL,      -- the party that opened it, and answers
    lang         TEXT NOT NULL CHECK (lang IN ('fr', 'en')),
    made_at      INTEGER NOT NULL,
    password     TEXT,               -- argon2id, PHC
    secret       BLOB,             -- of her second factor, sealed
    last_step    INTEGER,               -- no code serves twice
    bound_at     INTEGER,               -- when she last chose them
    PRIMARY KEY (territory_id, space_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX space_by_number ON space (territory_id, number);
CREATE INDEX space_by_identity ON space (territory_id, identity_id);

-- The code handed over for coming in the first time, or again when all is lost: one a space, replaced by asking for another.
CREATE TABLE space_code (
    territory_id TEXT NOT NULL,
    space_id     BLOB NOT NULL,
    code_hash    BLOB NOT NULL,
    given_by     TEXT NOT NULL,      -- account, or the operator's actor: she has checked who it is
    made_at      INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    used_at      INTEGER,
    PRIMARY KEY (territory_id, space_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE space_recovery (
    territory_id TEXT NOT NULL,
    space_id     BLOB NOT NULL,
    code_hash    BLOB NOT NULL,
    used_at      INTEGER,
    PRIMARY KEY (territory_id, space_id, code_hash)
) STRICT, WITHOUT ROWID;

-- Someone on her way in: a code was right, or a password.
CREATE TABLE space_pending (
    territory_id TEXT NOT NULL,
    token_hash   BLOB NOT NULL,
    space_id     BLOB NOT NULL,
    code_hash    BLOB,             -- the code that was shown; none when a password was
    password     TEXT,               -- the one that she has just chosen
    secret       BLOB,             -- the one that she is given, sealed
    tries        INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    PRIMARY KEY (territory_id, token_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE space_session (
    territory_id TEXT NOT NULL,
    token_hash   BLOB NOT NULL,
    space_id     BLOB NOT NULL,
    opened_at    INTEGER NOT NULL,
    seen_at      INTEGER NOT NULL,
    PRIMARY KEY (territory_id, token_hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX space_session_by_space ON space_session (territory_id, space_id);

-- What she said of being reached by e-mail and telephone (*contact électronique*): the latest holds.
CREATE TABLE electronic_contact (
    territory_id TEXT NOT NULL,
    identity_id  BLOB NOT NULL,
    said_at      INTEGER NOT NULL,
    given        INTEGER NOT NULL,      -- 1 given, 0 withdrawn
    said_by      TEXT NOT NULL,      -- her space
    PRIMARY KEY (territory_id, identity_id, said_at)
) STRICT, WITHOUT ROWID;

-- Who was shown what, found by the person: made from `access_record`, and made again after a transfer (`is_indexed`).
ALTER TABLE access_record ADD COLUMN kind TEXT;                 -- of the act, as its audit entry has it
ALTER TABLE access_record ADD COLUMN purposes TEXT;             -- separated by spaces
ALTER TABLE access_record ADD COLUMN organisation_id BLOB;       -- where the actor worked
ALTER TABLE access_record ADD COLUMN is_indexed INTEGER NOT NULL DEFAULT 0;

CREATE INDEX access_record_waiting ON access_record (is_indexed, territory_id, act_id) WHERE is_indexed = 0;

-- Acts on few people: a row a person.
CREATE TABLE access_person (
    territory_id TEXT NOT NULL,
    person_id    BLOB NOT NULL,
    act_id       BLOB NOT NULL,
    PRIMARY KEY (territory_id, person_id, act_id)
) STRICT, WITHOUT ROWID;

-- Acts on many, files above all: what is told of them, so that the list of a million people is not read for it.
CREATE TABLE access_bulk (
    territory_id    TEXT NOT NULL,
    act_id          BLOB NOT NULL,
    at              INTEGER NOT NULL,
    actor           TEXT NOT NULL,
    recipient       TEXT NOT NULL,
    clauses         TEXT NOT NULL,
    fields          BLOB NOT NULL,
    what            TEXT NOT NULL,
    kind            TEXT,
    purposes        TEXT,
    organisation_id BLOB,
    PRIMARY KEY (territory_id, act_id)
) STRICT, WITHOUT ROWID;

-- Their people in the order of their ids, cut in parts.
CREATE TABLE access_part (
    territory_id TEXT NOT NULL,
    act_id       BLOB NOT NULL,
    first_person BLOB NOT NULL,
    people       BLOB NOT NULL,    -- compressed block
    PRIMARY KEY (territory_id, act_id, first_person)
) STRICT, WITHOUT ROWID;
