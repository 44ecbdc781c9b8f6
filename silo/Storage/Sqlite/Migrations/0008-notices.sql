-- Official alerts of others, newest version of each. Bounds are null where a notice has no shape; areas is JSON: rings of [lat, lon].
CREATE TABLE notice (
  id TEXT PRIMARY KEY,
  feed TEXT NOT NULL,
  issuer TEXT NOT NULL,
  headline TEXT NOT NULL,
  event TEXT NOT NULL,
  severity TEXT NOT NULL,
  urgency TEXT NOT NULL,
  certainty TEXT NOT NULL,
  onset INTEGER,
  expires INTEGER NOT NULL,
  area_description TEXT NOT NULL,
  areas TEXT NOT NULL,
  south REAL,
  west REAL,
  north REAL,
  east REAL,
  link TEXT,
  identifier TEXT NOT NULL,
  sender TEXT NOT NULL,
  sent INTEGER NOT NULL,
  ended_at INTEGER
);
CREATE INDEX notice_feed ON notice (feed, sent);
CREATE INDEX notice_expires ON notice (expires) WHERE ended_at IS NULL;

-- What polled feeds say is going on: one row for each item that became a signal.
CREATE TABLE feed_item (
  feed TEXT NOT NULL,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  event TEXT,
  voice TEXT,
  lat REAL NOT NULL,
  lon REAL NOT NULL,
  uncertainty_m REAL NOT NULL,
  observed_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  valid_until INTEGER,
  PRIMARY KEY (feed, source)
);
