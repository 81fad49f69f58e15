import { workspacePath } from '../../domain/workspace-path.ts';
import { decodeContent } from '../workspace/encoding.ts';
import { writeFile } from '../workspace/files.ts';
import type { Performer } from './performer.ts';

/** Creates or replaces a file, with the folders it needs. */
export const fileWrite: Performer<'file.write'> = async (
  { path, content, encoding = 'utf-8' },
  { tree, blobs },
) => {
  const at = workspacePath(path);
  const bytes = decodeContent(content, encoding);
  const { root, digest } = await writeFile(blobs, tree, { path: at, bytes });
  const size = bytes.byteLength;
  return {
    value: { path: at, bytesWritten: size, digest },
    request: { path: at, digest, size, encoding },
    tree: root,
  };
};
