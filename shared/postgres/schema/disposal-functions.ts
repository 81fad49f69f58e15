/** Functions that take away for good; each notes its transaction, for `settle` to see to what the files still hold. */
export const disposalFunctions = `
  CREATE FUNCTION note_disposal() RETURNS void LANGUAGE sql AS $$
    INSERT INTO disposals VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING
  $$;

  CREATE FUNCTION note_unnamed(of_tenant text, digests text[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO unnamed (tenant, digest) SELECT DISTINCT of_tenant, digest FROM unnest(digests) AS digest
      ON CONFLICT DO NOTHING
  $$;

  -- Done again, it changes nothing. Each of "told" is how the ids of some deliveries begin.
  CREATE FUNCTION erase_event(
    of_tenant text, of_run text, at_seq integer, remains text, projections json, told text[], blobs text[]
  ) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE events SET event = remains WHERE run = of_run AND tenant = of_tenant AND seq = at_seq;
    DELETE FROM snapshots WHERE run = of_run AND tenant = of_tenant;
    DELETE FROM idempotency WHERE tenant = of_tenant AND resource = of_run;
    DELETE FROM deliveries USING unnest(told) AS beginning
      WHERE tenant = of_tenant AND delivery >= beginning AND delivery < beginning || '~';
    DELETE FROM runs WHERE tenant = of_tenant AND run = of_run;
    DELETE FROM approvals WHERE tenant = of_tenant AND run = of_run;
    DELETE FROM artifacts WHERE tenant = of_tenant AND run = of_run;
    PERFORM put_projections(projections);
    PERFORM note_unnamed(of_tenant, blobs);
    PERFORM note_disposal();
  END $$;

  -- From the last event on, so many at a time: what is left in between is the beginning of a log. Once there are none,
  -- everything else goes, and with it the row that finds the run. Answers whether it is done.
  CREATE FUNCTION remove_run(of_tenant text, of_run text, at_once integer) RETURNS boolean LANGUAGE plpgsql AS $$
  DECLARE
    deleted integer;
  BEGIN
    DELETE FROM events WHERE run = of_run AND tenant = of_tenant AND seq IN (
      SELECT seq FROM events WHERE run = of_run AND tenant = of_tenant ORDER BY seq DESC LIMIT at_once);
    GET DIAGNOSTICS deleted = ROW_COUNT;
    PERFORM note_disposal();
    IF deleted = at_once THEN RETURN false; END IF;
    DELETE FROM heads WHERE run = of_run AND tenant = of_tenant;
    DELETE FROM snapshots WHERE run = of_run AND tenant = of_tenant;
    DELETE FROM wait_tokens WHERE run = of_run AND tenant = of_tenant;
    DELETE FROM due WHERE run = of_run AND tenant = of_tenant;
    DELETE FROM ended WHERE run = of_run AND tenant = of_tenant;
    DELETE FROM runs WHERE tenant = of_tenant AND run = of_run;
    DELETE FROM approvals WHERE tenant = of_tenant AND run = of_run;
    DELETE FROM artifacts WHERE tenant = of_tenant AND run = of_run;
    DELETE FROM deliveries WHERE tenant = of_tenant AND run = of_run;
    DELETE FROM idempotency WHERE tenant = of_tenant AND resource = of_run;
    RETURN true;
  END $$;
`;
