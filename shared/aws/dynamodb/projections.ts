import { runStretch, stretchOf } from '../../domain/paging.ts';
import type { ApprovalRow, ArtifactRow, DueRow, ProjectionChange, RunRow } from '../../domain/projections.ts';
import type { RunStatus } from '../../domain/state.ts';
import type {
  Page,
  PageRequest,
  Projections,
  RunFilter,
  Tally,
  TenantProjections,
  TimeRange,
} from '../../ports/projections.ts';
import { type Item, text, textOf } from './items.ts';
import { parted, partitions, places } from './keys.ts';
import { unpackWaiting } from './late-rows.ts';
import { replaceProjections } from './rebuild-projections.ts';
import { pageOfRows } from './row-lists.ts';
import { approvalLists } from './row-writes.ts';
import { ofDue, runLists, runPatch } from './run-item.ts';
import { merged, shardsOf } from './shards.ts';
import type { DynamoStore } from './store.ts';
import { indexes } from './table.ts';
import { type Condition, present, update } from './writes.ts';

type ApprovalFilter = PageRequest &
  TimeRange & { readonly run?: string; readonly status?: ApprovalRow['status'] };

const endedStatuses: ReadonlySet<RunStatus> = new Set(['succeeded', 'failed', 'cancelled']);

/** Views of the run log in DynamoDB: rows are read as they are, lists through indexes that may lag. */
export class DynamoProjections implements Projections {
  readonly #store: DynamoStore;

  constructor(store: DynamoStore) {
    this.#store = store;
  }

  forTenant(tenant: string): TenantProjections {
    return {
      run: (run) => this.#row<RunRow>({ pk: partitions.run(tenant, run), sk: places.run }),
      unended: (after, limit) => this.#unended(tenant, after, limit),
      runs: (filter) => this.#runs(tenant, filter),
      approval: (approval) =>
        this.#row<ApprovalRow>({ pk: partitions.approval(tenant, approval), sk: 'approval' }),
      approvals: (filter) => this.#approvals(tenant, filter),
      artifacts: (run) => this.#artifacts(tenant, run),
    };
  }

  async due(before: string, limit: number): Promise<readonly DueRow[]> {
    await unpackWaiting(this.#store);
    const rows: DueRow[] = [];
    if (limit < 1) return rows;
    const shards = shardsOf('due').map((partition) =>
      this.#store.items({
        table: this.#store.log,
        index: indexes.due,
        partition,
        below: `${before}$`,
        atATime: limit,
      }),
    );
    for await (const item of merged(shards, dueOrder)) {
      const [checkAt = '', tenant = ''] = parted(dueOrder(item));
      rows.push({ tenant, run: runOf(item), checkAt });
      if (rows.length === limit) break;
    }
    return rows;
  }

  async reschedule({ tenant, run, checkAt }: DueRow, dueBy?: string): Promise<void> {
    const key = { pk: partitions.run(tenant, run), sk: places.run };
    const { remove = [] } = runPatch(tenant, run, { due: { tenant, run, checkAt: null } }, 0);
    const patch =
      checkAt === null ? { remove } : { set: { order: text(run), ...ofDue(tenant, run, checkAt) } };
    const isDue: Condition | undefined =
      dueBy === undefined
        ? undefined
        : { that: '#checkAt <= :dueBy', names: ['checkAt'], values: { dueBy: text(dueBy) } };
    await this.#store.write(
      update(this.#store.log, key, patch, isDue ?? (checkAt === null ? present : undefined)),
    );
  }

  async tally(): Promise<Tally> {
    const runs = { queued: 0, running: 0, waiting: 0, paused: 0 };
    let approvals = 0;
    await Promise.all([
      ...shardsOf('due').map(async (partition) => {
        for await (const item of this.#everyDue(partition)) {
          const status = textOf(item, 'status');
          if (status in runs) runs[status as keyof typeof runs] += 1;
        }
      }),
      ...shardsOf('pending').map(async (partition) => {
        for await (const _ of this.#everyDue(partition)) approvals += 1;
      }),
    ]);
    return { runs, approvals };
  }

  replaceAll(changes: AsyncIterable<ProjectionChange>): Promise<void> {
    return replaceProjections(this.#store, changes);
  }

  #everyDue(partition: string): AsyncGenerator<Item> {
    return this.#store.items({ table: this.#store.log, index: indexes.due, partition });
  }

  async #row<T>(key: { readonly pk: string; readonly sk: string }): Promise<T | undefined> {
    const row = (await this.#store.get(this.#store.log, key))?.['row']?.S;
    return row === undefined ? undefined : JSON.parse(row);
  }

  async #unended(tenant: string, after: string, limit: number): Promise<readonly string[]> {
    const runs: string[] = [];
    const query = { table: this.#store.log, index: indexes.open, partition: runLists.open(tenant) };
    if (limit < 1) return runs;
    for await (const item of this.#store.items({
      ...query,
      ...(after === '' ? {} : { above: after }),
      atATime: limit,
    })) {
      runs.push(textOf(item, 'order'));
      if (runs.length === limit) break;
    }
    return runs;
  }

  async #runs(tenant: string, filter: RunFilter): Promise<Page<RunRow>> {
    const { agent, status, session, parent, limit } = filter;
    const wanted = Object.entries({ agent, status, session, parent }).filter(
      ([, value]) => value !== undefined,
    );
    return pageOfRows<RunRow>(this.#store, {
      ...runList(tenant, filter),
      stretch: stretchOf(runStretch(filter), 1),
      ...(limit === undefined ? {} : { limit }),
      key: ({ run }) => [run],
      matches: (row) => wanted.every(([name, value]) => row[name as keyof RunRow] === value),
    });
  }

  async #approvals(tenant: string, filter: ApprovalFilter): Promise<Page<ApprovalRow>> {
    const { run, status, limit } = filter;
    return pageOfRows<ApprovalRow>(this.#store, {
      ...approvalList(tenant, filter),
      stretch: stretchOf(filter, 2),
      ...(limit === undefined ? {} : { limit }),
      key: ({ requestedAt, approval }) => [requestedAt, approval],
      matches: (row) =>
        (status === undefined || row.status === status) && (run === undefined || row.run === run),
    });
  }

  async #artifacts(tenant: string, run: string): Promise<readonly ArtifactRow[]> {
    const query = {
      table: this.#store.log,
      partition: partitions.run(tenant, run),
      between: [places.artifact(''), 'artifact$'] as const,
    };
    const items = await Array.fromAsync(this.#store.items(query));
    const declared = (item: Item) => textOf(item, 'declared');
    items.sort((a, b) => (declared(a) < declared(b) ? -1 : 1));
    return items.map((item) => JSON.parse(textOf(item, 'row')));
  }
}

const dueOrder = (item: Item): string => textOf(item, 'dueOrder');
const runOf = (item: Item): string => parted(textOf(item, 'pk'))[2] ?? '';

/** The index that leaves the fewest rows to look at; few runs are of a status that has not ended. */
function runList(tenant: string, { agent, status, session, parent }: RunFilter) {
  if (parent !== undefined) return { index: indexes.owner, partition: runLists.parent(tenant, parent) };
  if (session !== undefined) return { index: indexes.session, partition: runLists.session(tenant, session) };
  if (status !== undefined && (agent === undefined || !endedStatuses.has(status)))
    return { index: indexes.status, partition: runLists.status(tenant, status) };
  if (agent !== undefined) return { index: indexes.agent, partition: runLists.agent(tenant, agent) };
  return { index: indexes.tenant, partition: runLists.tenant(tenant) };
}

function approvalList(tenant: string, { run, status }: ApprovalFilter) {
  if (run !== undefined) return { index: indexes.owner, partition: approvalLists.run(tenant, run) };
  if (status !== undefined) return { index: indexes.status, partition: approvalLists.status(tenant, status) };
  return { index: indexes.tenant, partition: approvalLists.tenant(tenant) };
}
