import type { Digest } from '../../domain/content.ts';
import type { Head } from '../../domain/events.ts';
import { type ExportManifest, exportFormat } from '../../domain/exports/layout.ts';
import { namedBlobs } from '../../domain/named-blobs.ts';
import { readEvent } from '../../domain/read-event.ts';
import type { RunState } from '../../domain/state.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { App } from '../app.ts';
import { missing } from '../workspace/folder.ts';
import { treeBlobs } from '../workspace/tree-blobs.ts';

export interface ExportRequest {
  readonly tenant: string;
  readonly run: string;
  /** Whether the runs that it has called, and those below them, are exported as well. */
  readonly children: boolean;
}

/** A log up to its head as it was when the export began. */
export interface PlannedRun {
  readonly run: string;
  readonly head: Head;
  /** Bytes of its events as lines. */
  readonly bytes: number;
  readonly ended: boolean;
}

/** What an export consists of, with all sizes: nothing of it changes any more. */
export interface ExportPlan {
  readonly tenant: string;
  readonly runs: readonly PlannedRun[];
  /** Each behind one that names it. */
  readonly folders: ReadonlyMap<Digest, number>;
  /** Sizes by digest, without those that are folders; in the order of digests. */
  readonly blobs: ReadonlyMap<Digest, number>;
}

/** Throws `resource.not-found`, and `data.damaged` when a blob that is named is missing. */
export async function planExport(app: App, request: ExportRequest): Promise<ExportPlan> {
  const { tenant } = request;
  const named = { contents: new Map<Digest, number>(), folders: new Map<Digest, number>() };
  const runs: PlannedRun[] = [];
  for await (const run of runsOf(app, request)) runs.push(await planRun(app, { tenant, run }, named));
  const contents = [...named.contents].filter(([digest]) => !named.folders.has(digest));
  const blobs = app.blobs.forTenant(tenant);
  for (const [digest, size] of contents) if ((await blobs.size(digest)) !== size) throw missing(digest);
  return { tenant, runs, folders: named.folders, blobs: new Map(contents.sort(byDigest)) };
}

export function manifestOf({ tenant, runs, folders, blobs }: ExportPlan): ExportManifest {
  return {
    format: exportFormat,
    tenant,
    runs: runs.map(({ run, head, ended }) => ({ run, events: head.seq, ended })),
    folders: folders.size,
    blobs: blobs.size,
  };
}

/** The run, then those below it by their ids. */
async function* runsOf(app: App, { tenant, run, children }: ExportRequest): AsyncGenerator<string> {
  yield run;
  if (!children) return;
  const called: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await app.projections
      .forTenant(tenant)
      .runs({ parent: run, limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    called.push(...page.items.map((row) => row.run));
    cursor = page.cursor;
  } while (cursor !== undefined);
  for (const child of called.sort()) yield* runsOf(app, { tenant, run: child, children });
}

interface Named {
  readonly contents: Map<Digest, number>;
  readonly folders: Map<Digest, number>;
}

async function planRun(
  app: App,
  { tenant, run }: Pick<ExportRequest, 'tenant' | 'run'>,
  named: Named,
): Promise<PlannedRun> {
  const head = await app.log.forTenant(tenant).head(run);
  if (!head) throw await app.runs.absent(tenant, run);
  let state: RunState | undefined;
  let bytes = 0;
  for await (const line of eventLines(app, tenant, head)) {
    bytes += Buffer.byteLength(line.text);
    const read = readEvent(state, line.event);
    state = read.state;
    const { contents, trees } = namedBlobs(read.event);
    for (const { blob, size } of contents) named.contents.set(blob, size);
    for (const root of trees) await nameTree(app, { tenant, root }, named);
  }
  return { run, head, bytes, ended: state?.end !== undefined };
}

async function nameTree(
  app: App,
  { tenant, root }: { readonly tenant: string; readonly root: Digest },
  { contents, folders }: Named,
): Promise<void> {
  const blobs = app.blobs.forTenant(tenant);
  for await (const blob of treeBlobs(blobs, root, (folder) => !folders.has(folder))) {
    if (blob.type === 'file') contents.set(blob.digest, blob.size);
    else folders.set(blob.digest, (await blobs.size(blob.digest)) ?? 0);
  }
}

/** The events of a log up to a head, as lines. Throws `log.conflict` when they are not those that it names. */
export async function* eventLines(app: App, tenant: string, { run, seq }: Pick<Head, 'run' | 'seq'>) {
  const log = app.log.forTenant(tenant);
  for (let after = 0; after < seq; ) {
    const { events } = await log.read(run, after);
    for (const event of events) {
      if (event.seq > seq) return;
      yield { event, text: `${JSON.stringify(event)}\n` };
    }
    const last = events.at(-1)?.seq;
    if (last === undefined) {
      const message = `The log of ${run} ends at event ${after}, its head says ${seq}`;
      throw new TandemError('data.damaged', { message });
    }
    after = last;
  }
}

function byDigest([a]: readonly [Digest, number], [b]: readonly [Digest, number]): number {
  return a < b ? -1 : 1;
}
