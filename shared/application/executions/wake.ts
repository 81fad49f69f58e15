import { hasWork } from '../../domain/decide.ts';
import { settle } from '../../domain/settle.ts';
import type { RunState } from '../../domain/state.ts';
import type { WaitToken } from '../../ports/wait-tokens.ts';
import { type App, isoNow } from '../app.ts';

/** Whether a program that has been given so many answers has something to hear or to do. */
export function hasNews(app: App, state: RunState, { told }: Pick<WaitToken, 'told'>): boolean {
  const isUnheard = !state.paused && state.answered > told;
  return isUnheard || hasWork(state) || settle(state, isoNow(app)).length > 0;
}

/**
 * Wakes whoever waits for news of a run: called with the state after the news were appended (rule 9). The token carries
 * nothing. Never fails: the news stand. When nobody can be woken the reconciler is asked to look whether anybody still
 * carries the run; when that fails too, it finds out by itself.
 */
export async function wake(app: App, state: RunState): Promise<void> {
  const { tenant, run } = state;
  const answered = await answerToken(app, state).catch(() => 'failed' as const);
  // Nobody needs to carry a run that has ended; asking would go back and forth between parent and child for ever.
  if (state.end || (answered !== 'gone' && answered !== 'failed')) return;
  await app.reconcileQueue.send({ tenant, run }).catch(() => {});
}

/** Answers the task token on which the run's execution waits, if it waits and there are news. */
export async function answerToken(app: App, state: RunState): Promise<'accepted' | 'gone' | 'none'> {
  const waiting = await app.tokens.forTenant(state.tenant).get(state.run);
  return waiting && hasNews(app, state, waiting) ? app.engine.succeed(waiting.token) : 'none';
}

/** Nobody waits for news of a run that has ended: the token it waited on last is forgotten. */
export async function forgetToken(
  app: App,
  { tenant, run }: Pick<RunState, 'tenant' | 'run'>,
): Promise<void> {
  const tokens = app.tokens.forTenant(tenant);
  const waited = await tokens.get(run);
  if (waited) await tokens.delete(waited);
}
