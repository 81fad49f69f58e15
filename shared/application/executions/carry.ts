import { executionName } from '../../domain/derived-ids.ts';
import type { RunState } from '../../domain/state.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import type { App } from '../app.ts';

/**
 * Gives a run its next generation: `run.carried` first (one writer wins), then the execution (rule 5). Somebody else's
 * newer generation, or the end of the run, means that nothing is left to do here.
 */
export async function carryOn(app: App, from: RunState): Promise<void> {
  const generation = from.generation + 1;
  let state: RunState;
  try {
    state = await app.runs.update(from.tenant, from.run, (now) =>
      now.end || now.generation >= generation
        ? []
        : [{ type: 'run.carried', by: 'system', payload: { generation } }],
    );
  } catch (error) {
    if (isTandemError(error, 'run.superseded')) return;
    throw error;
  }
  if (!state.end && state.generation === generation) await startExecution(app, state);
}

/** Starts the execution of a run that has just been created; if that fails, the reconciler is asked to do it soon. */
export async function startOrAsk(app: App, state: RunState): Promise<void> {
  try {
    await startExecution(app, state);
  } catch (error) {
    await app.reconcileQueue.send({ tenant: state.tenant, run: state.run });
    throw error;
  }
}

/** Starts the execution of the run's current generation, with ids only as its input. */
export async function startExecution(app: App, { tenant, run, generation }: RunState): Promise<void> {
  await app.engine.start(executionName(run, generation), { tenant, run, generation });
}
