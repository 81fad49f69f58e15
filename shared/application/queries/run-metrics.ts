import { Meter, type RunMetrics } from '../../domain/measure.ts';
import type { RunState } from '../../domain/state.ts';
import type { Principal } from '../../ports/identity.ts';
import type { App } from '../app.ts';
import { eachEvent } from '../runs/each-event.ts';

/** What a run has taken so far, from its whole log. */
export async function runMetrics(app: App, { tenant }: Principal, run: string): Promise<RunMetrics> {
  const meter = new Meter();
  let state: RunState | undefined;
  for await (const { before, event, after } of eachEvent(app.log, tenant, run)) {
    meter.add(before, event);
    state = after;
  }
  if (!state) throw await app.runs.absent(tenant, run);
  return meter.metrics(state, app.clock.now());
}
