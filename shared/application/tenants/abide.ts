import type { EventDraft } from '../../domain/events.ts';
import type { RunState } from '../../domain/state.ts';
import type { App } from '../app.ts';

/**
 * Brings a run into line with its tenant: paused while that is suspended, and resumed after it if nobody else has paused
 * it. The tenant is looked at again once the event stands: whoever suspends or resumes looks at the runs after that, so
 * whichever of the two comes second sees the other.
 */
export async function abide(app: App, state: RunState): Promise<RunState> {
  const { tenant, run } = state;
  for (let now = state; ; ) {
    const found = await app.records.find('tenant', tenant);
    const isSuspended = found?.status === 'suspended';
    if (draftsOf(now, isSuspended, found?.reason).length === 0) return now;
    now = await app.runs.update(tenant, run, (latest) => draftsOf(latest, isSuspended, found?.reason));
  }
}

function draftsOf(state: RunState, isSuspended: boolean, why: string | undefined): EventDraft[] {
  if (state.end) return [];
  if (!isSuspended) {
    const reason = 'The tenant is no longer suspended';
    return state.suspended ? [{ type: 'run.resumed', by: 'system', payload: { reason } }] : [];
  }
  // Cancelling goes before pausing, and does no work.
  if (state.paused || state.cancelRequested) return [];
  const reason = `The tenant is suspended${why === undefined ? '' : `: ${why}`}`;
  return [{ type: 'run.paused', by: 'system', payload: { reason, suspension: true } }];
}
