import type { RunRow } from '../../domain/projections.ts';
import type { RunState } from '../../domain/state.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Page, RunFilter } from '../../ports/projections.ts';
import type { EventQuery, RunEvents, RunView } from '../api/runs.ts';
import type { App } from '../app.ts';
import { runView } from './run-view.ts';

export async function getRun(app: App, { tenant }: Principal, run: string): Promise<RunView> {
  return runView(app, await app.runs.load(tenant, run));
}

/** The run once it has ended, or as it stands when the wait is over. */
export async function waitForEnd(app: App, caller: Principal, run: string, waitMs: number): Promise<RunView> {
  const { tenant } = caller;
  const first = await app.runs.load(tenant, run);
  if (first.end) return runView(app, first);
  const ended = app.watch.ended(tenant, run, { timeoutMs: waitMs });
  // Read again once the watch stands, so that an end in between is not missed.
  const state = await app.runs.load(tenant, run);
  if (state.end) return runView(app, state);
  await ended;
  return getRun(app, caller, run);
}

export function listRuns(app: App, { tenant }: Principal, filter: RunFilter): Promise<Page<RunRow>> {
  return app.projections.forTenant(tenant).runs(filter);
}

/** Events after one that is known; waits for the next if there is none and the run goes on. */
export async function readEvents(
  app: App,
  caller: Principal,
  run: string,
  query: EventQuery,
): Promise<RunEvents> {
  const { tenant } = caller;
  const { after, limit } = query;
  const log = app.log.forTenant(tenant);
  const state = await waitBeyond(app, await app.runs.load(tenant, run), query);
  const { events, more } = await log.read(run, after, limit);
  const last = events[events.length - 1]?.seq ?? after;
  const ended = state.end ? last >= state.seq : !more && endsRun(events[events.length - 1]?.type);
  return { events, more, ended };
}

async function waitBeyond(app: App, state: RunState, { after, waitMs }: EventQuery): Promise<RunState> {
  const { tenant, run } = state;
  const hasNews = (now: RunState) => now.seq > after || now.end !== undefined;
  if (waitMs === 0 || hasNews(state)) return state;
  const grown = app.watch.beyond(tenant, run, { after, timeoutMs: waitMs });
  const again = await app.runs.load(tenant, run);
  if (!hasNews(again)) await grown;
  return app.runs.load(tenant, run);
}

function endsRun(type: string | undefined): boolean {
  return type === 'run.succeeded' || type === 'run.failed' || type === 'run.cancelled';
}
