-- What changes with every piece of evidence lies together: the area's row and the end of entry. An index over the entries of an incident,
-- and a row for each open incident, would each be written at a place of its own.
-- The entries of an incident are a chain from its newest to its oldest.
ALTER TABLE entry ADD COLUMN previous INTEGER;
UPDATE entry SET previous = (SELECT max(p.seq) FROM entry p WHERE p.incident = entry.incident AND p.seq < entry.seq);
DROP INDEX entry_incident;
CREATE INDEX entry_closed ON entry (seq) WHERE type = 2 AND open = 0;

-- open: the area's open incidents, {"id":[number of the newest line, number of the newest entry]}; null: none. has_open is there for its index,
-- which is written when the first opens and the last closes.
CREATE TABLE area_3 (
  area TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  due INTEGER,
  has_open INTEGER NOT NULL DEFAULT 0,
  open TEXT,
  state BLOB NOT NULL
);
INSERT INTO area_3 (area, version, due, open, state)
SELECT a.area, a.version, a.due, (
  SELECT json_group_object(i.id, json_array(i.seq, i.last)) FROM (
    SELECT i.id, i.seq, (SELECT max(e.seq) FROM entry e WHERE e.incident = i.id) AS last
    FROM incident i JOIN entry l ON l.seq = i.seq WHERE i.open = 1 AND l.area = a.area) i
  HAVING count(*) > 0), a.state
FROM area a;

-- seq: the incident's newest entry; null while it is open, when its area knows.
CREATE TABLE incident_3 (
  id TEXT PRIMARY KEY,
  area TEXT NOT NULL,
  seq INTEGER
);
INSERT INTO incident_3 (id, area, seq)
SELECT i.id, l.area, CASE WHEN i.open = 1 THEN NULL ELSE (SELECT max(e.seq) FROM entry e WHERE e.incident = i.id) END
FROM incident i JOIN entry l ON l.seq = i.seq;

DROP TABLE area;
DROP TABLE incident;
ALTER TABLE area_3 RENAME TO area;
ALTER TABLE incident_3 RENAME TO incident;
UPDATE area SET has_open = 1 WHERE open IS NOT NULL;
CREATE INDEX area_open ON area (area) WHERE has_open = 1;
