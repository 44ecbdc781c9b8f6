-- Closed incidents by hazard and by their last entry, found in the ledger after their end. reduced: nothing is left of them but what statistics need.
CREATE TABLE closed (
  id text COLLATE "C" PRIMARY KEY,
  hazard text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  reduced boolean NOT NULL
);
CREATE INDEX closed_detail ON closed (at) WHERE NOT reduced;
CREATE INDEX closed_hazard ON closed (hazard, at);

-- One row: up to there closed incidents have been found.
CREATE TABLE retention (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  collected bigint NOT NULL
);
INSERT INTO retention (collected) VALUES (0);

-- People act on incidents after their end too. Written at each action only.
CREATE INDEX entry_action ON entry (seq) WHERE type = 4;

-- What retention removed is to be reused soon: a fifth of a large ledger would be much.
ALTER TABLE entry SET (autovacuum_vacuum_scale_factor = 0.02);
