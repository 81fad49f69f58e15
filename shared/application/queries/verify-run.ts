import { LogVerifier } from '../../domain/verify.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Verification } from '../api/runs.ts';
import type { App } from '../app.ts';
import { noSuchRun } from '../runs/runs.ts';

/** Reads a run's whole log and checks it: chain, payloads, head, signature, legality. */
export async function verifyRun(app: App, { tenant }: Principal, run: string): Promise<Verification> {
  const log = app.log.forTenant(tenant);
  const head = await log.head(run);
  const verifier = new LogVerifier({
    tenant,
    run,
    verifySignature: (message, signature) => app.signer.verify(message, signature),
  });
  let read = 0;
  for (let more = true; more; ) {
    const page = await log.read(run, read);
    for (const event of page.events) if (verifier.next(event)) break;
    read += page.events.length;
    more = page.more && page.events.length > 0;
  }
  if (!head && read === 0) throw noSuchRun(run);
  const { events, findings } = verifier.end(head);
  return { run, events, findings, head: head ?? null };
}
