import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { lifeText } from '../../shared/domain/function-life.ts';
import { spaceEvent } from '../../shared/protocol/space-function.ts';
import { Stopped } from './pulse.ts';
import { work } from './work.ts';

/** What of Lambda's context is used. */
export interface SpaceContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** How long before its end the function stops a command, in milliseconds: enough to kill it and to say so. */
const lastWordsMs = 5_000;

/**
 * Does one operation in a folder that is removed afterwards. Lambda may deliver the same request again: the times of this
 * invocation tell it from another, so that a command whose function was lost is not run twice. Never throws: who
 * launched it hears of everything by reports, or by silence.
 */
export async function spaceFunction(event: unknown, context: SpaceContext): Promise<{ said: string }> {
  const { report, ticket, operation } = spaceEvent().parse(event);
  const remaining = context.getRemainingTimeInMillis();
  const now = Date.now();
  const worker = {
    kind: 'function',
    id: context.awsRequestId,
    started: lifeText(now, now + remaining),
  } as const;
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'tandem-')));
  const ended = new AbortController();
  const over = new AbortController();
  const end = pause(Math.max(0, remaining - lastWordsMs), undefined, { signal: over.signal }).then(
    () => ended.abort(new Error('The time of the function is over')),
    () => {},
  );
  try {
    await work({ report, ticket, operation, worker, folder }, ended.signal);
    return { said: 'done' };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (!(error instanceof Stopped)) process.stderr.write(`${operation}: ${said}\n`);
    return { said };
  } finally {
    over.abort();
    await end;
  }
}
