import type { EventOf, RunEvent } from '../../domain/events.ts';
import { limits } from '../../domain/limits.ts';
import type { OperationArguments } from '../../domain/operations.ts';
import { upcast } from '../../domain/upcast.ts';
import type { TenantBlobs } from '../../ports/blobs.ts';
import type { Principal } from '../../ports/identity.ts';
import type { LogLine, LogQuery, RunLogs } from '../api/runs.ts';
import type { App } from '../app.ts';
import { fromContent } from '../content.ts';

/**
 * What a program wrote with `log`, in order. A page of events is looked through at a time, so a page of lines may be
 * empty; it ends at 4 MiB.
 */
export async function runLogs(
  app: App,
  { tenant }: Principal,
  run: string,
  { after, limit }: LogQuery,
): Promise<RunLogs> {
  await app.runs.mustExist(tenant, run);
  const { events, more } = await app.log.forTenant(tenant).read(run, after, limits.pageEvents);
  const lines: LogLine[] = [];
  let last = after;
  let bytes = 0;
  for (const event of events) {
    const line = await lineOf(app.blobs.forTenant(tenant), upcast(event));
    bytes += line ? Buffer.byteLength(JSON.stringify(line)) : 0;
    const isFull = lines.length === limit || (lines.length > 0 && bytes > limits.pageBytes);
    if (line && isFull) return { lines, after: last, more: true };
    if (line) lines.push(line);
    last = event.seq;
  }
  return { lines, after: last, more };
}

async function lineOf(blobs: TenantBlobs, event: RunEvent): Promise<LogLine | undefined> {
  if (!isLog(event)) return undefined;
  const { seq, at, payload } = event;
  const {
    message,
    level = 'info',
    data,
  } = (await fromContent(blobs, payload.record.request)) as unknown as OperationArguments['log'];
  return { seq, at, operation: payload.operation, level, message, ...(data === undefined ? {} : { data }) };
}

type Recorded = EventOf<'operation.completed'> & {
  readonly payload: { readonly record: NonNullable<EventOf<'operation.completed'>['payload']['record']> };
};

function isLog(event: RunEvent): event is Recorded {
  return !event.erased && event.type === 'operation.completed' && event.payload.record?.kind === 'log';
}
