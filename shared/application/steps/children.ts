import { childRunId } from '../../domain/derived-ids.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { RunState } from '../../domain/state.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import type { App } from '../app.ts';
import { createdDrafts } from '../commands/created.ts';
import { fromContent, toContent } from '../content.ts';
import { startOrAsk } from '../executions/carry.ts';
import { rolesOf } from '../roles.ts';
import { isSuspended } from '../tenants/serve.ts';

/** Starts the child runs that open calls need and that do not exist yet: derived ids make it safe to repeat (rule 15). */
export async function ensureChildren(app: App, state: RunState): Promise<void> {
  const calls = Object.values(state.open).filter(({ kind }) => kind === 'agent.call');
  for (const { operation, request } of calls) {
    const child = childRunId(state.run, operation);
    const call = (await fromContent(app.blobs.forTenant(state.tenant), request)) as JsonObject;
    await ensureChild(app, state, { child, operation, call });
  }
}

interface ChildCall {
  readonly child: string;
  readonly operation: number;
  readonly call: JsonObject;
}

async function ensureChild(app: App, parent: RunState, { child, operation, call }: ChildCall): Promise<void> {
  const { tenant } = parent;
  if (await app.runs.exists(tenant, child)) return;
  // Made up for when the tenant is resumed.
  if (await isSuspended(app, tenant)) return;
  const version = await app.agents.forTenant(tenant).get(String(call['agent']), String(call['version']));
  if (!version) return;
  const created = createdDrafts(
    app,
    { version, ...aliasOf(call) },
    {
      by: `run:${parent.run}`,
      roles: rolesOf(parent),
      input: await toContent(app.blobs.forTenant(tenant), call['input'] ?? null),
      tree: null,
      parent: { run: parent.run, operation, depth: (parent.parent?.depth ?? 0) + 1 },
    },
  );
  const sealed = app.runs.seal({ tenant, run: child }, created);
  try {
    await app.runs.append(undefined, sealed);
  } catch (error) {
    if (isTandemError(error, 'log.conflict')) return;
    throw error;
  }
  await startOrAsk(app, sealed.state);
}

function aliasOf({ alias }: JsonObject): { alias?: string } {
  return typeof alias === 'string' ? { alias } : {};
}

/**
 * A parent may end while its child is being created: then it did not find the child when it cancelled its children. So
 * the child, once it is there, looks at the parent; whichever of the two comes second sees the other.
 */
export async function cancelOrphan(app: App, state: RunState): Promise<RunState> {
  const { tenant, run, parent } = state;
  const caller = parent && (await app.runs.find(tenant, parent.run));
  return caller?.end ? requestCancel(app, { tenant, run }, caller.run) : state;
}

/** Asks a child to end because the run that called it has ended; changes nothing in one that ends anyway. */
export function requestCancel(
  app: App,
  { tenant, run }: Pick<RunState, 'tenant' | 'run'>,
  caller: string,
): Promise<RunState> {
  return app.runs.update(tenant, run, (state) =>
    state.end || state.cancelRequested
      ? []
      : [
          {
            type: 'run.cancel-requested',
            by: `run:${caller}`,
            payload: { reason: 'The run that called it has ended' },
          },
        ],
  );
}
