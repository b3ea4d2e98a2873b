-- Liaison forms (*fiches de liaison*) that were filled in, signed and sent here. Who sent one, where and when, and the seal of what was
-- signed stand in the events of the path that bear its id; here is what it says, under seal. It hangs on the carrier of the path.
CREATE TABLE liaison_form (
    territory_id TEXT NOT NULL,
    form_id      BLOB NOT NULL,
    identity_id  BLOB NOT NULL,
    sealed       BLOB NOT NULL,      -- under liant.keys
    PRIMARY KEY (territory_id, form_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX liaison_form_by_identity ON liaison_form (territory_id, identity_id);
