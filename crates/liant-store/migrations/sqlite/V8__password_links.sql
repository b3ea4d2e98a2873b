-- The link that lets someone choose a new password: one an account, given by whoever manages her access.
CREATE TABLE password_link (
    account_id BLOB NOT NULL PRIMARY KEY REFERENCES account (account_id),
    token_hash BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Someone has asked for a new password. A keyed hash of the address typed, whether it has an account or not.
CREATE TABLE password_ask (
    lane     BLOB NOT NULL PRIMARY KEY,
    asked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
