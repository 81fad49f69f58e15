import type { Head } from '../../domain/events.ts';
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
  const head = await waitBeyond(app, { tenant, run }, query);
  const { events, more } = await app.log.forTenant(tenant).read(run, after, limit);
  const last = events[events.length - 1]?.seq ?? after;
  const ended = hasEnded(head) ? last >= head.seq : !more && endsRun(events[events.length - 1]?.type);
  return { events, more, ended };
}

/** Where the log ends once it has news, or the time is over; reading that costs the same however long the run is. */
async function waitBeyond(app: App, which: Which, { after, waitMs }: EventQuery): Promise<Head> {
  const { tenant, run } = which;
  const hasNews = (now: Head) => now.seq > after || hasEnded(now);
  const head = await headOf(app, which);
  if (waitMs === 0 || hasNews(head)) return head;
  const grown = app.watch.beyond(tenant, run, { after, timeoutMs: waitMs });
  const again = await headOf(app, which);
  if (!hasNews(again)) await grown;
  return headOf(app, which);
}

type Which = Pick<RunState, 'tenant' | 'run'>;

async function headOf(app: App, { tenant, run }: Which): Promise<Head> {
  const head = await app.log.forTenant(tenant).head(run);
  if (!head) throw await app.runs.absent(tenant, run);
  return head;
}

/** It is signed with the event that ends the run. */
const hasEnded = ({ signature }: Head): boolean => signature !== undefined;

function endsRun(type: string | undefined): boolean {
  return type === 'run.succeeded' || type === 'run.failed' || type === 'run.cancelled';
}
