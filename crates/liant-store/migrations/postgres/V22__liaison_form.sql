-- Liaison forms (*fiches de liaison*) that were filled in, signed and sent here. Who sent one, where and when, and the seal of what was
-- signed stand in the events of the path that bear its id; here is what it says, under seal. It hangs on the carrier of the path.
CREATE TABLE liaison_form (
    territory_id TEXT NOT NULL,
    form_id      UUID NOT NULL,
    identity_id  UUID NOT NULL,
    sealed       BYTEA NOT NULL,      -- under liant.keys
    PRIMARY KEY (territory_id, form_id)
);
CREATE INDEX liaison_form_by_identity ON liaison_form (territory_id, identity_id);

-- The second wall (V1).
ALTER TABLE liaison_form ENABLE ROW LEVEL SECURITY;
ALTER TABLE liaison_form FORCE ROW LEVEL SECURITY;
CREATE POLICY liaison_form_territory ON liaison_form USING (territory_id = current_setting('liant.territory', true));
