import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { readInputBlock, writeInputs } from './input-block.ts';
import type {
  ChildCount,
  ChildRow,
  ExpressChildRow,
  InputBlock,
  MapRunChange,
  MapRunJournal,
  MapRunRow,
} from './map-runs.ts';

type Value = string | number | null;

const columns =
  'id, uuid, label, execution, scheduled, name, machine, started_at AS startedAt, ended_at AS endedAt, status, plan, limits, children, items, outcome';

const standardChildren = `SELECT map_index AS "index", map_items AS items, status, started_at AS startedAt,
  ended_at AS endedAt, id AS execution FROM executions WHERE map_run = ?1 AND map_index >= ?2`;
const expressChildren = `SELECT number AS "index", items, status, started_at AS startedAt,
  ended_at AS endedAt, NULL AS execution FROM express_children WHERE map_run = ?1 AND number >= ?2`;

/** Map runs in the journal's own file. */
export class SqliteMapRuns implements MapRunJournal {
  readonly #database: DatabaseSync;
  readonly #gather: (write: () => void) => void;
  readonly #statements = new Map<string, StatementSync>();

  /** `gather` does a piece of work in the next transaction. */
  constructor(database: DatabaseSync, gather: (write: () => void) => void) {
    this.#database = database;
    this.#gather = gather;
  }

  /** Within a transaction: drops the map runs of an execution that is dropped. */
  dropOf(execution: number): void {
    for (const { id } of this.of(execution)) {
      for (const table of ['map_inputs', 'express_children'])
        this.#statement(`DELETE FROM ${table} WHERE map_run = ?`).run(id);
      this.#statement('DELETE FROM map_runs WHERE id = ?').run(id);
    }
  }

  add(run: MapRunRow): void {
    const { id, uuid, label, execution, scheduled, name, machine } = run;
    const { startedAt, endedAt, status, children, items } = run;
    const texts = [json(run.plan), json(run.limits), children, items, json(run.outcome)];
    const fixed = [id, uuid, label, execution, scheduled, name, machine];
    const sql = 'INSERT INTO map_runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
    this.#write(sql, ...fixed, startedAt, endedAt, status, ...texts);
  }

  change(id: number, change: MapRunChange): void {
    for (const [name, value] of Object.entries(change)) {
      const stored = typeof value === 'object' ? json(value) : (value as Value);
      this.#write(`UPDATE map_runs SET ${columnOf[name as keyof MapRunChange]} = ? WHERE id = ?`, stored, id);
    }
  }

  addInputs(run: number, block: InputBlock): void {
    this.#write('INSERT INTO map_inputs VALUES (?, ?, ?)', run, block.first, writeInputs(block));
  }

  dropInputs(run: number): void {
    this.#write('DELETE FROM map_inputs WHERE map_run = ?', run);
  }

  addChild({ run, index, items, status, startedAt, endedAt, input, result }: ExpressChildRow): void {
    const sql = 'INSERT OR REPLACE INTO express_children VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
    this.#write(sql, run, index, items, status, startedAt, endedAt, input, result);
  }

  last(): number {
    return this.#get<{ last: number }>('SELECT coalesce(max(id), 0) AS last FROM map_runs')?.last ?? 0;
  }

  get(id: number): MapRunRow | undefined {
    return this.#runs('WHERE id = ?', id)[0];
  }

  find(uuid: string): MapRunRow | undefined {
    return this.#runs('WHERE uuid = ?', uuid)[0];
  }

  running(): readonly MapRunRow[] {
    return this.#runs('WHERE ended_at IS NULL ORDER BY id');
  }

  of(execution: number): readonly MapRunRow[] {
    return this.#runs('WHERE execution = ? ORDER BY id', execution);
  }

  inputs(run: number, index: number): InputBlock | undefined {
    const sql =
      'SELECT first, content FROM map_inputs WHERE map_run = ? AND first <= ? ORDER BY first DESC LIMIT 1';
    const row = this.#get<{ first: number; content: string }>(sql, run, index);
    return row === undefined ? undefined : readInputBlock(row.first, row.content);
  }

  children(run: number, from: number, limit: number): readonly ChildRow[] {
    const sql = `${standardChildren} UNION ALL ${expressChildren} ORDER BY 1 LIMIT ?3`;
    return this.#all<ChildRow>(sql, run, from, limit);
  }

  expressChild(run: number, index: number): ExpressChildRow | undefined {
    const sql = `SELECT map_run AS run, number AS "index", items, status, started_at AS startedAt,
      ended_at AS endedAt, input, result FROM express_children WHERE map_run = ? AND number = ?`;
    return this.#get<ExpressChildRow>(sql, run, index);
  }

  counts(run: number): readonly ChildCount[] {
    const sql = `SELECT status, count(*) AS children, sum(items) AS items
      FROM (${standardChildren} UNION ALL ${expressChildren}) GROUP BY status`;
    return this.#all<ChildCount>(sql, run, 0);
  }

  #runs(where: string, ...parameters: readonly Value[]): readonly MapRunRow[] {
    return this.#all<StoredRun>(`SELECT ${columns} FROM map_runs ${where}`, ...parameters).map(
      ({ plan, limits, outcome, ...run }) => ({
        ...run,
        plan: JSON.parse(plan),
        limits: JSON.parse(limits),
        outcome: JSON.parse(outcome),
      }),
    );
  }

  #write(sql: string, ...parameters: readonly Value[]): void {
    this.#gather(() => this.#statement(sql).run(...parameters));
  }

  #get<Row>(sql: string, ...parameters: readonly Value[]): Row | undefined {
    return this.#statement(sql).get(...parameters) as Row | undefined;
  }

  #all<Row>(sql: string, ...parameters: readonly Value[]): readonly Row[] {
    return this.#statement(sql).all(...parameters) as unknown as readonly Row[];
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#database.prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

type StoredRun = Omit<MapRunRow, 'plan' | 'limits' | 'outcome'> &
  Readonly<Record<'plan' | 'limits' | 'outcome', string>>;

const columnOf: Readonly<Record<keyof MapRunChange, string>> = {
  endedAt: 'ended_at',
  status: 'status',
  limits: 'limits',
  children: 'children',
  items: 'items',
  outcome: 'outcome',
};

const json = (value: unknown): string => JSON.stringify(value);
