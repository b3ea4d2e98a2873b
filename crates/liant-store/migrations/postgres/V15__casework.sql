-- Accompaniments (*accompagnements*). A person's history is her events; everything else here is made from them, and may be made
-- again. All of it hangs on the source identity that it was recorded for, and moves with her, as orientations do.

-- What happened on her path, in order. Bodies hold codes, dates, numbers and ids of professionals, and no phrase. `nth` is what
-- two acts at once cannot both have.
CREATE TABLE casework_event (
    territory_id    TEXT NOT NULL,
    identity_id     UUID NOT NULL,
    nth             BIGINT NOT NULL,
    recorded_at     BIGINT NOT NULL,
    recorded_by     TEXT NOT NULL,     -- account, or the operator's actor
    organisation_id UUID,              -- where she works
    party           TEXT NOT NULL,     -- whose people she is one of
    register        TEXT NOT NULL,     -- the register that it is recorded in: under whose clauses it is shown
    about_id        UUID,              -- the organisation that a form is sent to, or that of whoever takes a place
    body            TEXT NOT NULL,     -- JSON
    PRIMARY KEY (territory_id, identity_id, nth)
);

-- What is under way, one row a programme: what inboxes and lists of what falls due stand on.
CREATE TABLE casework_head (
    territory_id TEXT NOT NULL,
    identity_id  UUID NOT NULL,
    programme    TEXT NOT NULL,
    version      BIGINT NOT NULL,     -- of the programme
    stage        TEXT NOT NULL CHECK (stage IN ('relay', 'asked', 'sent', 'stay', 'suspended')),
    route        TEXT NOT NULL,
    to_role      TEXT,                 -- who is to answer, or has received the form
    to_id        UUID,                 -- in which organisation
    from_id      UUID,                 -- the organisation that sent it
    since_day    TEXT NOT NULL,
    term_day     TEXT,
    due_on       TEXT,                 -- of the clock that is due first
    due_clock    TEXT,
    PRIMARY KEY (territory_id, identity_id, programme)
);

CREATE INDEX casework_head_to ON casework_head (territory_id, to_id, stage, due_on);
CREATE INDEX casework_head_from ON casework_head (territory_id, from_id, stage, due_on);

-- Who holds which place beside her: caseloads.
CREATE TABLE casework_place (
    territory_id    TEXT NOT NULL,
    identity_id     UUID NOT NULL,
    place           TEXT NOT NULL,
    programme       TEXT NOT NULL,
    role            TEXT NOT NULL,
    account_id      UUID NOT NULL,
    organisation_id UUID,
    stage           TEXT NOT NULL CHECK (stage IN ('relay', 'asked', 'sent', 'stay', 'suspended')),
    since_day       TEXT NOT NULL,
    entered_day     TEXT,
    term_day        TEXT,
    due_on          TEXT,
    PRIMARY KEY (territory_id, identity_id, place)
);

CREATE INDEX casework_place_by_account ON casework_place (territory_id, account_id, due_on);
CREATE INDEX casework_place_by_organisation ON casework_place (territory_id, organisation_id, programme, role);
CREATE INDEX casework_place_by_role ON casework_place (territory_id, programme, role, account_id);

-- What a place, or a form, began: followings and designations. What others began, they do not end.
CREATE TABLE casework_tie (
    territory_id TEXT NOT NULL,
    tie_id       UUID NOT NULL,        -- of the following, or of the designation
    identity_id  UUID NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('follow', 'designation')),
    programme    TEXT NOT NULL,
    place        TEXT,                 -- none: a form began it
    PRIMARY KEY (territory_id, tie_id)
);

CREATE INDEX casework_tie_by_identity ON casework_tie (territory_id, identity_id);

-- Alerts that were given: each once.
CREATE TABLE casework_alert (
    territory_id TEXT NOT NULL,
    identity_id  UUID NOT NULL,
    programme    TEXT NOT NULL,
    clock        TEXT NOT NULL,
    start_day    TEXT NOT NULL,        -- from which the clock is counted
    on_day       TEXT NOT NULL,        -- of the alert
    due_day      TEXT NOT NULL,
    told         TEXT NOT NULL,        -- roles, separated by spaces
    sent_at      BIGINT NOT NULL,
    PRIMARY KEY (territory_id, identity_id, programme, clock, start_day, on_day)
);

-- The second wall (V1).
ALTER TABLE casework_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework_event FORCE ROW LEVEL SECURITY;
CREATE POLICY casework_event_territory ON casework_event USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE casework_head ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework_head FORCE ROW LEVEL SECURITY;
CREATE POLICY casework_head_territory ON casework_head USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE casework_place ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework_place FORCE ROW LEVEL SECURITY;
CREATE POLICY casework_place_territory ON casework_place USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE casework_alert ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework_alert FORCE ROW LEVEL SECURITY;
CREATE POLICY casework_alert_territory ON casework_alert USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE casework_tie ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework_tie FORCE ROW LEVEL SECURITY;
CREATE POLICY casework_tie_territory ON casework_tie USING (territory_id = current_setting('liant.territory', true));
