-- What is so of a home's devices and gateway without being a hazard; until is null while it is so. An empty device is the gateway.
CREATE TABLE home_fact (
  gateway TEXT NOT NULL,
  device TEXT NOT NULL,
  what INTEGER NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  PRIMARY KEY (gateway, device, what, since)
);
CREATE INDEX home_fact_open ON home_fact (what, since) WHERE until IS NULL;

-- Many homes of one area that fell silent together; names none.
CREATE TABLE power_cut (
  area TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  homes INTEGER NOT NULL,
  of INTEGER NOT NULL,
  PRIMARY KEY (area, since)
);
