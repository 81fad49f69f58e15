import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runChaos } from './chaos.ts';
import { check } from './checks/check.ts';
import { reportOf, reportText } from './report.ts';
import { checkEngine } from './stepfunctions/check.ts';
import { runEngineChaos } from './stepfunctions/play.ts';
import { engineReportOf, engineReportText } from './stepfunctions/report.ts';

/**
 * `npm run chaos -- [--stepfunctions] [--runs N] [--kills K] [--seed S] [--json] [--keep]`: kills the embedded twin again
 * and again while it works, and the Step Functions engine alone, and checks from outside that nothing is lost, done twice
 * or left behind. With `--stepfunctions` only the engine, for as many executions. Exit status 1: something was found.
 */

const usage = 'Usage: npm run chaos -- [--stepfunctions] [--runs N] [--kills K] [--seed S] [--json] [--keep]';

/** What the engine is put through beside the twin. */
const small = { executions: 24, kills: 6 };

interface Options {
  readonly runs: number;
  readonly kills: number;
  readonly seed: number;
  readonly json: boolean;
  readonly keep: boolean;
  /** The engine alone, without the twin. */
  readonly stepfunctions: boolean;
}

/** Throws a `TypeError` for what cannot be understood. */
function options(): Options {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '40' },
      kills: { type: 'string', default: '8' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      stepfunctions: { type: 'boolean', default: false },
    },
  });
  const whole = (name: 'runs' | 'kills' | 'seed'): number => {
    if (/^\d{1,9}$/.test(values[name])) return Number(values[name]);
    throw new TypeError(`--${name} takes a whole number, not ${values[name]}`);
  };
  const { json, keep, stepfunctions } = values;
  return { runs: whole('runs'), kills: whole('kills'), seed: whole('seed'), json, keep, stepfunctions };
}

function optionsOrExit(): Options {
  try {
    return options();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}.\n${usage}`);
    process.exit(2);
  }
}

/**
 * A port that nobody listens on now. Below those that systems give to outgoing connections: whoever asks for a server
 * that is down could otherwise be given its port, and keep the next server from it.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer().listen(20_000 + Math.floor(Math.random() * 12_000), '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return port;
  }
}

/** One line on a terminal that is written over; nothing elsewhere. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

const { json, keep, stepfunctions, ...plan } = optionsOrExit();
const folder = await mkdtemp(join(tmpdir(), 'tandem-chaos-'));
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stop.abort(new Error(`Ended by ${signal}`)));
}
const around = { seed: plan.seed, folder, port: await freePort(), progress, stop: stop.signal };

/** Ends the process where something went wrong that no check is about. */
async function orExit<T>(playing: Promise<T>): Promise<T> {
  try {
    return await playing;
  } catch (error) {
    console.error(error instanceof Error && stop.signal.aborted ? error.message : error);
    console.error(`Seed ${plan.seed}; everything lies in ${folder}`);
    process.exit(1);
  }
}

/** What was played, in words and as data, and what was found. */
interface Played {
  readonly text: string;
  readonly report: object;
  readonly evidence: object;
  readonly findings: number;
}

async function twin(): Promise<Played> {
  const began = performance.now();
  const chaos = await orExit(runChaos({ ...plan, ...around }));
  const findings = check(chaos.evidence);
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const report = reportOf(chaos, { seed: plan.seed, seconds, findings });
  const evidence = { ...chaos.evidence, found: Object.fromEntries(chaos.evidence.found) };
  return { text: reportText(report), report, evidence, findings: findings.length };
}

async function engine(): Promise<Played> {
  const size = stepfunctions ? { executions: plan.runs, kills: plan.kills } : small;
  const chaos = await orExit(runEngineChaos({ ...size, ...around }));
  const findings = checkEngine(chaos.evidence);
  const report = engineReportOf(chaos, findings);
  const evidence = { ...chaos.evidence, found: Object.fromEntries(chaos.evidence.found) };
  const text = `${engineReportText(report)}\nSeed ${plan.seed}: ${findings.length} findings`;
  return { text, report, evidence, findings: findings.length };
}

const twins = stepfunctions ? undefined : await twin();
const engines = await engine();
const all = [...(twins === undefined ? [] : [twins]), engines];
progress('');
const told = { ...twins?.report, stepfunctions: engines.report, seed: plan.seed };
console.log(json ? JSON.stringify(told, null, 2) : all.map(({ text }) => text).join('\n\n'));

const found = all.reduce((sum, { findings }) => sum + findings, 0);
if (keep || found > 0) {
  const everything = { ...twins?.evidence, stepfunctions: engines.evidence };
  writeFileSync(join(folder, 'evidence.json'), JSON.stringify(everything, null, 1));
  console.error(`Seed ${plan.seed}; data folder, witness and evidence lie in ${folder}`);
} else await rm(folder, { recursive: true, force: true });
process.exitCode = found > 0 ? 1 : 0;
