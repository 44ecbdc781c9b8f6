-- Who is in the cluster, as Orleans' ADO.NET clustering reads and writes it: it takes its statements from OrleansQuery, by the keys and parameters that
-- its documentation names. Each that changes a row answers with the number of rows that it changed.

CREATE TABLE silo_membership_version (
  deployment_id text PRIMARY KEY,
  changed_at timestamptz NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 0
);

CREATE TABLE silo_membership (
  deployment_id text NOT NULL REFERENCES silo_membership_version,
  address text NOT NULL,
  port integer NOT NULL,
  generation integer NOT NULL,
  silo_name text NOT NULL,
  host_name text NOT NULL,
  status integer NOT NULL,
  proxy_port integer,
  suspect_times text,
  start_time timestamptz NOT NULL,
  alive_at timestamptz NOT NULL,
  PRIMARY KEY (deployment_id, address, port, generation)
);

CREATE TABLE OrleansQuery (QueryKey varchar(64) PRIMARY KEY, QueryText text NOT NULL);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('UpdateIAmAlivetimeKey', '
  UPDATE silo_membership SET alive_at = @IAmAliveTime
  WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),
('InsertMembershipVersionKey', '
  WITH made AS (INSERT INTO silo_membership_version (deployment_id) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
  SELECT count(*)::integer FROM made'),
('InsertMembershipKey', '
  WITH turned AS (
    UPDATE silo_membership_version SET version = version + 1, changed_at = now()
    WHERE deployment_id = @DeploymentId AND version = @Version AND NOT EXISTS (
      SELECT 1 FROM silo_membership WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING deployment_id),
  joined AS (
    INSERT INTO silo_membership (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_at)
    SELECT deployment_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM turned
    RETURNING 1)
  SELECT count(*)::integer FROM joined'),
('UpdateMembershipKey', '
  WITH turned AS (
    UPDATE silo_membership_version SET version = version + 1, changed_at = now()
    WHERE deployment_id = @DeploymentId AND version = @Version AND EXISTS (
      SELECT 1 FROM silo_membership WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING deployment_id),
  changed AS (
    UPDATE silo_membership AS member SET status = @Status, suspect_times = @SuspectTimes, alive_at = @IAmAliveTime
    FROM turned WHERE member.deployment_id = turned.deployment_id AND address = @Address AND port = @Port AND generation = @Generation
    RETURNING 1)
  SELECT count(*)::integer FROM changed'),
('MembershipReadRowKey', '
  SELECT v.deployment_id AS DeploymentId, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName, m.host_name AS HostName,
    m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes, m.start_time AS StartTime, m.alive_at AS IAmAliveTime, v.version AS Version
  FROM silo_membership_version v
  LEFT JOIN silo_membership m ON m.deployment_id = v.deployment_id AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
  WHERE v.deployment_id = @DeploymentId'),
('MembershipReadAllKey', '
  SELECT v.deployment_id AS DeploymentId, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName, m.host_name AS HostName,
    m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes, m.start_time AS StartTime, m.alive_at AS IAmAliveTime, v.version AS Version
  FROM silo_membership_version v LEFT JOIN silo_membership m ON m.deployment_id = v.deployment_id
  WHERE v.deployment_id = @DeploymentId'),
('DeleteMembershipTableEntriesKey', '
  DELETE FROM silo_membership WHERE deployment_id = @DeploymentId;
  DELETE FROM silo_membership_version WHERE deployment_id = @DeploymentId'),
('GatewaysQueryKey', '
  SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation FROM silo_membership
  WHERE deployment_id = @DeploymentId AND status = @Status AND proxy_port > 0'),
('CleanupDefunctSiloEntriesKey', '
  DELETE FROM silo_membership WHERE deployment_id = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3');

-- What one silo does for all, and until when it may without asking again. Times are the database's own.
CREATE TABLE duty (
  name text PRIMARY KEY,
  holder text NOT NULL,
  until timestamptz NOT NULL
);

-- The keys that cookies and tokens are sealed with: the same on every silo.
CREATE TABLE data_protection_key (
  name text PRIMARY KEY,
  xml text NOT NULL
);

-- Which homes have changed, and in which transaction, so that each silo hears of it; a home's name only as a hash, for it may have been erased.
CREATE TABLE home_change (
  gateway_md5 text COLLATE "C" PRIMARY KEY,
  changed xid8 NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX home_change_changed ON home_change (changed);
CREATE INDEX home_md5 ON home (md5(gateway));

CREATE FUNCTION note_home_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO home_change (gateway_md5, changed) VALUES (md5(coalesce(NEW.gateway, OLD.gateway)), pg_current_xact_id())
  ON CONFLICT (gateway_md5) DO UPDATE SET changed = excluded.changed;
  RETURN NULL;
END $$;

-- Not of heard_at, which changes all the time.
CREATE TRIGGER home_changed AFTER INSERT OR DELETE OR UPDATE OF premises, lat, lon, kind, consents, secret, resident_key, claim_secret, revoked_at
ON home FOR EACH ROW EXECUTE FUNCTION note_home_change();
