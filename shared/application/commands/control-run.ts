import type { EventDraft } from '../../domain/events.ts';
import { limits } from '../../domain/limits.ts';
import type { RunState } from '../../domain/state.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { IdempotencyRecord } from '../../ports/event-log.ts';
import type { Principal } from '../../ports/identity.ts';
import type { RunSignal, RunView, SignalledRun, Why } from '../api/runs.ts';
import type { App } from '../app.ts';
import { wake } from '../executions/wake.ts';
import { runView } from '../queries/run-view.ts';
import { earlierRun, idempotencyRecord } from './idempotency.ts';

/** Cancels a run; a run that is being cancelled stays so. Throws `run.ended`. */
export function cancelRun(app: App, caller: Principal, run: string, why: Why): Promise<RunView> {
  const drafts = (state: RunState): EventDraft[] =>
    state.cancelRequested ? [] : [{ type: 'run.cancel-requested', by: actor(caller), payload: why }];
  return control(app, caller, { run, drafts });
}

/** Pauses a run before its next operation. Throws `run.ended`. */
export function pauseRun(app: App, caller: Principal, run: string, why: Why): Promise<RunView> {
  const drafts = (state: RunState): EventDraft[] =>
    state.paused ? [] : [{ type: 'run.paused', by: actor(caller), payload: why }];
  return control(app, caller, { run, drafts });
}

/** Lets a paused run go on. Throws `run.ended`. */
export function resumeRun(app: App, caller: Principal, run: string, why: Why): Promise<RunView> {
  const drafts = (state: RunState): EventDraft[] =>
    state.paused ? [{ type: 'run.resumed', by: actor(caller), payload: why }] : [];
  return control(app, caller, { run, drafts });
}

/**
 * Sends a signal, which is kept until the program waits for it; under a key it is sent once. Throws `run.ended`,
 * `limit.exceeded`, `request.too-large` and `idempotency.conflict`.
 */
export async function signalRun(
  app: App,
  caller: Principal,
  run: string,
  { idempotency, ...signal }: RunSignal,
): Promise<SignalledRun> {
  assertSignalSize(signal);
  const record = idempotencyRecord(app, caller, { route: 'signalRun', idempotency, resource: () => run });
  const earlier = record && (await replay(app, caller, record));
  if (earlier) return earlier;
  const drafts = (state: RunState): EventDraft[] => {
    assertRoomForSignal(state);
    return [{ type: 'signal.received', by: actor(caller), payload: signal }];
  };
  try {
    return { run: await control(app, caller, { run, drafts, record }), replayed: false };
  } catch (error) {
    // Of two requests under the same key at once the other one may have been first, and the last that was possible.
    const other = record && (await replay(app, caller, record));
    if (other) return other;
    throw error;
  }
}

/** The run as it is, if an earlier request under the same key has sent the signal. */
async function replay(
  app: App,
  { tenant }: Principal,
  record: IdempotencyRecord,
): Promise<SignalledRun | undefined> {
  const run = await earlierRun(app, tenant, record);
  if (run === undefined) return undefined;
  if (run !== record.resource) throw new TandemError('idempotency.conflict', { details: { run } });
  return { run: await runView(app, await app.runs.load(tenant, run)), replayed: true };
}

interface Change {
  readonly run: string;
  readonly drafts: (state: RunState) => EventDraft[];
  readonly record?: IdempotencyRecord | undefined;
}

async function control(app: App, { tenant }: Principal, { run, drafts, record }: Change): Promise<RunView> {
  const change = (now: RunState): EventDraft[] => {
    if (now.end) throw new TandemError('run.ended', { details: { run, status: now.end.status } });
    return drafts(now);
  };
  const state = await app.runs.update(tenant, run, change, record);
  await wake(app, state);
  return runView(app, state);
}

function assertRoomForSignal({ signals }: RunState): void {
  if (signals.length < limits.pendingSignals) return;
  const message = `The run already keeps ${limits.pendingSignals} signals that it has not waited for`;
  throw new TandemError('limit.exceeded', { message });
}

function assertSignalSize({ payload }: RunSignal): void {
  const bytes = Buffer.byteLength(JSON.stringify(payload));
  if (bytes <= limits.signalBytes) return;
  throw new TandemError('request.too-large', {
    message: `The payload of a signal may have ${limits.signalBytes} bytes; this one has ${bytes}`,
    details: { limit: limits.signalBytes, bytes },
  });
}

function actor({ subject }: Principal): string {
  return `user:${subject}`;
}
