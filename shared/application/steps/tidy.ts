import { childRunId } from '../../domain/derived-ids.ts';
import { needsTidying } from '../../domain/due.ts';
import type { Outcome } from '../../domain/events.ts';
import type { RunState } from '../../domain/state.ts';
import type { App } from '../app.ts';
import { fromContent, toContent } from '../content.ts';
import { wake } from '../executions/wake.ts';
import { requestCancel } from './children.ts';

/** Tells everybody whom the end of a run concerns: its parent gets the answer, its children are cancelled. */
export async function tidy(app: App, state: RunState): Promise<void> {
  if (!state.end || !needsTidying(state)) return;
  await Promise.all([answerParent(app, state), cancelChildren(app, state)]);
  await app.projections.reschedule({ tenant: state.tenant, run: state.run, checkAt: null });
}

async function answerParent(app: App, { tenant, run, parent, end }: RunState): Promise<void> {
  if (!parent || !end) return;
  const { operation } = parent;
  const outcome = await outcomeOf(app, tenant, run, end);
  const answered = await app.runs.update(tenant, parent.run, (state) =>
    state.end || !state.open[operation]
      ? []
      : [{ type: 'operation.completed', by: `run:${run}`, payload: { operation, outcome } }],
  );
  await wake(app, answered);
}

async function outcomeOf(
  app: App,
  tenant: string,
  run: string,
  end: NonNullable<RunState['end']>,
): Promise<Outcome> {
  if (end.status === 'failed') return { ok: false, error: end.error };
  if (end.status === 'cancelled') {
    return { ok: false, error: { code: 'run.cancelled', message: `The called run ${run} was cancelled` } };
  }
  const blobs = app.blobs.forTenant(tenant);
  return { ok: true, value: await toContent(blobs, { run, output: await fromContent(blobs, end.output) }) };
}

async function cancelChildren(app: App, state: RunState): Promise<void> {
  const calls = Object.values(state.open).filter(({ kind }) => kind === 'agent.call');
  await Promise.all(calls.map(({ operation }) => cancelChild(app, state, childRunId(state.run, operation))));
}

async function cancelChild(app: App, { tenant, run }: RunState, child: string): Promise<void> {
  if (!(await app.runs.find(tenant, child))) return;
  await wake(app, await requestCancel(app, { tenant, run: child }, run));
}
