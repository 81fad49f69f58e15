import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type {
  ApprovalRow,
  ArtifactRow,
  DueRow,
  EndedRow,
  ProjectionChange,
  RunRow,
} from '../domain/projections.ts';

/** Puts projection rows, inside the transaction of whoever calls. */
export class ProjectionWriter {
  readonly #run: StatementSync;
  readonly #approval: StatementSync;
  readonly #artifact: StatementSync;
  readonly #due: StatementSync;
  readonly #neverDue: StatementSync;
  readonly #isDue: StatementSync;
  readonly #ended: StatementSync;

  constructor(database: DatabaseSync) {
    // Agent, session and parent of a run never change: leaving them out spares three indexes.
    this.#run = database.prepare(`
      INSERT INTO runs (tenant, run, agent, status, session, parent, row) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET status = excluded.status, row = excluded.row`);
    this.#approval = database.prepare(`
      INSERT INTO approvals (tenant, approval, run, status, requested_at, row) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET status = excluded.status, row = excluded.row`);
    this.#artifact = database.prepare(`
      INSERT OR REPLACE INTO artifacts (tenant, run, name, row) VALUES (?, ?, ?, ?)`);
    this.#due = database.prepare(`
      INSERT INTO due (run, tenant, check_at) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET check_at = excluded.check_at WHERE check_at <> excluded.check_at`);
    this.#neverDue = database.prepare('DELETE FROM due WHERE run = ? AND tenant = ?');
    this.#ended = database.prepare(`
      INSERT OR REPLACE INTO ended (run, tenant, ended_at, remove_at) VALUES (?, ?, ?, ?)`);
    this.#isDue = database.prepare('SELECT 1 FROM due WHERE run = ? AND tenant = ? AND check_at <= ?');
  }

  put(change: ProjectionChange): void {
    if (change.kind === 'run') this.#putRun(change.row);
    else if (change.kind === 'due') this.putDue(change.row);
    else if (change.kind === 'approval') this.#putApproval(change.row);
    else if (change.kind === 'artifact') this.#putArtifact(change.row);
    else this.#putEnded(change.row);
  }

  putDue({ tenant, run, checkAt }: DueRow): void {
    if (checkAt === null) this.#neverDue.run(run, tenant);
    else this.#due.run(run, tenant, checkAt);
  }

  isDue({ tenant, run }: Pick<DueRow, 'tenant' | 'run'>, by: string): boolean {
    return this.#isDue.get(run, tenant, by) !== undefined;
  }

  #putRun(row: RunRow): void {
    const { tenant, run, agent, status, session = null, parent = null } = row;
    this.#run.run(tenant, run, agent, status, session, parent, JSON.stringify(row));
  }

  #putApproval(row: ApprovalRow): void {
    const { tenant, approval, run, status, requestedAt } = row;
    this.#approval.run(tenant, approval, run, status, requestedAt, JSON.stringify(row));
  }

  #putEnded({ run, tenant, endedAt, removeAt }: EndedRow): void {
    this.#ended.run(run, tenant, endedAt, removeAt ?? null);
  }

  #putArtifact(row: ArtifactRow): void {
    this.#artifact.run(row.tenant, row.run, row.name, JSON.stringify(row));
  }
}
