import type { Clock } from '../../shared/ports/clock.ts';
import type { Journal } from './journal/journal.ts';

/** How long AWS keeps what has ended, in days; its name is free again after that. */
export const defaultRetentionDays = 90;

const dayMs = 24 * 3_600_000;

/** How often it looks, and for the first time, in milliseconds. */
const pace = { everyMs: 10 * 60_000, firstMs: 60_000 } as const;

/** Executions dropped in one commit. */
const prunedAtATime = 1_000;

export interface RetentionOptions {
  readonly journal: Pick<Journal, 'prune' | 'settled'>;
  readonly clock: Clock;
  /** How long an execution is kept after its end. */
  readonly days: number;
  /** Told of what failed; it is tried again. */
  readonly onError: (error: unknown) => void;
}

/** Drops executions whose time is over, of whatever type, with their names. Returns how to end that. */
export function scheduleRetention({ journal, clock, days, onError }: RetentionOptions): () => void {
  let stopped = false;
  const prune = async (): Promise<void> => {
    for (let pruned = prunedAtATime; pruned === prunedAtATime && !stopped; ) {
      pruned = journal.prune(clock.now() - days * dayMs, prunedAtATime);
      await journal.settled();
    }
  };
  const look = async (): Promise<void> => {
    await prune().catch((error: unknown) => {
      if (!stopped) onError(error);
    });
    if (!stopped) callOff = clock.at(clock.now() + pace.everyMs, () => void look());
  };
  let callOff = clock.at(clock.now() + pace.firstMs, () => void look());
  return () => {
    stopped = true;
    callOff();
  };
}
