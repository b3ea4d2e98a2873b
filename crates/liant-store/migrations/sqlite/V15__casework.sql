-- Accompaniments (*accompagnements*). A person's history is her events; everything else here is made from them, and may be made
-- again. All of it hangs on the source identity that it was recorded for, and moves with her, as orientations do.

-- What happened on her path, in order. Bodies hold codes, dates, numbers and ids of professionals, and no phrase. `nth` is what
-- two acts at once cannot both have.
CREATE TABLE casework_event (
    territory_id    TEXT NOT NULL,
    identity_id     BLOB NOT NULL,
    nth             INTEGER NOT NULL,
    recorded_at     INTEGER NOT NULL,
    recorded_by     TEXT NOT NULL,     -- account, or the operator's actor
    organisation_id BLOB,              -- where she works
    party           TEXT NOT NULL,     -- whose people she is one of
    register        TEXT NOT NULL,     -- the register that it is recorded in: under whose clauses it is shown
    about_id        BLOB,              -- the organisation that a form is sent to, or that of whoever takes a place
    body            TEXT NOT NULL,     -- JSON
    PRIMARY KEY (territory_id, identity_id, nth)
) STRICT, WITHOUT ROWID;

-- What is under way, one row a programme: what inboxes and lists of what falls due stand on.
CREATE TABLE casework_head (
    territory_id TEXT NOT NULL,
    identity_id  BLOB NOT NULL,
    programme    TEXT NOT NULL,
    version      INTEGER NOT NULL,     -- of the programme
    stage        TEXT NOT NULL CHECK (stage IN ('relay', 'asked', 'sent', 'stay', 'suspended')),
    route        TEXT NOT NULL,
    to_role      TEXT,                 -- who is to answer, or has received the form
    to_id        BLOB,                 -- in which organisation
    from_id      BLOB,                 -- the organisation that sent it
    since_day    TEXT NOT NULL,
    term_day     TEXT,
    due_on       TEXT,                 -- of the clock that is due first
    due_clock    TEXT,
    PRIMARY KEY (territory_id, identity_id, programme)
) STRICT, WITHOUT ROWID;

CREATE INDEX casework_head_to ON casework_head (territory_id, to_id, stage, due_on);
CREATE INDEX casework_head_from ON casework_head (territory_id, from_id, stage, due_on);

-- Who holds which place beside her: caseloads.
CREATE TABLE casework_place (
    territory_id    TEXT NOT NULL,
    identity_id     BLOB NOT NULL,
    place           TEXT NOT NULL,
    programme       TEXT NOT NULL,
    role            TEXT NOT NULL,
    account_id      BLOB NOT NULL,
    organisation_id BLOB,
    stage           TEXT NOT NULL CHECK (stage IN ('relay', 'asked', 'sent', 'stay', 'suspended')),
    since_day       TEXT NOT NULL,
    entered_day     TEXT,
    term_day        TEXT,
    due_on          TEXT,
    PRIMARY KEY (territory_id, identity_id, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX casework_place_by_account ON casework_place (territory_id, account_id, due_on);
CREATE INDEX casework_place_by_organisation ON casework_place (territory_id, organisation_id, programme, role);
CREATE INDEX casework_place_by_role ON casework_place (territory_id, programme, role, account_id);

-- What a place, or a form, began: followings and designations. What others began, they do not end.
CREATE TABLE casework_tie (
    territory_id TEXT NOT NULL,
    tie_id       BLOB NOT NULL,        -- of the following, or of the designation
    identity_id  BLOB NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('follow', 'designation')),
    programme    TEXT NOT NULL,
    place        TEXT,                 -- none: a form began it
    PRIMARY KEY (territory_id, tie_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX casework_tie_by_identity ON casework_tie (territory_id, identity_id);

-- Alerts that were given: each once.
CREATE TABLE casework_alert (
    territory_id TEXT NOT NULL,
    identity_id  BLOB NOT NULL,
    programme    TEXT NOT NULL,
    clock        TEXT NOT NULL,
    start_day    TEXT NOT NULL,        -- from which the clock is counted
    on_day       TEXT NOT NULL,        -- of the alert
    due_day      TEXT NOT NULL,
    told         TEXT NOT NULL,        -- roles, separated by spaces
    sent_at      INTEGER NOT NULL,
    PRIMARY KEY (territory_id, identity_id, programme, clock, start_day, on_day)
) STRICT, WITHOUT ROWID;
