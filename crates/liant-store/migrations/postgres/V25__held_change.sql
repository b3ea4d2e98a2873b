-- How often what is held of someone was changed by an act that names her: what a reader keeps of her in memory holds as long as this
-- number and the pointer of published batches stay. Of whom there is no row, no act was. It begins anew in another store, as memory does.
CREATE TABLE held_change (
    territory_id TEXT NOT NULL,
    person_id    UUID NOT NULL,
    changes      BIGINT NOT NULL,
    PRIMARY KEY (territory_id, person_id)
);

-- The second wall (V1).
ALTER TABLE held_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE held_change FORCE ROW LEVEL SECURITY;
CREATE POLICY held_change_territory ON held_change USING (territory_id = current_setting('liant.territory', true));
