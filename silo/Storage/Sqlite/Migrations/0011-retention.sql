-- Closed incidents by hazard and by their last entry, found in the ledger after their end. reduced: nothing is left of them but what statistics need.
CREATE TABLE closed (
  id TEXT PRIMARY KEY,
  hazard TEXT NOT NULL,
  at INTEGER NOT NULL,
  reduced INTEGER NOT NULL
);
CREATE INDEX closed_detail ON closed (at) WHERE reduced = 0;
CREATE INDEX closed_hazard ON closed (hazard, at);

-- One row. collected: up to there closed incidents have been found. swept: up to there no entry, nor its neighbours, holds anything that must not be moved.
CREATE TABLE retention (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  collected INTEGER NOT NULL,
  swept INTEGER NOT NULL
);
INSERT INTO retention VALUES (1, 0, 0);

-- People act on incidents after their end too. Written at each action only.
CREATE INDEX entry_action ON entry (seq) WHERE type = 4;

-- Room that the health check asks for when a commit has failed; null ever after.
ALTER TABLE probe ADD COLUMN room BLOB;
