import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { Artifact } from '../../../shared/protocol/artifacts.ts';
import type { TandemClient } from '../../sdk/client.ts';
import { fileProblem } from '../saving/file-problem.ts';
import { makeFolder } from '../saving/make-folder.ts';
import { localPath } from './local-path.ts';

export interface SavedArtifact extends Artifact {
  /** Where it lies now; absolute. */
  readonly file: string;
}

/**
 * Saves artefacts below a folder, each under its name; bytes that are not what the log says are refused. Throws
 * `data.permission` or `data.full` where they cannot lie.
 */
export async function saveArtifacts(
  client: TandemClient,
  { run, artifacts, folder }: { run: string; artifacts: readonly Artifact[]; folder: string },
): Promise<SavedArtifact[]> {
  const saved: SavedArtifact[] = [];
  for (const artifact of artifacts) {
    const bytes = await client.downloadArtifact(run, artifact.name);
    assertDigest(artifact, bytes);
    const file = join(folder, localPath(artifact.name));
    await save(file, bytes);
    saved.push({ ...artifact, file });
  }
  return saved;
}

async function save(file: string, bytes: Uint8Array): Promise<void> {
  try {
    makeFolder(dirname(file));
    await writeFile(file, bytes);
  } catch (error) {
    throw fileProblem(error, file);
  }
}

function assertDigest({ name, blob }: Artifact, bytes: Uint8Array): void {
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest === blob) return;
  throw new TandemError('data.damaged', {
    message: `The bytes of ${name} are not those that the run has recorded`,
    details: { expected: blob, received: digest },
  });
}
