-- The directory (*fichier des personnes*): what lists, counts and searches stand on. `directory`, `directory_word`,
-- `directory_due` and `directory_state` are made from facts, and made again after a transfer; `follow`, `service_commune`
-- and `event` are carried.

-- Who follows a person (*suivi*), in what role, from when to when. Hangs on the source identity it was recorded for, and
-- moves with her. Ended, never deleted.
CREATE TABLE follow (
    territory_id    TEXT NOT NULL,
    follow_id       UUID NOT NULL,
    identity_id     UUID NOT NULL,
    role            TEXT NOT NULL CHECK (role IN ('social_referent', 'adviser', 'caf_worker')),
    account_id      UUID NOT NULL,
    organisation_id UUID NOT NULL,
    from_day        TEXT NOT NULL,
    to_day          TEXT,              -- the last day, once ended
    recorded_at     BIGINT NOT NULL,
    ended_at        BIGINT,
    PRIMARY KEY (territory_id, follow_id)
);

CREATE UNIQUE INDEX follow_active ON follow (territory_id, identity_id, role) WHERE ended_at IS NULL;
CREATE INDEX follow_by_identity ON follow (territory_id, identity_id);
CREATE INDEX follow_by_account ON follow (territory_id, account_id) WHERE ended_at IS NULL;
CREATE INDEX follow_by_organisation ON follow (territory_id, organisation_id) WHERE ended_at IS NULL;

-- Which local service (*SLAI*) a commune belongs to, by INSEE code.
CREATE TABLE service_commune (
    territory_id    TEXT NOT NULL,
    commune         TEXT NOT NULL,
    organisation_id UUID NOT NULL,
    PRIMARY KEY (territory_id, commune)
);

CREATE INDEX service_commune_by_service ON service_commune (territory_id, organisation_id);

-- What a published batch changed, source identity by source identity.
CREATE TABLE event (
    territory_id TEXT NOT NULL,
    batch_no     BIGINT NOT NULL,
    identity_id  UUID NOT NULL,
    kind         TEXT NOT NULL,
    source       TEXT NOT NULL,
    happened_on  TEXT NOT NULL,        -- the date that the source gives, else that of the file
    seen_on      TEXT NOT NULL,        -- the day the batch was published
    PRIMARY KEY (territory_id, batch_no, identity_id, kind)
);

CREATE INDEX event_by_day ON event (territory_id, kind, source, seen_on, identity_id);

-- One row a person. She has another row for each source that gives her other names or another commune: of `before`, the
-- mask of the sources of her earlier rows, an actor who may use none sees this one.
CREATE TABLE directory (
    territory_id  TEXT NOT NULL,
    person_id     UUID NOT NULL,
    form          BIGINT NOT NULL,      -- place of its first source: 0 Département, 1 CNAF, 2 France Travail
    sources       BIGINT NOT NULL,      -- mask of the sources that give her so
    before        BIGINT NOT NULL,
    standing      BIGINT NOT NULL,      -- 0 anybody, 1 RSA recipient, 2 recipient in course
    sort_key      TEXT COLLATE "C" NOT NULL,     -- folded
    birth_date    TEXT NOT NULL,
    commune       TEXT NOT NULL,
    service       UUID,                -- the local service of the commune
    ft_stock      BIGINT NOT NULL,      -- 0 France Travail never held her, 1 held her, 2 holds her
    registered_on TEXT COLLATE "C" NOT NULL,
    category      TEXT COLLATE "C" NOT NULL,
    ceased_on     TEXT NOT NULL,
    radiated_on   TEXT NOT NULL,
    waiting_since TEXT COLLATE "C" NOT NULL,     -- since when she has had her right
    nature        TEXT COLLATE "C" NOT NULL,     -- of the orientation in force; empty: none
    oriented_on   TEXT NOT NULL,
    referent      UUID,                -- account of the social referent
    referent_organisation UUID,
    adviser       UUID,
    found_by      TEXT NOT NULL,       -- what `directory_word` holds of her, folded
    PRIMARY KEY (territory_id, person_id, form)
);

CREATE INDEX directory_by_name ON directory (territory_id, sort_key, person_id);
CREATE INDEX directory_by_service ON directory (territory_id, service, sort_key, person_id);
CREATE INDEX directory_by_commune ON directory (territory_id, commune, sort_key, person_id);
CREATE INDEX directory_by_nature ON directory (territory_id, nature, sort_key, person_id);
CREATE INDEX directory_by_category ON directory (territory_id, category, sort_key, person_id) WHERE category <> '';
CREATE INDEX directory_by_birth ON directory (territory_id, birth_date, person_id);
CREATE INDEX directory_by_registration ON directory (territory_id, registered_on, person_id) WHERE registered_on <> '';
CREATE INDEX directory_by_referent ON directory (territory_id, referent, sort_key, person_id) WHERE referent IS NOT NULL;
CREATE INDEX directory_to_orient ON directory (territory_id, waiting_since, person_id) WHERE standing = 2 AND nature = '';
CREATE INDEX directory_to_orient_of_service ON directory (territory_id, service, waiting_since, person_id)
    WHERE standing = 2 AND nature = '';
CREATE INDEX directory_alone ON directory (territory_id, sort_key, person_id) WHERE standing = 2 AND referent IS NULL;
CREATE INDEX directory_alone_of_service ON directory (territory_id, service, sort_key, person_id)
    WHERE standing = 2 AND referent IS NULL;

CREATE INDEX review_open ON review (territory_id, batch_no, review_id) WHERE state = 'open';

-- What someone is found by: phrases, each beginning with another of her words (`liant_identity::Searchable`).
CREATE TABLE directory_word (
    territory_id TEXT NOT NULL,
    word         TEXT COLLATE "C" NOT NULL,
    field        BIGINT NOT NULL,       -- 0 names and birth date, else the number that it begins with
    person_id    UUID NOT NULL,
    sources      BIGINT NOT NULL,       -- mask of the sources that give it
    PRIMARY KEY (territory_id, word, field, person_id)
);

-- Who is to be made again. `mark` tells a second reason that came while the first was seen to.
CREATE TABLE directory_due (
    territory_id TEXT NOT NULL,
    person_id    UUID NOT NULL,
    mark         BIGINT NOT NULL,
    PRIMARY KEY (territory_id, person_id)
);

-- How far the directory is made.
CREATE TABLE directory_state (
    territory_id TEXT NOT NULL PRIMARY KEY,
    made_to      BIGINT NOT NULL,       -- the last batch whose changes are in `directory_due` or done
    filling      BIGINT NOT NULL,       -- 1 while it is filled from nothing
    filled_to    UUID,                 -- the last person of the filling
    basis        TEXT NOT NULL         -- the form of its rows and the fields they may be made of
);

-- The second wall (V1).
ALTER TABLE follow ENABLE ROW LEVEL SECURITY;
ALTER TABLE follow FORCE ROW LEVEL SECURITY;
CREATE POLICY follow_territory ON follow USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE service_commune ENABLE ROW LEVEL SECURITY;
ALTER TABLE service_commune FORCE ROW LEVEL SECURITY;
CREATE POLICY service_commune_territory ON service_commune USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE event ENABLE ROW LEVEL SECURITY;
ALTER TABLE event FORCE ROW LEVEL SECURITY;
CREATE POLICY event_territory ON event USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE directory ENABLE ROW LEVEL SECURITY;
ALTER TABLE directory FORCE ROW LEVEL SECURITY;
CREATE POLICY directory_territory ON directory USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE directory_word ENABLE ROW LEVEL SECURITY;
ALTER TABLE directory_word FORCE ROW LEVEL SECURITY;
CREATE POLICY directory_word_territory ON directory_word USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE directory_due ENABLE ROW LEVEL SECURITY;
ALTER TABLE directory_due FORCE ROW LEVEL SECURITY;
CREATE POLICY directory_due_territory ON directory_due USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE directory_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE directory_state FORCE ROW LEVEL SECURITY;
CREATE POLICY directory_state_territory ON directory_state USING (territory_id = current_setting('liant.territory', true));
