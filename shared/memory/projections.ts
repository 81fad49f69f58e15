import { compareKeys, pageOf, rowsDownTo, runStretch, stretchOf } from '../domain/paging.ts';
import type { ApprovalRow, ArtifactRow, DueRow, ProjectionChange, RunRow } from '../domain/projections.ts';
import type {
  Page,
  PageRequest,
  Projections,
  Tally,
  TenantProjections,
  TimeRange,
} from '../ports/projections.ts';
import type { OpenDisk, TenantDisk } from './disk.ts';
import { copy, putProjection } from './put-projection.ts';

/** Views of the run log in memory. */
export class MemoryProjections implements Projections {
  readonly #disk: OpenDisk;

  constructor(disk: OpenDisk) {
    this.#disk = disk;
  }

  forTenant(tenant: string): TenantProjections {
    const read = <T>(query: (disk: TenantDisk) => T) => this.#disk.read((disk) => query(disk.tenant(tenant)));
    return {
      run: (run) => read(({ runs }) => copied(runs.get(run))),
      unended: (after, limit) =>
        read(({ due }) =>
          [...due.keys()]
            .filter((run) => run > after)
            .sort()
            .slice(0, limit),
        ),
      runs: (filter) =>
        read(({ runs }) =>
          page<RunRow>(
            runs.values(),
            { ...filter, ...runStretch(filter) },
            { parts: 1, key: runKey, matches: fields(filter, runFields) },
          ),
        ),
      approval: (approval) => read(({ approvals }) => copied(approvals.get(approval))),
      approvals: (filter) =>
        read(({ approvals }) =>
          page<ApprovalRow>(approvals.values(), filter, {
            parts: 2,
            key: approvalKey,
            matches: fields(filter, approvalFields),
          }),
        ),
      artifacts: (run) =>
        read(({ artifacts }) => copy<readonly ArtifactRow[]>([...(artifacts.get(run)?.values() ?? [])])),
    };
  }

  due(before: string, limit: number): Promise<readonly DueRow[]> {
    return this.#disk.read((disk) => {
      const rows: (DueRow & { readonly checkAt: string })[] = [];
      for (const [tenant, { due }] of disk.tenants()) {
        for (const [run, checkAt] of due) if (checkAt <= before) rows.push({ tenant, run, checkAt });
      }
      return rows.sort((a, b) => compareKeys([a.checkAt], [b.checkAt])).slice(0, limit);
    });
  }

  reschedule(row: DueRow, dueBy?: string): Promise<void> {
    return this.#disk.write((disk) => {
      const checkAt = disk.tenant(row.tenant).due.get(row.run);
      if (dueBy === undefined || (checkAt && checkAt <= dueBy)) putProjection(disk, { kind: 'due', row });
    });
  }

  tally(): Promise<Tally> {
    return this.#disk.read((disk) => {
      const tenants = [...disk.tenants()].map(([, tenant]) => tenant);
      const runs = tenants.flatMap((tenant) => [...tenant.runs.values()]);
      const count = (status: RunRow['status']) => runs.filter((run) => run.status === status).length;
      const approvals = tenants.flatMap((tenant) => [...tenant.approvals.values()]);
      return {
        runs: {
          queued: count('queued'),
          running: count('running'),
          waiting: count('waiting'),
          paused: count('paused'),
        },
        approvals: approvals.filter(({ status }) => status === 'pending').length,
      };
    });
  }

  async replaceAll(changes: AsyncIterable<ProjectionChange>): Promise<void> {
    const all: ProjectionChange[] = [];
    for await (const change of changes) all.push(copy(change));
    await this.#disk.write((disk) => {
      for (const [, { runs, approvals, artifacts, due, ended }] of disk.tenants()) {
        for (const rows of [runs, approvals, artifacts, due, ended]) rows.clear();
      }
      for (const change of all) putProjection(disk, change);
    });
  }
}

interface ListOf<T> {
  /** Parts of the sort key. */
  readonly parts: number;
  readonly key: (row: T) => readonly string[];
  readonly matches: (row: T) => boolean;
}

const runKey = (row: RunRow) => [row.run];
const approvalKey = (row: ApprovalRow) => [row.requestedAt, row.approval];
const runFields = ['agent', 'status', 'session', 'parent'] as const;
const approvalFields = ['run', 'status'] as const;

/** Whether a row has what the filter asks for. */
function fields<K extends string>(filter: { readonly [F in K]?: string }, names: readonly K[]) {
  const wanted = names.filter((name) => filter[name] !== undefined);
  return (row: { readonly [F in K]?: string }) => wanted.every((name) => row[name] === filter[name]);
}

function page<T>(
  rows: Iterable<T>,
  request: PageRequest & TimeRange,
  { parts, key, matches }: ListOf<T>,
): Page<T> {
  const newestFirst = [...rows].sort((a, b) => compareKeys(key(b), key(a)));
  const { after, down } = stretchOf(request, parts);
  const rest = after ? newestFirst.filter((row) => compareKeys(key(row), after) < 0) : newestFirst;
  const { limit } = request;
  return pageOf(rowsDownTo(rest, key, down), {
    ...(limit === undefined ? {} : { limit }),
    key,
    matches,
    size: (row) => JSON.stringify(row).length,
    read: copy,
  });
}

function copied<T>(value: T | undefined): T | undefined {
  return value && copy(value);
}
