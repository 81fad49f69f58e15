import type { StatementSync } from 'node:sqlite';
import { type PageReading, pageOf, rowsDownTo, runStretch, stretchOf } from '../domain/paging.ts';
import type { ApprovalRow, ArtifactRow, DueRow, ProjectionChange, RunRow } from '../domain/projections.ts';
import { runIndex } from '../domain/run-index.ts';
import type {
  Page,
  PageRequest,
  Projections,
  RunFilter,
  Tally,
  TenantProjections,
  TimeRange,
} from '../ports/projections.ts';
import { List, type Row } from './lists.ts';
import { ProjectionWriter } from './projection-writer.ts';
import { rebuild } from './rebuild.ts';
import type { SqliteStore } from './store.ts';

type ApprovalFilter = PageRequest &
  TimeRange & { readonly run?: string; readonly status?: ApprovalRow['status'] };

/** Views of the run log in SQLite, in the same file as the log. */
export class SqliteProjections implements Projections {
  readonly #store: SqliteStore;
  readonly #writer: ProjectionWriter;
  readonly #runs: List;
  readonly #approvals: List;
  readonly #getRun: StatementSync;
  readonly #getApproval: StatementSync;
  readonly #artifacts: StatementSync;
  readonly #due: StatementSync;
  readonly #openRuns: StatementSync;
  readonly #waitingApprovals: StatementSync;
  readonly #unended: StatementSync;

  constructor(store: SqliteStore) {
    const { database } = store;
    this.#store = store;
    this.#writer = new ProjectionWriter(database);
    this.#runs = new List(database, {
      table: 'runs',
      order: ['run'],
      indexed: ['agent', 'status', 'session', 'parent'],
    });
    this.#approvals = new List(database, {
      table: 'approvals',
      order: ['requested_at', 'approval'],
      index: 'approvals_by_time',
      indexed: ['run', 'status'],
    });
    this.#getRun = database.prepare('SELECT row FROM runs WHERE tenant = ? AND run = ?');
    this.#getApproval = database.prepare('SELECT row FROM approvals WHERE tenant = ? AND approval = ?');
    this.#artifacts = database.prepare(`
      SELECT row FROM artifacts WHERE tenant = ? AND run = ? ORDER BY number`);
    this.#unended = database.prepare(`
      SELECT run FROM due WHERE run > ? AND tenant = ? ORDER BY run LIMIT ?`);
    this.#due = database.prepare(`
      SELECT tenant, run, check_at FROM due WHERE check_at <= ? ORDER BY check_at LIMIT ?`);
    // Every run that has not ended is due some time: so nothing that has ended is looked at.
    this.#openRuns = database.prepare(`
      SELECT runs.status AS status, count(*) AS count FROM due CROSS JOIN runs USING (tenant, run)
      GROUP BY runs.status`);
    this.#waitingApprovals = database.prepare(`
      SELECT count(*) AS count FROM due CROSS JOIN approvals INDEXED BY approvals_by_run USING (tenant, run)
      WHERE approvals.status = 'pending'`);
  }

  forTenant(tenant: string): TenantProjections {
    const { read } = this.#store;
    return {
      run: (run) => read(() => parsed<RunRow>(this.#getRun.get(tenant, run))),
      unended: (after, limit) =>
        read(() => this.#unended.all(after, tenant, limit).map((row) => row['run'] as string)),
      runs: (filter) => read(() => this.#runPage(tenant, filter)),
      approval: (approval) => read(() => parsed<ApprovalRow>(this.#getApproval.get(tenant, approval))),
      approvals: (filter) => read(() => this.#approvalPage(tenant, filter)),
      artifacts: (run) =>
        read(() =>
          this.#artifacts.all(tenant, run).map((row) => JSON.parse(row['row'] as string) as ArtifactRow),
        ),
    };
  }

  due(before: string, limit: number): Promise<readonly DueRow[]> {
    return this.#store.read(() =>
      this.#due.all(before, limit).map((row) => ({
        tenant: row['tenant'] as string,
        run: row['run'] as string,
        checkAt: row['check_at'] as string,
      })),
    );
  }

  reschedule(row: DueRow, dueBy?: string): Promise<void> {
    return this.#store.commits.run(() => {
      if (dueBy === undefined || this.#writer.isDue(row, dueBy)) this.#writer.putDue(row);
    });
  }

  tally(): Promise<Tally> {
    return this.#store.read(() => {
      const runs = { queued: 0, running: 0, waiting: 0, paused: 0 };
      for (const { status, count } of this.#openRuns.all())
        if (String(status) in runs) runs[status as keyof typeof runs] = Number(count);
      return { runs, approvals: Number(this.#waitingApprovals.get()?.['count']) };
    });
  }

  replaceAll(changes: AsyncIterable<ProjectionChange>): Promise<void> {
    const { database } = this.#store;
    const rebuilt = {
      empty: () =>
        database.exec(
          'DELETE FROM runs; DELETE FROM approvals; DELETE FROM artifacts; DELETE FROM due; DELETE FROM ended',
        ),
      put: (change: ProjectionChange) => this.#writer.put(change),
    };
    return rebuild(this.#store, rebuilt, changes);
  }

  #runPage(tenant: string, filter: RunFilter): Page<RunRow> {
    const { agent, status, session, parent } = filter;
    const { after, down } = stretchOf(runStretch(filter), 1);
    const key = (row: Row) => [row['run'] as string];
    const column = runIndex(filter);
    const rows = this.#runs.walk({
      tenant,
      ...(column === undefined ? {} : { along: { column, value: filter[column] as string } }),
      ...(after === undefined ? {} : { after }),
    });
    const wanted = Object.entries({ agent, status, session, parent }).filter(
      ([, value]) => value !== undefined,
    );
    return pageOf(rowsDownTo(rows, key, down), {
      ...reading<RunRow>(filter),
      key,
      matches: (row) => wanted.every(([name, value]) => row[name] === value),
    });
  }

  #approvalPage(tenant: string, filter: ApprovalFilter): Page<ApprovalRow> {
    const { status } = filter;
    const { after, down } = stretchOf(filter, 2);
    const key = (row: Row) => [row['requested_at'] as string, row['approval'] as string];
    const column = (['run', 'status'] as const).find((name) => filter[name] !== undefined);
    const rows = this.#approvals.walk({
      tenant,
      ...(column === undefined ? {} : { along: { column, value: filter[column] as string } }),
      ...(after === undefined ? {} : { after }),
    });
    return pageOf(rowsDownTo(rows, key, down), {
      ...reading<ApprovalRow>(filter),
      key,
      matches: (row) => status === undefined || row['status'] === status,
    });
  }
}

function reading<T>({ limit }: PageRequest): Pick<PageReading<Row, T>, 'limit' | 'size' | 'read'> {
  return {
    ...(limit === undefined ? {} : { limit }),
    size: (row) => Buffer.byteLength(row['row'] as string),
    read: (row) => JSON.parse(row['row'] as string),
  };
}

function parsed<T>(row: Row | undefined): T | undefined {
  return row && JSON.parse(row['row'] as string);
}
