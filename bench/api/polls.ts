import { setTimeout as after } from 'node:timers/promises';
import type { EventPage } from '../../shared/protocol/events.ts';
import type { LeanClient } from '../../test/support/lean-client.ts';
import { inFlight, startRun, untilParked, withServer } from '../bench.ts';
import { below, type Figure } from '../figure.ts';
import { processMegabytes } from '../process-memory.ts';
import { distribution } from '../stats.ts';

const polls = 1_000;
const woken = 300;

interface Parked {
  readonly run: string;
  readonly approval: string;
  /** Sequence number of its last event. */
  readonly last: number;
}

/** What a thousand requests cost that wait for news, and how soon they have it. */
export function longPolls(): Promise<readonly Figure[]> {
  return withServer(async ({ server, client }) => {
    const parked = await park(client);
    await after(3_000);
    const before = processMegabytes(server.pid);
    const waiting = parked.map((one) => newsOf(client, one));
    // Each has been asked, and is held back: one that is not would have been answered by now.
    await after(2_000);
    const cost = processMegabytes(server.pid) - before;
    const samples: number[] = [];
    for (const [index, { approval }] of parked.slice(0, woken).entries()) {
      await client.data('POST', `/v1/approvals/${approval}/approve`);
      samples.push((await waiting[index]) ?? Number.NaN);
    }
    client.close();
    await Promise.allSettled(waiting);
    return [
      { name: `memory of ${polls} long polls`, unit: 'MB', value: cost, targets: [below('value', 50)] },
      {
        name: `wake one of ${polls} long polls`,
        unit: 'ms',
        value: distribution(samples),
        targets: [below('p99', 20)],
        note: 'from the time in the event, which is before its commit, until it is read',
      },
    ];
  });
}

async function park(client: LeanClient): Promise<Parked[]> {
  const parked: Parked[] = [];
  await inFlight(polls, 20, async () => {
    const { run } = await startRun(client, 'parked');
    const approval = (await untilParked(client, run)).openApprovals[0]?.approval ?? '';
    const { events } = await client.data<EventPage>('GET', `/v1/runs/${run}/events`);
    parked.push({ run, approval, last: events.at(-1)?.seq ?? 0 });
  });
  return parked;
}

/** Milliseconds from the time of the next event until it is here. */
async function newsOf(client: LeanClient, { run, last }: Parked): Promise<number> {
  const page = await client.data<EventPage>('GET', `/v1/runs/${run}/events?after=${last}&wait=20`);
  const now = performance.timeOrigin + performance.now();
  return now - Date.parse(page.events[0]?.at ?? '');
}
