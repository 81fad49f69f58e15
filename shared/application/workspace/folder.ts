import { canonicalJson } from '../../domain/canonical.ts';
import type { Digest } from '../../domain/content.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { WorkspaceBlobs } from './known-folders.ts';

/** A file as its folder names it; `executable` is the one permission a workspace knows. */
export interface FileNode {
  readonly type: 'file';
  readonly digest: Digest;
  readonly size: number;
  readonly executable?: true;
}

/** A folder as its parent names it; never empty. */
interface TreeNode {
  readonly type: 'tree';
  readonly digest: Digest;
}

export type Entry = FileNode | TreeNode;

/** What a folder holds, by name. A map, because a file may be called `__proto__`. */
export type Folder = ReadonlyMap<string, Entry>;

/**
 * A folder's blob: the canonical JSON of `{entries: {name: entry}}`, so that equal folders have one digest. Spelled out
 * here because folders may be large, and each is written anew with every change in it.
 */
export function encodeFolder(folder: Folder): Buffer {
  const names = [...folder.keys()].sort();
  const entries = names.map((name) => `${canonicalJson(name)}:${encodeEntry(folder.get(name) as Entry)}`);
  return Buffer.from(`{"entries":{${entries.join(',')}}}`, 'utf8');
}

/** Digests are hexadecimal and need no escapes. */
function encodeEntry(entry: Entry): string {
  if (entry.type === 'tree') return `{"digest":"${entry.digest}","type":"tree"}`;
  const executable = entry.executable === true ? '"executable":true,' : '';
  return `{"digest":"${entry.digest}",${executable}"size":${entry.size},"type":"file"}`;
}

/** Reads a folder; `null` is the empty one. Throws `data.damaged` when its blob is missing. */
export async function readFolder(blobs: WorkspaceBlobs, digest: Digest | null): Promise<Folder> {
  if (digest === null) return new Map();
  const known = blobs.folders?.get(digest);
  if (known !== undefined) return known;
  const bytes = await blobs.get(digest);
  if (bytes === undefined) throw missing(digest);
  const { entries } = JSON.parse(new TextDecoder().decode(bytes)) as { entries: Record<string, Entry> };
  const folder = new Map(Object.entries(entries));
  blobs.folders?.set(digest, folder);
  return folder;
}

/** The error for a blob that a workspace names and the store does not have. */
export function missing(digest: Digest): TandemError {
  return new TandemError('data.damaged', {
    message: `The blob ${digest}, which a workspace names, is missing.`,
    details: { blob: digest },
  });
}
