-- What people are told of their appointments (*rendez-vous*), by e-mail or by letter: what is due, and what went. No row holds an address, a
-- name, nor what an appointment is for: whom it is about is found, and her address let out or not, when it is sent. It hangs on the
-- source identity that carries her path, and moves with her.
CREATE TABLE appointment_notice (
    territory_id    TEXT NOT NULL,
    appointment_id  BLOB NOT NULL,
    moved           INTEGER NOT NULL,     -- how many times it had been moved
    kind            TEXT NOT NULL CHECK (kind IN ('said', 'cancelled', 'reminder-email', 'reminder-letter')),
    days            INTEGER NOT NULL,     -- of reminders, how many days before
    identity_id     BLOB NOT NULL,
    programme       TEXT NOT NULL,
    account_id      BLOB NOT NULL,     -- with whom the appointment is: in her name it is sent
    organisation_id BLOB NOT NULL,
    role            TEXT NOT NULL,
    from_at         INTEGER NOT NULL,     -- it is not told before
    until_at        INTEGER NOT NULL,     -- nor from then on: the hour of the appointment
    by_letter       INTEGER NOT NULL,     -- 1 once it is known that it goes by letter
    tries           INTEGER NOT NULL,     -- how often it was tried, or its letter printed
    next_at         INTEGER NOT NULL,     -- it is not tried before
    done_at         INTEGER,
    done_as         TEXT CHECK (done_as IN ('email', 'letter', 'unsure')),
    PRIMARY KEY (territory_id, appointment_id, moved, kind, days)
) STRICT, WITHOUT ROWID;

CREATE INDEX appointment_notice_waiting ON appointment_notice (territory_id, next_at) WHERE done_at IS NULL;
CREATE INDEX appointment_notice_by_identity ON appointment_notice (territory_id, identity_id);
CREATE INDEX appointment_notice_by_organisation ON appointment_notice (territory_id, organisation_id, from_at) WHERE done_at IS NULL;
