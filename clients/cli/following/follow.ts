import type { EventPage } from '../../../shared/protocol/events.ts';
import type { TandemClient } from '../../sdk/client.ts';
import type { OpenApproval } from '../timeline/entry.ts';
import type { Decider } from './decider.ts';
import { Outage } from './outage.ts';
import type { Viewer } from './viewer.ts';

export interface FollowOptions {
  readonly run: string;
  /** Asked again when a server has gone: the next one may listen elsewhere. */
  readonly connect: () => TandemClient;
  readonly viewer: Viewer;
  readonly decider: Decider;
  /** Stops at the first approval that this call cannot decide: `--once`. */
  readonly stopAtApproval: boolean;
  readonly interrupted: AbortSignal;
  /** Somebody else tells of outages. */
  readonly supervised?: boolean;
  /** How long a server may be away, in milliseconds. */
  readonly patienceMs?: number;
}

/** How following came to its end. */
export type FollowEnd =
  | { readonly how: 'ended' }
  | { readonly how: 'approval'; readonly approval: OpenApproval }
  | { readonly how: 'interrupted' };

/** Shows a run as it happens until it has ended. A server that goes away is waited for: the run is in its log. */
export async function follow(options: FollowOptions): Promise<FollowEnd> {
  const { viewer, decider, interrupted } = options;
  try {
    return await followThroughOutages(options);
  } catch (error) {
    if (interrupted.aborted) return { how: 'interrupted' };
    throw error;
  } finally {
    decider.close();
    viewer.close();
  }
}

async function followThroughOutages(options: FollowOptions): Promise<FollowEnd> {
  const outage = new Outage(options);
  for (;;) {
    try {
      return await followPages(options, outage);
    } catch (error) {
      await outage.wait(error);
    }
  }
}

async function followPages(options: FollowOptions, outage: Outage): Promise<FollowEnd> {
  const { run, viewer, interrupted } = options;
  // The first page comes at once, even when it is empty: that tells that somebody answers again.
  const pages = options.connect().livePages(run, { after: viewer.seen, signal: interrupted });
  for await (const page of pages) {
    outage.over();
    viewer.add(page.events);
    const waits = await consider(page, options);
    if (waits) return { how: 'approval', approval: waits };
  }
  return { how: 'ended' };
}

async function consider(page: EventPage, options: FollowOptions): Promise<OpenApproval | undefined> {
  if (page.more) return undefined;
  const { viewer, decider, stopAtApproval } = options;
  const { approvals } = viewer;
  await decider.consider(approvals);
  viewer.wait((width) => decider.question(width));
  return stopAtApproval ? approvals[0] : undefined;
}
