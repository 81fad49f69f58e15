import { decide } from '../../domain/decide.ts';
import { readLaunchName } from '../../domain/launch-name.ts';
import type { RunState } from '../../domain/state.ts';
import type { App } from '../app.ts';
import { interruptClaims } from '../steps/claims.ts';

/** A task that has stopped, as the service that ran it says. */
export interface StoppedTask {
  /** What its claim names, if it made one. */
  readonly arn: string;
  /** As the launcher has it started: a `launchName`. Tasks of others are no business of ours. */
  readonly startedBy: string;
  /** Why, in the words of the service; for the log. */
  readonly reason?: string;
}

/**
 * A worker is gone for certain: its claim is interrupted, and the execution that waits for it goes on at once. One that
 * went before it claimed anything has done nothing: the execution waits on, and whoever looks at the run launches another.
 * A task that has reported, or that another one has replaced, is no news. May be repeated at will.
 */
export async function taskStopped(app: App, task: StoppedTask): Promise<'interrupted' | 'asked' | 'nothing'> {
  const which = readLaunchName(task.startedBy);
  const state = which && (await app.runs.find(which.tenant, which.run));
  const open = which && state?.open[which.operation];
  if (!state || state.end || !open) return 'nothing';
  if (open.worker === undefined) return relaunch(app, state, which);
  if (open.worker.kind !== 'task' || open.worker.id !== task.arn) return 'nothing';
  const reason = task.reason ? `Its task stopped: ${task.reason}` : 'Its task stopped';
  const after = await interruptClaims(app, state, reason.slice(0, 1_000));
  await answer(app, after);
  return 'interrupted';
}

/** Wakes the execution: what it finds in the log, dispatch does again. */
async function relaunch(
  app: App,
  state: RunState,
  { operation }: { operation: number },
): Promise<'asked' | 'nothing'> {
  const directive = decide(state);
  if (directive.kind !== 'command' || directive.operation !== operation) return 'nothing';
  if (await app.launcher.launched({ tenant: state.tenant, run: state.run, operation })) return 'nothing';
  await answer(app, state);
  return 'asked';
}

/** Answers whoever waits; when nobody can be woken the reconciler looks at the run. */
async function answer(app: App, state: RunState): Promise<void> {
  const waiting = await app.tokens.forTenant(state.tenant).get(state.run);
  const answered = waiting ? await app.engine.succeed(waiting.token).catch(() => 'failed' as const) : 'none';
  if (answered === 'accepted') return;
  await app.reconcileQueue.send({ tenant: state.tenant, run: state.run });
}
