import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from './dice.ts';
import type { Phase } from './evidence.ts';
import type { Moments } from './moments.ts';
import { readWitness } from './witness.ts';

/** When to kill a server: in which phase, and how long after it has begun. */
export interface Kill {
  readonly phase: Phase;
  /** Milliseconds that a server may live before its phase is waited for; for `boot`, from exec. */
  readonly leaveMs: number;
  /** Milliseconds after the moment that the phase waits for; for `stop`, after it was asked to stop. */
  readonly afterMs: number;
}

/** How long a moment is waited for, in milliseconds; when it does not come, the kill is one at any time. */
const patienceMs = 3_000;

const ranges: Readonly<Record<Phase, { leave: readonly [number, number]; after: number }>> = {
  boot: { leave: [0, 350], after: 0 },
  risen: { leave: [0, 80], after: 0 },
  accept: { leave: [0, 1_000], after: 50 },
  act: { leave: [0, 1_500], after: 50 },
  command: { leave: [0, 1_000], after: 500 },
  any: { leave: [0, 5_000], after: 0 },
  stop: { leave: [500, 2_500], after: 400 },
};

/** As many kills as asked for; every one of the phases comes up before one comes up again. */
export function planKills(
  count: number,
  dice: Dice,
  allowed: readonly Phase[] = Object.keys(ranges) as Phase[],
): Kill[] {
  const phases: Phase[] = [];
  while (phases.length < count) phases.push(...dice.shuffle(allowed));
  return phases.slice(0, count).map((phase) => {
    const { leave, after } = ranges[phase];
    return { phase, leaveMs: dice.between(...leave), afterMs: dice.between(0, after) };
  });
}

export interface Watched {
  readonly moments: Moments;
  /** Path of the witness file, where commands run. */
  readonly witness?: string;
}

/** Waits for the moment to kill a server that is up; answers the phase that it has really come to. */
export async function untilKill({ phase, leaveMs, afterMs }: Kill, watched: Watched): Promise<Phase> {
  await pause(leaveMs);
  const came = await momentOf(phase, watched);
  if (phase !== 'stop') await pause(afterMs);
  return came ? phase : 'any';
}

/** Whether the moment came in time. */
async function momentOf(phase: Phase, { moments, witness }: Watched): Promise<boolean> {
  if (phase === 'command') return commandRuns(witness);
  if (phase !== 'accept' && phase !== 'act') return true;
  const moment = moments.next(phase === 'accept' ? 'accepted' : 'acted').then(() => true);
  const late = new AbortController();
  const patience = pause(patienceMs, false, { signal: late.signal }).catch(() => false);
  return Promise.race([moment, patience]).finally(() => late.abort());
}

/** A command that the witness has seen begin and not end; those that were cut before this moment do not count. */
async function commandRuns(witness: string | undefined): Promise<boolean> {
  if (witness === undefined) return false;
  const known = readWitness(witness).length;
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    if (
      readWitness(witness)
        .slice(known)
        .some(({ what }) => what === 'start')
    )
      return true;
    await pause(20);
  }
  return false;
}
