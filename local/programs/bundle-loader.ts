import type { LoadBundle } from '../../containers/program/host.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Agents } from '../../shared/ports/agents.ts';
import type { Blobs } from '../../shared/ports/blobs.ts';

/** Reads bundles from where `publish` has put them. */
export function bundleLoader(agents: Agents, blobs: Blobs): LoadBundle {
  return async (tenant, agent, version) => {
    const found = await agents.forTenant(tenant).get(agent, version);
    if (!found) {
      throw new TandemError('resource.not-found', { message: `There is no version ${version} of ${agent}.` });
    }
    const bytes = await blobs.forTenant(tenant).get(found.bundle);
    if (!bytes) {
      throw new TandemError('data.damaged', {
        message: `The bundle of ${agent} ${found.number} is missing.`,
      });
    }
    return new TextDecoder().decode(bytes);
  };
}
