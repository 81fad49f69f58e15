import { decide, hasWork } from '../../shared/domain/decide.ts';
import type { RunEvent } from '../../shared/domain/events.ts';
import { fold } from '../../shared/domain/evolve.ts';
import type { RunState } from '../../shared/domain/state.ts';
import type { Evidence } from './evidence.ts';

/**
 * For each server that came up after a kill and lived long enough: milliseconds from exec until every run that had
 * something to do when the one before was killed had moved. Commands that no worker had claimed wait for a free
 * place, not for recovery; they don't count.
 */
export function recoveries({ lives, found }: Evidence): number[] {
  const logs = [...found.values()].map(({ events }) => events);
  return lives.flatMap((life, index) => {
    const killedAt = lives[index - 1]?.killedAt;
    if (killedAt === undefined || life.readyAt === undefined) return [];
    const movedAt = logs.flatMap((events) => nextMove(events, killedAt));
    const last = Math.max(...movedAt);
    if (movedAt.length === 0 || last > (life.killedAt ?? Number.POSITIVE_INFINITY)) return [];
    return [last - life.execAt];
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
