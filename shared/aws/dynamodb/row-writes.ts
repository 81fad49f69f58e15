import { createHash } from 'node:crypto';
import type { ApprovalRow, ArtifactRow, ProjectionChange } from '../../domain/projections.ts';
import type { Delivery } from '../../domain/webhooks/delivery.ts';
import { type Item, number, text } from './items.ts';
import { joined, partitions, place, places, sorted } from './keys.ts';
import { type RunChange, runPatch } from './run-item.ts';
import { shardOf } from './shards.ts';
import { absent, type Condition, put, update, type Write } from './writes.ts';

/** A row to be put with an append: a projection, or what a webhook is sent. */
export type RowChange = ProjectionChange | { readonly kind: 'delivery'; readonly row: Delivery };

/** Which append a change belongs to, and whether it comes after it: then it must not undo what came later. */
export interface Stamp {
  readonly seq: number;
  readonly late?: boolean;
}

/** Lists of approvals: partitions of indexes. */
export const approvalLists = {
  tenant: (tenant: string) => joined('approvals', tenant),
  status: (tenant: string, status: string) => joined('approvals', tenant, status),
  run: (tenant: string, run: string) => joined('approvals', tenant, run),
} as const;

/** What webhooks are told of a run. */
export const deliveriesOfRun = (tenant: string, run: string): string => joined('deliveries', tenant, run);

/** One write for each item that changes: of two changes of one row, the later counts. */
export function rowWrites(table: string, changes: readonly RowChange[], stamp: Stamp): readonly Write[] {
  const writes = new Map<string, Write>();
  for (const { tenant, run, change } of runChanges(changes)) {
    const pk = partitions.run(tenant, run);
    const patch = runPatch(tenant, run, change, stamp.seq);
    writes.set(pk, update(table, { pk, sk: places.run }, patch, unlessLater(stamp)));
  }
  for (const [index, change] of changes.entries()) {
    const item = itemOf(change, [stamp.seq, index]);
    if (!item) continue;
    const condition = change.kind === 'delivery' ? stamp.late && absent : unlessLater(stamp);
    writes.set(JSON.stringify([item['pk'], item['sk']]), put(table, item, condition || undefined));
  }
  return [...writes.values()];
}

/** Changes of runs, those of one run together. */
export function runChanges(
  changes: readonly RowChange[],
): Iterable<{ readonly tenant: string; readonly run: string; readonly change: RunChange }> {
  const runs = new Map<string, { tenant: string; run: string; change: RunChange }>();
  for (const { kind, row } of changes) {
    if (kind !== 'run' && kind !== 'due' && kind !== 'ended') continue;
    const { tenant, run } = row;
    const name = joined(tenant, run);
    const before = runs.get(name)?.change ?? {};
    runs.set(name, { tenant, run, change: { ...before, [kind === 'run' ? 'row' : kind]: row } });
  }
  return runs.values();
}

/** The item of a row that has one of its own. */
export function itemOf(change: RowChange, order: readonly [seq: number, index: number]): Item | undefined {
  if (change.kind === 'approval') return approvalItem(change.row, order[0]);
  if (change.kind === 'artifact') return artifactItem(change.row, order);
  if (change.kind === 'delivery') return deliveryItem(change.row);
  return undefined;
}

function unlessLater({ late = false, seq }: Stamp): Condition | undefined {
  if (!late) return undefined;
  return {
    that: 'attribute_not_exists(#version) OR #version <= :version',
    names: ['version'],
    values: { version: number(seq) },
  };
}

function approvalItem(row: ApprovalRow, seq: number): Item {
  const { tenant, approval, run, status, requestedAt } = row;
  return {
    pk: text(partitions.approval(tenant, approval)),
    sk: text('approval'),
    row: text(JSON.stringify(row)),
    version: number(seq),
    order: text(sorted(requestedAt, approval)),
    byTenant: text(approvalLists.tenant(tenant)),
    byStatus: text(approvalLists.status(tenant, status)),
    byOwner: text(approvalLists.run(tenant, run)),
    // Those that wait for somebody are counted.
    ...(status === 'pending'
      ? { byDue: text(shardOf('pending', tenant, approval)), dueOrder: text(approval) }
      : {}),
  };
}

/** Names can be longer than a key, so a digest stands for them. */
function artifactItem(row: ArtifactRow, [seq, index]: readonly [number, number]): Item {
  const digest = createHash('sha256').update(row.name).digest('hex');
  return {
    pk: text(partitions.run(row.tenant, row.run)),
    sk: text(places.artifact(digest)),
    row: text(JSON.stringify(row)),
    version: number(seq),
    declared: text(`${row.at} ${place(seq)} ${place(index)}`),
  };
}

export function deliveryItem(row: Delivery): Item {
  const { tenant, webhook, delivery, run, revision, dueAt, createdAt } = row;
  const tail = [tenant, webhook, delivery];
  return {
    pk: text(partitions.webhook(tenant, webhook)),
    sk: text(delivery),
    row: text(JSON.stringify(row)),
    revision: number(revision),
    ...(run === undefined ? {} : { byOwner: text(deliveriesOfRun(tenant, run)), order: text(delivery) }),
    ...(dueAt === undefined
      ? { byEnded: text(shardOf('done', ...tail)), endedOrder: text(sorted(createdAt, ...tail)) }
      : {
          byDue: text(shardOf('lanes', tenant, webhook)),
          dueOrder: text(sorted(tenant, webhook, dueAt, delivery)),
        }),
  };
}
