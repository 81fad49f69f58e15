import { hasWork } from '../../domain/decide.ts';
import type { RunState } from '../../domain/state.ts';
import type { App } from '../app.ts';

/**
 * Wakes whoever waits for news of a run: called with the state after the news were appended (rule 9). The token carries
 * nothing; one that is gone is no error, but the reconciler is asked to look whether anybody still carries the run.
 */
export async function wake(app: App, state: RunState): Promise<void> {
  if (!hasWork(state)) return;
  if ((await answerToken(app, state)) !== 'gone') return;
  await app.reconcileQueue.send({ tenant: state.tenant, run: state.run });
}

/** Answers the task token on which the run's execution waits, if it waits. */
export async function answerToken(
  app: App,
  { tenant, run }: RunState,
): Promise<'accepted' | 'gone' | 'none'> {
  const waiting = await app.tokens.forTenant(tenant).get(run);
  return waiting ? app.engine.succeed(waiting.token) : 'none';
}
