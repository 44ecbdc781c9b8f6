-- How far each account on a network has been told; and what stands there of each alert. An empty remote: a post was tried and its outcome is not known.
CREATE TABLE delivery_position (
  target TEXT PRIMARY KEY,
  seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE delivery (
  target TEXT NOT NULL,
  alert TEXT NOT NULL,
  remote TEXT NOT NULL,
  version INTEGER NOT NULL,
  posts INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (target, alert)
) WITHOUT ROWID;
CREATE INDEX delivery_ended ON delivery (at) WHERE ended <> 0;
