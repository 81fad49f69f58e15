import type { ArtifactRow } from '../../domain/projections.ts';
import type { Principal } from '../../ports/identity.ts';

export interface ArtifactUseCases {
  listArtifacts(caller: Principal, run: string): Promise<readonly ArtifactRow[]>;
  /** A signed address of the artefact's bytes. */
  artifactUrl(caller: Principal, run: string, name: string): Promise<string>;
}
