import type { Directive } from '../../domain/directives.ts';
import type { EventDraft, Failure } from '../../domain/events.ts';
import type { RunState } from '../../domain/state.ts';
import type { App } from '../app.ts';
import type { Advance } from './advance.ts';
import { stopClaimed } from './claims.ts';

/** The program cannot go on: the run fails. */
export async function endFailed({ session }: Advance, error: Failure): Promise<Directive> {
  session.stage([{ type: 'run.failed', by: 'run', payload: { error } }]);
  await session.commit();
  return { kind: 'finish' };
}

/** Somebody has cancelled the run: what runs is stopped for certain before the end stands in the log. */
export async function endCancelled({ app, session }: Advance): Promise<Directive> {
  session.stage(await cancelDrafts(app, session.state));
  await session.commit();
  return { kind: 'finish' };
}

/** The events that end a cancelled run, once everything that ran has been stopped. */
export async function cancelDrafts(app: App, state: RunState): Promise<EventDraft[]> {
  const interrupted = await stopClaimed(app, state, 'The run was cancelled');
  const { by = 'system', reason } = state.cancelRequested ?? {};
  return [...interrupted, { type: 'run.cancelled', by, payload: reason === undefined ? {} : { reason } }];
}
