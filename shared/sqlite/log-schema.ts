/**
 * The tables of `log.db`, one script a release; released scripts are never changed.
 *
 * Keys start with the run where no list needs the tenant first: run ids sort by time, so that new rows go to the end of
 * every tree whatever the number of tenants. Events are a rowid table: their text is appended in the order of arrival,
 * which costs a fifth less than keeping it sorted by run.
 */
export const logMigrations: readonly string[] = [
  `
  CREATE TABLE heads (
    run TEXT NOT NULL, tenant TEXT NOT NULL,
    seq INTEGER NOT NULL, hash TEXT NOT NULL, signature TEXT,
    PRIMARY KEY (run, tenant)
  ) WITHOUT ROWID;

  CREATE TABLE events (
    run TEXT NOT NULL, tenant TEXT NOT NULL, seq INTEGER NOT NULL, event TEXT NOT NULL,
    PRIMARY KEY (run, tenant, seq)
  );

  CREATE TABLE snapshots (
    run TEXT NOT NULL, tenant TEXT NOT NULL, seq INTEGER NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (run, tenant)
  );

  -- In the order of arrival, so that expired ones are found at the front.
  CREATE TABLE idempotency (
    number INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, resource TEXT NOT NULL, at TEXT NOT NULL,
    UNIQUE (tenant, key)
  );

  CREATE TABLE runs (
    tenant TEXT NOT NULL, run TEXT NOT NULL,
    agent TEXT NOT NULL, status TEXT NOT NULL, session TEXT, parent TEXT, row TEXT NOT NULL,
    PRIMARY KEY (tenant, run)
  ) WITHOUT ROWID;
  CREATE INDEX runs_by_agent ON runs (tenant, agent, run);
  CREATE INDEX runs_by_status ON runs (tenant, status, run);
  CREATE INDEX runs_by_session ON runs (tenant, session, run) WHERE session IS NOT NULL;
  CREATE INDEX runs_by_parent ON runs (tenant, parent, run) WHERE parent IS NOT NULL;

  CREATE TABLE approvals (
    tenant TEXT NOT NULL, approval TEXT NOT NULL,
    run TEXT NOT NULL, status TEXT NOT NULL, requested_at TEXT NOT NULL, row TEXT NOT NULL,
    PRIMARY KEY (tenant, approval)
  ) WITHOUT ROWID;
  CREATE INDEX approvals_by_time ON approvals (tenant, requested_at, approval);
  CREATE INDEX approvals_by_run ON approvals (tenant, run, requested_at, approval);
  CREATE INDEX approvals_by_status ON approvals (tenant, status, requested_at, approval);

  -- In the order they were declared.
  CREATE TABLE artifacts (
    number INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL, run TEXT NOT NULL, name TEXT NOT NULL, row TEXT NOT NULL,
    UNIQUE (tenant, run, name)
  );

  -- Only runs that must be looked at again: small, however many have ended.
  CREATE TABLE due (
    run TEXT NOT NULL, tenant TEXT NOT NULL, check_at TEXT NOT NULL,
    PRIMARY KEY (run, tenant)
  ) WITHOUT ROWID;
  CREATE INDEX due_by_time ON due (check_at);

  -- Changes on their way into projections that are being rebuilt.
  CREATE TABLE rebuilt (number INTEGER PRIMARY KEY, change TEXT NOT NULL);

  -- In the order they were published.
  CREATE TABLE versions (
    number INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL, agent TEXT NOT NULL, version TEXT NOT NULL, digest TEXT NOT NULL, row TEXT NOT NULL,
    UNIQUE (tenant, agent, version)
  );
  CREATE INDEX versions_by_digest ON versions (tenant, agent, digest);

  CREATE TABLE wait_tokens (
    run TEXT NOT NULL, tenant TEXT NOT NULL, generation INTEGER NOT NULL, loop INTEGER NOT NULL,
    token TEXT NOT NULL, told INTEGER NOT NULL,
    PRIMARY KEY (run, tenant)
  ) WITHOUT ROWID;

  -- Numbers are never given twice: who deletes late must not hit a newer message.
  CREATE TABLE messages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL, body TEXT NOT NULL, visible_at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX messages_by_time ON messages (queue, visible_at);

  -- In the order of arrival: digests are random, and rows sorted by them would scatter over the whole file. The index
  -- has only so much of a digest as tells blobs apart, which keeps it in memory the longest. Rows are unique all the
  -- same: whoever inserts looks first, in the same transaction.
  CREATE TABLE blobs (
    number INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL, digest BLOB NOT NULL, bytes BLOB NOT NULL
  );
  CREATE INDEX blobs_by_digest ON blobs (substr(digest, 1, 8));
  `,
  `
  -- What happens in a tenant outside its runs, and what follows from it.
  CREATE TABLE audit_heads (
    tenant TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL, at TEXT NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE audit_events (
    tenant TEXT NOT NULL, seq INTEGER NOT NULL, event TEXT NOT NULL,
    PRIMARY KEY (tenant, seq)
  ) WITHOUT ROWID;

  CREATE TABLE records (
    kind TEXT NOT NULL, tenant TEXT NOT NULL, id TEXT NOT NULL, row TEXT NOT NULL,
    PRIMARY KEY (kind, tenant, id)
  ) WITHOUT ROWID;
  CREATE INDEX records_by_id ON records (kind, id);
  `,
  `
  -- What webhooks are sent. Those that something is due for are found one after the other, however much is due for each.
  CREATE TABLE deliveries (
    tenant TEXT NOT NULL, webhook TEXT NOT NULL, delivery TEXT NOT NULL,
    status TEXT NOT NULL, due_at TEXT, created_at TEXT NOT NULL, revision INTEGER NOT NULL, row TEXT NOT NULL,
    PRIMARY KEY (tenant, webhook, delivery)
  ) WITHOUT ROWID;
  CREATE INDEX deliveries_due ON deliveries (tenant, webhook, due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX deliveries_done ON deliveries (created_at) WHERE due_at IS NULL;
  `,
  `
  -- Runs that have ended, for their removal: those that say themselves until when they are kept, and those that don't.
  CREATE TABLE ended (
    run TEXT NOT NULL, tenant TEXT NOT NULL, ended_at TEXT NOT NULL, remove_at TEXT,
    PRIMARY KEY (run, tenant)
  ) WITHOUT ROWID;
  CREATE INDEX ended_by_time ON ended (tenant, ended_at) WHERE remove_at IS NULL;
  CREATE INDEX ended_by_own_time ON ended (remove_at) WHERE remove_at IS NOT NULL;
  INSERT INTO ended SELECT run, tenant, row ->> 'endedAt', NULL FROM runs WHERE row ->> 'endedAt' IS NOT NULL;

  -- Blobs of what was removed or erased; whether something else names them is looked at before they go.
  CREATE TABLE unnamed (
    tenant TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (tenant, digest)
  ) WITHOUT ROWID;
  `,
  `
  -- What webhooks are told of a run goes with it; what was made before this has no run, and goes with its time.
  ALTER TABLE deliveries ADD COLUMN run TEXT;
  CREATE INDEX deliveries_of_run ON deliveries (tenant, run) WHERE run IS NOT NULL;
  `,
];
