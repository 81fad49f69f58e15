import type { DueRow, EndedRow, RunRow } from '../../domain/projections.ts';
import { type Item, number, text } from './items.ts';
import { joined, sorted } from './keys.ts';
import { shardOf } from './shards.ts';
import type { Patch } from './writes.ts';

/** What is to be said of a run besides its log: what is absent stays as it is. */
export interface RunChange {
  readonly row?: RunRow;
  readonly due?: DueRow;
  readonly ended?: EndedRow;
}

/** Lists of runs: partitions of indexes. */
export const runLists = {
  tenant: (tenant: string) => joined('runs', tenant),
  agent: (tenant: string, agent: string) => joined('runs', tenant, agent),
  status: (tenant: string, status: string) => joined('runs', tenant, status),
  session: (tenant: string, session: string) => joined('runs', tenant, session),
  parent: (tenant: string, parent: string) => joined('runs', tenant, parent),
  open: (tenant: string) => joined('open', tenant),
  ended: (tenant: string) => joined('ended', tenant),
} as const;

/** What a run has only as long as it has a row. */
export const rowAttributes = [
  'row',
  'status',
  'byTenant',
  'byAgent',
  'byStatus',
  'bySession',
  'byOwner',
] as const;

const dueAttributes = ['checkAt', 'byDue', 'dueOrder', 'byOpen'] as const;

/** The change of a run's item; `version` tells later changes from earlier ones. */
export function runPatch(tenant: string, run: string, change: RunChange, version: number): Patch {
  const { row, due, ended } = change;
  return {
    set: {
      order: text(run),
      version: number(version),
      ...(row ? ofRow(row) : {}),
      ...(due && due.checkAt !== null ? ofDue(tenant, run, due.checkAt) : {}),
      ...(ended ? ofEnded(tenant, run, ended) : {}),
    },
    remove: due?.checkAt === null ? dueAttributes : [],
  };
}

/** The whole item of a run, as a change alone makes it. */
export function runItem(tenant: string, run: string, change: RunChange): Item {
  return { ...runPatch(tenant, run, change, 0).set };
}

function ofRow(row: RunRow): Item {
  const { tenant, agent, status, session, parent } = row;
  return {
    row: text(JSON.stringify(row)),
    status: text(status),
    byTenant: text(runLists.tenant(tenant)),
    byAgent: text(runLists.agent(tenant, agent)),
    byStatus: text(runLists.status(tenant, status)),
    ...(session === undefined ? {} : { bySession: text(runLists.session(tenant, session)) }),
    ...(parent === undefined ? {} : { byOwner: text(runLists.parent(tenant, parent)) }),
  };
}

export function ofDue(tenant: string, run: string, checkAt: string): Item {
  return {
    checkAt: text(checkAt),
    byDue: text(shardOf('due', tenant, run)),
    dueOrder: text(sorted(checkAt, tenant, run)),
    byOpen: text(runLists.open(tenant)),
  };
}

function ofEnded(tenant: string, run: string, { endedAt, removeAt }: EndedRow): Item {
  const order = sorted(removeAt ?? endedAt, tenant, run);
  const partition = removeAt === undefined ? runLists.ended(tenant) : shardOf('expiring', tenant, run);
  return { byEnded: text(partition), endedOrder: text(order) };
}
