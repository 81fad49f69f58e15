import { workspacePath } from '../../domain/workspace-path.ts';
import { deleteFile } from '../workspace/files.ts';
import type { Performer } from './performer.ts';

/** Removes a file; folders go when their last file goes. */
export const fileDelete: Performer<'file.delete'> = async ({ path }, { tree, blobs }) => {
  const at = workspacePath(path);
  return { value: { path: at }, tree: await deleteFile(blobs, tree, at) };
};
