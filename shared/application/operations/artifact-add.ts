import { workspacePath } from '../../domain/workspace-path.ts';
import { findFile } from '../workspace/find.ts';
import { mediaTypeOf } from './media-type.ts';
import type { Performer } from './performer.ts';

/** Declares a workspace file to be a result of the run: the content it has now, whatever becomes of the file. */
export const artifactAdd: Performer<'artifact.add'> = async ({ path, name, mediaType }, { tree, blobs }) => {
  const at = workspacePath(path);
  const { digest, size } = await findFile(blobs, tree, at);
  const labels = { name: name ?? at.slice(at.lastIndexOf('/') + 1), mediaType: mediaType ?? mediaTypeOf(at) };
  return {
    value: { ...labels, path: at, digest, size },
    artifact: { ...labels, path: at, blob: digest, size },
  };
};
