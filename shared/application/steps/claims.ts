import type { EventDraft } from '../../domain/events.ts';
import type { OpenOperation, RunState } from '../../domain/state.ts';
import type { App } from '../app.ts';
import { forgetToken } from '../executions/wake.ts';

/**
 * Makes sure that every worker with a claim in this run is dead and gives the events that say so. A claim without an
 * outcome is never done again by itself (rule 8).
 */
export async function stopClaimed(app: App, state: RunState, reason: string): Promise<EventDraft[]> {
  const claimed = Object.values(state.open).filter(({ worker }) => worker !== undefined);
  return Promise.all(claimed.map((operation) => stop(app, operation, reason)));
}

/**
 * {@link stopClaimed} in a run that nobody goes on with. The token goes first: a worker that nobody can kill hears at its
 * next heartbeat that nobody waits for it, and ends its command itself.
 */
export async function abandonClaims(app: App, state: RunState, reason: string): Promise<EventDraft[]> {
  const isClaimed = Object.values(state.open).some(({ worker }) => worker !== undefined);
  if (isClaimed) await forgetToken(app, state);
  return stopClaimed(app, state, reason);
}

async function stop(app: App, { operation, worker }: OpenOperation, reason: string): Promise<EventDraft> {
  if (worker) await app.launcher.stop(worker);
  return { type: 'operation.interrupted', by: 'system', payload: { operation, reason } };
}

/** Stops and interrupts whatever is claimed, unless its outcome comes first. Returns the run as it then stands. */
export async function interruptClaims(app: App, state: RunState, reason: string): Promise<RunState> {
  const drafts = await stopClaimed(app, state, reason);
  if (drafts.length === 0) return state;
  return app.runs.update(state.tenant, state.run, (now) =>
    now.end
      ? []
      : drafts.filter(
          (draft) =>
            draft.type === 'operation.interrupted' && now.open[draft.payload.operation]?.worker !== undefined,
        ),
  );
}
