import type { Clock } from '../../../shared/ports/clock.ts';
import { maxEvents } from '../history/recorder.ts';
import type { ExecutionRow, Journal } from '../journal/journal.ts';
import type { ClientToken, Redrive } from '../journal/redrive.ts';
import type { Machines } from '../machines/machines.ts';

const dayMs = 24 * 3_600_000;

/** How long after its end an execution may be started again where it failed, in milliseconds. */
const redrivableMs = 14 * dayMs;

/** How long after its start, in milliseconds. */
const longestMs = 365 * dayMs;

/** The events of a redrive that there must be room for: itself and one more. */
const eventsNeeded = 2;

interface Around {
  readonly clock: Clock;
  readonly machines: Machines;
  readonly journal: Journal;
}

type Asked = Pick<ExecutionRow, 'id' | 'machine' | 'status' | 'startedAt' | 'endedAt'>;

/** Why an execution cannot be started again where it failed, in the words of AWS; `undefined` where it can. */
export function redriveFlaw({ clock, machines, journal }: Around, execution: Asked): string | undefined {
  const { id, machine, status, startedAt, endedAt } = execution;
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  if (machines.get(machine)?.status === 'DELETING') return 'State machine is in DELETING status';
  const now = clock.now();
  if (endedAt !== null && now - endedAt > redrivableMs) return 'Execution redrivable period exceeded';
  if (now - startedAt > longestMs) return 'Execution has exceeded the max execution time';
  const last = journal.last(id);
  if (last !== undefined && last.lastEvent > maxEvents - eventsNeeded) {
    return 'Execution history event limit exceeded';
  }
  // Where it stood was not kept then, or is forgotten.
  if (!last?.position) return 'Execution was started before the launch of RedriveExecution';
  return undefined;
}

/** Tokens that are known again, and for how long in milliseconds. */
const keptTokens = 10;
const tokenMs = 15 * 60_000;

const valid = (redrive: Redrive | null | undefined, now: number): readonly ClientToken[] =>
  (redrive?.tokens ?? []).filter(({ at }) => now - at <= tokenMs);

/** When a token was used before; `undefined` where it was not, or too long ago. */
export function redrivenWith(
  redrive: Redrive | null | undefined,
  { clientToken, now }: { readonly clientToken: string | undefined; readonly now: number },
): number | undefined {
  return valid(redrive, now).find(({ token }) => token === clientToken)?.at;
}

export function nextRedrive(
  redrive: Redrive | null | undefined,
  { clientToken, now }: { readonly clientToken: string | undefined; readonly now: number },
): Redrive {
  const used = clientToken === undefined ? [] : [{ token: clientToken, at: now }];
  const tokens = [...valid(redrive, now), ...used].slice(-keptTokens);
  return { count: (redrive?.count ?? 0) + 1, at: now, tokens };
}
