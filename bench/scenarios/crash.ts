import type { ApprovalPage } from '../../shared/protocol/approvals.ts';
import type { RunPage } from '../../shared/protocol/runs.ts';
import { LeanClient } from '../../test/support/lean-client.ts';
import { type Bench, inFlight, runToEnd, type Scenario, startRun, withServer } from '../bench.ts';
import { below } from '../figure.ts';

const parked = 500;
const flying = 1_000;

export const crash: Scenario = {
  name: 'crash',
  about: 'kill -9, then from exec of the new server until the last run has ended, by the times in the log',
  async measure() {
    const approved = await withServer(killParked);
    const done = await withServer(killInFlight);
    return [
      {
        name: `${parked} parked → all done`,
        unit: 'ms',
        value: approved.tookMs,
        targets: [below('value', 600)],
        note: 'each approved over HTTP',
      },
      {
        name: `${flying} in flight → all done`,
        unit: 'ms',
        value: done.tookMs,
        targets: [below('value', 1_000)],
        note: `${done.unfinished} had not ended when the last one was accepted and the server killed`,
      },
    ];
  },
};

interface Recovery {
  readonly tookMs: number;
  /** Runs that the kill cut off. */
  readonly unfinished: number;
}

async function killParked(bench: Bench): Promise<Recovery> {
  const runs: string[] = [];
  await inFlight(parked, 50, async () => void runs.push((await startRun(bench.client, 'parked')).run));
  const approvals = await allPending(bench.client);
  return recover(bench, runs, (client) =>
    inFlight(
      parked,
      50,
      async (i) => void (await client.data('POST', `/v1/approvals/${approvals[i]}/approve`)),
    ),
  );
}

async function killInFlight(bench: Bench): Promise<Recovery> {
  await runToEnd(bench.client, 'trivial');
  const runs: string[] = [];
  await inFlight(
    flying,
    500,
    async () => void runs.push((await startRun(bench.client, 'many', { operations: 10 })).run),
  );
  return recover(bench, runs, async () => undefined);
}

async function recover(
  { server }: Bench,
  runs: readonly string[],
  goOn: (client: LeanClient) => Promise<void>,
): Promise<Recovery> {
  await server.kill();
  const began = Date.now();
  await server.start();
  const client = new LeanClient(server);
  await goOn(client);
  const ends: number[] = [];
  await inFlight(runs.length, 4, async (i) => void ends.push(await untilEnded(client, runs[i] ?? '')));
  client.close();
  return { tookMs: Math.max(...ends) - began, unfinished: ends.filter((end) => end > began).length };
}

/** When a run has ended: milliseconds since the epoch. */
async function untilEnded(client: LeanClient, run: string): Promise<number> {
  for (;;) {
    const { endedAt } = await client.data<RunPage['items'][number]>('GET', `/v1/runs/${run}?wait=20`);
    if (endedAt !== undefined) return Date.parse(endedAt);
  }
}

async function allPending(client: LeanClient): Promise<string[]> {
  for (;;) {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const query = `status=pending&limit=200${cursor ? `&cursor=${cursor}` : ''}`;
      const page = await client.data<ApprovalPage>('GET', `/v1/approvals?${query}`);
      found.push(...page.items.map(({ approval }) => approval));
      cursor = page.cursor;
    } while (cursor);
    if (found.length === parked) return found;
  }
}
