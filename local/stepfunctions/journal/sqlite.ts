import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { openDatabase } from '../../../shared/sqlite/database.ts';
import { GroupCommit } from '../../../shared/sqlite/group-commit.ts';
import type {
  Entry,
  ExecutionFilter,
  ExecutionRow,
  Journal,
  MachineSettings,
  NewExecutionRow,
  RevisionRow,
  TransitionHead,
} from './journal.ts';
import type { Redrive } from './redrive.ts';
import { SqliteCatalogue } from './sqlite-catalogue.ts';
import { SqliteMapRuns } from './sqlite-map-runs.ts';
import { migrations, transitionsPerExecution } from './sqlite-schema.ts';

/**
 * Opens the journal in its own SQLite file, or creates it. Throws `data.permission`, `data.full`, `data.damaged` or
 * `data.newer`.
 */
export function openSqliteJournal(file: string): Journal {
  return new SqliteJournal(openDatabase(file, { migrations }));
}

const executionColumns =
  'id, machine, revision, name, version, alias, started_at AS startedAt, ended_at AS endedAt, status, map_run AS mapRun, map_index AS mapIndex, map_items AS mapItems, redrive';
const revisionColumns =
  'id, machine, definition, role_arn AS roleArn, settings, revision_id AS revisionId, at';
const transitionColumns = 'id, at, last_event AS lastEvent, position';

/** Within it, JavaScript and SQLite agree on the order of texts. */
const ascii = /^[ -~]*$/;

type Write = () => void;

class SqliteJournal implements Journal {
  readonly catalogue: SqliteCatalogue;
  readonly mapRuns: SqliteMapRuns;
  readonly #database: DatabaseSync;
  readonly #commit: GroupCommit;
  /** The greatest name of an execution, by machine. */
  readonly #greatest = new Map<string, string>();
  readonly #statements = new Map<string, StatementSync>();
  readonly #insertTransition: StatementSync;
  readonly #insertExecution: StatementSync;
  readonly #endExecution: StatementSync;
  readonly #selectName: StatementSync;
  /** What goes into the next commit as one piece of work. */
  #gathered: Write[] | undefined;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#commit = new GroupCommit(database);
    this.catalogue = new SqliteCatalogue(database, (write) => this.#gather(write));
    this.mapRuns = new SqliteMapRuns(database, (write) => this.#gather(write));
    this.#insertTransition = database.prepare('INSERT INTO transitions VALUES (?, ?, ?, ?, ?)');
    this.#insertExecution = database.prepare(
      `INSERT INTO executions (id, machine, revision, name, input, started_at, version, alias,
         map_run, map_index, map_items)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#endExecution = database.prepare('UPDATE executions SET ended_at = ?, status = ? WHERE id = ?');
    this.#selectName = database.prepare('SELECT 1 FROM executions WHERE name = ? AND machine = ?');
  }

  addRevision({ id, machine, definition, roleArn, settings, revisionId, at }: RevisionRow): void {
    const sql = `INSERT INTO revisions (id, machine, definition, role_arn, settings, revision_id, at)
      VALUES (?, ?, ?, ?, ?, ?, ?)`;
    const row = [id, machine, definition, roleArn, JSON.stringify(settings), revisionId ?? null, at];
    this.#gather(() => this.#statement(sql).run(...row));
  }

  dropRevisions(machine: string): void {
    this.#gather(() => this.#statement('DELETE FROM revisions WHERE machine = ?').run(machine));
  }

  write(entry: Entry): void {
    if (entry.started !== undefined) this.#noteName(entry.started);
    this.#gather(() => this.#insert(entry));
  }

  settled(pace: 'hurry' | 'wait' = 'hurry'): Promise<void> {
    return pace === 'hurry' ? this.#commit.flush() : this.#commit.flushed();
  }

  revisions(): readonly RevisionRow[] {
    return this.#all<StoredRevision>(`SELECT ${revisionColumns} FROM revisions ORDER BY id`).map(
      ({ settings, revisionId, ...row }) => ({
        ...row,
        settings: JSON.parse(settings) as MachineSettings,
        revisionId: revisionId ?? undefined,
      }),
    );
  }

  lastExecution(): number {
    return this.#get<{ last: number }>('SELECT coalesce(max(id), 0) AS last FROM executions')?.last ?? 0;
  }

  running(): readonly ExecutionRow[] {
    return this.#rows(`SELECT ${executionColumns} FROM executions WHERE ended_at IS NULL ORDER BY id`);
  }

  last(execution: number): TransitionHead | undefined {
    const sql = `SELECT ${transitionColumns} FROM transitions WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 1`;
    const row = this.#get<StoredTransition>(sql, transitionId(execution, 0), transitionId(execution + 1, 0));
    return row === undefined ? undefined : transitionHead(row);
  }

  /** Most names are new and greater than any before, as ids sort by time: those cost no look-up. */
  has(machine: string, name: string): boolean {
    if (ascii.test(name) && name > this.#greatestName(machine)) return false;
    return this.#selectName.get(name, machine) !== undefined;
  }

  find(machine: string, name: string): ExecutionRow | undefined {
    const sql = `SELECT ${executionColumns} FROM executions WHERE name = ? AND machine = ?`;
    return this.#rows(sql, name, machine)[0];
  }

  list({ machine, status, redriven, before, limit, ...by }: ExecutionFilter): readonly ExecutionRow[] {
    const conditions: readonly (readonly [sql: string, value: string | number | undefined])[] = [
      ['machine = ?', machine],
      ['id < ?', before],
      // The index of what runs needs it said like this.
      [status === 'RUNNING' ? 'ended_at IS NULL AND status = ?' : 'status = ?', status],
      ['version = ?', by.version],
      ['alias = ?', by.alias],
      ['map_run = ?', by.mapRun],
      ['(redrive IS NOT NULL) = ?', redriven === undefined ? undefined : Number(redriven)],
    ];
    const asked = conditions.filter(([, value]) => value !== undefined);
    const where = asked.map(([sql]) => sql).join(' AND ');
    const sql = `SELECT ${executionColumns} FROM executions WHERE ${where} ORDER BY id DESC LIMIT ?`;
    return this.#rows(sql, ...asked.map(([, value]) => value ?? null), limit);
  }

  input(execution: number): string {
    return this.#get<{ input: string }>('SELECT input FROM executions WHERE id = ?', execution)?.input ?? '';
  }

  packed(execution: number, transition: number): string {
    const id = transitionId(execution, transition);
    return this.#get<{ packed: string }>('SELECT packed FROM transitions WHERE id = ?', id)?.packed ?? '';
  }

  head(execution: number, transition: number): TransitionHead | undefined {
    const sql = `SELECT ${transitionColumns} FROM transitions WHERE id = ?`;
    const row = this.#get<StoredTransition>(sql, transitionId(execution, transition));
    return row === undefined ? undefined : transitionHead(row);
  }

  forget(machine: string, prefix: string): void {
    const found = this.#all<{ readonly id: number }>(
      'SELECT id FROM executions WHERE name >= ? AND name < ? AND machine = ? AND ended_at IS NOT NULL',
      prefix,
      `${prefix}\uffff`,
      machine,
    );
    this.#gather(() => {
      for (const { id } of found) {
        this.#dropTransitions(id);
        this.#statement("UPDATE executions SET input = '{}' WHERE id = ?").run(id);
      }
    });
  }

  /** Ids rise with the time of the start: behind the first execution that has started since, none can have ended by then. */
  prune(endedBy: number, limit: number): number {
    // Results of child executions are awaited until their map run has ended.
    const sql = `SELECT id, started_at AS startedAt, CASE WHEN map_run IN (
        SELECT id FROM map_runs WHERE ended_at IS NULL
      ) THEN NULL ELSE ended_at END AS endedAt FROM executions ORDER BY id`;
    const pruned: number[] = [];
    for (const row of this.#statement(sql).iterate()) {
      const { id, startedAt, endedAt } = row as unknown as Pick<ExecutionRow, 'id' | 'startedAt' | 'endedAt'>;
      if (startedAt > endedBy || pruned.length === limit) break;
      if (endedAt !== null && endedAt <= endedBy) pruned.push(id);
    }
    this.#dropExecutions(pruned);
    return pruned.length;
  }

  discard(machine: string, limit: number): number {
    const sql = `SELECT id FROM executions WHERE (machine = ?1 OR machine >= ?1 || '/' AND machine < ?1 || '0')
      AND ended_at IS NOT NULL ORDER BY id LIMIT ?2`;
    const found = this.#all<{ readonly id: number }>(sql, machine, limit);
    this.#dropExecutions(found.map(({ id }) => id));
    return found.length;
  }

  async close(): Promise<void> {
    this.#commit.close();
    this.#database.close();
  }

  #gather(write: Write): void {
    if (this.#gathered !== undefined) {
      this.#gathered.push(write);
      return;
    }
    const writes = [write];
    this.#gathered = writes;
    this.#commit.later(() => {
      // Done again from the start if the commit fails, while what comes after is gathered anew.
      if (this.#gathered === writes) this.#gathered = undefined;
      for (const each of writes) each();
    });
  }

  #insert({ started, redriven, transition, ending }: Entry): void {
    if (started !== undefined) this.#insertStarted(started);
    if (redriven !== undefined) this.#updateRedriven(transition.execution, redriven);
    const { execution, number, at, lastEvent, position, packed } = transition;
    this.#insertTransition.run(transitionId(execution, number), at, lastEvent, position, packed);
    if (ending !== undefined) this.#endExecution.run(at, ending, execution);
  }

  #insertStarted(started: NewExecutionRow): void {
    const { id, machine, revision, name, input, startedAt, version, alias } = started;
    const { mapRun = null, mapIndex = null, mapItems = null } = started;
    const child = [mapRun, mapIndex, mapItems];
    this.#insertExecution.run(id, machine, revision, name, input, startedAt, version, alias, ...child);
  }

  #updateRedriven(execution: number, redriven: Redrive): void {
    const sql = "UPDATE executions SET ended_at = NULL, status = 'RUNNING', redrive = ? WHERE id = ?";
    this.#statement(sql).run(JSON.stringify(redriven), execution);
  }

  #dropExecutions(ids: readonly number[]): void {
    this.#gather(() => {
      for (const id of ids) {
        this.#dropTransitions(id);
        this.#statement('DELETE FROM executions WHERE id = ?').run(id);
        this.mapRuns.dropOf(id);
      }
    });
  }

  #dropTransitions(execution: number): void {
    this.#statement('DELETE FROM transitions WHERE id >= ? AND id < ?').run(
      transitionId(execution, 0),
      transitionId(execution + 1, 0),
    );
  }

  #get<Row>(sql: string, ...parameters: readonly (string | number)[]): Row | undefined {
    return this.#statement(sql).get(...parameters) as Row | undefined;
  }

  #all<Row>(sql: string, ...parameters: readonly (string | number | null)[]): readonly Row[] {
    return this.#statement(sql).all(...parameters) as unknown as readonly Row[];
  }

  #rows(sql: string, ...parameters: readonly (string | number | null)[]): readonly ExecutionRow[] {
    return this.#all<StoredExecution>(sql, ...parameters).map(({ redrive, ...row }) => ({
      ...row,
      redrive: redrive === null ? null : (JSON.parse(redrive) as Redrive),
    }));
  }

  #greatestName(machine: string): string {
    const known = this.#greatest.get(machine);
    if (known !== undefined) return known;
    const sql = 'SELECT max(name) AS name FROM executions WHERE machine = ?';
    const greatest = this.#get<{ name: string | null }>(sql, machine)?.name ?? '';
    this.#greatest.set(machine, greatest);
    return greatest;
  }

  #noteName({ machine, name }: NewExecutionRow): void {
    if (name > this.#greatestName(machine)) this.#greatest.set(machine, name);
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#database.prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

interface StoredRevision extends Omit<RevisionRow, 'settings' | 'revisionId'> {
  readonly settings: string;
  readonly revisionId: string | null;
}

interface StoredExecution extends Omit<ExecutionRow, 'redrive'> {
  readonly redrive: string | null;
}

interface StoredTransition extends Omit<TransitionHead, 'execution' | 'number'> {
  readonly id: number;
}

function transitionId(execution: number, number: number): number {
  return execution * transitionsPerExecution + number;
}

function transitionHead({ id, ...row }: StoredTransition): TransitionHead {
  const number = id % transitionsPerExecution;
  return { ...row, execution: (id - number) / transitionsPerExecution, number };
}
