import { limits } from '../../domain/limits.ts';
import { workspacePath } from '../../domain/workspace-path.ts';
import { decodeText, encodeBase64 } from '../workspace/encoding.ts';
import { readFile } from '../workspace/files.ts';
import type { Performer } from './performer.ts';

/** Gives a file as UTF-8 text (default) or base64. */
export const fileRead: Performer<'file.read'> = async ({ path, encoding = 'utf-8' }, { tree, blobs }) => {
  const at = workspacePath(path);
  const bytes = await readFile(blobs, tree, at, limits.fileBytes);
  const content = encoding === 'utf-8' ? decodeText(at, bytes) : encodeBase64(bytes);
  return { value: { path: at, content, encoding, size: bytes.byteLength } };
};
