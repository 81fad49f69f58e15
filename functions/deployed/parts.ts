import type { Right } from './function-spec.ts';

/** Parts of `functions/wiring.ts`, each of which puts some ports together. */
export type PartName =
  | 'store'
  | 'blobs'
  | 'exports'
  | 'engine'
  | 'reconcileQueue'
  | 'reconcileDead'
  | 'refusalsQueue'
  | 'refusalsDead'
  | 'news'
  | 'liveDead'
  | 'sender'
  | 'programs'
  | 'workers'
  | 'tickets'
  | 'heads'
  | 'webhooks';

/** What a right is worth nothing without. Rights without a part are used by entry points themselves, outside the ports. */
const partOf: Readonly<Record<Right, PartName | undefined>> = {
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

/** Parts with a module of their own, since they load what they need only once it is chosen. */
const apart: Readonly<Partial<Record<PartName, string>>> = {
  store: './functions/stores/wiring.ts',
  workers: './functions/workers/wiring.ts',
};

/**
 * The parts that a function is put together from, by the modules that have them: those of its rights and no others. So it
 * holds no code for what it may not do, and loads none. `more`: parts that stand on the rights of others.
 */
export function partsOf(rights: readonly Right[], more: readonly PartName[] = []): readonly ImportedPart[] {
  const parts = rights.map((right) => partOf[right]).filter((part) => part !== undefined);
  return [...new Set([...parts, ...more])].map((part) => ({
    module: apart[part] ?? './functions/wiring.ts',
    name: `${part}Part`,
  }));
}

export interface ImportedPart {
  readonly module: string;
  readonly name: string;
}
