import { sha256 } from '../domain/canonical.ts';
import type { TenantBlobs } from '../ports/blobs.ts';
import type { ChangedFile, CommandInput, InputFile } from '../protocol/report.ts';

/** The workspace that a scripted command is given, by path; it may be changed. */
export async function fetchWorkspace(
  blobs: TenantBlobs,
  input: CommandInput,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const { path, digest } of await listOf(blobs, input)) files.set(path, await stored(blobs, digest));
  return files;
}

/** What a scripted command changed, sorted by path. */
export async function workspaceChanges(
  blobs: TenantBlobs,
  { input, files }: { readonly input: CommandInput; readonly files: ReadonlyMap<string, Uint8Array> },
): Promise<ChangedFile[]> {
  const before = new Map((await listOf(blobs, input)).map(({ path, digest }) => [path, digest]));
  const changed: ChangedFile[] = [...files]
    .map(([path, bytes]) => ({ path, digest: sha256(bytes), size: bytes.byteLength }))
    .filter(({ path, digest }) => before.get(path) !== digest);
  for (const path of before.keys()) if (!files.has(path)) changed.push({ path, deleted: true });
  return changed.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function listOf(blobs: TenantBlobs, { files }: CommandInput): Promise<readonly InputFile[]> {
  if (!('url' in files)) return files;
  return JSON.parse(new TextDecoder().decode(await stored(blobs, files.digest))) as InputFile[];
}

async function stored(blobs: TenantBlobs, digest: string): Promise<Uint8Array> {
  const bytes = await blobs.get(digest);
  if (!bytes) throw new Error(`The blob ${digest} is missing`);
  return bytes;
}
