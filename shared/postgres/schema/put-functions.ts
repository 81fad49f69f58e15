/**
 * Functions that put rows, inside the transaction of whoever calls. Their argument is one JSON text, in which a row is
 * itself a text: so it comes through byte for byte, and what it says is never looked into.
 */
export const putFunctions = `
  CREATE FUNCTION put_projections(changes json) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    -- Agent, session and parent of a run never change.
    INSERT INTO runs AS old (tenant, run, agent, status, session, parent, row)
      SELECT tenant, run, agent, status, session, parent, put.row FROM json_to_recordset(changes -> 'run')
        AS put (tenant text, run text, agent text, status text, session text, parent text, row text)
      ON CONFLICT (tenant, run) DO UPDATE SET status = excluded.status, row = excluded.row;
    IF changes -> 'due' IS NOT NULL THEN
      INSERT INTO due AS old (run, tenant, check_at)
        SELECT run, tenant, "checkAt" FROM json_to_recordset(changes -> 'due')
          AS put (tenant text, run text, "checkAt" text) WHERE "checkAt" IS NOT NULL
        ON CONFLICT (run, tenant) DO UPDATE SET check_at = excluded.check_at
        WHERE old.check_at <> excluded.check_at;
      DELETE FROM due USING json_to_recordset(changes -> 'due')
        AS put (tenant text, run text, "checkAt" text)
        WHERE due.run = put.run AND due.tenant = put.tenant AND put."checkAt" IS NULL;
    END IF;
    IF changes -> 'approval' IS NOT NULL THEN
      INSERT INTO approvals (tenant, approval, run, status, requested_at, row)
        SELECT tenant, approval, run, status, "requestedAt", put.row
        FROM json_to_recordset(changes -> 'approval')
          AS put (tenant text, approval text, run text, status text, "requestedAt" text, row text)
        ON CONFLICT (tenant, approval) DO UPDATE SET status = excluded.status, row = excluded.row;
    END IF;
    IF changes -> 'artifact' IS NOT NULL THEN
      INSERT INTO artifacts (tenant, run, name, row)
        SELECT tenant, run, name, put.row FROM json_to_recordset(changes -> 'artifact')
          AS put (tenant text, run text, name text, row text)
        ON CONFLICT (tenant, run, name) DO UPDATE SET row = excluded.row, number = DEFAULT;
    END IF;
    IF changes -> 'ended' IS NOT NULL THEN
      INSERT INTO ended (run, tenant, ended_at, remove_at)
        SELECT run, tenant, "endedAt", "removeAt" FROM json_to_recordset(changes -> 'ended')
          AS put (tenant text, run text, "endedAt" text, "removeAt" text)
        ON CONFLICT (run, tenant) DO UPDATE SET ended_at = excluded.ended_at, remove_at = excluded.remove_at;
    END IF;
  END $$;

  -- How many were put: one whose earlier revision is not there changes nothing.
  CREATE FUNCTION put_deliveries(changes json) RETURNS integer LANGUAGE plpgsql AS $$
  DECLARE
    put record;
    changed integer;
    total integer := 0;
  BEGIN
    FOR put IN SELECT * FROM json_to_recordset(changes) AS put (tenant text, webhook text, delivery text,
      run text, status text, "dueAt" text, "createdAt" text, revision integer, row text)
    LOOP
      IF put.revision = 1 THEN
        INSERT INTO deliveries (tenant, webhook, delivery, run, status, due_at, created_at, revision, row)
          VALUES (put.tenant, put.webhook, put.delivery, put.run, put.status, put."dueAt", put."createdAt", 1,
            put.row)
          ON CONFLICT DO NOTHING;
      ELSE
        UPDATE deliveries SET status = put.status, due_at = put."dueAt", revision = put.revision, row = put.row
          WHERE tenant = put.tenant AND webhook = put.webhook AND delivery = put.delivery
            AND revision = put.revision - 1;
      END IF;
      GET DIAGNOSTICS changed = ROW_COUNT;
      total := total + changed;
    END LOOP;
    RETURN total;
  END $$;

  -- In the order of the changes. A version that is there stays, unless it is to be replaced: then it counts as published last.
  CREATE FUNCTION put_records(changes json, replace boolean) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    put record;
  BEGIN
    FOR put IN SELECT * FROM json_to_recordset(changes) AS put (kind text, tenant text, id text, agent text,
      version text, digest text, row text)
    LOOP
      IF put.row IS NULL THEN
        DELETE FROM records WHERE kind = put.kind AND tenant = put.tenant AND id = put.id;
      ELSIF put.kind <> 'version' THEN
        INSERT INTO records (kind, tenant, id, row) VALUES (put.kind, put.tenant, put.id, put.row)
          ON CONFLICT (kind, tenant, id) DO UPDATE SET row = excluded.row;
      ELSE
        IF replace THEN
          DELETE FROM versions
            WHERE tenant = put.tenant AND agent = put.agent AND version = put.version;
        END IF;
        INSERT INTO versions (tenant, agent, version, digest, row)
          VALUES (put.tenant, put.agent, put.version, put.digest, put.row)
          ON CONFLICT DO NOTHING;
      END IF;
    END LOOP;
  END $$;
`;
