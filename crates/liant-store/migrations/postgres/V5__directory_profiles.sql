-- The directory is made anew, narrower: what few values tell of someone (standing, sources, category…) is her *profile*, and
-- profiles are counted. Its secondary indexes are made by `liant_store::directory`, after a filling.

DROP TABLE directory;
TRUNCATE directory_word;
TRUNCATE directory_due;
TRUNCATE directory_state;

-- One row a person. She has another row for each source that gives her other names or another commune.
CREATE TABLE directory (
    territory_id   TEXT NOT NULL,
    person_id      UUID NOT NULL,
    form           BIGINT NOT NULL,  -- place of its first source: 0 Département, 1 CNAF, 2 France Travail
    profile        TEXT COLLATE "C" NOT NULL,     -- a row of `directory_profile`
    sort_key       TEXT COLLATE "C" NOT NULL,     -- folded
    birth_date     TEXT COLLATE "C" NOT NULL,
    commune        TEXT NOT NULL,
    service        UUID,              -- the local service of the commune
    registered_on  TEXT COLLATE "C" NOT NULL,
    waiting_since  TEXT COLLATE "C" NOT NULL,     -- since when she has had her right
    referent       UUID,              -- account of the social referent
    ft_entered     TEXT COLLATE "C",              -- the last day on which a batch of the source told that it happened to her
    ft_back        TEXT COLLATE "C",
    ft_left        TEXT COLLATE "C",
    ft_registered  TEXT COLLATE "C",
    ft_ceased      TEXT COLLATE "C",
    ft_radiated    TEXT COLLATE "C",
    caf_entered    TEXT COLLATE "C",
    caf_back       TEXT COLLATE "C",
    caf_left       TEXT COLLATE "C",
    own_entered    TEXT COLLATE "C",
    own_back       TEXT COLLATE "C",
    own_left       TEXT COLLATE "C",
    found_by       TEXT NOT NULL,     -- what `directory_word` holds of her, folded
    PRIMARY KEY (territory_id, person_id, form)
);

-- What few values tell of someone, and how many rows of `directory` are so. Of `before`, the mask of the sources of her
-- earlier rows, an actor who may use none sees this one.
CREATE TABLE directory_profile (
    territory_id TEXT NOT NULL,
    profile      TEXT COLLATE "C" NOT NULL,
    standing     BIGINT NOT NULL,    -- 0 anybody, 1 RSA recipient, 2 recipient in course
    sources      BIGINT NOT NULL,    -- mask of the sources that give her so
    before       BIGINT NOT NULL,
    ft_stock     BIGINT NOT NULL,    -- 0 France Travail never held her, 1 held her, 2 holds her
    alone        BIGINT NOT NULL,    -- 1 without a social referent
    nature       TEXT COLLATE "C" NOT NULL,       -- of the orientation in force; empty: none
    category     TEXT COLLATE "C" NOT NULL,       -- of her registration
    number       BIGINT NOT NULL,
    PRIMARY KEY (territory_id, profile)
);

-- What happened to someone is kept in her row.
DROP INDEX event_by_day;
CREATE INDEX event_by_identity ON event (territory_id, identity_id, source, kind, seen_on);

-- The second wall (V1).
ALTER TABLE directory ENABLE ROW LEVEL SECURITY;
ALTER TABLE directory FORCE ROW LEVEL SECURITY;
CREATE POLICY directory_territory ON directory USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE directory_profile ENABLE ROW LEVEL SECURITY;
ALTER TABLE directory_profile FORCE ROW LEVEL SECURITY;
CREATE POLICY directory_profile_territory ON directory_profile USING (territory_id = current_setting('liant.territory', true));
