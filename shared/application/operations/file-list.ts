import { workspaceFolder } from '../../domain/workspace-path.ts';
import { listFiles } from '../workspace/list-files.ts';
import type { Performer } from './performer.ts';

/** Lists all files at and below a path, sorted. */
export const fileList: Performer<'file.list'> = async ({ path }, { tree, blobs }) => {
  const files = await listFiles(blobs, tree, workspaceFolder(path));
  return { value: { files: files.map(({ path, digest, size }) => ({ path, digest, size })) } };
};
