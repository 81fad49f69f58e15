import type { Right } from './function-spec.ts';

/** Parts of `functions/wiring.ts`, each of which puts some ports together. */
type Part =
  | 'store'
  | 'blobs'
  | 'engine'
  | 'queue'
  | 'news'
  | 'programs'
  | 'workers'
  | 'tickets'
  | 'heads'
  | 'webhooks';

/** What a right is worth nothing without. Rights without a part are used by entry points themselves, outside the ports. */
const partOf: Readonly<Record<Right, Part | undefined>> = {
  'store:read': 'store',
  'store:write': 'store',
  'blobs:read': 'blobs',
  'blobs:write': 'blobs',
  'blobs:delete': 'blobs',
  'engine:run': 'engine',
  'engine:answer': 'engine',
  'reconcile:send': 'queue',
  'reconcile:consume': undefined,
  'refusals:send': undefined,
  'refusals:consume': undefined,
  'live:send': 'news',
  'live:consume': undefined,
  'connections:send': undefined,
  'programs:invoke': 'programs',
  'workers:run': 'workers',
  'key:tickets': 'tickets',
  'key:heads': 'heads',
  'key:webhooks': 'webhooks',
};

/**
 * The parts that a function is put together from: those of its rights and no others. So it holds no code for what it may
 * not do, and loads none.
 */
export function partsOf(rights: readonly Right[]): readonly string[] {
  const parts = rights.map((right) => partOf[right]).filter((part) => part !== undefined);
  return [...new Set(parts)].map((part) => `${part}Part`);
}
