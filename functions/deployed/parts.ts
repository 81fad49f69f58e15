import type { Right } from './function-spec.ts';

/** Parts that functions are put together from, each of which brings some ports, by the module in `functions` that has it. */
const moduleOf = {
  store: 'stores',
  blobs: 'blobs',
  exports: 'exports',
  engine: 'engine',
  reconcileQueue: 'queues',
  reconcileDead: 'queues',
  refusalsQueue: 'queues',
  refusalsDead: 'queues',
  news: 'queues',
  liveDead: 'queues',
  sender: 'websocket/sender',
  programs: 'programs',
  workers: 'workers',
  tickets: 'keys',
  heads: 'keys',
  webhooks: 'keys',
} as const;

export type PartName = keyof typeof moduleOf;

/** What a right is worth nothing without. */
const partOf: Readonly<Record<Right, PartName>> = {
  'store:read': 'store',
  'store:write': 'store',
  'blobs:read': 'blobs',
  'blobs:write': 'blobs',
  'blobs:delete': 'blobs',
  'engine:run': 'engine',
  'engine:answer': 'engine',
  'reconcile:send': 'reconcileQueue',
  'reconcile:consume': 'reconcileDead',
  'refusals:send': 'refusalsQueue',
  'refusals:consume': 'refusalsDead',
  'live:send': 'news',
  'live:consume': 'liveDead',
  'connections:send': 'sender',
  'programs:invoke': 'programs',
  'workers:run': 'workers',
  'key:tickets': 'tickets',
  'key:heads': 'heads',
  'key:webhooks': 'webhooks',
};

/**
 * The parts that a function is put together from, by the modules that have them: those of its rights and no others. So it
 * holds no code for what it may not do, and loads none. `more`: parts that stand on the rights of others.
 */
export function partsOf(rights: readonly Right[], more: readonly PartName[] = []): readonly ImportedPart[] {
  const parts = rights.map((right) => partOf[right]);
  return [...new Set([...parts, ...more])].map((part) => ({
    module: `./functions/${moduleOf[part]}/wiring.ts`,
    name: `${part}Part`,
  }));
}

export interface ImportedPart {
  readonly module: string;
  readonly name: string;
}
