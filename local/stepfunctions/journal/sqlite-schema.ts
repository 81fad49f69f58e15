/**
 * Every release's schema, in order; a script is never changed once it has been released.
 *
 * A transition's key is `execution * 2^15 + number`: one B-tree keeps an execution's transitions together and in order,
 * and newer ones near its right edge. There is room, as an execution has at most 25,000 events. References between the
 * tables are not declared: checking them would cost every write a look-up.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,
    machine TEXT NOT NULL,
    definition TEXT NOT NULL,
    role_arn TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE executions (
    id INTEGER PRIMARY KEY,
    machine TEXT NOT NULL,
    revision INTEGER NOT NULL,
    name TEXT NOT NULL,
    input TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    status TEXT NOT NULL DEFAULT 'RUNNING'
  ) STRICT;
  CREATE UNIQUE INDEX executions_by_name ON executions (name, machine);
  CREATE INDEX executions_running ON executions (id) WHERE ended_at IS NULL;

  CREATE TABLE transitions (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    last_event INTEGER NOT NULL,
    position TEXT NOT NULL,
    packed TEXT NOT NULL
  ) STRICT;
  `,
  // What had a name before had one type and no settings, and was created with its first revision.
  `
  ALTER TABLE revisions ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE revisions ADD COLUMN revision_id TEXT;
  ALTER TABLE executions ADD COLUMN version INTEGER;
  ALTER TABLE executions ADD COLUMN alias TEXT;

  CREATE TABLE catalogue (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (kind, key)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO catalogue
  SELECT 'machine', machine, json_object(
    'name', machine, 'type', 'STANDARD', 'createdAt', min(at), 'status', 'ACTIVE', 'lastVersion', 0
  ) FROM revisions GROUP BY machine;
  `,
  // Map runs, what their children are given, and what came of those that leave no history.
  `
  ALTER TABLE executions ADD COLUMN map_run INTEGER;
  ALTER TABLE executions ADD COLUMN map_index INTEGER;
  ALTER TABLE executions ADD COLUMN map_items INTEGER;
  CREATE UNIQUE INDEX executions_of_map_run ON executions (map_run, map_index) WHERE map_run IS NOT NULL;

  CREATE TABLE map_runs (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    execution INTEGER NOT NULL,
    scheduled INTEGER NOT NULL,
    name TEXT NOT NULL,
    machine TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    status TEXT NOT NULL,
    plan TEXT NOT NULL,
    limits TEXT NOT NULL,
    children INTEGER,
    items INTEGER,
    outcome TEXT NOT NULL
  ) STRICT;
  CREATE INDEX map_runs_of_execution ON map_runs (execution);
  CREATE INDEX map_runs_running ON map_runs (id) WHERE ended_at IS NULL;

  CREATE TABLE map_inputs (
    map_run INTEGER NOT NULL,
    first INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (map_run, first)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE express_children (
    map_run INTEGER NOT NULL,
    number INTEGER NOT NULL,
    items INTEGER NOT NULL,
    status TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    input TEXT NOT NULL,
    result TEXT NOT NULL,
    PRIMARY KEY (map_run, number)
  ) STRICT, WITHOUT ROWID;
  `,
  // How often executions have been started again where they failed (`journal/redrive.ts`).
  `
  ALTER TABLE executions ADD COLUMN redrive TEXT;
  `,
];

/** Transitions an execution may have. */
export const transitionsPerExecution = 32_768;
