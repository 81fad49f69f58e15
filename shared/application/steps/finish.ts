import type { Failure } from '../../domain/events.ts';
import { failure } from '../../domain/failure.ts';
import type { RunState } from '../../domain/state.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import type { App } from '../app.ts';
import { forgetToken } from '../executions/wake.ts';
import type { Step } from '../step.ts';
import { abandonClaims } from './claims.ts';
import { cancelDrafts } from './end.ts';
import { tidy } from './tidy.ts';

/** A step that ended in an error, as the state machine's Catch hands it on. */
export interface FailedStep extends Step {
  readonly error?: { readonly Error?: string; readonly Cause?: string };
}

/**
 * Ends the execution. Asks the log, and ends the run as failed only if it has not ended (rule 17); then tells whoever
 * has to know. Repeating it changes nothing.
 */
export async function finish(app: App, step: FailedStep): Promise<void> {
  const state = await app.runs.load(step.tenant, step.run);
  if (state.generation !== step.generation && !state.end) return;
  const ended = state.end ? state : await end(app, state, step);
  app.programs.forTenant(step.tenant).release(step.run);
  await Promise.all([forgetToken(app, ended), tidy(app, ended)]);
}

async function end(app: App, state: RunState, step: FailedStep): Promise<RunState> {
  const drafts = state.cancelRequested
    ? await cancelDrafts(app, state)
    : [
        ...(await abandonClaims(app, state, 'The run could not be carried on')),
        { type: 'run.failed', by: 'system', payload: { error: failureOf(step) } } as const,
      ];
  const sealed = app.runs.seal(state, drafts);
  try {
    await app.runs.append(state, sealed);
    return sealed.state;
  } catch (error) {
    if (!isTandemError(error, 'log.conflict')) throw error;
    const now = await app.runs.load(state.tenant, state.run);
    return now.end || now.generation !== step.generation ? now : end(app, now, step);
  }
}

/** What the engine says of the step that failed: without the trace, which is in the server's log. */
function failureOf({ error }: FailedStep): Failure {
  const name = error?.Error ?? 'unknown';
  const cause = messageIn(error?.Cause) ?? 'The execution ended without a cause';
  const details = { error: name, cause: cause.slice(0, 4_000) };
  return failure('run.failed', `The run could not be carried on: ${cause}`, details);
}

/** A function's error crosses as JSON text, as Lambda writes it. */
function messageIn(cause: string | undefined): string | undefined {
  try {
    const { errorMessage } = JSON.parse(cause ?? '') as { errorMessage?: unknown };
    return typeof errorMessage === 'string' ? errorMessage : cause;
  } catch {
    return cause;
  }
}
