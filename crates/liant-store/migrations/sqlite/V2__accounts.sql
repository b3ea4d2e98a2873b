-- Accounts of professionals: who may come in, for which organisation, in which role. These tables are global: a professional
-- may work for several organisations, of several territories. No row here is about a person accompanied.
-- Secrets: passwords as argon2id (PHC); tokens, codes and browsers as SHA-256; the second factor's secret, the PKCE verifier
-- and the provider's token sealed by the vault. Addresses of the network only as keyed hashes.

CREATE TABLE organisation (
    organisation_id BLOB NOT NULL PRIMARY KEY,
    territory_id    TEXT NOT NULL,
    kind            TEXT NOT NULL,
    name            TEXT NOT NULL,
    party           TEXT NOT NULL,     -- the party to conventions that its people act for
    parent_id       BLOB REFERENCES organisation (organisation_id),  -- the body that it is a service of
    created_at      INTEGER NOT NULL,
    closed_at       INTEGER
) STRICT;

CREATE UNIQUE INDEX organisation_by_name ON organisation (territory_id, name);
CREATE INDEX organisation_by_parent ON organisation (parent_id) WHERE parent_id IS NOT NULL;

-- A mandate: `mandator_id` has `mandated_id` do part of its task, from one day to another, both included.
CREATE TABLE delegation (
    delegation_id BLOB NOT NULL PRIMARY KEY,
    mandator_id   BLOB NOT NULL REFERENCES organisation (organisation_id),
    mandated_id   BLOB NOT NULL REFERENCES organisation (organisation_id),
    from_day      TEXT NOT NULL,
    to_day        TEXT,
    recorded_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX delegation_by_mandated ON delegation (mandated_id);
CREATE INDEX delegation_by_mandator ON delegation (mandator_id);

CREATE TABLE account (
    account_id  BLOB NOT NULL PRIMARY KEY,
    email       TEXT NOT NULL,         -- folded; in clear, since mail is sent to it; never in a log or in the audit
    name        TEXT NOT NULL,         -- as colleagues see it
    lang        TEXT NOT NULL CHECK (lang IN ('fr', 'en')),
    password    TEXT,                  -- argon2id, PHC; absent for who signs in at a provider only
    created_at  INTEGER NOT NULL,
    disabled_at INTEGER,
    link_until  INTEGER                -- until when a provider may be linked by its word on the address, by leave of an admin
) STRICT;

CREATE UNIQUE INDEX account_by_email ON account (email);

CREATE TABLE membership (
    membership_id   BLOB NOT NULL PRIMARY KEY,
    account_id      BLOB NOT NULL REFERENCES account (account_id),
    organisation_id BLOB NOT NULL REFERENCES organisation (organisation_id),
    role            TEXT NOT NULL,
    is_admin        INTEGER NOT NULL,
    from_day        TEXT NOT NULL,
    to_day          TEXT,
    designated_by   TEXT NOT NULL,     -- account of whoever designated her, or the operator's actor
    designated_at   INTEGER NOT NULL,
    ended_at        INTEGER
) STRICT;

CREATE UNIQUE INDEX membership_current ON membership (account_id, organisation_id, role) WHERE ended_at IS NULL;
CREATE INDEX membership_by_organisation ON membership (organisation_id);

CREATE TABLE invitation (
    invitation_id   BLOB NOT NULL PRIMARY KEY,
    token_hash      BLOB NOT NULL,
    email           TEXT NOT NULL,
    organisation_id BLOB NOT NULL REFERENCES organisation (organisation_id),
    role            TEXT NOT NULL,
    is_admin        INTEGER NOT NULL,
    from_day        TEXT NOT NULL,
    to_day          TEXT,
    invited_by      TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL,
    closed_at       INTEGER,           -- accepted or withdrawn
    account_id      BLOB REFERENCES account (account_id)  -- who accepted it
) STRICT;

CREATE UNIQUE INDEX invitation_by_token ON invitation (token_hash);
CREATE INDEX invitation_open ON invitation (organisation_id) WHERE closed_at IS NULL;

-- Second factors (TOTP). One is confirmed at most.
CREATE TABLE factor (
    factor_id    BLOB NOT NULL PRIMARY KEY,
    account_id   BLOB NOT NULL REFERENCES account (account_id),
    secret       BLOB NOT NULL,   -- sealed
    created_at   INTEGER NOT NULL,
    confirmed_at INTEGER,
    last_step    INTEGER               -- no code serves twice
) STRICT;

CREATE UNIQUE INDEX factor_confirmed ON factor (account_id) WHERE confirmed_at IS NOT NULL;
CREATE INDEX factor_by_account ON factor (account_id);

CREATE TABLE recovery_code (
    account_id BLOB NOT NULL REFERENCES account (account_id),
    code_hash  BLOB NOT NULL,
    used_at    INTEGER,
    PRIMARY KEY (account_id, code_hash)
) STRICT, WITHOUT ROWID;

-- The provider's own name for an account.
CREATE TABLE oidc_subject (
    issuer     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    account_id BLOB NOT NULL REFERENCES account (account_id),
    linked_at  INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX oidc_subject_by_account ON oidc_subject (account_id);

CREATE TABLE session (
    session_id    BLOB NOT NULL PRIMARY KEY,
    token_hash    BLOB NOT NULL,
    account_id    BLOB NOT NULL REFERENCES account (account_id),
    membership_id BLOB NOT NULL REFERENCES membership (membership_id),
    way           TEXT NOT NULL CHECK (way IN ('password', 'oidc')),
    second_factor INTEGER NOT NULL,
    browser       TEXT NOT NULL,       -- as the owner recognises it: "Firefox, Linux"
    opened_at     INTEGER NOT NULL,
    seen_at       INTEGER NOT NULL,
    ended_at      INTEGER,
    issuer        TEXT,
    id_token      BLOB             -- sealed: the hint that a provider's logout asks for; wiped at the end
) STRICT;

CREATE UNIQUE INDEX session_by_token ON session (token_hash);
CREATE INDEX session_open_by_account ON session (account_id) WHERE ended_at IS NULL;
CREATE INDEX session_open_by_membership ON session (membership_id) WHERE ended_at IS NULL;

-- What follows is of sign-ins under way, swept when old.

CREATE TABLE pending_sign_in (
    token_hash    BLOB NOT NULL PRIMARY KEY,
    account_id    BLOB NOT NULL REFERENCES account (account_id),
    stage         TEXT NOT NULL CHECK (stage IN ('factor', 'enrol', 'choose')),
    way           TEXT NOT NULL CHECK (way IN ('password', 'oidc')),
    second_factor INTEGER NOT NULL,
    tries         INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    issuer        TEXT,
    id_token      BLOB             -- sealed
) STRICT, WITHOUT ROWID;

-- A question put to an OpenID provider, until its answer comes back.
CREATE TABLE oidc_request (
    state_hash      BLOB NOT NULL PRIMARY KEY,
    issuer          TEXT NOT NULL,
    nonce           TEXT NOT NULL,
    verifier        BLOB NOT NULL, -- PKCE, sealed
    invitation_hash BLOB,
    created_at      INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Failures in a row, by lane: a keyed hash of an address, of an account, of the two, or of a known browser.
CREATE TABLE throttle (
    lane     BLOB NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Browsers that have signed in to an account.
CREATE TABLE known_browser (
    account_id  BLOB NOT NULL REFERENCES account (account_id),
    token_hash  BLOB NOT NULL,
    known_since INTEGER NOT NULL,
    PRIMARY KEY (account_id, token_hash)
) STRICT, WITHOUT ROWID;
