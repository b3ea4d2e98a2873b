-- Minutes of committees (*relevés de conclusions*) and yearly reviews (*bilans annuels*), as they were sealed: codes, days, amounts and figures
-- that may be shown. Nobody is named in one. Who signed one stands in casework_signature, as of the half-yearly lists.
CREATE TABLE committee_paper (
    territory_id TEXT NOT NULL,
    paper_id     BLOB NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('minutes', 'review')),
    programme    TEXT NOT NULL,
    committee    TEXT NOT NULL,        -- of minutes; of a review, empty
    place        TEXT NOT NULL,        -- the local service; of the whole territory, empty
    about        TEXT NOT NULL,        -- the day of the meeting, or the year
    made_at      INTEGER NOT NULL,
    made_by      TEXT NOT NULL,        -- account, or the operator's actor
    hash         TEXT NOT NULL,        -- SHA-256 of the body, in hexadecimal: what is signed
    body         TEXT NOT NULL,        -- JSON
    signers      INTEGER NOT NULL,      -- how many sign it
    complete_at  INTEGER,               -- when the last of them did; none: a draft, which may be replaced
    kept_until   TEXT NOT NULL,
    PRIMARY KEY (territory_id, paper_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX committee_paper_about ON committee_paper (territory_id, kind, programme, committee, place, about);
-- A committee writes one meeting at a time.
CREATE UNIQUE INDEX committee_paper_draft ON committee_paper (territory_id, programme, committee, place)
    WHERE complete_at IS NULL AND kind = 'minutes';

-- From where someone signed: none of the signatures before, nor of the operator's.
ALTER TABLE casework_signature ADD COLUMN organisation_id BLOB;
