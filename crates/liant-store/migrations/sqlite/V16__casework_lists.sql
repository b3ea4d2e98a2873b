-- Lists of accompaniments among a million of them.

-- What happened, as the body says it: counts pass over what was done from day to day.
ALTER TABLE casework_event ADD COLUMN kind TEXT GENERATED ALWAYS AS (json_extract(body, '$.what.kind')) VIRTUAL;
CREATE INDEX casework_event_step ON casework_event (territory_id, identity_id, nth) WHERE kind <> 'acted';

-- Lists of those who have many, in their order: what has no date last.
CREATE INDEX casework_head_due ON casework_head (territory_id, COALESCE(due_on, '9999-12-31'), identity_id, programme);

-- Source identities that were ever moved from one person to another: they are few.
CREATE INDEX link_moved ON link (territory_id, identity_id) WHERE ended_at IS NOT NULL;

-- Figures that committees were shown of a month, as they were shown first: what is recorded later does not change them.
CREATE TABLE casework_published (
    territory_id TEXT NOT NULL,
    programme    TEXT NOT NULL,
    month        TEXT NOT NULL,        -- 2026-10
    made_at      INTEGER NOT NULL,
    body         TEXT NOT NULL,        -- JSON: counts that may be shown, and of nobody by name
    PRIMARY KEY (territory_id, programme, month)
) STRICT, WITHOUT ROWID;

-- Lists of those accompanied in a half-year, as they were frozen (*liste FSE*): one a half-year.
CREATE TABLE casework_evidence (
    territory_id TEXT NOT NULL,
    programme    TEXT NOT NULL,
    half         TEXT NOT NULL,        -- 2026-1
    list_id      BLOB NOT NULL,
    made_at      INTEGER NOT NULL,
    made_by      TEXT NOT NULL,        -- account, or the operator's actor
    people       INTEGER NOT NULL,
    hash         TEXT NOT NULL,        -- SHA-256 of the content, in hexadecimal: what is signed
    sealed       BLOB NOT NULL,         -- the content, under the keys of the installation
    kept_until   TEXT NOT NULL,
    PRIMARY KEY (territory_id, programme, half)
) STRICT, WITHOUT ROWID;

CREATE TABLE casework_signature (
    territory_id TEXT NOT NULL,
    list_id      BLOB NOT NULL,
    party        TEXT NOT NULL,
    role         TEXT NOT NULL,
    signed_by    TEXT NOT NULL,        -- account, or the operator's actor
    signed_at    INTEGER NOT NULL,
    PRIMARY KEY (territory_id, list_id, party)
) STRICT, WITHOUT ROWID;
