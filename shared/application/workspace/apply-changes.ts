import { sha256 } from '../../domain/canonical.ts';
import type { Digest } from '../../domain/content.ts';
import { type Entry, encodeFolder, type FileNode, type Folder, readFolder } from './folder.ts';
import type { WorkspaceBlobs } from './known-folders.ts';
import { fileInTheWay, folderInTheWay } from './workspace-errors.ts';

/** A file that is there now, its bytes being a blob already, or one that is gone. Paths as `workspacePath` gives them. */
export type WorkspaceChange =
  | {
      readonly path: string;
      readonly digest: Digest;
      readonly size: number;
      /** Default: as the file that it replaces. */
      readonly executable?: boolean;
    }
  | { readonly path: string; readonly deleted: true };

/**
 * The tree `root` with changes applied, in one pass that touches only the folders on their paths. Of several changes
 * to one path the last counts; deleting what is not there changes nothing; folders that become empty vanish.
 * Returns the new root, durable, or `null` when nothing is left. Throws `file.conflict` when a file is wanted where a
 * folder stays, or a folder where a file stays.
 */
export async function applyChanges(
  blobs: WorkspaceBlobs,
  root: Digest | null,
  changes: readonly WorkspaceChange[],
): Promise<Digest | null> {
  const written = new Map<Digest, WrittenFolder>();
  const changed = await changeFolder({ blobs, written }, { digest: root, path: '' }, planOf(changes));
  await Promise.all([...written.values()].map(({ bytes }) => blobs.put(bytes)));
  for (const [digest, { folder }] of written) blobs.folders?.set(digest, folder);
  return changed;
}

/** The changes of one folder, by name: to the entry itself and to what is below it. */
type Plan = Map<string, { own?: WorkspaceChange; below?: Plan }>;

function planOf(changes: readonly WorkspaceChange[]): Plan {
  const plan: Plan = new Map();
  for (const change of changes) {
    const segments = change.path.split('/');
    const name = segments.pop() as string;
    const folder = segments.reduce((above, segment) => {
      const step = stepFor(above, segment);
      step.below ??= new Map();
      return step.below;
    }, plan);
    stepFor(folder, name).own = change;
  }
  return plan;
}

function stepFor(plan: Plan, name: string) {
  const known = plan.get(name);
  if (known !== undefined) return known;
  const step: { own?: WorkspaceChange; below?: Plan } = {};
  plan.set(name, step);
  return step;
}

interface Work {
  readonly blobs: WorkspaceBlobs;
  /** New folders, stored together at the end: none of them counts before the root is known. */
  readonly written: Map<Digest, WrittenFolder>;
}

interface WrittenFolder {
  readonly folder: Folder;
  readonly bytes: Uint8Array;
}

interface Place {
  readonly digest: Digest | null;
  readonly path: string;
}

async function changeFolder(work: Work, place: Place, plan: Plan): Promise<Digest | null> {
  const entries = new Map(await readFolder(work.blobs, place.digest));
  for (const [name, step] of plan) {
    const path = place.path === '' ? name : `${place.path}/${name}`;
    const entry = await changeEntry(work, { path, entry: entries.get(name) }, step);
    if (entry === undefined) entries.delete(name);
    else entries.set(name, entry);
  }
  if (entries.size === 0) return null;
  const bytes = encodeFolder(entries);
  const digest = sha256(bytes);
  if (digest !== place.digest) work.written.set(digest, { folder: entries, bytes });
  return digest;
}

/** Deletions come first, so that a file can become a folder and the reverse in one set of changes. */
async function changeEntry(
  work: Work,
  { path, entry }: { path: string; entry: Entry | undefined },
  { own, below }: { own?: WorkspaceChange; below?: Plan },
): Promise<Entry | undefined> {
  const deleted = own !== undefined && 'deleted' in own;
  let left = deleted && entry?.type === 'file' ? undefined : entry;
  if (below !== undefined) left = await changeBelow(work, { path, entry: left }, below);
  if (own === undefined || 'deleted' in own) return left;
  if (left?.type === 'tree') throw folderInTheWay(path);
  return fileNode(own, entry);
}

async function changeBelow(
  work: Work,
  { path, entry }: { path: string; entry: Entry | undefined },
  below: Plan,
): Promise<Entry | undefined> {
  if (entry?.type === 'file') {
    if (writes(below)) throw fileInTheWay(path);
    return entry;
  }
  const digest = await changeFolder(work, { path, digest: entry?.digest ?? null }, below);
  return digest === null ? undefined : { type: 'tree', digest };
}

function writes(plan: Plan): boolean {
  return [...plan.values()].some(
    ({ own, below }) => (own !== undefined && !('deleted' in own)) || (below !== undefined && writes(below)),
  );
}

function fileNode(
  change: Exclude<WorkspaceChange, { deleted: true }>,
  replaced: Entry | undefined,
): FileNode {
  const { digest, size } = change;
  const wasExecutable = replaced?.type === 'file' && replaced.executable === true;
  const node = { type: 'file', digest, size } as const;
  return (change.executable ?? wasExecutable) ? { ...node, executable: true } : node;
}
