import type { EventPage } from '../../shared/protocol/events.ts';
import { type Bench, runToEnd, type Scenario, startRun, untilParked, withServer } from '../bench.ts';
import { below } from '../figure.ts';
import { distribution } from '../stats.ts';

const approvals = 400;

export const approval: Scenario = {
  name: 'approval',
  about: "The approve request until the program's next operation stands in the log, the program replayed",
  measure: () =>
    withServer(async (bench) => {
      await runToEnd(bench.client, 'trivial');
      const samples: number[] = [];
      for (let i = 0; i < approvals + 50; i++) {
        const sample = await approveOne(bench);
        if (i >= 50) samples.push(sample);
      }
      const targets = [below('p50', 1.5), below('p99', 4)];
      const note = 'seen by a long poll, so its answer is included';
      return [{ name: 'approve → next operation', unit: 'ms', value: distribution(samples), targets, note }];
    }),
};

async function approveOne({ client }: Bench): Promise<number> {
  const { run } = await startRun(client, 'parked');
  const parked = await untilParked(client, run);
  const page = await client.data<EventPage>('GET', `/v1/runs/${run}/events?after=0&limit=100`);
  const after = page.events[page.events.length - 1]?.seq ?? 0;
  const began = performance.now();
  const next = nextOperation({ client }, run, after);
  await client.data('POST', `/v1/approvals/${parked.openApprovals[0]?.approval}/approve`);
  await next;
  return performance.now() - began;
}

async function nextOperation({ client }: Pick<Bench, 'client'>, run: string, from: number): Promise<void> {
  for (let after = from; ; ) {
    const { events } = await client.data<EventPage>('GET', `/v1/runs/${run}/events?after=${after}&wait=20`);
    if (events.some(({ type, payload }) => type === 'operation.completed' && 'record' in (payload as object)))
      return;
    after = events[events.length - 1]?.seq ?? after;
  }
}
