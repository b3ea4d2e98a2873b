-- What the data protection officer (DPO) records: the course of conventions, breaches, what other parties do about a request, the
-- review of access, processors and the lists given to partners.

-- One step in the course of a convention (*vie de la convention*): suspended, resumed, formal notice given or answered. What
-- follows from the steps on a day is computed (`liant_convention::Course`). Steps are added, never changed.
CREATE TABLE convention_step (
    territory_id TEXT NOT NULL,
    place        BIGINT NOT NULL,     -- from 1, in the order recorded: clocks of two machines may differ
    step_id      UUID NOT NULL,        -- of the audit entry
    convention   TEXT NOT NULL,        -- short name: all its versions
    step         TEXT NOT NULL CHECK (step IN ('suspended', 'resumed', 'notice', 'answered')),
    party        TEXT NOT NULL,        -- whose step it is
    ground       TEXT NOT NULL,        -- why, a code
    from_day     TEXT NOT NULL,        -- first day on which it holds
    recorded_by  TEXT NOT NULL,        -- account, or the operator's actor
    recorded_at  BIGINT NOT NULL,
    PRIMARY KEY (territory_id, place)
);

-- A breach of personal data (*violation de données*), a complaint or a flaw, and the acts that it is about. Whom it concerns is
-- computed from the log.
CREATE TABLE breach (
    territory_id  TEXT NOT NULL,
    breach_id     UUID NOT NULL,       -- of the audit entry
    party         TEXT NOT NULL,       -- whose file of breaches it is in
    nature        TEXT NOT NULL,       -- breach, complaint, flaw
    discovered_at BIGINT NOT NULL,    -- when it was discovered, or the complaint received
    actor         TEXT,                -- account, or the operator's actor, whose acts are meant
    about_act     UUID,                -- one act that is meant: a file, a list, a page
    since_at      BIGINT NOT NULL,
    until_at      BIGINT,
    opened_by     TEXT NOT NULL,
    opened_at     BIGINT NOT NULL,
    PRIMARY KEY (territory_id, breach_id)
);

-- What was done about a breach: a notice sent, answered; the file closed. Steps are added, never changed.
CREATE TABLE breach_step (
    territory_id TEXT NOT NULL,
    step_id      UUID NOT NULL,        -- of the audit entry
    breach_id    UUID NOT NULL,
    step         TEXT NOT NULL CHECK (step IN ('sent', 'answered', 'closed')),
    addressee    TEXT NOT NULL,        -- a party, `authority`, or nobody
    stage        TEXT NOT NULL,        -- initial, complement, or nothing
    at           BIGINT NOT NULL,     -- when it was done
    recorded_by  TEXT NOT NULL,
    recorded_at  BIGINT NOT NULL,
    PRIMARY KEY (territory_id, step_id)
);

-- What was recorded of the other parties that have part in a request about rights (`rights_request`): told, answered. Steps are
-- added, never changed.
CREATE TABLE rights_part (
    territory_id TEXT NOT NULL,
    step_id      UUID NOT NULL,        -- of the audit entry
    request_id   UUID NOT NULL,
    party        TEXT NOT NULL,
    step         TEXT NOT NULL CHECK (step IN ('told', 'done', 'nothing', 'refused')),
    recorded_by  TEXT NOT NULL,
    recorded_at  BIGINT NOT NULL,
    PRIMARY KEY (territory_id, step_id)
);

CREATE INDEX rights_part_by_request ON rights_part (territory_id, request_id);
CREATE INDEX rights_part_by_party ON rights_part (territory_id, party);

-- What was found when a membership was looked at again (*revue des habilitations*). Global, as memberships are; rows are added,
-- never changed.
CREATE TABLE access_review (
    review_id     UUID NOT NULL PRIMARY KEY,   -- of the audit entry
    membership_id UUID NOT NULL,
    verdict       TEXT NOT NULL CHECK (verdict IN ('confirmed', 'withdrawn')),
    reviewed_by   TEXT NOT NULL,
    reviewed_at   BIGINT NOT NULL
);

CREATE INDEX access_review_by_membership ON access_review (membership_id);

-- The processors of each party (*sous-traitants*): firms and bodies.
CREATE TABLE sub_processor (
    territory_id TEXT NOT NULL,
    processor_id UUID NOT NULL,        -- of the audit entry
    party        TEXT NOT NULL,        -- whose processor it is
    name         TEXT NOT NULL,
    service      TEXT NOT NULL,        -- what it does
    country      TEXT NOT NULL,        -- ISO 3166
    from_day     TEXT NOT NULL,
    until_day    TEXT,
    recorded_by  TEXT NOT NULL,
    recorded_at  BIGINT NOT NULL,
    PRIMARY KEY (territory_id, processor_id)
);

-- When a list that a convention asks for was given to the partners.
CREATE TABLE given_list (
    territory_id TEXT NOT NULL,
    given_id     UUID NOT NULL,        -- of the audit entry
    party        TEXT NOT NULL,        -- who gave it
    convention   TEXT NOT NULL,
    of_what      TEXT NOT NULL,        -- sub_processors, countries, agents
    given_on     TEXT NOT NULL,
    recorded_by  TEXT NOT NULL,
    recorded_at  BIGINT NOT NULL,
    PRIMARY KEY (territory_id, given_id)
);

-- The second wall (V1).
ALTER TABLE convention_step ENABLE ROW LEVEL SECURITY;
ALTER TABLE convention_step FORCE ROW LEVEL SECURITY;
CREATE POLICY convention_step_territory ON convention_step USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE breach ENABLE ROW LEVEL SECURITY;
ALTER TABLE breach FORCE ROW LEVEL SECURITY;
CREATE POLICY breach_territory ON breach USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE breach_step ENABLE ROW LEVEL SECURITY;
ALTER TABLE breach_step FORCE ROW LEVEL SECURITY;
CREATE POLICY breach_step_territory ON breach_step USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE rights_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE rights_part FORCE ROW LEVEL SECURITY;
CREATE POLICY rights_part_territory ON rights_part USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE sub_processor ENABLE ROW LEVEL SECURITY;
ALTER TABLE sub_processor FORCE ROW LEVEL SECURITY;
CREATE POLICY sub_processor_territory ON sub_processor USING (territory_id = current_setting('liant.territory', true));
ALTER TABLE given_list ENABLE ROW LEVEL SECURITY;
ALTER TABLE given_list FORCE ROW LEVEL SECURITY;
CREATE POLICY given_list_territory ON given_list USING (territory_id = current_setting('liant.territory', true));
