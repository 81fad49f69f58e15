import { setTimeout as pause } from 'node:timers/promises';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Logger } from '../../../shared/logging/logger.ts';
import type { Tasks } from './tasks.ts';
import { tellOf } from './tell-of.ts';

export interface Watch {
  readonly tasks: Tasks;
  readonly events: Pick<EventBridgeClient, 'send'>;
  readonly log: Pick<Logger, 'warn'>;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Between two attempts to hear of tasks that end, in milliseconds. */
const againMs = 1_000;

/** Between two looks for tasks that ended long ago, in milliseconds. */
const sweepMs = 10 * 60_000;

/**
 * Tells of tasks as they end, and removes those that ended long ago. Whatever goes wrong between: all that have stopped
 * are told of again, and whoever hears it twice takes no harm.
 */
export async function watchTasks({ tasks, events, log, signal }: Watch): Promise<void> {
  const warn = (what: string) => (error: unknown) => {
    if (!signal.aborted) log.warn(what, { error: String(error) });
  };
  const sweep = () =>
    tasks.sweep(Date.now()).catch(warn('Tasks that stopped long ago are not removed for now'));
  const sweeping = setInterval(sweep, sweepMs);
  try {
    await sweep();
    while (!signal.aborted) {
      try {
        for await (const task of tasks.ended(signal)) await tellOf(events, task);
      } catch (error) {
        warn('Tasks that stop are not told of for now')(error);
      }
      await pause(againMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    clearInterval(sweeping);
  }
}
