import { upcast } from '../../domain/upcast.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Transcript, TranscriptLine, TranscriptQuery } from '../api/transcripts.ts';
import type { App } from '../app.ts';
import { sayingsOf } from './sayings.ts';

/**
 * What was said in a run, from its log. A page holds what a page of events says, which is less than those take
 * themselves; it may be empty and not the last.
 */
export async function readTranscript(
  app: App,
  { tenant }: Principal,
  run: string,
  { after, limit }: TranscriptQuery,
): Promise<Transcript> {
  await app.runs.mustExist(tenant, run);
  const blobs = app.blobs.forTenant(tenant);
  const { events, more } = await app.log.forTenant(tenant).read(run, after, limit);
  const lines: TranscriptLine[] = [];
  for (const written of events) {
    const event = upcast(written);
    // What it said is erased.
    if (event.erased) continue;
    const { seq, at, by } = event;
    for (const saying of await sayingsOf(event, blobs)) lines.push({ seq, at, by, ...saying });
  }
  const last = events.at(-1)?.seq ?? after;
  return { lines, ...(more ? { next: last } : {}) };
}
