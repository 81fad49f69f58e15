import { startRun, withServer } from '../bench.ts';
import { below, type Figure } from '../figure.ts';
import { distribution } from '../stats.ts';

const starts = 600;

/** The request that starts a run, one after the other, while the runs are carried out. */
export function accepting(): Promise<readonly Figure[]> {
  return withServer(async ({ client }) => {
    const samples: number[] = [];
    for (let i = 0; i < 2 * starts; i++) {
      const began = performance.now();
      await startRun(client, 'trivial');
      samples.push(performance.now() - began);
    }
    const value = distribution(samples.slice(starts));
    return [{ name: 'accept, one after the other', unit: 'ms', value, targets: [below('p50', 1.5)] }];
  });
}
