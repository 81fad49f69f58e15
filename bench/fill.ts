import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Rows of one finished run, in the order of their tables; all but `run` are copied as they are. */
const logTables = ['heads', 'events', 'runs'] as const;

const chunk = 50_000;

/**
 * Multiplies the one finished run of a data folder, in both databases, as if so many had been carried out before it.
 * Their signatures don't hold; for everything else they are runs like others.
 */
export function fillFolder(data: string, run: string, times: number): void {
  const log = openFast(join(data, 'log.db'));
  for (const table of logTables) copyRows(log, { table, run, times });
  log.close();
  const engine = openFast(join(data, 'engine.db'));
  copyExecutions(engine, run, times);
  engine.close();
}

/** Nothing here has to survive a crash. */
function openFast(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -262144');
  return database;
}

function copyRows(
  log: DatabaseSync,
  { table, run, times }: { table: string; run: string; times: number },
): void {
  const columns = log
    .prepare(`SELECT name FROM pragma_table_info('${table}')`)
    .all()
    .map(({ name }) => String(name));
  const values = columns.map((column) => `replace(${column}, '${run}', id)`);
  log.exec(`CREATE TEMP TABLE pattern AS SELECT * FROM ${table} WHERE run = '${run}'`);
  eachChunk(times, (numbers) =>
    log.exec(`
      WITH RECURSIVE ${numbers}, ids (id) AS (SELECT ${oldId} FROM numbers)
      INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ids CROSS JOIN pattern`),
  );
  log.exec('DROP TABLE pattern');
}

function copyExecutions(engine: DatabaseSync, run: string, times: number): void {
  engine.exec(`
    CREATE TEMP TABLE execution AS SELECT * FROM executions WHERE name = '${run}-1';
    CREATE TEMP TABLE path AS SELECT transitions.*, execution.id AS execution FROM transitions JOIN execution
      ON transitions.id / 32768 = execution.id`);
  const { id: last } = engine.prepare('SELECT max(id) AS id FROM executions').get() as { id: number };
  eachChunk(times, (numbers) =>
    engine.exec(`
      WITH RECURSIVE ${numbers}, ids (id, number) AS (SELECT ${oldId}, ${last} + number FROM numbers)
      INSERT INTO executions (id, machine, revision, name, input, started_at, ended_at, status)
        SELECT number, machine, revision, ids.id || '-1', replace(input, '${run}', ids.id), started_at, ended_at, status FROM ids CROSS JOIN execution;
      WITH RECURSIVE ${numbers}
      INSERT INTO transitions SELECT (${last} + number) * 32768 + path.id % 32768, at, last_event, position, packed
        FROM numbers CROSS JOIN path`),
  );
}

/** Of runs that began before all others. */
const oldId = "printf('run_%026d', number)";

function eachChunk(times: number, insert: (numbers: string) => void): void {
  for (let from = 1; from <= times; from += chunk) {
    const to = Math.min(from + chunk - 1, times);
    insert(
      `numbers (number) AS (VALUES (${from}) UNION ALL SELECT number + 1 FROM numbers WHERE number < ${to})`,
    );
  }
}
