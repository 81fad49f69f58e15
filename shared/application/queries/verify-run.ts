import type { RunEvent } from '../../domain/events.ts';
import { verify } from '../../domain/verify.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Verification } from '../api/runs.ts';
import type { App } from '../app.ts';
import { noSuchRun } from '../runs/runs.ts';

/** Reads a run's whole log and checks it: chain, payloads, head, signature, legality. */
export async function verifyRun(app: App, { tenant }: Principal, run: string): Promise<Verification> {
  const log = app.log.forTenant(tenant);
  const head = await log.head(run);
  const found: RunEvent[] = [];
  for (let more = true; more; ) {
    const page = await log.read(run, found.length);
    found.push(...page.events);
    more = page.more && page.events.length > 0;
  }
  if (!head && found.length === 0) throw noSuchRun(run);
  const { events, findings } = verify({
    tenant,
    run,
    events: found,
    head,
    verifySignature: (message, signature) => app.signer.verify(message, signature),
  });
  return { run, events, findings, head: head ?? null };
}
