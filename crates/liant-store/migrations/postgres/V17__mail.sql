-- Letters to professionals that wait to be sent by e-mail, and those of the last weeks. No row is about a person accompanied: a letter
-- holds numbers alone.
CREATE TABLE mail (
    territory_id TEXT NOT NULL,
    account_id   UUID NOT NULL REFERENCES account (account_id),
    kind         TEXT NOT NULL CHECK (kind IN ('unused', 'falling')),
    on_day       TEXT NOT NULL,     -- one of a kind a day
    about        TEXT NOT NULL,     -- its numbers
    tries        BIGINT NOT NULL,
    next_at      BIGINT NOT NULL,  -- it is not tried before
    sent_at      BIGINT,
    PRIMARY KEY (territory_id, account_id, kind, on_day)
);

CREATE INDEX mail_waiting ON mail (territory_id, next_at) WHERE sent_at IS NULL;
