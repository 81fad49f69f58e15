import type { EventDraft } from '../../domain/events.ts';
import { limits } from '../../domain/limits.ts';
import type { RunState } from '../../domain/state.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Principal } from '../../ports/identity.ts';
import type { RunSignal, RunView, Why } from '../api.ts';
import type { App } from '../app.ts';
import { runView } from '../queries/run-view.ts';
import { wake } from '../upkeep/wake.ts';

/** Cancels a run; a run that is being cancelled stays so. Throws `run.ended`. */
export function cancelRun(app: App, caller: Principal, run: string, why: Why): Promise<RunView> {
  return control(app, caller, run, (state) =>
    state.cancelRequested ? [] : [{ type: 'run.cancel-requested', by: actor(caller), payload: why }],
  );
}

/** Pauses a run before its next operation. Throws `run.ended`. */
export function pauseRun(app: App, caller: Principal, run: string, why: Why): Promise<RunView> {
  return control(app, caller, run, (state) =>
    state.paused ? [] : [{ type: 'run.paused', by: actor(caller), payload: why }],
  );
}

/** Lets a paused run go on. Throws `run.ended`. */
export function resumeRun(app: App, caller: Principal, run: string, why: Why): Promise<RunView> {
  return control(app, caller, run, (state) =>
    state.paused ? [{ type: 'run.resumed', by: actor(caller), payload: why }] : [],
  );
}

/** Sends a signal, which is kept until the program waits for it. Throws `run.ended` and `limit.exceeded`. */
export function signalRun(app: App, caller: Principal, run: string, signal: RunSignal): Promise<RunView> {
  assertSignalSize(signal);
  return control(app, caller, run, (state) => {
    if (state.signals.length >= limits.pendingSignals) {
      const message = `The run already keeps ${limits.pendingSignals} signals that it has not waited for`;
      throw new TandemError('limit.exceeded', { message });
    }
    return [{ type: 'signal.received', by: actor(caller), payload: signal }];
  });
}

async function control(
  app: App,
  { tenant }: Principal,
  run: string,
  change: (state: RunState) => EventDraft[],
): Promise<RunView> {
  const state = await app.runs.update(tenant, run, (now) => {
    if (now.end) throw new TandemError('run.ended', { details: { run, status: now.end.status } });
    return change(now);
  });
  await wake(app, state);
  return runView(app, state);
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
