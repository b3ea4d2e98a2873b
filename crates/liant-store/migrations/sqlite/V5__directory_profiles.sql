-- The directory is made anew, narrower: what few values tell of someone (standing, sources, category…) is her *profile*, and
-- profiles are counted. Its secondary indexes are made by `liant_store::directory`, after a filling.

DROP TABLE directory;
DELETE FROM directory_word;
DELETE FROM directory_due;
DELETE FROM directory_state;

-- One row a person. She has another row for each source that gives her other names or another commune.
CREATE TABLE directory (
    territory_id   TEXT NOT NULL,
    person_id      BLOB NOT NULL,
    form           INTEGER NOT NULL,  -- place of its first source: 0 Département, 1 CNAF, 2 France Travail
    profile        TEXT NOT NULL,     -- a row of `directory_profile`
    sort_key       TEXT NOT NULL,     -- folded
    birth_date     TEXT NOT NULL,
    commune        TEXT NOT NULL,
    service        BLOB,              -- the local service of the commune
    registered_on  TEXT NOT NULL,
    waiting_since  TEXT NOT NULL,     -- since when she has had her right
    referent       BLOB,              -- account of the social referent
    ft_entered     TEXT,              -- the last day on which a batch of the source told that it happened to her
    ft_back        TEXT,
    ft_left        TEXT,
    ft_registered  TEXT,
    ft_ceased      TEXT,
    ft_radiated    TEXT,
    caf_entered    TEXT,
    caf_back       TEXT,
    caf_left       TEXT,
    own_entered    TEXT,
    own_back       TEXT,
    own_left       TEXT,
    found_by       TEXT NOT NULL,     -- what `directory_word` holds of her, folded
    PRIMARY KEY (territory_id, person_id, form)
) STRICT, WITHOUT ROWID;

-- What few values tell of someone, and how many rows of `directory` are so. Of `before`, the mask of the sources of her
-- earlier rows, an actor who may use none sees this one.
CREATE TABLE directory_profile (
    territory_id TEXT NOT NULL,
    profile      TEXT NOT NULL,
    standing     INTEGER NOT NULL,    -- 0 anybody, 1 RSA recipient, 2 recipient in course
    sources      INTEGER NOT NULL,    -- mask of the sources that give her so
    before       INTEGER NOT NULL,
    ft_stock     INTEGER NOT NULL,    -- 0 France Travail never held her, 1 held her, 2 holds her
    alone        INTEGER NOT NULL,    -- 1 without a social referent
    nature       TEXT NOT NULL,       -- of the orientation in force; empty: none
    category     TEXT NOT NULL,       -- of her registration
    number       INTEGER NOT NULL,
    PRIMARY KEY (territory_id, profile)
) STRICT, WITHOUT ROWID;

-- What happened to someone is kept in her row.
DROP INDEX event_by_day;
CREATE INDEX event_by_identity ON event (territory_id, identity_id, source, kind, seen_on);

-- What the planner is told of these tables: the figures of a territory of a million people, written once and never measured,
-- so that queries go the same way on every store.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('directory', 'directory', '1000000 1000000 1 1'),
    ('directory_profile', 'directory_profile', '1500 1500 1'),
    ('event', 'event_by_identity', '2000000 2000000 2 1 1 1');
