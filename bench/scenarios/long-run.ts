import { runToEnd, type Scenario, withServer } from '../bench.ts';
import { below } from '../figure.ts';
import { median } from '../stats.ts';
import { outcomeTimes } from './operation.ts';

const operations = 20_000;
const span = 500;

export const longRun: Scenario = {
  name: 'long run',
  about: `What an operation costs at the end of a run of ${operations}, against the hundredth`,
  measure: () =>
    withServer(async (bench) => {
      await runToEnd(bench.client, 'many', { operations: 500 });
      const { run } = await runToEnd(bench.client, 'many', { operations });
      const times = await outcomeTimes(bench, run);
      const cost = (from: number): number => {
        const windows = Array.from({ length: 10 }, (_, i) => from + (i * span) / 10);
        return median(
          windows.map((at) => ((times[at + span / 10 - 1] ?? 0) - (times[at] ?? 0)) / (span / 10)),
        );
      };
      const [early, late] = [cost(100), cost(operations - span)];
      const note = `${early.toFixed(3)} ms around the hundredth, ${late.toFixed(3)} ms at the end`;
      return [
        {
          name: 'last operations / hundredth',
          unit: 'ratio',
          value: late / early,
          targets: [below('value', 2)],
          note,
        },
      ];
    }),
};
