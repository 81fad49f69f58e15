/**
 * `npm run conformance:asl -- [--vectors DIR] [--filter TEXT] [--json] [--exact-texts] [--min-result N] [--min-full N]`:
 * runs cases that were recorded from AWS through the API of the embedded Step Functions and compares what comes of them.
 * Without `--vectors` they are looked for beside the checkout; where there are none, it says so and ends with 0.
 */
import { parseArgs } from 'node:util';
import { type Report, reportOf, reportText } from './report.ts';
import { runVector } from './run-vector.ts';
import { readVectors } from './vector.ts';
import type { Verdict } from './verdict.ts';

const beside = '../shared/asl-vectors';

const { values } = parseArgs({
  options: {
    vectors: { type: 'string' },
    filter: { type: 'string' },
    json: { type: 'boolean', default: false },
    'exact-texts': { type: 'boolean', default: false },
    'min-result': { type: 'string', default: '98' },
    'min-full': { type: 'string', default: '95' },
  },
});

const folder = values.vectors ?? beside;
const vectors = readVectors(folder);
if (vectors === undefined) {
  const skipped = values.vectors === undefined;
  say(`${skipped ? 'Skipped: there' : 'There'} are no vectors in ${folder}`, { skipped, vectors: folder });
  process.exit(skipped ? 0 : 1);
}

const began = performance.now();
const verdicts: Verdict[] = [];
const isWanted = (text: string): boolean => values.filter === undefined || text.includes(values.filter);
for (const vector of vectors) {
  if (!isWanted(`${vector.area} ${vector.id}`)) continue;
  verdicts.push(await runVector(vector, values['exact-texts']));
}
const report = reportOf(verdicts, (performance.now() - began) / 1_000);
say(reportText(report), { ...report });
process.exit(isEnough(report) ? 0 : 1);

function isEnough({ all, resultPercent, fullPercent }: Report): boolean {
  const [result, full] = [Number(values['min-result']), Number(values['min-full'])];
  return all.total > 0 && resultPercent >= result && fullPercent >= full;
}

function say(text: string, document: object): void {
  console.log(values.json ? JSON.stringify(document) : text);
}
