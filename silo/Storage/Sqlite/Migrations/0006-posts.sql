-- Public posts that are evidence. Keys and sources are hashes.
CREATE TABLE post (
  key TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  lat REAL NOT NULL,
  lon REAL NOT NULL,
  uncertainty_m REAL NOT NULL,
  chain TEXT,
  words INTEGER NOT NULL
);
CREATE INDEX post_source ON post (source);
CREATE INDEX post_at ON post (at);

-- Their texts and addresses. Rows are appended and overwritten where they stand, never deleted: so none is ever moved, and no copy is left behind.
CREATE TABLE post_words (
  id INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
);

-- How far each stream of posts has been read.
CREATE TABLE post_cursor (
  stream TEXT PRIMARY KEY,
  cursor TEXT NOT NULL
);
