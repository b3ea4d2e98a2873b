-- Which rows the directory of a territory holds: a number that each change of them raises, so that a count once made is known to
-- hold still.
ALTER TABLE directory_state ADD COLUMN edition BIGINT NOT NULL DEFAULT 0;
