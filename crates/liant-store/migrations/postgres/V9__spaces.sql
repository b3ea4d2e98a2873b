-- What people do themselves about their data.

-- One request by which a person uses a right over her data (*demande d'exercice de droits*, GDPR art. 15 to 21). Hangs on a
-- source identity, and moves with her.
CREATE TABLE rights_request (
    territory_id TEXT NOT NULL,
    request_id   UUID NOT NULL,
    identity_id  UUID NOT NULL,
    right_used   TEXT NOT NULL CHECK (right_used IN ('access', 'rectification', 'erasure', 'restriction', 'opposition')),
    way          TEXT NOT NULL CHECK (way IN ('space', 'recorded')),  -- made in her space, or recorded for her
    made_by      TEXT NOT NULL,      -- her space, or the account or operator's actor who recorded it
    received_at  BIGINT NOT NULL,
    owed_by      TEXT NOT NULL,      -- the party that answers
    due_on       TEXT NOT NULL,
    due_clause   TEXT NOT NULL,      -- what sets the date
    source       TEXT,               -- the datum that it is about
    field        TEXT,
    said         BYTEA,              -- what she writes, sealed
    state        TEXT NOT NULL CHECK (state IN ('received', 'under-way', 'answered', 'refused', 'withdrawn')),
    version      BIGINT NOT NULL,
    changed_at   BIGINT NOT NULL,
    changed_by   TEXT NOT NULL,
    PRIMARY KEY (territory_id, request_id)
);

CREATE INDEX rights_request_by_identity ON rights_request (territory_id, identity_id);
CREATE INDEX rights_request_open ON rights_request (territory_id, due_on) WHERE state IN ('received', 'under-way');

-- A person's own space (*espace personnel*), opened by a professional who has her in front of her. Hangs on a source identity,
-- and moves with her. Without password and secret nobody has come in yet: a code alone opens nothing.
CREATE TABLE space (
    territory_id TEXT NOT NULL,
    space_id     UUID NOT NULL,
    number       TEXT NOT NULL,      -- what she comes in with, beside her password
    identity_id  UUID NOT NULL,
    party        TEXT NOT NULL,      -- the party that opened it, and answers
    lang         TEXT NOT NULL CHECK (lang IN ('fr', 'en')),
    made_at      BIGINT NOT NULL,
    password     TEXT,               -- argon2id, PHC
    secret       BYTEA,             -- of her second factor, sealed
    last_step    BIGINT,               -- no code serves twice
    bound_at     BIGINT,               -- when she last chose them
    PRIMARY KEY (territory_id, space_id)
);

CREATE UNIQUE INDEX space_by_number ON space (territory_id, number);
CREATE INDEX space_by_identity ON space (territory_id, identity_id);

-- The code handed over for coming in the first time, or again when all is lost: one a space, replaced by asking for another.
CREATE TABLE space_code (
    territory_id TEXT NOT NULL,
    space_id     UUID NOT NULL,
    code_hash    BYTEA NOT NULL,
    given_by     TEXT NOT NULL,      -- account, or the operator's actor: she has checked who it is
    made_at      BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    used_at      BIGINT,
    PRIMARY KEY (territory_id, space_id)
);

CREATE TABLE space_recovery (
    territory_id TEXT NOT NULL,
    space_id     UUID NOT NULL,
    code_hash    BYTEA NOT NULL,
    used_at      BIGINT,
    PRIMARY KEY (territory_id, space_id, code_hash)
);

-- Someone on her way in: a code was right, or a password.
CREATE TABLE space_pending (
    territory_id TEXT NOT NULL,
    token_hash   BYTEA NOT NULL,
    space_id     UUID NOT NULL,
    code_hash    BYTEA,             -- the code that was shown; none when a password was
    password     TEXT,               -- the one that she has just chosen
    secret       BYTEA,             -- the one that she is given, sealed
    tries        BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    PRIMARY KEY (territory_id, token_hash)
);

CREATE TABLE space_session (
    territory_id TEXT NOT NULL,
    token_hash   BYTEA NOT NULL,
    space_id     UUID NOT NULL,
    opened_at    BIGINT NOT NULL,
    seen_at      BIGINT NOT NULL,
    PRIMARY KEY (territory_id, token_hash)
);

CREATE INDEX space_session_by_space ON space_session (territory_id, space_id);

-- What she said of being reached by e-mail and telephone (*contact électronique*): the latest holds.
CREATE TABLE electronic_contact (
    territory_id TEXT NOT NULL,
    identity_id  UUID NOT NULL,
    said_at      BIGINT NOT NULL,
    given        BIGINT NOT NULL,      -- 1 given, 0 withdrawn
    said_by      TEXT NOT NULL,      -- her space
    PRIMARY KEY (territory_id, identity_id, said_at)
);

-- Who was shown what, found by the person: made from `access_record`, and made again after a transfer (`is_indexed`).
ALTER TABLE access_record ADD COLUMN kind TEXT;                 -- of the act, as its audit entry has it
ALTER TABLE access_record ADD COLUMN purposes TEXT;             -- separated by spaces
ALTER TABLE access_record ADD COLUMN organisation_id UUID;       -- where the actor worked
ALTER TABLE access_record ADD COLUMN is_indexed BIGINT NOT NULL DEFAULT 0;

CREATE INDEX access_record_waiting ON access_record (is_indexed, territory_id, act_id) WHERE is_indexed = 0;

-- Acts on few people: a row a person.
CREATE TABLE access_person (
    territory_id TEXT NOT NULL,
    person_id    UUID NOT NULL,
    act_id       UUID NOT NULL,
    PRIMARY KEY (territory_id, person_id, act_id)
);

-- Acts on many, files above all: what is told of them, so that the list of a million people is not read for it.
CREATE TABLE access_bulk (
    territory_id    TEXT NOT NULL,
    act_id          UUID NOT NULL,
    at              BIGINT NOT NULL,
    actor           TEXT NOT NULL,
    recipient       TEXT NOT NULL,
    clauses         TEXT NOT NULL,
    fields          BYTEA NOT NULL,
    what            TEXT NOT NULL,
    kind            TEXT,
    purposes        TEXT,
    organisation_id UUID,
    PRIMARY KEY (territory_id, act_id)
);

-- Their people in the order of their ids, cut in parts.
CREATE TABLE access_part (
    territory_id TEXT NOT NULL,
    act_id       UUID NOT NULL,
    first_person UUID NOT NULL,
    people       BYTEA NOT NULL,    -- compressed block
    PRIMARY KEY (territory_id, act_id, first_person)
);

-- The second wall (V1).
ALTER TABLE rights_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE rights_request FORCE ROW LEVEL SECURITY;
CREATE POLICY rights_request_territory ON rights_request USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE space ENABLE ROW LEVEL SECURITY;
ALTER TABLE space FORCE ROW LEVEL SECURITY;
CREATE POLICY space_territory ON space USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE space_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE space_code FORCE ROW LEVEL SECURITY;
CREATE POLICY space_code_territory ON space_code USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE space_recovery ENABLE ROW LEVEL SECURITY;
ALTER TABLE space_recovery FORCE ROW LEVEL SECURITY;
CREATE POLICY space_recovery_territory ON space_recovery USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE space_pending ENABLE ROW LEVEL SECURITY;
ALTER TABLE space_pending FORCE ROW LEVEL SECURITY;
CREATE POLICY space_pending_territory ON space_pending USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE space_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE space_session FORCE ROW LEVEL SECURITY;
CREATE POLICY space_session_territory ON space_session USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE electronic_contact ENABLE ROW LEVEL SECURITY;
ALTER TABLE electronic_contact FORCE ROW LEVEL SECURITY;
CREATE POLICY electronic_contact_territory ON electronic_contact USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE access_person ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_person FORCE ROW LEVEL SECURITY;
CREATE POLICY access_person_territory ON access_person USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE access_bulk ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_bulk FORCE ROW LEVEL SECURITY;
CREATE POLICY access_bulk_territory ON access_bulk USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE access_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_part FORCE ROW LEVEL SECURITY;
CREATE POLICY access_part_territory ON access_part USING (territory_id = current_setting('liant.territory', true));
