-- Where a person came in to her own space by an identity that the State vouches for (FranceConnect), and what the logout there asks
-- for, sealed. It goes with the session.
ALTER TABLE space_session ADD COLUMN issuer TEXT;
ALTER TABLE space_session ADD COLUMN id_token BYTEA;
