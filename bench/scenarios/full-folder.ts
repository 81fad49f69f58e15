import { type Bench, runToEnd, type Scenario, startRun, withServer } from '../bench.ts';
import { below, type Figure } from '../figure.ts';
import { fillFolder } from '../fill.ts';
import { median } from '../stats.ts';
import { runsPerSecond } from './throughput.ts';

const finished = 1_000_000;

/** What a full folder must slow by no more than a fifth. */
interface Pace {
  /** Milliseconds until 202, one request at a time. */
  readonly accept: number;
  /** Milliseconds an operation takes. */
  readonly operation: number;
  /** Milliseconds a run takes, 50 in flight. */
  readonly run: number;
  /** Milliseconds from exec of the server until it listens. */
  readonly start: number;
}

export const fullFolder: Scenario = {
  name: 'full folder',
  about: `The same work on a data folder with ${finished.toLocaleString('en')} finished runs, against an empty one`,
  async measure() {
    const empty = await withServer((bench) => pace(bench));
    const full = await withServer(async (bench) => {
      const { run } = await runToEnd(bench.client, 'trivial');
      await bench.server.stop();
      fillFolder(bench.server.data, run, finished);
      return pace(bench);
    });
    return (Object.keys(empty) as (keyof Pace)[]).map((what): Figure => {
      const note = `${empty[what].toFixed(3)} ms empty, ${full[what].toFixed(3)} ms full`;
      return {
        name: `full / empty: ${what}`,
        unit: 'ratio',
        value: full[what] / empty[what],
        targets: [below('value', 1.2)],
        note,
      };
    });
  },
};

async function pace({ server, client }: Bench): Promise<Pace> {
  const starts: number[] = [];
  for (let i = 0; i < 5; i++) {
    await server.stop();
    starts.push(await server.start());
  }
  await runsPerSecond(client, 3_000);
  const samples: number[] = [];
  for (let i = 0; i < 1_000; i++) {
    const began = performance.now();
    await startRun(client, 'trivial');
    samples.push(performance.now() - began);
  }
  const many = 3_000;
  const began = performance.now();
  await runToEnd(client, 'many', { operations: many });
  const operation = (performance.now() - began) / many;
  const rates: number[] = [];
  for (let i = 0; i < 3; i++) rates.push(1000 / (await runsPerSecond(client, 4_000)));
  return { accept: median(samples), operation, run: median(rates), start: median(starts) };
}
