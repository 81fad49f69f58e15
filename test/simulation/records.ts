import type { RunEvent } from '../../shared/domain/events.ts';
import type { TenantDisk } from '../../shared/memory/disk.ts';
import { caller, type World } from './world.ts';

/** What a run has left on the disk. */
export interface RunRecord {
  readonly run: string;
  readonly events: readonly RunEvent[];
}

export function tenantDisk(world: World): TenantDisk {
  return world.disk.tenant(caller.tenant);
}

/** The log of every run, in the order of their creation. */
export function recordsOf(world: World): readonly RunRecord[] {
  return [...tenantDisk(world).logs].map(([run, { events }]) => ({
    run,
    events: events.map((text) => JSON.parse(text) as RunEvent),
  }));
}

/**
 * Whether every run has ended and everybody whom that concerns has been told. Where nothing goes wrong every execution
 * has ended too; otherwise one may be left that waits for a time, after another attempt at its step has ended the run.
 */
export function isAllDone(world: World): boolean {
  const { logs, due } = tenantDisk(world);
  if (due.size > 0) return false;
  if (world.isMended ? world.disk.queue('reconcile').length > 0 : world.journal.running().length > 0)
    return false;
  return [...logs.values()].every(({ head }) => head.signature !== undefined);
}
