import type { Content, Digest } from '../../domain/content.ts';
import { limits } from '../../domain/limits.ts';
import type { OperationArguments } from '../../domain/operations.ts';
import { workspaceFolder } from '../../domain/workspace-path.ts';
import type { TenantBlobs } from '../../ports/blobs.ts';
import type { CommandInput, InputFile } from '../../protocol/report.ts';
import { reportLimits } from '../../protocol/report-limits.ts';
import { fromContent } from '../content.ts';
import { type ListedFile, listFiles } from '../workspace/list-files.ts';

/** How long a worker may take to fetch its input or to upload a result, in seconds. */
const transferSeconds = 900;

/**
 * What a worker that has claimed a command is given: the command, and the workspace of the run as it is now.
 * `request` is that of `operation.requested`; its arguments were checked when they were recorded.
 */
export async function commandInput(
  blobs: TenantBlobs,
  { request, tree }: { request: Content; tree: Digest | null },
): Promise<CommandInput> {
  const args = (await fromContent(blobs, request)) as unknown as OperationArguments['command.run'];
  return {
    command: args.command,
    cwd: workspaceFolder(args.cwd),
    env: args.env ?? {},
    timeoutMs: args.timeoutMs ?? limits.commandTimeoutMs.default,
    files: await inputFiles(blobs, await listFiles(blobs, tree)),
  };
}

/** PUT addresses for those blobs that are not stored yet, by digest. */
export async function uploadUrls(
  blobs: TenantBlobs,
  digests: readonly Digest[],
): Promise<Record<Digest, string>> {
  const urls = await Promise.all(
    [...new Set(digests)].map(async (digest) => {
      if ((await blobs.size(digest)) !== undefined) return [];
      return [[digest, await blobs.signedUrl(digest, { method: 'PUT', expiresIn: transferSeconds })]];
    }),
  );
  return Object.fromEntries(urls.flat());
}

async function inputFiles(blobs: TenantBlobs, listed: readonly ListedFile[]): Promise<CommandInput['files']> {
  const files = await Promise.all(listed.map((file) => withUrl(blobs, file)));
  const text = Buffer.from(JSON.stringify(files), 'utf8');
  if (text.byteLength <= reportLimits.listBytes) return files;
  const { blob } = await blobs.put(text);
  return { url: await downloadUrl(blobs, blob), digest: blob };
}

async function withUrl(blobs: TenantBlobs, file: ListedFile): Promise<InputFile> {
  return { ...file, url: await downloadUrl(blobs, file.digest) };
}

function downloadUrl(blobs: TenantBlobs, digest: Digest): Promise<string> {
  return blobs.signedUrl(digest, { method: 'GET', expiresIn: transferSeconds });
}
