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
