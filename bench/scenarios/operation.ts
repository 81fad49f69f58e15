import type { EventPage } from '../../shared/protocol/events.ts';
import { type AgentName, type Bench, runToEnd, type Scenario, withServer } from '../bench.ts';
import { below, type Figure } from '../figure.ts';
import { distribution } from '../stats.ts';

/** Event times have whole milliseconds, so operations are measured by windows of so many. */
const window = 20;

export const operation: Scenario = {
  name: 'operation',
  about: 'One durable operation after the other, as the program experiences them',
  measure: () =>
    withServer(async (bench) => [
      await timed(bench, { name: 'durable operation', agent: 'many', times: 4_000, p50: 0.25 }),
      await timed(bench, { name: 'durable file.read', agent: 'files', times: 2_000, p50: 0.25 }),
      await timed(bench, { name: 'durable file.write', agent: 'files', times: 2_000, p50: 0.5 }),
      await timed(bench, { name: 'durable file.edit', agent: 'files', times: 2_000, p50: 0.5 }),
    ]),
};

interface Measured {
  readonly name: string;
  readonly agent: AgentName;
  readonly times: number;
  /** What the median should be below, ms. */
  readonly p50: number;
}

async function timed(bench: Bench, { name, agent, times, p50 }: Measured): Promise<Figure> {
  const kind = name.replace('durable ', '');
  const input = (count: number) =>
    agent === 'many' ? { operations: count } : { operation: kind, times: count };
  await runToEnd(bench.client, agent, input(500));
  const { run } = await runToEnd(bench.client, agent, input(times));
  const outcomes = (await outcomeTimes(bench, run)).slice(-times);
  const samples: number[] = [];
  for (let i = window; i < outcomes.length; i += window) {
    samples.push(((outcomes[i] ?? 0) - (outcomes[i - window] ?? 0)) / window);
  }
  return {
    name,
    unit: 'ms',
    value: distribution(samples),
    targets: [below('p50', p50)],
    note: `means of windows of ${window} operations, from the times in the log`,
  };
}

/** When each operation's outcome was recorded, in order; milliseconds since the epoch. */
export async function outcomeTimes({ client }: Bench, run: string): Promise<number[]> {
  const times: number[] = [];
  let after = 0;
  for (let more = true; more; ) {
    const page = await client.data<EventPage>('GET', `/v1/runs/${run}/events?after=${after}&limit=1000`);
    for (const event of page.events)
      if (event.type === 'operation.completed') times.push(Date.parse(event.at));
    after = page.events[page.events.length - 1]?.seq ?? after;
    more = page.more;
  }
  return times;
}
