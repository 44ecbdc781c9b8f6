-- A gateway with its home; premises and place are null while nobody has claimed it. Secrets are hashes.
CREATE TABLE home (
  gateway TEXT PRIMARY KEY,
  premises TEXT UNIQUE,
  lat REAL,
  lon REAL,
  uncertainty_m REAL,
  kind TEXT NOT NULL,
  consents INTEGER NOT NULL,
  secret TEXT,
  resident_key TEXT,
  claim_secret TEXT,
  registered_at INTEGER NOT NULL,
  revoked_at INTEGER,
  heard_at INTEGER
);

-- Every change of a home's consents.
CREATE TABLE consent (
  gateway TEXT NOT NULL,
  at INTEGER NOT NULL,
  consents INTEGER NOT NULL
);
CREATE INDEX consent_gateway ON consent (gateway);

CREATE TABLE device (
  gateway TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  kinds TEXT NOT NULL,
  model TEXT,
  dialect TEXT NOT NULL,
  battery INTEGER,
  room TEXT,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (gateway, id)
);

-- One row: the registry file that was imported last.
CREATE TABLE registry_file (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  hash TEXT NOT NULL
);
