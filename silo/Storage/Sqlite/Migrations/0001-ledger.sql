-- Times are Unix milliseconds, UTC. A row of incident or alert points to the newest entry of that id.
CREATE TABLE area (
  area TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  state BLOB NOT NULL,
  due INTEGER
);

-- AUTOINCREMENT: a number is never used again, not even after retention has deleted the newest entries.
CREATE TABLE entry (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  type INTEGER NOT NULL,
  at INTEGER NOT NULL,
  area TEXT NOT NULL,
  incident TEXT NOT NULL,
  body BLOB NOT NULL,
  open INTEGER NOT NULL,
  alert TEXT,
  alert_version INTEGER,
  public INTEGER,
  neighbourhood TEXT,
  ended INTEGER
);
CREATE INDEX entry_incident ON entry (incident);
CREATE INDEX entry_alert ON entry (alert) WHERE alert IS NOT NULL;
CREATE INDEX entry_public ON entry (public) WHERE public = 1;

CREATE TABLE incident (
  id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  open INTEGER NOT NULL
);
-- Only what is open is indexed: an index over all would be written at every piece of evidence. Closed ones are found in entry, newest first.
CREATE INDEX incident_open ON incident (seq) WHERE open = 1;

CREATE TABLE alert (
  id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  public INTEGER NOT NULL,
  neighbourhood TEXT,
  ended INTEGER NOT NULL
);
CREATE INDEX alert_seq ON alert (public, seq);
CREATE INDEX alert_ended_seq ON alert (public, ended, seq);
CREATE INDEX alert_neighbourhood_seq ON alert (public, neighbourhood, seq);

-- One row that the health check writes when nothing else was written lately.
CREATE TABLE probe (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  at INTEGER NOT NULL
);
