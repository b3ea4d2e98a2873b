-- The directory (*fichier des personnes*): what lists, counts and searches stand on. `directory`, `directory_word`,
-- `directory_due` and `directory_state` are made from facts, and made again after a transfer; `follow`, `service_commune`
-- and `event` are carried.

-- Who follows a person (*suivi*), in what role, from when to when. Hangs on the source identity it was recorded for, and
-- moves with her. Ended, never deleted.
CREATE TABLE follow (
    territory_id    TEXT NOT NULL,
    follow_id       BLOB NOT NULL,
    identity_id     BLOB NOT NULL,
    role            TEXT NOT NULL CHECK (role IN ('social_referent', 'adviser', 'caf_worker')),
    account_id      BLOB NOT NULL,
    organisation_id BLOB NOT NULL,
    from_day        TEXT NOT NULL,
    to_day          TEXT,              -- the last day, once ended
    recorded_at     INTEGER NOT NULL,
    ended_at        INTEGER,
    PRIMARY KEY (territory_id, follow_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX follow_active ON follow (territory_id, identity_id, role) WHERE ended_at IS NULL;
CREATE INDEX follow_by_identity ON follow (territory_id, identity_id);
CREATE INDEX follow_by_account ON follow (territory_id, account_id) WHERE ended_at IS NULL;
CREATE INDEX follow_by_organisation ON follow (territory_id, organisation_id) WHERE ended_at IS NULL;

-- Which local service (*SLAI*) a commune belongs to, by INSEE code.
CREATE TABLE service_commune (
    territory_id    TEXT NOT NULL,
    commune         TEXT NOT NULL,
    organisation_id BLOB NOT NULL,
    PRIMARY KEY (territory_id, commune)
) STRICT, WITHOUT ROWID;

CREATE INDEX service_commune_by_service ON service_commune (territory_id, organisation_id);

-- What a published batch changed, source identity by source identity.
CREATE TABLE event (
    territory_id TEXT NOT NULL,
    batch_no     INTEGER NOT NULL,
    identity_id  BLOB NOT NULL,
    kind         TEXT NOT NULL,
    source       TEXT NOT NULL,
    happened_on  TEXT NOT NULL,        -- the date that the source gives, else that of the file
    seen_on      TEXT NOT NULL,        -- the day the batch was published
    PRIMARY KEY (territory_id, batch_no, identity_id, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_by_day ON event (territory_id, kind, source, seen_on, identity_id);

-- One row a person. She has another row for each source that gives her other names or another commune: of `before`, the
-- mask of the sources of her earlier rows, an actor who may use none sees this one.
CREATE TABLE directory (
    territory_id  TEXT NOT NULL,
    person_id     BLOB NOT NULL,
    form          INTEGER NOT NULL,      -- place of its first source: 0 Département, 1 CNAF, 2 France Travail
    sources       INTEGER NOT NULL,      -- mask of the sources that give her so
    before        INTEGER NOT NULL,
    standing      INTEGER NOT NULL,      -- 0 anybody, 1 RSA recipient, 2 recipient in course
    sort_key      TEXT NOT NULL,     -- folded
    birth_date    TEXT NOT NULL,
    commune       TEXT NOT NULL,
    service       BLOB,                -- the local service of the commune
    ft_stock      INTEGER NOT NULL,      -- 0 France Travail never held her, 1 held her, 2 holds her
    registered_on TEXT NOT NULL,
    category      TEXT NOT NULL,
    ceased_on     TEXT NOT NULL,
    radiated_on   TEXT NOT NULL,
    waiting_since TEXT NOT NULL,     -- since when she has had her right
    nature        TEXT NOT NULL,     -- of the orientation in force; empty: none
    oriented_on   TEXT NOT NULL,
    referent      BLOB,                -- account of the social referent
    referent_organisation BLOB,
    adviser       BLOB,
    found_by      TEXT NOT NULL,       -- what `directory_word` holds of her, folded
    PRIMARY KEY (territory_id, person_id, form)
) STRICT, WITHOUT ROWID;

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
    word         TEXT NOT NULL,
    field        INTEGER NOT NULL,       -- 0 names and birth date, else the number that it begins with
    person_id    BLOB NOT NULL,
    sources      INTEGER NOT NULL,       -- mask of the sources that give it
    PRIMARY KEY (territory_id, word, field, person_id)
) STRICT, WITHOUT ROWID;

-- Who is to be made again. `mark` tells a second reason that came while the first was seen to.
CREATE TABLE directory_due (
    territory_id TEXT NOT NULL,
    person_id    BLOB NOT NULL,
    mark         INTEGER NOT NULL,
    PRIMARY KEY (territory_id, person_id)
) STRICT, WITHOUT ROWID;

-- How far the directory is made.
CREATE TABLE directory_state (
    territory_id TEXT NOT NULL PRIMARY KEY,
    made_to      INTEGER NOT NULL,       -- the last batch whose changes are in `directory_due` or done
    filling      INTEGER NOT NULL,       -- 1 while it is filled from nothing
    filled_to    BLOB,                 -- the last person of the filling
    basis        TEXT NOT NULL         -- the form of its rows and the fields they may be made of
) STRICT, WITHOUT ROWID;

-- What the planner knows of these tables: the figures of a territory of a million people, written once and never measured,
-- so that queries go the same way on every store. Without them it takes the first column of a key, the territory, to be
-- nearly a key by itself, and reads everyone.
ANALYZE directory;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('directory', 'directory', '1000000 1000000 1 1'),
    ('directory', 'directory_by_name', '1000000 1000000 2 1 1'),
    ('directory', 'directory_by_service', '1000000 1000000 40000 2 1 1'),
    ('directory', 'directory_by_commune', '1000000 1000000 1500 2 1 1'),
    ('directory', 'directory_by_nature', '1000000 1000000 150000 2 1 1'),
    ('directory', 'directory_by_category', '800000 800000 200000 2 1 1'),
    ('directory', 'directory_by_birth', '1000000 1000000 40 1 1'),
    ('directory', 'directory_by_registration', '800000 800000 300 1 1'),
    ('directory', 'directory_by_referent', '500000 500000 80 2 1 1'),
    ('directory', 'directory_to_orient', '200000 200000 200 1 1'),
    ('directory', 'directory_to_orient_of_service', '200000 200000 8000 20 1 1'),
    ('directory', 'directory_alone', '200000 200000 2 1 1'),
    ('directory', 'directory_alone_of_service', '200000 200000 8000 2 1 1'),
    ('directory_word', 'directory_word', '8000000 8000000 2 2 1'),
    ('event', 'event', '2000000 2000000 30000 1 1'),
    ('event', 'event_by_day', '2000000 2000000 600000 300000 10000 1 1'),
    ('follow', 'follow', '500000 500000 1'),
    ('follow', 'follow_by_identity', '500000 500000 2 1'),
    ('follow', 'follow_by_account', '500000 500000 80 1'),
    ('follow', 'follow_by_organisation', '500000 500000 5000 1');
