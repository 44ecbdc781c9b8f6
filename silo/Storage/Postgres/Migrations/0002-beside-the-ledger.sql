CREATE TABLE "user" (
  key text COLLATE "C" PRIMARY KEY,
  name text NOT NULL,
  password_hash text NOT NULL,
  roles text NOT NULL
);

CREATE TABLE gateway_memory (
  topic text COLLATE "C" PRIMARY KEY,
  payload bytea NOT NULL
);

-- A gateway with its home; premises and place are null while nobody has claimed it. Secrets are hashes.
CREATE TABLE home (
  gateway text COLLATE "C" PRIMARY KEY,
  premises text COLLATE "C" UNIQUE,
  lat double precision,
  lon double precision,
  uncertainty_m double precision,
  kind text NOT NULL,
  consents integer NOT NULL,
  secret text,
  resident_key text,
  claim_secret text,
  registered_at bigint NOT NULL,
  revoked_at bigint,
  heard_at bigint
) WITH (fillfactor = 80);

-- Every change of a home's consents.
CREATE TABLE consent (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  gateway text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  consents integer NOT NULL
);
CREATE INDEX consent_gateway ON consent (gateway);

CREATE TABLE device (
  gateway text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  name text NOT NULL,
  kinds text NOT NULL,
  model text,
  dialect text NOT NULL,
  battery integer,
  room text,
  seen_at bigint NOT NULL,
  PRIMARY KEY (gateway, id)
) WITH (fillfactor = 80);

-- One row: the registry file that was imported last.
CREATE TABLE registry_file (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  hash text NOT NULL
);

-- What is so of a home's devices and gateway without being a hazard; until is null while it is so. An empty device is the gateway.
CREATE TABLE home_fact (
  gateway text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  what integer NOT NULL,
  since bigint NOT NULL,
  until bigint,
  PRIMARY KEY (gateway, device, what, since)
);
CREATE INDEX home_fact_open ON home_fact (what, since) WHERE until IS NULL;

-- Many homes of one area that fell silent together; names none.
CREATE TABLE power_cut (
  area text COLLATE "C" NOT NULL,
  since bigint NOT NULL,
  until bigint,
  homes integer NOT NULL,
  of integer NOT NULL,
  PRIMARY KEY (area, since)
);

-- Public posts that are evidence, keys and sources hashed. Vacuumed soon, because what an author deletes is to be gone.
CREATE TABLE post (
  id bigint GENERATED ALWAYS AS IDENTITY,
  key text COLLATE "C" PRIMARY KEY,
  source text COLLATE "C" NOT NULL,
  text text NOT NULL,
  url text NOT NULL,
  at bigint NOT NULL,
  kind text NOT NULL,
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  uncertainty_m double precision NOT NULL,
  chain text
) WITH (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0);
CREATE INDEX post_source ON post (source);
CREATE INDEX post_at ON post (at);

-- How far each stream of posts has been read.
CREATE TABLE post_cursor (
  stream text COLLATE "C" PRIMARY KEY,
  cursor text NOT NULL
);

-- What control rooms ask neighbourhoods; incident, area and hazard name what it is about, or are null.
CREATE TABLE question (
  id text COLLATE "C" PRIMARY KEY,
  neighbourhood text COLLATE "C" NOT NULL,
  text text NOT NULL,
  incident text COLLATE "C",
  area text COLLATE "C",
  hazard text,
  asked_by text NOT NULL,
  asked_at bigint NOT NULL,
  until bigint NOT NULL,
  withdrawn_at bigint
);
CREATE INDEX question_asked ON question (asked_at);
CREATE INDEX question_incident ON question (incident) WHERE incident IS NOT NULL;

-- One answer of each person; the reporter is a pseudonym that changes daily.
CREATE TABLE answer (
  question text COLLATE "C" NOT NULL REFERENCES question ON DELETE CASCADE,
  reporter text COLLATE "C" NOT NULL,
  seen boolean NOT NULL,
  note text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (question, reporter)
);

-- Official alerts of others, newest version of each. Bounds are null where a notice has no shape; areas is JSON: rings of [lat, lon].
CREATE TABLE notice (
  id text COLLATE "C" PRIMARY KEY,
  feed text COLLATE "C" NOT NULL,
  issuer text NOT NULL,
  headline text NOT NULL,
  event text NOT NULL,
  severity text NOT NULL,
  urgency text NOT NULL,
  certainty text NOT NULL,
  onset bigint,
  expires bigint NOT NULL,
  area_description text NOT NULL,
  areas text NOT NULL,
  south double precision,
  west double precision,
  north double precision,
  east double precision,
  link text,
  identifier text NOT NULL,
  sender text NOT NULL,
  sent bigint NOT NULL,
  ended_at bigint
);
CREATE INDEX notice_feed ON notice (feed, sent);
CREATE INDEX notice_expires ON notice (expires) WHERE ended_at IS NULL;

-- What polled feeds say is going on: one row for each item that became a signal.
CREATE TABLE feed_item (
  feed text COLLATE "C" NOT NULL,
  source text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  event text,
  voice text,
  lat double precision NOT NULL,
  lon double precision NOT NULL,
  uncertainty_m double precision NOT NULL,
  observed_at bigint NOT NULL,
  received_at bigint NOT NULL,
  valid_until bigint,
  PRIMARY KEY (feed, source)
);

-- How far each account on a network has been told; and what stands there of each alert. An empty remote: a post was tried and its outcome is not known.
CREATE TABLE delivery_position (
  target text COLLATE "C" PRIMARY KEY,
  seq bigint NOT NULL
);

CREATE TABLE delivery (
  target text COLLATE "C" NOT NULL,
  alert text COLLATE "C" NOT NULL,
  remote text NOT NULL,
  version integer NOT NULL,
  posts integer NOT NULL,
  ended boolean NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (target, alert)
);
CREATE INDEX delivery_ended ON delivery (at) WHERE ended;

-- As in 0001: no copies of what names a person or a home.
ALTER TABLE gateway_memory ALTER topic SET STATISTICS 0, ALTER payload SET STATISTICS 0;
ALTER TABLE home
  ALTER gateway SET STATISTICS 0, ALTER premises SET STATISTICS 0, ALTER lat SET STATISTICS 0, ALTER lon SET STATISTICS 0, ALTER secret SET STATISTICS 0,
  ALTER resident_key SET STATISTICS 0, ALTER claim_secret SET STATISTICS 0;
ALTER TABLE consent ALTER gateway SET STATISTICS 0;
ALTER TABLE device ALTER gateway SET STATISTICS 0, ALTER id SET STATISTICS 0, ALTER name SET STATISTICS 0, ALTER room SET STATISTICS 0;
ALTER TABLE home_fact ALTER gateway SET STATISTICS 0, ALTER device SET STATISTICS 0;
ALTER TABLE post ALTER text SET STATISTICS 0, ALTER url SET STATISTICS 0, ALTER source SET STATISTICS 0;
ALTER TABLE answer ALTER reporter SET STATISTICS 0, ALTER note SET STATISTICS 0;
