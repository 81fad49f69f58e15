import { parseArgs } from 'node:util';
import { atRest } from './at-rest.ts';
import { billOf, total } from './bill.ts';
import { countWorkload } from './count-workload.ts';
import { waitMs } from './function-time.ts';
import { memoryOf } from './memory-of.ts';
import { prices, pricesRead, pricesRegion } from './prices.ts';
import { type Bill, dollars, table } from './report.ts';
import { workloads } from './workloads.ts';

/** `npm run cost -- --runs 1000 --steps 12`: what runs cost on AWS, and what a stage costs while nothing runs. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    steps: { type: 'string', default: '12' },
    json: { type: 'boolean', default: false },
  },
});
const [runs, steps] = [wholeOf('runs', values.runs), wholeOf('steps', values.steps)];

/** Context of each stage whose month at rest is shown. */
const stagesShown = {
  dev: { stage: 'dev' },
  'dev with tasks': { stage: 'dev', tasks: 'on' },
  'dev with Aurora': { stage: 'dev', stateStore: 'aurora' },
  prod: { stage: 'prod' },
  'prod with tasks': { stage: 'prod', tasks: 'on' },
  'prod with Aurora': { stage: 'prod', stateStore: 'aurora' },
} as const;

const bills: Bill[] = [];
for (const workload of workloads(steps)) {
  const counts = await countWorkload(workload);
  bills.push({ name: workload.name, lines: billOf(counts, { runs, memoryOf }) });
}

const stages: Bill[] = [];
for (const [name, context] of Object.entries(stagesShown))
  stages.push({ name, lines: await atRest(context) });

if (values.json) console.log(JSON.stringify({ runs, steps, prices, bills, atRest: stages }));
else {
  const waits = Object.entries(waitMs).map(([service, ms]) => `${service} ${ms}`);
  console.log(
    `${runs.toLocaleString('en')} runs, in US dollars, by the prices of ${pricesRegion} as read on ${pricesRead}`,
  );
  console.log();
  for (const bill of bills) console.log(`${dollars(total(bill.lines))}  ${bill.name}`);
  console.log();
  for (const bill of bills) console.log(table([bill], bill.name).join('\n'), '\n');
  console.log('At rest: a month in which nothing runs');
  console.log();
  for (const stage of stages) console.log(`${dollars(total(stage.lines))}  ${stage.name}`);
  console.log();
  for (const stage of stages) console.log(table([stage], stage.name).join('\n'), '\n');
  console.log(`Counted, not estimated, but for how long a function waits (ms a call): ${waits.join(', ')}.`);
}

function wholeOf(name: string, typed: string): number {
  if (/^[1-9]\d{0,6}$/.test(typed)) return Number(typed);
  console.error(`--${name} takes a whole number from 1 to 9999999, not ${JSON.stringify(typed)}`);
  process.exit(2);
}
