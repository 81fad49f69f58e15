import type { Outcome } from '../../domain/events.ts';
import { upcast } from '../../domain/upcast.ts';
import type { App } from '../app.ts';

/** The outcome that the log holds for an operation, if it has one; reads the whole log, since the state keeps none. */
export async function recordedOutcome(
  app: App,
  { tenant, run, operation }: { readonly tenant: string; readonly run: string; readonly operation: number },
): Promise<Outcome | undefined> {
  const log = app.log.forTenant(tenant);
  for (let after = 0, more = true; more; ) {
    const page = await log.read(run, after);
    for (const { type, payload, seq } of page.events.map((written) => upcast(written))) {
      if (type === 'operation.completed' && payload.operation === operation) return payload.outcome;
      after = seq;
    }
    more = page.more;
  }
  return undefined;
}
