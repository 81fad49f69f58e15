import type { Content } from '../../domain/content.ts';
import type { Directive } from '../../domain/directives.ts';
import type { EventDraft, Failure } from '../../domain/events.ts';
import { failure } from '../../domain/failure.ts';
import type { RunState } from '../../domain/state.ts';
import type { App } from '../app.ts';
import type { Advance } from './advance.ts';
import { abandonClaims } from './claims.ts';

/** The program cannot go on: the run fails. */
export function endFailed(its: Advance, error: Failure): Promise<Directive> {
  return end(its, {
    type: 'run.failed',
    by: 'run',
    payload: { error: failure(error.code, error.message, error.details) },
  });
}

/** The program has come to its end. */
export function endSucceeded(its: Advance, output: Content): Promise<Directive> {
  return end(its, { type: 'run.succeeded', by: 'run', payload: { output } });
}

/** A command that nobody waits for any more is stopped before the end stands in the log. */
async function end({ app, session }: Advance, draft: EventDraft): Promise<Directive> {
  const interrupted = await abandonClaims(app, session.state, 'The program ended without waiting for it');
  session.stage([...interrupted, draft]);
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
  const interrupted = await abandonClaims(app, state, 'The run was cancelled');
  const { by = 'system', reason } = state.cancelRequested ?? {};
  return [...interrupted, { type: 'run.cancelled', by, payload: reason === undefined ? {} : { reason } }];
}
