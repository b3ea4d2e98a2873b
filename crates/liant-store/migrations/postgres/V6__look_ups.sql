-- How near a person stands to a professional, who looks beyond that, and what is hidden of her.

-- One person given to a professional for a time (*personne désignée*), from one day to another, both included. Hangs on the
-- source identity it was recorded for, and moves with her. Ended, never deleted.
CREATE TABLE designation (
    territory_id    TEXT NOT NULL,
    designation_id  UUID NOT NULL,
    identity_id     UUID NOT NULL,
    account_id      UUID NOT NULL,
    organisation_id UUID NOT NULL,
    from_day        TEXT NOT NULL,
    to_day          TEXT NOT NULL,
    given_by        TEXT NOT NULL,     -- account, or the operator's actor
    recorded_at     BIGINT NOT NULL,
    ended_at        BIGINT,
    PRIMARY KEY (territory_id, designation_id)
);

CREATE INDEX designation_by_account ON designation (territory_id, account_id) WHERE ended_at IS NULL;
CREATE INDEX designation_by_identity ON designation (territory_id, identity_id) WHERE ended_at IS NULL;

-- Protected addresses (*adresses protégées*). One row for each source identity that the person had: when a link is undone,
-- each part of her stays protected.
CREATE TABLE address_protection (
    territory_id  TEXT NOT NULL,
    protection_id UUID NOT NULL,
    identity_id   UUID NOT NULL,
    reason        TEXT NOT NULL,       -- code of the list `address-protection-reason`
    set_by        TEXT NOT NULL,       -- account, or the operator's actor
    set_at        BIGINT NOT NULL,
    ended_by      TEXT,
    ended_at      BIGINT,
    PRIMARY KEY (territory_id, protection_id, identity_id)
);

CREATE INDEX address_protection_by_identity ON address_protection (territory_id, identity_id) WHERE ended_at IS NULL;

-- Searches beyond the actor's reach (*recherches élargies*). What was typed is kept nowhere.
CREATE TABLE wider_search (
    territory_id TEXT NOT NULL,
    act_id       UUID NOT NULL,        -- of the audit entry
    at           BIGINT NOT NULL,
    human        TEXT NOT NULL,        -- account, or the operator's actor
    recipient    TEXT NOT NULL,        -- party/role
    purpose      TEXT NOT NULL,
    reason       TEXT NOT NULL,        -- code of the list `wider-search-reason`
    way          TEXT NOT NULL CHECK (way IN ('name', 'number')),
    clause       TEXT NOT NULL,
    found        BIGINT NOT NULL,
    people       BYTEA NOT NULL,        -- compressed block of those shown
    PRIMARY KEY (territory_id, act_id)
);

CREATE INDEX wider_search_by_time ON wider_search (territory_id, at);
CREATE INDEX wider_search_by_human ON wider_search (territory_id, human, at);

-- How many wider searches a human has made in the current hour, and day.
CREATE TABLE search_quota (
    territory_id TEXT NOT NULL,
    human        TEXT NOT NULL,
    span         TEXT NOT NULL CHECK (span IN ('hour', 'day')),
    starts_at    BIGINT NOT NULL,
    used         BIGINT NOT NULL,
    PRIMARY KEY (territory_id, human, span, starts_at)
);

-- Reasons declared for looking up someone close: oneself, a relative, a colleague. Each is reviewed by someone else.
CREATE TABLE look_up (
    territory_id    TEXT NOT NULL,
    look_up_id      UUID NOT NULL,
    identity_id     UUID NOT NULL,
    account_id      UUID NOT NULL,
    party           TEXT NOT NULL,     -- of the actor: its own people look it over
    role            TEXT NOT NULL,
    closeness       TEXT NOT NULL CHECK (closeness IN ('oneself', 'relative', 'colleague')),
    reason          TEXT NOT NULL,     -- code of the list `close-look-up-reason`
    declared_at     BIGINT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'refused')),
    version         BIGINT NOT NULL,
    reviewed_by     TEXT,
    reviewed_at     BIGINT,
    PRIMARY KEY (territory_id, look_up_id)
);

CREATE INDEX look_up_by_account ON look_up (territory_id, account_id, identity_id);
CREATE INDEX look_up_by_state ON look_up (territory_id, state, declared_at);

-- The source identities that are a professional's own record, once found.
CREATE TABLE own_record (
    territory_id TEXT NOT NULL,
    account_id   UUID NOT NULL,
    identity_id  UUID NOT NULL,
    noted_at     BIGINT NOT NULL,
    PRIMARY KEY (territory_id, account_id, identity_id)
);

-- What a professional gives of herself so that her own record, and her relatives', are known from others'.
CREATE TABLE account_particulars (
    account_id UUID NOT NULL PRIMARY KEY REFERENCES account (account_id),
    birth_date TEXT,
    commune    TEXT,                   -- INSEE code
    changed_at BIGINT NOT NULL
);

-- The second wall (V1).
ALTER TABLE designation ENABLE ROW LEVEL SECURITY;
ALTER TABLE designation FORCE ROW LEVEL SECURITY;
CREATE POLICY designation_territory ON designation USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE address_protection ENABLE ROW LEVEL SECURITY;
ALTER TABLE address_protection FORCE ROW LEVEL SECURITY;
CREATE POLICY address_protection_territory ON address_protection USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE wider_search ENABLE ROW LEVEL SECURITY;
ALTER TABLE wider_search FORCE ROW LEVEL SECURITY;
CREATE POLICY wider_search_territory ON wider_search USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE search_quota ENABLE ROW LEVEL SECURITY;
ALTER TABLE search_quota FORCE ROW LEVEL SECURITY;
CREATE POLICY search_quota_territory ON search_quota USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE look_up ENABLE ROW LEVEL SECURITY;
ALTER TABLE look_up FORCE ROW LEVEL SECURITY;
CREATE POLICY look_up_territory ON look_up USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE own_record ENABLE ROW LEVEL SECURITY;
ALTER TABLE own_record FORCE ROW LEVEL SECURITY;
CREATE POLICY own_record_territory ON own_record USING (territory_id = current_setting('liant.territory', true));
