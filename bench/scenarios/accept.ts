import { atRate, type Scenario, startRun, withServer } from '../bench.ts';
import { below, type Figure } from '../figure.ts';
import { distribution } from '../stats.ts';

const seconds = 10;

export const accept: Scenario = {
  name: 'accept',
  about: 'POST /v1/runs until 202, at a steady rate, while the runs are carried out',
  measure: () =>
    withServer(async ({ client }) => {
      const figures: Figure[] = [];
      const limits = { 100: [below('p50', 1.5), below('p99', 3)], 600: [below('p50', 1), below('p99', 3)] };
      await atRate(300, 3, async () => void (await startRun(client, 'trivial')));
      for (const [rate, targets] of Object.entries(limits)) {
        const samples: number[] = [];
        await atRate(Number(rate), seconds, async () => {
          const began = performance.now();
          await startRun(client, 'trivial');
          samples.push(performance.now() - began);
        });
        figures.push({ name: `accept at ${rate}/s`, unit: 'ms', value: distribution(samples), targets });
      }
      return figures;
    }),
};
