import type { LeanClient } from '../../test/support/lean-client.ts';
import { inFlight, runToEnd, type Scenario, withServer } from '../bench.ts';
import { above } from '../figure.ts';

const runs = 10_000;
const width = 50;

export const throughput: Scenario = {
  name: 'throughput',
  about: `Runs of three operations, ${width} in flight, each from its request to run.succeeded`,
  measure: () =>
    withServer(async ({ client }) => {
      await runsPerSecond(client, 3_000);
      const value = await runsPerSecond(client, runs);
      return [
        {
          name: `runs/s, ${width} in flight`,
          unit: 'runs/s',
          value,
          targets: [above('value', 2_000)],
          note: `n = ${runs}`,
        },
      ];
    }),
};

export async function runsPerSecond(client: LeanClient, times: number): Promise<number> {
  const began = performance.now();
  await inFlight(times, width, async () => void (await runToEnd(client, 'trivial')));
  return (times * 1000) / (performance.now() - began);
}
