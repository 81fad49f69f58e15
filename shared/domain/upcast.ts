import { TandemError } from '../errors/tandem-error.ts';
import { eventVersion, type RunEvent } from './events.ts';

/** An event as an older release wrote it. */
export type OldEvent = { readonly v: number } & Record<string, unknown>;

/** How an event of version `n` becomes one of version `n + 1`, by `n`. They stay for ever (rule 2). */
export type Upcasters = Readonly<Record<number, (event: OldEvent) => OldEvent>>;

const upcasters: Upcasters = {};

export interface Upcasting {
  readonly steps?: Upcasters;
  /** Version of today's shape. */
  readonly current?: number;
}

/**
 * An event of any release in today's shape; one of today's is returned as it is. Throws `data.newer` for an event of a later release.
 */
export function upcast(
  event: RunEvent | OldEvent,
  { steps = upcasters, current = eventVersion }: Upcasting = {},
): RunEvent {
  if (event.v > current) {
    throw new TandemError('data.newer', {
      message: `An event of version ${event.v} was written by a newer Tandem`,
    });
  }
  let shaped = event as OldEvent;
  for (let v = event.v; v < current; v++) {
    const step = steps[v];
    if (!step)
      throw new TandemError('log.illegal', { message: `No release of Tandem wrote events of version ${v}` });
    shaped = { ...step(shaped), v: v + 1 };
  }
  return shaped as unknown as RunEvent;
}
