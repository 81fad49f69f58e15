import type { RunEvent } from '../../domain/events.ts';
import { type Verdict, verify } from '../../domain/verify.ts';
import type { App } from '../app.ts';

/** Verifies the whole log of a run: chain, payloads, head, signature, legality. */
export async function verifyRun(app: App, tenant: string, run: string): Promise<Verdict> {
  const log = app.log.forTenant(tenant);
  const events: RunEvent[] = [];
  for (let more = true; more; ) {
    const page = await log.read(run, events[events.length - 1]?.seq ?? 0);
    events.push(...page.events);
    more = page.more;
  }
  const head = await log.head(run);
  const verifySignature = (message: string, signature: { key: string; value: string }) =>
    app.signer.verify(message, signature);
  return verify({ tenant, run, events, head, verifySignature });
}
