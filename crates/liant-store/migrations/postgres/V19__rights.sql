-- What people's rights close of their data, which stay held: restriction of processing (*limitation du traitement*, GDPR art. 18) and
-- objection (*opposition*, art. 21). One row for each source identity that the person had: when a link is undone, each part of her stays
-- so. Ended on a day, never deleted but with her.
CREATE TABLE data_limit (
    territory_id TEXT NOT NULL,
    limit_id     UUID NOT NULL,        -- of the act that set it
    identity_id  UUID NOT NULL,
    is_hers      BIGINT NOT NULL,      -- 0: a human said that this is somebody else, whom it would hold by likeness
    party        TEXT NOT NULL,        -- whose decision it is
    what         TEXT NOT NULL CHECK (what IN ('restriction', 'objection')),
    purposes     TEXT NOT NULL,        -- to which she objects; of a restriction, none
    ground       TEXT NOT NULL,        -- of a restriction: the letter of art. 18 (1)
    request_id   UUID NOT NULL,        -- the request that it carries out
    set_by       TEXT NOT NULL,        -- account, or the operator's actor
    set_at       BIGINT NOT NULL,
    review_on    TEXT NOT NULL,        -- when somebody looks whether it is still needed
    lift_reason  TEXT,
    told         TEXT,                 -- how she was told that it would be lifted (art. 18 (3))
    told_on      TEXT,
    lifts_on     TEXT,                 -- the first day on which it does not hold any more
    lifted_by    TEXT,
    lifted_at    BIGINT,
    PRIMARY KEY (territory_id, limit_id, identity_id)
);

CREATE INDEX data_limit_by_identity ON data_limit (territory_id, identity_id);
CREATE INDEX data_limit_by_request ON data_limit (territory_id, request_id);

ALTER TABLE data_limit ENABLE ROW LEVEL SECURITY;
ALTER TABLE data_limit FORCE ROW LEVEL SECURITY;
CREATE POLICY data_limit_territory ON data_limit USING (territory_id = current_setting('liant.territory', true));

-- Whom an open question takes for someone whose data are limited.
CREATE INDEX review_open_by_identity ON review (territory_id, identity_id) WHERE state = 'open';
CREATE INDEX review_open_by_candidate ON review (territory_id, candidate_id) WHERE state = 'open';
