/** SQLSTATE of an idempotency key that is taken: undoes the append; its detail is the record as JSON. */
export const keyTaken = 'TD001';

/**
 * Appends as one statement each: one round trip, and one transaction by itself. A call answers NULL once all of it is
 * there, or, with nothing changed, the sequence number where the log ends instead of at the one expected.
 */
export const appendFunctions = `
  CREATE FUNCTION append_events(
    of_tenant text, of_run text, expected integer, head json, texts text[], projections json, messages json,
    request json
  ) RETURNS integer LANGUAGE plpgsql AS $$
  DECLARE
    taken record;
  BEGIN
    IF expected = 0 THEN
      INSERT INTO heads (run, tenant, seq, hash, signature)
        VALUES (of_run, of_tenant, (head ->> 'seq')::integer, head ->> 'hash', head ->> 'signature')
        ON CONFLICT DO NOTHING;
    ELSE
      UPDATE heads
        SET seq = (head ->> 'seq')::integer, hash = head ->> 'hash', signature = head ->> 'signature'
        WHERE run = of_run AND tenant = of_tenant AND seq = expected;
    END IF;
    IF NOT FOUND THEN
      RETURN coalesce((SELECT seq FROM heads WHERE run = of_run AND tenant = of_tenant), 0);
    END IF;

    IF request IS NOT NULL THEN
      -- The oldest give way on the way, once they are no longer good.
      DELETE FROM idempotency WHERE at <= request ->> 'expired' AND number IN (
        SELECT number FROM idempotency ORDER BY number LIMIT 2 FOR UPDATE SKIP LOCKED);
      INSERT INTO idempotency AS old (tenant, key, body, resource, at)
        VALUES (of_tenant, request ->> 'key', request ->> 'body', request ->> 'resource', request ->> 'at')
        ON CONFLICT (tenant, key) DO UPDATE
        SET body = excluded.body, resource = excluded.resource, at = excluded.at, number = DEFAULT
        WHERE old.at <= request ->> 'expired';
      IF NOT FOUND THEN
        SELECT resource, body INTO taken FROM idempotency
          WHERE tenant = of_tenant AND key = request ->> 'key';
        RAISE EXCEPTION 'the idempotency key is taken'
          USING ERRCODE = '${keyTaken}', DETAIL = row_to_json(taken)::text;
      END IF;
    END IF;

    INSERT INTO events (run, tenant, seq, event)
      SELECT of_run, of_tenant, expected + position, event
      FROM unnest(texts) WITH ORDINALITY AS added (event, position);
    IF projections IS NOT NULL THEN PERFORM put_projections(projections); END IF;
    IF messages IS NOT NULL THEN PERFORM put_deliveries(messages); END IF;
    RETURN NULL;
  END $$;

  CREATE FUNCTION append_audit(
    of_tenant text, expected integer, head json, texts text[], changes json, messages json
  ) RETURNS integer LANGUAGE plpgsql AS $$
  BEGIN
    IF expected = 0 THEN
      INSERT INTO audit_heads (tenant, seq, hash, at)
        VALUES (of_tenant, (head ->> 'seq')::integer, head ->> 'hash', head ->> 'at')
        ON CONFLICT DO NOTHING;
    ELSE
      UPDATE audit_heads SET seq = (head ->> 'seq')::integer, hash = head ->> 'hash', at = head ->> 'at'
        WHERE tenant = of_tenant AND seq = expected;
    END IF;
    IF NOT FOUND THEN
      RETURN coalesce((SELECT seq FROM audit_heads WHERE tenant = of_tenant), 0);
    END IF;

    INSERT INTO audit_events (tenant, seq, event)
      SELECT of_tenant, expected + position, event
      FROM unnest(texts) WITH ORDINALITY AS added (event, position);
    IF changes IS NOT NULL THEN PERFORM put_records(changes, false); END IF;
    IF messages IS NOT NULL THEN PERFORM put_deliveries(messages); END IF;
    RETURN NULL;
  END $$;
`;
