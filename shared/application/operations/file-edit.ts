import { limits } from '../../domain/limits.ts';
import { workspacePath } from '../../domain/workspace-path.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import { decodeContent, decodeText } from '../workspace/encoding.ts';
import { readFile, writeFile } from '../workspace/files.ts';
import type { Performer } from './performer.ts';

/** Replaces literal text: each edit the first match, in order, on the text that the edits before left; all or none. */
export const fileEdit: Performer<'file.edit'> = async ({ path, edits }, { tree, blobs }) => {
  const at = workspacePath(path);
  let text = decodeText(at, await readFile(blobs, tree, at, limits.fileBytes));
  for (const [index, edit] of edits.entries()) {
    text = replaceFirst(text, edit) ?? noMatch(at, index);
  }
  const { root, digest } = await writeFile(blobs, tree, { path: at, bytes: decodeContent(text, 'utf-8') });
  return { value: { path: at, editsApplied: edits.length, digest }, tree: root };
};

/** Not `String.replace`: there `$&` in the new text has a meaning. */
function replaceFirst(
  text: string,
  { oldContent, newContent }: { oldContent: string; newContent: string },
): string | undefined {
  const start = text.indexOf(oldContent);
  if (start < 0) return undefined;
  return text.slice(0, start) + newContent + text.slice(start + oldContent.length);
}

function noMatch(path: string, index: number): never {
  throw new TandemError('file.no-match', {
    message: `Edit ${index + 1} does not apply to ${path}: its old text is not there. No edit was made.`,
    details: { path, edit: index + 1 },
  });
}
