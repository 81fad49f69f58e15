import { canonicalJson, sha256 } from '../../domain/canonical.ts';
import type { AgentVersion } from '../../ports/agents.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Publication } from '../api/agents.ts';
import { type App, isoNow } from '../app.ts';

/**
 * Stores an immutable version: its digest covers the bundle and everything else that decides how it runs (rule 14).
 * Publishing the same again is no change; throws `version.conflict` for other content under the same number.
 */
export async function publishAgent(
  app: App,
  caller: Principal,
  publication: Publication,
): Promise<AgentVersion> {
  const { agent, number, description, bundle, operationsPerStep } = publication;
  const { blob, size } = await app.blobs.forTenant(caller.tenant).put(Buffer.from(bundle, 'utf8'));
  const optional = {
    ...(description === undefined ? {} : { description }),
    ...(operationsPerStep === undefined ? {} : { operationsPerStep }),
  };
  const content = { agent, number, brain: 'program', bundle: blob, ...optional } as const;
  return app.agents.forTenant(caller.tenant).publish({
    ...content,
    tenant: caller.tenant,
    digest: sha256(canonicalJson(content)),
    bundleSize: size,
    publishedAt: isoNow(app),
    publishedBy: caller.subject,
  });
}
