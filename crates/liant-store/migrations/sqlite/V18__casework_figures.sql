-- What the planner is told of these tables, as in V3: without figures it takes the territory to be nearly a key by itself, and reads
-- everyone of it.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('casework_head', 'casework_head', '1000000 1000000 1 1'),
    ('casework_head', 'casework_head_due', '1000000 1000000 3000 1 1'),
    ('casework_head', 'casework_head_to', '1000000 1000000 20000 5000 15'),
    ('casework_head', 'casework_head_from', '1000000 1000000 20000 5000 15'),
    ('casework_place', 'casework_place', '2000000 2000000 2 1'),
    ('casework_place', 'casework_place_by_account', '2000000 2000000 80 2'),
    ('casework_place', 'casework_place_by_organisation', '2000000 2000000 20000 8000 4000'),
    ('casework_place', 'casework_place_by_role', '2000000 2000000 500000 250000 80'),
    ('casework_event', 'casework_event', '12000000 12000000 12 1'),
    ('casework_event', 'casework_event_step', '5000000 5000000 5 1'),
    ('designation', 'designation', '1000000 1000000 1'),
    ('designation', 'designation_by_account', '500000 500000 100'),
    ('designation', 'designation_by_identity', '500000 500000 2 1'),
    ('link', 'link_moved', '1000 1000 1');

-- Who is designated is answered by the index alone.
DROP INDEX designation_by_identity;
CREATE INDEX designation_by_identity
    ON designation (territory_id, identity_id, account_id, organisation_id, from_day, to_day, ended_at) WHERE ended_at IS NULL;
