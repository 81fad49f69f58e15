import type { EventPage } from '../../shared/protocol/events.ts';
import { type Bench, runToEnd, type Scenario, withServer } from '../bench.ts';
import { below } from '../figure.ts';
import { distribution } from '../stats.ts';

/** Event times have whole milliseconds, so operations are measured by windows of so many. */
const window = 20;

export const operation: Scenario = {
  name: 'operation',
  about: 'One durable operation after the other, as the program experiences them',
  measure: () =>
    withServer(async (bench) => {
      await runToEnd(bench.client, 'many', { operations: 500 });
      const { run } = await runToEnd(bench.client, 'many', { operations: 4_000 });
      const times = await outcomeTimes(bench, run);
      const samples: number[] = [];
      for (let i = window; i < times.length; i += window) {
        samples.push(((times[i] ?? 0) - (times[i - window] ?? 0)) / window);
      }
      const note = `means of windows of ${window} operations, from the times in the log`;
      return [
        {
          name: 'durable operation',
          unit: 'ms',
          value: distribution(samples),
          targets: [below('p50', 0.25)],
          note,
        },
      ];
    }),
};

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
