import { runStretch, stretchOf } from '../domain/paging.ts';
import type { ApprovalRow, ArtifactRow, DueRow, ProjectionChange, RunRow } from '../domain/projections.ts';
import { runIndex } from '../domain/run-index.ts';
import type { Projections, RunFilter, Tally, TenantProjections } from '../ports/projections.ts';
import { projectionsJson } from './changes.ts';
import { keyText } from './key-text.ts';
import { List } from './lists.ts';
import { rebuild } from './rebuild.ts';
import { type Row, statement } from './statement.ts';
import type { PostgresStore } from './store.ts';

const runs = new List({ table: 'runs', order: ['run'] });
const approvals = new List({ table: 'approvals', order: ['requested_at', 'approval'] });

const getRun = statement('runs.get', 'SELECT row FROM runs WHERE tenant = $1 AND run = $2');
const getApproval = statement(
  'approvals.get',
  'SELECT row FROM approvals WHERE tenant = $1 AND approval = $2',
);
const listArtifacts = statement(
  'artifacts.list',
  'SELECT row FROM artifacts WHERE tenant = $1 AND run = $2 ORDER BY number',
);
const unended = statement(
  'due.unended',
  'SELECT run FROM due WHERE tenant = $1 AND run > $2 ORDER BY run LIMIT $3',
);
const due = statement(
  'due.list',
  'SELECT tenant, run, check_at AS "checkAt" FROM due WHERE check_at <= $1 ORDER BY check_at LIMIT $2',
);
const reschedule = statement('due.put', 'SELECT put_projections($1)');
const move = statement(
  'due.move',
  'UPDATE due SET check_at = $3 WHERE tenant = $1 AND run = $2 AND check_at <= $4',
);
const over = statement('due.over', 'DELETE FROM due WHERE tenant = $1 AND run = $2 AND check_at <= $3');
// Every run that has not ended is due some time: so nothing that has ended is looked at.
const tally = statement(
  'due.tally',
  `SELECT runs.status AS kind, count(*)::integer AS count
  FROM due JOIN runs USING (tenant, run) GROUP BY runs.status
  UNION ALL
  SELECT 'approvals', count(*)::integer
  FROM due JOIN approvals USING (tenant, run) WHERE approvals.status = 'pending'`,
);
const empty = ['runs', 'approvals', 'artifacts', 'due', 'ended'].map((table) =>
  statement(`${table}.empty`, `DELETE FROM ${table}`),
);

/** Views of the run log in PostgreSQL, written in its transactions. */
export class PostgresProjections implements Projections {
  readonly #store: PostgresStore;

  constructor(store: PostgresStore) {
    this.#store = store;
  }

  forTenant(tenant: string): TenantProjections {
    const store = this.#store;
    const { query } = store;
    return {
      run: async (run) => first<RunRow>(await query(getRun, [tenant, run])),
      unended: async (after, limit) =>
        (await query(unended, [tenant, after, limit])).map((row) => row['run'] as string),
      runs: async ({ limit, ...filter }) =>
        runs.page(store, {
          ...{ tenant, wanted: columnsOf(filter), along: runIndex(filter) },
          ...stretchOf(runStretch(filter), 1),
          ...(limit === undefined ? {} : { limit }),
        }),
      approval: async (approval) => first<ApprovalRow>(await query(getApproval, [tenant, approval])),
      approvals: async ({ run, status, limit, ...filter }) =>
        approvals.page(store, {
          ...{ tenant, wanted: { run, status } },
          along: run !== undefined ? 'run' : status && 'status',
          ...stretchOf(filter, 2),
          ...(limit === undefined ? {} : { limit }),
        }),
      artifacts: async (run) =>
        (await query(listArtifacts, [tenant, run])).map((row) => parsed<ArtifactRow>(row)),
    };
  }

  async due(before: string, limit: number): Promise<readonly DueRow[]> {
    return (await this.#store.query(due, [before, limit])) as unknown as readonly DueRow[];
  }

  async reschedule(row: DueRow, dueBy?: string): Promise<void> {
    const { query } = this.#store;
    const { tenant, run, checkAt } = row;
    if (dueBy === undefined) await query(reschedule, [projectionsJson([{ kind: 'due', row }])]);
    else if (checkAt === null) await query(over, [tenant, run, dueBy]);
    else await query(move, [tenant, run, checkAt, dueBy]);
  }

  async tally(): Promise<Tally> {
    const counts = new Map(
      (await this.#store.query(tally)).map((row) => [row['kind'] as string, row['count'] as number]),
    );
    const count = (kind: string) => counts.get(kind) ?? 0;
    return {
      runs: {
        queued: count('queued'),
        running: count('running'),
        waiting: count('waiting'),
        paused: count('paused'),
      },
      approvals: count('approvals'),
    };
  }

  replaceAll(changes: AsyncIterable<ProjectionChange>): Promise<void> {
    return rebuild(this.#store, changes, { empty, put: reschedule, text: projectionsJson });
  }
}

function columnsOf({ agent, status, session, parent }: RunFilter): Record<string, string | undefined> {
  return { agent: agent && keyText(agent), status, session: session && keyText(session), parent };
}

function first<T>([row]: readonly Row[]): T | undefined {
  return row && parsed<T>(row);
}

const parsed = <T>(row: Row): T => JSON.parse(row['row'] as string);
