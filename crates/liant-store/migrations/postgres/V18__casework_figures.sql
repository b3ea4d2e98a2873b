-- Who is designated is answered by the index alone.
DROP INDEX designation_by_identity;
CREATE INDEX designation_by_identity
    ON designation (territory_id, identity_id, account_id, organisation_id, from_day, to_day, ended_at) WHERE ended_at IS NULL;
