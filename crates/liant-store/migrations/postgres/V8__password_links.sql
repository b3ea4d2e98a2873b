-- The link that lets someone choose a new password: one an account, given by whoever manages her access.
CREATE TABLE password_link (
    account_id UUID NOT NULL PRIMARY KEY REFERENCES account (account_id),
    token_hash BYTEA NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Someone has asked for a new password. A keyed hash of the address typed, whether it has an account or not.
CREATE TABLE password_ask (
    lane     BYTEA NOT NULL PRIMARY KEY,
    asked_at BIGINT NOT NULL
);
