import type { ArtifactRow } from '../../domain/projections.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Principal } from '../../ports/identity.ts';
import type { App } from '../app.ts';

/** How long the address of an artefact works, in seconds. */
const addressSeconds = 300;

export async function listArtifacts(
  app: App,
  { tenant }: Principal,
  run: string,
): Promise<readonly ArtifactRow[]> {
  await app.runs.mustExist(tenant, run);
  return app.projections.forTenant(tenant).artifacts(run);
}

/** A signed address of the artefact's bytes. */
export async function artifactUrl(app: App, caller: Principal, run: string, name: string): Promise<string> {
  const artifacts = await listArtifacts(app, caller, run);
  const artifact = artifacts.find((row) => row.name === name);
  if (!artifact) throw new TandemError('resource.not-found', { message: `The run has no artefact ${name}` });
  const { blob, mediaType } = artifact;
  const options = { method: 'GET', expiresIn: addressSeconds, mediaType, filename: name } as const;
  return app.blobs.forTenant(caller.tenant).signedUrl(blob, options);
}
