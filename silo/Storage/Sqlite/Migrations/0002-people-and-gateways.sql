CREATE TABLE user (
  key TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  roles TEXT NOT NULL
);

CREATE TABLE gateway_memory (
  topic TEXT PRIMARY KEY,
  payload BLOB NOT NULL
);
