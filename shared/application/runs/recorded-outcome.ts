import type { Outcome } from '../../domain/events.ts';
import { upcast } from '../../domain/upcast.ts';
import type { App } from '../app.ts';

/** What the log holds of how an operation ended. */
export interface RecordedOutcomes {
  /** What answered it. */
  readonly outcome?: Outcome;
  /** What came too late and was noted. */
  readonly late?: Outcome;
}

/** How the log says that an operation ended; reads the whole log, since the state keeps no outcomes. */
export async function recordedOutcomes(
  app: App,
  { tenant, run, operation }: { readonly tenant: string; readonly run: string; readonly operation: number },
): Promise<RecordedOutcomes> {
  const log = app.log.forTenant(tenant);
  let recorded: RecordedOutcomes = {};
  for (let after = 0, more = true; more; ) {
    const page = await log.read(run, after);
    for (const { type, payload, seq } of page.events.map((written) => upcast(written))) {
      after = seq;
      if (type !== 'operation.completed' && type !== 'operation.late') continue;
      if (payload.operation !== operation) continue;
      const { outcome } = payload;
      recorded = { ...recorded, ...(type === 'operation.late' ? { late: outcome } : { outcome }) };
    }
    more = page.more;
  }
  return recorded;
}
