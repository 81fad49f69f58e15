import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployedFunctions } from '../../functions/deployed/functions.ts';
import { httpFunctions } from '../../functions/deployed/http.ts';
import { bundleFunction } from '../../infra/bundling/bundle.ts';
import { zippedSize } from '../../test/support/zipped-size.ts';
import type { Scenario } from '../bench.ts';
import { below, type Figure } from '../figure.ts';
import { coldStart, type Taken } from '../functions/cold-start.ts';
import { distribution, median } from '../stats.ts';

const starts = 7;
const loadMs = 80;
const mostKilobytes = 1_024;

export const functions: Scenario = {
  name: 'functions',
  about:
    'The bundle of each deployed function: how large it is, and what a fresh process takes to load it, of a processor',
  measure,
};

async function measure(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-functions-'));
  try {
    const figures: Figure[] = [{ name: 'Node alone', ...figureOf(await samples(undefined)), targets: [] }];
    let largest = { name: '', kilobytes: 0 };
    const slow: string[] = [];
    let all = 0;
    for (const spec of [...httpFunctions(), ...deployedFunctions]) {
      const bundle = await bundleFunction(spec, folder);
      const { code, withMaps } = zippedSize(bundle);
      if (withMaps / 1024 > largest.kilobytes) largest = { name: spec.name, kilobytes: withMaps / 1024 };
      const taken = figureOf(await samples(join(bundle, 'index.mjs')));
      all += 1;
      if (taken.value.p50 >= loadMs) slow.push(spec.name);
      figures.push({
        name: spec.name,
        ...taken,
        targets: [below('p50', loadMs)],
        note: `${kilobytes(code)} KB zipped, ${kilobytes(withMaps)} with maps; ${taken.note}`,
      });
    }
    const { name, kilobytes: value } = largest;
    return [
      ...figures,
      {
        name: `functions of ${all} that take longer to load`,
        unit: 'functions',
        value: slow.length,
        targets: [below('value', 1)],
        note: slow.join(', '),
      },
      {
        name: 'largest, zipped with maps',
        unit: 'KB',
        value,
        targets: [below('value', mostKilobytes)],
        note: name,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function samples(file: string | undefined): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  for (let start = 0; start < starts; start += 1) taken.push(await coldStart(file));
  return taken;
}

function figureOf(taken: readonly Taken[]) {
  const middle = (of: keyof Taken) => median(taken.map((one) => one[of])).toFixed(0);
  return {
    unit: 'ms',
    value: distribution(taken.map(({ loadedCpu }) => loadedCpu)),
    note: `${middle('loaded')} ms by the clock; put together after ${middle('readyCpu')} ms of CPU, ${middle('ready')} by the clock`,
  } as const;
}

const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(0);
