import type { ApprovalPage } from '../../shared/protocol/approvals.ts';
import type { RunPage } from '../../shared/protocol/runs.ts';
import { LeanClient } from '../../test/support/lean-client.ts';
import { type Bench, inFlight, runToEnd, type Scenario, startRun, withServer } from '../bench.ts';
import { below } from '../figure.ts';

const parked = 500;
const flying = 1_000;

export const crash: Scenario = {
  name: 'crash',
  about: 'kill -9, then from exec of the new server until every run is done',
  async measure() {
    const approved = await withServer(killParked);
    const done = await withServer(killInFlight);
    return [
      { name: `${parked} parked → all done`, unit: 'ms', value: approved, targets: [below('value', 600)] },
      { name: `${flying} in flight → all done`, unit: 'ms', value: done, targets: [below('value', 1_000)] },
    ];
  },
};

async function killParked({ server, client }: Bench): Promise<number> {
  const runs: string[] = [];
  await inFlight(parked, 50, async () => void runs.push((await startRun(client, 'parked')).run));
  const approvals = await allPending(client);
  await server.kill();
  const began = performance.now();
  await server.start();
  const again = new LeanClient(server);
  await inFlight(
    parked,
    50,
    async (i) => void (await again.data('POST', `/v1/approvals/${approvals[i]}/approve`)),
  );
  await inFlight(parked, 50, async (i) => void (await untilEnded(again, runs[i] ?? '')));
  const took = performance.now() - began;
  again.close();
  return took;
}

async function killInFlight({ server, client }: Bench): Promise<number> {
  await runToEnd(client, 'trivial');
  const runs: string[] = [];
  await inFlight(
    flying,
    200,
    async () => void runs.push((await startRun(client, 'many', { operations: 40 })).run),
  );
  await server.kill();
  const began = performance.now();
  await server.start();
  const again = new LeanClient(server);
  await inFlight(flying, 50, async (i) => void (await untilEnded(again, runs[i] ?? '')));
  const took = performance.now() - began;
  again.close();
  return took;
}

async function untilEnded(client: LeanClient, run: string): Promise<void> {
  for (;;) {
    const { endedAt } = await client.data<RunPage['items'][number]>('GET', `/v1/runs/${run}?wait=20`);
    if (endedAt !== undefined) return;
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
