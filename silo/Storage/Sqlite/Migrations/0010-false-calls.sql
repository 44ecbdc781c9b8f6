-- Where premises stand with a service because of false calls: as their areas keep it in their states, for those who list it.
CREATE TABLE false_call (
  premises TEXT NOT NULL,
  hazard TEXT NOT NULL,
  service TEXT NOT NULL,
  area TEXT NOT NULL,
  step INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  standing BLOB NOT NULL,
  PRIMARY KEY (premises, hazard, service, area)
);
CREATE INDEX false_call_step ON false_call (step, last_at);
