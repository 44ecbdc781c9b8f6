-- Times are Unix milliseconds, UTC. Keys compare by their bytes, whatever the database's language: areas must be locked in one order everywhere.
CREATE TABLE area (
  area text COLLATE "C" PRIMARY KEY,
  version bigint NOT NULL,
  due bigint,
  -- What is indexed: it stays the same at most commits, so that these need not write the index.
  due_minute bigint GENERATED ALWAYS AS (due / 60000) STORED,
  state bytea NOT NULL
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX area_due ON area (due_minute) WHERE due_minute IS NOT NULL;

-- The number of the newest entry. Who appends holds this row until the commit: so numbers become visible in their order, without gaps.
CREATE TABLE ledger_head (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  seq bigint NOT NULL
) WITH (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);
INSERT INTO ledger_head (seq) VALUES (0);

-- The entries of an incident are a chain from its newest to its oldest: an index over them would be written at a place of its own each time.
CREATE TABLE entry (
  seq bigint PRIMARY KEY,
  previous bigint,
  at bigint NOT NULL,
  type smallint NOT NULL,
  open boolean NOT NULL,
  area text COLLATE "C" NOT NULL,
  incident text COLLATE "C" NOT NULL,
  alert text COLLATE "C",
  alert_version integer,
  public boolean,
  ended boolean,
  neighbourhood text COLLATE "C",
  body bytea NOT NULL
);
CREATE INDEX entry_alert ON entry (alert) WHERE alert IS NOT NULL;
CREATE INDEX entry_told ON entry (seq) WHERE type IN (2, 3);
CREATE INDEX entry_public ON entry (seq) WHERE public;
CREATE INDEX entry_closed ON entry (seq) WHERE type = 2 AND NOT open;

-- line: number of the incident's newest line, null before the first; last: number of its newest entry.
CREATE TABLE incident (
  id text COLLATE "C" PRIMARY KEY,
  area text COLLATE "C" NOT NULL,
  line bigint,
  last bigint NOT NULL,
  open boolean NOT NULL
) WITH (fillfactor = 70);
CREATE INDEX incident_open ON incident (id) WHERE open;

-- The newest version of each alert.
CREATE TABLE alert (
  id text COLLATE "C" PRIMARY KEY,
  seq bigint NOT NULL,
  at bigint NOT NULL,
  public boolean NOT NULL,
  ended boolean NOT NULL,
  neighbourhood text COLLATE "C"
) WITH (fillfactor = 80);
CREATE INDEX alert_seq ON alert (public, seq);
CREATE INDEX alert_ended_seq ON alert (public, ended, seq);
CREATE INDEX alert_neighbourhood_seq ON alert (public, neighbourhood, seq);

-- Where premises stand with a service because of false calls: as their areas keep it in their states, for those who list it.
CREATE TABLE false_call (
  premises text COLLATE "C" NOT NULL,
  hazard text COLLATE "C" NOT NULL,
  service text COLLATE "C" NOT NULL,
  area text COLLATE "C" NOT NULL,
  step integer NOT NULL,
  last_at bigint NOT NULL,
  standing bytea NOT NULL,
  PRIMARY KEY (premises, hazard, service, area)
);
CREATE INDEX false_call_step ON false_call (step, last_at);

-- One row that the health check writes when nothing else was written lately.
CREATE TABLE probe (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  at bigint NOT NULL
);

-- Statistics are copies of values that no erasure would find, and no query needs them of these columns.
ALTER TABLE area ALTER state SET STATISTICS 0;
ALTER TABLE entry ALTER body SET STATISTICS 0;
ALTER TABLE false_call ALTER premises SET STATISTICS 0, ALTER standing SET STATISTICS 0;
