import { parseArgs } from 'node:util';
import { type Figure, inCommits, meets } from './figure.ts';
import { measureMachine } from './machine.ts';
import { print } from './print.ts';
import { accept } from './scenarios/accept.ts';
import { api } from './scenarios/api.ts';
import { approval } from './scenarios/approval.ts';
import { crash } from './scenarios/crash.ts';
import { dynamodb } from './scenarios/dynamodb.ts';
import { firstHour } from './scenarios/first-hour.ts';
import { fullFolder } from './scenarios/full-folder.ts';
import { functions } from './scenarios/functions.ts';
import { live } from './scenarios/live.ts';
import { longRun } from './scenarios/long-run.ts';
import { memory } from './scenarios/memory.ts';
import { operation } from './scenarios/operation.ts';
import { postgres } from './scenarios/postgres.ts';
import { start } from './scenarios/start.ts';
import { stepfunctions } from './scenarios/stepfunctions.ts';
import { throughput } from './scenarios/throughput.ts';

/** `npm run bench -- [--json] [SCENARIO …]`: measures the embedded twin over its front door, on this machine. */

const scenarios = [
  accept,
  operation,
  throughput,
  stepfunctions,
  approval,
  api,
  crash,
  start,
  firstHour,
  longRun,
  fullFolder,
  memory,
  live,
  postgres,
  dynamodb,
  functions,
];

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
const chosen = scenarios.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (chosen.length === 0) {
  console.error(`There is no such scenario; there are: ${scenarios.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const machine = await measureMachine();
const figures: Figure[] = [];
for (const scenario of chosen) {
  if (!values.json) console.error(`${scenario.name}: ${scenario.about}`);
  figures.push(...(await scenario.measure()));
}
const missed = figures.filter((figure) => figure.targets.some((target) => !meets(figure, target)));
const priced = figures.map((figure) => ({ ...figure, commits: inCommits(figure, machine.commit.p50) }));
if (values.json)
  console.log(JSON.stringify({ machine, figures: priced, missed: missed.map(({ name }) => name) }, null, 2));
else print(machine, figures);
