import { decide, hasWork } from '../../shared/domain/decide.ts';
import type { RunEvent } from '../../shared/domain/events.ts';
import { fold } from '../../shared/domain/evolve.ts';
import type { RunState } from '../../shared/domain/state.ts';
import type { Evidence } from './evidence.ts';

/** How one server took up the work of the one before. Milliseconds from exec. */
export interface Recovery {
  /** Until it listened. */
  readonly upMs: number;
  /** Until every run that had something to do when the one before was killed had moved. */
  readonly movingMs: number;
}

/**
 * The recoveries of those servers that came up after a kill and lived long enough. Commands that no worker had claimed
 * wait for a free place, not for recovery; they don't count.
 */
export function recoveries({ lives, found }: Evidence): Recovery[] {
  const logs = [...found.values()].map(({ events }) => events);
  return lives.flatMap((life, index) => {
    const killedAt = lives[index - 1]?.killedAt;
    if (killedAt === undefined || life.readyAt === undefined) return [];
    const movedAt = logs.flatMap((events) => nextMove(events, killedAt));
    const last = Math.max(...movedAt);
    if (movedAt.length === 0 || last > (life.killedAt ?? Number.POSITIVE_INFINITY)) return [];
    return [{ upMs: life.readyAt - life.execAt, movingMs: last - life.execAt }];
  });
}

/** When a run that had something to do at that time moved again; none if it had not, infinite if it never did. */
function nextMove(events: readonly RunEvent[], at: number): number[] {
  const time = new Date(at).toISOString();
  const next = events.findIndex((event) => event.at > time);
  const state = fold(undefined, next < 0 ? events : events.slice(0, next));
  if (!state || !isInFlight(state)) return [];
  return [Date.parse(events[next]?.at ?? '') || Number.POSITIVE_INFINITY];
}

function isInFlight(state: RunState): boolean {
  if (state.end || !hasWork(state)) return false;
  const directive = decide(state);
  return directive.kind !== 'command' || state.open[directive.operation]?.worker !== undefined;
}
