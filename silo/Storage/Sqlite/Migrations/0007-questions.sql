-- What control rooms ask neighbourhoods; incident, area and hazard name what it is about, or are null.
CREATE TABLE question (
  id TEXT PRIMARY KEY,
  neighbourhood TEXT NOT NULL,
  text TEXT NOT NULL,
  incident TEXT,
  area TEXT,
  hazard TEXT,
  asked_by TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  until INTEGER NOT NULL,
  withdrawn_at INTEGER
);
CREATE INDEX question_asked ON question (asked_at);
CREATE INDEX question_incident ON question (incident) WHERE incident IS NOT NULL;

-- One answer of each person; the reporter is a pseudonym that changes daily.
CREATE TABLE answer (
  question TEXT NOT NULL,
  reporter TEXT NOT NULL,
  seen INTEGER NOT NULL,
  note TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (question, reporter)
);
