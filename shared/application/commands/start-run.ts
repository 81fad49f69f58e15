import type { Json } from '../../domain/json.ts';
import type { RunState } from '../../domain/state.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import type { TenantBlobs } from '../../ports/blobs.ts';
import type { IdempotencyRecord } from '../../ports/event-log.ts';
import type { Principal } from '../../ports/identity.ts';
import type { RunStart, StartedRun } from '../api/runs.ts';
import type { App } from '../app.ts';
import { toContent } from '../content.ts';
import { startOrAsk } from '../executions/carry.ts';
import { chooseVersion } from '../queries/choose-version.ts';
import { runView } from '../queries/run-view.ts';
import { uploadedJson } from '../uploads/uploaded.ts';
import { treeFromFiles } from '../workspace/tree-from-files.ts';
import { createdDrafts } from './created.ts';
import { earlierRun, idempotencyRecord } from './idempotency.ts';

/**
 * Starts a run: resolves once `run.created` is committed. The execution is started in the background; if that fails the
 * run is queued and the reconciler starts it (rule 5).
 */
export async function startRun(app: App, caller: Principal, start: RunStart): Promise<StartedRun> {
  const { tenant } = caller;
  const record = idempotencyRecord(app, caller, {
    route: 'startRun',
    idempotency: start.idempotency,
    resource: () => app.ids.next('run'),
  });
  const earlier = record && (await replay(app, tenant, record));
  if (earlier) return earlier;
  const created = await createRun(app, caller, { start, record });
  if ('replayed' in created) return created;
  await app.background.run(() => startOrAsk(app, created));
  return { run: await runView(app, created), replayed: false };
}

interface Creation {
  readonly start: RunStart;
  readonly record: IdempotencyRecord | undefined;
}

async function createRun(
  app: App,
  caller: Principal,
  { start, record }: Creation,
): Promise<RunState | StartedRun> {
  const { tenant, subject } = caller;
  const run = record?.resource ?? app.ids.next('run');
  const chosen = await chooseVersion(app, { ...caller, key: start.session ?? run }, start);
  const blobs = app.blobs.forTenant(tenant);
  const drafts = createdDrafts(app, chosen, {
    by: `user:${subject}`,
    roles: caller.roles,
    input: await toContent(blobs, await inputOf(blobs, start)),
    tree: start.files ? await treeFromFiles(blobs, start.files) : null,
    ...(start.session === undefined ? {} : { session: start.session }),
    ...(start.retentionDays === undefined ? {} : { retentionDays: start.retentionDays }),
  });
  const sealed = app.runs.seal({ tenant, run }, drafts);
  try {
    await app.runs.append(undefined, sealed, record);
    return sealed.state;
  } catch (error) {
    // Two requests under the same key at once: the other one was first.
    const other =
      record && isTandemError(error, 'idempotency.conflict') && (await replay(app, tenant, record));
    if (other) return other;
    throw error;
  }
}

/** What the run is given: as it stands in the request, or in an upload. */
async function inputOf(blobs: TenantBlobs, { input, inputUpload }: RunStart): Promise<Json> {
  return inputUpload === undefined ? input : uploadedJson(blobs, inputUpload);
}

/** What an earlier request under the same key started. */
async function replay(app: App, tenant: string, record: IdempotencyRecord): Promise<StartedRun | undefined> {
  const run = await earlierRun(app, tenant, record);
  if (run === undefined) return undefined;
  return { run: await runView(app, await app.runs.load(tenant, run)), replayed: true };
}
