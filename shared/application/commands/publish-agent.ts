import type { AgentVersion } from '../../domain/audit/records.ts';
import { canonicalJson, sha256 } from '../../domain/canonical.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Publication } from '../api/agents.ts';
import type { App } from '../app.ts';

/**
 * Stores an immutable version: its digest covers the bundle and everything else that decides how it runs (rule 14).
 * Publishing the same again is no change; throws `version.conflict` for other content under the same number.
 */
export async function publishAgent(
  app: App,
  caller: Principal,
  publication: Publication,
): Promise<AgentVersion> {
  const { tenant, subject } = caller;
  const { agent, number, description, bundle, operationsPerStep, roleRequired } = publication;
  const { blob, size } = await app.blobs.forTenant(tenant).put(Buffer.from(bundle, 'utf8'));
  const optional = {
    ...(description === undefined ? {} : { description }),
    ...(operationsPerStep === undefined ? {} : { operationsPerStep }),
    ...(roleRequired === undefined ? {} : { roleRequired }),
  };
  const content = { agent, number, brain: 'program', bundle: blob, ...optional } as const;
  const digest = sha256(canonicalJson(content));
  const agents = app.agents.forTenant(tenant);
  await app.audit.update(tenant, async () => {
    const published = await agents.get(agent, number);
    if (published === undefined) {
      const payload = { ...content, digest, bundleSize: size };
      return [{ type: 'agent.published', by: `user:${subject}`, payload }];
    }
    if (published.digest === digest) return [];
    throw new TandemError('version.conflict', {
      message: `${agent} ${number} exists with other content.`,
      details: { agent, number, published: published.digest, digest },
    });
  });
  return (await agents.get(agent, number)) as AgentVersion;
}
