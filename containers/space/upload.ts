import { reportLimits } from '../../shared/protocol/report-limits.ts';
import { checksumHeader } from '../../shared/protocol/upload-headers.ts';
import { each } from './each.ts';
import { CommandFailure } from './failure.ts';
import type { ReportLine } from './report.ts';
import { askStore } from './store.ts';

/** A blob to store: a file of the command, or text of our own. */
export interface Upload {
  readonly digest: string;
  readonly body: string | { readonly file: string; readonly size: number };
}

/** Stores blobs that the server does not have yet. */
export async function upload(line: ReportLine, uploads: readonly Upload[], stop: AbortSignal): Promise<void> {
  const byDigest = new Map(uploads.map((item) => [item.digest, item]));
  const digests = [...byDigest.keys()];
  for (let start = 0; start < digests.length; start += reportLimits.urls) {
    const batch = digests.slice(start, start + reportLimits.urls);
    const { urls } = await line.insist<'urls'>({ type: 'urls', digests: batch }, stop);
    await each(Object.entries(urls), 8, async ([digest, url]) => {
      const item = byDigest.get(digest);
      if (item !== undefined) await put(url, item, stop);
    });
  }
}

async function put(url: string, { digest, body }: Upload, stop: AbortSignal): Promise<void> {
  const { status } = await askStore(url, { method: 'PUT', headers: checksumHeader(digest), body }, stop);
  if (status >= 300) {
    throw new CommandFailure(`The workspace could not be stored: the store answered ${status}.`);
  }
}
